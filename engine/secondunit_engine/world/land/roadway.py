"""Roads through open country: where they run, what they are covered with, and what stands along them.

A road runs along Z past the hero's verge, level where people and cars are; further off it bends and follows the hills.
Markings are thin strips of worn paint over the asphalt.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.street_textures import field, step, wetted
from secondunit_engine.world.textures import Surface, textured

Array = NDArray[np.floating]
_TILE: Final = 26.0  # m along the road that a tile of asphalt is
_LEVEL: Final = 42.0  # m about the hero in which a road is straight and level
_FALL: Final = 0.0022  # m a metre away by which the land lies under a far road, so that no cell of it comes through
# Along the road: close where it is seen close, z [m].
STATIONS: Final = np.concatenate([np.linspace(110, 46, 17), np.linspace(44, -60, 105), -np.geomspace(61, 2600, 170)])


@dataclass(frozen=True)
class Road:
    """A carriageway. middle: x of its middle beside the hero [m]. half: Half its width [m]. bend: How far it swings to
    a side in the distance [m]; rise: how far up and down [m]. shoulder: Width of the gravel beside it [m]."""

    middle: float
    half: float
    bend: float = 0.0
    rise: float = 0.0
    shoulder: float = 1.5

    def at(self, z: Array) -> Array:
        """x of its middle [m]."""
        out = np.clip(np.abs(z) - _LEVEL, 0, None)
        swing = np.sin(out / 95.0) - 0.45 * np.sin(out / 41.0 + 0.0)
        return self.middle + self.bend * swing * np.clip(out / 160, 0, 1) ** 1.5

    def height(self, z: Array) -> Array:
        """Its height [m]."""
        out = np.clip(np.abs(z) - _LEVEL, 0, None)
        return self.rise * (1 - np.cos(out / 120.0)) * np.clip(out / 200, 0, 1) + 0.5 * self.rise * np.sin(
            out / 310.0
        ) * np.clip(out / 300, 0, 1)

    def beside(self, x: Array, z: Array) -> Array:
        """How far places are from its middle [m]."""
        return np.abs(x - self.at(z))

    def graded(self, x: Array, z: Array, height: Array) -> Array:
        """The land with a bed cut for the road, under which it lies a little."""
        away, far = self.beside(x, z), np.hypot(x, z)
        edge = self.half + self.shoulder - 0.3
        share = np.clip((away - edge) / (7.0 + 0.06 * far), 0, 1)
        share = share * share * (3 - 2 * share)
        bed = self.height(z) - 0.05 - _FALL * np.clip(far - 30, 0, None)
        ditch = 0.28 * np.exp(-(((away - edge - 1.6) / 0.8) ** 2)) * np.clip((far - 8) / 15, 0, 1)
        return height * share + (bed - ditch) * (1 - share)

    def strip(self, low: float, high: float, lift: float = 0.0, z: Array = STATIONS, parts: int = 2) -> Mesh:
        """A surface between two distances right of its middle [m], with texture coordinates in metres across and along
        it; `lift` is over the asphalt [m]."""
        across = np.linspace(low, high, parts + 1)
        heading = np.arctan(np.gradient(self.at(z), z))[:, None]
        x = self.at(z)[:, None] + across * np.cos(heading)
        depth = z[:, None] - across * np.sin(heading)
        crown = 0.014 * (1 - np.clip(np.abs(across) / self.half, 0, 1) ** 2)
        y = self.height(z)[:, None] + crown + lift
        slope = np.clip(np.abs(across) - self.half, 0, None) * 0.045
        points = np.stack(np.broadcast_arrays(x, y - slope, depth), axis=-1)
        run = np.concatenate([[0], np.cumsum(np.hypot(np.diff(self.at(z)), np.diff(z)))])
        uvs = np.stack(np.broadcast_arrays(across[None], run[:, None]), axis=-1)
        return shapes.grid(points, uvs=uvs)

    def rows(self, first: float, last: float, pitch: float, side: float) -> tuple[Array, Array]:
        """Places [m], shape [N, 3], each `pitch` metres from `first` down to `last` (z) at `side` metres right of the
        middle, and which way the road runs there as a turn about Y [degrees], shape [N]."""
        z = np.arange(first, last, -pitch)
        turn = np.degrees(np.arctan(self.at(z + 0.5) - self.at(z - 0.5)))
        return np.column_stack([self.at(z) + side, self.height(z) - 0.05, z]), turn


def add_asphalt(stage: Usd.Stage, folder: Path, name: str, road: Road, tracks: tuple[float, ...], seed: int, wet: float,
                tint: RGB = (1.0, 0.985, 0.96)) -> None:  # fmt: skip
    """The carriageway; wheels run at `tracks` metres right of its middle."""
    tile = asphalt(seed, 2 * road.half, tracks, wet)
    tile = Surface(tile.albedo * np.asarray(tint, np.float32), tile.roughness, tile.height)
    mesh = road.strip(-road.half, road.half, parts=8)
    assert mesh.uvs is not None
    uvs = mesh.uvs / np.array([2 * road.half, _TILE], np.float32) + np.array([0.5, 0], np.float32)
    material = textured(folder, f"{name.lower()}_asphalt", tile, 0.012, specular=0.4)
    add_mesh(stage, f"{names.SET}/{name}", Mesh(mesh.points, mesh.triangles, mesh.normals, uvs), material)


def asphalt(seed: int, width: float, tracks: tuple[float, ...], wet: float) -> Surface:
    """A worn carriageway `width` metres wide, u across and v along; without anything that is seen to come again."""
    rows, columns = 2048, 768
    x = (np.arange(columns, dtype=np.float32) + 0.5)[None, :] / columns * width - width / 2
    stones, clouds = field(seed, rows, columns, 0.4), field(seed + 1, rows, columns, 1.5)
    polish = sum((np.exp(-(((x - at) / 0.36) ** 2)) for at in tracks), 0 * x)
    veins = np.kron(textures.cracks(seed + 3, 1024, 40.0, 2.0), np.ones((2, 1), np.float32))[:, :columns]
    veins = veins * step(0.5, 1.4, field(seed + 4, rows, columns, 1.8))
    edge = 1 - step(0.05, 0.55, width / 2 - np.abs(x))
    tone = 0.064 + 0.005 * clouds + 0.014 * stones + 0.010 * polish - 0.03 * veins + 0.018 * edge
    albedo = np.clip(tone, 0.012, 0.25)[..., None] * np.ones(3, np.float32)
    height = np.clip(0.5 + 0.10 * stones - 0.25 * veins, 0, 1)
    roughness = 0.80 - 0.10 * polish + 0.03 * clouds
    level = field(seed + 5, rows, columns, 2.4) + 0.5 * polish + 0.4 * edge - 0.3
    return wetted(Surface(albedo.astype(np.float32), roughness.astype(np.float32), height), level, wet)


def add_markings(stage: Usd.Stage, folder: Path, name: str, strips: list[Mesh], color: RGB, seed: int) -> None:
    """Strips of paint that wheels have worn."""
    size = 512
    chips = step(0.7, 1.5, textures.noise(seed + 7, size, 1.2) + 0.4 * textures.noise(seed + 8, size, 0.4))
    albedo = textures.blend(color, (0.10, 0.098, 0.095), 0.8 * chips)
    surface = Surface(albedo, np.full((size, size), 0.62, np.float32), (0.6 - 0.3 * chips).astype(np.float32))
    whole = shapes.merge(strips)
    assert whole.uvs is not None
    mesh = Mesh(whole.points, whole.triangles, whole.normals, (whole.uvs / 1.7).astype(np.float32))
    add_mesh(stage, f"{names.SET}/{name}", mesh, textured(folder, name.lower(), surface, 0.002, specular=0.4))


def dashes(road: Road, at: float, length: float, pitch: float, width: float, far: float = -700.0) -> list[Mesh]:
    """A broken line `at` metres right of the middle."""
    low, high = at - width / 2, at + width / 2
    return [
        road.strip(low, high, 0.004 + 0.0004 * max(0.0, -start - 40), np.linspace(start, start - length, 4), 1)
        for start in np.arange(60.0, far, -pitch).tolist()
    ]


def line(road: Road, at: float, width: float) -> Mesh:
    """An unbroken line `at` metres right of the middle."""
    return road.strip(at - width / 2, at + width / 2, 0.004, parts=1)


def guard_rail(road: Road, at: float, first: float, last: float) -> tuple[Mesh, Mesh]:
    """A W-beam of steel `at` metres right of the middle, its face to the road, and its posts."""
    profile = np.array(
        [(0.0, 0.52), (0.015, 0.55), (0.075, 0.58), (0.08, 0.61), (0.02, 0.66), (0.02, 0.70), (0.08, 0.75),
         (0.075, 0.78), (0.015, 0.81), (0.0, 0.84)]
    )  # fmt: skip
    face = -np.sign(at)
    z = np.concatenate([np.linspace(first, -60, int((first + 60) / 2)), -np.geomspace(62, -last, 90)])
    x, y = road.at(z) + at, road.height(z) - 0.05
    points = np.stack(
        [x[:, None] + face * profile[:, 0], y[:, None] + profile[:, 1], np.repeat(z[:, None], len(profile), 1)], axis=-1
    )
    beam = shapes.grid(points if face > 0 else points[:, ::-1])
    feet, turn = road.rows(first, max(last, -420.0), 4.0, at - face * 0.06)
    post = shapes.box((-0.05, -0.3, -0.035), (0.05, 0.80, 0.035))
    return beam, shapes.array(Mesh(post.points, post.triangles, post.normals), feet, turn, np.ones((len(feet), 3)))


def delineators(feet: Array) -> tuple[Mesh, Mesh]:
    """White posts a metre high on these feet [m], and the black bands round their heads."""
    post = shapes.lathe([(0.0, -0.2), (0.055, -0.2), (0.05, 0.98), (0.03, 1.02), (0, 1.03)], 8)
    band = shapes.lathe([(0.0525, 0.74), (0.0535, 0.75), (0.0515, 0.93), (0.0505, 0.94)], 8)
    one = np.ones((len(feet), 3))
    return shapes.array(post, feet, 0.0, one), shapes.array(band, feet, 0.0, one)


def telegraph(feet: Array, seed: int) -> tuple[Mesh, Mesh]:
    """Poles with two arms on these feet [m], shape [N, 3], one after the other, and the wires between them."""
    rng = np.random.Generator(np.random.PCG64([seed, 17]))
    pole = shapes.lathe([(0, -0.5), (0.15, -0.5), (0.13, 0.0), (0.10, 8.2), (0, 8.25)], 10)
    arms = [shapes.box((-1.0, y, -0.05), (1.0, y + 0.11, 0.05)) for y in (7.1, 7.75)]
    at = [(x, y) for y in (7.1, 7.75) for x in (-0.9, -0.45, 0.45, 0.9)]
    pins = [shapes.move(shapes.cylinder(0.035, 0, 0.16, 6), (x, y + 0.1, 0)) for x, y in at]
    whole = shapes.merge([Mesh(m.points, m.triangles, m.normals) for m in (pole, *arms, *pins)])
    t = np.linspace(0, 1, 12)
    wires: list[Mesh] = []
    for here, there in pairwise(feet):
        for x, y in at:
            sag = 0.55 * rng.uniform(0.8, 1.25)
            path = here + (there - here) * t[:, None] + np.array([x, y + 0.27, 0])
            path[:, 1] -= 4 * sag * t * (1 - t)
            wires.append(shapes.tube(path, 0.009, 3))
    return shapes.array(whole, feet, rng.normal(0, 2, len(feet)), np.ones((len(feet), 3))), shapes.merge(wires)


STEEL: Final = Material("galvanised", base=(0.42, 0.43, 0.44), metallic=0.75, roughness=0.42)
