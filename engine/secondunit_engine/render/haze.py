"""How uneven haze is: a tile of cloudy noise that drifts."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

TILE: Final = 9.0  # m after which the unevenness repeats
DRIFT: Final = np.array([0.006, 0.0025, 0.004])  # m a frame
_SIZE: Final = 48


@cache
def haze_tile() -> NDArray[np.float32]:
    """A tile of noise with zero mean and unit deviation, [z, y, x] (spectral, so that it repeats)."""
    rng = np.random.Generator(np.random.PCG64(11))
    f = np.fft.fftfreq(_SIZE) * _SIZE
    radius = np.sqrt(f[:, None, None] ** 2 + f[None, :, None] ** 2 + f[None, None, :] ** 2)
    radius[0, 0, 0] = np.inf
    tile = np.fft.ifftn(np.fft.fftn(rng.standard_normal((_SIZE, _SIZE, _SIZE))) * radius**-2.1).real
    return np.clip(tile / tile.std(), -2, 2).astype(np.float32)


@njit(cache=True)
def haze_at(tile: NDArray[np.float32], x: float, y: float, z: float) -> float:
    """The noise at a place given in tiles, trilinear and without end, as textures are read."""
    size = len(tile)
    x, y, z = x * size - 0.5, y * size - 0.5, z * size - 0.5
    i, j, k = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
    u, v, w = x - i, y - j, z - k
    total = 0.0
    for corner in range(8):
        a, b, c = corner & 1, (corner >> 1) & 1, corner >> 2
        weight = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
        total += weight * tile[(k + c) % size, (j + b) % size, (i + a) % size]
    return total
