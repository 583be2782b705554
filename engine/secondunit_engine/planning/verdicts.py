"""Whether a plan keeps its sponsors' rules: proved from the shots alone, knowing nothing of how they were planned.

Time is exact seconds from the first frame of the first shot; a logo that goes on over a cut is one appearance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import RuleReport, ShotPlan
from secondunit_engine.planning.sponsors import Rule, rivals_of

_BLOOD = re.compile(
    r"\b(?:blood(?!line|hound| orange| moon| pressure|less)\w*|bleed\w*|bled|gore|gory|gash\w*|wound(?:s|ed)?|injur\w+|"
    r"corpses?|dead bod(?:y|ies))\b", re.I
)  # fmt: skip
_STUNTS = frozenset(("fall", "fire", "vehicle", "weapon", "water", "height", "fight"))
# Rules that only forbid: a logo that is never seen keeps them.
_FORBIDDING = frozenset(("most", "most times", "apart", "exclusive", "not during", "only at"))


@dataclass(frozen=True)
class _Sight:
    """A logo in one shot, from `start` to `end` seconds of the film."""

    shot: int
    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class _Case:
    """What a rule is judged on: the shots, when each begins, and where each sponsor's logo is seen."""

    shots: Sequence[ShotPlan]
    begins: tuple[Fraction, ...]
    seen: dict[str, tuple[_Sight, ...]]
    rivals: dict[str, frozenset[str]]

    def runs(self, sponsor: str) -> list[tuple[Fraction, Fraction]]:
        """The appearances of a logo: sights that touch or overlap are one."""
        runs: list[tuple[Fraction, Fraction]] = []
        for sight in sorted(self.seen[sponsor], key=lambda sight: (sight.start, sight.end)):
            if runs and sight.start <= runs[-1][1]:
                runs[-1] = (runs[-1][0], max(runs[-1][1], sight.end))
            else:
                runs.append((sight.start, sight.end))
        return runs

    def ids(self, sights: Sequence[_Sight]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.shots[sight.shot].id for sight in sights))


def judge_rules(shots: Sequence[ShotPlan], rules: Sequence[Rule]) -> tuple[RuleReport, ...]:
    """What became of each rule, in their order; a declaration of rivals is no rule and has no report.

    "Kept" is proved from the shots' graphics, lengths, sets, stunt marks, lines and beats; "not judged" is what no plan
    can show, such as a logo's size.
    """
    case = _read_case(shots, rules)
    return tuple(_judge(case, rule) for rule in rules if rule.kind != "rivals")


def _read_case(shots: Sequence[ShotPlan], rules: Sequence[Rule]) -> _Case:
    begins: list[Fraction] = []
    seen: dict[str, list[_Sight]] = {rule.sponsor.casefold(): [] for rule in rules}
    at = Fraction(0)
    for number, shot in enumerate(shots):
        begins.append(at)
        for graphic in shot.graphics:
            first, last = max(0, graphic.start), min(shot.frames, graphic.start + graphic.frames)
            if graphic.sponsor and first < last:
                sight = _Sight(number, at + shot.rate.seconds(first), at + shot.rate.seconds(last))
                seen.setdefault(graphic.sponsor.casefold(), []).append(sight)
        at += shot.rate.seconds(shot.frames)
    return _Case(shots, tuple(begins), {name: tuple(sights) for name, sights in seen.items()}, rivals_of(rules))


def _judge(case: _Case, rule: Rule) -> RuleReport:
    sights = case.seen[rule.sponsor.casefold()]
    if rule.kind == "not judged":
        return RuleReport(rule.text, "not judged", "A plan does not show this; look at the finished picture.")
    if not sights:
        if rule.kind in _FORBIDDING:
            return RuleReport(rule.text, "kept", f"The logo of {rule.sponsor} is never on screen.")
        return RuleReport(rule.text, "broken", f"The logo of {rule.sponsor} is never on screen.")
    kept, reason, where = _JUDGES[rule.kind](case, rule, sights)
    return RuleReport(rule.text, "kept" if kept else "broken", reason, case.ids(where))


_Verdict = tuple[bool, str, Sequence[_Sight]]


