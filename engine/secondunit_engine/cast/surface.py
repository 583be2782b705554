"""Surfaces as linear maps: each refinement is a sparse matrix from old points to new ones.

A refined surface therefore follows every pose and every facial action of the coarse one by a product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Quads = NDArray[np.int32]


@dataclass(frozen=True)
class Refined:
    """A finer surface: `points = matrix @ coarse_points`, and its quads, shape [quads, 4]."""

    matrix: sparse.csr_matrix
    quads: Quads

    @property
    def count(self) -> int:
        """How many points the finer surface has."""
        return int(self.matrix.indptr.size) - 1


def _edges(quads: Quads) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Unique edges [E, 2], the edge of each quad side [F, 4], and the number of faces at each edge [E]."""
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=-1)  # (F, 4, 2)
    unique, inverse, counts = np.unique(
        np.sort(sides.reshape(-1, 2), axis=1), axis=0, return_inverse=True, return_counts=True
    )
    return unique.astype(np.int32), inverse.reshape(quads.shape).astype(np.int32), counts.astype(np.int32)


def subdivide(quads: Quads, count: int, *, smooth: bool = True) -> Refined:
    """One Catmull-Clark step over quads of `count` points (Catmull and Clark 1978); borders stay B-splines.

    With `smooth=False` the surface keeps its shape (for texture coordinates).
    Unused points are kept, so indices of the old points stay valid.
    """
    edges, edge_of, faces_at = _edges(quads)
    face_count, edge_count = len(quads), len(edges)
    face_rows = np.repeat(np.arange(face_count), 4)
    face_points = sparse.csr_matrix((np.full(face_count * 4, 0.25), (face_rows, quads.ravel())), (face_count, count))
    ends = sparse.csr_matrix(
        (np.full(edge_count * 2, 0.5), (np.repeat(np.arange(edge_count), 2), edges.ravel())), (edge_count, count)
    )
    if smooth:
        touching = sparse.csr_matrix((np.ones(face_count * 4), (edge_of.ravel(), face_rows)), (edge_count, face_count))
        inner = (faces_at == 2).astype(float)
        edge_points = sparse.diags(1 - 0.5 * inner) @ ends + sparse.diags(0.25 * inner) @ touching @ face_points
        old_points = _moved_corners(quads, count, edges, faces_at, face_points, ends, face_rows)
    else:
        edge_points, old_points = ends, sparse.identity(count, format="csr")
    matrix = sparse.vstack([old_points, edge_points, face_points]).tocsr()
    corner, side = quads, edge_of + count  # (F, 4) each
    centre = np.arange(face_count)[:, None] + count + edge_count  # (F, 1)
    fine = np.stack(
        [corner, side, np.broadcast_to(centre, corner.shape), np.roll(side, 1, axis=1)], axis=-1
    )  # (F, 4, 4)
    return Refined(sparse.csr_matrix(matrix), fine.reshape(-1, 4).astype(np.int32))


def _moved_corners(
    quads: Quads,
    count: int,
    edges: NDArray[np.int32],
    faces_at: NDArray[np.int32],
    face_points: sparse.csr_matrix,
    ends: sparse.csr_matrix,
    face_rows: NDArray[np.intp],
) -> sparse.csr_matrix:
    """The vertex rule: (F + 2 R + (n - 3) P) / n inside, (P_left + 6 P + P_right) / 8 on a border."""
    identity = sparse.identity(count, format="csr")
    around = sparse.csr_matrix((np.ones(quads.size), (quads.ravel(), face_rows)), (count, len(quads)))
    valence = np.asarray(around.sum(axis=1)).ravel()
    safe = np.maximum(valence, 1)
    at_edge = sparse.csr_matrix(
        (np.ones(edges.size), (edges.ravel(), np.repeat(np.arange(len(edges)), 2))), (count, len(edges))
    )
    edge_valence = np.maximum(np.asarray(at_edge.sum(axis=1)).ravel(), 1)
    inside = (
        sparse.diags(1 / safe**2) @ around @ face_points
        + sparse.diags(2 / (safe * edge_valence)) @ at_edge @ ends
        + sparse.diags((safe - 3) / safe) @ identity
    )
    border = at_edge @ sparse.diags((faces_at == 1).astype(float))  # (count, E)
    border_edges = np.asarray(border.sum(axis=1)).ravel()
    on_border = border @ ends * 0.25 + 0.5 * identity  # two border edges: (P_l + P)/8 + (P + P_r)/8 + P/2
    choose_border = (border_edges == 2).astype(float)
    choose_inside = ((border_edges == 0) & (valence > 0)).astype(float)
    keep = 1 - choose_border - choose_inside
    return sparse.csr_matrix(
        sparse.diags(choose_inside) @ inside + sparse.diags(choose_border) @ on_border + sparse.diags(keep) @ identity
    )


