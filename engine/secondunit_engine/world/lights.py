"""The lights layer: what the gaffer brings for the people in a shot, and how the set's own lights are trimmed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Tf, Usd, UsdGeom, UsdLux, UsdShade

from secondunit_engine.color import from_rec709, to_rec709
from secondunit_engine.finish.temperature import temperature_gain
from secondunit_engine.planning.plan import LightPlan, ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_light, look_at, new_layer

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
# Sets that light their people already: how much of key and fill and of the rims is added, and the rims' colour.
_SUBTLE: Final[dict[str, tuple[float, float, RGB | None]]] = {
    "library": (0.04, 0.012, (1.0, 0.82, 0.58)),
    "led_tunnel": (0.11, 0.03, None),
    "arena": (0.11, 0.03, None),
}
_EYES: Final = 1.55  # usual height of the eyes of someone who stands [m]


def write_lights(shot: ShotPlan, set_layer: Path, path: Path) -> None:
    """Write `path` (lights.usdc): key, fill and rims around the `hero` mark if there is someone to light, scaled by the
    plan's key, exposure and temperature; and the same exposure and temperature over the set's own lights.
    """
    below = Usd.Stage.Open(str(set_layer))
    stage = new_layer(path)
    if shot.cast:
        _light_people(stage, shot, below)
    _trim_set(stage, shot.lights, below)
    stage.GetRootLayer().Save()


def _light_people(stage: Usd.Stage, shot: ShotPlan, below: Usd.Stage) -> None:
    hero = _place(below, "hero")
    eyes = np.array(hero.Transform(Gf.Vec3d(0, _EYES, 0)))
    camera = np.array(_place(below, names.camera_mark(shot.camera.size)).ExtractTranslation())
    axis = (camera - eyes) * [1, 0, 1]
    if np.linalg.norm(axis) < 0.1:
        axis = np.array(hero.TransformDir(Gf.Vec3d(0, 0, 1)))
    heading = float(np.degrees(np.arctan2(axis[0], axis[2])))
    share, rim_share, rim_color = _SUBTLE.get(shot.set.place, (1.0, 1.0, None))
    key, fill = _KEY[shot.lights.key]
    gain = 2.0**shot.lights.exposure
    scale = {"key": key * share * gain, "fill": fill * share * gain, "rim": rim_share * gain}
    for lamp in _PORTRAIT:
        light = UsdLux.RectLight.Define(stage, f"{names.LIGHTS}/{lamp.name}")
        light.CreateWidthAttr(lamp.size)
        light.CreateHeightAttr(lamp.size)
        turn, rise = np.radians(heading + lamp.angle), np.radians(lamp.rise)
        way = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
        at = eyes + way * lamp.distance
        light.AddTransformOp().Set(look_at(at.astype(np.float32), eyes.astype(np.float32)))
        color = rim_color if rim_color is not None and lamp.group == "rim" else lamp.color
        add_light(
            stage,
            light,
            color=_shifted(color, shot.lights),
            intensity=lamp.radiance * scale[lamp.group],
            group=lamp.group,
            sampling_weight=lamp.weight,
        )


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


def _trim_set(stage: Usd.Stage, plan: LightPlan, below: Usd.Stage) -> None:
    """Overs that bring the set's own lights and glowing materials to the plan's exposure and temperature."""
    gain = 2.0**plan.exposure * {"low": 1.0, "neutral": 1.0, "high": 1.25}[plan.key]
    if gain == 1.0 and not plan.temperature_shift:
        return
    warmth = temperature_gain(plan.temperature_shift)
    for prim in below.Traverse():
        if not prim.HasAttribute(names.LIGHT_GROUP):
            continue
        if UsdGeom.Mesh(prim):
            material, _ = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()
            shader = material.ComputeSurfaceSource()[0]
            glow = shader.GetInput("emissiveColor")
            value = warmth * np.array(glow.Get()) * gain
            over = UsdShade.Shader(stage.OverridePrim(shader.GetPath()))
            over.CreateInput("emissiveColor", glow.GetTypeName()).Set(Gf.Vec3f(*value.tolist()))
        else:
            light = UsdLux.LightAPI(prim)
            over = UsdLux.LightAPI(stage.OverridePrim(prim.GetPath()))
            color = warmth * np.array(light.GetColorAttr().Get() or (1, 1, 1))
            over.CreateColorAttr(Gf.Vec3f(*color.tolist()))
            over.CreateIntensityAttr(float(light.GetIntensityAttr().Get()) * gain)
