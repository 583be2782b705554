"""What is different between two versions of a cut, to the frame: added, removed, moved, trimmed, retimed, other take.

A clip is known again by its shot (or its media file, or its name); of several uses of one shot the most alike pair up.
Record times count from each cut's own start, so a cut that begins at another hour has not changed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.schema import Clip, ExternalReference, Stack, Timeline, Track, Transition

from secondunit_bridge.cut import Reframe
from secondunit_bridge.exchange.match import clips_of, match_cut
from secondunit_bridge.exchange.reframe import reframe_of
from secondunit_bridge.exchange.shelf import KnownTake, Shelf
from secondunit_bridge.otio_file import exact_rate
from secondunit_bridge.timeline import timeline_rate
from secondunit_bridge.timing import Rate

Kind = Literal["added", "removed", "moved", "trimmed", "retimed", "other take", "dissolve", "reframed", "switched"]
_CLOSE_ENOUGH = 400  # uses of one shot that are compared each with each


@dataclass(frozen=True)
class Use:
    """One clip of a cut. Record frames `start` to `end`; `source` is its first media frame, counted from the media's
    first; `lead` and `trail` are the halves of the dissolve into it."""

    key: str
    track: str
    start: int
    end: int
    source: Fraction
    take: int
    speed: Fraction = Fraction(1)
    reframe: Reframe | None = None
    lead: int = 0
    trail: int = 0
    on: bool = True

    @property
    def name(self) -> str:
        return f"{self.key} take {self.take:03d}" if self.take else self.key


@dataclass(frozen=True)
class Change:
    """One difference. `old` and `new` are the clip before and after; one is None if it came or went."""

    kinds: tuple[Kind, ...]
    old: Use | None
    new: Use | None
    head: int = 0
    tail: int = 0

    @property
    def use(self) -> Use:
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def moved(self) -> int:
        return self.new.start - self.old.start if self.old and self.new else 0


@dataclass(frozen=True)
class ChangeList:
    """All differences, in record order; `unchanged` clips are the same to the frame."""

    rate: Rate
    start: int
    changes: tuple[Change, ...]
    unchanged: int


def compare_cuts(old: Timeline, new: Timeline, shelf: Shelf) -> ChangeList:
    """Compare two versions of a cut. Pure but for the manifests that the shelf reads."""
    rate = timeline_rate(new)
    before, after = uses_of(old, shelf), uses_of(new, shelf)
    pairs = _pairs(before, after)
    changes: list[Change] = []
    unchanged = 0
    for one, other in pairs:
        change = _difference(one, other)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    begin = new.global_start_time
    start = round(Fraction(begin.value) / exact_rate(begin.rate).fraction * rate.fraction) if begin else 0
    ordered = sorted(changes, key=lambda change: (change.use.track, change.use.start, change.new is not None))
    return ChangeList(rate, start, tuple(ordered), unchanged)


def uses_of(timeline: Timeline, shelf: Shelf) -> list[Use]:
    """Every clip of a cut, counted in frames of the cut's rate."""
    rate = timeline_rate(timeline)
    known = [found for _, found, _ in match_cut(timeline, shelf)]
    uses = []
    rows = zip(clips_of(timeline), known, _dissolves(timeline, rate), strict=True)
    for (clip, track, start, frames), found, (lead, trail) in rows:
        own = exact_rate(track[0].source_range.duration.rate) if track[0].source_range else rate
        first, last = (round(value / own.fraction * rate.fraction) for value in (start, start + frames))
        key = found.take.shot if found else _name_of(clip)
        speed = Fraction(1)
        for effect in clip.effects:
            if isinstance(effect, otio.schema.LinearTimeWarp):
                speed *= Fraction(float(effect.time_scalar)).limit_denominator(100_000)
        uses.append(
            Use(
                key, track.name, first, last, _source(clip, rate), _number(found, shelf), speed,
                reframe_of(clip.effects), lead, trail, clip.enabled and track.enabled,
            )
        )  # fmt: skip
    return uses


def _number(found: KnownTake | None, shelf: Shelf) -> int:
    """The take's number; of takes that differ in quality and size alone, the first one's: a final is no other take."""
    if found is None:
        return 0
    return min(each.take.number for each in shelf.takes(found.take.shot) if each.recipe == found.recipe)


