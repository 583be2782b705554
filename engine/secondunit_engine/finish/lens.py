"""What glass and stock do to light: bloom, halation, chromatic aberration, vignette, grain."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.color import LUMINANCE

Image = NDArray[np.float32]

REFERENCE_WIDTH = 854  # the recipes' pixel sizes were set at this width
_GLARE = ((2.0, 0.36), (5.0, 0.26), (12.0, 0.18), (30.0, 0.12), (80.0, 0.08))  # (sigma px, weight)
_STREAK_WEIGHT = 0.04
_HALO = 3.2  # px: what a film's base spreads
_BASE = np.array([1.0, 0.22, 0.05], np.float32)  # ACEScg: red light gets through the layers, blue does not


@lru_cache(maxsize=4)
def _glare_spectrum(height: int, width: int) -> tuple[NDArray[np.complex64], tuple[int, int]]:
    """Spectrum of the glare kernel: a sum of Gaussians and a faint horizontal streak, energy one."""
    scale = width / REFERENCE_WIDTH
    pad = int(160 * scale)
    rows, columns = (-(-(side + pad) // 64) * 64 for side in (height, width))  # lengths the FFT likes
    y = np.minimum(np.arange(rows), rows - np.arange(rows))[:, None]  # (R, 1)
    x = np.minimum(np.arange(columns), columns - np.arange(columns))[None, :]  # (1, C)
    kernel = np.zeros((rows, columns))
    for sigma, weight in _GLARE:
        lobe = np.exp(-(x * x + y * y) / (2 * (sigma * scale) ** 2))
        kernel += weight * lobe / lobe.sum()
    streak = np.exp(-x / (60 * scale)) * np.exp(-(y * y) / (2 * 0.8**2))
    kernel += _STREAK_WEIGHT * streak / streak.sum()
    return np.fft.rfft2(kernel / kernel.sum()).astype(np.complex64), (rows, columns)


def bloom(image: Image, amount: float) -> Image:
    """Scatter `amount` (0 to 1) of the light as glare; scene-linear [H, W, 3] in and out."""
    if amount <= 0:
        return image
    height, width = image.shape[:2]
    spectrum, shape = _glare_spectrum(height, width)
    light = np.fft.rfft2(image, shape, axes=(0, 1))  # (R, C/2+1, 3)
    glare = np.fft.irfft2(light * spectrum[..., None], shape, axes=(0, 1))[:height, :width]
    return (image * (1 - amount) + glare * amount).astype(np.float32)


def halation(image: Image, amount: float) -> Image:
    """Light that goes through the film, comes back from its base and exposes the red layer anew, [H, W, 3]: a red rim
    about what is brighter than white. `amount` is the share of it that does."""
    if amount <= 0:
        return image
    over = np.maximum(image @ LUMINANCE.astype(np.float32) - 1.0, 0.0)  # (H, W)
    sigma = _HALO * image.shape[1] / REFERENCE_WIDTH
    halo = ndimage.gaussian_filter(over, sigma) + 0.35 * ndimage.gaussian_filter(over, 3 * sigma)  # (H, W)
    return (image + (amount * halo)[..., None] * _BASE).astype(np.float32)


@lru_cache(maxsize=4)
def _radial_grid(height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pixel offsets from the centre (y, x), each [H, W]."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return y - (height - 1) / 2, x - (width - 1) / 2


def aberrate(image: Image, amount: float) -> Image:
    """Magnify red and shrink blue by `amount` (lateral chromatic aberration), [H, W, 3]."""
    if amount <= 0:
        return image
    height, width = image.shape[:2]
    y, x = _radial_grid(height, width)
    out = image.copy()
    for channel, scale in ((0, 1 - amount), (2, 1 + amount)):
        where = np.stack([y * scale + (height - 1) / 2, x * scale + (width - 1) / 2])  # (2, H, W)
        out[..., channel] = ndimage.map_coordinates(image[..., channel], where, order=1, mode="nearest")
    return out


def vignette(image: Image, amount: float) -> Image:
    """Natural fall-off towards the corners: cos^4 of the field angle, blended by `amount`, [H, W, 3]."""
    if amount <= 0:
        return image
    y, x = _radial_grid(*image.shape[:2])
    tan2 = (x * x + y * y) / (0.9 * image.shape[1]) ** 2  # (H, W)
    falloff = 1.0 / (1.0 + tan2) ** 2
    return image * (1 - amount * (1 - falloff) * 2.2).clip(0, 1)[..., None].astype(np.float32)


def grain(display: Image, amount: float, seed: int, frame: int) -> Image:
    """Film grain on a display-referred picture, strongest in the mid-tones, [H, W, 3]."""
    if amount <= 0:
        return display
    noise = np.random.Generator(np.random.PCG64([seed, frame])).standard_normal(display.shape[:2], np.float32)
    noise = ndimage.gaussian_filter(noise, 0.55 * display.shape[1] / REFERENCE_WIDTH)
    noise *= amount / max(float(noise.std()), 1e-6)  # (H, W)
    tone = display.mean(axis=-1)
    weight = 0.35 + 2.6 * tone * (1 - tone)
    return np.clip(display + (noise * weight)[..., None], 0, 1).astype(np.float32)
