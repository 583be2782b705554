"""The beat of a track: its tempo, its beats, and which of them begin a bar.

Beats are the path through the onsets that keeps best to one period (dynamic programming, Ellis 2007). Which period is
the beat, and not half or twice of it, is judged by what lies on the beats and halfway between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from secondunit_engine.music.onsets import FRAMES, Onsets

Array = NDArray[np.floating]

SLOWEST, FASTEST = 55.0, 185.0  # beats a minute
_TIGHT: Final = 300.0
_USUAL: Final = 112.0  # beats a minute
_BAR: Final = 4
_STEADY: Final = 0.012  # s that beats may leave an even grid before it is not even
_EVEN: Final = 0.03  # mean change of a beat's length, as a share, that speaks against a period
_TONES: Final = 22  # bands, up to about 2.5 kHz
_AROUND: Final = 6  # beats to each side that a beat's time is judged by


@dataclass(frozen=True)
class Beats:
    """Times [s] of beats, shape (n,), the index of the first downbeat, and how sure this is, 0 to 1."""

    times: Array
    bpm: float
    first_downbeat: int
    confidence: float
    strengths: Array

    @property
    def downbeats(self) -> Array:
        return self.times[self.first_downbeat :: _BAR]


def find_beats(onsets: Onsets, bpm: float | None = None) -> Beats:
    """The beats of a track. A tempo that is given is kept to; only its phase is looked for."""
    accents = onsets.flux + 0.7 * onsets.bass_flux  # (frames,)
    if float(accents.max(initial=0.0)) < 1e-6 or len(accents) < 2 * FRAMES:
        return Beats(np.zeros(0), bpm or 0.0, 0, 0.0, np.zeros(0))
    if bpm is not None:
        best = _Fit(accents, 60 * FRAMES / bpm)
    else:
        fits = [_Fit(accents, period) for period in _periods(accents)]
        best = max(fits, key=lambda fit: fit.score)
    times = _smooth(onsets.time(best.refined()), 60 / bpm if bpm is not None else None)
    times = _whole_track(times, *_heard(onsets))
    strengths = _peaks(accents, np.rint(times * FRAMES).astype(int))
    tempo = bpm or 60 / float(np.median(np.diff(times)))
    return Beats(times, tempo, _first_of_bar(onsets, times), best.confidence, strengths)


class _Fit:
    """Beats of one period [frames], and how well they explain the accents."""

    def __init__(self, accents: Array, period: float) -> None:
        self.accents, self.period = accents, period
        self.beats = _follow(accents, period)
        on = _peaks(accents, self.beats)
        middle = (self.beats[:-1] + self.beats[1:]) // 2
        off = _peaks(accents, middle)
        self.on, self.off = float(on.mean()), float(off.mean()) if len(off) else 0.0
        self.balance = _balance(on, 2)
        slowness = np.log2(60 * FRAMES / period / _USUAL)
        self.prior = float(np.exp(-0.5 * (slowness / 1.1) ** 2))
        contrast = (self.on - self.off) / max(self.on + self.off, 1e-9)  # -1 to 1
        steps = np.diff(self.beats)
        uneven = float(np.abs(np.diff(np.log(steps))).mean()) if len(steps) > 1 else 1.0
        collected = self.on * np.sqrt(len(on) * period / len(accents)) / np.sqrt(period / FRAMES)
        even = np.exp(-((uneven / _EVEN) ** 2))
        self.score = collected * self.prior * (0.35 + max(contrast, 0)) * (0.45 + 0.55 * self.balance) * even
        self.score *= 0.2 + 0.8 * _balance(on, 3)  # four beats of three in the time of three look even otherwise
        self.confidence = float(np.clip(contrast, 0, 1) * min(1.0, self.on / 3))

    def refined(self) -> Array:
        """The beats on the tops of the onsets near them, in parts of a frame."""
        reach, found = 5, self.beats.astype(float)
        for index, beat in enumerate(self.beats.tolist()):
            low = max(beat - reach, 1)
            piece = self.accents[low : beat + reach + 1]
            if len(piece) < 3 or piece.max() < 0.5:
                continue
            top = low + int(piece.argmax())
            if not 1 <= top < len(self.accents) - 1:
                continue
            before, here, after = self.accents[top - 1 : top + 2]
            bend = before - 2 * here + after
            found[index] = top + (0.5 * (before - after) / bend if bend < 0 else 0.0)
        return found


def _balance(strengths: Array, groups: int) -> float:
    """How even every n-th beat is with the others, 0 to 1."""
    means = [float(np.mean(strengths[start::groups])) for start in range(groups) if len(strengths) > start]
    return min(means) / max(*means, 1e-9)


def _periods(accents: Array) -> list[float]:
    """Periods [frames] that could be the beat: peaks of the autocorrelation, and their halves, doubles and thirds."""
    size = 1 << int(np.ceil(np.log2(2 * len(accents))))
    spectrum = np.abs(np.fft.rfft(accents - accents.mean(), size)) ** 2
    same = np.fft.irfft(spectrum)[: len(accents) // 2 + 1]
    same = same / np.maximum(len(accents) - np.arange(len(same)), 1)
    lags = np.arange(60 * FRAMES / 260, min(60 * FRAMES / 40, (len(same) - 1) / 4), 0.25)
    comb = sum(np.interp(lags * k, np.arange(len(same)), same) / k for k in (1, 2, 3, 4))
    tops, _ = signal.find_peaks(comb)
    tops = tops[np.argsort(np.asarray(comb)[tops])[::-1]][:8]
    found: list[float] = []
    for lag in lags[tops]:
        for factor in (1.0, 2.0, 0.5, 3.0, 1 / 3, 1.5, 2 / 3):
            period = float(lag * factor)
            within = SLOWEST <= 60 * FRAMES / period <= FASTEST
            if within and all(abs(period / other - 1) > 0.02 for other in found):
                found.append(period)
    return found or [60 * FRAMES / _USUAL]


def _follow(accents: Array, period: float) -> NDArray[np.integer]:
    """The beats [frames] that collect most accents and keep closest to the period."""
    soft = ndimage.gaussian_filter1d(accents, FRAMES * 0.008)
    soft = soft / max(float(soft.std()), 1e-9)
    back = np.arange(-round(2 * period), -round(period / 2))  # frames before
    cost = -_TIGHT * np.log(-back / period) ** 2
    total, source = soft.copy(), np.full(len(soft), -1)
    for frame in range(-int(back[0]), len(soft)):
        ways = total[frame + back] + cost
        best = int(ways.argmax())
        total[frame] += ways[best]
        source[frame] = frame + back[best]
    last = len(soft) - round(1.2 * period)
    beat = last + int(total[last:].argmax()) if last > 0 else int(total.argmax())
    beats = [beat]
    while source[beats[-1]] >= 0:
        beats.append(int(source[beats[-1]]))
    return np.array(beats[::-1])


def _peaks(accents: Array, frames: NDArray[np.integer]) -> Array:
    """The highest accent within 25 ms of each frame."""
    wide = ndimage.maximum_filter1d(accents, 2 * round(0.025 * FRAMES) + 1, mode="nearest")
    return wide[np.clip(frames, 0, len(accents) - 1)]


def _smooth(times: Array, period: float | None) -> Array:
    """Beats on the even grid through all of them if they keep to it, else each on the line through those about it."""
    if len(times) < 4:
        return times
    index = np.arange(len(times))
    slope, start = _line(index, times, period)
    if np.median(np.abs(times - start - slope * index)) < _STEADY:
        return start + slope * index
    smooth = np.empty_like(times)
    for at in range(len(times)):
        near = slice(max(at - _AROUND, 0), at + _AROUND + 1)
        local, begin = _line(index[near], times[near], None)
        smooth[at] = begin + local * at
    return smooth


def _line(index: NDArray[np.integer], times: Array, period: float | None) -> tuple[float, float]:
    """Slope and start of the line through the beats, those far from it left out."""
    kept = np.ones(len(times), bool)
    slope = start = 0.0
    for _ in range(4):
        if period is None:
            slope, start = np.polyfit(index[kept], times[kept], 1)
        else:
            slope, start = period, float(np.median(times[kept] - period * index[kept]))
        off = np.abs(times - start - slope * index)
        kept = off <= max(2.5 * float(np.median(off)), 0.004)
    return float(slope), float(start)


def _heard(onsets: Onsets) -> tuple[float, float]:
    """From when to when [s] there is music: within 45 dB of its loudest."""
    frames = np.flatnonzero(onsets.loud > 10**-4.5 * onsets.loud.max())
    return float(frames[0]) / FRAMES, float(frames[-1]) / FRAMES


def _whole_track(times: Array, begin: float, end: float) -> Array:
    """The beats carried on evenly to where the music begins and ends."""
    if len(times) < 2:
        return times
    first, last = times[1] - times[0], times[-1] - times[-2]
    before = times[0] - first * np.arange(int(max(times[0] - begin + 0.03, 0) / first), 0, -1)
    after = times[-1] + last * np.arange(1, int(max(end - times[-1], 0) / last) + 1)
    every = np.concatenate([before, times, after])
    return every[(every >= begin - 0.03) & (every <= end)]


def _first_of_bar(onsets: Onsets, times: Array) -> int:
    """Which of the first four beats begins a bar: where the harmony changes and the bass is struck."""
    if len(times) < 2 * _BAR:
        return 0
    frames = np.clip(np.rint(times * FRAMES).astype(int), 0, len(onsets.bands) - 1)
    tones = onsets.bands[:, :_TONES]
    inside = [np.median(tones[a + 4 : max(b - 4, a + 5)], axis=0) for a, b in pairwise(frames)]
    timbre = np.array(inside)  # (n - 1, tones); what is struck is not in a median
    change = np.concatenate([[0.0], np.linalg.norm(np.diff(timbre, axis=0), axis=1)])
    accents = change / max(change.std(), 1e-9) + 0.5 * _peaks(onsets.bass_flux, frames[:-1])
    return int(np.argmax([np.mean(accents[phase::_BAR]) for phase in range(_BAR)]))
