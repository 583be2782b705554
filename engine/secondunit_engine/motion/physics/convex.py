"""Triangles that stand still as convex pieces, which is all that a rigid solver collides with.

Sets are made of closed parts such as boxes, boards and turned legs, most of them convex: a part that lies on its own
hull becomes that hull. Any other part becomes slabs behind its faces, one for each flat convex patch.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, QhullError

from secondunit_engine.motion.physics.scene import Array, Hull, Material

_WELD: Final = 1e-4  # m within which corners are one
_ON_HULL: Final = 0.002  # m from its hull within which a convex part lies
_SLAB: Final = 0.03  # m of a slab behind its face
_FINE: Final = 900  # triangles from which a part is taken for its hull, unless a body is within
_FLAT: Final = 0.02  # of a patch's area that its outline may have more


def convex_pieces(triangles: Array, clear: Array, material: Material) -> tuple[Hull, ...]:
    """Convex pieces of triangles [m], shape [T, 3, 3]. Places in `clear`, shape [N, 3], are those of bodies: no piece
    may hold them, and slabs lie behind the faces as seen from them."""
    if not len(triangles):
        return ()
    pieces: list[Hull] = []
    for part in _parts(triangles):
        hull = _hull_if_convex(part, clear)
        pieces += [Hull(hull, material)] if hull is not None else _slabs(part, clear, material)
    return tuple(pieces)


def _welded(triangles: Array) -> tuple[Array, NDArray[np.integer]]:
    """Corners without doubles, shape [P, 3], and the triangles' indices into them, shape [T, 3]."""
    _, first, index = np.unique(
        np.round(triangles.reshape(-1, 3) / _WELD).astype(np.int64), axis=0, return_index=True, return_inverse=True
    )
    return triangles.reshape(-1, 3)[first], index.reshape(-1, 3)


def _grouped(count: int, ones: NDArray[np.integer], others: NDArray[np.integer]) -> NDArray[np.integer]:
    """The group of each of `count` things, of which pairs belong together."""
    links = coo_matrix((np.ones(len(ones)), (ones, others)), shape=(count, count))
    return connected_components(links, directed=False)[1]


def _parts(triangles: Array) -> list[Array]:
    """Triangles that share corners, part by part."""
    points, index = _welded(triangles)
    group = _grouped(len(points), index[:, [0, 1]].reshape(-1), index[:, [1, 2]].reshape(-1))[index[:, 0]]
    order = np.argsort(group, kind="stable")
    return np.split(triangles[order], np.flatnonzero(np.diff(group[order])) + 1)


def _hull_if_convex(part: Array, clear: Array) -> Array | None:
    """The corners of a part's hull, if the part is (about) all that it encloses and no body is within."""
    points = np.unique(part.reshape(-1, 3), axis=0)
    try:
        hull = ConvexHull(points)
    except (QhullError, ValueError):
        return None  # flat: a slab
    if len(clear) and (clear @ hull.equations[:, :3].T + hull.equations[:, 3] < _ON_HULL).all(axis=1).any():
        return None
    middles = part.mean(axis=1)  # (T, 3)
    away = -(middles @ hull.equations[:, :3].T + hull.equations[:, 3]).max(axis=1)  # from the nearest face of the hull
    return points[hull.vertices] if away.max() < _ON_HULL or len(part) > _FINE else None


def _slabs(part: Array, clear: Array, material: Material) -> list[Hull]:
    """A slab behind each flat patch of a part."""
    normals = np.cross(part[:, 1] - part[:, 0], part[:, 2] - part[:, 0])
    area = np.linalg.norm(normals, axis=1)
    part, normals = part[area > 1e-9], normals[area > 1e-9] / area[area > 1e-9, None]
    slabs: list[Hull] = []
    for patch, normal in _patches(part, normals):
        corners = np.unique(patch.reshape(-1, 3), axis=0)
        behind = -normal
        if len(clear):
            middle = corners.mean(axis=0)
            nearest = clear[np.argmin(np.linalg.norm(clear - middle, axis=1))]
            behind = -normal if (nearest - middle) @ normal >= 0 else normal
        shapes = [corners] if _fills(corners, patch, normal) else list(patch)
        slabs += [Hull(np.concatenate([shape, shape + _SLAB * behind]), material) for shape in shapes]
    return slabs


def _patches(part: Array, normals: Array) -> list[tuple[Array, Array]]:
    """Triangles of one plane that share corners, patch by patch with its normal."""
    offset = np.einsum("ij,ij->i", part[:, 0], normals)
    plane = np.unique(
        np.round(np.column_stack([normals * 200, offset * 2000])).astype(int), axis=0, return_inverse=True
    )
    planes = plane[1].reshape(-1)
    found: list[tuple[Array, Array]] = []
    for number in range(int(planes.max(initial=-1)) + 1):
        own = part[planes == number]
        found += [(patch, normals[planes == number][0]) for patch in _parts(own)]
    return found


def _fills(corners: Array, patch: Array, normal: Array) -> bool:
    """Whether a flat patch is all of its outline."""
    if len(patch) == 1:
        return True
    _, _, axes = np.linalg.svd(np.eye(3) - np.outer(normal, normal))
    try:
        outline = ConvexHull(corners @ axes[:2].T)
    except (QhullError, ValueError):
        return False
    area = np.linalg.norm(np.cross(patch[:, 1] - patch[:, 0], patch[:, 2] - patch[:, 0]), axis=1).sum() / 2
    return bool(outline.volume < area * (1 + _FLAT))
