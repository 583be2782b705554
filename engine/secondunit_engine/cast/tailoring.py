"""Finishing of garments: folded hems, a ribbed collar, a hood with its cords, a pocket."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.anatomy import Anatomy
from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Piece, pose_bones, standing, unpose
from secondunit_engine.cast.surface import clip, vertex_normals
from secondunit_engine.world.author import Material
from secondunit_engine.world.shapes import tube

Array = NDArray[np.float64]
Triangles = NDArray[np.int32]


def loops(triangles: Triangles) -> list[NDArray[np.int32]]:
    """Open edges as rings of point indices, in the direction the surface winds."""
    sides = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    key = np.sort(sides, axis=1)
    _, inverse, counts = np.unique(key, axis=0, return_inverse=True, return_counts=True)
    rim = sides[counts[inverse.ravel()] == 1]
    following = dict(zip(rim[:, 0].tolist(), rim[:, 1].tolist(), strict=True))
    rings: list[NDArray[np.int32]] = []
    while following:
        start = min(following)
        ring, at = [start], following.pop(start)
        while at != start and at in following:
            ring.append(at)
            at = following.pop(at)
        if len(ring) > 8:
            rings.append(np.asarray(ring, np.int32))
    return rings


def bridge(rings: list[NDArray[np.int32]]) -> Triangles:
    """Triangles between consecutive closed rings of equal length, wound like the surface that the first one borders."""
    faces = []
    for near, far in itertools.pairwise(rings):
        a, b, c, d = near, np.roll(near, -1), np.roll(far, -1), far
        faces += [np.stack([b, a, d], -1), np.stack([b, d, c], -1)]
    return np.concatenate(faces).astype(np.int32)


def finish_edges(
    points: Array, triangles: Triangles, thickness: float, collar: float, is_collar: NDArray[np.bool_]
) -> tuple[Array, Triangles, NDArray[np.intp]]:
    """Fold every open edge inwards; the neckline first gets a ribbed band of width `collar` (0 for none).

    Returns points, triangles, and for each point the original one it moves with.
    """
    normals = vertex_normals(points, triangles)
    layers, faces, source = [points], [triangles], [np.arange(len(points))]
    total = len(points)
    for ring in loops(triangles):
        place, normal = points[ring], normals[ring]
        along = np.roll(place, -1, axis=0) - np.roll(place, 1, axis=0)
        along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
        outward = np.cross(along, normal)  # leaves the garment within its own surface
        outward = _smooth_ring(outward, 6)
        outward /= np.linalg.norm(outward, axis=1, keepdims=True)
        normal = _smooth_ring(normal, 4)
        if is_collar[ring].mean() > 0.5 and collar > 0:
            rise = _smooth_ring(outward * 0.55 + np.array([0, 0.62, 0]), 8)
            profile = (
                (0.0, 0.0016),
                (0.12, 0.0032),
                (0.5, 0.0040),
                (0.88, 0.0030),
                (1.0, 0.0008),
                (0.92, -0.0016),
                (0.4, -0.0022),
                (-0.5, -0.003),
            )
            rows = [place + rise * collar * t + normal * h for t, h in profile]
        else:
            profile = ((0.10, -0.1), (0.22, -0.5), (0.10, -1.0), (-0.8, -1.15), (-2.6, -1.2))
            rows = [place + outward * 0.006 * t + normal * thickness * h for t, h in profile]
        rings = [ring]
        for row in rows:
            layers.append(row)
            source.append(ring.astype(np.intp))
            rings.append(np.arange(total, total + len(ring), dtype=np.int32))
            total += len(ring)
        faces.append(bridge(rings))
    return np.concatenate(layers), np.concatenate(faces), np.concatenate(source)


def add_pocket(
    points: Array, triangles: Triangles, template: Array, anatomy: Anatomy
) -> tuple[Array, Triangles, sparse.csr_matrix]:
    """A kangaroo pocket laid on the belly. Returns points, triangles and the matrix from the garment's points."""
    floor = float(anatomy.points[anatomy.part("body"), 1].min())
    x, y = np.abs(template[:, 0]), template[:, 1] - floor
    slant = 0.125 - np.clip(y - 0.90, 0, 1) * 0.55
    inside = np.minimum.reduce([slant - x, y - 0.845, 1.005 - y, np.where(template[:, 2] > 0.0, 1.0, -1.0)])
    matrix, faces = clip(triangles, inside)
    normals = vertex_normals(points, triangles)
    return matrix @ points + (matrix @ normals) * 0.0052, faces, matrix


