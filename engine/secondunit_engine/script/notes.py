"""Notes that direct the planner: `[[locked]]` and `[[coverage: b]]`, on a beat, its cue, or the line under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secondunit_engine.script.brief import Status
from secondunit_engine.script.elements import Element

_LOCKED = re.compile(r"\[\[\s*locked\s*\]\]", re.I)
_COVERAGE = re.compile(r"\[\[\s*coverage\s*:\s*(.*?)\s*\]\]", re.I | re.S)
_CHOICES = ("a", "b", "c")
_BEATS = frozenset(("action", "dialogue", "lyric", "centred", "transition"))
_SPEECH = frozenset(("character", "parenthetical"))


@dataclass(frozen=True)
class Directions:
    """What the notes of a beat say of it."""

    locked: bool = False
    coverage: str = ""


def find_owners(elements: Iterable[Element]) -> dict[int, int]:
    """For every note, by its first character, the beat it stands on: the first character of the beat's element."""
    owners: dict[int, int] = {}
    waiting: list[int] = []  # notes on a cue, for the line that follows
    beat: Element | None = None
    in_cue = False
    for element in elements:
        notes = [inset.start for inset in element.insets if inset.kind == "note"]
        if element.kind in _BEATS and element.content.strip():
            owners.update(dict.fromkeys((*waiting, *notes), element.start))
            waiting, beat, in_cue = [], element, False
        elif element.kind in _SPEECH or (element.kind == "note" and in_cue):
            waiting, beat, in_cue = [*waiting, *notes], None, True
        elif element.kind == "note" and beat:
            owners.update(dict.fromkeys(notes, beat.start))
        elif element.kind != "boneyard":
            waiting, beat, in_cue = [], None, False
    return owners


def read_directions(text: str, owners: Mapping[int, int]) -> dict[int, Directions]:
    """What is said of each beat, by the first character of its element; the last choice of a coverage counts."""
    said: dict[int, Directions] = {}
    for note, beat in owners.items():
        before = said.get(beat, Directions())
        match = _COVERAGE.match(text, note)
        chosen = match[1].lower() if match and match[1].lower() in _CHOICES else before.coverage
        said[beat] = Directions(before.locked or _LOCKED.match(text, note) is not None, chosen)
    return said


def explain_note(note: str, on_beat: bool) -> tuple[Status, str]:
    """What became of a note, for the ledger."""
    coverage = _COVERAGE.match(note)
    if _LOCKED.match(note):
        if on_beat:
            return Status.BOUND, "locks the beat: it is not changed and keeps its length"
        return Status.NOT_UNDERSTOOD, "locks nothing: no beat stands here or on the line above"
    if coverage is None:
        return Status.BOUND, "note: not shot"
    if not on_beat:
        return Status.NOT_UNDERSTOOD, "chooses no coverage: no beat stands here or on the line above"
    if coverage[1].lower() in _CHOICES:
        return Status.BOUND, f"the beat is covered as alternative {coverage[1].lower()}"
    if not coverage[1]:
        return Status.BOUND, "the beat is covered as the style would"
    return Status.NOT_UNDERSTOOD, f"there is no coverage “{coverage[1]}”: choose a, b or c"
