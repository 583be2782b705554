"""Words that call a thing of the project's library: "a samovar", where the library has samovar.glb.

Such a thing comes before one of the catalogue that has its name. A noun that means somebody, somewhere, how it is
filmed, or what a set is built round ("woman", "kitchen", "crane", "car") calls nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from secondunit_engine.script.brief import OwnProp, Status
from secondunit_engine.script.prompt import Phrases, by_first_word
from secondunit_engine.script.prop_list import OWN, prop_phrases
from secondunit_engine.script.senses import senses_of
from secondunit_engine.script.vocabulary import Sense

# What a noun may mean beside the thing: verbs are told from it by where they stand.
_BESIDE: Final = frozenset(("thing", "dressing", "light", "wardrobe", "craft", "verb", "deed", "idea"))


def can_be_called(noun: str) -> bool:
    """Whether a noun calls a thing of a library."""
    return bool(noun) and all(sense.facet in _BESIDE for sense in senses_of(noun.lower()))


def own_phrases(own: Sequence[OwnProp]) -> Phrases:
    """The phrases that call these things, in the singular and the plural; the first that has a noun keeps it."""
    senses: dict[tuple[str, ...], Sense] = {}
    for thing in own:
        noun = thing.noun.lower()
        if can_be_called(noun) and (thing.credit or noun not in prop_phrases()):
            for phrase in (noun, _plural(noun)):
                senses.setdefault(tuple(phrase.split()), _sense(thing, noun))
    return by_first_word(senses)


def _sense(thing: OwnProp, noun: str) -> Sense:
    if thing.credit:
        return Sense("thing", OWN + thing.name, f"prop: {noun}, of the project's library")
    meaning = f"{noun}, of the project's library: its licence is not known, so it is not in the picture"
    return Sense("thing", noun, meaning, Status.NOT_UNDERSTOOD)


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def with_own(names: Phrases, own: Sequence[OwnProp]) -> Phrases:
    """The names of a script's people and the phrases of its own things; a person's name comes first."""
    if not own:
        return names
    things = own_phrases(own)
    return {first: (*names.get(first, ()), *things.get(first, ())) for first in {**names, **things}}
