"""The form of a track: where its sections begin, where it builds up, and where it drops.

A drop is where the bass comes back with all its weight after a stretch without: as much louder over the next second as
over the next two and a half, on a beat. A build is the rise of the treble that leads to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from secondunit_engine.music.beats import Beats
from secondunit_engine.music.onsets import FRAMES, Onsets

Array = NDArray[np.floating]

_SPANS: Final = (1.0, 2.5)  # s that are compared before and after
_DROP: Final = 7.0  # dB of bass
_NEAR_TOP: Final = 9.0  # dB below the track's 90th percentile: a softer bass is no drop
_EARLIEST: Final = 3.0  # s of music before a drop
_APART: Final = 4.0  # s between two drops
_AWAY: Final = 1.7  # bars that the bass was away before
_BACK: Final = 12.0  # dB that its peaks are over those of the time away
_ATTACK: Final = 7.0  # dB under its peaks: when it is as loud as that, it is struck
_LATE: Final = 2.6  # beats after the first sign of a drop in which the bass may be struck
_ON_BEAT: Final = 0.03  # s
_BUILDS: Final = (2, 4, 8)  # bars
_RISE: Final = 1.5  # dB of treble over a build
_SECTION: Final = 8  # bars that novelty looks at, to both sides together
_NOVEL: Final = 1.2  # spreads above the mean


@dataclass(frozen=True)
class Moment:
    """Something at a time [s] for so many seconds, and how sure it is, 0 to 1."""

    time: float
    seconds: float
    confidence: float


@dataclass(frozen=True)
class Form:
    sections: tuple[Moment, ...]
    builds: tuple[Moment, ...]
    drops: tuple[Moment, ...]


def find_form(onsets: Onsets, beats: Beats) -> Form:
    """The form of a track; empty for one without a beat."""
    if len(beats.times) < 8:
        return Form((), (), ())
    drops = _drops(onsets, beats)
    return Form(_sections(onsets, beats, drops), _builds(onsets, beats, drops), drops)


def _drops(onsets: Onsets, beats: Beats) -> tuple[Moment, ...]:
    bass = ndimage.uniform_filter1d(onsets.bass, round(0.02 * FRAMES), mode="constant")
    level = 10 * np.log10(bass + 1e-6 * float(bass.max()) + 1e-15)  # (frames,) dB
    total = np.concatenate([[0.0], np.cumsum(onsets.bass)])
    usual = np.percentile(ndimage.uniform_filter1d(onsets.bass, FRAMES), 90)
    bar = 4 * 60 / beats.bpm
    found: list[Moment] = []
    for beat in beats.times[beats.times - beats.times[0] >= _EARLIEST].tolist():
        frame = round(beat * FRAMES)
        if any(beat - each.time < _APART for each in found) or frame + round(_SPANS[1] * FRAMES) > len(level):
            continue
        rise, after = _rise(total, frame)
        away = level[max(frame - round(_AWAY * bar * FRAMES), 0) : max(frame - round(0.06 * FRAMES), 1)].max()
        back = level[frame : frame + round(bar * FRAMES)].max()
        if rise >= _DROP and after >= usual * 10 ** (-_NEAR_TOP / 10) and back - away >= _BACK:
            found.append(Moment(_struck(onsets, beats, level, frame, back), 0.0, float(np.clip(rise / 24, 0, 1))))
    return tuple(found)


def _rise(total: Array, frame: int) -> tuple[float, float]:
    """How much louder the bass is after a frame than before [dB], over the span that says least; and its power after.

    `total` is the running sum of its power.
    """
    rises, after = [], 0.0
    for span in reversed(_SPANS):
        size = round(span * FRAMES)
        start, stop = max(frame - size, 0), min(frame + size, len(total) - 1)
        before = (total[max(frame - 2, start)] - total[start]) / max(frame - 2 - start, 1)
        after = (total[stop] - total[frame]) / max(stop - frame, 1)
        rises.append(10 * np.log10((after + 1e-15) / (before + 1e-15)))
    return float(min(rises)), float(after)


def _struck(onsets: Onsets, beats: Beats, level: Array, frame: int, back: float) -> float:
    """When the bass is back [s]: its attack, or the beat that this lies on."""
    beat = 60 / beats.bpm
    low, high = max(frame - round(0.3 * beat * FRAMES), 0), frame + round(_LATE * beat * FRAMES)
    loud = np.flatnonzero(level[low:high] > back - _ATTACK)
    first = low + int(loud[0]) if len(loud) else frame
    reach = round(0.05 * FRAMES)
    start = max(first - reach, 0)
    at = float(onsets.time(start + int(onsets.bass_flux[start : first + reach + 1].argmax())))
    nearest = float(beats.times[np.abs(beats.times - at).argmin()])
    return nearest if abs(nearest - at) < _ON_BEAT else at


def _builds(onsets: Onsets, beats: Beats, drops: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The bars before a drop in which the treble rises and the bass is away."""
    bar = 4 * 60 / beats.bpm
    level = 10 * np.log10(ndimage.uniform_filter1d(onsets.high, round(bar * FRAMES / 2), mode="nearest") + 1e-15)
    found = []
    for drop in drops:
        fits = []
        for bars in _BUILDS:
            start = drop.time - bars * bar
            piece = level[max(round(start * FRAMES), 0) : round((drop.time - 0.2) * FRAMES)]
            if start < 0 or len(piece) < FRAMES // 2:
                continue
            slope = float(np.polyfit(np.linspace(0, 1, len(piece)), piece, 1)[0])
            low = onsets.bass[round(start * FRAMES) : round((drop.time - 0.1) * FRAMES)].mean()
            away = low < 0.3 * onsets.bass[round(drop.time * FRAMES) :][: len(piece)].mean()
            if slope > _RISE and away:
                fits.append((slope, start, bars * bar))
        if fits:
            slope, start, length = max(fits, key=lambda fit: (fit[2], fit[0]))
            found.append(Moment(start, length, float(np.clip(slope / 12, 0.1, 1))))
    return tuple(found)


def _sections(onsets: Onsets, beats: Beats, drops: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Bars at which what is played changes (novelty, Foote 2000), and the drops; the first begins the track."""
    bars = beats.downbeats
    if len(bars) < 4:
        return (Moment(float(beats.times[0]), float(beats.times[-1] - beats.times[0]), 0.5),)
    edges = np.rint(bars * FRAMES).astype(int)
    edges = np.append(edges, len(onsets.bands))
    timbre = np.array([onsets.bands[a : max(b, a + 1)].mean(axis=0) for a, b in pairwise(edges)])
    half = _SECTION // 2
    change = np.zeros(len(bars))
    for at in range(1, len(bars)):
        before, after = timbre[max(at - half, 0) : at].mean(axis=0), timbre[at : at + half].mean(axis=0)
        change[at] = np.linalg.norm(after - before)
    tops, _ = signal.find_peaks(change, distance=4)
    strong = [int(top) for top in tops if change[top] > change.mean() + _NOVEL * change.std()]
    sure = change / max(float(change.max()), 1e-9)
    starts = {float(bars[0]): 1.0} | {float(bars[top]): float(sure[top]) for top in strong}
    for drop in drops:
        starts = {time: how for time, how in starts.items() if abs(time - drop.time) > 1.0} | {
            drop.time: drop.confidence
        }
    ordered = sorted(starts)
    ends = [*ordered[1:], float(beats.times[-1])]
    return tuple(Moment(time, end - time, starts[time]) for time, end in zip(ordered, ends, strict=True))
