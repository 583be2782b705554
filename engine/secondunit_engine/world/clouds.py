"""Clouds over a flat country: layers of seeded noise, marched from the ground or from among them, lit by the sun.

Method: density from tiling noise under a height profile and lighting with several orders of scattering approximated
by ever flatter extinction and phase, after Wrenninge et al., "Oz: the great and volumetric" (2013) and Schneider,
"The real-time volumetric cloudscapes of Horizon Zero Dawn" (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from secondunit_engine.world.atmosphere import EARTH

Array = NDArray[np.floating]

_TILE: Final = 96  # texels of the noise on each side
_STEPS: Final = 44
_LIGHT_STEPS: Final = 5
_FARTHEST: Final = 60_000.0  # m
_FINEST: Final = 9.0  # m, the shortest step among clouds
_GROWS: Final = 0.009  # of the way that a step is long
_MOST: Final = 260  # steps


@dataclass(frozen=True)
class Layer:
    """A sheet of clouds.

    base, thickness: [m]. cover: Share of the sky, 0 to 1. density: Extinction inside [1/m]. scale: Width of a tile of
    its shapes [m]. ragged: How much fine detail eats into it, 0 to 1. stretch: How much longer than wide (cirrus).
    rounded: How much harder it is to reach its top, so that seen from above nothing is cut off flat there.
    """

    base: float
    thickness: float
    cover: float
    density: float
    scale: float = 7_000.0
    ragged: float = 0.45
    stretch: float = 1.0
    rounded: float = 0.0


@dataclass(frozen=True)
class Clouds:
    """Per direction: sunlit, skylit: how much of the sun's irradiance (as radiance, 1/sr) and of the sky's mean
    radiance the clouds send to the eye. clear: What passes through them. distance: To where they are seen [m]."""

    sunlit: Array
    skylit: Array
    clear: Array
    distance: Array


def march_clouds(layer: Layer, rays: Array, sun: Array, seed: int, eye: float = 2.0) -> Clouds:
    """See a layer along rays [N, 3] from `eye` metres over the ground, lit from `sun`, a unit vector [3]."""
    shape, detail = _tiles(seed)
    out = np.zeros((4, len(rays)), np.float32)
    params = np.array(_row(layer, shape, eye), np.float32)
    _march(np.ascontiguousarray(rays, np.float32), sun.astype(np.float32), shape, detail, params, out)
    return Clouds(out[0], out[1], out[2], out[3])


def march_among(
    layers: Sequence[Layer], eye: Array, rays: Array, reach: Array, sun: Array, seed: int, drift: Array
) -> Clouds:
    """See layers along rays [N, 3] from a place [m] among or over them, as far as `reach` [m], [N].

    drift: How far the clouds have gone [m], (x, z). What a ray meets is found in steps that grow with its length, so
    that a step is about a pixel's size wherever it is.
    """
    shape, detail = _tiles(seed)
    rows = np.array([_row(layer, shape, float(eye[1])) for layer in layers], np.float32)
    out = np.zeros((4, len(rays)), np.float32)
    start = np.array([eye[0] - drift[0], eye[1], eye[2] - drift[1]])
    ways = np.ascontiguousarray(rays, np.float32)
    _march_among(ways, reach.astype(np.float32), start, sun.astype(np.float32), shape, detail, rows, out)
    return Clouds(out[0], out[1], out[2], out[3])


@lru_cache(maxsize=2)
def _tiles(seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The noise of a sky, bordered: of its shapes and of their detail."""
    rng = np.random.Generator(np.random.PCG64([seed, 4021]))
    return _bordered(_noise(rng, 3.4)), _bordered(_noise(rng, 2.4))


def _row(layer: Layer, shape: NDArray[np.float32], eye: float) -> list[float]:
    """A layer as the kernels take it. The threshold leaves the wanted share of the sky covered, as seen through the
    whole sheet."""
    threshold = float(np.quantile(shape[:-1, :-1, :-1].max(axis=1), 1 - np.clip(layer.cover, 0, 1))) - 0.35
    return [
        layer.base, layer.thickness, threshold, layer.density, layer.scale, layer.ragged, layer.stretch, eye,
        layer.rounded,
    ]  # fmt: skip


def _noise(rng: np.random.Generator, slope: float) -> NDArray[np.float32]:
    """A tile of 3D noise of zero mean and unit deviation, float32 [S, S, S]."""
    f = np.fft.fftfreq(_TILE) * _TILE
    radius = np.sqrt(f[:, None, None] ** 2 + f[None, :, None] ** 2 + f[None, None, :] ** 2)
    radius[0, 0, 0] = np.inf
    radius[radius < 1.5] = 1.5  # nothing as large as the tile itself, or its repeat shows
    radius[0, 0, 0] = np.inf
    tile = np.fft.ifftn(np.fft.fftn(rng.standard_normal((_TILE,) * 3)) * radius ** -((slope + 1) / 2)).real
    return (tile / tile.std()).astype(np.float32)


