"""Shapes that sets are built from: triangle meshes with normals and texture coordinates in metres.

Y is up. A texture coordinate of 1 is one metre unless said otherwise, so a material's tile keeps its size on
everything; `box_uv(mesh, tile)` projects again at another size. Faces that share no point keep hard edges.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import mapbox_earcut
import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]
# Odd numbers that mix bits well (Steele et al., "Fast splittable pseudorandom number generators", 2014).
_MIX: Final = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], np.uint64)


def merge(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of many. Normals and texture coordinates survive if every part has them."""
    counts = np.cumsum([0, *(len(mesh.points) for mesh in meshes)])
    triangles = [mesh.triangles + start for mesh, start in zip(meshes, counts, strict=False)]
    normals = [mesh.normals for mesh in meshes if mesh.normals is not None]
    uvs = [mesh.uvs for mesh in meshes if mesh.uvs is not None]
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]).astype(np.float32),
        np.concatenate(triangles).astype(np.int32),
        np.concatenate(normals) if len(normals) == len(meshes) else None,
        np.concatenate(uvs) if len(uvs) == len(meshes) else None,
    )


def transform(mesh: Mesh, matrix: ArrayLike) -> Mesh:
    """The mesh moved by a 4x4 matrix of column vectors (p' = M p); mirroring keeps the outside outside."""
    m = np.asarray(matrix, np.float64)
    linear = m[:3, :3]
    points = mesh.points @ linear.T + m[:3, 3]  # (N, 3)
    normals = None
    if mesh.normals is not None:
        normals = mesh.normals @ np.linalg.inv(linear)
        normals = (normals / np.linalg.norm(normals, axis=1, keepdims=True)).astype(np.float32)
    triangles = mesh.triangles[:, ::-1] if np.linalg.det(linear) < 0 else mesh.triangles
    return Mesh(points.astype(np.float32), triangles, normals, mesh.uvs)


def move(mesh: Mesh, by: ArrayLike, turn: float = 0.0, scale: ArrayLike = 1.0) -> Mesh:
    """The mesh scaled, then turned about +Y by `turn` degrees, then moved by `by` [m]."""
    angle = np.radians(turn)
    c, s = np.cos(angle), np.sin(angle)
    m = np.eye(4)
    m[:3, :3] = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]) @ np.diag(np.broadcast_to(np.asarray(scale, float), 3))
    m[:3, 3] = by
    return transform(mesh, m)


