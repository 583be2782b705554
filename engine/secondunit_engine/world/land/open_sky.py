"""Sun, moon and sky over open land, and the air between here and the horizon, by time of day and weather.

Radiances are set so that sunlit ground of middle grey lies near middle grey by day. The sky is a picture on a dome:
a gradient that brightens to the horizon and round the sun, with clouds as noise on a level sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import OpenImageIO as oiio
from numpy.typing import NDArray
from pxr import Usd, UsdLux

from secondunit_bridge.errors import Unwritable
from secondunit_engine.color import from_rec709
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world import textures
from secondunit_engine.world.author import RGB, add_light, look_at
from secondunit_engine.world.land.terrain import sample

Array = NDArray[np.floating]


@dataclass(frozen=True)
class OpenSky:
    """sun: Irradiance on what faces it. rise: Of the sun or moon [degrees]. zenith, horizon, glow: Radiance overhead,
    at the horizon, and added round the sun. clouds: 0 to 1, how much of the sky they cover."""

    sun: RGB
    rise: float
    zenith: RGB
    horizon: RGB
    glow: RGB
    clouds: float = 0.42


_TIMES: Final = {
    "day": OpenSky((5.6, 4.9, 3.9), 46, (0.13, 0.25, 0.56), (0.62, 0.74, 0.92), (0.5, 0.45, 0.35)),
    "morning": OpenSky((5.2, 4.1, 2.8), 27, (0.15, 0.25, 0.50), (0.78, 0.76, 0.78), (0.8, 0.6, 0.35)),
    "dawn": OpenSky((5.2, 3.0, 1.5), 13, (0.20, 0.26, 0.44), (0.95, 0.68, 0.52), (1.5, 0.75, 0.30)),
    "dusk": OpenSky((6.4, 2.9, 0.95), 11, (0.22, 0.25, 0.46), (0.98, 0.56, 0.36), (2.0, 0.80, 0.22)),
    "night": OpenSky(
        (0.085, 0.125, 0.19), 38, (0.0024, 0.0048, 0.012), (0.0075, 0.0115, 0.020), (0.01, 0.014, 0.02), 0.3
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


def open_sky(plan: SetPlan) -> OpenSky:
    """The sky of a plan's time and weather; an unknown time is day. Overcast takes the sun and greys the sky."""
    sky = _TIMES.get(_NAMES.get(plan.time_of_day, plan.time_of_day), _TIMES["day"])
    if not _OVERCAST & set(plan.weather):
        return sky
    grey = np.asarray(sky.zenith) * 0.5 + np.asarray(sky.horizon) * 0.5
    grey = 0.75 * grey.mean() * np.array([0.94, 1.0, 1.08]) + 0.25 * grey
    return replace(
        sky,
        sun=_rgb(0.06 * np.asarray(sky.sun)),
        zenith=_rgb(0.95 * grey),
        horizon=_rgb(1.15 * grey),
        glow=_rgb(0.12 * np.asarray(sky.glow)),
        clouds=1.0,
    )


def is_night(plan: SetPlan) -> bool:
    """Whether a plan's time is night."""
    return _NAMES.get(plan.time_of_day, plan.time_of_day) == "night"


def towards_sun(sky: OpenSky, bearing: float) -> Array:
    """Unit vector to the sun at a bearing about +Y [degrees; 0 is +Z, 90 is +X], shape [3]."""
    rise, turn = np.radians(sky.rise), np.radians(bearing)
    return np.array([np.cos(rise) * np.sin(turn), np.sin(rise), np.cos(rise) * np.cos(turn)])


