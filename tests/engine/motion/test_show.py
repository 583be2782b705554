"""What a set lets move by itself: heads sweep as they are told, holograms turn evenly, bars stand on their feet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.show import write_show
from secondunit_engine.world import stage as names
from secondunit_engine.world.show import PULSE, SWEEP, Head, add_head, levels, spinning, swung
from tests.engine.motion.conftest import car_shot

SHOT = car_shot(frames=12)


@pytest.fixture(scope="module")
def place() -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    add_head(stage, "Sweeper", Head((0, 8, 0), (0, 0, 4), (1, 1, 1), 500.0, pan=20, tilt=8, period=3.0), "beams")
    add_head(stage, "Still", Head((2, 8, 0), (2, 0, 4), (1, 1, 1), 500.0), "beams")
    spinning(stage, f"{names.SET}/Globe", 30.0)
    bars = UsdGeom.Mesh.Define(stage, f"{names.SET}/Bars")
    bars.CreatePointsAttr([(x + dx, y, 0) for x in range(4) for dx, y in ((0, 1), (0.5, 1), (0.5, 3), (0, 3))])
    bars.GetPrim().CreateAttribute(PULSE, Sdf.ValueTypeNames.Float, custom=True).Set(120.0)
    return stage


def moved(place: Usd.Stage, time_scale: float = 1.0) -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    stage.GetRootLayer().subLayerPaths.append(place.GetRootLayer().identifier)
    write_show(replace(SHOT, motion=replace(SHOT.motion, time_scale=time_scale)), place, stage)
    return stage


def transform(stage: Usd.Stage, path: str, frame: float) -> np.ndarray:
    return np.array(UsdGeom.Xformable(stage.GetPrimAtPath(path)).GetLocalTransformation(frame))


def test_a_head_sweeps_in_story_time_and_one_that_is_fixed_stays(place: Usd.Stage) -> None:
    path = f"{names.LIGHTS}/Sweeper"
    rest = UsdGeom.Xformable(place.GetPrimAtPath(path)).GetLocalTransformation()
    sweep = tuple(place.GetPrimAtPath(path).GetAttribute(SWEEP).Get())
    for scale in (1.0, 0.25):
        stage = moved(place, scale)
        for frame in (0, 5, 11):
            wanted = np.array(swung(rest, sweep, frame / 24 * scale))  # type: ignore[arg-type]
            np.testing.assert_allclose(transform(stage, path, names.FIRST_FRAME + frame), wanted, atol=1e-9)
        assert not stage.GetPrimAtPath(f"{names.LIGHTS}/Still").GetAttribute("xformOp:transform").GetNumTimeSamples()


def test_a_hologram_turns_by_its_rate(place: Usd.Stage) -> None:
    stage = moved(place)
    turned = transform(stage, f"{names.SET}/Globe", names.FIRST_FRAME + 6)
    wanted = np.array(Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), 30.0 * 6 / 24)))
    np.testing.assert_allclose(turned, wanted, atol=1e-9)


def test_bars_rise_to_their_level_and_keep_their_feet(place: Usd.Stage) -> None:
    stage = moved(place)
    points = UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/Bars")).GetPointsAttr()
    for frame in (0, 3, 9):
        bars = np.array(points.Get(names.FIRST_FRAME + frame)).reshape(4, 4, 3)
        np.testing.assert_allclose(bars[:, :2, 1], 1.0)
        wanted = 1 + 2 * levels(4, 120.0, frame / 24)
        np.testing.assert_allclose(bars[:, 2:, 1], np.stack([wanted, wanted], axis=1), rtol=1e-5)
