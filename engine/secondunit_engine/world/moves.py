"""Camera moves: a composed pose becomes a pose per frame.

Speeds are those of real equipment: a dolly to 1.5 m/s, a jib to 0.7 m/s, a drone to 8 m/s. Every move starts at the
composed pose, except pan and tilt, which arrive at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world.framing import Pose, Vector, unit

_UP = np.array([0.0, 1.0, 0.0])
_DOLLY, _JIB, _DRONE = 1.5, 0.7, 8.0  # top speeds [m/s]


@dataclass(frozen=True)
class Ride:
    """What a move knows: the composed pose, its speed, the seconds it has, and what the subject does meanwhile.

    path: The subject's way from where it started [m], shape [frames, 3].
    nearest: The smallest axial distance of the subject's surface over the shot [m].
    steady: Frames over which the operator evens out that way (a standard deviation); 0 follows every step.
    """

    start: Pose
    speed: float
    seconds: float
    path: NDArray[np.float64]
    nearest: float
    seed: int
    steady: float = 0.0


Move = Callable[[Ride, NDArray[np.float64]], list[Pose]]


def ease(time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Progress of a move at `time` 0 to 1: half constant speed, half eased in and out; goes on evenly outside."""
    inside = np.clip(time, 0.0, 1.0)
    return 0.5 * time + 0.5 * inside * inside * (3 - 2 * inside)


