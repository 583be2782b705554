"""Mountains: a high shoulder before a summit, the brink of a cliff, a valley between walls, a canyon's bed.

The seed's layout chooses the land and where boulders lie, since they bound the floor; the seed deals tufts, the sky,
and whether clouds lie in the valleys. Near ground is tiled, far land is one painted relief. Light groups: `sun`, `sky`.
"""

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
from secondunit_engine.world.air import Aerial, Fog, Motes, RainField, add_air
from secondunit_engine.world.author import RGB, add_mesh, new_layer
from secondunit_engine.world.land import surfaces, trees, undergrowth
from secondunit_engine.world.land.open_air import add_open_sky
from secondunit_engine.world.land.relief import survey_relief
from secondunit_engine.world.land.scatter import clear_of, scatter, strewn
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_raining, is_snowy, is_thick, is_wet
from secondunit_engine.world.mesh import Material, Mesh, scaled
from secondunit_engine.world.sets.mountain_land import FAR, LANDS, Height, Land, height_of, paint
from secondunit_engine.world.sky import Sky
from secondunit_engine.world.textures import textured

Array = NDArray[np.floating]
_NEAR: Final = 44.0  # m that the tiled ground reaches
# Large rocks that frame the hero, (x, z).
_OUTCROP: Final = np.array(
    [[-3.9, -2.6], [-5.1, -3.6], [-4.9, -0.6], [4.5, -2.4], [5.9, -3.2], [3.4, 4.9], [-3.0, 4.0]]
)
_GREEN: Final = {"peak": 0.42, "cliff": 0.60, "valley": 0.80, "canyon": 0.10}  # share of turf
_WIDE: Final[dict[str, dict[str, View]]] = {
    "peak": {
        "EWS": ((1.9, 1.35, 10.4), (0.2, 2.9, 0.0)),
        "WS": ((1.3, 1.15, 6.8), (0.1, 1.9, 0.0)),
    },
    "cliff": {
        "EWS": ((1.6, 2.30, 10.4), (-0.6, 1.35, 0.0)),
        "WS": ((1.2, 1.75, 6.8), (-0.4, 1.15, 0.0)),
    },
    "valley": {
        "EWS": ((1.9, 1.20, 10.4), (-0.2, 2.6, 0.0)),
        "WS": ((1.3, 1.05, 6.8), (-0.1, 1.7, 0.0)),
    },
    "canyon": {
        "EWS": ((1.9, 1.05, 10.4), (-0.2, 2.9, 0.0)),
        "WS": ((1.3, 1.00, 6.8), (-0.1, 1.9, 0.0)),
    },
}


def build_mountain(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    land = LANDS[layout]
    stage = new_layer(folder / "set.usdc")
    height = height_of(land, layout)
    terrain = Terrain(layout * 101 + 3, (), height)
    boulders = _boulders(np.random.Generator(np.random.PCG64([layout, 71])), land, height)
    _add_ground(stage, folder, plan, land, terrain)
    _add_far_land(stage, folder, plan, land, height)
    _add_boulders(stage, folder, land, layout, terrain, boulders)
    _add_plants(stage, folder, plan, land, terrain, boulders)
    sky = add_open_sky(stage, folder, plan, land.scree, season=plan.season, clouds=0.22)
    if _has_cloud_sea(plan, land):
        _add_cloud_sea(stage, plan, land)
    _add_air(stage, plan, land, sky)
    add_open_marks(stage, _WIDE[land.name])
    stage.GetRootLayer().Save()


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, land: Land, terrain: Terrain) -> None:
    """Turf and stones about the hero; on a wall, the rock of it."""
    wet = is_wet(plan)
    ground = terrain.mesh(0, _NEAR, 360, 5.0)
    assert ground.normals is not None
    faces = shapes.face_normals(ground.points, ground.triangles)
    upright = faces[:, 1] < 0.62 * np.linalg.norm(faces, axis=1)
    turf = surfaces.stony_turf(plan.seed % 5 + 931, land.scree, land.grass, _GREEN[land.name], wet)
    if is_snowy(plan):
        turf = surfaces.under_snow(turf, plan.seed, 0.86)
    floor = Mesh(ground.points, ground.triangles[~upright], ground.normals, ground.uvs)
    add_mesh(stage, f"{names.SET}/Ground", floor, textured(folder, "turf", turf, 0.12, specular=0.3))
    if upright.any():
        wall = shapes.box_uv(Mesh(ground.points, ground.triangles[upright], ground.normals), 7.0)
        rock = surfaces.rock(plan.seed % 5 + 941, land.pale if land.name == "cliff" else land.rock, 0.25)
        add_mesh(stage, f"{names.SET}/Wall", wall, textured(folder, "wall", rock, 0.25, specular=0.25))


def _add_far_land(stage: Usd.Stage, folder: Path, plan: SetPlan, land: Land, height: Height) -> None:
    relief = survey_relief(height, _NEAR - 0.5, FAR)
    picture = textures.write_color(
        folder, "far_land", paint(land, relief, layout_of(plan), is_snowy(plan), is_wet(plan))
    )
    material = Material("far_land", base=land.scree, base_texture=picture, roughness=0.9, specular=0.15)
    add_mesh(stage, f"{names.SET}/FarLand", relief.mesh(), material)


