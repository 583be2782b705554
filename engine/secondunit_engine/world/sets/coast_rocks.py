"""The coast's rocks: a worn ledge over the sea, boulders that it washes round, stacks and cliffs further off."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.motion.surf import Surf, along, bed, offshore
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land import surfaces, undergrowth
from secondunit_engine.world.land.scatter import scatter
from secondunit_engine.world.land.shore import Shallows, add_shore_water
from secondunit_engine.world.land.terrain import Octave, Terrain, sample
from secondunit_engine.world.land.weather import is_wet
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.sets.coast_finishes import add_headland, headland_cover, sea_of
from secondunit_engine.world.textures import textured
from secondunit_engine.world.water import Water

Array = NDArray[np.floating]
_LEVEL: Final = -1.05  # m, of the sea
_SURF: Final = Surf(shore=5.6, slant=-0.24, bend=0.0010, slope=0.36, period=8.0, breaker=0.42, run=0.9)
_ROCKS: Final = ((0.20, 0.165, 0.13), (0.25, 0.18, 0.13), (0.15, 0.15, 0.148))


def add_rocks(stage: Usd.Stage, folder: Path, plan: SetPlan, layout: int) -> None:
    """Everything but the sky."""
    rock = _ROCKS[plan.seed // 3 % len(_ROCKS)]
    terrain = _terrain(layout)
    wet = is_wet(plan)
    surface = textured(folder, "ledge", surfaces.rock(layout + 1061, rock, 0.12), 0.10, specular=0.45 if wet else 0.25)
    add_mesh(stage, f"{names.SET}/Ledge", shapes.box_uv(terrain.mesh(0, 70, 400), 2.6), surface)
    far = headland_cover(folder, layout)
    add_mesh(stage, f"{names.SET}/Inland", terrain.mesh(70, 1_500, 400, 90.0), far)
    storm = bool({"storm", "rain", "overcast"} & set(plan.weather))
    body = (0.020, 0.046, 0.046) if storm else (0.006, 0.045, 0.055)
    shallows = Shallows(body, (0.05, 0.05, 0.035), 0.9, 1.35)
    add_shore_water(stage, folder, Water(_LEVEL, sea_of(plan), _SURF), shallows, rolls=False)
    _add_boulders(stage, folder, layout, terrain, rock)
    _add_stacks(stage, folder, layout)
    add_headland(stage, folder, _SURF, layout)
    _add_tufts(stage, plan, terrain)
    _add_pools(stage, layout, terrain)


def _terrain(layout: int) -> Terrain:
    """A ledge that steps down into the sea, and rises inland to a grown slope."""
    step, crag = textures.noise(layout + 1051, 512, 2.2), textures.noise(layout + 1053, 512, 2.4)

    def shape(x: Array, z: Array) -> Array:
        s = offshore(_SURF, x, z) + 0.9 * sample(step, x, z, 13.0) * np.clip((np.hypot(x, z) - 2.5) / 3, 0, 1)
        base = bed(_SURF, s, _LEVEL)
        ledges = np.round(base / 0.42 + 0.16 * sample(crag, z, x, 5.0)) * 0.42  # bedding: the rock breaks in steps
        rough = 0.08 * sample(crag, x, z, 7.0) + 0.03 * sample(step, z, x, 2.6)
        edge = np.clip((np.hypot(x, z) - 1.9) / 2.5, 0, 1)
        land = np.clip((-s - 16) / 60, 0, 1)
        return 0.3 * base + 0.7 * ledges + rough * edge + land**1.3 * (26 + 9 * sample(step, x, z, 190.0))

    return Terrain(layout * 101 + 23, (Octave(3.5, 0.03, 1.6, 3), Octave(60, 0.8, 12, 30)), shape)


def _add_boulders(stage: Usd.Stage, folder: Path, layout: int, terrain: Terrain, rock: RGB) -> None:
    """Boulders in the wash, some on the ledge away from where people walk."""
    rng = np.random.Generator(np.random.PCG64([layout, 91]))

    def density(x: Array, z: Array) -> Array:
        s = offshore(_SURF, x, z)
        seen = (np.abs(x - 0.8 * z) < 3.0) & (z > -1) & (z < 11)
        return np.where(seen, 0, 0.95 * np.exp(-(((s - 1.0) / 2.6) ** 2)) + 0.06 * (s < -3))

    at = scatter(rng, 3.2, 60, 1.35, density)
    parts = []
    for kind in range(6):
        here = at[kind::6]
        size = (
            (0.45 + 2.1 * rng.random((len(here), 1)) ** 2.2) * (1 + np.hypot(*here.T)[:, None] / 40) * np.ones((1, 3))
        )
        near = np.hypot(*here.T)[:, None] < 6
        size = np.where(near, np.minimum(size, 0.9), size)
        stone = undergrowth.stone(kind + 190, 24, 0.62 + 0.06 * kind, 0.42)
        foot = terrain.place(here)
        parts.append(shapes.array(stone, foot + 0.08 * size * [0, 1, 0], rng.uniform(0, 360, len(here)), size))
    dark = (0.6 * rock[0], 0.6 * rock[1], 0.6 * rock[2])
    surface = textured(folder, "boulders", surfaces.rock(layout + 1071, dark, 0.05), 0.06, specular=0.6)
    add_mesh(stage, f"{names.SET}/Boulders", shapes.box_uv(shapes.merge(parts), 1.6), surface)


def _add_stacks(stage: Usd.Stage, folder: Path, layout: int) -> None:
    """Stacks in the sea and the cliffs of the next headland, wall over wall to the left."""
    parts = []
    for k, (x, s, wide, tall) in enumerate(
        ((-24, 30, 10, 15), (-46, 46, 15, 24), (22, 70, 12, 9), (-75, 95, 26, 34), (-38, 22, 7, 5))
    ):
        stone = undergrowth.stone(layout + 205 + k, 72, 1.0, 0.9)
        z = float(along(_SURF, np.array(float(x)), np.array(float(s))))
        parts.append(shapes.move(stone, (x, _LEVEL + 0.30 * tall, z), 61.0 * k, (wide, 1.35 * tall, wide)))
    surface = textured(folder, "cliff", surfaces.rock(layout + 1091, (0.20, 0.17, 0.135), 0.1), 0.9, specular=0.2)
    add_mesh(stage, f"{names.SET}/Stacks", shapes.box_uv(shapes.merge(parts), 9.0), surface)


def _add_tufts(stage: Usd.Stage, plan: SetPlan, terrain: Terrain) -> None:
    """Thrift and salt grass in the cracks, thicker inland."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 92]))

    def density(x: Array, z: Array) -> Array:
        return np.clip((-offshore(_SURF, x, z) - 6.5) / 16, 0, 0.9)

    at = scatter(rng, 3.5, 60, 0.95, density)
    tufts = undergrowth.grass(rng, terrain.place(at, 0.02), 0.22, 40, 0.004, 0.9)
    add_mesh(stage, f"{names.SET}/Tufts", tufts, Material("tufts", base=(0.12, 0.14, 0.05), roughness=0.7))


def _add_pools(stage: Usd.Stage, layout: int, terrain: Terrain) -> None:
    """Water that the last high tide left in the hollows of the ledge: it shows the sky."""
    rng = np.random.Generator(np.random.PCG64([layout, 93]))
    at = scatter(rng, 1.6, 11, 1.5)
    at = at[offshore(_SURF, at[:, 0], at[:, 1]) < -1.5]
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    pools = []
    for x, z in at.tolist():
        reach = float(rng.uniform(0.35, 0.95))
        rim = terrain.height(x + reach * np.sin(around), z + reach * np.cos(around))
        brim = float(np.quantile(rim, 0.2))  # it runs out where the rim is low
        floor = float(terrain.height(np.array([x]), np.array([z]))[0])
        if brim - floor > -0.03:
            top = shapes.lathe([[reach, brim], [0, brim + 1e-4]], 24)
            pools.append(shapes.move(top, (x, 0.008, z)))
    water = Material("pools", base=(0.012, 0.016, 0.014), roughness=0.04, specular=0.25)
    add_mesh(stage, f"{names.SET}/Pools", shapes.merge(pools), water)
