"""The field's park: a mown lawn in stripes, a gravel path with benches, trees that stand free."""

from __future__ import annotations

from dataclasses import replace
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
from secondunit_engine.world.kit import Kit, Palette, set_path
from secondunit_engine.world.land import trees, undergrowth
from secondunit_engine.world.land.grassland import blades, grass_material
from secondunit_engine.world.land.planting import Group, plant
from secondunit_engine.world.land.scatter import apart_from_each_other, scatter, sown, strewn
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_snowy, is_wet
from secondunit_engine.world.mesh import Material, scaled
from secondunit_engine.world.props.street_furniture import bench, litter_bin
from secondunit_engine.world.sets.field_meadow import from_lens, tones_of
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_HALF: Final = 1.35  # m, half the width of the path
# Rings of lawn: distance [m], blades a square metre, width [m].
_RINGS: Final = ((0.0, 3.4, 1700.0, 0.0044, 1), (3.4, 10.0, 420.0, 0.010, 1), (10.0, 30.0, 30.0, 0.030, 1))
_GREEN: Final[dict[str, RGB]] = {
    "spring": (0.075, 0.150, 0.022),
    "summer": (0.066, 0.122, 0.020),
    "autumn": (0.075, 0.115, 0.024),
    "winter": (0.085, 0.095, 0.034),
}
_LEAF: Final[dict[str, RGB]] = {
    "spring": (0.115, 0.205, 0.032),
    "summer": (0.072, 0.140, 0.026),
    "autumn": (0.40, 0.165, 0.022),
    "winter": (0.07, 0.055, 0.04),
}
# Benches at the path, (z, side); the near one in the picture behind the hero.
_BENCHES: Final = ((-6.5, -1), (-15.0, 1), (-24.0, -1), (6.0, -1), (-36.0, 1))
_LIME: Final = replace(trees.LIME, leaf=(0.19, 0.15), leaves=46, twigs=12)  # near by, leaves are of true size
_NEAR_TREES: Final = np.array([[-7.0, -9.4], [-11.5, -2.0], [10.5, -5.5]])


