"""From scenes to shots: who is in front of which camera, on which set, in which light, doing what and when."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from fractions import Fraction

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.planning.blocking import block_shot, find_steps, wanted_seconds
from secondunit_engine.planning.casting import Description, cast_person, mark_name
from secondunit_engine.planning.cinematography import (
    choose_camera,
    choose_lights,
    choose_motion,
    choose_music,
)
from secondunit_engine.planning.continuity import check_continuity, note_crowds, note_places
from secondunit_engine.planning.coverage import split_scenes
from secondunit_engine.planning.dressing import dress_set
from secondunit_engine.planning.people import attribute, describe_people, people_in, role_of
from secondunit_engine.planning.plan import CastPlan, Plan, Settings, ShotPlan
from secondunit_engine.planning.reading import ShotReading
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.script.brief import LedgerEntry, Script
from secondunit_engine.script.vocabulary import SETS

_PROMPT_SECONDS = Fraction(4)  # the shortest shot a prompt gets when nobody says how long
_MAX_FRAMES = 100_000
_MOST_PEOPLE = 8  # in one shot; a note says who is left out


def plan_script(script: Script, settings: Settings) -> Plan:
    """Plan every shot of a script. A prompt is one shot; a scene is one to three.

    Each shot depends only on its own scene, on what the script says of its people, and on the settings:
    changing a beat leaves the other scenes' shots as they were. Raises BadInput for a length that cannot be shot.
    """
    readings = split_scenes(script)
    people = describe_people(readings)
    shots = tuple(_plan_shot(reading, people, script.ledger, settings) for reading in readings)
    crowds = note_crowds((reading.id, people_in(reading.beats)[_MOST_PEOPLE:]) for reading in readings)
    places = note_places((reading.id, SETS[reading.place], reading.why_place) for reading in readings)
    return Plan(script.title, shots, (*check_continuity(shots), *places, *crowds), script.ledger)


def _plan_shot(
    shot: ShotReading, people: dict[str, Description], ledger: tuple[LedgerEntry, ...], settings: Settings
) -> ShotPlan:
    set_plan = dress_set(shot, settings.seed)
    cast = _cast_shot(shot, people, settings.seed)
    names = tuple(person.name for person in cast)
    steps = find_steps(shot, names)
    frames = _choose_frames(shot, wanted_seconds(shot, steps), settings)
    blocking = block_shot(shot, steps, frames, settings.rate)
    return ShotPlan(
        id=shot.id,
        scene=shot.scene.id,
        heading=shot.scene.heading,
        frames=frames,
        rate=settings.rate,
        seed=derive_seed(settings.seed, "shot", shot.id),
        set=set_plan,
        camera=choose_camera(shot, set_plan.place, names, blocking.actions),
        lights=choose_lights(shot, set_plan),
        motion=choose_motion(shot, settings),
        cast=cast,
        actions=blocking.actions,
        dialogue=blocking.dialogue,
        beats=blocking.beats,
        music=choose_music(shot, set_plan.place),
        ledger=_own_ledger(shot, ledger),
    )


def _cast_shot(shot: ShotReading, people: dict[str, Description], seed: int) -> tuple[CastPlan, ...]:
    """The people of a shot, each in the mood of this shot, on the mark they have all through the scene."""
    marks = {name: number for number, name in enumerate(people_in(shot.scene_beats))}
    said = [words for beat in shot.beats for words in attribute(beat).items()]
    cast: list[CastPlan] = []
    for name in people_in(shot.beats)[:_MOST_PEOPLE]:
        moods = [item for whose, items in said if whose == name for item in items if item.facet == "mood"]
        if not moods and shot.is_prompt:
            moods = [item for item in shot.found() if item.facet == "mood"]
        known = people.get(name, Description(name, role_of(name), (), (), shot.place))
        person = cast_person(replace(known, found=(*known.found, *moods)), shot.id, seed)
        cast.append(replace(person, mark=mark_name(marks[name], shot.place)))
    return tuple(cast)


def _choose_frames(shot: ShotReading, wanted: Fraction, settings: Settings) -> int:
    """The length the user set, else the one the prompt says, else what the beats want."""
    if settings.frames is not None:
        if settings.frames < 1:
            raise BadInput(f"A shot cannot last {settings.frames} frames.", mend="Give a duration above zero.")
        return settings.frames
    said = shot.first("seconds") if shot.is_prompt else None
    floor = _PROMPT_SECONDS if shot.is_prompt else Fraction(2)
    frames = settings.rate.frames(Fraction(said.value) if said else max(floor, wanted))
    if frames > _MAX_FRAMES:
        raise TooLarge(f"Shot {shot.id} would last {frames} frames.", mend=f"Keep a shot under {_MAX_FRAMES} frames.")
    return max(1, frames)


def _own_ledger(shot: ShotReading, ledger: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """The ledger's entries, which are in order, for the characters of this shot."""
    first, last = (bisect_left(ledger, edge, key=lambda entry: entry.start) for edge in shot.span)
    return ledger[first:last]
