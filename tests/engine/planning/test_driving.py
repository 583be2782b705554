"""Where the planner believes the car is at each frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from pxr import UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.motion.car import write_car
from secondunit_engine.planning.driving import drive_path
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, MotionPlan, SetPlan, ShotPlan
from secondunit_engine.planning.staging import place_at
from secondunit_engine.world.author import add_mark, facing, look_at, new_layer
from secondunit_engine.world.props.car import BODY, CAR, WHEELS
from secondunit_engine.world.stage import FIRST_FRAME

SHOT = ShotPlan(
    "sh010", "1", "", 72, Rate(24), 1, SetPlan("led_tunnel"), CameraPlan("FS"), motion=MotionPlan(0.7, 0.5),
    actions=(ActionPlan("Car", "accelerate", 0, 72),),
)  # fmt: skip


def test_the_planned_run_is_the_one_that_is_driven(tmp_path: Path) -> None:
    """Within two centimetres of the motion layer at every frame, slow motion and the lens's place counted."""
    floor = floor_of("led_tunnel")
    stage = new_layer(tmp_path / "set.usdc")
    UsdGeom.Xform.Define(stage, CAR).AddTransformOp().Set(facing((0, 0, 0), (0, 0, 1)))
    for path in (BODY, *(f"{CAR}/{name}" for name in WHEELS)):
        UsdGeom.Xform.Define(stage, path).AddTransformOp()
    camera = floor.camera_mark("FS")
    assert camera is not None
    ahead = [eye + way for eye, way in zip(camera.eye, camera.forward, strict=True)]
    add_mark(stage, "camera_FS", look_at(camera.eye, (ahead[0], ahead[1], ahead[2])))
    motion = new_layer(tmp_path / "motion.usdc")
    assert write_car(SHOT, stage, motion) is not None
    run = drive_path(SHOT, floor)
    assert run is not None
    transform = motion.GetPrimAtPath(CAR).GetAttribute("xformOp:transform")
    for frame in range(SHOT.frames):
        driven = transform.Get(FIRST_FRAME + frame).ExtractTranslation()
        assert place_at(run, frame).z == pytest.approx(driven[2], abs=0.02)
    assert run.spots[-1].z - run.spots[0].z > 2


def test_what_does_not_drive_has_no_run() -> None:
    still = ShotPlan("sh010", "1", "", 72, Rate(24), 1, SetPlan("led_tunnel"), CameraPlan("FS"))
    assert drive_path(still, floor_of("led_tunnel")) is None
    assert drive_path(SHOT, floor_of("library")) is None
