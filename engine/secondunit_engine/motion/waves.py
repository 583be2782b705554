"""The waves of a sea as a function of place and time: pure numpy, for whoever draws water or floats on it.

The surface is a sum of trochoids (Gerstner waves; Fournier and Reeves, "A simple model of ocean waves", 1986): a
particle of water at rest at (x, z) moves on circles, so crests are sharper than troughs. Their heights follow the
JONSWAP spectrum (Hasselmann et al. 1973) with a cosine-squared spread about the wind (Tessendorf, "Simulating ocean
water", 2001); a frequency and its wave number obey the dispersion relation of gravity waves, omega^2 = g k tanh(k d).
Y is up, metres, seconds; bearings are degrees about +Y, 0 is +Z, 90 is +X.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

GRAVITY: Final = 9.81
_PEAK: Final = 3.3  # JONSWAP's mean enhancement of the peak
_RESOLVED: Final = 2.5, 5.0  # cells a wave length: below the first a wave is not drawn, above the second wholly


@dataclass(frozen=True)
class Sea:
    """What raises the waves.

    wind: Speed at a height of 10 m [m/s]. fetch: How far it has blown over water [m]. bearing: Where the waves run to
    [degrees]. depth: Of the water [m]. swell: Significant height of a swell from far away [m], `swell_length` from
    crest to crest [m], run to `swell_bearing`. shortest: Length of the shortest wave that is drawn [m]. chop: 0 to 1,
    how sharp crests are.
    """

    wind: float = 6.0
    fetch: float = 20_000.0
    bearing: float = 0.0
    depth: float = 200.0
    swell: float = 0.0
    swell_length: float = 60.0
    swell_bearing: float = 0.0
    shortest: float = 0.35
    chop: float = 0.85
    seed: int = 0


@dataclass(frozen=True)
class Waves:
    """A sum of W trochoids. amplitude [m], omega [rad/s], phase [rad]: shape [W]. vector: Wave vectors (x, z) [rad/m],
    shape [W, 2]. chop: How much of a trochoid's level motion there is, 0 to 1."""

    amplitude: Array
    vector: Array
    omega: Array
    phase: Array
    chop: float

    @property
    def length(self) -> Array:
        """From crest to crest [m], shape [W]."""
        return 2 * np.pi / np.hypot(*self.vector.T)


@lru_cache(maxsize=16)
def waves_of(sea: Sea) -> Waves:
    """The waves that a sea's wind and swell raise; the same sea has the same waves."""
    rng = np.random.Generator(np.random.PCG64([sea.seed, 733]))
    height, length, bearing = _wind_waves(sea, rng)
    if sea.swell > 0:
        count = 7
        share = rng.uniform(0.5, 1.0, count)
        share *= sea.swell / 4 * np.sqrt(2) / np.linalg.norm(share)  # Hs is four deviations
        height = np.concatenate([height, share])
        length = np.concatenate([length, sea.swell_length * np.geomspace(0.72, 1.35, count)])
        bearing = np.concatenate([bearing, np.radians(sea.swell_bearing) + rng.normal(0, 0.10, count)])
    number = 2 * np.pi / length
    return Waves(
        amplitude=height,
        vector=number[:, None] * np.column_stack([np.sin(bearing), np.cos(bearing)]),
        omega=np.sqrt(GRAVITY * number * np.tanh(number * sea.depth)),
        phase=rng.uniform(0, 2 * np.pi, len(height)),
        chop=sea.chop,
    )


def displacement(waves: Waves, x: Array, z: Array, time: float) -> Array:
    """How far water at rest at x, z [m] is from there at a time [s], shape [..., 3]."""
    return Sheet(waves, x, z).at(time)


def height(waves: Waves, x: Array, z: Array, time: float) -> Array:
    """The height of the surface over the places x, z [m] at a time [s]: what a float on it feels.

    The water that is over a place came from beside it; where from is found by fixed-point iteration, which converges
    because crests do not fold.
    """
    x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
    from_x, from_z = x, z
    for _ in range(4):
        moved = displacement(waves, from_x, from_z, time)
        from_x, from_z = x - moved[..., 0], z - moved[..., 2]
    return displacement(waves, from_x, from_z, time)[..., 1]


