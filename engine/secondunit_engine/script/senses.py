"""The index from phrases to senses, built once from the vocabulary's tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from secondunit_engine.places import PLACES, listed
from secondunit_engine.script import vocabulary as v
from secondunit_engine.script import vocabulary_film as film
from secondunit_engine.script import vocabulary_grammar as grammar
from secondunit_engine.script.brief import Status
from secondunit_engine.script.prop_list import prop_phrases
from secondunit_engine.script.prop_list import said as said_prop
from secondunit_engine.script.vocabulary import Facet, Sense, phrases
from secondunit_engine.script.vocabulary_body import ANIMAL_BODY, BODY, CROWDS, NAMED
from secondunit_engine.script.vocabulary_deeds import DEEDS, NEAREST_DEEDS
from secondunit_engine.script.vocabulary_ideas import IDEAS, LANDMARKS
from secondunit_engine.script.vocabulary_nature import NATURE
from secondunit_engine.script.vocabulary_objects import OBJECTS
from secondunit_engine.script.vocabulary_periods import ERAS, SEASONS
from secondunit_engine.script.vocabulary_qualities import MANNERS, QUALITIES
from secondunit_engine.script.words import Ending

Phrase = tuple[str, ...]
Part = Literal["noun", "verb", "adjective", "adverb", ""]

_SIZE_NAMES = {
    "ECU": "extreme close-up", "CU": "close-up", "MCU": "medium close-up", "MS": "medium shot",
    "MFS": "medium full shot", "FS": "full shot", "WS": "wide shot", "EWS": "extreme wide shot",
}  # fmt: skip
_NOT_DRAWN = "but nothing draws it yet: it is not in the picture"

_PARTS: dict[Part, str] = {
    "noun": (
        "place, time, season, weather, light, person, wardrobe, prop, air, dressing, thing, idea, music, craft, size, "
        "hair"
    ),
    "verb": "verb, deed, move",
    "adjective": "quality, color, mood, key, warmth, wear, era, age, build, absent",
    "adverb": "manner, pace",
}
_PART_OF: dict[str, Part] = {facet: part for part, listing in _PARTS.items() for facet in phrases(listing)}
# Facets whose words are not folded from a participle: a "painted" thing is not paint.
_STILL = frozenset(phrases(_PARTS["noun"])) - {"size", "craft"}
_AS_WRITTEN = frozenset(phrases(_PARTS["adjective"] + ", " + _PARTS["adverb"])) | {"grammar", "count", "degree"}


@dataclass(frozen=True)
class Found:
    """A sense and the characters that say it."""

    sense: Sense
    start: int
    end: int
    text: str

    @property
    def facet(self) -> Facet:
        return self.sense.facet

    @property
    def value(self) -> str:
        return self.sense.value


def part_of(sense: Sense) -> Part:
    """The part of speech a sense is said by; "" if that tells nothing."""
    return _PART_OF.get(sense.facet, "")


def may_end(sense: Sense, ending: Ending) -> bool:
    """Whether a phrase of this sense can begin with a word so inflected."""
    if ending == "":
        return True
    if ending == "er":
        return sense.facet == "quality"
    if sense.facet in _AS_WRITTEN:
        return False
    return ending == "s" or sense.facet not in _STILL


@cache
def index() -> dict[str, tuple[tuple[Phrase, Sense], ...]]:
    """Phrases by their first word, longest first; a phrase stands once for each of its senses, the one of the earlier
    table first."""
    table: dict[Phrase, list[Sense]] = {}
    for phrase, sense in _entries():
        known = table.setdefault(phrase, [])
        if not any(_same(sense, other) for other in known):
            known.append(sense)
    by_first: dict[str, list[tuple[Phrase, Sense]]] = {}
    for phrase, senses in table.items():
        by_first.setdefault(phrase[0], []).extend((phrase, sense) for sense in senses)
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in by_first.items()}


@cache
def senses_of(phrase: str) -> tuple[Sense, ...]:
    """Every sense of exactly this phrase, in dictionary form; empty if it is not in the vocabulary."""
    words = tuple(phrase.split(" "))
    return tuple(sense for known, sense in index().get(words[0], ()) if known == words)


def _entries() -> list[tuple[Phrase, Sense]]:
    rows: list[tuple[Phrase, Sense]] = []

    def add(
        listing: str, facet: Facet, value: str, meaning: str, status: Status = Status.BOUND, kind: str = ""
    ) -> None:
        """Put every phrase of a listing to one sense; a value or meaning with {} in it names the phrase."""
        for phrase in phrases(listing):
            sense = Sense(facet, value or phrase, meaning.format(phrase), status, kind=kind)
            rows.append((tuple(phrase.split(" ")), sense))

    def add_table(table: dict[str, str], facet: Facet, meaning: str) -> None:
        for value, listing in table.items():
            for phrase in phrases(listing):
                rows.append((tuple(phrase.split(" ")), Sense(facet, value, meaning.format(value))))

    def add_known(listing: str, facet: Facet, kind: str, meaning: str) -> None:
        """Every phrase is its own value; all are known, and not in the picture."""
        for phrase in phrases(listing):
            if facet == "thing" and (prop := prop_phrases().get(phrase)):
                add(phrase, facet, "", f"prop: {said_prop(prop)}", kind=kind)
                continue
            said = meaning.replace(", a KIND", "").replace(", an KIND", "") if phrase == kind else meaning
            add(phrase, facet, "", said.replace("KIND", kind), Status.NOT_UNDERSTOOD, kind)

    _add_grammar(rows, add_table)
    _add_places_and_times(add, add_table)
    _add_camera(add, add_table)
    _add_people(add, add_table)
    _add_props(add, add_table)
    _add_known(add, add_known)
    said = {" ".join(phrase) for phrase, sense in rows if part_of(sense) == "noun"}
    for phrase in prop_phrases():
        if phrase not in said:
            add_known(phrase, "thing", "household thing", "")
    add(film.CRAFT, "craft", "", "said of the picture as a whole")
    return rows


def _add_grammar(rows, add_table) -> None:
    joins = "joins the words around it"
    for phrase in phrases(grammar.GRAMMAR):
        rows.append((tuple(phrase.split(" ")), Sense("grammar", "", joins)))
    for table in (grammar.RELATIONS, grammar.ORDERS, grammar.PRONOUNS):
        add_table(table, "grammar", joins)
    add_table(grammar.DEGREES, "degree", "how much ({})")
    add_table(grammar.ABSENT, "absent", "leaves out what follows")
    for phrase in phrases(grammar.ABSENT_PEOPLE):
        rows.append((tuple(phrase.split(" ")), Sense("absent", "person:", "left out: people")))
    for count, listing in grammar.COUNTS.items():
        status = Status.BOUND if count == "1" else Status.STAND_IN
        for phrase in phrases(listing):
            rows.append((tuple(phrase.split(" ")), Sense("count", count, "number: one is shown", status)))


def _add_places_and_times(add, add_table) -> None:
    for name, place in PLACES.items():
        add(place.phrases, "place", name, f"set: {place.label}")
    for name, place in PLACES.items():
        meaning = f"set: {{}} is not built yet, shown as the {place.label}"
        add(listed(place, "near"), "place", name, meaning, Status.STAND_IN)
    for name, place in PLACES.items():
        meaning = f"set: {{}} is known, but no set looks like it: it is not in the picture, the {place.label} is"
        add(listed(place, "far"), "place", name, meaning, Status.NOT_UNDERSTOOD)
    add_table(film.TIMES, "time", "time of day: {}")
    add_table(ERAS, "era", "era: {}")
    add_table(SEASONS, "season", "season: {}")
    add_table(film.WEATHERS, "weather", "weather: {}")
    add(film.UNBUILT_WEATHERS, "thing", "", f"weather known ({{}}), {_NOT_DRAWN}", Status.NOT_UNDERSTOOD, "weather")


def _add_camera(add, add_table) -> None:
    for setup, listing in film.SETUPS.items():
        add(listing, "setup", setup, f"setup: {setup}")
    for size, listing in film.SIZES.items():
        add(listing, "size", size, f"shot size: {_SIZE_NAMES[size]}")
    add_table(v.TOWARD, "toward", "direction: {}")
    add_table(film.ANGLES, "angle", "camera angle: {}")
    add_table(film.LENSES, "lens", "lens: {} mm")
    add_table(film.STOPS, "stop", "stop: T{}")
    add_table(film.GLASSES, "glass", "lenses: {}")
    add_table(film.STOCKS, "stock", "film stock: {}")
    add(film.WET_LENS, "wet lens", "wet", "the front glass of the lens is wet")
    add_table(film.SENSORS, "sensor", "sensor: {}")
    add_table(film.EXPOSURES, "exposure", "exposure: {} stops")
    add_table(film.FOCUSES, "focus", "focus: it is pulled from one subject to another")
    add_table(film.MOVES, "move", "camera move: {}")
    for move, listing in film.NEAREST_MOVES.items():
        add(listing, "move", move, f"camera move: {{}} is not made yet, shown as a {move}", Status.STAND_IN)
    add_table(film.SLOW_MOTION, "slow", "slow motion: story time runs at {}")
    add_table(film.PACES, "pace", "pace: times {}")
    add_table(film.KEYS, "key", "lighting key: {}")
    add_table(film.WARMTHS, "warmth", "colour temperature: {} K")
    add_table(film.LIGHTS, "light", "light: {}")
    known = "known ({}), but no shot does it yet"
    add(film.UNBUILT_FILM, "thing", "", known, Status.NOT_UNDERSTOOD, "trick of camera or cutting")
    add(film.UNBUILT_LIGHTS, "thing", "", f"light known ({{}}), {_NOT_DRAWN}", Status.NOT_UNDERSTOOD, "light")


def _add_people(add, add_table) -> None:
    add_table(v.AIRS, "air", "in the air: {}")
    add_table(v.HAIRS, "hair", "hair: {}")
    add_table(film.MOODS, "mood", "mood: {}")
    for role in v.PEOPLE:
        add(role, "person", role, f"cast: {role}")
    add_table(v.GENDERS, "gender", "refers to the cast (gender {})")
    add_table(v.WARDROBES, "wardrobe", "wardrobe: {}")
    for garment, listing in v.UNBUILT_WARDROBES.items():
        meaning = f"wardrobe: {{}} is not tailored yet, shown in a {garment}"
        add(listing, "wardrobe", garment, meaning, Status.STAND_IN)
    add_table(v.WEARS, "wear", "wear of the set: {}")
    add_table(v.AGES, "age", "age: about {}")
    add_table(v.BUILDS, "build", "build: {}")


def _add_props(add, add_table) -> None:
    for prop, listing in v.PROPS.items():
        add(listing, "prop", prop, f"prop: {prop.lower()}")
    for prop, listing in v.NEAREST_PROPS.items():
        add(listing, "prop", prop, f"prop: {{}} is not built yet, shown as the {prop.lower()}", Status.STAND_IN)
    add_table(v.VERBS, "verb", "action: {}")
    for name, place in PLACES.items():
        add(place.dressing, "dressing", name, f"part of the {place.label}")
    add_table(film.MUSICS, "music", "music: {}")
    add(v.COLORS, "color", "", "colour: {} is not painted yet, shown as the set has it", Status.STAND_IN)


def _add_known(add, add_known) -> None:
    """What is known by sense only: nothing draws it, nobody does it."""
    for table in (NATURE, OBJECTS):
        for kind, listing in table.items():
            article = "an" if kind[0] in "aeiou" else "a"
            add_known(listing, "thing", kind, f"known ({{}}, {article} KIND), {_NOT_DRAWN}")
    add_known(BODY, "thing", "part of a body", "known ({}, KIND), seen only where its owner is")
    add_known(ANIMAL_BODY, "thing", "part of an animal", f"known ({{}}, KIND), {_NOT_DRAWN}")
    add_known(CROWDS, "thing", "people", f"KIND known ({{}}), {_NOT_DRAWN}")
    add_known(NAMED, "thing", "named person", "known ({}), but we make nobody's likeness: not in the picture")
    add_known(LANDMARKS, "thing", "place with a name", f"known ({{}}, a KIND), {_NOT_DRAWN}")
    for kind, listing in IDEAS.items():
        add_known(listing, "idea", kind, "known ({}), but nothing in the picture stands for it")
    for nearest, listing in NEAREST_DEEDS.items():
        add(listing, "verb", nearest, f"action: {{}} is not performed yet, shown as {nearest}", Status.STAND_IN, "near")
    for kind, listing in DEEDS.items():
        add_known(listing, "deed", kind, "a known action ({}) that nobody performs yet")
    for kind, listing in QUALITIES.items():
        add_known(listing, "quality", kind, "known ({}), but nothing changes for it yet")
    add_known(MANNERS, "manner", "manner", "known ({}), but nothing is done differently for it yet")


def _same(sense: Sense, other: Sense) -> bool:
    return (sense.facet, sense.value, sense.kind) == (other.facet, other.value, other.kind)
