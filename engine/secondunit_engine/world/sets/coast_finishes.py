"""What the coast's shores share: timber, a boat's paint, far hills, and the sea that a weather raises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pxr import Usd

from secondunit_engine.motion.surf import Surf, along
from secondunit_engine.motion.waves import Sea
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh
from secondunit_engine.world.land.terrain import sample
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.textures import Surface, textured


def sea_of(plan: SetPlan) -> Sea:
    """The sea that a weather raises off this coast."""
    words = set(plan.weather)
    wind, swell = (13.0, 1.5) if "storm" in words else (9.0, 0.8) if words & {"wind", "windy"} else (5.5, 0.45)
    if words & {"calm", "fog", "mist"}:
        wind, swell = 3.0, 0.2
    return Sea(wind, 12_000.0, 18.0, 12.0, swell, 34.0, 8.0, seed=plan.seed)


def headland_cover(folder: Path, layout: int, wooded: float = 0.0) -> Material:
    """Scrub and rock, or woods, seen from far: a tile is 90 metres."""
    size = 1024
    patch, rough = textures.unit(textures.noise(layout + 931, size, 1.7), 1.6), textures.noise(layout + 933, size, 1.1)
    dry = (0.055, 0.070, 0.024) if wooded else (0.12, 0.105, 0.06)
    albedo = textures.blend((0.022, 0.036, 0.014) if wooded else (0.035, 0.050, 0.020), dry, patch)
    bare = (1 - wooded) * np.clip(textures.noise(layout + 935, size, 1.8) - 0.9, 0, 1)[..., None]
    albedo = albedo * (1 - bare) + np.array([0.17, 0.14, 0.105]) * bare
    albedo = albedo * np.clip(1 + 0.22 * rough, 0.4, 1.6)[..., None]
    height = np.clip(0.5 + 0.13 * rough + 0.1 * patch, 0, 1)
    surface = Surface(albedo.astype(np.float32), np.full((size, size), 0.95, np.float32), height.astype(np.float32))
    return textured(folder, "headland", surface, 4.0, specular=0.1)


def driftwood(folder: Path, seed: int) -> Material:
    """Timber that salt has silvered, dark in its grain; a tile is one metre."""
    return textured(
        folder, "old_timber", textures.wood(seed, (0.055, 0.048, 0.040), (0.24, 0.215, 0.18), gloss=0.8), 0.006
    )


def boat_materials(folder: Path, seed: int) -> dict[str, Material]:
    """A rowing boat's paint, chipped; bare wood inside."""
    paint = ((0.03, 0.10, 0.20), (0.32, 0.05, 0.035), (0.05, 0.20, 0.17), (0.55, 0.52, 0.45))[seed % 4]
    size = 512
    worn = np.clip((textures.noise(seed + 951, size, 1.5, (1, 3)) - 1.15) * 4, 0, 1)
    albedo = np.asarray(paint) * (1 + 0.08 * textures.noise(seed + 952, size, 1.2))[..., None]
    albedo = albedo * (1 - worn[..., None]) + worn[..., None] * np.array([0.27, 0.22, 0.16])
    surface = Surface(
        np.clip(albedo, 0.01, 0.9).astype(np.float32),
        (0.34 + 0.5 * worn).astype(np.float32),
        (0.6 - 0.3 * worn).astype(np.float32),
    )
    wood = textures.wood(seed + 953, (0.10, 0.062, 0.034), (0.30, 0.20, 0.115), 512, 0.5)
    trim = textures.wood(seed + 954, (0.07, 0.040, 0.02), (0.20, 0.12, 0.06), 512, 0.4)
    return {
        "hull": textured(folder, "boat_hull", surface, 0.002),
        "inside": textured(folder, "boat_inside", wood, 0.003),
        "trim": textured(folder, "boat_trim", trim, 0.003),
    }


def add_headland(stage: Usd.Stage, folder: Path, surf: Surf, layout: int) -> None:
    """Hills that the bay runs out to on the left, cliffs at their foot."""
    tile, fine = textures.noise(layout + 921, 512, 2.5), textures.noise(layout + 923, 512, 1.9)
    x = np.linspace(-2600, -90, 260)
    s = np.linspace(-1500, 60, 150)
    u, off = np.meshgrid(x, s)
    inland = np.clip((-off - 6 + 14 * sample(fine, u, off, 140.0)) / 40, 0, 1)
    away = np.clip((-u - 140) / 420, 0, 1) ** 1.1
    hill = np.clip((-off) / 420, 0, 1) ** 0.7
    rise = (
        inland * away * (26 + 95 * hill * (0.9 + 0.45 * sample(tile, u, off, 1300.0)) + 7 * sample(fine, u, off, 260.0))
    )
    y = np.where(inland > 0, np.maximum(rise, 0.2), -3.0)
    points = np.stack([u, y, along(surf, u, off)], axis=-1)
    uvs = np.stack([u, -off], axis=-1) / 90.0
    add_mesh(stage, f"{names.SET}/Headland", shapes.grid(points, uvs=uvs), headland_cover(folder, layout))