def stand_up(mesh: Mesh) -> Mesh:
    """The mesh tipped forward: what pointed to +Y points to +Z (a lathed plate hangs on a wall)."""
    return transform(mesh, [[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])


def array(mesh: Mesh, places: ArrayLike, turns: ArrayLike = 0.0, scales: ArrayLike = 1.0) -> Mesh:
    """Copies of a mesh, flattened to one.

    places [m], shape [copies, 3]; turns about +Y in degrees, shape [copies]; scales, shape [copies, 3].
    """
    places = np.asarray(places, np.float64).reshape(-1, 3)  # (C, 3)
    count, size = len(places), len(mesh.points)
    angle = np.radians(np.broadcast_to(np.asarray(turns, float), count))[:, None]
    scale = np.broadcast_to(np.asarray(scales, float), (count, 3))[:, None]  # (C, 1, 3)

    def spin(vectors: Array) -> Array:
        x, y, z = np.moveaxis(vectors, -1, 0)
        c, s = np.cos(angle), np.sin(angle)
        return np.stack([c * x + s * z, y, c * z - s * x], axis=-1)

    points = spin(mesh.points[None] * scale) + places[:, None]  # (C, N, 3)
    triangles = mesh.triangles[None] + (np.arange(count) * size)[:, None, None]  # (C, T, 3)
    normals = None
    if mesh.normals is not None:
        normals = spin(mesh.normals[None] / scale)
        normals = (normals / np.linalg.norm(normals, axis=-1, keepdims=True)).reshape(-1, 3).astype(np.float32)
    uvs = None if mesh.uvs is None else np.tile(mesh.uvs, (count, 1))
    return Mesh(points.reshape(-1, 3).astype(np.float32), triangles.reshape(-1, 3).astype(np.int32), normals, uvs)


def face_normals(points: Array, triangles: NDArray[np.integer]) -> Array:
    """Twice-area-weighted normals of triangles, shape [triangles, 3]."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    (x, y, z), (u, v, w) = (b - a).T, (c - a).T
    return np.stack([y * w - z * v, z * u - x * w, x * v - y * u], axis=-1)


def smooth(mesh: Mesh) -> Mesh:
    """The mesh with area-weighted normals, shared by points at the same place (to 0.1 mm) across texture seams."""
    flat = face_normals(mesh.points.astype(np.float64), mesh.triangles)  # (T, 3)
    place = _alike(np.round(mesh.points / 1e-4).astype(np.int64))  # (N,)
    corners = place[mesh.triangles].reshape(-1)
    total = np.stack([np.bincount(corners, np.repeat(flat[:, k], 3), place.max() + 1) for k in range(3)], axis=-1)
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-20)
    return Mesh(mesh.points, mesh.triangles, total[place].astype(np.float32), mesh.uvs)


def _alike(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each row of integers, shape [N, 3]: the same for the same rows.

    Rows are told apart by a hash in the high bits of one integer and put in order with their place in the low ones, so
    that one plain sort, which is several times faster than one of places, brings the same rows together.
    """
    low = len(rows).bit_length()
    x, y, z = rows.astype(np.uint64).T
    mixed = (x * _MIX[0] ^ y * _MIX[1]) * _MIX[2] ^ z * _MIX[3]
    mixed = (mixed ^ mixed >> np.uint64(29)) * _MIX[0]
    keys = np.sort(mixed >> np.uint64(low) << np.uint64(low) | np.arange(len(rows), dtype=np.uint64))
    order = (keys & np.uint64((1 << low) - 1)).astype(np.int64)
    differs = (np.diff(rows[order], axis=0) != 0).any(axis=1)
    if not np.array_equal(differs, np.diff(keys >> np.uint64(low)) != 0):  # two rows of one hash
        return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
    numbers = np.empty(len(rows), np.int64)
    numbers[order] = np.concatenate([[0], np.cumsum(differs)])
    return numbers


def facet(mesh: Mesh) -> Mesh:
    """The mesh with every triangle on its own points and a flat normal: hard edges everywhere."""
    points = mesh.points[mesh.triangles.reshape(-1)]  # (3T, 3)
    triangles = np.arange(len(points), dtype=np.int32).reshape(-1, 3)
    normals = face_normals(points, triangles)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-20)
    uvs = None if mesh.uvs is None else mesh.uvs[mesh.triangles.reshape(-1)]
    return Mesh(points, triangles, np.repeat(normals, 3, axis=0).astype(np.float32), uvs)


def box_uv(mesh: Mesh, tile: float = 1.0) -> Mesh:
    """Project texture coordinates along each face's main axis, `tile` metres a repeat; points are split at seams.

    Walls keep v upright; on floors u is x and v is z.
    """
    flat = face_normals(mesh.points, mesh.triangles)
    axis = np.repeat(np.argmax(np.abs(flat), axis=1), 3)  # (3T,)
    corners = mesh.triangles.reshape(-1)
    pairs, index = np.unique(corners.astype(np.int64) * 3 + axis, return_inverse=True)  # (M,) corner and axis
    corner, along = np.divmod(pairs, 3)
    points = mesh.points[corner]
    across = np.array([[2, 1], [0, 2], [0, 1]])[along]  # (M, 2) axes that u and v follow
    uvs = np.take_along_axis(points, across, axis=1) / tile
    normals = None if mesh.normals is None else mesh.normals[corner]
    return Mesh(points, index.reshape(-1, 3).astype(np.int32), normals, uvs.astype(np.float32))


def box(low: ArrayLike, high: ArrayLike, grain: int | None = None) -> Mesh:
    """An axis-aligned box with hard edges, 12 triangles.

    `grain` is the axis (0 x, 1 y, 2 z) that v follows, for wood cut along its length; None keeps v upright.
    """
    low, high = np.asarray(low, np.float32), np.asarray(high, np.float32)
    points = np.where(BOX.high, high, low)  # (24, 3)
    across = BOX.across if grain is None else np.where(BOX.across[:, :1] == grain, BOX.across[:, ::-1], BOX.across)
    return Mesh(points, BOX.triangles.copy(), BOX.normals.copy(), np.take_along_axis(points, across, axis=1))


