"""Cloth laid on a body: position-based dynamics, tethered to where the skin carries it.

Method: Mueller et al., "Position Based Dynamics" (2007), Jacobi with averaging; a garment never strays from its
skinned place by more than `tether`, so it cannot fall off.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.surface import across_folds

Array = NDArray[np.float64]

_THIN = 0.025  # a garment nearer than this to the skin covers it [m]


class Collider:
    """A closed body that cloth stays out of: points [m] and unit normals, shape [points, 3] each."""

    def __init__(self, points: Array, normals: Array) -> None:
        self.points, self.normals = points, normals
        self._tree = KDTree(points)

    def under(self, points: Array, normals: Array) -> Collider:
        """The body with a garment on, for the next layer: where the garment is, the body is left out."""
        covered, _ = KDTree(points).query(self.points, distance_upper_bound=_THIN)
        bare = np.isinf(covered)
        return Collider(np.concatenate([self.points[bare], points]), np.concatenate([self.normals[bare], normals]))

    def push_out(self, places: Array, gap: Array | float) -> Array:
        """Places moved along the body's normals until they are at least `gap` [m] outside."""
        _, near = self._tree.query(places, k=3)
        point, normal = self.points[near].mean(axis=1), self.normals[near].mean(axis=1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        depth = ((places - point) * normal).sum(axis=1)
        return places + normal * np.clip(gap - depth, 0, 0.03)[:, None]


def drape(
    points: Array,
    triangles: NDArray[np.int32],
    collider: Collider,
    *,
    slack: Array | float,
    gap: Array | float,
    tether: Array | float,
    pinned: NDArray[np.bool_],
    steps: int = 42,
    gravity: float = 0.0006,
) -> Array:
    """Let cloth settle; returns its points [m], shape [points, 3].

    slack: Cloth length over the length it starts with, per point or for all. gap: Distance kept from the body [m].
    tether: How far a point may stray from where it starts [m]. gravity: Fall per step [m].
    """
    edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    bends = across_folds(triangles)
    links = np.concatenate([edges, bends])  # (L, 2)
    stiff = np.concatenate([np.ones(len(edges)), np.full(len(bends), 0.18)])
    loose = np.broadcast_to(np.asarray(slack, float), (len(points),))
    lengths = np.linalg.norm(points[links[:, 0]] - points[links[:, 1]], axis=1) * loose[links].mean(axis=1)
    count = len(points)
    rows = np.arange(len(links))
    incidence = sparse.csr_matrix(
        (np.concatenate([np.ones(len(links)), -np.ones(len(links))]), (links.T.ravel(), np.tile(rows, 2))),
        (count, len(links)),
    )
    valence = np.asarray(abs(incidence) @ stiff).ravel()
    free = (~pinned)[:, None].astype(float)
    start, now, before = points.copy(), points.copy(), points.copy()
    for step in range(steps):
        velocity = (now - before) * 0.86
        before = now.copy()
        now = now + (velocity + np.array([0, -gravity, 0])) * free
        for _ in range(5):
            gapv = now[links[:, 0]] - now[links[:, 1]]
            span = np.maximum(np.linalg.norm(gapv, axis=1), 1e-9)
            pull = (gapv / span[:, None]) * ((lengths - span) * 0.5 * stiff)[:, None]
            now = now + (incidence @ pull) / valence[:, None] * 1.6 * free
        away = now - start
        far = np.linalg.norm(away, axis=1, keepdims=True)
        limit = np.broadcast_to(np.asarray(tether, float), (count,))[:, None]
        now = start + away * np.minimum(1.0, limit / np.maximum(far, 1e-9))
        if step % 3 == 2 or step == steps - 1:
            now = np.where(pinned[:, None], now, collider.push_out(now, gap))
    return now
