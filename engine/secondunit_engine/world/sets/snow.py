"""Snow: a white field before laden firs, a tundra that the wind has scoured, the edge of a village in winter.

The seed's layout chooses which, and where trees, fences and houses stand; the seed deals drifts' grain and the sky.
Snow falls where the weather says so, driven across the picture in a blizzard. Light groups: `sun`, `sky`, `windows`.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import hour_of, is_night
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh, new_layer
from secondunit_engine.world.kit import Kit, set_path
from secondunit_engine.world.land import surfaces, trees
from secondunit_engine.world.land.country import Country, Land, add_far_land, add_far_trees
from secondunit_engine.world.land.grassland import Tone, blades, grass_material
from secondunit_engine.world.land.open_air import add_open_air, add_open_sky
from secondunit_engine.world.land.planting import lit_as_one
from secondunit_engine.world.land.scatter import scatter, sown
from secondunit_engine.world.land.snowfield import WHITE, Drifts, snow_surface
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Terrain
from secondunit_engine.world.mesh import Material, Mesh, scaled
from secondunit_engine.world.sets.field_meadow import from_lens
from secondunit_engine.world.sets.snow_buildings import cottage
from secondunit_engine.world.textures import textured

Array = NDArray[np.floating]
_NEAR: Final = 70.0  # m that the tiled ground reaches
_FIELDS: Final = (scaled(WHITE, 0.97), scaled(WHITE, 1.0), scaled(WHITE, 0.94))
_WOOD: Final = (0.115, 0.135, 0.135)  # a snowed wood from afar
_TALL: Final = (0.30, 0.16, 0.22)  # drifts by layout [m]
_RIDGES: Final = (0.015, 0.085, 0.0)
# Houses by layout: x, z, turn, width, depth, height of walls and of the roof [m].
_HOUSES: Final = (
    ((-15.0, -37.0, 35.0, 6.4, 5.0, 2.3, 2.5),),
    ((13.5, -52.0, -25.0, 5.0, 3.6, 2.1, 1.6),),
    (
        (-10.5, -14.0, 40.0, 8.4, 6.2, 2.7, 3.4),
        (11.5, -22.0, -42.0, 9.0, 6.4, 2.8, 3.5),
        (-15.0, -37.0, 28.0, 7.6, 5.8, 2.6, 3.2),
        (7.0, -46.0, -14.0, 8.2, 6.0, 2.7, 3.3),
        (19.0, -9.0, -70.0, 8.0, 6.0, 2.7, 3.2),
        (-4.5, -66.0, 8.0, 7.2, 5.6, 2.6, 3.1),
    ),
)
_WIDE: Final[dict[str, View]] = {
    "EWS": ((1.9, 1.20, 10.4), (-0.3, 2.0, 0.0)),
    "WS": ((1.3, 1.05, 6.8), (-0.15, 1.45, 0.0)),
}


def build_snow(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    stage = new_layer(folder / "set.usdc")
    country = Country(
        _FIELDS, _WOOD, hill=(1.7, 1.3, 2.0)[layout], woods=(0.30, 0.0, 0.26)[layout], hedged=False, conifers=True,
        own=(58.0, 95.0, 64.0)[layout],
    )  # fmt: skip
    drifts = Drifts(_TALL[layout], _RIDGES[layout], layout * 91 + 7)
    land = Land(country, layout * 91 + 7)
    terrain = Terrain(0, (), lambda x, z: land.height(x, z) + drifts.height(x, z))
    tile = snow_surface(plan.seed % 5 + 641, 0.9 if layout == 1 else 0.25)
    snow = textured(folder, "snow", tile, 0.05, specular=0.35)
    add_mesh(stage, f"{names.SET}/Ground", terrain.mesh(0, 16, 420, 3.0), snow)
    add_mesh(stage, f"{names.SET}/GroundFar", terrain.mesh(16, _NEAR, 300, 7.3), snow)
    add_far_land(stage, folder, land, plan.seed, _NEAR - 0.8, WHITE, sink=0.15)
    if layout != 1:
        _add_firs(stage, folder, terrain, layout)
        add_far_trees(stage, land, layout * 91 + 5, 60.0, (40, 2300))
    _add_stalks(stage, folder, plan, terrain)
    if layout != 1:
        _add_fence(stage, terrain, layout)
    _add_houses(stage, folder, plan, terrain, layout)
    sky = add_open_sky(stage, folder, plan, WHITE, "winter", 0.3)
    add_open_air(stage, plan, sky, clear=0.00026)
    add_open_marks(stage, _WIDE)
    stage.GetRootLayer().Save()


def _add_firs(stage: Usd.Stage, folder: Path, terrain: Terrain, layout: int) -> None:
    """Firs whose branches carry snow: a wood's edge behind a field, single ones between houses."""
    rng = np.random.Generator(np.random.PCG64([layout, 651]))
    if layout == 0:
        at = scatter(rng, 17, 66, 4.4, lambda x, z: np.clip((-z - 15 - 0.45 * x + 8 * np.sin(0.13 * x)) / 9, 0, 0.85))
        at = np.concatenate([np.array([[-8.6, -12.5], [8.2, -19.0], [-12.4, -7.5]]), at])
    else:
        at = scatter(rng, 15, 62, 8.5, lambda x, z: np.clip((np.abs(x) - 12) / 10, 0, 0.7))
    at = np.array([place for place in at if _is_clear(place, layout)])
    away = np.hypot(*at.T)
    at = at[np.argsort(away)][:64]
    wood: list[Mesh] = []
    needles: list[Mesh] = []
    loads: list[Mesh] = []
    for detail, own in ((0, at[:4]), (1, at[4:24]), (2, at[24:])):
        for kind in range(2):
            feet = terrain.place(own[kind::2], 0.15)
            if not len(feet):
                continue
            tree = trees.grow(trees.SPRUCE, 660 + 13 * kind + detail, detail)
            turn = rng.uniform(0, 360, len(feet))
            size = rng.uniform(0.42, 0.72, (len(feet), 1)) * np.ones((1, 3))
            wood.append(shapes.array(tree.wood, feet, turn, size))
            needles.append(shapes.array(lit_as_one(tree.leaves, rng), feet, turn, size))
            loads.append(shapes.array(_load(tree.leaves, rng), feet, turn, size))
    bark = surfaces.bark(671, (0.035, 0.026, 0.02), (0.16, 0.12, 0.09), moss=0.0)
    add_mesh(stage, f"{names.SET}/FirWood", shapes.merge(wood), textured(folder, "bark", bark, 0.03, specular=0.2))
    green = Material("needles", base=(0.030, 0.052, 0.032), roughness=0.6)
    add_mesh(stage, f"{names.SET}/Needles", shapes.merge(needles), green)
    add_mesh(stage, f"{names.SET}/FirSnow", shapes.merge(loads), Material("fir_snow", base=WHITE, roughness=0.8))


