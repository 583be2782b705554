"""Roads as layers: three that are as declared, level where a car drives, marked, and with room for it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.driving import drive_path
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, Rate, SetPlan, ShotPlan
from secondunit_engine.world import sky
from secondunit_engine.world import stage as names
from secondunit_engine.world.land.roadway import Road, asphalt
from secondunit_engine.world.props.car import CAR
from secondunit_engine.world.sets.road import build_road
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    """The country road, which is the heaviest, under a small picture of the sky; within 12 CPU seconds."""
    folder: Path = tmp_path_factory.mktemp("road")
    start = time.process_time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_road(SetPlan("road", seed=0), folder)
    assert time.process_time() - start < 12
    return Usd.Stage.Open(str(folder / "set.usdc"))


def points(stage: Usd.Stage, name: str) -> np.ndarray:
    return np.array(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/{name}")).GetPointsAttr().Get())


def test_is_as_declared(country: Usd.Stage) -> None:
    check_set("road", country, 0)
    for layout in (1, 2):
        check_cameras("road", layout)


def test_budget(country: Usd.Stage) -> None:
    """Under 1.3 million triangles, a third of them the coupe's."""
    meshes = [UsdGeom.Mesh(prim) for prim in country.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_300_000


def test_car_stands_on_the_asphalt_within_its_lane(country: Usd.Stage) -> None:
    """Wheels touch the road to a centimetre or two, and paint lies on it, not in it."""
    at = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(country.GetPrimAtPath(CAR)))[3, :3]
    road, lines = points(country, "Road"), points(country, "Markings")
    near = road[np.abs(road[:, 2] - at[2]) < 1.0]
    assert near[:, 0].min() < at[0] - 1.0
    assert near[:, 0].max() > at[0] + 1.0
    assert np.abs(near[:, 1] - at[1]).max() < 0.02
    assert lines[np.abs(lines[:, 2]) < 30, 1].min() >= near[:, 1].min() + 0.002


@pytest.mark.parametrize("layout", range(3))
def test_a_car_has_room_to_drive(layout: int) -> None:
    """Where the coupe comes on, nothing stands; its run begins from its own mark, not from the hero's."""
    floor = floor_of("road", layout)
    car = floor.mark("car")
    z = np.arange(car.z - 12, car.z + 8, 0.5)
    ahead = z > car.z + 2.6
    for side in (-0.9, 0.0, 0.9):
        assert floor.is_free(np.full(len(z), car.x + side), z)[ahead].all()
    action = ActionPlan("car", "drive", 0, 48)
    shot = ShotPlan("sh010", "1", "", 48, Rate(24), 1, SetPlan("road"), CameraPlan("WS"), actions=(action,))
    path = drive_path(shot, floor)
    assert path is not None
    assert {spot.x for spot in path.spots} == {car.x}


def test_a_road_is_level_by_the_hero_and_lies_on_the_land_further_off() -> None:
    """Level and straight for forty metres; beyond, the land is never over it, and it bends."""
    road = Road(4.0, 3.0, bend=16.0, rise=5.0)
    z = np.linspace(-40, 40, 41)
    assert np.ptp(road.at(z)) == 0
    assert np.abs(road.height(z)).max() == 0
    far = -np.linspace(60, 2000, 300)
    assert np.ptp(road.at(far)) > 10
    for across in (-2.5, 0.0, 2.5):
        x = road.at(far) + across
        assert (road.graded(x, far, np.full(len(far), 30.0)) < road.height(far)).all()


def test_wheels_and_rain_change_asphalt() -> None:
    """Where wheels run it is smoother; in the rain it is darker and mirrors."""
    dry, wet = asphalt(3, 6.0, (-1.5, 1.5), 0.0), asphalt(3, 6.0, (-1.5, 1.5), 0.8)
    middle, track = dry.roughness[:, 384].mean(), dry.roughness[:, 192].mean()
    assert track < middle - 0.05
    assert wet.albedo.mean() < 0.8 * dry.albedo.mean()
    assert wet.roughness.mean() < 0.5 * dry.roughness.mean()
