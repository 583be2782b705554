"""A look: everything between scene-linear frames and the picture on the monitor."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

View = Literal["ACES 2.0", "AgX"]


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
    view: View = "ACES 2.0"
    lut: str = ""
    lights: tuple[LightMix, ...] = ()


@dataclass(frozen=True)
class LightChange:
    """What to change about one light group; None leaves it as it is."""

    group: str
    exposure: float | None = None
    temperature_shift: float | None = None
    on: bool | None = None


@dataclass(frozen=True)
class LookChange:
    """What to change about a look; None leaves it as it is. `lut` "" takes the LUT away."""

    exposure: float | None = None
    contrast: float | None = None
    saturation: float | None = None
    temperature_shift: float | None = None
    bloom: float | None = None
    vignette: float | None = None
    grain: float | None = None
    aberration: float | None = None
    split_tone: float | None = None
    view: View | None = None
    lut: str | None = None
    lights: tuple[LightChange, ...] = ()


def change_look(look: Look, change: LookChange) -> Look:
    """Return the look with the change made to it; faders that the change does not name stay where they are."""
    faders = {mix.group: mix for mix in look.lights}
    for light in change.lights:
        faders[light.group] = replace(faders.get(light.group, LightMix(light.group)), **_said(light))
    return replace(look, **_said(change) | {"lights": tuple(faders[group] for group in sorted(faders))})


def _said(change: LightChange | LookChange) -> dict[str, Any]:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return {name: value for name, value in values.items() if value is not None}
