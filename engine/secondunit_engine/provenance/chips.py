"""A picture cut into cells: the mean luma and colour differences of each."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.floating]

# RGB of one unit of luma, Cb and Cr (ITU-R BT.709), and back.
TO_RGB = np.array([[1, 1, 1], [0, -0.18732, 1.8556], [1.5748, -0.46812, 0]], np.float32)  # (plane, rgb)
_FROM_RGB = np.linalg.inv(TO_RGB).astype(np.float32)  # (rgb, plane)


def cell_means(frame: NDArray[np.floating], rows: int, columns: int) -> Floats:
    """Mean luma, Cb and Cr of each cell of a display-coded RGB frame (H, W, 3), (3, rows, columns), float32."""
    rgb = np.ascontiguousarray(frame, np.float32)  # (H, W, 3)
    means = _means(rgb, cell_edges(rgb.shape[0], rows), cell_edges(rgb.shape[1], columns))  # (rows, columns, 3)
    return np.ascontiguousarray(np.moveaxis(means @ _FROM_RGB, 2, 0))  # (3, rows, columns)


@lru_cache(maxsize=16)
def cell_edges(pixels: int, cells: int) -> NDArray[np.int32]:
    """The first pixel of each cell, and the end, (cells + 1,)."""
    return np.rint(np.arange(cells + 1) * pixels / cells).astype(np.int32)


@njit(cache=True, nogil=True, error_model="numpy")
def _means(rgb: Floats, rows: NDArray[np.int32], columns: NDArray[np.int32]) -> Floats:
    """Mean colour of each cell, (R, C, 3); whole rows are summed first, many pixels at once."""
    found = np.zeros((len(rows) - 1, len(columns) - 1, 3), np.float32)
    line = np.empty(rgb.shape[1] * 3, np.float32)
    for r in range(len(rows) - 1):
        line[:] = 0
        for y in range(rows[r], rows[r + 1]):
            pixels = rgb[y].reshape(-1)
            for i in range(len(line)):
                line[i] += pixels[i]
        for c in range(len(columns) - 1):
            for x in range(columns[c], columns[c + 1]):
                for channel in range(3):
                    found[r, c, channel] += line[3 * x + channel]
            found[r, c] /= max((rows[r + 1] - rows[r]) * (columns[c + 1] - columns[c]), 1)
    return found