def _name_of(clip: Clip) -> str:
    media = clip.media_reference
    url = media.target_url if isinstance(media, ExternalReference) else ""
    return PurePosixPath(url.replace("\\", "/")).name or clip.name


def _source(clip: Clip, rate: Rate) -> Fraction:
    """The first media frame, counted from the media's first where the file tells where that is."""
    span = clip.source_range
    if span is None:
        return Fraction(0)
    own = exact_rate(span.start_time.rate)
    start = Fraction(span.start_time.value)
    available = clip.media_reference.available_range if clip.media_reference is not None else None
    if available is not None:
        start -= Fraction(available.start_time.value) / exact_rate(available.start_time.rate).fraction * own.fraction
    hour = 3600 * own.nominal
    return start - hour if available is None and start >= hour else start


def _dissolves(timeline: Timeline, rate: Rate) -> list[tuple[int, int]]:
    """The halves of the transition before each clip, in frames, in the order of `clips_of`; none inside a nest."""
    found: list[tuple[int, int]] = []
    for track in timeline.tracks:
        before: Any = None
        for item in track if isinstance(track, Track) else ():
            halves = (0, 0)
            if isinstance(before, Transition):
                halves = _frames(before.in_offset, rate), _frames(before.out_offset, rate)
            if isinstance(item, Clip):
                found.append(halves)
            elif isinstance(item, Stack | Track):
                found += [(0, 0) for _ in item.find_clips()]
            before = item
    return found


def _frames(time: otio.opentime.RationalTime, rate: Rate) -> int:
    return round(Fraction(time.value) / exact_rate(time.rate).fraction * rate.fraction)


def _pairs(before: list[Use], after: list[Use]) -> list[tuple[Use | None, Use | None]]:
    """Old and new uses of the same thing; what has no partner stands with None."""
    groups: dict[tuple[str, str], tuple[list[Use], list[Use]]] = defaultdict(lambda: ([], []))
    for side, uses in enumerate((before, after)):
        for use in uses:
            groups[use.track[:5], use.key][side].append(use)
    pairs: list[tuple[Use | None, Use | None]] = []
    for old, new in groups.values():
        rest_old, rest_new = list(old), list(new)
        for same in (lambda use: use, _without_place, lambda use: (use.source, use.end - use.start)):
            rest_old, rest_new = _equal(rest_old, rest_new, same, pairs)
        pairs += _alike(rest_old, rest_new)
    return pairs


def _without_place(use: Use) -> tuple[Any, ...]:
    return use.take, use.source, use.end - use.start, use.speed, use.track


def _equal(
    old: list[Use], new: list[Use], by: Any, pairs: list[tuple[Use | None, Use | None]]
) -> tuple[list[Use], list[Use]]:
    """Pair what is equal in record order; returns what is left of both."""
    waiting: dict[Any, list[Use]] = defaultdict(list)
    for use in new:
        waiting[by(use)].append(use)
    left = []
    taken: set[int] = set()
    for use in old:
        if partners := waiting.get(by(use)):
            partner = partners.pop(0)
            taken.add(id(partner))
            pairs.append((use, partner))
        else:
            left.append(use)
    return left, [use for use in new if id(use) not in taken]


def _alike(old: list[Use], new: list[Use]) -> list[tuple[Use | None, Use | None]]:
    """Pair the rest by how much of the media two uses share, then by how near they lie."""
    pairs: list[tuple[Use | None, Use | None]] = []
    if max(len(old), len(new)) <= _CLOSE_ENOUGH:
        scored = sorted(
            ((_likeness(one, other), -i, -k) for i, one in enumerate(old) for k, other in enumerate(new)), reverse=True
        )
        ranked = [(-i, -k) for _, i, k in scored]
    else:
        ranked = [(index, index) for index in range(min(len(old), len(new)))]
    used_old, used_new = set[int](), set[int]()
    for i, k in ranked:
        if i not in used_old and k not in used_new:
            used_old.add(i)
            used_new.add(k)
            pairs.append((old[i], new[k]))
    pairs += [(use, None) for i, use in enumerate(old) if i not in used_old]
    pairs += [(None, use) for k, use in enumerate(new) if k not in used_new]
    return pairs


