"""Ground to the horizon: a height for every place, and one mesh of it that is finer near the hero.

The mesh is a log-polar grid: a ring's cells are as deep as they are wide, so that a cell covers about the same angle
from the hero's mark wherever it lies (a clipmap's idea; Losasso and Hoppe, "Geometry clipmaps", 2004). Within a few
metres of the hero the ground is level, because people and the planner's floor stand on y = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.world import textures
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import smooth

Array = NDArray[np.floating]
_TILE: Final = 512  # texels of a tile of relief


@dataclass(frozen=True)
class Octave:
    """One scale of relief: a tile `size` metres wide that rises `height` metres a deviation, from `start` metres
    away from the hero on, and wholly `over` metres further."""

    size: float
    height: float
    start: float
    over: float
    slope: float = 2.4


class Terrain:
    """Heights [m] over the plane, as a sum of octaves of tiling noise and of what else shapes the land.

    `shape` takes x and z [m] and gives a height [m] that is added as it is.
    """

    def __init__(self, seed: int, octaves: tuple[Octave, ...], shape: Callable[[Array, Array], Array] | None = None):
        self._octaves = octaves
        self._tiles = [textures.noise(seed + 17 * n, _TILE, octave.slope) for n, octave in enumerate(octaves)]
        self._shape = shape

    def height(self, x: Array, z: Array) -> Array:
        """The ground's height [m] at places [m]; all of one shape."""
        x, z = np.asarray(x, float), np.asarray(z, float)
        away = np.hypot(x, z)
        total = np.zeros(np.broadcast(x, z).shape)
        for octave, tile in zip(self._octaves, self._tiles, strict=True):
            rises = _ease((away - octave.start) / octave.over)
            # Relief is taken from its value at the hero, so that no step stands about the level floor.
            total += octave.height * rises * (sample(tile, x, z, octave.size) - tile[0, 0])
        return total if self._shape is None else total + self._shape(x, z)

    def place(self, places: Array, sink: float = 0.0) -> Array:
        """Places (x, z) [m], shape [N, 2], on the ground, shape [N, 3]; `sink` metres into it."""
        return np.column_stack([places[:, 0], self.height(places[:, 0], places[:, 1]) - sink, places[:, 1]])

    def mesh(self, near: float, far: float, sides: int = 320, tile: float = 3.0) -> Mesh:
        """The ground between two distances [m] from the hero; texture coordinates repeat each `tile` metres.

        `near` 0 closes the middle. A mesh that goes on where another ended needs the same `sides`.
        """
        first = near if near > 0 else 0.4
        step = 2 * np.pi / sides
        rings = max(2, round(np.log(far / first) / step) + 1)
        radius = np.geomspace(first, far, rings)
        if near == 0:
            radius = np.concatenate([[0.0], radius])
        angle = np.arange(sides) * step
        x, z = radius[:, None] * np.sin(angle), radius[:, None] * np.cos(angle)  # (R, S)
        points = np.stack([x, self.height(x, z), z], axis=-1).reshape(-1, 3)
        index = np.arange(len(points)).reshape(len(radius), sides)
        here, beside = index, np.roll(index, -1, axis=1)
        a, b, c, d = here[:-1], here[1:], beside[1:], beside[:-1]
        triangles = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)], axis=2).reshape(-1, 3)
        if near == 0:
            triangles = triangles.reshape(len(radius) - 1, sides, 2, 3)
            triangles = np.concatenate([triangles[0, :, 0], triangles[1:].reshape(-1, 3)])
        uvs = points[:, [0, 2]] / tile
        return smooth(Mesh(points.astype(np.float32), triangles.astype(np.int32), uvs=uvs.astype(np.float32)))


def sample(tile: Array, x: Array, z: Array, size: float) -> Array:
    """A square tile of noise, `size` metres wide, at places [m]."""
    at = np.stack(np.broadcast_arrays(z, x)) / size * len(tile)
    return ndimage.map_coordinates(tile, at, order=1, mode="grid-wrap")


def _ease(t: Array) -> Array:
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)
