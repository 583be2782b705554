"""The field's wheat: ripe corn ear by ear, a lane through it; green in spring, stubble in autumn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land import trees
from secondunit_engine.world.land.grassland import Tone, blades, ears, grass_material
from secondunit_engine.world.land.planting import Group, plant
from secondunit_engine.world.land.scatter import sown
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_snowy
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.sets.field_meadow import from_lens
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_LANE: Final = 0.78  # m from the middle of the lane to where the corn stands
# Rings: distance [m], stalks a square metre, width of a stalk and of an ear [m].
_RINGS: Final = ((0.0, 3.0, 300.0, 0.0042, 0.0115), (3.0, 9.0, 110.0, 0.009, 0.019), (9.0, 26.0, 11.0, 0.022, 0.040))
_CANOPY: Final = (7.5, 64.0)  # m between which a surface fills the corn
_OAK: Final = (-13.0, -33.0)


def add_wheat(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, season: str) -> RGB:
    """Everything that grows and stands in it; the colour of its ground is returned."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 151]))
    leaf: RGB = {"autumn": (0.26, 0.13, 0.02), "spring": (0.10, 0.18, 0.03)}.get(season, (0.06, 0.12, 0.024))
    oak = (Group(trees.FIELD_OAK, np.array([_OAK]), 0, (0.9, 0.9)),)
    plant(stage, folder, "Oak", terrain, oak, leaf, 23, bare=season == "winter")
    ripe, tall = {"spring": ((0.105, 0.185, 0.032), 0.42)}.get(season, ((0.47, 0.335, 0.125), 0.78))
    if season in ("autumn", "winter"):
        _add_stubble(stage, folder, rng, terrain, snowy=is_snowy(plan))
        if season == "autumn":
            _add_bales(stage, folder, plan, terrain)
        return (0.27, 0.21, 0.11) if season == "autumn" else (0.20, 0.165, 0.10)
    _add_corn(stage, folder, plan, rng, terrain, ripe, tall)
    _add_canopy(stage, folder, plan, terrain, ripe, tall)
    return scaled(ripe, 1.0)


def lane(x: Array, z: Array) -> Array:
    """How far a place is from the middle of the lane [m], which bends away in the distance."""
    return np.abs(x - 0.0009 * np.sign(z) * z**2 - 0.012 * z)


def _add_corn(
    stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator, terrain: Terrain, ripe: RGB, tall: float
) -> None:
    foot: RGB = (0.10, 0.078, 0.032) if ripe[0] > ripe[1] else (0.02, 0.035, 0.010)
    tones = (
        Tone(foot, scaled(ripe, 0.62), scaled(ripe, 1.12)),
        Tone(scaled(foot, 0.8), scaled(ripe, 0.50), scaled(ripe, 0.92)),
        Tone(foot, (0.86 * ripe[0], 0.80 * ripe[1], 0.6 * ripe[2]), (1.32 * ripe[0], 1.25 * ripe[1], 1.1 * ripe[2])),
        Tone(foot, (0.50 * ripe[0], 0.62 * ripe[1], 0.45 * ripe[2]), (0.86 * ripe[0], 0.96 * ripe[1], 0.8 * ripe[2])),
    )
    material = grass_material(folder, "corn", tones)
    drift = textures.noise(plan.seed + 153, 512, 2.4)
    for number, (near, far, each, width, ear) in enumerate(_RINGS):

        def kept(x: Array, z: Array, near: float = near, far: float = far) -> Array:
            away, edge = from_lens(x, z), lane(x, z)
            return ((away >= near) & (away < far)) * np.clip((edge - _LANE) / 0.12, 0, 1)

        at = sown(rng, each, 0.0, far + 12.0, kept)
        if number < 2:  # sown in rows
            at[:, 0] = 0.13 * np.round(at[:, 0] / 0.13) + rng.normal(0, 0.022, len(at))
        grown = tall * (1 + 0.06 * sample(drift, at[:, 0], at[:, 1], 13.0)) * rng.uniform(0.84, 1.06, len(at))
        feet = terrain.place(at, 0.01)
        own = rng.integers(0, len(tones), len(at))
        parts = [
            blades(rng, feet, grown, width, len(tones), own, 0.10, (0.05, 0.02), 1),
            ears(rng, feet, grown, 0.095 + 0.9 * ear, ear, len(tones), 0.75),
        ]
        if number == 0:  # and its leaves
            low = feet[::3] + np.array([0, 1.0, 0]) * (rng.uniform(0.15, 0.45, len(feet[::3])) * tall)[:, None]
            parts.append(blades(rng, low, 0.26 * tall, 0.0065, len(tones), own[::3], 1.1, (0, 0), 2))
        add_mesh(stage, f"{names.SET}/Corn{number}", shapes.merge(parts), material, gives_way=True)


