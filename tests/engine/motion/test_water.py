"""A sea in a shot: its points move as its waves do, in story time, and each frame stands for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.motion.water import write_water
from secondunit_engine.motion.waves import Sea, displacement, waves_of
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.water import Grading, Water, add_open_water, read_water
from tests.engine.motion.conftest import car_shot

WATER = Water(-0.5, Sea(wind=8.0, seed=4))
SHOT = car_shot(frames=3)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    folder: Path = tmp_path_factory.mktemp("sea")
    stage = new_layer(folder / "set.usdc")
    add_open_water(stage, folder, WATER, (0.01, 0.03, 0.04), Grading(0.25, 0.1, 12.0))
    return stage


def moved(place: Usd.Stage, shot: ShotPlan) -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    stage.GetRootLayer().subLayerPaths.append(place.GetRootLayer().identifier)
    write_water(shot, place, stage)
    return stage


def test_a_sea_says_what_moves_it(place: Usd.Stage) -> None:
    found = read_water(place.GetPrimAtPath(f"{names.SET}/Sea"))
    assert found is not None
    assert found[0] == WATER
    assert read_water(place.GetPrimAtPath(f"{names.SET}/SeaFar")) is None


def test_points_are_where_the_waves_take_them(place: Usd.Stage) -> None:
    """At the middle, where the lattice draws every wave, a point is where the waves' own sum has it."""
    found = read_water(place.GetPrimAtPath(f"{names.SET}/Sea"))
    assert found is not None
    rest = found[1]
    inner = np.flatnonzero(np.hypot(rest[:, 0], rest[:, 2]) < 1.0)
    for scale in (1.0, 0.5):
        stage = moved(place, replace(SHOT, motion=replace(SHOT.motion, time_scale=scale)))
        attribute = UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/Sea")).GetPointsAttr()
        assert attribute.GetNumTimeSamples() == SHOT.frames + 2
        at = np.array(attribute.Get(names.FIRST_FRAME + 2))[inner]
        long = waves_of(WATER.sea)
        wanted = rest[inner] + displacement(long, rest[inner, 0], rest[inner, 2], 2 / 24 * scale)
        np.testing.assert_allclose(at, wanted, atol=0.03)
        assert np.abs(at - np.array(attribute.Get(names.FIRST_FRAME))[inner]).max() > 0.01


def test_the_still_sea_begins_where_the_moving_one_ends(place: Usd.Stage) -> None:
    """No gap lies between them: each edge point of the sea that moves is met by the sea beyond, give or take a wave."""
    found = read_water(place.GetPrimAtPath(f"{names.SET}/Sea"))
    assert found is not None
    edge = np.abs(found[1][:, [0, 2]]).max()
    beyond = np.array(UsdGeom.Mesh(place.GetPrimAtPath(f"{names.SET}/SeaFar")).GetPointsAttr().Get())
    horizon = np.array(UsdGeom.Mesh(place.GetPrimAtPath(f"{names.SET}/SeaHorizon")).GetPointsAttr().Get())
    assert np.abs(beyond[:, [0, 2]]).max(axis=1).min() < edge + 0.5
    assert np.abs(horizon[:, [0, 2]]).max() > 12_000