def _bordered(tile: NDArray[np.float32]) -> NDArray[np.float32]:
    """A repeating tile with its first texels again after its last, so that the next texel is always there."""
    return np.pad(tile, (0, 1), mode="wrap")


@njit(cache=True, inline="always", fastmath=True)
def _sample(tile, x, y, z):
    """Trilinear texel of a `_bordered` tile, coordinates in tiles."""
    n = tile.shape[0] - 1
    x, y, z = (x - np.floor(x)) * n, (y - np.floor(y)) * n, (z - np.floor(z)) * n
    i, j, k = int(x), int(y), int(z)
    a, b, c = x - i, y - j, z - k
    size, one = np.uint32(n), np.uint32(1)
    i, j, k = np.uint32(i) % size, np.uint32(j) % size, np.uint32(k) % size
    i1, j1, k1 = i + one, j + one, k + one
    low = (tile[i, j, k] * (1 - a) + tile[i1, j, k] * a) * (1 - b) + (
        tile[i, j1, k] * (1 - a) + tile[i1, j1, k] * a
    ) * b
    high = (tile[i, j, k1] * (1 - a) + tile[i1, j, k1] * a) * (1 - b) + (
        tile[i, j1, k1] * (1 - a) + tile[i1, j1, k1] * a
    ) * b
    return low * (1 - c) + high * c


@njit(cache=True, inline="always", fastmath=True)
def _density(shape, detail, p, x, h, z, fine):
    """Extinction [1/m] at a level place and a height h (0 base, 1 top) in the layer."""
    if h <= 0 or h >= 1:
        return np.float32(0)
    u, v, w = x / (p[4] * p[6]), h * p[1] / p[4], z / p[4]
    body = _sample(shape, u, v, w)
    top = h * h * np.float32(1.5) + np.float32(0.25) * h
    top += p[8] * max(h - np.float32(0.6), np.float32(0)) ** 2
    foot = min(h * np.float32(14), np.float32(1))
    value = body - p[2] - top
    if value < -np.float32(0.6) * p[5]:
        return np.float32(0)
    if fine:
        value += p[5] * np.float32(0.38) * _sample(detail, u * 5.3, v * 5.3, w * 5.3)
        value += p[5] * np.float32(0.09) * _sample(detail, u * 17.1 + 0.3, v * 17.1, w * 17.1)
    return p[3] * foot * min(max(value * np.float32(1.9), np.float32(0)), np.float32(1))


@njit(cache=True, fastmath=True)
def _phases(cosine):
    """How much of the light goes on by an angle, for three orders of scattering, [3]."""
    phases = np.zeros(3)
    for order in range(3):
        g = 0.8 * 0.5**order
        ahead = (1 - g * g) / (4 * np.pi * (1 + g * g - 2 * g * cosine) ** 1.5)
        b = -0.25 * 0.5**order
        back = (1 - b * b) / (4 * np.pi * (1 + b * b - 2 * b * cosine) ** 1.5)
        phases[order] = 0.55 * ahead + 0.45 * back
    return phases


