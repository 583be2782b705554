"""Set-ups solved: from what a shot shall show to where its camera stands, on the right side of the line, with room.

Each set-up offers places in order of taste; every place is scouted over the whole shot (`scouting.py`), and the first
without a fault is taken, else the one whose faults cost least. What had to be given up is said in `why`. Where nothing
is possible, the set's own composition for the size is the shot; a master is that composition wherever it shows
everybody.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.cover import Coverage
from secondunit_engine.planning.plan import CameraPlan, FramePoint, MoveKind, Rig, Setup, Station
from secondunit_engine.planning.rigs import LIMITS, bend_of, rig_for
from secondunit_engine.planning.scouting import EYES, WALKS, Aim, Last, Stage, Verdict, hidden_from, judge
from secondunit_engine.planning.styles import Style, stop_for
from secondunit_engine.planning.toric import Point, View, aim, frame_two, project
from secondunit_engine.world.framing import APERTURE_MM, COVERAGE

_HEAD = 0.12  # metres from the eyes to the top of the head
_ELEVATION = {"low": -14.0, "high": 28.0, "overhead": 75.0}  # degrees of the camera above its subject
_OFF_AXIS = (30, 40, 22, 50, 60, 15, 75, 90, 5, 110, 135, 160)  # degrees off a face, in order of taste
_OFF_WALK = (40, 55, 28, 70, 90, 15, 115, 145, 170)  # degrees off the way of somebody who walks: before them first
_PRIMES = (18.0, 24.0, 28.0, 35.0, 40.0, 50.0, 65.0, 85.0, 100.0)
_OF_TWO = frozenset(("over shoulder", "two shot"))
_NEAREST_SHOULDER = 0.5  # metres from the lens to the head one looks past
_FRONTAL = 42.0  # degrees off the talk's axis that still are over a shoulder
_LEAD = 0.09  # of the picture's width that a profile is moved back, to leave room before the face
_PAST_NOSE = 0.25  # metres before the eyes through which a shot is seen
_DEAREST = 0.03  # what each place further down a list costs
_AT_ONCE = (4, 16)  # places scouted together, at first and then
_MARGIN = 0.41  # of the picture's width, from its middle, within which a group stands


@dataclass(frozen=True)
class _Try:
    """A place to try: the view, its lens, the set-up and the move it makes, and who is framed."""

    view: View
    lens_mm: float
    setup: Setup
    move: MoveKind
    framed: tuple[str, ...]
    looker: str = ""


@dataclass(frozen=True)
class _Choice:
    attempt: _Try
    verdict: Verdict
    cost: float


def solve_camera(
    shot: Coverage, style: Style, stage: Stage, last: Last | None = None, matching: float | None = None
) -> CameraPlan:
    """The camera of a shot: its station and what it frames, or the set's own composition where that serves.

    `matching` is the lens [mm] that the scene's other shots of this size were taken with.
    """
    lens = shot.lens_mm if "lens_mm" in shot.said else matching or style.lenses[shot.size]
    target = stage.eyes(shot.subject)
    if shot.setup == "composed" or target is None or stage.is_large(shot.subject):
        return _composed(shot, style, stage, lens, shot.why)
    if shot.setup in ("establishing", "master"):
        hidden = not_shown(stage, shot, lens)
        if not hidden:
            return _composed(shot, style, stage, lens, shot.why)
        everybody = tuple(stage.places)
        choice = _choose(_group(shot, stage, everybody, lens, style.lenses[shot.size]), shot, style, stage, None)
        if choice is None or choice.verdict.faults:
            return _composed(shot, style, stage, lens, f"{shot.why}; {' and '.join(hidden)} not in the picture")
        return _taken(choice, shot, style, stage)
    choice = _choose(_tries(shot, stage, target, lens), shot, style, stage, last)
    if choice is None:
        return _composed(shot, style, stage, lens, f"{shot.why}; no room for it, so the set's own composition")
    return _taken(choice, shot, style, stage)


def last_of(camera: CameraPlan, stage: Stage) -> Last:
    """What the next cut is judged against."""
    mark = stage.floor.camera_mark(camera.size)
    eye = camera.station.eye if camera.station else mark.eye if mark else (0.0, 1.5, 5.0)
    heading = stage.goes(camera.subject)
    look = np.array(camera.station.look) - np.array(camera.station.eye) if camera.station else np.zeros(3)
    across = float(np.cross(look, (0.0, 1.0, 0.0)) @ heading)
    walks = float(np.linalg.norm(heading)) >= WALKS and abs(across) > 0.3 * np.linalg.norm(look) * WALKS
    return Last(camera.subject, camera.size, eye, tuple(heading.tolist()), int(np.sign(across)) if walks else 0)


def not_shown(stage: Stage, shot: Coverage, lens: float) -> tuple[str, ...]:
    """Who of those who are there is not in the picture that the set composed for a size when the shot begins."""
    mark = stage.floor.camera_mark(shot.size)
    hero = stage.floor.mark("hero")
    if mark is None:
        return ()
    forward, eye = np.array(mark.forward), np.array(mark.eye)
    distance = max(0.3, float((np.array([hero.x, EYES["stand"], hero.z]) - eye) @ forward))
    eye = eye - forward * distance * (lens / mark.lens_mm - 1)
    view = View(
        (float(eye[0]), float(eye[1]), float(eye[2])),
        math.atan2(forward[0], -forward[2]),
        math.asin(max(-1.0, min(1.0, forward[1]))),
    )
    hidden = set(hidden_from(view, stage))
    places = {name: project(view, lens, stage.eyes(name) or (0.0, 0.0, 0.0)) for name in stage.places}
    return tuple(
        name for name, (x, y, depth) in places.items()
        if name in hidden or depth < 0.5 or not (0.03 < x < 0.97 and 0.02 < y < 0.98)
    )  # fmt: skip


def eyes_at(size: str) -> float:
    """How far down the picture a standing person's eyes are: a twelfth of headroom when tight, feet in when wide."""
    cover = COVERAGE[size]
    if size in ("FS", "WS", "EWS"):
        return 0.5 - (EYES["stand"] / cover - {"FS": 0.42, "WS": 0.3, "EWS": 0.25}[size])
    return 0.45 if size == "ECU" else 1 / 12 + _HEAD / cover