def _is_clear(place: Array, layout: int) -> bool:
    """Whether no house stands there and no camera looks through it."""
    houses = np.array([house[:2] for house in _HOUSES[layout]])
    return bool(np.hypot(*(houses - place).T).min() > 7.5 and (abs(place[0]) > 4.0 or place[1] < -25))


def _load(leaves: Mesh, rng: np.random.Generator) -> Mesh:
    """The snow on a crown: most leaves again, broader, flat on top of themselves, lit as the ground is."""
    own = leaves.points.reshape(-1, 4, 3)
    own = own[rng.random(len(own)) < 0.62]
    middle = own.mean(axis=1, keepdims=True)
    flat = middle + (own - middle) * np.array([1.3, 0.55, 1.3]) + np.array([0, 0.06, 0])
    count = len(flat)
    faces = (np.arange(count) * 4)[:, None, None] + np.array([[0, 2, 1], [0, 3, 2]])
    normal = np.array([0.0, 1.0, 0.0]) + rng.normal(0, 0.3, (count, 1, 3))
    normal = np.broadcast_to(normal / np.linalg.norm(normal, axis=2, keepdims=True), flat.shape)
    points = flat.reshape(-1, 3).astype(np.float32)
    return Mesh(points, faces.reshape(-1, 3).astype(np.int32), normal.reshape(-1, 3).astype(np.float32))


