"""What cloth lies on: a closed skin that moves, found by its nearest points and measured by its triangles."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from secondunit_engine.cast.surface import vertex_normals
from secondunit_engine.motion.cloth.kernels import push_out

Array = NDArray[np.floating]

_ABOUT: Final = 2  # points of the body whose triangles are looked at
_REACH: Final = 0.06  # m: cloth further away from all of them is not near the body


class Skin:
    """A body in each frame."""

    def __init__(self, points: Array, triangles: NDArray[np.int32]) -> None:
        """points: [m], shape [F, B, 3]. triangles: Wound to look outwards, shape [T, 3]."""
        self.points = np.ascontiguousarray(points, np.float64)
        self.triangles = np.ascontiguousarray(triangles, np.int32)
        bare = not len(self.triangles)
        self.normals = self.points if bare else vertex_normals(self.points, self.triangles)  # (F, B, 3)
        self.around = (np.argsort(self.triangles.ravel(), kind="stable") // 3).astype(np.int32)
        counts = np.bincount(self.triangles.ravel(), minlength=self.points.shape[1])
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def between(self, frame: float) -> tuple[Array, Array]:
        """Points and normals at a frame, even between frames, shape [B, 3] each."""
        low = min(int(frame), len(self.points) - 1)
        high, share = min(low + 1, len(self.points) - 1), frame - low
        points, normals = (each[low] + share * (each[high] - each[low]) for each in (self.points, self.normals))
        return points, normals

    def near(self, places: Array, points: Array) -> NDArray[np.int32]:
        """The body's points that are nearest to each place, shape [N, 2]; as many as the body has where none is."""
        if not len(points):
            return np.zeros((len(places), _ABOUT), np.int32)
        _, found = KDTree(points).query(places, k=_ABOUT, distance_upper_bound=_REACH)
        return np.asarray(found, np.int32)

    def clear(self, places: Array, gap: Array, frame: int, movable: Array) -> tuple[Array, float]:
        """Places, shape [N, 3], moved at least `gap` [m], shape [N], out of the body of a frame where `movable` is
        above 0, and how deep the deepest was in it before [m]."""
        moved = np.array(places, np.float64)
        points, normals = self.between(frame)
        near = self.near(moved, points)
        depth = push_out(
            moved, moved.copy(), movable, gap, 0.0, near, self.starts, self.around, self.triangles, points, points,
            normals,
        )  # fmt: skip
        return moved, depth


NOBODY: Final = Skin(np.zeros((1, 0, 3)), np.zeros((0, 3), np.int32))
"""What a flag lies on."""
