"""Open water on the stage: a graded lattice to the horizon whose middle moves, and what it is made of.

The lattice is fine about the hero and coarser outwards, so that a cell covers about the same angle wherever it lies.
Its middle is one mesh that carries its water at rest (`primvars:Pref`) and, as attributes, the sea that moves it;
motion/water.py turns those into time samples. What lies beyond keeps still, too far away for its motion to be seen.
Waves too short for a cell become roughness (Cox and Munk, see motion/waves.py), so that glitter never aliases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pxr import Sdf, Usd, UsdGeom, Vt

from secondunit_engine.motion.surf import Surf, roller, washed
from secondunit_engine.motion.waves import Sea, Sheet, unresolved_slope, waves_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Aerial, Fog, add_air
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land.terrain import sample
from secondunit_engine.world.land.weather import is_thick
from secondunit_engine.world.mesh import Material, Mesh, scaled
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]

SEA: Final = "secondunit:sea"  # on a mesh: the fields of the `Sea` that moves it
SURF: Final = "secondunit:surf"  # and of the `Surf`, where it runs up a beach
LEVEL: Final = "secondunit:waterLevel"  # height of the water at rest [m]
ROLLER: Final = "secondunit:roller"  # bool: it is the foam on bores
FLOATS: Final = "secondunit:floatsTo"  # on an Xform: it floats, and the height up to which water stays out of it [m]
_PREF: Final = "Pref"  # primvar: its points at rest [m]
_HORIZON: Final = 14_000.0  # m
_BEYOND: Final = 700.0  # m from where on water is as rough as all its waves
SPECULAR: Final = 0.25  # of the principled surface: water's 2% at normal incidence
_RIPPLES: Final = 3.2  # m, a tile of them


@dataclass(frozen=True)
class Grading:
    """Lines of a lattice: `cell` metres apart at its centre, further apart by `growth` of the distance, and moving up
    to `reach` metres away."""

    cell: float = 0.10
    growth: float = 0.034
    reach: float = 62.0

    def lines(self, far: float = _HORIZON) -> tuple[Array, int]:
        """Distances from the centre [m], 0 first, and the number of the last that moves."""
        near = [0.0]
        while near[-1] < self.reach:
            near.append(near[-1] + max(self.cell, self.growth * near[-1]))
        outer = np.geomspace(near[-1], far, round(np.log(far / near[-1]) / 0.085) + 1)[1:]
        return np.concatenate([near, outer]), len(near) - 1


@dataclass(frozen=True)
class Water:
    """Moving water: its level at rest [m], the sea that moves it, and the surf that brings it up a beach. A `roller` is
    the foam on the surf's bores, whose points at rest are (x, share across, froth) as `surf.roller` takes them."""

    level: float
    sea: Sea
    surf: Surf | None = None
    roller: bool = False

    def mover(self, rest: Array, triangles: NDArray[np.integer]) -> Callable[[float], NDArray[np.float32]]:
        """Where points at rest, shape [N, 3], of a mesh are at a time [s], as a function of it."""
        surf, level = self.surf, self.level
        if surf is not None and self.roller:
            return lambda time: roller(surf, rest[:, 0], rest[:, 1], rest[:, 2], level, time).astype(np.float32)
        sheet = Sheet(waves_of(self.sea), rest[:, 0], rest[:, 2], cells(rest, triangles))
        if surf is not None:
            return lambda time: washed(surf, rest, sheet.at(time), level, time).astype(np.float32)
        return lambda time: (rest + sheet.at(time)).astype(np.float32)


def water_grid(x: Array, z: Array, water: Water, uvs: Array) -> tuple[Mesh, Mesh]:
    """A grid of water at x, z [m], shape [rows, columns], at rest and as it is at time 0. Rows run towards -Z where
    columns run towards +X. uvs: Shape [rows, columns, 2]."""
    rest = shapes.grid(np.stack([x, np.full(x.shape, water.level), z], axis=-1), uvs=uvs)
    points = water.mover(rest.points.astype(float), rest.triangles)(0.0)
    return rest, shapes.smooth(Mesh(points, rest.triangles, uvs=rest.uvs))


def add_moving_water(
    stage: Usd.Stage, name: str, x: Array, z: Array, water: Water, material: Material, uvs: Array
) -> None:
    """Define /Shot/Set/<name>, a grid of water (see `water_grid`) that motion/water.py moves."""
    rest, mesh = water_grid(x, z, water, uvs)
    _declare(add_mesh(stage, f"{names.SET}/{name}", mesh, material).GetPrim(), water, rest.points)


