"""What a screenplay itself orders of the camera: "CLOSE ON THE RELIC", "POV - MARA", "OVER ELIAS'S SHOULDER".

An order is a short line in capitals, or one that begins with a size or a set-up. Prose that only mentions a word of the
trade is none. The writer's order wins over what the coverage would have done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast as typed

from secondunit_engine.planning.people import cast_name
from secondunit_engine.planning.plan import Setup, ShotSize
from secondunit_engine.planning.reading import ReadBeat

_SHOULDER = re.compile(r"\bOVER\s+(?P<name>[\w ]+?)['’]S?\s+SHOULDER", re.I)
_INTERCUT = re.compile(r"\s*(?:INTERCUT|ON)\b")
_LONGEST = 60  # characters of a line in capitals that still is an order


@dataclass(frozen=True)
class Direction:
    """A set-up that is ordered, its size if one is said, the people and the thing that the order names; `foreground` is
    over whose shoulder one looks."""

    setup: Setup
    size: ShotSize | None
    people: tuple[str, ...]
    thing: str = ""
    foreground: str = ""


def read_direction(beat: ReadBeat) -> Direction | None:
    """The order that a beat is; None if it is a beat like others."""
    if beat.beat.kind != "action":
        return None
    head = beat.beat.text.split("\n")[0].strip()
    in_capitals = head == head.upper() and len(head) <= _LONGEST and any(letter.isalpha() for letter in head)
    spoken = [item for item in beat.found if item.facet in ("size", "setup")]
    happens = any(beat.all("verb"))  # a size before what happens frames it, and orders no shot of its own
    begins = (item for item in spoken if beat.beat.text.lower().startswith(item.text.lower()) and not happens)
    ordered = spoken if in_capitals else list(begins)
    shoulder = _SHOULDER.match(head) if in_capitals else None
    if not (ordered or shoulder or (in_capitals and _INTERCUT.match(head))):
        return None
    people = tuple(dict.fromkeys(cast_name(item.value) for item in beat.all("person")))
    thing = next((item.value for item in beat.all("prop")), "")
    sizes: list[ShotSize] = [typed(ShotSize, item.value) for item in ordered if item.facet == "size"]
    setups: list[Setup] = [typed(Setup, item.value) for item in ordered if item.facet == "setup"]
    size = sizes[0] if sizes else None
    if shoulder is not None:
        return Direction("over shoulder", size, people, thing, cast_name(shoulder["name"]))
    usual: Setup = "insert" if thing and not people else "single"
    return Direction(setups[0] if setups else usual, size, people, thing)
