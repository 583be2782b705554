"""What grows and lies on the ground: ferns, grass, litter, stones, fallen wood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes, textures
from secondunit_engine.world.land.trees import limb
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]


def fern(seed: int, fronds: int = 9, size: float = 0.62) -> Mesh:
    """A fern of arching fronds with leaflets to both sides; at the origin, about `size` metres to each side."""
    rng = np.random.Generator(np.random.PCG64(seed))
    pairs = 13
    t = np.linspace(0.14, 1.0, pairs)
    leaflets = []
    for k in range(fronds):
        turn = k * 2.39996 + rng.normal(0, 0.2)
        length = size * rng.uniform(0.75, 1.15)
        lift = rng.uniform(0.55, 0.95)
        out = np.array([np.sin(turn), 0, np.cos(turn)])
        spine = out * (length * t)[:, None] + [0, 1, 0] * (length * (lift * 1.5 * t - lift * 1.25 * t**2.2))[:, None]
        across = np.array([np.cos(turn), 0, -np.sin(turn)])
        width = 0.30 * length * np.sin(np.pi * (0.12 + 0.86 * t)) ** 0.8
        for hand in (-1, 1):
            tip = (
                spine
                + hand * across * width[:, None]
                + out * (0.25 * width)[:, None]
                - [0, 1, 0] * (0.22 * width)[:, None]
            )
            half = out * (0.42 * length / pairs) + [0, 0.1 * length / pairs, 0]
            leaflets.append(np.stack([spine - half, tip, spine + half][::hand], axis=1))
        stem = np.stack([spine[:-1] - 0.006 * across, spine[1:], spine[:-1] + 0.006 * across], axis=1)
        leaflets.append(stem)
    return _soup(np.concatenate(leaflets))


def grass(
    rng: np.random.Generator, places: Array, height: float, blades: int = 7, width: float = 0.006, lean: float = 0.5
) -> Mesh:
    """Tufts of bent blades at places [m], shape [N, 3]; each blade is three triangles."""
    count = len(places) * blades
    foot = np.repeat(places, blades, axis=0) + _level(rng, count, 0.35 * height)
    turn = rng.uniform(0, 2 * np.pi, count)
    tall = (height * rng.uniform(0.45, 1.15, count) * np.repeat(rng.uniform(0.7, 1.2, len(places)), blades))[:, None]
    out = np.column_stack([np.sin(turn), 0 * turn, np.cos(turn)])
    across = np.column_stack([np.cos(turn), 0 * turn, -np.sin(turn)]) * (width * rng.uniform(0.6, 1.3, count))[:, None]
    bend = lean * rng.uniform(0.2, 1.2, count)[:, None]
    knee = foot + [0, 0.6, 0] * tall + out * (0.22 * bend * tall)
    tip = foot + [0, 1, 0] * (tall * (1 - 0.25 * bend)) + out * (0.75 * bend * tall)
    triangles = np.stack(
        [
            np.stack([foot - across, foot + across, knee + 0.7 * across], axis=1),
            np.stack([foot - across, knee + 0.7 * across, knee - 0.7 * across], axis=1),
            np.stack([knee - 0.7 * across, knee + 0.7 * across, tip], axis=1),
        ],
        axis=1,
    )
    return _soup(triangles.reshape(-1, 3, 3))


def litter(rng: np.random.Generator, places: Array, size: float = 0.075) -> Mesh:
    """Fallen leaves lying at places [m], shape [N, 3]: curled rhombs."""
    count = len(places)
    turn = rng.uniform(0, 2 * np.pi, count)
    tilt = rng.normal(0, 0.28, count)
    long = np.column_stack([np.sin(turn), tilt, np.cos(turn)]) * (size * rng.uniform(0.6, 1.3, count))[:, None]
    wide = np.column_stack([np.cos(turn), rng.normal(0, 0.28, count), -np.sin(turn)]) * (0.3 * size)
    lift = np.array([0, 1, 0]) * (size * rng.uniform(0.05, 0.35, count))[:, None]
    middle = places + np.array([0.0, 0.008, 0.0])
    a, b, c, d = middle - long / 2 + lift, middle - wide, middle + long / 2 + 0.6 * lift, middle + wide
    return _soup(np.concatenate([np.stack([a, c, b], axis=1), np.stack([a, d, c], axis=1)]))


def stone(seed: int, detail: int = 24, squash: float = 0.7, rough: float = 0.22) -> Mesh:
    """A weathered stone about one metre wide at the origin, cut by planes and worn: texture coordinates in metres."""
    rng = np.random.Generator(np.random.PCG64(seed))
    ball = shapes.sphere(1.0, detail)
    points = ball.points.astype(float)
    for _ in range(9):  # split faces
        way = rng.normal(0, 1, 3)
        way /= np.linalg.norm(way)
        depth = points @ way - rng.uniform(0.55, 0.85)
        points -= 0.92 * np.clip(depth, 0, None)[:, None] * way
    tile = textures.noise(seed + 5, 128, 2.4)
    at = (np.abs(points[:, [0, 2]] + 0.37 * points[:, 1:2]) * 24).astype(int) % 128
    points *= (1 + rough * 0.22 * tile[at[:, 0], at[:, 1]])[:, None]
    points *= np.array([0.5, 0.5 * squash, 0.5]) * rng.uniform(0.8, 1.2, 3)
    return shapes.box_uv(shapes.smooth(Mesh(points.astype(np.float32), ball.triangles)), 1.0)


def log(seed: int, length: float = 5.0, girth: float = 0.26) -> Mesh:
    """A fallen trunk along x, resting on y = 0, with stubs of branches and a broken end."""
    rng = np.random.Generator(np.random.PCG64(seed))
    t = np.linspace(0, 1, 16)
    radius = girth * (1 - 0.35 * t) * (1 + 0.05 * rng.normal(0, 1, 16))
    path = np.column_stack([(t - 0.5) * length, radius * 0.82, 0.05 * length * np.sin(2 * t + rng.uniform(0, 6))])
    radius[-1], radius[0] = 0.35 * radius[-2], 0.55 * radius[1]
    parts = [limb(path, radius, 14)]
    for at in rng.uniform(0.2, 0.9, 5).tolist():
        start = np.array([np.interp(at, t, path[:, k]) for k in range(3)])
        way = np.array([rng.uniform(0.2, 0.7), rng.uniform(0.1, 1), rng.choice([-1, 1]) * rng.uniform(0.4, 1)])
        reach = float(rng.uniform(0.3, 1.1))
        spine = start + way / np.linalg.norm(way) * (np.linspace(0, reach, 4) + 0.1)[:, None]
        parts.append(limb(spine, np.array([0.05, 0.04, 0.03, 0.012]), 6))
    return shapes.merge(parts)


def _level(rng: np.random.Generator, count: int, spread: float) -> Array:
    """Level shifts [m], shape [count, 3]."""
    shift = rng.normal(0, spread, (count, 3))
    shift[:, 1] = 0
    return shift


def _soup(triangles: Array) -> Mesh:
    """Loose triangles, shape [T, 3, 3], as a mesh of flat faces."""
    index = np.arange(3 * len(triangles), dtype=np.int32).reshape(-1, 3)
    return Mesh(triangles.reshape(-1, 3).astype(np.float32), index)