def add_hood(top: Piece, neckline: Array, body: Body, cloth: Material, cord: Material) -> list[Piece]:
    """A hood lying on the back round the neckline [N, 3] (standing), crossing in front, with two cords."""
    assert top.weights is not None
    bones = pose_bones(body, standing(body), 1)[0]
    centre = neckline.mean(axis=0)
    around = np.arctan2(neckline[:, 0] - centre[0], -(neckline[:, 2] - centre[2]))  # 0 behind, +-pi in front
    order = np.argsort(around)
    angles = np.linspace(-2.93, 2.93, 150)
    base = np.stack([np.interp(angles, around[order], neckline[order, k], period=2 * np.pi) for k in range(3)], axis=1)
    for _ in range(12):
        base[1:-1] = 0.5 * base[1:-1] + 0.25 * (base[:-2] + base[2:])
    out = base - centre
    out[:, 1] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    behind = np.cos(angles / 2) ** 2  # 1 behind, 0 in front
    end = np.clip((2.93 - np.abs(angles)) / 1.1, 0.0, 1.0)
    height = (0.012 + 0.048 * np.sqrt(behind)) * (0.15 + 0.85 * end)
    width = (0.006 + 0.056 * behind) * (0.35 + 0.55 * end)
    drop = 0.002 + 0.050 * behind**2
    # Cross-section from the neck side, up, over, and down the outside: shares of (width, height) and of the drop.
    section = np.array(
        [(-0.35, -0.7, 0), (-0.30, 0.10, 0), (-0.20, 0.62, 0), (0.02, 0.93, 0), (0.26, 1.0, 0), (0.52, 0.90, 0.05),
         (0.78, 0.62, 0.25), (0.98, 0.20, 0.55), (1.04, -0.22, 0.85), (0.92, -0.55, 1.0), (0.55, -0.75, 0.95)]
    )  # fmt: skip
    fold = 1 + 0.10 * np.sin(angles * 3.0 + 0.7) + 0.06 * np.sin(angles * 7.0 + 2.0)
    points = (
        base[:, None]
        + out[:, None] * (section[None, :, 0] * (width * fold)[:, None])[..., None]
        + np.array([0, 1.0, 0])
        * (section[None, :, 1] * height[:, None] - section[None, :, 2] * drop[:, None])[..., None]
    )  # (A, S, 3)
    grid = np.arange(points.shape[0] * points.shape[1]).reshape(points.shape[:2])
    a, b, c, d = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)]).astype(
        np.int32
    )
    flat = points.reshape(-1, 3)
    pieces = [_carried("Hood", flat, faces, cloth, top, bones)]
    cords, cord_faces, offset = [], [], 0
    skin = _posed(top, bones)
    tree = KDTree(skin)
    for sign, length in ((1.0, 0.135), (-1.0, 0.122)):
        start = base[-1 if sign > 0 else 0] + np.array([sign * 0.006, 0.004, 0.006])
        path = start + np.linspace(0, 1, 26)[:, None] * np.array([sign * 0.010, -length, 0])
        path[:, 0] += 0.004 * np.sin(np.linspace(0, 2.4, 26)) * sign
        _, near = tree.query(path * np.array([1, 1, 1]) + np.array([0, 0, 0.02]), k=4)
        path[:, 2] = np.maximum(path[:, 2], skin[near, 2].max(axis=1) + 0.0022)
        path[:, 2] = np.convolve(np.pad(path[:, 2], 3, mode="edge"), np.ones(7) / 7, mode="valid")
        radius = np.full(26, 0.0023)
        radius[-3:] = (0.0034, 0.0034, 0.0030)
        mesh = tube(path, radius, 8)
        cords.append(np.asarray(mesh.points, float))
        cord_faces.append(mesh.triangles + offset)
        offset += len(mesh.points)
    pieces.append(
        _carried("Cords", np.concatenate(cords), np.concatenate(cord_faces).astype(np.int32), cord, top, bones)
    )
    return pieces


def _posed(piece: Piece, bones: Array) -> Array:
    """Points of a skinned piece under one pose, shape [points, 3]."""
    assert piece.weights is not None
    blended = (piece.weights @ bones.reshape(len(bones), -1)).reshape(-1, 3, 4)
    return np.einsum("nij,nj->ni", blended[..., :3], piece.points) + blended[..., 3]


def _carried(name: str, points: Array, faces: Triangles, material: Material, carrier: Piece, bones: Array) -> Piece:
    """A piece in standing pose that moves with the nearest points of another."""
    assert carrier.weights is not None
    distance, near = KDTree(_posed(carrier, bones)).query(points, k=6)
    share = 1 / (distance + 0.004)
    share /= share.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(len(points)), 6)
    blend = sparse.csr_matrix((share.ravel(), (rows, near.ravel())), (len(points), carrier.weights.indptr.size - 1))
    weights = sparse.csr_matrix(blend @ carrier.weights)
    return Piece(name, unpose(points, weights, bones), faces, material, weights=weights)


def _smooth_ring(values: Array, times: int) -> Array:
    for _ in range(times):
        values = 0.5 * values + 0.25 * (np.roll(values, 1, axis=0) + np.roll(values, -1, axis=0))
    return values