def add_park(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, season: str) -> RGB:
    """Everything in it; the colour of its ground is returned."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 181]))
    fixed = np.random.Generator(np.random.PCG64([layout_of(plan), 182]))
    green = _GREEN[season]
    _add_trees(stage, folder, plan, terrain, fixed, season)
    _add_path(stage, folder, plan, terrain)
    _add_benches(stage, folder, terrain)
    if not is_snowy(plan):
        _add_lawn(stage, folder, plan, rng, terrain, green)
    if season == "autumn":
        _add_fallen(stage, rng, terrain)
    return scaled(green, 0.95)


def along(z: Array) -> Array:
    """Where the middle of the path is at z: it winds away from the hero [m]."""
    return 2.6 * np.sin(0.055 * z) + 0.0016 * np.sign(z) * z**2 * 0.5


def off_path(x: Array, z: Array) -> Array:
    return np.abs(x - along(z))


def _add_lawn(
    stage: Usd.Stage, folder: Path, plan: SetPlan, rng: np.random.Generator, terrain: Terrain, green: RGB
) -> None:
    tones = tones_of(green, 0.12)
    material = grass_material(folder, "lawn", tones)
    cloud = textures.noise(plan.seed + 183, 512, 2.0)
    for number, (near, far, each, width, knees) in enumerate(_RINGS):

        def kept(x: Array, z: Array, near: float = near, far: float = far) -> Array:
            away = from_lens(x, z)
            return ((away >= near) & (away < far)) * np.clip((off_path(x, z) - _HALF + 0.28) / 0.12, 0, 1)

        at = sown(rng, each, 0.0, far + 12.0, kept)
        x, z = at.T
        rough = np.exp(-(((off_path(x, z) - _HALF + 0.15) / 0.2) ** 2))  # what the mower leaves at the edge
        tall = (0.052 + 0.010 * sample(cloud, x, z, 6.0) + 0.06 * rough) * rng.uniform(0.6, 1.2, len(at))
        stripe = np.sign(np.sin(2 * np.pi * (x + 0.45 * z) / 3.4))  # rolled this way and that
        deal = rng.random(len(at))
        tone = np.where(deal < 0.06, 3, np.where(deal < 0.5 + 0.16 * stripe, 0, np.where(deal < 0.85, 2, 1)))
        mesh = blades(
            rng, terrain.place(at, 0.006), np.maximum(tall, 0.02), width, len(tones), tone, 0.6, (0, 0), knees
        )
        add_mesh(stage, f"{names.SET}/Lawn{number}", mesh, material, gives_way=True)


def _add_path(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain) -> None:
    """Fine gravel, a little sunk at its edges."""
    z = np.concatenate([np.linspace(34, -30, 129), np.linspace(-31, -75, 45)])
    across = np.linspace(-1, 1, 11)
    heading = np.arctan(np.gradient(along(z), z))[:, None]
    x = along(z)[:, None] + _HALF * across * np.cos(heading)
    depth = z[:, None] - _HALF * across * np.sin(heading)
    y = terrain.height(x, depth) + 0.016 - 0.05 * across**6
    points = np.stack([x, y, depth], axis=-1)
    seed, size = plan.seed % 5 + 187, 1024
    grain, cloud = textures.noise(seed, size, 0.2), textures.noise(seed + 1, size, 2.0)
    tone = np.clip(0.85 + 0.17 * grain + 0.10 * cloud, 0.3, 1.5) * (0.6 if is_wet(plan) else 1)
    base = (0.72, 0.75, 0.80) if is_snowy(plan) else (0.30, 0.245, 0.175)
    gravel = Surface(
        np.clip(tone[..., None] * np.asarray(base), 0, 0.9).astype(np.float32),
        np.full((size, size), 0.5 if is_wet(plan) else 0.9, np.float32),
        textures.unit(grain),
    )
    mesh = shapes.grid(points, uvs=np.stack(np.broadcast_arrays(across * _HALF, -z[:, None]), axis=-1) / 2.0)
    if mesh.normals is not None and mesh.normals[:, 1].mean() < 0:
        mesh = shapes.grid(
            points[:, ::-1], uvs=np.stack(np.broadcast_arrays(-across * _HALF, -z[:, None]), axis=-1) / 2
        )
    add_mesh(stage, f"{names.SET}/Path", mesh, textured(folder, "gravel", gravel, 0.012, specular=0.2))


def _add_benches(stage: Usd.Stage, folder: Path, terrain: Terrain) -> None:
    """Benches that look over the path, a bin by the first."""
    palette, kit = Palette(), Kit()
    seat = bench(palette)
    for z, side in _BENCHES:
        x = float(along(np.array(z))) + side * (_HALF + 0.55)
        kit.place(seat, terrain.place(np.array([[x, z]]))[0], -90.0 * side)
    x = float(along(np.array(-8.6))) - _HALF - 0.6
    kit.place(litter_bin(palette), terrain.place(np.array([[x, -8.6]]))[0])
    materials = {
        "painted": palette.material(folder, "bench", 0.55),
        "iron": Material("bench_iron", base=(0.018, 0.019, 0.02), roughness=0.45, metallic=0.3),
    }
    kit.write(stage, set_path("Furniture"), materials)


def _add_trees(
    stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, fixed: np.random.Generator, season: str
) -> None:
    """Limes and oaks on the lawn in three details, far ones closing the view."""

    def density(x: Array, z: Array) -> Array:
        glade = np.exp(-((np.hypot(x - 2, z + 22) / 13) ** 2))
        to_sun = np.abs(np.arctan2(x, z) - np.radians(146)) < np.radians(13)  # or it would not reach the path
        shut = (off_path(x, z) < _HALF + 2.2) | (to_sun & (np.hypot(x, z) < 55))
        return np.where(shut, 0.0, 1 - glade)

    at = scatter(fixed, 13, 78, 10.5, density)
    at = apart_from_each_other(np.concatenate([_NEAR_TREES, at]), 7.5)
    away = np.hypot(*at.T)
    groups = (
        Group(_LIME, at[away < 13], 0, (0.55, 0.72)),
        Group(trees.LIME, at[(away >= 13) & (away < 26)], 1, (0.55, 0.85)),
        Group(trees.FIELD_OAK, at[away >= 26], 2, (0.75, 1.1)),
    )
    plant(stage, folder, "Park", terrain, groups, _LEAF[season], 41 + plan.seed % 3, bare=season == "winter")


def _add_fallen(stage: Usd.Stage, rng: np.random.Generator, terrain: Terrain) -> None:
    """Leaves on the grass, in two tones."""
    at = terrain.place(strewn(rng, 9000, 0.3, 22.0, 1.2))
    at[:, 1] += 0.03
    for number, (part, tone) in enumerate(((at[::2], 0.8), (at[1::2], 1.3))):
        color = Material(f"fallen_{number}", base=scaled((0.34, 0.135, 0.022), tone), roughness=0.6)
        add_mesh(stage, f"{names.SET}/Fallen{number}", undergrowth.litter(rng, part), color)
