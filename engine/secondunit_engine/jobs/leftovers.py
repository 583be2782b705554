"""Removes what a killed or failed job left unfinished: an interrupted product, a half take, half a master.

Whole frames are kept: `cache/frames/<hash>.part` becomes `.kept`, for the day the user wants the shot after all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from secondunit_engine.jobs.requests import ConformRequest, Request, UsdzRequest

# Where a project's unfinished things lie; nothing else in the user's folder is ours to delete.
_PLACES = ("cache/*/*.part", "shots/*/takes/*.part", "shots/*/.*.part", "deliveries/.*.part", ".*.part", ".*.part.*")


def drop_leftovers(request: Request, *, shared: bool) -> list[Path]:
    """Delete the unfinished files of an ended job and return their paths.

    `shared` says that another begun job of the project may go on from the same unfinished products, so those stay.
    """
    found = list(_halves_of(Path(request.output))) if isinstance(request, ConformRequest | UsdzRequest) else []
    project = Path(request.project_dir)
    if not shared and (project / "secondunit.toml").is_file():
        found += [path for place in _PLACES for path in project.glob(place)]
    for path in found:
        if path.is_dir() and not path.is_symlink():
            _drop_folder(path)
        else:
            path.unlink(missing_ok=True)
    return found


def _halves_of(output: Path) -> Iterator[Path]:
    """The hidden temporary files that lie beside a file while it is made and signed."""
    for path in output.parent.iterdir() if output.parent.is_dir() else ():
        name = path.name
        half = ".part" in name or name.endswith(".signing")
        if name.startswith(".") and half and name.lstrip(".").startswith(output.stem + "."):
            yield path


def _drop_folder(part: Path) -> None:
    kept = part.with_suffix(".kept")
    if part.parent.name == "frames" and not kept.exists():
        for path in list(part.rglob("*")):
            if path.is_file() and (path.name.startswith(".") or path.suffix == ".part"):
                path.unlink()
        if any(path.is_file() for path in part.rglob("*")):
            os.replace(part, kept)
            return
    shutil.rmtree(part, ignore_errors=True)
