"""Volumes, centres and inertia of convex colliders of even density."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from secondunit_engine.motion.physics.scene import Ball, Hull

Array = NDArray[np.floating]

THIN = 1e-3  # m that a flat collider is made thick


def thick(points: Array) -> Array:
    """Points whose hull has a volume, shape [N, 3]: what lies in a plane, on a line or in a point is spread."""
    try:
        ConvexHull(points)
    except (QhullError, ValueError):
        middle = points.mean(axis=0)
        _, sizes, axes = np.linalg.svd(points - middle, full_matrices=True)
        flat = [axes[i] for i in range(3) if i >= len(sizes) or sizes[i] < THIN]
        for axis in flat:
            points = np.concatenate([points - axis * THIN / 2, points + axis * THIN / 2])
    return points


def inertia_of(colliders: tuple[Hull | Ball, ...], mass: float) -> tuple[Array, Array]:
    """Centre of mass [m], shape [3], and inertia about it [kg m2], shape [3, 3], of `mass` spread over colliders.

    Where colliders overlap they count twice. Polyhedra are summed over tetrahedra (Tonon 2004).
    """
    parts = [_moments(collider) for collider in colliders]  # volume, volume * middle, second moments about the origin
    volume = sum(part[0] for part in parts)
    middle = np.sum([part[1] for part in parts], axis=0) / volume
    second = np.sum([part[2] for part in parts], axis=0) - volume * np.outer(middle, middle)  # (3, 3) about middle
    return middle, mass / volume * (np.trace(second) * np.eye(3) - second)


def volume_of(colliders: tuple[Hull | Ball, ...]) -> float:
    """The volume of colliders [m3]; where they overlap they count twice."""
    return float(sum(_moments(collider)[0] for collider in colliders))


def _moments(collider: Hull | Ball) -> tuple[float, Array, Array]:
    if isinstance(collider, Ball):
        volume = 4 / 3 * np.pi * collider.radius**3
        about = np.eye(3) * volume * collider.radius**2 / 5
        return volume, volume * collider.middle, about + volume * np.outer(collider.middle, collider.middle)
    points = thick(collider.points)
    hull = ConvexHull(points)
    inside = points[hull.vertices].mean(axis=0)
    corners = points[hull.simplices]  # (T, 3, 3)
    volumes = np.abs(np.linalg.det(corners - inside)) / 6  # (T,) of tetrahedra from a point inside
    four = np.concatenate([corners, np.broadcast_to(inside, (len(corners), 1, 3))], axis=1)  # (T, 4, 3)
    total = four.sum(axis=1)  # (T, 3)
    pairs = np.einsum("tki,tkj->tij", four, four) + np.einsum("ti,tj->tij", total, total)  # (T, 3, 3)
    return (
        float(volumes.sum()),
        (volumes[:, None] * total / 4).sum(axis=0),
        (volumes[:, None, None] * pairs / 20).sum(axis=0),
    )