def _add_stalks(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain) -> None:
    """Dry grass that stands out of the snow, in tufts."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 681]))
    tufts = sown(rng, 0.20, 2.0, 34.0, lambda x, z: np.where(np.abs(x) > 1.0, np.exp(-from_lens(x, z) / 16), 0.0))
    at = np.repeat(tufts, 14, axis=0) + rng.normal(0, 0.09, (14 * len(tufts), 2))
    straw = (0.30, 0.235, 0.13)
    tones = (Tone((0.25, 0.21, 0.15), scaled(straw, 0.7), straw), Tone((0.22, 0.18, 0.12), scaled(straw, 0.45), straw))
    tall = rng.uniform(0.10, 0.46, len(at))
    mesh = blades(rng, terrain.place(at, 0.02), tall, 0.0055, 2, None, 0.55, (0.08, 0.02))
    add_mesh(stage, f"{names.SET}/Stalks", mesh, grass_material(folder, "stalks", tones), gives_way=True)


def _add_fence(stage: Usd.Stage, terrain: Terrain, layout: int) -> None:
    """Rough posts and two rails, a cap of snow on each, along the trail's right."""
    rng = np.random.Generator(np.random.PCG64([layout, 691]))
    count = 17
    t = np.arange(count)
    at = np.column_stack([4.3 + 0.42 * t + 0.2 * np.sin(t), 2.0 - 2.5 * t])
    feet = terrain.place(at, 0.3)
    post = shapes.lathe([(0, 0), (0.075, 0), (0.065, 1.45), (0, 1.47)], 9)
    cap = shapes.lathe([(0, 1.46), (0.085, 1.46), (0.09, 1.50), (0.05, 1.57), (0, 1.59)], 9)
    turn = rng.uniform(0, 360, count)
    wood = [shapes.array(post, feet, turn, np.ones((count, 3)))]
    snow = [shapes.array(cap, feet, turn, np.ones((count, 3)))]
    for here, there in pairwise(feet):
        for height in (0.78, 1.28):
            sag = rng.normal(0, 0.025, 2)
            line = np.stack([here, there]) + np.stack([[0, height + sag[0], 0], [0, height + sag[1], 0]])
            wood.append(shapes.tube(line, 0.042, 7))
            snow.append(shapes.tube(line + np.array([0, 0.045, 0]), 0.032, 6))
    bare = [Mesh(part.points, part.triangles, part.normals) for part in wood]
    caps = [Mesh(part.points, part.triangles, part.normals) for part in snow]
    grey = Material("fence", base=(0.105, 0.088, 0.072), roughness=0.9, specular=0.2)
    add_mesh(stage, f"{names.SET}/Fence", shapes.merge(bare), grey)
    add_mesh(stage, f"{names.SET}/FenceSnow", shapes.merge(caps), Material("fence_snow", base=WHITE, roughness=0.8))


def _add_houses(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, layout: int) -> None:
    """The village, or one cabin far off; windows are lit when it darkens."""
    kit = Kit()
    for number, (x, z, turn, wide, deep, wall, rise) in enumerate(_HOUSES[layout]):
        kit.place(cottage(wide, deep, wall, rise, number % 2 == 0), terrain.place(np.array([[x, z]]))[0], turn)
    boards = surfaces.bark(695, (0.075, 0.040, 0.026), (0.24, 0.13, 0.085), furrows=0.5, moss=0.0)
    hour = hour_of(plan.time_of_day)
    dark = is_night(plan.time_of_day) or hour < 7.5 or hour > 16.9 or "blizzard" in plan.weather
    glow = 2.2 if dark else 0.05
    materials = {
        "walls": textured(folder, "boards", boards, 0.02, specular=0.2),
        "timber": Material("timber", base=(0.065, 0.044, 0.03), roughness=0.8),
        "snow": Material("roof_snow", base=WHITE, roughness=0.8),
        "window": Material("window", base=(0.02, 0.02, 0.02), emission=(glow, 0.52 * glow, 0.17 * glow)),
    }
    kit.write(stage, set_path("Houses"), materials, None, {"window": ("windows", 0.5 if dark else 0.02)})