def _judge_run(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    longest = max(case.runs(rule.sponsor.casefold()), key=lambda run: run[1] - run[0])
    length = longest[1] - longest[0]
    inside = [sight for sight in sights if sight.start < longest[1] and longest[0] < sight.end]
    return length >= rule.seconds(_rate(case)), f"It is on screen {_say(length)} without a break.", inside


def _judge_each(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    shortest = min(case.runs(rule.sponsor.casefold()), key=lambda run: run[1] - run[0])
    length = shortest[1] - shortest[0]
    inside = [sight for sight in sights if sight.start < shortest[1] and shortest[0] < sight.end]
    return length >= rule.seconds(_rate(case)), f"Its shortest appearance lasts {_say(length)}.", inside


def _total(case: _Case, rule: Rule) -> Fraction:
    return sum((end - start for start, end in case.runs(rule.sponsor.casefold())), Fraction(0))


def _judge_total(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    total = _total(case, rule)
    return total >= rule.seconds(_rate(case)), f"It is on screen {_say(total)} in all.", sights


def _judge_most(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    total = _total(case, rule)
    return total <= rule.seconds(_rate(case)), f"It is on screen {_say(total)} in all.", sights


def _judge_times(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    count = len(case.runs(rule.sponsor.casefold()))
    kept = count >= rule.amount if rule.kind == "times" else count <= rule.amount
    return kept, f"It appears {count} {'time' if count == 1 else 'times'}.", sights


def _judge_within(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    first = min(sights, key=lambda sight: sight.start)
    return first.start <= rule.seconds(_rate(case)), f"It is first on screen at {_say(first.start)}.", [first]


def _judge_last(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    last = [sight for sight in sights if sight.shot == len(case.shots) - 1]
    if last:
        return True, "It is in the last shot.", last
    return False, "It is not in the last shot.", sights[-1:]


def _judge_apart(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    own = rule.sponsor.casefold()
    others = {name.casefold() for name in rule.names} or case.rivals.get(own, frozenset()) or set(case.seen) - {own}
    beside = [
        sight
        for sight in sights
        for name in sorted(others)
        for other in case.seen.get(name, ())
        if other.shot == sight.shot or (other.start < sight.end and sight.start < other.end)
    ]
    if beside:
        return False, "A rival's logo is in the same shot.", beside
    who = "any rival" if not rule.names else " or ".join(rule.names)
    return True, f"No shot holds it together with {who}.", sights


def _judge_exclusive(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    own = rule.sponsor.casefold()
    held = {other.shot for name, theirs in case.seen.items() if name != own for other in theirs}
    shared = [sight for sight in sights if sight.shot in held]
    return not shared, "Another logo is in its shot." if shared else "No other logo is in its shots.", shared or sights


def _judge_during(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    for sight in sights:
        shot = case.shots[sight.shot]
        for event in rule.names:
            for start, end in event_frames(shot, event):
                first = case.begins[sight.shot] + shot.rate.seconds(start)
                last = case.begins[sight.shot] + shot.rate.seconds(end)
                if first < sight.end and sight.start < last:
                    return False, f"It is on screen during {_EVENT_NAMES.get(event, event)}.", [sight]
    events = " or ".join(_EVENT_NAMES.get(event, event) for event in rule.names)
    return True, f"It is never on screen during {events}.", sights


_EVENT_NAMES = {
    "fall": "a fall", "vehicle": "a vehicle stunt", "weapon": "shots or weapons", "height": "work at a height",
    "fight": "a fight", "stunt": "a stunt", "title": "a title", "dialogue": "a line",
}  # fmt: skip


def event_frames(shot: ShotPlan, event: str) -> list[tuple[int, int]]:
    """From which frame to which an event goes on in a shot. A stunt takes its beats, and the whole shot if no beat
    tells it."""
    if event == "dialogue":
        return [(line.start, line.start + line.frames) for line in shot.dialogue]
    if event == "title":
        return [(text.start, text.start + text.frames) for text in shot.graphics if not text.sponsor]
    if event == "blood":
        return [(b.start, b.start + b.frames) for b in shot.beats if b.kind == "action" and _BLOOD.search(b.text)]
    spans: list[tuple[int, int]] = []
    for mark in shot.stunts:
        if event not in (mark.kind, "stunt") or (event == "stunt" and mark.kind not in _STUNTS):
            continue
        words = " ".join(mark.text.split())
        told = [beat for beat in shot.beats if words and words in " ".join(beat.text.split())]
        spans += [(beat.start, beat.start + beat.frames) for beat in told] or [(0, shot.frames)]
    return spans


def _judge_time(case: _Case, rule: Rule, sights: Sequence[_Sight]) -> _Verdict:
    wrong = [sight for sight in sights if case.shots[sight.shot].set.time_of_day not in rule.names]
    if wrong:
        time = case.shots[wrong[0].shot].set.time_of_day
        return False, f"It is on screen in a shot at {time}.", wrong
    return True, f"All its shots are at {' or '.join(rule.names)}.", sights


_JUDGES: dict[str, Callable[[_Case, Rule, Sequence[_Sight]], _Verdict]] = {
    "run": _judge_run, "each": _judge_each, "total": _judge_total, "most": _judge_most, "times": _judge_times,
    "most times": _judge_times, "within": _judge_within, "last": _judge_last, "apart": _judge_apart,
    "exclusive": _judge_exclusive, "not during": _judge_during, "only at": _judge_time,
}  # fmt: skip


def _rate(case: _Case) -> Rate:
    """The rate that frames in a rule count at: the first shot's."""
    return case.shots[0].rate


def _say(seconds: Fraction) -> str:
    """Seconds as people write them, exact to the hundredth."""
    return f"{round(float(seconds), 2):g} s"
