"""A cloth as plain data, and what a solver makes of it: masses, links, tethers.

Metres, kilograms, seconds, in the world with Y up. Cloth is sewn to keyed places (the skin of its wearer, a pole) by
its `hang`: where it is 0 the cloth is there, where it is 1 it hangs freely, between it strays a little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from secondunit_engine.cast.surface import across_folds

Array = NDArray[np.floating]
Indices = NDArray[np.integer]

_STRAY: Final = 0.05  # m that cloth strays from its keyed place where it hangs half
_GIVE: Final = 1.01  # of its way along the cloth: how far a point gets from where it is sewn
_FREE: Final = 10.0  # m, as good as anywhere


@dataclass(frozen=True)
class Fabric:
    """What cloth is like: its weight [kg/m2], how far it gives to a pull along it and across a fold (XPBD's compliance
    [m/N]), its friction on skin, the rate [1/s] at which it loses speed in the air, and that at which threads that move
    against each other come to rest."""

    weight: float = 0.30
    stretch: float = 2e-5
    bend: float = 4.0
    friction: float = 0.35
    damping: float = 0.4
    rubbing: float = 60.0


@dataclass(frozen=True, eq=False)
class Cloth:
    """A cloth to be simulated: `rest` as it was cut, shape [N, 3], triangles, shape [T, 3], `keyed` where it would be
    without physics in each frame, shape [F, N, 3], and how freely it hangs, 0 to 1, shape [N]."""

    rest: Array
    triangles: NDArray[np.int32]
    keyed: Array
    hang: Array
    fabric: Fabric = Fabric()


@dataclass(frozen=True, eq=False)
class Sewn:
    """A cloth as its solver wants it.

    weights: 1/kg, 0 where it is sewn on, shape [N]. links: Pairs of points that keep their length, those along the
    cloth and those across its folds, from where it is sewn on outwards, shape [L, 2]; lengths [m] and compliance, shape
    [L]. stray: How far from its keyed place a point may be [m], shape [N]. held: Where the nearest sewn point is and
    how far along the cloth [m], shape [N] each; -1 for none. spacing: Of its points, but for a few far ones [m].
    """

    weights: Array
    links: NDArray[np.int32]
    lengths: Array
    compliance: Array
    stray: Array
    held: NDArray[np.int32]
    reach: Array
    spacing: float


def sew(cloth: Cloth) -> Sewn:
    """Make a cloth ready."""
    count = len(cloth.rest)
    corners = cloth.rest[cloth.triangles]  # (T, 3, 3)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    mass = cloth.fabric.weight * np.bincount(cloth.triangles.ravel(), np.repeat(area / 3, 3), count)
    edges = sides_of(cloth.triangles)
    folds = across_folds(cloth.triangles)
    links = np.concatenate([edges, folds])
    lengths = np.linalg.norm(cloth.rest[links[:, 0]] - cloth.rest[links[:, 1]], axis=1)
    give = np.concatenate([np.full(len(edges), cloth.fabric.stretch), np.full(len(folds), cloth.fabric.bend)])
    held, reach = _tethers(cloth, edges, lengths[: len(edges)])
    order = np.argsort(reach[links].min(axis=1), kind="stable")
    with np.errstate(divide="ignore"):
        stray = np.where(cloth.hang >= 1, _FREE, np.minimum(_FREE, _STRAY * cloth.hang / (1 - cloth.hang)))
    spacing = float(np.quantile(lengths[: len(edges)], 0.95))
    weights = np.where(cloth.hang > 0, 1 / np.maximum(mass, 1e-9), 0.0)
    return Sewn(
        weights, np.ascontiguousarray(links[order], np.int32), lengths[order], give[order], stray, held, reach, spacing
    )


def sides_of(triangles: NDArray[np.int32]) -> NDArray[np.int32]:
    """The sides of triangles, each once, shape [E, 2]."""
    return np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)


def _tethers(cloth: Cloth, edges: NDArray[np.int32], lengths: Array) -> tuple[NDArray[np.int32], Array]:
    """Long range attachments (Kim et al. 2012): the sewn point that is nearest along the cloth, and how far."""
    count = len(cloth.rest)
    sewn = np.flatnonzero(cloth.hang <= 0)
    if not len(sewn):
        return np.full(count, -1, np.int32), np.full(count, _FREE)
    both = np.concatenate([edges, edges[:, ::-1]])
    graph = sparse.csr_matrix((np.tile(lengths, 2), (both[:, 0], both[:, 1])), (count, count))
    reach, _, source = dijkstra(graph, indices=sewn, min_only=True, return_predecessors=True)
    near = np.isfinite(reach)
    return np.where(near, source, -1).astype(np.int32), np.where(near, _GIVE * reach, _FREE)
