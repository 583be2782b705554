"""Rooms behind windows: shallow boxes whose walls show painted rooms, so that they shift as one walks past.

An atlas of eight by eight cells holds them: six rows of rooms, two of drawn curtains and blinds.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.world.author import Mesh

CELLS: Final = 8
ROOMS: Final = 48  # cells of rooms; the rest are curtains
_PIXELS: Final = 64
_EDGE: Final = 0.035  # share of a cell that side walls, floor and ceiling show


def atlas(seed: int) -> NDArray[np.floating]:
    """The rooms as light, 0 to 1, linear Rec.709, shape [512, 512, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 77]))
    cells = [_room(rng) for _ in range(ROOMS)] + [_curtain(rng) for _ in range(CELLS**2 - ROOMS)]
    rows = [np.concatenate(cells[k : k + CELLS], axis=1) for k in range(0, CELLS**2, CELLS)]
    return np.concatenate(rows, axis=0).astype(np.float32)


def _warmth(rng: np.random.Generator) -> NDArray[np.floating]:
    tones = ((1.0, 0.56, 0.22), (1.0, 0.68, 0.36), (1.0, 0.80, 0.55), (0.80, 0.92, 1.0), (1.0, 0.42, 0.20))
    return np.array(tones[int(rng.choice(5, p=[0.34, 0.28, 0.18, 0.14, 0.06]))])


def _room(rng: np.random.Generator) -> NDArray[np.floating]:
    """A back wall with a lamp's light on it, pictures, shelves or a doorway, furniture against it, maybe somebody."""
    n = _PIXELS
    y, x = np.mgrid[0:n, 0:n] / n
    lamp_x, lamp_y = rng.uniform(0.2, 0.8), rng.uniform(0.05, 0.45)
    glow = 0.22 + 0.9 * np.exp(-(((x - lamp_x) / 0.33) ** 2 + ((y - lamp_y) / 0.42) ** 2))
    picture = (rng.uniform(0.35, 0.75) * glow)[..., None] * _warmth(rng)

    def block(a: float, b: float, c: float, d: float, gain: float | NDArray[np.floating]) -> None:
        picture[int(b * n) : int(d * n), int(a * n) : int(c * n)] *= gain

    kind = int(rng.integers(5))
    if kind == 0:  # shelves of books
        a = rng.uniform(0.05, 0.4)
        block(a, 0.15, a + 0.45, 0.9, 0.35)
        for level in np.arange(0.2, 0.85, 0.14).tolist():
            for at in np.arange(a + 0.02, a + 0.43, 0.03).tolist():
                block(at, level, at + 0.025, level + 0.10, rng.uniform(0.5, 2.6) * rng.uniform(0.5, 1.2, 3))
    elif kind == 1:  # a doorway to a brighter room
        a = rng.uniform(0.15, 0.6)
        block(a, 0.2, a + 0.24, 1.0, 2.2)
        block(a + 0.22, 0.2, a + 0.24, 1.0, 0.2)
    elif kind == 2:  # pictures
        for _ in range(int(rng.integers(1, 4))):
            a, b = rng.uniform(0.05, 0.75), rng.uniform(0.15, 0.45)
            block(a, b, a + rng.uniform(0.1, 0.2), b + rng.uniform(0.12, 0.22), rng.uniform(0.2, 0.8, 3))
    elif kind == 3:  # an office: bright strips over desks and screens
        picture[: int(0.06 * n)] *= 2.0
        for a in np.arange(0.08, 0.9, 0.28).tolist():
            block(a, 0.62, a + 0.16, 0.76, np.array([0.7, 1.3, 2.2]))
    else:  # a television's blue
        picture[int(0.55 * n) :, :] *= np.array([0.55, 0.8, 1.5])
    block(rng.uniform(0, 0.3), rng.uniform(0.66, 0.8), rng.uniform(0.55, 1.0), 1.0, rng.uniform(0.12, 0.4))
    if rng.random() < 0.12:  # somebody
        at = rng.uniform(0.25, 0.75)
        body = (np.abs(x - at) < 0.10) & (y > 0.46) | (np.hypot(x - at, y - 0.36) < 0.065)
        picture[body] *= 0.08
    radius = np.hypot(x - lamp_x, (y - lamp_y) * 1.1)
    if rng.random() < 0.55:  # the lamp itself
        picture[radius < rng.uniform(0.03, 0.06)] = 1.6 * _warmth(rng)
    return np.clip(picture, 0.0, 1.0)


