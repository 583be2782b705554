"""The forest: a glade under tall trees, a path that leads out of it, and trees until the haze closes.

The seed's layout chooses the stand (broadleaf, pine, mossy oaks) and where its trunks, stones and logs lie, since they
bound the floor; the seed itself deals the crowns, the ferns, the litter and the sky. The season is the plan's, else
winter in snow and autumn with some seeds (`land/seasons.py`). Light groups: `sun`, `sky`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdLux

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import sun_over
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, Motes, RainField, Shafts, add_air
from secondunit_engine.world.author import RGB, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.land import surfaces, trees, undergrowth
from secondunit_engine.world.land.scatter import clear_of, scatter, strewn
from secondunit_engine.world.land.seasons import Growth, growth, season_of
from secondunit_engine.world.land.terrain import Octave, Terrain
from secondunit_engine.world.land.weather import is_raining, is_snowy, is_thick, is_wet
from secondunit_engine.world.mesh import Material, Mesh, scaled
from secondunit_engine.world.sky import Sky, add_sky, hour_of, paint_sky
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_GLADE: Final = 3.6  # m about the hero without trees
_NEAR, _MIDDLE, _FAR = 13.0, 36.0, 84.0  # m to which trees have each detail
_SNOW: Final = (0.74, 0.78, 0.84)


# Shrubs by distance: habit, from and to [m], metres apart, how many at most; two of each detail.
_SHRUBS: Final = (
    (trees.SAPLING, 4.5, 11.0, 2.4, 14),
    (trees.BUSH, 4.0, 11.0, 1.9, 26),
    (trees.SAPLING, 11.0, 34.0, 3.4, 60),
    (trees.BUSH, 11.0, 28.0, 2.2, 70),
    (trees.BUSH, 28.0, 85.0, 4.0, 150),
)


@dataclass(frozen=True)
class Stand:
    """What a wood is made of. apart: Metres between trunks. leaf, autumn: colours of its leaves by season."""

    habit: trees.Habit
    apart: float
    bark: tuple[RGB, RGB]
    leaf: RGB
    autumn: RGB
    ground: RGB
    moss: float
    ferns: int


STANDS: Final = (
    Stand(
        trees.BEECH,
        apart=4.6,
        bark=((0.030, 0.026, 0.022), (0.135, 0.120, 0.100)),
        leaf=(0.085, 0.165, 0.030),
        autumn=(0.42, 0.15, 0.025),
        ground=(0.115, 0.062, 0.030),
        moss=0.34,
        ferns=100,
    ),
    Stand(
        trees.PINE,
        apart=4.2,
        bark=((0.035, 0.020, 0.014), (0.190, 0.095, 0.055)),
        leaf=(0.040, 0.088, 0.032),
        autumn=(0.060, 0.085, 0.028),
        ground=(0.085, 0.047, 0.026),
        moss=0.45,
        ferns=120,
    ),
    Stand(
        trees.OAK,
        apart=5.4,
        bark=((0.020, 0.018, 0.014), (0.105, 0.090, 0.066)),
        leaf=(0.070, 0.140, 0.024),
        autumn=(0.36, 0.17, 0.035),
        ground=(0.090, 0.055, 0.028),
        moss=0.62,
        ferns=130,
    ),
)


def build_forest(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    build_wood(plan, folder, STANDS[layout_of(plan) % len(STANDS)], layout_of(plan))


def build_wood(plan: SetPlan, folder: Path, stand: Stand, layout: int) -> None:
    """A wood of this stand; `layout` seeds where its trunks, stones and logs are."""
    stage = new_layer(folder / "set.usdc")
    rng = np.random.Generator(np.random.PCG64([plan.seed, 31]))
    floor = np.random.Generator(np.random.PCG64([layout, 32]))
    terrain = Terrain(
        layout * 101 + 5,
        (Octave(9, 0.07, 1.5, 6), Octave(38, 0.75, 5, 22), Octave(150, 4.2, 14, 60)),
        lambda x, z: 3.0 * np.clip((np.hypot(x, z) - 45) / 60, 0, 1) ** 2,
    )
    trunks = _trunks(floor, stand)
    stones, logs = _lying(floor, trunks)
    grown = growth(plan, stand.leaf, stand.autumn, stand.ground, evergreen=stand.habit is trees.PINE)
    _add_ground(stage, folder, plan, stand, terrain, grown)
    _add_trees(stage, folder, plan, stand, terrain, trunks, rng, grown)
    _add_lying(stage, folder, plan, stand, terrain, stones, logs)
    _add_undergrowth(stage, plan, stand, terrain, np.concatenate([trunks[:, :2], stones, logs]), rng, grown)
    sky = _add_sky(stage, folder, plan, bare=grown.bare)
    _add_air(stage, plan, sky, bare=grown.bare)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _add_sky(stage: Usd.Stage, folder: Path, plan: SetPlan, *, bare: bool) -> Sky:
    """Sun and sky, opened up by as much as the crowns take; a low sun stands high enough to come in between trunks."""
    hour = hour_of(plan.time_of_day)
    bearing, height = sun_over(plan) or (0.0, hour.rise)
    rise = max(height, 9.0) if height > 0 else None
    painted = paint_sky(
        plan.time_of_day, plan.weather, plan.seed, sun_bearing=bearing, rise=rise, season=season_of(plan),
    )  # fmt: skip
    sky = add_sky(stage, folder, painted)
    dim = hour.night or hour.rise < 9
    open_crowns = 0.5 if bare else 1.0
    for name, gain in (("Sun", 9.0 if hour.night else 4.4), ("Sky", 3.0 if dim else 2.2 if sky.veiled else 1.6)):
        UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/{name}")).GetIntensityAttr().Set(gain * open_crowns)
    return sky


def _path(x: Array, z: Array) -> Array:
    """How far a place lies from the middle of the path [m]: it winds along z through the glade."""
    return np.abs(x - 1.1 * np.sin(0.16 * z) - 0.02 * z)


def _trunks(rng: np.random.Generator, stand: Stand) -> Array:
    """Where trees stand, (x, z), shape [N, 2]: off the path, thinner where the cameras look down it."""

    def density(x: Array, z: Array) -> Array:
        return np.where(_path(x, z) < 1.9 + 0.01 * np.abs(z), 0.0, 1.0) * np.where(_is_seen_through(x, z), 0.0, 1.0)

    far = scatter(rng, _GLADE, _FAR, stand.apart, density)
    thin = (np.hypot(*far.T) < _MIDDLE) | (rng.random(len(far)) < 0.35)
    return far[thin]


def _is_seen_through(x: Array, z: Array) -> NDArray[np.bool_]:
    """Whether a place stands between the cameras and the hero."""
    return (np.abs(x - 0.16 * z) < 1.2) & (z > 0) & (z < 10.5)


def _lying(rng: np.random.Generator, trunks: Array) -> tuple[Array, Array]:
    """Places of stones and of fallen logs, (x, z), off the glade, the path and the trunks."""

    def density(x: Array, z: Array) -> Array:
        return np.where((_path(x, z) < 1.6) | _is_seen_through(x, z), 0.0, 0.8)

    stones = clear_of(scatter(rng, 3.2, 30, 3.4, density), trunks, 1.0)
    logs = clear_of(scatter(rng, 5.0, 26, 8.5, density), trunks, 1.2)
    return stones, clear_of(logs, stones, 1.0)


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, stand: Stand, terrain: Terrain, grown: Growth) -> None:
    wet = is_wet(plan)
    leaf = stand.autumn if grown.season == "autumn" else stand.ground
    tile = surfaces.forest_floor(plan.seed + 41, scaled(leaf, 0.8), stand.moss, wet)
    white = 0.88 if is_snowy(plan) else grown.frost
    if white:
        albedo = tile.albedo * (1 - white) + white * np.asarray(_SNOW, np.float32)
        tile = Surface(albedo, tile.roughness, tile.height)
    soil = textured(folder, "forest_floor", tile, 0.05, specular=0.35)
    add_mesh(stage, f"{names.SET}/Ground", terrain.mesh(0, 30, 288, 3.0), soil)
    add_mesh(stage, f"{names.SET}/GroundFar", terrain.mesh(30, 420, 288, 7.0), soil)


def _dusted(color: RGB, plan: SetPlan) -> RGB:
    """A plant's colour as the weather leaves it: under snow mostly white."""
    return _rgb(0.3 * np.asarray(color) + 0.7 * np.asarray(_SNOW)) if is_snowy(plan) else color


