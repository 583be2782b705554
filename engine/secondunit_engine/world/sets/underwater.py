"""Under water: a coral reef, a kelp forest, or the wreck of a wooden ship, on a bed of rippled sand.

The seed's layout chooses which, and where rocks lie, since they bound the floor; the seed deals what grows, the sea
overhead and the fish. Weather makes the sea rough and the water thick. Light groups: `sun`, `sky`.
"""

from __future__ import annotations

from collections.abc import Callable
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
from secondunit_engine.world.author import RGB, add_mesh, new_layer
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.land import corals, surfaces, undergrowth
from secondunit_engine.world.land.scatter import clear_of, scatter
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Octave, Terrain
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.sets.underwater_light import bubbles, light_from_above
from secondunit_engine.world.sets.underwater_wreck import wreck
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_FAR: Final = 60.0  # m that the bed reaches
_SUN: Final = 112.0  # bearing: from the right and a little ahead, so that reefs have colour and shafts are seen
_NEAR_REEF: Final = np.array([[-3.6, -2.4], [-4.6, -0.4], [3.9, -3.0], [5.0, -1.4], [-3.4, 3.6], [3.9, 4.6]])


@dataclass(frozen=True)
class Bed:
    """One of the floors. level: Of the surface over it [m]. water: Its kind after Jerlov. reefs: Mounds of rock about
    the hero, as share of the places that could have one. corals: How much grows on them, 0 to 1."""

    name: str
    level: float
    water: str
    sand: RGB
    reefs: float
    corals: float
    kelp: int
    grass: float


BEDS: Final = (
    Bed("reef", 7.0, "IB", (0.56, 0.50, 0.38), 0.85, 1.0, 0, 0.25),
    Bed("kelp", 9.0, "1C", (0.34, 0.31, 0.23), 0.60, 0.22, 74, 0.8),
    Bed("wreck", 9.0, "II", (0.50, 0.46, 0.36), 0.35, 0.45, 0, 0.35),
)
_CORALS: Final = (  # foot, body, tip; linear Rec.709
    ((0.14, 0.09, 0.04), (0.42, 0.26, 0.10), (0.80, 0.66, 0.42)),
    ((0.10, 0.06, 0.10), (0.34, 0.13, 0.38), (0.70, 0.50, 0.80)),
    ((0.16, 0.06, 0.03), (0.66, 0.17, 0.06), (0.90, 0.45, 0.20)),
    ((0.12, 0.10, 0.03), (0.62, 0.45, 0.06), (0.90, 0.78, 0.30)),
    ((0.05, 0.08, 0.06), (0.12, 0.30, 0.22), (0.45, 0.70, 0.48)),
    ((0.16, 0.06, 0.08), (0.62, 0.18, 0.26), (0.92, 0.56, 0.58)),
    ((0.10, 0.09, 0.07), (0.36, 0.32, 0.24), (0.74, 0.70, 0.60)),
    ((0.06, 0.07, 0.12), (0.14, 0.20, 0.46), (0.46, 0.60, 0.86)),
)


@dataclass(frozen=True)
class Growth:
    """One form of coral: its share of all, its size [m], how far off it is still built [m], and how, by seed and detail
    (0 near to 2 far)."""

    share: float
    low: float
    high: float
    reach: float
    make: Callable[[int, int], Mesh]


