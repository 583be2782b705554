"""The field's meadow: tall grass in drifts, seed heads over it, flowers, a trodden path, a fence and an old oak."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land import trees
from secondunit_engine.world.land.grassland import Tone, blades, ears, grass_material, heads
from secondunit_engine.world.land.planting import Group, plant
from secondunit_engine.world.land.scatter import sown
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_snowy
from secondunit_engine.world.mesh import Material, Mesh, scaled

Array = NDArray[np.floating]
# Rings of grass: distance from people and lenses [m], blades a square metre, how much taller, width [m], knees.
RINGS: Final = (
    (0.0, 3.2, 980.0, 1.0, 0.0048, 2),
    (3.2, 9.5, 190.0, 1.02, 0.011, 2),
    (9.5, 26.0, 34.0, 1.08, 0.030, 1),
    (26.0, 62.0, 5.0, 1.25, 0.085, 1),
)
_DRY: Final[dict[str, float]] = {"spring": 0.08, "summer": 0.24, "autumn": 0.62, "winter": 0.85}
GREEN: Final[dict[str, RGB]] = {
    "spring": (0.125, 0.225, 0.026),
    "summer": (0.118, 0.185, 0.026),
    "autumn": (0.140, 0.150, 0.034),
    "winter": (0.125, 0.112, 0.046),
}
_STRAW: Final[RGB] = (0.33, 0.262, 0.112)
_RUST: Final[RGB] = (0.21, 0.115, 0.055)
_FLOWERS: Final[tuple[tuple[RGB, RGB], ...]] = (  # eye and petals
    ((0.60, 0.40, 0.02), (0.82, 0.62, 0.02)),  # buttercup
    ((0.75, 0.50, 0.03), (0.84, 0.84, 0.78)),  # daisy
    ((0.02, 0.012, 0.012), (0.66, 0.045, 0.012)),  # poppy
    ((0.12, 0.06, 0.25), (0.13, 0.17, 0.70)),  # cornflower
    ((0.30, 0.10, 0.22), (0.56, 0.20, 0.46)),  # clover
)
_OAK: Final = (-10.5, -27.0)


def add_meadow(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, season: str) -> RGB:
    """Everything that grows and stands in it; the colour of its ground is returned."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 101]))
    green, dry = GREEN[season], _DRY[season]
    leaf: RGB = {"autumn": (0.26, 0.13, 0.02), "spring": (0.10, 0.18, 0.03)}.get(season, (0.06, 0.12, 0.024))
    oak = (Group(trees.FIELD_OAK, np.array([_OAK]), 0, (0.95, 0.95)),)
    plant(stage, folder, "Oak", terrain, oak, leaf, 17, bare=season == "winter")
    _add_fence(stage, terrain, layout_of(plan))
    if is_snowy(plan):
        _add_stalks(stage, folder, rng, terrain)
    else:
        _add_grass(stage, folder, plan, rng, terrain, green, dry)
        if season in ("spring", "summer"):
            _add_flowers(stage, folder, rng, terrain, 7500 if season == "spring" else 6000)
    mixed = (1 - 0.75 * dry) * np.asarray(green) + 0.75 * dry * np.asarray(_STRAW)
    r, g, b = (0.92 * mixed).tolist()
    return r, g, b


def from_lens(x: Array, z: Array) -> Array:
    """How far a place is from where people stand and cameras look along [m]."""
    t = np.clip((z + 2.5) / 13.0, 0, 1)
    return np.hypot(x - 1.4 * t, z + 2.5 - 13.0 * t)


def path(x: Array, z: Array) -> Array:
    """How far a place is from the middle of the trodden path, which winds along z [m]."""
    return np.abs(x - 0.9 * np.sin(0.13 * z) - 0.045 * z)


