"""Set-ups solved: from what a shot shall show to where its camera stands, on the right side of the line, with room.

Each set-up offers places in order of taste; the first that has room for a camera, sees its subject, keeps the side of
the line and differs enough from the shot before is taken. What had to be given up is said in `why`. Where nothing
fits, the set's own composition for the size is the shot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from secondunit_engine.planning.cover import Coverage
from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.plan import CameraPlan, FramePoint, ShotSize, Spot, Station
from secondunit_engine.planning.styles import Style, stop_for
from secondunit_engine.planning.toric import Point, View, aim, frame_two, project
from secondunit_engine.planning.walk_through import bearing, step_from
from secondunit_engine.world.framing import APERTURE_MM, COVERAGE

Line = tuple[tuple[float, float], tuple[float, float]]

EYES = {"stand": 1.62, "sit": 1.2, "kneel": 1.15, "lie": 0.3}  # metres above the floor
_HEAD = 0.12  # metres from the eyes to the top of the head
_SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_ELEVATION = {"low": -14.0, "high": 28.0, "overhead": 75.0}  # degrees of the camera above its subject
_OFF_AXIS = (30, 40, 22, 50, 60, 15, 75, 90, 5)  # degrees off a face, in order of taste
_PRIMES = (18.0, 24.0, 28.0, 35.0, 40.0, 50.0, 65.0, 85.0, 100.0)
_OF_TWO = frozenset(("over shoulder", "two shot"))
_LARGE = 0.6  # metres: a thing that the set composes for
_NEAREST_SHOULDER = 0.5  # metres from the lens to the head one looks past


@dataclass(frozen=True)
class Stage:
    """Where everything is when a shot begins. `line` runs from the first to the second talker; the cameras keep to
    `side` of it (+1 the right of the way from the first to the second, -1 the left, 0 there is no line)."""

    floor: Floor
    places: Mapping[str, Spot]
    line: Line | None = None
    side: int = 0

    def eyes(self, name: str) -> Point | None:
        """Somebody's eyes, or the middle of a thing [m]."""
        if name in self.places:
            spot = self.places[name]
            return (spot.x, EYES[spot.posture], spot.z)
        thing = self.floor.thing(name)
        return None if thing is None else thing.middle

    def is_large(self, name: str) -> bool:
        thing = self.floor.thing(name)
        return thing is not None and max(b - a for a, b in zip(thing.low, thing.high, strict=True)) > _LARGE


@dataclass(frozen=True)
class Last:
    """The camera before, against which a cut is judged."""

    subject: str
    size: ShotSize
    eye: tuple[float, ...]


@dataclass(frozen=True)
class _Try:
    """A place to try, and the view that is solved if it will do; `alone` if only the subject is framed from it."""

    eye: Point
    lens_mm: float
    solve: Callable[[], View]
    alone: bool = True


def solve_camera(
    shot: Coverage, style: Style, stage: Stage, last: Last | None = None, matching: float | None = None
) -> CameraPlan:
    """The camera of a shot: its station and what it frames, or the set's own composition where that serves.

    `matching` is the lens [mm] that the scene's other shots of this size were taken with.
    """
    lens = shot.lens_mm if "lens_mm" in shot.said else matching or style.lenses[shot.size]
    target = stage.eyes(shot.subject)
    if shot.setup in ("composed", "establishing", "master") or target is None or stage.is_large(shot.subject):
        return _camera(shot, style, stage, lens, None, shot.why)
    second_best: tuple[_Try, list[str]] | None = None
    for attempt in _tries(shot, stage, target, lens):
        faults = _faults(attempt.eye, shot, stage, target, last)
        if faults == []:
            return _taken(attempt, shot, style, stage, "")
        if faults and second_best is None:
            second_best = attempt, faults
    if second_best is not None:
        return _taken(second_best[0], shot, style, stage, f"; gave up: {', '.join(second_best[1])}")
    return _camera(shot, style, stage, lens, None, f"{shot.why}; no room for it, so the set's own composition")


def holds_camera(floor: Floor, eye: tuple[float, ...]) -> bool:
    """Whether a camera has room there. The set's own camera marks are good by the set's word."""
    return any(math.dist(eye, mark.eye) < 0.05 for mark in floor.cameras) or bool(floor.room(eye))


