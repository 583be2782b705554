"""Removes what an ended job left unfinished: an interrupted product, a half take, half a master."""

from __future__ import annotations

import shutil
from pathlib import Path

from secondunit_engine.jobs.requests import ConformRequest, Request, UsdzRequest

# Where a project's unfinished things lie; nothing else in the user's folder is ours to delete.
_PLACES = ("cache/*/*.part", "shots/*/takes/*.part", "shots/*/*.part", "deliveries/*.part", "*.part")


def drop_leftovers(request: Request, *, shared: bool) -> list[Path]:
    """Delete the unfinished files of an ended job and return what was deleted.

    `shared` says that another begun job of the project may go on from the same unfinished products, so those stay.
    """
    found: list[Path] = []
    if isinstance(request, ConformRequest | UsdzRequest):
        output = Path(request.output)
        found += [output.with_name(output.name + ".part"), output.with_name(f".{output.name}.part")]
    project = Path(request.project_dir)
    if not shared and (project / "secondunit.toml").is_file():
        for place in _PLACES:
            found += [path for path in project.glob(place) if _is_ours(path, project)]
    dropped = []
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.exists():
            path.unlink(missing_ok=True)
        else:
            continue
        dropped.append(path)
    return dropped


def _is_ours(path: Path, project: Path) -> bool:
    """Directly in the project folder, only hidden files are ours: a browser's download.part is not."""
    return path.parent != project or path.name.startswith(".")
