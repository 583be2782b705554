"""Videos and characters on disk: a folder each in the project, so that they survive a restart and can be looked at.

videos/video_0f3c.../video.json         the record
                     reference/         the picture that came with the prompt
                     cut.otio content.mp4 thumbnail.webp spritesheet.jpg
characters/char_91ab.../character.json
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar

from secondunit_bridge.errors import NotFound, Unwritable

Ending = Literal["", "completed", "failed"]
_ID = re.compile(r"(video|char)_[0-9a-f]{32}")


@dataclass(frozen=True)
class Video:
    """One video that was asked for.

    `work` is the contract's Work in canonical JSON; `ending` is empty until it has one. `notes` say, in plain
    sentences, what was made otherwise than asked. `source` is the video it was made from, `picture` the SHA-256 of the
    finished file, by which an upload of it is recognised.
    """

    id: str
    created: int  # nanoseconds since 1970
    model: str
    prompt: str
    seconds: str
    size: str
    work: str
    source: str = ""
    shoot_job: str = ""
    master_job: str = ""
    shot: str = ""
    take: int = 0
    ending: Ending = ""
    ended: int = 0  # nanoseconds since 1970
    error_code: str = ""
    error_message: str = ""
    picture: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Character:
    """A name that prompts may use. Nothing of the uploaded video is kept but its hash: no likeness is taken from it."""

    id: str
    created: int  # nanoseconds since 1970
    name: str
    upload: str  # SHA-256


R = TypeVar("R", Video, Character)


def new_id(kind: Literal["video", "char"]) -> str:
    return f"{kind}_{uuid.uuid4().hex}"


def now() -> int:
    return time.time_ns()


class Shelf:
    """The records of a project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self._videos, self._characters = project / "videos", project / "characters"

    def folder(self, video_id: str) -> Path:
        """The folder of a video, there or not. Raises NotFound for what is no id: nothing else becomes a path."""
        if not _ID.fullmatch(video_id):
            raise NotFound(f"There is no video “{video_id[:80]}”.", mend="List the videos to see their ids.")
        return self._videos / video_id

    def videos(self) -> list[Video]:
        """Every video, oldest first."""
        found = list(_each(self._videos, "video.json", Video))
        return sorted(found, key=lambda video: (video.created, video.id))

    def video(self, video_id: str) -> Video:
        """Raises NotFound."""
        found = _load(self.folder(video_id) / "video.json", Video)
        if found is None:
            raise NotFound(f"There is no video “{video_id}”.", mend="List the videos to see their ids.")
        return found

    def keep(self, record: Video | Character) -> None:
        """Write a record whole or not at all. Raises Unwritable."""
        name = "video.json" if isinstance(record, Video) else "character.json"
        folder = (self._videos if isinstance(record, Video) else self._characters) / record.id
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / f".{name}.part"
            part.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), "utf-8")
            os.replace(part, folder / name)
        except OSError as fault:
            raise Unwritable(f"{folder} cannot be written: {fault.strerror}.", mend="Choose another project.") from None

    def drop(self, video_id: str) -> None:
        """Delete a video's folder: out of sight by one rename, then file by file; a kill leaves nothing half there."""
        folder = self.folder(video_id)
        away = folder.with_name(f".deleted-{video_id}")
        try:
            os.replace(folder, away)
        except FileNotFoundError:
            raise NotFound(f"There is no video “{video_id}”.", mend="List the videos to see their ids.") from None
        shutil.rmtree(away, ignore_errors=True)

    def sweep(self) -> None:
        """Finish deletions that a kill cut short."""
        for away in self._videos.glob(".deleted-*"):
            shutil.rmtree(away, ignore_errors=True)

    def character(self, character_id: str) -> Character:
        """Raises NotFound."""
        found = None
        if _ID.fullmatch(character_id):
            found = _load(self._characters / character_id / "character.json", Character)
        if found is None:
            raise NotFound(f"There is no character “{character_id[:80]}”.", mend="Create one first.")
        return found


def _each(folder: Path, name: str, kind: type[R]) -> Iterator[R]:
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if _ID.fullmatch(entry.name) and (record := _load(Path(entry.path) / name, kind)) is not None:
            yield record


def _load(path: Path, kind: type[R]) -> R | None:
    """A record, None if there is none or if it is damaged; fields that a newer version wrote are passed over."""
    try:
        document: dict[str, Any] = json.loads(path.read_text("utf-8"))
        known = {field.name: document[field.name] for field in fields(kind) if field.name in document}
        known |= {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
        return kind(**known)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
