"""Gothic stone that a building repeats: quadripartite vaults, their ribs, clustered piers and carved capitals.

Everything is made about the origin, Y up, in metres; a bay runs along Z.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import array, grid, lathe, merge, move, tube

Array = NDArray[np.floating]


def pointed_height(across: Array, half: float, rise: float) -> Array:
    """Height over the springing of a pointed vault of half-span `half` [m] that rises by `rise` [m] at its ridge."""
    radius = (half**2 + rise**2) / (2 * half)
    centre = half - radius
    return np.sqrt(np.maximum(radius**2 - (np.minimum(np.abs(across), half) - centre) ** 2, 0))


def vault(half: float, bay: float, spring: float, apex: float, steps: tuple[int, int] = (53, 25)) -> Mesh:
    """One bay of vault, two crossing pointed barrels seen from below; `steps` are points across and along."""
    x = np.linspace(-half, half, steps[0])[None, :]
    z = np.linspace(-bay / 2, bay / 2, steps[1])[:, None]
    rise = apex - spring
    y = spring + np.maximum(pointed_height(x, half, rise), pointed_height(z, bay / 2, rise))  # (Z, X)
    return grid(np.stack(np.broadcast_arrays(x, y, z), axis=-1))


def transverse_rib(half: float, spring: float, apex: float, radius: float) -> Mesh:
    """The rib that parts two bays."""
    x = np.linspace(-half, half, 49)
    height = spring + pointed_height(x, half, apex - spring)
    return tube(np.column_stack([x, height - 0.04, np.zeros(49)]), radius, 10)


def diagonal_ribs(half: float, bay: float, spring: float, apex: float, radius: float) -> Mesh:
    """The two ribs that cross in a bay, where its barrels meet, and the boss on their crossing."""
    x = np.linspace(-half, half, 49)
    rise = apex - spring
    height = spring + pointed_height(x, half, rise)
    z = np.linspace(0, bay / 2, 400)
    cross = np.interp(-pointed_height(x, half, rise), -pointed_height(z, bay / 2, rise), z)
    parts = [tube(np.column_stack([x, height - 0.02, slope * np.sign(x) * cross]), radius, 8) for slope in (-1, 1)]
    boss = lathe([[0, -0.22], [0.10, -0.20], [0.2, -0.10], [0.22, 0.0], [0.2, 0.1]], 16)
    return merge([*parts, move(boss, [0, apex - 0.02, 0], 0, radius / 0.10)])


def pier(top: float, core: float = 0.345) -> Mesh:
    """A clustered pier from the floor to `top` [m]: a core of radius `core` [m] with eight shafts, a moulded base, a
    bell capital with stiff leaves."""
    k = core / 0.345
    angle = np.linspace(0, 2 * np.pi, 65)[:-1]
    lobes = np.abs(np.cos(4 * angle)) ** 0.7

    def ring(radius: float, y: float, fluting: float) -> Array:
        r = radius * (1 - fluting + fluting * lobes)
        return np.stack([r * np.sin(angle), np.full(64, y), r * np.cos(angle)], axis=-1)

    def about(leaf: Mesh, radius: float, y: float, angles: Array) -> Mesh:
        return array(leaf, [[radius * np.sin(a), y, radius * np.cos(a)] for a in angles], np.degrees(angles))

    def turned(profile: list[list[float]], segments: int, crease: float = 35.0) -> Mesh:
        return lathe([[k * r, y] for r, y in profile], segments, crease)

    heights = [0.46, *np.linspace(0.62, top - 0.72, 7), top - 0.6]
    shaft = grid(np.stack([ring(core, y, 0.17) for y in heights]), closed_u=True)
    base = turned([[0.50, 0.0], [0.50, 0.22], [0.47, 0.25], [0.475, 0.29], [0.44, 0.33], [0.39, 0.36],
        [0.41, 0.40], [0.40, 0.44], [0.35, 0.48], [0.3, 0.5]], 32)  # fmt: skip
    plinth = turned([[0.60, 0], [0.60, 0.16], [0.55, 0.20], [0.3, 0.20]], 8, crease=5)
    flare = np.linspace(0, 1, 9)
    bell = [ring(core + 0.20 * k * t**2.2, top - 0.6 + 0.42 * t, 0.17 * (1 - t) + 0.03) for t in flare]
    capital = grid(np.stack(bell), closed_u=True)
    collar = turned([[0.34, top - 0.64], [0.385, top - 0.62], [0.385, top - 0.58], [0.34, top - 0.56]], 32)
    leaves = about(_leaf(), 0.40 * k, top - 0.40, angle[::8])
    leaves_low = about(_leaf(), 0.34 * k, top - 0.54, angle[4::8])
    abacus = turned([[0.5, top - 0.2], [0.57, top - 0.16], [0.57, top - 0.05], [0.54, top], [0.3, top]], 8, crease=5)
    return merge([plinth, base, shaft, collar, capital, leaves, leaves_low, move(abacus, [0, 0, 0], 22.5)])


def _leaf() -> Mesh:
    """A stiff leaf that curls outwards, facing +Z from its root."""
    t = np.linspace(0, 1, 7)[:, None]
    s = np.linspace(-1, 1, 5)[None, :]
    x = s * 0.075 * np.sin(np.pi * (0.15 + 0.8 * t)) * (1 - 0.4 * t)
    y = 0.20 * t + 0 * s - 0.05 * t**4
    z = 0.025 + 0.12 * t**3 - 0.03 * s**2 * t + 0.0 * s
    return grid(np.stack(np.broadcast_arrays(x, y, z), axis=-1))