@dataclass(frozen=True)
class _Box:
    """Four corners a face. high: Whether a corner has the box's high value, [24, 3]. across: Axes that u and v follow,
    [24, 2]. triangles: [12, 3]. normals: [24, 3]."""

    high: NDArray[np.bool_]
    across: NDArray[np.integer]
    triangles: NDArray[np.int32]
    normals: NDArray[np.float32]


def _unit_box() -> _Box:
    high, across, normals = [], [], []
    for axis, (a, b) in enumerate([(2, 1), (0, 2), (0, 1)]):
        for side in (-1, 1):
            corners = np.full((4, 3), side > 0)
            corners[:, a] = [False, True, True, False]
            corners[:, b] = [False, False, True, True]
            handed = side * (1 if axis == 2 else -1)  # (a, b, axis) is right-handed only for z
            high.append(corners if handed > 0 else corners[::-1])
            across.append(np.tile([a, b], (4, 1)))
            normals.append(np.tile(np.eye(3, dtype=np.float32)[axis] * side, (4, 1)))
    quads = np.arange(24, dtype=np.int32).reshape(6, 4)
    triangles = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    return _Box(np.concatenate(high), np.concatenate(across), triangles, np.concatenate(normals))


BOX: Final = _unit_box()


def soft_box(low: ArrayLike, high: ArrayLike, edge: float = 0.004) -> Mesh:
    """An axis-aligned box whose edges are cut by `edge` [m] and shaded round: they catch light; 44 triangles."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    edge = min(edge, 0.4 * float((high - low).min()))
    corners = np.array(list(itertools.product((-1, 1), repeat=3)))  # (8, 3)
    place = np.where(corners > 0, high, low)  # (8, 3)
    normals = np.eye(3)[None] * corners[:, None]  # (8, 3, 3) of the three faces that meet there
    inward = -corners[:, None] * edge * (1 - np.eye(3))[None]
    points = (place[:, None] + inward).reshape(-1, 3)  # (24, 3): corner * 3 + axis
    quads, corner_triangles = [], []
    for axis in range(3):
        for side in (0, 1):
            a, b = [n for n in range(3) if n != axis]
            ring = [(0, 0), (1, 0), (1, 1), (0, 1)]
            quads.append([_corner(axis, side, a, i, b, j) * 3 + axis for i, j in ring])
        for i, j in itertools.product((0, 1), repeat=2):
            a, b = [n for n in range(3) if n != axis]
            ends = [_corner(axis, end, a, i, b, j) for end in (0, 1)]
            quads.append([ends[0] * 3 + a, ends[1] * 3 + a, ends[1] * 3 + b, ends[0] * 3 + b])
    for number in range(8):
        corner_triangles.append([number * 3, number * 3 + 1, number * 3 + 2])
    faces = np.array([[q[k] for k in (0, 1, 2)] for q in quads] + [[q[k] for k in (0, 2, 3)] for q in quads])
    triangles = np.concatenate([faces, corner_triangles])
    outward = face_normals(points, triangles)
    away = points[triangles].mean(axis=1) - (low + high) / 2
    wrong = (outward * away).sum(axis=1) < 0
    triangles[wrong] = triangles[wrong][:, ::-1]
    return Mesh(points.astype(np.float32), triangles.astype(np.int32), normals.reshape(-1, 3).astype(np.float32))


def _corner(axis: int, end: int, a: int, i: int, b: int, j: int) -> int:
    """The number of a box's corner from which end of each axis it is at; x counts fours, y twos, z ones."""
    return end * 4 >> axis | i * 4 >> a | j * 4 >> b


def quad(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Mesh:
    """A flat quadrilateral, counter-clockwise seen from its front; texture coordinates run 0 to 1 from a."""
    points = np.array([a, b, c, d], np.float32)
    triangles = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    normal = face_normals(points, triangles)[0]
    normals = np.tile(normal / np.linalg.norm(normal), (4, 1)).astype(np.float32)
    return Mesh(points, triangles, normals, np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32))


