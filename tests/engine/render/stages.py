"""A tiny shot with one of everything that moves, whose motion a test can work out by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from benchmarks.reference_scene import floor, moved, sphere
from pxr import Gf, Usd, UsdGeom, UsdLux, Vt

from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, Mesh, add_light, add_mesh, look_at, new_layer

CENTRE = np.array([0.9, 0.5, 0.6])  # about which the breathing ball swells


def breath(frame: float) -> float:
    """Size of the breathing ball at a frame."""
    return 1.0 + 0.06 * (frame - names.FIRST_FRAME)


def carousel(frame: float) -> Gf.Matrix4d:
    """Transform of the rigid ball at a frame."""
    step = frame - names.FIRST_FRAME
    turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), 4.0 * step))
    return turn * Gf.Matrix4d().SetTranslate(Gf.Vec3d(-0.8 + 0.05 * step, 0.6, 0.2))


def eye(frame: float) -> tuple[float, float, float]:
    step = frame - names.FIRST_FRAME
    return (0.06 * step, 1.3 + 0.01 * step, 4.0)


def write_stage(path: Path, frames: int = 5) -> Path:
    """Write the shot: floor, rigid and breathing balls, glass, a glowing panel, a key light and a sky."""
    stage = new_layer(path)
    stage.SetStartTimeCode(names.FIRST_FRAME)
    stage.SetEndTimeCode(names.FIRST_FRAME + frames - 1)
    stage.SetTimeCodesPerSecond(24)
    add_mesh(stage, f"{names.SET}/Floor", floor(12.0), Material("floor", base=(0.4, 0.38, 0.35), roughness=0.6))
    glass = Material("glass", base=(1.0, 1.0, 1.0), glass=True)
    add_mesh(stage, f"{names.SET}/Glass", moved(sphere(0.3, 10), (0.1, 0.3, 1.3)), glass)
    neon = Material("neon", base=(0.0, 0.0, 0.0), emission=(4.0, 0.5, 2.0))
    wall = np.array([[-1.5, 1.0, -1.5], [-0.5, 1.0, -1.5], [-0.5, 1.6, -1.5], [-1.5, 1.6, -1.5]], np.float32)
    panel = Mesh(wall, np.array([[0, 1, 2], [0, 2, 3]], np.int32))
    add_mesh(stage, f"{names.SET}/Neon", panel, neon, light_group="neon")
    turn = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Ball").AddTransformOp()
    paint = Material("paint", base=(0.6, 0.2, 0.1), roughness=0.4)
    add_mesh(stage, f"{names.PROPS}/Ball/Body", sphere(0.5, 14, bumps=0.04), paint)
    ball = moved(sphere(0.4, 14), (float(CENTRE[0]), float(CENTRE[1]), float(CENTRE[2])))
    soft = add_mesh(stage, f"{names.CAST}/Lung/Body", ball, Material("lung", base=(0.3, 0.5, 0.6)))
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.CreateHorizontalApertureAttr(36.0)
    camera.CreateFocalLengthAttr(35.0)
    move = camera.AddTransformOp()
    for frame in range(names.FIRST_FRAME, names.FIRST_FRAME + frames):
        turn.Set(carousel(frame), frame)
        swollen = ((ball.points - CENTRE) * breath(frame) + CENTRE).astype(np.float32)
        soft.GetPointsAttr().Set(Vt.Vec3fArray.FromNumpy(swollen), frame)
        move.Set(look_at(eye(frame), (0.0, 0.6, 0.0)), frame)
    _light(stage)
    stage.Save()
    return path


def _light(stage: Usd.Stage) -> None:
    sky = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    add_light(stage, sky, color=(0.5, 0.65, 1.0), intensity=0.2, group="sky")
    key = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/Key")
    key.CreateWidthAttr(1.5)
    key.CreateHeightAttr(1.5)
    key.AddTransformOp().Set(look_at((2.0, 3.5, 2.5), (0.0, 0.4, 0.0)))
    add_light(stage, key, color=(1.0, 0.85, 0.7), intensity=12.0, group="key")
