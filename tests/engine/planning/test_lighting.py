"""A scene has one key, motivated by what is there; words are obeyed, prompts keep the portrait they had."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.color import LUMINANCE
from secondunit_engine.finish.temperature import black_body, temperature_gain
from secondunit_engine.places import PLACES as ALL_PLACES
from secondunit_engine.planning.floor import CameraMark, Floor, Mark, Source, floor_of
from secondunit_engine.planning.light_words import find_light_words, find_switches
from secondunit_engine.planning.lighting import before_shift, camera_axis, check_light, find_motive, light_scene
from secondunit_engine.planning.plan import CameraPlan, LightPlan, SetPlan, ShotPlan
from secondunit_engine.planning.reading import SceneReading, read_scenes
from secondunit_engine.planning.sun import daylight_kelvin, sun_at, sun_over
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

PLACES = ("library", "bedroom_studio", "led_tunnel")


def read(text: str, kind: str = "fountain") -> SceneReading:
    return read_scenes(read_brief(Brief(text, kind)))[0]  # type: ignore[arg-type]


def lit(
    text: str, place: str, time: str, kind: str = "fountain", weather: tuple[str, ...] = ()
) -> tuple[LightPlan, ...]:
    """The light of a scene whose every beat is a shot."""
    scene = read(text, kind)
    return light_scene(scene, SetPlan(place, time, weather), [(beat,) for beat in scene.beats])


def turn(a: float, b: float) -> float:
    return (a - b + 180) % 360 - 180


@pytest.mark.parametrize(
    "prompt", ["ancient library, volumetric light shafts, protagonist opens relic, dust motes swirl",
               "bedroom studio, neon practical lights, upbeat host talks to camera",
               "midnight rain, LED tunnel, car accelerates toward lens, slow-motion droplets"],
)  # fmt: skip
def test_a_prompt_without_a_word_of_light_keeps_the_usual_portrait(prompt: str) -> None:
    scene = read(prompt, "prompt")
    for plan in light_scene(scene, SetPlan(scene.place, "night"), [scene.beats]):
        assert (plan.key_bearing, plan.ratio, plan.kelvin, plan.key_rise, plan.key_size) == (None,) * 5
        assert plan.practicals == ()
        assert plan.motivated_by == ""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("time", ["day", "dusk", "night"])
def test_a_scene_has_one_motivated_key_in_front_of_its_cameras(place: str, time: str) -> None:
    """Every shot has the key at one bearing, at most 60 degrees off the set's cameras, and a sentence says why."""
    text = f"INT. ROOM - {time.upper()}\n\nMara waits.\n\nMara turns.\n\nMara walks to the door.\n"
    plans = lit(text, place, time)
    assert len(plans) == 3
    assert len({plan.key_bearing for plan in plans}) == 1
    first = plans[0]
    assert first.key_bearing is not None
    assert abs(turn(first.key_bearing, camera_axis(floor_of(place)))) <= 60.001
    assert first.ratio is not None
    assert 1.5 <= first.ratio <= 16
    assert first.kelvin
    assert first.motivated_by


def test_sources_and_times_have_their_temperatures() -> None:
    scene = "INT. LIBRARY - {}\n\nMara waits.\n"
    by_time = {time: lit(scene.format(time.upper()), "library", time)[0] for time in ("day", "dusk", "night")}
    assert (by_time["day"].kelvin, by_time["dusk"].kelvin, by_time["night"].kelvin) == (5600, 4500, 1900)
    assert "sun" in by_time["day"].motivated_by
    assert "candles" in by_time["night"].motivated_by
    assert by_time["day"].volumetrics == "shafts"
    assert lit("INT. BEDROOM - NIGHT\n\nMara waits.\n", "bedroom_studio", "night")[0].kelvin == 3200


