"""How deep one convex body is in another: the shortest way that would part them, by the separating axis theorem.

A collision pipeline that goes step by step tells the depth along the normal that it found, which for thin bodies that
cross may be across the whole of one of them; this is the exact answer, for the few pairs where it matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import ConvexHull

from secondunit_engine.motion.physics.scene import Array

_ALIKE: Final = 4  # decimals to which two directions are one


@dataclass(frozen=True, eq=False)
class Faceted:
    """A convex body: its corners [m], shape [corners, 3], and the directions of its faces and of its edges, as unit
    vectors, shape [N, 3] each."""

    corners: Array
    faces: Array
    edges: Array


def faceted(points: Array) -> Faceted:
    """The hull of points [m], shape [points, 3]."""
    hull = ConvexHull(points)
    faces = _unlike(hull.equations[:, :3])
    sides: dict[tuple[int, int], list[Array]] = {}
    for corners, normal in zip(hull.simplices, hull.equations[:, :3], strict=True):
        for one, other in ((0, 1), (1, 2), (2, 0)):
            sides.setdefault((min(corners[one], corners[other]), max(corners[one], corners[other])), []).append(normal)
    edges = [points[a] - points[b] for (a, b), both in sides.items() if len(both) < 2 or both[0] @ both[1] < 1 - 1e-6]
    return Faceted(points[hull.vertices], faces, _unlike(np.array(edges)))


def depth_between(one: Faceted, pose: Array, other: Faceted, there: Array) -> float:
    """How deep two convex bodies at their poses (column vectors, shape [4, 4]) are in each other [m]; how far apart
    they are at least, as a negative number, if they are not."""
    turn = pose[:3, :3].T @ there[:3, :3]  # the other's space to the first one's
    shift = pose[:3, :3].T @ (there[:3, 3] - pose[:3, 3])
    corners = other.corners @ turn.T + shift
    crossed = np.cross(one.edges[:, None], (other.edges @ turn.T)[None]).reshape(-1, 3)
    size = np.linalg.norm(crossed, axis=1)
    axes = np.concatenate([one.faces, other.faces @ turn.T, crossed[size > 1e-6] / size[size > 1e-6, None]])
    mine, theirs = axes @ one.corners.T, axes @ corners.T
    gaps = np.maximum(theirs.min(axis=1) - mine.max(axis=1), mine.min(axis=1) - theirs.max(axis=1))
    return -float(gaps.max())


def _unlike(vectors: Array) -> Array:
    """Unit vectors without those that are the same or opposite, shape [N, 3]."""
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    lead = units[np.arange(len(units)), np.abs(units).argmax(axis=1)]
    units = units * np.sign(lead)[:, None]
    _, first = np.unique(np.round(units, _ALIKE), axis=0, return_index=True)
    return units[np.sort(first)]
