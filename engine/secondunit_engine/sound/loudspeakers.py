"""Ambisonics to loudspeakers: all-round decoding (AllRAD, Zotter and Frank 2012) with max-rE weights.

The bed is decoded to many even directions and each of those is panned between the loudspeakers next to it (VBAP, Pulkki
1997). Where no loudspeaker stands, below and on 5.1 above, an imagined one hands its part to its neighbours. The LFE
channel is silent: it is an effect for the mixer to add, not a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import spatial

from secondunit_engine.sound.ambisonics import CHANNELS, DEGREES, ORDER, harmonics
from secondunit_engine.sound.noise import Samples

_VIRTUAL: Final = 480  # directions


@dataclass(frozen=True)
class Layout:
    """Loudspeakers in the order of a WAV file, with azimuth (left is positive) and elevation [degrees], ITU-R BS.2051;
    `mask` is WAVE_FORMAT_EXTENSIBLE's for them. The one called LFE has no place."""

    name: str
    speakers: tuple[tuple[str, float, float], ...]
    mask: int

    @property
    def placed(self) -> list[int]:
        """The channels that have a place."""
        return [index for index, speaker in enumerate(self.speakers) if speaker[0] != "LFE"]


FIVE_ONE: Final = Layout(
    "5.1", (("L", 30, 0), ("R", -30, 0), ("C", 0, 0), ("LFE", 0, 0), ("Ls", 110, 0), ("Rs", -110, 0)), 0x60F
)
SEVEN_ONE_FOUR: Final = Layout(
    "7.1.4",
    (
        ("L", 30, 0), ("R", -30, 0), ("C", 0, 0), ("LFE", 0, 0), ("Lrs", 135, 0), ("Rrs", -135, 0), ("Lss", 90, 0),
        ("Rss", -90, 0), ("Ltf", 45, 45), ("Rtf", -45, 45), ("Ltr", 135, 45), ("Rtr", -135, 45),
    ),
    0x2D63F,
)  # fmt: skip


def towards(azimuth: NDArray[np.floating] | float, elevation: NDArray[np.floating] | float) -> NDArray[np.floating]:
    """Unit vectors (front, left, up) of angles [degrees], shape [...] to [..., 3]."""
    az, el = np.radians(azimuth), np.radians(elevation)
    return np.stack(np.broadcast_arrays(np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)), axis=-1)


def even_directions(count: int) -> NDArray[np.floating]:
    """Unit vectors evenly over the sphere, shape (count, 3): a Fibonacci lattice."""
    index = np.arange(count) + 0.5
    up = 1 - 2 * index / count
    turn = np.pi * (1 + np.sqrt(5)) * index
    flat = np.sqrt(1 - up * up)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), up], axis=1)


@lru_cache(maxsize=4)
def decode_matrix(layout: Layout) -> NDArray[np.floating]:
    """Loudspeakers from a bed, shape (speakers, 16); on average over all directions a sound keeps its energy."""
    virtual = even_directions(_VIRTUAL)  # (V, 3)
    sampling = harmonics(virtual) * ((2 * DEGREES + 1) * max_re_weights()) / _VIRTUAL  # (V, 16)
    matrix = np.zeros((len(layout.speakers), CHANNELS))
    matrix[layout.placed] = _panned(layout, virtual).T @ sampling
    energy = ((harmonics(virtual) @ matrix.T) ** 2).sum(axis=1).mean()
    return matrix / np.sqrt(energy)


def max_re_weights() -> NDArray[np.floating]:
    """Weights of each channel, shape (16,), that gather the energy of a sound about its direction."""
    narrow = np.cos(np.radians(137.9 / (ORDER + 1.51)))
    return np.array([np.polynomial.legendre.Legendre.basis(order)(narrow) for order in DEGREES.tolist()])


def fold(bed: Samples, layout: Layout) -> Samples:
    """A bed (16, count) on loudspeakers, (speakers, count)."""
    return decode_matrix(layout).astype(bed.dtype) @ bed


def _panned(layout: Layout, directions: NDArray[np.floating]) -> NDArray[np.floating]:
    """Gains of the placed loudspeakers for each direction, (V, placed), of unit energy."""
    places = np.array([towards(*layout.speakers[index][1:]) for index in layout.placed])  # (S, 3)
    real = len(places)
    ends = [(0.0, 0.0, -1.0)] + ([] if places[:, 2].max() > 0.1 else [(0.0, 0.0, 1.0)])
    every = np.concatenate([places, ends])
    triangles = spatial.ConvexHull(every).simplices  # (T, 3)
    inverse = np.linalg.inv(every[triangles])  # (T, 3, 3)
    gains = np.einsum("vi,tij->vtj", directions, inverse)  # (V, T, 3)
    best = gains.min(axis=2).argmax(axis=1)  # the triangle that holds it
    spread = np.zeros((len(directions), len(every)))
    np.put_along_axis(spread, triangles[best], np.maximum(gains[np.arange(len(best)), best], 0), axis=1)
    for end in range(real, len(every)):
        near = np.unique(triangles[(triangles == end).any(axis=1)])
        near = near[near < real]
        spread[:, near] += spread[:, [end]] / np.sqrt(len(near))
    spread = spread[:, :real]
    return spread / np.linalg.norm(spread, axis=1, keepdims=True)
