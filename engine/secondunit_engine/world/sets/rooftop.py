"""A flat roof over the city: parapet, stair house with a lamp over its door, vents, water tank, antennae, a big sign.

The roof is at y = 0, the streets lie GROUND metres below. The hero stands near the parapet; the cameras look over it
at the towers of downtown, along -Z. Light groups: `sky`, `sun` (by night the moon), `lamps`, `neon` (the sign on the
roof), `windows` (the city's), `beacons`. The seed deals the city, the sign and what stands about; the floor (seed
modulo LAYOUTS) where the stair house and the tank are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.kit import Kit, Palette, bars, set_path
from secondunit_engine.world.sets.city_air import add_city_air, add_daylight
from secondunit_engine.world.sets.city_signs import NEON, neon_line, words_of
from secondunit_engine.world.sets.skyline import add_skyline, water_tank
from secondunit_engine.world.sets.urban_materials import GROUPS, TILES, Hour, urban_materials
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.street_textures import roofing

LAYOUTS: Final = 3
GROUND: Final = -34.0
WEST, EAST, NORTH, SOUTH = -11.0, 11.0, -5.2, 17.0  # the parapets' inner faces; the cameras look north, along -Z
_CAMERAS: Final = {
    "EWS": (-12.0, 10.6, 1.55, (-0.8, 2.7)),
    "WS": (-15.0, 4.9, 1.20, (-0.7, 1.75)),
    "FS": (-14.0, 3.85, 1.25, (-0.35, 1.08)),
    "MFS": (-16.0, 2.7, 1.42, (-0.28, 1.22)),
    "MS": (-17.0, 2.12, 1.50, (-0.20, 1.40)),
    "MCU": (-16.0, 1.66, 1.57, (-0.13, 1.51)),
    "CU": (-14.0, 1.78, 1.58, (-0.07, 1.58)),
    "ECU": (-12.0, 1.12, 1.60, (-0.01, 1.60)),
}


def build_rooftop(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    number = plan.seed % LAYOUTS
    hour = Hour.of(plan)
    rng = np.random.Generator(np.random.PCG64([plan.seed, 6]))
    fixed = np.random.Generator(np.random.PCG64([number, 7]))
    palette, kit = Palette(), Kit()
    side = (-1.0, 1.0, -1.0)[number]
    stage = new_layer(folder / "set.usdc")
    _add_house(kit)
    _add_stairs(kit, palette, side)
    kit.place(water_tank(), (side * 6.6, 0, -1.6))
    _add_vents(kit, palette, fixed, side)
    _add_antennae(kit, fixed, side)
    _add_sign(kit, plan, side, rng)
    _add_string(kit, side)
    surface = roofing(plan.seed + 35, hour.wet, plan.wear)
    deck = textures.textured(folder, "roofing", surface, 0.008)
    flat = shapes.quad((WEST, 0, SOUTH), (EAST, 0, SOUTH), (EAST, 0, NORTH), (WEST, 0, NORTH))
    add_mesh(stage, set_path("Deck"), shapes.box_uv(flat, 5.0), deck)
    materials = urban_materials(folder, plan, palette, Palette(), hour)
    materials["wood"] = Material("tank_wood", base=(0.10, 0.07, 0.048), roughness=0.8)
    kit.write(stage, set_path("Roof"), materials, TILES, GROUPS)
    add_skyline(stage, folder, plan, hour, GROUND, 30.0)
    _add_marks(stage, number)
    add_daylight(stage, plan, hour)
    add_city_air(stage, plan, hour, (0.0, 0.0), far=True)
    stage.GetRootLayer().Save()


def _add_house(kit: Kit) -> None:
    """The house under the roof, and its parapets with their coping."""
    t = 0.35
    rims = [
        ((WEST - t, -0.4, NORTH - t), (EAST + t, 0.95, NORTH)),
        ((WEST - t, -0.4, SOUTH), (EAST + t, 1.05, SOUTH + t)),
        ((WEST - t, -0.4, NORTH), (WEST, 0.95, SOUTH)),
        ((EAST, -0.4, NORTH), (EAST + t, 0.95, SOUTH)),
    ]
    kit.put("brick_a", bars(rims))
    e = 0.06
    coping = [((a - e, c, b - e), (p + e, c + 0.09, q + e)) for (a, _, b), (p, c, q) in rims]
    kit.put("trim", bars(coping))
    kit.put("brick_b", bars([((WEST - t, GROUND, NORTH - t), (EAST + t, -0.4, SOUTH + t))]))
    flashing = [
        ((WEST, 0, NORTH), (EAST, 0.22, NORTH + 0.02)),
        ((WEST, 0, SOUTH - 0.02), (EAST, 0.22, SOUTH)),
        ((WEST, 0, NORTH), (WEST + 0.02, 0.22, SOUTH)),
        ((EAST - 0.02, 0, NORTH), (EAST, 0.22, SOUTH)),
    ]
    kit.put("metal", bars(flashing))


def _add_stairs(kit: Kit, palette: Palette, side: float) -> None:
    """The stair house with its door and the lamp over it, across the roof from the tank, and a ladder up it."""
    own = Kit()
    own.put(
        "brick_b",
        bars(
            [
                ((-1.6, 0, -4.2), (-0.55, 2.7, 0)),
                ((0.55, 0, -4.2), (1.6, 2.7, 0)),
                ((-0.55, 2.15, -4.2), (0.55, 2.7, 0)),
                ((-0.55, 0, -4.2), (0.55, 2.15, -0.2)),
            ]
        ),
    )
    own.put("trim", bars([((-1.75, 2.7, -4.35), (1.75, 2.82, 0.35)), ((-0.7, 0, -0.1), (0.7, 0.12, 0.3))]))
    own.put("painted", palette.paint(bars([((-0.55, 0.0, -0.2), (0.55, 2.15, -0.13))]), (0.10, 0.035, 0.025)))
    own.put("metal", bars([((0.38, 1.0, -0.13), (0.46, 1.15, -0.06))]))
    own.put("iron", shapes.tube([(0, 2.45, 0), (0, 2.55, 0.2), (0, 2.5, 0.38)], 0.02, 6))
    own.put("metal", shapes.move(shapes.lathe([(0.19, 0.0), (0.15, 0.09), (0.0, 0.16)], 18), (0, 2.36, 0.38)))
    own.put("lamp_light", shapes.move(shapes.sphere(0.12, 12), (0, 2.33, 0.38)))
    own.put("iron", bars([((1.6, y, -2.3), (1.68, y + 0.03, -1.9)) for y in np.arange(0.3, 2.8, 0.3).tolist()]))
    kit.place(own, (-side * 7.4, 0, 0.6), 35.0 * side)


def _add_vents(kit: Kit, palette: Palette, fixed: np.random.Generator, side: float) -> None:
    """Air handlers with their fans and ducts, mushroom vents, pipes on sleepers, skylights, a pair of chairs."""
    for x, z, w, d, h in (
        (side * 7.6, 6.5, 1.3, 0.9, 1.35),
        (-side * 7.8, 8.5, 1.6, 1.0, 1.5),
        (side * 3.9, 11.5, 1.1, 0.9, 1.2),
    ):
        kit.put("metal", bars([((x - w, 0.15, z - d), (x + w, h, z + d))]))
        kit.put(
            "iron",
            bars(
                [
                    ((x - w * 0.85, 0.3 + k * 0.11, z - d - 0.02), (x + w * 0.85, 0.35 + k * 0.11, z + d + 0.02))
                    for k in range(int((h - 0.5) / 0.11))
                ]
            ),
        )
        kit.put(
            "iron", bars([((x + p * w * 0.8 - 0.08, 0, z - d), (x + p * w * 0.8 + 0.08, 0.15, z + d)) for p in (-1, 1)])
        )
        for p in (-0.5, 0.5):
            fan = shapes.lathe([(0.46, 0.0), (0.46, 0.16), (0.40, 0.16), (0.38, 0.04), (0.0, 0.03)], 24)
            kit.put("iron", shapes.move(fan, (x + p * w, h, z)))
        turn = float(fixed.uniform(1.5, 4.0))
        kit.put(
            "metal",
            bars(
                [
                    ((x - 0.3, 0.4, z + d), (x + 0.3, 0.9, z + d + turn)),
                    ((x - 0.3, 0.0, z + d + turn - 0.6), (x + 0.3, 0.9, z + d + turn)),
                ]
            ),
        )
    for _ in range(9):
        x, z = float(fixed.uniform(WEST + 0.8, EAST - 0.8)), float(fixed.uniform(NORTH + 0.5, SOUTH - 1.0))
        if abs(x) < 3.6 and z < 13.0:
            continue
        r, h = float(fixed.uniform(0.08, 0.2)), float(fixed.uniform(0.5, 1.1))
        kit.put(
            "metal",
            shapes.move(
                shapes.lathe(
                    [
                        (0, 0),
                        (r * 1.6, 0),
                        (r * 1.5, 0.06),
                        (r, 0.08),
                        (r, h),
                        (r * 2, h + 0.02),
                        (r * 1.9, h + 0.1),
                        (0, h + 0.22),
                    ],
                    16,
                ),
                (x, 0, z),
            ),
        )
    for z in (3.6, 4.0):
        kit.put("iron", shapes.tube([(side * 4.2, 0.14, z), (side * 7.0, 0.14, z), (side * 10.9, 0.14, z)], 0.05, 8))
    kit.put(
        "painted",
        palette.paint(
            bars([((side * x - 0.15, 0, 3.4), (side * x + 0.15, 0.09, 4.2)) for x in (4.6, 6.4, 8.2, 10.0)]),
            (0.14, 0.10, 0.07),
        ),
    )
    for z in (2.3, 3.4):
        x = -side * 4.6
        seat = [
            ((x - 0.25, 0.40, z - 0.25), (x + 0.25, 0.44, z + 0.25)),
            ((x - 0.27, 0.44, z - 0.25), (x - 0.23, 0.85, z + 0.25)),
        ]
        seat += [
            ((x + p * 0.22 - 0.02, 0, z + q * 0.22 - 0.02), (x + p * 0.22 + 0.02, 0.42, z + q * 0.22 + 0.02))
            for p in (-1, 1)
            for q in (-1, 1)
        ]
        kit.put("painted", palette.paint(bars(seat), (0.22, 0.23, 0.22)))


def _add_antennae(kit: Kit, fixed: np.random.Generator, side: float) -> None:
    """Television aerials, a dish and a mast with guys."""
    for x, z in ((side * 9.6, -4.3), (-side * 9.9, -3.6), (-side * 4.4, -4.7), (side * 9.9, 12.0)):
        h = float(fixed.uniform(2.6, 4.4))
        kit.put("metal", shapes.tube([(x, 0, z), (x, h / 2, z), (x, h, z)], 0.022, 6))
        kit.put("metal", shapes.tube([(x - 0.7, h - 0.15, z), (x, h - 0.15, z), (x + 0.7, h - 0.15, z)], 0.012, 5))
        for k in range(7):
            dx, half = -0.6 + 0.2 * k, 0.45 - 0.03 * k
            kit.put(
                "metal",
                shapes.tube(
                    [(x + dx, h - 0.13, z - half), (x + dx, h - 0.13, z), (x + dx, h - 0.13, z + half)], 0.007, 4
                ),
            )
        for p, q in ((1.2, 0.6), (-1.2, 0.6)):
            end = (float(np.clip(x + p, WEST, EAST)), 0.0, z + q)
            kit.put("cable", shapes.tube([(x, h * 0.8, z), ((x + end[0]) / 2, h * 0.4, z + q / 2), end], 0.005, 4))
    dish = shapes.lathe([(0.0, 0.0), (0.2, 0.03), (0.35, 0.10), (0.45, 0.18)][::-1], 24)
    kit.put("metal", shapes.move(shapes.stand_up(dish), (-side * 9.0, 1.25, -4.6), 30.0))
    kit.put("iron", shapes.move(shapes.cylinder(0.03, 0, 1.2, 8), (-side * 9.0, 0, -4.7)))


def _add_sign(kit: Kit, plan: SetPlan, side: float, rng: np.random.Generator) -> None:
    """A word of neon a metre high on a steel frame before the parapet, toward the cameras."""
    own, word = Kit(), str(rng.choice([w for w in words_of(plan.era) if len(w) <= 5]))
    own.place(neon_line(word, 1.05, list(NEON)[int(rng.integers(3))]), (0, 2.35, 0.1))
    wide = 0.46 * len(word)
    posts = [((x - 0.04, 0, -0.1), (x + 0.04, 3.7, 0.0)) for x in np.linspace(-wide, wide, 4).tolist()]
    posts += [((-wide, y - 0.03, -0.08), (wide, y + 0.03, 0.0)) for y in (2.2, 2.9, 3.6)]
    own.put("iron", bars(posts))
    for x in np.linspace(-wide, wide, 4).tolist():
        own.put("iron", shapes.tube([(x, 3.2, -0.1), (x, 1.6, -0.45), (x, 0.0, -0.8)], 0.03, 6))
    kit.place(own, (side * 2.3, 0, -4.1), side * 6.0)


def _add_string(kit: Kit, side: float) -> None:
    """A string of bulbs from the stair house to a pole at the parapet."""
    t = np.linspace(0, 1, 15)
    start, end = np.array([-side * 6.2, 2.8, 1.2]), np.array([side * 3.6, 2.9, -4.9])
    path = start + (end - start) * t[:, None]
    path[:, 1] -= 2.4 * t * (1 - t)
    kit.put("cable", shapes.tube(path, 0.006, 4))
    kit.put("iron", shapes.tube([(end[0], 0, end[2]), (end[0], 1.5, end[2]), tuple(end)], 0.03, 6))
    for point in path[1:-1]:
        kit.put("strip_warm", shapes.move(shapes.sphere(0.045, 8), point - np.array([0, 0.05, 0])))


def _add_marks(stage: Usd.Stage, number: int = 0) -> None:
    s = (1.0, -1.0, 1.0)[number]
    x, z = 1.3 * s, -1.2
    add_mark(stage, "hero", facing((x, 0, z), (-0.25 * s, 0, 1)))
    add_mark(stage, "hero_2", facing((x + 0.85 * s, 0, z - 0.25), (-0.5 * s, 0, 1)))
    add_mark(stage, "hero_3", facing((x - 0.85 * s, 0, z - 0.70), (0.35 * s, 0, 1)))
    for size, (angle, distance, height, (dx, dy)) in _CAMERAS.items():
        way = np.radians(angle * s)
        eye = (x + distance * float(np.sin(way)), height, z + distance * float(np.cos(way)))
        add_mark(stage, camera_mark(size), look_at(eye, (x + dx * s, dy, z)))