def _choose(tries: Iterator[_Try], shot: Coverage, style: Style, stage: Stage, last: Last | None) -> _Choice | None:
    """The first place without a fault, else the cheapest; None where nothing is possible."""
    best: _Choice | None = None
    seen = 0
    while some := list(islice(tries, _AT_ONCE[seen > 0])):
        for number, attempt, verdict in _scouted(some, shot, style, stage, last):
            cost = verdict.cost + _DEAREST * (seen + number)
            if cost < (best.cost if best else math.inf):
                best = _Choice(attempt, verdict, cost)
        seen += len(some)
        if best is not None and best.cost <= _DEAREST * seen:
            break
    return best


def _scouted(
    tries: Sequence[_Try], shot: Coverage, style: Style, stage: Stage, last: Last | None
) -> Iterator[tuple[int, _Try, Verdict]]:
    """Every place with its verdict; those that show the same on the same move are judged together."""
    kinds: dict[tuple[MoveKind, tuple[str, ...], str], list[tuple[int, _Try]]] = {}
    for number, one in enumerate(tries):
        kinds.setdefault((one.move, one.framed, one.looker), []).append((number, one))
    for (move, framed, looker), some in kinds.items():
        stands = LIMITS[_rig(shot, move, style, stage)].stands and shot.angle != "overhead"
        wanted = Aim(shot.subject, framed, shot.size, move, stands, looker)
        verdicts = judge([one.view for _, one in some], [one.lens_mm for _, one in some], wanted, stage, last)
        for (number, one), verdict in zip(some, verdicts, strict=True):
            if move == "track" and "no floor for legs" in verdict.faults:
                verdict = Verdict((), "no floor for the ride")
            yield number, one, verdict


