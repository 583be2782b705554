"""What one frame leaves for its neighbours: a record a pixel, packed so that one tap is one cache line.

Colours are packed as shared-exponent RGB9E5: Khronos, EXT_texture_shared_exponent (2010). Normals are packed as
octahedral pairs: Cigolle et al., "A Survey of Efficient Representations for Independent Unit Vectors" (2014).
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

# Fields of a record (uint32); the groups follow from GROUPS on.
POSITION, NORMAL, SURFACE, DIFFUSE, SPECULAR, GROUPS = 0, 3, 4, 5, 6, 7


@njit(cache=True, inline="always")
def pack_color(r: float, g: float, b: float) -> np.uint32:
    """Non-negative colour to RGB9E5, rounded to nearest; the largest value is 65408."""
    top = max(r, max(g, b))
    if not top > 1e-9:
        return np.uint32(0)
    top = min(top, 65408.0)
    exponent = max(-16, int(np.floor(np.log2(top)))) + 1
    scale = 2.0 ** (9 - exponent)
    if int(top * scale + 0.5) > 511:
        exponent += 1
        scale *= 0.5
    red = np.uint32(min(max(r, 0.0) * scale + 0.5, 511.0))
    green = np.uint32(min(max(g, 0.0) * scale + 0.5, 511.0))
    blue = np.uint32(min(max(b, 0.0) * scale + 0.5, 511.0))
    return np.uint32(red | (green << 9) | (blue << 18) | (np.uint32(exponent + 15) << 27))


_SCALES = (2.0 ** (np.arange(32) - 15 - 9)).astype(np.float32)  # (32,)


@njit(cache=True, inline="always")
def unpack_color(code: np.uint32) -> tuple[np.float32, np.float32, np.float32]:
    """RGB9E5 to colour."""
    scale = _SCALES[code >> 27]
    red = np.float32(code & 511) * scale
    green = np.float32((code >> 9) & 511) * scale
    blue = np.float32((code >> 18) & 511) * scale
    return red, green, blue


@njit(cache=True, inline="always")
def pack_normal(x: float, y: float, z: float) -> np.uint32:
    """Any vector to its direction as two 16-bit octahedral coordinates; zero becomes +Z."""
    size = abs(x) + abs(y) + abs(z)
    if size < 1e-12:
        return np.uint32(0x80008000)
    u, v = x / size, y / size
    if z < 0:
        u, v = (1 - abs(v)) * (1.0 if u >= 0 else -1.0), (1 - abs(u)) * (1.0 if v >= 0 else -1.0)
    return np.uint32(np.uint32((u + 1) * 32767.5) | (np.uint32((v + 1) * 32767.5) << 16))


@njit(cache=True, inline="always")
def unpack_normal(code: np.uint32) -> tuple[np.float32, np.float32, np.float32]:
    u = np.float32(code & 65535) / np.float32(32767.5) - np.float32(1)
    v = np.float32(code >> 16) / np.float32(32767.5) - np.float32(1)
    z = np.float32(1) - abs(u) - abs(v)
    if z < 0:
        u, v = (
            (np.float32(1) - abs(v)) * (np.float32(1) if u >= 0 else np.float32(-1)),
            (np.float32(1) - abs(u)) * (np.float32(1) if v >= 0 else np.float32(-1)),
        )
    size = np.sqrt(u * u + v * v + z * z)
    return u / size, v / size, z / size


@njit(parallel=True, cache=True)
def pack_records(
    position: NDArray[np.float32],
    normal: NDArray[np.float32],
    surface: NDArray[np.int32],
    diffuse: NDArray[np.float32],
    specular: NDArray[np.float32],
    groups: NDArray[np.float32],
) -> NDArray[np.uint32]:
    """Records (H, W, 7 + groups) of a frame from positions, normals and colours (H, W, 3), surfaces (H, W) and
    light groups (H, W, groups, 3)."""
    height, width = surface.shape
    count = groups.shape[2]
    records = np.empty((height, width, GROUPS + count), np.uint32)
    floats = records.view(np.float32)
    for y in prange(height):
        for x in range(width):
            for axis in range(3):
                floats[y, x, POSITION + axis] = position[y, x, axis]
            records[y, x, NORMAL] = pack_normal(normal[y, x, 0], normal[y, x, 1], normal[y, x, 2])
            records[y, x, SURFACE] = np.uint32(surface[y, x])
            records[y, x, DIFFUSE] = pack_color(diffuse[y, x, 0], diffuse[y, x, 1], diffuse[y, x, 2])
            records[y, x, SPECULAR] = pack_color(specular[y, x, 0], specular[y, x, 1], specular[y, x, 2])
            for g in range(count):
                records[y, x, GROUPS + g] = pack_color(groups[y, x, g, 0], groups[y, x, g, 1], groups[y, x, g, 2])
    return records
