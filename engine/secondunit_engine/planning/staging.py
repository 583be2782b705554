"""Where people stand and go on a set's floor, shot by shot through a scene."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from secondunit_engine.planning.plan import PathPlan, Posture, Spot


@dataclass(frozen=True)
class Standing:
    """Somebody of a scene and the mark that casting gave them."""

    name: str
    mark: str


@dataclass(frozen=True)
class Line:
    """The 180-degree line between the two principal talkers: two floor points (x, z) [m], and whose they are."""

    first: str
    second: str
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class Staging:
    """Paths per shot, of everybody in the scene; and what had to give, (shot number, one sentence)."""

    paths: tuple[tuple[PathPlan, ...], ...]
    line: Line | None
    notes: tuple[tuple[int, str], ...] = ()


def place_at(path: PathPlan, frame: float) -> Spot:
    """Where somebody is at a frame: straight and even between spots, turning the short way."""
    spots = path.spots
    if frame <= spots[0].start:
        return spots[0]
    for before, after in pairwise(spots):
        if frame < after.start:
            share = (frame - before.start) / (after.start - before.start)
            turn = (after.facing - before.facing + 180.0) % 360.0 - 180.0
            return Spot(
                int(frame),
                before.x + (after.x - before.x) * share,
                before.z + (after.z - before.z) * share,
                (before.facing + turn * share) % 360.0,
                _posture(before, after, share),
            )
    return spots[-1]


def _posture(before: Spot, after: Spot, share: float) -> Posture:
    """The posture of whichever spot is nearer in time."""
    return after.posture if share > 0.5 else before.posture
