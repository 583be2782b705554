"""The lighting plan: where the key of a scene comes from and why, how hard it falls off, how warm it is.

A scene has one key in the set, motivated by a lamp, a window or the sun that is really there, so it stays where it is
between a master and its reverse. A prompt keeps the gaffer's usual portrait, which the sets were composed with, and
takes only what its words ask for; a screenplay's scene, which has a heading, is lit throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np

from secondunit_engine.finish.temperature import NEUTRAL
from secondunit_engine.places import place_of
from secondunit_engine.places.place import TUNGSTEN, Key, Motive
from secondunit_engine.planning.floor import Floor, floor_at
from secondunit_engine.planning.light_words import LightWord, find_light_words, find_switches
from secondunit_engine.planning.plan import ContinuityNote, LightPlan, SetPlan, ShotPlan
from secondunit_engine.planning.reading import ReadBeat, SceneReading
from secondunit_engine.planning.sun import MOON_KELVIN, daylight_kelvin, hour_of, is_night, sun_at, sun_over

# Key to fill: high key 2:1, low key 8:1 (Malkiewicz, Film Lighting); the mood opens or closes it.
_RATIO: Final[dict[Key, float]] = {"low": 8.0, "neutral": 4.0, "high": 2.0}
_MOOD_RATIO: Final = {
    "tense": 1.4, "fearful": 1.6, "angry": 1.3, "sad": 1.2, "awe": 1.2, "determined": 1.1,
    "upbeat": 0.7, "romantic": 0.7, "calm": 0.8,
}  # fmt: skip
_MOOD_KEY: Final[dict[str, Key]] = {"tense": "low", "fearful": "low", "sad": "low", "upbeat": "high"}
_CHEAT: Final = 60.0  # a key is brought round to this far off the camera's axis, so that faces are seen [degrees]
_NOON: Final = 20.0  # where the sun stands at noon from the camera's axis on a set that has no sky of its own
_SUN_CHEAT: Final = 100.0  # the same for the sun outdoors, which one moves less
_MAX_RATIO: Final = 16.0


def light_scene(
    scene: SceneReading, set_plan: SetPlan, shots: Sequence[Sequence[ReadBeat]], floor: Floor | None = None
) -> tuple[LightPlan, ...]:
    """The light of each shot of a scene; `shots` are their beats in order, `floor` is the set's own by default.

    All have the same key. A shot's own word on its key style, mood or warmth goes before the scene's, and a lamp that
    a beat puts out stays out in the shots that follow, until it is lit again.
    """
    floor = floor or floor_at(set_plan)
    words = find_light_words(_text(scene))
    off: set[str] = set()
    plans: list[LightPlan] = []
    for beats in shots:
        for beat in beats:
            off = _switch(off, beat, set_plan.place)
        plan = _choose_style(scene, beats, set_plan)
        groups = place_of(set_plan.place).groups
        if off:
            plan = replace(plan, practicals=tuple(group for group in groups if group not in off) or ("none",))
        if not scene.is_prompt:
            plan = _motivate(plan, scene, set_plan, floor, off)
        plans.append(_obey(plan, words, floor, off, set_plan))
    return tuple(plans)


def _text(scene: SceneReading) -> str:
    """The heading and the action of a scene: what may speak of its light."""
    return "\n".join([scene.scene.heading, *(beat.beat.text for beat in scene.beats if beat.beat.kind == "action")])


def _switch(off: set[str], beat: ReadBeat, place: str) -> set[str]:
    """The groups that are off after a beat."""
    lamps = place_of(place).lamps
    if beat.beat.kind != "action":
        return off
    for noun, state in find_switches(beat.beat.text, lamps):
        off = off | set(lamps[noun]) if state == "off" else off - set(lamps[noun])
    return off


def _choose_style(scene: SceneReading, beats: Sequence[ReadBeat], set_plan: SetPlan) -> LightPlan:
    """Key style, mood, warmth, exposure and air, by the shot's words, then the scene's, then the place."""

    def said(facet: str) -> str:
        own = [item.value for beat in beats for item in beat.found if item.facet == facet]
        return next(iter([*own, *(item.value for item in scene.found() if item.facet == facet)]), "")

    asked, mood, warmth, stops = said("key"), said("mood"), said("warmth"), said("exposure")
    usual = place_of(set_plan.place).usual_key
    if not scene.is_prompt:
        usual = _MOOD_KEY.get(mood, "low" if is_night(set_plan.time_of_day) else usual)
    key: Key = asked if asked in ("low", "neutral", "high") else usual
    shafts = any(item.facet == "light" and item.value == "light shafts" for item in scene.found())
    hazy = {"haze", "dust"} & set(set_plan.weather)
    return LightPlan(
        key=key,
        mood=mood,
        temperature_shift=float(warmth) if warmth else 0.0,
        exposure=(0.5 if asked == "high" else 0.0) + (float(stops) if stops else 0.0),
        volumetrics="shafts" if shafts else "haze" if hazy else "none",
    )


def _motivate(plan: LightPlan, scene: SceneReading, set_plan: SetPlan, floor: Floor, off: set[str]) -> LightPlan:
    """The key of a scene with a heading: from what is there, at a ratio for its style and mood."""
    time, axis = set_plan.time_of_day, camera_axis(floor)
    ratio = min(_MAX_RATIO, max(1.5, _RATIO[plan.key] * _MOOD_RATIO.get(plan.mood, 1.0)))
    lit = replace(plan, ratio=ratio)
    if scene.scene.interior is False:
        sun, height = sun_over(set_plan) or sun_at(time, axis + _NOON, set_plan.season)
        body = "the moon" if is_night(time) else "the sun"
        rise = float(np.clip(height, 8.0, 60.0))
        bearing = brought_round(sun, axis, _SUN_CHEAT)
        cheat = ", brought round to the faces" if abs(_turn(sun - bearing)) > 1 else ""
        why = f"{body}, {height:.0f} degrees high at {time}, out of doors{cheat}"
        return replace(lit, key_bearing=bearing, kelvin=daylight_kelvin(time), key_rise=rise, motivated_by=why)
    motive = find_motive(set_plan, floor, off)
    bearing = brought_round(motive.bearing, axis, _CHEAT)
    cheated = motive.group and abs(_turn(motive.bearing - bearing)) > 1
    why = motive.name + (", brought round to the faces" if cheated else "")
    kelvin = motive.kelvin if motive.kelvin is not None else daylight_kelvin(time)
    volumetrics = "shafts" if motive.group == "sun" and plan.volumetrics == "none" else plan.volumetrics
    return replace(lit, key_bearing=bearing, kelvin=kelvin, volumetrics=volumetrics, motivated_by=why)


def find_motive(set_plan: SetPlan, floor: Floor, off: set[str]) -> Motive:
    """The best reason for a key among the lights that are on; the moon where all are out.

    A set without a table is asked for its strongest lamp.
    """
    night = is_night(set_plan.time_of_day)
    here = place_of(set_plan.place)
    known = here.motives_by_night if night else here.motives_by_day
    choices = _strongest(floor) if known is None else known
    for motive in choices:
        if motive.group not in off:
            over = sun_over(set_plan) if motive.group == "sun" else None
            return replace(motive, bearing=over[0]) if over else motive
    first = choices[0] if choices else Motive("", camera_axis(floor) + 50.0, None, "")
    return Motive("", first.bearing, MOON_KELVIN if night else None, "the moon" if night else "daylight")


def _strongest(floor: Floor) -> tuple[Motive, ...]:
    """The light groups of a floor as reasons, the one that sheds most on the hero first."""
    x, z = _hero(floor)
    by_group: dict[str, list[tuple[float, float, float]]] = {}
    for source in floor.sources:
        by_group.setdefault(source.group, []).append((source.share, source.x - x, source.z - z))
    order = sorted(by_group.items(), key=lambda item: (-sum(share for share, _, _ in item[1]), item[0]))
    found: list[Motive] = []
    for group, parts in order:
        share, across, along = max(parts)
        if share > 0:
            kelvin = None if group in ("sun", "sky") else TUNGSTEN
            found.append(Motive(group, float(np.degrees(np.arctan2(across, along))), kelvin, f"the {group}"))
    return tuple(found)


def _obey(plan: LightPlan, words: tuple[LightWord, ...], floor: Floor, off: set[str], set_plan: SetPlan) -> LightPlan:
    """The plan with the director's own words of light; each leaves its name in the reason."""
    axis = camera_axis(floor)
    for word in words:
        if word.off_axis is not None:
            from_side = plan.key_bearing if plan.key_bearing is not None else find_motive(set_plan, floor, off).bearing
            side = 1.0 if _turn(from_side - axis) >= 0 else -1.0
            plan = replace(plan, key_bearing=(axis + side * word.off_axis) % 360.0)
        asked = {"key_rise": word.rise, "key_size": word.size, "ratio": word.ratio, "kelvin": word.kelvin}
        plan = replace(plan, **{name: value for name, value in asked.items() if value is not None})
        if word.kelvin is not None:
            plan = replace(plan, kelvin=before_shift(word.kelvin, plan.temperature_shift))
        why = word.source or (
            f"{plan.motivated_by}; {word.name} asked for" if plan.motivated_by else f"{word.name} asked for"
        )
        plan = replace(plan, motivated_by=why)
    return plan


