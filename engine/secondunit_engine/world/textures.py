"""Textures made from nothing but a seed: they tile, weigh little, and belong to nobody else.

Noise is spectral fBm (Gaussian noise shaped by a power law in the frequency domain; Ebert et al.,
"Texturing and Modeling"), so every tile repeats without a seam. Image row 0 is the top, v = 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from secondunit_engine.color import encode_srgb
from secondunit_engine.world.mesh import Material

Field = NDArray[np.floating]  # (H, W)
RGB = tuple[float, float, float]
FOLDER = "textures"  # beside the layer that uses them


@dataclass(frozen=True)
class Surface:
    """One tile of a surface.

    albedo: Linear Rec.709, shape [H, W, 3].
    roughness: 0 to 1, shape [H, W].
    height: 0 to 1, 0.5 is flat, shape [H, W]; the material's `bump` says how many metres 1 is.
    """

    albedo: NDArray[np.floating]
    roughness: Field
    height: Field


def noise(seed: int, size: int = 1024, slope: float = 2.0, stretch: tuple[float, float] = (1.0, 1.0)) -> Field:
    """A tile of spectral fBm with zero mean and unit deviation, shape [size, size].

    `slope` is the power spectrum's exponent (0 white, 2 clouds, 3 smooth). `stretch` (along y, along x) draws
    features out: (12, 1) is wood grain running down the picture.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    spectrum = np.fft.rfft2(rng.standard_normal((size, size), dtype=np.float32))  # (S, S/2+1)
    fy = np.fft.fftfreq(size)[:, None] * size * stretch[0]
    fx = np.fft.rfftfreq(size)[None, :] * size * stretch[1]
    radius = np.hypot(fy, fx)
    radius[0, 0] = np.inf
    tile = np.fft.irfft2(spectrum * radius ** -(slope / 2 + 0.5), s=(size, size))  # (S, S)
    return (tile / tile.std()).astype(np.float32)


def unit(tile: Field, contrast: float = 1.0) -> Field:
    """Squash a zero-mean tile to 0..1 with a soft knee."""
    return (0.5 + 0.5 * np.tanh(0.8 * contrast * tile)).astype(np.float32)


def cracks(seed: int, size: int = 1024, sharpness: float = 14.0, slope: float = 2.4) -> Field:
    """Thin veins where smooth noise crosses zero: 1 in the crack, 0 away from it (marble, dry ground)."""
    return np.exp(-sharpness * np.abs(noise(seed, size, slope))).astype(np.float32)


def scratches(seed: int, count: int, size: int = 1024, length: float = 0.25, bend: float = 0.15) -> Field:
    """Fine random scratches that wrap round the tile: 1 on a scratch, shape [size, size]."""
    rng = np.random.Generator(np.random.PCG64(seed))
    steps = np.linspace(0, 1, int(length * size * 1.5), dtype=np.float32)  # (K,)
    start, angle = rng.random((2, count, 1)), rng.random((count, 1)) * np.pi
    curl = rng.standard_normal((count, 1)) * bend
    reach = length * rng.random((count, 1)) ** 2
    turn = angle + curl * steps
    x = ((start[0] + reach * steps * np.cos(turn)) * size).astype(int) % size  # (count, K)
    y = ((start[1] + reach * steps * np.sin(turn)) * size).astype(int) % size
    tile = np.zeros((size, size), np.float32)
    np.maximum.at(tile, (y, x), (rng.random((count, 1)) * (1 - steps)).astype(np.float32))
    return ndimage.gaussian_filter(tile, 0.6, mode="wrap") * 1.8


def blend(low: RGB, high: RGB, amount: Field) -> NDArray[np.floating]:
    """Colours between two, by a 0..1 field: shape [H, W, 3]."""
    a = np.clip(amount, 0, 1)[..., None]  # (H, W, 1)
    return (np.asarray(low) * (1 - a) + np.asarray(high) * a).astype(np.float32)


