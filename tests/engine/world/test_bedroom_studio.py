"""The bedroom studio is a real room: marks, practicals in groups, and the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdLux

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import CameraPlan, CastPlan, LightPlan, SetPlan, ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.lights import write_lights

PLAN = SetPlan("bedroom_studio", seed=3)
SHOT = ShotPlan("sh010", "1", "", 24, Rate(24), 7, PLAN, CameraPlan("MCU"), cast=(CastPlan("HOST"),))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    build_set(PLAN, folder)
    return folder


def test_it_offers_the_marks_a_vlog_needs(room: Path) -> None:
    stage = Usd.Stage.Open(str(room / "set.usdc"))
    for mark in ("hero", "camera_MS", "camera_MCU", "camera_CU", "camera_WS"):
        assert stage.GetPrimAtPath(f"{names.MARKS}/{mark}"), mark


def test_practicals_are_in_two_groups_and_weighed(room: Path) -> None:
    """Small bright things are sampled far less than the sign, so they cannot drown the key."""
    stage = Usd.Stage.Open(str(room / "set.usdc"))
    lit = [prim for prim in stage.Traverse() if prim.HasAttribute(names.LIGHT_GROUP)]
    assert {prim.GetAttribute(names.LIGHT_GROUP).Get() for prim in lit} == {"neon", "practicals"}
    weights = {prim.GetName(): prim.GetAttribute(names.SAMPLING_WEIGHT).Get() for prim in lit}
    assert weights["FairyLights"] < 0.2 * weights["Sign"]
    assert weights["City"] < 0.1


def test_a_face_on_the_mark_has_a_free_line_to_the_camera(room: Path) -> None:
    """No dressing stands between the hero's face and the cameras of the talking sizes."""
    stage = Usd.Stage.Open(str(room / "set.usdc"))
    clouds = [np.array(UsdGeom.Mesh(prim).GetPointsAttr().Get()) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    points = np.concatenate(clouds)
    face = np.array([0.0, 1.55, 0.1])
    for size in ("MS", "MCU", "CU"):
        prim = stage.GetPrimAtPath(f"{names.MARKS}/{names.camera_mark(size)}")
        matrix = UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default())
        eye = np.array(matrix.ExtractTranslation())
        way = face - eye
        along = ((points - eye) @ way) / (way @ way)
        off = np.linalg.norm(points - eye - along[:, None] * way, axis=1)
        assert not ((along > 0.02) & (along < 0.95) & (off < 0.15)).any(), size


def test_the_same_plan_gives_the_same_bytes(room: Path, tmp_path: Path) -> None:
    build_set(PLAN, tmp_path)
    for file in sorted(room.rglob("*.*")):
        assert file.read_bytes() == (tmp_path / file.relative_to(room)).read_bytes(), file.name


def _lights(room: Path, tmp_path: Path, name: str, plan: LightPlan) -> Usd.Stage:
    path = tmp_path / f"{name}.usdc"
    shot = ShotPlan("sh010", "1", "", 24, Rate(24), 7, PLAN, CameraPlan("MCU"), plan, cast=(CastPlan("HOST"),))
    write_lights(shot, room / "set.usdc", path)
    return Usd.Stage.Open(str(path))


def _intensity(stage: Usd.Stage, name: str) -> float:
    return float(UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/{name}")).GetIntensityAttr().Get())


def test_the_gaffer_brings_key_fill_and_rims_and_follows_the_plan(room: Path, tmp_path: Path) -> None:
    """One stop doubles every lamp; a high key brings the fill up more than the key."""
    low = _lights(room, tmp_path, "low", LightPlan("low"))
    bright = _lights(room, tmp_path, "bright", LightPlan("low", exposure=1.0))
    high = _lights(room, tmp_path, "high", LightPlan("high"))
    assert _intensity(bright, "Key") == pytest.approx(2 * _intensity(low, "Key"))
    ratios = [_intensity(stage, "Key") / _intensity(stage, "Fill") for stage in (low, high)]
    assert ratios[0] > 2 * ratios[1]
    sign = bright.GetPrimAtPath(f"{names.MATERIALS}/glow_sign/Surface").GetAttribute("inputs:emissiveColor").Get()
    assert sign[0] > 20


def test_without_people_there_are_no_portrait_lights(room: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.usdc"
    write_lights(ShotPlan("sh", "1", "", 24, Rate(24), 7, PLAN, CameraPlan("WS")), room / "set.usdc", path)
    assert not Usd.Stage.Open(str(path)).GetPrimAtPath(names.LIGHTS)
