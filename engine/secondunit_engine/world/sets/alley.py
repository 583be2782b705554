"""An alley between the backs of old houses: fire escapes, pipes, bins, wet ground, one lamp over a door, steam.

The alley runs along Z, its middle at x = 0; it opens at both ends on lit streets. The hero stands under the lamp.
Light groups: `sky`, `sun` (by night the moon), `lamps`, `windows`, `shops` (the streets at the ends), `neon`.
The floor (seed modulo LAYOUTS) says where bins and pallets stand; the seed deals the walls, windows and signs.
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
from secondunit_engine.world.props.alley_clutter import crates, dumpster, meter_box, pallet, trash_bags, trash_can
from secondunit_engine.world.sets.city_air import add_city_air, add_daylight
from secondunit_engine.world.sets.city_rows import add_towers
from secondunit_engine.world.sets.city_signs import NEON, arrow, blade, words_of
from secondunit_engine.world.sets.facades import BASE, Facade, build_facade
from secondunit_engine.world.sets.shopfronts import build_ground_floor
from secondunit_engine.world.sets.urban_materials import GROUPS, TILES, Hour, urban_materials
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.street_textures import asphalt

LAYOUTS: Final = 3
HALF: Final = 2.6  # m from the middle to the walls
NEAR, FAR = 26.0, -34.0  # z of the alley's ends
_CAMERAS: Final = {
    "EWS": (4.0, 11.0, 1.15, (-0.5, 2.4)),
    "WS": (12.0, 4.9, 1.05, (-0.45, 1.5)),
    "FS": (11.0, 3.85, 1.15, (-0.28, 1.02)),
    "MFS": (14.0, 2.7, 1.40, (-0.22, 1.18)),
    "MS": (15.0, 2.12, 1.50, (-0.17, 1.38)),
    "MCU": (14.0, 1.66, 1.58, (-0.11, 1.50)),
    "CU": (12.0, 1.78, 1.60, (-0.06, 1.57)),
    "ECU": (10.0, 1.12, 1.60, (-0.01, 1.60)),
}


def build_alley(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    number = plan.seed % LAYOUTS
    hour = Hour.of(plan)
    rng = np.random.Generator(np.random.PCG64([plan.seed, 4]))
    fixed = np.random.Generator(np.random.PCG64([number, 5]))
    palette, cars, kit = Palette(), Palette(), Kit()
    stage = new_layer(folder / "set.usdc")
    _add_walls(kit, palette, plan.era, 0.55 if hour.night else 0.12, rng)
    _add_ends(kit, palette, plan.era, rng)
    _add_clutter(kit, palette, fixed)
    _add_lamps(kit, number)
    _add_neon(kit, plan.era, rng)
    _add_lines(kit, palette, rng)
    _add_ground(stage, folder, plan, hour.wet)
    materials = urban_materials(folder, plan, palette, cars, hour)
    kit.write(stage, set_path("Alley"), materials, TILES, GROUPS)
    add_towers(stage, folder, plan, hour, rng, clear=46.0)
    _add_steam(stage, folder, plan, fixed)
    _add_marks(stage, number)
    add_daylight(stage, plan, hour)
    add_city_air(stage, plan, hour, (0.0, 0.0))
    stage.GetRootLayer().Save()


def _add_walls(kit: Kit, palette: Palette, era: str, lit: float, rng: np.random.Generator) -> None:
    """Backs of houses on both sides: brick, few openings below, windows and fire escapes above."""
    for s in (-1, 1):
        z = NEAR
        while z > FAR + 0.5:
            width = min(float(rng.uniform(9.0, 14.0)), z - FAR)
            width = z - FAR if z - FAR - width < 5 else width
            wall = ("brick_a", "brick_b", "brick_a", "concrete")[int(rng.integers(4))]
            kind = "sash" if wall.startswith("brick") else "casement"
            floors = int(rng.integers(3, 6))
            spec = Facade(width, floors, wall, kind, float(rng.uniform(2.6, 3.3)), 3.1, (1.0, 1.6), 0.8, lit,
                          escape=bool(rng.random() < 0.75))  # fmt: skip
            own = build_facade(spec, rng)
            _back_ground_floor(own, palette, wall, width, rng)
            at, turn = ((-HALF, 0, z), 90.0) if s < 0 else ((HALF, 0, z - width), -90.0)
            kit.place(own, at, turn)
            z -= width


def _back_ground_floor(kit: Kit, palette: Palette, wall: str, width: float, rng: np.random.Generator) -> None:
    """A wall with a steel door in it and a barred window, pipes, vents and cables; posters in layers."""
    door = float(rng.uniform(1.5, width - 2.5))
    barred = (door + width / 2) % (width - 2.0) + 0.6
    if abs(barred - door) < 1.6:
        barred = door + 1.7 if door + 3.0 < width else door - 1.7
    openings = sorted([(door - 0.5, door + 0.5, 0.0, 2.15), (barred - 0.5, barred + 0.5, 1.5, 2.5)])
    x = 0.0
    for a, b, low, high in openings:
        kit.put(wall, bars([((x, 0, -0.36), (a, BASE, 0.0)), ((a, high, -0.36), (b, BASE, 0.0))]))
        if low:
            kit.put(wall, bars([((a, 0, -0.36), (b, low, 0.0))]))
        kit.put(
            "trim",
            bars(
                [
                    ((a - 0.12, high, -0.1), (b + 0.12, high + 0.2, 0.03)),
                    ((a - 0.05, low - 0.08, -0.3), (b + 0.05, low, 0.06)),
                ]
            ),
        )
        x = b
    kit.put(wall, bars([((x, 0, -0.36), (width, BASE, 0.0))]))
    leaf = [
        ((door - 0.5, 0, -0.26), (door + 0.5, 2.15, -0.20)),
        ((door - 0.42, 0.1, -0.20), (door + 0.42, 0.5, -0.185)),
    ]
    tones = ((0.06, 0.07, 0.065), (0.12, 0.03, 0.025), (0.03, 0.05, 0.07), (0.10, 0.09, 0.07))
    kit.put("painted", palette.paint(bars(leaf), tones[int(rng.integers(4))]))
    kit.put("metal", bars([((door + 0.36, 0.95, -0.20), (door + 0.43, 1.10, -0.13))]))
    kit.put("glass", bars([((barred - 0.5, 1.5, -0.26), (barred + 0.5, 2.5, -0.24))]))
    kit.put(
        "iron",
        bars(
            [
                ((at - 0.012, 1.45, -0.03), (at + 0.012, 2.55, -0.006))
                for at in np.linspace(barred - 0.45, barred + 0.45, 8).tolist()
            ]
        ),
    )
    for _ in range(int(rng.integers(2, 5))):  # pipes up the wall with a bend at their foot
        at, radius, out = (
            float(rng.uniform(0.4, width - 0.4)),
            float(rng.uniform(0.025, 0.07)),
            float(rng.uniform(0.09, 0.16)),
        )
        if min(abs(at - door), abs(at - barred)) < 0.75:
            continue
        top = float(rng.uniform(3.0, 9.0))
        kit.put(
            "metal" if rng.random() < 0.3 else "iron",
            shapes.tube(
                [(at, 0.02, out), (at, 0.3, out), (at, top / 2, out), (at, top, out), (at, top + 0.06, 0.0)], radius, 8
            ),
        )
        kit.put(
            "iron",
            bars(
                [
                    ((at - radius - 0.03, y, 0), (at + radius + 0.03, y + 0.04, out))
                    for y in np.arange(0.7, top, 1.6).tolist()
                ]
            ),
        )
    y = float(rng.uniform(2.75, 3.3))
    kit.put("iron", shapes.tube([(0.05, y, 0.08), (width / 2, y, 0.08), (width - 0.05, y, 0.08)], 0.045, 8))
    vent = float(rng.uniform(1.0, width - 1.0))
    kit.put(
        "metal",
        bars([((vent - 0.3, 3.45, 0), (vent + 0.3, 3.95, 0.3))]),
        bars([((vent - 0.26, 3.5 + k * 0.07, 0.3), (vent + 0.26, 3.53 + k * 0.07, 0.33)) for k in range(6)]),
    )
    paper = ((0.34, 0.32, 0.27), (0.20, 0.09, 0.07), (0.12, 0.15, 0.17), (0.30, 0.27, 0.17))
    for k in range(int(rng.integers(2, 7))):
        at, low = float(rng.uniform(0.4, width - 1.0)), float(rng.uniform(0.9, 1.5))
        if min(abs(at + 0.25 - door), abs(at + 0.25 - barred)) > 1.0:
            kit.put(
                "painted",
                palette.paint(
                    bars([((at, low, 0.0), (at + 0.5, low + 0.7, 0.003 + 0.001 * k))]), paper[int(rng.integers(4))]
                ),
            )


def _add_ends(kit: Kit, palette: Palette, era: str, rng: np.random.Generator) -> None:
    """The streets at both ends: lit fronts across the way, seen through the slot."""
    for z, turn, s in ((FAR - 14.0, 0.0, -1), (NEAR + 14.0, 180.0, 1)):
        for x in (-36.0, -20.0, -6.0, 8.0, 24.0):
            spec = Facade(
                14.0, int(rng.integers(4, 7)), "stone" if rng.random() < 0.4 else "brick_b", "sash", lit=0.5, detail=1
            )
            own = build_facade(spec, rng)
            build_ground_floor(own, palette, spec.wall, 14.0, rng, open_share=1.0, detail=1 if abs(x) < 12 else 0)
            kit.place(own, (x if s < 0 else x + 14.0, 0, z), turn)
        color = list(NEON)[int(rng.integers(3))]
        kit.place(blade(str(rng.choice(words_of(era))), 4.4, color), (0.6 * s, 4.4, z), turn)
    kit.put(
        "shop_light",
        bars(
            [
                ((x - 0.4, 7.0, z - 0.15), (x + 0.4, 7.03, z + 0.15))
                for x in (-9.0, 3.0)
                for z in (FAR - 7.0, NEAR + 7.0)
            ]
        ),
    )


def _add_clutter(kit: Kit, palette: Palette, fixed: np.random.Generator) -> None:
    """Dumpsters, bins, bags, crates and pallets along the walls; the middle stays free to walk."""
    things = (
        dumpster(palette),
        trash_can(palette),
        trash_bags(fixed),
        crates(palette, fixed),
        pallet(palette),
        meter_box(),
    )
    wide = (2.1, 0.8, 1.3, 1.1, 1.4, 0.9)
    for s in (-1, 1):
        z = NEAR - 3.0
        while z > FAR + 3.0:
            kind = int(fixed.choice(6, p=(0.20, 0.2, 0.22, 0.14, 0.10, 0.14)))
            z -= wide[kind] / 2
            if not (-1.8 < z < 8.0 and (s > 0 or z > 0.5)) or kind == 5:  # free about the hero and the cameras
                depth = {0: 0.72, 1: 0.42, 2: 0.55, 3: 0.5, 4: 0.12, 5: 0.02}[kind]
                kit.place(things[kind], (s * (HALF - depth), 0, z), -90.0 * s)
            z -= wide[kind] / 2 + float(fixed.uniform(0.2, 3.4))


def _add_lamps(kit: Kit, number: int) -> None:
    """Caged lamps over doors, the hero's first."""
    for s, z in (((1, -1, 1)[number], -2.2), (-1, -17.0), (-1, 5.5), (1, 13.5)):
        own = Kit()
        own.put("iron", shapes.tube([(0, 3.5, 0), (0, 3.62, 0.3), (0, 3.55, 0.62)], 0.025, 7))
        own.put(
            "metal",
            shapes.move(shapes.lathe([(0.24, 0.0), (0.20, 0.10), (0.06, 0.2), (0.0, 0.22)], 20), (0, 3.36, 0.62)),
        )
        own.put("lamp_light", shapes.move(shapes.sphere(0.12, 14), (0, 3.33, 0.62)))
        kit.place(own, (s * HALF, 0, z), -90.0 * s)


