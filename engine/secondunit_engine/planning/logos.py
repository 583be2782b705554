"""Placing sponsors' logos over the shots so that their rules hold, or saying what would have to change.

What is forbidden is never done: if not all can be kept, wishes give way from the last line on, as much of them as fits
is kept, and the smallest stretch of one shot that would make room is said. `logo_search.py` searches; `verdicts.py`
proves the result without knowing either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.logo_search import WANTING, Layout, Piece, read_want, solve
from secondunit_engine.planning.plan import GraphicPlan, RuleReport, ShotPlan
from secondunit_engine.planning.sponsors import Rule
from secondunit_engine.planning.verdicts import judge_rules

_MOST_STRETCH_SECONDS = 10
_MOST_STRETCHES = 200  # tried
_AMOUNTS = frozenset(("run", "each", "total"))


@dataclass(frozen=True)
class Placement:
    """The shots with their logos, and for each rule that gave way the reason and the smallest change that helps."""

    shots: tuple[ShotPlan, ...]
    gave_way: tuple[tuple[Rule, str], ...]


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
    layout = solve(bare, rules)
    gave_way: tuple[tuple[Rule, str], ...] = ()
    if layout is None:
        held = _smallest_stretch(bare, rules, [at for at, shot in enumerate(bare) if shot.id in may_stretch])
        if held is not None:
            bare = _hold(bare, *held)
            layout = solve(bare, rules)
        if layout is None:
            advice = _say_stretch(bare, _smallest_stretch(bare, rules, range(len(bare))))
            layout, gave_way = _give_way(bare, rules, advice)
    return Placement(_write(bare, sponsors, layout), gave_way)


def _strip(shot: ShotPlan, sponsors: Collection[str]) -> ShotPlan:
    return replace(shot, graphics=tuple(g for g in shot.graphics if g.sponsor.casefold() not in sponsors))


def _write(shots: Sequence[ShotPlan], sponsors: Sequence[str], layout: Layout) -> tuple[ShotPlan, ...]:
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


# When not all can be kept


def _smallest_stretch(
    shots: Sequence[ShotPlan], rules: Sequence[Rule], among: Collection[int]
) -> tuple[int, int] | None:
    """The shot and the fewest frames by which holding that one shot longer makes room for everybody."""
    longest = shots[0].rate.frames(Fraction(_MOST_STRETCH_SECONDS))
    options: set[tuple[int, int]] = set()
    for sponsor in dict.fromkeys(rule.sponsor.casefold() for rule in rules if rule.kind != "rivals"):
        want = read_want(shots, rules, sponsor)
        room = sum(piece.end - piece.start for piece in want.pieces)
        for piece in want.pieces:
            if piece.shot in among and piece.end == shots[piece.shot].frames:
                run = _length_around(shots, want.pieces, piece)
                for length in (piece.end - piece.start, run, room):
                    options |= {(asked - length, piece.shot) for asked in (want.run, want.each, want.total)}
    worth = sorted(option for option in options if 0 < option[0] <= longest)
    for extra, shot in worth[:_MOST_STRETCHES]:
        if solve(_hold(shots, shot, extra), rules) is not None:
            return shot, extra
    return None


def _length_around(shots: Sequence[ShotPlan], pieces: Sequence[Piece], piece: Piece) -> int:
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
) -> tuple[Layout, tuple[tuple[Rule, str], ...]]:
    """The largest set of wishes that can be kept, found by giving up one, then two, then whole sponsors from the last
    line on; of what is given up as much is kept as fits."""
    wishes = [rule for rule in rules if rule.kind in WANTING]
    for count in (1, 2):
        for given_up in combinations(reversed(wishes), count):
            kept = [rule for rule in rules if rule not in given_up]
            layout = solve(shots, kept)
            if layout is not None:
                return _save_some(shots, kept, given_up, layout, stretch)
    whole: list[Rule] = []
    for sponsor in reversed(list(dict.fromkeys(rule.sponsor for rule in wishes))):
        whole += [rule for rule in wishes if rule.sponsor == sponsor]
        kept = [rule for rule in rules if rule not in whole]
        layout = solve(shots, kept)
        if layout is not None:
            return _save_some(shots, kept, whole, layout, stretch)
    return {}, tuple((rule, stretch) for rule in wishes)


def _save_some(
    shots: Sequence[ShotPlan], kept: Sequence[Rule], given_up: Sequence[Rule], layout: Layout, stretch: str
) -> tuple[Layout, tuple[tuple[Rule, str], ...]]:
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
                fits = solve(shots, [*kept, less])
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
