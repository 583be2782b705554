"""The installer of the menu scripts: puts them where Resolve looks, says what it would do, and cleans up."""

from __future__ import annotations

import json
import os
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secondunit_bridge.errors import NotReady, Unwritable
from secondunit_bridge.install_plugins import Report, install_plugins, scripts_folders

SCRIPTS = Path(".local/share/DaVinciResolve/Fusion/Scripts")
MENUS = [
    "Second Unit - Conform Timeline.py", "Second Unit - Generate at Playhead.py", "Second Unit - Retake Clip.py",
    "Second Unit - Take Over Markers.py",
]  # fmt: skip


def install(home: Path, **more: Any) -> Report:
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


# Trees that look like the three systems


def tree(
    root: Path, system: str, *, told: str = "DaVinci Resolve Studio 20.2.1", plist: dict[str, str] | None = None
) -> dict[str, Any]:
    """A file system with Resolve on it, as its installer leaves it; returns what `install_plugins` needs to see it."""
    home = root / "home"
    home.mkdir(parents=True)
    if system == "darwin":
        app = root / "Applications/DaVinci Resolve/DaVinci Resolve.app/Contents"
        app.mkdir(parents=True)
        plistlib.dump(plist or {"CFBundleShortVersionString": "20.2.1"}, (app / "Info.plist").open("wb"))
        support = root / "Library/Application Support/Blackmagic Design/DaVinci Resolve"
        (support / "LUT").mkdir(parents=True)
        (support / "Documents").mkdir()
        (support / "Documents/ReadMe.html").write_text(f"<h1>About {told}</h1>")
        return {"platform": system, "environ": {}, "home": home, "root": root}
    if system == "win32":
        docs = root / "Program Files/Blackmagic Design/DaVinci Resolve/Documents"
        luts = root / "ProgramData/Blackmagic Design/DaVinci Resolve/Support/LUT"
        environ = {"PROGRAMFILES": str(root / "Program Files"), "PROGRAMDATA": str(root / "ProgramData")}
        environ["APPDATA"] = str(home / "AppData/Roaming")
    else:
        docs, luts, environ = root / "opt/resolve/docs", root / "opt/resolve/LUT", {}
    docs.mkdir(parents=True)
    luts.mkdir(parents=True)
    (docs / "ReadMe.html").write_text(f"<html><body>Welcome to <b>{told}</b></body></html>")
    return {"platform": system, "environ": environ, "home": home, "root": root}


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_dry_run_install_check_uninstall_on_each_system(tmp_path: Path, system: str) -> None:
    """What was said is done; twice is as once; a check is content; after uninstalling the tree is as it was."""
    machine = tree(tmp_path, system)
    before, folders = files(tmp_path), {path for path in tmp_path.rglob("LUT/*") if path.is_dir()}
    planned = install_plugins(dry_run=True, **machine)
    assert files(tmp_path) == before
    assert planned.resolve == "DaVinci Resolve Studio 20.2.1"
    done = install_plugins(**machine)
    assert done.steps == planned.steps
    assert [step.action for step in done.steps if step.path.name == "Second Unit"] == ["make"]
    assert install_plugins(check=True, **machine).faults == ()
    first = files(tmp_path)
    assert install_plugins(**machine).text().startswith("There is nothing to do.")
    assert files(tmp_path) == first
    install_plugins(uninstall=True, **machine)
    assert files(tmp_path) == before
    assert {path for path in tmp_path.rglob("LUT/*") if path.is_dir()} == folders


def test_a_check_names_what_is_wrong_and_installing_again_mends_it(tmp_path: Path) -> None:
    machine = tree(tmp_path, "linux")
    assert "not installed" in install_plugins(check=True, **machine).faults[0]
    install_plugins(**machine)
    scripts = machine["home"] / SCRIPTS
    (scripts / "secondunit_resolve/menu.py").unlink()
    (scripts / "secondunit_resolve/actions.py").write_text("older")
    (scripts / "Utility/Second Unit - Old.py").write_text("left")
    faults = install_plugins(check=True, **machine).faults
    assert [fault.split(" ", 1)[0] for fault in faults[:2]] == ["menu.py", "actions.py"]
    assert "Second Unit - Old.py is left from another version." in faults
    install_plugins(**machine)
    assert install_plugins(check=True, **machine).faults == ()
    assert not (scripts / "Utility/Second Unit - Old.py").exists()
    (scripts / "secondunit_resolve/command.json").write_text(json.dumps({"command": ["/nowhere/python"]}))
    assert any("does not start" in fault for fault in install_plugins(check=True, **machine).faults)


@pytest.mark.parametrize(
    ("system", "told", "plist", "said"),
    [
        ("linux", "DaVinci Resolve 21.1", None, "since 21.1. This is DaVinci Resolve 21.1"),
        ("win32", "DaVinci Resolve 21.1.0", None, "runs no scripts"),
        ("darwin", "DaVinci Resolve 20.1",
         {"CFBundleShortVersionString": "20.1", "CFBundleIdentifier": "com.blackmagic-design.DaVinciResolveAppStore"},
         "App Store build"),
    ],
)  # fmt: skip
def test_a_resolve_without_scripting_is_told_so_and_offered_the_watch_folder(
    tmp_path: Path, system: str, told: str, plist: dict[str, str] | None, said: str
) -> None:
    machine = tree(tmp_path, system, told=told, plist=plist)
    before = files(tmp_path)
    with pytest.raises(NotReady, match=said) as caught:
        install_plugins(**machine)
    assert "secondunit watch" in caught.value.mend
    assert "secondunit watch" in install_plugins(dry_run=True, **machine).text()
    assert files(tmp_path) == before


@pytest.mark.parametrize("told", ["DaVinci Resolve 21.0.4", "DaVinci Resolve Studio 21.1", "nothing of the kind"])
def test_those_that_can_or_may_are_installed_for(tmp_path: Path, told: str) -> None:
    """Where the files do not say which edition it is, that is said and the scripts are installed."""
    report = install_plugins(**tree(tmp_path, "linux", told=told))
    assert report.steps
    assert ("do not say" in report.text()) == (told == "nothing of the kind")


def test_the_users_luts_survive_an_uninstall(tmp_path: Path) -> None:
    machine = tree(tmp_path, "linux")
    install_plugins(**machine)
    look = tmp_path / "opt/resolve/LUT/Second Unit/mine.cube"
    look.write_text("LUT_3D_SIZE 2")
    install_plugins(uninstall=True, **machine)
    assert look.is_file()
