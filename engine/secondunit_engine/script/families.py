"""Words the vocabulary does not have, stood in for by the family they belong to: a poodle is taken for a dog.

families.txt holds WordNet's nouns and verbs by family; `build_families` compiled it. A family is shown as a phrase
of the vocabulary, which says what becomes of it. A stand-in is always marked as one, and a word that is no kind of
anything we know has none: an idea is not shown as a thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from secondunit_engine.script.brief import Status
from secondunit_engine.script.senses import index, part_of
from secondunit_engine.script.vocabulary import Facet, Sense
from secondunit_engine.script.words import base_forms

Part = Literal["noun", "verb"]
DATA = Path(__file__).parent / "families.txt"

# The vocabulary's phrase for a family that is not called by one.
SHOWN_AS: dict[str, str] = {
    "wild dog": "wolf",
    "big cat": "lion",
    "sailor": "worker",
    "police officer": "cop",
    "old person": "elder",
}
_MOST_WORDS_BEFORE = 2
_DROPS_AN_E = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # "hop", so that "hoping" is from "hope"
_TAKES_ES = re.compile(r"(?:[sxzo]|ch|sh)$")


@dataclass(frozen=True)
class StandIn:
    """What a word is taken for: a vocabulary value and its facet, the family both belong to, and a sentence.

    `status` is STAND_IN if something is shown for it, NOT_UNDERSTOOD if the family is known and nothing draws it yet.
    """

    value: str
    facet: Facet
    family: str
    meaning: str
    status: Status = Status.STAND_IN


def stand_in(word: str, part: Part, before: tuple[str, ...] = ()) -> StandIn | None:
    """What stands in for `word`, or None if it is no kind of anything we know.

    `before` holds the words just before it, nearest last: after "fire", an engine is a truck. Takes any text.
    """
    said = word.lower().replace("’", "'").replace("-", "_").replace(" ", "_")
    if _is_stop_word(said):
        return None
    for kin in range(min(len(before), _MOST_WORDS_BEFORE), -1, -1):
        lead = "".join(f"{earlier.lower()}_" for earlier in before[len(before) - kin :]) if kin else ""
        for form in _forms(said, part):
            family = _words(part).get(lead + form)
            if family is not None:
                return _shown(family, part, (lead + said).replace("_", " "))
    return None


def shown_phrase(family: str) -> str:
    """The vocabulary's phrase for a family."""
    return SHOWN_AS.get(family, family)


def _forms(word: str, part: Part) -> list[str]:
    """The forms to look up, the likeliest first. "Running" the noun is not "run" the noun, nor is "hoping" "hop"."""
    ending = next((ending for ending in ("ing", "ed", "es") if word.endswith(ending)), "")
    if part == "noun" and ending in ("ing", "ed"):
        return [word]
    stem = word.removesuffix(ending)
    keeps = _TAKES_ES.search(stem) if ending == "es" else not _DROPS_AN_E.fullmatch(stem)
    forms = base_forms(word) - {stem if ending and not keeps else ""}
    return sorted(forms, key=lambda form: (form != word, -len(form), not word.startswith(form), form))


def _shown(family: str, part: Part, said: str) -> StandIn | None:
    phrase = shown_phrase(family)
    sense = _sense(tuple(phrase.split(" ")), part)
    if sense is None:
        return None
    kind = f"“{family}”" if part == "verb" else f"{'an' if family[0] in 'aeiou' else 'a'} {family}"
    meaning = f"{said}: taken for {kind}"
    if sense.status != Status.BOUND:
        meaning += f"; {sense.meaning}"
    status = Status.NOT_UNDERSTOOD if sense.status == Status.NOT_UNDERSTOOD else Status.STAND_IN
    return StandIn(sense.value or phrase, sense.facet, family, meaning, status)


@cache
def _sense(phrase: tuple[str, ...], part: Part) -> Sense | None:
    """What the vocabulary says of exactly this phrase as this part of speech, None if it does not know it so."""
    return next((sense for sense in _senses(phrase) if part_of(sense) == part), None)


def _is_stop_word(word: str) -> bool:
    return any(sense.facet == "grammar" for sense in _senses((word,)))


def _senses(phrase: tuple[str, ...]) -> list[Sense]:
    return [sense for known, sense in index().get(phrase[0], ()) if known == phrase]


@cache
def _words(part: Part) -> dict[str, str]:
    """The family of each word of families.txt."""
    known: dict[str, str] = {}
    for line in DATA.read_text("utf-8").splitlines():
        head, _, words = line.partition(": ")
        if head.startswith(f"{part} "):
            known |= dict.fromkeys(words.split(" "), head.removeprefix(f"{part} "))
    return known
