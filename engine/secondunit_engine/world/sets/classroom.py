"""A classroom: rows of desks before a board with writing on it, tall windows on the left with the sun in them.

The hero stands in front of the class and faces it (+Z), the board on the wall behind. Light groups: `sun`, `sky`,
`practicals`. The seed deals the board (black, green or white), the lesson, the desks (single ones of wood and iron,
or of steel), the floor, the maps and what lies on the desks; earlier decades have blackboards and wood.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import RGB, Material, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, lamps, lesson, office_furniture, panelling, tables
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.dressing import OWN_UV, Dressing
from secondunit_engine.world.interiors.openings import DoorStyle, Sash, add_door, add_window
from secondunit_engine.world.interiors.room import Opening, Room, Side, build_shell
from secondunit_engine.world.interiors.views import add_view
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.stage import camera_mark

ROOM: Final = Room(-4.1, 4.1, -3.6, 6.4, 3.2)
_COLUMNS: Final = (-2.95, -1.55, 1.55, 2.95)
_ROWS: Final = (1.25, 2.45, 3.65, 4.85)
_BOARD: Final = (-2.2, 2.0, 0.92, 2.24)  # left, right, foot and head on the back wall
_SUN: Final = -118.0
_OLD: Final = ("1940s", "1950s", "1960s", "past", "vintage", "1900s", "1920s", "1930s")
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((3.55, 1.95, 5.9), (-0.9, 1.0, -1.2)),
    "WS": ((0.66, 1.42, 4.7), (-0.25, 1.20, -2.5)),
    "FS": ((0.60, 1.26, 3.5), (0.0, 1.0, 0.0)),
    "MFS": ((0.52, 1.38, 2.65), (0.02, 1.15, 0.0)),
    "MS": ((0.44, 1.50, 1.95), (0.02, 1.36, 0.0)),
    "MCU": ((0.36, 1.55, 1.44), (0.02, 1.49, 0.0)),
    "CU": ((0.30, 1.57, 1.42), (0.01, 1.52, 0.03)),
    "ECU": ((0.25, 1.56, 1.20), (0.01, 1.54, 0.05)),
}


def build_classroom(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 24]))
    old = plan.era in _OLD
    white = not old and rng.random() < 0.4
    iron = old or rng.random() < 0.4
    stage = new_layer(folder / "set.usdc")
    light = daylight(plan)
    dressing = Dressing(stage)
    _define(dressing, folder, plan, white, iron, rng)
    _add_shell(dressing, folder, plan, light, rng)
    _add_board(dressing, white)
    for x in _COLUMNS:
        for z in _ROWS:
            _add_place(dressing, (x, z), iron, rng)
    _add_teacher(dressing, rng)
    _dress_walls(dressing, rng)
    _add_lamps(dressing, light, rng, old)
    dressing.write()
    add_daylight(stage, light, _SUN, (-3.9, 0.4, -2.5), (3.0, 2.9, 5.5), dust=0.85, motes=500)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, white: bool, iron: bool, rng: np.random.Generator) -> None:
    s, wear = plan.seed % 100_000 * 43, plan.wear
    if iron or rng.random() < 0.5:
        floor, bump = (
            finishes.planks(s + 1, (0.11, 0.062, 0.03), (0.30, 0.18, 0.095), boards=16, wear=wear + 0.2, gloss=0.30),
            0.004,
        )
    else:
        pair: tuple[RGB, RGB] = (((0.34, 0.35, 0.33), (0.25, 0.27, 0.26)), ((0.36, 0.31, 0.24), (0.20, 0.24, 0.20)))[
            int(rng.integers(2))
        ]
        floor = finishes.tiles(
            s + 1,
            pair[0],
            rows=6,
            columns=6,
            bond=False,
            second=pair[1],
            gloss=0.18,
            grout=(0.2, 0.2, 0.19),
            vary=0.04,
            wear=wear,
        )
        bump = 0.0006
    dressing.define(textures.textured(folder, "floor", floor, bump, clearcoat=0.25), 2.0)
    walls: tuple[RGB, ...] = ((0.50, 0.47, 0.38), (0.42, 0.48, 0.44), (0.50, 0.48, 0.45), (0.46, 0.42, 0.34))
    dressing.define(
        textures.textured(folder, "wall", finishes.paint(s + 2, walls[int(rng.integers(4))], wear=wear), 0.001), 2.0
    )
    dados: tuple[RGB, ...] = ((0.16, 0.24, 0.20), (0.20, 0.12, 0.07), (0.14, 0.20, 0.28))
    dressing.define(
        textures.textured(
            folder,
            "dado",
            finishes.paint(s + 3, dados[int(rng.integers(3))], wear=wear, size=512),
            0.001,
            clearcoat=0.3,
        ),
        2.0,
    )
    tone = float(rng.uniform(0.8, 1.3))
    wood = textures.wood(
        s + 4, (0.14 * tone, 0.075 * tone, 0.036 * tone), (0.40 * tone, 0.235 * tone, 0.12 * tone), gloss=0.30
    )
    dressing.define(textures.textured(folder, "table_wood", wood, 0.0018, clearcoat=0.25), 0.8)
    boards: tuple[RGB, ...] = ((0.016, 0.018, 0.018), (0.018, 0.055, 0.038))
    if white:
        picture = lesson.write_board(folder, s + 5, board=(0.62, 0.63, 0.64), chalk=(0.02, 0.05, 0.22), dust=0.0)
    else:
        picture = lesson.write_board(
            folder, s + 5, board=boards[int(rng.integers(2))], chalk=(0.66, 0.65, 0.60), dust=1.0
        )
    dressing.define(
        Material("board", roughness=0.12 if white else 0.55, clearcoat=1.0 if white else 0.0, base_texture=picture),
        OWN_UV,
    )
    dressing.define(Material("map", roughness=0.55, base_texture=lesson.write_map(folder, s + 6)), OWN_UV)
    dressing.define(Material("globe", roughness=0.3, clearcoat=0.6, base_texture="./textures/map.png"), OWN_UV)
    plain: dict[str, tuple[RGB, float]] = {
        "ceiling": ((0.57, 0.56, 0.54), 0.9),
        "skirting": ((0.22, 0.14, 0.08), 0.45),
        "dark": ((0.035, 0.034, 0.033), 0.8),
        "trim": ((0.48, 0.46, 0.42), 0.4),
        "door": ((0.24, 0.13, 0.065), 0.38),
        "frame_wood": ((0.24, 0.13, 0.06), 0.45),
        "radiator": ((0.46, 0.45, 0.42), 0.4),
        "cork": ((0.30, 0.18, 0.09), 0.9),
        "paper": ((0.60, 0.58, 0.52), 0.8),
        "paper_blue": ((0.22, 0.36, 0.52), 0.8),
        "paper_yellow": ((0.60, 0.48, 0.12), 0.8),
        "paper_pink": ((0.56, 0.26, 0.28), 0.8),
        "ink": ((0.04, 0.04, 0.05), 0.8),
        "handle": ((0.06, 0.058, 0.055), 0.4),
        "fixture": ((0.52, 0.52, 0.50), 0.5),
        "shade": ((0.03, 0.05, 0.04), 0.35),
        "shade_inner": ((0.62, 0.60, 0.56), 0.5),
        "iron": ((0.03, 0.032, 0.03), 0.45),
        "pedestal": ((0.40, 0.38, 0.33), 0.45),
        "office_black": ((0.025, 0.025, 0.027), 0.4),
        "binder_blue": ((0.03, 0.09, 0.22), 0.5),
        "binder_grey": ((0.22, 0.20, 0.17), 0.5),
        "binder_red": ((0.30, 0.04, 0.03), 0.5),
        "book_green": ((0.05, 0.16, 0.08), 0.5),
        "book_ochre": ((0.40, 0.24, 0.06), 0.5),
        "pencil": ((0.60, 0.40, 0.04), 0.4),
        "bag": ((0.08, 0.05, 0.03), 0.7),
        "chalk": ((0.66, 0.65, 0.62), 0.9),
    }
    for name, (base, roughness) in plain.items():
        dressing.plain(name, base, roughness)
    dressing.plain("metal", (0.45, 0.44, 0.43), 0.3, metallic=1.0)
    dressing.plain("chrome", (0.40, 0.41, 0.42), 0.3, metallic=1.0)


def _add_shell(dressing: Dressing, folder: Path, plan: SetPlan, light: Daylight, rng: np.random.Generator) -> None:
    """Four tall windows on the left over radiators, the door on the right by the board."""
    left = ROOM.wall("left")
    windows = [Opening("left", x, 1.75, 0.95, 2.95) for x in (-3.6, -1.25, 1.1, 3.45)]
    door = Opening("right", -3.9, 1.0, 0.0, 2.15)
    build_shell(dressing, ROOM, [*windows, door], skirting_height=0.12)
    across = int(rng.integers(2, 4))
    for window in windows:
        add_window(dressing, left, window, Sash(across, 4, sill=0.22))
        panelling.add_radiator(dressing, left, window.low + 0.2, window.high - 0.2, 0.6)
    style = DoorStyle(light=True) if rng.random() < 0.5 else DoorStyle(panels=(0.4, 0.4))
    add_door(dressing, ROOM.wall("right"), door, "Door", style)
    dados: tuple[tuple[Side, list[Opening]], ...] = (("right", [door]), ("back", []), ("front", []))
    for side, holes in dados:
        panelling.add_band(dressing, ROOM.wall(side), holes, 0.12, 0.86, "dado")
        panelling.add_band(dressing, ROOM.wall(side), holes, 0.86, 0.90, "frame_wood", 0.018)
    kind = "garden" if rng.random() < 0.7 else "street"
    add_view(dressing, folder, left, plan, light, kind, name="SideView", sill=0.95, radius=8.5, weight=3.0, gain=0.75)


def _add_board(dressing: Dressing, white: bool) -> None:
    """The board in its frame with a ledge, chalks or pens and a sponge, a map rolled down beside it, a clock above."""
    wall = ROOM.wall("back")
    x0, x1, y0, y1 = _BOARD
    z = 0.022
    dressing.add("board", wall.put(shapes.quad((x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z))))
    rim = "metal" if white else "frame_wood"
    frame = [
        shapes.box((x0, y0, 0), (x1, y1, z - 0.002)),
        shapes.soft_box((x0 - 0.05, y0 - 0.05, 0), (x1 + 0.05, y0, 0.035)),
        shapes.soft_box((x0 - 0.05, y1, 0), (x1 + 0.05, y1 + 0.05, 0.035)),
        shapes.soft_box((x0 - 0.05, y0, 0), (x0, y1, 0.035)),
        shapes.soft_box((x1, y0, 0), (x1 + 0.05, y1, 0.035)),
        shapes.soft_box((x0, y0 - 0.07, 0), (x1, y0 - 0.05, 0.11)),
    ]
    dressing.add(rim, [wall.put(part) for part in frame])
    sticks = [
        shapes.transform(
            shapes.cylinder(0.006, 0, 0.08, 8), [[0, 1, 0, x], [-1, 0, 0, y0 - 0.044], [0, 0, 1, 0.06], [0, 0, 0, 1]]
        )
        for x in (x0 + 0.4, x0 + 0.52, x0 + 1.5, x1 - 0.6)
    ]
    dressing.add("chalk", [wall.put(stick) for stick in sticks])
    dressing.add("bag", wall.put(shapes.soft_box((x1 - 0.35, y0 - 0.05, 0.03), (x1 - 0.2, y0 + 0.0, 0.09), 0.01)))
    _add_map(dressing, x1 + 0.22)
    _add_clock(dressing, -0.1, 2.72)


def _add_map(dressing: Dressing, x: float) -> None:
    """A rolled-down map of the world with its batten and cords."""
    wall = ROOM.wall("back")
    w, low, high = 1.55, 1.18, 2.15
    dressing.add("map", wall.put(shapes.quad((x, low, 0.03), (x + w, low, 0.03), (x + w, high, 0.03), (x, high, 0.03))))
    rods = [
        shapes.transform(
            shapes.cylinder(0.018, -0.04, w + 0.04, 12), [[0, 1, 0, x], [-1, 0, 0, y], [0, 0, 1, 0.022], [0, 0, 0, 1]]
        )
        for y in (low, high)
    ]
    cords = [
        shapes.tube([(x + 0.2, high, 0.02), (x + w / 2, high + 0.3, 0.01)], 0.003, 5),
        shapes.tube([(x + w - 0.2, high, 0.02), (x + w / 2, high + 0.3, 0.01)], 0.003, 5),
    ]
    dressing.add("frame_wood", [wall.put(part) for part in (*rods, *cords)])


def _add_clock(dressing: Dressing, x: float, y: float) -> None:
    wall = ROOM.wall("back")
    rim = shapes.stand_up(shapes.lathe([(0.17, 0), (0.175, 0.03), (0.165, 0.05), (0.15, 0.04)], 40))
    face = shapes.stand_up(shapes.cylinder(0.155, 0, 0.03, 40))
    dressing.add("office_black", wall.put(shapes.move(rim, (x, y, 0))))
    dressing.add("paper", wall.put(shapes.move(face, (x, y, 0))))
    marks = []
    for k in range(12):
        a = k * np.pi / 6
        marks.append(
            shapes.move(
                shapes.box((-0.004, -0.014, 0), (0.004, 0.014, 0.002)),
                (x + 0.13 * np.sin(a), y + 0.13 * np.cos(a), 0.0305),
            )
        )
    marks += [
        shapes.box((x - 0.005, y - 0.01, 0.031), (x + 0.005, y + 0.085, 0.033)),
        shapes.box((x - 0.01, y - 0.004, 0.033), (x + 0.12, y + 0.004, 0.035)),
    ]
    dressing.add("ink", [wall.put(mark) for mark in marks])


def _add_place(dressing: Dressing, at: tuple[float, float], iron: bool, rng: np.random.Generator) -> None:
    """A pupil's desk and chair, who looks towards the board (-Z), and what lies there."""
    x, z = at[0] + float(rng.normal(0, 0.025)), at[1] + float(rng.normal(0, 0.03))
    turn = float(rng.normal(0, 1.6))
    dressing.add_all(_iron_desk() if iron else _steel_desk(), (x, 0, z), turn)
    pushed = float(rng.uniform(0.36, 0.56))
    chair = tables.wooden_chair() if iron else tables.steel_chair("table_wood")
    dressing.add_all(chair, (x + float(rng.normal(0, 0.04)), 0, z + pushed + 0.06), 180.0 + float(rng.normal(0, 8)))
    top = 0.735
    if rng.random() < 0.85:
        _add_book(
            dressing,
            (x + float(rng.uniform(-0.2, 0.0)), top, z + float(rng.uniform(-0.04, 0.08))),
            float(rng.normal(0, 12)),
            rng,
        )
    if rng.random() < 0.6:
        dressing.add_all(
            office_furniture.papers(rng, int(rng.integers(1, 4))), (x + 0.17, top, z + 0.02), float(rng.normal(0, 14))
        )
    for _ in range(int(rng.integers(0, 3))):
        stick = shapes.transform(
            shapes.cylinder(0.0038, -0.085, 0.085, 6), [[0, 1, 0, 0], [-1, 0, 0, 0.004], [0, 0, 1, 0], [0, 0, 0, 1]]
        )
        dressing.add(
            "pencil",
            shapes.move(
                stick, (x + rng.uniform(-0.2, 0.25), top, z - 0.15 + rng.normal(0, 0.03)), float(rng.uniform(0, 180))
            ),
        )
    if rng.random() < 0.4 and abs(at[0]) > 2:  # away from the aisle
        bag = shapes.soft_box((-0.17, 0, -0.08), (0.17, 0.38, 0.08), 0.05)
        place = (x + float(np.sign(x)) * 0.46, 0, z + 0.3)
        dressing.add("bag", shapes.move(bag, place, 90.0 + float(rng.normal(0, 20))))


