"""The materials of streets, alleys and roofs, by the names that facades, shops, furniture and cars use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import hour_of, is_night
from secondunit_engine.world import textures
from secondunit_engine.world.author import RGB, Material
from secondunit_engine.world.kit import Palette
from secondunit_engine.world.sets.city_signs import NEON, fascias
from secondunit_engine.world.sets.rooms_lit import atlas
from secondunit_engine.world.street_textures import brick, concrete

_RAINY: Final = frozenset({"rain", "storm", "drizzle", "wet", "thunderstorm"})
_BRICKS: Final[tuple[RGB, ...]] = (
    (0.21, 0.062, 0.036),
    (0.16, 0.075, 0.045),
    (0.25, 0.115, 0.07),
    (0.12, 0.05, 0.04),
    (0.27, 0.19, 0.12),
    (0.19, 0.17, 0.15),
)
# Metres a texture repeats after.
TILES: Final = {"brick_a": 1.8, "brick_b": 1.8, "stone": 2.4, "stucco": 2.0, "concrete": 3.2, "trim": 1.5, "roof": 3.0}
# Light group and sampling weight of what shines.
GROUPS: Final = {
    "rooms": ("windows", 0.15),
    "shop_light": ("shops", 1.2),
    "signs": ("shops", 0.5),
    "ad_light": ("shops", 0.3),
    "neon_red": ("neon", 0.5),
    "neon_blue": ("neon", 0.5),
    "neon_pink": ("neon", 0.5),
    "strip_light": ("neon", 0.3),
    "strip_warm": ("lamps", 0.3),
    "screen": ("neon", 0.5),
    "lamp_light": ("lamps", 1.6),
    "far_lamp_light": ("lamps", 0.25),
    "signal_red": ("traffic", 0.1),
    "signal_amber": ("traffic", 0.1),
    "signal_green": ("traffic", 0.1),
    "head_on": ("headlights", 0.4),
    "tail_on": ("headlights", 0.1),
    "steam": ("lamps", 0.01),
}


@dataclass(frozen=True)
class Hour:
    """How much of each kind of light there is at a time of day: `night` 0 by day, 1 when lamps are lit."""

    night: float
    wet: float

    @classmethod
    def of(cls, plan: SetPlan) -> Hour:
        hour = hour_of(plan.time_of_day)
        night = 1.0 if is_night(plan.time_of_day) else 0.75 if hour > 17 or hour < 7.5 else 0.0
        rain = any(word in _RAINY for word in plan.weather)
        return cls(night, 1.0 if rain else 0.0)


def glow(color: RGB, by_day: float, by_night: float, hour: Hour) -> RGB:
    gain = by_day + (by_night - by_day) * hour.night
    return color[0] * gain, color[1] * gain, color[2] * gain


def urban_materials(folder: Path, plan: SetPlan, palette: Palette, cars: Palette, hour: Hour) -> dict[str, Material]:
    """Every material but the ground's, textures written under `folder`."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 51]))
    wear, seed = plan.wear, plan.seed
    first, second = rng.choice(len(_BRICKS), 2, replace=False).tolist()
    damp = 0.30 * hour.wet  # what rain takes off a wall's roughness, and, less, off its colour

    def textured(name: str, surface: textures.Surface, bump: float) -> Material:
        wetted = textures.Surface(surface.albedo * (1 - 0.7 * damp), surface.roughness * (1 - damp), surface.height)
        return textures.textured(folder, name, wetted, bump)

    lamp: RGB = (1.0, 0.63, 0.31)
    if plan.era == "future":
        lamp = (0.62, 0.86, 1.0)
    elif plan.era != "present":
        lamp = (1.0, 0.72, 0.42)
    power = 800.0 if plan.era in ("present", "future") else 230.0
    signs = textures.write_color(folder, "fascias", fascias(seed, plan.era))
    made = [
        textured("brick_a", brick(seed + 1, _BRICKS[first], 1024, wear), 0.012),
        textured("brick_b", brick(seed + 2, _BRICKS[second], 512, wear), 0.012),
        textured("stone", textures.stone_blocks(seed + 3, (0.33, 0.30, 0.25), 512, 6, 3, wear), 0.012),
        textured("stucco", textures.plaster(seed + 4, _stucco(rng), 512, wear), 0.004),
        textured("concrete", concrete(seed + 5, wear=wear), 0.008),
        textured("trim", textures.stone(seed + 6, (0.30, 0.275, 0.235), 256, wear), 0.004),
        Material("roof", base=(0.045, 0.044, 0.042), roughness=0.9),
        Material("frame", base=_frame(rng), roughness=0.4),
        Material("glass", base=(0.010, 0.012, 0.014), roughness=0.025, specular=0.8),
        Material("panel", base=(0.05, 0.055, 0.06), roughness=0.25, metallic=0.3),
        Material("shutter", base=_frame(rng), roughness=0.6),
        Material("shutter_metal", base=(0.19, 0.195, 0.20), roughness=0.45, metallic=0.6),
        Material("dark", base=(0.01, 0.01, 0.01), roughness=0.9),
        Material("iron", base=(0.018, 0.018, 0.019), roughness=0.42),
        Material("metal", base=(0.30, 0.305, 0.31), roughness=0.38, metallic=0.8),
        Material("brass", base=(0.55, 0.38, 0.16), roughness=0.28, metallic=1.0),
        Material("sign_box", base=(0.03, 0.03, 0.034), roughness=0.35, metallic=0.3),
        Material("bark", base=(0.085, 0.07, 0.055), roughness=0.85),
        Material("leaves", base=(0.045, 0.075, 0.022), roughness=0.55, specular=0.4),
        Material("car_glass", base=(0.006, 0.007, 0.008), roughness=0.02, specular=0.8, clearcoat=1.0),
        Material("car_dark", base=(0.012, 0.012, 0.012), roughness=0.5),
        Material("chrome", base=(0.72, 0.73, 0.75), roughness=0.12, metallic=1.0),
        Material("tyre", base=(0.014, 0.014, 0.014), roughness=0.7),
        Material("rim", base=(0.34, 0.345, 0.35), roughness=0.25, metallic=1.0),
        Material("head_off", base=(0.55, 0.56, 0.58), roughness=0.06, metallic=0.7, clearcoat=1.0),
        Material("tail_off", base=(0.16, 0.008, 0.006), roughness=0.1, clearcoat=1.0),
        Material("plate", base=(0.6, 0.6, 0.56), roughness=0.5),
        Material("lens_off", base=(0.02, 0.02, 0.02), roughness=0.2),
        Material("bag", base=(0.006, 0.006, 0.007), roughness=0.22, specular=0.6),
        Material("cable", base=(0.010, 0.010, 0.010), roughness=0.6),
        Material("signs_dark", base_texture=signs, roughness=0.5),
        Material(
            "signs",
            base_texture=signs,
            roughness=0.4,
            emission=glow((1, 1, 1), 0.12, 1.5, hour),
            emission_texture=signs,
        ),
        Material(
            "rooms",
            base=(0.01, 0.01, 0.01),
            roughness=0.6,
            emission=glow((1, 1, 1), 0.10, 2.2, hour),
            emission_texture=textures.write_color(folder, "rooms", atlas(seed)),
        ),
        Material("shop_light", base=(0, 0, 0), emission=glow((1.0, 0.74, 0.44), 5.0, 26.0, hour)),
        Material("ad_light", base=(0, 0, 0), emission=glow((0.85, 0.95, 1.0), 0.6, 3.2, hour)),
        Material("lamp_light", base=(0, 0, 0), emission=glow(lamp, 0.5, power, hour)),
        Material("far_lamp_light", base=(0, 0, 0), emission=glow(lamp, 0.5, power, hour)),
        Material("signal_red", base=(0, 0, 0), emission=glow((22.0, 0.7, 0.35), 0.35, 1.0, hour)),
        Material("signal_amber", base=(0, 0, 0), emission=glow((20.0, 8.0, 0.4), 0.35, 1.0, hour)),
        Material("signal_green", base=(0, 0, 0), emission=glow((0.5, 15.0, 8.0), 0.35, 1.0, hour)),
        Material("head_on", base=(0, 0, 0), emission=glow((1.0, 0.93, 0.80), 8.0, 70.0, hour)),
        Material("tail_on", base=(0, 0, 0), emission=glow((1.0, 0.035, 0.02), 2.0, 14.0, hour)),
        Material("strip_warm", base=(0, 0, 0), emission=glow((1.0, 0.62, 0.27), 2.0, 60.0, hour)),
        Material("strip_light", base=(0, 0, 0), emission=glow((0.15, 0.9, 1.0), 1.0, 9.0, hour)),
        *(
            Material(name, base=(0.02, 0.02, 0.02), emission=glow(color, 0.035, 0.9, hour))
            for name, color in NEON.items()
        ),
        palette.material(folder, "painted", 0.5 - 0.15 * hour.wet),
        cars.material(folder, "lacquer", 0.22, 1.0),
    ]
    by_name = {material.name: material for material in made}
    by_name["canvas"] = Material("canvas", base_texture=by_name["painted"].base_texture, roughness=0.85, sheen=0.3)
    return by_name


def _stucco(rng: np.random.Generator) -> RGB:
    tones: tuple[RGB, ...] = (
        (0.44, 0.36, 0.25),
        (0.40, 0.25, 0.17),
        (0.34, 0.35, 0.31),
        (0.46, 0.42, 0.36),
        (0.27, 0.30, 0.33),
    )
    return tones[int(rng.integers(len(tones)))]


def _frame(rng: np.random.Generator) -> RGB:
    tones: tuple[RGB, ...] = ((0.03, 0.032, 0.034), (0.26, 0.25, 0.23), (0.035, 0.055, 0.045), (0.10, 0.055, 0.035))
    return tones[int(rng.integers(len(tones)))]
