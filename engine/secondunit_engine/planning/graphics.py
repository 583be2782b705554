"""Words over the picture: titles, supers and lyrics of a script, placed in their shot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import BeatPlan, GraphicPlan

_LABEL = re.compile(r"^\s*(?:SUPER(?:IMPOSE)?|TITLE|CHYRON|CARD|CAPTION|LEGEND)(?: CARD| OVER)?\s*:\s*", re.I)
_QUOTES = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("「", "」"))
_SECONDS_A_WORD = Fraction(1, 3)  # 180 words a minute, the upper end of the BBC's subtitle guidelines
_LEAST_SECONDS = Fraction(2)
_READY_SECONDS = Fraction(1)  # to see that there is something to read


def graphics_of(beats: Iterable[BeatPlan], frames: int, rate: Rate) -> tuple[GraphicPlan, ...]:
    """The titles of a shot of `frames` frames, from its "super" beats: each begins with its beat and stays as long as
    it takes to read (at least two seconds), but not past the next title or the end of the shot."""
    supers = [beat for beat in beats if beat.kind == "super" and title_words(beat.text) and 0 <= beat.start < frames]
    supers.sort(key=lambda beat: beat.start)
    placed: list[GraphicPlan] = []
    for at, beat in enumerate(supers):
        words = title_words(beat.text)
        wanted = max(_LEAST_SECONDS, _READY_SECONDS + _SECONDS_A_WORD * len(words.split()))
        later = next((other.start for other in supers[at + 1 :] if other.start > beat.start), frames)
        length = min(max(beat.frames, rate.frames(wanted)), later - beat.start)
        placed.append(GraphicPlan(words, beat.start, max(1, length)))
    return tuple(placed)


def title_words(text: str) -> str:
    """What is to be read: without "SUPER:" and the quotation marks round it."""
    words = _LABEL.sub("", text).strip()
    for left, right in _QUOTES:
        if len(words) > 1 and words.startswith(left) and words.endswith(right):
            words = words[1:-1].strip()
    return words
