"""Light under water: the sky and the sun as they come down through the surface, and the water itself.

Water takes colours by its kind: Jerlov, "Marine Optics" (1976), table XXVII, downward irradiance at about 620, 545 and
465 nm. A camera is balanced for a part of what the depth takes, or nothing but blue would be left.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.motion.ripples import WATER, bent
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.air import Deep, Motes, Shafts, add_air
from secondunit_engine.world.author import RGB
from secondunit_engine.world.land.weather import is_thick
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.sky import LUMINANCE_709, Sky, directions, light_sky, paint_sky, write_dome

Array = NDArray[np.floating]
JERLOV: Final[dict[str, RGB]] = {  # per metre, red, green, blue
    "IB": (0.31, 0.068, 0.034),
    "II": (0.33, 0.086, 0.064),
    "1C": (0.36, 0.121, 0.200),
    "3C": (0.39, 0.190, 0.330),
}
_SCATTERS: Final = {"IB": 0.050, "II": 0.075, "1C": 0.075, "3C": 0.16}  # 1/m
_BALANCED: Final = 0.62  # how much of the depth's colour the camera's white balance takes back
_LIT: Final = 1.55  # of the hour's light out of doors: what the exposure makes of the bed
_FADES: Final = np.array([0.06, 0.9, 1.0])  # of Jerlov's numbers for the veil, whose light comes from all sides
_FILL: Final = 2.6  # sand and water that are near throw more light about than the deep that the lens sees
_WIDTH: Final = 256  # of the dome's picture


def light_from_above(stage: Usd.Stage, folder: Path, plan: SetPlan, level: float, kind: str, bearing: float) -> None:
    """Define the sky, the sun, the water and its shafts: a surface `level` metres up, water of a Jerlov `kind`."""
    sky = paint_sky(plan.time_of_day, plan.weather, plan.seed, sun_bearing=bearing, clouds=0.0, season=plan.season).sky
    absorbs = np.array(JERLOV[kind])
    scatters = _SCATTERS[kind] * (2.4 if is_thick(plan) else 1.0)
    down = bent(sky.towards)
    taken = np.exp(-absorbs * level / -down[1])
    balance = taken ** (1 - _BALANCED)
    total = (np.asarray(sky.sun) * max(-down[1] * 0.97, 0.1) + np.asarray(sky.light)) * balance
    gain = balance * (_LIT * _hour_light(sky) / float(total @ LUMINANCE_709))
    sun, light, zenith, horizon = (np.asarray(part) * gain for part in (sky.sun, sky.light, sky.zenith, sky.horizon))
    veil = 0.054 * np.array([0.6, 1.0, 1.0]) * (sun * -down[1] + light) * (scatters / (absorbs + scatters)) ** 1.35
    wind = 7.0 if set(plan.weather) & {"storm", "wind", "windy"} else 2.6 if "calm" in plan.weather else 4.0
    deep = Deep(
        level=level, absorbs=_rgb(absorbs * _FADES), thins=_rgb(0.36 * absorbs + 0.45 * scatters),
        veil=_rgb(veil), towards=_rgb(sky.towards), sun=_rgb(sun), zenith=_rgb(zenith), horizon=_rgb(horizon),
        wind=wind, seed=plan.seed,
    )  # fmt: skip
    add_air(stage, "Water", deep)
    dimmed = sun * (0.97 if not sky.veiled else 0.6)
    bed = Sky(-down, _rgb(dimmed), sky.light, sky.horizon, sky.zenith, sky.night, sky.veiled)
    light_sky(stage, write_dome(folder, _dome(deep, light)), bed)
    blue = _rgb(0.9 * sun * veil / veil.max())
    shafts = Shafts(_rgb(-down), blue, 0.55 * scatters, anisotropy=0.5, unevenness=0.25, reach=26.0)
    add_air(stage, "Shafts", shafts)
    snow = _rgb(0.10 * veil + 0.030 * sun)
    add_air(stage, "Snow", Motes((-7, 0.1, -9), (7, 5.5, 7), snow, 700, size=0.0042, rise=-0.02, drift=0.10))


def _hour_light(sky: Sky) -> float:
    """Of the sky that was painted: what falls on level ground in the air, as exposed."""
    return float((np.asarray(sky.sun) * max(sky.towards[1], 0) + np.asarray(sky.light)) @ LUMINANCE_709)


def _dome(deep: Deep, light: Array) -> Array:
    """What the water's light is from all sides, at the bed, shape [H, W, 3]: the sky in a cone overhead, the veil
    elsewhere. Whoever looks up sees `render/deep.py`; this picture only lights."""
    rays, _, elevation = directions(_WIDTH)
    absorbs, thins = np.asarray(deep.absorbs), np.asarray(deep.thins)
    down = bent(np.asarray(deep.towards))
    ahead = -(rays @ down)
    veil = np.asarray(deep.veil) * thins / (thins - absorbs * np.minimum(rays[..., 1:2], 0.4))
    veil = _FILL * veil * (1 + 0.8 * ahead[..., None] ** 3)
    edge = np.pi / 2 - np.arcsin(1 / WATER)
    window = np.clip((elevation - edge) / 0.12 + 0.5, 0, 1)[..., None]
    return veil + window * light / np.pi * WATER**2 * 0.95


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b


def bubbles(stage: Usd.Stage, low: RGB, high: RGB, glint: RGB, count: int) -> None:
    """Bubbles that rise in a column between two corners [m]."""
    add_air(stage, "Bubbles", Motes(low, high, scaled(glint, 1.0), count, size=0.012, rise=0.32, drift=0.08))
