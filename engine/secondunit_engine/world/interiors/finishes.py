"""What rooms are finished with: planks, tiles, carpet, terrazzo, concrete, linoleum, brushed steel. They tile."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from secondunit_engine.world import textures
from secondunit_engine.world.textures import RGB, Surface, noise, unit


def planks(
    seed: int, dark: RGB, light: RGB, *, boards: int = 12, wear: float = 0.3, gloss: float = 0.34, size: int = 1024
) -> Surface:
    """Floorboards that run along v, each of its own cut and tone, with joints; a tile is about 2 m."""
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    wood = textures.wood(seed, dark, light, size, gloss)
    u = np.arange(size) * boards // size  # the board of each column
    across = (np.arange(size) % (size / boards)).astype(int)
    start = rng.integers(0, size, (2, boards))
    column = (across[None] + start[0][u][None]) % size
    row = (np.arange(size)[:, None] + start[1][u][None]) % size
    joint_at = rng.integers(0, size, boards)
    second = (np.arange(size)[:, None] - joint_at[u][None]) % size
    tone = rng.uniform(0.72, 1.2, (2, boards))
    value = np.where(second < size * 0.55, tone[0][u][None], tone[1][u][None])
    edge = np.minimum(across, size // boards - across)[None]
    gap = np.minimum(np.clip(edge / 1.6, 0, 1), np.clip(np.minimum(second, np.abs(second - size * 0.55)) / 1.8, 0, 1))
    worn = unit(noise(seed + 9, size, 2.2))
    albedo = wood.albedo[row, column] * (value * (0.25 + 0.75 * gap) * (1 + 0.25 * wear * (worn - 0.5)))[..., None]
    roughness = np.clip(wood.roughness[row, column] + 0.22 * wear * (worn - 0.3), 0.12, 0.9)
    height = np.clip(0.6 * wood.height[row, column] + 0.35 * gap, 0, 1)
    return Surface(np.clip(albedo, 0.004, 0.9), roughness.astype(np.float32), height.astype(np.float32))


def tiles(
    seed: int,
    base: RGB,
    *,
    rows: int = 8,
    columns: int = 4,
    bond: bool = True,
    grout: RGB = (0.32, 0.31, 0.29),
    gloss: float = 0.10,
    vary: float = 0.10,
    second: RGB | None = None,
    wear: float = 0.2,
    size: int = 1024,
) -> Surface:
    """Glazed tiles with pillowed faces and grout; `bond` staggers them; a `second` colour makes a chequer."""
    rng = np.random.Generator(np.random.PCG64([seed, 4]))
    v, u = np.mgrid[0:size, 0:size] / size
    row = (v * rows).astype(int)
    across = u * columns + (0.5 * (row % 2) if bond else 0)
    column = across.astype(int) % columns
    du = np.abs(across - np.round(across)) / columns
    dv = np.abs(v * rows - np.round(v * rows)) / rows
    edge = np.minimum(du, dv) * size  # pixels from the nearest joint
    solid = np.clip((edge - 2.0) / 2.0, 0, 1)
    tone = 1 + vary * rng.standard_normal((rows, columns))[row, column]
    color = np.asarray(base)[None, None] * tone[..., None]
    if second is not None:
        other = ((row + column) % 2 == 1)[..., None]
        color = np.where(other, np.asarray(second)[None, None] * tone[..., None], color)
    dirt = unit(noise(seed + 1, size, 2.2)) * wear
    stain = (1 - 0.25 * dirt)[..., None]
    albedo = (
        color * solid[..., None] + np.asarray(grout) * (1 - 0.5 * dirt[..., None]) * (1 - solid[..., None])
    ) * stain
    pillow = np.clip(edge / 14, 0, 1)
    wave = ndimage.gaussian_filter(noise(seed + 2, size, 2.6), 2, mode="wrap")
    tilt = (rng.standard_normal((2, rows, columns)) * 0.05)[:, row, column]
    height = 0.25 + 0.55 * np.sqrt(pillow) + 0.03 * wave + tilt[0] * (across % 1) + tilt[1] * ((v * rows) % 1)
    roughness = gloss + 0.10 * dirt + 0.55 * (1 - solid)
    return Surface(
        np.clip(albedo, 0.004, 0.9).astype(np.float32),
        np.clip(roughness, 0.04, 1).astype(np.float32),
        np.clip(height, 0, 1).astype(np.float32),
    )


def carpet(seed: int, base: RGB, *, tiles_across: int = 0, fleck: float = 0.35, size: int = 1024) -> Surface:
    """Loop pile with flecks; in squares laid quarter-turned if `tiles_across` is given. A tile is 2 m."""
    pile = noise(seed, size, 0.5)
    cloud = noise(seed + 1, size, 2.4)
    rib = np.sin(np.arange(size) * 2 * np.pi * 128 / size)
    lines = np.broadcast_to(rib[None], (size, size))
    value = 1 + fleck * 0.5 * pile + 0.05 * cloud
    if tiles_across:
        v, u = np.mgrid[0:size, 0:size] * tiles_across // size
        turned = (u + v) % 2 == 1
        lines = np.where(turned, lines.T, lines)
        value = value * np.where(turned, 0.90, 1.06)
    value = value * (1 + 0.14 * lines)
    albedo = np.clip(np.asarray(base) * value[..., None], 0.004, 0.9)
    height = np.clip(0.5 + 0.13 * pile + 0.14 * lines, 0, 1)
    return Surface(albedo.astype(np.float32), np.full((size, size), 0.95, np.float32), height.astype(np.float32))


def terrazzo(seed: int, base: RGB, chips: RGB, *, wear: float = 0.3, size: int = 1024) -> Surface:
    """Polished ground stone chips in cement, in squares with brass-thin joints; a tile is about 2 m."""
    fine = noise(seed, size, 0.9)
    coarse = ndimage.gaussian_filter(noise(seed + 1, size, 0.2), 1.6, mode="wrap")
    coarse = coarse / coarse.std()
    amount = np.clip((coarse + 0.2 * fine - 0.4) * 5, 0, 1)
    specks = ndimage.gaussian_filter(noise(seed + 2, size, 0.2), 1.3, mode="wrap")
    dark = np.clip((specks / specks.std() - 1.2) * 5, 0, 1)
    albedo = textures.blend(base, chips, amount) * (1 - 0.55 * dark[..., None])
    v, u = np.mgrid[0:size, 0:size] % (size // 2)
    joint = np.clip(np.minimum(u, v) / 2, 0, 1)[..., None]
    worn = unit(noise(seed + 3, size, 2.1))
    roughness = 0.14 + 0.26 * wear * worn + 0.3 * textures.scratches(seed + 4, int(300 * wear) + 1, size, 0.1)
    return Surface(
        np.clip(albedo * (0.55 + 0.45 * joint), 0.004, 0.9).astype(np.float32),
        np.clip(roughness, 0.06, 1).astype(np.float32),
        (0.5 + 0.1 * (joint[..., 0] - 1)).astype(np.float32),
    )


def concrete(seed: int, base: RGB, *, wear: float = 0.4, gloss: float = 0.45, size: int = 1024) -> Surface:
    """Power-floated concrete: clouds, oil stains, tyre scuffs, cracks, a saw cut at the tile's edge (about 4 m)."""
    cloud, fine = noise(seed, size, 2.3), noise(seed + 1, size, 1.0)
    oil = np.clip((noise(seed + 2, size, 2.8) - (1.9 - 1.1 * wear)) * 1.6, 0, 1)
    hair = textures.cracks(seed + 3, size, 90, 2.8) * unit(noise(seed + 4, size, 2.6), 2.0) * wear
    scuff = ndimage.gaussian_filter(textures.scratches(seed + 5, int(40 * wear) + 1, size, 0.6), 2.2, mode="wrap")
    v, u = np.mgrid[0:size, 0:size]
    cut = np.clip(np.minimum(u, v) / 2.5, 0, 1)
    value = (1 + 0.13 * cloud + 0.05 * fine) * (1 - 0.62 * oil) * (1 - 0.5 * hair) * (1 - np.clip(1.4 * scuff, 0, 0.5))
    albedo = np.asarray(base) * (value * (0.4 + 0.6 * cut))[..., None]
    roughness = gloss + 0.10 * cloud - 0.26 * oil + 0.05 * fine
    height = np.clip(0.5 + 0.04 * fine + 0.05 * cloud - 0.25 * hair + 0.3 * (cut - 1), 0, 1)
    return Surface(
        np.clip(albedo, 0.004, 0.9).astype(np.float32),
        np.clip(roughness, 0.10, 1).astype(np.float32),
        height.astype(np.float32),
    )


