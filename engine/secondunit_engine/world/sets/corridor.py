"""A corridor with doors and lamps in perspective, and a staircase in a high hall at its end.

It is a hotel's, an apartment house's, a school's or a hospital's, by the seed. The hero stands at the origin and faces
+Z; the corridor runs behind to z = -8.4, where the stairs rise towards a tall window. Light groups: `sun`, `sky`,
`practicals`. Schools and hospitals have windows in the left wall too. Carpets, panels, tiles, lamps, pictures, lockers
and boards follow the kind of house and the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, lamps, panelling, tables
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.openings import DoorStyle, Sash, add_door, add_fixed_door, add_window
from secondunit_engine.world.interiors.room import Opening, Room, Side, Wall, build_shell
from secondunit_engine.world.interiors.stairs import add_flight, add_rail
from secondunit_engine.world.interiors.views import add_view
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.props.houseplant import houseplant
from secondunit_engine.world.stage import camera_mark

HALL: Final = Room(-1.65, 1.65, -8.4, 5.8, 2.9)
STAIRS: Final = Room(-2.7, 2.7, -14.6, -8.84, 6.3)
_MIDDLE: Final = (HALL.back + HALL.front) / 2
_SUN: Final = -152.0
_ARCH: Final = 2.55
_LANDING: Final = 2.08  # m, its height
_DOORS: Final[tuple[tuple[Side, float], ...]] = (
    ("left", -6.9),
    ("left", -3.9),
    ("left", 2.6),
    ("right", -7.0),
    ("right", -4.6),
    ("right", -1.9),
    ("right", 0.9),
    ("right", 3.6),
)
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((0.95, 1.70, 5.2), (-0.05, 1.25, -4.0)),
    "WS": ((0.55, 1.38, 3.6), (-0.12, 1.34, -3.0)),
    "FS": ((0.55, 1.28, 3.5), (0.0, 1.0, 0.0)),
    "MFS": ((0.48, 1.40, 2.65), (0.02, 1.15, 0.0)),
    "MS": ((0.40, 1.52, 1.95), (0.02, 1.36, 0.0)),
    "MCU": ((0.32, 1.56, 1.44), (0.02, 1.49, 0.0)),
    "CU": ((0.28, 1.58, 1.42), (0.01, 1.52, 0.03)),
    "ECU": ((0.24, 1.57, 1.20), (0.01, 1.54, 0.05)),
}

House = Literal["hotel", "apartments", "school", "hospital"]


@dataclass(frozen=True)
class _Kind:
    """What a house is like: its walls above and below, its door, its lamps, and whether the left wall has windows."""

    house: House
    wall: RGB
    dado: RGB
    door: RGB
    style: DoorStyle
    windows: bool
    panels: bool


_KINDS: Final = (
    _Kind(
        "hotel",
        (0.40, 0.33, 0.24),
        (0.17, 0.085, 0.045),
        (0.15, 0.075, 0.038),
        DoorStyle(panels=(0.30, 0.45), columns=2),
        False,
        True,
    ),
    _Kind("school", (0.50, 0.49, 0.42), (0.20, 0.30, 0.31), (0.22, 0.13, 0.065), DoorStyle(light=True), True, False),
    _Kind(
        "apartments",
        (0.46, 0.43, 0.36),
        (0.13, 0.20, 0.17),
        (0.11, 0.055, 0.03),
        DoorStyle(panels=(0.42, 0.42), columns=2),
        False,
        False,
    ),
    _Kind("hospital", (0.53, 0.55, 0.54), (0.36, 0.46, 0.45), (0.36, 0.42, 0.44), DoorStyle(light=True), True, False),
)


def build_corridor(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 23]))
    kind = _KINDS[plan.seed % len(_KINDS)]
    stage = new_layer(folder / "set.usdc")
    light = daylight(plan)
    dressing = Dressing(stage)
    _define(dressing, folder, plan, kind, rng)
    openings = _add_shell(dressing, folder, plan, kind, light, rng)
    _add_stairs(dressing, kind)
    _dress_walls(dressing, kind, openings, rng)
    _add_furniture(dressing, kind, rng)
    _add_lamps(dressing, kind, light, rng)
    dressing.write()
    add_daylight(stage, light, _SUN, (-1.5, 0.3, -12.0), (1.5, 4.0, 4.0), dust=1.3, motes=300)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, rng: np.random.Generator) -> None:
    s, wear, house = plan.seed % 100_000 * 41, plan.wear, kind.house
    if house == "hotel":
        grounds: tuple[tuple[RGB, RGB], ...] = (
            ((0.14, 0.018, 0.016), (0.34, 0.20, 0.07)),
            ((0.025, 0.045, 0.09), (0.28, 0.20, 0.10)),
            ((0.03, 0.07, 0.045), (0.30, 0.22, 0.10)),
        )
        floor, bump = finishes.runner(s + 1, *grounds[int(rng.integers(3))]), 0.006
    elif house == "apartments":
        floor = finishes.tiles(
            s + 1,
            (0.44, 0.41, 0.35),
            rows=8,
            columns=8,
            bond=False,
            second=(0.06, 0.055, 0.05),
            gloss=0.20,
            wear=wear,
            vary=0.07,
        )
        bump = 0.003
    elif house == "school":
        floor, bump = finishes.terrazzo(s + 1, (0.30, 0.28, 0.24), (0.46, 0.42, 0.34), wear=wear), 0.001
    else:
        floor = finishes.tiles(
            s + 1,
            (0.40, 0.43, 0.42),
            rows=3,
            columns=3,
            bond=False,
            gloss=0.14,
            grout=(0.34, 0.37, 0.36),
            vary=0.04,
            wear=wear,
        )
        bump = 0.0006
    dressing.define(textures.textured(folder, "floor", floor, bump, clearcoat=0.0 if house == "hotel" else 0.5), 2.0)
    dressing.define(textures.textured(folder, "wall", finishes.paint(s + 2, kind.wall, wear=wear), 0.0010), 2.0)
    dressing.define(
        textures.textured(folder, "dado", finishes.paint(s + 3, kind.dado, wear=wear), 0.0010, clearcoat=0.3), 2.0
    )
    r, g, b = kind.door
    wood = textures.wood(s + 4, (0.5 * r, 0.5 * g, 0.5 * b), (1.5 * r, 1.5 * g, 1.5 * b), gloss=0.34)
    if house == "hospital":
        wood = finishes.paint(s + 4, kind.door, wear=wear)
    dressing.define(textures.textured(folder, "door", wood, 0.0015, clearcoat=0.2), 1.0)
    r, g, b = kind.dado if kind.panels else (0.14, 0.075, 0.04)
    dressing.define(
        textures.textured(
            folder,
            "wainscot",
            textures.wood(s + 5, (0.5 * r, 0.5 * g, 0.5 * b), (1.5 * r, 1.5 * g, 1.5 * b), gloss=0.32),
            0.0012,
            clearcoat=0.2,
        ),
        1.0,
    )
    stone = textures.stone(s + 6, (0.42, 0.40, 0.36), 512, wear)
    dressing.define(textures.textured(folder, "tread", stone if house != "hotel" else wood, 0.002), 1.0)
    dressing.define(
        textures.textured(folder, "riser", finishes.paint(s + 7, (0.44, 0.42, 0.38), wear=wear, size=512), 0.001), 1.0
    )
    plain: dict[str, tuple[RGB, float]] = {
        "ceiling": ((0.56, 0.55, 0.52), 0.9),
        "skirting": ((0.30, 0.28, 0.25), 0.45),
        "dark": ((0.035, 0.034, 0.033), 0.8),
        "handrail": ((0.10, 0.05, 0.026), 0.3),
        "baluster": ((0.05, 0.05, 0.052), 0.4),
        "radiator": ((0.46, 0.45, 0.42), 0.4),
        "paper": ((0.58, 0.56, 0.50), 0.8),
        "paper_blue": ((0.24, 0.36, 0.50), 0.8),
        "paper_yellow": ((0.58, 0.48, 0.14), 0.8),
        "paper_pink": ((0.55, 0.28, 0.30), 0.8),
        "ink": ((0.04, 0.04, 0.045), 0.8),
        "cork": ((0.30, 0.18, 0.09), 0.9),
        "frame_wood": ((0.20, 0.11, 0.05), 0.5),
        "canvas_sky": ((0.42, 0.42, 0.36), 0.7),
        "canvas_far": ((0.16, 0.22, 0.22), 0.7),
        "canvas_near": ((0.09, 0.10, 0.05), 0.7),
        "fixture": ((0.52, 0.52, 0.50), 0.5),
        "shade_inner": ((0.62, 0.60, 0.56), 0.5),
        "shade": ((0.04, 0.05, 0.045), 0.35),
        "leaf": ((0.045, 0.13, 0.035), 0.42),
        "stalk": ((0.09, 0.13, 0.05), 0.6),
        "pot": ((0.30, 0.22, 0.15), 0.4),
        "vinyl": ((0.06, 0.18, 0.20), 0.36),
        "sheet": ((0.58, 0.60, 0.60), 0.9),
        "table_wood": ((0.13, 0.065, 0.03), 0.35),
        "rubber": ((0.03, 0.03, 0.03), 0.7),
        "handle": ((0.05, 0.045, 0.04), 0.4),
        "sign": ((0.05, 0.22, 0.14), 0.4),
    }
    trim: RGB = {
        "hotel": (0.14, 0.072, 0.038),
        "school": (0.34, 0.33, 0.29),
        "apartments": (0.40, 0.38, 0.33),
        "hospital": (0.44, 0.46, 0.46),
    }[house]
    plain["trim"] = (trim, 0.38)
    lockers: tuple[RGB, ...] = ((0.05, 0.13, 0.24), (0.26, 0.045, 0.035), (0.10, 0.20, 0.15), (0.36, 0.27, 0.06))
    plain["locker"] = (lockers[int(rng.integers(4))], 0.36)
    for name, (base, roughness) in plain.items():
        dressing.plain(name, base, roughness)
    dressing.plain("picture_frame", (0.36, 0.23, 0.08), 0.35, metallic=0.8)
    dressing.plain("brass", (0.58, 0.39, 0.15), 0.25, metallic=1.0)
    dressing.plain("metal", (0.56, 0.40, 0.17) if kind.panels else (0.50, 0.50, 0.51), 0.28, metallic=1.0)
    dressing.plain("chrome", (0.62, 0.62, 0.63), 0.12, metallic=1.0)


def _add_shell(
    dressing: Dressing, folder: Path, plan: SetPlan, kind: _Kind, light: Daylight, rng: np.random.Generator
) -> dict[Side, list[Opening]]:
    """The corridor and the hall of the stairs, with their doors and windows; returns the corridor's openings."""
    doors = [
        Opening(side, _along(side, z), 0.98 if kind.house != "hospital" else 1.16, 0.0, 2.10) for side, z in _DOORS
    ]
    arch = Opening("back", 0.0, 2.5, 0.0, _ARCH)
    exit_door = Opening("front", 0.0, 1.1, 0.0, 2.12)
    sills = 1.05 if kind.house == "school" else 0.95
    windows = (
        [Opening("left", _along("left", z), 1.35, sills, 2.45) for z in (-5.4, -1.75, 0.35, 4.6)]
        if kind.windows
        else []
    )
    openings = [*doors, arch, exit_door, *windows]
    cornice = 0.09 if kind.house in ("hotel", "apartments") else 0.0
    build_shell(dressing, HALL, openings, skirting_height=0.0 if kind.panels else 0.12, cornice=cornice)
    tall = Opening("back", 0.0, 2.6, 3.15, 5.75)
    build_shell(dressing, STAIRS, [tall, Opening("front", 0.0, 2.5, 0.0, _ARCH)], skirting_height=0.12, cornice=cornice)
    for number, (side, _) in enumerate(_DOORS):
        if number == 6:
            add_door(dressing, HALL.wall(side), doors[number], "Door", kind.style)
        else:
            add_fixed_door(dressing, HALL.wall(side), doors[number], kind.style)
    add_fixed_door(dressing, HALL.wall("front"), exit_door, kind.style)
    for hole in windows:
        add_window(dressing, HALL.wall("left"), hole, Sash(2, 3))
    add_window(dressing, STAIRS.wall("back"), tall, Sash(int(rng.integers(3, 6)), 4, bar=0.035))
    edge = 0.10
    for wall in (HALL.wall("back"), STAIRS.wall("front")):
        trim = [
            shapes.soft_box((-1.25 - edge, 0, -0.002), (-1.25, _ARCH + edge, 0.026)),
            shapes.soft_box((1.25, 0, -0.002), (1.25 + edge, _ARCH + edge, 0.026)),
            shapes.soft_box((-1.25, _ARCH, -0.002), (1.25, _ARCH + edge, 0.026)),
        ]
        dressing.add("trim", [wall.put(part) for part in trim])
    add_view(
        dressing, folder, STAIRS.wall("back"), plan, light, "street", name="BackView", sill=3.2, radius=8.0, weight=3.0
    )
    if windows:
        view = "garden" if kind.house == "school" else "street"
        add_view(
            dressing,
            folder,
            HALL.wall("left"),
            plan,
            light,
            view,
            name="SideView",
            sill=sills,
            radius=8.5,
            weight=2.0,
            gain=0.7,
        )
    sides: tuple[Side, ...] = ("left", "right", "front", "back")
    return {side: [hole for hole in openings if hole.side == side] for side in sides}


