"""Placing sponsors' logos over the shots so that their rules hold: a search in whole frames, in the order of the rules.

Each sponsor gets windows (runs of frames that may go on over a cut) that meet what it asks for by itself; two sponsors
meet only in which shots they use, so the search backtracks over those. What is forbidden is never done: if not all can
be kept, the last lines give way first, and the smallest change that would make room is said. `verdicts.py` proves the
result without knowing this file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, chain, combinations

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import GraphicPlan, RuleReport, ShotPlan
from secondunit_engine.planning.sponsors import MOST_TIMES, Rule, rivals_of
from secondunit_engine.planning.verdicts import event_frames, judge_rules

_USUAL_SECONDS = 2  # a logo nobody gave a length
_MOST_STRETCH_SECONDS = 10
_MOST_STEPS = 2_000  # of a search; beyond that "not found" is said, not "impossible"
_MOST_STRETCHES = 200  # tried
_WANTING = frozenset(("run", "each", "total", "times", "within", "last"))
_AMOUNTS = frozenset(("run", "each", "total"))


@dataclass(frozen=True)
class _Piece:
    """Frames `start` to `end` of a shot in which a sponsor's logo may be seen."""

    shot: int
    start: int
    end: int


_Window = tuple[_Piece, ...]  # pieces that follow each other without a gap
_Layout = Mapping[str, tuple[_Window, ...]]  # windows by sponsor, in lower case


@dataclass(frozen=True)
class _Want:
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
    pieces: tuple[_Piece, ...]


@dataclass(frozen=True)
class Placement:
    """The shots with their logos, and for each rule that gave way the reason and the smallest change that helps."""

    shots: tuple[ShotPlan, ...]
    gave_way: tuple[tuple[Rule, str], ...]


def place_logos(
    shots: Sequence[ShotPlan], rules: Sequence[Rule], may_stretch: Collection[str] = ()
) -> tuple[ShotPlan, ...]:
    """The shots with logos that keep the rules as far as they can be kept; see `plan_logos`."""
    return plan_logos(shots, rules, may_stretch).shots


def keep_rules(
    shots: Sequence[ShotPlan], rules: Sequence[Rule], may_stretch: Collection[str] = ()
) -> tuple[tuple[ShotPlan, ...], tuple[RuleReport, ...]]:
    """Place the logos, then judge the plan; what is broken also says which change would mend it."""
    placement = plan_logos(shots, rules, may_stretch)
    reasons = {rule.text: reason for rule, reason in placement.gave_way}
    reports = tuple(
        replace(report, reason=f"{report.reason} {reasons[report.rule]}")
        if report.verdict == "broken" and report.rule in reasons
        else report
        for report in judge_rules(placement.shots, rules)
    )
    return placement.shots, reports


def plan_logos(shots: Sequence[ShotPlan], rules: Sequence[Rule], may_stretch: Collection[str] = ()) -> Placement:
    """Place every sponsor's logo. A sponsor that only forbids is shown once for two seconds, where that is allowed.

    `may_stretch` names shots that may be held longer (at their end) if a logo needs it; without it none is. Logos of
    these sponsors that the shots already have are placed anew. Raises BadInput if the shots' rates differ.
    """
    sponsors = list(dict.fromkeys(rule.sponsor for rule in rules if rule.kind != "rivals"))
    if not shots or not sponsors:
        return Placement(tuple(shots), ())
    if len({shot.rate for shot in shots}) > 1:
        raise BadInput("The shots have different rates.", mend="Plan them at one rate.")
    ours = {sponsor.casefold() for sponsor in sponsors}
    bare = tuple(_strip(shot, ours) for shot in shots)
    layout = _solve(bare, rules)
    gave_way: tuple[tuple[Rule, str], ...] = ()
    if layout is None:
        held = _smallest_stretch(bare, rules, [at for at, shot in enumerate(bare) if shot.id in may_stretch])
        if held is not None:
            bare = _hold(bare, *held)
            layout = _solve(bare, rules)
        if layout is None:
            advice = _say_stretch(bare, _smallest_stretch(bare, rules, range(len(bare))))
            layout, gave_way = _give_way(bare, rules, advice)
    return Placement(_write(bare, sponsors, layout), gave_way)


def _strip(shot: ShotPlan, sponsors: Collection[str]) -> ShotPlan:
    return replace(shot, graphics=tuple(g for g in shot.graphics if g.sponsor.casefold() not in sponsors))