def _add_book(dressing: Dressing, at: tuple[float, float, float], turn: float, rng: np.random.Generator) -> None:
    """A closed book, or an open one."""
    if rng.random() < 0.55:
        cover = str(rng.choice(["binder_blue", "binder_red", "book_green", "book_ochre"]))
        thick = float(rng.uniform(0.012, 0.03))
        block = shapes.box((-0.085, 0.002, -0.118), (0.088, thick - 0.002, 0.118))
        shell = [
            shapes.box((-0.09, 0, -0.122), (0.09, 0.002, 0.122)),
            shapes.box((-0.09, thick - 0.002, -0.122), (0.09, thick, 0.122)),
            shapes.box((-0.092, 0, -0.122), (-0.088, thick, 0.122)),
        ]
        dressing.add("paper", shapes.move(block, at, turn))
        dressing.add(cover, [shapes.move(part, at, turn) for part in shell])
        return
    u, v = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-0.12, 0.12, 3))
    y = 0.004 + 0.018 * np.abs(u) ** 0.5 * (1 - 0.75 * np.abs(u))
    dressing.add("paper", shapes.move(shapes.grid(np.stack([0.17 * u, y, -v], axis=-1)), at, turn))
    lines = [
        shapes.box((x0, 0.0145, z), (x0 + 0.11, 0.0152, z + 0.003))
        for x0 in (-0.14, 0.03)
        for z in np.arange(-0.09, 0.09, 0.018).tolist()
    ]
    dressing.add("ink", [shapes.move(line, at, turn) for line in lines])


