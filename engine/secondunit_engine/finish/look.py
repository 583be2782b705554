"""A look: everything between scene-linear frames and the picture on the monitor."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

from secondunit_engine.planning.plan import CameraPlan, Glass, Stock

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
    """Exposure in stops, temperature shift in kelvin (positive is warmer); the rest is dimensionless, 0 is none.

    `bloom` is scattered in the glass, `halation` in the film's base; `streak` is the flare of anamorphic glass,
    `ghosts` that of many glass surfaces; `film` is how far colours mix as dyes do; `drops` is how wet
    the front glass is.
    `lut` is a path to a .cube, .3dl or CLF file for display-referred Rec.709 pictures, applied after the view.
    """

    exposure: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    temperature_shift: float = 0.0
    bloom: float = 0.13
    vignette: float = 0.4
    grain: float = 0.007
    aberration: float = 0.0015
    split_tone: float = 0.3
    halation: float = 0.0
    streak: float = 0.0
    ghosts: float = 0.0
    film: float = 0.0
    drops: float = 0.0
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
    halation: float | None = None
    streak: float | None = None
    ghosts: float | None = None
    film: float | None = None
    drops: float | None = None
    view: View | None = None
    lut: str | None = None
    lights: tuple[LightChange, ...] = ()


def change_look(look: Look, change: LookChange) -> Look:
    """Return the look with the change made to it; faders that the change does not name stay where they are."""
    faders = {mix.group: mix for mix in look.lights}
    for light in change.lights:
        faders[light.group] = replace(faders.get(light.group, LightMix(light.group)), **_said(light))
    return replace(look, **_said(change) | {"lights": tuple(faders[group] for group in sorted(faders))})


# What a set of lenses and what the light falls on do to the usual look.
_GLASS: Final[dict[Glass, dict[str, float]]] = {
    "spherical": {},
    "anamorphic": {"streak": 0.06, "ghosts": 0.004, "aberration": 0.0022, "vignette": 0.5},
    "vintage": {"bloom": 0.2, "ghosts": 0.01, "aberration": 0.0028, "vignette": 0.65, "contrast": 0.94},
}
_STOCK: Final[dict[Stock, dict[str, float]]] = {
    "digital": {},
    "70mm": {"grain": 0.009, "halation": 0.05, "film": 0.5},
    "35mm": {"grain": 0.02, "halation": 0.09, "film": 0.7},
    "16mm": {"grain": 0.042, "halation": 0.15, "film": 0.8, "saturation": 0.94},
}


_WET: Final = 0.4  # how wet a lens is of which that is said


def usual_look(camera: CameraPlan) -> Look:
    """The look that a shot's lenses and film stock give it before anybody changes anything."""
    wet = {"drops": _WET} if camera.wet_lens else {}
    return replace(Look(), **_GLASS[camera.glass] | _STOCK[camera.stock] | wet)


def carry_look(look: Look, before: CameraPlan, now: CameraPlan) -> Look:
    """The look of a shot whose lenses or stock were changed: what was as usual is as usual again, the rest stays."""
    was, will_be = usual_look(before), usual_look(now)
    usual = {f.name: getattr(will_be, f.name) for f in fields(Look) if getattr(look, f.name) == getattr(was, f.name)}
    return replace(look, **usual)


def _said(change: LightChange | LookChange) -> dict[str, Any]:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return {name: value for name, value in values.items() if value is not None}