def _along(side: Side, z: float) -> float:
    """Where a z of the set is along a side wall, in the wall's frame."""
    return _MIDDLE - z if side == "left" else z - _MIDDLE


def _add_stairs(dressing: Dressing, kind: _Kind) -> None:
    """A flight up to a landing under the window, two that turn back from it, a gallery over the arch."""
    carpet = "floor" if kind.house == "hotel" else ""
    z0, z1, top = STAIRS.front - 0.75, STAIRS.front - 4.0, _LANDING
    add_flight(dressing, -1.25, 1.25, (z0, 0.0), (z1, top), 13, rails=(-1.2, 1.2), carpet=carpet)
    back = STAIRS.back
    dressing.add("riser", shapes.box((STAIRS.left, 0, back), (STAIRS.right, top - 0.03, z1)))
    dressing.add("tread", shapes.box((STAIRS.left, top - 0.03, back), (STAIRS.right, top, z1)))
    for side in (-1, 1):
        left, right = sorted((side * 1.32, side * STAIRS.right))
        dressing.add("riser", shapes.box((left, 0, z1), (right, top - 0.02, z0)))
        add_flight(dressing, left, right, (z1, top), (z0, 2 * top), 13, rails=(side * 1.37,), carpet="")
    gallery = STAIRS.front - 0.75
    dressing.add(
        "riser", shapes.box((STAIRS.left, 2 * top - 0.22, gallery), (STAIRS.right, 2 * top - 0.03, STAIRS.front))
    )
    dressing.add("tread", shapes.box((STAIRS.left, 2 * top - 0.03, gallery), (STAIRS.right, 2 * top, STAIRS.front)))
    add_rail(dressing, (-1.32, gallery + 0.03), (1.32, gallery + 0.03), 2 * top)


