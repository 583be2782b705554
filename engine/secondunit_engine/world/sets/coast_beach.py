"""The coast's beach: sand, the surf, old groyne posts running into it, a boat drawn up, dunes behind, a headland."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.motion.surf import Surf, along, bed, offshore
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import boats, shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.kit import Kit
from secondunit_engine.world.land import surfaces, undergrowth
from secondunit_engine.world.land.scatter import clear_of, scatter
from secondunit_engine.world.land.shore import DRY, Shallows, add_foreshore, add_shore_water
from secondunit_engine.world.land.terrain import Terrain, sample
from secondunit_engine.world.land.weather import is_wet
from secondunit_engine.world.mesh import Material, scaled
from secondunit_engine.world.sets.coast_finishes import add_headland, boat_materials, driftwood, sea_of
from secondunit_engine.world.textures import Surface, textured
from secondunit_engine.world.water import Water

Array = NDArray[np.floating]
_LEVEL: Final = -0.36  # m, of the sea
SURF: Final = Surf(shore=5.4, slant=-0.30, slope=0.092)
_SANDS: Final = ((0.42, 0.33, 0.215), (0.50, 0.43, 0.32), (0.34, 0.275, 0.20))


def add_beach(stage: Usd.Stage, folder: Path, plan: SetPlan, layout: int) -> None:
    """Everything but the sky."""
    surf = SURF
    sand = _SANDS[plan.seed // 3 % len(_SANDS)]
    water = Water(_LEVEL, sea_of(plan), surf)
    terrain = _terrain(surf, layout)
    wet = is_wet(plan)
    _add_sand(stage, folder, plan, terrain, sand, wet)
    add_foreshore(stage, folder, surf, _LEVEL, sand, plan.seed % 7 + 811)
    clear = not {"storm", "overcast", "rain", "fog"} & set(plan.weather)
    body = (0.008, 0.058, 0.075) if clear else (0.022, 0.045, 0.046)
    add_shore_water(stage, folder, water, Shallows(body, scaled(sand, 0.42)))
    add_headland(stage, folder, surf, layout)
    _add_groyne(stage, folder, surf, layout)
    _add_boat(stage, folder, plan)
    _add_wrack(stage, folder, plan, surf)
    _add_grass(stage, plan, terrain)
    _add_driftwood(stage, layout)


def _terrain(surf: Surf, layout: int) -> Terrain:
    """Level sand about the hero, dunes inland; it dives under the foreshore, which is a mesh of its own."""
    broad = textures.noise(layout + 911, 512, 3.0)

    def shape(x: Array, z: Array) -> Array:
        s = offshore(surf, x, z)
        inland = np.clip((-s - 22) / 30, 0, 1)
        dunes = inland**1.5 * (3.2 + 2.2 * sample(broad, x, z, 110.0)) + 0.05 * sample(broad, z, x, 9.0) * np.clip(
            (np.hypot(x, z) - 1.6) / 5, 0, 1
        ) * np.clip((DRY - s) / 2, 0, 1)
        return bed(surf, np.minimum(s, DRY), _LEVEL) + dunes - 0.5 * np.clip((s - DRY - 0.25) / 0.8, 0, 30)

    return Terrain(layout * 101 + 19, (), shape)


def _add_sand(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, sand: RGB, wet: bool) -> None:
    near = textured(folder, "sand", _dry_sand(plan.seed % 7 + 801, sand, wet), 0.075, specular=0.25)
    add_mesh(stage, f"{names.SET}/Sand", terrain.mesh(0, 60, 300, 4.0), near)
    far = textured(folder, "dune_sand", _dry_sand(plan.seed % 7 + 803, sand, wet), 0.3, specular=0.2)
    add_mesh(stage, f"{names.SET}/Dunes", terrain.mesh(60, 900, 300, 23.0), far)


def _dry_sand(seed: int, sand: RGB, wet: bool, size: int = 1024) -> Surface:
    """Trodden beach sand: footprints that crumble, wind ripples, shells; a tile is four metres."""
    lump, drift = textures.noise(seed, size, 1.9), textures.noise(seed + 1, size, 2.6)
    grain = textures.noise(seed + 2, size, 0.3)
    prints = _footprints(np.random.Generator(np.random.PCG64(seed)), size)
    shells = np.clip((textures.noise(seed + 4, size, 0.3) - 3.1) * 2, 0, 1)
    height = np.clip(0.5 + 0.05 * lump + 0.05 * drift + 0.24 * prints + 0.012 * grain + 0.05 * shells, 0, 1)
    tone = np.clip(1 + 0.09 * grain + 0.05 * lump + 0.06 * drift + 0.10 * np.minimum(prints, 0), 0.5, 1.4)
    albedo = tone[..., None] * np.asarray(sand) * (0.6 if wet else 1) * (1 - shells[..., None])
    albedo = albedo + shells[..., None] * np.array([0.55, 0.5, 0.44])
    rough = np.full((size, size), 0.55 if wet else 0.94, np.float32)
    return Surface(albedo.astype(np.float32), rough, height.astype(np.float32))


def _footprints(rng: np.random.Generator, size: int, tile: float = 4.0) -> Array:
    """Trails of bare feet over a tile, wrapping: -1 in a print, a little above 0 on its rim, shape [size, size]."""
    field = np.zeros((size, size))
    reach = int(0.3 / tile * size)
    axis = np.arange(-reach, reach + 1) * tile / size  # m
    dy, dx = np.meshgrid(axis, axis, indexing="ij")
    for _ in range(5):
        at, heading = rng.uniform(0, tile, 2), rng.uniform(0, 2 * np.pi)
        for step in range(9):
            heading += rng.normal(0, 0.14)
            way = np.array([np.sin(heading), np.cos(heading)])
            at = at + 0.62 * way
            foot = at + (0.10 if step % 2 else -0.10) * np.array([way[1], -way[0]])
            along_foot, across = dx * way[0] + dy * way[1], dx * way[1] - dy * way[0]
            round_foot = np.hypot(
                (along_foot - 0.02) / 0.145, across / (0.058 + 0.10 * np.clip(along_foot, -0.2, 0.2) * 0.4)
            )
            depth = -_soft(1.5 - round_foot) * rng.uniform(0.6, 1.0) + 0.12 * np.exp(-(((round_foot - 1.5) / 0.4) ** 2))
            rows, columns = (np.round(foot / tile * size).astype(int)[:, None] + np.arange(-reach, reach + 1)) % size
            block = np.ix_(rows, columns)
            field[block] = np.where(depth < -0.05, np.minimum(field[block], depth), field[block] + np.maximum(depth, 0))
    return np.clip(field, -1, 0.6)


def _soft(t: Array) -> Array:
    t = np.clip(t / 1.1, 0, 1)
    return t * t * (3 - 2 * t)


def _add_groyne(stage: Usd.Stage, folder: Path, surf: Surf, layout: int) -> None:
    """A double row of old posts from the beach into the sea on the right: it leads the eye out."""
    rng = np.random.Generator(np.random.PCG64([layout, 71]))
    posts, boards = [], []
    s = np.concatenate([np.arange(-3.4, 17, 0.92)])
    for off in s.tolist():
        x = 3.1 + 0.20 * (off + 3.4) + float(rng.normal(0, 0.05))
        z = float(along(surf, np.array(x), np.array(off)))
        ground = float(bed(surf, np.array(off), _LEVEL))
        top = max(0.52 - 0.035 * (off + 3.4), -0.02) + float(rng.normal(0, 0.09))
        lean = shapes.move(boats.pile(2.4, float(rng.uniform(0.085, 0.12)), 12), (0, 0, 0), float(rng.uniform(0, 360)))
        posts.append(shapes.move(lean, (x, top, z)))
        if off < 12:
            nx = x + 0.20 * 0.92
            nz = float(along(surf, np.array(nx), np.array(off + 0.92)))
            for up in (0.05, 0.27):
                if rng.random() < 0.16:
                    continue
                way = np.array([nx - x, float(rng.normal(0, 0.015)), nz - z])
                board = shapes.soft_box((-0.02, 0, -0.06), (0.02, 0.19, float(np.hypot(way[0], way[2])) + 0.06), 0.008)
                turn = np.degrees(np.arctan2(way[0], way[2]))
                boards.append(shapes.move(board, (x + 0.12, ground + up, z), float(turn)))
    wood = driftwood(folder, layout + 941)
    add_mesh(stage, f"{names.SET}/Groyne", shapes.merge(posts + [shapes.box_uv(board) for board in boards]), wood)


def _add_boat(stage: Usd.Stage, folder: Path, plan: SetPlan) -> None:
    """A rowing boat drawn up on the sand on the left, its line to a stake."""
    kit = Kit()
    boat = Kit()
    boat.place(boats.rowing_boat(), (0, 0, 0))
    tilt = np.radians(13)
    roll = np.eye(4)
    roll[:2, :2] = [[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]]
    for material, meshes in boat.parts.items():
        kit.put(material, shapes.move(shapes.transform(shapes.merge(meshes), roll), (-3.7, -0.09, 0.2), 118))
    kit.write(stage, f"{names.SET}/Boat", boat_materials(folder, plan.seed % 4), {"hull": 0.9})


def _add_wrack(stage: Usd.Stage, folder: Path, plan: SetPlan, surf: Surf) -> None:
    """Pebbles and weed where the last high water left them."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 72]))
    x = rng.normal(0, 14, 420)
    off = DRY + 0.75 + rng.normal(0, 0.22, 420) + 0.25 * np.sin(x / 2.3)
    at = np.column_stack([x, bed(surf, off, _LEVEL) - 0.008, along(surf, x, off)])
    parts = [
        shapes.array(undergrowth.stone(k + 170, 12, 0.45, 0.2), at[k::4], rng.uniform(0, 360, len(at[k::4])),
                     (rng.uniform(0.15, 1, (len(at[k::4]), 1)) ** 2 * 0.11 + 0.02) * np.ones((1, 3)))
        for k in range(4)
    ]  # fmt: skip
    rock = textured(folder, "pebbles", surfaces.rock(971, (0.16, 0.145, 0.13), 0.0, 512), 0.01)
    add_mesh(stage, f"{names.SET}/Pebbles", shapes.box_uv(shapes.merge(parts), 0.4), rock)
    weed = at[rng.random(len(at)) < 0.5] + rng.normal(0, 0.1, (1, 3)) * [1, 0, 1]
    strands = undergrowth.grass(rng, weed, 0.10, 12, 0.006, 3.2)
    add_mesh(stage, f"{names.SET}/Weed", strands, Material("weed", base=(0.030, 0.022, 0.010), roughness=0.35))


