"""The installer of the menu scripts: puts them where Resolve looks, says what it would do, and cleans up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from secondunit_bridge.errors import NotReady, Unwritable
from secondunit_bridge.install_plugins import Report, install_plugins, scripts_folders

SCRIPTS = Path(".local/share/DaVinciResolve/Fusion/Scripts")
MENUS = [
    "Second Unit - Conform Timeline.py", "Second Unit - Generate at Playhead.py", "Second Unit - Retake Clip.py",
    "Second Unit - Take Over Markers.py",
]  # fmt: skip


def install(home: Path, **more: bool) -> Report:
    return install_plugins(platform="linux", environ={}, home=home, **more)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which Resolve has been started once."""
    (tmp_path / ".local/share/DaVinciResolve").mkdir(parents=True)
    return tmp_path


def everything(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob("*") if path.is_file())


def test_install_writes_what_the_dry_run_said_and_uninstall_takes_it_away(home: Path) -> None:
    planned = install(home, dry_run=True)
    assert everything(home) == []
    assert "would write" in planned.text()
    done = install(home)
    assert done.steps == planned.steps
    assert sorted(step.path.name for step in done.steps) == everything(home)
    assert sorted(path.name for path in (home / SCRIPTS / "Utility").iterdir()) == MENUS
    assert json.loads(json.dumps(done.document()))["steps"][0]["action"] == "write"
    removed = install(home, uninstall=True)
    assert {step.path.name for step in removed.steps} == {*MENUS, "secondunit_resolve"}
    assert everything(home) == []
    assert install(home, uninstall=True).text() == "There is nothing to do."


def test_an_installed_script_finds_its_modules_without_a_file_name(home: Path) -> None:
    """Resolve runs scripts without `__file__`; the folder is written into them, and the way to the engine beside."""
    install(home)
    code = (
        "import subprocess, sys\n"
        "subprocess.run = lambda *arguments, **more: None  # no window in a test\n"
        "exec(compile(open(sys.argv[1]).read(), 'menu', 'exec'), {'resolve': None})\n"
        "from secondunit_resolve import engine_command\n"
        "print(*engine_command.command())\n"
    )
    for menu in MENUS:
        line = [sys.executable, "-I", "-c", code, str(home / SCRIPTS / "Utility" / menu)]
        told = subprocess.run(line, check=True, capture_output=True, text=True).stdout
        assert "Resolve does not answer scripts" in told
        assert told.splitlines()[-1] == f"{sys.executable} -m secondunit_bridge.cli"


def test_without_resolve_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="not found"):
        install(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "was not found" in install(tmp_path, dry_run=True).text()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_locked_folder_is_unwritable(home: Path) -> None:
    (home / ".local/share/DaVinciResolve").chmod(0o500)
    with pytest.raises(Unwritable):
        install(home)


def test_a_file_in_the_way_is_unwritable(home: Path) -> None:
    (home / ".local/share/DaVinciResolve/Fusion").write_text("not a folder")
    with pytest.raises(Unwritable):
        install(home)


def test_each_platform_has_the_folders_that_resolve_documents() -> None:
    home = Path("/home/me")
    mac = scripts_folders("darwin", {}, home)
    assert mac[1] == Path("/Library/Application Support/Blackmagic Design/DaVinci Resolve/Fusion/Scripts")
    windows = scripts_folders("win32", {"PROGRAMDATA": "P", "APPDATA": "A"}, home)
    assert windows[1] == Path("P/Blackmagic Design/DaVinci Resolve/Fusion/Scripts")
    assert windows[0] == Path("A/Blackmagic Design/DaVinci Resolve/Support/Fusion/Scripts")
    assert scripts_folders("linux", {}, home) == (home / SCRIPTS, Path("/opt/resolve/Fusion/Scripts"))
