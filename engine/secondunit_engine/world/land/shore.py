"""A shore to the -Z of the hero: sand that the sea has wetted, and the sea up to it (motion/surf.py says where it is).

Sand and water near the water line are strips whose texture runs along the shore one way and, finer near the line, out
to sea the other: so wetness, shallows, and lines of foam lie where the beach has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.motion.surf import Surf, along, bed
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land.terrain import sample
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.textures import Surface, textured
from secondunit_engine.world.water import (
    SPECULAR,
    Grading,
    Water,
    add_far_water,
    add_moving_water,
    add_roller,
    froth,
    water_grid,
)

Array = NDArray[np.floating]

DRY: Final = -4.2  # m offshore to which the sea has come today
_UNDER: Final = 10.0  # m offshore to which sand is built
_TILE: Final = 14.0  # m of shore that a tile of water is long
_SAND: Final = 5.0  # m of shore that a tile of sand is long
_FINE: Final = 1.2  # m offshore within which a strip's texture is evenly fine
_LEFT: Final = -900.0  # m, beyond the headland


@dataclass(frozen=True)
class Shallows:
    """Colours of a sea near the shore, linear Rec.709: what scatters back from deep water, and the sand's wet albedo;
    clarity: metres in which the bottom fades by e in green light. foam: 0 to 1, how much there is."""

    body: RGB = (0.012, 0.060, 0.070)
    sand: RGB = (0.17, 0.125, 0.078)
    clarity: float = 1.3
    foam: float = 1.0


def add_foreshore(stage: Usd.Stage, folder: Path, surf: Surf, level: float, sand: RGB, seed: int) -> None:
    """Define /Shot/Set/Foreshore: sand from where it is dry to under the water, wet where the sea has been."""
    side, _moving = Grading(0.16, 0.05, 62.0).lines(260.0)
    x = np.concatenate([-side[:0:-1], side])
    s = np.concatenate([np.arange(DRY, 2.5, 0.12), np.geomspace(2.5, _UNDER, 14)])
    u, offshore = np.meshgrid(x, s)
    points = np.stack([u, bed(surf, offshore, level) + 0.004, along(surf, u, offshore)], axis=-1)
    points[0, :, 1] -= 0.03  # into the dry sand
    v = (s - DRY) / (_UNDER - DRY)
    uvs = np.stack(np.broadcast_arrays(x[None] / _SAND, v[:, None]), axis=-1)
    material = textured(folder, "foreshore", _wet_sand(seed, surf, sand), 0.02, specular=0.4)
    add_mesh(stage, f"{names.SET}/Foreshore", shapes.grid(points, uvs=uvs), material)


def _wet_sand(seed: int, surf: Surf, sand: RGB, size: int = 1024) -> Surface:
    """The strip's texture: dry sand goes over into dark, glossy wet sand under a wavy line of the last high water."""
    along_shore = (np.arange(size) / size * _SAND)[None, :]
    s = (DRY + (1 - (np.arange(size) + 0.5) / size) * (_UNDER - DRY))[:, None]  # row 0 is v = 1

    def noise(number: int, wide: float, slope: float) -> Array:
        tile = textures.noise(seed + number, 512, slope)
        return sample(tile, along_shore + 0 * s, s + 0 * along_shore, wide)

    edge = s + 0.32 * noise(1, _SAND, 3.2) + 0.06 * noise(2, _SAND / 2, 2.2)
    damp = _ease((edge - (DRY + 0.8)) / 0.7)
    soaked = _ease((edge + surf.run * 0.95) / 1.1)
    grain, lump = noise(3, 0.5, 0.3), noise(4, 2.5, 1.6)
    tone = 1 + 0.07 * grain + 0.06 * lump
    albedo = np.asarray(sand) * (tone * (1 - 0.42 * damp - 0.20 * soaked))[..., None]
    wrack = np.clip(noise(5, 2.5, 1.2) - 0.6, 0, 1) * np.exp(-(((edge - (DRY + 0.75)) / 0.16) ** 2))
    albedo = albedo * (1 - np.clip(1.6 * wrack, 0, 0.9))[..., None] + 0.02 * wrack[..., None]
    shells = np.clip(noise(6, 1.0, 0.2) - 2.9, 0, 1) * 3 * (1 - 0.6 * soaked)
    albedo = albedo + np.clip(shells, 0, 1)[..., None] * np.array([0.5, 0.45, 0.38])
    rough = 0.92 - 0.34 * damp - 0.40 * soaked + 0.05 * noise(7, 2.5, 2.0) * soaked
    rills = (
        0.5 + 0.05 * lump * (1 - soaked) + 0.02 * grain * (1 - 0.7 * soaked) + 0.02 * noise(8, 5.0, 2.6) + 0.2 * wrack
    )
    return Surface(
        albedo.astype(np.float32), np.clip(rough, 0.10, 1).astype(np.float32), np.clip(rills, 0, 1).astype(np.float32)
    )


