"""Titles: what a script wants to be read on the picture ("SUPER: ALEXANDRIA, 1931")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from secondunit_engine.planning.plan import BeatPlan, GraphicPlan

_LABEL = re.compile(r"^\s*(?:SUPER|TITLE|CHYRON|CARD|LEGEND)(?:\s+CARD|\s+OVER)?\s*:\s*", re.I)


def titles_of(beats: Iterable[BeatPlan]) -> tuple[GraphicPlan, ...]:
    """The titles of a shot, each for as long as its beat lasts; without the label and the quotation marks."""
    return tuple(
        GraphicPlan(words, beat.start, max(1, beat.frames))
        for beat in beats
        if beat.kind == "super" and (words := _LABEL.sub("", beat.text).strip().strip('"“”').strip())
    )
