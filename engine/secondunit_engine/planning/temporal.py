"""One small temporal network: what comes before what, what happens together, how long it takes at least and at most.

A simple temporal network (Dechter, Meiri and Pearl 1991): points in time and bounds on their differences. It is
consistent unless bounds go round in a circle that asks for more than it allows; then that circle is the reason.
Times are exact fractions of a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Span:
    """Something that lasts: seconds at the least, as it wants, and at the most (None: as long as you like)."""

    name: str
    least: Fraction
    wanted: Fraction
    most: Fraction | None = None

    def at(self, scale: Fraction) -> Fraction:
        """Its length when everything is pressed or stretched alike."""
        longest = self.wanted * scale if self.most is None else min(self.wanted * scale, self.most)
        return max(longest, self.least)


@dataclass(frozen=True)
class Order:
    """One end of a span comes no earlier than an end of another: `("walk", "ends")` before `("talk", "begins")`."""

    before: tuple[str, str]
    after: tuple[str, str]
    why: str = ""


def schedule(
    spans: Sequence[Span], orders: Sequence[Order], scale: Fraction = Fraction(1)
) -> dict[str, tuple[Fraction, Fraction]]:
    """When each span begins and ends, as early as the orders allow, with all lengths at one scale."""
    network = Network()
    for span in spans:
        network.span(span.name, span.at(scale), why=f"{span.name} takes {float(span.at(scale)):.3g} s")
    for order in orders:
        network.put(" ".join(order.before), " ".join(order.after), why=order.why)
    times = network.earliest()
    return {span.name: (times[f"{span.name} begins"], times[f"{span.name} ends"]) for span in spans}


def stretch(spans: Sequence[Span], orders: Sequence[Order], length: Fraction) -> dict[str, tuple[Fraction, Fraction]]:
    """The schedule that lasts `length` seconds: every span that can still give is pressed or stretched alike.

    The end of a schedule rises with the scale in straight pieces, so that halving and drawing straight lines by turns
    finds the scale. Where all spans are at their bounds time itself is pressed, or what is left is air at the end.
    Raises Contradiction if the orders cannot all hold.
    """
    if not spans:
        return {}
    low, high = Fraction(0), Fraction(1)
    first = schedule(spans, orders, low)
    if _end(first) >= length:
        return _press(first, length)
    while _end(last := schedule(spans, orders, high)) < length:
        if high > _WIDEST:
            return last
        low, first, high = high, last, high * 2
    for turn in range(_TURNS):
        below, above = _end(first), _end(last)
        if above in (length, below):
            return last
        share = Fraction(1, 2) if turn % 3 == 2 else (length - below) / (above - below)
        middle = (low + share * (high - low)).limit_denominator(_FINEST)
        if not low < middle < high:
            break
        times = schedule(spans, orders, middle)
        if _end(times) < length:
            low, first = middle, times
        else:
            high, last = middle, times
    return _press(last, length)


_WIDEST = 64  # times its wanted length
_TURNS = 12
_FINEST = 1 << 20


def _end(times: dict[str, tuple[Fraction, Fraction]]) -> Fraction:
    return max((end for _, end in times.values()), default=Fraction(0))


def _press(times: dict[str, tuple[Fraction, Fraction]], length: Fraction) -> dict[str, tuple[Fraction, Fraction]]:
    """All times multiplied so that the last is `length`."""
    share = length / _end(times) if _end(times) else Fraction(0)
    return {name: (start * share, end * share) for name, (start, end) in times.items()}