def before_shift(kelvin: float, shift: float) -> float:
    """The temperature [K] of a lamp that a temperature shift turns into `kelvin`: shifts add in reciprocal kelvin."""
    return float(1.0 / np.clip(1.0 / kelvin - 1.0 / (NEUTRAL - shift) + 1.0 / NEUTRAL, 1 / 25000.0, 1 / 1700.0))


def camera_axis(floor: Floor) -> float:
    """Where the set's own cameras stand as seen from the hero's mark, degrees about Y."""
    mark = floor.camera_mark("MS") or next(iter(floor.cameras), None)
    if mark is None:
        return floor.mark("hero").facing if floor.has_mark("hero") else 0.0
    x, z = _hero(floor)
    return float(np.degrees(np.arctan2(mark.eye[0] - x, mark.eye[2] - z)))


def _hero(floor: Floor) -> tuple[float, float]:
    if not floor.has_mark("hero"):
        return 0.0, 0.0
    hero = floor.mark("hero")
    return hero.x, hero.z


def brought_round(bearing: float, axis: float, most: float) -> float:
    """A bearing kept within `most` degrees of the camera's axis, on its own side, 0 to 360."""
    return (axis + float(np.clip(_turn(bearing - axis), -most, most))) % 360.0


def _turn(degrees: float) -> float:
    return (degrees + 180.0) % 360.0 - 180.0