def tones_of(green: RGB, dry: float) -> tuple[Tone, ...]:
    """Fresh, yellowish, straw and rust-red blades; `dry` bleaches their tips."""

    def to(low: RGB, high: RGB, share: float) -> RGB:
        r, g, b = (np.asarray(low) * (1 - share) + np.asarray(high) * share).tolist()
        return r, g, b

    fresh, pale = to(green, _STRAW, 0.35 * dry), to(scaled(green, 1.5), _STRAW, 0.3 + 0.5 * dry)
    return (
        Tone(scaled(green, 0.22), fresh, pale),
        Tone(scaled(green, 0.26), to(green, _STRAW, 0.25 + 0.5 * dry), to(scaled(green, 1.9), _STRAW, 0.5)),
        Tone(scaled(green, 0.18), scaled(fresh, 0.8), scaled(pale, 0.85)),
        Tone((0.06, 0.048, 0.022), scaled(_STRAW, 0.85), scaled(_STRAW, 1.45)),
        Tone((0.05, 0.045, 0.022), to(_STRAW, _RUST, 0.5), scaled(_RUST, 1.3)),
    )


def _add_grass(
    stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator, terrain: Terrain, green: RGB, dry: float
) -> None:
    tones = tones_of(green, dry)
    material = grass_material(folder, "grass", tones)
    drift = textures.noise(plan.seed + 103, 512, 2.3)
    clump = textures.noise(plan.seed + 105, 512, 1.6)
    wind = (0.10, 0.05) if "wind" in plan.weather else (0.03, 0.015)
    for number, (near, far, each, taller, width, knees) in enumerate(RINGS):

        def kept(x: Array, z: Array, near: float = near, far: float = far) -> Array:
            away = from_lens(x, z)
            here = (away >= near) & (away < far)
            tuft = np.clip(0.72 + 0.42 * sample(clump, x, z, 2.6), 0.12, 1)
            return here * tuft * np.where(path(x, z) < 0.42, 0.55, 1.0)

        at = sown(rng, each, 0.0, far + 12.0, kept)
        lush = sample(drift, at[:, 0], at[:, 1], 17.0)
        trodden = np.exp(-((path(at[:, 0], at[:, 1]) / 0.55) ** 4))
        tall = taller * np.clip(0.33 + 0.10 * lush + 0.05 * sample(clump, at[:, 1], at[:, 0], 5.0), 0.14, 0.62)
        tall = tall * (1 - 0.80 * trodden) * rng.uniform(0.6, 1.15, len(at))
        odds = np.clip(dry + 0.22 * lush + 0.15 * sample(clump, at[:, 0], at[:, 1], 7.0), 0.04, 0.96)
        deal = rng.random(len(at))
        tone = np.where(deal < odds * 0.75, 3, np.where(deal < odds, 4, rng.integers(0, 3, len(at))))
        mesh = blades(rng, terrain.place(at, 0.01), tall, width, len(tones), tone, 0.55, wind, knees)
        add_mesh(stage, f"{names.SET}/Grass{number}", mesh, material, gives_way=True)
    _add_seed_heads(stage, folder, rng, terrain, dry)


def _add_seed_heads(stage: Usd.Stage, folder: Path, rng: np.random.Generator, terrain: Terrain, dry: float) -> None:
    """Tall stalks with feathery heads, over the rest."""
    stalk, head = (0.17, 0.16, 0.06), (0.30 + 0.1 * dry, 0.225, 0.12)
    tones = (Tone(stalk, scaled(head, 0.8), head), Tone(stalk, scaled(head, 0.6), scaled(_RUST, 1.1)))
    material = grass_material(folder, "seed_heads", tones)

    def kept(x: Array, z: Array) -> Array:
        return np.where(path(x, z) > 0.75, np.clip(1.2 - from_lens(x, z) / 24, 0, 1) ** 2, 0.0)

    at = sown(rng, 13.0, 0.0, 30.0, kept)
    feet, tall = terrain.place(at, 0.01), rng.uniform(0.48, 0.78, len(at))
    parts = [
        blades(rng, feet, tall, 0.0042, 2, np.zeros(len(at), int), 0.02, (0, 0), 1),
        ears(rng, feet, 0.93 * tall, 0.12, 0.016, 2, 0.4),
    ]
    add_mesh(stage, f"{names.SET}/SeedHeads", shapes.merge(parts), material, gives_way=True)


