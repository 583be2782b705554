"""A look: everything between scene-linear frames and the picture on the monitor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class LightMix:
    """One light group's fader: exposure in stops, temperature shift in kelvin (positive is warmer), on or off."""

    group: str
    exposure: float = 0.0
    temperature_shift: float = 0.0
    on: bool = True


@dataclass(frozen=True)
class Look:
    """Exposure in stops, temperature shift in kelvin (positive is warmer); the rest is dimensionless.

    `lut` is a path to a .cube, .3dl or CLF file for display-referred Rec.709 pictures, applied after the view.
    """

    exposure: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    temperature_shift: float = 0.0
    bloom: float = 0.13
    vignette: float = 0.4
    grain: float = 0.012
    aberration: float = 0.0015
    split_tone: float = 0.3
    view: Literal["ACES 2.0", "AgX"] = "ACES 2.0"
    lut: str = ""
    lights: tuple[LightMix, ...] = ()
