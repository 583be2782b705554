"""The shapes of four mountain lands about the hero, and what lies on their slopes.

Ranges are eroded on a coarse grid and roughened by ridged noise; near the hero each land has its own form: a shoulder
that falls away, the brink of a cliff, the floor of a valley, the bed of a canyon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.world import textures
from secondunit_engine.world.author import RGB
from secondunit_engine.world.land.erosion import erode
from secondunit_engine.world.land.relief import Relief
from secondunit_engine.world.land.terrain import sample

Array = NDArray[np.floating]
Height = Callable[[Array, Array], Array]

_GRID: Final = 240  # cells of the eroded country, each way
_WIDE: Final = 19_000.0  # m across it
_AHEAD: Final = 3_500.0  # m that its middle lies before the hero
FAR: Final = 11_000.0  # m to which land is built


@dataclass(frozen=True)
class Land:
    """Colours of what a land is made of, and where it lies.

    snow: Height over the hero from which snow lies [m]; trees, meadow: up to which trees and grass grow. strata:
    Height of a bed of rock [m], 0 for none; banded: how much beds differ in tone.
    """

    name: str
    rock: RGB
    pale: RGB
    scree: RGB
    grass: RGB
    snow: float
    trees: float
    meadow: float
    strata: float = 0.0
    banded: float = 0.17


LANDS: Final = (
    Land(
        "peak",
        rock=(0.070, 0.065, 0.060),
        pale=(0.185, 0.172, 0.157),
        scree=(0.165, 0.155, 0.142),
        grass=(0.080, 0.082, 0.030),
        snow=330.0,
        trees=-260.0,
        meadow=160.0,
        strata=26.0,
    ),
    Land(
        "cliff",
        rock=(0.120, 0.106, 0.090),
        pale=(0.275, 0.25, 0.215),
        scree=(0.19, 0.175, 0.152),
        grass=(0.068, 0.084, 0.026),
        snow=900.0,
        trees=60.0,
        meadow=420.0,
        strata=17.0,
    ),
    Land(
        "valley",
        rock=(0.072, 0.068, 0.064),
        pale=(0.19, 0.18, 0.168),
        scree=(0.15, 0.143, 0.133),
        grass=(0.062, 0.088, 0.024),
        snow=1150.0,
        trees=620.0,
        meadow=900.0,
        strata=30.0,
    ),
    Land(
        "canyon",
        rock=(0.260, 0.098, 0.048),
        pale=(0.42, 0.21, 0.115),
        scree=(0.27, 0.13, 0.072),
        grass=(0.13, 0.115, 0.06),
        snow=9e9,
        trees=-9e9,
        meadow=-9e9,
        strata=7.0,
        banded=0.30,
    ),
)


def height_of(land: Land, layout: int) -> Height:
    """The ground's height over the hero's feet [m] at x and z [m]."""
    if land.name == "canyon":
        return _canyon(layout)
    country = _country(land, layout)
    rough = textures.noise(layout + 907, 512, 2.6)

    def height(x: Array, z: Array) -> Array:
        x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
        away = np.hypot(x, z)
        near = _NEAR[land.name](x, z, rough)
        low, high = (60.0, 420.0) if land.name != "cliff" else (150.0, 700.0)
        over = _ease(np.log(np.maximum(away, 1) / low) / np.log(high / low))
        own = 0.10 * _ease((away - 3) / 9) * sample(rough, x, z, 14.0)
        own = own + 1.1 * _ease((away - 9) / 40) * sample(rough, z, x, 90.0)
        return (1 - over) * (near + own) + over * country(x, z)

    return height


def _country(land: Land, layout: int) -> Height:
    """Ranges cut by rivers, over the hero's height [m]."""
    at = (np.arange(_GRID) / _GRID - 0.5) * _WIDE
    x, z = at[None, :] / 1000, (at[:, None] - _AHEAD) / 1000  # km
    broad = textures.noise(layout + 881, _GRID, 3.2)
    fine = textures.noise(layout + 883, _GRID, 2.0)
    uplift, level = _UPLIFT[land.name](x, z, broad)
    hard = textures.noise(layout + 885, _GRID, 2.4)
    tile = erode(12 * (fine - fine.min()), np.maximum(uplift, 0), _WIDE / _GRID, 9, 1.3, 0.92 + 0.16 * np.tanh(hard))
    down, across = np.gradient(tile, _WIDE / _GRID)
    steep = np.clip(ndimage.gaussian_filter(np.hypot(down, across), 1.0) * 1.6, 0.04, 1)
    smooth = ndimage.spline_filter(tile, 3)
    ridges = [textures.noise(layout + 887 + n, 512, 3.0) for n in range(4)]
    warp = textures.noise(layout + 893, 512, 2.6)

    def height(x: Array, z: Array) -> Array:
        bent_x, bent_z = x + 45 * sample(warp, x, z, 900.0), z + 45 * sample(warp, z, x, 800.0)
        place = np.stack([(bent_z + _AHEAD) / _WIDE + 0.5, bent_x / _WIDE + 0.5]) * _GRID
        total = ndimage.map_coordinates(smooth, place, order=3, mode="nearest", prefilter=False)
        rugged = ndimage.map_coordinates(steep, place, order=1, mode="nearest")
        for tile, (size, rise) in zip(ridges, ((1100, 46.0), (330, 17.0), (96, 5.0), (31, 1.7)), strict=True):
            total = total + rugged * rise * (0.6 - np.abs(sample(tile, x, z, size)))
        return total - level

    return height


