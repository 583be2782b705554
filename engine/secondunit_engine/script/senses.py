"""The index from phrases to senses, built once from the vocabulary's tables."""

from __future__ import annotations

from functools import cache

from secondunit_engine.script import vocabulary as v
from secondunit_engine.script.brief import Status
from secondunit_engine.script.vocabulary import Facet, Sense, phrases

Phrase = tuple[str, ...]

_SIZE_NAMES = {
    "ECU": "extreme close-up", "CU": "close-up", "MCU": "medium close-up", "MS": "medium shot",
    "MFS": "medium full shot", "FS": "full shot", "WS": "wide shot", "EWS": "extreme wide shot",
}  # fmt: skip
_NOT_DRAWN = "known, but nothing draws it yet: it is not in the picture"


@cache
def index() -> dict[str, tuple[tuple[Phrase, Sense], ...]]:
    """Phrases by their first word, longest first; of two equal phrases the one of the earlier table."""
    table: dict[Phrase, Sense] = {}
    for phrase, sense in _entries():
        known = table.setdefault(phrase, sense)
        if known is not sense and known.facet != sense.facet and known.facet != "grammar":
            table[phrase] = Sense(
                known.facet, known.value, known.meaning, known.status, (*known.alternatives, sense.meaning)
            )
    by_first: dict[str, list[tuple[Phrase, Sense]]] = {}
    for phrase, sense in table.items():
        by_first.setdefault(phrase[0], []).append((phrase, sense))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in by_first.items()}


def _entries() -> list[tuple[Phrase, Sense]]:
    rows: list[tuple[Phrase, Sense]] = []

    def add(listing: str, facet: Facet, value: str, meaning: str, status: Status = Status.BOUND) -> None:
        rows.extend((tuple(phrase.split(" ")), Sense(facet, value, meaning, status)) for phrase in phrases(listing))

    def add_table(table: dict[str, str], facet: Facet, meaning: str) -> None:
        for value, listing in table.items():
            add(listing, facet, value, meaning.format(value))

    add(v.GRAMMAR, "grammar", "", "joins the words around it")
    _add_places_and_times(add, add_table)
    _add_camera(add, add_table)
    _add_people(add, add_table)
    _add_things(add, add_table)
    add(v.CRAFT, "craft", "", "said of the picture as a whole")
    add_table(v.DEGREES, "degree", "how much ({})")
    add_table(v.ABSENT, "absent", "leaves out what follows")
    return rows


def _add_places_and_times(add, add_table) -> None:
    for place, listing in v.PLACES.items():
        add(listing, "place", place, f"set: {v.SETS[place]}")
    for place, listing in v.NEAREST_SETS.items():
        for phrase in phrases(listing):
            meaning = f"set: {phrase} is not built yet, shown as the {v.SETS[place]}"
            add(phrase, "place", place, meaning, Status.STAND_IN)
    add_table(v.TIMES, "time", "time of day: {}")
    add_table(v.WEATHERS, "weather", "weather: {}")
    add(v.UNBUILT_WEATHERS, "unknown", "", f"weather {_NOT_DRAWN}", Status.NOT_UNDERSTOOD)


def _add_camera(add, add_table) -> None:
    for size, listing in v.SIZES.items():
        add(listing, "size", size, f"shot size: {_SIZE_NAMES[size]}")
    add_table(v.TOWARD, "toward", "direction: {}")
    add_table(v.ANGLES, "angle", "camera angle: {}")
    add_table(v.LENSES, "lens", "lens: {} mm")
    add_table(v.STOPS, "stop", "stop: T{}")
    add_table(v.MOVES, "move", "camera move: {}")
    add_table(v.SLOW_MOTION, "slow", "slow motion: story time runs at {}")
    add_table(v.PACES, "pace", "pace: times {}")
    add_table(v.KEYS, "key", "lighting key: {}")
    add_table(v.WARMTHS, "warmth", "colour temperature: {} K")
    add_table(v.LIGHTS, "light", "light: {}")


def _add_people(add, add_table) -> None:
    add_table(v.AIRS, "air", "in the air: {}")
    add_table(v.HAIRS, "hair", "hair: {}")
    add_table(v.MOODS, "mood", "mood: {}")
    for role in v.PEOPLE:
        add(role, "person", role, f"cast: {role}")
    add_table(v.GENDERS, "gender", "refers to the cast (gender {})")
    add_table(v.WARDROBES, "wardrobe", "wardrobe: {}")
    for garment, listing in v.UNBUILT_WARDROBES.items():
        for phrase in phrases(listing):
            meaning = f"wardrobe: {phrase} is not tailored yet, shown in a {garment}"
            add(phrase, "wardrobe", garment, meaning, Status.STAND_IN)
    add_table(v.WEARS, "wear", "wear of the set: {}")
    add_table(v.AGES, "age", "age: about {}")
    add_table(v.BUILDS, "build", "build: {}")
    add(v.UNBUILT_PEOPLE, "unknown", "", f"people {_NOT_DRAWN}", Status.NOT_UNDERSTOOD)


def _add_things(add, add_table) -> None:
    for prop, listing in v.PROPS.items():
        add(listing, "prop", prop, f"prop: {prop.lower()}")
    for prop, listing in v.NEAREST_PROPS.items():
        for phrase in phrases(listing):
            meaning = f"prop: {phrase} is not built yet, shown as the {prop.lower()}"
            add(phrase, "prop", prop, meaning, Status.STAND_IN)
    add_table(v.VERBS, "verb", "action: {}")
    for place, listing in v.DRESSING.items():
        add(listing, "dressing", place, f"part of the {v.SETS[place]}")
    add_table(v.MUSICS, "music", "music: {}")
    for count, listing in v.COUNTS.items():
        status = Status.BOUND if count == "1" else Status.STAND_IN
        add(listing, "count", count, "number: one is shown", status)
    for color in phrases(v.COLORS):
        add(color, "color", color, f"colour: {color} is not painted yet, shown as the set has it", Status.STAND_IN)
    add(v.UNBUILT, "unknown", "", _NOT_DRAWN, Status.NOT_UNDERSTOOD)
    add(v.UNBUILT_VERBS, "unknown", "", "a known action that nobody performs yet", Status.NOT_UNDERSTOOD)