def _add_neon(kit: Kit, era: str, rng: np.random.Generator) -> None:
    """Signs of back doors that lead somewhere: two blades over the alley and an arrow by one of them."""
    colors = rng.permutation(list(NEON)).tolist()
    for number, (s, z) in enumerate(((-1, -6.8), (1, -12.5))):
        word = str(rng.choice(words_of(era)))
        turn = 90.0 if s < 0 else -90.0
        kit.place(blade(word, 0.62 * (len(word) + 0.6), colors[number]), (s * HALF, 3.1, z), turn)
    kit.place(arrow(colors[0]), (-HALF, 3.35, -4.4), 90.0)


def _add_lines(kit: Kit, palette: Palette, rng: np.random.Generator) -> None:
    """Cables and washing lines from wall to wall."""
    t = np.linspace(0, 1, 14)
    for k in range(11):
        z, y, sag = float(rng.uniform(FAR + 2, NEAR - 2)), float(rng.uniform(5.0, 11.0)), float(rng.uniform(0.1, 0.5))
        end = z + float(rng.uniform(-3, 3))
        path = np.column_stack([HALF * (2 * t - 1), y - 4 * sag * t * (1 - t), z + (end - z) * t])
        kit.put("cable", shapes.tube(path, 0.010, 5))
        if k % 3 == 0:
            for at in (3, 5, 7, 9):
                x, low, depth = path[at]
                w, h = float(rng.uniform(0.25, 0.55)), float(rng.uniform(0.5, 1.0))
                wave = np.linspace(0, 1, 8)
                net = np.stack(
                    [
                        np.column_stack([x - w / 2 + w * wave, 0 * wave + v, depth + 0.05 * np.sin(7 * wave + k)])
                        for v in (low - h, low)
                    ]
                )
                kit.put(
                    "canvas",
                    palette.paint(shapes.grid(net), ((0.5, 0.48, 0.44), (0.2, 0.25, 0.35), (0.4, 0.12, 0.1))[at % 3]),
                )


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, wet: float) -> None:
    """Old asphalt, damp in any weather, that falls to a channel along its middle; the streets beyond the ends."""
    damp = max(wet, 0.45)
    ground = textures.textured(
        folder, "asphalt", asphalt(plan.seed + 31, damp, min(1.0, plan.wear + 0.3), "none"), 0.012
    )
    x = np.array([-44.0, -HALF, 0.0, HALF, 44.0])
    z = np.array([NEAR + 15.0, 0.0, FAR - 15.0])
    points = np.stack(np.broadcast_arrays(x[None], np.zeros((1, 5)), z[:, None]), axis=-1)
    uvs = np.stack(np.broadcast_arrays(x[None] / 8.8 + 0.52, z[:, None] / 17.6), axis=-1)
    add_mesh(stage, set_path("Ground"), shapes.grid(points, uvs=uvs), ground)


