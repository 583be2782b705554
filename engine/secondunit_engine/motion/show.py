"""The show of a set, as time samples: sweeping heads, turning holograms, bars that beat (world/show.py)."""

from __future__ import annotations

import numpy as np
from pxr import Gf, Usd, UsdGeom, Vt

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.show import PULSE, SPIN, SWEEP, levels, swung


def write_show(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> None:
    """Write what the set `place` declares to move by itself into `stage`."""
    codes = list(zip(time_codes(shot), story_times(shot).tolist(), strict=True))
    for prim in place.Traverse():
        if prim.HasAttribute(SWEEP):
            _sweep(prim, stage, codes)
        elif prim.HasAttribute(SPIN):
            _spin(prim, stage, codes)
        elif prim.HasAttribute(PULSE):
            _pulse(prim, stage, codes)


def _sweep(prim: Usd.Prim, stage: Usd.Stage, codes: list[tuple[int, float]]) -> None:
    rest = UsdGeom.Xformable(prim).GetLocalTransformation()
    pan, tilt, period, phase = prim.GetAttribute(SWEEP).Get()
    op = UsdGeom.Xformable(stage.OverridePrim(prim.GetPath())).MakeMatrixXform()
    for code, time in codes:
        op.Set(swung(rest, (pan, tilt, period, phase), time), code)


def _spin(prim: Usd.Prim, stage: Usd.Stage, codes: list[tuple[int, float]]) -> None:
    rest = UsdGeom.Xformable(prim).GetLocalTransformation()
    rate = float(prim.GetAttribute(SPIN).Get())
    op = UsdGeom.Xformable(stage.OverridePrim(prim.GetPath())).MakeMatrixXform()
    for code, time in codes:
        turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), rate * time))
        op.Set(turn * rest, code)


def _pulse(prim: Usd.Prim, stage: Usd.Stage, codes: list[tuple[int, float]]) -> None:
    """Bars are four points each, two below and two above them."""
    bars = np.array(UsdGeom.Mesh(prim).GetPointsAttr().Get(), np.float32).reshape(-1, 4, 3)
    feet, rise = bars[:, :2], bars[:, 2:] - bars[:, [1, 0]]
    tempo = float(prim.GetAttribute(PULSE).Get())
    points = UsdGeom.Mesh(stage.OverridePrim(prim.GetPath())).CreatePointsAttr()
    for code, time in codes:
        tops = feet[:, ::-1] + rise * levels(len(bars), tempo, time)[:, None, None]
        moved = np.concatenate([feet, tops], axis=1).reshape(-1, 3)
        points.Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(moved, np.float32)), code)
