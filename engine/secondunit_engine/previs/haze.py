"""The air between lens and set: haze that dims what is far, and shafts where the sun comes in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.previs.rasterise import Lens, ShadowMap, sunlit
from secondunit_engine.previs.solids import Scenery

Floats = NDArray[np.float32]
_AIR_STEPS = 20


@dataclass(frozen=True)
class Air:
    """Haze of the set: extinction [1/m] and the colour it fades to; `shafts` [1/m] is what scatters the sun."""

    density: float
    color: Floats
    shafts: float


def air_between(depth: Floats, lens: Lens, air: Air, shadows: ShadowMap, scenery: Scenery) -> tuple[Floats, Floats]:
    """What the haze lets through [H, W] and adds [H, W, 3], marched on every second pixel."""
    small = np.ascontiguousarray(depth[::2, ::2])
    sun = scenery.sun
    added = _air(
        small, lens.focal / 2, lens.eye, lens.axes, air.density, air.color, air.shafts,
        np.array(sun.toward, np.float32), np.array(sun.color, np.float32),
        shadows.axes, shadows.scale, shadows.shift, shadows.reach,
    )  # fmt: skip
    added = ndimage.uniform_filter(added, 4, mode="nearest", axes=(0, 1))
    height, width = depth.shape
    full = np.repeat(np.repeat(added, 2, axis=0), 2, axis=1)[:height, :width]
    full = ndimage.uniform_filter(full, 3, mode="nearest", axes=(0, 1)).astype(np.float32)
    far = np.where(depth > 0, depth, np.float32(60.0))
    return np.exp(-(air.density + 0.4 * air.shafts) * far).astype(np.float32), full


@njit(cache=True, fastmath=True)
def _air(depth, focal, eye, axes, density, color, shafts, toward, sun, sun_axes, scale, shift, reach):
    height, width = depth.shape
    added = np.zeros((height, width, 3), np.float32)
    for row in range(height):
        for column in range(width):
            dx, dy = (column + 0.5 - 0.5 * width) / focal, (0.5 * height - row - 0.5) / focal
            far = depth[row, column] if depth[row, column] > 0 else 60.0
            far = min(far, 45.0)
            length = np.sqrt(dx * dx + dy * dy + 1.0)
            vx = (axes[0, 0] * dx + axes[1, 0] * dy + axes[2, 0]) / length
            vy = (axes[0, 1] * dx + axes[1, 1] * dy + axes[2, 1]) / length
            vz = (axes[0, 2] * dx + axes[1, 2] * dy + axes[2, 2]) / length
            way = far * length
            fade = 1.0 - np.exp(-density * way)
            for tint in range(3):
                added[row, column, tint] = fade * color[tint]
            if scale <= 0 or shafts <= 0:
                continue
            cosine = vx * toward[0] + vy * toward[1] + vz * toward[2]
            g = 0.55
            phase = (1 - g * g) / (4 * np.pi * (1 + g * g - 2 * g * cosine) ** 1.5)
            jitter = ((row % 4) * 4 + (column % 4) * 7) % 16 / 16.0
            step = way / _AIR_STEPS
            total = 0.0
            for i in range(_AIR_STEPS):
                at = (i + jitter) * step
                if sunlit(eye[0] + vx * at, eye[1] + vy * at, eye[2] + vz * at, sun_axes, scale, shift, reach, 0.0):
                    total += np.exp(-0.4 * shafts * at)
            for tint in range(3):
                added[row, column, tint] += total * step * shafts * phase * sun[tint]
    return added
