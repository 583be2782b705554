"""What lives on a reef: branching, plate, fan and brain corals, sponges, kelp, fish.

Every thing takes its colours from one picture of ramps (`ramps`): a column a colour, from the foot up to the tip.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes, textures
from secondunit_engine.world.mesh import RGB, Mesh

Array = NDArray[np.floating]
_ROWS: Final = 64  # of a ramp
_UP: Final = np.array([0.0, 1.0, 0.0])


def ramps(colors: Sequence[tuple[RGB, RGB, RGB]], seed: int, wide: int = 16) -> NDArray[np.float32]:
    """A picture of ramps, linear Rec.709, shape [64, colours * wide, 3]: each of foot, body and tip."""
    t = np.linspace(1, 0, _ROWS)[:, None]  # row 0 is the tip
    columns = []
    grain = 1 + 0.10 * textures.noise(seed, _ROWS * 4, 1.0)[:_ROWS, : wide * len(colors)]
    for foot, body, tip in colors:
        low, high = np.clip(t / 0.35, 0, 1), np.clip((t - 0.55) / 0.45, 0, 1) ** 1.5
        ramp = np.asarray(foot) * (1 - low) + np.asarray(body) * low
        columns.append(np.repeat((ramp * (1 - high) + np.asarray(tip) * high)[:, None], wide, axis=1))
    return np.clip(np.concatenate(columns, axis=1) * grain[..., None], 0.004, 0.95).astype(np.float32)


def dyed(mesh: Mesh, column: int, of: int, shade: Array | float) -> Mesh:
    """A mesh in a ramp's colour; `shade` is how far up the ramp each point is, 0 to 1."""
    count = len(mesh.points)
    u = np.full(count, (column + 0.5) / of)
    v = np.clip(np.broadcast_to(shade, count), 0.02, 0.98)
    return Mesh(mesh.points, mesh.triangles, mesh.normals, np.column_stack([u, v]).astype(np.float32))


def recolored(mesh: Mesh, column: int, of: int) -> Mesh:
    """A dyed mesh in another column."""
    assert mesh.uvs is not None
    return dyed(mesh, column, of, mesh.uvs[:, 1].astype(float))


