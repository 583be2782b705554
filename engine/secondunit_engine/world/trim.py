"""Cutting meshes along curves, and laying strips, beads and bars on them.

Lengths in metres, Y up, triangles counter-clockwise seen from outside. Every function returns something new.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]


def clip(mesh: Mesh, field: Array) -> Mesh:
    """The part of a mesh where a scalar given at its points, shape [points], is positive, cut along its zero line."""
    sign = field[mesh.triangles] > 0  # (T, 3)
    count = sign.sum(axis=1)
    # Turn every cut triangle so that its odd corner (alone on its side of the line) comes first.
    odd = np.where(count == 1, np.argmax(sign, axis=1), np.argmin(sign, axis=1))
    turned = np.take_along_axis(mesh.triangles, (odd[:, None] + np.arange(3)) % 3, axis=1)
    lone, pair = turned[count == 1], turned[count == 2]
    edges = np.concatenate([lone[:, [0, 1]], lone[:, [0, 2]], pair[:, [0, 1]], pair[:, [0, 2]]])  # (E, 2)
    fresh, index = np.unique(np.sort(edges, axis=1), axis=0, return_inverse=True)
    index = index.reshape(-1) + len(mesh.points)
    a, b = field[fresh[:, 0]], field[fresh[:, 1]]
    share = (a / np.where(a == b, 1.0, a - b))[:, None]

    n1, n2 = len(lone), len(pair)
    lone_b, lone_c = index[:n1], index[n1 : 2 * n1]
    pair_b, pair_c = index[2 * n1 : 2 * n1 + n2], index[2 * n1 + n2 :]
    triangles = np.concatenate(
        [
            mesh.triangles[count == 3],
            np.stack([lone[:, 0], lone_b, lone_c], 1),
            np.stack([pair_b, pair[:, 1], pair[:, 2]], 1),
            np.stack([pair_b, pair[:, 2], pair_c], 1),
        ]
    )
    used, triangles = np.unique(triangles, return_inverse=True)

    def extended(values: Any) -> Any:
        if values is None:
            return None
        cut = values[fresh[:, 0]] * (1 - share) + values[fresh[:, 1]] * share
        return np.concatenate([values, cut])[used].astype(np.float32)

    normals = extended(mesh.normals)
    return Mesh(
        extended(mesh.points),
        triangles.reshape(-1, 3).astype(np.int32),
        None if normals is None else unit(normals).astype(np.float32),
        extended(mesh.uvs),
    )


def polygon_distance(points: Array, outline: ArrayLike) -> Array:
    """Signed distance [m] from points [..., 2] to a simple polygon [corners, 2]: negative inside. (Quilez, 2D SDF.)"""
    outline = np.asarray(outline, float)
    shape = points.shape[:-1]
    p = np.asarray(points, float).reshape(-1, 2)
    best = np.full(len(p), np.inf)
    inside = np.zeros(len(p), bool)
    for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        edge, rel = b - a, p - a
        t = np.clip(rel @ edge / (edge @ edge), 0, 1)
        best = np.minimum(best, ((rel - t[:, None] * edge) ** 2).sum(axis=1))
        crosses = (a[1] > p[:, 1]) != (b[1] > p[:, 1])
        rise = edge[1] if edge[1] != 0 else 1.0
        inside ^= crosses & (p[:, 0] < a[0] + edge[0] * (p[:, 1] - a[1]) / rise)
    return (np.sqrt(best) * np.where(inside, -1, 1)).reshape(shape)


def rounded(outline: ArrayLike, radius: float, steps: int = 6) -> Array:
    """A polygon [corners, 2] with its corners rounded by quadratic curves of about `radius` [m]."""
    outline = np.asarray(outline, float)
    t = np.linspace(0, 1, steps)[:, None]
    runs = []
    for before, corner, after in zip(np.roll(outline, 1, 0), outline, np.roll(outline, -1, 0), strict=True):
        first = corner + (before - corner) * min(0.45, radius / float(np.linalg.norm(before - corner)))
        last = corner + (after - corner) * min(0.45, radius / float(np.linalg.norm(after - corner)))
        runs.append((1 - t) ** 2 * first + 2 * t * (1 - t) * corner + t**2 * last)
    return np.concatenate(runs)


def resample(path: ArrayLike, step: float, *, closed: bool = False) -> Array:
    """Points about `step` [m] apart along a polyline, shape [points, dimensions]."""
    path = np.asarray(path, float)
    if closed:
        path = np.concatenate([path, path[:1]])
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    count = max(2, int(np.ceil(length[-1] / step)) + 1)
    at = np.linspace(0, length[-1], count)[: count - 1 if closed else count]
    return np.stack([np.interp(at, length, path[:, k]) for k in range(path.shape[1])], axis=1)


def unit(vectors: Array) -> Array:
    """Vectors [..., 3] scaled to length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-20)


def ribbon(path: Array, normals: Array, width: float, *, closed: bool = False) -> Mesh:
    """A strip of `width` [m] along a path that lies on a surface with these normals, both [points, 3]."""
    if closed:
        path, normals = (np.concatenate([a, a[:1]]) for a in (path, normals))
    across = unit(np.cross(normals, np.gradient(path, axis=0))) * (width / 2)
    net = np.stack([path - across, path + across], axis=1)  # (P, 2, 3)
    strip = shapes.grid(net)
    facing = (strip.normals.reshape(-1, 2, 3).sum(1) * normals).sum() if strip.normals is not None else 1.0
    return strip if facing > 0 else shapes.grid(net[:, ::-1])


def bead(path: Array, radius: ArrayLike, sides: int = 8) -> Mesh:
    """A round bead along a closed loop, shape [points, 3]."""
    return shapes.tube(np.concatenate([path, path[:1]]), radius, sides)


def beam(start: ArrayLike, end: ArrayLike, width: float, height: float, up: ArrayLike = (0, 1, 0)) -> Mesh:
    """A bar from `start` to `end`; `height` is measured along `up`, `width` across."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    along = end - start
    across = unit(np.cross(np.asarray(up, float), along))
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([across, unit(np.cross(along, across)), unit(along)], axis=1)
    matrix[:3, 3] = (start + end) / 2
    half = np.array([width, height, float(np.linalg.norm(along))]) / 2
    return shapes.transform(shapes.box(-half, half), matrix)


def mirrored(mesh: Mesh) -> Mesh:
    """The mesh on the other side of the plane x = 0."""
    return shapes.transform(mesh, np.diag([-1.0, 1.0, 1.0, 1.0]))


def both_sides(mesh: Mesh) -> Mesh:
    """The mesh and its mirror image in the plane x = 0, as one."""
    return shapes.merge([mesh, mirrored(mesh)])
