"""What land and plants are covered with: bark, litter, moss, turf, sand, rock, snow. Tiles by a seed."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from secondunit_engine.world.textures import RGB, Surface, blend, cracks, noise, unit

_SNOW: RGB = (0.80, 0.83, 0.88)


def bark(seed: int, dark: RGB, light: RGB, furrows: float = 1.0, moss: float = 0.3, size: int = 1024) -> Surface:
    """Bark in ridges that run up the trunk, greened by moss; a tile is one metre."""
    warp = noise(seed, size, 2.2, (5, 1))
    ridge = np.abs(np.sin(7.0 * np.pi * np.linspace(0, 2, size, endpoint=False)[None, :] + 2.2 * warp))
    plates = np.clip(1.25 * ridge - 0.9 * cracks(seed + 1, size, 10, 2.0) * furrows, 0, 1)
    grain = unit(noise(seed + 2, size, 1.0, (6, 1)))
    height = np.clip(0.15 + 0.6 * plates * furrows + 0.2 * grain, 0, 1)
    albedo = blend(dark, light, 0.75 * plates + 0.25 * grain)
    green = np.clip(unit(noise(seed + 3, size, 2.4), 1.6) - (0.85 - moss), 0, 1)[..., None] * 1.6
    tuft = np.asarray((0.055, 0.085, 0.016)) * (0.5 + 0.9 * unit(noise(seed + 4, size, 0.8)))[..., None]
    albedo = albedo * (1 - np.clip(green, 0, 1)) + tuft * np.clip(green, 0, 1)
    return Surface(albedo.astype(np.float32), np.full((size, size), 0.88, np.float32), height.astype(np.float32))


def forest_floor(seed: int, leaf: RGB, moss: float, wet: bool, size: int = 1024) -> Surface:
    """Leaf litter over dark soil with mossy patches; a tile is three metres."""
    albedo, height = _flakes(seed, leaf, size)
    soil = np.clip(unit(noise(seed + 2, size, 2.4), 1.5) - 0.55, 0, 1)[..., None] * 1.5
    albedo = albedo * (1 - soil) + np.asarray((0.022, 0.015, 0.010)) * soil
    green = np.clip((unit(noise(seed + 3, size, 2.5), 2.0) - (1 - moss)) * 4, 0, 1)
    fuzz = unit(noise(seed + 4, size, 0.6))
    tuft = np.asarray((0.050, 0.085, 0.014)) * (0.35 + 1.1 * fuzz)[..., None]
    albedo = albedo * (1 - green[..., None]) + tuft * green[..., None]
    height = np.clip(height * (1 - green) + green * (0.5 + 0.3 * (fuzz - 0.5)), 0, 1)
    rough = np.full((size, size), 0.45 if wet else 0.85) + 0.1 * (fuzz - 0.5)
    return Surface(
        (albedo * (0.55 if wet else 1)).astype(np.float32), rough.astype(np.float32), height.astype(np.float32)
    )


def _flakes(seed: int, leaf: RGB, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Leaves strewn over one another: each texel shows the flake that was laid there last."""
    rng = np.random.Generator(np.random.PCG64(seed))
    albedo = np.zeros((size, size, 3), np.float32) + np.asarray(leaf, np.float32) * 0.35
    height = np.full((size, size), 0.25, np.float32)
    reach = size // 60
    axis = np.arange(-reach, reach + 1)
    y, x = np.meshgrid(axis, axis, indexing="ij")
    for layer in np.linspace(0, 1, 5200).tolist():
        row, column, turn = rng.integers(0, size), rng.integers(0, size), rng.uniform(0, np.pi)
        u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        inside = (np.abs(u) / reach) ** 1.5 + (np.abs(v) / (0.48 * reach)) < 1
        rows, columns = (row + y[inside]) % size, (column + x[inside]) % size
        vein = 1 - 0.35 * (np.abs(v[inside]) < 0.8)
        tint = np.asarray(leaf) * rng.uniform(0.45, 1.5) * np.array([1, rng.uniform(0.8, 1.1), rng.uniform(0.6, 1.1)])
        albedo[rows, columns] = tint * vein[:, None]
        height[rows, columns] = 0.2 + 0.6 * layer + 0.15 * u[inside] / reach
    return albedo, ndimage.gaussian_filter(height, 0.7, mode="wrap")


