"""A bed for headphones: third-order ambisonics to two ears by magnitude least squares (MagLS; Schörkhuber et al. 2018).

Up to 1.3 kHz the ears' answers are fitted as they are, above only their magnitudes, as hearing no longer follows the
phase there; so little is lost by the low order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import spatial

from secondunit_engine.sound.ambisonics import CHANNELS, harmonics
from secondunit_engine.sound.head import TAPS, Head, find_head
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

_CUT: Final = 1300.0  # Hz
_FLOOR: Final = 0.05  # of the loudest direction
_SIZE: Final = 2 * TAPS
MIDDLE: Final = 128  # samples
_BLOCK: Final = 4096 - _SIZE


@lru_cache(maxsize=2)
def ear_filters(name: str) -> NDArray[np.floating]:
    """The filters of the head that `head.head_name` names."""
    return fit_filters(find_head(name))


def fit_filters(head: Head) -> NDArray[np.floating]:
    """Filters from each channel to each ear, shape (16, 2, 512). A sound is at the middle of the head at sample 128.

    The way to the middle of the head is taken out before the fit, so that above the cut, where the phase only goes on
    from one frequency to the next, nothing drifts apart in time.
    """
    hertz = np.fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE)  # (bins,)
    aligned = np.exp(2j * np.pi * hertz * head.middle / SAMPLE_RATE)
    answers = np.fft.rfft(head.answers, _SIZE, axis=2) * aligned  # (D, 2, bins)
    basis, area = harmonics(head.directions), _areas(head.directions)  # (D, 16), (D,)
    bins = np.zeros((CHANNELS, 2, len(hertz)), complex)
    for ear in (0, 1):
        size = np.abs(answers[:, ear]).T  # (bins, D)
        soft = np.where((hertz >= _CUT)[:, None], size + _FLOOR * size.max(axis=1, keepdims=True), 1.0)
        weighted = basis.T * (area / soft)[:, None]  # (bins, 16, D): the far ear, which is soft, counts as well
        solve = np.linalg.solve(weighted @ basis, weighted)  # (bins, 16, D)
        for index, frequency in enumerate(hertz):
            wanted = answers[:, ear, index]
            if frequency >= _CUT:
                wanted = size[index] * np.exp(1j * np.angle(basis @ bins[:, ear, index - 1]))
            bins[:, ear, index] = solve[index] @ wanted
    return np.roll(np.fft.irfft(bins, _SIZE, axis=2), MIDDLE, axis=2)


def listen(bed: Samples, filters: NDArray[np.floating]) -> Samples:
    """A bed (16, count) at the ears, (2, count), as early as at the middle of the head."""
    count = bed.shape[1]
    spectra = np.fft.rfft(filters, _BLOCK + _SIZE, axis=2)  # (16, 2, bins)
    ears = np.zeros((2, count + _BLOCK + 2 * _SIZE))
    for start in range(0, count, _BLOCK):
        block = np.fft.rfft(bed[:, start : start + _BLOCK], _BLOCK + _SIZE, axis=1)  # (16, bins)
        heard = np.fft.irfft(np.einsum("cf,cef->ef", block, spectra), _BLOCK + _SIZE, axis=1)
        ears[:, start : start + heard.shape[1]] += heard
    return ears[:, MIDDLE : MIDDLE + count]


def _areas(directions: NDArray[np.floating]) -> NDArray[np.floating]:
    """Share of the sphere that each direction stands for, shape (D,); directions that are twice there share it."""
    unique, back, often = np.unique(directions.round(6), axis=0, return_inverse=True, return_counts=True)
    cells = spatial.SphericalVoronoi(unique / np.linalg.norm(unique, axis=1, keepdims=True))
    shares = cells.calculate_areas() / (4 * np.pi) / often
    return np.minimum(shares[back.reshape(-1)], 4 / len(directions))  # a gap counts no more than its neighbours