def _curtain(rng: np.random.Generator) -> NDArray[np.floating]:
    """Light through curtains or blinds."""
    n = _PIXELS
    y, x = np.mgrid[0:n, 0:n] / n
    warmth = _warmth(rng)
    if rng.random() < 0.5:
        fold = 0.55 + 0.25 * np.sin(x * rng.uniform(40, 80) + rng.uniform(0, 6)) + 0.12 * np.sin(x * 170)
        gap = rng.uniform(0.0, 0.22)
        value = np.where(np.abs(x - 0.5) < gap / 2, 1.3, fold) * (0.75 + 0.35 * np.exp(-(((y - 0.4) / 0.3) ** 2)))
    else:
        down = rng.uniform(0.35, 1.0)
        slats = 0.35 + 0.35 * (np.sin(y * np.pi * 2 * 22) > 0)
        value = np.where(y < down, slats, 1.0 - 0.5 * y)
    return np.clip(value[..., None] * warmth * rng.uniform(0.3, 0.6), 0, 1)


def room_boxes(places: ArrayLike, width: float, height: float, depth: float, cells: ArrayLike) -> Mesh:
    """Boxes open to +Z whose front lower middles are at `places` [m], shape [rooms, 3], each with a cell's picture."""
    places = np.asarray(places, np.float64).reshape(-1, 3)
    half, e = width / 2 * 1.15, _EDGE
    low, high, back = -0.10, height * 1.08, -depth
    quads = (
        ([(-half, low, back), (half, low, back), (half, high, back), (-half, high, back)], (0, 0, 1, 1)),
        ([(-half, low, 0), (-half, low, back), (-half, high, back), (-half, high, 0)], (0, 0, e, 1)),
        ([(half, low, back), (half, low, 0), (half, high, 0), (half, high, back)], (1 - e, 0, 1, 1)),
        ([(-half, low, 0), (half, low, 0), (half, low, back), (-half, low, back)], (0, 0, 1, e)),
        ([(-half, high, back), (half, high, back), (half, high, 0), (-half, high, 0)], (0, 1 - e, 1, 1)),
    )
    points, uvs, normals = [], [], []
    for quad, (u0, v0, u1, v1) in quads:
        points += quad
        uvs += [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
        a, b, c = (np.array(p) for p in quad[:3])
        normal = np.cross(b - a, c - a)
        normals += [normal / np.linalg.norm(normal)] * 4
    return _stamped(np.array(points), np.array(normals), np.array(uvs), places, cells)


def panes(places: ArrayLike, width: float, height: float, cells: ArrayLike) -> Mesh:
    """Flat pictures that face +Z, their lower middles at `places` [m], shape [panes, 3]."""
    half = width / 2
    points = np.array([(-half, 0, 0), (half, 0, 0), (half, height, 0), (-half, height, 0)])
    uvs = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)
    places = np.asarray(places, np.float64).reshape(-1, 3)
    return _stamped(points, np.tile([0.0, 0.0, 1.0], (4, 1)), uvs, places, cells)


def _stamped(
    points: NDArray[np.floating],
    normals: NDArray[np.floating],
    uvs: NDArray[np.floating],
    places: NDArray[np.floating],
    cells: ArrayLike,
) -> Mesh:
    """Copies of quads at places, each showing its cell of the atlas, a hair inside its edges."""
    cells = np.asarray(cells, int).reshape(-1)
    row, column = np.divmod(cells, CELLS)
    corner = np.stack([column, CELLS - 1 - row], axis=-1)  # (N, 2)
    inset = 0.02 + 0.96 * uvs
    all_uvs = (inset[None] + corner[:, None]) / CELLS
    count, size = len(places), len(points)
    quads = np.arange(count * size // 4)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])
    return Mesh(
        (points[None] + places[:, None]).reshape(-1, 3).astype(np.float32),
        quads.reshape(-1, 3).astype(np.int32),
        np.tile(normals, (count, 1)).astype(np.float32),
        all_uvs.reshape(-1, 2).astype(np.float32),
    )