def rock(seed: int, base: RGB, lichen: float = 0.3, size: int = 1024) -> Surface:
    """Weathered rock with cracks and lichen; a tile is one or two metres."""
    grain, cloud = noise(seed, size, 1.2), noise(seed + 1, size, 2.3)
    split = cracks(seed + 2, size, 26, 2.2)
    value = np.clip(0.9 + 0.10 * grain + 0.22 * cloud - 0.55 * split, 0.1, 2)
    albedo = value[..., None] * np.asarray(base)
    spots = np.clip((noise(seed + 3, size, 1.5) - 1.4 + lichen) * 2, 0, 1)[..., None]
    albedo = albedo * (1 - spots) + spots * np.asarray((0.20, 0.21, 0.13)) * value[..., None]
    height = np.clip(0.5 + 0.08 * grain + 0.14 * cloud - 0.35 * split, 0, 1)
    return Surface(
        np.clip(albedo, 0.01, 0.9).astype(np.float32),
        np.full((size, size), 0.86, np.float32),
        height.astype(np.float32),
    )


def stony_turf(seed: int, stone: RGB, turf: RGB, green: float, wet: bool, size: int = 1024) -> Surface:
    """Short turf between gravel and flat stones; `green` is its share, 0 to 1. A tile is five metres."""
    grain, cloud = noise(seed, size, 0.9), noise(seed + 1, size, 2.1)
    slabs = np.clip((noise(seed + 2, size, 1.7) - 1.0) * 2.2, 0, 1)
    split = cracks(seed + 3, size, 22, 1.9)
    gravel = 0.75 + 0.20 * grain + 0.12 * cloud
    albedo = np.asarray(stone) * (gravel * (1 - 0.5 * split * (1 - slabs)) * (1 + 0.25 * slabs))[..., None]
    tuft = unit(noise(seed + 4, size, 0.7), 1.2)
    grown = np.clip((unit(noise(seed + 5, size, 1.35), 1.1) - (1 - green)) * 2.2 + 0.1, 0, 1) * (1 - 0.8 * slabs)
    leaf = np.asarray(turf) * (0.45 + 0.95 * tuft)[..., None] * (1 + 0.25 * cloud)[..., None]
    albedo = albedo * (1 - grown[..., None]) + leaf * grown[..., None]
    height = 0.40 + 0.10 * grain * (1 - slabs) + 0.16 * slabs - 0.12 * split * (1 - grown) + 0.22 * grown * tuft
    rough = np.clip((0.42 if wet else 0.86) + 0.05 * grain, 0.2, 1)
    return Surface(
        np.clip(albedo * (0.6 if wet else 1), 0.005, 0.9).astype(np.float32),
        rough.astype(np.float32),
        np.clip(height, 0, 1).astype(np.float32),
    )


def sward(seed: int, green: RGB, straw: RGB, soil: RGB, bare: float, wet: bool, size: int = 1024) -> Surface:
    """What is seen between blades of grass: their feet, dead leaves, soil where it is `bare`, 0 to 1. A tile is four
    metres."""
    fine, clump, cloud = noise(seed, size, 0.5), unit(noise(seed + 1, size, 1.3)), unit(noise(seed + 2, size, 2.2))
    dead = np.clip(0.15 + 0.7 * (cloud - 0.35) + 0.25 * fine * 0.4, 0, 1)
    albedo = blend(green, straw, dead) * (0.62 + 0.55 * clump + 0.10 * fine)[..., None]
    open_soil = np.clip((unit(noise(seed + 3, size, 1.5), 1.3) - (1 - bare)) * 3, 0, 1)[..., None]
    earth = np.asarray(soil) * (0.8 + 0.18 * fine + 0.3 * (cloud - 0.5))[..., None]
    albedo = albedo * (1 - open_soil) + earth * open_soil
    height = np.clip(0.35 + 0.4 * clump * (1 - open_soil[..., 0]) + 0.07 * fine, 0, 1)
    return Surface(
        np.clip(albedo * (0.65 if wet else 1), 0.004, 0.9).astype(np.float32),
        np.full((size, size), 0.6 if wet else 0.9, np.float32),
        height.astype(np.float32),
    )


def under_snow(tile: Surface, seed: int, cover: float) -> Surface:
    """A ground on which snow lies, `cover` of it, 0 to 1: what stands up shows through."""
    size = len(tile.height)
    drift, grain = noise(seed + 6, size, 2.3), noise(seed + 7, size, 0.6)
    lies = np.clip((unit(drift, 1.5) - tile.height + cover - 0.25) * 4, 0, 1)[..., None]
    white = np.asarray(_SNOW) * (1 + 0.012 * grain + 0.02 * drift)[..., None]
    height = tile.height * (1 - 0.7 * lies[..., 0]) + lies[..., 0] * (0.45 + 0.06 * drift + 0.012 * grain)
    return Surface(
        (tile.albedo * (1 - lies) + white * lies).clip(0, 0.93).astype(np.float32),
        (tile.roughness * (1 - lies[..., 0]) + 0.75 * lies[..., 0]).astype(np.float32),
        height.clip(0, 1).astype(np.float32),
    )
