"""The sky over open country and the air in it: haze and mist, rain, falling snow, specks in low light."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import sun_over
from secondunit_engine.world.air import Aerial, Fog, Motes, RainField, add_air
from secondunit_engine.world.land.weather import is_overcast, is_raining, is_snowy, is_thick
from secondunit_engine.world.mesh import RGB, scaled
from secondunit_engine.world.sky import Sky, add_sky, open_to_the_moon, paint_sky

_COLD: Final = np.array([0.86, 0.97, 1.10])  # air full of snow, lit by snow
_LOW: Final = (-9.0, 0.0, -12.0)
_HIGH: Final = (9.0, 8.0, 11.0)


def add_open_sky(
    stage: Usd.Stage, folder: Path, plan: SetPlan, ground: RGB, season: str = "", clouds: float | None = None
) -> Sky:
    """Sun and sky over land of this colour; `clouds` is the cover where the weather does not bring its own."""
    bearing, _ = sun_over(plan) or (0.0, 0.0)
    painted = paint_sky(
        plan.time_of_day, plan.weather, plan.seed, sun_bearing=bearing, ground=ground, season=season,
        clouds=None if is_overcast(plan) else clouds,
    )  # fmt: skip
    sky = add_sky(stage, folder, painted)
    open_to_the_moon(stage, sky)
    return sky


def add_open_air(stage: Usd.Stage, plan: SetPlan, sky: Sky, *, clear: float = 0.00016, specks: int = 0) -> None:
    """Air that takes the far land into the sky, and what the weather puts in it. `clear`: extinction of clear air
    [1/m]. `specks`: how many motes drift before the lens in fair weather."""
    add_air(stage, "Aerial", Aerial(clear))
    hazy, dusty = "haze" in plan.weather, "dust" in plan.weather
    snowy, blizzard = is_snowy(plan), "blizzard" in plan.weather
    if blizzard or snowy or is_thick(plan) or is_raining(plan) or hazy or dusty:
        density = 0.045 if blizzard else 0.010 if is_thick(plan) else 0.006 if snowy else 0.0045 if hazy else 0.002
        veil = 0.86 * np.asarray(sky.horizon) + 0.012 * np.asarray(sky.sun) * (hazy or dusty)
        add_air(stage, "Fog", Fog(density, _rgb(veil * (_COLD if snowy else 1.0))))
    if snowy:
        add_snowfall(stage, sky, blizzard=blizzard)
    elif is_raining(plan):
        add_air(stage, "Rain", RainField(_LOW, _HIGH, scaled(sky.horizon, 0.5), streaks=1500, drops=60))
    elif specks and not sky.night:
        add_air(
            stage, "Motes", Motes((-7, 0.2, -9), (7, 3.5, 8), scaled(sky.sun, 0.07), specks, size=0.006, drift=0.12)
        )


def add_snowfall(stage: Usd.Stage, sky: Sky, *, blizzard: bool) -> None:
    """Flakes that fall at a walking pace, driven across the picture in a blizzard."""
    lit = scaled(sky.horizon, 1.7)
    wind = (-7.5, 0.0, 1.5) if blizzard else (-0.45, 0.0, 0.2)
    flakes = Motes(
        _LOW, _HIGH, lit, 9000 if blizzard else 6000, size=0.022 if blizzard else 0.034, rise=-1.15, drift=0.35,
        wind=wind,
    )  # fmt: skip
    add_air(stage, "Snow", flakes)


def _rgb(values: np.ndarray) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
