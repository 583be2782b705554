"""Stems to a mix at a known loudness (ITU-R BS.1770-4, EBU R 128), never over the true-peak ceiling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from secondunit_engine.sound.loudness import Loudness, measure
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

FOREGROUND_LUFS, BED_LUFS = -23.0, -32.0
CEILING_DBTP = -1.5
_GRAIN = 24  # samples: half a millisecond, as finely as the limiter looks
LOOKED = SAMPLE_RATE // 20
_FADE = 192  # samples: four milliseconds, so that no cut clicks


@dataclass(frozen=True)
class Mix:
    """Stereo stems (count, 2) that add up to `mix`, what that measures, and the gain (count,) that each was given."""

    stems: dict[str, Samples]
    mix: Samples
    loudness: Loudness
    curve: Samples


def mix_stems(stems: dict[str, Samples], target: float) -> Mix:
    """Bring the sum of the stems to `target` LUFS, limit what is left over, fade the two ends."""
    total = np.sum(list(stems.values()), axis=0)  # (count, 2)
    loudness = measure(total).integrated
    gain = 1.0 if loudness is None else 10 ** ((target - loudness) / 20)
    count = len(total)
    ends = np.minimum(np.arange(count), np.arange(count)[::-1]) / _FADE
    curve = limiter(total * gain) * gain * np.minimum(ends, 1.0)  # (count,)
    measured = measure(total * curve[:, None])
    over = 10 ** ((measured.peak - CEILING_DBTP) / 20)
    if over > 1:  # what slipped between the samples
        curve = curve / over
        measured = measure(total * curve[:, None])
    shaped: dict[str, Samples] = {name: stem * curve[:, None] for name, stem in stems.items()}
    return Mix(shaped, np.sum(list(shaped.values()), axis=0), measured, curve)


def limiter(wave: Samples, ceiling_dbtp: float = CEILING_DBTP) -> Samples:
    """Gain (count,) that keeps (count, channels) under the ceiling: looks 5 ms ahead, lets go in 60 ms.

    A sample's gain depends on `LOOKED` samples to each side of it, and on the half millisecond that it lies in.
    """
    count, ceiling = len(wave), 10 ** ((ceiling_dbtp - 0.3) / 20)
    blocks = -(-count // _GRAIN)
    loud = np.zeros(blocks * _GRAIN)
    for channel in wave.T:
        np.maximum(loud[:count], np.abs(channel), out=loud[:count])
    need = np.minimum(1.0, ceiling / np.maximum(loud.reshape(blocks, _GRAIN).max(axis=1), 1e-9))  # (blocks,)
    if need.min() >= 1.0:
        return np.ones(count)
    ahead = int(0.005 * SAMPLE_RATE / _GRAIN) * 2 + 1
    held = ndimage.minimum_filter1d(need, ahead + int(0.06 * SAMPLE_RATE / _GRAIN), mode="nearest")
    gain = np.minimum(ndimage.uniform_filter1d(held, ahead, mode="nearest"), 1.0)
    gain = ndimage.minimum_filter1d(gain, 3, mode="nearest")  # what runs between two blocks is over neither
    return np.interp(np.arange(count), (np.arange(blocks) + 0.5) * _GRAIN, gain)
