"""What streets are made of, baked from a seed: asphalt with its paint and puddles, paving, brick, concrete, tiles.

Wetness lies in the textures: in a puddle the height is level, the roughness that of water, and the ground dark.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from secondunit_engine.world import textures
from secondunit_engine.world.textures import RGB, Field, Surface

ROAD = (8.8, 17.6)  # metres across and along that a tile of `asphalt` covers


def field(seed: int, rows: int, columns: int, slope: float = 2.0) -> Field:
    """As `textures.noise`, for a tile that is not square; features are as long as wide in pixels."""
    rng = np.random.Generator(np.random.PCG64(seed))
    spectrum = np.fft.rfft2(rng.standard_normal((rows, columns), dtype=np.float32))
    size = max(rows, columns)
    radius = np.hypot(np.fft.fftfreq(rows)[:, None] * size, np.fft.rfftfreq(columns)[None, :] * size)
    radius[0, 0] = np.inf
    tile = np.fft.irfft2(spectrum * radius ** -(slope / 2 + 0.5), s=(rows, columns))
    return (tile / tile.std()).astype(np.float32)


def step(low: float, high: float, values: Field) -> Field:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def asphalt(seed: int, wet: float, wear: float, paint: str) -> Surface:
    """A carriageway of two lanes, `ROAD` metres a tile, u across and v along. `wet` 0 to 1.

    `paint` is "yellow" (a double line), "dashes" (white) or "none". Wheels have polished their tracks and dripped oil
    between them; trenches were cut and filled; water stands in the tracks and along the kerbs.
    """
    rows, columns = 2048, 1024
    x = (np.arange(columns, dtype=np.float32) + 0.5)[None, :] / columns * ROAD[0] - ROAD[0] / 2  # (1, C) [m]
    y = (np.arange(rows, dtype=np.float32) + 0.5)[:, None] / rows * ROAD[1]  # (R, 1) [m]
    stones, clouds = field(seed, rows, columns, 0.5), field(seed + 1, rows, columns, 2.5)
    tracks = sum(np.exp(-(((np.abs(x) - at) / 0.38) ** 2)) for at in (0.95, 2.55))
    oil = np.exp(-(((np.abs(x) - 1.75) / 0.30) ** 2)) * step(-0.5, 1.5, clouds)
    patches, seams = _trenches(seed, rows, columns)
    veins = textures.cracks(seed + 3, 1024, 34.0, 2.2)
    veins = np.kron(veins, np.ones((2, 1), np.float32)) * step(0.2, 1.2, field(seed + 4, rows, columns, 2.6))
    veins = np.maximum(veins * wear * 1.4, seams)
    tone = 0.060 + 0.010 * clouds + 0.014 * stones + 0.008 * tracks - 0.030 * oil - 0.022 * patches
    tone = np.clip(tone - 0.05 * veins, 0.010, 0.2)
    albedo = tone[..., None] * np.array([1.0, 0.985, 0.96], np.float32)
    height = 0.5 + 0.10 * ndimage.gaussian_filter(stones, 0.8, mode="wrap") - 0.25 * veins
    roughness = 0.74 + 0.04 * clouds - 0.12 * tracks - 0.25 * oil - 0.30 * seams
    mark = _lines(paint, x, y) * np.clip(1.1 - 0.9 * veins - wear * step(0.6, 1.8, stones + 0.6 * clouds), 0, 1)
    color = np.array([0.52, 0.33, 0.035] if paint == "yellow" else [0.55, 0.54, 0.50], np.float32)
    albedo += (color * (0.85 + 0.1 * clouds[..., None]) - albedo) * mark[..., None]
    height, roughness = height + 0.06 * mark, roughness - 0.15 * mark
    gutter = step(3.55, 4.35, np.abs(x))
    level = field(seed + 5, rows, columns, 2.9) + 0.30 * field(seed + 6, rows, columns, 2.0)
    level = 0.85 * level + 0.35 * tracks + 1.3 * gutter + 0.5 * patches - 0.25 - 0.4 * mark
    return wetted(Surface(albedo, roughness, height), level, wet)


def _trenches(seed: int, rows: int, columns: int) -> tuple[Field, Field]:
    """Where the road was cut open and filled with darker asphalt, and the tarred seams about that."""
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    patch, seam = (Image.new("L", (columns, rows), 0) for _ in range(2))
    for _ in range(4):
        w, h = (int(rng.integers(90, 420)), int(rng.integers(90, 700)))
        a, b = int(rng.integers(0, columns - w)), int(rng.integers(0, rows - h))
        ImageDraw.Draw(patch).rectangle((a, b, a + w, b + h), fill=int(rng.integers(90, 255)))
        ImageDraw.Draw(seam).rectangle((a, b, a + w, b + h), outline=255, width=7)
    return (
        ndimage.gaussian_filter(np.asarray(patch, np.float32) / 255, 1.5),
        ndimage.gaussian_filter(np.asarray(seam, np.float32) / 255, 1.2),
    )


def _lines(paint: str, x: Field, y: Field) -> Field:
    """Markings along the road: 1 on the paint."""
    across, along = np.abs(x) + 0 * y, y + 0 * x
    if paint == "yellow":
        return ((across > 0.09) & (across < 0.20)).astype(np.float32)
    if paint == "dashes":
        return ((across < 0.07) & (along % (ROAD[1] / 3) < 2.6)).astype(np.float32)
    return np.zeros_like(across)


def wetted(surface: Surface, level: Field, wet: float) -> Surface:
    """The surface under rain: puddles where `level` (about unit deviation) is high, a film elsewhere."""
    if wet <= 0:
        return surface
    pool = step(0.95 - 0.75 * wet, 1.25 - 0.75 * wet, level) * min(1.0, 2 * wet)
    film = wet * (0.55 + 0.45 * step(-0.8, 1.0, level))
    albedo = surface.albedo * (1 - 0.55 * film - 0.30 * pool)[..., None]
    roughness = surface.roughness * (1 - film) + film * (0.13 + 0.30 * (surface.roughness - 0.6))
    roughness = np.clip(roughness, 0.09, 1) * (1 - pool) + 0.02 * pool
    height = 0.5 + (surface.height - 0.5) * (1 - 0.4 * film) * (1 - pool)
    return Surface(albedo.astype(np.float32), roughness.astype(np.float32), height.astype(np.float32))


def paving(seed: int, wet: float, wear: float, base: RGB = (0.20, 0.195, 0.185), slabs: int = 8) -> Surface:
    """Concrete flags in a square grid, `slabs` each way, stained, spotted with old gum; wet as `asphalt`."""
    size = 1024
    rng = np.random.Generator(np.random.PCG64([seed, 9]))
    v, u = np.mgrid[0:size, 0:size].astype(np.float32) * (slabs / size)
    edge = np.minimum(np.abs(u - np.round(u)), np.abs(v - np.round(v)))
    solid = step(0.008, 0.022, edge)
    tones = rng.random((slabs, slabs), dtype=np.float32)[v.astype(int) % slabs, u.astype(int) % slabs]
    grain, cloud = textures.noise(seed + 1, size, 0.7), textures.noise(seed + 2, size, 2.4)
    gum = np.zeros((size, size), np.float32)
    gum[rng.integers(0, size, 110), rng.integers(0, size, 110)] = 1
    gum = step(0.10, 0.2, ndimage.gaussian_filter(gum, 2.4, mode="wrap") * 40)
    veins = textures.cracks(seed + 3, size, 40, 2.5) * step(0.9, 1.6, textures.noise(seed + 4, size, 2.6)) * wear
    value = 0.80 + 0.26 * tones + 0.07 * grain + (0.06 + 0.12 * wear) * cloud - 0.45 * gum - 0.6 * veins
    value = value * (0.45 + 0.55 * solid)
    albedo = np.clip(np.asarray(base) * value[..., None], 0.012, 0.7).astype(np.float32)
    height = 0.30 * solid + 0.25 + 0.06 * (tones - 0.5) + 0.03 * grain - 0.2 * veins
    level = 0.9 * textures.noise(seed + 5, size, 2.7) + 0.4 * (0.5 - tones) + 0.10 + 0.5 * (1 - solid)
    return wetted(Surface(albedo, 0.72 + 0.05 * grain - 0.05 * tones, height), level, wet)


def roofing(seed: int, wet: float, wear: float) -> Surface:
    """Bitumen sheets a metre wide with lapped seams, gravel, silvered patches and standing water; a tile is 5 m."""
    size = 1024
    u = np.mgrid[0:size, 0:size][1].astype(np.float32) / size
    wobble = 0.004 * textures.noise(seed, size, 2.2)
    lap = np.abs((u + wobble) * 5 - np.round((u + wobble) * 5)) / 5
    seam = 1 - step(0.003, 0.007, lap)
    sheet = np.random.Generator(np.random.PCG64(seed)).random(5)[(np.floor((u + wobble) * 5).astype(int)) % 5]
    grit, cloud = textures.noise(seed + 1, size, 0.4), textures.noise(seed + 2, size, 2.5)
    patch = step(1.1, 1.3, textures.noise(seed + 3, size, 2.9)) * wear
    value = 0.085 + 0.03 * sheet + 0.014 * grit + 0.022 * cloud + 0.10 * patch - 0.05 * seam
    albedo = np.clip(value, 0.012, 0.4)[..., None] * np.array([1.0, 0.99, 0.97], np.float32)
    height = 0.5 + 0.05 * grit + 0.16 * seam + 0.08 * patch + 0.05 * cloud
    level = 1.1 * textures.noise(seed + 4, size, 2.8) - 0.1
    dry = Surface(albedo.astype(np.float32), 0.82 - 0.2 * patch - 0.2 * seam, height)
    return wetted(dry, level, max(wet, 0.25))


def brick(seed: int, base: RGB, size: int = 1024, wear: float = 0.4, soot: float = 0.5) -> Surface:
    """Running-bond brick, a tile is 1.8 metres: 24 courses of eight bricks, a tone and warmth each, soot in streaks."""
    solid, tones = textures.blocks(size, 24, 8, seed, 0.0045)
    grain, cloud = textures.noise(seed + 2, size, 1.0), textures.noise(seed + 3, size, 2.4)
    streak = textures.unit(textures.noise(seed + 4, size, 2.0, (0.12, 1)), 1.2)
    odd = (tones > 0.9).astype(np.float32)
    value = 0.62 + 0.60 * tones + 0.10 * grain + 0.08 * cloud - 0.5 * odd
    warmth = np.stack([1 + 0.18 * (tones - 0.5), np.ones_like(tones), 1 - 0.15 * (tones - 0.5)], axis=-1)
    mortar = np.array([0.17, 0.16, 0.145], np.float32) * (0.85 + 0.1 * grain[..., None])
    albedo = np.asarray(base) * value[..., None] * warmth
    albedo = mortar + (albedo - mortar) * solid[..., None]
    albedo = albedo * (1 - soot * wear * streak)[..., None]
    height = 0.35 + 0.3 * ndimage.gaussian_filter(solid, 1.2, mode="wrap") + 0.05 * grain + 0.06 * (tones - 0.5)
    return Surface(
        np.clip(albedo, 0.008, 0.8).astype(np.float32),
        np.clip(0.80 + 0.05 * grain - 0.1 * odd, 0.3, 1).astype(np.float32),
        np.clip(height, 0, 1).astype(np.float32),
    )


def concrete(seed: int, base: RGB = (0.25, 0.245, 0.235), size: int = 512, wear: float = 0.4) -> Surface:
    """Cast concrete with tie holes, board joints and water streaks. A tile is 3.2 metres."""
    v, u = np.mgrid[0:size, 0:size].astype(np.float32) / size
    joint = step(0.0, 0.004, np.minimum(np.abs(v * 2 - np.round(v * 2)) / 2, np.abs(u - np.round(u))))
    holes = np.hypot((u * 2) % 1 - 0.5, (v * 4) % 1 - 0.5)
    hole = 1 - step(0.018, 0.03, holes * np.array(0.8))
    streak = textures.unit(textures.noise(seed, size, 2.0, (0.1, 1)), 1.3)
    grain, cloud = textures.noise(seed + 1, size, 0.8), textures.noise(seed + 2, size, 2.4)
    value = (0.95 + 0.05 * grain + 0.12 * cloud - 0.6 * wear * streak) * (0.6 + 0.4 * joint) * (1 - 0.6 * hole)
    albedo = np.clip(np.asarray(base) * value[..., None], 0.01, 0.8).astype(np.float32)
    height = np.clip(0.5 + 0.02 * grain + 0.2 * (joint - 1) - 0.3 * hole, 0, 1)
    return Surface(albedo, np.clip(0.7 + 0.05 * cloud, 0.3, 1).astype(np.float32), height.astype(np.float32))


def window_wall(seed: int, lit: float, size: int = 512) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """A far tower's face, 16 windows each way: its albedo and its light, linear Rec.709, shape [size, size, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 21]))
    count, cell = 16, size // 16
    on = rng.random((count, count)) < lit * (0.5 + rng.random((count, 1)))
    tones = np.array([(1.0, 0.60, 0.27), (1.0, 0.78, 0.50), (0.75, 0.88, 1.0)])[
        rng.choice(3, (count, count), p=[0.5, 0.33, 0.17])
    ]
    power = on * rng.uniform(0.12, 1.0, (count, count)) ** 1.5
    pane = np.zeros((cell, cell), np.float32)
    pane[cell // 5 : -cell // 6, cell // 6 : -cell // 6] = 1
    pane[:, cell // 2] *= 0.3
    light = np.kron(tones * power[..., None], np.ones((cell, cell, 1))) * np.tile(pane, (count, count))[..., None]
    glass = np.tile(pane, (count, count))[..., None]
    wall = np.array([0.16, 0.155, 0.15]) * (0.9 + 0.1 * textures.noise(seed, size, 2.0))[..., None]
    return (wall * (1 - glass) + np.array([0.03, 0.04, 0.05]) * glass).astype(np.float32), light.astype(np.float32)
