"""The lights layer: what the gaffer brings for the people in a shot, and how the set's own lights are trimmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Tf, Usd, UsdGeom, UsdLux

from secondunit_engine.color import LUMINANCE, from_rec709, to_rec709
from secondunit_engine.finish.temperature import black_body, temperature_gain
from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import LightPlan, Posture, ShotPlan
from secondunit_engine.planning.sun import is_night
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_light, look_at, new_layer
from secondunit_engine.world.house_lights import trim_house

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Lamp:
    """A soft box aimed at a face.

    angle: From the camera's axis as seen from above [degrees], + is camera right. rise: Above the eyes [degrees].
    distance, size: [m]. color: linear Rec.709. radiance: At the neutral key. weight: How often it is sampled.
    """

    name: str
    group: str
    angle: float
    rise: float
    distance: float
    size: float
    color: RGB
    radiance: float
    weight: float


# After a portrait set-up: a warm key close by, a cool fill, a light by the lens, and two rims.
_PORTRAIT: Final = (
    Lamp("Key", "key", 50, 36, 1.35, 0.50, (1.0, 0.78, 0.57), 92.0, 8.0),
    Lamp("Fill", "fill", -55, 2, 2.0, 1.2, (0.46, 0.64, 1.0), 1.0, 2.0),
    Lamp("Eyes", "fill", 17, 21, 1.5, 0.42, (1.0, 0.92, 0.84), 20.0, 2.0),  # by the lens: the light in the eyes
    Lamp("RimLeft", "rim", -140, 26, 1.5, 0.5, (0.12, 0.70, 1.0), 130.0, 2.5),
    Lamp("RimRight", "rim", 138, 22, 1.5, 0.5, (1.0, 0.14, 0.60), 130.0, 2.5),
)
# Key and fill by the plan's key: low is contrast, high is open.
_KEY: Final = {"low": (0.85, 0.62), "neutral": (1.0, 1.1), "high": (1.15, 2.2)}
_EYES: Final[dict[Posture, float]] = {"stand": 1.55, "sit": 1.18, "kneel": 1.10, "lie": 0.25}  # height of the eyes [m]
_CLOSE: Final = ("ECU", "CU", "MCU")  # sizes that show one face
_FARTHEST: Final = 3.0  # how many times their distance lamps step back to light several people


def write_lights(shot: ShotPlan, set_layer: Path, path: Path) -> None:
    """Write `path` (lights.usdc): key, fill and rims around the people, if there are any to light, scaled by the
    plan's key, exposure and temperature; and the same exposure and temperature over the set's own lights. What the
    place is opened up by, by day or when it is empty, comes on top.

    A plan that says the key's bearing, ratio, temperature, height or size gets a key of that kind; its ratio is that
    of the gaffer's lamps, and what the set itself sheds comes on top. Raises BadInput for a practical that the set
    does not have.
    """
    here = place_of(shot.set.place)
    opened = (0.0 if is_night(shot.set.time_of_day) else here.day_stops) + (0.0 if shot.cast else here.empty_stops)
    shot = replace(shot, lights=replace(shot.lights, exposure=shot.lights.exposure + opened))
    below = Usd.Stage.Open(str(set_layer))
    stage = new_layer(path)
    if shot.cast:
        _light_people(stage, shot, below)
    trim_house(stage, shot.lights, below)
    stage.GetRootLayer().Save()


def _light_people(stage: Usd.Stage, shot: ShotPlan, below: Usd.Stage) -> None:
    eyes, reach = _aim(shot, below)
    heading = _camera_bearing(shot, below, eyes)
    for lamp in _rig(shot, heading):
        light = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/{lamp.name}")
        light.CreateWidthAttr(lamp.size * reach)
        light.CreateHeightAttr(lamp.size * reach)
        turn, rise = np.radians(heading + lamp.angle), np.radians(lamp.rise)
        way = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
        at = eyes + way * (lamp.distance * reach)
        light.AddTransformOp().Set(look_at(at.astype(np.float32), eyes.astype(np.float32)))
        add_light(
            stage,
            light,
            color=_shifted(lamp.color, shot.lights),
            intensity=lamp.radiance,
            group=lamp.group,
            sampling_weight=lamp.weight,
        )


def _rig(shot: ShotPlan, heading: float) -> tuple[Lamp, ...]:
    """The lamps as the plan wants them, for a camera at `heading` degrees about Y."""
    plan, place = shot.lights, place_of(shot.set.place)
    share, rim_color = place.key_share, place.rim_color
    if plan.key_bearing is not None and place.motivated_share is not None:
        share = place.motivated_share
    key, fill = _KEY[plan.key]
    gain = 2.0**plan.exposure
    scale = {"key": key * share * gain, "fill": fill * share * gain, "rim": place.rim_share * gain}
    lamps = tuple(
        replace(
            lamp,
            radiance=lamp.radiance * scale[lamp.group],
            color=rim_color if rim_color is not None and lamp.group == "rim" else lamp.color,
        )
        for lamp in _PORTRAIT
    )
    return _at_ratio(_turned(_rimmed(_keyed(lamps, plan), shot), plan, heading), plan, _on_face(lamps))


def _keyed(lamps: tuple[Lamp, ...], plan: LightPlan) -> tuple[Lamp, ...]:
    """The key of the height, size and colour that the plan says; it lights the face as much as before."""
    key, *others = lamps
    if plan.key_rise is not None:
        key = replace(key, rise=plan.key_rise)
    if plan.key_size is not None:
        sized = replace(key, size=plan.key_size)
        key = replace(sized, radiance=key.radiance * irradiance(key) / irradiance(sized))
    if plan.kelvin is not None:
        r, g, b = (to_rec709(black_body(plan.kelvin)) * _luminance(key.color)).tolist()
        key = replace(key, color=(r, g, b))
    return key, *others


def _rimmed(lamps: tuple[Lamp, ...], shot: ShotPlan) -> tuple[Lamp, ...]:
    """Rims without the lamps that motivate their colour are faint, and of the key's colour."""
    motive, on = place_of(shot.set.place).rim_group, shot.lights.practicals
    if not motive or not on or motive in on:
        return lamps
    color = lamps[0].color
    return tuple(replace(x, color=color, radiance=0.15 * x.radiance) if x.group == "rim" else x for x in lamps)