def _boulders(rng: np.random.Generator, land: Land, height: Height) -> Array:
    """Where boulders lie, (x, z), shape [N, 2]: none where people walk, where cameras look, or over a brink."""

    def density(x: Array, z: Array) -> Array:
        seen = (np.abs(x - 0.18 * z) < 1.6) & (z > -2.5) & (z < 11.5)
        here, away = height(x, z), np.hypot(x, z)
        steep = np.hypot(height(x + 0.5, z) - here, height(x, z + 0.5) - here) > 0.45
        falls = (here < -0.5 - 0.35 * away) | steep
        return np.where(seen | falls, 0.0, 0.5)

    near = scatter(rng, 3.4, 26, 2.3 if land.name != "valley" else 4.5, density)
    near = np.concatenate([_OUTCROP, clear_of(near, _OUTCROP, 1.0)])
    return np.concatenate([near, scatter(rng, 26, 150, 6.0 if land.name != "valley" else 12.0, density)])


def _add_boulders(stage: Usd.Stage, folder: Path, land: Land, layout: int, terrain: Terrain, at: Array) -> None:
    """Fallen rock, sunk in the turf; larger further off."""
    rng = np.random.Generator(np.random.PCG64([layout, 72]))
    parts = []
    large = 0.3 + 1.5 * rng.uniform(0, 1, len(at)) ** 3
    large[: len(_OUTCROP)] = rng.uniform(0.9, 2.3, len(_OUTCROP)) * (0.5 if land.name == "valley" else 1.0)
    for kind in range(6):
        own = at[kind::6]
        away = np.hypot(*own.T)[:, None]
        size = large[kind::6, None] * (1 + away / 45) * np.ones((1, 3))
        feet, turn = terrain.place(own) - 0.16 * size * np.array([0, 1, 0]), rng.uniform(0, 360, len(own))
        for detail, which in ((28, away[:, 0] < 26), (12, away[:, 0] >= 26)):
            stone = undergrowth.stone(kind + 260, detail, 0.6 + 0.08 * kind, 0.3)
            parts.append(shapes.array(stone, feet[which], turn[which], size[which]))
    pebbles = clear_of(strewn(rng, 2600, 0.9, 20, 1.2), at, 0.3)
    pebbles = terrain.place(pebbles, 0.004)
    for kind in range(3):
        own = pebbles[kind::3]
        size = 0.035 + 0.16 * rng.uniform(0, 1, (len(own), 1)) ** 4 * np.ones((1, 3))
        parts.append(shapes.array(undergrowth.stone(kind + 270, 8), own, rng.uniform(0, 360, len(own)), size))
    rock = surfaces.rock(layout + 951, scaled(land.pale, 0.8), 0.30 if land.name != "canyon" else 0.0)
    add_mesh(
        stage, f"{names.SET}/Boulders", shapes.box_uv(shapes.merge(parts), 1.6),
        textured(folder, "boulder", rock, 0.05, specular=0.25),
    )  # fmt: skip


