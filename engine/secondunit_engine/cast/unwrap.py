"""Texture space of the skin: where each texel lies on the body."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from secondunit_engine.cast.anatomy import data_folder

# The head is one island of MakeHuman's layout; the face gets most of our texels by bending u and v.
_U = ((0.0, 0.63, 0.78, 1.0), (0.0, 0.28, 0.46, 1.0))
_V = ((0.0, 0.14, 0.36, 0.60, 0.86, 1.0), (0.0, 0.06, 0.25, 0.75, 0.94, 1.0))


def is_head(uvs: NDArray[np.floating]) -> NDArray[np.bool_]:
    """True for uvs on the head's island, shape [...] for uvs of shape [..., 2]."""
    return (uvs[..., 0] > 0.63) & (uvs[..., 1] > 0.14) & (uvs[..., 1] < 0.86)


def bend(uvs: NDArray[np.floating]) -> NDArray[np.float32]:
    """MakeHuman's uvs to those of our skin texture, shape [..., 2]."""
    u = np.interp(uvs[..., 0], *_U)
    v = np.interp(uvs[..., 1], *_V)
    return np.stack([u, v], axis=-1).astype(np.float32)


def load_mask(name: str, width: int, height: int) -> NDArray[np.float32]:
    """One of MakeHuman's CC0 masks (lips, eyelids, ears, face) bent into our texture, 0 to 1, [height, width]."""
    with Image.open(data_folder() / f"mpfb2/textures/mpfb_{name}.jpg") as picture:
        mask = np.asarray(picture.convert("L"), np.float32) / 255  # (M, M)
    size = len(mask)
    u = np.interp((np.arange(width) + 0.5) / width, _U[1], _U[0])  # (W,)
    v = np.interp(1 - (np.arange(height) + 0.5) / height, _V[1], _V[0])  # (H,)
    rows, columns = np.meshgrid((1 - v) * size - 0.5, u * size - 0.5, indexing="ij")
    return np.asarray(ndimage.map_coordinates(mask, [rows, columns], order=1, mode="nearest"), np.float32)


@numba.njit(cache=True)
def _fill(corners: Any, values: Any, image: Any, hit: Any) -> None:
    """Write barycentric blends of `values` [T, 3, C] into `image` [H, W, C] inside triangles `corners` [T, 3, 2]."""
    height, width = hit.shape
    for t in range(corners.shape[0]):
        ax, ay = corners[t, 0, 0], corners[t, 0, 1]
        bx, by = corners[t, 1, 0], corners[t, 1, 1]
        cx, cy = corners[t, 2, 0], corners[t, 2, 1]
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if abs(area) < 1e-12:
            continue
        for y in range(max(0, int(min(ay, by, cy) - 1)), min(height, int(max(ay, by, cy) + 2))):
            for x in range(max(0, int(min(ax, bx, cx) - 1)), min(width, int(max(ax, bx, cx) + 2))):
                px, py = x + 0.5, y + 0.5
                wb = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area
                wc = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area
                wa = 1.0 - wb - wc
                if wa >= -1e-3 and wb >= -1e-3 and wc >= -1e-3:
                    hit[y, x] = True
                    for k in range(values.shape[2]):
                        image[y, x, k] = wa * values[t, 0, k] + wb * values[t, 1, k] + wc * values[t, 2, k]


def rasterise(
    uvs: NDArray[np.floating], values: NDArray[np.floating], width: int, height: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Spread corner values over texture space.

    uvs: Shape [triangles, 3, 2]. values: Shape [triangles, 3, channels].
    Returns an image [height, width, channels], row 0 at v = 1, and which texels were hit.
    """
    corners = np.stack([uvs[..., 0] * width, (1 - uvs[..., 1]) * height], axis=-1).astype(np.float64)
    image = np.zeros((height, width, values.shape[-1]), np.float32)
    hit = np.zeros((height, width), np.bool_)
    _fill(corners, np.ascontiguousarray(values, np.float64), image, hit)
    return image, hit


def bleed(image: NDArray[np.float32], hit: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Fill texels outside the islands with the nearest one inside, so that filtering shows no seam."""
    nearest = ndimage.distance_transform_edt(~hit, return_distances=False, return_indices=True)
    assert isinstance(nearest, np.ndarray)
    return image[nearest[0], nearest[1]]
