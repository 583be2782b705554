"""Words of a scene that call props of the catalogue, and how they stand to each other: "a glass on the table"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from secondunit_engine.places import place_of
from secondunit_engine.script.brief import Status
from secondunit_engine.script.prop_list import OWN, prop_phrases, said
from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary import Sense, phrases
from secondunit_engine.script.words import base_forms, split_words

MOST_THINGS: Final = 12  # of a scene that are brought
_MOST_OF_ONE: Final = 6
_MORE = frozenset(("another", "second", "third", "other"))
_FACETS = frozenset(("thing", "dressing", "prop", "wardrobe", "light"))
_NOUNS = frozenset(("thing", "dressing", "prop", "place", "person", "wardrobe"))
_RELATIONS: tuple[tuple[str, str], ...] = (
    ("leaning on", r"leaning (?:on|against)|leans? (?:on|against)|propped (?:up )?against"),
    ("under", r"under(?:neath)?|beneath|below"),
    ("inside", r"inside|into|in"),
    ("on", r"on|upon|atop|on top of|onto"),
    ("facing", r"facing|in front of|at"),
    ("beside", r"beside|next to|near|by|close to|around|surrounded by|with|behind|and"),
)
_TAKES = r"(?:\s+(?:the|a|an|his|her|its|their|another|some|one|old|small|large|big|wooden|[a-z]+ed))*\s*"


@dataclass(frozen=True)
class Called:
    """A thing that the words call: the word's place, the prop, its noun, how many, and its relation to another noun."""

    found: Found
    prop: str
    noun: str
    count: int
    relation: str = "beside"
    to: str = ""


def prop_of(item: Found) -> str:
    """The name of the catalogue's prop that a word calls, whatever number it is in; empty if none."""
    if item.facet not in _FACETS:
        return ""
    if item.value.startswith(OWN):
        return item.value
    text = item.text.lower().replace("-", " ")
    words = text.split()
    if not words:
        return ""
    head = words.index("of") - 1 if "of" in words[1:] else len(words) - 1  # "two bottles of wine"
    forms = (
        " ".join([*words[:head], form, *words[head + 1 :]])
        for form in sorted(base_forms(words[head]), key=len, reverse=True)
    )
    return next((prop for form in forms if (prop := prop_phrases().get(form))), "")


def fit_props(
    text: str, found: tuple[Found, ...], place: str, before: frozenset[str] = frozenset()
) -> tuple[Found, ...]:
    """The same words; what calls a prop that the set has not is brought ("bound"), unless it only says what kind of
    thing another is ("glass tower") or too much is asked for. `before` are the nouns that the scene has brought so
    far."""
    result, brought = list(found), set(before)
    own = phrases(place_of(place).dressing)
    for at, item in enumerate(found):
        prop = prop_of(item)
        if not prop or item.facet in ("prop", "wardrobe"):
            continue
        if prop.startswith(OWN) and not {item.text.lower(), _noun(item.text)}.isdisjoint(own):
            label = place_of(place).label
            result[at] = replace(item, sense=Sense("dressing", place, f"part of the {label}, which has its own"))
            continue
        if item.facet == "light" and item.value in place_of(place).groups:
            continue  # the set's own candles
        if item.facet == "dressing" and (item.value == place or item.text.lower() in own):
            continue
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None and following.facet in _NOUNS and text[item.end : following.start] == " ":
            result[at] = _unshown(item, f"says what kind of thing “{following.text}” is: not in the picture")
        elif len(brought | {_noun(item.text)}) > MOST_THINGS:
            result[at] = _unshown(
                item, f"{said(prop)}: more than {MOST_THINGS} things are asked for; not in the picture"
            )
        elif _noun(item.text) in brought and at and found[at - 1].text.lower() in _MORE:
            meaning = f"{said(prop)}: the one that is there stands for this one too"
            sense = replace(item.sense, facet="thing", status=Status.STAND_IN, meaning=meaning)
            result[at] = replace(item, sense=sense)
        else:
            brought.add(_noun(item.text))
            meaning = item.sense.meaning if prop.startswith(OWN) else f"prop: {said(prop)}"
            sense = replace(item.sense, facet="thing", status=Status.BOUND, meaning=meaning)
            result[at] = replace(item, sense=sense)
            number = _count(found, at, item.text)
            if at and found[at - 1].facet == "count" and found[at - 1].value == str(number):
                number_said = replace(found[at - 1].sense, status=Status.BOUND, meaning=f"number: {number} are brought")
                result[at - 1] = replace(found[at - 1], sense=number_said)
    return tuple(result)


def nouns_brought(found: tuple[Found, ...]) -> frozenset[str]:
    """The nouns that fitted words bring."""
    return frozenset(_noun(item.text) for item in found if is_brought(item))


def _unshown(item: Found, meaning: str) -> Found:
    return replace(item, sense=replace(item.sense, facet="thing", status=Status.NOT_UNDERSTOOD, meaning=meaning))


def is_brought(item: Found) -> bool:
    """Whether a fitted word stands for a prop that is brought to the set."""
    return item.facet == "thing" and item.sense.status == Status.BOUND and bool(prop_of(item))


def called_props(texts: Iterable[tuple[str, tuple[Found, ...]]]) -> tuple[Called, ...]:
    """Every thing that fitted words bring, each noun once, with its number and its relation to another of them."""
    calls: dict[str, Called] = {}
    for text, found in texts:
        before: Found | None = None
        for at, item in enumerate(found):
            prop = prop_of(item) if is_brought(item) else ""
            if not prop:
                continue
            noun = _noun(item.text)
            count = _count(found, at, item.text)
            if noun not in calls and len(calls) < MOST_THINGS:
                calls[noun] = Called(item, prop, noun, count)
            if before is not None and (relation := _between(text[before.end : item.start])):
                first, second = _noun(before.text), noun
                if first in calls and calls[first].to == "" and not _rests_on(calls, second, first):
                    calls[first] = replace(calls[first], relation=relation, to=second)
            before = item
    return tuple(calls.values())


def _rests_on(calls: dict[str, Called], noun: str, other: str) -> bool:
    """Whether a noun is another, or relates to it over others: two things do not each stand on the other."""
    while noun != other and noun in calls:
        noun = calls[noun].to
    return noun == other


def _between(text: str) -> str:
    """The relation that the words between two things say; empty if they say none."""
    for relation, pattern in _RELATIONS:
        if re.fullmatch(rf"[\s,]*(?:\w+ing\s+|is\s+|are\s+|lies\s+|stands\s+)?(?:{pattern})\b{_TAKES}", text.lower()):
            return relation
    return ""


def _count(found: tuple[Found, ...], at: int, text: str) -> int:
    """How many: a number before the noun (adjectives may lie between), else three of a plural."""
    for item in reversed(found[max(0, at - 3) : at]):
        if item.facet == "count" and item.value.isdigit():
            return max(1, min(_MOST_OF_ONE, int(item.value)))
        if item.facet not in ("quality", "color", "age", "wear", "era", "degree"):
            break
    return 1 if _noun(text) in text.lower().replace("-", " ").split() else 3


def _noun(text: str) -> str:
    """The noun of a phrase in the singular."""
    last = split_words(re.split(r"\sof\s", text)[0])[-1].text
    if not last.lower().endswith("s"):
        return last.lower()
    known = [form for form in base_forms(last) if form in prop_phrases()]
    return min(known or base_forms(last), key=lambda form: (len(form), form))
