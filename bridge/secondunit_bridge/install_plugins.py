"""Put the menu scripts where DaVinci Resolve looks, or take them away again. Light: standard library only."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import EngineFault, NotReady, Unwritable

MODULES = "secondunit_resolve"
MARK = 'INSTALLED_IN = ""'
_BRAND = Path("Blackmagic Design") / "DaVinci Resolve"


@dataclass(frozen=True)
class Step:
    """One thing done, or that would be done: write or remove a file or folder."""

    action: str
    path: Path


@dataclass(frozen=True)
class Report:
    """What was done (or would be), for which Resolve, and what the user should know."""

    steps: tuple[Step, ...]
    dry_run: bool
    notes: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        steps = [{"action": step.action, "path": str(step.path)} for step in self.steps]
        return {"dry_run": self.dry_run, "steps": steps, "notes": list(self.notes)}

    def text(self) -> str:
        would = "would " if self.dry_run else ""
        lines = [f"{would}{step.action} {step.path}" for step in self.steps] or ["There is nothing to do."]
        return "\n".join([*lines, *self.notes])


def scripts_folders(platform: str, environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """The `Fusion/Scripts` folders where Resolve looks, the user's own first."""
    if platform == "darwin":
        library = Path("Library") / "Application Support" / _BRAND / "Fusion" / "Scripts"
        return home / library, Path("/") / library
    if platform == "win32":
        roaming = Path(environ.get("APPDATA", str(home / "AppData" / "Roaming")))
        shared = Path(environ.get("PROGRAMDATA", r"C:\ProgramData"))
        return roaming / _BRAND / "Support" / "Fusion" / "Scripts", shared / _BRAND / "Fusion" / "Scripts"
    return home / ".local" / "share" / "DaVinciResolve" / "Fusion" / "Scripts", Path("/opt/resolve/Fusion/Scripts")


def install_plugins(
    *,
    dry_run: bool = False,
    uninstall: bool = False,
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    home: Path | None = None,
) -> Report:
    """Install the menu scripts for this user, or remove them wherever they are.

    Raises NotReady (Resolve is not on this machine), Unwritable. With `dry_run` nothing is touched.
    """
    folders = scripts_folders(platform, environ, home or Path.home())
    steps = _removal(folders) if uninstall else _installation(folders[0])
    notes = () if uninstall else _notes(folders)
    if dry_run:
        return Report(tuple(steps), dry_run, notes)
    if not uninstall and not _resolve_is_here(folders):
        raise NotReady(
            "DaVinci Resolve was not found on this machine.",
            mend="Install it and start it once, then run: secondunit install-plugins",
        )
    try:
        _remove(steps) if uninstall else _install(folders[0])
    except OSError as fault:
        raise Unwritable(
            f"{fault.filename} cannot be changed: {fault.strerror}.",
            mend="Change the folder's permissions, or run this as its owner.",
        ) from fault
    return Report(tuple(steps), dry_run, notes)


def plugin_files() -> Path:
    """The folder of the Resolve plugin: inside the installed package, or in the clone beside it."""
    here = Path(__file__).resolve().parent
    for folder in (here / "plugins" / "resolve", here.parents[1] / "plugins" / "resolve"):
        if (folder / MODULES).is_dir():
            return folder
    raise EngineFault("The Resolve plugin is not part of this installation.")


def _menu_scripts() -> list[Path]:
    return sorted(plugin_files().glob("Second Unit - *.py"))


def _installation(scripts: Path) -> list[Step]:
    modules = sorted(path.name for path in (plugin_files() / MODULES).glob("*.py"))
    paths = [scripts / MODULES / name for name in [*modules, "command.json"]]
    return [Step("write", path) for path in [*paths, *(scripts / "Utility" / menu.name for menu in _menu_scripts())]]


def _removal(folders: tuple[Path, ...]) -> list[Step]:
    found = [scripts / "Utility" / menu.name for scripts in folders for menu in _menu_scripts()]
    found += [scripts / MODULES for scripts in folders]
    return [Step("remove", path) for path in found if path.exists()]


def _install(scripts: Path) -> None:
    """The modules come first, so that a menu script never finds them half there."""
    for path in sorted((plugin_files() / MODULES).glob("*.py")):
        _write(scripts / MODULES / path.name, path.read_text("utf-8"))
    command = {"command": [sys.executable, "-m", "secondunit_bridge.cli"]}
    _write(scripts / MODULES / "command.json", json.dumps(command, indent=2) + "\n")
    for path in _menu_scripts():
        _write(
            scripts / "Utility" / path.name, path.read_text("utf-8").replace(MARK, f"INSTALLED_IN = {str(scripts)!r}")
        )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _remove(steps: list[Step]) -> None:
    for step in steps:
        shutil.rmtree(step.path) if step.path.is_dir() else step.path.unlink()


def _resolve_is_here(folders: tuple[Path, ...]) -> bool:
    """Resolve makes its folders when it is installed or first started."""
    return any(scripts.parents[depth].is_dir() for scripts in folders for depth in (0, 1))


def _notes(folders: tuple[Path, ...]) -> tuple[str, ...]:
    notes = [
        "In Resolve they are under Workspace > Scripts. They are untested inside Resolve itself.",
        "Resolve Studio runs them; the free edition does up to 21.0.4, and the App Store build does not.",
    ]
    if not _resolve_is_here(folders):
        notes.insert(0, "DaVinci Resolve was not found on this machine.")
    return tuple(notes)
