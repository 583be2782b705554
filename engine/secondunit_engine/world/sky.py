"""The sky over an outdoor set: a dome of air and clouds, the sun or the moon, stars.

The dome is a linear EXR without the sun's disc, read by a UsdLux dome in the light group `sky`; the sun, by night the
moon, is a distant light in the group `sun`, so each light is counted once. What the camera sees of sun, moon and
stars glows and lights nothing.

Exposure is the photographer's: by day a sunlit grey card lies about a stop over middle grey, and later hours are
opened up by as much as a film would, so that they are dimmer but never black. Bearings are degrees about +Y; 0 is +Z,
90 is +X.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import OpenImageIO as oiio
from numpy.typing import NDArray
from pxr import Sdf, Usd, UsdLux
from scipy import ndimage

from secondunit_bridge.errors import EngineFault, Unwritable
from secondunit_engine.color import from_rec709, to_rec709
from secondunit_engine.planning.sun import sun_at
from secondunit_engine.world import stage as names
from secondunit_engine.world.atmosphere import ClearSky, clear_sky
from secondunit_engine.world.author import RGB, Material, Mesh, add_light, add_mesh, look_at
from secondunit_engine.world.clouds import Clouds, Layer, march_clouds
from secondunit_engine.world.textures import FOLDER

Array = NDArray[np.floating]

WIDTH: Final = 1536  # of the dome's picture; its height is half of that
_MOONLIGHT: Final = 2.6
_DISC: Final = 0.533  # angle that the sun and the moon fill [degrees]
_FAR: Final = 18_000.0  # where the visible sun, moon and stars hang [m]
_MOON: Final = np.array([0.60, 0.78, 1.12])  # moonlight as the eye believes it
_NIGHT: Final = np.array([0.42, 0.66, 1.25])


@dataclass(frozen=True)
class Hour:
    """light: What falls on level ground by a clear sky [W/m2] as exposed. night: The light is the moon's. stars: How
    many are seen, 0 to 1. rise: Of the sun or moon over the horizon [degrees]."""

    light: float
    night: bool = False
    stars: float = 0.0
    rise: float = 45.0


_HOURS: Final = {
    "day": Hour(4.4),
    "noon": Hour(4.8),
    "morning": Hour(3.6),
    "afternoon": Hour(3.6),
    "dawn": Hour(1.5),
    "dusk": Hour(1.35),
    "magic hour": Hour(1.9),
    "twilight": Hour(0.42, stars=0.12),
    "night": Hour(0.30, night=True, stars=1.0),
    "day for night": Hour(0.55, night=True),
}
_NAMES: Final = {
    "sunrise": "dawn",
    "sunset": "dusk",
    "evening": "dusk",
    "golden hour": "magic hour",
    "blue hour": "twilight",
    "midnight": "night",
    "moonlight": "night",
    "day-for-night": "day for night",
    "midday": "noon",
}
_CUMULUS: Final = Layer(base=1_300.0, thickness=1_500.0, cover=0.34, density=0.030)
_CIRRUS: Final = Layer(base=7_500.0, thickness=500.0, cover=0.5, density=0.0009, scale=9_000.0, ragged=0.9, stretch=4.0)
_BROKEN: Final = Layer(base=1_000.0, thickness=1_300.0, cover=0.66, density=0.026, scale=9_000.0)
_DECK: Final = Layer(base=900.0, thickness=900.0, cover=0.97, density=0.012, scale=6_000.0, ragged=0.6)
_STORM: Final = Layer(base=700.0, thickness=2_600.0, cover=0.93, density=0.020, scale=10_000.0, ragged=0.7)
# Weather that hides the sun: how much of it comes through, and how much light is left.
_VEILED: Final = {
    "rain": 0.55,
    "storm": 0.34,
    "snow": 0.72,
    "blizzard": 0.55,
    "overcast": 0.68,
    "fog": 0.72,
    "mist": 0.8,
    "drizzle": 0.6,
}


@dataclass(frozen=True)
class Sky:
    """What an outdoor set wants to know of its sky. Colours are linear Rec.709.

    towards: Unit vector to the sun or moon, shape [3]. sun: Irradiance on a surface that faces it. light: Irradiance
    from the dome on level ground. horizon, zenith: Mean radiance of the dome there. night: The light is the moon's.
    veiled: No sun comes through.
    """

    towards: Array
    sun: RGB
    light: RGB
    horizon: RGB
    zenith: RGB
    night: bool
    veiled: bool


def hour_of(time_of_day: str, season: str = "") -> Hour:
    """The hour a plan names; an unknown one is day. Its sun is as high as the gaffer's (`planning/sun.py`)."""
    time = time_of_day.lower().replace("_", " ")
    time = _NAMES.get(time, time)
    return replace(_HOURS.get(time, _HOURS["day"]), rise=sun_at(time, 0.0, season)[1])


