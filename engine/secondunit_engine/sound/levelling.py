"""A delivery's sound at the loudness that its standard asks for, and the report that goes with it.

One gain for all of it, so that the mix stays as it was mixed; only peaks that would be over the standard's ceiling are
held by a limiter. The sound is read piece by piece, as often as it is measured, and is never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput
from secondunit_engine.progress import Progress
from secondunit_engine.sound.loudness import TARGETS, Loudness, Meter, Target
from secondunit_engine.sound.mix import LOOKED, limiter
from secondunit_engine.sound.noise import SAMPLE_RATE

_PIECE: Final = 10 * SAMPLE_RATE
_PASSES: Final = 4
_NEAR: Final = 0.05  # LU from the target that are not worth another pass


class Sound(Protocol):
    """Stereo of 48 kHz that is read in order."""

    channels: int

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Samples [start, start + count), shape (count, channels); `start` never goes back."""
        ...


@dataclass(frozen=True)
class Levelling:
    """What is done to a sound: a gain [dB], and the ceiling [dBTP] of a limiter, None where none is needed."""

    gain: float = 0.0
    ceiling: float | None = None


@dataclass(frozen=True)
class LoudnessReport:
    """A delivery's loudness before and after, and whether it is what its standard asks for."""

    target: Target
    before: Loudness
    after: Loudness
    levelling: Levelling
    kept: bool

    @property
    def sentence(self) -> str:
        if self.after.integrated is None:
            return f"Loudness: silence, which {self.target.title} has no level for."
        said = f"Loudness: {self.after.integrated:.1f} LUFS, true peak {self.after.peak:.1f} dBTP"
        limited = ", peaks limited" if self.levelling.ceiling is not None else ""
        kept = "as" if self.kept else "NOT as"
        return f"{said} ({self.levelling.gain:+.1f} dB{limited}): {kept} {self.target.title} asks."


def find_target(name: str) -> Target:
    """A loudness target by its name. Raises BadInput."""
    if name not in TARGETS:
        raise BadInput(f"“{name}” is no loudness target.", mend=f"Use one of {', '.join(TARGETS)}.")
    return TARGETS[name]


class Levelled:
    """A sound with its levelling, read in order like the sound itself."""

    def __init__(self, sound: Sound, levelling: Levelling, count: int) -> None:
        self.channels, self._sound, self._how, self._count = sound.channels, sound, levelling, count
        self._held = np.zeros((0, sound.channels), np.float32)  # what the limiter still needs
        self._from = 0

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        gain = np.float32(10 ** (self._how.gain / 20))
        if self._how.ceiling is None:
            return self._sound.read(start, count) * gain
        first = max(start - LOOKED, 0) // LOOKED * LOOKED  # on the limiter's own grid
        last = min(-(-(start + count + LOOKED) // LOOKED) * LOOKED, max(self._count, start + count))
        have = self._from + len(self._held)
        if last > have:
            self._held = np.concatenate([self._held, self._sound.read(have, last - have) * gain])
        self._held, self._from = self._held[max(first - self._from, 0) :], max(first, self._from)
        curve = limiter(self._held[: last - self._from], self._how.ceiling)
        cut = slice(start - self._from, start - self._from + count)
        return (self._held[cut] * curve[cut, None]).astype(np.float32)


def level(
    opened: Callable[[], AbstractContextManager[Sound]], count: int, target: Target, progress: Progress
) -> LoudnessReport:
    """Find what brings `count` samples to a target, by measuring until they are there. Raises Cancelled."""
    before = _measure(opened, count, Levelling(), progress)
    if before.integrated is None:
        return LoudnessReport(target, before, before, Levelling(), True)
    how = Levelling(target.lufs - before.integrated)
    after = _shifted(before, how.gain)
    for _ in range(_PASSES):
        assert after.integrated is not None
        missing = target.lufs - after.integrated
        over = after.peak - target.peak
        if over <= 0 and (abs(missing) < _NEAR or how.ceiling is None):
            break
        ceiling = (target.peak if how.ceiling is None else how.ceiling) - (
            max(over, 0) if how.ceiling is not None else 0
        )
        how = Levelling(how.gain + (missing if how.ceiling is not None else 0), ceiling)
        after = _measure(opened, count, how, progress)
    assert after.integrated is not None
    kept = abs(after.integrated - target.lufs) <= target.tolerance and after.peak <= target.peak + 0.05
    return LoudnessReport(target, before, after, how, kept)


def write_report(path: Path, report: LoudnessReport) -> None:
    """Write a report as JSON."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(asdict(report), indent=1) + "\n", "utf-8")
    part.replace(path)


def _shifted(measured: Loudness, gain: float) -> Loudness:
    """What the same sound measures after a gain [dB]."""
    integrated, momentary, short_term = (
        None if value is None else value + gain
        for value in (measured.integrated, measured.momentary, measured.short_term)
    )
    return Loudness(integrated, momentary, short_term, measured.range, measured.peak + gain)


def _measure(
    opened: Callable[[], AbstractContextManager[Sound]], count: int, how: Levelling, progress: Progress
) -> Loudness:
    with opened() as sound:
        meter, levelled = Meter(sound.channels), Levelled(sound, how, count)
        for start in range(0, count, _PIECE):
            progress.check()
            meter.feed(levelled.read(start, min(_PIECE, count - start)))
    return meter.read()
