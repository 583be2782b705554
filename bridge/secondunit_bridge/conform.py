"""Read an OTIO cut into a flat, exact list of what to show and what to hear at every frame.

The record is counted in whole units from the cut's start: frames for the picture, 48 kHz samples for the sound.
Item edges are summed as exact fractions and rounded once, so mixed rates do not drift. Upper tracks cover lower
ones; where a track has a gap, the track below shows. A dissolve of N frames shows the outgoing side with weight
1 - i/N and the incoming side with i/N at its frame i, as Blender's VSE and MLT do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.otio_file import exact_rate, read_otio
from secondunit_bridge.timeline import KEY, timeline_rate
from secondunit_bridge.timing import Rate

SAMPLES = Rate(48000)
LONGEST = 24 * 3600  # seconds
MOST_SEGMENTS = 100_000
DEEPEST = 24  # stacks within stacks
_EXPORT_MEND = "Mend it in the editor and export the OTIO again."

Kind = Literal["gap", "copy", "retime", "dissolve"]
Lane = Literal["Video", "Audio"]


@dataclass(frozen=True)
class Source:
    """A run of one file: record unit i shows media time `start + i * step`, in units of `rate` from its first frame.

    `speed` is 1 for a plain cut; `clip` is the name to use in messages.
    """

    path: Path
    start: Fraction
    step: Fraction
    rate: Rate
    speed: Fraction
    clip: str

    def frame(self, index: int) -> int:
        """The media frame that record unit `index` of the run shows."""
        return int((self.start + index * self.step) // 1)

    def shifted(self, units: int) -> Source:
        return replace(self, start=self.start + units * self.step)


@dataclass(frozen=True)
class Mix:
    """A dissolve: unit i has `after` with weight (begin + i) / length over `before`; None is black or silence."""

    before: Shown
    after: Shown
    begin: int
    length: int

    def weight(self, index: int) -> Fraction:
        return Fraction(self.begin + index, self.length)

    def shifted(self, units: int) -> Mix:
        return Mix(_shifted(self.before, units), _shifted(self.after, units), self.begin + units, self.length)


Shown = Source | Mix | None


@dataclass(frozen=True)
class Segment:
    """A run of the record in which one thing is shown."""

    record_start: int
    frames: int
    shown: Shown

    @property
    def kind(self) -> Kind:
        if self.shown is None:
            return "gap"
        if isinstance(self.shown, Mix):
            return "dissolve"
        return "copy" if self.shown.speed == 1 else "retime"

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(_sources(self.shown))


@dataclass(frozen=True)
class Cut:
    """A cut, flat. `start` is the frame number (timecode) of its first frame.

    `picture` covers the record without holes, in frames. Each lane of `sound` does so in 48 kHz samples; lanes are
    summed. `sound_of_picture` says that there was no sound track, so each clip brings its own. `notes` say what the
    timeline asked for and we do not do.
    """

    rate: Rate
    start: int
    frames: int
    picture: tuple[Segment, ...]
    sound: tuple[tuple[Segment, ...], ...]
    sound_of_picture: bool
    notes: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.picture if segment.kind == "gap")

    @property
    def samples(self) -> int:
        return self.rate.samples(self.frames, SAMPLES.numerator)


def read_cut(path: Path) -> Cut:
    """Read an OTIO file into a cut, and see that its media are there. Raises as `read_otio` and `flatten` do."""
    cut = flatten(read_otio(path))
    for lane in (cut.picture, *cut.sound):
        for source in (source for segment in lane for source in segment.sources):
            if source.path == path or source.path.suffix.lower() in (".otio", ".otioz", ".otiod"):
                raise BadInput(f"The clip {source.clip} plays the timeline {source.path.name}.", mend=_EXPORT_MEND)
            if not source.path.is_file():
                raise NotFound(
                    f"The media of the clip {source.clip} is missing: {source.path.name}.",
                    mend=f"Put it back at {source.path}, or relink the clip.",
                )
    return cut


def flatten(timeline: otio.schema.Timeline) -> Cut:
    """Flatten a timeline. Pure: reads no media.

    Raises BadInput (no media, no duration, a dissolve without handles, a range outside the media, an unknown kind
    of item) and TooLarge (length, segments, nesting), naming the clip.
    """
    rate = timeline_rate(timeline)
    notes: list[str] = []
    tracks = [track for track in timeline.tracks if getattr(track, "enabled", True)]
    pictures = [track for track in tracks if not _is_sound(track)]
    sounds = [track for track in tracks if _is_sound(track)]
    picture = _trim(_Reader(rate, "Video", False, notes).overlay(pictures, 0), timeline.tracks, rate)
    if sounds:
        reader = _Reader(SAMPLES, "Audio", False, notes)
        lanes = [_trim(reader.item(track, 0), timeline.tracks, SAMPLES) for track in sounds]
    else:
        reader = _Reader(SAMPLES, "Video", True, [])
        lanes = [_trim(reader.overlay(pictures, 0), timeline.tracks, SAMPLES)]
    frames = max([_length(picture), *(-(-_length(lane) * rate.fraction // SAMPLES.fraction) for lane in lanes)])
    if frames == 0:
        raise BadInput("The timeline is empty.", mend="Put at least one clip on it and export it again.")
    if frames > LONGEST * rate.fraction:
        raise TooLarge("The timeline is longer than 24 hours.", mend="Conform it in parts.")
    begin = timeline.global_start_time
    start = round(Fraction(begin.value) / exact_rate(begin.rate).fraction * rate.fraction) if begin else 0
    samples = rate.samples(int(frames), SAMPLES.numerator)
    return Cut(
        rate=rate,
        start=start,
        frames=int(frames),
        picture=_placed(_fit(picture, int(frames))),
        sound=tuple(_placed(_fit(lane, samples)) for lane in lanes),
        sound_of_picture=not sounds,
        notes=tuple(dict.fromkeys(notes)),
    )


# A run is (units, shown); runs follow each other without holes.
_Run = tuple[int, Shown]


@dataclass
class _Reader:
    """Turns items into runs, counted in `unit`s. `own_sound`: of a picture clip, take the sound it brings."""

    unit: Rate
    lane: Lane
    own_sound: bool
    notes: list[str] = field(default_factory=list)

    def item(self, item: Any, depth: int, lead: Fraction = Fraction(0), trail: Fraction = Fraction(0)) -> list[_Run]:
        """The runs of an item, opened by `lead` and `trail` (seconds) beyond its ends for dissolves."""
        if depth > DEEPEST:
            raise TooLarge(f"{item.name} nests deeper than {DEEPEST} stacks.", mend="Flatten the nested sequences.")
        if isinstance(item, otio.schema.Gap) or not getattr(item, "enabled", True):
            return [(self._units(_seconds(_span(item).duration) + lead + trail), None)]
        if isinstance(item, otio.schema.Clip):
            return self._clip(item, lead, trail)
        if isinstance(item, otio.schema.Track):
            return self._inside(item, self._track(item, depth), lead, trail)
        if isinstance(item, otio.schema.Stack):
            children = [child for child in item if _is_sound(child) == (self.lane == "Audio")]
            return self._inside(item, self.overlay(children, depth + 1), lead, trail)
        raise BadInput(f"“{item.name}” is of a kind we cannot read: {type(item).__name__}.", mend=_EXPORT_MEND)

    def overlay(self, items: Sequence[Any], depth: int) -> list[_Run]:
        """The items as layers: later ones cover earlier ones, gaps let the layer below through."""
        result: list[_Run] = []
        for item in items:
            if not getattr(item, "enabled", True):
                continue
            layer = self.item(item, depth)
            length = max(_length(layer), _length(result))
            result = [(n, self._cover(top, under)) for n, top, under in _zip(_fit(layer, length), _fit(result, length))]
        return _joined(result)

    def _cover(self, top: Shown, under: Shown) -> Shown:
        if self.lane == "Audio" and top is not None and under is not None:
            raise BadInput(
                "Two sounds overlap inside a nested sequence.", mend="Put them on sound tracks of their own."
            )
        if top is None:
            return under
        if isinstance(top, Mix) and under is not None and (top.before is None or top.after is None):
            return Mix(self._cover(top.before, under), self._cover(top.after, under), top.begin, top.length)
        return top

    def _track(self, track: otio.schema.Track, depth: int) -> list[_Run]:
        children = list(track)
        runs: list[_Run] = []
        edge = Fraction(0)  # seconds from the track's start to the end of what is laid down
        for index, child in enumerate(children):
            if isinstance(child, otio.schema.Transition):
                runs = self._dissolve(child, children, index, runs, edge, depth)
                continue
            taken = sum(_seconds(near.out_offset) for near in children[max(0, index - 1) : index] if _mixes(near))
            given = sum(_seconds(near.in_offset) for near in children[index + 1 : index + 2] if _mixes(near))
            length = _seconds(_span(child).duration)
            if taken + given > length:
                raise BadInput(f"The dissolves around {_named(child)} are longer than it is.", mend=_EXPORT_MEND)
            # Laid whole; a dissolve then takes its share from both sides of the edge.
            whole = self.item(child, depth + 1)
            begin, end = self._units(edge), self._units(edge + length)
            own = _cut_out(_held(whole, end - begin), self._units(edge + taken) - begin, None)
            runs.extend(_fit(own, end - self._units(edge + taken)))
            edge += length
            if len(runs) > MOST_SEGMENTS:
                raise TooLarge(f"The timeline has more than {MOST_SEGMENTS} pieces.", mend="Conform it in parts.")
        return runs

    def _dissolve(
        self, transition: otio.schema.Transition, children: list[Any], index: int, runs: list[_Run], edge: Fraction,
        depth: int,
    ) -> list[_Run]:  # fmt: skip
        """Take the end of what is laid down away and lay a mix of both sides over the edge."""
        if transition.transition_type != otio.schema.TransitionTypes.SMPTE_Dissolve:
            self.notes.append(f"The transition “{transition.name}” is made as a plain dissolve.")
        lead, trail = _seconds(transition.in_offset), _seconds(transition.out_offset)
        begin, middle, end = self._units(edge - lead), self._units(edge), self._units(edge + trail)
        if lead < 0 or trail < 0 or end <= begin:
            raise BadInput(f"The dissolve “{transition.name}” has no length.", mend=_EXPORT_MEND)
        before = children[index - 1] if index else None
        after = children[index + 1] if index + 1 < len(children) else None
        if _mixes(before) or _mixes(after):
            raise BadInput(f"The dissolve “{transition.name}” touches another transition.", mend=_EXPORT_MEND)
        if begin < 0 and before is not None:
            raise BadInput(f"The dissolve “{transition.name}” starts before the cut.", mend=_EXPORT_MEND)
        begin = max(begin, 0)
        length = end - begin
        outgoing: list[_Run] = [(length, None)]
        incoming: list[_Run] = [(length, None)]
        if before is not None:
            opened = self.item(before, depth + 1, trail=trail)
            outgoing = _fit(_cut_out(opened, max(0, _length(opened) - length), None), length)
        if after is not None:
            incoming = _fit(self.item(after, depth + 1, lead=Fraction(middle - begin) / self.unit.fraction), length)
        mixed: list[_Run] = []
        position = 0
        for units, one, other in _zip(outgoing, incoming):
            mixed.append((units, None if one is None and other is None else Mix(one, other, position, length)))
            position += units
        return [*_fit(runs, begin), *mixed]

    def _clip(self, clip: otio.schema.Clip, lead: Fraction, trail: Fraction) -> list[_Run]:
        span = _span(clip)
        key = "sound" if self.own_sound and "sound" in clip.media_references() else clip.active_media_reference_key
        if self.lane == "Audio" and "sound" in clip.media_references():
            key = "sound"
        reference = clip.media_references().get(key)
        if not isinstance(reference, otio.schema.ExternalReference) or not reference.target_url:
            what = "no media" if reference is None or reference.is_missing_reference else "media of another kind"
            raise BadInput(f"The clip {clip.name} has {what}.", mend="Relink it to a media file and export again.")
        said = clip.metadata.get(KEY, {})
        rate = exact_rate(span.start_time.rate, said.get("rate") if hasattr(said, "get") else None)
        available = reference.available_range
        start = Fraction(span.start_time.value)
        if available is not None:
            start -= (
                Fraction(available.start_time.value) / exact_rate(available.start_time.rate).fraction * rate.fraction
            )
        start = _snapped(start)
        speed = self._speed(clip)
        length = self._units(_seconds(span.duration))
        ahead, behind = self._units(lead), self._units(trail)
        step = speed * rate.fraction / self.unit.fraction
        if speed < 0:  # the same frames as forwards, from the last one back
            start -= (length - 1) * step
        source = Source(Path(reference.target_url), start, step, rate, speed, clip.name or "without a name")
        runs: list[_Run] = [(length + ahead + behind, source.shifted(-ahead))]
        self._check_range(clip, runs[0], available, dissolving=bool(ahead or behind))
        return runs

    def _check_range(self, clip: otio.schema.Clip, run: _Run, available: TimeRange | None, *, dissolving: bool) -> None:
        units, source = run
        assert isinstance(source, Source)
        first, last = sorted((source.frame(0), source.frame(units - 1)))
        frames = None
        if available is not None:
            frames = _seconds(available.duration) * source.rate.fraction
        if first < 0 or (frames is not None and last >= frames):
            if dissolving:
                raise BadInput(
                    f"The media of {clip.name} has no handles for its dissolve.",
                    mend="Shorten the dissolve, or shoot the take with longer handles.",
                )
            raise BadInput(f"The clip {clip.name} uses frames that its media has not.", mend="Trim it or relink it.")

    def _speed(self, item: otio.core.Item) -> Fraction:
        speed = Fraction(1)
        for effect in item.effects:
            if isinstance(effect, otio.schema.LinearTimeWarp):
                scalar = float(effect.time_scalar)
                if not -1000 <= scalar <= 1000:
                    raise BadInput(f"{_named(item)} has a speed of {scalar}.", mend="Keep it within 1000 times.")
                speed *= Fraction(scalar).limit_denominator(100_000)
            else:
                self.notes.append(f"The effect “{effect.effect_name or effect.name}” on {_named(item)} is not applied.")
        return speed

    def _inside(self, item: Any, runs: list[_Run], lead: Fraction, trail: Fraction) -> list[_Run]:
        """Trim a nested track or stack to its source range, and retime it if asked."""
        speed, span = self._speed(item), item.source_range
        if span is None and speed == 1 and lead == trail == 0:
            return runs
        begin = self._units(_seconds(span.start_time)) if span else 0
        length = self._units(_seconds(_span(item).duration)) if span else _length(runs)
        ahead, behind = self._units(lead), self._units(trail)
        positions = (
            [int(begin + (index * speed) // 1) for index in range(-ahead, length + behind)] if speed != 1 else []
        )
        if speed < 0:
            positions = [position + int((length - 1) * -speed) for position in positions]
        first, last = (min(positions), max(positions)) if positions else (begin - ahead, begin + length + behind - 1)
        if first < 0 or last >= _length(runs):
            raise BadInput(f"{_named(item)} is trimmed beyond what is in it.", mend=_EXPORT_MEND)
        if speed == 1:
            return _cut_out(runs, first, last + 1 - first)
        return _joined([_retimed(_cut_out(runs, position, 1)[0], speed) for position in positions])

    def _units(self, seconds: Fraction) -> int:
        return self.unit.frames(seconds) if seconds >= 0 else -self.unit.frames(-seconds)


def _retimed(run: _Run, speed: Fraction) -> _Run:
    """One unit of a nested cut that is played at another speed: stands still for that unit."""
    units, shown = run
    if isinstance(shown, Source):
        return units, replace(shown, step=shown.step * speed, speed=shown.speed * speed)
    return units, shown


def _is_sound(item: Any) -> bool:
    return isinstance(item, otio.schema.Track) and item.kind == otio.schema.TrackKind.Audio


def _mixes(item: Any) -> bool:
    return isinstance(item, otio.schema.Transition)


def _named(item: Any) -> str:
    return f"{type(item).__name__.lower()} “{item.name}”"


def _seconds(time: RationalTime) -> Fraction:
    return _snapped(Fraction(time.value)) / exact_rate(time.rate).fraction


def _snapped(value: Fraction) -> Fraction:
    """A frame number without the dust of float arithmetic."""
    return Fraction(round(value)) if abs(value - round(value)) < Fraction(1, 1000) else value


def _span(item: Any) -> TimeRange:
    """The item's range in its own time. Raises BadInput where it has none, or no positive length."""
    try:
        span = item.source_range or item.available_range()
    except otio.exceptions.OTIOError as fault:
        raise BadInput(f"{_named(item)} does not say which frames it uses.", mend=_EXPORT_MEND) from fault
    empty = isinstance(item, otio.schema.Gap | otio.schema.Track | otio.schema.Stack) and span.duration.value == 0
    if span.duration.value < 0 or (span.duration.value == 0 and not empty):
        raise BadInput(f"{_named(item)} lasts {span.duration.value:g} frames.", mend=_EXPORT_MEND)
    return span


