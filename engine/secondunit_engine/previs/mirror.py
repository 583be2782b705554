"""What a smooth floor mirrors: rays followed over the picture itself, for the rest the probes' light stays.

Wet asphalt and polished stone are most of the look of a night set. The ray leaves the floor, goes on in the world in
growing steps, and takes the colour of the first pixel that it passes close behind (McGuire and Mara 2014).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.previs.rasterise import Lens
from secondunit_engine.previs.surfaces import Surfaces

Floats = NDArray[np.float32]
_ROUGHEST = 0.34  # what is rougher mirrors nothing that has a shape


def mirror_floor(seen: Surfaces, lit: Floats, lens: Lens) -> Floats:
    """Radiance that level, smooth surfaces add by what they mirror, [H, W, 3]."""
    smooth = (seen.normal[..., 1] > 0.97) & (seen.finish[..., 0] < _ROUGHEST) & (seen.depth > 0)
    if not smooth.any():
        return np.zeros_like(lit)
    added = _mirror(
        seen.place, seen.normal, seen.finish, seen.depth, lit, smooth, lens.eye, lens.axes, lens.focal
    )  # fmt: skip
    blurred = ndimage.uniform_filter(added, 3, mode="nearest", axes=(0, 1)).astype(np.float32)
    return np.where(smooth[..., None], blurred, np.float32(0))


@njit(cache=True, fastmath=True)
def _mirror(place, normal, finish, depth, lit, smooth, eye, axes, focal):
    height, width = depth.shape
    added = np.zeros(lit.shape, np.float32)
    for row in range(height):
        for column in range(width):
            if not smooth[row, column]:
                continue
            x, y, z = place[row, column, 0], place[row, column, 1], place[row, column, 2]
            nx, ny, nz = normal[row, column, 0], normal[row, column, 1], normal[row, column, 2]
            vx, vy, vz = x - eye[0], y - eye[1], z - eye[2]
            length = np.sqrt(vx * vx + vy * vy + vz * vz) + 1e-9
            vx, vy, vz = vx / length, vy / length, vz / length
            cosine = -(vx * nx + vy * ny + vz * nz)
            rx, ry, rz = vx + 2 * cosine * nx, vy + 2 * cosine * ny, vz + 2 * cosine * nz
            rough = finish[row, column, 0]
            strength = (0.04 + 0.96 * (1 - max(cosine, 0.0)) ** 5) * (1.0 - rough / _ROUGHEST) ** 2
            way, step = 0.03, 0.05
            jitter = ((row % 4) * 4 + (column % 4) * 7) % 16 / 16.0
            before = 0.0
            while way < 60.0:
                way += step * (0.75 + 0.5 * jitter)
                step *= 1.12
                px, py, pz = x + rx * way - eye[0], y + ry * way - eye[1], z + rz * way - eye[2]
                ahead = axes[2, 0] * px + axes[2, 1] * py + axes[2, 2] * pz
                if ahead < 0.1:
                    break
                i = int(0.5 * height - focal * (axes[1, 0] * px + axes[1, 1] * py + axes[1, 2] * pz) / ahead)
                j = int(0.5 * width + focal * (axes[0, 0] * px + axes[0, 1] * py + axes[0, 2] * pz) / ahead)
                if i < 0 or j < 0 or i >= height or j >= width:
                    break
                behind = ahead - depth[i, j]
                if depth[i, j] > 0 and behind > 0.0 and behind < 0.15 + 1.6 * (ahead - before if before > 0 else step):
                    for color in range(3):
                        added[row, column, color] = strength * min(lit[i, j, color], 40.0)
                    break
                before = ahead
    return added
