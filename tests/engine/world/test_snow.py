"""Snow as layers: three that are as declared, footprints that are pressed in, flakes that fall and are driven."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.motion.particles import write_particles
from secondunit_engine.planning.plan import CameraPlan, Rate, SetPlan, Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief, Status
from secondunit_engine.script.read import read_brief
from secondunit_engine.world import sky
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.land.snowfield import Drifts
from secondunit_engine.world.sets.snow import build_snow
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    """A field in a blizzard, under a small picture of the sky; within 10 CPU seconds."""
    folder: Path = tmp_path_factory.mktemp("snow")
    start = time.process_time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_snow(SetPlan("snow", seed=0, weather=("blizzard",)), folder)
    assert time.process_time() - start < 10
    return Usd.Stage.Open(str(folder / "set.usdc"))


def test_is_as_declared(field: Usd.Stage) -> None:
    check_set("snow", field, 0)
    for layout in (1, 2):
        check_cameras("snow", layout)


def test_budget(field: Usd.Stage) -> None:
    """Under 1 million triangles."""
    meshes = [UsdGeom.Mesh(prim) for prim in field.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_000_000


def test_footprints_are_pressed_along_the_trail() -> None:
    """Under a boot snow is some centimetres lower than beside it; where the hero stands it is level."""
    drifts = Drifts(0.0, 0.0, 7)
    z = np.linspace(2, 6, 400)
    left = drifts.height(drifts.way(z) - 0.13, z)
    assert -0.09 < left.min() < -0.05
    assert left.max() > 0
    assert abs(drifts.height(np.array([0.0]), np.array([0.0]))[0]) < 0.01


def test_flakes_fall_and_a_blizzard_drives_them(field: Usd.Stage, tmp_path: Path) -> None:
    """Flakes sink at about a metre a second; in a blizzard they cross the picture several times as fast."""
    shot = ShotPlan("sh010", "1", "", 4, Rate(24), 1, SetPlan("snow", weather=("blizzard",)), CameraPlan("WS"))
    motion = new_layer(tmp_path / "motion.usdc")
    write_particles(shot, field, motion, None)
    flakes = UsdGeom.Points(motion.GetPrimAtPath(f"{names.AIR}/SnowPoints"))
    speed = np.median(np.array(flakes.GetVelocitiesAttr().Get(1002)), axis=0)
    assert -2.0 < speed[1] < -0.5
    assert speed[0] < -5


@pytest.mark.parametrize(
    ("prompt", "place", "weather"),
    [
        ("a blizzard, a man walks", "snow", "blizzard"),
        ("a woman in a snowy field at dusk", "snow", ""),
        ("a forest, it is snowing", "forest", "snow"),
        ("a meadow at dawn", "field", ""),
        ("a wheat field", "field", ""),
        ("country road at dusk", "road", ""),
        ("a car on the highway", "road", ""),
        ("a winter village at night", "snow", ""),
    ],
)
def test_words_find_open_country(prompt: str, place: str, weather: str) -> None:
    """These had stood in for one another; now each has its set, and snow falls where a place shows it."""
    script = read_brief(Brief(prompt, "prompt"))
    shown = plan_script(script, Settings()).shots[0].set
    assert (shown.place, shown.weather) == (place, (weather,) if weather else ())
    assert not [entry.meaning for entry in script.ledger if "not built yet" in entry.meaning]


def test_it_does_not_snow_where_no_set_shows_it() -> None:
    """A street takes no snow, and the plan says so."""
    script = read_brief(Brief("a street, it is snowing", "prompt"))
    (entry,) = [entry for entry in script.ledger if "does not snow" in entry.meaning]
    assert entry.status == Status.NOT_UNDERSTOOD
    assert plan_script(script, Settings()).shots[0].set.weather == ()