def _add_trees(
    stage: Usd.Stage,
    folder: Path,
    plan: SetPlan,
    stand: Stand,
    terrain: Terrain,
    trunks: Array,
    rng: np.random.Generator,
    grown: Growth,
) -> None:
    """Copies of a few grown trees in three details, one mesh of wood and two tones of leaves."""
    away = np.hypot(*trunks.T)
    wood: list[Mesh] = []
    leaves: tuple[list[Mesh], list[Mesh]] = ([], [])
    feet = terrain.place(trunks, 0.06)
    for detail, (low, high, kinds) in enumerate(((0, _NEAR, 5), (_NEAR, _MIDDLE, 4), (_MIDDLE, 999, 3))):
        own = (away >= low) & (away < high)
        for kind in range(kinds):
            tree = trees.grow(stand.habit, plan.seed * 7 + kind * 13 + detail, detail)
            at = feet[own][kind::kinds]
            if not len(at):
                continue
            scale = np.repeat(rng.uniform(0.72, 1.2, (len(at), 1)), 3, axis=1)
            turn = rng.uniform(0, 360, len(at))
            wood.append(shapes.array(tree.wood, at, turn, scale))
            leaves[kind % 2].append(shapes.array(tree.leaves, at, turn, scale))
    dark, light = stand.bark
    bark = textured(folder, "bark", surfaces.bark(plan.seed + 51, dark, light, moss=stand.moss), 0.035, specular=0.25)
    add_mesh(stage, f"{names.SET}/Trunks", shapes.merge(wood), bark)
    if grown.bare:
        return
    color = _dusted(grown.leaf, plan)
    for number, (tone, parts) in enumerate(zip((0.8, 1.25), leaves, strict=True)):
        name = f"leaves_{number}"
        shade = scaled(color, tone) if number == 0 else _warmer(scaled(color, tone))
        add_mesh(
            stage, f"{names.SET}/{name}", shapes.merge(parts), Material(name, base=shade, roughness=0.5, specular=0.4)
        )


