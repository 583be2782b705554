"""Colour temperature as a gain on scene-linear light."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.color import LUMINANCE, REC709_TO_ACESCG

NEUTRAL = 6500.0  # K
_XYZ_TO_REC709 = np.array(
    [[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560], [0.0556434, -0.2040259, 1.0572252]]
)


def _planck_xy(kelvin: float) -> tuple[float, float]:
    """Chromaticity of a black body, 1,667 K to 25,000 K (Kim et al., cubic fits of the Planckian locus)."""
    t = 1e3 / kelvin
    if kelvin < 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin < 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin < 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    return x, y


@lru_cache(maxsize=1)
def _locus() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kelvin, shape [2000], evenly spaced in reciprocal, and CIE 1960 u, v of the black bodies, shape [2000, 2]."""
    kelvin = 1.0 / np.linspace(1 / 25000.0, 1 / 1700.0, 2000)
    xy = np.array([_planck_xy(float(each)) for each in kelvin])
    return kelvin, _uv(xy[:, 0], xy[:, 1])


def _uv(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([4 * x, 6 * y], axis=-1) / (-2 * x + 12 * y + 3)[..., None]


def correlated_temperature(xy: tuple[float, float]) -> tuple[float, float]:
    """Correlated colour temperature [K], 1,700 to 25,000, of a chromaticity, and its distance from the Planckian locus
    in CIE 1960 u, v (Duv: positive is greener, negative pinker). Source: CIE 15, the nearest black body.
    """
    kelvin, locus = _locus()
    offset = _uv(np.array(xy[0]), np.array(xy[1])) - locus  # (2000, 2)
    at = int(np.argmin((offset**2).sum(axis=1)))
    return float(kelvin[at]), float(np.copysign(np.linalg.norm(offset[at]), offset[at][1]))


def black_body(kelvin: float) -> NDArray[np.float64]:
    """ACEScg colour of a black body at unit luminance, shape [3]."""
    x, y = _planck_xy(float(np.clip(kelvin, 1700, 25000)))
    rgb = REC709_TO_ACESCG @ _XYZ_TO_REC709 @ np.array([x / y, 1.0, (1 - x - y) / y])  # (3,)
    return rgb / (LUMINANCE @ rgb)


@lru_cache(maxsize=64)
def _gain(shift: float) -> tuple[float, float, float]:
    ratio = black_body(NEUTRAL - shift) / black_body(NEUTRAL)
    ratio = ratio / (LUMINANCE @ ratio)
    return float(ratio[0]), float(ratio[1]), float(ratio[2])


def temperature_gain(shift: float) -> NDArray[np.float64]:
    """Gain that turns light of 6,500 K into light `shift` kelvin warmer (negative: cooler), shape [3].

    Luminance of a neutral stays as it was.
    """
    return np.ones(3) if shift == 0 else np.array(_gain(float(shift)))
