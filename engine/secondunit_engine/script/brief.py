"""What the user gave, and what we read in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from secondunit_bridge.door import Brief as Brief


class Status(StrEnum):
    """What became of a span of the brief."""

    BOUND = "bound"
    GUESSED = "guessed"
    STAND_IN = "stand-in"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of the brief as given."""

    start: int
    end: int


@dataclass(frozen=True)
class LedgerEntry:
    """One span of the brief and what we made of it; the entries cover every word."""

    start: int
    end: int
    text: str
    status: Status
    meaning: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnProp:
    """A thing of the project's library as briefs know it: its name there, the noun that calls it, the hash of its layer
    and textures, its true size (width, height, depth [m]), and the line that credits it.

    Without a `credit` nobody knows its terms: it is never shown.
    """

    name: str
    noun: str
    content: str
    size: tuple[float, ...]
    credit: str = ""


BeatKind = Literal["action", "dialogue", "super", "transition"]


@dataclass(frozen=True)
class Beat:
    """One thing that happens, in the order told.

    Two beats are equal if they say the same, wherever it stands in the text. A `locked` beat is not to be changed and
    keeps its length; `coverage` names the coverage that was chosen for it ("a", "b", "c"). Both are read from notes in
    the script: `[[locked]]`, `[[coverage: b]]`.
    """

    id: str
    kind: BeatKind
    text: str
    span: Span = field(compare=False)
    character: str = ""
    parenthetical: str = ""
    extension: str = ""
    locked: bool = False
    coverage: str = ""


@dataclass(frozen=True)
class ScriptScene:
    """A scene heading and its beats. A prompt is one scene without a heading; equality does not ask where it stands."""

    id: str
    number: str
    heading: str
    span: Span = field(compare=False)
    interior: bool | None
    place: str
    time_of_day: str
    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class Script:
    """Scenes in the order told, and what became of every word; `own` are things of a library that words may call."""

    title: str
    scenes: tuple[ScriptScene, ...]
    ledger: tuple[LedgerEntry, ...]
    own: tuple[OwnProp, ...] = ()
