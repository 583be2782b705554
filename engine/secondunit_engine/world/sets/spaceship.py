"""Inside a spaceship: its bridge with a window on a planet, or a corridor to a hatch, by the seed.

The hero stands at the origin and faces +Z; behind is the window, or the hatch. Light groups: `practicals` (strips and
lamps), `floor` (the light along and under the deck), `screens` (displays, keys, holograms), `space` (stars and the
planet) and `star` (the sun, through the windows). By the seed the ship is a liner, white and warm; a freighter, worn
and amber; or a cruiser, dark and blue.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd, UsdLux

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world import textures
from secondunit_engine.world.air import Fog, Glow, Motes, add_air
from secondunit_engine.world.author import RGB, add_light, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, screens
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.greebles import Face
from secondunit_engine.world.interiors.space_view import add_space
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.sets.spaceship_bridge import build_bridge
from secondunit_engine.world.sets.spaceship_corridor import build_corridor
from secondunit_engine.world.sets.spaceship_light import Shining
from secondunit_engine.world.stage import camera_mark

BRIDGE, CORRIDOR = 0, 1
_CAMERAS: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "EWS": ((1.35, 1.75, 4.9), (-0.25, 1.45, -4.0)),
        "WS": ((0.75, 1.42, 4.2), (-0.10, 1.40, -4.0)),
        "FS": ((0.60, 1.22, 3.6), (0.0, 1.02, 0.0)),
        "MFS": ((0.50, 1.38, 2.7), (0.0, 1.16, 0.0)),
        "MS": ((0.42, 1.50, 2.0), (0.0, 1.38, 0.0)),
        "MCU": ((0.34, 1.55, 1.45), (0.02, 1.50, 0.0)),
        "CU": ((0.28, 1.57, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((0.24, 1.57, 1.20), (0.01, 1.54, 0.05)),
    },
    {
        "EWS": ((-0.35, 1.66, 6.3), (0.05, 1.25, -4.0)),
        "WS": ((-0.40, 1.40, 4.3), (0.06, 1.28, -3.0)),
        "FS": ((-0.42, 1.22, 3.6), (0.0, 1.02, 0.0)),
        "MFS": ((-0.38, 1.38, 2.7), (0.0, 1.16, 0.0)),
        "MS": ((-0.34, 1.50, 2.0), (0.0, 1.36, 0.0)),
        "MCU": ((-0.30, 1.55, 1.45), (0.02, 1.49, 0.0)),
        "CU": ((-0.26, 1.57, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((-0.22, 1.57, 1.20), (0.01, 1.54, 0.05)),
    },
)
_PEOPLE: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "hero": ((0, 0, 0), (0.1, 0, 1)),
        "hero_2": ((-0.95, 0, 0.30), (0.4, 0, 1)),
        "hero_3": ((0.95, 0, -0.35), (-0.3, 0, 1)),
    },
    {
        "hero": ((0, 0, 0), (-0.1, 0, 1)),
        "hero_2": ((0.60, 0, 0.40), (-0.4, 0, 1)),
        "hero_3": ((-0.50, 0, -0.75), (0.3, 0, 1)),
    },
)


_TO_STAR: Final[tuple[RGB, RGB]] = ((-0.62, 0.17, -0.75), (0.75, 0.32, -0.50))


@dataclass(frozen=True)
class _Ship:
    """Paint and light of a ship, linear Rec.709: hull, second tone, dark parts, an accent, seats; the tints of its
    strips and of the light along its floor, its signals, and how bright its lamps are."""

    hull: RGB
    second: RGB
    dark: RGB
    accent: RGB
    seat: RGB
    strip: RGB
    floor: RGB
    signal: RGB
    level: float
    wear: float


_SHIPS: Final = (
    _Ship((0.52, 0.52, 0.50), (0.36, 0.36, 0.35), (0.055, 0.056, 0.060), (0.46, 0.13, 0.02), (0.30, 0.10, 0.035),
          (1.0, 0.92, 0.80), (0.35, 0.80, 1.0), (9.0, 3.6, 0.5), 0.9, 0.0),
    _Ship((0.20, 0.205, 0.18), (0.125, 0.125, 0.11), (0.032, 0.032, 0.030), (0.44, 0.27, 0.02), (0.07, 0.045, 0.03),
          (1.0, 0.80, 0.52), (1.0, 0.52, 0.16), (10.0, 0.8, 0.3), 1.3, 0.5),
    _Ship((0.135, 0.150, 0.175), (0.080, 0.092, 0.110), (0.020, 0.022, 0.027), (0.32, 0.035, 0.03), (0.03, 0.035, 0.05),
          (0.72, 0.88, 1.0), (0.16, 0.48, 1.0), (0.8, 6.0, 8.5), 1.9, 0.2),
)  # fmt: skip


def build_spaceship(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 71]))
    layout, ship = layout_of(plan), _SHIPS[plan.seed // 2 % len(_SHIPS)]
    stage = new_layer(folder / "set.usdc")
    dressing, shining = Dressing(stage), Shining()
    _define(dressing, folder, plan, ship)
    (build_bridge if layout == BRIDGE else build_corridor)(dressing, shining, rng)
    file = screens.write_screens(folder, plan.seed, "ship")
    strip = scaled(ship.strip, ship.level)
    over = 15.0 if layout == BRIDGE else 24.0
    shining.write(dressing, scaled(strip, over), scaled(strip, 16.0), scaled(ship.floor, 26.0), ship.signal, file)
    if layout == BRIDGE:
        outside, width = Face((0.0, 2.5, -34.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)), 64.0
    else:
        outside, width = Face((28.0, 1.5, -60.0), (0.906, 0.0, 0.423), (0.0, 1.0, 0.0)), 120.0
    add_space(dressing, folder, plan.seed, outside, width)
    dressing.write()
    _add_sun(stage, layout)
    _add_air(stage, ship)
    for name, (place, towards) in _PEOPLE[layout].items():
        add_mark(stage, name, facing(place, towards))
    for size, (eye, target) in _CAMERAS[layout].items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, ship: _Ship) -> None:
    s, wear = plan.seed % 100_000 * 41, min(1.0, plan.wear * 0.7 + ship.wear)
    for number, (name, base) in enumerate(
        (("hull", ship.hull), ("hull_second", ship.second), ("deck", scaled(ship.second, 0.34)))
    ):
        paint = finishes.paint(s + 10 * number, base, wear=wear, size=512)
        rubbed = textures.scratches(s + 10 * number + 5, int(220 * wear) + 10, 512, 0.08)
        albedo = np.clip(paint.albedo * (1 + 0.9 * wear * rubbed[..., None]), 0.004, 0.8).astype(np.float32)
        rough = np.clip(paint.roughness - 0.22 - 0.1 * rubbed, 0.12, 0.9).astype(np.float32)
        surface = textures.Surface(albedo, rough, paint.height)
        dressing.define(textures.textured(folder, name, surface, 0.0004, clearcoat=0.25, metallic=0.25), 1.3)
    plain: dict[str, tuple[RGB, float]] = {
        "hull_dark": (ship.dark, 0.45),
        "accent": (ship.accent, 0.4),
        "black": ((0.010, 0.010, 0.011), 0.28),
        "pipe": (scaled(ship.second, 0.6), 0.35),
        "seat": (ship.seat, 0.5),
    }
    for name, (base, roughness) in plain.items():
        dressing.plain(name, base, roughness)
    dressing.plain("steel", (0.46, 0.46, 0.47), 0.30, metallic=1.0)
    dressing.plain("grate", (0.34, 0.34, 0.35), 0.36, metallic=0.5)


def _add_sun(stage: Usd.Stage, layout: int) -> None:
    """The star, hard and white, low enough to reach people through the windows."""
    way = np.array(_TO_STAR[layout])
    sun = UsdLux.DistantLight.Define(stage, f"{names.LIGHTS}/Sun")
    sun.AddTransformOp().Set(look_at(way, (0.0, 0.0, 0.0)))
    add_light(stage, sun, color=(1.0, 0.95, 0.88), intensity=62.0, group="star", sampling_weight=3.0)


def _add_air(stage: Usd.Stage, ship: _Ship) -> None:
    """A little haze, which the strips glow in, and dust."""
    add_air(stage, "Fog", Fog(0.006, scaled(ship.strip, 0.02)))
    add_air(stage, "Glow", Glow("practicals", 0.00015))
    add_air(
        stage, "Motes", Motes((-1.5, 0.2, -6.0), (1.5, 2.4, 5.0), scaled(ship.strip, 0.4), 80, size=0.0016, drift=0.02)
    )
