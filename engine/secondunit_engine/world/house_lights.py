"""The set's own lights under the plan: brighter or warmer, switched on and off by group, and the air they shine in."""

from __future__ import annotations

from typing import Final

import numpy as np
from pxr import Gf, Usd, UsdGeom, UsdLux, UsdShade

from secondunit_bridge.errors import BadInput
from secondunit_engine.finish.temperature import temperature_gain
from secondunit_engine.planning.plan import LightPlan
from secondunit_engine.world import stage as names

NO_PRACTICALS: Final = "none"  # what a plan names when every lamp of the set is out
# How much thicker the air gets, by what hangs in it.
_HAZE: Final = {"Fog": ("density", 3.0), "Shafts": ("density", 1.5), "Glow": ("gain", 1.8), "Beams": ("density", 1.6)}


def trim_house(stage: Usd.Stage, plan: LightPlan, below: Usd.Stage) -> None:
    """Write overs on the set `below` that bring its lights, its glowing materials and its air to the plan.

    Raises BadInput for a practical that the set does not have.
    """
    lit = [prim for prim in below.Traverse() if prim.HasAttribute(names.LIGHT_GROUP)]
    groups = {str(prim.GetAttribute(names.LIGHT_GROUP).Get()) for prim in lit}
    off = switched_off(plan, groups)
    gain = 2.0**plan.exposure * {"low": 1.0, "neutral": 1.0, "high": 1.25}[plan.key]
    for prim in lit:
        dark = str(prim.GetAttribute(names.LIGHT_GROUP).Get()) in off
        if dark or gain != 1.0 or plan.temperature_shift:
            _trim(stage, prim, 0.0 if dark else gain, plan.temperature_shift)
    _fill_air(stage, plan, below, off)


def switched_off(plan: LightPlan, groups: set[str]) -> set[str]:
    """The set's groups that the plan leaves dark: those it does not name, if it names any."""
    unknown = sorted(set(plan.practicals) - groups - {NO_PRACTICALS})
    if unknown:
        known = ", ".join(sorted(groups)) or "none"
        raise BadInput(f"The set has no light group “{unknown[0]}”.", mend=f"Its groups are: {known}.")
    return groups - set(plan.practicals) if plan.practicals else set()


def _trim(stage: Usd.Stage, prim: Usd.Prim, gain: float, shift: float) -> None:
    """An over on one light or glowing mesh; gain 0 puts it out."""
    warmth = temperature_gain(shift)
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


def _fill_air(stage: Usd.Stage, plan: LightPlan, below: Usd.Stage, off: set[str]) -> None:
    """Overs on the set's air: no shafts of a light that is off; haze asked for thickens what is there, and stands in
    for shafts on a set that has none."""
    root = below.GetPrimAtPath(names.AIR)
    airs = {prim: str(prim.GetAttribute("secondunit:air").Get()) for prim in (root.GetChildren() if root else ())}
    thick = plan.volumetrics == "haze" or (plan.volumetrics == "shafts" and "Shafts" not in airs.values())
    for prim, kind in airs.items():
        group = prim.GetAttribute("secondunit:group")
        dark = bool(group) and str(group.Get()) in off
        if kind in _HAZE and (dark or thick):
            name, factor = _HAZE[kind]
            amount = prim.GetAttribute(f"secondunit:{name}")
            over = stage.OverridePrim(prim.GetPath())
            value = 0.0 if dark else factor * float(amount.Get())
            over.CreateAttribute(amount.GetName(), amount.GetTypeName(), custom=True).Set(value)
