"""A desert to the horizon: dunes combed by one wind, or badlands with table mountains; stones, dry shrubs, a dead tree.

The seed's layout chooses the land (great dunes, stony badlands, a low sea of sand) and where stones lie, since they
bound the floor; the seed deals shrubs and sky. The wind blows along +X: windward slopes are long, lee slopes stand at
the angle of repose, and ripples lie across it. Light groups: `sun`, `sky`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Aerial, Fog, Motes, add_air
from secondunit_engine.world.author import RGB, add_mesh, new_layer
from secondunit_engine.world.land import surfaces, trees, undergrowth
from secondunit_engine.world.land.open_air import add_open_sky
from secondunit_engine.world.land.scatter import clear_of, scatter
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Octave, Terrain, sample
from secondunit_engine.world.land.weather import is_wet
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.sky import Sky
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_SUN: Final = 118.0  # bearing of the sun: from the side and a little behind the hero, so that every ripple has a shadow
_WIDE: Final[dict[str, View]] = {
    "EWS": ((1.9, 0.95, 10.4), (-0.4, 2.3, 0.0)),
    "WS": ((1.3, 0.90, 6.8), (-0.2, 1.5, 0.0)),
}
_HORIZON: Final = 9_000.0  # m


@dataclass(frozen=True)
class Land:
    """crest, wave: Height of the dunes and metres from one to the next. mesa: Height of table mountains [m].
    stony: 0 to 1, how much rock and gravel there is. shrubs: metres between them."""

    crest: float
    wave: float
    mesa: float
    stony: float
    shrubs: float
    sand: RGB
    rock: RGB


LANDS: Final = (
    Land(17.0, 92.0, 0.0, 0.10, 7.0, (0.46, 0.27, 0.125), (0.23, 0.14, 0.085)),
    Land(1.6, 40.0, 95.0, 1.0, 2.6, (0.31, 0.155, 0.080), (0.28, 0.115, 0.060)),
    Land(5.0, 34.0, 0.0, 0.0, 12.0, (0.56, 0.42, 0.26), (0.25, 0.20, 0.15)),
)


def build_desert(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    land = LANDS[layout % len(LANDS)]
    stage = new_layer(folder / "set.usdc")
    terrain = _terrain(land, layout)
    stones = _stones(np.random.Generator(np.random.PCG64([layout, 61])), land)
    _add_ground(stage, folder, plan, land, terrain)
    _add_stones(stage, folder, land, layout, terrain, stones)
    _add_shrubs(stage, plan, land, terrain, stones)
    _add_dead_tree(stage, folder, layout, terrain)
    sky = add_open_sky(stage, folder, plan, land.sand, season=plan.season, clouds=0.12)
    _add_air(stage, plan, land, sky)
    add_open_marks(stage, _WIDE)
    stage.GetRootLayer().Save()


def _terrain(land: Land, layout: int) -> Terrain:
    """Dunes that begin beyond the hero's level ground, and far table mountains."""
    warp = textures.noise(layout + 811, 512, 4.2)  # smooth: crests run in long clean lines
    rough = textures.noise(layout + 823, 512, 2.8)

    def shape(x: Array, z: Array) -> Array:
        away = np.hypot(x, z)
        rises = np.clip((away - 7.0) / 55.0, 0, 1) ** 1.6
        bend = 26.0 * sample(warp, x, z, 520.0) + 7.0 * sample(warp, z, x, 140.0)
        tall = land.crest * np.clip(0.75 + 0.4 * sample(warp, z, x, 700.0), 0.2, 1.8)
        fades = 0.35 + 0.65 * np.exp(-away / 2500.0)
        # Towards the sun the land lies low, so that its light comes in under every hour.
        facing_sun = (x * np.sin(np.radians(_SUN)) + z * np.cos(np.radians(_SUN))) / np.maximum(away, 1)
        fades = fades * (1 - 0.9 * np.clip((facing_sun - 0.80) / 0.15, 0, 1) * np.clip((900 - away) / 500, 0, 1))
        dunes = rises * tall * fades * _dune((x + bend + 0.34 * land.wave) / land.wave)
        if land.mesa == 0:
            return dunes
        plan = sample(rough, x + 300, z - 500, 2600.0) + 0.16 * sample(warp, x, z, 260.0)
        wall = np.clip((plan - 0.55) * 3.2, 0, 1)
        terraces = wall + 0.055 * np.sin(wall * 6 * np.pi)  # harder beds stand out as steps
        return dunes + land.mesa * terraces * np.clip((away - 140) / 220, 0, 1)

    octaves = (
        Octave(7, 0.012, 0.8, 4),
        Octave(42, 0.10, 5, 25, 3.4),
        Octave(300, 0.05 * land.crest + 0.4, 20, 120, 3.6),
    )
    return Terrain(layout * 101 + 9, octaves, shape)