def _peak_uplift(x: Array, z: Array, broad: Array) -> tuple[Array, float]:
    """A summit ahead and ranges behind it; a valley runs across below the hero."""
    summit = np.exp(-(((x - 0.5) / 1.1) ** 2 + ((z + 3.0) / 1.0) ** 2))
    ranges = np.clip(0.45 + 0.35 * broad, 0.08, 1.3)
    uplift = 170 * ranges + 420 * summit + 130 * np.exp(-((x / 1.3) ** 2 + ((z - 0.4) / 0.7) ** 2))
    valley = np.abs(z + 1.15 - 0.22 * np.sin(1.4 * x) + 0.25 * x) < 0.09
    return np.where(valley, 0, uplift), 330.0


def _cliff_uplift(x: Array, z: Array, broad: Array) -> tuple[Array, float]:
    """A wide valley before the brink, with ranges on its far side."""
    ranges = np.clip(0.5 + 0.4 * broad, 0.1, 1.4) * np.clip((np.abs(z + 2.2 + 0.3 * x) - 0.9) / 1.6, 0, 1)
    uplift = 190 * ranges * (1 - 0.85 * np.exp(-(((x - 1.6) / 1.8) ** 2 + ((z - 0.6) / 1.6) ** 2)))  # open to the sun
    river = np.abs(z + 2.0 + 0.3 * x - 0.35 * np.sin(1.7 * x)) < 0.10
    return np.where(river, 0, uplift), 330.0


def _valley_uplift(x: Array, z: Array, broad: Array) -> tuple[Array, float]:
    """A trough that winds away from the hero between high walls, closed by a white range."""
    off = np.abs(x - 0.30 * np.sin(0.75 * z + 0.4))
    walls = np.clip((off - 0.20) / 0.7, 0, 1) ** 0.8
    head = 190 * np.exp(-(((z + 8.0) / 1.6) ** 2)) * np.clip(1.3 - 0.2 * np.abs(x), 0.2, 1)
    uplift = (230 + 70 * broad).clip(60) * walls + head
    return np.where(off < 0.14, 0, uplift), 8.0


_UPLIFT: Final = {"peak": _peak_uplift, "cliff": _cliff_uplift, "valley": _valley_uplift}


def _shoulder(x: Array, z: Array, _: Array) -> Array:
    """A shoulder: level about the hero, rising to the left, falling ever more steeply ahead."""
    ahead = np.clip(-z - 4.5, 0, None)
    rise = 0.22 * np.clip(-x - 7, 0, None) ** 1.25 * np.clip(1.2 + z / 60, 0.2, 1)
    return rise - 0.006 * ahead**2.0 - 0.16 * ahead - 0.10 * np.clip(x - 8, 0, None) ** 1.1


def _brink(x: Array, z: Array, rough: Array) -> Array:
    """The brink of a wall: its edge runs behind the hero and comes forward on the left as a headland."""
    edge = z + 3.4 + 1.6 * sample(rough, x, z, 46.0) * _ease((np.hypot(x, z) - 4) / 6)
    edge = edge + 150 * _ease(-(x + 26) / 95) + 14 * sample(rough, z, x, 160.0) * _ease((np.hypot(x, z) - 14) / 60)
    out = np.clip(-edge, 0, None)  # m beyond the brink
    buttress = 1 + 0.30 * sample(rough, x, 0.4 * z, 70.0)
    out = np.clip(out + _ease(out / 6) * (5 * sample(rough, x, z, 37.0) + 2 * sample(rough, z, x, 13.0)), 0, None)
    wall = 190 * _ease(out / (26 * buttress)) + 0.55 * np.clip(out - 18, 0, None)
    ledges = 5.0 * np.sin(wall / 6.5 + 2 * sample(rough, x, z, 120.0)) * _ease(out / 4) * _ease((40 - out) / 20)
    return -wall + ledges + 0.13 * np.clip(edge - 7, 0, None) * np.exp(-np.clip(edge - 7, 0, None) / 60)


def _floor(x: Array, z: Array, rough: Array) -> Array:
    """A valley's floor that rises to both sides."""
    return 0.020 * np.clip(np.abs(x) - 14, 0, None) ** 1.35 + 0.6 * _ease((np.hypot(x, z) - 8) / 50) * sample(
        rough, x, z, 60.0
    )


_NEAR: Final = {"peak": _shoulder, "cliff": _brink, "valley": _floor}


