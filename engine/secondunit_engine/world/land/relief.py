"""Far land as one grid about the hero, finer where the cameras look, and one picture painted over all of it.

A texel belongs to a place, so that snow, scree and forest lie where height and slope say; near by, where a texel would
be seen, tiles take over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import smooth

Array = NDArray[np.floating]
_FRONT: Final = np.pi  # the cameras look along -Z
_FOCUS: Final = 0.36  # how far apart columns are in front, against the mean
_FINE: Final = 2  # texels a cell, each way


@dataclass(frozen=True)
class Relief:
    """Land at the texels: x, y, z [m], shape [R, S], rings outwards and columns about the hero.

    slope: 0 level to 1 upright. hollow: How far it lies under what is about it, against its distance; both [R, S].
    """

    x: Array
    y: Array
    z: Array
    slope: Array
    hollow: Array

    @property
    def away(self) -> Array:
        return np.hypot(self.x, self.z)

    def mesh(self, fine: int = _FINE) -> Mesh:
        """The ground, cells `fine` texels wide; texture coordinates are those of a picture with a texel a place."""
        rows, columns = self.x.shape
        points = np.stack([self.x, self.y, self.z], axis=-1)[::fine, ::fine]
        points = np.concatenate([points, points[:, :1]], axis=1)  # closed, with a seam in the texture
        v = 1 - (np.arange(0, rows, fine) + 0.5) / rows
        u = (np.arange(0, columns + 1, fine) + 0.5) / columns
        uvs = np.stack(np.broadcast_arrays(u[None], v[:, None]), axis=-1)
        index = np.arange(len(v) * len(u)).reshape(len(v), len(u))
        a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
        triangles = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)], axis=2).reshape(-1, 3)
        flat = points.reshape(-1, 3).astype(np.float32)
        return smooth(Mesh(flat, triangles.astype(np.int32), uvs=uvs.reshape(-1, 2).astype(np.float32)))


def survey_relief(
    height: Callable[[Array, Array], Array], near: float, far: float, rings: int = 800, columns: int = 1360
) -> Relief:
    """The land between two distances [m] from the hero; `height` gives it at x and z [m]. A skirt goes under what
    lies nearer. Rings and columns are texels; cells of the mesh are usually twice as wide."""
    turn = np.linspace(-1, 1, columns, endpoint=False)
    angle = _FRONT + np.pi * ((1 - _FOCUS) * turn**3 + _FOCUS * turn)
    radius = np.geomspace(near, far, rings)
    x, z = radius[:, None] * np.sin(angle), radius[:, None] * np.cos(angle)  # (R, S)
    y = height(x, z)
    # Slopes over two texels, outwards and about the hero.
    along = np.gradient(y, axis=0) / np.gradient(radius)[:, None]
    apart = np.mod(np.roll(angle, -1) - np.roll(angle, 1), 2 * np.pi)
    about = (np.roll(y, -1, axis=1) - np.roll(y, 1, axis=1)) / (radius[:, None] * apart)
    slope = 1 - 1 / np.sqrt(1 + along**2 + about**2)
    mean = ndimage.uniform_filter1d(ndimage.uniform_filter1d(y, 9, axis=1, mode="wrap"), 9, axis=0)
    hollow = (mean - y) / (radius[:, None] * 0.012)
    y[:_FINE] -= 0.4  # the skirt
    return Relief(x, y, z, slope, hollow)
