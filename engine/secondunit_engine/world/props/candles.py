"""Candles and what holds them: sconces, candelabra, a hand lantern. Flames are separate: they are lights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import array, box, cylinder, lathe, merge, move, sphere, stand_up, tube

FLAME = (2000.0, 900.0, 240.0)  # radiance, linear Rec.709: a candle at about 1900 K


@dataclass(frozen=True)
class Lit:
    """The parts of a candle holder by material."""

    wax: Mesh
    flame: Mesh
    metal: Mesh | None = None


def flame(place: ArrayLike, size: float = 1.0) -> Mesh:
    """A teardrop of fire, 5.7 cm at size 1, standing at a place [m]."""
    profile = np.array([[0, 0], [0.0045, 0.004], [0.0072, 0.012], [0.0062, 0.024], [0.0026, 0.037], [0, 0.044]])
    return move(lathe(profile * size * 1.3, 8, crease=180), place)


def candle(place: ArrayLike, height: float, radius: float = 0.014) -> Lit:
    """A candle with a melted rim, its foot at a place [m]."""
    place = np.asarray(place, float)
    rim = [[0, 0], [radius * 1.25, 0], [radius * 1.05, 0.01], [radius, 0.02], [radius, height - 0.006]]
    top = [[radius * 0.93, height], [radius * 0.7, height - 0.003], [0, height - 0.007]]
    wick = cylinder(0.0012, height - 0.007, height + 0.006, 5)
    return Lit(
        wax=move(merge([lathe([*rim, *top], 14), wick]), place),
        flame=flame(place + np.array([0, height + 0.004, 0]), 0.9 + 0.4 * (height % 0.1) / 0.1),
    )


def _dish(radius: float) -> Mesh:
    return lathe(
        [[0, 0], [radius * 0.5, 0], [radius, 0.014], [radius * 0.94, 0.017], [radius * 0.3, 0.006], [0, 0.006]], 18
    )


def candlestick(place: ArrayLike, height: float) -> Lit:
    """A turned brass stick with one candle; `height` [m] is the candle's own."""
    place = np.asarray(place, float)
    profile = [[0, 0], [0.055, 0], [0.058, 0.008], [0.03, 0.018], [0.012, 0.03], [0.017, 0.05], [0.009, 0.07]]
    stem = lathe([*profile, [0.010, 0.12], [0.018, 0.135], [0.018, 0.145], [0, 0.145]], 18)
    lit = candle(place + np.array([0, 0.145, 0]), height)
    return Lit(lit.wax, lit.flame, move(merge([stem, move(_dish(0.034), [0, 0.128, 0])]), place))


def sconce(place: ArrayLike, turn: float) -> Lit:
    """Two candles on iron arms; `place` [m] is on the wall, `turn` degrees turns it from facing +Z."""
    plate = lathe([[0, -0.01], [0.05, -0.01], [0.05, 0.004], [0.02, 0.012], [0, 0.02]], 16)
    waxes, flames, metals = [], [], [stand_up(plate)]
    for side in (-1, 1):
        t = np.linspace(0, 1, 9)
        curve = np.stack(
            [side * 0.11 * t, -0.09 * np.sin(np.pi * t) + 0.02 * t, 0.02 + 0.15 * np.sin(t * np.pi / 2)], -1
        )
        end = curve[-1]
        lit = candle(end + np.array([0, 0.02, 0]), 0.13 + 0.03 * side)
        waxes.append(lit.wax)
        flames.append(lit.flame)
        metals += [tube(curve, 0.007, 6), move(_dish(0.042), end)]
    return Lit(*(move(merge(parts), place, turn) for parts in (waxes, flames, metals)))


def candelabrum(place: ArrayLike, turn: float = 0.0, height: float = 1.5) -> Lit:
    """A standing iron candelabrum with seven candles, its feet at a place [m]."""
    stem = lathe(
        [
            [0, 0.12],
            [0.022, 0.12],
            [0.016, 0.3],
            [0.03, 0.36],
            [0.016, 0.42],
            [0.013, height - 0.1],
            [0.03, height - 0.05],
            [0.0, height],
        ],
        14,
    )
    feet = []
    for angle in np.radians([90, 210, 330]):
        t = np.linspace(0, 1, 8)
        out, up = 0.27 * t, 0.16 * (1 - t) ** 1.6 + 0.012
        feet.append(tube(np.stack([np.cos(angle) * out, up, np.sin(angle) * out], -1), 0.013, 6))
    waxes, flames, metals = [], [], [stem, *feet]
    for k in range(7):
        reach, lift = 0.11 * (k - 3), 0.05 * (3 - abs(k - 3))
        t = np.linspace(0, 1, 10)
        arm = np.stack(
            [reach * t, height - 0.16 - 0.10 * np.sin(np.pi * t) * (reach != 0) + (0.16 + lift) * t, 0 * t], -1
        )
        lit = candle(arm[-1] + np.array([0, 0.01, 0]), 0.10 + 0.025 * ((k * 5) % 4))
        waxes.append(lit.wax)
        flames.append(lit.flame)
        metals += [tube(arm, 0.008, 6), move(_dish(0.035), arm[-1])]
    return Lit(*(move(merge(parts), place, turn) for parts in (waxes, flames, metals)))


def lantern() -> Lit:
    """A hand lantern hanging from its ring at the origin: 30 cm tall, four posts, a hipped roof, no panes."""
    floor, eaves, half = -0.285, -0.095, 0.055
    base = merge([box([-half - 0.008, floor - 0.014, -half - 0.008], [half + 0.008, floor, half + 0.008]),
                  box([-half, floor, -half], [half, floor + 0.01, half])])  # fmt: skip
    post = cylinder(0.0045, floor, eaves, 8)
    posts = array(post, [[x, 0, z] for x in (-half, half) for z in (-half, half)])
    roof = move(
        lathe(
            [[0.088, eaves], [0.080, eaves + 0.008], [0.026, eaves + 0.055], [0.02, eaves + 0.07], [0, eaves + 0.072]],
            4,
            10,
        ),
        [0, 0, 0],
        45,
    )
    t = np.linspace(0, 2 * np.pi, 17)
    ring = tube(np.stack([0.024 * np.sin(t), -0.024 + 0.024 * np.cos(t), 0 * t], -1), 0.0028, 6)
    knob = move(sphere(0.009, 12), [0, -0.05, 0])
    lit = candle([0, floor + 0.01, 0], 0.065, 0.02)
    return Lit(lit.wax, flame([0, floor + 0.078, 0], 1.25), merge([base, posts, roof, ring, knob]))
