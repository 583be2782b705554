"""What is outside a ship's windows: stars, a nebula, and a planet in the light of its sun, painted.

The picture hangs on a flat screen far outside and glows with the radiance of what it shows.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.world import shapes, textures
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.greebles import Face

_WIDTH, _HEIGHT = 2048, 1024
_PEAK = 5.0  # radiance that the file's 1.0 stands for
_SUN = (-0.80, 0.42, -0.12)  # to the sun in the screen's frame: right, up, towards the ship
_LANDS = (  # sea, low land, high land, cloud, air: linear Rec.709
    ((0.015, 0.055, 0.13), (0.10, 0.12, 0.05), (0.28, 0.22, 0.13), (0.75, 0.77, 0.80), (0.25, 0.55, 1.0)),
    ((0.22, 0.09, 0.045), (0.38, 0.17, 0.08), (0.50, 0.30, 0.17), (0.62, 0.45, 0.32), (1.0, 0.55, 0.28)),
    ((0.10, 0.15, 0.19), (0.30, 0.38, 0.42), (0.60, 0.66, 0.70), (0.80, 0.84, 0.88), (0.45, 0.80, 1.0)),
)


def add_space(dressing: Dressing, folder: Path, seed: int, face: Face, width: float, weight: float = 3.0) -> None:
    """Paint what is outside and hang it on a face, whose origin is the middle of the screen, `width` [m] wide, in the
    light group `space`."""
    file = textures.write_color(folder, "space", np.clip(paint(seed) / _PEAK, 0, 1))
    x, y = width / 2, width / 4
    screen = face.put(shapes.quad((-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)))
    dressing.glow("SpaceView", [screen], (_PEAK, _PEAK, _PEAK), "space", weight, file)


def paint(seed: int) -> NDArray[np.floating]:
    """The picture, radiance in linear Rec.709, shape [1024, 2048, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 83]))
    picture = _stars(rng, seed)
    middle = (_HEIGHT * float(rng.uniform(0.57, 0.63)), _WIDTH * float(rng.choice([0.39, 0.59])))
    land = _LANDS[int(rng.integers(len(_LANDS)))]
    _add_planet(picture, middle, _HEIGHT * float(rng.uniform(0.19, 0.26)), land, seed)
    far = (_HEIGHT * 0.42, _WIDTH * (0.60 if middle[1] < _WIDTH / 2 else 0.40))
    moon = ((0.10, 0.10, 0.10), (0.20, 0.19, 0.18), (0.30, 0.29, 0.27), (0.3, 0.3, 0.3), (0.0, 0.0, 0.0))
    _add_planet(picture, far, _HEIGHT * 0.022, moon, seed + 5)
    return picture


def _stars(rng: np.random.Generator, seed: int) -> NDArray[np.floating]:
    """Stars by a power law, soft, over a band of faint gas."""
    picture = np.zeros((_HEIGHT, _WIDTH, 3), np.float32)
    count = 5200
    y, x = rng.integers(1, _HEIGHT - 1, count), rng.integers(1, _WIDTH - 1, count)
    bright = np.minimum(0.05 * (1 - rng.random(count)) ** -0.9, 9.0)
    tint = np.stack(
        [1 + 0.25 * rng.standard_normal(count), np.ones(count), 1 + 0.3 * rng.standard_normal(count)], axis=1
    )
    np.maximum.at(picture, (y, x), (bright[:, None] * np.clip(tint, 0.5, 1.6)).astype(np.float32))
    picture = picture + 2.2 * ndimage.gaussian_filter(picture, (0.8, 0.8, 0))
    gas = textures.noise(seed % 99_991 + 3, 1024, 2.6, (1.5, 1.0))
    band = np.exp(-(((np.arange(_HEIGHT)[:, None] - 0.35 * np.arange(_WIDTH)[None] - 60) / 230) ** 2))
    cloud = np.clip(np.tile(gas, (1, 2)) + 0.4, 0, 2.5) * band
    return picture + cloud[..., None] * np.array([0.020, 0.016, 0.034])


def _add_planet(
    picture: NDArray[np.floating],
    middle: tuple[float, float],
    radius: float,
    lands: tuple[tuple[float, float, float], ...],
    seed: int,
) -> None:
    """A globe at (row, column) with land, cloud, a terminator, and its air as a rim of light."""
    reach = int(radius * 1.25)
    r0, c0 = int(middle[0]), int(middle[1])
    rows = slice(max(0, r0 - reach), min(_HEIGHT, r0 + reach))
    columns = slice(max(0, c0 - reach), min(_WIDTH, c0 + reach))
    y = (middle[0] - np.arange(rows.start, rows.stop)[:, None]) / radius
    x = (np.arange(columns.start, columns.stop)[None] - middle[1]) / radius
    away = np.hypot(x, y)
    disc = away < 1
    z = np.sqrt(np.clip(1 - away**2, 0, 1))
    light = np.asarray(_SUN) / np.linalg.norm(_SUN)
    lit = np.clip(x * light[0] + y * light[1] + z * light[2], -1, 1)
    at = np.stack([
        (np.arcsin(np.clip(y + 0 * x, -1, 1)) / np.pi + 0.5) * 900,
        (np.arctan2(x, np.maximum(z, 1e-3)) / np.pi + 0.5) * 1000,
    ])  # fmt: skip
    ground = ndimage.map_coordinates(textures.noise(seed % 99_991 + 11, 1024, 2.4), at, order=1, mode="grid-wrap")
    swirl = ndimage.map_coordinates(
        textures.noise(seed % 99_991 + 12, 1024, 2.0, (1.0, 1.6)), at, order=1, mode="grid-wrap"
    )
    sea, low, high, cloud, air = (np.array(color) for color in lands)
    land = np.clip(6 * (ground - 0.15), 0, 1)[..., None]
    hills = np.clip(0.7 * (ground - 0.3), 0, 1)[..., None]
    color = sea * (1 - land) + (low * (1 - hills) + high * hills) * land
    cover = np.clip(0.9 * (swirl - 0.25), 0, 0.95)[..., None]
    color = color * (1 - cover) + cloud * cover
    day = np.clip(1.15 * lit + 0.06, 0, 1)[..., None] ** 0.9
    rim = np.exp(-5.0 * z)[..., None] * np.clip(lit + 0.25, 0, 1)[..., None]
    globe = 5.2 * color * day + 1.6 * air * rim
    halo = (
        np.exp(-np.clip(away - 1, 0, None) * 26)[..., None]
        * np.clip(x * light[0] + y * light[1] + 0.15, 0, 1)[..., None]
    )
    outside = picture[rows, columns] + 1.1 * air * halo
    edge = np.clip((1 - away) * radius, 0, 1)[..., None]
    picture[rows, columns] = outside * (1 - edge) + np.where(disc[..., None], globe, 0) * edge
