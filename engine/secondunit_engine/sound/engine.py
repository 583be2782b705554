"""A car: its engine by the crank's turns, its tyres by their speed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples, band, generator, shaped_noise, smooth_steps

_IDLE, _LIMIT = 950.0, 6500.0  # revolutions a minute
_TOP_SPEEDS = np.array([13.0, 22.0, 33.0, 46.0, 62.0])  # m/s at the limit in each gear
_TABLE = 8192


def engine_note(seed: int, speed: NDArray[np.floating], rate: float, count: int, lead: int) -> Samples:
    """A four-stroke eight-cylinder engine that drives a car at `speed` [m/s], shape (frames,); shape (count,).

    A cycle of two turns is one wave table: its fourth crank order is the firing, the half orders between are the
    unevenness that makes it a V8. Load opens the exhaust (a soft clip) and brings combustion noise with each firing.
    """
    rng = generator(seed, "engine")
    gear = np.searchsorted(_TOP_SPEEDS * 0.93, speed).clip(0, len(_TOP_SPEEDS) - 1)  # (frames,)
    turns = np.clip(speed / _TOP_SPEEDS[gear] * _LIMIT, _IDLE, _LIMIT)
    push = np.gradient(speed) * rate if len(speed) > 1 else np.zeros_like(speed)  # m/s2
    load = smooth_steps(np.clip(0.35 + push / 6, 0.2, 1.0), rate, count, lead, 0.12)  # (count,)
    turns = smooth_steps(turns, rate, count, lead, 0.1)  # (count,)
    phase = np.cumsum(turns / 60 / SAMPLE_RATE)  # (count,) in turns
    cycle = np.interp(phase % 2, np.linspace(0, 2, _TABLE), _cycle(rng))  # (count,)
    firing = 0.5 + 0.5 * np.cos(2 * np.pi * 4 * phase)
    roar = shaped_noise(rng, count, band(120, 2600, -3.0)) * firing**3
    raw = np.tanh((cycle * (0.8 + 1.4 * load) + 0.35 * load * roar) * 1.6)
    return _exhaust(raw) * (0.35 + 0.65 * load) * (0.5 + 0.5 * turns / _LIMIT)


def tyre_roll(seed: int, speed: NDArray[np.floating], rate: float, count: int, lead: int, *, wet: bool) -> Samples:
    """Tyres on asphalt at `speed` [m/s], shape (frames,): a rumble, and the hiss of thrown water; shape (count,)."""
    rng = generator(seed, "tyres")
    pace = smooth_steps(np.clip(speed / 25, 0, 2), rate, count, lead)  # (count,)
    rumble = shaped_noise(rng, count, band(60, 420, -2.0)) * pace**1.2
    hiss = shaped_noise(rng, count, band(1400, 8500, -1.5)) * pace**1.6
    return 0.4 * rumble + (0.55 if wet else 0.12) * hiss


def _cycle(rng: np.random.Generator) -> Samples:
    """Pressure over one working cycle (two turns), shape (table,), by crank orders 1/2 to 20."""
    turn = np.linspace(0, 2, _TABLE)
    wave = np.zeros(_TABLE)
    for half in range(1, 41):
        order = half / 2
        size = 1.0 if order % 4 == 0 else (0.32 if order % 2 == 0 else 0.14)
        wave += size / order**0.75 * np.sin(2 * np.pi * (order * turn + rng.random()))
    return wave / np.abs(wave).max()


def _exhaust(wave: Samples) -> Samples:
    """The pipe's resonances and the loss of treble on the way out."""
    low = signal.butter(2, [45, 2400], "bandpass", fs=SAMPLE_RATE, output="sos")
    bump = signal.butter(1, [105, 250], "bandpass", fs=SAMPLE_RATE, output="sos")
    pipe = np.asarray(signal.sosfilt(low, wave))
    return ndimage.uniform_filter1d(pipe + 0.8 * np.asarray(signal.sosfilt(bump, pipe)), 5)