_GROWTHS: Final = (
    Growth(0.17, 0.25, 0.80, 19.0, lambda seed, far: corals.branching(seed, 0.5, 0.028, 4 - far, 5 - far)),
    Growth(0.30, 0.14, 0.40, 30.0, lambda seed, far: corals.branching(seed, 0.9, 0.060, 3 - far // 2, 5 - far)),
    Growth(0.13, 0.40, 1.50, 36.0, lambda seed, far: corals.plate(seed, 40 - 12 * far)),
    Growth(0.08, 0.50, 1.20, 14.0, lambda seed, far: corals.fan(seed, 6 - far)),
    Growth(0.12, 0.25, 0.80, 26.0, lambda seed, far: corals.sponge(seed, 12 - 3 * far)),
)
_DETAIL: Final = (0.0, 6.5, 13.0)  # m from where on forms are built simpler
_KELP: Final = ((0.10, 0.07, 0.02), (0.25, 0.19, 0.045), (0.46, 0.38, 0.10))
_FISH: Final = (
    ((0.03, 0.04, 0.09), (0.30, 0.36, 0.40), (0.80, 0.84, 0.82)),
    ((0.45, 0.20, 0.02), (0.85, 0.60, 0.06), (0.92, 0.86, 0.55)),
    ((0.02, 0.06, 0.22), (0.06, 0.22, 0.60), (0.50, 0.66, 0.80)),
)
_WIDE: Final[dict[str, dict[str, View]]] = {
    "reef": {"EWS": ((2.0, 0.55, 8.6), (-0.3, 3.3, 0.0)), "WS": ((1.35, 0.90, 5.8), (-0.2, 1.55, 0.0))},
    "kelp": {"EWS": ((2.0, 0.55, 8.6), (-0.3, 3.4, 0.0)), "WS": ((1.35, 0.80, 5.8), (-0.2, 1.75, 0.0))},
    "wreck": {"EWS": ((2.2, 0.65, 8.8), (-0.7, 2.9, 0.0)), "WS": ((1.5, 0.95, 6.0), (-0.5, 1.65, 0.0))},
}


def build_underwater(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    bed = BEDS[layout]
    stage = new_layer(folder / "set.usdc")
    terrain = Terrain(layout * 101 + 7, (Octave(9.0, 0.10, 2.5, 5.0), Octave(38.0, 0.75, 7.0, 16.0)))
    _add_bed(stage, folder, plan, bed, terrain)
    mounds, sizes = _mounds(layout, bed)
    rocks = _add_rocks(stage, folder, layout, bed, terrain, mounds, sizes)
    _add_corals(stage, folder, plan, bed, rocks, terrain)
    if bed.kelp:
        _add_kelp(stage, folder, plan, bed, terrain, mounds)
    if bed.name == "wreck":
        wreck(layout).write(stage, f"{names.SET}/Wreck", _wreck_materials(folder))
    _add_fish(stage, folder, plan, bed)
    light_from_above(stage, folder, plan, bed.level, bed.water, _SUN)
    bubbles(stage, (-2.6, 0.0, -2.4), (-2.1, bed.level - 0.3, -1.9), (0.35, 0.55, 0.6), 70)
    add_open_marks(stage, _WIDE[bed.name])
    stage.GetRootLayer().Save()


def _add_bed(stage: Usd.Stage, folder: Path, plan: SetPlan, bed: Bed, terrain: Terrain) -> None:
    """Sand in ripples across the current."""
    size = 1024
    v, u = np.mgrid[0:size, 0:size] / size
    warp = textures.noise(plan.seed % 5 + 611, size, 2.4)
    wave = np.sin(2 * np.pi * (19 * v + 0.30 * warp + 0.5 * np.sin(2 * np.pi * u)))
    crest = 0.5 + 0.5 * wave - 0.12 * wave**2
    grain, patch = textures.noise(612, size, 0.5), textures.unit(textures.noise(613, size, 2.3), 1.0)
    tone = 0.80 + 0.20 * crest + 0.07 * grain
    shade = textures.blend((0.72, 0.70, 0.66), (1.0, 1.0, 1.0), patch)
    shells = np.clip(textures.noise(614, size, 0.9) - 2.5, 0, 1)[..., None]
    albedo = np.clip(np.asarray(bed.sand) * shade * tone[..., None] + 0.5 * shells, 0.01, 0.9)
    height = np.clip(0.5 + 0.34 * (crest - 0.5) + 0.03 * grain + 0.08 * (patch - 0.5), 0, 1)
    sand = Surface(albedo.astype(np.float32), np.full((size, size), 0.9, np.float32), height.astype(np.float32))
    ground = terrain.mesh(0, _FAR, 240, 4.2)
    add_mesh(stage, f"{names.SET}/Bed", ground, textured(folder, "sand", sand, 0.10, specular=0.15))


def _mounds(layout: int, bed: Bed) -> tuple[Array, Array]:
    """Where rock stands, (x, z), shape [N, 2], and how wide [m]: about the hero, and a wall of it behind."""
    rng = np.random.Generator(np.random.PCG64([layout, 401]))

    def density(x: Array, z: Array) -> Array:
        seen = (np.abs(x - 0.2 * z) < 2.4 + 0.05 * np.abs(z)) & (z > -7.0)
        hull = (np.abs(x + 1.0) < 10.5) & (z > -15) & (z < -3) if bed.name == "wreck" else np.zeros(x.shape, bool)
        lens = (z > 2.0) & (np.abs(x) < 7.5)
        return np.where(seen | hull | lens, 0.0, bed.reefs)

    far = scatter(rng, 6.5, 40, 3.4, density)
    near = _NEAR_REEF if bed.name != "wreck" else _NEAR_REEF[[0, 2, 4, 5]]
    sizes = np.concatenate([rng.uniform(1.1, 2.1, len(near)), rng.uniform(1.6, 5.4, len(far)) ** 1.0])
    return np.concatenate([near, far]), sizes


def _add_rocks(
    stage: Usd.Stage, folder: Path, layout: int, bed: Bed, terrain: Terrain, mounds: Array, sizes: Array
) -> Mesh:
    """Mounds of boulders, the rock of the reef; returned for what grows on it."""
    rng = np.random.Generator(np.random.PCG64([layout, 402]))
    kinds = [(500 + k, rng.uniform(0.8, 1.2)) for k in range(12)]
    stones = [[undergrowth.stone(seed, detail, tall, 0.6) for detail in (18, 10)] for seed, tall in kinds]
    parts = []
    for (x, z), wide in zip(mounds.tolist(), sizes.tolist(), strict=True):
        away = float(np.hypot(x, z))
        heap = 11 if away < 20 else 5
        for k in range(heap):
            size = wide * rng.uniform(0.24, 0.62) if k else 0.8 * wide
            foot = np.array([[x, z]]) + rng.normal(0, 0.24 * wide, (1, 2)) * (k > 0)
            over = max(0.55 - float(np.hypot(*(foot[0] - [x, z]))) / wide, 0.0) * 0.7 * wide * (k > 0)
            at = terrain.place(foot, -0.10 * size - over)[0]
            parts.append(shapes.move(stones[int(rng.integers(12))][away > 14], at, rng.uniform(0, 360), size))
    rocks = shapes.box_uv(shapes.merge(parts), 1.7)
    base: RGB = (0.30, 0.27, 0.24)
    rock = surfaces.rock(layout + 621, base, 0.15)
    color = rock.albedo.astype(float)
    crusts = ((0.46, 0.17, 0.27), (0.44, 0.30, 0.09), (0.16, 0.24, 0.09))  # coralline algae, sponge, turf
    for number, crust in enumerate(crusts):
        patch = np.clip(1.5 * textures.noise(layout + 622 + number, 1024, 1.9) - 0.75, 0, 1)[..., None]
        share = (0.25 + 0.65 * bed.corals if number < 2 else 0.75) * patch
        color = color * (1 - share) + np.asarray(crust) * (0.55 + 1.6 * rock.albedo) * share
    grown = Surface(np.clip(color, 0.01, 0.9).astype(np.float32), np.full_like(rock.roughness, 0.9), rock.height)
    add_mesh(stage, f"{names.SET}/Rocks", rocks, textured(folder, "reef_rock", grown, 0.14, specular=0.15))
    return rocks


def _add_corals(stage: Usd.Stage, folder: Path, plan: SetPlan, bed: Bed, rocks: Mesh, terrain: Terrain) -> None:
    """Corals and sponges on the upper sides of the rock, sea grass on the sand."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 403]))
    picture = textures.write_color(folder, "coral_ramps", corals.ramps(_CORALS, plan.seed % 7 + 631))
    material = Material("coral", base_texture=picture, base=(0.4, 0.3, 0.2), roughness=0.75, specular=0.25)
    places = _on_rock(rng, rocks, int(1500 * bed.corals))
    away = np.hypot(places[:, 0], places[:, 2])
    kit = Kit()
    start = 0
    for growth in _GROWTHS:
        own = np.arange(start, start + int(growth.share * len(places)))
        start += len(own)
        size = rng.uniform(growth.low, growth.high, len(own))
        turn = rng.uniform(0, 360, len(own))
        for detail, (near, far) in enumerate(zip(_DETAIL, (*_DETAIL[1:], growth.reach), strict=True)):
            for number in range(3):
                mesh = growth.make(640 + 10 * number, detail)
                for column in range(number, len(_CORALS), 3):
                    some = (away[own] >= near) & (away[own] < far) & (own % len(_CORALS) == column)
                    painted = corals.recolored(mesh, column, len(_CORALS))
                    scale = size[some, None] * np.ones((1, 3))
                    kit.array(Kit({"coral": [painted]}), places[own[some]] - [0, 0.03, 0], turn[some], scale)
    if bed.corals > 0.1:
        kit.write(stage, f"{names.SET}/Reef", {"coral": material})
        brains = corals.brain_surface(plan.seed % 5 + 690, (0.10, 0.11, 0.05), (0.42, 0.36, 0.16))
        ball = shapes.sphere(0.5, 16)
        dome = Mesh((ball.points * [1, 0.78, 1]).astype(np.float32), ball.triangles)
        some = start + np.flatnonzero(away[start:] < 30)
        size = rng.uniform(0.25, 1.15, (len(some), 1)) ** 1.4 * np.ones((1, 3))
        grown = shapes.box_uv(
            shapes.array(shapes.smooth(dome), places[some], rng.uniform(0, 360, len(some)), size), 0.5
        )
        skin = textured(folder, "brain_coral", brains, 0.03, specular=0.25)
        add_mesh(stage, f"{names.SET}/BrainCorals", grown, skin)
    clear = clear_of(scatter(rng, 1.8, 15, 0.10, lambda x, z: _meadow(plan.seed, x, z) * bed.grass), _NEAR_REEF, 0.7)
    blades = undergrowth.grass(rng, terrain.place(clear, 0.01), 0.20, 5, 0.0042, 1.3)
    green = Material("sea_grass", base=(0.10, 0.20, 0.05), roughness=0.6)
    add_mesh(stage, f"{names.SET}/SeaGrass", blades, green)


def _meadow(seed: int, x: Array, z: Array) -> Array:
    """Where sea grass stands: in patches, and not where people walk."""
    tile = textures.noise(seed % 9 + 695, 128, 2.4)
    at = (np.abs(np.stack([x, z])) * 4).astype(int) % 128
    patch = np.clip(1.6 * tile[at[0], at[1]] - 0.8, 0, 1)
    ahead = np.clip((3.2 - z) / 1.5, 0, 1)  # not before the lens
    return patch * ahead * (1 - np.exp(-((np.hypot(x, z) / 2.6) ** 2)))


def _on_rock(rng: np.random.Generator, rocks: Mesh, count: int) -> Array:
    """Places on the upper sides of rocks, more of them near the hero, shape [count, 3]."""
    corners = rocks.points[rocks.triangles].astype(float)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(cross, axis=1)
    middle = corners.mean(axis=1)
    near = 1 / (1 + (np.hypot(middle[:, 0], middle[:, 2]) / 9.0) ** 2)
    weight = area * near * (cross[:, 1] > 0.35 * area) * (middle[:, 1] > 0.12)
    chosen = rng.choice(len(area), count, p=weight / weight.sum())
    u = np.sqrt(rng.random((count, 1)))
    v = rng.random((count, 1))
    a, b, c = corners[chosen, 0], corners[chosen, 1], corners[chosen, 2]
    return a * (1 - u) + b * (u * (1 - v)) + c * (u * v)


def _add_kelp(stage: Usd.Stage, folder: Path, plan: SetPlan, bed: Bed, terrain: Terrain, mounds: Array) -> None:
    """Kelp to the surface, in stands that leave lanes."""
    rng = np.random.Generator(np.random.PCG64([layout_of(plan), 404]))

    def density(x: Array, z: Array) -> Array:
        lane = (np.abs(x - 0.2 * z) < 1.7 + 0.03 * np.abs(z)) & (z > -6.5)
        return np.where(lane, 0.0, 0.8)

    at = scatter(rng, 2.9, 26, 1.7, density)[: 2 * bed.kelp]
    at = at[np.argsort(np.hypot(*at.T))][: bed.kelp + 30]
    drift = np.array([0.16, 0.07])
    parts = [corals.kelp(rng, foot, bed.level - 0.4, drift) for foot in terrain.place(at, 0.05)]
    picture = textures.write_color(folder, "kelp_ramp", corals.ramps((_KELP,), 699))
    skin = Material("kelp", base=(0.25, 0.19, 0.05), base_texture=picture, roughness=0.35, specular=0.4)
    add_mesh(stage, f"{names.SET}/Kelp", shapes.merge(parts), skin)


def _add_fish(stage: Usd.Stage, folder: Path, plan: SetPlan, bed: Bed) -> None:
    """Shoals that hang in the water: each of one kind, all headed about the same way."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 405]))
    picture = textures.write_color(folder, "fish_ramps", corals.ramps(_FISH, 701))
    skin = Material("fish", base=(0.4, 0.4, 0.3), base_texture=picture, roughness=0.35, specular=0.6)
    parts = []
    for shoal in range(4):
        middle = np.array([rng.uniform(-7, 7), rng.uniform(1.8, 0.6 * bed.level), rng.uniform(-13, -4)])
        count, heading = int(rng.integers(18, 60)), rng.uniform(0, 360)
        spread = rng.normal(0, 1, (count, 3)) * [1.5, 0.6, 1.5]
        swimmer = corals.recolored(corals.fish(shoal, rng.uniform(0.30, 0.55)), shoal % len(_FISH), len(_FISH))
        size = rng.uniform(0.10, 0.24) * rng.uniform(0.8, 1.2, (count, 1)) * np.ones((1, 3))
        parts.append(shapes.array(swimmer, middle + spread, heading + rng.normal(0, 14, count), size))
    add_mesh(stage, f"{names.SET}/Fish", shapes.merge(parts), skin)


def _wreck_materials(folder: Path) -> dict[str, Material]:
    """Old oak that algae grow on, and iron gone to rust."""
    wood = textures.wood(711, (0.035, 0.030, 0.020), (0.15, 0.125, 0.085), gloss=0.8)
    slime = textures.unit(textures.noise(712, 1024, 2.2), 1.5)[..., None]
    albedo = wood.albedo * (1 - 0.7 * slime) + np.array([0.085, 0.105, 0.050]) * 0.7 * slime
    oak = Surface(albedo.astype(np.float32), np.full_like(wood.roughness, 0.92), wood.height)
    return {
        "oak": textured(folder, "wreck_oak", oak, 0.02, specular=0.15),
        "iron": Material("wreck_iron", base=(0.13, 0.060, 0.030), roughness=0.9),
    }