def _add_canopy(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, ripe: RGB, tall: float) -> None:
    """What fills a field of corn seen aslant: a rough surface under the ears, open where the lane is."""

    def height(x: Array, z: Array) -> Array:
        away = np.clip((np.hypot(x, z) - _CANOPY[0]) / 5.0, 0, 1)
        corn = np.clip((lane(x, z) - _LANE - 0.1) / 0.35, 0, 1) * away
        return terrain.height(x, z) - 0.3 + corn * (0.3 + 0.80 * tall)

    tile = _canopy(plan.seed % 5 + 157, ripe)
    material = textured(folder, "canopy", tile, 0.20, specular=0.1)
    mesh = Terrain(0, (), height).mesh(*_CANOPY, 340, 3.0)
    add_mesh(stage, f"{names.SET}/Canopy", mesh, material, gives_way=True)


def _canopy(seed: int, ripe: RGB, size: int = 1024) -> Surface:
    """Ears seen from above, dark between them; a tile is three metres."""
    fine, clump = textures.noise(seed, size, 0.3), textures.unit(textures.noise(seed + 1, size, 1.2))
    cloud = textures.noise(seed + 2, size, 2.2)
    light = np.clip(0.42 + 0.20 * fine + 0.30 * (clump - 0.5), 0, 1)
    albedo = textures.blend(scaled(ripe, 0.45), scaled(ripe, 1.15), light) * (1 + 0.04 * cloud)[..., None]
    return Surface(albedo.astype(np.float32), np.full((size, size), 0.9, np.float32), light.astype(np.float32))


def _add_stubble(stage: Usd.Stage, folder: Path, rng: np.random.Generator, terrain: Terrain, *, snowy: bool) -> None:
    """Cut straw in rows a hand apart."""
    foot: RGB = (0.62, 0.65, 0.68) if snowy else (0.14, 0.105, 0.05)
    tones = [Tone(foot, scaled((0.33, 0.265, 0.135), by), scaled((0.42, 0.34, 0.18), by)) for by in (0.8, 1.0, 1.25)]
    material = grass_material(folder, "stubble", tones)
    rings = ((0.0, 3.4, 420.0, 0.006, 2), (3.4, 10.0, 120.0, 0.012, 1), (10.0, 40.0, 9.0, 0.035, 1))
    for number, (near, far, each, width, knees) in enumerate(rings):

        def kept(x: Array, z: Array, near: float = near, far: float = far) -> Array:
            away = from_lens(x, z)
            return np.where((away >= near) & (away < far), 1.0, 0.0) * np.where(
                np.abs(lane(x, z) - 0.85) < 0.22, 0.15, 1.0
            )

        at = sown(rng, each * (0.35 if snowy else 1), 0.0, far + 12.0, kept)
        at[:, 0] = 0.16 * np.round(at[:, 0] / 0.16) + rng.normal(0, 0.018, len(at))
        lies = rng.random(len(at)) < 0.22
        tall = np.where(lies, 0.22, 0.15) * rng.uniform(0.7, 1.1, len(at))
        feet = terrain.place(at, 0.01)
        for part, lean in ((~lies, 0.18), (lies, 2.4)):
            mesh = blades(rng, feet[part], tall[part], width, len(tones), None, lean, (0, 0), knees)
            add_mesh(stage, f"{names.SET}/Stubble{number}{'Lying' if lean > 1 else ''}", mesh, material, gives_way=True)


def _add_bales(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain) -> None:
    """Round bales of straw, wound and frayed, lying about the field; none so near that it bounds the floor."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 163]))
    size = 512
    wound = textures.noise(plan.seed + 165, size, 1.2, (1, 14))
    straw = textures.blend((0.16, 0.12, 0.055), (0.42, 0.33, 0.16), textures.unit(wound, 1.2))
    surface = Surface(straw, np.full((size, size), 0.95, np.float32), textures.unit(wound).astype(np.float32))
    profile = [(0, 0), (0.55, 0.0), (0.70, 0.03), (0.75, 0.12), (0.755, 0.6), (0.75, 1.12), (0.70, 1.21), (0, 1.23)]
    bale = shapes.stand_up(shapes.lathe(profile, 40))
    at = np.array([[-17, -13], [14.5, -20], [-6, -40], [27, -46], [-34, -52], [8, -68], [-20, 22], [24, 12]])
    at = at + rng.normal(0, 1.2, at.shape)
    feet = terrain.place(at, -0.69)
    mesh = shapes.array(bale, feet, rng.uniform(0, 360, len(at)), np.ones((len(at), 3)))
    add_mesh(stage, f"{names.SET}/Bales", mesh, textured(folder, "bale", surface, 0.03, specular=0.1))