def _add_lying(
    stage: Usd.Stage, folder: Path, plan: SetPlan, stand: Stand, terrain: Terrain, stones: Array, logs: Array
) -> None:
    """Mossy stones and fallen trunks, half sunk."""
    rng = np.random.Generator(np.random.PCG64([len(stones), 33]))
    parts = []
    for kind in range(4):
        at = stones[kind::4]
        size = rng.uniform(0.45, 1.5, (len(at), 1)) * np.ones((1, 3))
        feet = terrain.place(at) - np.array([[0, 0.04, 0]])
        parts.append(shapes.array(undergrowth.stone(kind + 60), feet, rng.uniform(0, 360, len(at)), size))
    rock = textured(folder, "rock", surfaces.rock(plan.seed + 61, (0.12, 0.118, 0.105), 0.5 + 0.5 * stand.moss), 0.04)
    add_mesh(stage, f"{names.SET}/Stones", shapes.box_uv(shapes.merge(parts), 1.4), rock)
    fallen = [
        shapes.move(undergrowth.log(n, rng.uniform(3, 7), rng.uniform(0.16, 0.34)), foot, rng.uniform(0, 360))
        for n, foot in enumerate(terrain.place(logs, 0.05))
    ]
    dead = surfaces.bark(plan.seed + 71, (0.028, 0.022, 0.016), (0.115, 0.085, 0.058), 0.7, 0.75)
    add_mesh(stage, f"{names.SET}/Logs", shapes.merge(fallen), textured(folder, "dead_wood", dead, 0.03))