def _steel_desk() -> tables.Parts:
    top = shapes.soft_box((-0.34, 0.715, -0.24), (0.34, 0.735, 0.24), 0.006)
    shelf = shapes.box((-0.29, 0.585, -0.20), (0.29, 0.597, 0.16))
    legs = [
        shapes.tube(
            [(sx * 0.29, 0, 0.21), (sx * 0.29, 0.70, 0.19), (sx * 0.29, 0.71, -0.19), (sx * 0.29, 0, -0.21)], 0.0125, 8
        )
        for sx in (-1, 1)
    ]
    hang = [
        shapes.box((sx * 0.285 - 0.006, 0.585, z - 0.01), (sx * 0.285 + 0.006, 0.72, z + 0.01))
        for sx in (-1, 1)
        for z in (-0.18, 0.14)
    ]
    bar = shapes.tube([(-0.29, 0.3, -0.20), (0.29, 0.3, -0.20)], 0.009, 8)
    return {"table_wood": top, "chrome": shapes.merge([shelf, *legs, *hang, bar])}


def _iron_desk() -> tables.Parts:
    """A desk of an old school: cast ends, a sloped lid, an inkwell."""
    top = shapes.soft_box((-0.36, 0.70, -0.25), (0.36, 0.735, 0.25), 0.006)
    box = shapes.box((-0.32, 0.58, -0.22), (0.32, 0.70, 0.20))
    ends = []
    for sx in (-1, 1):
        outline = np.array(
            [
                (-0.22, 0),
                (-0.13, 0),
                (-0.08, 0.08),
                (0.08, 0.08),
                (0.13, 0),
                (0.22, 0),
                (0.10, 0.30),
                (0.16, 0.60),
                (-0.16, 0.60),
                (-0.10, 0.30),
            ]
        )
        hole = np.array([(-0.05, 0.18), (0.05, 0.18), (0.04, 0.46), (-0.04, 0.46)])
        plate = shapes.extrude(outline, 0.018, [hole])
        ends.append(shapes.move(plate, (sx * 0.30 - 0.009, 0, 0), 90.0))
    well = shapes.lathe([(0.02, 0.736), (0.02, 0.742), (0.012, 0.742), (0.011, 0.736)], 16)
    return {"table_wood": shapes.merge([top, box]), "iron": shapes.merge([*ends, shapes.move(well, (0.26, 0, -0.19))])}


