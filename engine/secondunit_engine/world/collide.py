"""Solids that are asked whether they meet: triangles against triangles, by FCL (Pan, Chitta, Manocha 2012).

Two solids interpenetrate by more than `TOLERANCE` if their surfaces still cut each other when each is drawn in by half
of it, or if one lies within the other. Touching is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import fcl  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import face_normals

Array = NDArray[np.floating]

TOLERANCE: Final = 0.002  # m that solids may sink into each other
_CELL: Final = 0.015  # m of the raster of what stands on a level
_LEAST_LEVEL: Final = 0.0016  # m2 of a level that something can stand on
_FLAT: Final = 0.995  # cosine of the slope of a level


@dataclass(frozen=True)
class Level:
    """A flat place of a solid that others can stand on: its height and its cells, low corner `corner` (x, z)."""

    y: float
    corner: tuple[float, float]
    cells: NDArray[np.bool_] = field(compare=False)

    @property
    def area(self) -> float:
        return float(self.cells.sum()) * _CELL**2

    def centres(self) -> Array:
        """The middles of its cells in x and z, shape [N, 2]."""
        return np.argwhere(self.cells) * _CELL + np.array(self.corner) + _CELL / 2

    def holds(self, places: Array) -> bool:
        """Whether all places (x, z), shape [N, 2], are over the level."""
        index = np.floor((places - self.corner) / _CELL).astype(int)
        inside = ((index >= 0) & (index < self.cells.shape)).all(axis=1)
        return bool(inside.all() and self.cells[index[:, 0], index[:, 1]].all())


class Solid:
    """A mesh in its own space, prepared once and asked in many poses (column vectors, shape [4, 4])."""

    def __init__(self, mesh: Mesh) -> None:
        self.points = mesh.points.astype(np.float64)
        self.triangles = mesh.triangles.astype(np.int64)
        self.low, self.high = self.points.min(axis=0), self.points.max(axis=0)

    @cached_property
    def exact(self) -> Any:
        """FCL's tree over the triangles as they are."""
        return _tree(self.points, self.triangles)

    @cached_property
    def inset(self) -> Any:
        """The same, drawn in by half of `TOLERANCE`."""
        return _tree(_drawn_in(self.points, self.triangles, TOLERANCE / 2), self.triangles)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Where others can stand, highest first."""
        return _levels(self.points, self.triangles)

    @cached_property
    def base(self) -> Array:
        """What it stands on: the outline of its lowest 3 mm in x and z, shape [N, 2]."""
        return outline(self.points[self.points[:, 1] < self.low[1] + 0.003][:, [0, 2]])

    @cached_property
    def plan(self) -> Array:
        """The outline of all of it seen from above, x and z, shape [N, 2]."""
        return outline(self.points[:, [0, 2]])

    @cached_property
    def samples(self) -> Array:
        """Points all over its surface, at most 4 cm apart, shape [N, 3]."""
        return _sampled(self.points, self.triangles, 0.04)

    def points_bounds(self, pose: Array) -> tuple[Array, Array]:
        """Low and high corner of its points in a pose."""
        points = self.points @ pose[:3, :3].T + pose[:3, 3]
        return points.min(axis=0), points.max(axis=0)

    def bounds(self, pose: Array) -> tuple[Array, Array]:
        """Low and high corner of its box in a pose: about an upright thing that is turned generous."""
        if abs(pose[1, 1] - 1) > 1e-9:
            return self.points_bounds(pose)
        corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
        points = (self.low + corners * (self.high - self.low)) @ pose[:3, :3].T + pose[:3, 3]
        return points.min(axis=0), points.max(axis=0)


def meet(a: Solid, pose_a: Array, b: Solid, pose_b: Array, *, exact: bool = False) -> bool:
    """Whether two solids interpenetrate by more than `TOLERANCE`; `exact` whether their surfaces touch at all."""
    low_a, high_a = a.bounds(pose_a)
    low_b, high_b = b.bounds(pose_b)
    slack = 0.0 if exact else TOLERANCE / 2
    if (low_a > high_b - slack).any() or (low_b > high_a - slack).any():
        return False
    first = fcl.CollisionObject(a.exact if exact else a.inset, _placed(pose_a))
    second = fcl.CollisionObject(b.exact if exact else b.inset, _placed(pose_b))
    if fcl.collide(first, second, fcl.CollisionRequest(), fcl.CollisionResult()) > 0:
        return True
    return not exact and (_within(a, pose_a, b, pose_b) or _within(b, pose_b, a, pose_a))


def _within(a: Solid, pose_a: Array, b: Solid, pose_b: Array) -> bool:
    """Whether a point of `a` lies inside the closed surface of `b`; their surfaces do not cut each other."""
    low_a, high_a = a.bounds(pose_a)
    low_b, high_b = b.bounds(pose_b)
    if (low_a < low_b - TOLERANCE).any() or (high_a > high_b + TOLERANCE).any():
        return False
    point = pose_a[:3, :3] @ a.points[a.triangles[0]].mean(axis=0) + pose_a[:3, 3]
    local = np.linalg.inv(pose_b) @ np.append(point, 1.0)
    return _crossings(local[:3] + 1e-7, b.points[b.triangles]) % 2 == 1


def _crossings(point: Array, triangles: Array) -> int:
    """How many triangles, shape [T, 3, 3], a ray from a point crosses; the ray is off all axes."""
    way = np.array([0.0123, 0.9998, 0.0171])
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    across = np.cross(way, c - a)
    det = np.einsum("ij,ij->i", b - a, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("ij,ij->i", point - a, across) / det
        q = np.cross(point - a, b - a)
        v = q @ way / det
        t = np.einsum("ij,ij->i", c - a, q) / det
        hit = (np.abs(det) > 1e-14) & (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0)
    return int(hit.sum())


def _placed(pose: Array) -> Any:
    return fcl.Transform(np.ascontiguousarray(pose[:3, :3]), np.ascontiguousarray(pose[:3, 3]))


def _tree(points: Array, triangles: NDArray[np.integer]) -> Any:
    model = fcl.BVHModel()
    model.beginModel(len(points), len(triangles))
    model.addSubModel(points, triangles)
    model.endModel()
    return model


def _drawn_in(points: Array, triangles: NDArray[np.integer], depth: float) -> Array:
    """Points moved so that every face about them moves inwards by `depth`, in least squares."""
    flat = face_normals(points, triangles)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-20)
    _, place = np.unique(np.round(points / 1e-5).astype(np.int64), axis=0, return_inverse=True)
    place = place.reshape(-1)
    corners, each = place[triangles.reshape(-1)], np.repeat(flat, 3, axis=0)
    count = int(place.max()) + 1
    squares = each[:, :, None] * each[:, None, :]  # (3T, 3, 3)
    matrix = np.stack([np.bincount(corners, squares[:, i, j], count) for i in range(3) for j in range(3)], axis=-1)
    vector = np.stack([np.bincount(corners, each[:, k], count) for k in range(3)], axis=-1)
    solved = np.linalg.solve(matrix.reshape(-1, 3, 3) + 0.02 * np.eye(3), vector[..., None])[..., 0]
    length = np.linalg.norm(solved, axis=1, keepdims=True)
    return points - (solved * np.minimum(1.0, 2.0 / np.maximum(length, 1e-9)) * depth)[place]


def outline(places: Array) -> Array:
    """The convex outline of places in a plane, counter-clockwise, shape [N, 2]; of too few, the places."""
    try:
        return places[ConvexHull(places).vertices]
    except (QhullError, ValueError):
        return places


def _levels(points: Array, triangles: NDArray[np.integer]) -> tuple[Level, ...]:
    flat = face_normals(points, triangles)
    area = np.linalg.norm(flat, axis=1)
    up = (area > 1e-10) & (flat[:, 1] > _FLAT * area)
    corners = points[triangles[up]]  # (T, 3, 3)
    heights, found = np.round(corners[:, :, 1].mean(axis=1) / 0.004).astype(int), []
    for height in np.unique(heights):
        own = corners[heights == height]
        if area[up][heights == height].sum() / 2 >= _LEAST_LEVEL:
            found.append(_rastered(own))
    return tuple(sorted((level for level in found if level.area >= _LEAST_LEVEL), key=lambda level: -level.y))


def table_levels(mesh: Mesh, floor: float) -> tuple[Level, ...]:
    """The levels of a set at the height of tables and shelves, nearest to the middle first; small pieces, such as the
    heads of books, are none."""
    points, triangles = mesh.points.astype(np.float64), mesh.triangles
    flat = face_normals(points, triangles)
    area = np.linalg.norm(flat, axis=1)
    height = points[triangles][:, :, 1].mean(axis=1) - floor
    fit = (area > 0.006) & (flat[:, 1] > _FLAT * area) & (height > 0.4) & (height < 1.25)
    found = [level for level in _levels(points, triangles[fit]) if level.area > 0.06] if fit.any() else []
    return tuple(sorted(found, key=lambda level: float(np.hypot(*level.centres().T).min())))


def _rastered(corners: Array) -> Level:
    """Level triangles, shape [T, 3, 3], as cells."""
    plan = corners[:, :, [0, 2]]
    low = plan.min(axis=(0, 1))
    shape = np.maximum(1, np.ceil((plan.max(axis=(0, 1)) - low) / _CELL)).astype(int)
    cells = np.zeros(tuple(shape), bool)
    for a, b, c in plan:
        first = np.maximum(0, np.floor((np.minimum(np.minimum(a, b), c) - low) / _CELL).astype(int))
        last = np.minimum(shape, np.ceil((np.maximum(np.maximum(a, b), c) - low) / _CELL).astype(int))
        x, z = np.meshgrid(
            *(np.arange(f, e) * _CELL + _CELL / 2 for f, e in zip(first, last, strict=True)), indexing="ij"
        )
        p = np.stack([x, z], axis=-1) + low
        sides = [_side(p, s, e) for s, e in ((a, b), (b, c), (c, a))]
        inside = np.logical_and.reduce([s >= -1e-12 for s in sides]) | np.logical_and.reduce(
            [s <= 1e-12 for s in sides]
        )
        cells[first[0] : last[0], first[1] : last[1]] |= inside
    return Level(float(corners[:, :, 1].max()), (float(low[0]), float(low[1])), cells)


def _side(places: Array, start: Array, end: Array) -> Array:
    way = end - start
    return way[0] * (places[..., 1] - start[1]) - way[1] * (places[..., 0] - start[0])


def _sampled(points: Array, triangles: NDArray[np.integer], apart: float) -> Array:
    """Points on every triangle no further apart than `apart`, corners included."""
    corners = points[triangles]  # (T, 3, 3)
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    steps = np.clip(np.ceil(longest / apart).astype(int), 1, 60)
    found = [points]
    for step in np.unique(steps[steps > 1]):
        own = corners[steps == step]
        i, j = np.meshgrid(np.arange(step + 1), np.arange(step + 1), indexing="ij")
        keep = i + j <= step
        u, v = (i[keep] / step)[None, :, None], (j[keep] / step)[None, :, None]
        a, b, c = (own[:, None, k] for k in range(3))
        found.append((a * (1 - u - v) + b * u + c * v).reshape(-1, 3))
    spread = np.concatenate(found)
    _, first = np.unique(np.floor(spread / (apart / 2)).astype(int), axis=0, return_index=True)  # one a small cell
    return spread[np.sort(first)]
