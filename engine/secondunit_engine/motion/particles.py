"""What hangs and falls in the air: rain, drops, spray from wheels, motes, embers and snow.

A set declares fields (`RainField`, `Motes` of world/air.py); each becomes UsdGeomPoints with a sample a frame. Every
particle is a closed form of story time and the shot's seed: a path through a box that begins again when it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom, Vt

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.motion.tyres import water_of
from secondunit_engine.planning.driving import Drive
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.air import Motes, RainField, Sprite, add_particles, read_field, set_particles
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.props.car import CAR, WHEELS
from secondunit_engine.world.stage import AIR, MARKS, camera_mark

Array = NDArray[np.floating]

_FALL: Final = (6.0, 8.5)  # speed of raindrops of 1.5 to 3 mm [m/s] (Gunn and Kinzer 1949)
_GRAVITY: Final = 9.81
_SPRAY_LIFE: Final = 0.55  # s
_MIST_LIFE: Final = 1.1  # s
_FULL_SPRAY: Final = 5.5  # m/s from which tyres throw all that a flooded road has
_LEAST_SMEAR: Final = 0.6  # of a streak's true length: shorter ones read as dashes, not as rain
_HANGING_BELOW: Final = 0.6  # time scale under which drops seem to hang


@dataclass(frozen=True)
class Swarm:
    """Particles of one sprite: what does not change over the shot, and how to ask for an instant.

    widths [m], shape [particles]; color: radiance in ACEScg.
    """

    name: str
    sprite: Sprite
    widths: Array
    color: tuple[float, float, float]


def write_particles(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage, drive: Drive | None) -> None:
    """Write every particle field of the set `place` into `stage`, and the spray of the car's wheels in the rain."""
    air = place.GetPrimAtPath(AIR)
    for number, prim in enumerate(air.GetChildren() if air.IsValid() else ()):
        field = read_field(prim)
        seed = shot.seed * 101 + number
        if isinstance(field, RainField):
            _write_rain(shot, place, stage, prim.GetName(), field, seed)
            if drive is not None:
                _write_spray(shot, place, stage, drive, field, seed + 50)
        elif isinstance(field, Motes):
            _write_motes(shot, place, stage, prim.GetName(), field, seed)


def _begin(stage: Usd.Stage, swarm: Swarm) -> UsdGeom.Points:
    points = add_particles(stage, swarm.name, swarm.sprite)
    points.CreateWidthsAttr(Vt.FloatArray.FromNumpy(np.ascontiguousarray(swarm.widths, np.float32)))
    points.CreateDisplayColorAttr([Gf.Vec3f(*map(float, swarm.color))])
    return points


def _write_rain(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage, name: str, field: RainField, seed: int) -> None:
    low, high = np.array(field.low), np.array(field.high)
    rng = np.random.Generator(np.random.PCG64(seed))
    streaks = _begin(stage, Swarm(f"{name}Points", "streak", rng.uniform(0.0010, 0.0026, field.streaks), field.color))
    start = rng.random((field.streaks, 3))
    fall = np.tile(np.array(field.wind, float), (field.streaks, 1))  # (N, 3)
    fall[:, 1] = -rng.uniform(*_FALL, field.streaks)
    fall[:, [0, 2]] += rng.normal(0, 0.15, (field.streaks, 2))

    count = int(field.drops * np.clip((1 - shot.motion.time_scale) / (1 - _HANGING_BELOW), 0, 1))
    near, far = _before_lens(shot, place, low, high)
    size = np.clip(rng.lognormal(np.log(0.0085), 0.6, count), 0.003, 0.030)
    drops = _begin(stage, Swarm(f"{name}DropsPoints", "drop", size, field.color)) if count else None
    hang = rng.random((count, 3))
    toss = np.concatenate(
        [rng.normal(0, 0.25, (count, 1)), rng.normal(-0.9, 0.45, (count, 1)), rng.normal(0.2, 0.3, (count, 1))], 1
    )

    pace = shot.motion.time_scale  # velocities are told as they are seen
    smear = max(pace, _LEAST_SMEAR)
    for code, time in zip(time_codes(shot), story_times(shot).tolist(), strict=True):
        set_particles(streaks, code, _wrapped(start, fall, time, low, high), fall * smear)
        if drops is not None:
            set_particles(drops, code, _wrapped(hang, toss, time, near, far), toss * pace)


def _wrapped(start: Array, velocity: Array, time: float, low: Array, high: Array) -> Array:
    """Straight flight through a box [N, 3] from `start` (0 to 1 in the box); who leaves comes in opposite."""
    return low + np.mod(start * (high - low) + velocity * time, high - low)


def _before_lens(shot: ShotPlan, place: Usd.Stage, low: Array, high: Array) -> tuple[Array, Array]:
    """The part of a rain box that the camera of this shot size looks through closely: its corners."""
    mark = place.GetPrimAtPath(f"{MARKS}/{camera_mark(shot.camera.size)}")
    if not mark.IsValid():
        return low, high
    to_world = UsdGeom.XformCache().GetLocalToWorldTransform(mark)
    eye = np.array(to_world.ExtractTranslation())
    look = -np.array(to_world.GetRow3(2))
    middle = eye + look * 2.7
    reach = np.array([2.5, 1.7, 2.2])
    return np.maximum(low, middle - reach), np.minimum(high, middle + reach)


