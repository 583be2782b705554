"""Surf on a beach as a function of place and time: bores that run in, and the thin sheet that runs up the sand.

A beach is told by the distance offshore `s` of its mean water line, negative up the sand. Bores of spilled breakers run
in at the speed of shallow water, asymmetric and about as high as half the water is deep; each sends the edge of the
water up the sand and back like a stone thrown up a slope (Shen and Meyer 1963; Peregrine, "Breaking waves on beaches",
1983). Water is told by where it is at rest, so that foam on it travels with it. Pure numpy; metres and seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

_FARTHEST: Final = 700.0  # m along the shore up to which it bends
_ZONE: Final = 17.0  # m from where breakers spill to the water line
_FILM: Final = 0.004  # m, water at its very edge
_FRONT: Final = 0.55  # m, half a bore's steep side
_BACK: Final = 2.6  # m, and its long one


@dataclass(frozen=True)
class Surf:
    """A beach to the -Z of the hero and its bores.

    shore: From the hero's mark to the mean water line [m]. slant: Rise of the shore's line to the left. bend: Its
    curvature towards -X [1/m]. slope: Of the sand. period: Between bores [s]. breaker: Height of a bore [m]. run: How
    far the water's edge goes up and down [m].
    """

    shore: float = 6.5
    slant: float = 0.18
    bend: float = 0.0012
    slope: float = 0.075
    period: float = 7.0
    breaker: float = 0.36
    run: float = 1.9


def offshore(surf: Surf, x: Array, z: Array) -> Array:
    """How far places are offshore of the mean water line [m], along Z; negative on land."""
    return -np.asarray(z) - _line(surf, np.asarray(x, float))


def along(surf: Surf, x: Array, s: Array) -> Array:
    """The z [m] of places `s` metres offshore."""
    return -np.asarray(s) - _line(surf, np.asarray(x, float))


def bed(surf: Surf, s: Array, level: float) -> Array:
    """Height of the sand [m]: level land at 0, a foreshore that dips under the sea at s = 0."""
    s = np.asarray(s, float)
    under = level - surf.slope * np.where(s > 0, 9 * np.log1p(np.maximum(s, 0) / 9), s)
    soft = 0.05  # the berm's edge is rounded
    return -soft * np.logaddexp(0, -under / soft)


def washed(surf: Surf, rest: Array, shift: Array, level: float, time: float) -> Array:
    """Where water at rest [m], shape [N, 3], is at a time [s]. shift: What the open sea's waves move it by."""
    s0 = offshore(surf, rest[:, 0], rest[:, 2])
    open_sea = _ease((s0 - 4) / 40)
    points = rest + shift * open_sea[:, None]
    points[:, 2] -= excursion(surf, rest[:, 0], time) * np.exp(-np.maximum(s0, 0) / 4.5)
    s = offshore(surf, points[:, 0], points[:, 2])
    sand = bed(surf, s, level)
    water = level + shift[:, 1] * open_sea + bores(surf, points[:, 0], s, time)
    film = _FILM + 0.012 * np.clip(s0, 0, 4)
    points[:, 1] = sand + np.maximum(film, (water - sand) * _ease(s0 / 3.0))
    return points


def excursion(surf: Surf, x: Array, time: float) -> Array:
    """How far offshore of its mean the water's edge is [m]: up quickly, back slowly, once a bore."""
    g = np.mod(_clock(surf, x, time), 1.0) ** 0.72
    return surf.run * (0.45 - 4 * g * (1 - g) * _strength(x))


def bores(surf: Surf, x: Array, s: Array, time: float) -> Array:
    """What bores add to the height of the water [m] at places s offshore."""
    total = np.zeros(np.broadcast(x, s).shape)
    for place in bore_places(surf, x, time):
        behind = s - place
        shape = 1 / np.cosh(np.clip(behind / np.where(behind < 0, _FRONT, _BACK), -20, 20)) ** 2
        total += bore_height(surf, x, place) * shape
    return total


def bore_places(surf: Surf, x: Array, time: float) -> tuple[Array, Array]:
    """How far offshore the two bores that are under way are [m]: one runs out as the next begins."""
    g = np.mod(_clock(surf, x, time), 1.0)
    return _ZONE * (1 - g) ** 1.12, _ZONE * (2 - g)


def bore_height(surf: Surf, x: Array, place: Array) -> Array:
    """Height of a bore [m] that is so far offshore: it rises where it spills and is spent at the water line."""
    rises = _ease((1.7 * _ZONE - place) / (0.9 * _ZONE))
    return surf.breaker * _strength(x) * rises * np.clip(place / 6.0, 0, 1) ** 0.8


def roller(surf: Surf, x: Array, across: Array, lumps: Array, level: float, time: float) -> Array:
    """The foam that tumbles down the front of the inner bore, points [m], shape [..., 3].

    across: 0 at its toe to 1 behind its crest. lumps: 0 to 1, its froth.
    """
    place = bore_places(surf, x, time)[0]
    tall = bore_height(surf, x, place)
    full = np.sin(np.pi * np.clip(across, 0, 1)) ** 0.6
    frayed = (lumps - 0.5) * (1.6 * across + 0.4)  # long fingers behind, a ragged toe before
    s = place - 0.75 + 1.7 * across + frayed
    broken = _ease((_breaking(x) * tall / max(surf.breaker, 1e-6) - 0.16 - 0.25 * (1 - lumps)) / 0.25)
    lift = (0.02 + tall * full * (0.10 + 0.34 * lumps)) * broken - 0.10 * (1 - full) * lumps - 0.14 * (1 - broken)
    sand = bed(surf, s, level)
    y = np.maximum(level + bores(surf, x, s, time), sand + _FILM) + lift
    return np.stack(np.broadcast_arrays(x, y, along(surf, x, s)), axis=-1)


def _breaking(x: Array) -> Array:
    """How much of a crest has tumbled over, 0 to 1.2: in stretches along the shore."""
    return np.clip(0.7 + 0.45 * np.sin(x / 5.3 + 2.2) + 0.35 * np.sin(x / 2.35) + 0.2 * np.sin(x / 13.7), 0, 1.2)


def _line(surf: Surf, x: Array) -> Array:
    """Minus the z of the mean water line."""
    left = np.minimum(x, 0)
    near = np.maximum(left, -_FARTHEST)
    bent = surf.bend * near * near + 2 * surf.bend * _FARTHEST * (near - left)
    return surf.shore + surf.slant * x + bent + 0.35 * np.sin(x / 6.1) + 0.6 * np.sin(x / 17.3 + 1.0)


def _clock(surf: Surf, x: Array, time: float) -> Array:
    """Bores since the beginning: crests reach the shore earlier here, later there."""
    return time / surf.period + 0.62 + 0.10 * np.sin(x / 10.7) + 0.05 * np.sin(x / 4.3 + 1.3) + 0.004 * x


def _strength(x: Array) -> Array:
    """How strong a bore is along the shore, 0.4 to 1."""
    return 0.72 + 0.18 * np.sin(x / 8.3 + 0.4) + 0.10 * np.sin(x / 3.1 + 2.0)


def _ease(t: Array) -> Array:
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)