def _trim(runs: list[_Run], stack: otio.schema.Stack, unit: Rate) -> list[_Run]:
    span = stack.source_range
    if span is None:
        return runs
    begin, length = unit.frames(_seconds(span.start_time)), unit.frames(_seconds(_span(stack).duration))
    return _cut_out(runs, begin, length)


def _length(runs: Iterable[_Run]) -> int:
    return sum(units for units, _ in runs)


def _shifted(shown: Shown, units: int) -> Shown:
    return None if shown is None else shown.shifted(units)


def _cut_out(runs: list[_Run], begin: int, length: int | None) -> list[_Run]:
    """The part [begin, begin + length) of runs, or all from `begin`."""
    result: list[_Run] = []
    end = _length(runs) if length is None else begin + length
    position = 0
    for units, shown in runs:
        low, high = max(begin, position), min(end, position + units)
        if low < high:
            result.append((high - low, _shifted(shown, low - position)))
        position += units
        if position >= end:
            break
    return result


def _fit(runs: list[_Run], length: int) -> list[_Run]:
    """The runs, cut or filled with nothing to `length` units."""
    missing = length - _length(runs)
    return [*runs, (missing, None)] if missing > 0 else _cut_out(runs, 0, length)


def _held(runs: list[_Run], length: int) -> list[_Run]:
    """The runs, with the last one drawn out by the unit that rounding may have taken between two rates."""
    if runs and length - _length(runs) == 1:
        return [*runs[:-1], (runs[-1][0] + 1, runs[-1][1])]
    return runs


