"""An invisible mark in every frame that leads from a picture back to its manifest.

A fixed pattern of 120x68 chips (60x34 on frames under 640 pixels wide, so that codecs keep them) is stretched over the
frame and added to luma and to both colour differences. A quarter of the chips are a pilot (is there a mark at all?);
the others spread 96 bits: a 48-bit id, its CRC-16 and four Reed-Solomon bytes. The pattern does not change with time,
so a detector gains from every frame that it averages, while luma chips are strongest where the picture's own texture
hides them. (Spread spectrum: Cox et al. 1997.)

    marked = embed(frame, watermark_id)      # frame: display-coded RGB 0..1, (H, W, 3)
    found = detect(frames)                   # the same id, or None

What was read is decoded as one code (`watermark_code.py`), and if a whole frame holds nothing, crops and reframes are
searched for (`watermark_search.py`).

Limits, stated honestly. Meant to survive ordinary editing: ProRes, DNxHR, H.264 and HEVC, scaling, grades and LUTs,
frame-rate changes, a flip, a crop, a 9:16 reframe, a turn of a degree. Not meant to survive being shrunk into a larger
picture, larger turns, loss of colour together with heavy compression, or somebody who knows the key and wants it gone.
Give the detector ten or more frames from all over the clip. `python -m benchmarks watermark` measures it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_bridge.errors import BadInput
from secondunit_engine.provenance.chips import TO_RGB, cell_edges, cell_means
from secondunit_engine.provenance.watermark_code import BITS, decode, encode
from secondunit_engine.provenance.watermark_search import find_chips

Floats = NDArray[np.floating]

DEFAULT_KEY = 0x5EC0_2D41
_ROWS, _COLUMNS = 68, 120
_COARSE_BELOW = 640  # pixels of width: narrower frames carry chips of twice the size
_CODE_VALUE = 1.0 / 255.0
_LUMA_RMS = 1.2 * _CODE_VALUE  # PSNR-Y near 47.5 dB
_LUMA_FLAT = 0.75 * _CODE_VALUE  # where nothing hides it: a clear sky
_CHROMA = np.float32(0.9 * _CODE_VALUE)
_SOFT_EDGE = 0.35  # chips: how wide the ramp between two chips is
_PILOT_GATE = 4.6  # standard deviations: one random picture in half a million passes, and then the code must fit

_RED_OF_CR, _BLUE_OF_CB = TO_RGB[2, 0], TO_RGB[1, 2]
_GREEN_OF_CB, _GREEN_OF_CR = TO_RGB[1, 1], TO_RGB[2, 1]
_BLACK, _WHITE = np.float32(0), np.float32(1)


def embed(frame: NDArray[np.floating], watermark_id: int, *, key: int = DEFAULT_KEY) -> Floats:
    """A marked copy of a display-coded RGB frame 0..1, shape (H, W, 3), float32.

    Raises BadInput for an id that does not fit 48 bits or a frame smaller than a pixel a chip.
    """
    height, width = _check_frame(frame)
    rgb = np.ascontiguousarray(frame, np.float32)  # (H, W, 3)
    chip_rows, chip_columns = _grid(width)
    signs = _chips(chip_rows, chip_columns, watermark_id, key)  # (3, R, C)
    rows, columns = _taps(height, chip_rows), _taps(width, chip_columns)
    return _add(rgb, signs, _masking(rgb, chip_rows, chip_columns), *rows, *columns)


def detect(frames: Iterable[NDArray[np.floating]], *, key: int = DEFAULT_KEY, parts: bool = True) -> int | None:
    """The id that display-coded RGB frames 0..1, each (H, W, 3), carry together, or None. Sizes may differ.

    Whole frames are read at once; if they hold nothing, and `parts` are wanted, a crop or a reframe is looked for in
    the frames of the first one's size, which takes a second or two.
    """
    fine: list[Floats] = []
    total, alike = np.zeros(()), 0
    for frame in frames:
        fine.append(_read_chips(frame))
        if not alike or frame.shape == total.shape:
            total, alike = total + frame, alike + 1
    found = _detect_whole(fine, key)
    return _detect_part(np.asarray(total / alike, np.float32), key) if found is None and alike and parts else found


def _detect_whole(fine: list[Floats], key: int) -> int | None:
    """The id in chips (3, 68, 120) of frames that are whole."""
    for grids in (fine, [_coarsen(chips) for chips in fine]):
        for view in (1, -1):  # as it is, and flipped
            found = _find([chips[:, :, ::view] for chips in grids], key)
            if found is not None:
                return found
    return None


def _detect_part(mean: Floats, key: int) -> int | None:
    """The id in the mean (H, W, 3) of frames that are parts of whole ones."""
    for rows, columns in ((_ROWS, _COLUMNS), (_ROWS // 2, _COLUMNS // 2)):
        signs, pilot, _ = _layout(rows, columns, key)
        for chips in find_chips(mean, (signs * pilot).astype(np.float32)):
            found = _decode(chips, key)
            if found is not None:
                return found
    return None


def pilot_score(frames: Iterable[NDArray[np.floating]], *, key: int = DEFAULT_KEY) -> float:
    """Standard deviations by which the pilot stands out of the picture; about 0 where there is no mark."""
    fine = np.mean([_read_chips(frame) for frame in frames], axis=0)  # (3, 68, 120)
    return max(_score(_whiten(grid), key) for grid in (fine, _coarsen(fine)))


def _find(grids: list[Floats], key: int) -> int | None:
    """The id in chips of several frames: averaged, averaged by how clear each pilot is, or in the clearest alone.

    A codec that predicts frames from each other drags the pattern along with the motion, so frames differ in worth.
    """
    if not grids:
        return None
    stack = np.stack(grids)  # (F, 3, R, C)
    scores = np.array([_score(_whiten(grid), key) for grid in grids])  # (F,)
    worth = np.clip(scores, 0.1, None) / np.clip(scores, 0.1, None).sum()
    for chips in (np.tensordot(worth, stack, 1), stack.mean(axis=0), stack[int(np.argmax(scores))]):
        found = _decode(_whiten(chips), key)
        if found is not None:
            return found
    return None


def _check_frame(frame: NDArray[np.floating]) -> tuple[int, int]:
    height, width = frame.shape[:2]
    if frame.ndim != 3 or frame.shape[2] != 3 or height < _ROWS // 2 or width < _COLUMNS // 2:
        raise BadInput(
            f"A frame of shape {frame.shape} cannot carry a watermark.",
            mend=f"Use RGB frames of at least {_COLUMNS // 2}x{_ROWS // 2} pixels.",
        )
    return height, width


def _grid(width: int) -> tuple[int, int]:
    """Rows and columns of chips on a frame of this width."""
    return (_ROWS, _COLUMNS) if width >= _COARSE_BELOW else (_ROWS // 2, _COLUMNS // 2)


def _coarsen(grid: Floats) -> Floats:
    """Chips of twice the size, (3, 34, 60)."""
    return grid.reshape(3, _ROWS // 2, 2, _COLUMNS // 2, 2).mean(axis=(2, 4))


@lru_cache(maxsize=8)
def _layout(rows: int, columns: int, key: int) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.int64]]:
    """Chip signs (3, R, C), which chips are the pilot (R, C), and the bit that each other chip carries (R, C)."""
    rng = np.random.Generator(np.random.PCG64([key, rows]))
    signs = rng.integers(0, 2, (3, rows, columns), np.int8) * 2 - 1  # (3, R, C)
    place = rng.permutation(rows * columns).reshape(rows, columns)  # (R, C)
    pilots = rows * columns // 4
    return signs.astype(np.int8), place < pilots, (place - pilots) % BITS


@lru_cache(maxsize=16)
def _taps(pixels: int, chips: int) -> tuple[NDArray[np.int32], Floats]:
    """The chip before each pixel's nearest edge (pixels,) and how much of the pixel lies in it, the rest being in the
    next; edges are ramps `_SOFT_EDGE` of a chip wide."""
    centre = (np.arange(pixels) + 0.5) * chips / pixels  # (pixels,) in chips
    half = max(chips / pixels, _SOFT_EDGE) / 2
    edge = np.clip(np.rint(centre), 1, chips - 1)  # (pixels,) the nearest edge within the frame
    before = np.clip((edge - (centre - half)) / (2 * half), 0, 1)  # (pixels,)
    return (edge - 1).astype(np.int32), before.astype(np.float32)


@lru_cache(maxsize=4)
def _chips(rows: int, columns: int, watermark_id: int, key: int) -> Floats:
    """The sign of every chip in luma, Cb and Cr, (3, R, C)."""
    signs, pilot, bit_of = _layout(rows, columns, key)
    return (np.where(pilot, 1, encode(watermark_id)[bit_of]) * signs).astype(np.float32)


def _masking(rgb: Floats, rows: int, columns: int) -> Floats:
    """Luma gain per chip (R, C): more where texture hides it; its root mean square is the allowance."""
    height, width = rgb.shape[:2]
    activity = _deviation(rgb, cell_edges(height, rows), cell_edges(width, columns))  # (R, C)
    gain = 1.0 + np.clip(activity / (4.5 * _CODE_VALUE), 0, 2.7)  # (R, C)
    return (gain * min(_LUMA_RMS / np.sqrt(np.mean(gain * gain)), _LUMA_FLAT)).astype(np.float32)


@njit(cache=True, nogil=True, error_model="numpy")
def _deviation(rgb: Floats, rows: NDArray[np.int32], columns: NDArray[np.int32]) -> Floats:
    """Standard deviation of green in each chip, from every other pixel of every other row, (R, C)."""
    found = np.empty((len(rows) - 1, len(columns) - 1), np.float32)
    for r in range(len(rows) - 1):
        for c in range(len(columns) - 1):
            count, total, square = 0, np.float32(0), np.float32(0)
            for y in range(rows[r], rows[r + 1], 2):
                for x in range(columns[c], columns[c + 1], 2):
                    green = rgb[y, x, 1]
                    total += green
                    square += green * green
                    count += 1
            mean = total / max(count, 1)
            found[r, c] = np.sqrt(max(square / max(count, 1) - mean * mean, np.float32(0)))
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _add(
    rgb: Floats, signs: Floats, gain: Floats, row_of: NDArray[np.int32], in_row: Floats, column_of: NDArray[np.int32],
    in_column: Floats,
) -> Floats:  # fmt: skip
    """The frame (H, W, 3) with the chips (3, R, C) drawn over it, luma times its gain (R, C)."""
    out = np.empty_like(rgb)
    columns = signs.shape[2]
    line = np.empty((4, columns), np.float32)  # luma, Cb, Cr and gain along this row of pixels
    for y in range(rgb.shape[0]):
        r, w = row_of[y], in_row[y]
        for c in range(columns):
            for plane in range(3):
                line[plane, c] = signs[plane, r, c] * w + signs[plane, r + 1, c] * (1 - w)
            line[3, c] = gain[r, c] * w + gain[r + 1, c] * (1 - w)
        for x in range(rgb.shape[1]):
            c, w = column_of[x], in_column[x]
            v = np.float32(1) - w
            luma = (line[0, c] * w + line[0, c + 1] * v) * (line[3, c] * w + line[3, c + 1] * v)
            cb = (line[1, c] * w + line[1, c + 1] * v) * _CHROMA
            cr = (line[2, c] * w + line[2, c + 1] * v) * _CHROMA
            out[y, x, 0] = min(max(rgb[y, x, 0] + luma + _RED_OF_CR * cr, _BLACK), _WHITE)
            out[y, x, 1] = min(max(rgb[y, x, 1] + luma + _GREEN_OF_CB * cb + _GREEN_OF_CR * cr, _BLACK), _WHITE)
            out[y, x, 2] = min(max(rgb[y, x, 2] + luma + _BLUE_OF_CB * cb, _BLACK), _WHITE)
    return out


def _read_chips(frame: NDArray[np.floating]) -> Floats:
    """Mean luma, Cb and Cr of each chip, (3, 68, 120)."""
    _check_frame(frame)
    return cell_means(frame, _ROWS, _COLUMNS)


def _whiten(grid: Floats) -> Floats:
    """Take away what the neighbours predict and weigh each chip by the local certainty, (3, R, C)."""
    ring = np.array([[1, 2, 1], [2, 0, 2], [1, 2, 1]], np.float32)[None] / 12
    residual = grid - ndimage.convolve(grid, ring, mode="nearest")  # (3, R, C)
    power = ndimage.convolve(residual**2, np.full((1, 5, 5), 0.04), mode="nearest")  # (3, R, C)
    weighted = residual / (power + (0.3 * _CODE_VALUE) ** 2)
    limit = 2.0 / np.sqrt(power + (0.3 * _CODE_VALUE) ** 2)
    return np.clip(weighted, -limit, limit)


def _score(chips: Floats, key: int) -> float:
    signs, pilot, _ = _layout(chips.shape[1], chips.shape[2], key)
    hits = (chips * signs)[:, pilot]  # (3, pilots)
    return float(hits.sum() / (np.sqrt((hits**2).sum()) + 1e-12))


def _decode(chips: Floats, key: int) -> int | None:
    """Id carried by whitened chips (3, R, C), or None."""
    if _score(chips, key) < _PILOT_GATE:
        return None
    signs, pilot, bit_of = _layout(chips.shape[1], chips.shape[2], key)
    votes = (chips * signs).sum(axis=0)[~pilot]  # (data chips,)
    return decode(np.bincount(bit_of[~pilot], weights=votes, minlength=BITS).astype(np.float64))