def _add_teacher(dressing: Dressing, rng: np.random.Generator) -> None:
    """A desk across the corner with books, a globe and an apple-green lamp; a waste-paper basket."""
    at, turn = (2.35, 0.0, -1.75), -14.0
    body = [
        shapes.soft_box((-0.80, 0.72, -0.38), (0.80, 0.755, 0.38), 0.006),
        shapes.soft_box((-0.76, 0.02, -0.34), (-0.30, 0.72, 0.34), 0.005),
        shapes.soft_box((0.30, 0.02, -0.34), (0.76, 0.72, 0.34), 0.005),
        shapes.box((-0.30, 0.25, 0.30), (0.30, 0.72, 0.33)),
    ]
    dressing.add("table_wood", [shapes.move(part, at, turn) for part in body])
    dressing.add_all(tables.wooden_chair(), (2.2, 0, -2.45), 5.0)

    def on(x: float, z: float) -> tuple[float, float, float]:
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        return (float(at[0] + c * x + s * z), 0.755, float(at[2] - s * x + c * z))

    for k in range(int(rng.integers(3, 6))):
        x, y, z = on(-0.55, 0.05)
        _add_closed(dressing, (x + float(rng.normal(0, 0.012)), y + 0.026 * k, z), float(rng.normal(0, 9)), rng)
    dressing.add_all(office_furniture.papers(rng, 7), on(0.0, 0.05), turn)
    ball = shapes.sphere(0.16, 36)
    uvs = np.column_stack(
        [np.arctan2(ball.points[:, 0], ball.points[:, 2]) / (2 * np.pi) + 0.5, ball.points[:, 1] / 0.32 + 0.5]
    )
    x, y, z = on(0.55, -0.06)
    dressing.add(
        "globe",
        shapes.move(Mesh(ball.points, ball.triangles, ball.normals, uvs.astype(np.float32)), (x, y + 0.24, z), 30),
    )
    t = np.linspace(-1.9, 1.9, 24)
    arc = shapes.tube(np.column_stack([0.18 * np.cos(t), 0.24 + 0.18 * np.sin(t), 0 * t]), 0.007, 8)
    foot = shapes.lathe([(0.10, 0), (0.10, 0.015), (0.02, 0.03), (0.014, 0.07)], 28)
    dressing.add("metal", [shapes.move(part, (x, y, z), 40) for part in (arc, foot)])
    basket = shapes.lathe([(0, 0.005), (0.12, 0.005), (0.12, 0), (0.16, 0.30), (0.155, 0.30), (0.118, 0.01)], 24)
    dressing.add("iron", shapes.move(basket, (3.5, 0, -2.6)))


