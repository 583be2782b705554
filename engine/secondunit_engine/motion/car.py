"""A car that drives: acceleration in phases, weight transfer on a spring and damper, wheels that roll.

All of it is closed-form in story time, so any frame can be had without the ones before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.planning.plan import ActionPlan, ShotPlan
from secondunit_engine.world.props.car import BODY, CAR, WHEELS
from secondunit_engine.world.props.car_body import WHEEL_RADIUS
from secondunit_engine.world.stage import MARKS, camera_mark

Array = NDArray[np.floating]

NOSE: Final = 2.35  # m from the car's origin to its nose
_CLEAR: Final = 2.1  # m that stay between the nose and the lens, for the camera to move in as well
_ROLL_IN: Final = 3.0  # m that the speed at the start may cover in a shot; the rest is acceleration
_PITCH_PER_G: Final = math.radians(4.0)  # rise of the nose under 1 g
_SPRING_HZ, _DAMPING = 1.5, 0.32  # of the body on its springs; a road car has 1.2 to 2 Hz and 0.25 to 0.4
_PIVOT: Final = 0.42  # m above the road, about where the body pitches


@dataclass(frozen=True)
class Phase:
    """Constant acceleration from a moment on: story time [s], acceleration [m/s2], speed [m/s], distance [m]."""

    start: float
    acceleration: float
    speed: float
    distance: float


@dataclass(frozen=True)
class Drive:
    """A car's run along its own +Z, from `origin`. Before the first phase it rolls at that phase's speed."""

    phases: tuple[Phase, ...]
    origin: float

    def speed(self, time: Array) -> Array:
        """Speed [m/s] at story times [s]; a braking car stops and stays."""
        phase, since = self._at(time)
        return np.maximum(phase[:, 2] + phase[:, 1] * since, 0.0).reshape(np.shape(time))

    def distance(self, time: Array) -> Array:
        """Distance driven since time 0 [m] at story times [s]; negative before."""
        phase, since = self._at(time)
        slowing = phase[:, 1] < 0
        halt = np.where(slowing, phase[:, 2] / np.where(slowing, -phase[:, 1], 1.0), np.inf)
        since = np.minimum(since, halt)
        return (phase[:, 3] + phase[:, 2] * since + phase[:, 1] * since**2 / 2).reshape(np.shape(time))

    def pitch(self, time: Array) -> Array:
        """How far the nose rises [rad] under acceleration: second-order step responses, summed."""
        time = np.asarray(time, float)
        angle = np.zeros_like(time)
        before = 0.0
        for start, acceleration in self._steps():
            angle += (acceleration - before) / 9.81 * _PITCH_PER_G * _step_response(time - start)
            before = acceleration
        return angle

    def _steps(self) -> list[tuple[float, float]]:
        """When the acceleration changes and to what; a car that has braked to a halt is let go."""
        steps: list[tuple[float, float]] = []
        for number, phase in enumerate(self.phases):
            steps.append((phase.start, phase.acceleration))
            if phase.acceleration < 0:
                halt = phase.start - phase.speed / phase.acceleration
                if number + 1 == len(self.phases) or halt < self.phases[number + 1].start:
                    steps.append((halt, 0.0))
        return steps

    def _at(self, time: Array) -> tuple[Array, Array]:
        """The phase at each time as rows, and the time since it began."""
        table = np.array([(p.start, p.acceleration, p.speed, p.distance) for p in self.phases])  # (P, 4)
        flat = np.asarray(time, float).reshape(-1)
        rows = table[np.clip(np.searchsorted(table[:, 0], flat, side="right") - 1, 0, None)]
        early = flat < table[0, 0]
        rows[early, 1] = 0.0
        return rows, flat - rows[:, 0]


def _step_response(since: Array) -> Array:
    """A damped oscillator's answer to a unit step at 0: tends to 1 (any text on control)."""
    omega = 2 * math.pi * _SPRING_HZ
    root = math.sqrt(1 - _DAMPING**2)
    t = np.maximum(since, 0.0)
    swing = np.cos(omega * root * t) + _DAMPING / root * np.sin(omega * root * t)
    return 1 - np.exp(-_DAMPING * omega * t) * swing