def _dress_walls(
    dressing: Dressing, kind: _Kind, openings: dict[Side, list[Opening]], rng: np.random.Generator
) -> None:
    """Panels and pictures, a dado, lockers and boards, or handrails."""
    for side in ("left", "right"):
        wall, holes = HALL.wall(side), openings[side]
        free = panelling.runs(wall, holes)
        if kind.house == "hotel":
            panelling.add_wainscot(dressing, wall, holes)
            spots = [(a + b) / 2 for a, b in free if b - a > 0.9]
            for x in spots:
                panelling.add_picture(
                    dressing, wall, x, 1.62, float(rng.uniform(0.5, 0.75)), float(rng.uniform(0.42, 0.6)), rng
                )
        elif kind.house == "apartments":
            panelling.add_band(dressing, wall, holes, 0.12, 1.25, "dado")
            panelling.add_band(dressing, wall, holes, 1.25, 1.285, "trim", 0.014)
            for hole in holes:
                mat = wall.put(shapes.soft_box((hole.middle - 0.36, 0, 0.06), (hole.middle + 0.36, 0.014, 0.52), 0.004))
                dressing.add("rubber", mat)
        elif kind.house == "school":
            panelling.add_band(dressing, wall, holes, 0.12, 1.02, "dado")
            _dress_school(dressing, wall, side, free, holes, rng)
        else:
            panelling.add_band(dressing, wall, holes, 0.12, 1.0, "dado")
            panelling.add_handrail(dressing, wall, holes, 0.92, "table_wood")
            for a, b in free:
                if side == "right" and b - a > 1.2:
                    panelling.add_board(dressing, wall, (a + b) / 2 - 0.45, 1.25, 0.9, 0.7, rng)
        _add_numbers(dressing, wall, holes)