def _add_closed(dressing: Dressing, at: tuple[float, float, float], turn: float, rng: np.random.Generator) -> None:
    cover = str(rng.choice(["binder_blue", "binder_red", "book_green", "book_ochre"]))
    dressing.add(cover, shapes.move(shapes.soft_box((-0.10, 0, -0.14), (0.10, 0.026, 0.14), 0.003), at, turn))


def _dress_walls(dressing: Dressing, rng: np.random.Generator) -> None:
    """Boards, cases of books, drawings of the class behind it, hooks with coats."""
    right, front = ROOM.wall("right"), ROOM.wall("front")
    for x in (-1.9, -0.9, 0.1, 1.1):
        dressing.add_all(office_furniture.cabinet(0.96, 0.95, 0.36, 2), right.at(x, 0, 0.20), right.turn)
        for y in (0.08, 0.53):
            dressing.add_all(
                office_furniture.binders(rng, float(rng.uniform(0.5, 0.88)), 0.29),
                right.at(x - 0.44, y, 0.18),
                right.turn,
            )
    for k in range(5):
        _add_closed(dressing, right.at(-1.2 + 0.55 * k, 0.95, 0.19), float(rng.uniform(0, 360)), rng)
    panelling.add_board(dressing, right, -2.3, 1.25, 1.9, 1.0, rng)
    panelling.add_board(dressing, right, 0.1, 1.25, 1.9, 1.0, rng)
    panelling.add_board(dressing, right, 2.5, 1.25, 1.6, 1.0, rng)
    panelling.add_board(dressing, front, -3.4, 1.15, 2.6, 1.2, rng)
    panelling.add_board(dressing, front, 0.9, 1.15, 2.6, 1.2, rng)
    dressing.add("frame_wood", front.put(shapes.soft_box((-3.4, 0.98, 0), (3.5, 1.06, 0.022), 0.004)))
    for x in np.arange(-3.2, 3.4, 0.42).tolist():
        dressing.add("metal", front.put(shapes.tube([(x, 1.03, 0.02), (x, 1.0, 0.07), (x, 1.04, 0.085)], 0.006, 6)))
        if rng.random() < 0.4:
            coat = shapes.soft_box((x - 0.16, 0.35, 0.03), (x + 0.16, 1.01, 0.13), 0.045)
            dressing.add(str(rng.choice(["binder_blue", "binder_red", "bag", "book_green"])), front.put(coat))


def _add_lamps(dressing: Dressing, light: Daylight, rng: np.random.Generator, old: bool) -> None:
    """Two rows of tubes, or of school globes in earlier days."""
    glows = []
    for x in (-2.1, 2.1):
        for z in (-1.8, 1.4, 4.6):
            lamp = lamps.pendant("school", 0.5) if old else lamps.tube_fixture(1.5)
            glows.append(lamps.hang(dressing, lamp, (x, ROOM.height, z), 0.0 if old else 90.0))
    up = 0.06 + 0.94 * light.lamps
    dressing.glow(
        "CeilingLamps", glows, scaled((70.0, 48.0, 26.0) if old else (95.0, 104.0, 96.0), up), "practicals", 2.5
    )


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand, and where each size of shot looks from."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.1, 0, 1)))
    add_mark(stage, "hero_2", facing((0.9, 0, -0.35), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.95, 0, -0.3), (0.4, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
