"""Forms that many props share: slabs with soft edges, cushions, rods, turned profiles, things laid on their side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import Array, face_normals, grid, lathe, merge, move, smooth, transform, tube


def slab(
    size: tuple[float, float, float],
    at: tuple[float, float, float] = (0.0, 0.0, 0.0),
    edge: float = 0.006,
    corner: float | None = None,
    steps: int = 3,
) -> Mesh:
    """A block of `size` (width, height, depth), the middle of its foot at `at`, with rounded edges [m].

    `corner` is the radius of its upright edges, else that of all; `steps` facets a quarter of a round.
    """
    width, height, depth = size
    edge = min(edge, height / 2 - 1e-5, width / 2 - 1e-5, depth / 2 - 1e-5)
    radius = min(max(edge, edge if corner is None else corner), width / 2 - 1e-5, depth / 2 - 1e-5)
    quarter = np.linspace(0, np.pi / 2, steps + 1)
    rises = [(0.0, 0.0)]
    rises += [(edge * (1 - float(np.cos(a))), float(np.sin(a))) for a in quarter]  # height, share of the edge outwards
    rises += [(height - edge * (1 - float(np.cos(a))), float(np.sin(a))) for a in quarter[::-1]]
    rises.append((height, 0.0))
    rings = []
    for number, (y, out) in enumerate(rises):
        inset = edge * (1 - out)
        shrink = 0.0 if number in (0, len(rises) - 1) else 1.0
        ring = _rounded(width - 2 * inset, depth - 2 * inset, max(radius - inset, 1e-5), steps) * shrink
        rings.append(np.column_stack([ring[:, 0], np.full(len(ring), y), ring[:, 1]]))
    return _grained(move(grid(np.stack(rings), closed_u=True), at), size)


def _grained(mesh: Mesh, size: tuple[float, float, float]) -> Mesh:
    """Texture coordinates in metres projected from six sides, v along the longer way of each side, as wood is cut."""
    flat = face_normals(mesh.points, mesh.triangles)
    axis = np.repeat(np.argmax(np.abs(flat), axis=1), 3)  # (3T,)
    pairs, index = np.unique(np.stack([mesh.triangles.reshape(-1), axis], axis=-1), axis=0, return_inverse=True)
    across = np.array([sorted({0, 1, 2} - {side}, key=lambda a: size[a]) for side in range(3)])[pairs[:, 1]]  # (M, 2)
    points = mesh.points[pairs[:, 0]]
    uvs = np.take_along_axis(points, across, axis=1).astype(np.float32)
    normals = None if mesh.normals is None else mesh.normals[pairs[:, 0]]
    return Mesh(points, index.reshape(-1, 3).astype(np.int32), normals, uvs)


def _bare(mesh: Mesh) -> Mesh:
    """Without texture coordinates: textures are projected from six sides."""
    return Mesh(mesh.points, mesh.triangles, mesh.normals)


def _rounded(width: float, depth: float, radius: float, steps: int) -> Array:
    """A rectangle with round corners about the origin in x and z, so wound that a rising stack of it faces out,
    shape [4 (steps + 1), 2]."""
    x, z = max(width / 2 - radius, 0.0), max(depth / 2 - radius, 0.0)
    ring = []
    for turn, (sx, sz) in enumerate(((1, 1), (1, -1), (-1, -1), (-1, 1))):
        angle = np.radians(90 - 90 * turn) - np.linspace(0, np.pi / 2, steps + 1)
        ring.append(np.column_stack([sx * x + radius * np.cos(angle), sz * z + radius * np.sin(angle)]))
    return np.concatenate(ring)


def cushion(
    size: tuple[float, float, float], at: tuple[float, float, float] = (0.0, 0.0, 0.0), fat: float = 0.5
) -> Mesh:
    """An upholstered block: bulging faces, soft edges; `fat` 0 a box, 1 a pillow."""
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 41)[:-1], np.linspace(-np.pi / 2, np.pi / 2, 17))
    power = 0.25 + 0.5 * fat

    def bend(value: Array, by: float = power) -> Array:
        return np.sign(value) * np.abs(value) ** by

    points = np.stack([bend(np.cos(v)) * bend(np.sin(u)), bend(np.sin(v), 0.45), bend(np.cos(v)) * bend(np.cos(u))], -1)
    points = points * np.array(size) / 2 + np.array([0, size[1] / 2, 0])
    return _bare(move(grid(points, closed_u=True), at))


def turned(profile: ArrayLike, segments: int = 28, smooth: int = 4, crease: float = 50.0) -> Mesh:
    """A lathed form through points of (radius, height) [m], listed upwards outside and down inside, rounded between
    them by a monotone spline."""
    points = np.asarray(profile, float)  # (P, 2)
    if smooth > 1 and len(points) > 2:
        length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1) + 1e-9)])
        at = np.linspace(0, 1, smooth, endpoint=False)
        dense = np.concatenate([a + (b - a) * at for a, b in pairwise(length)] + [length[-1:]])
        points = PchipInterpolator(length, points)(dense)
        points[:, 0] = np.maximum(points[:, 0], 0)
    return lathe(points, segments, crease)


def rod(a: ArrayLike, b: ArrayLike, radius: float, sides: int = 12) -> Mesh:
    """A round bar between two points [m], its ends closed."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    along = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9)
    e = along * min(radius * 0.2, float(np.linalg.norm(b - a)) * 0.1)
    path = np.array([a, a + e * 0.3, a + e, (a + b) / 2, b - e, b - e * 0.3, b])
    return tube(path, np.array([1e-4, radius * 0.85, radius, radius, radius, radius * 0.85, 1e-4]), sides)