def grid(points: ArrayLike, closed_u: bool = False, uvs: ArrayLike | None = None) -> Mesh:
    """A smooth surface over rows and columns of points, shape [rows, columns, 3].

    The outside is where (along the columns) x (along the rows) points. `closed_u` joins the last column to the
    first. Texture coordinates are arc lengths in metres unless given, shape [rows, columns, 2].
    """
    points = np.asarray(points, np.float64)
    if closed_u:
        points = np.concatenate([points, points[:, :1]], axis=1)
    rows, columns = points.shape[:2]
    if uvs is None:
        along = np.linalg.norm(np.diff(points, axis=1), axis=-1).mean(axis=0)
        down = np.linalg.norm(np.diff(points, axis=0), axis=-1).mean(axis=1)
        u, v = np.concatenate([[0], np.cumsum(along)]), np.concatenate([[0], np.cumsum(down)])
        uvs = np.stack(np.broadcast_arrays(u[None], v[:, None]), axis=-1)
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    triangles = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)], axis=2).reshape(-1, 3)
    flat = points.reshape(-1, 3)
    area = np.linalg.norm(face_normals(flat, triangles), axis=1)
    mesh = Mesh(
        flat.astype(np.float32),
        triangles[area > 1e-12].astype(np.int32),  # poles make empty triangles
        uvs=np.asarray(uvs).reshape(-1, 2).astype(np.float32),
    )
    return smooth(mesh)


def lathe(profile: ArrayLike, segments: int = 24, crease: float = 35.0) -> Mesh:
    """Turn a profile of (radius, height) [m], listed upwards on the outside, about +Y.

    Corners sharper than `crease` degrees stay sharp; gentler ones are smooth.
    """
    profile = np.asarray(profile, np.float64)  # (P, 2)
    step = np.diff(profile, axis=0)
    heading = np.unwrap(np.arctan2(step[:, 1], step[:, 0]))
    breaks = np.flatnonzero(np.abs(np.diff(heading)) > np.radians(crease)) + 1
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(step, axis=1))])
    girth = 2 * np.pi * profile[:, 0].max()
    bounds = [0, *breaks.tolist(), len(profile) - 1]
    parts = []
    for start, end in itertools.pairwise(bounds):
        r, y = profile[start : end + 1].T[:, :, None]  # (K, 1) each
        points = np.stack(np.broadcast_arrays(r * np.sin(angle), y, r * np.cos(angle)), axis=-1)  # (K, S+1, 3)
        uvs = np.stack(np.broadcast_arrays(angle / (2 * np.pi) * girth, length[start : end + 1, None]), axis=-1)
        parts.append(grid(points, uvs=uvs))
    return merge(parts)


def cylinder(radius: float, low: float, high: float, segments: int = 24, taper: float = 1.0, caps: bool = True) -> Mesh:
    """A cylinder about +Y from `low` to `high` [m]; the top radius is `taper` times the bottom one."""
    sides = [[radius, low], [radius * taper, high]]
    return lathe([[0, low], *sides, [0, high]] if caps else sides, segments)


def sphere(radius: float, segments: int = 24) -> Mesh:
    """A sphere about the origin."""
    latitude = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)
    return lathe(np.stack([radius * np.cos(latitude), radius * np.sin(latitude)], axis=-1), segments, crease=180)


def tube(path: ArrayLike, radius: ArrayLike, sides: int = 8) -> Mesh:
    """A round tube along a polyline [m], shape [points, 3]; `radius` [m] is one number or one per point."""
    path = np.asarray(path, np.float64)
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    frame = np.cross(tangent[0], np.eye(3)[np.argmin(np.abs(tangent[0]))])
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    frames = np.empty_like(path)
    for n, along in enumerate(tangent):
        frame = frame - along * (frame @ along)  # parallel transport, so the tube does not twist
        frame /= np.linalg.norm(frame)
        frames[n] = frame
    across = np.cross(tangent, frames)
    around = np.cos(angle)[:, None] * frames[:, None] + np.sin(angle)[:, None] * across[:, None]  # (P, sides, 3)
    rings = path[:, None] + np.broadcast_to(np.asarray(radius, float), len(path))[:, None, None] * around
    return grid(rings, closed_u=True)


