"""Who and what a scene has spoken of so far: what "she", "they" and "it" mean, and which coat "the coat" is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from secondunit_engine.places import is_prop
from secondunit_engine.planning.people import role_of
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.vocabulary import PEOPLE
from secondunit_engine.script.words import base_forms, split_words

AIR = {"dust": "Motes", "rain": "Drops", "spray": "Spray", "sparks": "Sparks"}
_LOOKS_BACK = 12  # people that a pronoun may mean


@dataclass
class Mentions:
    """The scene's people `leads`, who acted `last`, and everybody and everything mentioned, latest last."""

    leads: tuple[str, ...]
    last: str
    people: dict[str, None] = field(default_factory=dict)
    thing: str = ""
    _genders: dict[str, float] = field(default_factory=dict)
    _things: dict[str, str] = field(default_factory=dict)  # by noun, the name of the one that was meant last

    def name(self, names: Sequence[str]) -> None:
        """Somebody is spoken of."""
        for name in names:
            self.people.pop(name, None)
            self.people[name] = None

    def act(self, names: Sequence[str]) -> None:
        """Somebody acts."""
        self.name(names)
        self.last = names[-1]

    def pronoun(self, gender: float, others: Collection[str] = ()) -> str:
        """Who "she" (1) or "him" (0) is: who acted last if that fits, else the last mentioned who does; nobody of
        `others`. A name that "she" stood for is a woman's for the rest of the scene. Empty if nobody fits."""
        acted = (self.last,) if self.last in self.people or self.last in self.leads else ()
        known = islice(chain(acted, reversed(self.people), self.leads), _LOOKS_BACK)
        found = next((name for name in known if name not in others and self.fits(name, gender)), "")
        if found:
            self._genders[found] = gender
        return found

    def fits(self, name: str, gender: float) -> bool:
        """Whether somebody may be called "she" (1) or "he" (0)."""
        known = self._genders.get(name, PEOPLE.get(role_of(name), (None, None, ""))[1])
        return known is None or known == gender

    def both(self) -> tuple[str, ...]:
        """Who "they" are: the last two mentioned, or the first two of the scene."""
        return tuple(islice(dict.fromkeys(chain(islice(reversed(self.people), 2), self.leads)), 2))[::-1]

    def name_thing(self, item: Found, owner: str, *, is_new: bool) -> str:
        """The name of a thing: a prop's own, else its noun, with its owner ("Mara's coat"), or with a number where the
        noun meant another one before."""
        if item.facet == "prop" or is_prop(item.value):  # also a prop that is not on this set: somebody may carry it
            self.thing = item.value
            return item.value
        noun = _singular(split_words(item.text)[-1].text)
        if owner:
            self._things[noun] = f"{owner}'s {noun}"
        elif is_new and noun in self._things:
            self._things[noun] = f"{noun} {sum(name.startswith(noun) for name in self._things.values()) + 1}"
        self.thing = self._things.setdefault(noun, noun)
        return self.thing


def _singular(noun: str) -> str:
    return min(base_forms(noun), key=lambda form: (len(form), form)) if noun.endswith("s") else noun.lower()
