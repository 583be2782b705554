"""Hair as locks: each is a tapered ribbon, arched across, with a streaked texture.

Ribbons are as wide as a few pixels, so a handful of samples and a denoiser see a clean albedo and a clean normal,
where single strands, thinner than a pixel, glitter.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from secondunit_engine.color import encode_srgb
from secondunit_engine.world.author import RGB, Mesh

Array = NDArray[np.float64]
_ACROSS = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])  # points across a ribbon, in half widths


def weave_locks(paths: Array, centre: Array, width: Array, rng: np.random.Generator) -> Mesh:
    """Ribbons along `paths` [locks, knots, 3] with their faces away from the head's `centre` [3].

    width: Widest width of each lock [m], shape [locks]. Returns a mesh with normals, and uvs whose v runs from the root
    (1) to the tip (0).
    """
    count, knots = paths.shape[:2]
    t = np.linspace(0, 1, knots)
    along = np.gradient(paths, axis=1)  # (L, K, 3)
    along /= np.maximum(np.linalg.norm(along, axis=-1, keepdims=True), 1e-9)
    # Away from the skull above its centre, from the neck's axis below.
    axis = np.broadcast_to(centre, paths.shape).copy()
    axis[..., 1] = np.minimum(centre[1], paths[..., 1])
    out = paths - axis
    out -= (out * along).sum(axis=-1, keepdims=True) * along
    out /= np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-9)
    side = np.cross(along, out)
    twist = rng.normal(0, 0.22, count)[:, None, None]  # no two locks face quite the same way
    out, side = out * np.cos(twist) + side * np.sin(twist), side * np.cos(twist) - out * np.sin(twist)
    taper = np.clip(0.45 + 3.0 * t, 0, 1) * np.clip((1 - t) / 0.42, 0.06, 1) ** 0.7  # (K,)
    half = 0.5 * width[:, None] * taper  # (L, K)
    s = _ACROSS[None, None, :, None]
    reach = half[..., None, None]
    points = paths[:, :, None] + side[:, :, None] * (s * reach) - out[:, :, None] * (0.45 * s**2 * reach)
    normals = out[:, :, None] + side[:, :, None] * (0.55 * s)
    normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)  # (L, K, A, 3)
    start = rng.random(count)[:, None, None]
    span = (width / 0.09)[:, None, None]  # nine centimetres of hair across the texture
    u = np.broadcast_to(start + span * 0.5 * _ACROSS[None, None, :], points.shape[:3])
    v = np.broadcast_to(1 - t[None, :, None], points.shape[:3])
    index = np.arange(points[..., 0].size).reshape(points.shape[:3])
    a, b, c, d = index[:, :-1, :-1], index[:, 1:, :-1], index[:, 1:, 1:], index[:, :-1, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    uvs = np.stack([u, np.clip(v, 0.002, 0.998)], axis=-1).reshape(-1, 2)
    return Mesh(points.reshape(-1, 3), faces.astype(np.int32), normals.reshape(-1, 3), uvs.astype(np.float32))


def paint_locks(tint: RGB, seed: int, file: Path, width: int = 512, height: int = 256) -> None:
    """Streaks along the hair: dark roots, lighter tips, a few bright strands."""
    rng = np.random.Generator(np.random.PCG64([seed, 47]))
    fine = ndimage.gaussian_filter(rng.standard_normal((height, width)), (40, 0.7), mode="wrap")
    broad = ndimage.gaussian_filter(rng.standard_normal((height, width)), (60, 6.0), mode="wrap")
    streak = 0.22 * fine / fine.std() + 0.18 * broad / broad.std()
    root = np.linspace(0, 1, height)[:, None]  # 0 at the root (v = 1, the first row)
    tone = np.exp(streak) * (0.70 + 0.30 * np.clip(root * 4, 0, 1)) * (1 + 0.25 * root**1.5)
    picture = np.clip(np.asarray(tint) * tone[..., None], 0, 1)
    Image.fromarray(np.round(encode_srgb(picture) * 255).astype(np.uint8)).save(file, compress_level=3)
