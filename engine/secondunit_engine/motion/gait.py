"""Walking and running on a planned path: legs that carry the body as far as the path does.

Steps are counted in metres of the path, not in seconds, so that feet stay where they are put. A foot that is down
moves back under the hip as fast as the body goes forward; it rolls over its ball, swings forward with the knee bent and
lands on the heel. Hip and knee are solved from the ankle's place (two-bone inverse kinematics), and the hips sink as
far as the longer reach needs. Stride and duty follow Winter, Biomechanics and Motor Control of Human Gait (1991).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.cast.body import Body

Array = NDArray[np.float64]

_MOVING = 0.45  # m/s from which a gait is a whole one; below, it fades into standing
_REACH = 0.997  # of the leg's length that hip and knee use
_SINK = (0.03, 0.085)  # m that hips sink with a leg under them, and at most
_ROLL = (0.66, 24.0)  # share of the stance from which the heel rises, and degrees by which it has when the toe leaves
_STRIKE = (0.16, 14.0)  # share of the stance in which the foot comes down, and degrees it is up at first
_GRASP = 1e-6


@dataclass(frozen=True)
class Gait:
    """Degrees per bone and frame about the body's x axis, and how far the hips sink [m]; each of shape [frames].

    `share` is how much of a gait it is (0 stands, 1 walks), `forward` where each leg is (1 ahead, -1 behind), and
    `strikes` are the frames, between frames as well, at which each foot comes down.
    """

    turns: dict[str, Array]
    sink: Array
    share: Array
    forward: dict[str, Array]
    speed: Array
    strikes: dict[str, Array]


def walk_along(body: Body, places: Array, rate: float) -> Gait:
    """The gait of a body whose root is at `places` on the floor [m], shape [frames, 2], at `rate` frames a second."""
    step = np.hypot(*np.diff(places, axis=0, prepend=places[:1]).T)  # (F,) [m]
    step = np.convolve(np.pad(step, 2, mode="edge"), np.full(5, 0.2), mode="valid") if len(step) > 4 else step
    speed = step * rate
    height = float(body.joints[body.anatomy.bone("upperleg01.L")][1]) / 0.9  # of the hip, against a grown-up's
    stride = (0.75 + 0.5 * speed) * height  # m of two steps
    duty = np.clip(0.62 - 0.16 * np.clip(speed / height - 1.25, 0, 1.3), 0.4, 0.62)  # share of a cycle a foot is down
    gone = np.hypot(*np.diff(places, axis=0, prepend=places[:1]).T)
    phase = np.cumsum(gone / stride)  # cycles
    share = np.clip(speed / _MOVING, 0, 1)
    share = share * share * (3 - 2 * share)
    feet = {side: _foot(body, side, (phase + offset) % 1.0, stride, duty) for side, offset in (("L", 0.0), ("R", 0.5))}
    needed = np.max([_needed(body, side, *foot[:2]) for side, foot in feet.items()], axis=0)
    sink = _smooth(np.clip(needed, *_SINK)) * share
    turns: dict[str, Array] = {}
    for side, (ahead, up, pitch) in feet.items():
        thigh, shank = _bend(body, side, share * ahead, share * up, sink)
        turns[f"upperleg01.{side}"] = thigh
        turns[f"lowerleg01.{side}"] = shank - thigh
        turns[f"foot.{side}"] = share * pitch - shank
    forward = {side: 2 * foot[0] / (stride * duty) for side, foot in feet.items()}
    strikes = {side: _strikes(phase + offset, share) for side, offset in (("L", 0.0), ("R", 0.5))}
    return Gait(turns, sink, share, forward, speed, strikes)


def _strikes(phase: Array, share: Array) -> Array:
    """Frames at which a foot's phase comes round, if its owner walks then."""
    whole = np.arange(np.ceil(phase[0] + _GRASP), phase[-1])
    rising = np.concatenate([[True], np.diff(phase) > 0])
    frames = np.interp(whole, phase[rising], np.flatnonzero(rising))
    return frames[np.interp(frames, np.arange(len(share)), share) > 0.5]