def branching(seed: int, spread: float = 0.55, girth: float = 0.030, levels: int = 4, sides: int = 5) -> Mesh:
    """Staghorn coral about a metre high: every branch forks, thinner and shorter, towards the light."""
    rng = np.random.Generator(np.random.PCG64(seed))
    parts: list[Mesh] = []
    stems = [(np.zeros(3), _tilted(rng, np.array([0, 1.0, 0]), 0.75), girth, 0.36, 0) for _ in range(5)]
    while stems:
        foot, way, thick, long, level = stems.pop()
        t = np.linspace(0, 1, 2 + sides // 2)[:, None]
        bend = rng.normal(0, 0.10, 3) + 0.16 * _UP
        path = foot + way * long * t + bend * long * t**2
        thin = thick * (1 - 0.30 * t[:, 0])
        last = level == levels - 1
        if last:
            thin[-1] *= 0.45
        tube = shapes.tube(path, thin, sides)
        parts.append(dyed(tube, 0, 1, np.clip((level + 0.5) / levels + 0.25 * (tube.points[:, 1] - foot[1]), 0, 1)))
        if last:
            continue
        for _ in range(int(rng.integers(2, 4))):
            at = rng.uniform(0.55, 1.0)
            start = foot + way * long * at + bend * long * at**2
            grown = _tilted(rng, way + 0.45 * _UP, spread)
            stems.append((start, grown, 0.76 * thick, long * rng.uniform(0.55, 0.85), level + 1))
    whole = shapes.merge(parts)
    return Mesh(whole.points / np.float32(whole.points[:, 1].max()), whole.triangles, whole.normals, whole.uvs)


def plate(seed: int, sides: int = 48) -> Mesh:
    """A table coral a metre wide: a shallow dish with a ragged rim on a stalk."""
    rng = np.random.Generator(np.random.PCG64(seed))
    angle = np.linspace(0, 2 * np.pi, sides + 1)[:-1]
    r = np.linspace(0.06, 1, sides // 4)
    rim = 0.5 * (1 + _waving(rng, angle, 6, 0.10))
    lumps = textures.noise(seed, 64, 1.4)
    ragged = 1 + 0.03 * lumps[3][None, :sides] * r[:, None] ** 6
    x, z = (r[:, None] * rim * ragged * f(angle) for f in (np.sin, np.cos))
    y = (
        0.30
        + 0.10 * r[:, None] ** 2
        + 0.02 * _waving(rng, angle, 4, 1.0) * r[:, None]
        + 0.013 * lumps[: len(r), :sides]
    )
    top = np.stack([x, y, z], axis=-1)
    under = np.stack([x, y - 0.035 * (1.15 - r[:, None]), z], axis=-1)
    rim_shade = np.repeat(r, sides) ** 3
    upper = _ring_grid(top)
    lower = _ring_grid(under[:, ::-1])
    stalk = shapes.lathe([[0.13, 0], [0.07, 0.10], [0.06, 0.20], [0.14, 0.31]], 14)
    return shapes.merge([dyed(upper, 0, 1, 0.45 + 0.5 * rim_shade), dyed(lower, 0, 1, 0.25), dyed(stalk, 0, 1, 0.1)])


def fan(seed: int, levels: int = 6) -> Mesh:
    """A sea fan a metre high in the plane z = 0: a net of thin branches, bent a little."""
    rng = np.random.Generator(np.random.PCG64(seed))
    parts: list[Mesh] = []
    stems = [(np.zeros(2), np.pi / 2 + a, 0.020, 0.20, 0) for a in (-0.35, 0.05, 0.4)]
    while stems:
        foot, way, thick, long, level = stems.pop()
        t = np.linspace(0, 1, 3)
        turn = way + rng.normal(0, 0.22) * t
        path = foot + long * np.cumsum(np.column_stack([np.cos(turn), np.sin(turn)]), axis=0) / 3
        path = np.concatenate([foot[None], path])
        flat = np.column_stack([path, 0.10 * np.sin(2.2 * path[:, 0] + seed) + 0.008 * rng.normal(0, 1, 4)])
        tube = shapes.tube(flat, np.linspace(thick, 0.75 * thick, len(flat)), 3)
        parts.append(dyed(tube, 0, 1, np.clip(0.15 + 0.16 * level, 0, 1)))
        if level < levels:
            for side in (-1, 1) if level < levels - 1 else (0,):
                grown = way + side * rng.uniform(0.20, 0.55)
                stems.append((path[-1], grown, max(0.70 * thick, 0.0042), long * rng.uniform(0.70, 0.95), level + 1))
    whole = shapes.merge(parts)
    return Mesh(whole.points / np.float32(whole.points[:, 1].max()), whole.triangles, whole.normals, whole.uvs)


def sponge(seed: int, sides: int = 14) -> Mesh:
    """Tube sponges, the tallest a metre: hollow chimneys from one foot."""
    rng = np.random.Generator(np.random.PCG64(seed))
    parts = []
    for k in range(6):
        tall, wide = 1.0 if k == 0 else rng.uniform(0.4, 0.9), rng.uniform(0.065, 0.095)
        up = np.linspace(0, 1, sides // 2 + 2)
        girth = wide * (0.65 + 0.40 * up + 0.05 * np.sin(9 * up + rng.uniform(0, 6)))
        outer = np.column_stack([girth, up * tall])
        inner = np.array([[0.86 * girth[-1], tall + 0.012], [0.70 * girth[-1], tall - 0.01], [0.6 * wide, 0.55 * tall]])
        pipe = shapes.lathe(np.concatenate([outer, inner, [[0.0, 0.5 * tall]]]), sides, crease=75)
        lean = _tilted(rng, np.array([0, 1.0, 0]), 0.30)
        points = pipe.points.astype(float)
        points[:, [0, 2]] += lean[[0, 2]] * points[:, 1:2] ** 1.4 + 0.10 * rng.normal(0, 1, 2)
        angle = np.arctan2(pipe.points[:, 0], pipe.points[:, 2])
        points[:, [0, 2]] *= (1 + 0.02 * np.sin(7 * angle) * np.sin(14 * points[:, 1]))[:, None]
        bent = shapes.smooth(Mesh(points.astype(np.float32), pipe.triangles))
        parts.append(dyed(bent, 0, 1, 0.15 + 0.75 * pipe.points[:, 1]))
    return shapes.merge(parts)


def brain_surface(seed: int, valley: RGB, ridge: RGB, size: int = 1024) -> textures.Surface:
    """The skin of a brain coral: winding ridges of one width. A tile is about half a metre."""
    rng = np.random.Generator(np.random.PCG64(seed))
    f = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None]) * size
    band = np.exp(-(((f - 26) / 4.0) ** 2))  # one wave length, all directions: a labyrinth
    tile = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((size, size))) * band, s=(size, size))
    tile = tile / tile.std()
    up = textures.unit(tile, 2.2)
    blotch = textures.unit(textures.noise(seed + 1, size, 2.4), 0.8)
    albedo = textures.blend(valley, ridge, 0.8 * up + 0.2 * blotch) * (0.8 + 0.4 * blotch[..., None])
    fine = 0.03 * textures.noise(seed + 2, size, 1.0)
    rough = np.full((size, size), 0.75, np.float32)
    return textures.Surface(albedo, rough, np.clip(0.15 + 0.7 * up + fine, 0, 1))