def triangulate(quads: Quads) -> NDArray[np.int32]:
    """Two triangles a quad, shape [2 quads, 3]."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], axis=1).reshape(-1, 3)


def clip(triangles: NDArray[np.int32], values: NDArray[np.float64]) -> tuple[sparse.csr_matrix, NDArray[np.int32]]:
    """Cut a triangle mesh along the zero level of `values` [points] and keep where they are positive.

    Returns the matrix from old to new points (cut points are blends of two old ones) and the new triangles.
    """
    count = len(values)
    inside = values > 0
    kept = triangles[inside[triangles].all(axis=1)]
    mixed = triangles[inside[triangles].any(axis=1) & ~inside[triangles].all(axis=1)]
    pieces: list[list[int]] = []
    cuts: dict[tuple[int, int], int] = {}

    def cut(a: int, b: int) -> int:
        return cuts.setdefault((min(a, b), max(a, b)), count + len(cuts))

    for a, b, c in mixed.tolist():
        ring = [a, b, c]
        while not (inside[ring[0]] and not inside[ring[2]]):
            ring = ring[1:] + ring[:1]  # first is inside, last is outside
        p, q, r = ring
        if inside[q]:
            s, t = cut(q, r), cut(p, r)
            pieces += [[p, q, s], [p, s, t]]
        else:
            pieces.append([p, cut(p, q), cut(p, r)])
    pairs = np.asarray(list(cuts), np.int32).reshape(-1, 2)  # (K, 2)
    low, high = values[pairs[:, 0]], values[pairs[:, 1]]
    share = low / (low - high)  # (K,) how far from the first to the second
    rows = np.repeat(np.arange(len(pairs)), 2)
    blend = sparse.csr_matrix((np.stack([1 - share, share], 1).ravel(), (rows, pairs.ravel())), (len(pairs), count))
    matrix = sparse.vstack([sparse.identity(count, format="csr"), blend]).tocsr()
    result = np.concatenate([kept, np.asarray(pieces, np.int32).reshape(-1, 3)])
    used, renumbered = np.unique(result, return_inverse=True)
    return sparse.csr_matrix(matrix[used]), renumbered.reshape(-1, 3).astype(np.int32)


def border_points(triangles: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """True for points on an open edge, shape [count]."""
    edges = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    unique, faces_at = np.unique(edges, axis=0, return_counts=True)
    mask = np.zeros(count, bool)
    mask[unique[faces_at == 1].ravel()] = True
    return mask


def neighbours(triangles: NDArray[np.int32], count: int) -> sparse.csr_matrix:
    """Averages each point's neighbours, shape [count, count]."""
    edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    both = np.concatenate([edges, edges[:, ::-1]])
    matrix = sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), (count, count))
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1)) @ matrix)


def vertex_normals(points: NDArray[np.floating], triangles: NDArray[np.int32]) -> NDArray[np.float64]:
    """Area-weighted unit normals, shape [..., points, 3], for points of shape [..., points, 3]."""
    a, b, c = (points[..., triangles[:, corner], :] for corner in range(3))
    face = np.cross(b - a, c - a)  # (..., T, 3)
    rows = triangles.ravel()
    gather = sparse.csr_matrix(
        (np.ones(rows.size), (rows, np.repeat(np.arange(len(triangles)), 3))), (points.shape[-2], len(triangles))
    )
    flat = face.reshape(-1, len(triangles), 3)  # (B, T, 3)
    stacked = gather @ flat.transpose(1, 0, 2).reshape(len(triangles), -1)  # (N, B 3)
    normals = stacked.reshape(points.shape[-2], -1, 3).transpose(1, 0, 2).reshape(points.shape)
    return normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)


def across_folds(triangles: NDArray[np.int32]) -> NDArray[np.int32]:
    """Pairs of points that face each other over a side, shape [pairs, 2]."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    opposite = triangles[:, [2, 0, 1]].reshape(-1)
    order = np.lexsort(sides.T)
    sides, opposite = sides[order], opposite[order]
    same = (sides[1:] == sides[:-1]).all(axis=1)
    return np.stack([opposite[:-1][same], opposite[1:][same]], axis=1).astype(np.int32)