def check_light(shots: tuple[ShotPlan, ...]) -> tuple[ContinuityNote, ...]:
    """Warnings on the light of a plan: a key that flips side within a scene, a sun that stands against story time."""
    scenes = [tuple(group) for _, group in groupby(shots, key=lambda shot: shot.scene)]
    notes = [note for scene in scenes for note in _check_flips(scene)]
    notes += [note for shot in shots for note in _check_night(shot)]
    notes += [note for a, b in pairwise(scenes) for note in _check_day(a[-1], b[0])]
    return tuple(notes)


def _check_flips(scene: tuple[ShotPlan, ...]) -> Iterator[ContinuityNote]:
    """In one scene the key stays on its side of the set, unless lamps are switched between the shots."""
    for first, second in pairwise(scene):
        a, b = first.lights, second.lights
        if a.key_bearing is None or b.key_bearing is None or a.practicals != b.practicals:
            continue
        turned = abs(_turn(a.key_bearing - b.key_bearing))
        if turned > 60 and first.set.place == second.set.place:
            message = f"The key moves {turned:.0f} degrees round the set at the cut."
            yield ContinuityNote("warning", "key flips side", (first.id, second.id), message)


def _is_sun(shot: ShotPlan) -> bool:
    return shot.lights.key_bearing is not None and "sun" in shot.lights.motivated_by


def _check_night(shot: ShotPlan) -> Iterator[ContinuityNote]:
    if _is_sun(shot) and is_night(shot.set.time_of_day):
        message = f"The key is motivated by the sun, but it is {shot.set.time_of_day}."
        yield ContinuityNote("warning", "sun against story time", (shot.id,), message)


def _check_day(first: ShotPlan, second: ShotPlan) -> Iterator[ContinuityNote]:
    """Out of doors, from one scene to a later one of the same day in the same place, the sun goes on clockwise."""
    hours = hour_of(second.set.time_of_day) - hour_of(first.set.time_of_day)
    a, b = first.lights.key_bearing, second.lights.key_bearing
    outside = all(shot.heading.upper().startswith("EXT") and _is_sun(shot) for shot in (first, second))
    if outside and a is not None and b is not None and first.set.place == second.set.place and hours > 0:
        moved = _turn(b - a)
        if moved > 1:
            message = f"From {first.set.time_of_day} to {second.set.time_of_day} the sun goes back {moved:.0f} degrees."
            yield ContinuityNote("warning", "sun against story time", (first.id, second.id), message)