def _dune(phase: Array) -> Array:
    """A dune's profile, 0 to 1, along the wind: three quarters rise to a sharp crest, one quarter slips down."""
    t = np.mod(phase, 1.0)
    up, down = np.clip(t / 0.74, 0, 1), np.clip((t - 0.74) / 0.26, 0, 1)
    return np.where(t < 0.74, up * up * (1.6 - 0.6 * up), 1 - down * (1.15 - 0.15 * down))


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, land: Land, terrain: Terrain) -> None:
    """Near ground with ripples or gravel; far ground of broader waves, so that no tile is seen to repeat."""
    wet = is_wet(plan)
    near = textured(folder, "sand", _sand(plan.seed % 7 + 701, land, wet), 0.055, specular=0.25)
    far = textured(folder, "far_sand", _far_sand(plan.seed % 7 + 711, land, wet), 0.5, specular=0.2)
    add_mesh(stage, f"{names.SET}/Ground", terrain.mesh(0, 45, 320, 2.4), near)
    add_mesh(stage, f"{names.SET}/GroundFar", terrain.mesh(45, _HORIZON, 720, 61.0), far)


def _sand(seed: int, land: Land, wet: bool, size: int = 1024) -> Surface:
    """Sand in wind ripples that fork and fade, gravel where it is stony; a tile is 2.4 metres."""
    bend = textures.noise(seed, size, 2.5, (1, 1))
    across = np.linspace(0, 1, size, endpoint=False)[None, :]
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * 17 * across + 1.9 * bend)
    ripple = wave**0.7 * (0.55 + 0.45 * textures.unit(textures.noise(seed + 1, size, 2.4), 1.3))
    ripple = ripple * (1 - 0.75 * land.stony)
    grain = textures.unit(textures.noise(seed + 2, size, 0.4))
    lump = textures.unit(textures.noise(seed + 3, size, 1.5))
    pebble = land.stony * np.clip((textures.noise(seed + 4, size, 1.1) - 1.0) * 2, 0, 1)
    height = np.clip(0.15 + 0.5 * ripple + 0.03 * grain + 0.20 * lump * land.stony + 0.25 * pebble, 0, 1)
    tone = 0.78 + 0.22 * ripple + 0.18 * (grain - 0.5) + 0.22 * (lump - 0.5)
    albedo = tone[..., None] * np.asarray(land.sand) * (1 - pebble[..., None])
    albedo += pebble[..., None] * np.asarray(land.rock) * (0.6 + 0.8 * grain[..., None])
    return _weathered(albedo, height, wet)


def _far_sand(seed: int, land: Land, wet: bool, size: int = 1024) -> Surface:
    """Land seen from far: drifts, gravel and its sheen of dust; a tile is 61 metres."""
    drift, patch = textures.noise(seed, size, 1.7, (1, 3)), textures.unit(textures.noise(seed + 1, size, 2.3))
    tone = np.clip(0.86 + 0.05 * drift + 0.2 * (patch - 0.5), 0.3, 1.3)
    stony = (land.stony * np.clip(textures.noise(seed + 2, size, 1.6) * 0.6, 0, 1))[..., None]
    albedo = tone[..., None] * (np.asarray(land.sand) * (1 - stony) + np.asarray(land.rock) * stony)
    return _weathered(albedo, np.clip(0.5 + 0.10 * drift, 0, 1), wet)


def _weathered(albedo: Array, height: Array, wet: bool) -> Surface:
    rough = np.full(height.shape, 0.5 if wet else 0.92, np.float32)
    return Surface((albedo * (0.5 if wet else 1)).astype(np.float32), rough, height.astype(np.float32))


