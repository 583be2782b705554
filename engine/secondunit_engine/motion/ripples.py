"""A sea seen from below: a tile of its surface that repeats, and the light that its waves gather on what lies under.

The waves are those of `waves.py`, each turned to the nearest that fits a square tile, so that the surface at a time is
three Fourier transforms (Tessendorf, "Simulating ocean water", 2001). Caustics are rays of the sun, bent by Snell's
law where they meet the surface and counted where they land (photon mapping's first step; Jensen, 1996).
Y is up, metres, seconds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.motion.waves import GRAVITY, Sea, waves_of

Array = NDArray[np.floating]

WATER: Final = 1.333  # index of refraction
TILE: Final = 16.0  # m after which the surface repeats
_SIZE: Final = 384  # texels a side
_SUN: Final = 0.0047  # rad, half the sun's width


class Ripples:
    """A tile of a sea. Its pictures have row 0 at z = 0 and column 0 at x = 0."""

    def __init__(self, sea: Sea):
        waves = waves_of(sea)
        fits = np.rint(waves.vector * TILE / (2 * np.pi)).astype(int)  # (W, 2) waves a tile
        kept = (np.abs(fits).max(axis=1) < _SIZE // 4) & (np.abs(fits).max(axis=1) > 0)
        self._mode = fits[kept]
        self._vector = self._mode * (2 * np.pi / TILE)
        number = np.hypot(*self._vector.T)
        self._omega = np.sqrt(GRAVITY * number * np.tanh(number * sea.depth))
        self._wave = waves.amplitude[kept] * np.exp(1j * waves.phase[kept])

    def slopes(self, time: float) -> NDArray[np.float32]:
        """How the surface rises along x and z, shape [2, texels, texels]."""
        now = self._wave * np.exp(-1j * self._omega * time)
        return np.stack([self._sum(1j * self._vector[:, axis] * now) for axis in range(2)])

    def _sum(self, weights: NDArray[np.complexfloating]) -> NDArray[np.float32]:
        spectrum = np.zeros((_SIZE, _SIZE), complex)
        np.add.at(spectrum, (self._mode[:, 1] % _SIZE, self._mode[:, 0] % _SIZE), weights)
        return (np.fft.ifft2(spectrum).real * _SIZE**2).astype(np.float32)

    def caustics(self, time: float, depth: float, towards: Array) -> NDArray[np.float32]:
        """The sun's light on level ground `depth` metres down, relative to its mean, shape [texels, texels].

        towards: Unit vector to the sun, in air. A place of the picture is where light landed, moved back up to the
        surface along the mean ray, so that the picture is asked with `under`.
        """
        fine = np.asarray(ndimage.zoom(self.slopes(time), (1, 2, 2), order=1, mode="grid-wrap", grid_mode=True))
        ways = _bent(np.asarray(towards, float), fine)  # (3, 2 S, 2 S)
        mean = bent(towards)
        landed = (ways[[0, 2]] / -ways[1] - (mean[[0, 2]] / -mean[1])[:, None, None]) * depth
        count = np.zeros((_SIZE, _SIZE), np.float32)
        _count(np.ascontiguousarray(landed, np.float32) * np.float32(_SIZE / TILE), count)
        soft = (depth * _SUN + 0.006) * _SIZE / TILE
        return (ndimage.gaussian_filter(count, soft, mode="wrap") / count.mean()).astype(np.float32)


@lru_cache(maxsize=4)
def ripples_of(sea: Sea) -> Ripples:
    """The tile of a sea; the same sea has the same."""
    return Ripples(sea)


def bent(towards: Array) -> Array:
    """The way of sunlight under a calm surface, unit vector downwards, shape [3]."""
    return _bent(np.asarray(towards, float), np.zeros((2, 1, 1)))[:, 0, 0]


def under(places: Array, way: Array, level: float) -> Array:
    """Texture coordinates, in tiles, of what `caustics` holds for places [m], shape [..., 3]; [..., 2], (x, z)."""
    climb = (level - places[..., 1:2]) / -way[1]
    return (places[..., [0, 2]] - climb * way[[0, 2]]) / TILE


def _bent(towards: Array, slopes: Array) -> Array:
    """Sunlight refracted by a surface of such slopes [2, ...], unit vectors [3, ...] (Snell's law in vector form)."""
    normal = np.stack([-slopes[0], np.ones(slopes.shape[1:]), -slopes[1]])
    normal /= np.linalg.norm(normal, axis=0)
    cosine = np.maximum(np.tensordot(towards, normal, (0, 0)), 0.02)
    ratio = 1 / WATER
    inner = np.sqrt(1 - ratio**2 * (1 - cosine**2))
    way = -ratio * towards.reshape(3, *[1] * cosine.ndim) + (ratio * cosine - inner) * normal
    return way / np.linalg.norm(way, axis=0)


@njit(cache=True)
def _count(shift, count):
    """Add every ray of a grid twice as fine as the picture where it lands; shifts in texels, [2, 2 S, 2 S]."""
    size = count.shape[0]
    for j in range(2 * size):
        for i in range(2 * size):
            x = 0.5 * i + shift[0, j, i] - 0.25
            z = 0.5 * j + shift[1, j, i] - 0.25
            a, b = int(np.floor(x)), int(np.floor(z))
            u, v = x - a, z - b
            count[b % size, a % size] += (1 - u) * (1 - v)
            count[b % size, (a + 1) % size] += u * (1 - v)
            count[(b + 1) % size, a % size] += (1 - u) * v
            count[(b + 1) % size, (a + 1) % size] += u * v