def add_shore_water(stage: Usd.Stage, folder: Path, water: Water, shallows: Shallows, *, rolls: bool = True) -> None:
    """Define /Shot/Set/Surf, which moves, SurfFar, SeaFar, SeaHorizon, and Roller: the sea from its edge to the
    horizon. `water` must have a surf."""
    surf = water.surf
    assert surf is not None
    side, moving = Grading(0.11, 0.036, 62.0).lines()
    out, washes = Grading(0.07, 0.034, 62.0).lines()
    left = side[side < -_LEFT]
    x = np.concatenate([-left[:0:-1], side])
    inner = slice(len(left) - 1 - moving, len(left) + moving)
    u, s = np.meshgrid(x, out)
    z = along(surf, u, s)
    v = _row(s, out[washes])
    uvs = np.stack([u / _TILE, v], axis=-1)
    material = textured(folder, "surf", _shallow_water(water, shallows, out[washes]), 0.035, specular=SPECULAR)
    near = slice(0, washes + 1)
    add_moving_water(stage, "Surf", u[near, inner], z[near, inner], water, material, uvs[near, inner])
    sides = [(near, slice(0, inner.start + 1)), (near, slice(inner.stop - 1, None))]
    still = [water_grid(u[part], z[part], water, uvs[part])[1] for part in sides]
    add_mesh(stage, f"{names.SET}/SurfFar", shapes.merge(still), material)
    add_far_water(stage, [(u[washes:], z[washes:])], water, shallows.body)
    if rolls:
        near = np.arange(-24, 24, 0.075)
        far = np.geomspace(24, 110, 110)
        add_roller(stage, np.concatenate([-far[::-1], near, far]), water, _tumbled(folder, water), water.sea.seed + 91)


def _tumbled(folder: Path, water: Water, size: int = 512) -> Material:
    """Foam of a roller: bubbles and holes; a tile is 1.5 metres of shore."""
    lumps, fine = textures.noise(water.sea.seed + 61, size, 1.5), textures.noise(water.sea.seed + 62, size, 0.6)
    holes = np.clip(0.45 - textures.unit(lumps + 0.5 * fine, 1.2) * 1.9, 0, 1)[..., None]
    albedo = np.array([0.86, 0.88, 0.89]) * (1 - holes) + np.array([0.16, 0.22, 0.21]) * holes
    height = np.clip(0.5 + 0.14 * lumps + 0.08 * fine, 0, 1)
    surface = Surface(albedo.astype(np.float32), np.full((size, size), 0.8, np.float32), height.astype(np.float32))
    return textured(folder, "roller", surface, 0.04, specular=0.2)


def _row(s: Array, far: float) -> Array:
    """The texture's v of a place s metres offshore."""
    return np.log1p(s / _FINE) / np.log1p(far / _FINE) * 0.999


def _shallow_water(water: Water, shallows: Shallows, far: float, size: int = 1024) -> Surface:
    """The strip's texture: the bottom seen through the shallows, and foam in lines and lace."""
    assert water.surf is not None
    v = 1 - (np.arange(size) + 0.5) / size
    s = (_FINE * np.expm1(v * np.log1p(far / _FINE)))[:, None] + np.zeros((1, size))
    u = (np.arange(size) / size * _TILE)[None, :] + np.zeros((size, 1))
    seed = water.sea.seed + 50
    wander = sample(textures.noise(seed, 512, 2.6), u, s, _TILE)
    deep = np.maximum(water.level - bed(water.surf, s, water.level), 0)
    fade = np.exp(-2 * deep[..., None] / shallows.clarity * np.array([2.6, 1.0, 0.85]))
    out = _ease((s - 12) / 45)[..., None]
    albedo = np.asarray(shallows.sand) * fade * (1 - out)
    stirred = np.array([0.055, 0.085, 0.070])  # sand hangs in the surf
    albedo = albedo + (1 - fade * (1 - out)) * (stirred * (1 - out) + np.asarray(shallows.body) * out)
    lines = 1.1 * np.exp(-(((s - 0.05 - 0.05 * wander) / 0.10) ** 2)) + 0.8 * np.exp(-((s / 0.5) ** 2))
    lace = 0.72 * np.exp(-(((s - 2.0 - 0.8 * wander) / 2.2) ** 2)) + 0.62 * np.exp(-(((s - 9 - 2 * wander) / 5) ** 2))
    amount = shallows.foam * (lines + lace + 0.22 * np.exp(-s / 30)) + 0.10 * wander * (s < 20)
    foam = np.clip(sample(froth(seed + 5, 1024), u, s, _TILE / 2) + 1.15 * amount, 0, 1)[..., None]
    albedo = albedo * (1 - foam) + np.array([0.62, 0.64, 0.64]) * foam
    relief = (
        0.5 + 0.10 * sample(textures.noise(seed + 9, 512, 2.5), u, s, _TILE / 4) * _ease(s / 3) + 0.05 * foam[..., 0]
    )
    rough = 0.10 + 0.23 * _ease((s - 2) / 58) + 0.6 * foam[..., 0]
    return Surface(albedo.astype(np.float32), rough.astype(np.float32), np.clip(relief, 0, 1).astype(np.float32))


def _ease(t: Array) -> Array:
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)
