"""Ways over a floor: the shortest walkable path between two places, pulled straight.

The floor's cells, every second one, are a graph of eight neighbours; scipy's Dijkstra finds the cells and a string
is pulled tight through them (corners are kept only where the straight line would come too near to something).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import KDTree

Array = NDArray[np.floating]
Place = tuple[float, float]

_PERSON = 0.55  # m between the middles of a walker and of somebody who stands in the way
_TIGHT = 0.9  # m from an end within which a way may come as near to something as the end itself is
_SPACING = 0.05  # m between the places of a way that are asked
_MOST_TREES = 64  # searches kept; a scene has a handful of starts
_MOST_FOUND = 20_000  # ways kept


class Ways:
    """The walkable part of a floor as a graph. `low` is the corner of the grids [m], `body` what a way keeps free [m].

    `clearance` [m] and `walked` are per floor cell, shape [X, Z].
    """

    def __init__(self, clearance: Array, walked: NDArray[np.bool_], low: Place, cell: float, body: float) -> None:
        self._clearance, self._low, self._cell, self.body = clearance, np.array(low), cell, body
        free = ((clearance >= body) & walked)[::2, ::2]
        number = np.full(free.shape, -1)
        cells = np.argwhere(free)  # (N, 2)
        number[tuple(cells.T)] = np.arange(len(cells))
        self.places = self._low + (2 * cells + 0.5) * cell  # (N, 2)
        self._tree = KDTree(self.places) if len(cells) else None
        self._graph = _graph(number, 2 * cell)
        self._trees: dict[int, NDArray[np.integer]] = {}
        self._found: dict[tuple[Place, Place, tuple[Place, ...]], tuple[Place, ...] | None] = {}

    def find(self, start: Place, end: Place, around: Sequence[Place] = ()) -> tuple[Place, ...]:
        """The corners of a path from `start` to `end` [m], both included, clear of people who stand `around`; empty
        if there is none. What was found is kept."""
        asked = (start, end, tuple(around))
        if asked not in self._found:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[asked] = self._between(*asked)
        between = self._found[asked]
        return () if between is None else (start, *between, end)

    def _between(self, start: Place, end: Place, around: tuple[Place, ...]) -> tuple[Place, ...] | None:
        """The corners between the ends of a path, None if there is no path."""
        way = _Search(self, np.array([start, end], float), np.array(around, float).reshape(-1, 2))
        corners = way.corners()
        return tuple((round(float(x), 3), round(float(z), 3)) for x, z in corners[1:-1]) if len(corners) else None

    def nearest(self, place: Array) -> list[int]:
        """Nodes within reach of a place, nearest first."""
        if self._tree is None:
            return []
        distances, nodes = self._tree.query(place, k=min(24, len(self.places)), distance_upper_bound=_TIGHT + 0.3)
        return np.atleast_1d(nodes)[np.isfinite(np.atleast_1d(distances))].tolist()

    def before(self, first: int, around: Array) -> NDArray[np.integer]:
        """The node before each on the shortest path from the first (negative where none is), shape [N]."""
        if len(around):
            near = np.hypot(*(self.places[:, None] - around).transpose(2, 0, 1)).min(axis=1) < _PERSON
            kept = sparse.diags(np.where(near, 0.0, 1.0))
            graph = (kept @ self._graph @ kept).tocsr()
            graph.eliminate_zeros()
            return csgraph.dijkstra(graph, indices=first, return_predecessors=True)[1]
        if first not in self._trees:
            if len(self._trees) >= _MOST_TREES:
                self._trees.clear()
            self._trees[first] = csgraph.dijkstra(self._graph, indices=first, return_predecessors=True)[1]
        return self._trees[first]

    def clear(self, places: Array, around: Array) -> Array:
        """How much room there is at places [m], counting people who stand there, shape [S, 2] to [S]."""
        at = np.floor((places - self._low) / self._cell).astype(int)  # (S, 2)
        limit = np.array(self._clearance.shape)
        within = ((at >= 0) & (at < limit)).all(axis=1)
        room = np.where(within, self._clearance[tuple(np.clip(at, 0, limit - 1).T)], 0.0)
        for person in around:
            room = np.minimum(room, np.hypot(*(places - person).T) - _PERSON + self.body)
        return room


class _Search:
    """One search: from the first of `ends` to the second, shape [2, 2], clear of people `around`, shape [P, 2]."""

    def __init__(self, ways: Ways, ends: Array, around: Array) -> None:
        self.ways, self.ends, self.around = ways, ends, around
        self.tight = ways.clear(ends, around).tolist()

    def corners(self) -> Array:
        """The path's corners with its ends [m], shape [C, 2]; of none, no rows."""
        nothing = np.zeros((0, 2))
        if min(self.tight) <= 0:
            return nothing
        if self._is_straight(self.ends[0], self.ends[1]):
            return self.ends
        first, last = self._node(self.ends[0]), self._node(self.ends[1])
        if first is None or last is None:
            return nothing
        before, nodes = self.ways.before(first, self.around), [last]
        while nodes[-1] != first:
            nodes.append(int(before[nodes[-1]]))
            if nodes[-1] < 0:
                return nothing
        return self._pull(np.concatenate([self.ends[:1], self.ways.places[nodes[::-1]], self.ends[1:]]))

    def _node(self, place: Array) -> int | None:
        """The nearest node that a place sees."""
        nodes = self.ways.nearest(place)
        return next((node for node in nodes if self._is_straight(place, self.ways.places[node])), None)

    def _pull(self, places: Array) -> Array:
        """Leave out the corners that a straight line can do without; how far one goes is found by halving."""
        kept = [0]
        while kept[-1] < len(places) - 1:
            at, last = kept[-1], len(places) - 1
            good, bad = (last, last + 1) if self._is_straight(places[at], places[last]) else (at + 1, last)
            while bad - good > 1:
                middle = (good + bad) // 2
                straight = self._is_straight(places[at], places[middle])
                good, bad = (middle, bad) if straight else (good, middle)
            kept.append(good)
        return places[kept]

    def _is_straight(self, a: Array, b: Array) -> bool:
        """Whether a body keeps clear on the straight line; near a tight end as clear as that end is."""
        steps = max(2, int(np.ceil(np.hypot(*(b - a)) / _SPACING)) + 1)
        places = a + (b - a) * np.linspace(0, 1, steps)[:, None]  # (S, 2)
        wanted = np.full(steps, self.ways.body)
        for end, tight in zip(self.ends, self.tight, strict=True):
            near = np.hypot(*(places - end).T) < _TIGHT
            wanted[near] = np.minimum(wanted[near], tight)
        return bool((self.ways.clear(places, self.around) >= wanted - 1e-9).all())


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