def plan_drive(shot: ShotPlan, room: float) -> Drive:
    """The run that the shot's actions ask of the car.

    `room` [m] is how far it may come on from its mark. A longer run begins behind the mark, so that it ends there.
    """
    actions = sorted((a for a in shot.actions if a.actor.lower() == "car"), key=lambda a: a.start)
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    total = max(shot.frames - 1, 1) * seconds  # at the last frame
    if not actions:
        return Drive((Phase(0.0, 0.0, 0.0, 0.0),), 0.0)
    phases: list[Phase] = []
    speed = _first_speed(actions[0], shot.motion.intensity, total)
    run = Drive((Phase(0.0, 0.0, speed, 0.0),), 0.0)
    for action in actions:
        at = np.array([action.start * seconds])
        now, there = float(run.speed(at)[0]), float(run.distance(at)[0])
        phases.append(Phase(float(at[0]), _acceleration(action, shot.motion.intensity), now, there))
        run = Drive((Phase(0.0, 0.0, speed, 0.0), *phases) if phases[0].start > 0 else tuple(phases), 0.0)
    length = float(run.distance(np.array([total]))[0])
    return Drive(run.phases, min(0.0, room - length))


def _first_speed(action: ActionPlan, intensity: float, total: float) -> float:
    """Speed as the shot begins [m/s]. A car that will accelerate rolls in, as far as a short run allows."""
    if action.verb in ("park", "idle", "wait"):
        return 0.0
    if action.verb in ("brake", "stop"):
        return (5.0 + 5.0 * intensity) * _pace(action)
    return min((3.0 + 5.0 * intensity) * _pace(action), _ROLL_IN / max(total, 1e-6))


def _acceleration(action: ActionPlan, intensity: float) -> float:
    """[m/s2]; more with more intensity."""
    if action.verb in ("accelerate", "race", "launch", "speed"):
        return (0.6 + 2.0 * intensity) * _pace(action)
    if action.verb in ("brake", "stop"):
        return -(2.0 + 4.5 * intensity) * _pace(action)
    return 0.0


def _pace(action: ActionPlan) -> float:
    """How hard, from the words of the manner."""
    manner = action.manner.lower()
    if any(word in manner for word in ("slow", "gentl", "soft", "creep")):
        return 0.6
    return 1.4 if any(word in manner for word in ("fast", "hard", "quick", "sudden", "violent", "full")) else 1.0


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
    _write_body(stage, shot, drive, times, distance)
    for name, centre in WHEELS.items():
        _write_wheel(stage, codes, f"{CAR}/{name}", centre, np.degrees(distance / WHEEL_RADIUS))
    return drive


def _room(shot: ShotPlan, place: Usd.Stage, mark: Gf.Matrix4d) -> float:
    """How far the car may drive on before its nose reaches the lens of this shot size [m]."""
    camera = place.GetPrimAtPath(f"{MARKS}/{camera_mark(shot.camera.size)}")
    if not camera.IsValid():
        return 3.0
    lens = UsdGeom.XformCache().GetLocalToWorldTransform(camera).ExtractTranslation()
    ahead = (np.array([*lens, 1.0]) @ np.linalg.inv(np.array(mark)))[2]
    return max(0.0, ahead - NOSE - _CLEAR) if ahead > 0 else math.inf


def _write_run(stage: Usd.Stage, codes: range, mark: Gf.Matrix4d, along: Array) -> None:
    op = _transform(stage, CAR)
    for code, z in zip(codes, along.tolist(), strict=True):
        op.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, 0, z)) * mark, code)


def _write_body(stage: Usd.Stage, shot: ShotPlan, drive: Drive, times: Array, distance: Array) -> None:
    """Pitch under acceleration, and a little heave from the road and the engine."""
    rng = np.random.Generator(np.random.PCG64(shot.seed + 5))
    phase = rng.uniform(0, 2 * np.pi, 4)
    where = drive.origin + distance
    lengths = np.array([9.0, 4.1, 1.7])
    waves = np.sin(2 * np.pi * where[:, None] / lengths + phase[:3]).sum(axis=1)
    heave = shot.motion.intensity * (0.0016 * waves + 0.0003 * np.sin(2 * np.pi * 13.0 * times + phase[3]))
    pitch = shot.motion.intensity * drive.pitch(times)
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
