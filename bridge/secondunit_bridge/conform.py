"""Read an OTIO cut into a flat, exact list of what to show and what to hear at every frame.

The record is counted in whole units from the cut's start: frames for the picture, 48 kHz samples for the sound.
Item edges are summed as exact fractions and rounded once, so mixed rates do not drift. Upper tracks cover lower
ones; where a track has a gap, the track below shows. A dissolve of N frames shows the outgoing side with weight
1 - i/N and the incoming side with i/N at its frame i, as Blender's VSE and MLT do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from secondunit_bridge.cut import (
    SAMPLES,
    Cut,
    Mix,
    Run,
    Segment,
    Shown,
    Source,
    cut_out,
    fit,
    held,
    joined,
    length_of,
    played,
    shorten,
    zip_runs,
)
from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.exchange.reframe import reframe_of
from secondunit_bridge.otio_file import exact_rate, read_otio
from secondunit_bridge.timeline import KEY, timeline_rate
from secondunit_bridge.timing import Rate

__all__ = ["Cut", "Mix", "Segment", "Shown", "Source", "check_cut", "flatten", "read_cut"]

LONGEST = 24 * 3600  # seconds
MOST_SEGMENTS = 20_000
MOST_TRACKS = 200
DEEPEST = 16  # stacks and tracks within each other
_EXPORT_MEND = "Mend it in the editor and export the OTIO again."

Lane = Literal["Video", "Audio"]


def read_cut(path: Path) -> Cut:
    """Read an OTIO file into a cut, and see that its media are there. Raises as `read_otio` and `check_cut` do."""
    return check_cut(read_otio(path), path)


def check_cut(timeline: otio.schema.Timeline, path: Path) -> Cut:
    """Flatten the timeline that `path` holds, and see that its media are there. Raises NotFound, and as `flatten`."""
    cut = flatten(timeline)
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
    frames = max([length_of(picture), *(-(-length_of(lane) * rate.fraction // SAMPLES.fraction) for lane in lanes)])
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
        picture=_placed(fit(picture, int(frames))),
        sound=tuple(_placed(fit(lane, samples)) for lane in lanes),
        sound_of_picture=not sounds,
        notes=tuple(dict.fromkeys(notes)),
    )


@dataclass
class _Reader:
    """Turns items into runs, counted in `unit`s. `own_sound`: of a picture clip, take the sound it brings."""

    unit: Rate
    lane: Lane
    own_sound: bool
    notes: list[str] = field(default_factory=list)

    def item(self, item: Any, depth: int, lead: Fraction = Fraction(0), trail: Fraction = Fraction(0)) -> list[Run]:
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

    def overlay(self, items: Sequence[Any], depth: int) -> list[Run]:
        """The items as layers: later ones cover earlier ones, gaps let the layer below through."""
        result: list[Run] = []
        if len(items) > MOST_TRACKS:
            raise TooLarge(f"The timeline has {len(items)} layers.", mend=f"Keep to {MOST_TRACKS} tracks.")
        for item in items:
            if not getattr(item, "enabled", True):
                continue
            layer = self.item(item, depth)
            length = max(length_of(layer), length_of(result))
            result = [
                (n, self._cover(top, under)) for n, top, under in zip_runs(fit(layer, length), fit(result, length))
            ]
        return joined(result)

    def _cover(self, top: Shown, under: Shown) -> Shown:
        if self.lane == "Audio" and top is not None and under is not None:
            raise BadInput(
                "Two sounds overlap inside a nested sequence.", mend="Put them on sound tracks of their own."
            )
        if top is None:
            return under
        if isinstance(top, Mix) and under is not None and (top.before is None or top.after is None):
            return replace(top, before=self._cover(top.before, under), after=self._cover(top.after, under))
        return top

    def _track(self, track: otio.schema.Track, depth: int) -> list[Run]:
        if len(track) > MOST_SEGMENTS:
            raise TooLarge(f"The timeline has more than {MOST_SEGMENTS} pieces.", mend="Conform it in parts.")
        children = list(track)
        runs: list[Run] = []
        edge = Fraction(0)  # seconds from the track's start to the end of what is laid down
        for index, child in enumerate(children):
            if isinstance(child, otio.schema.Transition):
                self._dissolve(child, children, index, runs, edge, depth)
                continue
            taken = sum(_seconds(near.out_offset) for near in children[max(0, index - 1) : index] if _mixes(near))
            given = sum(_seconds(near.in_offset) for near in children[index + 1 : index + 2] if _mixes(near))
            length = _seconds(_span(child).duration)
            if taken + given > length:
                raise BadInput(f"The dissolves around {_named(child)} are longer than it is.", mend=_EXPORT_MEND)
            # Laid whole; a dissolve then takes its share from both sides of the edge.
            whole = self.item(child, depth + 1)
            begin, end = self._units(edge), self._units(edge + length)
            own = cut_out(held(whole, end - begin), self._units(edge + taken) - begin, None)
            runs.extend(fit(own, end - self._units(edge + taken)))
            edge += length
        return runs

    def _dissolve(
        self, transition: otio.schema.Transition, children: list[Any], index: int, runs: list[Run], edge: Fraction,
        depth: int,
    ) -> None:  # fmt: skip
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
        outgoing: list[Run] = [(length, None)]
        incoming: list[Run] = [(length, None)]
        if before is not None:
            opened = self.item(before, depth + 1, trail=trail)
            outgoing = fit(cut_out(opened, max(0, length_of(opened) - length), None), length)
        if after is not None:
            incoming = fit(self.item(after, depth + 1, lead=Fraction(middle - begin) / self.unit.fraction), length)
        mixed: list[Run] = []
        position = 0
        for units, one, other in zip_runs(outgoing, incoming):
            both = one is not None or other is not None
            mixed.append((units, Mix(one, other, Fraction(position), length) if both else None))
            position += units
        shorten(runs, middle - begin)
        runs.extend(mixed)

    def _clip(self, clip: otio.schema.Clip, lead: Fraction, trail: Fraction) -> list[Run]:
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
        reframe = reframe_of(clip.effects) if self.unit != SAMPLES else None
        source = Source(Path(reference.target_url), start, step, rate, speed, clip.name or "without a name", reframe)
        runs: list[Run] = [(length + ahead + behind, source.shifted(-ahead))]
        self._check_range(clip, runs[0], available, dissolving=bool(ahead or behind))
        return runs

    def _check_range(self, clip: otio.schema.Clip, run: Run, available: TimeRange | None, *, dissolving: bool) -> None:
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
            elif not (isinstance(item, otio.schema.Clip) and reframe_of((effect,)) is not None):
                self.notes.append(f"The effect “{effect.effect_name or effect.name}” on {_named(item)} is not applied.")
        return speed

    def _inside(self, item: Any, runs: list[Run], lead: Fraction, trail: Fraction) -> list[Run]:
        """Trim a nested track or stack to its source range, and retime it if asked."""
        speed, span = self._speed(item), item.source_range
        if span is None and speed == 1 and lead == trail == 0:
            return runs
        begin = self._units(_seconds(span.start_time)) if span else 0
        length = self._units(_seconds(_span(item).duration)) if span else length_of(runs)
        ahead, behind = self._units(lead), self._units(trail)
        at = begin - ahead * speed
        if speed < 0:  # the same units as forwards, from the last one back
            at -= (length - 1) * speed
        units = length + ahead + behind
        first, last = sorted((at // 1, (at + (units - 1) * speed) // 1))
        if first < 0 or last >= length_of(runs):
            raise BadInput(f"{_named(item)} is trimmed beyond what is in it.", mend=_EXPORT_MEND)
        return cut_out(runs, int(at), units) if speed == 1 else played(runs, Fraction(at), speed, units)

    def _units(self, seconds: Fraction) -> int:
        return self.unit.frames(seconds) if seconds >= 0 else -self.unit.frames(-seconds)


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


def _trim(runs: list[Run], stack: otio.schema.Stack, unit: Rate) -> list[Run]:
    span = stack.source_range
    if span is None:
        return runs
    begin, length = unit.frames(_seconds(span.start_time)), unit.frames(_seconds(_span(stack).duration))
    return cut_out(runs, begin, length)


def _placed(runs: list[Run]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    position = 0
    for units, shown in joined(runs):
        segments.append(Segment(position, units, shown))
        position += units
    if len(segments) > MOST_SEGMENTS:
        raise TooLarge(f"The timeline has more than {MOST_SEGMENTS} pieces.", mend="Conform it in parts.")
    return tuple(segments)