def wood(
    seed: int,
    dark: RGB = (0.045, 0.021, 0.010),
    light: RGB = (0.165, 0.082, 0.038),
    size: int = 1024,
    gloss: float = 0.38,
) -> Surface:
    """Planed, oiled wood; the grain runs along v. A tile is about one metre."""
    warp = noise(seed, size, 2.6, (7, 1))
    rings = 0.5 + 0.5 * np.sin(9.0 * warp + 2.5 * noise(seed + 1, size, 3.0, (10, 1)))
    pores = unit(noise(seed + 2, size, 0.6, (26, 1)), 1.4)
    tone = 0.55 * rings + 0.45 * unit(noise(seed + 3, size, 2.0, (5, 1)))
    albedo = blend(dark, light, tone * (0.65 + 0.35 * pores))
    wear = unit(noise(seed + 4, size, 2.2))
    roughness = gloss - 0.10 + 0.16 * wear + 0.10 * (1 - pores)
    height = 0.5 + 0.22 * (pores - 0.5) + 0.10 * (rings - 0.5) - 0.25 * scratches(seed + 5, 30, size, 0.15)
    return Surface(albedo, roughness.astype(np.float32), height.astype(np.float32))


def blocks(size: int, rows: int, columns: int, seed: int, joint: float = 0.006) -> tuple[Field, Field]:
    """Running-bond masonry: distance-based mortar (0 in the joint, 1 on the block) and a 0..1 tone per block."""
    rng = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] / size  # (S, S) each
    wobble = 0.0015 * noise(seed + 1, size, 2.0)
    row = np.floor((v + wobble) * rows).astype(int) % rows
    across = (u + wobble) * columns + 0.5 * (row % 2)
    column = np.floor(across).astype(int) % columns
    edge_u = np.abs(across - np.round(across)) / columns
    edge_v = np.abs((v + wobble) * rows - np.round((v + wobble) * rows)) / rows
    solid = np.clip((np.minimum(edge_u, edge_v) - joint) / joint, 0, 1)
    tones = rng.random((rows, columns))[row, column]
    return solid.astype(np.float32), tones.astype(np.float32)


def stone_blocks(
    seed: int, base: RGB = (0.30, 0.275, 0.235), size: int = 1024, rows: int = 4, columns: int = 2, wear: float = 0.4
) -> Surface:
    """Ashlar with mortar joints, a tone per block, pitting and soot. A tile is rows x courses high."""
    solid, tones = blocks(size, rows, columns, seed)
    grain, stain = noise(seed + 2, size, 1.1), unit(noise(seed + 3, size, 2.6, (0.45, 1)))
    pits = np.clip(noise(seed + 4, size, 1.4) - (2.2 - wear), 0, 1)
    value = 0.72 + 0.34 * tones + 0.07 * grain - 0.45 * wear * stain
    value = value * (0.55 + 0.45 * solid) * (1 - 0.5 * pits)
    warmth = np.stack([1 + 0.05 * (tones - 0.5), np.ones_like(tones), 1 - 0.12 * (tones - 0.5)], axis=-1)  # (S, S, 3)
    albedo = np.clip(np.asarray(base) * value[..., None] * warmth, 0.01, 0.9).astype(np.float32)
    rounded = ndimage.gaussian_filter(solid, size / 400, mode="wrap")
    height = 0.30 + 0.34 * rounded + 0.05 * (tones - 0.5) + 0.035 * grain - 0.25 * pits
    roughness = 0.82 - 0.14 * stain + 0.04 * grain
    return Surface(albedo, np.clip(roughness, 0.3, 1).astype(np.float32), np.clip(height, 0, 1).astype(np.float32))


def stone(seed: int, base: RGB = (0.30, 0.275, 0.235), size: int = 1024, wear: float = 0.4) -> Surface:
    """Dressed stone without joints, for columns, ribs and sills. A tile is about one metre."""
    grain, cloud = noise(seed, size, 1.2), noise(seed + 1, size, 2.4)
    veins = cracks(seed + 2, size, 30, 2.6)
    pits = np.clip(noise(seed + 3, size, 1.3) - (2.3 - wear), 0, 1)
    value = 0.86 + 0.08 * grain + 0.16 * cloud - 0.10 * veins - 0.4 * pits
    warmth = np.stack([1 + 0.03 * cloud, np.ones_like(cloud), 1 - 0.05 * cloud], axis=-1)  # (S, S, 3)
    albedo = np.clip(np.asarray(base) * value[..., None] * warmth, 0.01, 0.9).astype(np.float32)
    height = np.clip(0.5 + 0.06 * grain + 0.07 * cloud - 0.05 * veins - 0.3 * pits, 0, 1)
    return Surface(albedo, np.clip(0.74 + 0.05 * grain, 0.3, 1).astype(np.float32), height.astype(np.float32))