def _write(shots: Sequence[ShotPlan], sponsors: Sequence[str], layout: _Layout) -> tuple[ShotPlan, ...]:
    graphics: dict[int, list[GraphicPlan]] = {}
    for sponsor in sponsors:
        for window in layout.get(sponsor.casefold(), ()):
            for piece in window:
                logo = GraphicPlan(sponsor, piece.start, piece.end - piece.start, sponsor)
                graphics.setdefault(piece.shot, []).append(logo)
    return tuple(
        replace(shot, graphics=(*shot.graphics, *graphics[at])) if at in graphics else shot
        for at, shot in enumerate(shots)
    )


# What a sponsor wants and where it may be


def _read_want(shots: Sequence[ShotPlan], rules: Sequence[Rule], sponsor: str) -> _Want:
    rate = shots[0].rate
    own = [rule for rule in rules if rule.sponsor.casefold() == sponsor]

    def largest(kind: str) -> int:
        return max((rule.frames(rate) for rule in own if rule.kind == kind), default=0)

    def smallest(kind: str, default: int, count: Callable[[Rule], int]) -> int:
        return min((count(rule) for rule in own if rule.kind == kind), default=default)

    frames = sum(shot.frames for shot in shots)
    most = smallest("most", frames, lambda rule: rule.frames(rate))
    run, each, total = largest("run"), largest("each"), largest("total")
    return _Want(
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
        optional=not any(rule.kind in _WANTING for rule in own),
        pieces=tuple(_free_pieces(shots, own)),
    )


def _free_pieces(shots: Sequence[ShotPlan], own: Sequence[Rule]) -> Iterator[_Piece]:
    """Where the sponsor's own prohibitions leave room."""
    for at, shot in enumerate(shots):
        if any(rule.kind == "only at" and shot.set.time_of_day not in rule.names for rule in own):
            continue
        events = [event for rule in own if rule.kind == "not during" for event in rule.names]
        yield from _cut(at, shot.frames, [span for event in events for span in event_frames(shot, event)])


