"""Where a planned camera is at every frame, from the plan and the survey of the set alone.

The finished shot solves again on the real bodies (`world/camera.py`); this is what the board draws, what the checks
measure, and what a move is held by: no camera meets the set or a person, none outruns what carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.planning.floor import Floor, floor_at
from secondunit_engine.planning.plan import CameraPlan, ShotPlan
from secondunit_engine.planning.rigs import LIMITS, broken_limit
from secondunit_engine.planning.scouting import EYES
from secondunit_engine.world.framing import APERTURE_MM, Pose, move_for_lens, set_angle, unit
from secondunit_engine.world.moves import Ride, even_out, ride

Vector = NDArray[np.float64]
_SLOWEST = 0.05  # of a move's speed, below which it is a still camera
_ARM = 0.35  # metres that a camera keeps from everybody's middle


def camera_poses(shot: ShotPlan, frames: ArrayLike | None = None) -> list[Pose]:
    """The camera [m, degrees] at each frame of a shot, or at some frames of it."""
    floor = floor_at(shot.set)
    path = subject_path(shot, floor)  # (F, 3)
    start = start_pose(shot.camera, floor, path[0])
    at = np.arange(shot.frames) if frames is None else np.asarray(frames, np.int64)
    return _ride(shot, start, path, at)


def every_second(shot: ShotPlan) -> NDArray[np.int64]:
    """Every second frame and the last: at 2 m/s a camera is nowhere between two of them that is not within 9 cm."""
    return np.unique(np.append(np.arange(0, shot.frames, 2), shot.frames - 1))


def project(pose: Pose, lens_mm: float, point: Vector) -> tuple[float, float, float]:
    """Where a point [m] lies in the picture (x from the left, y from the top, 0 to 1), and its depth [m]."""
    right = unit(np.cross(pose.forward, [0.0, 1.0, 0.0]))
    up = np.cross(right, pose.forward)
    turn = np.radians(pose.roll)
    right, up = right * np.cos(turn) + up * np.sin(turn), up * np.cos(turn) - right * np.sin(turn)
    offset = np.asarray(point, float) - pose.eye
    depth = float(offset @ pose.forward)
    scale = lens_mm / max(depth, 1e-9)
    return (
        0.5 + float(offset @ right) * scale / APERTURE_MM[0],
        0.5 - float(offset @ up) * scale / APERTURE_MM[1],
        depth,
    )


def _ride(shot: ShotPlan, start: Pose, path: Vector, at: NDArray[np.int64]) -> list[Pose]:
    if shot.camera.move == "static":
        return [start] * len(at)
    nearest = float(((path - start.eye) @ start.forward).min()) - 0.25
    seconds = float(shot.rate.seconds(shot.frames))
    way = path - path[0]
    if shot.camera.station:
        way = even_out(way, LIMITS[shot.camera.rig].steady, 0)
    journey = Ride(start, shot.camera.speed, seconds, way[at], max(0.1, nearest), shot.seed)
    return ride(shot.camera.move, journey, at / max(1, shot.frames - 1))


def subject_path(shot: ShotPlan, floor: Floor) -> Vector:
    """Where the subject's eyes or middle are at each frame [m], shape [frames, 3]."""
    way = way_of(shot, shot.camera.subject)
    if way is not None:
        return way
    thing = floor.thing(shot.camera.subject)
    hero = floor.mark("hero")
    middle = thing.middle if thing else (hero.x, EYES["stand"], hero.z)
    return np.tile(np.array(middle, float), (shot.frames, 1))


def way_of(shot: ShotPlan, name: str) -> Vector | None:
    """Somebody's eyes at each frame [m], shape [frames, 3]; None for who is not staged."""
    path = next((path for path in shot.blocking if path.who == name), None)
    if path is None:
        return None
    starts = np.array([spot.start for spot in path.spots])
    frames = np.arange(shot.frames)
    x, z = (np.interp(frames, starts, [getattr(spot, axis) for spot in path.spots]) for axis in "xz")
    nearer = np.searchsorted((starts[1:] + starts[:-1]) / 2, frames)  # the spot whose posture holds
    return np.stack([x, np.array([EYES[spot.posture] for spot in path.spots])[nearer], z], axis=1)


def start_pose(camera: CameraPlan, floor: Floor, subject: Vector) -> Pose:
    """The pose at the first frame: the planned station, else the set's mark for the size under the shot's lens."""
    if camera.station is not None:
        eye, look = np.array(camera.station.eye), np.array(camera.station.look)
        return Pose(eye, unit(look - eye), float(np.linalg.norm(look - eye)), 12.0 if camera.angle == "dutch" else 0.0)
    mark = floor.camera_mark(camera.size)
    if mark is None:
        eye = subject + np.array([0.0, 0.0, 3.0])
        return Pose(eye, unit(subject - eye), 3.0)
    eye, forward = np.array(mark.eye), np.array(mark.forward)
    distance = max(0.3, float((subject - eye) @ forward))
    pose = move_for_lens(Pose(eye, forward, distance), mark.lens_mm, camera.lens_mm)
    return pose if camera.angle == "eye" else set_angle(pose, camera.angle, floor.mark("hero").y)


def tame(shot: ShotPlan) -> ShotPlan | None:
    """The shot with a move that can be made: slowed until the camera has room at every frame and its rig keeps up.
    None if the move cannot be made at any speed."""
    if shot.camera.move == "static" or shot.camera.station is None:
        return shot
    return next(
        (tamed for camera in _gentler(shot.camera) if what_stops(tamed := replace(shot, camera=camera)) is None), None
    )


def _gentler(camera: CameraPlan) -> Iterator[CameraPlan]:
    """The same move, then gentler ones; who rides beside somebody cannot be slower than they are."""
    yield camera
    if camera.move == "track" and camera.rig == "dolly":
        yield replace(camera, rig="steadicam")
    speed = camera.speed / 2
    while camera.move not in ("track", "pan") and speed >= _SLOWEST:
        yield replace(camera, speed=round(speed, 3))
        speed /= 2


def what_stops(shot: ShotPlan) -> str | None:
    """Why a move cannot be made, as a sentence's end; None if it can. Raises nothing."""
    floor = floor_at(shot.set)
    at = every_second(shot)
    poses = camera_poses(shot, at)
    eyes = np.array([pose.eye for pose in poses])  # (A, 3)
    if not floor.room(eyes).all():
        return "meets the set"
    for path in shot.blocking:
        way = way_of(shot, path.who)
        if way is not None and meets(eyes, way[at]) and shot.camera.setup != "pov":
            return f"meets {path.who}"
    return broken_limit(shot.camera.rig, poses, pose_rate(shot), floor.mark("hero").y)


def pose_rate(shot: ShotPlan) -> float:
    """How many of the poses of every second frame there are in a second."""
    return float(shot.rate.fraction) / 2


def meets(eyes: Vector, way: Vector) -> bool:
    """Whether a camera, shape [frames, 3], comes within an arm of somebody whose eyes are there [m]."""
    near = np.hypot(*(eyes - way)[:, [0, 2]].T) < _ARM
    return bool((near & (eyes[:, 1] < way[:, 1] + 0.5)).any())
