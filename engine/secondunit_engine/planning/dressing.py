"""Which set a shot is taken on, and how it is dressed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import PropPlan, SetPlan
from secondunit_engine.planning.reading import ShotReading
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.script.brief import OwnProp
from secondunit_engine.script.periods import era_shown, fit_to_light, season_of
from secondunit_engine.script.prop_list import OWN
from secondunit_engine.script.prop_words import called_props
from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary import phrases


def set_seed(seed: int, place: str, found: Iterable[Found]) -> int:
    """The seed of a place's set: scenes in one place share one set, and its floor.

    What is said of the place more closely ("a hotel corridor") chooses its kind, which otherwise the seed does.
    """
    own, kinds = derive_seed(seed, "set", place), place_of(place).kinds
    said = " ".join(item.text.lower() for item in found if item.facet == "place" and item.value == place)
    for number, listing in enumerate(kinds):
        if any(re.search(rf"\b{re.escape(phrase)}\b", said) for phrase in phrases(listing)):
            return own - own % len(kinds) + number
    return own


def dress_set(shot: ShotReading, seed: int) -> SetPlan:
    """The set of a shot."""
    place = shot.place
    weather = [item.value for item in shot.scene_found if item.facet in ("weather", "air")]
    if any(item.facet == "light" and item.value == "light shafts" for item in shot.scene_found):
        weather.append("haze")
    gone = {item.value.partition(":")[2] for item in shot.scene_found if item.facet == "absent"}
    kinds = {"spray": "rain", "sparks": "clear"}
    kept = dict.fromkeys(kinds.get(kind, kind) for kind in weather if kind not in gone)
    said = shot.first_of_scene("time")
    time = shot.scene.time_of_day or (said.value if said else "")
    time = fit_to_light(time, place)
    wear, said_era = shot.first_of_scene("wear"), shot.first_of_scene("era")
    era = era_shown(said_era.value, place) if said_era else place_of(place).era
    usual_wear = 0.1 if said_era and said_era.value == "future" else 0.4
    return SetPlan(
        place=place,
        time_of_day=time if time and time != "continuous" else place_of(place).usual_time,
        weather=tuple(sorted(kind for kind in kept if kind != "clear")),
        era=era,
        wear=float(wear.value) if wear else usual_wear,
        seed=set_seed(seed, place, shot.scene_found),
        props=_props(shot),
        season=season_of(shot.scene_found, place),
    )


def _props(shot: ShotReading) -> tuple[PropPlan, ...]:
    """What the words of the whole scene bring, each thing under its noun; of several, the others stand by the first."""
    plans: list[PropPlan] = []
    calls = called_props((beat.beat.text, beat.found) for beat in shot.scene_beats)
    nouns = {call.noun for call in calls}
    for call in calls:
        to = call.to if call.to in nouns else "hero"
        plans.append(PropPlan(call.noun, call.prop, call.relation, to))
        for number in range(2, call.count + 1):
            relation, other = ("on", to) if call.relation == "on" and to != "hero" else ("beside", call.noun)
            plans.append(PropPlan(f"{call.noun}_{number}", call.prop, relation, other))
    return tuple(plans)


def with_own_props(plan: SetPlan, own: Sequence[OwnProp]) -> SetPlan:
    """The same set, in which each prop of the project's library knows what it is."""
    things = {OWN + thing.name: thing for thing in own}
    if not any(prop.prop in things for prop in plan.props):
        return plan
    return replace(plan, props=tuple(replace(prop, own=things.get(prop.prop)) for prop in plan.props))
