"""Put the menu scripts where DaVinci Resolve looks, check that they are whole, or take them away again.

Light: standard library only. Installing twice changes nothing the second time. `root` is the file system's root, so
that a tree that only looks like a system can stand in for one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondunit_bridge.errors import EngineFault, NotReady, Unwritable
from secondunit_bridge.find_resolve import BRAND, FoundResolve, find_resolve, system_folders

MODULES = "secondunit_resolve"
MARK = 'INSTALLED_IN = ""'
LUTS = "Second Unit"  # our folder under Resolve's master LUT folder: LUTs resolve nowhere else
WATCH = "Briefs and cuts can go through a watch folder instead: secondunit watch FOLDER"


@dataclass(frozen=True)
class Step:
    """One thing done, or that would be done: write or remove a file, make or remove a folder."""

    action: str
    path: Path


@dataclass(frozen=True)
class Report:
    """What was done (or would be), for which Resolve, and what the user should know; `faults` a check has found."""

    steps: tuple[Step, ...]
    dry_run: bool
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    resolve: str = ""

    def document(self) -> dict[str, Any]:
        steps = [{"action": step.action, "path": str(step.path)} for step in self.steps]
        told = {"dry_run": self.dry_run, "steps": steps, "notes": list(self.notes), "faults": list(self.faults)}
        return told | {"resolve": self.resolve}

    def text(self) -> str:
        would = "would " if self.dry_run else ""
        lines = [f"{would}{step.action} {step.path}" for step in self.steps]
        return "\n".join([*(lines or list(self.faults) or ["There is nothing to do."]), *self.notes])


@dataclass(frozen=True)
class _Place:
    """The machine that is looked at."""

    platform: str
    environ: Mapping[str, str]
    home: Path
    root: Path

    @property
    def scripts(self) -> tuple[Path, ...]:
        return scripts_folders(self.platform, self.environ, self.home, self.root)

    @property
    def found(self) -> FoundResolve | None:
        return find_resolve(self.platform, self.environ, self.root, self.home)

    @property
    def luts(self) -> Path:
        return system_folders(self.platform, self.environ, self.root)["lut"]


def scripts_folders(platform: str, environ: Mapping[str, str], home: Path, root: Path = Path("/")) -> tuple[Path, ...]:
    """The `Fusion/Scripts` folders where Resolve looks, the user's own first."""
    if platform == "darwin":
        library = Path("Library") / "Application Support" / BRAND / "Fusion" / "Scripts"
        return home / library, root / library
    if platform == "win32":
        roaming = Path(environ.get("APPDATA", str(home / "AppData" / "Roaming")))
        shared = Path(environ.get("PROGRAMDATA", r"C:\ProgramData"))
        return roaming / BRAND / "Support" / "Fusion" / "Scripts", shared / BRAND / "Fusion" / "Scripts"
    return home / ".local" / "share" / "DaVinciResolve" / "Fusion" / "Scripts", root / "opt/resolve/Fusion/Scripts"


def install_plugins(
    *,
    dry_run: bool = False,
    uninstall: bool = False,
    check: bool = False,
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    home: Path | None = None,
    root: Path = Path("/"),
) -> Report:
    """Install the menu scripts for this user, check them, or remove them wherever they are.

    Raises NotReady (no Resolve, or one without scripting), Unwritable. With `dry_run` or `check` nothing is touched.
    """
    place = _Place(platform, environ, home or Path.home(), root)
    found = place.found
    name = found.name if found else ""
    if check:
        return Report((), False, _notes(place, found), _faults(place), name)
    steps = _removal(place) if uninstall else _installation(place)
    notes = () if uninstall else _notes(place, found)
    if dry_run:
        return Report(tuple(steps), dry_run, notes, (), name)
    if not uninstall:
        _require_scripts(found, place)
    try:
        refused = _carry_out(steps, place)
    except OSError as fault:
        raise Unwritable(
            f"{fault.filename} cannot be changed: {fault.strerror}.",
            mend="Change the folder's permissions, or run this as its owner.",
        ) from fault
    if not uninstall:
        wrong = _faults(place)
        if wrong:
            raise EngineFault(f"The scripts were written but are not whole: {wrong[0]}")
    done = tuple(step for step in steps if step.path not in refused)
    said = tuple(f"{path} is not yours to make; LUTs are then chosen by hand." for path in refused)
    return Report(done, dry_run, (*notes, *said), (), name)


def plugin_files() -> Path:
    """The folder of the Resolve plugin: inside the installed package, or in the clone beside it."""
    here = Path(__file__).resolve().parent
    for folder in (here / "plugins" / "resolve", here.parents[1] / "plugins" / "resolve"):
        if (folder / MODULES).is_dir():
            return folder
    raise EngineFault("The Resolve plugin is not part of this installation.")


def _require_scripts(found: FoundResolve | None, place: _Place) -> None:
    if found is None and not _resolve_is_here(place.scripts):
        raise NotReady(
            "DaVinci Resolve was not found on this machine.",
            mend="Install it and start it once, then run: secondunit install-plugins",
        )
    if found is not None and found.why_no_scripts:
        raise NotReady(f"{found.why_no_scripts} This is {found.name}.", mend=f"Use Resolve Studio. {WATCH}")