def _add_grass(stage: Usd.Stage, plan: SetPlan, terrain: Terrain) -> None:
    """Marram on the dunes, thin tufts where they begin."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 73]))

    def density(x: Array, z: Array) -> Array:
        return np.clip((-offshore(SURF, x, z) - 19) / 16, 0, 0.9)

    at = scatter(rng, 9.0, 75, 1.15, density)
    tufts = undergrowth.grass(rng, terrain.place(clear_of(at, np.zeros((1, 2)), 8), 0.03), 0.75, 34, 0.0045, 0.8)
    add_mesh(stage, f"{names.SET}/Marram", tufts, Material("marram", base=(0.17, 0.185, 0.065), roughness=0.7))


def _add_driftwood(stage: Usd.Stage, layout: int) -> None:
    """Bleached logs on the sand: one before the lens on the left, others along the wrack."""
    parts = []
    for k, (x, z, turn, scale) in enumerate(((-0.2, 4.4, -20, 0.42), (4.6, 0.6, 105, 0.30), (-9.5, -0.4, 160, 0.6))):
        parts.append(shapes.move(undergrowth.log(layout + 981 + k, 4.2, 0.26), (x, -0.05 * scale, z), turn, scale))
    add_mesh(stage, f"{names.SET}/Driftwood", shapes.merge(parts), Material("old_timber"))
