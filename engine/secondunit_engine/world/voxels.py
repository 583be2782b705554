"""Which cells of a grid triangles touch, conservatively: none that a triangle enters is left out.

The separating axis test of Akenine-Moller, "Fast 3D Triangle-Box Overlap Testing" (2001), over arrays: the cells in a
triangle's bounds are asked for the plane and the nine edge axes; the bounds have answered the other three.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

_TOUCH = 1e-6  # of a cell
_BATCH = 400_000  # pairs of triangle and cell asked at a time


def fill_cells(triangles: Array, low: Array, cell: float, shape: tuple[int, int, int]) -> NDArray[np.bool_]:
    """The cells of `cell` metres from the corner `low` that triangles touch, shape [N, 3, 3] to [X, Y, Z].

    What lies outside the grid is left out. A face exactly on a boundary belongs to the cells on both sides of it.
    """
    filled = np.zeros(shape, bool)
    local = (triangles - low) / cell  # in cells
    first = np.floor(local.min(axis=1) - _TOUCH).astype(np.int64)
    last = np.floor(local.max(axis=1) + _TOUCH).astype(np.int64)
    limit = np.array(shape) - 1
    hits = ((last >= 0) & (first <= limit)).all(axis=1)
    local, first, last = local[hits], np.maximum(first[hits], 0), np.minimum(last[hits], limit)
    single = (first == last).all(axis=1)
    filled[tuple(first[single].T)] = True
    local, first, span = local[~single], first[~single], (last - first + 1)[~single]
    counts = span.prod(axis=1)
    start = 0
    while start < len(local):
        within = np.cumsum(counts[start:])
        end = start + max(1, int(np.searchsorted(within, _BATCH, side="right")))
        _fill_batch(filled, local[start:end], first[start:end], span[start:end])
        start = end
    return filled


def _fill_batch(filled: NDArray[np.bool_], triangles: Array, first: NDArray[np.int64], span: NDArray[np.int64]) -> None:
    counts = span.prod(axis=1)
    which = np.repeat(np.arange(len(counts)), counts)  # (P,)
    at = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    sizes = span[which]
    offset = np.stack([at // (sizes[:, 1] * sizes[:, 2]), at // sizes[:, 2] % sizes[:, 1], at % sizes[:, 2]], axis=1)
    cells = first[which] + offset  # (P, 3)
    hits = _touch(triangles[which] - (cells[:, None] + 0.5))
    filled[tuple(cells[hits].T)] = True


def _touch(corners: Array) -> NDArray[np.bool_]:
    """Whether triangles touch the unit cube about the origin that their bounds touch, shape [P, 3, 3] to [P]."""
    edges = np.roll(corners, -1, axis=1) - corners  # (P, 3, 3)
    touch = _overlap(corners, np.cross(edges[:, 0], edges[:, 1]))
    for edge in range(3):
        for axis in range(3):
            touch &= _overlap(corners, np.cross(edges[:, edge], np.eye(3)[axis]).astype(float))
    return touch


def _overlap(corners: Array, axis: Array) -> NDArray[np.bool_]:
    """Whether the shadows of triangle and cube on an axis meet."""
    along = np.einsum("pij,pj->pi", corners, axis)  # (P, 3)
    reach = 0.5 * np.abs(axis).sum(axis=1) + _TOUCH
    return (along.min(axis=1) <= reach) & (along.max(axis=1) >= -reach)