def _canyon(layout: int) -> Height:
    """A dry bed between walls of red beds, which wind away; table land above."""
    warp = textures.noise(layout + 911, 512, 3.5)  # smooth, or every wall would be fluted
    rough = textures.noise(layout + 913, 512, 2.3)

    def height(x: Array, z: Array) -> Array:
        x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
        away = np.hypot(x, z)
        middle = 46 * np.sin(0.0105 * z - 0.10) * _ease((away - 20) / 120)
        side = np.abs(x - middle)
        bays = 17 * sample(warp, x, z, 280.0) + 5.0 * sample(warp, z, x, 90.0)
        out = side - 36 - np.clip(away - 15, 0, 40) / 40 * bays
        # Three walls, each above a slope of fallen stone.
        total = np.zeros(out.shape)
        for start, wide, tall, talus in ((0.0, 9.0, 34.0, 10.0), (46.0, 12.0, 50.0, 15.0), (130.0, 16.0, 85.0, 22.0)):
            joints = 2.2 * sample(warp, x + 3 * start, z - 7 * start, 52.0)  # each wall is split in its own way
            wall = np.clip((out - start - joints) / wide, 0, 1)
            total = total + talus * _ease((out - start + 22) / 22) ** 1.6 + tall * wall
        beds = total + 2.9 * np.sin(total / 3.1) + 0.8 * np.sin(total / 1.15 + 1)
        bed = 0.10 * _ease((away - 3) / 9) * sample(rough, x, z, 16.0)
        return np.where(total > 0.5, beds, total) + bed + 0.4 * _ease((away - 9) / 30) * sample(rough, z, x, 80.0)

    return height


def paint(land: Land, relief: Relief, seed: int, snowy: bool, wet: bool) -> Array:
    """What lies at each texel of the land, linear Rec.709 albedo, shape [R, S, 3]."""
    rows, columns = relief.y.shape
    grain = np.tile(textures.noise(seed + 921, 512, 1.1), (2, 3))[:rows, :columns]
    cloud = _rocky(relief, seed + 923, 420.0)
    patch = sample(textures.noise(seed + 925, 512, 2.4), relief.x, relief.z, 700.0)
    height = relief.y + 22 * cloud + 40 * patch
    tone = 0.40 + 0.17 * cloud + 0.13 * _rocky(relief, seed + 927, 46.0)
    grain = grain * (1 - np.clip(3 * relief.slope, 0, 0.9))  # it lies in the picture, which walls draw out
    tone = tone + 0.06 * grain
    if land.strata:
        beds = np.sin(relief.y / land.strata * 2 * np.pi / 2.4 + 1.5 * patch) + 0.5 * np.sin(
            relief.y / land.strata * 5.3
        )
        tone = tone + land.banded * beds * np.clip(relief.slope * 3, 0, 1)
    albedo = _mix(np.asarray(land.rock), np.asarray(land.pale), np.clip(tone, 0, 1))
    flat = 1 - np.clip((relief.slope - 0.16 + 0.03 * cloud) / 0.10, 0, 1)
    albedo = _mix(albedo, np.asarray(land.scree) * (1 + 0.12 * grain)[..., None], flat)
    grassy = np.clip((land.meadow - height) / 120, 0, 1) * (
        1 - np.clip((relief.slope - 0.15 - 0.05 * patch) / 0.08, 0, 1)
    )
    grassy = grassy * np.clip(0.75 + 0.5 * patch + 0.3 * grain, 0, 1)
    albedo = _mix(albedo, np.asarray(land.grass) * (1 + 0.18 * grain + 0.1 * cloud)[..., None], grassy)
    wooded = np.clip((land.trees - height) / 90, 0, 1) * np.clip((relief.away - 250) / 200, 0, 1)
    wooded = wooded * (1 - np.clip((relief.slope - 0.30) / 0.08, 0, 1)) * np.clip(0.9 + patch + 0.6 * grain, 0, 1)
    albedo = _mix(albedo, np.array([0.020, 0.036, 0.016]) * (1 + 0.35 * grain)[..., None], np.clip(wooded, 0, 1))
    albedo = albedo * np.clip(1 - 0.30 * relief.hollow, 0.55, 1.25)[..., None] * (0.6 if wet else 1)
    line = -9e9 if snowy else land.snow
    hold = 1 - np.clip((relief.slope - 0.30 - 0.04 * cloud - 0.05 * relief.hollow.clip(-1, 1)) / 0.05, 0, 1)
    white = np.clip((height - line) / 140 + 0.3 * relief.hollow.clip(-1, 1.5), 0, 1) * hold
    white = np.where(height > line - 200, white, 0)
    return _mix(albedo, np.array([0.80, 0.83, 0.87]), white).clip(0.004, 0.92).astype(np.float32)


def _rocky(relief: Relief, seed: int, size: float) -> Array:
    """Noise over slopes of any steepness: the plane it is laid in leans, so that no wall draws it out."""
    return sample(textures.noise(seed, 512, 2.0), relief.x + 0.62 * relief.y, relief.z - 0.78 * relief.y, size)


def _mix(low: Array, high: Array, share: Array) -> Array:
    return low * (1 - share[..., None]) + high * share[..., None]


def _ease(t: Array) -> Array:
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)
