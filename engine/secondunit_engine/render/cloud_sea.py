"""Clouds about the lens, marched each frame from where it is, so that they pass it and hide what flies through them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from secondunit_engine.world.air import CloudSea
from secondunit_engine.world.clouds import Layer, march_among

Array = NDArray[np.floating]

_HAZE: Final = 30_000.0  # m over which the air takes the far clouds into the horizon
_ENDLESS: Final = 1e6  # m
_SOFT: Final = 0.6  # pixels: averages the march's offsets away


def draw_clouds(
    clouds: CloudSea, time: float, eye: Array, rays: Array, length: Array, horizon: Array
) -> tuple[Array, Array, Array]:
    """Light of the sun and of the sky from the clouds, radiance [h, w, 3] each, and what shows through them, [h, w].

    rays: Unit directions, [h, w, 3]. length: To what each ray meets [m], infinite before the sky, [h, w]. horizon:
    Radiance of the air over the horizon in each direction, [h, w, 3].
    """
    sheet = Layer(clouds.base, clouds.sheet, clouds.cover, 0.030, 7_000.0, 0.50, rounded=14.0)
    heaps = Layer(clouds.base, clouds.towers, clouds.heaps, 0.034, 11_000.0, 0.62, rounded=14.0)
    layers = [layer for layer in (sheet, heaps) if layer.cover > 0]
    reach = np.where(np.isfinite(length), length, _ENDLESS).ravel()
    drift = np.array([clouds.wind[0], clouds.wind[2]]) * time
    towards = np.asarray(clouds.towards) / np.linalg.norm(clouds.towards)
    seen = march_among(layers, eye, rays.reshape(-1, 3), reach, towards, clouds.seed, drift)
    shape = length.shape
    sunlit, skylit, through, away = (
        gaussian_filter(field.reshape(shape), _SOFT)[..., None]
        for field in (seen.sunlit, seen.skylit, seen.clear, seen.distance)
    )
    near = np.exp(-away / _HAZE)
    veil = (1 - through) * (1 - near) * horizon
    return sunlit * near * np.asarray(clouds.sun), skylit * near * np.asarray(clouds.sky) + veil, through[..., 0]
