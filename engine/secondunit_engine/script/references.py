"""Whom a pronoun means: the last one mentioned that agrees in number and gender, an actor before others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary import PEOPLE
from secondunit_engine.script.words import base_forms

Pronoun = Literal["he", "she", "thing", "several", "former", "latter"]

_GENDERED = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
_PLURALS = frozenset(("people", "men", "women", "children"))
_NEAR = 2  # mentions that count as recent: an actor further back gives way to them


@dataclass(frozen=True)
class Mention:
    """A thing where it is named: its number among the things, its word, whether it is several, whether it is said not
    to be there, and whether "and" joins it to the mention before."""

    thing: int
    item: Found
    several: bool = False
    absent: bool = False
    joined: bool = False

    @property
    def gender(self) -> float | None:
        """0 male, 1 female, None not said."""
        return PEOPLE.get(self.item.value, (None, None, ""))[1]

    @property
    def is_person(self) -> bool:
        return self.item.facet in ("person", "unknown")

    @property
    def is_plural(self) -> bool:
        word = self.item.text.lower().split(" ")[-1]
        folded = any(form != word and word in (form + "s", form + "es") for form in base_forms(word))
        return self.several or word in _PLURALS or (folded and not word.endswith("ss"))


def pronoun_of(item: Found) -> Pronoun | None:
    """What kind of pronoun a word is, None if it is none."""
    if item.facet == "gender" and item.text.lower() in _GENDERED:
        return "she" if item.value == "1" else "he"
    if item.facet == "grammar" and item.value in ("thing", "several", "former", "latter"):
        return item.value
    return None


def find_antecedents(
    found: Sequence[Found], mentions: Sequence[Mention], subjects: Iterable[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each pronoun its index and the things it stands for, none if nothing before it agrees.

    `subjects` holds the indices of words that open a clause as its actor. A pronoun mentions its thing again.
    """
    actors = {found[at].start for at in subjects if at >= 0}
    named = {mention.item.start: mention for mention in mentions if not mention.absent}
    by_thing = {mention.thing: mention for mention in mentions}
    before: list[tuple[Mention, bool]] = []
    for at, item in enumerate(found):
        kind = pronoun_of(item)
        if kind is not None:
            things = _antecedents(kind, before)
            yield at, things
            if kind not in ("former", "latter"):  # both count from the two named before them
                before += [(by_thing[thing], item.start in actors) for thing in things]
        elif item.start in named:
            before.append((named[item.start], item.start in actors))


def _antecedents(kind: Pronoun, before: list[tuple[Mention, bool]]) -> tuple[int, ...]:
    """The things a pronoun stands for, of those mentioned before it, each with whether it was an actor there."""
    if kind in ("former", "latter"):
        last = list(dict.fromkeys(mention.thing for mention, _ in reversed(before)))[:2]
        return (last[1 if kind == "former" else 0],) if len(last) == 2 else ()
    if kind == "several":
        acting = [mention for mention, is_actor in before if is_actor and mention.is_plural]
        return _several([mention for mention, _ in before], acting[-1:])
    fitting = [(mention, acting) for mention, acting in before if _agrees(kind, mention)]
    if not fitting:
        return ()
    acting = [mention for mention, is_actor in fitting[-_NEAR:] if is_actor]
    return ((acting or [fitting[-1][0]])[-1].thing,)


def _agrees(kind: Pronoun, mention: Mention) -> bool:
    if mention.is_plural:
        return False
    if kind == "thing":
        return mention.item.facet not in ("person", "unknown", "place")
    gender = {"he": 0.0, "she": 1.0}[kind]
    return mention.is_person and mention.gender in (None, gender)


def _several(before: list[Mention], acting: list[Mention]) -> tuple[int, ...]:
    """Several that acted last; else the last plural, two joined by "and", or one person of whom no gender is said
    ("a person ... their")."""
    if acting:
        return (acting[0].thing,)
    for at in range(len(before) - 1, -1, -1):
        mention = before[at]
        if mention.joined and at:
            return (before[at - 1].thing, mention.thing)
        if mention.is_plural or (mention.is_person and mention.gender is None):
            return (mention.thing,)
    return ()
