"""What only the cameras' geometry shows: the line, 30 degrees, eyelines, screen direction, a camera inside the set.

An independent look: everything is measured again from the stations, the ways of the people and the survey of the set,
frame by frame, not taken from what the solver said of itself. A camera inside something is an error; the rest are
warnings, because a director may want them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.camera_path import camera_poses, every_second, meets, pose_rate, subject_path, way_of
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import ContinuityNote, ShotPlan
from secondunit_engine.planning.rigs import broken_limit
from secondunit_engine.planning.staging import place_at
from secondunit_engine.world.framing import Pose

Array = NDArray[np.float64]

_SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_LEAST_TURN = 29.5  # degrees between two cameras on one subject; half of one for rounding
_ON_THE_LINE = 0.25  # metres from the line that still are on it
_WALK = 0.6  # metres that somebody must go to have a direction on the screen
_ACROSS = 0.35  # of a way that must lead across the picture to count as left or right
# Set-ups after which the line may be crossed: they show no direction, or show the whole place anew.
_BRIDGES = frozenset(("insert", "pov", "establishing", "master", "composed"))
_FACES = frozenset(("single", "over shoulder", "reaction"))


@dataclass(frozen=True)
class _Seen:
    """A shot with its camera at some of its frames: all but every other, or the ends of what a set composed."""

    shot: ShotPlan
    at: NDArray[np.int64]
    poses: list[Pose]

    @cached_property
    def eyes(self) -> Array:
        return np.array([pose.eye for pose in self.poses])  # (F, 3)

    @cached_property
    def ways(self) -> dict[str, Array]:
        """Everybody's eyes at the same frames [m], shape [frames, 3]."""
        ways = {path.who: way_of(self.shot, path.who) for path in self.shot.blocking}
        return {name: way[self.at] for name, way in ways.items() if way is not None}

    @property
    def is_planned(self) -> bool:
        return self.shot.camera.station is not None


def check_geometry(shots: Sequence[ShotPlan]) -> tuple[ContinuityNote, ...]:
    """Notes on the cameras of a plan, scene by scene. What a set composed itself is the set's to answer for: walls,
    rigs and the line are judged of planned stations only."""
    notes: list[ContinuityNote] = []
    for _, group in groupby(shots, key=lambda shot: shot.scene):
        scene = [_see(shot) for shot in group]
        for seen in scene:
            if seen.is_planned:
                notes += _inside(seen)
                notes += _outrun(seen)
        notes += _crossings(scene)
        for first, second in pairwise(scene):
            notes += (*_jump(first, second), *_eyeline(first, second), *_direction(first, second))
    return tuple(notes)


def _see(shot: ShotPlan) -> _Seen:
    at = every_second(shot) if shot.camera.station is not None else np.array([0, shot.frames - 1])
    return _Seen(shot, at, camera_poses(shot, at))


def _inside(seen: _Seen) -> Iterator[ContinuityNote]:
    """A camera in a wall or behind one, or in somebody, at any frame."""
    free = floor_at(seen.shot.set).inside(seen.eyes)  # (F,)
    if not free.all():
        message = f"The camera is in the set at frame {seen.at[int(np.argmin(free))]}."
        yield ContinuityNote("error", "camera inside geometry", (seen.shot.id,), message)
    for name, way in seen.ways.items():
        if seen.shot.camera.setup != "pov" and meets(seen.eyes, way):
            yield ContinuityNote("error", "camera inside geometry", (seen.shot.id,), f"{name} meets the camera.")


def _outrun(seen: _Seen) -> Iterator[ContinuityNote]:
    """A camera that does what its rig cannot."""
    shot = seen.shot
    floor = floor_at(shot.set).mark("hero").y
    limit = None if shot.camera.setup == "pov" else broken_limit(
        shot.camera.rig, seen.poses, pose_rate(shot), floor
    )  # fmt: skip
    if limit is not None:
        yield ContinuityNote("warning", "equipment", (shot.id,), f"The camera {limit}.")


def _crossings(scene: Sequence[_Seen]) -> Iterator[ContinuityNote]:
    """Two shots from both sides of the line of the scene's first two talkers, with nothing between that shows the way
    over. A camera that is seen to cross is a way over, and so are the talkers who change places."""
    names = list(dict.fromkeys(line.character for s in scene for line in s.shot.dialogue if not line.off_screen))[:2]
    last: tuple[_Seen, int] | None = None
    for seen in scene:
        if seen.shot.camera.setup in _BRIDGES or not seen.is_planned:
            last = None
            continue
        ends = [seen.ways[name] for name in names if name in seen.ways]
        if len(ends) < 2:
            continue
        first, final = (_side(ends[0][at], ends[1][at], seen.eyes[at]) for at in (0, -1))
        if last is not None and first * last[1] < 0:
            shots = (last[0].shot.id, seen.shot.id)
            message = f"{' and '.join(shots)} look from both sides of the line between {' and '.join(names)}."
            yield ContinuityNote("warning", "180 degrees", shots, message)
        last = (seen, final) if final else None  # on the line is neutral: from there either side may be next


