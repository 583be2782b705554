"""A clear sky: light that air, haze and ozone scatter on its way from the sun, by integration along each direction.

Method: single scattering after Nishita et al., "Display of the Earth taking into account atmospheric scattering"
(1993), with Rayleigh and Mie scattering and ozone's absorption as in Bruneton and Neyret (2008), and with an
isotropic term for the light scattered more than once. Wavelengths 680, 550 and 440 nm stand for linear Rec.709.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Array = NDArray[np.floating]

EARTH: Final = 6_360_000.0  # radius [m]
_TOP: Final = 80_000.0  # of the air [m]
_RAYLEIGH: Final = np.array([[5.8e-6], [13.5e-6], [33.1e-6]])  # scattering at the ground [1/m]
_RAYLEIGH_HEIGHT: Final = 8_000.0  # over which air thins by e [m]
_MIE: Final = 8e-6  # of clean air [1/m]
_MIE_HEIGHT: Final = 1_200.0
_MIE_ABSORBS: Final = 1.1  # extinction over scattering
_OZONE: Final = np.array([[0.65e-6], [1.88e-6], [0.085e-6]])  # absorption at 25 km [1/m]
_FORWARD: Final = 0.76  # g of haze
_STEPS: Final = 40
_LIGHT_STEPS: Final = 16
_AROUND: Final = 49  # azimuths from the sun to opposite
_UP: Final = 72  # elevations


@dataclass(frozen=True)
class ClearSky:
    """Relative to a sun of irradiance 1 outside the air.

    sun: Irradiance on a surface that faces the sun, shape [3]. table: Radiance by azimuth from the sun (0 to pi) and
    by the square root of elevation (0 to the zenith), shape [49, 72, 3].
    """

    sun: Array
    table: Array

    def radiance(self, azimuth: Array, elevation: Array) -> Array:
        """Radiance at an azimuth from the sun and an elevation [rad] over the horizon; shape [..., 3]."""
        around = np.abs((azimuth + np.pi) % (2 * np.pi) - np.pi) / np.pi * (_AROUND - 1)
        up = np.sqrt(np.clip(elevation, 0, np.pi / 2) / (np.pi / 2)) * (_UP - 1)
        places = np.stack([around, up])
        return np.stack([ndimage.map_coordinates(self.table[..., k], places, order=1) for k in range(3)], axis=-1)


def clear_sky(rise: float, haze: float = 1.0) -> ClearSky:
    """The sky under a sun `rise` degrees over the horizon (below it: twilight); `haze` 1 is clean country air."""
    sine = np.sin(np.radians(rise))
    sun = np.array([np.cos(np.radians(rise)), sine, 0.0])
    azimuth = np.linspace(0, np.pi, _AROUND)[:, None]
    elevation = (np.pi / 2 * np.linspace(0, 1, _UP) ** 2)[None, :]
    up = np.sin(elevation) + 0 * azimuth
    ray = np.stack([np.cos(elevation) * np.cos(azimuth), up, np.cos(elevation) * np.sin(azimuth)])
    eye = np.array([0.0, EARTH + 2.0, 0.0])[:, None]
    direct = _transmittance(eye, sun[:, None], haze)[:, 0]
    return ClearSky(direct, _scattered(eye, ray.reshape(3, -1), sun[:, None], haze).T.reshape(_AROUND, _UP, 3))


def _scattered(eye: Array, rays: Array, sun: Array, haze: float) -> Array:
    """In-scattered radiance along rays [3, N] from the eye [3, 1] to the top of the air, shape [3, N]."""
    reach = _to_sphere(eye, rays, EARTH + _TOP)  # (N,)
    edges = np.linspace(0, 1, _STEPS + 1) ** 2  # fine steps where the air is thick
    cosine = np.ascontiguousarray(rays.T) @ sun[:, 0]
    rayleigh = 3 / (16 * np.pi) * (1 + cosine**2)
    g = _FORWARD
    mie = (1 - g * g) / (4 * np.pi * (1 + g * g - 2 * g * cosine) ** 1.5)
    total = np.zeros(rays.shape)
    depth = np.zeros(rays.shape)
    for low, high in pairwise(edges):
        stride = reach * (high - low)
        point = eye + rays * (reach * (low + high) / 2)
        air, dust, extinction = _medium(point, haze)
        through = np.exp(-depth - 0.5 * stride * extinction)
        lit = _transmittance(point, sun, haze)
        scatter = air * rayleigh + dust * mie
        # Light of higher orders comes from all sides; near the ground it is nearly as much as the first.
        again = (air + dust) * 0.7 / (4 * np.pi) * _softened(point, sun, haze)
        total += through * (scatter * lit + again) * stride
        depth += stride * extinction
    return total


def _softened(point: Array, sun: Array, haze: float) -> Array:
    """Sunlight as all the air about a point sees it: past the horizon it fades instead of ending."""
    raised = np.stack([sun[0], np.maximum(sun[1], 0.02), sun[2]])
    raised /= np.linalg.norm(raised)
    fade = np.exp(np.minimum(sun[1], 0.0) * 38.0)
    return fade * _transmittance(point, raised, haze)


def _medium(point: Array, haze: float) -> tuple[Array, Array, Array]:
    """Scattering by air [3, N] and haze [N], and the extinction of both and ozone [3, N], per metre."""
    x, y, z = point
    height = np.maximum(np.sqrt(x * x + y * y + z * z) - EARTH, 0)
    air = _RAYLEIGH * np.exp(-height / _RAYLEIGH_HEIGHT)
    dust = haze * _MIE * np.exp(-height / _MIE_HEIGHT)
    ozone = _OZONE * np.maximum(1 - np.abs(height - 25_000) / 15_000, 0)
    return air, dust, air + _MIE_ABSORBS * dust + ozone


def _transmittance(point: Array, towards: Array, haze: float) -> Array:
    """How much sunlight reaches points [3, N] from a direction [3, 1], by channel [3, N]; 0 in the Earth's shadow."""
    reach = _to_sphere(point, towards, EARTH + _TOP)
    edges = np.linspace(0, 1, _LIGHT_STEPS + 1) ** 1.5
    depth = np.zeros(point.shape)
    for low, high in pairwise(edges):
        place = point + towards * (reach * (low + high) / 2)
        depth += _medium(place, haze)[2] * (reach * (high - low))
    along = _dot(point, towards)
    closest = np.sqrt(np.maximum(_dot(point, point) - along**2, 0))
    hidden = (along < 0) & (closest < EARTH - 20)
    return np.where(hidden, 0.0, np.exp(-depth))


def _to_sphere(point: Array, towards: Array, radius: float) -> Array:
    """Distance from inside a sphere about the Earth's middle to its surface, shape [N]."""
    along = _dot(point, towards)
    return -along + np.sqrt(along**2 - _dot(point, point) + radius**2)


def _dot(a: Array, b: Array) -> Array:
    """Of vectors [3, N], shape [N]."""
    return a[0] * b[0] + a[2] * b[2] + a[1] * b[1]
