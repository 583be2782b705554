"""Where a planned camera is at every frame, from the plan and the survey of the set alone.

The finished shot solves again on the real bodies (`world/camera.py`); this is what the board draws, what the checks
measure, and what a move is shortened by so that the camera never meets the set.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import Floor, floor_of
from secondunit_engine.planning.plan import CameraPlan, ShotPlan
from secondunit_engine.planning.setups import EYES
from secondunit_engine.planning.staging import place_at
from secondunit_engine.world.framing import Pose, move_for_lens, set_angle, unit
from secondunit_engine.world.moves import Ride, ride

Vector = NDArray[np.float64]
_SLOWEST = 0.05  # of a move's speed, below which it is a still camera


def camera_poses(shot: ShotPlan) -> list[Pose]:
    """The camera at each frame of a shot [m, degrees]."""
    floor = floor_of(shot.set.place)
    path = subject_path(shot, floor)  # (F, 3)
    start = start_pose(shot.camera, floor, path[0])
    return _ride(shot, start, path)


def _ride(shot: ShotPlan, start: Pose, path: Vector) -> list[Pose]:
    time = np.arange(shot.frames) / max(1, shot.frames - 1)
    nearest = float(((path - start.eye) @ start.forward).min()) - 0.25
    seconds = float(shot.rate.seconds(shot.frames))
    journey = Ride(start, shot.camera.speed, seconds, path - path[0], max(0.1, nearest), shot.seed)
    return ride(shot.camera.move, journey, time)


def subject_path(shot: ShotPlan, floor: Floor) -> Vector:
    """Where the subject's eyes or middle are at each frame [m], shape [frames, 3]."""
    way = next((path for path in shot.blocking if path.who == shot.camera.subject), None)
    if way is not None:
        spots = [place_at(way, frame) for frame in range(shot.frames)]
        return np.array([(spot.x, EYES[spot.posture], spot.z) for spot in spots])
    thing = floor.thing(shot.camera.subject)
    hero = floor.mark("hero")
    middle = thing.middle if thing else (hero.x, EYES["stand"], hero.z)
    return np.tile(np.array(middle, float), (shot.frames, 1))


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


def keep_clear(shot: ShotPlan) -> ShotPlan:
    """The shot with its move slowed until the camera has room at every frame; a move that cannot be made is still."""
    if shot.camera.move == "static" or shot.camera.station is None:
        return shot
    camera = shot.camera
    while camera.speed >= _SLOWEST:
        if is_clear(replace(shot, camera=camera)):
            return replace(shot, camera=camera)
        camera = replace(camera, speed=round(camera.speed * 0.5, 3))
    return replace(shot, camera=replace(camera, move="static", rig="tripod", speed=shot.camera.speed))


def is_clear(shot: ShotPlan) -> bool:
    """Whether the camera has room all the way."""
    floor = floor_of(shot.set.place)
    return bool(floor.room(np.array([pose.eye for pose in camera_poses(shot)])).all())
