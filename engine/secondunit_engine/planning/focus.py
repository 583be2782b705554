"""Focus: what is sharp at a stop, and when the assistant pulls to who speaks.

A pull is made only where it is needed: the speaker's face is in the picture, and outside what is sharp already.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from secondunit_engine.planning.camera_path import camera_poses, project, subject_path, way_of
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import FocusPull, ShotPlan
from secondunit_engine.planning.staging import place_at
from secondunit_engine.world.framing import Pose

_CONFUSION_MM = 0.029  # the circle of confusion of a full frame, its diagonal by 1,500
_PULL = Fraction(1, 2)  # seconds of a pull, which arrives as the line begins
_PROFILE = 105.0  # degrees off the lens to which a face still is one
_HOLDS = frozenset(("pov", "insert", "reaction"))  # set-ups that are of what they are of, whoever speaks
_EDGE = 0.04  # of the picture, within which a face is not looked at


def depth_of_field(lens_mm: float, t_stop: float, distance: float, crop: float = 1.0) -> tuple[float, float]:
    """The nearest and the farthest distance [m] that are sharp with the focus at `distance` [m]; the farthest may be
    infinite. `lens_mm` is the lens that is mounted on a sensor `crop` times as wide as a full frame. By the hyperfocal
    distance (Jacobson, The Manual of Photography), a T-stop taken for an f-stop."""
    hyperfocal = (lens_mm**2 / (t_stop * _CONFUSION_MM * crop) + lens_mm) / 1000
    back = distance - lens_mm / 1000
    near = hyperfocal * distance / (hyperfocal + back)
    return near, math.inf if back >= hyperfocal else hyperfocal * distance / (hyperfocal - back)


def pull_focus(shot: ShotPlan) -> ShotPlan:
    """The shot with a pull to everybody who speaks into the lens's view out of focus. Shots that a set composed, and
    those of things, hold theirs."""
    names = {path.who for path in shot.blocking}
    lines = [line for line in shot.dialogue if line.character in names and not line.off_screen]
    if shot.camera.station is None or shot.camera.setup in _HOLDS or not lines:
        return shot
    poses = camera_poses(shot)
    sharp, pulls = shot.camera.focus_on, list[FocusPull]()
    length = min(shot.rate.frames(_PULL), shot.frames)
    for line in sorted(lines, key=lambda line: line.start):
        if line.character != sharp and _is_soft(shot, poses, line.start, line.character, sharp):
            pulls.append(FocusPull(line.character, max(0, line.start - length), length))
            sharp = line.character
    return replace(shot, camera=replace(shot.camera, focus_pulls=tuple(pulls)))


def _is_soft(shot: ShotPlan, poses: Sequence[Pose], frame: int, who: str, sharp: str) -> bool:
    """Whether somebody's face is in the picture at a frame and not in what is sharp."""
    pose = poses[frame]
    way = way_of(shot, who)
    assert way is not None
    x, y, depth = project(pose, shot.camera.lens_mm, way[frame])
    if depth < 0.3 or not (_EDGE < x < 1 - _EDGE and _EDGE < y < 1 - _EDGE):
        return False
    spot = place_at(next(path for path in shot.blocking if path.who == who), frame)
    to_lens = math.degrees(math.atan2(pose.eye[0] - spot.x, pose.eye[2] - spot.z))
    if abs((to_lens - spot.facing + 180) % 360 - 180) > _PROFILE:
        return False
    focused = way_of(shot, sharp)
    target = focused[frame] if focused is not None else subject_path(shot, floor_at(shot.set))[frame]
    camera, distance = shot.camera, float((np.asarray(target) - pose.eye) @ pose.forward)
    near, far = depth_of_field(camera.focal_mm, camera.t_stop, distance, camera.crop)
    return not near <= depth <= far