def ride(move: str, journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """The poses of a move at each `time` (0 first frame, 1 last frame), shape [frames]."""
    if journey.steady > 0:
        journey = replace(journey, path=even_out(journey.path, journey.steady, int(np.argmin(np.abs(time)))))
    return _MOVES[move](journey, time)


def even_out(path: NDArray[np.float64], steady: float, first: int) -> NDArray[np.float64]:
    """A way without the jerks of steps and starts, shape [frames, 3]; it still begins where the subject begins.

    Beyond the ends it goes on as it came, so that a walk that is cut into does not seem to start there.
    """
    reach = int(np.ceil(3 * steady))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / steady) ** 2)
    padded = np.pad(path, ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd") if len(path) > 1 else path
    if len(padded) != len(path) + 2 * reach:
        return path
    smooth = np.stack([np.convolve(axis, kernel / kernel.sum(), mode="valid") for axis in padded.T], axis=1)  # (F, 3)
    return smooth - smooth[first]


def _static(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    return [journey.start] * len(time)


def _dolly(direction: float) -> Move:
    """Along the axis: toward the subject at most 45% of the way, and never nearer than half the gap to its surface.

    The operator pans half-way after a subject that leaves its place.
    """

    def move(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
        start = journey.start
        speed = min(0.06 * start.distance * journey.speed, _DOLLY)
        limit = 0.45 * start.distance
        if direction > 0:
            limit = min(limit, max(0.0, 0.5 * (journey.nearest - 0.5)))
        travel = direction * min(speed * journey.seconds, limit) * ease(time)  # (F,)
        return [
            _pan_after(Pose(start.eye + start.forward * d, start.forward, start.distance - d, start.roll), step)
            for d, step in zip(travel.tolist(), journey.path, strict=True)
        ]

    return move


def _track(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """Beside a moving subject at its own pace; past a still one, sideways."""
    start = journey.start
    if np.abs(journey.path).max() > 0.15:
        level = journey.path * np.array([1.0, 0.0, 1.0])  # (F, 3)
        return [Pose(start.eye + step, start.forward, start.distance, start.roll) for step in level]
    right = unit(np.cross(start.forward, _UP))
    travel = min(0.08 * start.distance * journey.speed, _DOLLY) * journey.seconds * (ease(time) - 0.5)
    return [_look_at(start, start.eye + right * d) for d in travel.tolist()]


def _pan(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """Follow a subject that moves across; else swing over it."""
    start = journey.start
    if np.abs(journey.path).max() > 0.15:
        return [_turn_toward(start, start.pivot + step) for step in journey.path]
    angle = min(8.0 * journey.speed * journey.seconds, 24.0) * (ease(time) - 0.5)
    return [replace(start, forward=_rotate(start.forward, _UP, -a)) for a in angle.tolist()]


def _tilt(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """Up, from below the subject to the composed frame."""
    start = journey.start
    right = unit(np.cross(start.forward, _UP))
    angle = min(6.0 * journey.speed * journey.seconds, 18.0) * (ease(time) - 1.0)
    return [replace(start, forward=_rotate(start.forward, right, a)) for a in angle.tolist()]


def _crane(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """Up on a jib, the subject held where it was in the frame."""
    start = journey.start
    rise = min(min(0.05 * start.distance * journey.speed, _JIB) * journey.seconds, 2.5) * ease(time)
    return [_look_at(start, start.eye + _UP * d) for d in rise.tolist()]


def _orbit(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    start = journey.start
    angle = min(7.0 * journey.speed * journey.seconds, 90.0) * ease(time)
    arm = start.eye - start.pivot
    return [_look_at(start, start.pivot + _rotate(arm, _UP, a)) for a in angle.tolist()]


def _handheld(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """An operator's breath and hands: sums of slow sines, centimetres and tenths of degrees; follows who walks."""
    start = journey.start
    seconds = time * journey.seconds
    sway = np.stack([_wander(journey.seed, axis, seconds) for axis in range(6)], axis=-1) * journey.speed  # (F, 6)
    right = unit(np.cross(start.forward, _UP))
    poses: list[Pose] = []
    for offset, step in zip(sway, journey.path, strict=True):
        followed = _turn_toward(start, start.pivot + step) if np.linalg.norm(step) < start.distance * 0.8 else start
        forward = _rotate(_rotate(followed.forward, _UP, 0.55 * offset[3]), right, 0.45 * offset[4])
        eye = start.eye + 0.016 * (right * offset[0] + _UP * offset[1]) + 0.01 * start.forward * offset[2]
        poses.append(Pose(eye, forward, start.distance, start.roll + 0.3 * float(offset[5])))
    return poses


def _wander(seed: int, axis: int, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth noise about 0 in -1 to 1, starting at 0: five sines from 0.25 to 2.2 Hz, weaker as they quicken."""
    random = np.random.Generator(np.random.PCG64([seed, axis]))
    rates = np.array([0.25, 0.45, 0.8, 1.35, 2.2]) * random.uniform(0.85, 1.15, 5)  # (5,)
    phases = random.uniform(0, 2 * np.pi, 5)  # (5,)
    weights = np.array([0.34, 0.26, 0.2, 0.13, 0.07])  # (5,)
    waves = np.sin(2 * np.pi * rates * seconds[:, None] + phases)  # (F, 5)
    return waves @ weights - np.sin(phases) @ weights


def _fly_through(journey: Ride, time: NDArray[np.float64]) -> list[Pose]:
    """A drone: forward on the axis, rising and falling gently, banking as it goes."""
    start = journey.start
    speed = min(0.2 * start.distance * journey.speed, _DRONE)
    limit = min(0.7 * start.distance, max(0.0, journey.nearest - 1.0))
    travel = min(speed * journey.seconds, limit)
    level = unit(start.forward * np.array([1.0, 0.15, 1.0]))
    poses: list[Pose] = []
    for progress in ease(time).tolist():
        lift = 0.12 * travel * np.sin(np.pi * np.clip(progress, 0.0, 1.0))
        eye = start.eye + level * travel * progress + _UP * lift
        forward = unit(start.pivot + start.forward * start.distance - eye)
        roll = start.roll + 3.0 * np.sin(2 * np.pi * progress) * min(1.0, travel)
        poses.append(Pose(eye, forward, float(np.dot(start.pivot - eye, forward)), roll))
    return poses


def _look_at(start: Pose, eye: Vector) -> Pose:
    """From a new eye, keep the composed pivot in the middle of the frame."""
    reach = start.pivot - eye
    return Pose(eye, unit(reach), float(np.linalg.norm(reach)), start.roll)


def _turn_toward(start: Pose, point: Vector) -> Pose:
    reach = point - start.eye
    return Pose(start.eye, unit(reach), float(np.linalg.norm(reach)), start.roll)


def _pan_after(pose: Pose, step: Vector) -> Pose:
    """Turn level after a subject that has moved by `step` [m]: half of its angle, at most 12 degrees."""
    before, after = pose.forward * pose.distance, pose.forward * pose.distance + step
    nearer = float(pose.forward @ step)
    if pose.forward @ after < 0.5 and nearer < -1e-6:
        after = before + step * max(0.0, (0.5 - pose.distance) / nearer)
    bearing = np.degrees(np.arctan2(after[0], after[2]) - np.arctan2(before[0], before[2]))
    bearing = (bearing + 180.0) % 360.0 - 180.0
    forward = _rotate(pose.forward, _UP, min(max(0.5 * float(bearing), -12.0), 12.0))
    return Pose(pose.eye, forward, pose.distance, pose.roll)


def _rotate(vector: Vector, axis: Vector, degrees: float) -> Vector:
    """Rodrigues' rotation about a unit axis, counter-clockwise seen against it."""
    angle = np.radians(degrees)
    turned = vector * np.cos(angle) + _cross(axis, vector) * np.sin(angle)
    return turned + axis * np.dot(axis, vector) * (1 - np.cos(angle))


def _cross(a: Vector, b: Vector) -> Vector:
    """The cross product of two vectors; numpy's own takes ten times as long for one pair."""
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


_MOVES: dict[str, Move] = {
    "static": _static, "push in": _dolly(+1.0), "pull out": _dolly(-1.0), "track": _track, "pan": _pan,
    "tilt": _tilt, "crane": _crane, "orbit": _orbit, "handheld": _handheld, "fly-through": _fly_through,
}  # fmt: skip
