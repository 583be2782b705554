"""UsdLux lights as Mitsuba emitters.

Gaffers' lights have a shape that reflections see but the camera does not: their surface is a null interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.render.materials import load_texture
from secondunit_engine.world import stage as names

Dict = dict[str, Any]


@dataclass(frozen=True)
class Light:
    """A light of the stage: its path, its fader, and the Mitsuba description of one frame."""

    path: str
    group: str
    animated: bool
    visible: bool  # to the camera
    description: Dict


def read_lights(stage: Usd.Stage, frame: float, mi: Any) -> list[Light]:
    """Every visible UsdLux light (mesh lights excepted: they are parts)."""
    lights: list[Light] = []
    xforms = UsdGeom.XformCache(frame)
    for prim in stage.Traverse():
        if not UsdLux.LightAPI(prim) or UsdGeom.Mesh(prim):
            continue
        if UsdGeom.Imageable(prim).ComputeVisibility(frame) == UsdGeom.Tokens.invisible:
            continue
        description = _describe(prim, frame, np.array(xforms.GetLocalToWorldTransform(prim)), mi)
        if description is not None:
            group = str(prim.GetAttribute(names.LIGHT_GROUP).Get() or prim.GetName())
            said = (a for a in prim.GetAttributes() if a.GetName() != names.FLICKER)  # render/flicker.py puts it on
            animated = any(a.ValueMightBeTimeVarying() for a in said) or _moves(prim)
            lights.append(Light(str(prim.GetPath()), group, animated, bool(UsdLux.DomeLight(prim)), description))
    return lights


def read_level(prim: Usd.Prim, frame: float) -> NDArray[np.float64]:
    """Colour times intensity of a light at a frame, [3]; black while it is hidden."""
    if UsdGeom.Imageable(prim).ComputeVisibility(frame) == UsdGeom.Tokens.invisible:
        return np.zeros(3)
    api = UsdLux.LightAPI(prim)
    color = np.array(api.GetColorAttr().Get(frame), np.float64)
    return color * float(api.GetIntensityAttr().Get(frame)) * 2.0 ** float(api.GetExposureAttr().Get(frame))


def _fades(prim: Usd.Prim) -> bool:
    api = UsdLux.LightAPI(prim)
    said = (api.GetColorAttr(), api.GetIntensityAttr(), api.GetExposureAttr())
    return any(attribute.ValueMightBeTimeVarying() for attribute in said)


def _moves(prim: Usd.Prim) -> bool:
    while prim and not prim.IsPseudoRoot():
        if UsdGeom.Xformable(prim) and UsdGeom.Xformable(prim).TransformMightBeTimeVarying():
            return True
        prim = prim.GetParent()
    return False


def _describe(prim: Usd.Prim, frame: float, matrix: NDArray[np.float64], mi: Any) -> Dict | None:
    """A Mitsuba description; lights shine along their own -Z as UsdLux has it. Lights that stay black are left out."""
    radiance = read_level(prim, frame)
    weight = prim.GetAttribute(names.SAMPLING_WEIGHT).Get(frame)
    weight = 1.0 if weight is None else float(weight)
    if radiance.max() <= 0 and not _fades(prim):
        return None
    to_world = mi.ScalarTransform4f(matrix.T.tolist())

    def rgb(value: NDArray[np.float64]) -> Dict:
        return {"type": "rgb", "value": value.tolist()}

    def area(value: NDArray[np.float64]) -> Dict:
        return {"type": "area", "radiance": rgb(value), "sampling_weight": weight}

    if UsdLux.RectLight(prim):
        rect = UsdLux.RectLight(prim)
        size = [float(rect.GetWidthAttr().Get(frame)) / 2, float(rect.GetHeightAttr().Get(frame)) / 2, 1.0]
        # Mitsuba's rectangle shines along +Z: turn it about Y.
        shape = to_world @ mi.ScalarTransform4f().rotate([0, 1, 0], 180) @ mi.ScalarTransform4f().scale(size)
        return {"type": "rectangle", "to_world": shape, "bsdf": {"type": "null"}, "emitter": area(radiance)}
    if UsdLux.DiskLight(prim):
        radius = float(UsdLux.DiskLight(prim).GetRadiusAttr().Get(frame))
        turn = mi.ScalarTransform4f().rotate([0, 1, 0], 180) @ mi.ScalarTransform4f().scale([radius, radius, 1.0])
        return {"type": "disk", "to_world": to_world @ turn, "bsdf": {"type": "null"}, "emitter": area(radiance)}
    if UsdLux.SphereLight(prim):
        radius = float(UsdLux.SphereLight(prim).GetRadiusAttr().Get(frame))
        if UsdLux.ShapingAPI(prim):
            return _spot(prim, frame, matrix, radiance * np.pi * radius**2, weight, mi)
        center = mi.ScalarPoint3f(*matrix[3, :3].tolist())
        scale = float(np.cbrt(abs(np.linalg.det(matrix[:3, :3]))))
        return {
            "type": "sphere", "center": center, "radius": radius * scale,
            "bsdf": {"type": "null"}, "emitter": area(radiance),
        }  # fmt: skip
    if UsdLux.DistantLight(prim):
        direction = -matrix[2, :3] / np.linalg.norm(matrix[2, :3])
        return {
            "type": "directional", "direction": direction.tolist(),
            "irradiance": rgb(radiance), "sampling_weight": weight,
        }  # fmt: skip
    if UsdLux.DomeLight(prim):
        file = UsdLux.DomeLight(prim).GetTextureFileAttr().Get(frame)
        if file is None or not file.resolvedPath:
            return {"type": "constant", "radiance": rgb(radiance), "sampling_weight": weight}
        texels = load_texture(file.resolvedPath, color=True)[::-1] * radiance.astype(np.float32)  # (H, W, 3) top first
        # UsdLux puts the middle of the picture at +Z with longitude growing to the left, Mitsuba at -Z.
        turn = to_world @ mi.ScalarTransform4f().rotate([0, 1, 0], 180)
        bitmap = mi.Bitmap(np.ascontiguousarray(texels, np.float32))
        return {"type": "envmap", "bitmap": bitmap, "to_world": turn, "sampling_weight": weight}
    return None


def _spot(
    prim: Usd.Prim, frame: float, matrix: NDArray[np.float64], intensity: NDArray[np.float64], weight: float, mi: Any
) -> Dict:
    """A shaped sphere light as a point spot of the same radiant intensity [W/sr]."""
    shaping = UsdLux.ShapingAPI(prim)
    angle = shaping.GetShapingConeAngleAttr().Get(frame)
    softness = shaping.GetShapingConeSoftnessAttr().Get(frame)
    cutoff = float(np.clip(90.0 if angle is None else angle, 0.5, 89.0))
    beam = cutoff * (1.0 - float(np.clip(0.0 if softness is None else softness, 0.01, 0.99)))
    eye = matrix[3, :3]
    forward = -matrix[2, :3] / np.linalg.norm(matrix[2, :3])
    up = matrix[1, :3]
    frame_at = mi.ScalarTransform4f().look_at(eye.tolist(), (eye + forward).tolist(), up.tolist())
    return {
        "type": "spot", "to_world": frame_at, "intensity": {"type": "rgb", "value": intensity.tolist()},
        "cutoff_angle": cutoff, "beam_width": beam, "sampling_weight": weight,
    }  # fmt: skip
