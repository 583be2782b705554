"""The street: built in its time, the same twice, unlike for another seed; marks, cameras and lights as declared."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.author import Mesh
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.props.parked_car import COLORS, parked_car
from secondunit_engine.world.props.street_furniture import street_lamp, traffic_light
from secondunit_engine.world.sets.facades import BASE, Facade, build_facade
from secondunit_engine.world.sets.street_ground import GUTTER, HALF, camber
from secondunit_engine.world.shapes import box, merge
from secondunit_engine.world.street_textures import asphalt
from tests.engine.world.set_checks import check_set


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("street")
    before = time.process_time()
    build_set(SetPlan("city_street"), folder)
    assert time.process_time() - before < 20  # twice what it may take, for slow machines
    return folder


@pytest.fixture(scope="module")
def forties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forties")
    build_set(SetPlan("city_street", "night", ("rain",), era="1940s", seed=3), folder)
    return folder


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def triangles(stage: Usd.Stage) -> int:
    meshes = [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    return sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes)


def test_it_is_what_the_planner_and_the_gaffer_believe(street: Path) -> None:
    check_set("city_street", Usd.Stage.Open(str(street / "set.usdc")))


def test_it_stays_within_the_budget(street: Path) -> None:
    stage = Usd.Stage.Open(str(street / "set.usdc"))
    assert 500_000 < triangles(stage) < 1_600_000
    lit = [prim for prim in stage.Traverse() if UsdGeom.Mesh(prim) and prim.HasAttribute("secondunit:lightGroup")]
    assert len(lit) <= 24


def test_the_same_plan_gives_the_same_bytes(forties: Path, tmp_path: Path) -> None:
    build_set(SetPlan("city_street", "night", ("rain",), era="1940s", seed=3), tmp_path)
    assert digest(tmp_path) == digest(forties)


def test_another_era_parks_other_cars_and_rain_falls(street: Path, forties: Path) -> None:
    now, then = (Usd.Stage.Open(str(folder / "set.usdc")) for folder in (street, forties))
    assert now.GetPrimAtPath("/Shot/Props/Car")
    assert not then.GetPrimAtPath("/Shot/Props/Car")
    assert then.GetPrimAtPath("/Shot/Air/Rain")
    assert not now.GetPrimAtPath("/Shot/Air/Rain")
    fronts = [
        np.array(UsdGeom.Mesh(s.GetPrimAtPath("/Shot/Set/Street/Trim")).GetPointsAttr().Get()) for s in (now, then)
    ]
    assert fronts[0].shape != fronts[1].shape  # other houses


def test_bars_are_boxes() -> None:
    corners = [((0, 0, 0), (1, 2, 3)), ((-1, 0.5, 2), (0, 1, 4))]
    one, many = bars(corners), merge([box(low, high) for low, high in corners])
    for name in ("points", "triangles", "normals", "uvs"):
        assert np.allclose(getattr(one, name), getattr(many, name)), name


def test_a_kit_is_placed_and_every_colour_has_its_cell() -> None:
    palette, kit = Palette(), Kit()
    unit = box((0, 0, 0), (1, 1, 1))
    red, blue = palette.paint(unit, (0.5, 0, 0)), palette.paint(unit, (0, 0, 0.5))
    kit.put("painted", red, blue)
    other = Kit()
    other.place(kit, (10, 0, 0), 90.0)
    placed = merge(other.parts["painted"])
    assert placed.points.min(axis=0) == pytest.approx([10, 0, -1], abs=1e-6)
    picture = palette.picture()
    for mesh, color in ((red, (0.5, 0, 0)), (blue, (0, 0, 0.5))):
        assert mesh.uvs is not None
        u, v = mesh.uvs[0]
        assert picture[int((1 - v) * 128), int(u * 128)] == pytest.approx(color)


def test_windows_sit_in_openings_of_the_wall() -> None:
    """No pane or room is hidden behind brick: a ray at a window's middle from the street meets no wall before it."""
    spec = Facade(12.0, 3, lit=1.0)
    kit = build_facade(spec, np.random.Generator(np.random.PCG64(1)))
    wall = merge(kit.parts["brick_a"])
    lows = wall.points[wall.triangles].min(axis=1)
    highs = wall.points[wall.triangles].max(axis=1)
    x = (spec.width - 4 * spec.bay) / 2 + spec.bay / 2
    at = np.array([x, BASE + spec.sill + spec.window[1] / 2])
    covers = ((lows[:, :2] < at) & (at < highs[:, :2])).all(axis=1) & (highs[:, 2] > -0.25)
    assert not covers.any()


@pytest.mark.parametrize("kind", ["sedan", "hatch", "van", "saloon"])
def test_a_parked_car_stands_on_its_wheels(kind: str) -> None:
    kit = parked_car(Palette(), kind, COLORS[0])
    points = np.concatenate([mesh.points for meshes in kit.parts.values() for mesh in meshes])
    width, height, length = points.max(axis=0) - points.min(axis=0)
    assert abs(points[:, 1].min()) < 0.01
    assert 1.5 < width < 2.4
    assert 1.35 < height < 2.3
    assert 3.8 < length < 5.3


def test_furniture_stands_on_the_pavement() -> None:
    for kit in (street_lamp("present"), street_lamp("1940s"), traffic_light(Palette(), True)):
        meshes: list[Mesh] = [mesh for meshes in kit.parts.values() for mesh in meshes]
        assert min(float(mesh.points[:, 1].min()) for mesh in meshes) == pytest.approx(0, abs=0.02)


def test_the_road_falls_to_its_gutters_and_rain_lies_there() -> None:
    assert camber(0) == 0
    assert camber(HALF) == pytest.approx(GUTTER)
    dry, wet = asphalt(5, 0.0, 0.4, "none"), asphalt(5, 1.0, 0.4, "none")
    pool = wet.roughness < 0.05
    assert not (dry.roughness < 0.05).any()
    assert 0.05 < pool.mean() < 0.5
    columns = pool.mean(axis=0)
    assert columns[:60].mean() > 1.5 * columns[350:500].mean()
    assert np.ptp(wet.height[wet.roughness < 0.022]) < 0.02  # water is level