def plaster(seed: int, base: RGB = (0.42, 0.39, 0.34), size: int = 1024, wear: float = 0.4) -> Surface:
    """Trowelled plaster with stains and hairline cracks. A tile is about two metres."""
    trowel, stain = noise(seed, size, 2.0, (1, 2)), unit(noise(seed + 1, size, 2.6))
    hair = cracks(seed + 2, size, 60, 2.8) * unit(noise(seed + 3, size, 2.4), 2.0) * wear
    value = 1.0 + 0.04 * trowel - 0.4 * wear * stain - 0.5 * hair
    albedo = np.clip(np.asarray(base) * value[..., None], 0.01, 0.9).astype(np.float32)
    height = np.clip(0.5 + 0.10 * trowel + 0.02 * noise(seed + 4, size, 0.8) - 0.3 * hair, 0, 1)
    return Surface(albedo, (0.80 - 0.10 * stain).astype(np.float32), height.astype(np.float32))


def checker(seed: int, light: RGB, dark: RGB, size: int = 1024, tiles: int = 2, wear: float = 0.4) -> Surface:
    """Polished stone slabs in two colours with veins, joints and walked-on dullness; `tiles` slabs each way."""
    rng = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] * (tiles / size)  # (S, S)
    cell_v, cell_u = v.astype(int), u.astype(int)
    edge = np.minimum(np.abs(u - np.round(u)), np.abs(v - np.round(v)))
    solid = np.clip((edge - 0.004) / 0.006, 0, 1).astype(np.float32)
    tones = (0.86 + 0.28 * rng.random((tiles, tiles)))[cell_v, cell_u]
    veins = cracks(seed + 1, size, 22, 2.2)
    cloud = noise(seed + 2, size, 2.2)
    pale = (cell_u + cell_v) % 2 == 0
    slab = np.where(pale[..., None], np.asarray(light), np.asarray(dark))  # (S, S, 3)
    vein = np.where(pale, 1 - 0.28 * veins, 1 + 1.6 * veins)
    value = tones * vein * (1 + 0.07 * cloud) * (0.35 + 0.65 * solid)
    worn = unit(noise(seed + 3, size, 2.0), 1.2)
    scuffs = scratches(seed + 4, int(500 * wear), size, 0.12)
    roughness = 0.13 + 0.30 * wear * worn + 0.25 * scuffs + 0.4 * (1 - solid)
    height = 0.5 * solid + 0.01 * cloud + 0.03 * (tones - 1) - 0.04 * scuffs
    return Surface(
        np.clip(slab * value[..., None], 0.003, 0.9).astype(np.float32),
        np.clip(roughness, 0.05, 1).astype(np.float32),
        np.clip(height, 0, 1).astype(np.float32),
    )


def write_color(folder: Path, name: str, linear: NDArray[np.floating]) -> str:
    """Write linear Rec.709, shape [H, W, 3], as `textures/<name>.png` in sRGB under `folder`; return its path there."""
    return _write(folder, name, encode_srgb(linear))


def write_data(folder: Path, name: str, field: Field) -> str:
    """Write 0..1 data, shape [H, W], as a raw `textures/<name>.png` under `folder`; return its path there."""
    return _write(folder, name, np.clip(field, 0, 1))


def _write(folder: Path, name: str, values: NDArray[np.floating]) -> str:
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    image = Image.fromarray((values * 255 + 0.5).astype(np.uint8))
    image.save(folder / FOLDER / f"{name}.png", compress_level=1)
    return f"./{FOLDER}/{name}.png"


def textured(folder: Path, name: str, surface: Surface, bump: float, **material: Any) -> Material:
    """A material of this surface: writes its three textures under `folder`.

    `bump` is in metres from the lowest to the highest; other keywords are those of `Material`.
    """
    mean = surface.albedo.mean(axis=(0, 1))
    return Material(
        name,
        base=(float(mean[0]), float(mean[1]), float(mean[2])),
        roughness=float(surface.roughness.mean()),
        bump=bump,
        base_texture=write_color(folder, f"{name}_color", surface.albedo),
        roughness_texture=write_data(folder, f"{name}_roughness", surface.roughness),
        bump_texture=write_data(folder, f"{name}_height", surface.height),
        **material,
    )