def kelp(rng: np.random.Generator, foot: Array, tall: float, drift: Array) -> Mesh:
    """A kelp plant: stems to the surface that lean with the current (x, z), ruffled blades all the way."""
    parts = []
    for _ in range(int(rng.integers(2, 5))):
        t = np.linspace(0, 1, 26)
        sway = 0.25 * np.sin(2.5 * np.pi * t * rng.uniform(0.7, 1.3) + rng.uniform(0, 6))
        lean = drift[None] * (t**1.6)[:, None] * tall + (sway * t)[:, None] * rng.normal(0, 1, (1, 2))
        reach = tall * rng.uniform(0.7, 1.0)
        path = foot + np.column_stack([lean[:, 0] + 0.12 * rng.normal(), reach * t, lean[:, 1] + 0.12 * rng.normal()])
        stem = shapes.tube(path, 0.013, 5)
        parts.append(dyed(stem, 0, 1, 0.2 + 0 * stem.points[:, 1]))
        parts.append(_blades(rng, path, drift))
    return shapes.merge(parts)


def _blades(rng: np.random.Generator, path: Array, drift: Array) -> Mesh:
    """Blades along a stem [m], shape [K, 3]: ruffled strips that trail with the current."""
    count = int(2.4 * len(path))
    at = rng.uniform(0.05, 1, count)
    foot = np.stack([np.interp(at, np.linspace(0, 1, len(path)), path[:, k]) for k in range(3)], axis=1)
    turn = np.arctan2(drift[0], drift[1]) + rng.normal(0, 1.1, count)
    out = np.column_stack([np.sin(turn), rng.uniform(-0.25, 0.7, count), np.cos(turn)])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    across = np.cross(out, rng.normal(0, 1, (count, 3)))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    third = np.cross(out, across)
    s = np.linspace(0, 1, 7)
    long = rng.uniform(0.34, 0.74, count)[:, None, None]
    wide = 0.066 * np.sin(np.pi * np.clip(s * 0.94 + 0.04, 0, 1)) ** 0.7
    droop = 0.22 * s**2
    spine = (
        foot[:, None] + out[:, None] * (long * s[None, :, None]) - np.array([0, 1, 0]) * (long * droop[None, :, None])
    )
    phase = rng.uniform(0, 6, (count, 1))
    rows = []
    for hand in (-1, 0, 1):
        ruffle = 0.020 * np.sin(15 * s + phase + 1.8 * hand) * abs(hand)
        rows.append(spine + across[:, None] * (hand * wide[None, :, None]) + third[:, None] * ruffle[..., None])
    points = np.stack(rows, axis=2)  # (count, 7, 3, 3)
    index = np.arange(count * 21).reshape(count, 7, 3)
    a, b, c, d = index[:, :-1, :-1], index[:, 1:, :-1], index[:, 1:, 1:], index[:, :-1, 1:]
    triangles = np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], -2).reshape(-1, 3)
    mesh = shapes.smooth(Mesh(points.reshape(-1, 3).astype(np.float32), triangles.astype(np.int32)))
    shade = np.broadcast_to((0.35 + 0.6 * s)[None, :, None], (count, 7, 3)).ravel()
    return dyed(mesh, 0, 1, shade)


