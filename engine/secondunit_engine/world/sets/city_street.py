"""A street in a town: shops and storeys over them, lamps, signals, parked cars, wet asphalt, side streets.

The street runs along Z; the hero's pavement is on the right of the cameras, which look down the street along -Z.
Light groups: `sky`, `sun` (by night the moon), `lamps`, `windows`, `shops`, `neon`, `traffic`, `headlights`.
The seed's floor (seed modulo LAYOUTS) says where junctions, cars and furniture stand; the seed deals the houses,
shops, signs and colours. Eras before the present build brick and stone and hang neon; the future builds high.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes
from secondunit_engine.world.author import add_mark, facing, look_at, new_layer
from secondunit_engine.world.kit import Kit, Palette, set_path
from secondunit_engine.world.props.car import add_car
from secondunit_engine.world.props.parked_car import COLORS, parked_car
from secondunit_engine.world.props.street_furniture import (
    bench,
    bollard,
    bus_shelter,
    hydrant,
    litter_bin,
    mail_box,
    manhole,
    parking_meter,
    sign_post,
    street_lamp,
    street_tree,
    traffic_light,
)
from secondunit_engine.world.sets.city_air import add_city_air, add_daylight
from secondunit_engine.world.sets.city_rows import add_rows, add_signs, add_towers, screen_material
from secondunit_engine.world.sets.street_ground import FRONT, HALF, add_ground, camber
from secondunit_engine.world.sets.urban_materials import GROUPS, TILES, Hour, urban_materials
from secondunit_engine.world.stage import camera_mark

LAYOUTS: Final = 3
REACH: Final = 260.0  # m the street goes on to both sides
SIDE: Final = 95.0  # m the side streets go out


@dataclass(frozen=True)
class Layout:
    """What a floor is decided by. `hero` is where the hero stands (x, z); `junctions` are z of the side streets."""

    hero: tuple[float, float]
    heading: float
    junctions: tuple[float, ...]
    gap: tuple[float, float]  # z of the kerb by the hero where nobody parks


_LAYOUTS: Final = (
    Layout((5.5, 0.0), -14.0, (-31.0, 38.0, -118.0, 122.0), (-4.5, 15.0)),
    Layout((1.1, 0.0), -6.0, (-9.0, 66.0, -96.0), (-30.0, 16.0)),
    Layout((-5.6, 0.0), 16.0, (-46.0, 31.0, -131.0), (-4.5, 14.0)),
)
# Camera by size: angle off the hero's front [degrees], distance, height, and where it looks from the hero (x, y).
_CAMERAS: Final = {
    "EWS": (-13.0, 10.8, 1.25, (-0.9, 2.55)),
    "WS": (-16.0, 5.0, 1.15, (-0.75, 1.45)),
    "FS": (-15.0, 3.9, 1.20, (-0.35, 1.02)),
    "MFS": (-17.0, 2.75, 1.40, (-0.28, 1.18)),
    "MS": (-18.0, 2.15, 1.50, (-0.20, 1.38)),
    "MCU": (-16.0, 1.68, 1.58, (-0.13, 1.50)),
    "CU": (-14.0, 1.80, 1.60, (-0.07, 1.57)),
    "ECU": (-12.0, 1.15, 1.60, (-0.01, 1.60)),
}


def build_city_street(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    number = plan.seed % LAYOUTS
    layout = _LAYOUTS[number]
    hour = Hour.of(plan)
    rng = np.random.Generator(np.random.PCG64([plan.seed, 1]))
    fixed = np.random.Generator(np.random.PCG64([number, 2]))  # what stands on the floor
    palette, cars = Palette(), Palette()
    stage = new_layer(folder / "set.usdc")
    kit = Kit()
    add_rows(kit, palette, plan.era, layout.junctions, REACH, SIDE, 0.46 if hour.night else 0.12, rng)
    add_signs(kit, plan.era, layout.junctions, rng)
    _furnish(kit, palette, plan, layout, fixed, rng)
    _park(kit, cars, plan, layout, fixed, rng)
    _hang_cables(kit, rng)
    add_ground(stage, folder, plan, hour.wet, REACH, layout.junctions, SIDE)
    if plan.era in ("present", "future"):
        s = -1 if layout.hero[0] > 0 else 1
        add_car(stage, facing((s * 2.1, 0, -6.5 if number != 1 else -22.0), (0, 0, 1)), plan.seed)
    materials = urban_materials(folder, plan, palette, cars, hour)
    if "screen" in kit.parts:
        materials["screen"] = screen_material(folder, plan, hour)
    add_towers(stage, folder, plan, hour, rng)
    kit.write(stage, set_path("Street"), materials, TILES, GROUPS)
    _add_marks(stage, number)
    add_daylight(stage, plan, hour)
    add_city_air(stage, plan, hour, layout.hero)
    stage.GetRootLayer().Save()


def _furnish(
    kit: Kit, palette: Palette, plan: SetPlan, layout: Layout, fixed: np.random.Generator, rng: np.random.Generator
) -> None:
    """Lamps at the kerbs, signals at the junctions, and what else stands on pavements."""
    lamp = street_lamp(plan.era)
    far = Kit({("far_lamp_light" if k == "lamp_light" else k): v for k, v in lamp.parts.items()})
    pitch = 17.0 if plan.era in ("present", "future") else 13.0
    for s in (-1, 1):
        hero_side = s * layout.hero[0] > 0
        z = pitch * np.arange(-15, 16) + (-5.5 if hero_side else 3.0)  # none stands before or close behind the hero
        z = z[np.abs(z[:, None] - np.array(layout.junctions)).min(axis=1) > HALF + 1.5]
        for own, at in ((lamp, z[np.abs(z) < 38]), (far, z[np.abs(z) >= 38])):
            places = np.column_stack([0 * at + s * (HALF + 0.45), 0 * at, at])
            kit.array(own, places, np.full(len(at), -90.0 * s))
    for at in layout.junctions:
        if abs(at) < 80:
            for s in (-1, 1):
                light = traffic_light(palette, green=bool(rng.random() < 0.5))
                kit.place(light, (s * (HALF + 0.5), 0, at + s * (HALF + 0.5)), 0 if s < 0 else 180)
    hero = np.array(layout.hero)
    plant = [
        (hydrant(palette), 3),
        (litter_bin(palette), 5),
        (bench(palette), 4),
        (mail_box(palette), 2),
        (parking_meter(palette), 8),
        (sign_post(palette, rng), 6),
        (bollard(), 6),
    ]
    taken = [hero, hero + np.array([1.3, -0.5]), hero - 1.2]
    for thing, count in plant:
        for _ in range(count):
            s, z = (1 if fixed.random() < 0.5 else -1), float(fixed.uniform(-40, 30))
            at = np.array([s * (HALF + 0.62), z])
            blocked = min(abs(z - j) for j in layout.junctions) < HALF + 1.0
            near_hero = abs(z) < 16 and s * hero[0] > 0 and z > -3.0
            if blocked or near_hero or min(np.linalg.norm(at - t) for t in taken) < 2.0:
                continue
            taken.append(at)
            kit.place(thing, (at[0], 0, z), -90.0 * s if thing is not plant[2][0] else 90.0 * s)
    s = -1 if hero[0] > 0 else 1
    if plan.era in ("present", "future"):
        kit.place(bus_shelter(palette), (s * (FRONT - 1.9), 0, 9.5), -90.0 * s)
    tree = [street_tree(fixed, float(fixed.uniform(5.5, 7.5))) for _ in range(2)]
    if plan.era != "future":
        for s in (-1, 1):
            for z in np.arange(-78.0, 70.0, 12.5).tolist():
                at = np.array([s * (HALF + 0.95), z + 4.0 * (s > 0)])
                clear = min(abs(at[1] - j) for j in layout.junctions) > HALF + 3 and np.linalg.norm(at - hero) > 6.0
                if clear and fixed.random() < 0.55:
                    kit.place(tree[int(fixed.integers(2))], (at[0], 0, at[1]), float(fixed.uniform(0, 360)))
    cover = manhole()
    for z in (-3.2, 6.4, -17.5, 21.0):
        x = float(fixed.uniform(-2.4, 2.4))
        kit.place(cover, (x, camber(x) + 0.002, z))


def _park(
    kit: Kit, cars: Palette, plan: SetPlan, layout: Layout, fixed: np.random.Generator, rng: np.random.Generator
) -> None:
    """Cars at both kerbs, nose to tail with gaps, none by the hero, none at the crossings."""
    old = plan.era not in ("present", "future")
    kinds = ("saloon",) if old else ("sedan", "hatch", "van", "sedan")
    colors = rng.permutation(len(COLORS)).tolist()
    models = [parked_car(cars, kinds[k % len(kinds)], COLORS[colors[k]]) for k in range(5)]
    lit = Kit({{"head_off": "head_on", "tail_off": "tail_on"}.get(k, k): v for k, v in models[0].parts.items()})
    for s in (-1, 1):
        z = -105.0
        while z < 70.0:
            z += float(fixed.uniform(5.4, 7.2))
            empty = fixed.random() < 0.22
            hero_side = s * layout.hero[0] > 0 or abs(layout.hero[0]) < HALF
            near = layout.gap[0] - 3 < z < layout.gap[1] + 3 and hero_side
            shelter = not hero_side and 4.0 < z < 15.0
            if empty or near or shelter or min(abs(z - j) for j in layout.junctions) < HALF + 8.0:
                continue
            kit.place(
                models[int(fixed.integers(5))], (s * (HALF - 1.12), camber(HALF - 1.1), z), 180.0 if s > 0 else 0.0
            )
    for s, z in ((-1, -44.0), (-1, -58.0), (-1, -150.0), (1, -74.0), (1, 95.0), (-1, 104.0)):  # traffic on its way
        kit.place(lit, (s * 1.75, 0, z), 180.0 if s > 0 else 0.0)


def _hang_cables(kit: Kit, rng: np.random.Generator) -> None:
    """Wires across and along the street."""
    t = np.linspace(0, 1, 14)
    for _ in range(9):
        z, y = float(rng.uniform(-70, 34)), float(rng.uniform(6.5, 10.5))
        end = z + float(rng.uniform(-5, 5))
        sag = float(rng.uniform(0.3, 0.9))
        path = np.column_stack([FRONT * (2 * t - 1), y - 4 * sag * t * (1 - t), z + (end - z) * t])
        kit.put("cable", shapes.tube(path, float(rng.uniform(0.008, 0.016)), 5))


def _add_marks(stage: Usd.Stage, number: int = 0) -> None:
    """People on the pavement or at the crossing, and cameras that look past them down the street."""
    layout = _LAYOUTS[number]
    x, z = layout.hero
    mirror = -1.0 if x < 0 else 1.0
    turn = np.radians(layout.heading)
    add_mark(stage, "hero", facing((x, 0, z), (float(np.sin(turn)), 0, float(np.cos(turn)))))
    add_mark(stage, "hero_2", facing((x + 0.85 * mirror, 0, z - 0.25), (-0.5 * mirror, 0, 1)))
    add_mark(stage, "hero_3", facing((x - 0.80 * mirror, 0, z - 0.75), (0.35 * mirror, 0, 1)))
    for size, (angle, distance, height, (dx, dy)) in _CAMERAS.items():
        way = np.radians(angle * mirror)
        eye = (x + distance * float(np.sin(way)), height, z + distance * float(np.cos(way)))
        add_mark(stage, camera_mark(size), look_at(eye, (x + dx * mirror, dy, z)))
