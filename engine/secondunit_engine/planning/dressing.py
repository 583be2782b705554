"""Which set a shot is taken on, and how it is dressed."""

from __future__ import annotations

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.reading import ShotReading
from secondunit_engine.planning.seeds import derive_seed

# What suggests a place when none is named.
_CUES = {"Car": "led_tunnel", "Relic": "library"}
_USUAL_TIME = {"led_tunnel": "night", "library": "day", "bedroom_studio": "night"}


def dress_set(shot: ShotReading, seed: int) -> SetPlan:
    """The set of a shot. Its seed depends on the place only: scenes in one place share one set."""
    place = choose_place(shot)[0]
    weather = [item.value for item in shot.scene_found if item.facet in ("weather", "air")]
    if any(item.facet == "light" and item.value == "light shafts" for item in shot.scene_found):
        weather.append("haze")
    gone = {item.value.partition(":")[2] for item in shot.scene_found if item.facet == "absent"}
    kinds = {"spray": "rain", "sparks": "clear"}
    kept = dict.fromkeys(kinds.get(kind, kind) for kind in weather if kind not in gone)
    time = shot.first_of_scene("time")
    wear = shot.first_of_scene("wear")
    return SetPlan(
        place=place,
        time_of_day=time.value if time else _USUAL_TIME[place],
        weather=tuple(sorted(kind for kind in kept if kind != "clear")),
        era="ancient" if place == "library" else "present",
        wear=float(wear.value) if wear else 0.4,
        seed=derive_seed(seed, "set", place),
    )


def choose_place(shot: ShotReading) -> tuple[str, str]:
    """The set's name, and why it was chosen if nobody named it (else an empty string)."""
    named = shot.first_of_scene("place")
    if named:
        return named.value, ""
    for item in shot.scene_found:
        if item.facet == "prop" and item.value in _CUES:
            return _CUES[item.value], f"because of “{item.text}”"
        if item.facet == "dressing":
            return item.value, f"because of “{item.text}”"
    if any(item.facet == "verb" and item.value == "talk" for item in shot.scene_found):
        return "bedroom_studio", "because somebody talks"
    return "library", "because it suits most actions"