def _taken(attempt: _Try, shot: Coverage, style: Style, stage: Stage, remark: str) -> CameraPlan:
    """The camera of a try; a shot of two that has room for one is a single."""
    shot = replace(shot, setup="single") if attempt.alone and shot.setup in _OF_TWO else shot
    return _camera(shot, style, stage, attempt.lens_mm, attempt.solve(), shot.why + remark)


def side_of(line: Line, eye: tuple[float, ...]) -> int:
    """+1 right of the way from the line's first point to its second, -1 left."""
    (ax, az), (bx, bz) = line
    cross = (bx - ax) * (float(eye[2]) - az) - (bz - az) * (float(eye[0]) - ax)
    return 1 if cross > 0 else -1


def eyes_at(size: str) -> float:
    """How far down the picture a standing person's eyes are: a twelfth of headroom when tight, feet in when wide."""
    cover = COVERAGE[size]
    if size in ("FS", "WS", "EWS"):
        return 0.5 - (EYES["stand"] / cover - {"FS": 0.42, "WS": 0.3, "EWS": 0.25}[size])
    return 0.45 if size == "ECU" else 1 / 12 + _HEAD / cover


def _tries(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    if shot.setup == "over shoulder" and shot.other in stage.places:
        yield from _over_shoulder(shot, stage, target, lens)
    if shot.setup == "two shot" and shot.other in stage.places:
        yield from _two_shot(shot, stage, target, lens)
    if shot.setup == "pov" and shot.other in stage.places:
        yield from _point_of_view(shot, stage, target, lens)
    if shot.subject in stage.places:
        yield from _single(shot, stage, target, lens)
    else:
        yield from _insert(shot, stage, target, lens)


def _over_shoulder(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    other = stage.eyes(shot.other)
    assert other is not None
    sides = (_way_side(stage, shot.other, shot.subject),) if stage.side else (1, -1)
    for mm in sorted((p for p in _PRIMES if p >= 35.0), key=lambda p: abs(math.log(p / lens))):
        for side in sides:
            for apart in (0.40, 0.34, 0.46):
                x = 0.5 + side * 0.12
                view = frame_two(
                    target, other, main_at=(x, eyes_at(shot.size)), other_x=x - side * apart,
                    distance=COVERAGE[shot.size] * mm / APERTURE_MM[1], height=max(target[1], other[1]) + 0.06,
                    lens_mm=mm, side=side,
                )  # fmt: skip
                if view is not None and math.dist(view.eye, other) >= _NEAREST_SHOULDER:
                    yield _Try(view.eye, mm, partial(_keep, view), alone=False)


def _way_side(stage: Stage, start: str, end: str) -> int:
    """The side of the scene's line as a side of the way from one person to another."""
    assert stage.line is not None
    (ax, az), (bx, bz) = stage.line
    a, b = stage.places[start], stage.places[end]
    along = (bx - ax) * (b.x - a.x) + (bz - az) * (b.z - a.z)
    return stage.side if along >= 0 else -stage.side


def _two_shot(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """Both from the side, level, each at a third."""
    other = stage.eyes(shot.other)
    assert other is not None
    across = bearing((target[0], target[2]), (other[0], other[2]))
    middle = ((target[0] + other[0]) / 2, (target[1] + other[1]) / 2, (target[2] + other[2]) / 2)
    gap = max(0.6, math.hypot(target[0] - other[0], target[2] - other[2]))
    for mm in (lens, 35.0, 28.0, 24.0):
        distance = max(COVERAGE[shot.size], gap / 0.36 * APERTURE_MM[1] / APERTURE_MM[0]) * mm / APERTURE_MM[1]
        for turn in (90, 75, 105, 60, 120, -90, -75, -105, -60, -120):
            x, z = step_from((middle[0], middle[2]), across + turn, distance)
            eye = (x, middle[1], z)
            yield _Try(eye, mm, partial(aim, eye, middle, 0.5, eyes_at("MS"), mm), alone=False)


def _point_of_view(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    eye = stage.eyes(shot.other)
    assert eye is not None
    for mm in (lens, 50.0, 35.0):
        yield _Try(eye, mm, partial(aim, eye, target, 0.5, 0.5, mm))


def _single(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    facing = stage.places[shot.subject].facing
    for mm in (lens, *(p for p in reversed(_PRIMES) if p < lens)):
        distance = COVERAGE[shot.size] * mm / APERTURE_MM[1]
        for turn in _OFF_AXIS:
            for sign in (1, -1):
                yield _from(shot, target, facing + sign * turn, distance, mm, 0.5 + sign * 0.06, eyes_at(shot.size))


def _insert(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """A thing from a hand's height above it; first from the side that the set's own camera looks from."""
    mark = stage.floor.camera_mark(shot.size)
    look = bearing((target[0], target[2]), (mark.eye[0], mark.eye[2])) if mark else stage.floor.mark("hero").facing
    for mm in (lens, 65.0, 50.0, 35.0):
        distance = max(0.35, COVERAGE[shot.size] * mm / APERTURE_MM[1])
        for turn in (0, 25, -25, 50, -50, 80, -80, 120, -120, 180):
            yield _from(shot, target, look + turn, distance, mm, 0.5, 0.5, rise=18.0)


def _from(
    shot: Coverage, target: Point, turn: float, distance: float, mm: float, x: float, y: float, rise: float = 0.0
) -> _Try:
    """A camera at a bearing and distance from its target, as high as the angle asks."""
    rise = math.radians(_ELEVATION.get(shot.angle, rise))
    level = distance * math.cos(rise)
    ex, ez = step_from((target[0], target[2]), turn, level)
    eye = (ex, max(0.25, target[1] + distance * math.sin(rise)), ez)
    return _Try(eye, mm, partial(aim, eye, target, x, y, mm))


def _keep(view: View) -> View:
    return view


def _faults(eye: Point, shot: Coverage, stage: Stage, target: Point, last: Last | None) -> list[str] | None:
    """What a place breaks of what may be given up; None if the shot cannot be taken from it at all."""
    is_pov = shot.setup == "pov"
    if not is_pov and not holds_camera(stage.floor, eye):
        return None
    if not is_pov and any(math.hypot(eye[0] - s.x, eye[2] - s.z) < 0.4 for s in stage.places.values()):
        return None
    on_line = stage.line is not None and stage.side and shot.subject in stage.places and not is_pov
    if on_line and stage.line is not None and side_of(stage.line, eye) != stage.side:
        return None
    if not stage.floor.sees(eye, target, ignoring=(shot.subject,)):
        return None
    faults: list[str] = []
    if last is not None and last.subject == shot.subject and not _cuts_well(last, shot, eye, target):
        faults.append("30 degrees")
    return faults


def _cuts_well(last: Last, shot: Coverage, eye: Point, target: Point) -> bool:
    """Two shots of one subject differ by 30 degrees or by a size."""
    a = bearing((target[0], target[2]), (last.eye[0], last.eye[2]))
    b = bearing((target[0], target[2]), (float(eye[0]), float(eye[2])))
    turned = abs((a - b + 180) % 360 - 180)
    return turned >= 30 or abs(_SIZES.index(last.size) - _SIZES.index(shot.size)) >= 1


def _camera(shot: Coverage, style: Style, stage: Stage, lens: float, view: View | None, why: str) -> CameraPlan:
    station, framing = None, ()
    if view is not None:
        target = stage.eyes(shot.subject)
        assert target is not None
        distance = max(0.5, math.dist(view.eye, target))
        x, y, z = (e + f * distance for e, f in zip(view.eye, view.forward, strict=True))
        look = (x, y, z)
        station = Station(_round(view.eye), _round(look))
        framing = tuple(_frame_point(name, view, lens, stage) for name in _framed(shot, stage))
    return CameraPlan(
        size=shot.size, angle=shot.angle, lens_mm=lens, t_stop=stop_for(style, shot.size), subject=shot.subject,
        focus_on=shot.subject, move=shot.move, speed=shot.speed, setup=shot.setup, rig=shot.rig, framing=framing,
        station=station, line_side=stage.side, why=why,
    )  # fmt: skip


def _framed(shot: Coverage, stage: Stage) -> tuple[str, ...]:
    both = shot.setup in _OF_TWO and shot.other in stage.places
    return (shot.subject, shot.other) if both else (shot.subject,)


def _frame_point(name: str, view: View, lens: float, stage: Stage) -> FramePoint:
    target = stage.eyes(name)
    assert target is not None
    x, y, _ = project(view, lens, target)
    return FramePoint(name, round(x, 4), round(y, 4))


def _round(vector: Point) -> tuple[float, ...]:
    return tuple(round(float(value), 4) + 0.0 for value in vector)
