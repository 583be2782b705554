"""The grade: exposure, temperature, contrast, saturation and a split tone, on scene-linear light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.color import LUMINANCE
from secondunit_engine.finish.look import Look
from secondunit_engine.finish.temperature import temperature_gain

Image = NDArray[np.float32]

_PIVOT = 0.18  # mid grey
_TOE_CONTRAST = 1.12  # the recipes' richer blacks: contrast below mid grey only
_SHADOWS = np.array([0.94, 1.0, 1.10])
_HIGHLIGHTS = np.array([1.05, 1.0, 0.95])


def mix_as_dyes(image: Image, amount: float) -> Image:
    """Colour as film makes it, by dyes that take light away, [H, W, 3]: a purer colour is a deeper one, where adding
    light would make it brighter. Luminance falls by up to a third of a stop in pure colours, greys stay as they are.

    The densities of a pixel over its own brightest channel grow by `amount` times a fifth.
    """
    brightest = np.maximum(image.max(axis=-1, keepdims=True), 1e-6)  # (H, W, 1)
    share = np.maximum(image / brightest, 1e-4)  # (H, W, 3) 1 in the brightest channel
    purer = share ** (1 + 0.2 * amount)
    deeper = 1 - 0.2 * amount * (1 - share.min(axis=-1, keepdims=True)) ** 2
    return (brightest * purer * deeper).astype(np.float32)


def grade(image: Image, look: Look) -> Image:
    """Grade a scene-linear ACEScg picture, [H, W, 3] in and out."""
    gain = 2.0**look.exposure * temperature_gain(look.temperature_shift)
    out = np.maximum(image * gain.astype(np.float32), 0.0)
    luminance = out @ LUMINANCE.astype(np.float32)  # (H, W)
    power = np.where(luminance < _PIVOT, look.contrast * _TOE_CONTRAST, look.contrast)
    contrast = (np.maximum(luminance, 1e-6) / _PIVOT) ** (power - 1.0)
    out = out * contrast[..., None]
    luminance = luminance * contrast
    out = luminance[..., None] + (out - luminance[..., None]) * look.saturation
    if look.film:
        out = mix_as_dyes(out, look.film)
    if look.split_tone:
        lift = np.clip(np.log2(np.maximum(luminance, 1e-6) / _PIVOT) / 6 + 0.5, 0, 1)[..., None]  # (H, W, 1)
        tint = _SHADOWS * (1 - lift) + _HIGHLIGHTS * lift
        out = out * (1 + look.split_tone * (tint - 1))
    return np.maximum(out, 0.0).astype(np.float32)