def _likeness(one: Use, other: Use) -> tuple[Fraction, int, int]:
    def extent(use: Use) -> tuple[Fraction, Fraction]:
        end = use.source + (use.end - use.start) * use.speed
        return min(use.source, end), max(use.source, end)

    (a, b), (c, d) = extent(one), extent(other)
    return min(b, d) - max(a, c), one.track == other.track, -abs(one.start - other.start)


def _difference(one: Use | None, other: Use | None) -> Change | None:
    if one is None or other is None:
        return Change(("removed",) if one else ("added",), one, other)
    kinds: list[Kind] = []
    if one.take != other.take:
        kinds.append("other take")
    if one.speed != other.speed:
        kinds.append("retimed")
    if (one.start, one.track) != (other.start, other.track):
        kinds.append("moved")
    head = tail = 0
    if one.speed == other.speed and one.speed:
        head = round((other.source - one.source) / one.speed)
        tail = (other.end - other.start) - (one.end - one.start) + head
    elif one.end - one.start != other.end - other.start or one.source != other.source:
        head, tail = round(other.source - one.source), (other.end - other.start) - (one.end - one.start)
    if head or tail:
        kinds.append("trimmed")
        if "moved" in kinds and one.track == other.track and other.start - one.start == head:
            kinds.remove("moved")  # its head was trimmed where it lies
    if (one.lead, one.trail) != (other.lead, other.trail):
        kinds.append("dissolve")
    if one.reframe != other.reframe:
        kinds.append("reframed")
    if one.on != other.on:
        kinds.append("switched")
    return Change(tuple(kinds), one, other, head, tail) if kinds else None


def told_changes(found: ChangeList) -> list[str]:
    """The list for a person: a line a change, clips that only moved with their neighbours drawn together."""
    lines: list[str] = []
    waiting: list[Change] = []
    for change in (*found.changes, None):
        together = waiting and change is not None and change.kinds == ("moved",)
        if together and change is not None and _same_move(waiting[-1], change):
            waiting.append(change)
            continue
        if waiting:
            lines.append(_told_move(waiting, found))
            waiting = []
        if change is not None and change.kinds == ("moved",):
            waiting = [change]
        elif change is not None:
            lines.append(_told(change, found))
    same = f"{found.unchanged} clips are the same"
    return [*lines, f"{same}." if lines else f"Nothing has changed: {same}."]


def _same_move(one: Change, other: Change) -> bool:
    """Whether two clips moved together: by as much, from and to one track."""
    return bool(one.old and other.old) and _move(one) == _move(other)


def _move(change: Change) -> tuple[int, str, str]:
    return change.moved, change.use.track, change.old.track if change.old else ""


def _told_move(changes: list[Change], found: ChangeList) -> str:
    if len(changes) == 1:
        return _told(changes[0], found)
    first, last = changes[0].use, changes[-1].use
    to = found.rate.timecode(found.start + last.end)
    return f"{_where('moved', first, found)} to {to}  {len(changes)} clips by {changes[0].moved:+d} frames"


def _where(word: str, use: Use, found: ChangeList) -> str:
    return f"{word:<10}  {use.track:<8}  {found.rate.timecode(found.start + use.start)}"


def _told(change: Change, found: ChangeList) -> str:
    use, old, new = change.use, change.old, change.new
    said = [f"{use.end - use.start} frames"] if old is None or new is None else []
    if old and new:
        for kind in change.kinds:
            said.append(
                {
                    "other take": f"take {old.take:03d} is now take {new.take:03d}",
                    "retimed": f"{float(old.speed):.0%} is now {float(new.speed):.0%}",
                    "moved": f"by {change.moved:+d} frames" + (f" from {old.track}" if old.track != new.track else ""),
                    "trimmed": f"head {change.head:+d}, tail {change.tail:+d} frames",
                    "dissolve": f"dissolve {old.lead + old.trail} is now {new.lead + new.trail} frames",
                    "reframed": "another reframe",
                    "switched": "switched on" if new.on else "switched off",
                }[kind]
            )
    return f"{_where(change.kinds[0], use, found)}  {use.name}: {'; '.join(said)}"
