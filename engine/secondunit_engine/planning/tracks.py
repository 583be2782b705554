"""One person's way through a whole scene, on the scene's clock, and the stretch of it that a shot sees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.plan import PathPlan, Spot
from secondunit_engine.planning.walks import short_turn

Array = NDArray[np.floating]


@dataclass
class Track:
    """Where somebody is at every frame of a scene, and the stretches in which they are `away` from the set.

    `spots` are in order of time, the first at frame 0. `home` is the place they have if nothing moves them. A stretch
    runs from a frame to before another; the last may have no end.
    """

    name: str
    home: Spot
    spots: list[Spot]
    away: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The frame from which nothing changes any more."""
        return self.spots[-1].start

    def at(self, frame: float) -> Spot:
        return spot_at(self.spots, frame)

    def places(self, frames: Array) -> Array:
        """Floor places [m] at frames of the scene, shape [F, 2]."""
        starts = [spot.start for spot in self.spots]
        x, z = ([getattr(spot, axis) for spot in self.spots] for axis in "xz")
        return np.stack([np.interp(frames, starts, x), np.interp(frames, starts, z)], axis=1)

    def hold(self, frame: int) -> Spot:
        """Stop here at a frame: what was to come is dropped. Returns the spot."""
        here = replace(self.at(frame), start=frame)
        self.spots = [spot for spot in self.spots if spot.start < frame]
        self.spots.append(here)
        return here

    def add(self, spots: Iterable[Spot]) -> None:
        """Go on by spots that are later than all there are."""
        self.spots.extend(spots)

    def leave(self, frame: int) -> None:
        """Be gone from a frame on."""
        self.away.append((frame, None))

    def come(self, frame: int, spot: Spot | None = None) -> None:
        """Be back at a frame, where they left; who was never there has been waiting at a `spot`."""
        gone, _ = self.away[-1]
        self.away[-1] = gone, frame
        if spot is not None:
            self.spots = [replace(spot, start=0)]

    def is_there(self, start: int, end: int) -> bool:
        """Whether they are on the set at some frame from `start` to before `end`."""
        return not any(gone <= start and (back is None or end <= back) for gone, back in self.away)

    @property
    def came(self) -> int:
        """The first frame they are on the set. Who leaves it again is just outside and not to be walked into."""
        return next((back or 0 for gone, back in self.away if gone == 0 and back is not None), 0)

    @property
    def is_awaited(self) -> bool:
        """Whether they have not been on the set so far."""
        return self.away == [(0, None)]

    def path(self, start: int, end: int) -> PathPlan:
        """The stretch of a shot, counted from its first frame; it ends with where the next shot begins."""
        inner = [replace(spot, start=spot.start - start) for spot in self.spots if start < spot.start < end]
        first, last = replace(self.at(start), start=0), replace(self.at(end), start=end - start)
        return PathPlan(self.name, _needed([first, *inner, last]))


def spot_at(spots: Sequence[Spot], frame: float) -> Spot:
    """Where somebody is at a frame: straight and even between spots, turning the short way."""
    at = bisect_right(spots, frame, key=attrgetter("start"))
    if at == 0:
        return spots[0]
    if at == len(spots):
        return spots[-1]
    before, after = spots[at - 1], spots[at]
    share = (frame - before.start) / (after.start - before.start)
    return Spot(
        int(frame),
        round(before.x + (after.x - before.x) * share, 6),
        round(before.z + (after.z - before.z) * share, 6),
        round((before.facing + short_turn(before.facing, after.facing) * share) % 360.0, 6),
        after.posture if share > 0.5 else before.posture,
    )


def _needed(spots: list[Spot]) -> tuple[Spot, ...]:
    """Spots without those at which nothing has changed before or after."""
    kept = [spots[0]]
    for number, spot in enumerate(spots[1:], 1):
        after = spots[number + 1] if number + 1 < len(spots) else None
        if _same(kept[-1], spot) and (after is None or _same(spot, after)):
            continue
        kept.append(spot)
    return tuple(kept)


def _same(a: Spot, b: Spot) -> bool:
    return (a.x, a.z, a.facing, a.posture) == (b.x, b.z, b.facing, b.posture)