def _side(a: Array, b: Array, eye: Array) -> int:
    """+1 or -1 for the sides of the line from a to b, 0 on it."""
    length = max(1e-6, math.hypot(b[0] - a[0], b[2] - a[2]))
    off = ((b[0] - a[0]) * (eye[2] - a[2]) - (b[2] - a[2]) * (eye[0] - a[0])) / length
    return 0 if abs(off) < _ON_THE_LINE else 1 if off > 0 else -1


def _jump(first: _Seen, second: _Seen) -> Iterator[ContinuityNote]:
    """30 degrees or a size between two shots of one subject. Work from the hand may jump: that is its manner."""
    a, b = first.shot.camera, second.shot.camera
    alike = a.subject == b.subject and a.size == b.size and a.angle == b.angle and not {a.setup, b.setup} & {"pov"}
    if not alike or (a.rig == b.rig == "handheld"):
        return
    subject = subject_path(second.shot, floor_at(second.shot.set))[0]
    ends = [math.atan2(eye[0] - subject[0], eye[2] - subject[2]) for eye in (first.eyes[-1], second.eyes[0])]
    turned = abs((math.degrees(ends[0] - ends[1]) + 180) % 360 - 180)
    if turned < _LEAST_TURN:
        message = f"Both shots of {a.subject} are {a.size}, {turned:.0f} degrees apart; the cut will jump."
        yield ContinuityNote("warning", "30 degrees", (first.shot.id, second.shot.id), message)


def _eyeline(first: _Seen, second: _Seen) -> Iterator[ContinuityNote]:
    """Two who talk face to face look into each other: one to the right, one to the left."""
    a, b = first.shot.camera.subject, second.shot.camera.subject
    if a == b or not (first.shot.dialogue and second.shot.dialogue) or not _face_each_other(first, second):
        return
    looks = _look(first), _look(second)
    if looks[0] and looks[0] == looks[1]:
        side = "right" if looks[0] > 0 else "left"
        message = f"{a} and {b} talk to each other, but both look to the {side}."
        yield ContinuityNote("warning", "eyeline", (first.shot.id, second.shot.id), message)


def _direction(first: _Seen, second: _Seen) -> Iterator[ContinuityNote]:
    """Who goes on across a cut goes on the same way across the picture, unless they turned round meanwhile."""
    for name in first.ways:
        if name not in second.ways or not (first.is_planned and second.is_planned):
            continue
        ways = [seen.ways[name][-1] - seen.ways[name][0] for seen in (first, second)]
        on_screen = first.shot.camera.subject == second.shot.camera.subject == name
        if not on_screen or min(math.hypot(way[0], way[2]) for way in ways) < _WALK or float(ways[0] @ ways[1]) <= 0:
            continue
        goes = [_across(seen.poses[0], way) for seen, way in zip((first, second), ways, strict=True)]
        if goes[0] * goes[1] < 0:
            message = (
                f"{name} goes on across the cut, but turns from {_hand(goes[0])} to {_hand(goes[1])} on the screen."
            )
            yield ContinuityNote("warning", "screen direction", (first.shot.id, second.shot.id), message)


def _look(seen: _Seen) -> int:
    """Where the subject of a shot of a face looks: +1 to the right of the picture, -1 left, 0 neither."""
    path = next((path for path in seen.shot.blocking if path.who == seen.shot.camera.subject), None)
    if path is None or seen.shot.camera.setup not in _FACES or not seen.is_planned:
        return 0
    way = seen.ways[path.who][-1] - seen.ways[path.who][0]
    if math.hypot(way[0], way[2]) >= _WALK:
        return 0  # a walker looks where they go
    facing = math.radians(place_at(path, _when(seen.shot)).facing)
    return _across(seen.poses[0], np.array([math.sin(facing), 0.0, math.cos(facing)]), 0.1)


def _across(pose: Pose, way: Array, least: float = _ACROSS) -> int:
    """+1 if a way leads to the right of the picture, -1 to the left, 0 if toward or away from the lens."""
    right = np.cross(pose.forward, (0.0, 1.0, 0.0))
    share = float(right @ way) / max(1e-9, float(np.linalg.norm(right) * np.linalg.norm(way)))
    return 0 if abs(share) < least else 1 if share > 0 else -1


def _when(shot: ShotPlan) -> int:
    """The frame at which a look is judged: when the first line is under way."""
    return min(shot.frames - 1, shot.dialogue[0].start + shot.dialogue[0].frames // 2 if shot.dialogue else 12)


def _hand(side: int) -> str:
    return "right" if side > 0 else "left"


def _face_each_other(first: _Seen, second: _Seen) -> bool:
    """Whether the subjects of two shots stand face to face, within 30 degrees."""
    a, b = (
        next((path for path in seen.shot.blocking if path.who == seen.shot.camera.subject), None)
        for seen in (first, second)
    )
    if a is None or b is None:
        return False
    one, two = place_at(a, _when(first.shot)), place_at(b, _when(second.shot))
    way = math.degrees(math.atan2(two.x - one.x, two.z - one.z))
    turns = [(way - one.facing + 180) % 360 - 180, (way + 180 - two.facing + 180) % 360 - 180]
    return all(abs(turn) < 30 for turn in turns)