def _write_spray(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage, drive: Drive, field: RainField, seed: int) -> None:
    """Water that the tyres throw: bright drops in flight and a mist that hangs behind; as many of them as speed, the
    water on the road and the motion's intensity say."""
    water = water_of(field)
    mark = UsdGeom.XformCache().GetLocalToWorldTransform(place.GetPrimAtPath(CAR))
    turn, origin = np.array(mark)[:3, :3], np.array(mark)[3, :3]
    rng = np.random.Generator(np.random.PCG64(seed))
    thin, faint = scaled(field.color, 0.8), scaled(field.color, 0.10)
    kinds = (
        (Swarm("SprayPoints", "streak", rng.uniform(0.0012, 0.0032, 914), thin), _SPRAY_LIFE, 1.0, 0.0),
        (Swarm("SprayMistPoints", "mote", rng.uniform(0.05, 0.16, 371), faint), _MIST_LIFE, 0.45, 5.0),
    )
    for swarm, life, force, drag in kinds:
        points = _begin(stage, swarm)
        count = len(swarm.widths)
        rank = (np.arange(count) + 0.5) / count
        born = rng.random(count) * life
        wheel = np.array(list(WHEELS.values()))[rng.integers(0, 4, count)]  # (N, 3)
        offset = np.column_stack(
            [rng.uniform(-0.13, 0.13, count), rng.uniform(0.0, 0.05, count), rng.uniform(-0.34, -0.2, count)]
        )
        aim = np.column_stack(
            [
                rng.normal(0, 0.14, count) + 0.16 * np.sign(wheel[:, 0]),
                rng.uniform(0.08, 0.42, count),
                -rng.uniform(0.0, 0.35, count),
            ]
        )
        for code, time in zip(time_codes(shot), story_times(shot).tolist(), strict=True):
            age = np.mod(time - born, life)
            birth = time - age
            speed = drive.speed(birth)
            velocity = aim * speed[:, None] * force + [0, 0, 0.25] * speed[:, None]  # air is dragged along
            # With drag k: x = v (1 - e^-kt) / k, and mist does not fall.
            flown = velocity * (age if drag == 0 else (1 - np.exp(-drag * age)) / drag)[:, None]
            at = wheel * [1, 0, 1] + offset + [0, 0, 1] * (drive.origin + drive.distance(birth))[:, None] + flown
            now = velocity * np.exp(-drag * age)[:, None]
            if drag == 0:
                at[:, 1] -= _GRAVITY / 2 * age**2
                now[:, 1] -= _GRAVITY * age
            much = shot.motion.intensity * np.minimum(water * (speed / _FULL_SPRAY) ** 1.5, 1.0)
            hidden = (at[:, 1] < 0.004) | (speed < 0.3) | (rank >= much)  # landed, or too slow to throw water
            at[hidden], now[hidden] = [0, -10, 0], 0.0
            set_particles(points, code, at @ turn + origin, now @ turn * shot.motion.time_scale)


def _write_motes(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage, name: str, field: Motes, seed: int) -> None:
    """Specks that wander; where the script lets them swirl they turn about the hero and rise."""
    low, high = np.array(field.low), np.array(field.high)
    rng = np.random.Generator(np.random.PCG64(seed))
    size = np.clip(field.size * rng.lognormal(0, 0.35, field.count), 0.25 * field.size, 3 * field.size)
    points = _begin(stage, Swarm(f"{name}Points", "mote", size, field.color))
    start = rng.random((field.count, 3))
    rate, phase = rng.uniform(0.15, 0.7, (2, field.count, 3)), rng.uniform(0, 2 * np.pi, (2, field.count, 3))
    climb = np.tile(np.array(field.wind, float), (field.count, 1))
    climb[:, 1] = field.rise * rng.uniform(0.5, 1.5, field.count)
    climb += rng.normal(0, 0.25 * field.drift, (field.count, 3))
    reach = field.drift / rate / np.sqrt(2)  # amplitude whose speed is the drift
    stir = _stirring(shot)
    hero = _hero(place)

    def at(time: float) -> Array:
        wander = (reach * np.sin(2 * np.pi * rate * time / 2 + phase)).sum(axis=0) / np.pi
        return _stirred(_wrapped(start, climb, time, low, high) + wander, hero, time, stir)

    step = 1e-3
    for code, time in zip(time_codes(shot), story_times(shot).tolist(), strict=True):
        here, then = at(time), at(time + step)
        velocity = (then - here) / step
        velocity[np.abs(velocity).max(axis=1) > 20] = 0.0  # came in again on the other side
        set_particles(points, code, here, velocity * shot.motion.time_scale)


def _stirring(shot: ShotPlan) -> tuple[float, float] | None:
    """Story time at which the script stirs the motes, and how strongly; None if it does not."""
    for action in shot.actions:
        if action.actor.lower() in ("motes", "dust") and action.verb in ("swirl", "rise", "lift", "scatter", "whirl"):
            return action.start * float(1 / shot.rate.fraction) * shot.motion.time_scale, shot.motion.intensity
    return None


def _hero(place: Usd.Stage) -> Array:
    mark = place.GetPrimAtPath(f"{MARKS}/hero")
    if not mark.IsValid():
        return np.zeros(3)
    return np.array(UsdGeom.XformCache().GetLocalToWorldTransform(mark).ExtractTranslation())


def _stirred(points: Array, hero: Array, time: float, stir: tuple[float, float] | None) -> Array:
    """Turn and lift what is within about 1.5 m of the hero, setting in over a second."""
    if stir is None or time <= stir[0]:
        return points
    since = time - stir[0]
    eased = since**2 / (1 + since)  # starts gently, then goes on evenly
    offset = points - hero
    radius = np.hypot(offset[:, 0], offset[:, 2])
    grip = stir[1] * np.exp(-((radius / 1.4) ** 2))
    angle = 1.6 * grip * eased
    c, s = np.cos(angle), np.sin(angle)
    turned = np.column_stack(
        [c * offset[:, 0] + s * offset[:, 2], offset[:, 1] + 0.35 * grip * eased, c * offset[:, 2] - s * offset[:, 0]]
    )
    return hero + turned