@dataclass(frozen=True)
class Painted:
    """A sky before it is on a stage. dome: Radiance, linear Rec.709, shape [H, W, 3]. seen: What shows through its
    clouds. veil: How much of the sun its weather lets through."""

    sky: Sky
    dome: Array
    seen: Seen
    hour: Hour
    veil: float
    seed: int


def paint_sky(
    time_of_day: str,
    weather: tuple[str, ...],
    seed: int,
    *,
    sun_bearing: float = -50.0,
    season: str = "",
    ground: RGB = (0.16, 0.14, 0.11),
    clouds: float | None = None,
    rise: float | None = None,
    eye: float = 2.0,
) -> Painted:
    """A sky of an hour and a weather.

    ground: Albedo of the country below the horizon. clouds: Cover of the low clouds, 0 to 1, instead of the weather's.
    rise: Of the sun [degrees], instead of the hour's. eye: Height of the camera [m]; over a low sheet of clouds they
    are left out.
    """
    hour = hour_of(time_of_day, season)
    if rise is not None:
        hour = replace(hour, rise=rise)
    veil = min((_VEILED[word] for word in weather if word in _VEILED), default=1.0)
    turn, up = np.radians(sun_bearing), np.radians(hour.rise)
    towards = np.array([np.cos(up) * np.sin(turn), np.sin(up), np.cos(up) * np.cos(turn)])
    haze = 1.2 + 3.0 * bool({"haze", "dust"} & set(weather)) + (1.6 if season == "winter" else 0.0)
    clear = clear_sky(hour.rise, haze)
    layers = [layer for layer in _layers(weather, seed, clouds) if layer.base > eye]
    dome, sun, seen = _paint(clear, hour, veil, layers, towards, seed, eye)
    light = _irradiance(dome)
    # Below the horizon lies the country, lit by both.
    below = (light + sun * max(towards[1], 0)) * np.array(ground) / np.pi
    dome = _ground(dome, below)
    half = len(dome) // 2
    sky = Sky(
        towards=towards, sun=_rgb(sun), light=_rgb(light), horizon=_rgb(dome[half - 12 : half - 2].mean(axis=(0, 1))),
        zenith=_rgb(dome[: half // 3].mean(axis=(0, 1))), night=hour.night, veiled=veil < 0.85,
    )  # fmt: skip
    return Painted(sky, dome, seen, hour, veil, seed)


def add_sky(stage: Usd.Stage, folder: Path, painted: Painted) -> Sky:
    """Write folder/textures/sky.exr and /Shot/Lights/Sky and Sun of `stage`, and the discs that the camera sees.

    Raises Unwritable.
    """
    light_sky(stage, write_dome(folder, painted.dome), painted.sky)
    _add_discs(stage, painted)
    return painted.sky


def open_to_the_moon(stage: Usd.Stage, sky: Sky) -> None:
    """Where nothing else lights a country at night, its moon is as bright as a camera opens up for."""
    if sky.night:
        UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/Sun")).GetIntensityAttr().Set(_MOONLIGHT)


def _rgb(value: Array) -> RGB:
    r, g, b = np.asarray(value, float).tolist()
    return r, g, b


def _layers(weather: tuple[str, ...], seed: int, cover: float | None) -> list[Layer]:
    """The clouds of a weather, the highest first; a fair day's are dealt by the seed."""
    words = set(weather)
    if "storm" in words or "thunder" in words:
        return [_STORM if cover is None else replace(_STORM, cover=cover)]
    if words & {"rain", "snow", "blizzard", "overcast", "fog", "mist", "drizzle"}:
        return [_DECK]
    rng = np.random.Generator(np.random.PCG64([seed, 88]))
    low, high = float(rng.uniform(0.16, 0.42)), float(rng.uniform(0.25, 0.7))
    if words & {"cloudy", "wind"}:
        return [replace(_BROKEN, cover=_BROKEN.cover if cover is None else cover)]
    if "clear" in words:
        low = 0.0
    low = low if cover is None else cover
    return [replace(_CIRRUS, cover=high), replace(_CUMULUS, cover=low)] if low > 0 else [replace(_CIRRUS, cover=high)]


def directions(width: int) -> tuple[Array, Array, Array]:
    """Unit vectors of a lat-long picture's texels [H, W, 3], their bearing and elevation [rad], [H, W] each.

    After OpenEXR and UsdLux: the middle is +Z, the bearing grows to the left, row 0 is up.
    """
    bearing = np.pi * (1 - 2 * (np.arange(width) + 0.5) / width)
    elevation = np.pi / 2 - np.pi * (np.arange(width // 2) + 0.5) / (width // 2)
    b, e = np.meshgrid(bearing, elevation)
    rays = np.stack([np.cos(e) * np.sin(b), np.sin(e), np.cos(e) * np.cos(b)], axis=-1)
    return rays, b, e


@dataclass(frozen=True)
class Seen:
    """How much of what is behind the clouds shows, by texel of the upper half, shape [H, W]."""

    clear: Array

    def at(self, towards: Array) -> Array:
        height, width = self.clear.shape
        x = (0.5 - np.arctan2(towards[..., 0], towards[..., 2]) / (2 * np.pi)) * width - 0.5
        y = (0.5 - np.arcsin(towards[..., 1]) / np.pi) * 2 * height - 0.5
        return self.clear[np.clip(y, 0, height - 1).astype(int), np.clip(x, 0, width - 1).astype(int)]


def _paint(
    clear: ClearSky, hour: Hour, veil: float, layers: list[Layer], towards: Array, seed: int, eye: float
) -> tuple[Array, Array, Seen]:
    """The upper half of the dome [H/2, W, 3], the sun's irradiance [3], and what shows through the clouds."""
    rays, bearing, elevation = (part[: WIDTH // 4] for part in directions(WIDTH))
    air = clear.radiance(bearing - np.arctan2(towards[0], towards[2]), elevation)
    sun = np.array(clear.sun)
    air, sun = _balanced(air, sun, hour)
    # The scale that gives level ground its light, were there no clouds.
    sun = sun / max(1.0, float(sun @ LUMINANCE_709) * max(towards[1], 0.12) / (0.80 * hour.light))
    dome = air
    passes = np.ones(air.shape[:2])
    sunny = sun
    mean = _mean(air)
    source = _cloud_light(clear, hour, sun, towards)
    for number, layer in enumerate(layers):
        lit = np.array([towards[0], max(towards[1], 0.035), towards[2]])
        seen = march_clouds(layer, rays.reshape(-1, 3), lit / np.linalg.norm(lit), seed + 17 * number, eye)
        dome, through = _over(dome, air, seen, source, mean, veil)
        if layer.base < 5_000 and veil > 0.85:
            through = _gap(rays, towards, through)
        passes = passes * through
    if veil < 1:
        dome, sunny = _veiled(dome, sun, hour, veil)
    return dome, sunny, Seen(passes)


LUMINANCE_709: Final = np.array([0.2126, 0.7152, 0.0722])


def _balanced(air: Array, sun: Array, hour: Hour) -> tuple[Array, Array]:
    """Exposure and white balance of an hour: the light of a clear sky on level ground becomes the hour's."""
    white = np.array([1.0, 1.03, 1.10])  # film balanced for sun a little later than noon
    air, sun = air * white, sun * white
    if hour.night:
        grey = (air @ LUMINANCE_709)[..., None]
        air = (0.55 * grey + 0.45 * air) * _NIGHT
        sun = float(sun @ LUMINANCE_709) * _MOON
    elif hour.rise < 12:  # low suns are redder than film ever shows them
        part = 0.30 * (1 - max(hour.rise, 0) / 12)
        air = (1 - part) * air + part * (air @ LUMINANCE_709)[..., None] * np.array([1.0, 0.96, 1.06])
        sun = (1 - part) * sun + part * float(sun @ LUMINANCE_709) * np.array([1.0, 0.8, 0.62])
    rise = max(np.sin(np.radians(hour.rise)), 0.0)
    total = float((_irradiance(air) + sun * rise) @ LUMINANCE_709)
    gain = hour.light / max(total, 1e-9)
    return air * gain, sun * gain


def _cloud_light(clear: ClearSky, hour: Hour, sun: Array, towards: Array) -> Array:
    """Irradiance that the clouds get: up there a low sun is brighter, and a sun below the horizon still shines."""
    if hour.night or hour.rise > 12:
        return sun
    above = np.maximum(clear_sky(max(hour.rise, -1.0) + 2.2, 1.0).sun, 1e-4)
    above = above / float(above @ LUMINANCE_709)
    level = max(float(sun @ LUMINANCE_709), hour.light * (1.5 if hour.rise > 0 else 0.55))
    return 0.85 * level * (0.75 * above + 0.25 * np.array([1.0, 0.72, 0.55]))


def _over(dome: Array, air: Array, seen: Clouds, source: Array, mean: Array, veil: float) -> tuple[Array, Array]:
    """Clouds over what is behind them; the air before them takes the far ones into the haze of the horizon."""
    clear, sunlit, skylit, distance = (
        _undithered(field.reshape(dome.shape[:2])) for field in (seen.clear, seen.sunlit, seen.skylit, seen.distance)
    )
    light = sunlit * source * (1.0 if veil > 0.85 else 0.5) + skylit * 1.25 * mean
    near = np.exp(-distance / 32_000.0)
    cloud = light * near + (1 - clear) * (1 - near) * air
    return dome * clear + cloud, clear[..., 0]


def _undithered(field: Array) -> Array:
    """The march's offsets averaged away, which last a texel or two; [H, W] to [H, W, 1]."""
    return _blurred(field, 0.95, 0.95)[..., None]


def _blurred(field: Array, rows: float, columns: float) -> Array:
    """A Gaussian of so many texels up and along, round the horizon, [H, W]."""
    along = ndimage.gaussian_filter1d(field, columns, axis=1, mode="wrap")
    return ndimage.gaussian_filter1d(along, rows, axis=0, mode="nearest")


def _gap(rays: Array, towards: Array, through: Array) -> Array:
    """A sun that shines is not behind a cloud: what shows near it shows whole."""
    angle = np.degrees(np.arccos(np.clip(rays @ towards, -1, 1)))
    return np.maximum(through, np.clip(1.6 - angle / 1.2, 0, 1))


def _veiled(dome: Array, sun: Array, hour: Hour, veil: float) -> tuple[Array, Array]:
    """An even grey lid: brightest at the zenith (CIE overcast sky), keeping the clouds' own shapes."""
    grey = dome @ LUMINANCE_709
    rows = len(dome)
    elevation = np.pi / 2 * (1 - (np.arange(rows) + 0.5) / rows)[:, None]
    smooth = _blurred(grey, 26, 40)
    lumps = np.clip(grey / np.maximum(smooth, 1e-6), 0.45, 1.7)
    storm = veil < 0.4
    lid = (1 + 2 * np.sin(elevation)) / 3 * 0.72 + (0.42 if not storm else 0.30)
    lid = lid * (0.35 + 0.65 * lumps if not storm else lumps**1.25)
    tint = np.array([0.94, 1.0, 1.09]) if not hour.night else _NIGHT
    if not hour.night and hour.rise < 12:
        warm = np.exp(-elevation * 4)[..., None] * 0.5
        tint = tint * (1 - warm) + np.array([1.25, 0.95, 0.72]) * warm
    lid = lid[..., None] * tint
    level = hour.light * veil * (0.62 if not hour.night else 0.9)
    lid = lid * (level / max(float(_irradiance(lid) @ LUMINANCE_709), 1e-9))
    return lid, sun * (0.02 if veil < 0.75 else 0.12)


def _mean(upper: Array) -> Array:
    weight = np.sin(np.pi / 2 * (1 - (np.arange(len(upper)) + 0.5) / len(upper)) + 0.02)[:, None, None]
    solid = np.cos(np.pi / 2 * (1 - (np.arange(len(upper)) + 0.5) / len(upper)))[:, None, None]
    return (upper * solid * weight).sum(axis=(0, 1)) / (solid * weight).sum() / upper.shape[1]


def _irradiance(upper: Array) -> Array:
    """Of the upper half of a dome on level ground, shape [3]."""
    return np.pi * _mean(upper)


def _ground(upper: Array, below: Array) -> Array:
    """The dome with the country under it, [H, W, 3]; far country goes over into the haze of the horizon."""
    rows = len(upper)
    depression = np.pi / 2 * ((np.arange(rows) + 0.5) / rows)[:, None, None]
    edge = ndimage.uniform_filter1d(upper[-4:].mean(axis=0), 31, axis=0, mode="wrap")[None]
    veil = np.exp(-depression / np.radians(3.5))
    return np.concatenate([upper, edge * veil + below * (1 - veil)])


def write_dome(folder: Path, dome: Array) -> str:
    """Write a dome, linear Rec.709 [H, W, 3], as ACEScg, half floats; returns the path beside the layer."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    path = folder / FOLDER / "sky.exr"
    texels = np.clip(from_rec709(dome), 0, 60_000).astype(np.float16)
    out = oiio.ImageOutput.create("exr")
    if out is None:
        raise EngineFault("OpenImageIO cannot write OpenEXR here.", mend="Install the engine again.")
    spec = oiio.ImageSpec(texels.shape[1], texels.shape[0], 3, "half")
    spec.attribute("compression", "zip")
    spec.attribute("DateTime", "2000:01:01 00:00:00")  # or the library writes the clock's
    if not out.open(str(path), spec) or not out.write_image(texels) or not out.close():
        raise Unwritable("The sky cannot be written.", mend=f"Check the folder: {out.geterror().strip()}.")
    return f"{FOLDER}/sky.exr"


def light_sky(stage: Usd.Stage, path: str, sky: Sky) -> None:
    """Define /Shot/Lights/Sky, a dome with the picture at `path`, and Sun."""
    towards, sun = sky.towards, np.asarray(sky.sun)
    dome = UsdLux.DomeLight.Define(stage, f"{names.LIGHTS}/Sky")
    dome.CreateTextureFileAttr(Sdf.AssetPath(path))
    dome.CreateTextureFormatAttr(UsdLux.Tokens.latlong)
    add_light(stage, dome, color=_rgb(to_rec709(np.ones(3))), intensity=1.0, group="sky", sampling_weight=2.0)
    lamp = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    lamp.CreateAngleAttr(_DISC)
    lamp.AddTransformOp().Set(look_at(_rgb(towards), (0.0, 0.0, 0.0)))
    up = towards[1] > 0.005
    color = sun if up else np.full(3, 1e-6)
    add_light(stage, lamp, color=_rgb(color), intensity=1.0, group="sun", sampling_weight=2.0 if up else 0.05)


def _add_discs(stage: Usd.Stage, painted: Painted) -> None:
    """The sun's or moon's disc and the stars: glowing, without body, in no one's light."""
    hour, seen, veil = painted.hour, painted.seen, painted.veil
    towards, sun = painted.sky.towards, np.asarray(painted.sky.sun)
    shows = float(seen.at(towards)) if towards[1] > -0.005 else 0.0
    if veil > 0.85 and shows > 0.02:
        level = 2.2 if hour.night else float(np.clip(sun.max() * 60, 20, 160))
        color = np.array([0.95, 0.93, 0.86]) if hour.night else sun / sun.max()
        material = Material("sky_disc", base=(0, 0, 0), opacity=0.0, emission=_rgb(color * level * shows))
        disc = _facing_discs(towards[None], np.array([np.radians(_DISC / 2)]), 48)
        add_mesh(stage, f"{names.SET}/SkyDisc", disc, material, light_group="sun")
    if hour.stars > 0 and veil > 0.85:
        _add_stars(stage, hour.stars, seen, painted.seed)


def _add_stars(stage: Usd.Stage, share: float, seen: Seen, seed: int) -> None:
    """Stars in four magnitudes, thrice as many of each as of the brighter one."""
    rng = np.random.Generator(np.random.PCG64([seed, 511]))
    for magnitude, (count, level) in enumerate(((22, 3.2), (66, 1.3), (200, 0.55), (600, 0.22))):
        way = rng.standard_normal((int(count * share) + 1, 3))
        way[:, 1] = np.abs(way[:, 1])
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        way = way[(seen.at(way) > 0.6) & (way[:, 1] > 0.03)]
        if not len(way):
            continue
        stars = _facing_discs(way, np.full(len(way), np.radians(0.036)), 6)
        name = f"stars_{magnitude}"
        glow = Material(name, base=(0, 0, 0), opacity=0.0, emission=_rgb(level * np.array([0.85, 0.95, 1.15])))
        add_mesh(stage, f"{names.SET}/{name}", stars, glow, light_group="sky")


def _facing_discs(ways: Array, radii: Array, sides: int) -> Mesh:
    """Discs at the end of the world, seen from its middle: unit vectors [N, 3], half angles [N, rad]."""
    across = np.cross(ways, np.where(np.abs(ways[:, 1:2]) > 0.9, [[1.0, 0, 0]], [[0, 1.0, 0]]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    along = np.cross(across, ways)
    angle = np.arange(sides) * 2 * np.pi / sides
    rim = np.cos(angle)[None, :, None] * across[:, None] + np.sin(angle)[None, :, None] * along[:, None]
    points = _FAR * (ways[:, None] + rim * np.tan(radii)[:, None, None])  # (N, sides, 3)
    fan = np.array([[0, k + 1, k] for k in range(1, sides - 1)])
    triangles = fan[None] + sides * np.arange(len(ways))[:, None, None]
    return Mesh(points.reshape(-1, 3).astype(np.float32), triangles.reshape(-1, 3).astype(np.int32))