def _add_steam(stage: Usd.Stage, folder: Path, plan: SetPlan, fixed: np.random.Generator) -> None:
    """Steam from grates: faint veils that only add light, wider as they rise."""
    size = 256
    v, u = np.mgrid[0:size, 0:size] / size
    cloud = textures.unit(textures.noise(plan.seed + 71, size, 2.4), 1.2)
    shape = np.exp(-(((u - 0.5) / (0.10 + 0.20 * (1 - v))) ** 2)) * np.clip(v * 6, 0, 1) * (1 - v) ** 0.2
    veil = (cloud * shape * np.clip((v - 0.02) * 3, 0, 1))[..., None] * np.ones(3)
    picture = textures.write_color(folder, "steam", veil.astype(np.float32))
    steam = Material("steam", base=(0, 0, 0), opacity=0.0, emission=(0.060, 0.052, 0.046), emission_texture=picture)
    parts = []
    for z in (-8.5, -19.0, float(fixed.uniform(-5.0, -4.0))):
        x = float(fixed.uniform(-1.6, 1.6))
        for k in range(3):
            d, w, h = 0.25 * k - 0.25, 1.9 + 0.3 * k, 3.6 + 0.5 * k
            parts.append(
                shapes.quad((x - w / 2, 0, z + d), (x + w / 2, 0, z + d), (x + w / 2, h, z + d), (x - w / 2, h, z + d))
            )
    add_mesh(stage, set_path("Steam"), shapes.merge(parts), steam, light_group="lamps", sampling_weight=0.01)


def _add_marks(stage: Usd.Stage, number: int = 0) -> None:
    s = (1.0, -1.0, 1.0)[number]
    x, z = 0.35 * s, 0.0
    add_mark(stage, "hero", facing((x, 0, z), (-0.12 * s, 0, 1)))
    add_mark(stage, "hero_2", facing((x + 0.85 * s, 0, z - 0.25), (-0.5 * s, 0, 1)))
    add_mark(stage, "hero_3", facing((x - 0.85 * s, 0, z - 0.70), (0.35 * s, 0, 1)))
    for size, (angle, distance, height, (dx, dy)) in _CAMERAS.items():
        way = np.radians(-angle * s)
        eye = (x + distance * float(np.sin(way)), height, z + distance * float(np.cos(way)))
        add_mark(stage, camera_mark(size), look_at(eye, (x + dx * s, dy, z)))
