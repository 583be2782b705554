"""Where sponsors' logos may stand so that every rule holds: a search in whole frames.

A sponsor gets windows, runs of frames that may go on over a cut, which meet what it asks for by itself. Two sponsors
meet only in which shots they use, so the search backtracks over those; what failed in some shots fails in more.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, chain

from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.planning.sponsors import MOST_TIMES, Rule, rivals_of
from secondunit_engine.planning.verdicts import event_frames

_USUAL_SECONDS = 2  # a logo nobody gave a length
_MOST_STEPS = 2_000  # of a search; beyond that "not found" is said, not "impossible"
WANTING = frozenset(("run", "each", "total", "times", "within", "last"))
# (every logo is shown, no two in one shot, steps), the best first; a preference is given up sooner than a rule.
_PREFERENCES = ((True, True, 200), (True, False, 200), (False, True, 200), (False, False, _MOST_STEPS))


@dataclass(frozen=True)
class Piece:
    """Frames `start` to `end` of a shot in which a sponsor's logo may be seen."""

    shot: int
    start: int
    end: int


Window = tuple[Piece, ...]  # pieces that follow each other without a gap
Layout = Mapping[str, tuple[Window, ...]]  # windows by sponsor, in lower case


@dataclass(frozen=True)
class Want:
    """What one sponsor asks for by itself, in frames; `usual` is how long its logo is shown where nothing asks less."""

    sponsor: str
    usual: int
    run: int
    each: int
    total: int
    most: int
    times: int
    most_times: int
    first_by: int
    last: bool
    optional: bool
    pieces: tuple[Piece, ...]


# What a sponsor wants and where it may be


def read_want(shots: Sequence[ShotPlan], rules: Sequence[Rule], sponsor: str) -> Want:
    """What the rules of a sponsor (in lower case) ask for, and where its own prohibitions leave room."""
    rate = shots[0].rate
    own = [rule for rule in rules if rule.sponsor.casefold() == sponsor]

    def largest(kind: str) -> int:
        return max((rule.frames(rate) for rule in own if rule.kind == kind), default=0)

    def smallest(kind: str, default: int, count: Callable[[Rule], int]) -> int:
        return min((count(rule) for rule in own if rule.kind == kind), default=default)

    frames = sum(shot.frames for shot in shots)
    most = smallest("most", frames, lambda rule: rule.frames(rate))
    run, each, total = largest("run"), largest("each"), largest("total")
    return Want(
        sponsor=sponsor,
        usual=run or min(max(each, rate.frames(Fraction(_USUAL_SECONDS))), most),
        run=max(run, each, 1),
        each=each,
        total=total,
        most=most,
        times=max((int(rule.amount) for rule in own if rule.kind == "times"), default=1),
        most_times=smallest("most times", frames, lambda rule: int(rule.amount)),
        first_by=smallest("within", frames, lambda rule: rule.frames(rate)),
        last=any(rule.kind == "last" for rule in own),
        optional=not any(rule.kind in WANTING for rule in own),
        pieces=tuple(_free_pieces(shots, own)),
    )


def _free_pieces(shots: Sequence[ShotPlan], own: Sequence[Rule]) -> Iterator[Piece]:
    """Where the sponsor's own prohibitions leave room."""
    for at, shot in enumerate(shots):
        if any(rule.kind == "only at" and shot.set.time_of_day not in rule.names for rule in own):
            continue
        events = [event for rule in own if rule.kind == "not during" for event in rule.names]
        yield from _cut(at, shot.frames, [span for event in events for span in event_frames(shot, event)])