def bent(points: ArrayLike, radius: float, sides: int = 10, steps: int = 6) -> Mesh:
    """A bar along a smooth curve through points [m], shape [points, 3], its ends closed."""
    points = np.asarray(points, float)
    t = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    path = PchipInterpolator(t, points)(np.linspace(0, t[-1], steps * (len(points) - 1) + 1))
    ends = np.full(len(path) + 2, radius)
    ends[0] = ends[-1] = 1e-4
    start, end = path[0] - (path[1] - path[0]) * 1e-3, path[-1] + (path[-1] - path[-2]) * 1e-3
    return tube(np.concatenate([[start], path, [end]]), ends, sides)


def hoop(radius: float, thick: float, y: float = 0.0, segments: int = 32, sides: int = 8) -> Mesh:
    """A torus about +Y."""
    angle = np.linspace(0, 2 * np.pi, sides + 1)[::-1]
    ring = np.column_stack([radius + thick * np.cos(angle), y - thick * np.sin(angle)])
    return lathe(ring, segments, crease=180)


def tip(mesh: Mesh, degrees: float, axis: int = 0) -> Mesh:
    """The mesh turned about x, y or z (0, 1, 2) through the origin, right-handed."""
    angle = np.radians(degrees)
    c, s = float(np.cos(angle)), float(np.sin(angle))
    a, b = ((1, 2), (2, 0), (0, 1))[axis]
    matrix = np.eye(4)
    matrix[a, a], matrix[a, b], matrix[b, a], matrix[b, b] = c, -s, s, c
    return transform(mesh, matrix)


def grounded(meshes: Sequence[Mesh]) -> list[Mesh]:
    """The meshes moved together so that their lowest point is at y = 0."""
    low = min(float(mesh.points[:, 1].min()) for mesh in meshes)
    return [move(mesh, (0, -low, 0)) for mesh in meshes]


def legs(width: float, depth: float, height: float, radius: float, inset: float = 0.03, splay: float = 0.0) -> Mesh:
    """Four round tapered legs under a top; `splay` metres outwards at the foot."""
    parts = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            head = np.array([sx * (width / 2 - inset), height, sz * (depth / 2 - inset)])
            foot = np.array([head[0] + sx * splay, 0.0, head[2] + sz * splay])
            path = foot + (head - foot) * np.array([0, 1e-4, 0.25, 0.5, 0.75, 1])[:, None]
            parts.append(tube(path, radius * np.array([0.01, 0.6, 0.7, 0.85, 1, 1]), 12))
    return merge(parts)


def ripple(mesh: Mesh, amount: float, rng: np.random.Generator, scale: float = 20.0) -> Mesh:
    """The mesh pushed in and out along its normals by a few smooth waves [m]: nothing grown is a perfect solid."""
    waves = rng.standard_normal((5, 3)) * scale
    phase = rng.uniform(0, 6.28, 5)
    points = mesh.points.astype(float)
    push: NDArray[np.floating] = np.sin(points @ waves.T + phase).mean(axis=1) * amount
    assert mesh.normals is not None
    return smooth(Mesh((points + mesh.normals * push[:, None]).astype(np.float32), mesh.triangles, uvs=mesh.uvs))