def fish(seed: int, deep: float = 0.42) -> Mesh:
    """A reef fish a metre long that swims along +Z; its back is at the foot of its ramp, its belly at the tip."""
    t = np.linspace(0, 1, 13)
    half = deep / 2 * np.sin(np.pi * np.clip(t, 0, 1) ** 0.72) ** 0.8 + 0.012
    angle = np.linspace(0, 2 * np.pi, 13)[:-1]
    z = 0.5 - 0.86 * t
    body = np.stack(
        [
            0.42 * half[:, None] * np.sin(angle),
            half[:, None] * np.cos(angle),
            np.broadcast_to(z[:, None], (13, 12)),
        ],
        axis=-1,
    )
    skin = _ring_grid(body[:, ::-1])
    fins = np.array(
        [
            [[0, 0.02, -0.33], [0, 0.20, -0.52], [0, 0.0, -0.43]],
            [[0, -0.02, -0.33], [0, 0.0, -0.43], [0, -0.20, -0.52]],
            [[0, 0.9 * deep / 2, 0.15], [0, 0.72 * deep, -0.12], [0, 0.35 * deep / 2, -0.26]],
            [[0, -0.7 * deep / 2, 0.0], [0, -0.25 * deep / 2, -0.24], [0, -0.62 * deep, -0.16]],
        ]
    )
    fin = Mesh.of_corners(fins)
    fin = Mesh(fin.points, fin.triangles, np.tile(np.array([1, 0, 0], np.float32), (len(fin.points), 1)))
    band = 0.12 * np.sin(26 * skin.points[:, 2] + seed)
    shade = 0.5 - skin.points[:, 1] / deep + band
    return shapes.merge([dyed(skin, 0, 1, shade), dyed(fin, 0, 1, 0.3)])


def _ring_grid(points: Array) -> Mesh:
    """A closed strip of rings, shape [R, S, 3], smooth."""
    rows, sides = points.shape[:2]
    index = np.arange(rows * sides).reshape(rows, sides)
    beside = np.roll(index, -1, axis=1)
    a, b, c, d = index[:-1], index[1:], beside[1:], beside[:-1]
    triangles = np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], 2).reshape(-1, 3)
    return shapes.smooth(Mesh(points.reshape(-1, 3).astype(np.float32), triangles.astype(np.int32)))


def _tilted(rng: np.random.Generator, way: Array, spread: float) -> Array:
    turned = way / np.linalg.norm(way) + rng.normal(0, spread, 3)
    return turned / np.linalg.norm(turned)


def _waving(rng: np.random.Generator, angle: Array, orders: int, size: float) -> Array:
    """A closed random wave round an angle [rad]."""
    phase, weight = rng.uniform(0, 2 * np.pi, orders), rng.normal(0, 1, orders)
    k = np.arange(2, orders + 2)
    return size * (weight[:, None] / k[:, None] * np.sin(k[:, None] * angle + phase[:, None])).sum(axis=0)