def _zip(one: list[_Run], other: list[_Run]) -> Iterator[tuple[int, Shown, Shown]]:
    """Two rows of runs of the same length, split at the edges of both."""
    left, right = list(reversed(one)), list(reversed(other))
    while left and right:
        (a, first), (b, second) = left.pop(), right.pop()
        units = min(a, b)
        if units:
            yield units, first, second
        if a > units:
            left.append((a - units, _shifted(first, units)))
        if b > units:
            right.append((b - units, _shifted(second, units)))


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Runs that go on seamlessly become one."""
    result: list[_Run] = []
    for units, shown in runs:
        if units == 0:
            continue
        if result and _shifted(result[-1][1], result[-1][0]) == shown:
            result[-1] = (result[-1][0] + units, result[-1][1])
        else:
            result.append((units, shown))
    return result


def _placed(runs: list[_Run]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    position = 0
    for units, shown in _joined(runs):
        segments.append(Segment(position, units, shown))
        position += units
    if len(segments) > MOST_SEGMENTS:
        raise TooLarge(f"The timeline has more than {MOST_SEGMENTS} pieces.", mend="Conform it in parts.")
    return tuple(segments)


def _sources(shown: Shown) -> Iterator[Source]:
    if isinstance(shown, Source):
        yield shown
    elif isinstance(shown, Mix):
        yield from _sources(shown.before)
        yield from _sources(shown.after)