def _add_undergrowth(
    stage: Usd.Stage,
    plan: SetPlan,
    stand: Stand,
    terrain: Terrain,
    standing: Array,
    rng: np.random.Generator,
    grown: Growth,
) -> None:
    """Ferns in drifts, shrubs and saplings further off, grass at the path's edge, fallen leaves everywhere; in spring
    flowers between the trees."""

    def drift(x: Array, z: Array) -> Array:
        wave = 0.5 + 0.5 * np.sin(0.33 * x + 1.3 * np.sin(0.21 * z) + plan.seed)
        return np.where((_path(x, z) < 1.5) | _is_seen_through(x, z), 0.0, 0.25 + 0.75 * wave)

    at = clear_of(scatter(rng, 2.7, 30, 0.75, drift, 3), standing, 0.55)
    at = at[np.argsort(np.hypot(*at.T))]
    ferns = []
    for kind in range(4):
        feet = terrain.place(at[kind::4][: int(stand.ferns * grown.ferns)], 0.02)
        size = rng.uniform(0.6, 1.35, (len(feet), 1)) * np.ones((1, 3))
        ferns.append(shapes.array(undergrowth.fern(plan.seed + 80 + kind), feet, rng.uniform(0, 360, len(feet)), size))
    add_mesh(
        stage,
        f"{names.SET}/Ferns",
        shapes.merge(ferns),
        Material("fern", base=_dusted(grown.fern, plan), roughness=0.5, specular=0.3),
    )
    shrubs = []
    for detail, (habit, near, far, apart, most) in enumerate(_SHRUBS):
        at = clear_of(scatter(rng, near, far, apart, lambda x, z: 0.6 * drift(x, z)), standing, 0.7)
        feet = terrain.place(at[rng.permutation(len(at))[:most]], 0.02)
        for kind in range(2):
            plant = trees.grow(habit, plan.seed + 90 + kind, min(detail // 2, 2))
            own = feet[kind::2]
            size = rng.uniform(0.6, 1.4, (len(own), 1)) * (1.5 if far > 60 else 1.0) * np.ones((1, 3))
            whole = _plain(plant.wood) if grown.bare else shapes.merge([_plain(plant.wood), plant.leaves])
            shrubs.append(shapes.array(whole, own, rng.uniform(0, 360, len(own)), size))
    add_mesh(
        stage,
        f"{names.SET}/Shrubs",
        shapes.merge(shrubs),
        Material("shrub", base=_dusted(grown.shrub, plan), roughness=0.5),
    )
    if is_snowy(plan):
        return  # what is low lies under it
    tufts = scatter(rng, 0.5, 16, 0.24, lambda x, z: np.exp(-(((_path(x, z) - 1.15) / 0.8) ** 2)) * 0.8 + 0.1, 2)
    blades = undergrowth.grass(rng, terrain.place(tufts), 0.17, 6, 0.004, 0.8)
    add_mesh(stage, f"{names.SET}/Grass", blades, Material("grass", base=grown.grass, roughness=0.55))
    if grown.flowers:
        _add_flowers(stage, terrain, rng, drift)
    fallen = terrain.place(strewn(rng, 16000, 0.2, 17.0, 1.3))
    half = len(fallen) // 2
    for number, (part, tone) in enumerate(((fallen[:half], 0.65), (fallen[half:], 1.1))):
        color = Material(f"litter_{number}", base=scaled(grown.litter, tone), roughness=0.6)
        add_mesh(stage, f"{names.SET}/Litter{number}", undergrowth.litter(rng, part), color)


def _add_flowers(
    stage: Usd.Stage, terrain: Terrain, rng: np.random.Generator, drift: Callable[[Array, Array], Array]
) -> None:
    """Bluebells and anemones in drifts: stems, and small petals at their heads."""
    places = scatter(rng, 1.6, 24, 0.24, lambda x, z: 0.8 * drift(x, z), 2)
    for name, color, own in (
        ("Bluebells", (0.16, 0.15, 0.62), places[::2]),
        ("Anemones", (0.72, 0.72, 0.66), places[1::3]),
    ):
        feet = terrain.place(own)
        stems = undergrowth.grass(rng, feet, 0.16, 3, 0.004, 0.5)
        add_mesh(stage, f"{names.SET}/{name}Stems", stems, Material(f"{name.lower()}_stems", base=(0.10, 0.19, 0.05)))
        heads = np.repeat(feet, 5, axis=0) + rng.uniform((-0.07, 0.10, -0.07), (0.07, 0.19, 0.07), (5 * len(feet), 3))
        petals = undergrowth.litter(rng, heads, 0.036)
        add_mesh(stage, f"{names.SET}/{name}", petals, Material(name.lower(), base=color, roughness=0.6))


def _add_air(stage: Usd.Stage, plan: SetPlan, sky: Sky, *, bare: bool) -> None:
    """Haze that takes the depth, shafts through the crowns, specks in them; where crowns are bare all of it is lit."""
    lit = 0.32 if bare else 1.0
    thick = is_thick(plan)
    wet = is_raining(plan)
    haze = 0.030 if thick else 0.014 if wet else 0.0085
    veil = np.array([0.12, 0.14, 0.12]) * np.asarray(sky.horizon) + 0.015 * np.asarray(sky.sun)
    if sky.night:  # moonlit mist, so that trunks stand before it
        veil = 1.1 * np.asarray(sky.horizon) + 0.03 * np.asarray(sky.sun)
    add_air(stage, "Fog", Fog(haze, _rgb(veil * (2.6 if thick else 1.0) * lit)))
    x, y, z = sky.towards.tolist()
    beams = (0.010 if thick else 0.005) * lit
    add_air(
        stage, "Shafts", Shafts((x, y, z), scaled(sky.sun, 4.2), beams, anisotropy=0.55, unevenness=0.5, reach=60.0)
    )
    if wet:
        add_air(stage, "Rain", RainField((-9, 0, -12), (9, 9, 11), scaled(sky.horizon, 0.5), streaks=1500, drops=60))
    elif not sky.night:
        add_air(stage, "Motes", Motes((-6, 0.1, -9), (6, 4.5, 7), scaled(sky.sun, 0.25), 420, size=0.006, drift=0.06))


def _add_marks(stage: Usd.Stage) -> None:
    """People on the path in the glade; cameras up the path and beside it, fern and trunk in front, depth behind."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.25, 0, 1)))
    add_mark(stage, "hero_2", facing((-0.9, 0, 0.5), (1, 0, 0.3)))
    add_mark(stage, "hero_3", facing((0.95, 0, -0.75), (-0.6, 0, 1)))
    cameras: dict[str, tuple[RGB, RGB]] = {
        "EWS": ((1.55, 1.25, 9.6), (0.0, 3.2, 0.0)),
        "WS": ((1.15, 1.05, 6.6), (-0.1, 2.0, 0.0)),
        "FS": ((0.95, 1.10, 4.7), (-0.1, 1.25, 0.0)),
        "MFS": ((0.75, 1.30, 3.6), (-0.08, 1.20, 0.0)),
        "MS": ((0.60, 1.50, 2.6), (-0.05, 1.38, 0.0)),
        "MCU": ((0.48, 1.58, 2.0), (-0.03, 1.50, 0.0)),
        "CU": ((0.40, 1.62, 1.6), (0.0, 1.58, 0.0)),
        "ECU": ((0.33, 1.64, 1.3), (0.0, 1.62, 0.0)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))


def _plain(mesh: Mesh) -> Mesh:
    """The mesh with flat faces and without texture coordinates."""
    return Mesh(mesh.points, mesh.triangles)


def _warmer(color: RGB) -> RGB:
    return color[0] * 1.2, color[1] * 1.02, color[2] * 0.8


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
