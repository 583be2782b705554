"""Files of a project over HTTP, with ranges, for a host that may not read the disk by itself.

Only what leaves a project is served: takes, deliveries, the contact sheet and the timeline. The token's holder could
read any file of this user anyway; this keeps a mistake in a page or a plugin from doing it.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from aiohttp import web

from secondunit_bridge.errors import BadInput, Denied, NotFound

TYPES = {
    ".mov": "video/quicktime", ".mp4": "video/mp4", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp",
    ".wav": "audio/wav", ".exr": "image/x-exr", ".json": "application/json", ".otio": "application/json",
    ".usda": "text/plain", ".usdz": "model/vnd.usdz+zip", ".cube": "text/plain", ".c2pa": "application/c2pa",
}  # fmt: skip
_FOLDERS = (("shots",), ("deliveries",), ("looks",), ("videos",))
_FILES = (("cut.otio",), ("contact-sheet.png",))
_LONGEST = 4096  # characters of a path


def add_media(app: web.Application) -> None:
    """Serve GET /media?path=ABSOLUTE."""

    async def media(request: web.Request) -> web.StreamResponse:
        path = find_media(request.query.get("path", ""))
        return web.FileResponse(path, headers={"Content-Type": TYPES[path.suffix.lower()]})

    app.router.add_get("/media", media)


def find_media(said: str) -> Path:
    """The file that is meant, links followed. Raises BadInput, Denied (not a file that leaves a project), NotFound."""
    if not said or "\0" in said or len(said) > _LONGEST or said.startswith(("//", "\\\\")):
        raise BadInput("The path is empty, too long, on a network share, or holds a NUL.", mend="Give ?path=/…")
    if not PurePath(said).is_absolute() or ".." in PurePath(said).parts:
        raise BadInput("The path is not absolute, or climbs.", mend="Give an absolute path without “..”.")
    path = Path(said).resolve()
    if path.suffix.lower() not in TYPES or not _leaves_a_project(path):
        raise Denied("The file is not one that leaves a project.", mend="Ask for a take or a delivery.")
    if not path.is_file():
        raise NotFound(f"There is no file {path.name} there.", mend="List the takes again.")
    return path


def _leaves_a_project(path: Path) -> bool:
    """Whether the nearest project around the path gives such files away."""
    for folder in path.parents:
        if (folder / "secondunit.toml").is_file():
            inside = path.relative_to(folder).parts
            return inside[:1] in (_FILES if len(inside) == 1 else _FOLDERS)
    return False
