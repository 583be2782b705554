"""Small stages to listen to, and the shots they belong to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pxr import Gf, Sdf, UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.motion.events import Event, write_events
from secondunit_engine.planning.plan import CameraPlan, CastPlan, DialoguePlan, SetPlan, ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import look_at, new_layer

FILM = Rate(24)


def make_shot(place: str, frames: int = 48, rate: Rate = FILM, **changes: object) -> ShotPlan:
    weather = ("rain",) if place == "led_tunnel" else ()
    plan = {"set": SetPlan(place, weather=weather), "camera": CameraPlan(), "seed": 7} | changes
    return ShotPlan("sh010", "1", "INT. PLACE - NIGHT", frames, rate, **plan)  # type: ignore[arg-type]


def make_stage(folder: Path, place: str, frames: int) -> Path:
    """A camera at the origin that looks along -Z, and what moves in this place."""
    path = folder / f"{place}-{frames}.usda"
    stage = new_layer(path)
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.AddTransformOp().Set(look_at((0, 1.2, 0), (0, 1.2, -10)))
    times = range(names.FIRST_FRAME, names.FIRST_FRAME + frames)
    if place == "led_tunnel":
        slide = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Car").AddTranslateOp()
        for index, time in enumerate(times):  # from the left to the right, past the camera
            slide.Set(Gf.Vec3d(-12 + 24 * index / frames, 0, -6), time)
    if place == "library":
        relic = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Relic")
        relic.AddTranslateOp().Set(Gf.Vec3d(0, 1, -3))
        lid = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Relic/Lid")
        lid.GetPrim().CreateAttribute("secondunit:openDegrees", Sdf.ValueTypeNames.Float, custom=True).Set(-112.0)
        turn = lid.AddRotateXOp()
        for index, time in enumerate(times):
            turn.Set(-112.0 * float(np.clip((index - frames / 3) / (frames / 2), 0, 1)), time)
        walk = UsdGeom.Xform.Define(stage, f"{names.CAST}/Mara").AddTranslateOp()
        for index, time in enumerate(times):
            walk.Set(Gf.Vec3d(-2 + index * 1.2 / 24, 0.9, -4), time)
        strides = np.arange(0.36, frames * 1.2 / 24, 0.72)
        write_events(stage, [Event("footfall", m / 1.2, (m - 2, 0.0, -4.0), 2.0, 0.5, ("Mara", "")) for m in strides])
    if place == "bedroom_studio":
        UsdGeom.Xform.Define(stage, f"{names.CAST}/Host").AddTranslateOp().Set(Gf.Vec3d(0, 0.9, -1.2))
    stage.GetRootLayer().Save()
    return path


@pytest.fixture
def vlog() -> ShotPlan:
    line = DialoguePlan("HOST", "What is up, everybody!", 6, 40)
    return make_shot("bedroom_studio", 60, cast=(CastPlan("Host"),), dialogue=(line,))