def _cut(shot: int, frames: int, taken: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    at = 0
    for start, end in sorted(taken):
        if at < start:
            yield _Piece(shot, at, min(start, frames))
        at = max(at, end)
    if at < frames:
        yield _Piece(shot, at, frames)


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

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def take(self) -> bool:
        self.left -= 1
        return self.left > 0


def _solve(shots: Sequence[ShotPlan], rules: Sequence[Rule]) -> _Layout | None:
    """Windows for every sponsor that keep all rules; first with no two logos in one shot, then where rules allow it."""
    sponsors = list(dict.fromkeys(rule.sponsor.casefold() for rule in rules if rule.kind != "rivals"))
    wants = [_read_want(shots, rules, sponsor) for sponsor in sponsors]
    guests = {
        at: frozenset(graphic.sponsor.casefold() for graphic in shot.graphics if graphic.sponsor)
        for at, shot in enumerate(shots)
    }
    begins = [sum(shot.frames for shot in shots[:at]) for at in range(len(shots))]
    for want in wants:  # who cannot be served alone cannot be served with others
        if next(_arrange(want, want.pieces, begins, shots, _Steps()), None) is None:
            return None
    hard = sorted(wants, key=lambda want: (want.optional, sum(piece.end - piece.start for piece in want.pieces)))
    for apart in (True, False):
        names = sorted({*sponsors, *(name for held in guests.values() for name in held)})
        layout = _search(shots, hard, _enemies(rules, names, apart), {at: set(held) for at, held in guests.items()})
        if layout is not None:
            return layout
    return None


def _search(
    shots: Sequence[ShotPlan], wants: Sequence[_Want], enemies: Mapping[str, frozenset[str]], held: dict[int, set[str]]
) -> _Layout | None:
    """Backtracking over the sponsors; `held` says whose logos each shot has so far."""
    begins = [sum(shot.frames for shot in shots[:at]) for at in range(len(shots))]
    steps = _Steps()
    layout: dict[str, tuple[_Window, ...]] = {}
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
    want: _Want, free: Sequence[_Piece], begins: Sequence[int], shots: Sequence[ShotPlan], steps: _Steps
) -> Iterator[tuple[_Window, ...]]:
    """All ways to give a sponsor what it wants in the free pieces, the plainest first."""
    last = len(shots) - 1
    gap = max(1, shots[0].rate.frames(Fraction(1)) // 2)  # between two appearances

    def extend(windows: tuple[_Window, ...], free: Sequence[_Piece]) -> Iterator[tuple[_Window, ...]]:
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

    if want.run <= want.most and want.most_times > 0:
        long = max(want.usual, min(want.total, want.most))
        lengths = dict.fromkeys(((want.usual, long), (want.usual, want.usual), (want.run, long), (want.run, want.run)))
        starts = (window for least, wish in lengths for window in _windows(free, begins, least, wish))
        ends = (_ending(free, begins, length) for length in dict.fromkeys((want.usual, want.run)) if want.last)
        for window in chain(starts, ends):
            on_time = begins[window[0].shot] + window[0].start <= want.first_by if window else False
            if on_time and _length(window) >= want.run:
                yield from extend((window,), _without(free, window, gap, begins))
    if want.optional:
        yield ()


def _length(pieces: Sequence[_Piece]) -> int:
    return sum(piece.end - piece.start for piece in pieces)


def _windows(free: Sequence[_Piece], begins: Sequence[int], least: int, wish: int) -> Iterator[_Window]:
    """Runs of at least `least` and if possible `wish` frames that begin where a free piece begins; those over the
    fewest cuts first."""
    totals = [0, *accumulate(piece.end - piece.start for piece in free)]
    block = len(free)  # where the pieces that follow each other without a gap end
    found: list[tuple[int, int, int]] = []
    for first in range(len(free) - 1, -1, -1):
        if first + 1 < len(free):
            piece, after = free[first], free[first + 1]
            if begins[piece.shot] + piece.end != begins[after.shot] + after.start:
                block = first + 1
        length = min(wish, totals[block] - totals[first])
        if length >= max(1, least):
            found.append((bisect_left(totals, totals[first] + length) - first, first, length))
    for count, first, length in sorted(found):
        *whole, last = free[first : first + count]
        left = length - (totals[first + count - 1] - totals[first])
        yield (*whole, _Piece(last.shot, last.start, last.start + left))


def _ending(free: Sequence[_Piece], begins: Sequence[int], length: int) -> _Window:
    """The last free frames in one go, `length` of them or what there is."""
    window: list[_Piece] = []
    for piece in reversed(free):
        end = begins[piece.shot] + piece.end
        if length <= 0 or (window and end != begins[window[0].shot] + window[0].start):
            break
        window.insert(0, _Piece(piece.shot, max(piece.start, piece.end - length), piece.end))
        length -= window[0].end - window[0].start
    return tuple(window)


def _without(free: Sequence[_Piece], window: _Window, gap: int, begins: Sequence[int]) -> list[_Piece]:
    """The free pieces that are left before and after a window and the gap round it."""
    start = begins[window[0].shot] + window[0].start - gap
    end = begins[window[-1].shot] + window[-1].end + gap
    first = bisect_right(free, start, key=lambda piece: begins[piece.shot] + piece.end)
    last = bisect_left(free, end, key=lambda piece: begins[piece.shot] + piece.start)
    cut: list[_Piece] = []
    for piece in dict.fromkeys((*free[first:last][:1], *free[first:last][-1:])):  # those between are gone
        at = begins[piece.shot]
        for a, b in ((piece.start, min(piece.end, start - at)), (max(piece.start, end - at), piece.end)):
            if a < b:
                cut.append(_Piece(piece.shot, a, b))
    return [*free[:first], *cut, *free[last:]]


# When not all can be kept


def _smallest_stretch(
    shots: Sequence[ShotPlan], rules: Sequence[Rule], among: Collection[int]
) -> tuple[int, int] | None:
    """The shot and the fewest frames by which holding that one shot longer makes room for everybody."""
    longest = shots[0].rate.frames(Fraction(_MOST_STRETCH_SECONDS))
    options: set[tuple[int, int]] = set()
    for sponsor in dict.fromkeys(rule.sponsor.casefold() for rule in rules if rule.kind != "rivals"):
        want = _read_want(shots, rules, sponsor)
        room = sum(piece.end - piece.start for piece in want.pieces)
        for piece in want.pieces:
            if piece.shot in among and piece.end == shots[piece.shot].frames:
                run = _length_around(shots, want.pieces, piece)
                for length in (piece.end - piece.start, run, room):
                    options |= {(asked - length, piece.shot) for asked in (want.run, want.each, want.total)}
    worth = sorted(option for option in options if 0 < option[0] <= longest)
    for extra, shot in worth[:_MOST_STRETCHES]:
        if _solve(_hold(shots, shot, extra), rules) is not None:
            return shot, extra
    return None


def _length_around(shots: Sequence[ShotPlan], pieces: Sequence[_Piece], piece: _Piece) -> int:
    """The free frames in one go round a piece, over the cuts on both sides."""
    length, at = piece.end - piece.start, pieces.index(piece)
    for step in (-1, 1):
        near, other = piece, at + step
        while 0 <= other < len(pieces):
            before, after = (pieces[other], near) if step < 0 else (near, pieces[other])
            if before.shot + 1 != after.shot or before.end != shots[before.shot].frames or after.start:
                break
            length += pieces[other].end - pieces[other].start
            near, other = pieces[other], other + step
    return length


def _hold(shots: Sequence[ShotPlan], at: int, extra: int) -> tuple[ShotPlan, ...]:
    """The shots with one held `extra` frames longer: its last beat and what goes on to its end go on."""
    shot = shots[at]
    beats = tuple(
        replace(beat, frames=beat.frames + extra) if beat.start + beat.frames == shot.frames else beat
        for beat in shot.beats
    )
    actions = tuple(
        replace(action, frames=action.frames + extra) if action.start + action.frames == shot.frames else action
        for action in shot.actions
    )
    held = replace(shot, frames=shot.frames + extra, beats=beats, actions=actions)
    return (*shots[:at], held, *shots[at + 1 :])


def _say_stretch(shots: Sequence[ShotPlan], stretch: tuple[int, int] | None) -> str:
    if stretch is None:
        return "No single shot held longer would make room."
    at, extra = stretch
    return f"It would fit if {shots[at].id} were held {_count(extra, shots[0].rate)} longer."


def _give_way(
    shots: Sequence[ShotPlan], rules: Sequence[Rule], stretch: str
) -> tuple[_Layout, tuple[tuple[Rule, str], ...]]:
    """The largest set of wishes that can be kept, found by giving up one, then two, then whole sponsors from the last
    line on; of what is given up as much is kept as fits."""
    wishes = [rule for rule in rules if rule.kind in _WANTING]
    for count in (1, 2):
        for given_up in combinations(reversed(wishes), count):
            kept = [rule for rule in rules if rule not in given_up]
            layout = _solve(shots, kept)
            if layout is not None:
                return _save_some(shots, kept, given_up, layout, stretch)
    whole: list[Rule] = []
    for sponsor in reversed(list(dict.fromkeys(rule.sponsor for rule in wishes))):
        whole += [rule for rule in wishes if rule.sponsor == sponsor]
        kept = [rule for rule in rules if rule not in whole]
        layout = _solve(shots, kept)
        if layout is not None:
            return _save_some(shots, kept, whole, layout, stretch)
    return {}, tuple((rule, stretch) for rule in wishes)


def _save_some(
    shots: Sequence[ShotPlan], kept: Sequence[Rule], given_up: Sequence[Rule], layout: _Layout, stretch: str
) -> tuple[_Layout, tuple[tuple[Rule, str], ...]]:
    """Ask for the most that fits of each length that was given up."""
    rate = shots[0].rate
    reasons: list[tuple[Rule, str]] = []
    for rule in given_up:
        reason = stretch
        if rule.kind in _AMOUNTS:
            low, high = 0, rule.frames(rate)
            while high - low > 1:
                middle = (low + high) // 2
                less = replace(rule, amount=Fraction(middle), unit="frames")
                fits = _solve(shots, [*kept, less])
                if fits is None:
                    high = middle
                else:
                    low, layout = middle, fits
            if low:
                kept = [*kept, replace(rule, amount=Fraction(low), unit="frames")]
                lacking = rule.frames(rate) - low
                reason = f"At most {_count(low, rate)} fit, {_count(lacking, rate)} too few. {stretch}"
        reasons.append((rule, reason))
    return layout, tuple(reasons)


def _count(frames: int, rate: Rate) -> str:
    unit = "frame" if frames == 1 else "frames"
    return f"{frames} {unit} ({round(float(rate.seconds(frames)), 2):g} s)"
