"""A show's moving things: heads that sweep, holograms that turn, bars that beat.

A set declares how they move, as attributes; motion/show.py turns that into time samples. Where a moving head points
is a closed form of story time: it swings about its aim in pan and tilt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom, UsdLux

from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_light, look_at

Array = NDArray[np.floating]

SWEEP: Final = "secondunit:sweep"  # on a light: float4 of pan, tilt [degrees], period [s], phase [turns]
SPIN: Final = "secondunit:spin"  # on an Xform: degrees a second about its own Y
PULSE: Final = "secondunit:pulse"  # on a mesh of bars: beats a minute
_LENS_RADIUS: Final = 0.1  # m


@dataclass(frozen=True)
class Head:
    """A moving head.

    `place` and `aim` [m]; `intensity` [W/sr] in the middle of the beam, in `color`; `angle` from the axis to the edge
    and the swing of `pan` and `tilt` in degrees; `period` [s]; `phase` in turns.
    """

    place: RGB
    aim: RGB
    color: RGB
    intensity: float
    angle: float = 4.0
    softness: float = 0.6
    pan: float = 0.0
    tilt: float = 0.0
    period: float = 6.0
    phase: float = 0.0


def add_head(stage: Usd.Stage, name: str, head: Head, group: str, sampling_weight: float = 1.0) -> None:
    """Define /Shot/Lights/<name>: a spot, which sweeps if its pan or tilt is not zero."""
    light = UsdLux.SphereLight.Define(stage, f"{names.LIGHTS}/{name}")
    light.CreateRadiusAttr(_LENS_RADIUS)
    light.AddTransformOp().Set(look_at(head.place, head.aim))
    shaping = UsdLux.ShapingAPI.Apply(light.GetPrim())
    shaping.CreateShapingConeAngleAttr(head.angle)
    shaping.CreateShapingConeSoftnessAttr(head.softness)
    radiance = head.intensity / (np.pi * _LENS_RADIUS**2)
    add_light(stage, light, color=head.color, intensity=float(radiance), group=group, sampling_weight=sampling_weight)
    if head.pan or head.tilt:
        sweep = light.GetPrim().CreateAttribute(SWEEP, Sdf.ValueTypeNames.Float4, custom=True)
        sweep.Set(Gf.Vec4f(head.pan, head.tilt, head.period, head.phase))


def swung(rest: Gf.Matrix4d, sweep: tuple[float, float, float, float], time: float) -> Gf.Matrix4d:
    """A head's transform at a story time [s]: panned about the world's Y, tilted about its own X."""
    pan, tilt, period, phase = sweep
    turn = 2 * np.pi * (time / period + phase)
    tilted = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(1, 0, 0), float(tilt * np.sin(2 * turn + 1.0))))
    panned = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), float(pan * np.sin(turn))))
    place = Gf.Matrix4d().SetTranslate(rest.ExtractTranslation())
    return tilted * rest.GetOrthonormalized() * place.GetInverse() * panned * place


def spinning(stage: Usd.Stage, path: str, degrees: float) -> UsdGeom.Xform:
    """Define an Xform whose first rotation turns by `degrees` a second; the caller adds what places it."""
    prim = UsdGeom.Xform.Define(stage, path)
    prim.AddRotateYOp().Set(0.0)
    prim.GetPrim().CreateAttribute(SPIN, Sdf.ValueTypeNames.Float, custom=True).Set(degrees)
    return prim


def levels(bars: int, tempo: float, time: float) -> Array:
    """Heights of an equaliser's bars, 0.06 to 1, shape [bars]: each falls after every beat, low bars the most."""
    number = np.arange(bars)
    beat = time * tempo / 60
    kick = np.exp(-3.0 * (beat % 1.0))
    wander = 0.5 + 0.5 * np.sin(2.1 * number + beat * (1.3 + 0.7 * np.sin(number * 12.9898)))
    ripple = 0.5 + 0.5 * np.sin(0.31 * number * number + 2 * np.pi * beat / 2)
    return np.clip(0.10 + 0.5 * wander * ripple + 0.4 * kick * wander, 0.06, 1.0)
