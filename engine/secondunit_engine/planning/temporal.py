"""One small temporal network: what comes before what, what happens together, how long it takes at least and at most.

A simple temporal network (Dechter, Meiri and Pearl 1991): points in time and bounds on their differences. It is
consistent unless bounds go round in a circle that asks for more than it allows; then that circle is the reason.
Times are exact fractions of a second.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction

ORIGIN = "origin"


class Contradiction(Exception):
    """Bounds that cannot all hold; `reasons` are what asked for them, in order round the circle."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class _Bound:
    """`after` comes at least `least` after `before`; a largest difference is a negative least one the other way."""

    before: str
    after: str
    least: Fraction
    why: str


@dataclass
class Network:
    """Points are names; each is at the origin or later."""

    _points: dict[str, None] = field(default_factory=lambda: {ORIGIN: None})
    _from: dict[str, list[_Bound]] = field(default_factory=dict)

    def put(
        self, before: str, after: str, least: Fraction = Fraction(0), most: Fraction | None = None, why: str = ""
    ) -> None:
        """`after` comes between `least` and `most` seconds after `before`."""
        for point in (before, after):
            if point not in self._points:
                self._points[point] = None
                self._bind(_Bound(ORIGIN, point, Fraction(0), "nothing comes before the beginning"))
        self._bind(_Bound(before, after, least, why))
        if most is not None:
            self._bind(_Bound(after, before, -most, why))

    def _bind(self, bound: _Bound) -> None:
        self._from.setdefault(bound.before, []).append(bound)

    def span(self, name: str, seconds: Fraction, why: str = "", most: Fraction | None = None) -> tuple[str, str]:
        """Something that lasts: its beginning and its end."""
        start, end = f"{name} begins", f"{name} ends"
        self.put(start, end, seconds, seconds if most is None else most, why or name)
        return start, end

    def earliest(self) -> dict[str, Fraction]:
        """The earliest time of every point (Bellman and Ford, by a queue of what moved). Raises Contradiction."""
        times = dict.fromkeys(self._points, Fraction(0))
        moved = dict.fromkeys(self._points, 0)
        because: dict[str, _Bound] = {}
        queue = deque(self._points)
        waiting = set(self._points)
        while queue:
            point = queue.popleft()
            waiting.discard(point)
            for bound in self._from.get(point, ()):
                time = times[point] + bound.least
                if time <= times[bound.after]:
                    continue
                times[bound.after], because[bound.after] = time, bound
                moved[bound.after] += 1
                if moved[bound.after] > len(times):
                    raise Contradiction(_circle(because, bound.after))
                if bound.after not in waiting:
                    waiting.add(bound.after)
                    queue.append(bound.after)
        return times


def _circle(because: dict[str, _Bound], start: str) -> tuple[str, ...]:
    """What asked for the bounds of the circle that `start` hangs on."""
    point = start
    for _ in range(len(because)):  # far enough back to be inside the circle
        point = because[point].before
    reasons: list[str] = []
    first = point
    while True:
        bound = because[point]
        if bound.why:
            reasons.append(bound.why)
        point = bound.before
        if point == first:
            return tuple(dict.fromkeys(reversed(reasons)))