class Sheet:
    """Places on a sea, prepared to be asked for many times: a time costs one product of matrices."""

    def __init__(self, waves: Waves, x: Array, z: Array, cell: Array | float = 0.0):
        """Places at rest x, z [m], of one shape. cell: Metres between neighbouring places; waves too short for it are
        left out, and it is for the material's roughness to tell of them (`unresolved_slope`)."""
        x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
        self._shape = x.shape
        angle = np.column_stack([x.ravel(), z.ravel()]) @ waves.vector.T + waves.phase  # (P, W)
        drawn = _drawn(waves.length, np.broadcast_to(np.asarray(cell, float), x.shape).ravel())
        self._basis = (np.exp(1j * angle) * drawn).astype(np.complex64)
        towards = waves.vector / np.hypot(*waves.vector.T)[:, None]  # (W, 2)
        level = 1j * waves.chop * waves.amplitude[:, None] * towards
        self._amplitude = np.column_stack([level[:, 0], waves.amplitude, level[:, 1]])  # (W, 3)
        number = np.hypot(*waves.vector.T)
        pinch = -waves.chop * (waves.amplitude * number)[:, None]
        self._pinch = pinch * np.column_stack([towards[:, 0] ** 2, towards[:, 1] ** 2, towards[:, 0] * towards[:, 1]])
        self._omega = waves.omega

    def at(self, time: float) -> Array:
        """Displacements [m] at a time [s], shape [..., 3]."""
        return self._sum(self._amplitude, time)

    def folding(self, time: float) -> Array:
        """The Jacobian of the level motion at a time [s]: 1 on a calm sea, below about 0.4 crests break into foam
        (Tessendorf 2001, section 4.5)."""
        xx, zz, xz = np.moveaxis(self._sum(self._pinch, time), -1, 0)
        return (1 + xx) * (1 + zz) - xz * xz

    def _sum(self, columns: Array, time: float) -> Array:
        turned = columns * np.exp(-1j * self._omega * time)[:, None]  # (W, 3)
        return (self._basis @ turned.astype(np.complex64)).real.astype(np.float64).reshape(*self._shape, 3)


def unresolved_slope(sea: Sea, cell: float) -> float:
    """The deviation of the slope, along one level axis, of all waves too short for cells of this many metres.

    The whole is Cox and Munk's mean square slope of a sea under wind, 0.003 + 0.00512 U ("Measurement of the roughness
    of the sea surface from photographs of the sun's glitter", 1954); what the drawn waves have is taken from it.
    """
    waves = waves_of(sea)
    drawn = _drawn(waves.length, np.array([cell]))[0]
    slope = (waves.amplitude * np.hypot(*waves.vector.T) * drawn) ** 2 / 2  # (W,)
    whole = 0.003 + 0.00512 * sea.wind
    return float(np.sqrt(max(whole - slope.sum(), 0.1 * whole) / 2))


def _drawn(length: Array, cell: Array) -> NDArray[np.float32]:
    """How much of each wave is drawn with cells [m], shape [cells, waves]."""
    low, high = _RESOLVED
    t = np.clip((length / np.maximum(cell[:, None], 1e-6) - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def _wind_waves(sea: Sea, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Amplitudes [m], lengths [m] and bearings [rad] of the waves that the wind raises, longest first."""
    peak = 22.0 * (GRAVITY**2 / (max(sea.wind, 0.5) * sea.fetch)) ** (1 / 3)  # rad/s
    top = np.sqrt(GRAVITY * 2 * np.pi / sea.shortest)
    edges = np.geomspace(0.72 * peak, max(top, 1.5 * peak), 57)
    omega = edges[:-1] * (edges[1:] / edges[:-1]) ** rng.random(56)
    alpha = 0.076 * (sea.wind**2 / (sea.fetch * GRAVITY)) ** 0.22
    width = np.where(omega <= peak, 0.07, 0.09)
    bump = _PEAK ** np.exp(-((omega - peak) ** 2) / (2 * (width * peak) ** 2))
    energy = alpha * GRAVITY**2 / omega**5 * np.exp(-1.25 * (peak / omega) ** 4) * bump
    # Short waves run to all sides, those at the peak with the wind.
    spread = np.radians(24 + 34 * np.clip(np.log2(omega / peak) / 3, 0, 1))
    bearing = np.radians(sea.bearing) + rng.normal(0, 1, 56) * spread
    return np.sqrt(2 * energy * np.diff(edges)), 2 * np.pi * GRAVITY / omega**2, bearing
