"""Music of known tempo, written by a seed: what the beat tracker is measured on, because its truth is exact.

Even seeds have drums, odd ones have none. Seeds from 1000 were used while the tracker was written; the smaller ones are
held out: `benchmarks.beats` and the tests measure on those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48000
HELD_OUT = 1000
_SCALE = (0, 2, 3, 5, 7, 8, 10)

Samples = NDArray[np.floating]


@dataclass(frozen=True)
class Music:
    """A track, mono (count,), and its truth: beats per minute, beats, downbeats and drops [s]."""

    wave: Samples
    bpm: float
    beats: NDArray[np.floating]
    downbeats: NDArray[np.floating]
    drops: tuple[float, ...]


def make_music(seed: int, *, seconds: float = 24.0, with_drop: bool = False) -> Music:
    """A track of 60 to 180 beats a minute; with drums if the seed is even. A drop needs drums."""
    rng = np.random.Generator(np.random.PCG64([seed, 77]))
    drums = seed % 2 == 0 or with_drop
    bpm = float(np.round(rng.uniform(100, 178) if with_drop else rng.uniform(60, 180), 1))
    first, beat = rng.uniform(0.15, 0.9), 60 / bpm
    bars = int((seconds - first) / beat) // 4
    beats = first + beat * np.arange(4 * bars)
    parts = _Parts(rng, beats, beat, int((first + 4 * bars * beat) * SAMPLE_RATE))
    drop = int(rng.integers(bars // 2, bars - 3)) if with_drop else None
    built = range(max(drop - int(rng.choice([2, 4])), 1), drop) if drop is not None else range(0)
    for bar in range(bars):
        quiet = bar in built
        if drums and not quiet:
            parts.drums(bar, full=drop is None or bar >= drop or bar % 4 != 3)
        if quiet and drop is not None:
            parts.roll(bar, (bar - built.start + 1) / len(built))
        parts.chords(bar, 0.5 if quiet else 1.0)
        if not quiet:
            parts.bass(bar)
        parts.melody(bar, 0.6 if quiet else 1.0)
    wave = parts.wave + rng.uniform(0.0005, 0.004) * rng.standard_normal(len(parts.wave))
    drops = (float(beats[4 * drop]),) if drop is not None else ()
    return Music(wave / np.abs(wave).max() * rng.uniform(0.3, 0.9), bpm, beats, beats[::4], drops)


class _Parts:
    """The players, each with a pattern of its own for the whole track."""

    def __init__(self, rng: np.random.Generator, beats: NDArray[np.floating], beat: float, count: int) -> None:
        self._rng, self._beats, self._beat = rng, beats, beat
        self.wave = np.zeros(count)
        self._key = int(rng.integers(40, 52))
        self._chords = rng.permutation([0, 3, 4, 5])
        self._style = rng.integers(0, 4)
        self._hats = int(rng.choice([1, 2, 2, 4]))
        self._bass = [(0, 0.9), (0, 0.9), (1.5, 0.4), (2, 0.9), (3, 0.5)][: rng.integers(2, 6)]
        steps = np.arange(0, 4, rng.choice([0.5, 0.5, 1.0]))
        self._tune = [(float(step), int(rng.integers(0, 7))) for step in steps if step % 1 == 0 or rng.random() < 0.55]
        self._stabs = bool(rng.random() < 0.5)
        self._levels = {name: rng.uniform(0.7, 1.2) for name in ("kick", "snare", "hat", "bass", "chord", "tune")}

    def drums(self, bar: int, *, full: bool) -> None:
        kicks = ((0, 2), (0, 1, 2, 3), (0, 1.5, 2), (0, 2, 2.5))[self._style]
        for at in kicks:
            self._hit(bar, at, _kick(), 0.9 * self._levels["kick"])
        for at in (1, 3):
            self._hit(bar, at, _noise(self._rng, 0.12, 180.0), 0.5 * self._levels["snare"])
        for at in np.arange(0, 4, 1 / self._hats):
            self._hit(bar, at, _noise(self._rng, 0.035, 7000.0), 0.16 * self._levels["hat"])
        if not full:
            for at in (3.25, 3.5, 3.75):
                self._hit(bar, at, _noise(self._rng, 0.08, 300.0), 0.25)

    def roll(self, bar: int, height: float) -> None:
        """A snare roll and a riser towards a drop."""
        for at in np.arange(0, 4, 0.5 if height < 0.6 else 0.25):
            self._hit(bar, at, _noise(self._rng, 0.08, 400.0), 0.2 * height + 0.1)
        sweep = _noise(self._rng, 4 * self._beat, 3000.0, fade=False)
        self._hit(bar, 0, sweep * np.linspace(0.2, 1, len(sweep)), 0.12 * height)

    def chords(self, bar: int, level: float) -> None:
        root = self._key + 12 + _SCALE[self._chords[bar % 4]]
        places = (0, 1, 2, 3) if self._stabs else (0,)
        length = (0.8 if self._stabs else 3.9) * self._beat
        for at in places:
            for step in (0, 3 if bar % 2 else 4, 7):
                accent = 1.0 if at == 0 else 0.7
                self._hit(bar, at, _tone(int(root + step), length, 0.02), 0.09 * level * accent * self._levels["chord"])

    def bass(self, bar: int) -> None:
        root = self._key - 12 + _SCALE[self._chords[bar % 4]]
        for at, size in self._bass:
            self._hit(bar, at, _tone(int(root), 0.7 * self._beat, 0.005), 0.3 * size * self._levels["bass"])

    def melody(self, bar: int, level: float) -> None:
        for at, step in self._tune:
            note = self._key + 24 + _SCALE[(step + bar) % 7]
            accent = 1.0 if at % 1 == 0 else 0.6
            self._hit(bar, at, _tone(int(note), 0.4 * self._beat, 0.004), 0.16 * level * accent * self._levels["tune"])

    def _hit(self, bar: int, at: float, sound: Samples, size: float) -> None:
        human = self._rng.normal(0, 0.002)
        start = int((self._beats[4 * bar] + (at * self._beat) + human) * SAMPLE_RATE)
        end = min(start + len(sound), len(self.wave))
        if 0 <= start < end:
            self.wave[start:end] += size * sound[: end - start] * self._rng.uniform(0.85, 1.1)


@lru_cache
def _kick() -> Samples:
    time = np.arange(int(0.22 * SAMPLE_RATE)) / SAMPLE_RATE
    return np.sin(2 * np.pi * (48 * time + 4.5 * (1 - np.exp(-time * 28)))) * np.exp(-time * 14)


def _noise(rng: np.random.Generator, seconds: float, high_pass: float, *, fade: bool = True) -> Samples:
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = rng.standard_normal(len(time))
    rate = 2 * np.pi * high_pass / SAMPLE_RATE
    decay: Samples = (1 - np.exp(-rate)) * np.exp(-rate * np.arange(min(len(time), 400)))
    slow: Samples = np.convolve(wave, decay)[: len(time)]
    fall: Samples = np.exp(-5 * time / seconds) if fade else np.ones(len(time))
    return (wave - slow) * fall


@lru_cache(maxsize=256)
def _tone(note: float, seconds: float, attack: float) -> Samples:
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    hertz = 440 * 2 ** ((note - 69) / 12)
    wave = np.zeros(len(time))
    for k in range(1, 7):
        wave += np.sin(2 * np.pi * k * float(hertz) * time) / k**1.4
    ends: Samples = np.minimum(time / attack, 1.0) * np.minimum((time[-1] - time) / 0.02, 1.0)
    fall: Samples = np.exp(-1.5 * time / seconds)
    return wave * ends * fall
