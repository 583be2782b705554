"""Who is in focus at a frame, and how far away they are."""

from __future__ import annotations

from secondunit_engine.planning.camera_path import subject_path
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.previs.acting import eyes_of
from secondunit_engine.world.framing import Pose

_NEAREST = 0.15  # metres


def focus_at(shot: ShotPlan, frame: int, pose: Pose) -> tuple[str, float]:
    """Whom the focus is on, and its axial distance [m], on the way between two of them while it is pulled."""
    target = shot.camera.focus_on
    distance = _distance(shot, target, frame, pose)
    for pull in sorted(shot.camera.focus_pulls, key=lambda pull: pull.start):
        if frame >= pull.start:
            share = min(1.0, (frame - pull.start) / max(1, pull.frames))
            share = share * share * (3 - 2 * share)
            distance += share * (_distance(shot, pull.target, frame, pose) - distance)
            target = pull.target
    return target, distance


def _distance(shot: ShotPlan, target: str, frame: int, pose: Pose) -> float:
    """Axial distance to somebody's eyes or a thing's middle; what is neither is taken to be the subject."""
    place = eyes_of(shot, frame).get(target)
    if place is None:
        place = subject_path(shot, floor_at(shot.set))[min(frame, shot.frames - 1)]
    return max(_NEAREST, float((place - pose.eye) @ pose.forward))
