"""A marker, as every format here reads and writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_MARKERS = 100_000
_ID = re.compile(r"\s*secondunit:(\S+)\s*$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class CueMarker:
    """`frame` is a record frame number (timecode); `id` is "shot:take:cue", empty for a marker that is none of ours.

    `local` is the frame in the take's file, from its first, where a marker lies on a clip. `line`, `character`, `kind`,
    `priority` and `reason` are for lists that have a place for them.
    """

    id: str
    frame: int
    frames: int
    name: str
    colour: str
    note: str = ""
    local: int | None = None
    kind: str = ""
    line: str = ""
    character: str = ""
    priority: int = 0
    reason: str = ""


def with_id(marker: CueMarker) -> str:
    """The note with the id at its end, on one line."""
    return f"{one_line(marker.note)} {f'secondunit:{marker.id}' if marker.id else ''}".strip()


def split_note(note: str) -> tuple[str, str]:
    """(note, id) of a note that `with_id` wrote; the id is empty where there is none."""
    match = _ID.search(note)
    return (note[: match.start()], match[1]) if match else (note.strip(), "")


def one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