def brushed(seed: int, base: RGB = (0.55, 0.55, 0.56), *, roughness: float = 0.28, size: int = 512) -> Surface:
    """Metal brushed along u, with smears; a tile is half a metre."""
    lines = noise(seed, size, 0.6, (1, 40))
    smear = unit(noise(seed + 1, size, 2.4))
    albedo = np.clip(np.asarray(base) * (1 + 0.05 * lines)[..., None], 0.01, 0.95)
    rough = np.clip(roughness + 0.03 * lines + 0.10 * (smear - 0.5), 0.08, 0.9)
    return Surface(albedo.astype(np.float32), rough.astype(np.float32), unit(lines, 0.4))


def paint(seed: int, base: RGB, *, wear: float = 0.3, size: int = 1024) -> Surface:
    """Rolled wall paint: orange peel, faint clouds, scuffs with wear. A tile is about 2 m."""
    peel, cloud = noise(seed, size, 1.3), noise(seed + 1, size, 2.5)
    stain = unit(noise(seed + 2, size, 2.7, (0.5, 1)))
    scuff = textures.scratches(seed + 3, int(60 * wear) + 1, size, 0.05)
    value = 1 + 0.015 * cloud - 0.22 * wear * np.clip(stain - 0.55, 0, 1) - 0.25 * wear * scuff
    albedo = np.clip(np.asarray(base) * value[..., None], 0.01, 0.9)
    return Surface(
        albedo.astype(np.float32),
        np.clip(0.62 - 0.06 * stain + 0.02 * peel, 0.3, 1).astype(np.float32),
        np.clip(0.5 + 0.08 * peel, 0, 1).astype(np.float32),
    )


