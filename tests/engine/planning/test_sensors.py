"""Sensors by word: what is seen stays, the lens that is mounted and its depth of field are the sensor's."""

from __future__ import annotations

import math

import pytest

from secondunit_engine.directing import plan
from secondunit_engine.planning.focus import depth_of_field
from secondunit_engine.planning.lighting import light_scene
from secondunit_engine.planning.note import apply_note
from secondunit_engine.planning.plan import CameraPlan, SetPlan, Settings
from secondunit_engine.planning.reading import read_scenes
from secondunit_engine.previs.camera_data import framing_list
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief


def camera(text: str) -> CameraPlan:
    return plan(Brief(text, "prompt"), Settings()).shots[0].camera


@pytest.mark.parametrize(
    ("words", "sensor", "stock"),
    [
        ("", "full frame", "digital"), ("Super 35mm", "Super 35", "digital"), ("IMAX", "IMAX", "70mm"),
        ("16 mm film", "Super 16", "16mm"), ("super 8", "Super 8", "16mm"), ("35mm film", "Super 35", "35mm"),
        ("large format camera", "large format", "digital"), ("film grain", "full frame", "35mm"),
        ("Super 35, shot on film", "Super 35", "35mm"),
    ],
)  # fmt: skip
def test_words_choose_the_sensor(words: str, sensor: str, stock: str) -> None:
    found = camera(f"A woman in a kitchen, medium shot, {words}")
    assert (found.sensor, found.stock) == (sensor, stock)
    assert found.lens_mm == camera("A woman in a kitchen, medium shot").lens_mm  # as much is seen


def test_a_lens_in_figures_is_the_one_that_is_mounted() -> None:
    found = camera("A woman in a kitchen, Super 35, 50mm")
    assert found.focal_mm == pytest.approx(50, abs=0.01)
    assert found.lens_mm == pytest.approx(50 * 36 / 24.89, abs=0.01)
    assert found.lens_said == "50 mm Super 35"
    seen = 2 * math.atan(found.aperture_mm[0] / 2 / found.focal_mm)
    assert seen == pytest.approx(2 * math.atan(18 / found.lens_mm), abs=1e-4)


def test_small_sensors_are_sharper_in_depth() -> None:
    def depth(camera: CameraPlan) -> float:
        near, far = depth_of_field(camera.focal_mm, 2.8, 2.0, camera.crop)
        return far - near

    small, whole, large = (depth(CameraPlan(lens_mm=50, sensor=name)) for name in ("Super 16", "full frame", "IMAX"))
    assert small > 2 * whole > 2 * large


def test_a_note_changes_it_and_the_framing_list_says_it() -> None:
    shot = plan(Brief("A woman in a kitchen", "prompt"), Settings()).shots[0]
    after = apply_note(shot, "Super 35, 85mm").shot
    assert (after.camera.sensor, round(after.camera.focal_mm, 2)) == ("Super 35", 85.0)
    assert '"width": 24.89' in framing_list([after], 1920, 1080)


@pytest.mark.parametrize(
    ("words", "stops"),
    [("overexposed", 1.5), ("underexposed", -1.5), ("high key", 0.5), ("high key, overexposed", 2.0), ("low key", 0.0)],
)
def test_exposure_is_by_intent(words: str, stops: float) -> None:
    scene = read_scenes(read_brief(Brief(f"A kitchen, {words}", "prompt")))[0]
    assert light_scene(scene, SetPlan("kitchen"), [scene.beats])[0].exposure == stops


def test_water_on_the_lens_is_read() -> None:
    assert camera("An alley in the rain, raindrops on the lens").wet_lens
    assert not camera("An alley in the rain").wet_lens
