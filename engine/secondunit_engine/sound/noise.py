"""Seeded noise: the clay that beds are made of. 48 kHz, mono, floats around one in size."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

SAMPLE_RATE = 48000
Samples = NDArray[np.floating]


def generator(seed: int, *names: object) -> np.random.Generator:
    """A random stream of its own for each named part of a shot, so that one part never moves another."""
    return np.random.Generator(np.random.PCG64([seed & 0xFFFF_FFFF, zlib.crc32(repr(names).encode())]))


def shaped_noise(rng: np.random.Generator, count: int, gain: Callable[[Samples], Samples]) -> Samples:
    """Gaussian noise with the spectrum `gain(hertz)`, unit root mean square, shape (count,).

    Made in the frequency domain, and periodic over its own length where that is a fast one, as whole seconds are.
    """
    size = int(fft.next_fast_len(count + (count & 1), real=True) or count)
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE).astype(np.float32)  # (size/2 + 1,)
    bins = rng.standard_normal((len(hertz), 2), np.float32).view(np.complex64)[:, 0] * gain(np.maximum(hertz, 1.0))
    bins[0] = 0.0
    wave = np.asarray(fft.irfft(bins, size))[:count]  # (count,)
    return wave / max(float(np.sqrt(np.mean(wave**2))), 1e-12)


def band(low: float, high: float, slope: float = 0.0) -> Callable[[Samples], Samples]:
    """A spectrum between two corners [Hz], second order outside, tilted by `slope` decibels an octave within."""

    def gain(hertz: Samples) -> Samples:
        edges = 1 / (1 + (low / hertz) ** 4) / (1 + (hertz / high) ** 4)
        return np.sqrt(edges) * 10 ** (slope * np.log2(hertz / np.sqrt(low * high)) / 20)

    return gain


def slow_curve(rng: np.random.Generator, count: int, seconds: float) -> Samples:
    """A random curve 0 to 1 that wanders with this period, shape (count,)."""
    knots = rng.random(int(count / SAMPLE_RATE / seconds) + 4)
    smooth = ndimage.spline_filter(knots, order=3)
    at = np.linspace(0, count / (seconds * SAMPLE_RATE), max(int(count // 480), 2))
    coarse = ndimage.map_coordinates(smooth, at[None], order=3, prefilter=False, mode="nearest")
    return np.clip(np.interp(np.arange(count), np.linspace(0, count, at.size), coarse), 0, 1)


def sprinkle(rng: np.random.Generator, count: int, per_second: float, grains: list[Samples], spread: float) -> Samples:
    """Grains thrown at random moments with log-normal sizes (`spread` in nepers), shape (count,)."""
    wave = np.zeros(count + max(map(len, grains)))
    for grain in grains:
        number = int(rng.poisson(per_second / len(grains) * count / SAMPLE_RATE))
        onsets, sizes = rng.integers(0, count, number), np.exp(spread * rng.standard_normal(number))
        for onset, size in zip(onsets.tolist(), sizes.tolist(), strict=True):
            wave[onset : onset + len(grain)] += size * grain
    return wave[:count]


def damped(hertz: float, seconds: float, phase: float = 0.0) -> Samples:
    """A decaying sine that falls by 60 dB in `seconds`; its attack is one half-millisecond ramp."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE  # (n,)
    ramp = np.minimum(time * 2000, 1.0)
    return ramp * np.exp(-6.9 * time / seconds) * np.sin(2 * np.pi * hertz * time + phase)


def smooth_steps(values: Samples, rate: float, count: int, lead: int = 0, seconds: float = 0.06) -> Samples:
    """A value per frame at `rate` to one per sample, ramped; `lead` samples before frame 0 hold the first value."""
    at = (np.arange(count) - lead) * rate / SAMPLE_RATE  # (count,) in frames
    wave = np.interp(at, np.arange(len(values)), values)
    return ndimage.uniform_filter1d(wave, max(int(seconds * SAMPLE_RATE), 1), mode="nearest")
