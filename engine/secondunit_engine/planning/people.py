"""Who is meant: the people of a script, and which words describe whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from secondunit_engine.planning.casting import Description
from secondunit_engine.planning.reading import ReadBeat, ShotReading
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.vocabulary import PEOPLE

_DESCRIPTIVE = frozenset({"age", "years", "gender", "hair", "build", "wardrobe", "mood", "color"})
_BETWEEN = _DESCRIPTIVE | {"grammar", "count", "wear", "era", "quality", "manner"}


def cast_name(text: str) -> str:
    """A name as the stage spells it: "MARA VOSS" is Mara_Voss, "host" is Host."""
    words = re.findall(r"\w+", text)
    return "_".join(word.capitalize() if word.islower() or word.isupper() else word for word in words) or "Someone"


def people_in(beats: Iterable[ReadBeat]) -> tuple[str, ...]:
    """Names of those who are seen, in order of appearance; voices off screen are not."""
    names: dict[str, None] = {}
    for beat in beats:
        if beat.beat.kind == "dialogue" and beat.beat.character and not is_off_screen(beat.beat.extension):
            names[cast_name(beat.beat.character)] = None
        if beat.beat.kind == "action":
            for before, item in zip((None, *beat.found), beat.found, strict=False):
                if item.facet == "person":
                    names |= dict.fromkeys(_named(item, before))
    return tuple(names)


def _named(person: Found, before: Found | None) -> list[str]:
    """The person's name; of "two women" Woman and Woman_2."""
    name = cast_name(person.value)
    counted = before is not None and before.facet == "count" and before.value in ("2", "3")
    count = int(before.value) if before is not None and counted else 1
    return [name, *(f"{name}_{number}" for number in range(2, count + 1))]


def is_off_screen(extension: str) -> bool:
    """Whether a cue's extension (O.S., O.C., V.O.) keeps the speaker out of the picture."""
    return bool(re.search(r"\b[OV]\.?\s*[SCO]\b", extension, re.I))


def add_descriptions(
    people: dict[str, Description], said: Iterable[tuple[int, str, str, tuple[Found, ...]]], number: int
) -> dict[str, Description]:
    """The people with what a scene says of them added: (shot of the scene, name, set, words). `number` counts the
    film's shots before it. What is said first of somebody's age, hair and so on holds. A shot's own mood is added
    later."""
    people = dict(people)
    for at, name, place, items in said:
        if not items and name in people:
            continue
        known = people.get(name) or Description(name, role_of(name), (), (), place)
        worn = tuple((number + at, item.value) for item in items if item.facet == "wardrobe")
        facets = {item.facet for item in known.found} | {"mood"}
        first = {item.facet: item for item in reversed(items) if item.facet not in facets}
        steady = tuple(item for item in items if first.get(item.facet) is item)
        if worn or steady or name not in people:
            people[name] = replace(known, found=known.found + steady, wardrobes=known.wardrobes + worn)
    return people


def described_in(shot: ShotReading) -> Iterator[tuple[str, list[Found]]]:
    """Who is described in a shot, and by which words; a prompt with one person describes nobody else."""
    names = people_in(shot.beats)
    if shot.is_prompt and len(names) == 1:
        yield names[0], [item for item in shot.found() if item.facet in _DESCRIPTIVE]
        return
    for beat in shot.beats:
        yield from attribute(beat).items()


def attribute(beat: ReadBeat) -> dict[str, list[Found]]:
    """The describing words of a beat by the person they describe.

    "upbeat HOST" describes who follows; "MARA, robed" who came last.
    """
    result: dict[str, list[Found]] = {}
    last = cast_name(beat.beat.character) if beat.beat.character else ""
    if last:
        result[last] = []
    waiting: list[Found] = []
    for item in beat.found:
        if item.facet == "person":
            last = cast_name(item.value)
            result.setdefault(last, []).extend(waiting)
            waiting = []
        elif item.facet in _DESCRIPTIVE:
            waiting.append(item)
        elif item.facet not in _BETWEEN:
            _give(result, last, waiting)
            waiting = []
    _give(result, last, waiting)
    return result


def _give(result: dict[str, list[Found]], name: str, items: list[Found]) -> None:
    if name and items:
        result.setdefault(name, []).extend(items)


def role_of(name: str) -> str:
    """The vocabulary's role that a name is, if it is one: Woman_2 is a woman."""
    role = re.sub(r"_\d+$", "", name).lower().replace("_", " ")
    return role if role in PEOPLE else ""