def _dress_school(
    dressing: Dressing,
    wall: Wall,
    side: Side,
    free: list[tuple[float, float]],
    holes: list[Opening],
    rng: np.random.Generator,
) -> None:
    for a, b in free:
        if side == "right" and b - a > 1.0:
            panelling.add_lockers(dressing, wall, a + 0.06, b - 0.06, rng)
    if side == "left":
        for hole in holes:
            if hole.sill > 0.5:
                panelling.add_radiator(dressing, wall, hole.low + 0.1, hole.high - 0.1)
        for z in (-0.7, 1.5):
            panelling.add_board(dressing, wall, _along("left", z) - 0.32, 1.2, 0.64, 0.9, rng)


def _add_numbers(dressing: Dressing, wall: Wall, holes: list[Opening]) -> None:
    """A small plate beside every door."""
    for hole in holes:
        if hole.sill < 0.2:
            x = hole.high + 0.16
            dressing.add("metal", wall.put(shapes.soft_box((x, 1.50, 0), (x + 0.13, 1.62, 0.010), 0.003)))


def _add_furniture(dressing: Dressing, kind: _Kind, rng: np.random.Generator) -> None:
    """Consoles and plants, a bench, a trolley bed and chairs, against the walls and away from the hero."""
    left = HALL.wall("left")
    if kind.house in ("hotel", "apartments"):
        for z in (-5.5, 4.6):
            x = _along("left", z)
            dressing.add("table_wood", left.put(shapes.soft_box((x - 0.5, 0.76, 0.03), (x + 0.5, 0.80, 0.36), 0.006)))
            legs = [
                shapes.soft_box((x + dx - 0.02, 0, dz), (x + dx + 0.02, 0.76, dz + 0.04), 0.003)
                for dx in (-0.45, 0.45)
                for dz in (0.05, 0.29)
            ]
            dressing.add("table_wood", [left.put(leg) for leg in legs])
            _plant(dressing, left.at(x, 0.80, 0.19), 0.55, 0.2, rng)
    for x, z in ((-1.28, -7.9), (1.30, -7.95), (1.25, 5.3)):
        _plant(dressing, (x, 0, z), float(rng.uniform(1.1, 1.5)), 0.3, rng)
    if kind.house == "hospital":
        _add_trolley_bed(dressing, (-1.12, -2.9))
        for z in (1.3, 1.9):
            dressing.add_all(tables.steel_chair(), (-1.3, 0, z + 2.6), 90.0)
    if kind.house == "school":
        seat = shapes.soft_box((-0.19, 0.42, -1.0), (0.19, 0.46, 1.0), 0.008)
        legs = [shapes.soft_box((-0.16, 0, z - 0.03), (0.16, 0.42, z + 0.03), 0.004) for z in (-0.8, 0.8)]
        dressing.add("table_wood", [shapes.move(part, (-1.38, 0, -4.9 - 0.7)) for part in (seat, *legs)])


