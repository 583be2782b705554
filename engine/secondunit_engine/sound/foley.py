"""What feet, cloth, candles, hinges and a relic sound like: guides for the Foley artist, not their replacement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from secondunit_engine.sound.noise import (
    SAMPLE_RATE,
    Samples,
    band,
    damped,
    generator,
    shaped_noise,
    slow_curve,
    smooth_steps,
    sprinkle,
)


def footsteps(seed: int, onsets: list[int], count: int) -> Samples:
    """Leather soles on stone, heel then toe; onsets are sample numbers at contact; shape (count,)."""
    rng = generator(seed, "steps")
    wave = np.zeros(count + SAMPLE_RATE)
    for onset in onsets:
        weight = rng.uniform(0.8, 1.1)
        _add(wave, onset, weight * _step(rng))
        _add(wave, onset + int(rng.uniform(0.09, 0.12) * SAMPLE_RATE), 0.4 * weight * _step(rng))
    return wave[:count]


def _step(rng: np.random.Generator) -> Samples:
    thump = damped(rng.uniform(85, 130), 0.11)
    scuff = shaped_noise(rng, len(thump), band(700, 4500, -2.0)) * np.exp(-np.arange(len(thump)) / 420)
    knock = np.zeros(len(thump))
    _add(knock, 0, damped(rng.uniform(900, 1400), 0.02))
    return thump + 0.25 * scuff * np.minimum(np.arange(len(thump)) / 24, 1) + 0.5 * knock


def _add(wave: Samples, onset: int, grain: Samples) -> None:
    end = min(onset + len(grain), len(wave))
    if 0 <= onset < end:
        wave[onset:end] += grain[: end - onset]


def cloth(seed: int, name: str, activity: NDArray[np.floating], rate: float, count: int) -> Samples:
    """Fabric that moves with its wearer: `activity` is the mean speed [m/s] of their surface, (frames,)."""
    rng = generator(seed, "cloth", name)
    move = smooth_steps(np.clip(activity / 0.8, 0, 1.5), rate, count, seconds=0.08)
    rustle = shaped_noise(rng, count, band(900, 6500, -2.5)) * (0.3 + 0.7 * slow_curve(rng, count, 0.11) ** 2)
    return rustle * move


def candles(seed: int, group: int, count: int) -> Samples:
    """A stand of candles, shape (count,): a flutter, and wax that crackles now and then."""
    rng = generator(seed, "candles", group)
    grains = []
    for _ in range(8):
        size = int(rng.uniform(0.002, 0.008) * SAMPLE_RATE)
        grains.append(shaped_noise(rng, size, band(1800, 9000)) * np.exp(-4.0 * np.arange(size) / size))
    flutter = shaped_noise(rng, count, band(25, 160, -3.0)) * slow_curve(rng, count, 0.3) ** 3
    return sprinkle(rng, count, 3.5, grains, 0.8) + 0.5 * flutter


def creak(seed: int, name: str, turning: NDArray[np.floating], rate: float, count: int) -> Samples:
    """An iron hinge that sticks and slips as it turns; `turning` is 0 to 1 of its fastest, (frames,)."""
    rng = generator(seed, "creak", name)
    pace = smooth_steps(turning, rate, count, seconds=0.05)
    slips = np.diff(np.floor(np.cumsum(pace * (45 + 40 * slow_curve(rng, count, 0.2))) / SAMPLE_RATE), prepend=0)
    body = sum(damped(hertz, 0.05, rng.uniform(0, 6)) for hertz in (310, 540, 820, 1350))
    return np.asarray(signal.oaconvolve(slips, np.asarray(body)))[:count]


def relic_swell(seed: int, opening: NDArray[np.floating], rate: float, count: int) -> Samples:
    """The relic opens: an open fifth that rises with the lid, breath, and glass bells; shape (count,).

    `opening` is how far the lid stands open, 0 to 1, per frame.
    """
    rng = generator(seed, "relic")
    time = np.arange(count) / SAMPLE_RATE
    swell = smooth_steps(np.clip(opening, 0, 1) ** 1.5, rate, count, seconds=0.35)
    wave = np.zeros(count)
    for hertz, size in (
        (73.4, 1.0),
        (110.0, 0.8),
        (146.8, 0.7),
        (220.0, 0.45),
        (293.7, 0.35),
        (440.0, 0.2),
        (587.3, 0.12),
    ):
        for side in (-0.9, 0.9):
            beat = hertz + side * (0.4 + hertz / 900)
            wave += 0.5 * size * np.sin(2 * np.pi * beat * time + rng.uniform(0, 6))
    wave *= swell
    wave += 0.35 * shaped_noise(rng, count, band(400, 5000, -3.0)) * swell**2
    bells = [_bell(root) for root in (880.0, 1174.7, 1318.5, 1760.0)]
    return wave + 0.22 * sprinkle(rng, count, 5.0, bells, 0.4) * swell


def _bell(hertz: float) -> Samples:
    """A struck glass by its first three modes; the higher ones die sooner."""
    modes = [damped(hertz * partial, 1.6 / partial**0.5) / partial for partial in (1.0, 2.76, 5.4)]
    wave = np.zeros(max(map(len, modes)))
    for mode in modes:
        _add(wave, 0, mode)
    return wave