def _tries(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    if shot.setup == "over shoulder" and shot.other in stage.places:
        yield from _over_shoulder(shot, stage, target, lens)
    if shot.setup == "two shot" and shot.other in stage.places:
        yield from _group(shot, stage, (shot.subject, shot.other), lens, 35.0)
    if shot.setup == "pov" and shot.other in stage.places:
        yield from _point_of_view(shot, stage, target, lens)
    if shot.subject in stage.places:
        yield from _single(shot, stage, target, lens)
    else:
        yield from _insert(shot, stage, target, lens)


def _over_shoulder(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """Past the other's shoulder, near the axis of the talk; the longer the lens, the further off and back."""
    other = stage.eyes(shot.other)
    assert other is not None
    sides = (_way_side(stage, shot.other, shot.subject),) if stage.side else (1, -1)
    for mm in sorted((p for p in _PRIMES if p >= 35.0), key=lambda p: abs(math.log(p / lens))):
        for side in sides:
            for apart in (0.50, 0.46, 0.42):
                x = 0.5 + side * 0.12
                view = frame_two(
                    target, other, main_at=(x, eyes_at(shot.size)), other_x=x - side * apart,
                    distance=COVERAGE[shot.size] * mm / APERTURE_MM[1], height=max(target[1], other[1]) + 0.06,
                    lens_mm=mm, side=side,
                )  # fmt: skip
                if view is not None and _is_over_shoulder(view.eye, target, other):
                    yield _Try(view, mm, "over shoulder", shot.move, (shot.subject, shot.other))


def _is_over_shoulder(eye: Point, target: Point, other: Point) -> bool:
    """Whether a shoulder is looked past, not two profiles at."""
    axis = _bearing(target, other) - _bearing(target, eye)
    return math.dist(eye, other) >= _NEAREST_SHOULDER and abs((axis + 180) % 360 - 180) <= _FRONTAL


def _way_side(stage: Stage, start: str, end: str) -> int:
    """The side of the scene's line as a side of the way from one person to another."""
    assert stage.line is not None
    (ax, az), (bx, bz) = stage.line
    a, b = stage.places[start], stage.places[end]
    along = (bx - ax) * (b.x - a.x) + (bz - az) * (b.z - a.z)
    return stage.side if along >= 0 else -stage.side


def _group(shot: Coverage, stage: Stage, names: tuple[str, ...], *lenses: float) -> Iterator[_Try]:
    """All of some people: two from beside their line, more from where the set itself looks; far enough to hold all."""
    heads = np.array([stage.eyes(name) for name in names])  # (P, 3)
    middle = (heads.min(axis=0) + heads.max(axis=0)) / 2
    point = (float(middle[0]), float(middle[1]), float(middle[2]))
    mark = stage.floor.camera_mark(shot.size)
    if len(names) == 2:
        look = _bearing(stage.eyes(names[0]) or point, stage.eyes(names[1]) or point) + 90
    else:
        look = _bearing(point, mark.eye) if mark else stage.floor.mark("hero").facing
    for mm in dict.fromkeys((*lenses, 28.0, 24.0, 18.0)):
        for turn in (0, 15, -15, 30, -30, 180, 165, -165, 150, -150, 50, -50, 130, -130):
            angle = math.radians(look + turn)
            toward = np.array([math.sin(angle), 0.0, math.cos(angle)])  # from the middle to the camera
            spread = (heads - middle) @ np.array([toward[2], 0.0, -toward[0]])  # (P,)
            room = np.abs(spread) * mm / (APERTURE_MM[0] * _MARGIN) + (heads - middle) @ toward
            distance = max(float(room.max()), COVERAGE[shot.size] * mm / APERTURE_MM[1])
            eye = _point(middle + toward * distance)
            yield _Try(aim(eye, point, 0.5, eyes_at(shot.size), mm), mm, shot.setup, shot.move, names)


def _point_of_view(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """From before the eyes of who looks, so that they are not in their own picture."""
    eyes = stage.eyes(shot.other)
    assert eyes is not None
    reach = np.array(target) - np.array(eyes)
    eye = _point(np.array(eyes) + reach / max(1e-6, float(np.linalg.norm(reach))) * _PAST_NOSE)
    for mm in dict.fromkeys((lens, 50.0, 35.0)):
        yield _Try(aim(eye, target, 0.5, 0.5, mm), mm, "pov", "static", (shot.subject,), shot.other)


def _single(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """Somebody off the way they face, or go: beside them on the same ride, else panned after from a stand."""
    goes = stage.goes(shot.subject)
    walks = float(np.linalg.norm(goes)) >= WALKS
    facing = math.degrees(math.atan2(goes[0], goes[2])) if walks else stage.facing(shot.subject)
    moves: tuple[MoveKind, ...] = ("push in" if shot.move == "track" and not walks else shot.move,)
    if walks and shot.move in ("static", "track", "push in"):
        moves = ("track", "pan") if shot.move == "track" else ("pan",)
    setup: Setup = "single" if shot.setup in _OF_TWO else shot.setup
    for move in moves:
        if move == "track" and not _can_ride(shot, stage):
            continue
        for mm in (lens, *(p for p in reversed(_PRIMES) if p < lens)):
            distance = COVERAGE[shot.size] * mm / APERTURE_MM[1]
            for turn in _OFF_WALK if walks else _OFF_AXIS:
                lead = _LEAD * min(1.0, math.sin(math.radians(turn)) / 0.7)
                for sign in (1, -1):
                    x, y = 0.5 + sign * lead, eyes_at(shot.size)
                    view = _from(shot, target, facing + sign * turn, distance, mm, x, y)
                    yield _Try(view, mm, setup, move, (shot.subject,))


def _can_ride(shot: Coverage, stage: Stage) -> bool:
    """Whether anything on wheels or legs keeps up with the subject."""
    way = stage.way(shot.subject)
    assert way is not None
    steps = np.linalg.norm(np.diff(way[:, [0, 2]], axis=0), axis=1) / np.maximum(1, np.diff(stage.moments))
    return float(steps.max(initial=0.0)) * stage.fps <= LIMITS["steadicam"].speed


def _insert(shot: Coverage, stage: Stage, target: Point, lens: float) -> Iterator[_Try]:
    """A thing from a hand's height above it; first from the side that the set's own camera looks from."""
    mark = stage.floor.camera_mark(shot.size)
    look = _bearing(target, mark.eye) if mark else stage.floor.mark("hero").facing
    setup: Setup = "insert" if shot.setup == "pov" else shot.setup
    for mm in dict.fromkeys((lens, 65.0, 50.0, 35.0)):
        distance = max(0.35, COVERAGE[shot.size] * mm / APERTURE_MM[1])
        for turn in (0, 25, -25, 50, -50, 80, -80, 120, -120, 180):
            for rise in (18.0, 35.0):
                view = _from(shot, target, look + turn, distance, mm, 0.5, 0.5, rise)
                yield _Try(view, mm, setup, shot.move, (shot.subject,))


def _from(
    shot: Coverage, target: Point, turn: float, distance: float, mm: float, x: float, y: float, rise: float = 0.0
) -> View:
    """A camera at a bearing and distance from its target, as high as the angle asks."""
    rise = math.radians(_ELEVATION.get(shot.angle, rise))
    level, angle = distance * math.cos(rise), math.radians(turn)
    height = max(0.25, target[1] + distance * math.sin(rise))
    return aim((target[0] + level * math.sin(angle), height, target[2] + level * math.cos(angle)), target, x, y, mm)


def _bearing(a: Sequence[float], b: Sequence[float]) -> float:
    """The level direction from a to b, degrees about Y: 0 along +Z, 90 along +X."""
    return math.degrees(math.atan2(b[0] - a[0], b[2] - a[2]))


def _rig(shot: Coverage, move: MoveKind, style: Style, stage: Stage) -> Rig:
    """What carries a move: a ride that bends, or is too fast for a dolly, is a steadicam's."""
    rig = rig_for(move, style.rig)
    way = stage.way(shot.subject)
    if rig == "dolly" and move == "track" and way is not None and bend_of(way) > LIMITS["dolly"].bends:
        return "steadicam"
    return rig


def _taken(choice: _Choice, shot: Coverage, style: Style, stage: Stage) -> CameraPlan:
    """The camera of a choice; what has no floor for legs hangs on an arm."""
    attempt, given_up = choice.attempt, choice.verdict.faults
    rig = _rig(shot, attempt.move, style, stage)
    if "no floor for legs" in given_up and attempt.move not in ("track", "handheld"):
        rig, given_up = "crane", tuple(fault for fault in given_up if fault != "no floor for legs")
    why = shot.why
    if attempt.setup != shot.setup:
        why += f"; no room for the {shot.setup}, so {shot.subject} alone"
    if attempt.move != shot.move:
        why += "; the operator pans after the walk" if attempt.move == "pan" else f"; {attempt.move}"
    if given_up:
        why += f"; gave up: {', '.join(given_up)}"
    target = stage.eyes(shot.subject)
    assert target is not None
    view, lens = attempt.view, attempt.lens_mm
    distance = max(0.5, math.dist(view.eye, target))
    look = _point(np.array(view.eye) + np.array(view.forward) * distance)
    framed = attempt.framed if attempt.setup in _OF_TWO else (shot.subject,)
    plan = _composed(replace(shot, setup=attempt.setup, move=attempt.move), style, stage, lens, why)
    return replace(
        plan, rig=rig, station=Station(_round(view.eye), _round(look)),
        framing=tuple(_frame_point(name, view, lens, stage) for name in framed),
    )  # fmt: skip


def _composed(shot: Coverage, style: Style, stage: Stage, lens: float, why: str) -> CameraPlan:
    """The set's own composition of a size: a camera without a station."""
    return CameraPlan(
        size=shot.size, angle=shot.angle, lens_mm=lens, t_stop=shot.t_stop or stop_for(style, shot.size),
        subject=shot.subject, focus_on=shot.subject, move=shot.move, speed=shot.speed, setup=shot.setup,
        rig=rig_for(shot.move, style.rig), line_side=stage.side, why=why,
    )  # fmt: skip


def _frame_point(name: str, view: View, lens: float, stage: Stage) -> FramePoint:
    x, y, _ = project(view, lens, stage.eyes(name) or (0.0, 0.0, 0.0))
    return FramePoint(name, round(x, 4), round(y, 4))


def _point(vector: NDArray[np.floating]) -> Point:
    return (float(vector[0]), float(vector[1]), float(vector[2]))


def _round(vector: Point) -> tuple[float, ...]:
    return tuple(round(float(value), 4) + 0.0 for value in vector)
