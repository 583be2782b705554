"""A car that drives: acceleration in phases, a body that rides on its springs, wheels that roll, and slip.

How far it has come when is `planning/driving.py`, how its body rides `suspension.py`, when its tyres slip `tyres.py`;
any frame can be had without the ones before it.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.motion.suspension import ride
from secondunit_engine.motion.tyres import find_slips, rolled, water_on
from secondunit_engine.planning.driving import Drive, plan_drive, room_before
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.props.car import BODY, CAR, WHEELS
from secondunit_engine.world.props.car_body import WHEEL_RADIUS
from secondunit_engine.world.stage import MARKS, camera_mark

Array = NDArray[np.floating]

_PIVOT: Final = 0.42  # m above the road, about where the body pitches


def write_car(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> Drive | None:
    """Write the car's run over `place`'s /Shot/Props/Car into `stage`; None if the set has no car."""
    car = place.GetPrimAtPath(CAR)
    if not car.IsValid():
        return None
    mark = UsdGeom.XformCache().GetLocalToWorldTransform(car)
    drive = plan_drive(shot, _room(shot, place, mark))
    times = story_times(shot)
    distance = drive.distance(times)  # (F,)
    codes = time_codes(shot)
    _write_run(stage, codes, mark, drive.origin + distance)
    _write_body(stage, shot, drive, times)
    slips = find_slips(shot, drive, water_on(place) > 0)
    for name, centre in WHEELS.items():
        gone = rolled(drive, times, slips, "front" if centre[2] > 0 else "rear")
        _write_wheel(stage, codes, f"{CAR}/{name}", centre, np.degrees(gone / WHEEL_RADIUS))
    return drive


def _room(shot: ShotPlan, place: Usd.Stage, mark: Gf.Matrix4d) -> float:
    """How far the car may drive on before its nose reaches the lens of this shot size [m]."""
    camera = place.GetPrimAtPath(f"{MARKS}/{camera_mark(shot.camera.size)}")
    if not camera.IsValid():
        return room_before(None)
    lens = UsdGeom.XformCache().GetLocalToWorldTransform(camera).ExtractTranslation()
    return room_before(float((np.array([*lens, 1.0]) @ np.linalg.inv(np.array(mark)))[2]))


def _write_run(stage: Usd.Stage, codes: range, mark: Gf.Matrix4d, along: Array) -> None:
    op = _transform(stage, CAR)
    for code, z in zip(codes, along.tolist(), strict=True):
        op.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, 0, z)) * mark, code)


def _write_body(stage: Usd.Stage, shot: ShotPlan, drive: Drive, times: Array) -> None:
    """Pitch under acceleration, heave over the road, and a tremble of the engine; as much as the intensity says."""
    heave, pitch = ride(drive, times, shot.seed)
    tremble = 0.0003 * np.sin(2 * np.pi * 13.0 * times + shot.seed % 7)
    heave, pitch = shot.motion.intensity * (heave + tremble), shot.motion.intensity * pitch
    op = _transform(stage, BODY)
    for code, angle, rise in zip(time_codes(shot), pitch.tolist(), heave.tolist(), strict=True):
        turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(1, 0, 0), -math.degrees(angle)))
        down, up = (Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, y, 0)) for y in (-_PIVOT, _PIVOT + rise))
        op.Set(down * turn * up, code)


def _write_wheel(stage: Usd.Stage, codes: range, path: str, centre: tuple[float, float, float], degrees: Array) -> None:
    """A turn about the axle as an angle, because matrices do not blend between frames of a fast wheel."""
    wheel = UsdGeom.Xformable(stage.OverridePrim(path))
    wheel.ClearXformOpOrder()
    wheel.AddTranslateOp(UsdGeom.XformOp.PrecisionDouble).Set(Gf.Vec3d(*centre))
    spin = wheel.AddRotateXOp(UsdGeom.XformOp.PrecisionDouble, "spin")
    for code, angle in zip(codes, degrees.tolist(), strict=True):
        spin.Set(angle, code)


def _transform(stage: Usd.Stage, path: str) -> Usd.Attribute:
    """The time-sampled transform that the set defined, to be written over."""
    prim = stage.OverridePrim(path)
    return prim.CreateAttribute("xformOp:transform", Sdf.ValueTypeNames.Matrix4d, custom=False)