def fill(outline: ArrayLike, holes: Sequence[ArrayLike] = ()) -> tuple[Array, NDArray[np.int32]]:
    """Triangulate a polygon with holes (earcut): its 2D points, shape [N, 2], and counter-clockwise triangles."""
    rings = [_wound(outline, 1), *(_wound(hole, -1) for hole in holes)]
    points = np.concatenate(rings)  # (N, 2)
    ends = np.cumsum([len(ring) for ring in rings]).astype(np.uint32)
    triangles = mapbox_earcut.triangulate_float64(points.astype(np.float64), ends).reshape(-1, 3).astype(np.int32)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    area = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    triangles[area < 0] = triangles[area < 0][:, ::-1]
    return points, triangles


def _wound(ring: ArrayLike, sign: int) -> Array:
    ring = np.asarray(ring, np.float64)
    x, y = ring.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return ring if area * sign > 0 else ring[::-1]


def extrude(outline: ArrayLike, depth: float, holes: Sequence[ArrayLike] = ()) -> Mesh:
    """A polygon in the x-y plane [m] made solid from z = 0 to z = `depth`, hard edges, openings cut through."""
    flat, faces = fill(outline, holes)
    front = np.column_stack([flat, np.full(len(flat), depth)])
    back = np.column_stack([flat, np.zeros(len(flat))])
    z = np.tile([[0.0, 0.0, 1.0]], (len(flat), 1)).astype(np.float32)
    uvs = flat.astype(np.float32)
    caps = [
        Mesh(front.astype(np.float32), faces, z, uvs),
        Mesh(back.astype(np.float32), faces[:, ::-1], -z, uvs),
    ]
    return merge([*caps, *(_rim(_wound(ring, 1 if n == 0 else -1), depth) for n, ring in enumerate([outline, *holes]))])


def _rim(ring: Array, depth: float) -> Mesh:
    """The side walls of an extrusion; the solid lies to the left of the ring's direction."""
    here, there = ring, np.roll(ring, -1, axis=0)
    length = np.linalg.norm(there - here, axis=1)
    run = np.concatenate([[0], np.cumsum(length)])
    zeros, deep = np.zeros(len(ring)), np.full(len(ring), depth)
    corners = [np.column_stack([p, z]) for p, z in ((here, zeros), (there, zeros), (there, deep), (here, deep))]
    points = np.stack(corners, axis=1).reshape(-1, 3)  # (4E, 3)
    uvs = np.stack(
        [
            np.stack([u, z], axis=-1)
            for u, z in ((run[:-1], zeros), (run[1:], zeros), (run[1:], deep), (run[:-1], deep))
        ],
        axis=1,
    )
    triangles = (np.arange(len(ring)) * 4)[:, None, None] + np.array([[0, 1, 2], [0, 2, 3]])
    outward = (there - here)[:, ::-1] * [1, -1] / np.maximum(length, 1e-12)[:, None]
    normals = np.repeat(np.column_stack([outward, zeros]), 4, axis=0)
    return Mesh(
        points.astype(np.float32),
        triangles.reshape(-1, 3).astype(np.int32),
        normals.astype(np.float32),
        uvs.reshape(-1, 2).astype(np.float32),
    )


def pointed_arch(width: float, springing: float, rise: float, segments: int = 12, base: float = 0.0) -> Array:
    """Outline of a gothic opening centred on x = 0: jambs from `base` to `springing`, then two arcs that meet
    `rise` above it. Counter-clockwise, shape [N, 2]."""
    half = width / 2
    radius = (half**2 + rise**2) / (2 * half)  # arcs start vertical at the springing
    sweep = np.arctan2(rise, radius - half)
    t = np.linspace(0, sweep, segments + 1)
    right = np.column_stack([half - radius + radius * np.cos(t), springing + radius * np.sin(t)])
    left = right[:-1][::-1] * [-1, 1]
    return np.concatenate([[[-half, base], [half, base]], right, left])


def round_arch(width: float, springing: float, segments: int = 16, base: float = 0.0) -> Array:
    """Outline of a round-headed opening centred on x = 0, counter-clockwise, shape [N, 2]."""
    t = np.linspace(0, np.pi, segments + 1)
    head = np.column_stack([np.cos(t) * width / 2, springing + np.sin(t) * width / 2])
    return np.concatenate([[[-width / 2, base], [width / 2, base]], head])