def _texts(scripts: Path) -> dict[Path, str]:
    """Every file and what is in it; the modules first, so that a menu script never finds them half there."""
    files = plugin_files()
    texts = {scripts / MODULES / path.name: path.read_text("utf-8") for path in sorted((files / MODULES).glob("*.py"))}
    command = {"command": [sys.executable, "-m", "secondunit_bridge.cli"]}
    texts[scripts / MODULES / "command.json"] = json.dumps(command, indent=2) + "\n"
    for path in _menu_scripts():
        text = path.read_text("utf-8").replace(MARK, f"INSTALLED_IN = {str(scripts)!r}")
        texts[scripts / "Utility" / path.name] = text
    return texts


def _menu_scripts() -> list[Path]:
    return sorted(plugin_files().glob("Second Unit - *.py"))


def _installation(place: _Place) -> list[Step]:
    """What is not there yet, or is of another version; and what an older version left."""
    texts = _texts(place.scripts[0])
    steps = [Step("write", path) for path, text in texts.items() if _read(path) != text]
    steps += [Step("remove", path) for path in _leftovers(place.scripts[0]) if path not in texts]
    if place.luts.is_dir() and not (place.luts / LUTS).is_dir():
        steps.append(Step("make", place.luts / LUTS))
    return steps


def _leftovers(scripts: Path) -> list[Path]:
    return [*sorted((scripts / "Utility").glob("Second Unit - *.py")), *sorted((scripts / MODULES).glob("*.py"))]


def _removal(place: _Place) -> list[Step]:
    found = [path for scripts in place.scripts for path in sorted((scripts / "Utility").glob("Second Unit - *.py"))]
    found += [scripts / MODULES for scripts in place.scripts if (scripts / MODULES).is_dir()]
    ours = place.luts / LUTS
    if ours.is_dir() and not any(ours.iterdir()):  # the user's LUTs in it stay
        found.append(ours)
    return [Step("remove", path) for path in found]


def _carry_out(steps: Sequence[Step], place: _Place) -> list[Path]:
    """Do the steps; returns LUT folders that only an administrator may make."""
    texts = _texts(place.scripts[0])
    refused = []
    for step in steps:
        if step.action == "write":
            _write(step.path, texts[step.path])
        elif step.action == "remove":
            shutil.rmtree(step.path) if step.path.is_dir() else step.path.unlink(missing_ok=True)
        else:
            try:
                step.path.mkdir(exist_ok=True)
            except PermissionError:
                refused.append(step.path)
    return refused


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="")
    part.replace(path)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _faults(place: _Place) -> tuple[str, ...]:
    """What keeps the installed scripts from working, in plain sentences; none if all is well."""
    scripts = place.scripts[0]
    texts = _texts(scripts)
    there = {path: _read(path) for path in texts}
    if not any(text is not None for text in there.values()):
        return ("The menu scripts are not installed: run secondunit install-plugins.",)
    faults = [f"{path.name} is missing." for path, text in there.items() if text is None]
    faults += [f"{path.name} is of another version." for path, text in there.items() if text not in (None, texts[path])]
    faults += [f"{path.name} is left from another version." for path in _leftovers(scripts) if path not in texts]
    faults += _faults_of_command(_read(scripts / MODULES / "command.json"))
    if faults:
        faults.append("Run: secondunit install-plugins")
    return tuple(faults)


def _faults_of_command(text: str | None) -> list[str]:
    """Whether the command that the scripts start answers."""
    try:
        words = [str(word) for word in json.loads(text or "")["command"]]
    except (ValueError, KeyError, TypeError):
        return []  # missing, or of another version: said already
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONHOME"}
    try:
        done = subprocess.run([*words, "--version"], capture_output=True, text=True, timeout=60, env=clean, check=False)
    except (OSError, subprocess.SubprocessError) as fault:
        return [f"{words[0]} does not start: {fault}."]
    return [] if done.returncode == 0 else [f"{words[0]} does not run Second Unit: {done.stderr.strip()[-200:]}"]


def _resolve_is_here(folders: tuple[Path, ...]) -> bool:
    """Resolve makes its folders when it is installed or first started."""
    return any(scripts.parents[depth].is_dir() for scripts in folders for depth in (0, 1))


def _notes(place: _Place, found: FoundResolve | None) -> tuple[str, ...]:
    notes = [
        "In Resolve they are under Workspace > Scripts. They are untested inside Resolve itself.",
        "Resolve Studio runs them; the free edition does up to 21.0.4, and the App Store build does not.",
    ]
    if found is not None and found.why_no_scripts:
        return f"{found.name}: {found.why_no_scripts}", WATCH
    if found is not None:
        unsure = " Whether it is Studio its files do not say." if found.edition == "unknown" else ""
        notes.insert(0, f"Found {found.name}.{unsure}")
    elif not _resolve_is_here(place.scripts):
        notes.insert(0, "DaVinci Resolve was not found on this machine.")
    if place.luts.is_dir():
        notes.append(f"LUTs that scripts are to find go to {place.luts / LUTS}.")
    return tuple(notes)
