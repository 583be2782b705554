"""Depth of field drawn after the path trace, where it does not disturb what neighbouring frames share.

Each pixel gathers from the discs of its neighbours: a neighbour counts if its own circle of confusion reaches here,
by the inverse of the area it spreads over. What lies behind a sharp surface may not spread over it.
Anamorphic glass squeezes the discs: they are as high as they were and narrower.
Method: Jimenez, "Next Generation Post Processing in Call of Duty" (2014), without its half resolution.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from secondunit_engine.render.view import View

_LARGEST = 0.03  # of the width: the widest radius drawn
_TILE = 16
_GOLDEN = np.float32(2.3999632)


def circles_of_confusion(view: View, depth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Radius of each pixel's disc [pixels], negative in front of the focus; depth [m] (H, W), inf for the sky."""
    if view.lens_radius <= 0 or view.focus_distance <= 0:
        return np.zeros_like(depth)
    near = 1.0 / np.maximum(depth, 1e-3)
    radius = view.lens_radius * view.focal_px * (1.0 / view.focus_distance - near)
    limit = _LARGEST * view.width
    return np.clip(radius, -limit, limit).astype(np.float32)


def blur_by_depth(light: NDArray[np.float32], view: View, depth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Light (H, W, channels) through the lens; unchanged where everything is in focus."""
    radius = circles_of_confusion(view, depth)
    if np.abs(radius).max() < 0.5:
        return light
    return _blur(np.ascontiguousarray(light), radius, _reach(np.abs(radius)), depth, np.float32(view.squeeze))


def _reach(radius: NDArray[np.float32]) -> NDArray[np.float32]:
    """The widest disc that can touch each tile of 16 pixels, (H / 16, W / 16)."""
    height, width = radius.shape
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    padded = np.zeros((rows * _TILE, columns * _TILE), np.float32)
    padded[:height, :width] = radius
    tiles = padded.reshape(rows, _TILE, columns, _TILE).max(axis=(1, 3))
    spread = int(np.ceil(radius.max() / _TILE))
    framed = np.pad(tiles, spread)
    windows = np.lib.stride_tricks.sliding_window_view(framed, (2 * spread + 1, 2 * spread + 1))
    return np.ascontiguousarray(windows.max(axis=(2, 3)))


@njit(parallel=True, cache=True, fastmath=True)
def _blur(
    light: NDArray[np.float32],
    radius: NDArray[np.float32],
    reach: NDArray[np.float32],
    depth: NDArray[np.float32],
    squeeze: np.float32,
) -> NDArray[np.float32]:
    height, width, channels = light.shape
    result = np.empty_like(light)
    for y in prange(height):
        for x in range(width):
            widest = reach[y // _TILE, x // _TILE]
            if widest < 0.5:
                result[y, x] = light[y, x]
                continue
            here = max(abs(radius[y, x]), np.float32(0.5))
            total = np.float32(1) / (here * here)
            for c in range(channels):
                result[y, x, c] = light[y, x, c] * total
            taps = min(160, int(3.2 * widest * widest) + 8)
            for n in range(taps):
                away = widest * np.sqrt((n + np.float32(0.5)) / taps)
                angle = n * _GOLDEN
                i = min(max(int(x + np.float32(0.5) + away * np.cos(angle) / squeeze), 0), width - 1)
                j = min(max(int(y + np.float32(0.5) + away * np.sin(angle)), 0), height - 1)
                there = max(abs(radius[j, i]), np.float32(0.5))
                if depth[j, i] > depth[y, x] * np.float32(1.02):
                    there = min(there, here)
                if there + np.float32(0.5) < away:
                    continue
                edge = min(there + np.float32(0.5) - away, np.float32(1))
                weight = edge / (there * there) * (widest * widest / taps)
                total += weight
                for c in range(channels):
                    result[y, x, c] += weight * light[j, i, c]
            for c in range(channels):
                result[y, x, c] /= total
    return result