def _turned(lamps: tuple[Lamp, ...], plan: LightPlan, heading: float) -> tuple[Lamp, ...]:
    """The key at its bearing in the set; the fill comes from the other side of the camera. A rim that would stand
    where the key stands is taken away."""
    if plan.key_bearing is None:
        return lamps
    angle = wrapped(plan.key_bearing - heading)
    side = 1.0 if angle >= 0 else -1.0
    key, fill, catch, *rims = lamps
    apart = [rim for rim in rims if abs(wrapped(rim.angle - angle)) > 35]
    return (
        replace(key, angle=angle),
        replace(fill, angle=side * fill.angle),
        replace(catch, angle=side * catch.angle),
        *apart,
    )


def _at_ratio(lamps: tuple[Lamp, ...], plan: LightPlan, most: float) -> tuple[Lamp, ...]:
    """Key and fills at the plan's ratio: what the key sheds on a surface that faces it, to what the fills shed on one
    that faces the first of them. A ratio divides light and adds none: the face gets no more than `most` [W/m2]."""
    if plan.ratio is None:
        return lamps
    key = irradiance(lamps[0]) * _luminance(lamps[0].color)
    facing = next(lamp for lamp in lamps if lamp.group == "fill")
    fills = [lamp for lamp in lamps if lamp.group == "fill"]
    shed = sum(irradiance(lamp) * _luminance(lamp.color) * max(0.0, float(_way(lamp) @ _way(facing))) for lamp in fills)
    scale = key / (plan.ratio * shed)
    lamps = tuple(replace(lamp, radiance=lamp.radiance * scale) if lamp.group == "fill" else lamp for lamp in lamps)
    share = min(1.0, most / _on_face(lamps))
    return tuple(replace(lamp, radiance=lamp.radiance * share) if lamp.group != "rim" else lamp for lamp in lamps)