def marble(seed: int, base: RGB, vein: RGB, *, gloss: float = 0.12, size: int = 1024) -> Surface:
    """A polished worktop with veins; a tile is about 1.5 m."""
    cloud = noise(seed, size, 2.4)
    veins = textures.cracks(seed + 1, size, 10, 2.3) * unit(noise(seed + 2, size, 2.4), 1.6)
    fine = textures.cracks(seed + 3, size, 26, 2.0) * 0.4
    albedo = textures.blend(base, vein, np.clip(0.75 * veins + fine * 0.5 + 0.08 * cloud, 0, 1))
    roughness = np.clip(gloss + 0.06 * unit(noise(seed + 4, size, 2.0)), 0.05, 1)
    return Surface(albedo, roughness.astype(np.float32), np.full((size, size), 0.5, np.float32))


def runner(seed: int, ground: RGB, figure: RGB, *, repeats: int = 4, size: int = 1024) -> Surface:
    """Cut-pile carpet with a figure of lattice and leaves, mirrored as weavers mirror it; a tile is 2 m."""
    rng = np.random.Generator(np.random.PCG64([seed, 6]))
    v, u = np.mgrid[0:size, 0:size] * (2 * np.pi * repeats / size)
    a, b, c = rng.uniform(0.5, 1.0, 3)
    lattice = np.cos(u) + np.cos(v)
    leaves = (
        a * np.cos(2 * u) * np.cos(v) + b * np.cos(3 * v) * np.cos(u) + c * np.cos(2 * (u + v)) * np.cos(2 * (u - v))
    )
    amount = np.clip((np.abs(lattice + 0.8 * leaves) - 0.75) * 3, 0, 1)
    line = np.exp(-((lattice / 0.12) ** 2))
    pile, cloud = noise(seed, size, 0.6), noise(seed + 1, size, 2.4)
    albedo = textures.blend(ground, figure, np.clip(0.8 * amount * (1 - line) + 0.9 * line, 0, 1))
    albedo = albedo * (1 + 0.16 * pile + 0.05 * cloud)[..., None]
    height = np.clip(0.5 + 0.12 * pile + 0.12 * amount, 0, 1)
    return Surface(
        np.clip(albedo, 0.004, 0.9).astype(np.float32),
        np.full((size, size), 0.95, np.float32),
        height.astype(np.float32),
    )


def corrugated(seed: int, base: RGB, *, rust: float = 0.3, pitch: int = 8, size: int = 512) -> Surface:
    """Profiled steel sheet of `pitch` ribs across u, its paint chalky, with rust that runs down v; a tile is 1 m."""
    u = np.arange(size) / size * pitch
    wave = np.abs(u - np.floor(u) - 0.5) * 2  # 1 on a rib, 0 in a trough
    ribs = np.broadcast_to(np.clip((wave - 0.35) * 3.0, 0, 1), (size, size))
    chalk, streak = noise(seed, size, 2.2), unit(noise(seed + 1, size, 2.2, (0.2, 3)), 1.4)
    spots = np.clip(noise(seed + 2, size, 1.8) - (1.9 - 1.5 * rust), 0, 1)
    amount = np.clip(spots + rust * np.clip(streak - 0.62, 0, 1) * 1.8, 0, 1)[..., None]
    paint = np.asarray(base) * (1 + 0.06 * chalk + 0.10 * (ribs - 0.5))[..., None]
    albedo = paint * (1 - amount) + np.array((0.20, 0.075, 0.028)) * (0.8 + 0.25 * streak)[..., None] * amount
    roughness = 0.42 + 0.05 * chalk + 0.35 * amount[..., 0]
    return Surface(
        np.clip(albedo, 0.004, 0.9).astype(np.float32),
        np.clip(roughness, 0.2, 1).astype(np.float32),
        np.clip(ribs * 0.9 + 0.02 * chalk, 0, 1).astype(np.float32),
    )