def _plant(
    dressing: Dressing, at: tuple[float, float, float], height: float, leaf: float, rng: np.random.Generator
) -> None:
    leaves, stems, pot = houseplant(rng, height, 22, leaf)
    for material, mesh in (("leaf", leaves), ("stalk", stems), ("pot", pot)):
        dressing.add(material, shapes.move(mesh, at))


def _add_trolley_bed(dressing: Dressing, at: tuple[float, float]) -> None:
    """A hospital's bed on castors along the wall: frame, mattress, pillow, sheet."""
    parts: dict[str, list[Mesh]] = {
        "sheet": [
            shapes.soft_box((-0.36, 0.70, -0.95), (0.36, 0.83, 0.95), 0.05),
            shapes.soft_box((-0.26, 0.82, -0.90), (0.26, 0.92, -0.55), 0.045),
        ],
        "vinyl": [shapes.soft_box((-0.38, 0.80, -0.30), (0.38, 0.845, 0.97), 0.02)],
        "chrome": [shapes.tube([(sx * 0.40, 0.95, -0.6), (sx * 0.40, 0.95, 0.5)], 0.013, 8) for sx in (-1, 1)],
        "rubber": [
            shapes.move(shapes.stand_up(shapes.cylinder(0.075, -0.018, 0.018, 20)), (sx * 0.32, 0.075, z), 90)
            for sx in (-1, 1)
            for z in (-0.8, 0.8)
        ],
    }
    for sx in (-1, 1):
        parts["chrome"] += [
            shapes.tube([(sx * 0.40, 0.66, z), (sx * 0.40, 0.95, z)], 0.010, 8) for z in (-0.6, -0.05, 0.5)
        ]
        parts["chrome"] += [shapes.tube([(sx * 0.32, 0.075, z), (sx * 0.32, 0.68, z)], 0.018, 8) for z in (-0.8, 0.8)]
        parts["chrome"].append(shapes.tube([(sx * 0.37, 0.68, -0.97), (sx * 0.37, 0.68, 0.97)], 0.02, 8))
    parts["chrome"].append(shapes.box((-0.36, 0.66, -0.95), (0.36, 0.70, 0.95)))
    for name, meshes in parts.items():
        dressing.add(name, [shapes.move(mesh, (at[0], 0, at[1])) for mesh in meshes])


