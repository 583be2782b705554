"""Which DaVinci Resolve is on this machine: where, what version, which edition, from the App Store or not.

Read from files that its installers leave; where they do not say, it is unknown, and that is told. Light: standard
library only.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Edition = Literal["Studio", "Free", "unknown"]
BRAND = Path("Blackmagic Design") / "DaVinci Resolve"
SCRIPTLESS_FREE = (21, 1)  # from here on the free edition runs no scripts
_TOLD = re.compile(r"DaVinci Resolve( Studio)?\D{0,12}?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?")
_LARGEST = 4 << 20  # bytes of a text that is searched


@dataclass(frozen=True)
class FoundResolve:
    """A Resolve. `version` is empty where nothing says it."""

    folder: Path
    version: tuple[int, ...] = ()
    edition: Edition = "unknown"
    app_store: bool = False

    @property
    def name(self) -> str:
        number = ".".join(map(str, self.version)) or "of an unknown version"
        edition = {"Studio": " Studio", "Free": "", "unknown": ""}[self.edition]
        return f"DaVinci Resolve{edition} {number}" + (" from the App Store" if self.app_store else "")

    @property
    def why_no_scripts(self) -> str:
        """Why it cannot run our menu scripts, in a sentence; empty where it can, or may."""
        if self.app_store:
            return "The App Store build of Resolve has no scripting."
        if self.edition == "Free" and self.version >= SCRIPTLESS_FREE:
            return "The free edition of Resolve runs no scripts since 21.1."
        return ""


def system_folders(platform: str, environ: Mapping[str, str], root: Path) -> dict[str, Path]:
    """Where the system's parts of Resolve lie: `app`, `support` (its own Fusion folder is inside), `lut`, `docs`."""
    if platform == "darwin":
        support = root / "Library" / "Application Support" / BRAND
        app = root / "Applications" / "DaVinci Resolve" / "DaVinci Resolve.app"
        return {"app": app, "support": support, "lut": support / "LUT", "docs": support / "Documents"}
    if platform == "win32":
        support = Path(environ.get("PROGRAMDATA", r"C:\ProgramData")) / BRAND
        app = Path(environ.get("PROGRAMFILES", r"C:\Program Files")) / BRAND
        inner = support / "Support"
        lut = (inner if (inner / "LUT").is_dir() else support) / "LUT"
        return {"app": app, "support": support, "lut": lut, "docs": app / "Documents"}
    opt = root / "opt" / "resolve"
    return {"app": opt, "support": opt, "lut": opt / "LUT", "docs": opt / "docs"}


def find_resolve(platform: str, environ: Mapping[str, str], root: Path, home: Path) -> FoundResolve | None:
    """The Resolve on this machine, or None. `root` is the file system's, for trees that only look like one."""
    folders = system_folders(platform, environ, root)
    if platform == "darwin":
        shelf = root / "Applications"
        for app in (folders["app"], shelf / "DaVinci Resolve.app", shelf / "DaVinci Resolve Studio.app"):
            if (app / "Contents" / "Info.plist").is_file():
                return _bundle(app, folders["docs"])
    started = home / (".local/share/DaVinciResolve" if platform == "linux" else "Library/Application Support" / BRAND)
    for folder in (folders["app"], folders["support"], started):
        if folder.is_dir():
            version, edition = _told(folders["docs"], folder)
            return FoundResolve(folder, version, edition)
    return None


def _bundle(app: Path, docs: Path) -> FoundResolve:
    """A macOS application bundle; the App Store leaves a receipt in it."""
    try:
        with (app / "Contents" / "Info.plist").open("rb") as file:
            told = plistlib.load(file)
    except (OSError, ValueError, plistlib.InvalidFileException):
        told = {}
    numbers = re.findall(r"\d+", str(told.get("CFBundleShortVersionString", "")))
    store = (app / "Contents" / "_MASReceipt").is_dir() or "appstore" in str(told.get("CFBundleIdentifier", "")).lower()
    version, edition = _told(docs, app)
    if "Studio" in app.name or "Studio" in str(told.get("CFBundleName", "")):
        edition = "Studio"
    return FoundResolve(app, tuple(int(each) for each in numbers[:3]) or version, edition, store)


def _told(*folders: Path) -> tuple[tuple[int, ...], Edition]:
    """Version and edition as the read-me files of an installation name them."""
    for folder in folders:
        for name in ("ReadMe.html", "Welcome.txt", "ReadMe.txt", "Documents/ReadMe.html", "Documents/Welcome.txt"):
            path = folder / name
            if path.is_file() and path.stat().st_size <= _LARGEST:
                match = _TOLD.search(re.sub(r"<[^>]*>", " ", path.read_text("utf-8", "replace")))
                if match:
                    version = tuple(int(part) for part in match.groups()[1:] if part)
                    return version, "Studio" if match[1] else "Free"
    return (), "unknown"