def _on_face(lamps: tuple[Lamp, ...]) -> float:
    """What key and fills shed on a face that looks into the camera [W/m2]."""
    ahead = np.array([0.0, 0.0, 1.0])
    lit = (lamp for lamp in lamps if lamp.group != "rim")
    return sum(irradiance(lamp) * _luminance(lamp.color) * max(0.0, float(_way(lamp) @ ahead)) for lamp in lit)


def irradiance(lamp: Lamp) -> float:
    """What a lamp sheds on the face it is aimed at, per unit of its colour [W/m2]: a differential surface before a
    parallel square (Howell, A Catalog of Radiation Heat Transfer Configuration Factors, B-4)."""
    a = lamp.size / 2 / lamp.distance
    root = np.sqrt(1 + a * a)
    return float(lamp.radiance * 4 * a / root * np.arctan(a / root))


def _way(lamp: Lamp) -> Array:
    """Unit vector from the face to a lamp, about the camera's axis, shape [3]."""
    turn, rise = np.radians(lamp.angle), np.radians(lamp.rise)
    return np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])


def _luminance(color: RGB) -> float:
    return float(LUMINANCE @ from_rec709(color))


def wrapped(degrees: float) -> float:
    """An angle between -180 and 180 degrees."""
    return (degrees + 180.0) % 360.0 - 180.0


def _aim(shot: ShotPlan, below: Usd.Stage) -> tuple[Array, float]:
    """The point the lamps are aimed at [m], shape [3], and how many times their usual distance they stand off.

    Of people who are blocked it is the middle of their places, one person in a close shot; else the hero's mark.
    """
    hero = _place(below, "hero")
    people = {person.name for person in shot.cast}
    if shot.camera.size in _CLOSE and shot.camera.subject in people:
        people = {shot.camera.subject}
    spots = [spot for path in shot.blocking if path.who in people for spot in path.spots]
    if not spots:
        return np.array(hero.Transform(Gf.Vec3d(0, _EYES["stand"], 0))), 1.0
    floor = float(np.array(hero.ExtractTranslation())[1])
    heads = np.array([(spot.x, floor + _EYES[spot.posture], spot.z) for spot in spots])  # (N, 3)
    middle = (heads.min(axis=0) + heads.max(axis=0)) / 2
    spread = float(np.linalg.norm((heads - middle)[:, [0, 2]], axis=1).max())
    return middle, min(_FARTHEST, 1 + spread / _PORTRAIT[0].distance)


def _camera_bearing(shot: ShotPlan, below: Usd.Stage, eyes: Array) -> float:
    """Where the camera stands as seen from the people, degrees about Y."""
    station = shot.camera.station
    mark = _place(below, names.camera_mark(shot.camera.size)).ExtractTranslation()
    axis = (np.array(mark if station is None else station.eye) - eyes) * [1, 0, 1]
    if np.linalg.norm(axis) < 0.1:
        axis = np.array(_place(below, "hero").TransformDir(Gf.Vec3d(0, 0, 1)))
    return float(np.degrees(np.arctan2(axis[0], axis[2])))


def _place(stage: Usd.Stage, mark: str) -> Gf.Matrix4d:
    """A mark's transform; the origin where the set has no such mark."""
    prim = stage.GetPrimAtPath(f"{names.MARKS}/{Tf.MakeValidIdentifier(mark)}")
    if not prim:
        return Gf.Matrix4d(1)
    return UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default())


def _shifted(color: RGB, plan: LightPlan) -> RGB:
    """A colour under the plan's temperature shift, linear Rec.709."""
    if not plan.temperature_shift:
        return color
    r, g, b = np.maximum(to_rec709(from_rec709(color) * temperature_gain(plan.temperature_shift)), 0.0).tolist()
    return r, g, b