def add_roller(stage: Usd.Stage, x: Array, water: Water, material: Material, seed: int) -> None:
    """Define /Shot/Set/Roller: the foam on a surf's bores at places x along the shore [m], shape [N]."""
    across = np.linspace(0, 1, 22)
    tile = textures.noise(seed, 256, 2.1)
    froth = textures.unit(sample(tile, *np.meshgrid(x, 2.0 * across), 4.0), 1.2)  # (22, N)
    rest = np.stack([*np.broadcast_arrays(x[None], across[:, None]), froth], axis=-1)
    flat = shapes.grid(rest, uvs=rest[..., :2] / np.array([1.5, 0.7]))
    points = replace(water, roller=True).mover(rest.reshape(-1, 3), flat.triangles)(0.0)
    mesh = shapes.smooth(Mesh(points, flat.triangles, uvs=flat.uvs))
    prim = add_mesh(stage, f"{names.SET}/Roller", mesh, material).GetPrim()
    _declare(prim, replace(water, roller=True), rest.reshape(-1, 3))


def add_open_water(
    stage: Usd.Stage, folder: Path, water: Water, body: RGB, grading: Grading = Grading(), foam: float = 0.0
) -> None:
    """Define /Shot/Set/Sea, SeaFar and SeaHorizon: water all round the hero's mark.

    body: Albedo that the deep has, linear Rec.709. foam: 0 to 1, how much old foam drifts on it.
    """
    side, moving = grading.lines()
    line = np.concatenate([-side[:0:-1], side])
    first, last = len(side) - 1 - moving, len(side) - 1 + moving
    inner, whole = slice(first, last + 1), slice(None)
    x, z = np.meshgrid(line, -line)
    uvs = np.stack([x, -z], axis=-1)[inner, inner] / _RIPPLES
    near = rippled(folder, "sea", water.sea, body, foam)
    add_moving_water(stage, "Sea", x[inner, inner], z[inner, inner], water, near, uvs)
    parts = [(slice(None, first + 1), whole), (slice(last, None), whole)]
    parts += [(inner, slice(None, first + 1)), (inner, slice(last, None))]
    add_far_water(stage, [(x[part], z[part]) for part in parts], water, body)


def add_far_water(stage: Usd.Stage, grids: list[tuple[Array, Array]], water: Water, body: RGB) -> None:
    """Define /Shot/Set/SeaFar and SeaHorizon: still water at grids of x, z [m], rougher the further."""
    far = replace(water, surf=None)
    parts = [water_grid(x, z, far, np.stack([x, -z], axis=-1) / 40.0)[1] for x, z in grids]
    whole = shapes.merge(parts)
    away = np.hypot(whole.points[:, 0], whole.points[:, 2])[whole.triangles].max(axis=1)
    for name, kept, cell in (("SeaFar", away <= _BEYOND, 7.0), ("SeaHorizon", away > _BEYOND, 90.0)):
        rough = _roughness(unresolved_slope(water.sea, cell))
        add_mesh(
            stage, f"{names.SET}/{name}", _part(whole, kept),
            Material(name, base=body, roughness=rough, specular=SPECULAR),
        )  # fmt: skip


def rippled(folder: Path, name: str, sea: Sea, body: RGB, foam: float = 0.0, size: int = 1024) -> Material:
    """Near water: ripples too short for the lattice as relief, the shortest as roughness; a tile is 3.2 metres."""
    relief = 0.5 + 0.12 * textures.noise(sea.seed + 41, size, 2.7)
    lace = np.clip(froth(sea.seed + 43, size) + 1.3 * foam, 0, 1) if foam > 0 else np.zeros((size, size))
    albedo = np.asarray(body) + lace[..., None] * (0.62 - np.asarray(body))
    rough = 0.19 + 0.6 * lace
    surface = Surface(albedo.astype(np.float32), rough.astype(np.float32), relief.astype(np.float32))
    return textured(folder, name, surface, 0.010 * min(sea.wind, 8.0), specular=SPECULAR)


def froth(seed: int, size: int) -> NDArray[np.float32]:
    """A tile of old foam, bubbles drawn into strings between open cells, shape [size, size]: above 0 there is foam,
    and whoever adds up to 1.2 to it has more."""
    strings = np.maximum(textures.cracks(seed, size, 7, 2.2), 0.8 * textures.cracks(seed + 1, size, 10, 1.9))
    patch = textures.unit(textures.noise(seed + 2, size, 2.3), 1.4)
    fine = textures.unit(textures.noise(seed + 3, size, 0.8), 1.0)
    return (1.7 * (strings * (0.7 + 0.6 * fine) + 0.75 * patch) - 2.2).astype(np.float32)


