"""How somebody gets along a way: when they are where, and where they face on it.

A walk begins and ends softly, faces where it goes and turns round corners. Speeds are those of grown-ups: 1.25 m/s
unhurried (Bohannon, Age and Ageing 26, 1997: comfortable gait 1.27 to 1.46), 2.4 m/s at a run indoors.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.formation import bearing
from secondunit_engine.planning.plan import Spot
from secondunit_engine.planning.ways import Place, length_of

Array = NDArray[np.floating]

WALK, BRISK = 1.25, 1.7  # m/s, and as fast as one walks when there is little time
RUN, SPRINT = 2.4, 2.8
_RAMP = 0.4  # s to get going, and to come to rest
_TURN_RATE = 270.0  # degrees a second when turning on the spot
_CORNER = 3  # frames before and after a corner in which a walker turns
_LEAST = 0.05  # m; a shorter way is no walk


def fit_walk(length: float, frames: int, fps: float, *, runs: bool = False) -> tuple[float, float]:
    """The speed [m/s] and how much of `length` [m] can be gone in some frames: unhurried if it can be, else brisk.

    Less than the whole length comes back if even that is too slow.
    """
    usual, most = (RUN, SPRINT) if runs else (WALK, BRISK)
    seconds = frames / fps
    if walk_seconds(length, usual) <= seconds:
        return usual, length
    needed = length / max(seconds - _RAMP, 1e-6)
    if seconds > _RAMP and needed <= most:
        return max(needed, usual), length
    return most, min(length, max(0.0, most * (seconds - _RAMP)))


def walk_seconds(length: float, speed: float) -> float:
    """How long a way takes, with getting going and coming to rest [s]."""
    if length >= speed * _RAMP:
        return length / speed + _RAMP
    return 2 * float(np.sqrt(max(length, 0.0) * _RAMP / speed))


def walk(way: tuple[Place, ...], start: int, facing: float, speed: float, fps: float, last: float | None) -> list[Spot]:
    """The spots of a walk along a way from frame `start`, without its first, facing `last` at the end.

    `facing` is where they look before. Whoever has to turn far does so before the first step.
    """
    length = length_of(way)
    if length < _LEAST:
        return turn(way[0], start, facing, facing if last is None else last, fps)
    spots: list[Spot] = []
    heading = bearing(way[0], way[1])
    if abs(short_turn(facing, heading)) > 60.0:
        spots += turn(way[0], start, facing, heading, fps)
        start = spots[-1].start
    frames = max(1, int(np.ceil(walk_seconds(length, speed) * fps - 1e-6)))
    gone = np.array([_gone(frame / frames, length, speed) for frame in range(frames + 1)])  # (F,) [m]
    at = np.concatenate([[0.0], np.cumsum([length_of(leg) for leg in pairwise(way)])])
    for frame in _key_frames(frames, gone, at, fps):
        x, z = (float(np.interp(gone[frame], at, [place[k] for place in way])) for k in (0, 1))
        spots.append(Spot(start + frame, round(x, 4), round(z, 4), _heading(way, at, gone, frame, frames)))
    end = spots[-1]
    spots[-1] = Spot(end.start, *way[-1], end.facing)
    if last is not None and abs(short_turn(end.facing, last)) > 1.0:
        spots += turn(way[-1], end.start, end.facing, last, fps)
    return spots


def turn(place: Place, start: int, facing: float, wanted: float, fps: float, posture: str = "stand") -> list[Spot]:
    """The spots of a turn on the spot, without its first; none if there is nothing to turn."""
    angle = short_turn(facing, wanted)
    if abs(angle) < 1.0:
        return []
    frames = max(4, int(np.ceil(abs(angle) / _TURN_RATE * fps)))
    return [Spot(start + frames, place[0], place[1], round(wanted % 360.0, 3), posture)]  # type: ignore[arg-type]


def short_turn(facing: float, wanted: float) -> float:
    """Degrees from one facing to another the short way, -180 to 180."""
    return (wanted - facing + 180.0) % 360.0 - 180.0


def cut_way(way: tuple[Place, ...], length: float) -> tuple[Place, ...]:
    """The first `length` metres of a way."""
    kept, gone = [way[0]], 0.0
    for a, b in pairwise(way):
        leg = float(np.hypot(b[0] - a[0], b[1] - a[1]))
        if gone + leg >= length:
            share = (length - gone) / leg if leg else 0.0
            kept.append((round(a[0] + (b[0] - a[0]) * share, 3), round(a[1] + (b[1] - a[1]) * share, 3)))
            return tuple(kept)
        kept.append(b)
        gone += leg
    return tuple(kept)


def _gone(share: float, length: float, speed: float) -> float:
    """How far one has come [m] after a share of a walk's time: speed rises, holds and falls evenly."""
    total = walk_seconds(length, speed)
    ramp = min(_RAMP, total / 2)
    top = length / (total - ramp)
    time = share * total
    if time < ramp:
        return top * time**2 / (2 * ramp)
    if time > total - ramp:
        return length - top * (total - time) ** 2 / (2 * ramp)
    return top * (time - ramp / 2)


def _key_frames(frames: int, gone: Array, at: Array, fps: float) -> list[int]:
    """Where the walk must be pinned: while it speeds up and slows down, and at corners."""
    ramp = max(1, round(_RAMP * fps))
    keys = {frames, *(n for n in (ramp // 3, 2 * ramp // 3, ramp) for n in (n, frames - n))}
    for corner in at[1:-1].tolist():
        middle = int(np.searchsorted(gone, corner))
        keys |= {middle - _CORNER, middle, middle + _CORNER}
    return sorted(frame for frame in keys if 0 < frame <= frames)


def _heading(way: tuple[Place, ...], at: Array, gone: Array, frame: int, frames: int) -> float:
    """Where a walker faces: along the way, from a little behind to a little ahead."""
    early, late = (gone[min(max(frame + step, 0), frames)] for step in (-_CORNER, _CORNER))
    ends = [tuple(float(np.interp(s, at, [place[k] for place in way])) for k in (0, 1)) for s in (early, late)]
    return bearing(*ends)  # type: ignore[arg-type]