def _foot(body: Body, side: str, phase: Array, stride: Array, duty: Array) -> tuple[Array, Array, Array]:
    """Where an ankle is against a standing one [m ahead, m up] and the foot's pitch [degrees, toe down]."""
    half = stride * duty / 2
    down = phase < duty
    stance = np.clip(phase / duty, 0, 1)
    swing = np.clip((phase - duty) / (1 - duty), 0, 1)
    slope = -2 * half / duty * (1 - duty)  # of the stance, per swing, so that a foot neither brakes nor jumps
    ahead = np.where(down, half * (1 - 2 * stance), _hermite(swing, -half, half, slope))
    roll = _ROLL[1] * _ease((stance - _ROLL[0]) / (1 - _ROLL[0]))
    strike = -_STRIKE[1] * (1 - _ease(stance / _STRIKE[0]))
    swinging = _ROLL[1] * (1 - _ease(swing / 0.55)) - _STRIKE[1] * _ease((swing - 0.55) / 0.45)
    pitch = np.where(down, roll + strike, swinging)
    ankle, toe = (body.joints[body.anatomy.bone(f"{bone}.{side}")] for bone in ("foot", "toe1-1"))
    ball, heel = toe[[2, 1]] - ankle[[2, 1]], np.array([-0.05, -0.9 * ankle[1]])
    about_ball, about_heel = _pivot(ball, np.maximum(pitch, 0)), _pivot(heel, np.minimum(pitch, 0))
    lift = np.where(down, 0.0, 0.075 * np.sin(np.pi * swing) ** 1.5)
    return ahead + about_ball[0] + about_heel[0], lift + about_ball[1] + about_heel[1], pitch


def _pivot(point: Array, degrees: Array) -> tuple[Array, Array]:
    """How far an ankle moves [m ahead, m up] as its foot turns by `degrees`, toe down, about a point of its sole."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    ahead, up = -point
    return up * sin + ahead * cos - ahead, up * cos - ahead * sin - up


def _leg(body: Body, side: str) -> tuple[Array, Array, Array]:
    """Hip, knee and ankle at rest in the plane of the walk [m ahead, m up]."""
    hip, knee, ankle = (
        body.joints[body.anatomy.bone(f"{bone}.{side}")][[2, 1]] for bone in ("upperleg01", "lowerleg01", "foot")
    )
    return hip, knee, ankle


def _needed(body: Body, side: str, ahead: Array, up: Array) -> Array:
    """How far the hips must sink for a leg to reach its ankle's place [m]."""
    hip, knee, ankle = _leg(body, side)
    reach = _REACH * (np.hypot(*(knee - hip)) + np.hypot(*(ankle - knee)))
    across = ankle[0] + ahead - hip[0]
    return np.maximum(0.0, hip[1] - ankle[1] - up - np.sqrt(np.maximum(reach**2 - across**2, 0.0)))


def _bend(body: Body, side: str, ahead: Array, up: Array, sink: Array) -> tuple[Array, Array]:
    """Degrees that thigh and shank turn from rest about x (positive is backward) to bring the ankle to its place."""
    hip, knee, ankle = _leg(body, side)
    thigh, shank = float(np.hypot(*(knee - hip))), float(np.hypot(*(ankle - knee)))
    across, below = ankle[0] + ahead - hip[0], hip[1] - sink - ankle[1] - up
    straight = float(np.hypot(*(ankle - hip)))
    distance = np.clip(np.hypot(across, below), abs(thigh - shank) + _GRASP, max(_REACH * (thigh + shank), straight))
    distance = np.minimum(distance, thigh + shank - _GRASP)
    aim = np.arctan2(across, below)
    at_hip = np.arccos((thigh**2 + distance**2 - shank**2) / (2 * thigh * distance))
    at_ankle = np.arccos((shank**2 + distance**2 - thigh**2) / (2 * shank * distance))
    rest_thigh = np.arctan2(knee[0] - hip[0], hip[1] - knee[1])
    rest_shank = np.arctan2(ankle[0] - knee[0], knee[1] - ankle[1])
    return np.degrees(rest_thigh - (aim + at_hip)), np.degrees(rest_shank - (aim - at_ankle))


def _ease(share: Array) -> Array:
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)


def _hermite(t: Array, start: Array, end: Array, slope: Array) -> Array:
    """A cubic from start to end that leaves and arrives with the same slope."""
    return (2 * t**3 - 3 * t**2 + 1) * start + (3 * t**2 - 2 * t**3) * end + (2 * t**3 - 3 * t**2 + t) * slope


def _smooth(values: Array) -> Array:
    """A three-frame average, so that hips do not jerk."""
    return np.convolve(np.pad(values, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