def _cut(shot: int, frames: int, taken: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in sorted(taken):
        if at < start:
            yield Piece(shot, at, min(start, frames))
        at = max(at, end)
    if at < frames:
        yield Piece(shot, at, frames)


def _enemies(rules: Sequence[Rule], sponsors: Sequence[str], apart: bool) -> dict[str, frozenset[str]]:
    """Whose logos may not be in one shot, by sponsor; with `apart` no two may."""
    declared = rivals_of(rules)
    found: dict[str, set[str]] = {sponsor: set() for sponsor in sponsors}
    for rule in rules:
        own = rule.sponsor.casefold()
        others = set(sponsors) - {own}
        if rule.kind == "apart":
            others &= {name.casefold() for name in rule.names} or declared.get(own, frozenset()) or others
        elif rule.kind != "exclusive" and not apart:
            continue
        for other in others:
            found[own].add(other)
            found[other].add(own)
    return {sponsor: frozenset(names) for sponsor, names in found.items()}


# The search


class _Steps:
    """Counts the steps of a search and ends it when there are too many."""

    def __init__(self, left: int = _MOST_STEPS) -> None:
        self.left = left

    def take(self) -> bool:
        self.left -= 1
        return self.left > 0


def solve(shots: Sequence[ShotPlan], rules: Sequence[Rule]) -> Layout | None:
    """Windows for every sponsor that keep all rules; at best every logo is shown and no two are in one shot."""
    sponsors = list(dict.fromkeys(rule.sponsor.casefold() for rule in rules if rule.kind != "rivals"))
    wants = [read_want(shots, rules, sponsor) for sponsor in sponsors]
    guests = {
        at: frozenset(graphic.sponsor.casefold() for graphic in shot.graphics if graphic.sponsor)
        for at, shot in enumerate(shots)
    }
    begins = [sum(shot.frames for shot in shots[:at]) for at in range(len(shots))]
    for want in wants:  # who cannot be served alone cannot be served with others
        if next(_arrange(want, want.pieces, begins, shots, _Steps()), None) is None:
            return None
    names = sorted({*sponsors, *(name for held in guests.values() for name in held)})
    for all_shown, apart, steps in _PREFERENCES:
        asked = [replace(want, optional=want.optional and not all_shown) for want in wants]
        asked.sort(key=lambda want: (want.optional, _length(want.pieces)))
        held = {at: set(names) for at, names in guests.items()}
        layout = _search(shots, asked, _enemies(rules, names, apart), held, _Steps(steps))
        if layout is not None:
            return layout
    return None


def _search(
    shots: Sequence[ShotPlan], wants: Sequence[Want], enemies: Mapping[str, frozenset[str]],
    held: dict[int, set[str]], steps: _Steps,
) -> Layout | None:  # fmt: skip
    """Backtracking over the sponsors; `held` says whose logos each shot has so far."""
    begins = [sum(shot.frames for shot in shots[:at]) for at in range(len(shots))]
    layout: dict[str, tuple[Window, ...]] = {}
    for want in wants:
        if want.last:
            held[len(shots) - 1].add(want.sponsor)
    if any(enemies[sponsor] & names for names in held.values() for sponsor in names):
        return None

    def place(at: int) -> bool:
        if at == len(wants):
            return True
        want = wants[at]
        barred = {shot for shot, names in held.items() if names & enemies[want.sponsor]}
        free = [piece for piece in want.pieces if piece.shot not in barred]
        tried: list[frozenset[int]] = []
        for windows in _arrange(want, free, begins, shots, steps):
            used = frozenset(piece.shot for window in windows for piece in window)
            if any(fewer <= used for fewer in tried):  # what failed in fewer shots fails in more
                continue
            tried.append(used)
            if not steps.take():
                return False
            added = [shot for shot in used if want.sponsor not in held[shot]]
            for shot in added:
                held[shot].add(want.sponsor)
            layout[want.sponsor] = windows
            if place(at + 1):
                return True
            for shot in added:
                held[shot].discard(want.sponsor)
        layout.pop(want.sponsor, None)
        return False

    return layout if place(0) else None


def _arrange(
    want: Want, free: Sequence[Piece], begins: Sequence[int], shots: Sequence[ShotPlan], steps: _Steps
) -> Iterator[tuple[Window, ...]]:
    """All ways to give a sponsor what it wants in the free pieces, the plainest first."""
    last = len(shots) - 1
    gap = max(1, shots[0].rate.frames(Fraction(1)) // 2)  # between two appearances

    def extend(windows: tuple[Window, ...], free: Sequence[Piece]) -> Iterator[tuple[Window, ...]]:
        length = sum(map(_length, windows))
        enough = len(windows) >= want.times and length >= want.total
        if enough and (not want.last or any(piece.shot == last for window in windows for piece in window)):
            yield windows
            return
        room, missing = want.most - length, want.total - length
        if len(windows) >= min(want.most_times, MOST_TIMES) or room <= 0:
            return
        if missing > 0 and _length(free) < missing:
            return
        if enough:  # only the last shot is missing
            free = [piece for piece in free if piece.shot == last]
        least = max(1, want.each)
        for wish in dict.fromkeys((max(least, missing, min(want.usual, room)), least)):
            for window in _windows(free, begins, least, min(wish, room)):
                if not steps.take():
                    return
                left = _without(free, window, gap, begins)
                if len(windows) > 1 or not want.last:  # what comes in any order is tried in one
                    place = window[0].shot, window[0].start
                    left = left[bisect_right(left, place, key=lambda piece: (piece.shot, piece.start)) :]
                yield from extend((*windows, window), left)

    if want.run <= want.most and want.most_times > 0 and _length(free) >= want.total:
        long = max(want.usual, min(want.total, want.most))
        lengths = dict.fromkeys(((want.usual, long), (want.usual, want.usual), (want.run, long), (want.run, want.run)))
        free_last = [piece for piece in free if piece.shot == last and want.last]  # once may be enough
        starts = (
            window
            for least, wish in lengths
            for pieces in (free_last, free)
            for window in _windows(pieces, begins, least, wish, want.first_by)
        )
        ends = (_ending(free, begins, length) for length in dict.fromkeys((want.usual, want.run)) if want.last)
        for window in chain(starts, ends):
            on_time = begins[window[0].shot] + window[0].start <= want.first_by if window else False
            if on_time and _length(window) >= want.run:
                yield from extend((window,), _without(free, window, gap, begins))
    if want.optional:
        yield ()


def _length(pieces: Sequence[Piece]) -> int:
    return sum(piece.end - piece.start for piece in pieces)


def _windows(
    free: Sequence[Piece], begins: Sequence[int], least: int, wish: int, latest: float = math.inf
) -> Iterator[Window]:
    """Runs of at least `least` and if possible `wish` frames that begin where a free piece begins, at frame `latest`
    of the film at the latest; those over the fewest cuts first."""
    totals = [0, *accumulate(piece.end - piece.start for piece in free)]
    block = len(free)  # where the pieces that follow each other without a gap end
    found: list[tuple[int, int, int]] = []
    for first in range(len(free) - 1, -1, -1):
        if first + 1 < len(free):
            piece, after = free[first], free[first + 1]
            if begins[piece.shot] + piece.end != begins[after.shot] + after.start:
                block = first + 1
        length = min(wish, totals[block] - totals[first])
        if length >= max(1, least) and begins[free[first].shot] + free[first].start <= latest:
            found.append((bisect_left(totals, totals[first] + length) - first, first, length))
    for count, first, length in sorted(found):
        *whole, last = free[first : first + count]
        left = length - (totals[first + count - 1] - totals[first])
        yield (*whole, Piece(last.shot, last.start, last.start + left))


def _ending(free: Sequence[Piece], begins: Sequence[int], length: int) -> Window:
    """The last free frames in one go, `length` of them or what there is."""
    window: list[Piece] = []
    for piece in reversed(free):
        end = begins[piece.shot] + piece.end
        if length <= 0 or (window and end != begins[window[0].shot] + window[0].start):
            break
        window.insert(0, Piece(piece.shot, max(piece.start, piece.end - length), piece.end))
        length -= window[0].end - window[0].start
    return tuple(window)


def _without(free: Sequence[Piece], window: Window, gap: int, begins: Sequence[int]) -> list[Piece]:
    """The free pieces that are left before and after a window and the gap round it."""
    start = begins[window[0].shot] + window[0].start - gap
    end = begins[window[-1].shot] + window[-1].end + gap
    first = bisect_right(free, start, key=lambda piece: begins[piece.shot] + piece.end)
    last = bisect_left(free, end, key=lambda piece: begins[piece.shot] + piece.start)
    cut: list[Piece] = []
    for piece in dict.fromkeys((*free[first:last][:1], *free[first:last][-1:])):  # those between are gone
        at = begins[piece.shot]
        for a, b in ((piece.start, min(piece.end, start - at)), (max(piece.start, end - at), piece.end)):
            if a < b:
                cut.append(Piece(piece.shot, a, b))
    return [*free[:first], *cut, *free[last:]]
