"""Motion blur along motion vectors, drawn after the path trace.

Method: McGuire et al., "A Reconstruction Filter for Plausible Motion Blur" (2012): each pixel gathers along the
fastest motion near it, from what moves over it and from what it moves over.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

_TILE = 20
_LARGEST = 0.06  # of the width: the longest streak drawn
_TAPS = 15


def blur_by_motion(
    light: NDArray[np.float32], motion: NDArray[np.float32], depth: NDArray[np.float32], opening: float
) -> NDArray[np.float32]:
    """Light (H, W, channels) over the shutter's opening.

    motion: Pixels to the previous frame (H, W, 2). depth: [m] (H, W). opening: Part of the frame's time, 0.5 at 180
    degrees.
    """
    streak = motion * np.float32(-opening)  # (H, W, 2) pixels travelled while the shutter is open
    speed = np.linalg.norm(streak, axis=-1)  # (H, W)
    if speed.max() < 0.75:
        return light
    limit = np.float32(_LARGEST * light.shape[1])
    streak *= np.minimum(1.0, limit / np.maximum(speed, 1e-6))[..., None]
    return _blur(np.ascontiguousarray(light), streak, np.minimum(speed, limit), _dominant(streak), depth)


def _dominant(streak: NDArray[np.float32]) -> NDArray[np.float32]:
    """The fastest motion in each tile of 20 pixels and its neighbours, (H / 20, W / 20, 2)."""
    height, width = streak.shape[:2]
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    reach = int(np.ceil(np.linalg.norm(streak, axis=-1).max() / 2 / _TILE))
    padded = np.zeros((rows * _TILE, columns * _TILE, 2), np.float32)
    padded[:height, :width] = streak
    tiles = padded.reshape(rows, _TILE, columns, _TILE, 2).transpose(0, 2, 1, 3, 4).reshape(rows, columns, -1, 2)
    fastest = np.linalg.norm(tiles, axis=-1).argmax(axis=2)  # (R, C)
    tops = np.take_along_axis(tiles, fastest[:, :, None, None], axis=2)[:, :, 0]  # (R, C, 2)
    result = tops.copy()
    for row in range(rows):
        for column in range(columns):
            near = tops[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1].reshape(
                -1, 2
            )
            result[row, column] = near[np.linalg.norm(near, axis=1).argmax()]
    return result


@njit(parallel=True, cache=True, fastmath=True)
def _blur(
    light: NDArray[np.float32],
    streak: NDArray[np.float32],
    speed: NDArray[np.float32],
    dominant: NDArray[np.float32],
    depth: NDArray[np.float32],
) -> NDArray[np.float32]:
    height, width, channels = light.shape
    result = np.empty_like(light)
    for y in prange(height):
        for x in range(width):
            vx, vy = dominant[y // _TILE, x // _TILE, 0], dominant[y // _TILE, x // _TILE, 1]
            length = np.sqrt(vx * vx + vy * vy)
            if length < 0.75:
                result[y, x] = light[y, x]
                continue
            here = max(speed[y, x], np.float32(0.5))
            total = np.float32(1) / here
            for c in range(channels):
                result[y, x, c] = light[y, x, c] * total
            for n in range(_TAPS):
                at = (n + np.float32(0.5)) / _TAPS - np.float32(0.5)
                i = min(max(int(np.floor(x + np.float32(0.5) + vx * at)), 0), width - 1)
                j = min(max(int(np.floor(y + np.float32(0.5) + vy * at)), 0), height - 1)
                away = abs(at) * length
                there = max(speed[j, i], np.float32(0.5))
                soft = np.float32(0.02) * min(depth[y, x], depth[j, i]) + np.float32(0.01)
                behind = min(
                    max(np.float32(0.5) + (depth[j, i] - depth[y, x]) / (2 * soft), np.float32(0)), np.float32(1)
                )
                # The tap moves over this pixel, or this pixel moves away and shows the tap.
                over = (np.float32(1) - behind) * max(np.float32(0), np.float32(1) - 2 * away / there)
                under = behind * max(np.float32(0), np.float32(1) - 2 * away / here)
                both = np.float32(2) if 2 * away < min(here, there) else np.float32(0)
                weight = over / there + under / here + both / max(here, there) * np.float32(0.5)
                total += weight * np.float32(1)
                for c in range(channels):
                    result[y, x, c] += weight * light[j, i, c]
            for c in range(channels):
                result[y, x, c] /= total
    return result
