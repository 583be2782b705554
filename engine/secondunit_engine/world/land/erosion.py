"""Mountains that rivers have cut: land rises, water runs down the steepest way and carries it off.

The stream power law, dh/dt = u - k A^m S, is solved implicitly on a grid: each step is one tree of steepest descents,
its drainage area one sparse triangular solve, and its new heights another (Braun and Willett, "A very efficient O(n),
implicit and parallel method to solve the stream power equation", 2013; for pictures Cordonnier et al., 2016).
Basins are first filled until they overflow (Barnes et al., "Priority-flood", 2014), so that every river has a way out.
"""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

Array = NDArray[np.floating]
Cells = NDArray[np.int64]

_AREA: Final = 0.45  # power of the drainage area
_FALL: Final = 0.01  # m a cell, across a filled basin
_SLIPS: Final = 5  # cells that a slide comes from in a step
_AROUND: Final = [(dz, dx) for dz in (-1, 0, 1) for dx in (-1, 0, 1) if dz or dx]


def erode(
    start: Array, uplift: Array, cell: float, steps: int = 10, strength: float = 2.0, repose: Array | float = 0.9
) -> Array:
    """Heights [m], shape [N, N], after `steps` in each of which the land rises by `uplift` [m] and is worn.

    start: Heights at first [m]; some roughness decides where rivers begin. cell: Width of a cell [m]. Land does not
    move where `uplift` is 0, nor at the edge: rivers end there.
    strength: How deeply rivers cut. repose: The steepest slope that stands, as a tangent, one or of each cell.
    """
    rises = uplift > 0
    rises[[0, -1]] = rises[:, [0, -1]] = False
    height = _flooded(start, ~rises)
    for _ in range(steps):
        height = _step(height, np.where(rises, uplift, 0.0), rises, cell, strength)
        height = _slipped(height, cell * np.asarray(repose))
    return height


def _flooded(height: Array, outlets: NDArray[np.bool_]) -> Array:
    """Land whose basins are filled, with a faint fall towards where they overflow."""
    rows, columns = height.shape
    filled = height.astype(float).tolist()
    done = outlets.tolist()
    front = [(filled[z][x], z, x) for z, x in np.argwhere(outlets).tolist()]
    heapq.heapify(front)
    while front:
        level, z, x = heapq.heappop(front)
        for dz, dx in _AROUND:
            r, c = z + dz, x + dx
            if 0 <= r < rows and 0 <= c < columns and not done[r][c]:
                done[r][c] = True
                filled[r][c] = max(filled[r][c], level + _FALL)
                heapq.heappush(front, (filled[r][c], r, c))
    return np.array(filled)


def _slipped(height: Array, rise: Array) -> Array:
    """Land without what stood steeper than a `rise` [m] a cell: it fell, and rivers took it."""
    for _ in range(_SLIPS):
        walled = np.pad(height, 1, mode="edge")
        for dz, dx in _AROUND:
            beside = walled[1 + dz : 1 + dz + len(height), 1 + dx : 1 + dx + height.shape[1]]
            height = np.minimum(height, beside + rise * float(np.hypot(dz, dx)))
    return height


def _step(height: Array, uplift: Array, rises: NDArray[np.bool_], cell: float, strength: float) -> Array:
    below, distance = _descents(height, cell)
    count = height.size
    order = np.argsort(height.reshape(-1), kind="stable")  # the lowest first: every matrix below is triangular
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    here = np.flatnonzero((rises.reshape(-1) & (below != np.arange(count)))[order])
    there = rank[below[order[here]]]
    all_cells = np.arange(count)

    def solve(diagonal: Array, off: Array, rows: Cells, columns: Cells, right: Array) -> Array:
        at = np.concatenate([all_cells, rows]), np.concatenate([all_cells, columns])
        matrix = sparse.csc_matrix((np.concatenate([diagonal, off]), at), shape=(count, count))
        return splu(matrix, permc_spec="NATURAL", diag_pivot_thresh=0, options={"SymmetricMode": True}).solve(right)

    area = solve(np.ones(count), -np.ones(len(here)), there, here, np.full(count, cell**2))
    pull = np.zeros(count)
    pull[here] = strength * area[here] ** _AREA / distance[order[here]]
    worn = solve(1 + pull, -pull[here], here, there, (height + uplift).reshape(-1)[order])
    return worn[rank].reshape(height.shape)


def _descents(height: Array, cell: float) -> tuple[Cells, Array]:
    """For each cell the one that its water runs to (itself in a pit) and the way there [m], shape [cells]."""
    rows, columns = height.shape
    index = np.arange(height.size).reshape(height.shape)
    walled = np.pad(height, 1, constant_values=np.inf)
    steepest, below, distance = np.zeros(height.shape), index.copy(), np.full(height.shape, cell)
    for dz, dx in _AROUND:
        way = cell * float(np.hypot(dz, dx))
        slope = (height - walled[1 + dz : 1 + dz + rows, 1 + dx : 1 + dx + columns]) / way
        better = slope > steepest
        steepest = np.where(better, slope, steepest)
        below = np.where(better, index + dz * columns + dx, below)
        distance = np.where(better, way, distance)
    return below.reshape(-1), distance.reshape(-1)
