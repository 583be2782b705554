"""Daylight and air of a town: sky and sun or moon, haze, glow about lamps and signs, rain."""

from __future__ import annotations

from typing import Final

import numpy as np
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import hour_of, is_night, sun_over
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, Glow, RainField, add_air
from secondunit_engine.world.author import RGB, add_light, look_at
from secondunit_engine.world.sets.urban_materials import Hour

_LEAST_RISE: Final = 12.0  # of the sun [degrees]: it looks over the roofs at every hour


def add_daylight(stage: Usd.Stage, plan: SetPlan, hour: Hour) -> None:
    """A dome and a distant sun, or the glow of the town and a moon."""
    grey = bool(set(plan.weather) & {"rain", "storm", "fog", "snow", "overcast", "drizzle", "thunderstorm"})
    sky, sun, power = _colors(plan.time_of_day, grey)
    dome = UsdLux.DomeLight.Define(stage, f"{names.SET}/Sky")
    add_light(stage, dome, color=sky, intensity=1.0, group="sky", sampling_weight=1.0 if hour.night < 1 else 0.3)
    bearing, height = sun_over(plan) or (0.0, _LEAST_RISE)
    turn, rise = np.radians(bearing), np.radians(max(height, _LEAST_RISE))
    towards = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)], np.float32)
    light = UsdLux.DistantLight.Define(stage, f"{names.SET}/Sun")
    light.CreateAngleAttr(0.6)
    UsdGeom.Xformable(light).AddTransformOp().Set(look_at(towards * 10, np.zeros(3, np.float32)))
    add_light(stage, light, color=sun, intensity=power, group="sun", sampling_weight=1.0 if hour.night < 1 else 0.2)


def _colors(time: str, grey: bool) -> tuple[RGB, RGB, float]:
    """Radiance of the sky, colour and irradiance of the sun."""
    if is_night(time):
        return (0.016, 0.019, 0.036) if not grey else (0.027, 0.024, 0.030), (0.55, 0.70, 1.0), 0.02
    if hour_of(time) > 17 or hour_of(time) < 7.5:
        return (
            ((0.20, 0.235, 0.35), (1.0, 0.52, 0.24), 4.0) if not grey else ((0.10, 0.115, 0.15), (1.0, 0.7, 0.5), 0.05)
        )
    if grey:
        return (0.95, 1.0, 1.07), (1.0, 0.97, 0.92), 0.3
    return (0.55, 0.72, 1.02), (1.0, 0.92, 0.80), 10.0


def add_city_air(stage: Usd.Stage, plan: SetPlan, hour: Hour, hero: tuple[float, float], *, far: bool = False) -> None:
    """Haze whose colour is that of the light in it, glow about what shines, and rain about the hero.

    `far` is for sets that see to the horizon, where haze is thinner and of the sky's colour.
    """
    words = set(plan.weather)
    density = 0.0014 + 0.0030 * hour.night + 0.004 * hour.wet
    density = 0.030 if words & {"fog", "mist"} else 0.011 if words & {"haze", "smoke", "dust"} else density
    night, dusk, day = (0.017, 0.017, 0.023), (0.11, 0.095, 0.105), (0.55, 0.62, 0.72)
    color = night if hour.night == 1 else dusk if hour.night else day
    if plan.era == "future" and hour.night == 1:
        color = (0.022, 0.020, 0.050)
    if far:
        red, green, blue = _colors(plan.time_of_day, hour.wet > 0)[0]
        density, color = density * 0.45, (0.72 * red, 0.72 * green, 0.72 * blue)
    add_air(stage, "Fog", Fog(density=density, color=color))
    if hour.night:
        thick = density / 0.005
        for group, gain in (("lamps", 0.00007), ("neon", 0.0006), ("traffic", 0.0005), ("headlights", 0.0004)):
            add_air(stage, f"Glow{group.title()}", Glow(group=group, gain=gain * min(2.5, thick)))
    if hour.wet:
        x, z = hero
        heavy = 1.6 if words & {"storm", "thunderstorm"} else 1.0
        add_air(
            stage,
            "Rain",
            RainField(
                low=(x - 8, 0.0, z - 22),
                high=(x + 8, 8.0, z + 13),
                color=(0.55, 0.58, 0.68) if hour.night else (0.75, 0.8, 0.9),
                wind=(0.5, 0.0, 0.3),
                streaks=int(5200 * heavy),
                drops=int(500 * heavy),
            ),
        )