def _add_lamps(dressing: Dressing, kind: _Kind, light: Daylight, rng: np.random.Generator) -> None:
    """Sconces, hanging bowls, tubes or panels along the corridor, a lantern over the stairs."""
    glows: list[Mesh] = []
    zs = np.arange(-7.2, 5.4, 2.4).tolist()
    up, top = max(0.10, light.lamps), HALL.height
    if kind.house == "hotel":
        for side in ("left", "right"):
            wall = HALL.wall(side)
            for z in (
                -8.0,
                -5.75 if side == "right" else -2.4,
                -3.2 if side == "right" else 0.6,
                -0.5 if side == "right" else 4.0,
                2.2,
            ):
                if not any(door_side == side and abs(door_z - z) < 0.68 for door_side, door_z in _DOORS):
                    glows.append(lamps.hang(dressing, lamps.sconce(), wall.at(_along(side, z), 1.78, 0), wall.turn))
        radiance = scaled((105.0, 64.0, 30.0), 0.6 + 0.4 * up)
    elif kind.house == "apartments":
        glows = [lamps.hang(dressing, lamps.pendant("school", 0.22), (0, top, z)) for z in zs]
        radiance = scaled(lamps.OPAL, 0.25 + 0.75 * up)
    else:
        lit = rng.random(len(zs)) < (0.6 if light.lamps > 0.9 else 0.9)
        lit[len(zs) // 2] = True
        for z, on in zip(zs, lit.tolist(), strict=True):
            lamp = lamps.tube_fixture(1.4) if kind.house == "school" else lamps.ceiling_panel(0.6, 1.2)
            glow = lamps.hang(dressing, lamp, (0, top, z), 90.0 if kind.house == "school" else 0.0)
            if on:
                glows.append(glow)
            else:
                dressing.add("shade_inner", glow)
        radiance = scaled((85.0, 98.0, 90.0) if kind.house == "school" else lamps.PANEL, 0.12 + 0.88 * up)
    dressing.glow("CorridorLamps", glows, radiance, "practicals", 2.5)
    globe = lamps.hang(dressing, lamps.pendant("school", 2.0), (0, STAIRS.height, STAIRS.front - 2.3))
    dressing.glow("StairLamp", [globe], scaled(lamps.OPAL, 0.3 + 1.5 * up), "practicals", 0.8)


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand, and where each size of shot looks from."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.1, 0, 1)))
    add_mark(stage, "hero_2", facing((0.62, 0, 0.45), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.62, 0, -0.75), (0.3, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
