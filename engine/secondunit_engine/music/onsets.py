"""Where something begins in a track: how much louder each band has become (spectral flux, Böck and Widmer 2013)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

Array = NDArray[np.floating]

SAMPLE_RATE: Final = 48000
HOP: Final = 240  # samples: 200 frames a second
FRAMES: Final = SAMPLE_RATE // HOP
_WINDOW: Final = 1024
_BANDS: Final = 40
_BASS: Final = (30.0, 150.0)  # Hz
_LAG: Final = 2  # frames that a band is compared across
_PIECE: Final = 2048  # frames that are transformed at once


@dataclass(frozen=True)
class Onsets:
    """A track frame by frame, 200 a second, each (frames,): `flux` over all bands and `bass_flux` under 150 Hz, with
    their local mean taken away and of unit spread; `bass` is the power under 150 Hz, `loud` that of all. `bands` are
    log magnitudes, (frames, 40)."""

    flux: Array
    bass_flux: Array
    bass: Array
    loud: Array
    high: Array
    bands: Array

    def time(self, frame: Array | float) -> Array:
        """When what shows in a frame begins [s]."""
        return np.asarray(frame) / FRAMES


def find_onsets(wave: Array) -> Onsets:
    """The onsets of a track, mono (count,) at 48 kHz."""
    power, bass, loud = _spectra(np.asarray(wave, np.float32))
    bands = np.log1p(1000 * np.sqrt(power)).astype(np.float32)  # (frames, 40)
    before = ndimage.maximum_filter1d(bands, 3, axis=1)
    rise = np.maximum(bands[_LAG:] - before[:-_LAG], 0)
    rise = np.concatenate([np.zeros((_LAG, _BANDS), np.float32), rise])
    level = np.log1p(1000 * np.sqrt(bass))
    bass_rise = np.maximum(np.concatenate([np.zeros(2 * _LAG), level[2 * _LAG :] - level[: -2 * _LAG]]), 0)
    return Onsets(_even(rise.sum(axis=1)), _even(bass_rise), bass, loud, power[:, _BANDS * 3 // 4 :].sum(axis=1), bands)


def _spectra(wave: Array) -> tuple[Array, Array, Array]:
    """Power by band (frames, 40), of the bass (frames,) and of all (frames,)."""
    count = len(wave) // HOP + 1
    padded = np.pad(wave, (_WINDOW // 2, _WINDOW))
    hertz = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    shape = _filters(hertz)
    in_bass = (hertz >= _BASS[0]) & (hertz <= _BASS[1])
    window = np.hanning(_WINDOW).astype(np.float32) / _WINDOW * 4
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][:count]
    bands, bass, loud = [], [], []
    for start in range(0, count, _PIECE):
        spectrum: Array = np.abs(np.asarray(fft.rfft(frames[start : start + _PIECE] * window, axis=1))) ** 2
        bands.append(spectrum @ shape)
        bass.append(spectrum[:, in_bass].sum(axis=1))
        loud.append(spectrum.sum(axis=1))
    return np.concatenate(bands), np.concatenate(bass), np.concatenate(loud)


def _filters(hertz: Array) -> Array:
    """Triangles evenly on the mel scale, (bins, 40)."""
    mel = np.linspace(_mel(40.0), _mel(16000.0), _BANDS + 2)
    at = _mel(hertz)[:, None]
    rising, falling = (at - mel[:-2]) / (mel[1:-1] - mel[:-2]), (mel[2:] - at) / (mel[2:] - mel[1:-1])
    shape = np.maximum(np.minimum(rising, falling), 0)
    return (shape / np.maximum(shape.sum(axis=0), 1e-6)).astype(np.float32)


def _mel(hertz: Array | float) -> Array:
    return 2595 * np.log10(1 + np.asarray(hertz) / 700)


def _even(envelope: Array) -> Array:
    """Without its local mean, and of unit spread."""
    left = np.maximum(envelope - ndimage.uniform_filter1d(envelope, FRAMES, mode="nearest"), 0)
    return left / max(float(left.std()), 1e-9)