def _add_flowers(stage: Usd.Stage, folder: Path, rng: np.random.Generator, terrain: Terrain, count: int) -> None:
    """Flowers in drifts of their own kind, thinner further off; those far away are larger, so that they still show."""
    material = grass_material(folder, "flowers", [Tone(eye, scaled(petal, 0.9), petal) for eye, petal in _FLOWERS])
    centres, kinds, sizes = [], [], []
    for kind in range(len(_FLOWERS)):
        tile = textures.noise(kind + 131 + count, 256, 2.3)

        def kept(x: Array, z: Array, tile: Array = tile) -> Array:
            drift = np.clip(sample(tile, x, z, 15.0) * 0.8 - 0.2, 0.05, 1)
            return drift * np.where(path(x, z) > 0.7, np.clip(1.3 - from_lens(x, z) / 34, 0, 1) ** 2, 0.0)

        at = sown(rng, 24.0, 0.0, 40.0, kept)[: count // 3]
        feet = terrain.place(at)
        feet[:, 1] += rng.uniform(0.26, 0.50, len(at))
        centres.append(feet)
        kinds.append(np.full(len(at), kind))
        sizes.append(np.full(len(at), (0.030, 0.042, 0.070, 0.042, 0.032)[kind]))
    middles, size = np.concatenate(centres), np.concatenate(sizes)
    far = 1 + from_lens(middles[:, 0], middles[:, 2]) / 16
    parts = []
    for low, high in ((0, 1.25), (1.25, 2.0), (2.0, 99)):
        own = (far >= low) & (far < high)
        if own.any():
            scale = float((size[own] * far[own]).mean())
            parts.append(heads(rng, middles[own], scale, len(_FLOWERS), np.concatenate(kinds)[own]))
    add_mesh(stage, f"{names.SET}/Flowers", shapes.merge(parts), material, gives_way=True)


def _add_stalks(stage: Usd.Stage, folder: Path, rng: np.random.Generator, terrain: Terrain) -> None:
    """What of the grass stands out of snow: dry stalks, thinly."""
    tone = Tone((0.30, 0.28, 0.24), scaled(_STRAW, 0.8), scaled(_STRAW, 1.2))
    at = sown(rng, 9.0, 0.0, 26.0, lambda x, z: np.where(path(x, z) > 0.7, np.exp(-from_lens(x, z) / 12), 0.0))
    mesh = blades(rng, terrain.place(at, 0.02), rng.uniform(0.1, 0.45, len(at)), 0.005, 1, None, 0.5)
    add_mesh(stage, f"{names.SET}/Stalks", mesh, grass_material(folder, "stalks", (tone,)), gives_way=True)


def _add_fence(stage: Usd.Stage, terrain: Terrain, layout: int) -> None:
    """Split posts and two wires, which run off to the right."""
    rng = np.random.Generator(np.random.PCG64([layout, 107]))
    t = np.arange(0, 26)
    at = np.column_stack([5.2 + 0.93 * t, 1.0 - 3.1 * t])
    feet = terrain.place(at, 0.25)
    post = shapes.lathe([(0, 0), (0.062, 0), (0.055, 1.35), (0.03, 1.42), (0, 1.43)], 9)
    parts: list[Mesh] = []
    for foot in feet:
        lean = rng.normal(0, 0.035, 2)
        matrix = np.eye(4)
        matrix[0, 1], matrix[2, 1], matrix[:3, 3] = lean[0], lean[1], foot
        parts.append(shapes.transform(shapes.move(post, (0, 0, 0), rng.uniform(0, 360)), matrix))
    wood = Material("fence_post", base=(0.135, 0.118, 0.098), roughness=0.85, specular=0.2)
    add_mesh(stage, f"{names.SET}/FencePosts", shapes.merge(parts), wood)
    wires = []
    for height in (0.72, 1.12):
        line = feet + np.array([0, 0.25 + height, 0])
        middle = (line[:-1] + line[1:]) / 2 - np.array([0, 0.035, 0])
        run = np.stack([line[:-1], middle], axis=1).reshape(-1, 3)
        wires.append(shapes.tube(np.concatenate([run, line[-1:]]), 0.004, 4))
    wire = Material("wire", base=(0.22, 0.20, 0.18), metallic=0.6, roughness=0.5)
    add_mesh(stage, f"{names.SET}/FenceWires", shapes.merge(wires), wire)
