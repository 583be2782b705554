"""Splitting a denoised picture by light group, so that the groups sum to it by construction.

Denoising every group on its own would cost as much again for each. Instead the noisy groups are smoothed along
their surfaces and only say in what proportion the denoised light is theirs, for each colour channel.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from secondunit_engine.render.records import NORMAL, SURFACE, unpack_normal

_PASSES = (1, 2)  # pixels between taps: an a-trous pyramid (Dammertz et al. 2010)
_SAME_NORMAL = 0.9


def split_light(
    light: NDArray[np.float32], groups: NDArray[np.float32], record: NDArray[np.uint32]
) -> NDArray[np.float32]:
    """Share denoised light (H, W, 3) between noisy groups (H, W, groups, 3); returns (H, W, groups, 3).

    Where no group has any light the first one gets it all.
    """
    smoothed = groups
    for step in _PASSES:
        smoothed = _smooth_groups(smoothed, np.asarray(record), step)
    return _share(light, smoothed)


def whole_parts(groups: NDArray[np.float32]) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """Beauty in half and groups in float that sum to it within 1e-5, from the light of each group (H, W, groups, 3).

    The groups keep 17 bits of mantissa, so that they still compress.
    """
    total = groups.sum(axis=2, dtype=np.float32)  # (H, W, 3)
    beauty = np.minimum(total, 65504.0).astype(np.float16)
    scale = np.divide(beauty, total, out=np.zeros_like(total), where=total > 0)
    return beauty, shorten(groups * scale[:, :, None, :])


def shorten(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round float32 to 17 bits of mantissa (relative error under 4e-6): the zero bits cost nothing on disk."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + np.uint32(1 << 6)) & np.uint32(0xFFFFFF80)).view(np.float32)


@njit(parallel=True, cache=True, fastmath=True)
def _smooth_groups(groups: NDArray[np.float32], record: NDArray[np.uint32], step: int) -> NDArray[np.float32]:
    height, width, count, _ = groups.shape
    result = np.empty_like(groups)
    for y in prange(height):
        for x in range(width):
            surface = record[y, x, SURFACE]
            nx, ny, nz = unpack_normal(record[y, x, NORMAL])
            weight = np.float32(0)
            for n in range(count):
                for channel in range(3):
                    result[y, x, n, channel] = 0
            for j in range(max(0, y - step), min(height, y + step + 1), step):
                for i in range(max(0, x - step), min(width, x + step + 1), step):
                    if record[j, i, SURFACE] != surface:
                        continue
                    mx, my, mz = unpack_normal(record[j, i, NORMAL])
                    if nx * mx + ny * my + nz * mz < _SAME_NORMAL and not (i == x and j == y):
                        continue
                    weight += 1
                    for n in range(count):
                        for channel in range(3):
                            result[y, x, n, channel] += groups[j, i, n, channel]
            if weight > 0:
                for n in range(count):
                    for channel in range(3):
                        result[y, x, n, channel] /= weight
            else:
                for n in range(count):
                    for channel in range(3):
                        result[y, x, n, channel] = groups[y, x, n, channel]
    return result


@njit(parallel=True, cache=True)
def _share(light: NDArray[np.float32], groups: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width, count, _ = groups.shape
    result = np.zeros_like(groups)
    for y in prange(height):
        for x in range(width):
            gray = np.float32(0)
            for n in range(count):
                gray += groups[y, x, n, 0] + groups[y, x, n, 1] + groups[y, x, n, 2]
            for channel in range(3):
                total = np.float32(0)
                for n in range(count):
                    total += groups[y, x, n, channel]
                for n in range(count):
                    if total > np.float32(1e-8):
                        part = groups[y, x, n, channel] / total
                    elif gray > np.float32(1e-8):
                        part = (groups[y, x, n, 0] + groups[y, x, n, 1] + groups[y, x, n, 2]) / gray
                    else:
                        part = np.float32(1) if n == 0 else np.float32(0)
                    result[y, x, n, channel] = light[y, x, channel] * part
    return result
