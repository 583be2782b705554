"""What acts on bodies without touching them: air that drags, water that carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from secondunit_engine.motion.physics.mass import thick, volume_of
from secondunit_engine.motion.physics.rigid import Motion
from secondunit_engine.motion.physics.scene import Array, Ball, Body, Hull, Scene

AIR: Final = 1.204  # kg/m3 at 20 degrees
WATER: Final = 998.0  # kg/m3 at 20 degrees

Surface = Callable[[Array, Array, float], Array]
"""The height [m] of water at places x and z [m] and a time [s]."""

_ACROSS: Final = 8  # voxels along a body's shortest side
_MOST: Final = 2000  # voxels of a body
_VISCOUS: Final = 2.0  # 1/s by which water slows what is in it when that is slow: of the mass of water displaced
_FORM: Final = 1.0  # drag coefficient of what moves fast through water, on the area of a voxel's face


class AirDrag:
    """Quadratic drag, F = -1/2 rho C A |v| v, against air that moves by `wind` [m/s] at places [m] and a time [s]."""

    def __init__(
        self,
        scene: Scene,
        area: Mapping[str, float],
        wind: Callable[[Array, float], Array] = lambda places, time: np.zeros_like(places),
    ) -> None:
        """`area` is C times A [m2] by the name of a body; who is not named is not dragged."""
        self._drag = 0.5 * AIR * np.array([area.get(body.name, 0.0) for body in scene.bodies])
        self._wind = wind

    def __call__(self, time: float, motion: Motion) -> Array:
        through = motion.velocities - self._wind(motion.poses[:, :3, 3], time)  # (B, 3)
        force = -(self._drag * np.linalg.norm(through, axis=1))[:, None] * through
        return np.concatenate([force, np.zeros_like(force)], axis=1)


class Buoyancy:
    """Water that carries: each voxel of a body is pushed up by the water it displaces and slowed by it (Archimedes).

    A voxel counts by the share of it that is under the surface, so that a draught is exact for level water.
    """

    def __init__(self, scene: Scene, surface: Surface, density: float = WATER) -> None:
        self._surface, self._density = surface, density
        self._up = -np.array(scene.gravity)
        self._voxels = [_voxels(body) for body in scene.bodies]

    def __call__(self, time: float, motion: Motion) -> Array:
        return np.array([self._wrench(n, time, motion) for n in range(len(self._voxels))])

    def _wrench(self, number: int, time: float, motion: Motion) -> Array:
        places, size, volume = self._voxels[number]
        if not len(places):
            return np.zeros(6)
        arms = places @ motion.poses[number, :3, :3].T  # (V, 3) from the centre, in the world
        at = arms + motion.poses[number, :3, 3]
        under = self._surface(at[:, 0], at[:, 2], time) - at[:, 1]  # (V,) m below the surface
        tall = float(np.abs(motion.poses[number, 1, :3]) @ size)  # of a voxel as it lies
        wet = np.clip(under / tall + 0.5, 0, 1)
        displaced = self._density * volume * wet  # (V,) kg of water
        through = motion.velocities[number] + np.cross(motion.spins[number], arms)
        fast = 0.5 * _FORM * np.linalg.norm(through, axis=1) / size.mean()
        force = displaced[:, None] * (self._up - (_VISCOUS + fast)[:, None] * through)
        return np.concatenate([force.sum(axis=0), np.cross(arms, force).sum(axis=0)])


def _voxels(body: Body) -> tuple[Array, Array, float]:
    """Places in a body's colliders on a raster [m], shape [V, 3], the raster [m], shape [3], and the volume of each
    [m3]."""
    if not body.colliders:
        return np.zeros((0, 3)), np.ones(3), 0.0
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for shape in body.colliders:
        points = shape.points if isinstance(shape, Hull) else shape.middle + shape.radius * np.array([[-1.0], [1.0]])
        low, high = np.minimum(low, points.min(axis=0)), np.maximum(high, points.max(axis=0))
    extent = np.maximum(high - low, 1e-4)
    size = float(max(extent.min() / _ACROSS, (extent.prod() / _MOST) ** (1 / 3)))
    counts = np.maximum(1, np.round(extent / size)).astype(int)
    axes = [low[k] + (np.arange(counts[k]) + 0.5) * extent[k] / counts[k] for k in range(3)]
    places = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    inside = np.logical_or.reduce([_within(shape, places) for shape in body.colliders])
    places = places[inside] if inside.any() else places.mean(axis=0, keepdims=True)
    return places, extent / counts, volume_of(body.colliders) / len(places)


def _within(shape: Hull | Ball, places: Array) -> NDArray[np.bool_]:
    if isinstance(shape, Ball):
        return np.asarray(np.linalg.norm(places - shape.middle, axis=1) <= shape.radius)
    faces = ConvexHull(thick(shape.points)).equations
    return np.asarray((places @ faces[:, :3].T + faces[:, 3] <= 1e-9).all(axis=1), bool)
