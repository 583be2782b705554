"""What only the cameras' geometry shows: the line, 30 degrees, eyelines, and a camera inside the set.

An independent look: everything is measured again from the stations, the ways of the people and the survey of the set,
not taken from what the solver said of itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from secondunit_engine.planning.camera_path import camera_poses, subject_path
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.formation import bearing
from secondunit_engine.planning.plan import ContinuityNote, PathPlan, ShotPlan
from secondunit_engine.planning.staging import place_at

_SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_LEAST_TURN = 29.5  # degrees between two cameras on one subject; half of one for rounding
_ON_THE_LINE = 0.25  # metres from the line that still are on it
# Set-ups after which the line may be crossed: they show no direction, or show the crossing itself.
_BRIDGES = frozenset(("insert", "pov", "establishing", "master", "composed"))
_MOVING = frozenset(("track", "orbit", "fly-through"))


def check_geometry(shots: Sequence[ShotPlan]) -> tuple[ContinuityNote, ...]:
    """Notes on the cameras of a plan, scene by scene. Only shots with a planned station are judged for the line."""
    notes: list[ContinuityNote] = []
    for _, group in groupby(shots, key=lambda shot: shot.scene):
        scene = list(group)
        notes += [note for shot in scene if (note := _inside(shot))]
        notes += _crossings(scene)
        for first, second in pairwise(scene):
            notes += _cut(first, second)
    return tuple(notes)


def _inside(shot: ShotPlan) -> ContinuityNote | None:
    """A camera in a wall, or behind one, at any frame. What the set composed itself is the set's to answer for."""
    if shot.camera.station is None:
        return None
    floor = floor_of(shot.set.place)
    free = floor.inside(np.array([pose.eye for pose in camera_poses(shot)]))  # (F,)
    if free.all() or shot.camera.setup == "pov":
        return None
    frame = int(np.argmin(free))
    return ContinuityNote("error", "camera inside geometry", (shot.id,), f"The camera is in the set at frame {frame}.")


def _crossings(scene: Sequence[ShotPlan]) -> Iterator[ContinuityNote]:
    """Two shots of a talk from both sides of the line, with nothing between that shows the way over."""
    names = list(dict.fromkeys(line.character for shot in scene for line in shot.dialogue if not line.off_screen))
    last: tuple[ShotPlan, int] | None = None
    for shot in scene:
        ends = [path.spots[0] for name in names[:2] for path in shot.blocking if path.who == name]
        if len(ends) < 2 or shot.camera.setup in _BRIDGES or shot.camera.station is None:
            last = None if shot.camera.setup in _BRIDGES else last
            continue
        side = _side((ends[0].x, ends[0].z), (ends[1].x, ends[1].z), shot.camera.station.eye)
        crossed = last is not None and side * last[1] < 0 and shot.camera.move not in _MOVING
        if crossed and last is not None:
            message = f"{last[0].id} and {shot.id} look from both sides of the line between {' and '.join(names[:2])}."
            yield ContinuityNote("warning", "180 degrees", (last[0].id, shot.id), message)
        if side:
            last = (shot, side)


def _side(a: tuple[float, float], b: tuple[float, float], eye: Sequence[float]) -> int:
    """+1 or -1 for the sides of the line from a to b, 0 on it."""
    length = max(1e-6, math.dist(a, b))
    off = ((b[0] - a[0]) * (eye[2] - a[1]) - (b[1] - a[1]) * (eye[0] - a[0])) / length
    return 0 if abs(off) < _ON_THE_LINE else 1 if off > 0 else -1


def _cut(first: ShotPlan, second: ShotPlan) -> Iterator[ContinuityNote]:
    """The cut between two shots: 30 degrees or a size on one subject; looks that meet between two."""
    a, b = first.camera, second.camera
    if a.subject == b.subject and not {a.setup, b.setup} & {"pov", "insert"}:
        turned = _turn(first, second)
        if turned < _LEAST_TURN and abs(_SIZES.index(a.size) - _SIZES.index(b.size)) < 1 and a.angle == b.angle:
            message = f"Both shots of {a.subject} are {a.size}, {turned:.0f} degrees apart; the cut will jump."
            yield ContinuityNote("warning", "30 degrees", (first.id, second.id), message)
    looks = _look(first), _look(second)
    if a.subject != b.subject and looks[0] and looks[1] and looks[0] == looks[1] and _face_each_other(first, second):
        side = "right" if looks[0] > 0 else "left"
        message = f"{a.subject} and {b.subject} talk to each other, but both look to the {side}."
        yield ContinuityNote("warning", "eyeline", (first.id, second.id), message)


def _turn(first: ShotPlan, second: ShotPlan) -> float:
    """Degrees between two cameras as seen from where the second's subject stands."""
    floor = floor_of(second.set.place)
    subject = subject_path(second, floor)[0]
    eyes = [camera_poses(shot)[at].eye for shot, at in ((first, -1), (second, 0))]
    x, z = float(subject[0]), float(subject[2])
    ends = [bearing((x, z), (float(eye[0]), float(eye[2]))) for eye in eyes]
    return abs((ends[0] - ends[1] + 180) % 360 - 180)


def _look(shot: ShotPlan) -> int:
    """Where the subject of a single or an over-shoulder looks: +1 to the right of the picture, -1 left, 0 neither."""
    path = _path(shot, shot.camera.subject)
    if path is None or shot.camera.setup not in ("single", "over shoulder", "reaction") or shot.camera.station is None:
        return 0
    pose = camera_poses(shot)[0]
    facing = math.radians(place_at(path, 0).facing)
    right = np.cross(pose.forward, (0.0, 1.0, 0.0))
    across = float(right @ (math.sin(facing), 0.0, math.cos(facing)))
    return 0 if abs(across) < 0.1 else 1 if across > 0 else -1


def _face_each_other(first: ShotPlan, second: ShotPlan) -> bool:
    """Whether the subjects of two shots talk and stand face to face, within 30 degrees."""
    a, b = _path(first, first.camera.subject), _path(second, second.camera.subject)
    if a is None or b is None or not (first.dialogue and second.dialogue):
        return False
    one, two = place_at(a, 0), place_at(b, 0)
    ways = bearing((one.x, one.z), (two.x, two.z)), bearing((two.x, two.z), (one.x, one.z))
    return all(abs((way - spot.facing + 180) % 360 - 180) < 30 for way, spot in zip(ways, (one, two), strict=True))


def _path(shot: ShotPlan, name: str) -> PathPlan | None:
    return next((path for path in shot.blocking if path.who == name), None)