def _stones(rng: np.random.Generator, land: Land) -> Array:
    """Where stones lie, (x, z), shape [N, 2]: none where people walk or the cameras look."""

    def density(x: Array, z: Array) -> Array:
        seen = (np.abs(x - 0.18 * z) < 1.5) & (z > -0.5) & (z < 11)
        return np.where(seen, 0.0, 0.08 + 0.8 * land.stony)

    return np.concatenate([scatter(rng, 3.0, 26, 2.1, density), scatter(rng, 26, 150, 6.5, density)])


def _add_stones(stage: Usd.Stage, folder: Path, land: Land, layout: int, terrain: Terrain, stones: Array) -> None:
    """Boulders half drowned in sand, larger further off."""
    rng = np.random.Generator(np.random.PCG64([layout, 62]))
    parts = []
    for kind in range(5):
        at = stones[kind::5]
        size = rng.uniform(0.2, 1.0, (len(at), 1)) ** 1.5 * (1.1 + np.hypot(*at.T)[:, None] / 30) * np.ones((1, 3))
        feet = terrain.place(at) - 0.12 * size * np.array([0, 1, 0])
        boulder = undergrowth.stone(kind + 160, squash=0.55 + 0.1 * kind, rough=0.3)
        parts.append(shapes.array(boulder, feet, rng.uniform(0, 360, len(at)), size))
    rock = textured(folder, "rock", surfaces.rock(layout + 761, land.rock, 0.0), 0.04)
    add_mesh(stage, f"{names.SET}/Stones", shapes.box_uv(shapes.merge(parts), 1.4), rock)


def _add_shrubs(stage: Usd.Stage, plan: SetPlan, land: Land, terrain: Terrain, stones: Array) -> None:
    """Dry tufts and bleached scrub, in the lee of stones and where they will."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 63]))

    def density(x: Array, z: Array) -> Array:
        return np.where((np.abs(x - 0.18 * z) < 1.2) & (z > 0) & (z < 11), 0.0, 0.5)

    at = np.concatenate([scatter(rng, 3.2, 60, land.shrubs, density), stones[::2] + np.array([0.5, 0.1])])
    at = clear_of(at, stones, 0.35)
    at = at[np.hypot(*at.T) > 3.0]
    for name, part, height, color in (
        ("Scrub", at[::2], 0.42, (0.135, 0.105, 0.055)),
        ("Straw", at[1::2], 0.30, (0.30, 0.225, 0.105)),
    ):
        tufts = undergrowth.grass(rng, terrain.place(part, 0.02), height, 46, 0.0035, 1.1)
        add_mesh(stage, f"{names.SET}/{name}", tufts, Material(name, base=color, roughness=0.7))


def _add_dead_tree(stage: Usd.Stage, folder: Path, layout: int, terrain: Terrain) -> None:
    """A bleached tree behind the hero: a human measure against the land, and a long shadow."""
    at = terrain.place(np.array([[-5.2, -6.8], [4.6, -8.2], [-3.4, -10.5]])[layout : layout + 1], 0.1)
    tree = trees.grow(trees.OAK, layout + 17, 1).wood
    bark = surfaces.bark(layout + 781, (0.10, 0.085, 0.07), (0.36, 0.32, 0.27), 1.0, 0.0)
    wood = shapes.array(tree, at, np.array([70.0 * layout]), np.full((1, 3), 0.27))
    add_mesh(stage, f"{names.SET}/DeadTree", wood, textured(folder, "dead_wood", bark, 0.02, specular=0.2))


def _add_air(stage: Usd.Stage, plan: SetPlan, land: Land, sky: Sky) -> None:
    """Far air to the sky's own colour; dust thickens it to the colour of lit sand."""
    add_air(stage, "Aerial", Aerial(0.00016))
    dusty = bool({"dust", "haze", "storm", "sandstorm", "fog"} & set(plan.weather))
    lit = np.asarray(sky.light) + np.asarray(sky.sun) * max(float(sky.towards[1]), 0.15)
    if dusty:
        veil = 0.55 * np.asarray(sky.horizon) + 0.16 * lit * np.asarray(land.sand) / max(land.sand)
        add_air(stage, "Fog", Fog(0.016 if {"dust", "sandstorm"} & set(plan.weather) else 0.006, _rgb(veil)))
    if not sky.night:
        glint = _rgb(0.10 * lit * np.asarray(land.sand))
        count = 900 if dusty else 160
        add_air(stage, "Motes", Motes((-8, 0.05, -10), (8, 3.0, 8), glint, count, size=0.005, drift=0.3))


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
