"""Scouting: what speaks against a place for a camera, asked of many places at once and over the whole shot.

Some things rule a place out: no room for the camera, the wrong side of the line, somebody who walks into the lens, a
face that is hidden. Others are faults that may be given up for want of better, each at its price; the camera says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.plan import MoveKind, PathPlan, ShotSize, Spot
from secondunit_engine.planning.staging import place_at
from secondunit_engine.planning.toric import Point, View
from secondunit_engine.world.framing import APERTURE_MM

Line = tuple[tuple[float, float], tuple[float, float]]
Array = NDArray[np.floating]
Mask = NDArray[np.bool_]

EYES = {"stand": 1.62, "sit": 1.2, "kneel": 1.15, "lie": 0.3}  # metres above the floor
SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
WALKS = 0.6  # metres that somebody must go for it to be a walk
_HEAD = 0.12  # metres from the eyes to the top of the head
_LARGE = 0.6  # metres: a thing that the set composes for
_MOMENTS = 8  # at most, of a shot that are looked at
_IN_THE_WAY = 0.5  # metres from a lens to somebody
_SHOULDER, _SKULL = 0.24, 0.14  # metres from somebody's middle that hide what is behind; above the neck less
_NECK = 0.2  # metres below the eyes
_LEGS = 0.2  # metres of free floor about what a camera stands on
_TURNED = 12  # frames after which somebody who turns at the head of a shot has turned
_EDGE = 0.46  # of the picture's width from its middle: beyond it a face is leaving
_BELOW = {"ECU": 0.0, "CU": 0.1, "MCU": 0.3, "MS": 0.45, "MFS": 0.6, "FS": 1.1, "WS": 1.1, "EWS": 1.1}
_FOLLOWS = frozenset(("track", "pan", "handheld"))  # moves that keep a walker in the picture

# What each fault costs; a place further down a set-up's list costs a little as well.
PRICES: Mapping[str, float] = {
    "30 degrees": 4.0, "eyeline": 4.0, "leaves the picture": 4.0, "screen direction": 3.0, "hidden on the way": 3.0,
    "somebody in front": 2.0, "no floor for legs": 1.5, "things in front": 1.0, "too near": 1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Where everybody is through a shot of `frames`. `line` runs from the first to the second talker; the cameras keep
    to `side` of it (+1 the right of the way from the first to the second, -1 the left, 0 there is no line). `look` is
    the line between the two of this shot, and `look_side` the side from which the two have been shown."""

    floor: Floor
    paths: tuple[PathPlan, ...]
    frames: int = 1
    line: Line | None = None
    side: int = 0
    fps: float = 24.0
    look: Line | None = None
    look_side: int = 0

    @cached_property
    def places(self) -> Mapping[str, Spot]:
        """Where everybody is when the shot begins."""
        return {path.who: place_at(path, 0) for path in self.paths}

    def facing(self, name: str) -> float:
        """Where somebody looks, in degrees, once they have turned to what the shot is about."""
        path = next(path for path in self.paths if path.who == name)
        return place_at(path, min(_TURNED, self.frames // 2)).facing

    @cached_property
    def moments(self) -> NDArray[np.int64]:
        """The frames that are looked at, shape [moments]; one where nobody moves from their place."""
        if all(len({(spot.x, spot.z, spot.posture) for spot in path.spots}) < 2 for path in self.paths):
            return np.zeros(1, np.int64)
        return np.unique(np.linspace(0, self.frames - 1, min(_MOMENTS, max(2, self.frames // 6))).round().astype(int))

    @cached_property
    def corners(self) -> Mapping[str, Array]:
        """Everybody's eyes wherever anybody turns [m], shape [corners, 3]: between them all go straight and evenly."""
        ends = {0, self.frames - 1}
        frames = sorted(ends | {s.start for path in self.paths for s in path.spots if 0 < s.start < self.frames})
        return {path.who: np.array([_eyes(place_at(path, frame)) for frame in frames]) for path in self.paths}

    @cached_property
    def walks(self) -> Mapping[str, Array]:
        """Everybody's eyes at each moment [m], shape [moments, 3]."""
        return {path.who: np.array([_eyes(place_at(path, frame)) for frame in self.moments]) for path in self.paths}

    def way(self, name: str) -> Array | None:
        """Somebody's eyes, or the middle of a thing, at each moment [m], shape [moments, 3]."""
        if name in self.walks:
            return self.walks[name]
        thing = self.floor.thing(name)
        return None if thing is None else np.tile(np.array(thing.middle), (len(self.moments), 1))

    def eyes(self, name: str) -> Point | None:
        """The same when the shot begins."""
        way = self.way(name)
        return None if way is None else (float(way[0, 0]), float(way[0, 1]), float(way[0, 2]))

    def goes(self, name: str) -> Array:
        """How far and where somebody gets in the shot [m], level, shape [3]."""
        way = self.way(name)
        return np.zeros(3) if way is None else (way[-1] - way[0]) * np.array([1.0, 0.0, 1.0])

    def is_large(self, name: str) -> bool:
        thing = self.floor.thing(name)
        return thing is not None and max(b - a for a, b in zip(thing.low, thing.high, strict=True)) > _LARGE


@dataclass(frozen=True)
class Last:
    """The camera before, against which a cut is judged; `heading` is where its subject went [m], shape [3], and `goes`
    that way in the picture (+1 right, -1 left, 0 neither)."""

    subject: str
    size: ShotSize
    eye: tuple[float, ...]
    heading: tuple[float, ...] = (0.0, 0.0, 0.0)
    goes: int = 0


@dataclass(frozen=True)
class Aim:
    """What is to be shot: of whom, with whom in the picture, how large, on which move, by what sort of support."""

    subject: str
    framed: tuple[str, ...]
    size: ShotSize
    move: MoveKind
    stands: bool
    looker: str = ""  # through whose eyes it is seen


@dataclass(frozen=True)
class Verdict:
    """What speaks against a place, and what that costs; `ruled_out` says why it cannot be at all."""

    faults: tuple[str, ...] = ()
    ruled_out: str = ""

    @property
    def cost(self) -> float:
        return math.inf if self.ruled_out else sum(PRICES[fault] for fault in self.faults)


def judge(views: Sequence[View], lenses: Sequence[float], aim: Aim, stage: Stage, last: Last | None) -> list[Verdict]:
    """A verdict on each of N views [m, radians] under its lens [mm]."""
    verdicts: dict[int, Verdict] = {}
    left = list(range(len(views)))
    scout = _Scout(views, lenses, aim, stage)
    for name, breaks in _BARS:  # the cheap questions first, and none of a place that is out already
        if left:
            broken = breaks(scout)
            verdicts |= {n: Verdict((), name) for n, out in zip(left, broken.tolist(), strict=True) if out}
            left = [n for n in left if n not in verdicts]
            scout.keep(~broken)
    if left:
        verdicts |= zip(left, _faults(scout, last), strict=True)
    return [verdicts[n] for n in range(len(views))]


def hidden_from(view: View, stage: Stage) -> list[str]:
    """Whose faces a view does not see when the shot begins, for the set or for somebody before them."""
    names = list(stage.walks)
    heads = np.array([stage.walks[name][0] for name in names]).reshape(-1, 3)  # (P, 3)
    clear = stage.floor.sees(view.eye, heads)
    return [
        name
        for n, name in enumerate(names)
        if not clear[n] or _hides(np.array(view.eye), heads[n], np.delete(heads, n, axis=0)).any()
    ]


def _faults(scout: _Scout, last: Last | None) -> list[Verdict]:
    """What may be given up, of places that are possible."""
    faults: tuple[tuple[str, Mask], ...] = (
        ("30 degrees", scout.jumps(last)),
        ("eyeline", scout.looks_away()),
        ("screen direction", scout.turns_round(last)),
        ("leaves the picture", scout.loses()),
        ("hidden on the way", ~np.all(scout.sees(), axis=1)),
        ("somebody in front", scout.has_backs()),
        ("things in front", scout.has_things()),
        ("no floor for legs", scout.lacks_floor()),
        ("too near", scout.is_too_near()),
    )
    return [Verdict(tuple(name for name, broken in faults if broken[n])) for n in range(len(scout.eyes))]


class _Scout:
    """N cameras over the moments of a shot."""

    def __init__(self, views: Sequence[View], lenses: Sequence[float], aim: Aim, stage: Stage) -> None:
        way = stage.way(aim.subject)
        assert way is not None
        self.aim, self.stage, self.way = aim, stage, way  # (S, 3)
        self.lens = np.array(lenses)  # (N,)
        self.axis = np.array([view.forward for view in views])  # (N, 3)
        headings = np.array([view.heading for view in views])
        self.right = np.stack([np.cos(headings), np.zeros(len(views)), np.sin(headings)], axis=1)  # (N, 3)
        eyes = np.array([view.eye for view in views])
        follow = (way - way[0]) * np.array([1.0, 0.0, 1.0]) if aim.move == "track" else np.zeros_like(way)
        self.eyes = eyes[:, None] + follow  # (N, S, 3)
        others = [walk for name, walk in stage.walks.items() if name not in (aim.subject, aim.looker)]
        self.others = np.array(others).reshape(-1, len(way), 3)  # (P, S, 3)

    def keep(self, some: Mask) -> None:
        """Go on with some of the cameras."""
        self.lens, self.axis = self.lens[some], self.axis[some]
        self.right, self.eyes = self.right[some], self.eyes[some]

    def has_room(self) -> Mask:
        if self.aim.looker:
            return np.ones(len(self.eyes), bool)
        still = self.eyes[:, :1] if self.aim.move != "track" else self.eyes
        return np.all(self.stage.floor.room(still), axis=1)

    def is_walked_into(self) -> Mask:
        """Whether anybody, the subject too, comes within reach of the lens."""
        ways = self.stage.walks if self.aim.move == "track" else self.stage.corners
        everybody = np.array([way for name, way in ways.items() if name != self.aim.looker])  # (P, C, 3)
        if not len(everybody):
            return np.zeros(len(self.eyes), bool)
        eyes = self.eyes if self.aim.move == "track" else self.eyes[:, :1]
        offset = eyes[:, None] - everybody[None]  # (N, P, C, 3)
        near = _nearest_on_the_way(offset) < (0.3 if self.aim.looker else _IN_THE_WAY)
        return (near & (offset[..., 1].min(axis=2) < 0.5)).any(axis=1)

    def is_over_the_line(self) -> Mask:
        return self._is_across(self.stage.line, self.stage.side)

    def looks_away(self) -> Mask:
        """Whether two who look at each other would look the same way in their two pictures."""
        return self._is_across(self.stage.look, self.stage.look_side)

    def _is_across(self, line: Line | None, side: int) -> Mask:
        if line is None or not side or self.aim.looker or self.aim.subject not in self.stage.walks:
            return np.zeros(len(self.eyes), bool)
        (ax, az), (bx, bz) = line
        eyes = self.eyes[:, 0]
        return ((bx - ax) * (eyes[:, 2] - az) - (bz - az) * (eyes[:, 0] - ax)) * side <= 0

    def sees(self, first: bool = False) -> Mask:
        """Whether the subject is seen at each moment, past the set and past everybody, shape [N, S]; or only at the
        first, shape [N, 1]."""
        some = slice(0, 1) if first else slice(None)
        clear = self.stage.floor.sees(self.eyes[:, some], self.way[None, some], ignoring=(self.aim.subject,))
        return clear & ~self._behind_somebody(some)

    def _behind_somebody(self, some: slice) -> Mask:
        """Whether a body stands between the eyes and the subject at some moments, shape [N, S]."""
        if not len(self.others):
            return np.zeros(self.eyes[:, some].shape[:2], bool)
        return np.logical_or.reduce(
            _hides(self.eyes[:, None, some], self.way[some], self.others[None, :, some]), axis=1
        )

    def jumps(self, last: Last | None) -> Mask:
        """Whether a cut from the last camera on the same subject is less than 30 degrees and less than a size."""
        if last is None or last.subject != self.aim.subject or last.size != self.aim.size or self.aim.looker:
            return np.zeros(len(self.eyes), bool)
        target = self.way[0]
        a = np.arctan2(last.eye[0] - target[0], last.eye[2] - target[2])
        b = np.arctan2(self.eyes[:, 0, 0] - target[0], self.eyes[:, 0, 2] - target[2])
        return np.abs((np.degrees(a - b) + 180) % 360 - 180) < 30

    def turns_round(self, last: Last | None) -> Mask:
        """Whether who goes on the way they went goes the other way in the picture."""
        goes = self.stage.goes(self.aim.subject)
        if last is None or not last.goes or last.subject != self.aim.subject or np.linalg.norm(goes) < WALKS:
            return np.zeros(len(self.eyes), bool)
        if float(goes @ np.array(last.heading)) <= 0:
            return np.zeros(len(self.eyes), bool)
        across = self.right @ goes / np.linalg.norm(goes)
        return (across * last.goes) < -0.3

    def loses(self) -> Mask:
        """Whether the subject gets out of the picture of a camera that does not follow."""
        if self.aim.move in _FOLLOWS or len(self.way) < 2:
            return np.zeros(len(self.eyes), bool)
        x, depth = self._across(self.way[None])
        return np.any(((np.abs(x) > _EDGE) | (depth < 0.3))[:, 0], axis=1)

    def has_backs(self) -> Mask:
        """Whether somebody who is not meant to be in the picture stands large before the subject when it begins."""
        names = [n for n in self.stage.walks if n not in (self.aim.subject, self.aim.looker, *self.aim.framed)]
        if not names:
            return np.zeros(len(self.eyes), bool)
        x, depth = self._across(np.array([self.stage.walks[name] for name in names]))  # (N, P, S)
        _, far = self._across(self.way[None])
        half = 0.25 * self.lens[:, None, None] / APERTURE_MM[0] / np.maximum(depth, 0.1)
        stands = (depth > 0.1) & (depth < 0.8 * far) & (np.abs(x) - half < 0.5)
        return np.any(stands[..., 0], axis=1)

    def has_things(self) -> Mask:
        """Whether the set hides the lower part of what the size should show of the subject, first, last or midway."""
        if self.aim.subject not in self.stage.walks:
            return np.zeros(len(self.eyes), bool)
        some = sorted({0, len(self.way) // 2, len(self.way) - 1})
        low = self.way[some].copy()
        low[:, 1] = np.maximum(low[:, 1] - _BELOW[self.aim.size], 0.2)
        return ~np.all(self.stage.floor.sees(self.eyes[:, some], low), axis=1)

    def lacks_floor(self) -> Mask:
        if not self.aim.stands or self.aim.looker:
            return np.zeros(len(self.eyes), bool)
        return np.any(self.stage.floor.clearance(self.eyes[..., 0], self.eyes[..., 2]) < _LEGS, axis=1)

    def is_too_near(self) -> Mask:
        """Whether a walker comes so near a camera that pans that the picture is of a nose."""
        if self.aim.move != "pan":
            return np.zeros(len(self.eyes), bool)
        return (np.linalg.norm(self.eyes - self.way, axis=-1) < 1.0).any(axis=1)

    def _across(self, points: Array) -> tuple[Array, Array]:
        """Where points [m], shape [P, S, 3], lie left and right of the picture's middle (0.5 is the edge), and their
        depth [m], shapes [N, P, S]."""
        to = points[None] - self.eyes[:, None]  # (N, P, S, 3)
        depth = np.einsum("npsi,ni->nps", to, self.axis)
        x = np.einsum("npsi,ni->nps", to, self.right) * self.lens[:, None, None] / APERTURE_MM[0]
        return x / np.maximum(np.abs(depth), 1e-6), depth


def _hides(eyes: Array, points: Array, bodies: Array) -> Mask:
    """Whether bodies, by their eyes [m], stand between eyes and points, shapes [..., 3] (broadcast) to [...]."""
    way, to = points - eyes, bodies - eyes
    flat = np.array([1.0, 0.0, 1.0])
    share = (to * way * flat).sum(axis=-1) / np.maximum((way * way * flat).sum(axis=-1), 1e-9)
    off = np.linalg.norm((to - share[..., None] * way) * flat, axis=-1)
    above = (eyes + share[..., None] * way - bodies)[..., 1]  # of the line over their eyes [m]
    hides = (above < _HEAD) & (off < np.where(above > -_NECK, _SKULL, _SHOULDER))
    return (share > 0.05) & (share < 0.95) & hides


def _nearest_on_the_way(offset: Array) -> Array:
    """How near, level [m], a camera and a body come: their offsets at each moment, and on the straight way between,
    shape [N, P, S, 3] to [N, P]."""
    flat = offset[..., [0, 2]]
    if flat.shape[2] == 1:
        return np.linalg.norm(flat[:, :, 0], axis=-1)
    step = np.diff(flat, axis=2)  # (N, P, S - 1, 2)
    share = -(flat[:, :, :-1] * step).sum(axis=-1) / np.maximum((step * step).sum(axis=-1), 1e-9)
    return np.linalg.norm(flat[:, :, :-1] + np.clip(share, 0, 1)[..., None] * step, axis=-1).min(axis=2)


# What rules a place out, the cheapest question first.
_BARS: tuple[tuple[str, Callable[[_Scout], Mask]], ...] = (
    ("the wrong side of the line", _Scout.is_over_the_line),
    ("somebody walks into the lens", _Scout.is_walked_into),
    ("no room", lambda scout: ~scout.has_room()),
    ("the face is hidden", lambda scout: ~scout.sees(first=True)[:, 0]),
)


def side_of(line: Line, eye: Sequence[float]) -> int:
    """+1 right of the way from the line's first point to its second, -1 left."""
    (ax, az), (bx, bz) = line
    return 1 if (bx - ax) * (eye[2] - az) - (bz - az) * (eye[0] - ax) > 0 else -1


def _eyes(spot: Spot) -> tuple[float, float, float]:
    return (spot.x, EYES[spot.posture], spot.z)