def _add_plants(stage: Usd.Stage, folder: Path, plan: SetPlan, land: Land, terrain: Terrain, boulders: Array) -> None:
    """Tufts in the turf, and trees where they grow: pines about a valley's floor and up its sides."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 73]))
    if not is_snowy(plan):
        _add_tufts(stage, land, terrain, rng, boulders)
    if land.name == "valley":
        _add_pines(stage, folder, plan, terrain, boulders)


def _add_tufts(stage: Usd.Stage, land: Land, terrain: Terrain, rng: np.random.Generator, boulders: Array) -> None:
    lush = _GREEN[land.name]
    tile = textures.noise(977, 256, 2.2)

    def density(x: Array, z: Array) -> Array:
        patch = np.clip(0.5 + 0.6 * sample(tile, x, z, 9.0), 0, 1)
        walked = np.exp(-((np.hypot(x, z) / 1.3) ** 2))
        level = np.abs(terrain.height(x + 0.3, z) - terrain.height(x, z)) < 0.2
        return np.where(level, patch * (0.15 + lush) * (1 - 0.9 * walked), 0.0)

    near = clear_of(scatter(rng, 0.4, 12, 0.13 if lush > 0.7 else 0.17, density, 3), boulders, 0.3)
    far = clear_of(scatter(rng, 11, 42, 0.55, density, 3), boulders, 0.5)
    for name, at, tall, blades, width, color in (
        ("Tufts", near[::2], 0.125, 9, 0.004, land.grass),
        ("DryTufts", near[1::2][np.hypot(*near[1::2].T) > 2.8], 0.20, 7, 0.003, (0.24, 0.19, 0.085)),
        ("FarTufts", far, 0.26, 9, 0.010, scaled(land.grass, 1.15)),
    ):
        mesh = undergrowth.grass(rng, terrain.place(at, 0.01), tall, blades, width, 0.9)
        add_mesh(stage, f"{names.SET}/{name}", mesh, Material(name, base=color, roughness=0.6))


def _add_pines(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, boulders: Array) -> None:
    """Pines in two details up to 260 m, then as cones on the slopes."""
    rng = np.random.Generator(np.random.PCG64([layout_of(plan), 74]))
    tile = textures.noise(983, 256, 2.4)

    def density(x: Array, z: Array) -> Array:
        side = np.clip((np.abs(x + 3) - 10 - 0.05 * np.abs(z)) / 30, 0, 1)
        return side * np.clip(0.35 + 0.8 * sample(tile, x, z, 160.0), 0, 1)

    near = clear_of(scatter(rng, 16, 60, 5.0, density), boulders, 1.0)[:20]
    middle = scatter(rng, 60, 240, 7.0, density)[:105]
    wood: list[Mesh] = []
    leaves: list[Mesh] = []
    for detail, at, kinds in ((1, near, 3), (2, middle, 3)):
        for kind in range(kinds):
            tree = trees.grow(trees.SPRUCE, 400 + 7 * kind + detail, detail)
            feet = terrain.place(at[kind::kinds], 0.1)
            size = rng.uniform(0.5, 1.05, (len(feet), 1)) * np.ones((1, 3))
            turn = rng.uniform(0, 360, len(feet))
            wood.append(shapes.array(tree.wood, feet, turn, size))
            leaves.append(shapes.array(tree.leaves, feet, turn, size))
    bark = surfaces.bark(991, (0.035, 0.022, 0.016), (0.17, 0.10, 0.065), moss=0.2)
    add_mesh(stage, f"{names.SET}/Trunks", shapes.merge(wood), textured(folder, "bark", bark, 0.03, specular=0.25))
    needle: RGB = (0.034, 0.068, 0.030)
    if is_snowy(plan):
        needle = (0.42, 0.46, 0.48)
    add_mesh(stage, f"{names.SET}/Needles", shapes.merge(leaves), Material("needles", base=needle, roughness=0.55))
    slopes = scatter(rng, 240, 1500, 16.0, lambda x, z: density(0.35 * x, 0.2 * z), 2)
    feet = terrain.place(slopes, 0.4)
    feet = feet[(feet[:, 1] < 420) & (feet[:, 1] > -5)][:6500]
    cones = [
        shapes.array(
            trees.distant_conifer(kind), feet[kind::4], rng.uniform(0, 360, len(feet[kind::4])),
            rng.uniform(8, 19, (len(feet[kind::4]), 1)) * np.ones((1, 3)),
        )
        for kind in range(4)
    ]  # fmt: skip
    add_mesh(
        stage,
        f"{names.SET}/FarTrees",
        shapes.merge(cones),
        Material("far_trees", base=scaled(needle, 0.8), roughness=0.8),
    )


def _has_cloud_sea(plan: SetPlan, land: Land) -> bool:
    """Whether clouds lie in the valleys: in mist, and of some seeds above a shoulder or a cliff."""
    return land.name in ("peak", "cliff") and (is_thick(plan) or "clouds" in plan.weather or plan.seed % 3 == 2)


def _add_cloud_sea(stage: Usd.Stage, plan: SetPlan, land: Land) -> None:
    """The upper side of low clouds: soft heaps, white as fresh snow, that fill the valleys."""
    top = -150.0 if land.name == "peak" else -120.0
    billow = textures.noise(plan.seed + 995, 512, 2.6)
    small = textures.noise(plan.seed + 996, 512, 2.2)

    def height(x: Array, z: Array) -> Array:
        heap = np.abs(sample(billow, x, z, 4200.0)) * 42 + np.abs(sample(small, x, z, 900.0)) * 16
        return top + heap - 60 * np.clip((900 - np.hypot(x, z)) / 700, 0, 1)

    sea = survey_relief(height, 160.0, FAR, 420, 900)
    white = Material("cloud_sea", base=(0.93, 0.94, 0.95), roughness=1.0, specular=0.0)
    add_mesh(stage, f"{names.SET}/CloudSea", sea.mesh(), white)


def _add_air(stage: Usd.Stage, plan: SetPlan, land: Land, sky: Sky) -> None:
    """Clear air that makes ranges blue by their distance; mist and rain by the weather."""
    add_air(stage, "Aerial", Aerial(0.00006 if land.name != "canyon" else 0.00012, height=2_500.0))
    if is_thick(plan) or is_raining(plan) or is_snowy(plan):
        veil = 0.8 * np.asarray(sky.horizon)
        density = 0.008 if is_thick(plan) else 0.0012
        add_air(stage, "Fog", Fog(density, _rgb(veil)))
    if is_raining(plan):
        add_air(stage, "Rain", RainField((-9, 0, -12), (9, 9, 11), scaled(sky.horizon, 0.5), streaks=1500, drops=60))
    elif not sky.night and not is_snowy(plan):
        add_air(stage, "Motes", Motes((-8, 0.1, -9), (8, 4, 8), scaled(sky.sun, 0.05), 90, size=0.005, drift=0.15))


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
