"""What the plan's blocking asks of a person: where they are at every frame, and whom they look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pxr import Gf

from secondunit_engine.planning.plan import CastPlan, PathPlan, ShotPlan
from secondunit_engine.planning.staging import place_at

Array = NDArray[np.float64]

_AT_THE_MARK = (1e-3, 0.05)  # m and degrees within which a path that stands still is the mark itself
_READY = 0.3  # s before a line in which eyes go to who speaks
_UNDER_WAY = 0.35  # m/s from which one looks where one goes
_AHEAD = 3.0  # m ahead that one looks at without anything to look at


@dataclass(frozen=True)
class Way:
    """Somebody's places on the floor [m], shape [frames, 2], and facings [degrees], shape [frames]."""

    places: Array
    facing: Array

    def root(self, at: Gf.Matrix4d, frame: int) -> Gf.Matrix4d:
        """The transform of their root at a frame, as high as the mark `at`."""
        turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), float(self.facing[frame])))
        x, z = self.places[frame]
        move = Gf.Vec3d(float(x), float(np.array(at)[3, 1]), float(z))
        return turn * Gf.Matrix4d().SetTranslate(move)


def way_of(shot: ShotPlan, name: str, at: Gf.Matrix4d) -> Way | None:
    """The way that the plan has for somebody; None if it has none, or only says that they stand on their mark."""
    path = _path(shot, name)
    if path is None:
        return None
    spots = [place_at(path, frame) for frame in range(shot.frames)]
    way = Way(np.array([(spot.x, spot.z) for spot in spots]), np.array([spot.facing for spot in spots]))
    mark, front = at.ExtractTranslation(), at.GetRow3(2)
    facing = np.degrees(np.arctan2(front[0], front[2]))
    away = np.hypot(way.places[:, 0] - mark[0], way.places[:, 1] - mark[2])
    turned = np.abs((way.facing - facing + 180.0) % 360.0 - 180.0)
    return None if away.max() < _AT_THE_MARK[0] and turned.max() < _AT_THE_MARK[1] else way


def gaze(shot: ShotPlan, member: CastPlan, way: Way, height: float) -> Array | None:
    """What somebody looks at in their own space [m], shape [frames, 3]: who speaks, or whom they speak to.

    None if nobody else is there. Others' eyes are taken to be as high as their own, `height` [m].
    """
    others = {path.who: path for path in shot.blocking if path.who != member.name}
    if not others or not any(line.character in (*others, member.name) for line in shot.dialogue):
        return None
    fps = float(shot.rate.fraction)
    target = np.tile(np.array([0.0, height - 0.02, _AHEAD]), (shot.frames, 1))  # (F, 3)
    for line in sorted(shot.dialogue, key=lambda line: line.start):
        whom = line.character if line.character != member.name else _listener(shot, line.start, way, others)
        if whom in others:
            first = max(0, line.start - round(_READY * fps))
            seen = _seen(others[whom], way, range(first, shot.frames), height)
            target[first:] = seen  # until somebody else speaks
    step = np.hypot(*np.diff(way.places, axis=0, prepend=way.places[:1]).T) * fps
    target[step > _UNDER_WAY] = (0.0, height - 0.02, _AHEAD)
    return target


def _listener(shot: ShotPlan, frame: int, way: Way, others: dict[str, PathPlan]) -> str:
    """Whom somebody speaks to: who spoke last before, else who speaks next, else the nearest."""
    lines = sorted((line for line in shot.dialogue if line.character in others), key=lambda line: line.start)
    before = [line.character for line in lines if line.start < frame]
    after = [line.character for line in lines if line.start >= frame]
    near = min(others, key=lambda who: float(np.hypot(*(_at(others[who], frame) - way.places[frame]))))
    return before[-1] if before else after[0] if after else near


def _seen(path: PathPlan, way: Way, frames: range, height: float) -> Array:
    """Somebody's eyes in the space of who looks at them [m], shape [frames, 3]."""
    offset = np.array([_at(path, frame) for frame in frames]) - way.places[frames.start : frames.stop]  # (F, 2)
    turn = np.radians(way.facing[frames.start : frames.stop])
    aside = offset[:, 0] * np.cos(turn) - offset[:, 1] * np.sin(turn)
    ahead = offset[:, 0] * np.sin(turn) + offset[:, 1] * np.cos(turn)
    return np.stack([aside, np.full(len(frames), height), ahead], axis=1)


def _at(path: PathPlan, frame: int) -> Array:
    spot = place_at(path, frame)
    return np.array([spot.x, spot.z])


def _path(shot: ShotPlan, name: str) -> PathPlan | None:
    return next((path for path in shot.blocking if path.who == name), None)
