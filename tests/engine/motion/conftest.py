"""A bare set with a car, a hero's mark, a camera's mark, rain and motes: all that motion reads of a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from pxr import Gf, UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, MotionPlan, SetPlan, ShotPlan
from secondunit_engine.world.air import Motes, RainField, add_air
from secondunit_engine.world.author import add_mark, facing, look_at, new_layer
from secondunit_engine.world.props.car import BODY, CAR, WHEELS


@pytest.fixture(scope="package")
def bare_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bare") / "set.usdc"
    stage = new_layer(path)
    UsdGeom.Xform.Define(stage, CAR).AddTransformOp().Set(facing((1.0, 0.0, -2.0), (1.0, 0.0, 0.0)))
    UsdGeom.Xform.Define(stage, BODY).AddTransformOp().Set(Gf.Matrix4d(1))
    for name, place in WHEELS.items():
        wheel = UsdGeom.Xform.Define(stage, f"{CAR}/{name}")
        wheel.AddTransformOp().Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(*place)))
    add_mark(stage, "hero", facing((1.0, 0.0, -2.0), (1.0, 0.0, 0.0)))
    add_mark(stage, "camera_MS", look_at((8.0, 0.6, -3.0), (1.0, 0.6, -2.0)))
    add_air(stage, "Rain", RainField((-4, 0, -4), (4, 3, 4), (0.5, 0.6, 0.9), streaks=300, drops=80))
    add_air(stage, "Dust", Motes((-2, 0, -2), (2, 2, 2), (0.4, 0.3, 0.2), count=200))
    stage.GetRootLayer().Save()
    return path


def car_shot(
    *actions: ActionPlan, intensity: float = 0.7, time_scale: float = 1.0, frames: int = 48, seed: int = 1
) -> ShotPlan:
    return ShotPlan(
        id="sh010",
        scene="1",
        heading="",
        frames=frames,
        rate=Rate(24),
        seed=seed,
        set=SetPlan("led_tunnel"),
        camera=CameraPlan(size="MS"),
        motion=MotionPlan(intensity, time_scale),
        actions=actions or (ActionPlan("Car", "accelerate", 0, frames),),
    )
