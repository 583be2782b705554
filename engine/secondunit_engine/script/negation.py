"""What is said not to be there: "no people", "without any red cars or dogs", "it isn't raining"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary import Facet

# What "no" can take away, and what may stand between it and "no".
_LEAVABLE: frozenset[Facet] = frozenset(
    (
        "person",
        "prop",
        "weather",
        "music",
        "move",
        "air",
        "light",
        "slow",
        "verb",
        "unknown",
        "thing",
        "deed",
        "wardrobe",
    )
)
_MODIFIERS: frozenset[Facet] = frozenset(("quality", "color", "age", "build", "hair", "wear", "manner", "mood", "key"))
_CLAUSE_END = re.compile(r"[,.;:!?\n]")
_JOINS = frozenset(("or", "and", "nor"))
# "Not" takes away a quality as well: "the car is not red".
_NOT = re.compile(r"not|never|.*n['’]t", re.I)


def apply_negation(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """The same words, with what a "no" takes away turned into its absence ("weather:rain").

    Its reach ends with the clause, or after the first thing it takes away and those joined to it by "or" and "and".
    """
    result = list(found)
    for at, item in enumerate(found):
        if item.facet == "absent":
            for taken in _reach(text, found, at) if item.value == "no" else _undone(found, at):
                sense = replace(
                    found[taken].sense,
                    facet="absent",
                    value=f"{found[taken].facet}:{found[taken].value}",
                    meaning=f"left out: {found[taken].text}",
                    status=item.sense.status,
                    alternatives=(),
                )
                result[taken] = replace(found[taken], sense=sense)
    return tuple(result)


def _reach(text: str, found: Sequence[Found], at: int) -> list[int]:
    """Indices of what the negation at index `at` takes away."""
    reached: list[int] = []
    waiting: list[int] = []
    done = False  # the first thing is taken; only "or" and "and" lead further
    for here in range(at + 1, len(found)):
        item = found[here]
        if _CLAUSE_END.search(text, found[here - 1].end, item.start) or item.value == "no" or item.text == "but":
            break
        if item.facet in _LEAVABLE and not (done and waiting == [] and not _is_joined(found, here)):
            reached += [*waiting, here]
            waiting, done = [], True
        elif item.facet in _MODIFIERS:
            waiting.append(here)
        elif done and item.text.lower() not in _JOINS:
            break
    if not done and _NOT.fullmatch(found[at].text):
        return waiting[:1]
    return reached


def _undone(found: Sequence[Found], at: int) -> list[int]:
    """What "nobody" or "no one" at index `at` does, right after it: it does not happen."""
    acts = at + 1 < len(found) and found[at + 1].facet in ("verb", "deed") and "no" in found[at].text.lower()
    return [at + 1] if acts else []


def _is_joined(found: Sequence[Found], at: int) -> bool:
    """Whether "or" or "and" stands before this and what describes it."""
    for item in reversed(found[:at]):
        if item.facet not in _MODIFIERS:
            return item.text.lower() in _JOINS
    return False
