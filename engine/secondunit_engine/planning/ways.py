"""Ways over a floor: the shortest walkable path between two places, pulled straight.

The floor's cells, every second one, are a graph of eight neighbours; scipy's Dijkstra finds the cells and a string
is pulled tight through them (corners are kept only where the straight line would come too near to something).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import KDTree

Array = NDArray[np.floating]
Place = tuple[float, float]

_TIGHT = 0.9  # m from an end within which a way may come as near to something as the end itself is
_SPACING = 0.05  # m between the places of a way that are asked
_MOST_TREES = 64  # searches kept; a scene has a handful of starts


class Ways:
    """The walkable part of a floor as a graph. `low` is the corner of the grids [m], `body` what a way keeps free [m].

    `clearance` [m] and `walked` are per floor cell, shape [X, Z].
    """

    def __init__(self, clearance: Array, walked: NDArray[np.bool_], low: Place, cell: float, body: float) -> None:
        self._clearance, self._low, self._cell, self._body = clearance, np.array(low), cell, body
        free = ((clearance >= body) & walked)[::2, ::2]
        number = np.full(free.shape, -1)
        cells = np.argwhere(free)  # (N, 2)
        number[tuple(cells.T)] = np.arange(len(cells))
        self._places = self._low + (2 * cells + 0.5) * cell  # (N, 2)
        self._tree = KDTree(self._places) if len(cells) else None
        self._graph = _graph(number, 2 * cell)
        self._trees: dict[int, NDArray[np.integer]] = {}

    def find(self, start: Place, end: Place) -> tuple[Place, ...]:
        """The corners of a path from `start` to `end` [m], both included; empty if there is none."""
        ends = np.array([start, end], float)
        if (self._clear(ends) <= 0).any():
            return ()
        if self._is_straight(ends[0], ends[1], ends):
            return start, end
        first, last = self._node(ends[0], ends), self._node(ends[1], ends)
        if first is None or last is None:
            return ()
        nodes = self._search(first, last)
        if not nodes:
            return ()
        corners = self._pull(np.concatenate([ends[:1], self._places[nodes], ends[1:]]), ends)
        return start, *((round(float(x), 3), round(float(z), 3)) for x, z in corners[1:-1]), end

    def _node(self, place: Array, ends: Array) -> int | None:
        """The nearest node that a place sees."""
        if self._tree is None:
            return None
        distances, nodes = self._tree.query(place, k=min(24, len(self._places)), distance_upper_bound=_TIGHT + 0.3)
        for distance, node in zip(np.atleast_1d(distances).tolist(), np.atleast_1d(nodes).tolist(), strict=True):
            if np.isfinite(distance) and self._is_straight(place, self._places[node], ends):
                return node
        return None

    def _search(self, first: int, last: int) -> list[int]:
        """The nodes from the first to the last; empty if they do not hold together."""
        if first not in self._trees:
            if len(self._trees) >= _MOST_TREES:
                self._trees.clear()
            _, before = csgraph.dijkstra(self._graph, indices=first, return_predecessors=True)
            self._trees[first] = before
        before, nodes = self._trees[first], [last]
        while nodes[-1] != first:
            node = int(before[nodes[-1]])
            if node < 0:
                return []
            nodes.append(node)
        return nodes[::-1]

    def _pull(self, places: Array, ends: Array) -> Array:
        """Leave out the corners that a straight line can do without; how far one goes is found by halving."""
        kept = [0]
        while kept[-1] < len(places) - 1:
            at, last = kept[-1], len(places) - 1
            good, bad = at + 1, last + 1
            if self._is_straight(places[at], places[last], ends):
                good, bad = last, last + 1
            while bad - good > 1:
                middle = (good + bad) // 2
                straight = self._is_straight(places[at], places[middle], ends)
                good, bad = (middle, bad) if straight else (good, middle)
            kept.append(good)
        return places[kept]

    def _is_straight(self, a: Array, b: Array, ends: Array) -> bool:
        """Whether a body keeps clear on the straight line; near a tight end as clear as that end is."""
        steps = max(2, int(np.ceil(np.hypot(*(b - a)) / _SPACING)) + 1)
        places = a + (b - a) * np.linspace(0, 1, steps)[:, None]  # (S, 2)
        wanted = np.full(steps, self._body)
        for end, tight in zip(ends, self._clear(ends).tolist(), strict=True):
            near = np.hypot(*(places - end).T) < _TIGHT
            wanted[near] = np.minimum(wanted[near], tight)
        return bool((self._clear(places) >= wanted - 1e-9).all())

    def _clear(self, places: Array) -> Array:
        at = np.floor((places - self._low) / self._cell).astype(int)  # (S, 2)
        limit = np.array(self._clearance.shape)
        within = ((at >= 0) & (at < limit)).all(axis=1)
        return np.where(within, self._clearance[tuple(np.clip(at, 0, limit - 1).T)], 0.0)


def length_of(way: tuple[Place, ...]) -> float:
    """The length of a way along its corners [m]."""
    return sum(float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise(way))


def _graph(number: NDArray[np.integer], step: float) -> sparse.csr_matrix:
    """Neighbours of the numbered cells (-1 is none), eight each, by their distance [m]."""
    rows, columns, lengths = [], [], []
    width, depth = number.shape
    for dx, dz in ((1, 0), (0, 1), (1, 1), (1, -1)):
        low = max(0, -dz), depth - max(0, dz)
        here = number[: width - dx, low[0] : low[1]]
        there = number[dx:, low[0] + dz : low[1] + dz]
        both = (here >= 0) & (there >= 0)
        rows.append(here[both])
        columns.append(there[both])
        lengths.append(np.full(int(both.sum()), step * float(np.hypot(dx, dz))))
    count = int(number.max(initial=-1)) + 1
    matrix = sparse.coo_matrix(
        (np.concatenate(lengths), (np.concatenate(rows), np.concatenate(columns))), shape=(count, count)
    )
    return (matrix + matrix.T).tocsr()