@njit(parallel=True, cache=True, fastmath=True)
def _march(rays, sun, shape, detail, p, out):
    base, thick, eye = p[0], p[1], p[7]
    for n in prange(rays.shape[0]):
        dx, dy, dz = rays[n, 0], rays[n, 1], rays[n, 2]
        out[2, n] = 1.0
        out[3, n] = _FARTHEST
        rise = (EARTH + eye) * dy
        near = -rise + np.sqrt(rise * rise + 2 * EARTH * (base - eye) + base * base - eye * eye)
        top = base + thick
        far = -rise + np.sqrt(rise * rise + 2 * EARTH * (top - eye) + top * top - eye * eye)
        if near > _FARTHEST:
            continue
        far = min(far, near + 14_000.0)
        stride = (far - near) / _STEPS
        # An offset from the ray's number: steps do not line up into rings.
        turn = np.float64(n) * 0.6180339887 + np.float64(n // 1024) * 0.7548776662
        offset = turn - np.floor(turn)
        cosine = dx * sun[0] + dy * sun[1] + dz * sun[2]
        phases = _phases(cosine)
        through, sunlit, skylit, weighed, met = 1.0, 0.0, 0.0, 0.0, 0.0
        for step in range(_STEPS):
            t = near + (step + offset) * stride
            # Height over the curved ground.
            height = eye + t * dy + t * t * (1 - dy * dy) / (2 * EARTH)
            h = np.float32((height - base) / thick)
            density = _density(shape, detail, p, np.float32(t * dx), h, np.float32(t * dz), t < 25_000.0)
            if density <= 0:
                continue
            depth = 0.0
            reach = 0.0
            ahead_step = thick * 0.06
            for _ in range(_LIGHT_STEPS):
                reach += ahead_step
                hs = np.float32(h + reach * sun[1] / thick)
                x, z = np.float32(t * dx + reach * sun[0]), np.float32(t * dz + reach * sun[2])
                depth += ahead_step * _density(shape, detail, p, x, hs, z, reach < thick * 0.3)
                ahead_step *= 1.7
            source = 0.0
            for order in range(3):
                weight = 0.62**order
                source += weight * phases[order] * np.exp(-depth * 0.32**order)
            part = through * (1 - np.exp(-density * stride))
            sunlit += part * source * 1.9
            skylit += part * (0.35 + 0.65 * h)
            weighed += part * t
            met += part
            through *= np.exp(-density * stride)
            if through < 0.01:
                through = 0.0
                break
        out[0, n], out[1, n], out[2, n] = sunlit, skylit, through
        if met > 0:
            out[3, n] = weighed / met


@njit(cache=True, inline="always", fastmath=True)
def _span(up, bend, over_low, over_top, reach):
    """Where a ray is between two heights: from and to [m]. over_low, over_top: How far the eye is over them [m]; bend:
    Half of the earth's curvature along the ray."""
    near, far = 0.0, reach
    inner = up * up - 4 * bend * over_top
    if over_top > 0:  # from above
        if up >= 0 or inner < 0:
            return reach, reach
        near = (-up - np.sqrt(inner)) / (2 * bend)
        far = min(far, (-up + np.sqrt(inner)) / (2 * bend))
    else:
        far = min(far, (-up + np.sqrt(inner)) / (2 * bend))
    outer = up * up - 4 * bend * over_low
    if outer > 0:
        if over_low < 0:  # from below
            near = (-up + np.sqrt(outer)) / (2 * bend)
        elif up < 0:
            far = min(far, (-up - np.sqrt(outer)) / (2 * bend))
    return near, far


@njit(cache=True, inline="always", fastmath=True)
def _thickest(shape, detail, layers, x, y, z, fine):
    """Extinction of the thickest layer at a place [1/m], and how high in it the place is, 0 to 1."""
    most, high = np.float32(0), np.float32(0)
    for k in range(len(layers)):
        h = np.float32((y - layers[k, 0]) / layers[k, 1])
        density = _density(shape, detail, layers[k], x, h, z, fine)
        if density > most:
            most, high = density, h
    return most, high


@njit(parallel=True, cache=True, fastmath=True)
def _march_among(rays, reach, eye, sun, shape, detail, layers, out):
    low, top = layers[0, 0], layers[0, 0] + layers[0, 1]
    for k in range(1, len(layers)):
        low, top = min(low, layers[k, 0]), max(top, layers[k, 0] + layers[k, 1])
    for n in prange(rays.shape[0]):
        dx, dy, dz = rays[n, 0], rays[n, 1], rays[n, 2]
        out[2, n] = 1.0
        out[3, n] = _FARTHEST
        bend = max((1 - dy * dy) / (2 * EARTH), 1e-12)
        t, far = _span(dy, bend, eye[1] - low, eye[1] - top, min(reach[n], _FARTHEST))
        turn = np.float64(n) * 0.6180339887 + np.float64(n // 1024) * 0.7548776662
        t += (turn - np.floor(turn)) * max(_FINEST, _GROWS * t)
        phases = _phases(dx * sun[0] + dy * sun[1] + dz * sun[2])
        through, sunlit, skylit, weighed, met = 1.0, 0.0, 0.0, 0.0, 0.0
        for _ in range(_MOST):
            if t >= far:
                break
            stride = max(_FINEST, _GROWS * t)
            y = np.float32(eye[1] + t * dy + t * t * bend)
            x, z = np.float32(eye[0] + t * dx), np.float32(eye[2] + t * dz)
            density, h = _thickest(shape, detail, layers, x, y, z, True)
            if density <= 0:
                t += 1.8 * stride
                continue
            depth, ahead, away = 0.0, 40.0, 0.0
            for _ in range(_LIGHT_STEPS + 1):
                away += ahead
                lit, _h = _thickest(
                    shape, detail, layers, np.float32(x + away * sun[0]), np.float32(y + away * sun[1]),
                    np.float32(z + away * sun[2]), away < 500.0,
                )  # fmt: skip
                depth += ahead * lit
                ahead *= 1.8
            source = 0.05 * np.exp(-0.09 * depth)  # light scattered so often that it has lost its way
            for order in range(3):
                source += 0.56**order * phases[order] * np.exp(-depth * 0.36**order)
            part = through * (1 - np.exp(-density * stride))
            sunlit += part * source * 2.1
            skylit += part * (0.30 + 0.70 * h)
            weighed += part * t
            met += part
            through *= np.exp(-density * stride)
            if through < 0.01:
                through = 0.0
                break
            t += stride
        out[0, n], out[1, n], out[2, n] = sunlit, skylit, through
        if met > 0:
            out[3, n] = weighed / met
