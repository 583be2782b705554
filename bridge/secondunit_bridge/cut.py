"""What a cut is made of: sources, mixes and segments, and the algebra of runs that conform builds them with.

A run is (units, shown); runs follow each other without holes. Units are frames for the picture, samples for the sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from secondunit_bridge.timing import Rate

SAMPLES = Rate(48000)

Kind = Literal["gap", "copy", "retime", "reframe", "dissolve"]


@dataclass(frozen=True)
class Reframe:
    """How a clip is zoomed, moved and turned in the frame, against the clip fitted into it.

    `zoom_x` and `zoom_y` across and down, `x` to the right and `y` up in frame widths and heights, `turn` in degrees
    counter-clockwise. `native` says that the zoom is of the media's own pixels; it becomes fitted once the media's
    width is known.
    """

    zoom_x: float = 1.0
    zoom_y: float = 1.0
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0
    native: bool = False

    @property
    def is_none(self) -> bool:
        return self == Reframe()

    @property
    def values(self) -> tuple[float, float, float, float, float]:
        return self.zoom_x, self.zoom_y, self.x, self.y, self.turn

    def fitted(self, media_width: int, frame_width: int) -> Reframe:
        """The same reframe told by the fitted clip, for media and frame widths in pixels."""
        scale = media_width / frame_width if self.native and media_width and frame_width else 1.0
        return Reframe(self.zoom_x * scale, self.zoom_y * scale, self.x, self.y, self.turn)


@dataclass(frozen=True)
class Source:
    """A run of one file: record unit i shows media time `start + i * step`, in units of `rate` from its first frame.

    `speed` is 1 for a plain cut; `clip` is the name to use in messages; `reframe` is None where the clip fills the
    frame as it is.
    """

    path: Path
    start: Fraction
    step: Fraction
    rate: Rate
    speed: Fraction
    clip: str
    reframe: Reframe | None = None

    def frame(self, index: int) -> int:
        """The media frame that record unit `index` of the run shows."""
        return int((self.start + index * self.step) // 1)

    def shifted(self, units: int) -> Source:
        return replace(self, start=self.start + units * self.step)


@dataclass(frozen=True)
class Mix:
    """A dissolve: unit i has `after` with weight (begin + i * step) / length over `before`.

    None is black or silence. `step` is 1 unless a nested sequence is played at another speed.
    """

    before: Shown
    after: Shown
    begin: Fraction
    length: int
    step: Fraction = Fraction(1)

    def weight(self, index: int) -> Fraction:
        return (self.begin + index * self.step) / self.length

    def shifted(self, units: int) -> Mix:
        begin = self.begin + units * self.step
        return Mix(shifted(self.before, units), shifted(self.after, units), begin, self.length, self.step)


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
        if self.shown.reframe is not None:
            return "reframe"
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


# A run is (units, shown); runs follow each other without holes.
Run = tuple[int, Shown]


def length_of(runs: Iterable[Run]) -> int:
    return sum(units for units, _ in runs)


def shifted(shown: Shown, units: int) -> Shown:
    return shown if shown is None or units == 0 else shown.shifted(units)


def cut_out(runs: list[Run], begin: int, length: int | None) -> list[Run]:
    """The part [begin, begin + length) of runs, or all from `begin`."""
    result: list[Run] = []
    end = length_of(runs) if length is None else begin + length
    position = 0
    for units, shown in runs:
        low, high = max(begin, position), min(end, position + units)
        if low < high:
            result.append((high - low, shifted(shown, low - position)))
        position += units
        if position >= end:
            break
    return result


def fit(runs: list[Run], length: int) -> list[Run]:
    """The runs, cut or filled with nothing to `length` units."""
    missing = length - length_of(runs)
    return [*runs, (missing, None)] if missing > 0 else cut_out(runs, 0, length)


def shorten(runs: list[Run], surplus: int) -> None:
    """Take `surplus` units away from the end, in place."""
    while surplus > 0 and runs:
        units, shown = runs.pop()
        if units > surplus:
            runs.append((units - surplus, shown))
        surplus -= units


def held(runs: list[Run], length: int) -> list[Run]:
    """The runs, with the last one drawn out by the unit that rounding may have taken between two rates."""
    if runs and length - length_of(runs) == 1:
        return [*runs[:-1], (runs[-1][0] + 1, runs[-1][1])]
    return runs


def zip_runs(one: list[Run], other: list[Run]) -> Iterator[tuple[int, Shown, Shown]]:
    """Two rows of runs of the same length, split at the edges of both."""
    left, right = list(reversed(one)), list(reversed(other))
    while left and right:
        (a, first), (b, second) = left.pop(), right.pop()
        units = min(a, b)
        if units:
            yield units, first, second
        if a > units:
            left.append((a - units, shifted(first, units)))
        if b > units:
            right.append((b - units, shifted(second, units)))


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs that go on seamlessly become one."""
    result: list[Run] = []
    for units, shown in runs:
        if units == 0:
            continue
        if result and shifted(result[-1][1], result[-1][0]) == shown:
            result[-1] = (result[-1][0] + units, result[-1][1])
        else:
            result.append((units, shown))
    return result


def played(runs: list[Run], at: Fraction, speed: Fraction, units: int) -> list[Run]:
    """`units` of the runs from position `at`, played at another speed: unit i shows what lies at at + i * speed."""
    result: list[Run] = []
    position = 0
    for length, shown in runs:
        low, high = 0, units if position <= at < position + length else 0
        if speed:  # the units whose place falls into [position, position + length)
            start, end = (position - at) / speed, (position + length - at) / speed
            low, high = (_ceil(start), _ceil(end)) if speed > 0 else (int(end // 1) + 1, int(start // 1) + 1)
            low, high = max(0, low), min(units, high)
        if low < high:
            result.append((high - low, _at_speed(shown, at + low * speed - position, speed)))
        position += length
    return result if speed >= 0 else result[::-1]


def _at_speed(shown: Shown, offset: Fraction, speed: Fraction) -> Shown:
    if isinstance(shown, Source):
        start = shown.start + offset * shown.step
        return replace(shown, start=start, step=shown.step * speed, speed=shown.speed * speed)
    if isinstance(shown, Mix):
        before, after = _at_speed(shown.before, offset, speed), _at_speed(shown.after, offset, speed)
        return Mix(before, after, shown.begin + offset * shown.step, shown.length, shown.step * speed)
    return None


def _ceil(value: Fraction) -> int:
    return int(-(-value // 1))


def _sources(shown: Shown) -> Iterator[Source]:
    if isinstance(shown, Source):
        yield shown
    elif isinstance(shown, Mix):
        yield from _sources(shown.before)
        yield from _sources(shown.after)
