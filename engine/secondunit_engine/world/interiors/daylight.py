"""What comes in through a room's windows at each time of day and in each weather, and how far its lamps are up.

Radiances are set so that a white wall in a daylit room lies about one stop over middle grey, the sun's patch on a
floor three stops above it, and a lamp-lit room at night as bright as that wall.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from pxr import Usd, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, Motes, Shafts, add_air
from secondunit_engine.world.author import RGB, add_light, look_at
from secondunit_engine.world.mesh import scaled


@dataclass(frozen=True)
class Daylight:
    """sun: Irradiance on a surface that faces it. rise: Of the sun over the horizon [degrees]. zenith, horizon:
    Radiance of the sky. ground: What lights a landscape beside the sun, as radiance of a white surface. lamps: 0 to 1,
    how far a room's lamps are up. lit: The share of windows across the street that are lit. haze: Of the air [1/m]."""

    sun: RGB
    rise: float
    zenith: RGB
    horizon: RGB
    ground: RGB
    lamps: float
    lit: float
    haze: float


_TIMES: Final = {
    "day": Daylight(
        (112, 93.8, 68.8), 40.0, (3.51, 4.86, 7.29), (5.67, 6.48, 7.29), (5.13, 5.67, 6.35), 0.10, 0.03, 0.010
    ),
    "morning": Daylight(
        (110, 80, 50), 31.0, (3.1, 4.19, 6.35), (6.21, 6.21, 6.35), (4.32, 4.46, 4.86), 0.10, 0.08, 0.012
    ),
    "dawn": Daylight(
        (97.5, 57.5, 28.8), 23.0, (2.03, 2.56, 3.92), (6.75, 4.73, 3.38), (2.43, 2.29, 2.43), 0.22, 0.25, 0.015
    ),
    "dusk": Daylight(
        (82.5, 35, 12.8), 21.0, (0.567, 0.702, 1.42), (5.67, 2.56, 1.08), (1.22, 0.945, 1.08), 0.62, 0.45, 0.016
    ),
    "night": Daylight(
        (0.65, 0.95, 1.6), 36.0, (0.012, 0.02, 0.05), (0.05, 0.045, 0.075), (0.03, 0.035, 0.06), 1.0, 0.5, 0.008
    ),
}
_NAMES: Final = {
    "sunrise": "dawn",
    "evening": "dusk",
    "sunset": "dusk",
    "midnight": "night",
    "noon": "day",
    "afternoon": "day",
}
_OVERCAST: Final = frozenset({"rain", "storm", "fog", "snow", "overcast", "cloudy", "mist"})


def daylight(plan: SetPlan) -> Daylight:
    """The daylight of a plan's time and weather; an unknown time is day. Clouds take the sun and grey the sky."""
    time = _NAMES.get(plan.time_of_day, plan.time_of_day)
    light = _TIMES.get(time, _TIMES["day"])
    if not _OVERCAST & set(plan.weather):
        return light
    r, g, b = light.sun
    grey = float(np.mean(light.zenith) * 0.6 + np.mean(light.horizon) * 0.4)
    return replace(
        light,
        sun=(0.03 * r, 0.036 * g, 0.05 * b),
        zenith=(0.78 * grey, 0.86 * grey, 0.98 * grey),
        horizon=(0.95 * grey, grey, 1.08 * grey),
        ground=(0.6 * light.ground[0], 0.62 * light.ground[1], 0.68 * light.ground[2]),
        lamps=max(light.lamps, 0.5),
        lit=max(light.lit, 0.3),
    )


def towards_sun(light: Daylight, bearing: float) -> np.ndarray:
    """Unit vector to the sun that stands at a bearing about +Y [degrees; 0 is +Z, 90 is +X], shape [3]."""
    rise, turn = np.radians(light.rise), np.radians(bearing)
    return np.array([np.cos(rise) * np.sin(turn), np.sin(rise), np.cos(rise) * np.cos(turn)])


def add_daylight(
    stage: Usd.Stage,
    light: Daylight,
    bearing: float,
    low: RGB,
    high: RGB,
    *,
    dust: float = 1.0,
    sky_gain: float = 1.0,
    motes: int = 240,
) -> None:
    """Sun and sky outside, haze and shafts in the air of a room from `low` to `high` [m], and motes in the sun.

    Groups: `sun`, `sky`. `bearing` is the sun's; `dust` scales what the air shows of it.
    """
    way = towards_sun(light, bearing)
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    sun.AddTransformOp().Set(look_at(tuple(way.tolist()), (0.0, 0.0, 0.0)))
    add_light(stage, sun, color=light.sun, intensity=1.0, group="sun", sampling_weight=4.0)
    sky = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    add_light(stage, sky, color=light.zenith, intensity=sky_gain, group="sky", sampling_weight=1.0)
    x, y, z = way.tolist()
    haze = light.haze * dust
    add_air(
        stage, "Shafts", Shafts((x, y, z), scaled(light.sun, 2.2), haze, anisotropy=0.5, unevenness=0.35, reach=30.0)
    )
    add_air(stage, "Fog", Fog(0.3 * haze, scaled(light.horizon, 0.02)))
    if motes:
        add_air(stage, "Motes", Motes(low, high, scaled(light.sun, 0.05), motes, size=0.0022, drift=0.03))
