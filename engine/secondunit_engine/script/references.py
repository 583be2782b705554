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
    heard = _Heard()
    for at, item in enumerate(found):
        kind = pronoun_of(item)
        if kind is not None:
            things = heard.meant_by(kind)
            yield at, things
            if kind not in ("former", "latter"):  # both count from the two named before them
                for thing in things:
                    heard.hear(by_thing[thing], item.start in actors)
        elif item.start in named:
            heard.hear(named[item.start], item.start in actors)


class _Heard:
    """What of the mentions so far a pronoun could mean: all that is kept of them, however long the text is."""

    def __init__(self) -> None:
        self.last: Mention | None = None
        self.two: tuple[int, ...] = ()  # the last two things, the later one first
        self.fitting: dict[Pronoun, list[tuple[Mention, bool]]] = {"he": [], "she": [], "thing": []}  # the nearest
        self.several: tuple[int, ...] = ()  # whom "they" means if no several have acted
        self.acting_several: tuple[int, ...] = ()

    def hear(self, mention: Mention, is_actor: bool) -> None:
        """Something is mentioned."""
        self.two = (mention.thing, *(thing for thing in self.two if thing != mention.thing))[:2]
        for kind, near in self.fitting.items():
            if _agrees(kind, mention):
                near.append((mention, is_actor))
                del near[:-_NEAR]
        if is_actor and mention.is_plural:
            self.acting_several = (mention.thing,)
        if mention.joined and self.last is not None:
            self.several = (self.last.thing, mention.thing)
        elif mention.is_plural or (mention.is_person and mention.gender is None):
            self.several = (mention.thing,)
        self.last = mention

    def meant_by(self, kind: Pronoun) -> tuple[int, ...]:
        """The things a pronoun stands for.

        Several that acted last; else the last plural, two joined by "and", or one person of whom no gender is said
        ("a person ... their").
        """
        if kind in ("former", "latter"):
            return (self.two[1 if kind == "former" else 0],) if len(self.two) == 2 else ()
        if kind == "several":
            return self.acting_several or self.several
        near = self.fitting[kind]
        if not near:
            return ()
        acting = [mention for mention, is_actor in near if is_actor]
        return ((acting or [near[-1][0]])[-1].thing,)


def _agrees(kind: Pronoun, mention: Mention) -> bool:
    if mention.is_plural:
        return False
    if kind == "thing":
        return mention.item.facet not in ("person", "unknown", "place")
    gender = {"he": 0.0, "she": 1.0}[kind]
    return mention.is_person and mention.gender in (None, gender)
