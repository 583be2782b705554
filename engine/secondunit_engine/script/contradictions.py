"""Directions that cannot both be followed: reported to the user, never settled by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from secondunit_engine.script.binding import bind
from secondunit_engine.script.brief import Span
from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary import Facet
from secondunit_engine.script.words import base_forms

# Facets of which a shot has one value: what they are called, and which pairs of values exclude each other (all, if
# none are given).
_ONE_OF: dict[Facet, tuple[str, tuple[str, ...]]] = {
    "time": ("times of day", ("day night", "day midnight", "morning night", "morning dusk",
                              "morning midnight", "dawn dusk", "dawn midnight", "dusk midnight")),
    "weather": ("weathers", ("rain clear", "haze clear", "rain dust")),
    "size": ("shot sizes", ()),
    "angle": ("camera angles", ("low high", "low overhead", "eye overhead", "eye low", "eye high")),
    "key": ("lighting keys", ("low high",)),
    "setup": ("setups", ("pov over shoulder", "single two shot", "insert master", "insert establishing",
                         "pov establishing")),
}  # fmt: skip
# Moves that a camera which stands still cannot make; any other two may follow each other.
_STILL = "static"
_DIRECTIONS = frozenset((*_ONE_OF, "lens", "stop", "move", "pace", "slow"))
_MOST_WORDS = 200  # of one sentence that are compared with each other
# One after the other is no contradiction: "from day to night", "then".
_SEQUENCE = re.compile(
    r"\b(then|to|into|until|before|after|becom\w+|turn\w*|chang\w+|shift\w*|cuts?|later|next|finally|ends?|between"
    r"|moves?|transition\w*|fad\w+|reveal\w*)\b|→|->",
    re.I,
)
_SAME_LENS = 1.3  # focal lengths within this ratio may be one lens said twice
_SAME_STOP = 2.5  # as may T2.8 and "shallow focus"
_SHOT_LIMITS = re.compile(r"[.;\n]")


@dataclass(frozen=True)
class Contradiction:
    """Two spans that ask for opposite things, and one sentence that says so."""

    first: Span
    second: Span
    message: str


def find_contradictions(text: str, found: Sequence[Found]) -> tuple[Contradiction, ...]:
    """The directions of one shot or scene that exclude each other, in order.

    What is told as a sequence ("from day to night", "a wide shot, then a close-up") is none.
    """
    told = [pair for run in _runs(text, found) for pair in combinations(_that_may_oppose(run), 2)]
    pairs = [pair for pair in told if _oppose(*pair) and not _in_sequence(text, *pair)]
    reports = {(a.start, b.start): Contradiction(_span(a), _span(b), _say(a, b)) for a, b in pairs}
    for a, b in _opposed_attributes(text, found):
        reports.setdefault((a.start, b.start), Contradiction(_span(a), _span(b), _say(a, b)))
    return tuple(reports[key] for key in sorted(reports))


def _runs(text: str, found: Sequence[Found]) -> Iterator[list[Found]]:
    """The words of each sentence: directions in different sentences may be of different shots."""
    run: list[Found] = []
    for item in found:
        if run and _SHOT_LIMITS.search(text, run[-1].end, item.start):
            yield run
            run = []
        run.append(item)
    yield run


def _that_may_oppose(run: Sequence[Found]) -> list[Found]:
    """The words of a sentence that any other could exclude; of an endless sentence the first of them."""
    takes_away = any(item.facet == "absent" for item in run)
    kept = (item for item in run if takes_away or item.facet in _DIRECTIONS or "lapse" in item.value)
    return list(islice(kept, _MOST_WORDS))


def _oppose(a: Found, b: Found) -> bool:
    """Whether two directions exclude each other."""
    if "absent" in (a.facet, b.facet):
        gone, kept = (a, b) if a.facet == "absent" else (b, a)
        if gone.value == "person:":
            return kept.facet == "person"
        same = kept.facet in ("weather", "move", "music") or base_forms(gone.text) & base_forms(kept.text)
        return bool(same) and gone.value == f"{kept.facet}:{kept.value}"
    if {a.facet, b.facet} == {"slow", "thing"}:
        return "lapse" in f"{a.value} {b.value}"
    if a.facet != b.facet or a.value == b.value:
        return False
    if a.facet in ("lens", "stop"):
        least, most = sorted((float(a.value), float(b.value)))
        return most / least > (_SAME_LENS if a.facet == "lens" else _SAME_STOP)
    if a.facet == "move":
        return _STILL in (a.value, b.value)
    if a.facet == "pace":
        return "suddenly" not in (a.text.lower(), b.text.lower())  # that says when, not how
    if a.facet not in _ONE_OF:
        return False
    exclusive = _ONE_OF[a.facet][1]
    return not exclusive or f"{a.value} {b.value}" in exclusive or f"{b.value} {a.value}" in exclusive


def _in_sequence(text: str, a: Found, b: Found) -> bool:
    """Whether the text between two directions says that one comes after the other."""
    return bool(_SEQUENCE.search(text, a.end, b.start)) or (
        a.facet == "pace" and any(mark in text[a.end : b.start] for mark in ",")
    )


def _opposed_attributes(text: str, found: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    """Attributes of one thing that exclude each other: a young old man, a bald man with long hair."""
    for thing in bind(text, found).things:
        for a, b in combinations((found[at] for at in thing.attributes), 2):
            if a.facet == b.facet and a.facet in ("age", "build", "wear") and a.value != b.value:
                yield a, b
            if a.facet == b.facet == "hair" and a.value != b.value and "bald" in (a.value, b.value):
                yield a, b


def _span(item: Found) -> Span:
    return Span(item.start, item.end)


def _say(a: Found, b: Found) -> str:
    said = f"“{a.text}” and “{b.text}”"
    if "absent" in (a.facet, b.facet):
        return f"{said}: the same thing is asked for and left out."
    if a.facet == "move":
        return f"{said}: a camera that stands still cannot move."
    if a.facet == "lens":
        return f"{said}: a shot has one lens, and these differ."
    if a.facet == "stop":
        return f"{said}: the focus cannot be shallow and deep at once."
    if "slow" in (a.facet, b.facet):
        return f"{said}: time cannot run slower and faster at once."
    if a.facet == "pace":
        return f"{said}: it cannot be slow and fast at once."
    if a.facet in _ONE_OF:
        return f"{said}: these {_ONE_OF[a.facet][0]} exclude each other in one shot."
    return f"{said}: both are said of one and the same."
