"""What hangs in the air of a set: fog, shafts, glow, beams, water, clouds, and particles. Drawn after the path trace.

Fog, Shafts, Glow, Beams, Deep and CloudSea are Scopes under /Shot/Air whose attributes are the fields below, written as
`secondunit:<field>`. Particles (rain, drops, motes, embers) are UsdGeomPoints under /Shot/Air with positions [m],
`velocities` [m/s as seen, so slower in slow motion], `widths` [m], `displayColor` as radiance, and the token
`secondunit:sprite`.

A set does not write particles: it says where they may be (`Motes`, `RainField`), as Scopes in the same way, and
motion/particles.py turns each /Shot/Air/<Name> of those into points /Shot/Air/<Name>Points with time samples.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pxr import Sdf, Usd, UsdGeom, Vt

from secondunit_engine.color import from_rec709
from secondunit_engine.world import stage as names

RGB = tuple[float, float, float]
Sprite = Literal["streak", "drop", "mote"]


@dataclass(frozen=True)
class Fog:
    """Homogeneous haze: extinction [1/m], and the colour it fades to (radiance)."""

    density: float
    color: RGB
    group: str = "air"


@dataclass(frozen=True)
class Aerial:
    """Clear air between the lens and far things: they fade to the dome's own horizon in their direction.

    `density` is its extinction [1/m] at the height of 0 m, thinner by e each `height` metres; the dome, which shows
    the air already, is not veiled again. Needs a DomeLight with a picture at /Shot/Lights/Sky.
    """

    density: float = 0.00012
    height: float = 1_200.0
    group: str = "sky"


@dataclass(frozen=True)
class Shafts:
    """Sunlight scattered by haze, marched against the set's shadows.

    `direction` points from the set to the sun; `radiance` is the sun's irradiance; `density` [1/m];
    `anisotropy` is the Henyey-Greenstein g; `unevenness` 0 to 1 is how cloudy the haze is.
    """

    direction: RGB
    radiance: RGB
    density: float = 0.012
    anisotropy: float = 0.6
    unevenness: float = 0.5
    reach: float = 80.0
    group: str = "sun"


@dataclass(frozen=True)
class Glow:
    """Closed-form air light of the emissive meshes of one light group: `gain` scales it (a ten-thousandth is seen)."""

    group: str
    gain: float = 0.0004


@dataclass(frozen=True)
class Beams:
    """Light cones of the spots of one light group in haze; they follow the spots wherever those turn.

    `density` [1/m] is what the haze scatters out of a beam; `anisotropy` is the Henyey-Greenstein g; `unevenness` 0
    to 1 is how cloudy the haze is. What it takes from the picture is the business of a `Fog`.
    """

    group: str
    density: float = 0.012
    anisotropy: float = 0.3
    unevenness: float = 0.5


@dataclass(frozen=True)
class Deep:
    """Water all about the lens, lit through its surface.

    `level` is the surface's height [m]; `absorbs` is how much downward light the water takes, by channel [1/m];
    `thins` how much of what is looked at (beam attenuation) [1/m]. `veil` is the radiance of deep water on the level
    at a height of 0 m. `towards` points to the sun, in air; `sun` is its irradiance, `zenith` and `horizon` the sky's
    radiance, over the water. `wind`, `shortest` and `seed` make the sea (`motion/waves.py`), whose ripples are the
    window overhead and the caustics in the light of the group `sun_group`. Its story time is `secondunit:time` [s].
    """

    level: float
    absorbs: RGB
    thins: RGB
    veil: RGB
    towards: RGB
    sun: RGB
    zenith: RGB
    horizon: RGB
    wind: float = 4.0
    shortest: float = 0.6
    seed: int = 0
    group: str = "sky"
    sun_group: str = "sun"


@dataclass(frozen=True)
class CloudSea:
    """Clouds that the lens is over or among, marched from where it is: a closed sheet and towers that rise from it.

    `base` is their foot, `sheet` and `towers` are how high both are over it [m]; `cover` and `heaps` their shares of
    the sky, 0 to 1. `towards` points to the sun; `sun` is its irradiance up there, `sky` the mean radiance of the sky.
    `wind` is how they go by, as seen from the set [m/s]. Their story time is `secondunit:time` [s].
    """

    base: float
    sheet: float
    towers: float
    cover: float
    heaps: float
    towards: RGB
    sun: RGB
    sky: RGB
    wind: RGB = (0.0, 0.0, 0.0)
    seed: int = 0
    group: str = "sky"
    sun_group: str = "sun"


@dataclass(frozen=True)
class Motes:
    """Specks adrift in a box of air: dust, embers with a `rise` above zero, snow with one below.

    `low` and `high` are the box's corners [m]; `color` is a mote's radiance; `size` its diameter [m]; `rise` and
    `drift` are speeds [m/s], upwards and of the wandering to all sides; `wind` is the level velocity of all [m/s].
    """

    low: RGB
    high: RGB
    color: RGB
    count: int
    size: float = 0.004
    rise: float = 0.0
    drift: float = 0.05
    wind: RGB = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class RainField:
    """Rain in a box of air: falling streaks, and drops thrown up by wheels and gusts that slow motion lets hang.

    `low` and `high` are the box's corners [m]; `color` is the radiance that a streak scatters to the lens; `wind` is
    its level velocity [m/s].
    """

    low: RGB
    high: RGB
    color: RGB
    wind: RGB = (0.0, 0.0, 0.0)
    streaks: int = 2600
    drops: int = 700


Air = Fog | Aerial | Shafts | Glow | Beams | Deep | CloudSea
_VECTORS = ("direction", "low", "high", "wind", "towards", "absorbs", "thins")  # the rest of the triples are colours
TIME: Final = "secondunit:time"  # on a `Deep` or a `CloudSea`: story time [s], written by motion/water.py


def add_air(stage: Usd.Stage, name: str, air: Air | Motes | RainField) -> None:
    """Define /Shot/Air/<name>; colours are converted to ACEScg."""
    prim = UsdGeom.Scope.Define(stage, f"{names.AIR}/{name}").GetPrim()
    prim.CreateAttribute("secondunit:air", Sdf.ValueTypeNames.Token, custom=True).Set(type(air).__name__)
    for field in fields(air):
        value = getattr(air, field.name)
        if isinstance(value, str):
            prim.CreateAttribute(f"secondunit:{field.name}", Sdf.ValueTypeNames.Token, custom=True).Set(value)
        elif isinstance(value, tuple):
            vector = value if field.name in _VECTORS else tuple(from_rec709(value).tolist())
            prim.CreateAttribute(f"secondunit:{field.name}", Sdf.ValueTypeNames.Float3, custom=True).Set(vector)
        else:
            kind = Sdf.ValueTypeNames.Int if field.type == "int" else Sdf.ValueTypeNames.Float
            prim.CreateAttribute(f"secondunit:{field.name}", kind, custom=True).Set(value)


def read_air(prim: Usd.Prim) -> Air | None:
    """The air a prim describes, with colours in ACEScg; None if it describes none."""
    kinds = {
        "Fog": Fog,
        "Aerial": Aerial,
        "Shafts": Shafts,
        "Glow": Glow,
        "Beams": Beams,
        "Deep": Deep,
        "CloudSea": CloudSea,
    }
    kind = kinds.get(str(prim.GetAttribute("secondunit:air").Get()))
    return None if kind is None else kind(**_values(prim, kind))


def story_time(prim: Usd.Prim, frame: float) -> float:
    """The clock of what moves in the air [s]; 0 where the motion layer has set none."""
    clock = prim.GetAttribute(TIME)
    return float(clock.Get(frame)) if clock and clock.HasValue() else 0.0


def read_field(prim: Usd.Prim) -> Motes | RainField | None:
    """The particle field a prim describes, with colours in ACEScg; None if it describes none."""
    kinds = {"Motes": Motes, "RainField": RainField}
    kind = kinds.get(str(prim.GetAttribute("secondunit:air").Get()))
    return None if kind is None else kind(**_values(prim, kind))


def _values(prim: Usd.Prim, kind: type) -> dict[str, Any]:
    values = {field.name: prim.GetAttribute(f"secondunit:{field.name}").Get() for field in fields(kind)}
    return {k: tuple(v) if hasattr(v, "__len__") and not isinstance(v, str) else v for k, v in values.items()}


def add_particles(stage: Usd.Stage, name: str, sprite: Sprite) -> UsdGeom.Points:
    """Define /Shot/Air/<name> as points; the caller sets positions, velocities and widths per frame."""
    points = UsdGeom.Points.Define(stage, f"{names.AIR}/{name}")
    points.GetPrim().CreateAttribute("secondunit:sprite", Sdf.ValueTypeNames.Token, custom=True).Set(sprite)
    return points


def set_particles(
    points: UsdGeom.Points,
    frame: int,
    positions: NDArray[np.floating],
    velocities: NDArray[np.floating],
) -> None:
    """Positions [m], shape [particles, 3], and velocities as seen [m/s], shape [particles, 3], at one frame."""
    points.GetPointsAttr().Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(positions, np.float32)), frame)
    points.GetVelocitiesAttr().Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(velocities, np.float32)), frame)
