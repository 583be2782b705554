"""Stems to a mix at a known loudness (ITU-R BS.1770-4, EBU R 128), never over the true-peak ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyloudnorm
import soundfile
from scipy import ndimage, signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

FOREGROUND_LUFS, BED_LUFS = -23.0, -32.0
CEILING_DBTP = -1.5
_FADE = 192  # samples: four milliseconds, so that no cut clicks
_BLOCK = 0.4  # seconds of a loudness block


@dataclass(frozen=True)
class Mix:
    """Stereo stems (count, 2) that add up to `mix`; integrated loudness (None if too quiet or short), true peak."""

    stems: dict[str, Samples]
    mix: Samples
    lufs: float | None
    peak_dbtp: float


def mix_stems(stems: dict[str, Samples], target: float) -> Mix:
    """Bring the sum of the stems to `target` LUFS, limit what is left over, fade the two ends."""
    total = np.sum(list(stems.values()), axis=0)  # (count, 2)
    loudness = measure_lufs(total)
    gain = 1.0 if loudness is None else 10 ** ((target - loudness) / 20)
    count = len(total)
    ends = np.minimum(np.arange(count), np.arange(count)[::-1]) / _FADE
    curve = limiter(total * gain) * gain * np.minimum(ends, 1.0)  # (count,)
    shaped: dict[str, Samples] = {name: stem * curve[:, None] for name, stem in stems.items()}
    over = true_peak(total * curve[:, None]) / 10 ** (CEILING_DBTP / 20)
    if over > 1:  # what slipped between the samples
        shaped: dict[str, Samples] = {name: stem / over for name, stem in shaped.items()}
    mixed = np.sum(list(shaped.values()), axis=0)
    peak = 20 * np.log10(max(true_peak(mixed), 1e-9))
    return Mix(shaped, mixed, measure_lufs(mixed), float(peak))


def measure_lufs(wave: Samples) -> float | None:
    """Integrated loudness of (count, channels); None for silence or under a tenth of a second."""
    seconds = len(wave) / SAMPLE_RATE
    if seconds < 0.1:
        return None
    meter = pyloudnorm.Meter(SAMPLE_RATE, block_size=min(_BLOCK, seconds * 0.99))
    with np.errstate(divide="ignore"):
        loudness = float(meter.integrated_loudness(wave))
    return loudness if np.isfinite(loudness) else None


def true_peak(wave: Samples) -> float:
    """Largest value between the samples as well, by four-times oversampling (BS.1770-4 annex 2)."""
    return float(np.abs(signal.resample_poly(wave, 4, 1, axis=0)).max(initial=0.0))


def limiter(wave: Samples) -> Samples:
    """Gain (count,) that keeps stereo (count, 2) under the ceiling: looks 5 ms ahead, lets go in 60 ms."""
    ceiling = 10 ** ((CEILING_DBTP - 0.3) / 20)
    need = np.minimum(1.0, ceiling / np.maximum(np.abs(wave).max(axis=1), 1e-9))  # (count,)
    if need.min() >= 1.0:
        return need
    ahead = int(0.005 * SAMPLE_RATE) * 2 + 1
    held = ndimage.minimum_filter1d(need, ahead + int(0.06 * SAMPLE_RATE), mode="nearest")
    return np.minimum(ndimage.uniform_filter1d(held, ahead, mode="nearest"), 1.0)


def write_wav(path: Path, wave: Samples) -> None:
    """48 kHz, 24-bit PCM; the same samples give the same bytes."""
    soundfile.write(path, np.clip(wave, -1, 1), SAMPLE_RATE, "PCM_24")