def add_open_sky(
    stage: Usd.Stage, folder: Path, sky: OpenSky, bearing: float, seed: int, *, sun_gain: float = 1.0, gain: float = 1.0
) -> None:
    """A distant sun at `bearing` (group `sun`) and a dome with a picture of the sky (group `sky`); the gains scale
    them. Raises Unwritable if the picture cannot be written."""
    way = towards_sun(sky, bearing)
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    sun.AddTransformOp().Set(look_at(tuple(way.tolist()), (0.0, 0.0, 0.0)))
    add_light(stage, sun, color=sky.sun, intensity=sun_gain, group="sun", sampling_weight=2.0)
    dome = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    dome.CreateTextureFileAttr(_write(folder, _picture(sky, way, seed)))
    dome.CreateTextureFormatAttr(UsdLux.Tokens.latlong)
    add_light(stage, dome, color=(1.0, 1.0, 1.0), intensity=gain, group="sky", sampling_weight=1.0)


def _picture(sky: OpenSky, sun: Array, seed: int, height: int = 512) -> Array:
    """The sky's radiance, linear Rec.709, as a lat-long picture, top first, shape [height, 2 height, 3]."""
    v, u = (np.mgrid[0:height, 0 : 2 * height] + 0.5) / height
    rise, turn = np.pi * (0.5 - v), np.pi * (1 - u)
    way = np.stack([np.cos(rise) * np.sin(turn), np.sin(rise), np.cos(rise) * np.cos(turn)], axis=-1)
    up = np.clip(way[..., 1], 0, 1)[..., None]
    sky_blue = np.asarray(sky.horizon) + (np.asarray(sky.zenith) - sky.horizon) * (1 - np.exp(-4.2 * up))
    near = np.clip(way @ sun, 0, 1)[..., None]
    glow = np.asarray(sky.glow) * (0.55 * near**6 + 1.6 * near**60 + 3.0 * near**900)
    away = np.maximum(way[..., 1], 0.03)
    x, z = way[..., 0] / away, way[..., 2] / away
    tiles = [textures.noise(seed + 71 + k, 512, slope) for k, slope in enumerate((2.3, 1.9))]
    puff = sample(tiles[0], x, z, 26.0) + 0.45 * sample(tiles[1], x, z, 7.0)
    cover = np.clip((puff - 1.5 + 2.6 * sky.clouds) * 0.9, 0, 1) * np.clip(way[..., 1] * 12, 0, 1)
    thick = np.clip(puff - 1.2 + 2.6 * sky.clouds, 0, 2)[..., None]
    lit = np.asarray(sky.horizon) * 1.35 + 0.16 * np.asarray(sky.sun) * (1.1 - 0.45 * thick) + 0.7 * glow
    below = np.asarray(sky.horizon) * 0.55
    picture = (sky_blue + glow) * (1 - cover[..., None]) + lit * cover[..., None]
    if sky.clouds < 1 and sky.zenith[2] < 0.02:
        picture = picture + _stars(seed, way, 1 - cover)
    return np.where(way[..., 1:2] < -0.02, below, picture)


def _stars(seed: int, way: Array, clear: Array) -> Array:
    rng = np.random.Generator(np.random.PCG64(seed + 77))
    bright = (rng.random(clear.shape) > 0.9975) * rng.random(clear.shape) ** 4 * 0.5
    return (bright * clear * np.clip(way[..., 1] * 4, 0, 1))[..., None] * np.array([0.9, 0.95, 1.0])


def _write(folder: Path, picture: Array) -> str:
    """Write the sky as ACEScg EXR; return its path beside the layer."""
    (folder / textures.FOLDER).mkdir(parents=True, exist_ok=True)
    name = f"{textures.FOLDER}/sky.exr"
    texels = np.ascontiguousarray(from_rec709(picture), np.float32)
    spec = oiio.ImageSpec(texels.shape[1], texels.shape[0], 3, "half")
    spec.attribute("compression", "zip")
    spec.attribute("DateTime", "1970:01:01 00:00:00")  # not the clock: the same sky is the same bytes
    out = oiio.ImageOutput.create("exr")
    if out is None or not out.open(str(folder / name), spec) or not out.write_image(texels):
        raise Unwritable(f"The sky could not be written to {folder / name}.", mend="Check the disk's room and rights.")
    out.close()
    return f"./{name}"


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
