"""Where the chips of a mark lie in a picture that was cropped, reframed or scaled.

The mean of all frames is cut into quarter chips for each size that a chip may have, and the pilot's known signs are
laid over it at every offset at once (cross-correlation by FFT, normalised by what lies under them). Where they stand
out, the chips can be read as if the picture were whole; those outside of it are read as nothing.

    for chips in find_chips(mean, pilot):      # (3, 68, 120), whitened; the clearest place first
        ...

A whole frame is taken to be as wide for its height as the picture, or 16:9. Chips may be up to three times their size
(a crop to a third); pictures that were shrunk within a larger frame are not looked for, nor turned ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.provenance.chips import cell_means

Floats = NDArray[np.floating]

_WIDE = 16 / 9
_SHARES = np.arange(1.0, 0.31, -0.01)  # of the whole frame's height that is seen
_FINE = np.arange(-0.006, 0.0061, 0.002)  # tried about the best shares
_TRIED = 3  # of the best shares
_COARSE, _FULL = 2, 4  # cells a chip, in the first look and in the second
_GATE = 6.7  # standard deviations: one in 1e11, for some 1e7 places looked at
_CODE_VALUE = 1.0 / 255.0


@dataclass(frozen=True)
class _Place:
    """How clear the pilot is (standard deviations), the share of the height that is seen, the whole frame's aspect, the
    offset of the picture in the whole frame, in cells (rows, columns), and whether it is flipped."""

    score: float
    share: float
    aspect: float
    offset: tuple[int, int]
    flipped: bool


class _Comb:
    """The pilot's signs (3, R, C) at the middles of its chips in a raster of `cells` a chip, as they are and flipped,
    ready to correlate with."""

    def __init__(self, pilot: Floats, cells: int) -> None:
        self.chips, self.cells = pilot.shape[1:], cells
        comb = np.zeros((2, 3, self.chips[0] * cells, self.chips[1] * cells), np.float32)
        comb[0, :, cells // 2 :: cells, cells // 2 :: cells] = pilot
        comb[1, :, cells // 2 :: cells, cells // 2 :: cells] = pilot[:, :, ::-1]
        self._size = comb.shape[2:]
        self._signs, self._places = (np.fft.rfft2(comb**power) for power in (1, 2))  # (2, 3, h, w / 2 + 1)

    def look(self, mean: Floats, share: float, aspect: float) -> _Place | None:
        """The clearest offset for one size of the chips; None if the picture would be larger than the whole frame."""
        clear = _cells(mean, self.chips, share, aspect, self.cells)  # (3, h, w)
        if clear is None:
            return None
        room = [chips * self.cells - seen + 1 for chips, seen in zip(self.chips, clear.shape[1:], strict=True)]
        hits = (np.conj(np.fft.rfft2(clear, self._size)) * self._signs).sum(axis=1)
        power = (np.conj(np.fft.rfft2(clear**2, self._size)) * self._places).sum(axis=1)
        hits, power = (np.fft.irfft2(each, self._size)[:, : room[0], : room[1]] for each in (hits, power))
        score = hits / np.sqrt(np.maximum(power, 1e-3 * power.max() + 1e-12))  # (2, rows, columns)
        view, row, column = np.unravel_index(int(np.argmax(score)), score.shape)
        return _Place(float(score[view, row, column]), share, aspect, (int(row), int(column)), bool(view))


def find_chips(mean: Floats, pilot: Floats) -> Iterator[Floats]:
    """Whitened chips (3, R, C), nought where the picture does not reach, of the places where the pilot stands out.

    `mean` is display-coded RGB (H, W, 3), `pilot` the signs of its chips in luma, Cb and Cr, nought for others.
    """
    aspect = mean.shape[1] / mean.shape[0]
    aspects = (aspect,) if abs(aspect / _WIDE - 1) < 0.02 else (aspect, _WIDE)
    first, second = _Comb(pilot, _COARSE), _Comb(pilot, _FULL)
    looks = [first.look(mean, share, wide) for wide in aspects for share in _SHARES]
    best = sorted((look for look in looks if look), key=lambda place: -place.score)[:_TRIED]
    closer = [second.look(mean, place.share + step, place.aspect) for place in best for step in _FINE]
    for place in sorted((look for look in closer if look), key=lambda place: -place.score)[:_TRIED]:
        if place.score >= _GATE:
            yield _read(mean, second.chips, place)


def _cells(mean: Floats, chips: tuple[int, int], share: float, aspect: float, cells: int) -> Floats | None:
    """The picture in cells, so many a chip, (3, h, w): averaged over a chip, without what its neighbours predict, and
    weighed by the local certainty."""
    rows, columns = chips
    height, width = mean.shape[:2]
    seen = (round(rows * cells * share), round(columns * cells * share * width / height / aspect))
    if seen[0] > rows * cells or seen[1] > columns * cells or min(seen) < 8 * cells:
        return None
    planes = cell_means(mean, *seen)  # (3, h, w)
    smooth = _box(planes, cells)
    residual = smooth - _box(planes, 3 * cells)
    power = _box(residual**2, 5 * cells)
    certain = power + (0.3 * _CODE_VALUE) ** 2
    limit = 2.0 / np.sqrt(certain)
    return np.clip(residual / certain, -limit, limit)


def _box(planes: Floats, side: int) -> Floats:
    """The mean of the square of `side` cells about each cell, (3, h, w)."""
    return ndimage.uniform_filter(planes, side, mode="nearest", axes=(1, 2))


def _read(mean: Floats, chips: tuple[int, int], place: _Place) -> Floats:
    """The chips at a place, (3, R, C)."""
    clear = _cells(mean, chips, place.share, place.aspect, _FULL)
    assert clear is not None
    whole = np.zeros((3, chips[0] * _FULL, chips[1] * _FULL), np.float32)
    top, left = place.offset
    whole[:, top : top + clear.shape[1], left : left + clear.shape[2]] = clear
    read = whole[:, _FULL // 2 :: _FULL, _FULL // 2 :: _FULL]
    return read[:, :, ::-1] if place.flipped else read
