"""Roads: a country road between verges and hedges, a highway with its rails, a straight road over a desert.

The seed's layout chooses which, and what stands beside it, since that bounds the floor; the seed deals grass, far
fields and the sky. The hero stands on the gravel beside the carriageway, which runs along Z to the right; the coupe
comes on in the near lane with its nose at +Z. Light groups: `sun`, `sky`, `headlights`.
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
from secondunit_engine.world.author import add_mark, add_mesh, facing, new_layer
from secondunit_engine.world.land import surfaces, trees, undergrowth
from secondunit_engine.world.land.country import Country, Land, add_far_land, add_far_trees
from secondunit_engine.world.land.grassland import blades, grass_material
from secondunit_engine.world.land.open_air import add_open_air, add_open_sky
from secondunit_engine.world.land.planting import Group, plant
from secondunit_engine.world.land.roadway import (
    STEEL,
    Road,
    add_asphalt,
    add_markings,
    dashes,
    delineators,
    guard_rail,
    line,
    telegraph,
)
from secondunit_engine.world.land.scatter import scatter, sown, strewn
from secondunit_engine.world.land.seasons import SNOW, season_of
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_snowy, is_wet
from secondunit_engine.world.mesh import RGB, Material, Mesh, scaled
from secondunit_engine.world.props.car import add_car
from secondunit_engine.world.sets.field import CROPS, LEAF
from secondunit_engine.world.sets.field_meadow import GREEN, RINGS, from_lens, tones_of
from secondunit_engine.world.sets.road_signs import curve_sign, direction_sign
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_NEAR: Final = 62.0  # m that the tiled ground reaches
_WHITE: Final[RGB] = (0.56, 0.55, 0.52)
_YELLOW: Final[RGB] = (0.56, 0.36, 0.035)
_SAND: Final[RGB] = (0.33, 0.215, 0.125)
# Carriageways by layout, the hero's first; the hero stands at x = 0.
_ROADS: Final = (
    (Road(3.75, 3.0, bend=16.0, rise=5.5),),
    (Road(6.6, 5.9, bend=26.0, rise=3.0, shoulder=2.2), Road(21.6, 5.9, bend=26.0, rise=3.0, shoulder=1.2)),
    (Road(4.4, 3.6, rise=2.5, shoulder=1.8),),
)
_TRACKS: Final = ((-2.2, -0.8, 0.8, 2.2), (-4.9, -3.4, -1.2, 0.3, 2.5, 4.0), (-2.6, -1.0, 1.0, 2.6))
_CAR: Final = ((2.3, -9.5), (2.6, -11.5), (2.55, -9.5))  # where the coupe stands (x, z)
_WIDE: Final[tuple[dict[str, View], ...]] = (
    {"EWS": ((2.4, 1.15, 10.4), (0.9, 1.95, 0.0)), "WS": ((1.5, 1.00, 6.8), (0.55, 1.45, 0.0))},
    {"EWS": ((2.7, 1.25, 10.4), (1.0, 2.05, 0.0)), "WS": ((1.7, 1.05, 6.8), (0.6, 1.45, 0.0))},
    {"EWS": ((2.4, 1.00, 10.4), (0.9, 2.15, 0.0)), "WS": ((1.5, 0.95, 6.8), (0.55, 1.55, 0.0))},
)


def build_road(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    season = plan.season or ("winter" if SNOW & set(plan.weather) else "summer")
    roads = _ROADS[layout]
    stage = new_layer(folder / "set.usdc")
    land = Land(
        _country(layout, season), layout * 83 + 11 + plan.seed // 3 % 4, lambda x, z, y: _graded(layout, x, z, y)
    )
    terrain = land.terrain()
    wet = 0.75 if is_wet(plan) else 0.0
    for number, road in enumerate(roads):
        name = ("Road", "FarRoad")[number]
        add_asphalt(stage, folder, name, road, _TRACKS[layout], plan.seed % 7 + 521 + number, wet, _tint(layout))
    _add_paint(stage, folder, layout, roads)
    _add_shoulders(stage, folder, plan, roads)
    ground = _SAND if layout == 2 else _verge(season)
    _add_ground(stage, folder, plan, terrain, ground, desert=layout == 2)
    add_far_land(stage, folder, land, plan.seed, _NEAR - 0.6, (0.74, 0.78, 0.83) if is_snowy(plan) else ground)
    (_add_desert if layout == 2 else _add_green)(stage, folder, plan, terrain, season)
    if layout < 2:
        add_far_trees(stage, land, layout * 83 + 5, 46.0, (9, 480))
    _add_furniture(stage, folder, layout, roads)
    x, z = _CAR[layout]
    add_car(stage, facing((x, 0.015, z), (0, 0, 1)), plan.seed)
    sky = add_open_sky(stage, folder, plan, ground, season_of(plan) if plan.season else "", 0.24)
    add_open_air(stage, plan, sky, clear=0.00022 if layout == 2 else 0.00016, specks=60)
    add_open_marks(stage, _WIDE[layout])
    add_mark(stage, "car", facing((x, 0.0, z), (0, 0, 1)))
    stage.GetRootLayer().Save()


def _country(layout: int, season: str) -> Country:
    if layout == 2:
        sands = tuple(scaled(_SAND, by) for by in (0.85, 0.95, 1.0, 1.1))
        return Country(sands, (0.12, 0.105, 0.06), hill=0.35, pitch=420.0, woods=0.0, hedged=False)
    own = 60.0 if layout == 0 else 75.0
    return Country(CROPS[season], LEAF[season], hill=1.5, woods=0.16 if layout == 0 else 0.24, own=own)


def _verge(season: str) -> RGB:
    """Grass with much that is dry in it."""
    r, g, b = (0.62 * np.asarray(GREEN[season]) + 0.38 * np.array([0.23, 0.18, 0.085])).tolist()
    return r, g, b


def _graded(layout: int, x: Array, z: Array, height: Array) -> Array:
    """The bed of every carriageway; over a desert table mountains far off."""
    if layout == 2:
        height = height + _mesas(x, z)
    for road in _ROADS[layout]:
        height = road.graded(x, z, height)
    return height


def _mesas(x: Array, z: Array) -> Array:
    """Table mountains in terraces, beyond two kilometres."""
    tile = textures.noise(547, 512, 2.7)
    plan = sample(tile, x + 900, z + 2600, 5200.0)
    wall = np.clip((plan - 0.75) * 4.0, 0, 1)
    terraces = wall + 0.05 * np.sin(wall * 6 * np.pi)
    return 210.0 * terraces * np.clip((np.hypot(x, z) - 1500) / 900, 0, 1)


def _tint(layout: int) -> RGB:
    return (1.15, 1.08, 1.0) if layout == 2 else (1.0, 0.99, 0.975)


def _add_paint(stage: Usd.Stage, folder: Path, layout: int, roads: tuple[Road, ...]) -> None:
    """What each road is marked with: edges and a broken middle; two yellow lines in the desert."""
    white: list[Mesh] = []
    yellow: list[Mesh] = []
    for road in roads:
        edge = road.half - (0.25 if layout != 1 else 0.30)
        white += [line(road, side * edge, 0.12 if layout != 1 else 0.18) for side in (-1, 1)]
        if layout == 0:
            white += dashes(road, 0.0, 3.0, 9.0, 0.12)
        elif layout == 1:
            white += dashes(road, -1.85, 4.0, 12.0, 0.15) + dashes(road, 1.9, 4.0, 12.0, 0.15)
        else:
            yellow += [line(road, -0.12, 0.11), *dashes(road, 0.12, 3.6, 12.0, 0.11)]
    add_markings(stage, folder, "Markings", white, _WHITE, 571)
    if yellow:
        add_markings(stage, folder, "YellowLines", yellow, _YELLOW, 577)


def _add_shoulders(stage: Usd.Stage, folder: Path, plan: SetPlan, roads: tuple[Road, ...]) -> None:
    """Gravel beside the asphalt, ragged at both edges."""
    size, seed = 1024, plan.seed % 5 + 581
    grain, cloud = textures.noise(seed, size, 0.3), textures.noise(seed + 1, size, 1.8)
    tone = np.clip(0.8 + 0.22 * grain + 0.10 * cloud, 0.2, 1.6) * (0.6 if is_wet(plan) else 1)
    base = (0.70, 0.73, 0.78) if is_snowy(plan) else (0.215, 0.19, 0.158)
    rough = np.full((size, size), 0.9, np.float32)
    gravel = Surface(
        np.clip(tone[..., None] * np.asarray(base), 0, 0.9).astype(np.float32), rough, textures.unit(grain)
    )
    parts = []
    for road in roads:
        for low, high in (
            (-road.half - road.shoulder, -road.half + 0.02),
            (road.half - 0.02, road.half + road.shoulder),
        ):
            parts.append(road.strip(low, high, -0.006, parts=4))
    whole = shapes.merge(parts)
    assert whole.uvs is not None
    mesh = Mesh(whole.points, whole.triangles, whole.normals, (whole.uvs / 2.2).astype(np.float32))
    add_mesh(stage, f"{names.SET}/Shoulders", mesh, textured(folder, "shoulder", gravel, 0.015, specular=0.2))
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    at = strewn(rng, 1500, 0.2, 14, 1.2)
    at = at[(np.abs(roads[0].beside(*at.T) - roads[0].half - 0.5 * roads[0].shoulder) < 0.6 * roads[0].shoulder)]
    feet = np.column_stack([at[:, 0], np.full(len(at), -0.03), at[:, 1]])
    scale = 0.02 + 0.05 * rng.uniform(0, 1, (len(at), 1)) ** 3 * np.ones((1, 3))
    stone = shapes.array(undergrowth.stone(61, 8), feet, rng.uniform(0, 360, len(at)), scale)
    add_mesh(stage, f"{names.SET}/Pebbles", stone, Material("pebbles", base=(0.23, 0.205, 0.175), roughness=0.85))


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, ground: RGB, *, desert: bool) -> None:
    wet, seed = is_wet(plan), plan.seed % 5 + 591
    if desert:
        tile = surfaces.stony_turf(seed, scaled(_SAND, 1.2), (0.17, 0.135, 0.065), 0.10, wet)
    else:
        tile = surfaces.sward(seed, scaled(ground, 0.85), scaled(ground, 1.2), (0.085, 0.06, 0.04), 0.3, wet)
    if is_snowy(plan):
        tile = surfaces.under_snow(tile, plan.seed, 0.92)
    soil = textured(folder, "verge", tile, 0.06, specular=0.2)
    add_mesh(stage, f"{names.SET}/Ground", terrain.mesh(0, _NEAR, 240, 4.6), soil)


def _add_green(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, season: str) -> None:
    """Grass on the verges, short by the gravel and tall behind; trees by the road."""
    layout = layout_of(plan)
    rng = np.random.Generator(np.random.PCG64([plan.seed, 601]))
    roads = _ROADS[layout]
    beside = np.array([[-9.5, -24.0], [16.0, -40.0], [-12.0, -58.0], [-10.5, 19.0], [17.5, -74.0]])
    at = beside if layout == 0 else beside * np.array([1.9, 1.6]) + np.array([-6.0, 0.0])
    at = at[np.min([road.beside(*at.T) for road in roads], axis=0) > 9]
    oaks = (Group(trees.FIELD_OAK, at[:1], 0, (0.85, 0.95)), Group(trees.FIELD_OAK, at[1:], 1, (0.7, 1.0)))
    plant(stage, folder, "Roadside", terrain, oaks, LEAF[season], 53, bare=season == "winter")
    dry = {"spring": 0.1, "summer": 0.38, "autumn": 0.6, "winter": 0.85}[season]
    tones = tones_of(GREEN[season], dry)
    material = grass_material(folder, "grass", tones)
    drift = textures.noise(plan.seed + 603, 512, 2.2)
    for number, (near, far, each, taller, width, knees) in enumerate(RINGS):

        def kept(x: Array, z: Array, near: float = near, far: float = far) -> Array:
            away = from_lens(x, z)
            verge = np.min([road.beside(x, z) - road.half - road.shoulder for road in roads], axis=0)
            thick = 0.06 if is_snowy(plan) else 0.66
            return np.where((away >= near) & (away < far), thick * np.clip(0.5 + verge / 0.9, 0, 1), 0.0)

        at = sown(rng, each, 0.0, far + 12.0, kept)
        verge = np.min([road.beside(*at.T) - road.half - road.shoulder for road in roads], axis=0)
        lush = sample(drift, at[:, 0], at[:, 1], 9.0)
        tall = taller * np.clip(0.07 + 0.15 * np.clip(verge, 0, 2.0) + 0.05 * lush, 0.05, 0.5)
        tone = np.where(rng.random(len(at)) < dry + 0.2 * lush, 3, rng.integers(0, 3, len(at)))
        mesh = blades(rng, terrain.place(at, 0.01), tall, width, len(tones), tone, 0.6, (0.04, 0.02), knees)
        add_mesh(stage, f"{names.SET}/Grass{number}", mesh, material, gives_way=True)


def _add_desert(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, season: str) -> None:
    """Scrub and stones over the sand."""
    del season
    rng = np.random.Generator(np.random.PCG64([plan.seed, 611]))
    road = _ROADS[2][0]

    def off(x: Array, z: Array) -> Array:
        return np.where(road.beside(x, z) > road.half + road.shoulder + 0.4, 0.75, 0.0)

    near, far = scatter(rng, 2.0, 40, 1.7, off), scatter(rng, 40, 170, 4.2, off)
    for name, at, tall, each, width, color in (
        ("Scrub", near[::2], 0.58, 70, 0.0075, (0.150, 0.125, 0.058)),
        ("Straw", near[1::2], 0.36, 50, 0.0055, (0.33, 0.255, 0.12)),
        ("FarScrub", far, 0.75, 16, 0.030, (0.155, 0.130, 0.068)),
    ):
        tufts = undergrowth.grass(rng, terrain.place(at, 0.02), tall, each, width, 1.1)
        add_mesh(stage, f"{names.SET}/{name}", tufts, Material(name, base=color, roughness=0.8), gives_way=True)
    fixed = np.random.Generator(np.random.PCG64([layout_of(plan), 613]))
    at = scatter(fixed, 3.5, 60, 3.6, lambda x, z: 0.5 * off(x, z))
    parts = []
    for kind in range(4):
        feet = terrain.place(at[kind::4])
        size = 0.10 + 0.55 * fixed.uniform(0, 1, (len(feet), 1)) ** 3 * np.ones((1, 3))
        parts.append(shapes.array(undergrowth.stone(kind + 171, 14, 0.6), feet, fixed.uniform(0, 360, len(feet)), size))
    rock = surfaces.rock(619, (0.23, 0.135, 0.085), 0.0)
    add_mesh(
        stage, f"{names.SET}/Stones", shapes.box_uv(shapes.merge(parts), 1.4), textured(folder, "rock", rock, 0.04)
    )


def _add_furniture(stage: Usd.Stage, folder: Path, layout: int, roads: tuple[Road, ...]) -> None:
    """Posts, rails, poles and signs."""
    road = roads[0]
    wood = Material("pole", base=(0.115, 0.092, 0.072), roughness=0.85, specular=0.2)
    wire = Material("pole_wire", base=(0.03, 0.03, 0.03), roughness=0.5)
    posts: list[Array] = []
    if layout == 1:
        rails = [guard_rail(road, -road.half - 2.45, 100, -1500), guard_rail(road, road.half + 1.0, 100, -1500)]
        rails.append(guard_rail(roads[1], -road.half - 1.0, 100, -1500))
        add_mesh(
            stage, f"{names.SET}/Rails", shapes.merge([Mesh(b.points, b.triangles, b.normals) for b, _ in rails]), STEEL
        )
        add_mesh(stage, f"{names.SET}/RailPosts", shapes.merge([p for _, p in rails]), STEEL)
        feet, _ = road.rows(-46, -47, 2, -road.half - 4.2)
        direction_sign(stage, folder, feet[0])
        posts += [roads[1].rows(90, -600, 50, roads[1].half + 1.6)[0]]
    else:
        pitch, side = (46.0, 13.5) if layout == 0 else (42.0, -9.0)
        feet, _ = road.rows(62, -900, pitch, side)
        poles, wires = telegraph(feet, layout)
        add_mesh(stage, f"{names.SET}/Poles", poles, wood)
        add_mesh(stage, f"{names.SET}/Wires", wires, wire)
        feet, _ = road.rows(-31, -32, 2, road.half + 1.9)
        curve_sign(stage, folder, feet[0])
    if layout == 0:
        posts += [road.rows(70.5, -600, 25, side * (road.half + 1.05))[0] for side in (-1, 1)]
    if posts:
        white, black = delineators(np.concatenate(posts))
        add_mesh(
            stage, f"{names.SET}/Delineators", white, Material("delineator", base=(0.70, 0.70, 0.68), roughness=0.5)
        )
        add_mesh(stage, f"{names.SET}/Bands", black, Material("band", base=(0.02, 0.02, 0.02), roughness=0.5))
