"""The LED tunnel and its coupe: what the set promises to cameras, lights, motion and the render budget."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_bridge.errors import BadInput
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import RainField, read_field
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.props.car import CAR, WHEELS
from secondunit_engine.world.props.car_body import FRONT_AXLE, REAR_AXLE, WHEEL_RADIUS, WHEELBASE

RAINY = SetPlan("led_tunnel", "night", ("rain",), seed=4)
TRIANGLES = 1_000_000  # over which a frame costs more than a preview may


@pytest.fixture(scope="module")
def rainy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rainy")
    build_set(RAINY, folder)
    return folder


@pytest.fixture(scope="module")
def dry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dry")
    build_set(SetPlan("led_tunnel", "night", seed=4), folder)
    return folder


def opened(folder: Path) -> Usd.Stage:
    return Usd.Stage.Open(str(folder / "set.usdc"))


def meshes(stage: Usd.Stage) -> dict[str, UsdGeom.Mesh]:
    return {str(prim.GetPath()): UsdGeom.Mesh(prim) for prim in stage.Traverse() if prim.GetTypeName() == "Mesh"}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_plan_gives_the_same_bytes_within_its_time(rainy: Path, tmp_path: Path) -> None:
    before = time.process_time()
    build_set(RAINY, tmp_path)
    assert time.process_time() - before < 12  # twice what it may take, for slow machines
    assert digest(tmp_path) == digest(rainy)


def test_another_seed_dresses_another_tunnel(rainy: Path, dry: Path) -> None:
    other = digest(dry)
    assert digest(rainy)["set.usdc"] != other["set.usdc"]


def test_an_unknown_place_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        build_set(SetPlan("moon base"), tmp_path / "set")
    assert "moon base" in refused.value.message
    assert "led_tunnel" in refused.value.mend
    assert not (tmp_path / "set").exists()


def test_triangles_stay_within_the_budget_and_are_sound(rainy: Path) -> None:
    total = 0
    stage = opened(rainy)
    for path, mesh in meshes(stage).items():
        points = np.array(mesh.GetPointsAttr().Get())
        normals = np.array(mesh.GetNormalsAttr().Get())
        triangles = np.array(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)
        assert np.isfinite(points).all(), path
        assert np.isfinite(normals).all(), path
        assert triangles.max() < len(points), path
        total += len(triangles)
    assert 200_000 < total < TRIANGLES


@pytest.mark.parametrize("part", ["Paint", "Glass", "Gloss", "Ducts"])
def test_the_body_is_lit_from_outside(rainy: Path, part: str) -> None:
    """Faces wind the way their normals point: a reader that trusts either sees the same side."""
    stage = opened(rainy)
    mesh = meshes(stage)[f"{CAR}/Body/{part}"]
    points, normals = np.array(mesh.GetPointsAttr().Get()), np.array(mesh.GetNormalsAttr().Get())
    triangles = np.array(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)
    a, b, c = (points[triangles[:, k]].astype(float) for k in range(3))
    winding = np.cross(b - a, c - a)
    agree = (winding * normals[triangles].sum(axis=1)).sum(axis=1) > 0
    area = np.linalg.norm(winding, axis=1)
    assert area[agree].sum() > 0.985 * area.sum()


def test_the_car_has_a_cars_measures(rainy: Path) -> None:
    stage = opened(rainy)
    box = UsdGeom.BBoxCache(Usd.TimeCode.Default(), [UsdGeom.Tokens.default_]).ComputeWorldBound(
        stage.GetPrimAtPath(CAR)
    )
    low, high = (
        np.array(corner) for corner in (box.ComputeAlignedRange().GetMin(), box.ComputeAlignedRange().GetMax())
    )
    width, height, length = high - low
    assert 4.3 < length < 4.9
    assert 1.9 < width < 2.35  # over the mirrors
    assert 1.05 < height < 1.3
    assert abs(low[1]) < 0.005  # it stands on the road
    assert pytest.approx(WHEELBASE) == FRONT_AXLE - REAR_AXLE
    for name in WHEELS:
        tyre = np.array(meshes(stage)[f"{CAR}/{name}/Tyre"].GetPointsAttr().Get())
        assert np.hypot(tyre[:, 1], tyre[:, 2]).max() == pytest.approx(WHEEL_RADIUS, abs=0.002)
    splitter = np.array(meshes(stage)[f"{CAR}/Body/Gloss"].GetPointsAttr().Get())
    assert 0.08 < splitter[:, 1].min() < 0.14  # ground clearance


def test_the_intake_is_deep(rainy: Path) -> None:
    """A ray into the mouth passes the skin, meets the grille and ends far behind it."""
    stage = opened(rainy)
    found = meshes(stage)

    def depth(part: str) -> float:
        points = np.array(found[f"{CAR}/Body/{part}"].GetPointsAttr().Get())
        mouth = (np.abs(points[:, 0]) < 0.45) & (points[:, 1] > 0.19) & (points[:, 1] < 0.37) & (points[:, 2] > 1.5)
        return float(points[mouth, 2].min()) if mouth.any() else np.inf

    nose = float(np.array(found[f"{CAR}/Body/Paint"].GetPointsAttr().Get())[:, 2].max())
    assert depth("Paint") == np.inf  # the skin is open there
    assert depth("Grilles") < nose - 0.03
    assert depth("Ducts") < nose - 0.2


def test_every_light_has_a_group_and_there_are_few(rainy: Path) -> None:
    stage = opened(rainy)
    groups = set()
    for path, mesh in meshes(stage).items():
        material = mesh.GetPrim().GetRelationship("material:binding").GetTargets()[0]
        shining = (
            max(stage.GetPrimAtPath(material.AppendChild("Surface")).GetAttribute("inputs:emissiveColor").Get()) > 0
        )
        group = mesh.GetPrim().GetAttribute(names.LIGHT_GROUP).Get()
        assert bool(group) == shining, path
        groups |= {group} - {None}
    assert groups == {"cyan", "magenta", "violet", "white", "headlights"}


def test_cameras_look_at_the_car_from_its_left_front(rainy: Path) -> None:
    stage = opened(rainy)
    for size in ("WS", "FS", "MS", "CU"):
        prim = stage.GetPrimAtPath(f"{names.MARKS}/{names.camera_mark(size)}")
        assert prim.IsValid(), size
        matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
        eye, look = matrix[3, :3], -matrix[2, :3]
        to_car = np.array([0, 0.6, 1.0]) - eye
        assert look @ to_car / np.linalg.norm(to_car) > np.cos(np.radians(20)), size
        assert eye[0] > 0, size
        assert 0.3 < eye[1] < 1.2, size


def test_rain_wets_the_road_and_fills_the_air(rainy: Path, dry: Path) -> None:
    wet, plain = opened(rainy), opened(dry)
    for name in ("Film", "Puddles"):
        assert wet.GetPrimAtPath(f"{names.SET}/{name}").IsValid()
        assert not plain.GetPrimAtPath(f"{names.SET}/{name}").IsValid()
    field = read_field(wet.GetPrimAtPath(f"{names.AIR}/Rain"))
    assert isinstance(field, RainField)
    assert field.streaks > 1000
    assert not plain.GetPrimAtPath(f"{names.AIR}/Rain").IsValid()


def test_the_wet_road_is_one_sheet(rainy: Path) -> None:
    """Asphalt, film and puddles meet without overlap: their areas add up to the road's."""
    stage = opened(rainy)
    found = meshes(stage)
    area = 0.0
    for name in ("Road", "Film", "Puddles"):
        mesh = found[f"{names.SET}/{name}"]
        points = np.array(mesh.GetPointsAttr().Get()).astype(float)
        corners = points[np.array(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)]
        area += np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum() / 2
    road = np.concatenate([np.array(found[f"{names.SET}/{n}"].GetPointsAttr().Get()) for n in ("Road", "Film")])
    width, _, length = road.max(axis=0) - road.min(axis=0)
    assert area == pytest.approx(float(width * length), rel=1e-4)