@pytest.mark.parametrize(
    ("words", "check"),
    [
        ("Rembrandt lighting.", lambda p, a: abs(turn(p.key_bearing, a)) == pytest.approx(45) and p.key_rise == 45),
        ("She is backlit by the window.", lambda p, a: abs(turn(p.key_bearing, a)) > 150),
        ("She stands in silhouette.", lambda p, a: abs(turn(p.key_bearing, a)) > 170 and p.ratio == 16),
        ("It is magic hour.", lambda p, a: p.kelvin == 3800 and p.key_rise == 12),
        ("Sodium lamps outside.", lambda p, a: p.kelvin is not None and p.kelvin < 2500),
        ("The room is moonlit.", lambda p, a: p.kelvin == 7500),
        ("Hard light from one side.", lambda p, a: p.key_size == 0.08),
        ("Soft light fills the room.", lambda p, a: p.key_size == 1.2 and p.ratio == 2.5),
        ("Low key lighting.", lambda p, a: p.key == "low"),
        ("High key lighting.", lambda p, a: p.key == "high"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["fountain", "prompt"])
def test_the_directors_words_are_obeyed(words: str, check: object, kind: str) -> None:
    """In a prompt as in a screenplay."""
    text = words if kind == "prompt" else f"INT. BEDROOM - NIGHT\n\n{words}\n"
    plan = lit(text, "bedroom_studio", "night", kind)[0]
    assert check(plan, camera_axis(floor_of("bedroom_studio"))), plan  # type: ignore[operator]


def test_words_that_do_not_speak_of_light_do_nothing() -> None:
    assert find_light_words("It is hard to say. She speaks softly, no silhouette, keeps a low profile.") == ()


def test_mood_and_key_open_and_close_the_ratio() -> None:
    ratios = [
        lit(f"INT. BEDROOM - DAY\n\nA {mood} room.\n", "bedroom_studio", "day")[0].ratio
        for mood in ("cheerful", "plain", "scary")
    ]
    assert ratios[0] < ratios[1] < ratios[2]  # type: ignore[operator]


def test_a_lamp_that_is_put_out_stays_out_until_it_is_lit() -> None:
    """The neon goes with the power; the key then comes from the moon; when it is back the plan is as before."""
    text = "INT. BEDROOM - NIGHT\n\nMara waits.\n\nThe lights go out.\n\nMara breathes.\n\nThe lights come back on.\n"
    before, out, still, back = lit(text, "bedroom_studio", "night")
    assert (before.practicals, back.practicals) == ((), ())
    assert out.practicals == still.practicals == ("none",)
    assert out.motivated_by == "the moon"
    assert back == before


def test_candles_that_go_out_leave_the_other_groups_of_the_set() -> None:
    text = "INT. LIBRARY - NIGHT\n\nMara blows out the candles.\n\nMara waits.\n\nMara lights the candles.\n"
    dark, still, lit_again = lit(text, "library", "night")
    assert dark.practicals == still.practicals == ("relic", "sky", "sun")
    assert dark.motivated_by == "the moon"
    assert dark.kelvin == 7500
    assert lit_again.practicals == ()
    assert "candles" in lit_again.motivated_by


@pytest.mark.parametrize("place", PLACES)
def test_the_groups_named_are_those_of_the_set(place: str) -> None:
    """Every group a plan may name as on is a light of the surveyed set, or one that sheds nothing on the hero."""
    nouns = {"library": "candles", "bedroom_studio": "neon", "led_tunnel": "headlights"}
    plan = lit(f"INT. ROOM - NIGHT\n\nThe {nouns[place]} go out.\n", place, "night")[0]
    groups = {source.group for source in floor_of(place).sources}
    assert plan.practicals
    assert set(plan.practicals) <= groups | {"relic", "headlights"}
    assert groups - set(plan.practicals) <= {nouns[place]}
    assert nouns[place] not in plan.practicals


def test_switches_are_read_as_told() -> None:
    nouns = ("candles?", "(?:lights?|power)")
    said = find_switches("The power is cut. She lights a candle. The lights come back on.", nouns)
    assert [state for _, state in said] == ["off", "on", "on"]
    assert [noun for noun, _ in said] == [nouns[1], nouns[0], nouns[1]]
    assert find_switches("The lights are beautiful. A candle stands there.", nouns) == ()


def test_the_sun_goes_round_clockwise_and_is_highest_at_noon() -> None:
    times = ("dawn", "morning", "noon", "afternoon", "dusk")
    places = [sun_at(time, 180.0) for time in times]
    bearings, heights = zip(*places, strict=True)
    assert all(a > b for a, b in pairwise(bearings))
    assert max(heights) == heights[2] == pytest.approx(45)
    assert all(height > 5 for height in heights)
    assert daylight_kelvin("dawn") < daylight_kelvin("morning") < daylight_kelvin("noon") > daylight_kelvin("dusk")


def test_out_of_doors_a_later_scene_has_the_sun_further_round() -> None:
    """Morning, noon, dusk of one place: the key goes on clockwise, and its height follows the sun."""
    plans = [
        lit(f"EXT. STREET - {time.upper()}\n\nMara waits.\n", "led_tunnel", time)[0]
        for time in ("morning", "day", "dusk")
    ]
    bearings = [plan.key_bearing for plan in plans]
    assert turn(bearings[1], bearings[0]) < -1  # type: ignore[arg-type]
    assert turn(bearings[2], bearings[1]) < -1  # type: ignore[arg-type]
    assert plans[1].key_rise > plans[0].key_rise > plans[2].key_rise  # type: ignore[operator]
    days = zip(("morning", "day", "dusk"), plans, strict=True)
    shots = tuple(shoot("EXT. STREET", plan, str(n), time) for n, (time, plan) in enumerate(days))
    assert check_light(shots) == ()


def shoot(heading: str, light: LightPlan, scene: str, time: str) -> ShotPlan:
    return ShotPlan(f"sh{scene}", scene, heading, 24, Rate(24), 1, SetPlan("led_tunnel", time), CameraPlan(), light)


def test_a_key_that_flips_in_a_scene_is_noted_unless_lamps_were_switched() -> None:
    left, right = LightPlan(key_bearing=300.0), LightPlan(key_bearing=60.0)
    shots = (shoot("INT. A", left, "1", "day"), replace(shoot("INT. A", right, "1", "day"), id="sh2"))
    assert [(note.rule, note.shots) for note in check_light(shots)] == [("key flips side", ("sh1", "sh2"))]
    switched = replace(shots[1], lights=replace(right, practicals=("cyan",)))
    assert check_light((shots[0], switched)) == ()
    assert check_light((shots[0], replace(shots[1], lights=left))) == ()


def test_a_sun_by_night_and_one_that_goes_back_are_noted() -> None:
    sunny = LightPlan(key_bearing=10.0, motivated_by="the sun, 45 degrees high at noon, out of doors")
    (night,) = check_light((shoot("EXT. A", sunny, "1", "night"),))
    assert night.rule == "sun against story time"
    back = (shoot("EXT. A", sunny, "1", "morning"), shoot("EXT. A", replace(sunny, key_bearing=50.0), "2", "dusk"))
    assert [note.rule for note in check_light(back)] == ["sun against story time"]
    on = (back[0], shoot("EXT. A", replace(sunny, key_bearing=330.0), "2", "dusk"))
    assert check_light(on) == ()


def test_a_set_without_a_table_is_lit_by_its_strongest_lamp() -> None:
    floor = Floor(
        "attic", (-3, 0, -3), (3, 3, 3), 2.5, (Mark("hero", 0, 0, 0, 0),),
        (CameraMark("MS", (0, 1.5, 2), (0, 0, -1), 40),),
        sources=(Source("bulb", 2.0, 2.0, 0.0, 0.7), Source("stove", -2.0, 0.5, 0.0, 0.3)),
    )  # fmt: skip
    assert find_motive(SetPlan("attic", "night"), floor, set()).group == "bulb"
    assert find_motive(SetPlan("attic", "night"), floor, {"bulb"}).bearing == pytest.approx(-90)
    assert find_motive(SetPlan("attic", "night"), floor, {"bulb", "stove"}).name == "the moon"


@pytest.mark.parametrize("shift", [-900.0, 900.0, 1500.0])
@pytest.mark.parametrize("kelvin", [2100.0, 3200.0, 5600.0])
def test_a_temperature_asked_for_is_reached_through_the_shift(kelvin: float, shift: float) -> None:
    """The lamp's colour under the shift is that of the black body asked for, by the ratio of red to blue."""
    got = black_body(before_shift(kelvin, shift)) * temperature_gain(shift)
    wanted = black_body(kelvin)
    assert np.log2(got[0] / got[2]) == pytest.approx(np.log2(wanted[0] / wanted[2]), abs=0.35)
    assert float(LUMINANCE @ wanted) == pytest.approx(1)


@pytest.mark.parametrize("place", [name for name, place in ALL_PLACES.items() if place.outdoors])
@pytest.mark.parametrize("time", ["morning", "day", "dusk", "night", "day for night"])
def test_out_of_doors_the_key_is_the_sun_of_the_set(place: str, time: str) -> None:
    """At its bearing, or on its side as near to it as faces allow, and at its height."""
    sun = sun_over(SetPlan(place, time))
    if sun is None:
        pytest.skip(f"the {place} says nothing of its sun")
    key = lit(f"EXT. PLACE - {time.upper()}\n\nMara waits.\n", place, time)[0]
    assert key.key_bearing is not None
    axis = camera_axis(floor_of(place))
    off, on = turn(sun[0], axis), turn(key.key_bearing, axis)
    assert on == pytest.approx(off, abs=0.01) or (abs(off) > 100 and on == pytest.approx(100 * np.sign(off), abs=0.01))
    assert key.key_rise == pytest.approx(np.clip(sun[1], 8, 60))
    assert key.kelvin == daylight_kelvin(time)


def test_seasons_move_the_noon_and_not_the_dusk() -> None:
    noon = [sun_at("day", 0.0, season)[1] for season in ("winter", "autumn", "spring", "summer")]
    assert noon == sorted(noon)
    assert noon[2] - noon[0] == pytest.approx(16)
    assert sun_at("dusk", 10.0, "winter") == sun_at("dusk", 10.0)
    assert sun_at("morning", 0.0, "winter")[1] < sun_at("morning", 0.0)[1]