def cells(points: Array, triangles: NDArray[np.integer]) -> Array:
    """The longest side, on the level, of the cells about each point of a lattice [m], shape [N]."""
    flat = points[:, [0, 2]]
    longest = np.zeros(len(points))
    for a, b in ((0, 1), (1, 2), (2, 0)):
        # Of a cell's diagonal the longer leg is at least 0.7.
        away = 0.75 * np.linalg.norm(flat[triangles[:, a]] - flat[triangles[:, b]], axis=1)
        np.maximum.at(longest, triangles[:, a], away)
        np.maximum.at(longest, triangles[:, b], away)
    return longest


def _declare(prim: Usd.Prim, water: Water, rest: Array) -> None:
    """Say on a mesh what moves it, and its points at rest."""
    prim.CreateAttribute(LEVEL, Sdf.ValueTypeNames.Double, custom=True).Set(water.level)
    prim.CreateAttribute(ROLLER, Sdf.ValueTypeNames.Bool, custom=True).Set(water.roller)
    for root, value in ((SEA, water.sea), (SURF, water.surf)):
        for field in () if value is None else fields(value):
            kind = Sdf.ValueTypeNames.Int if field.type == "int" else Sdf.ValueTypeNames.Double
            prim.CreateAttribute(f"{root}:{field.name}", kind, custom=True).Set(getattr(value, field.name))
    pref = UsdGeom.PrimvarsAPI(prim).CreatePrimvar(_PREF, Sdf.ValueTypeNames.Point3fArray, UsdGeom.Tokens.vertex)
    pref.Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(rest, np.float32)))


def declare_floating(prim: Usd.Prim, to: float) -> None:
    """Say of an Xform that it floats at the level at which it stands, closed to water up to a height [m]."""
    prim.CreateAttribute(FLOATS, Sdf.ValueTypeNames.Double, custom=True).Set(to)


def floating_to(prim: Usd.Prim) -> float | None:
    """Up to which height a thing floats [m] (`declare_floating`); None for what does not."""
    return float(prim.GetAttribute(FLOATS).Get()) if prim.HasAttribute(FLOATS) else None


def read_water(prim: Usd.Prim) -> tuple[Water, Array] | None:
    """What moves a mesh, and its points at rest, shape [N, 3]; None where no water does."""
    if not prim.HasAttribute(LEVEL):
        return None
    surf = Surf(**_values(prim, SURF, Surf)) if prim.HasAttribute(f"{SURF}:run") else None
    sea = Sea(**_values(prim, SEA, Sea))
    water = Water(float(prim.GetAttribute(LEVEL).Get()), sea, surf, bool(prim.GetAttribute(ROLLER).Get()))
    return water, np.array(UsdGeom.PrimvarsAPI(prim).GetPrimvar(_PREF).Get(), np.float64)


def _values(prim: Usd.Prim, root: str, kind: type) -> dict[str, Any]:
    return {field.name: prim.GetAttribute(f"{root}:{field.name}").Get() for field in fields(kind)}


def _roughness(slope: float) -> float:
    """Of a principled surface whose facets slope with this deviation along each axis. The facets of waves are Gaussian
    (Beckmann's alpha is 1.4 deviations); GGX has longer tails, and an alpha of one deviation glitters as wide."""
    return float(np.sqrt(slope))


def _part(mesh: Mesh, kept: NDArray[np.bool_]) -> Mesh:
    """Some of a mesh's triangles, and the points that they need."""
    used, index = np.unique(mesh.triangles[kept], return_inverse=True)
    normals, uvs = (None if each is None else each[used] for each in (mesh.normals, mesh.uvs))
    return Mesh(mesh.points[used], index.reshape(-1, 3).astype(np.int32), normals, uvs)


def add_sea_air(stage: Usd.Stage, plan: SetPlan, horizon: RGB, haze: float) -> None:
    """Salt haze to the sky's colour [1/m]; mist takes the horizon, of this radiance, away."""
    add_air(stage, "Aerial", Aerial(haze))
    if is_thick(plan):
        add_air(stage, "Fog", Fog(0.022 if "fog" in plan.weather else 0.010, scaled(horizon, 0.9)))
