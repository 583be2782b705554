"""An office high over a city: an open floor of desks, or a boardroom, by the seed.

An even seed gives the open floor, an odd one the boardroom. The windows are behind the hero, who faces +Z; the sun
comes in through them. Light groups: `sun`, `sky`, `practicals` (panels in the ceiling, pendants, desk lamps) and
`screens`. The seed also deals carpets, dividers, blinds, who has how many screens and what lies on which desk; earlier
decades have cathode-ray tubes. At night some of the panels are out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, lamps, screens
from secondunit_engine.world.interiors import office_furniture as furniture
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.openings import DoorStyle, Sash, add_blind, add_door, add_window
from secondunit_engine.world.interiors.room import Opening, Room, Side, build_shell
from secondunit_engine.world.interiors.views import add_view
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.props import crockery
from secondunit_engine.world.props.houseplant import houseplant
from secondunit_engine.world.stage import camera_mark

FLOOR: Final = Room(-6.3, 6.3, -5.2, 6.4, 2.85)
BOARD: Final = Room(-4.2, 4.2, -4.1, 4.9, 2.85)
_OLD: Final = ("1970s", "1980s", "1990s", "past", "retro")
_POD: Final = 3.45  # m from the aisle's middle to where two rows of desks meet
_SUN: Final = 152.0  # bearing of the sun
_SCREEN: Final[RGB] = (1.9, 1.95, 2.05)
# Eye and target of each camera, on the open floor and in the boardroom.
_CAMERAS: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "EWS": ((1.9, 1.75, 6.0), (-0.5, 1.05, -1.5)),
        "WS": ((1.25, 1.45, 3.3), (-0.45, 1.16, -1.6)),
        "FS": ((0.9, 1.30, 3.5), (0.05, 1.0, 0.0)),
        "MFS": ((0.7, 1.42, 2.65), (0.03, 1.15, 0.0)),
        "MS": ((0.5, 1.52, 1.95), (0.03, 1.36, 0.0)),
        "MCU": ((0.38, 1.56, 1.44), (0.02, 1.49, 0.0)),
        "CU": ((0.30, 1.58, 1.42), (0.01, 1.52, 0.03)),
        "ECU": ((0.25, 1.57, 1.20), (0.01, 1.54, 0.05)),
    },
    {
        "EWS": ((2.9, 1.85, 4.5), (-0.5, 0.95, -1.6)),
        "WS": ((1.55, 1.45, 2.2), (-0.25, 1.12, -3.0)),
        "FS": ((0.75, 1.38, 1.1), (0.04, 1.05, -2.5)),
        "MFS": ((0.60, 1.45, 0.2), (0.03, 1.18, -2.5)),
        "MS": ((0.48, 1.52, -0.55), (0.03, 1.36, -2.5)),
        "MCU": ((0.38, 1.56, -1.06), (0.02, 1.49, -2.5)),
        "CU": ((0.30, 1.58, -1.08), (0.01, 1.52, -2.47)),
        "ECU": ((0.25, 1.57, -1.30), (0.01, 1.54, -2.45)),
    },
)
_PEOPLE: Final[tuple[dict[str, tuple[RGB, RGB]], ...]] = (
    {
        "hero": ((0, 0, 0), (0.1, 0, 1)),
        "hero_2": ((0.85, 0, 0.35), (-0.4, 0, 1)),
        "hero_3": ((-0.85, 0, 0.45), (0.4, 0, 1)),
    },
    {
        "hero": ((0, 0, -2.5), (0.1, 0, 1)),
        "hero_2": ((-1.9, 0, -1.4), (0.6, 0, 1)),
        "hero_3": ((1.9, 0, -1.6), (-0.6, 0, 1)),
    },
)


def build_office(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 22]))
    stage = new_layer(folder / "set.usdc")
    light = daylight(plan)
    dressing = Dressing(stage)
    room = (FLOOR, BOARD)[plan.seed % 2]
    _define(dressing, folder, plan, rng)
    _add_shell(dressing, folder, plan, room, light, rng)
    atlas = screens.write_screens(folder, plan.seed)
    pictures = _add_open_floor(dressing, plan, light, rng) if room is FLOOR else _add_boardroom(dressing, light, rng)
    up = 0.75 + 0.45 * (1 - light.lamps)
    dressing.glow("Screens", pictures, scaled(_SCREEN, up), "screens", 1.0, atlas)
    dressing.write()
    add_daylight(stage, light, _SUN, (room.left + 0.3, 0.3, room.back + 0.2), (room.right - 0.3, 2.6, 2.0), dust=0.6)
    _add_marks(stage, plan.seed % 2)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, rng: np.random.Generator) -> None:
    s, wear, board = plan.seed % 100_000 * 37, plan.wear, plan.seed % 2 == 1
    tones: tuple[RGB, ...] = ((0.085, 0.095, 0.11), (0.10, 0.085, 0.07), (0.05, 0.07, 0.10), (0.12, 0.12, 0.115))
    carpet = finishes.carpet(s + 1, tones[int(rng.integers(4))], tiles_across=0 if board else 4)
    dressing.define(textures.textured(folder, "floor", carpet, 0.006), 2.0)
    wall: RGB = ((0.50, 0.50, 0.49), (0.46, 0.44, 0.41), (0.40, 0.44, 0.46))[int(rng.integers(3))]
    dressing.define(textures.textured(folder, "wall", finishes.paint(s + 2, wall, wear=wear * 0.6), 0.0008), 2.0)
    grid = finishes.tiles(
        s + 3,
        (0.58, 0.58, 0.57),
        rows=4,
        columns=4,
        bond=False,
        gloss=0.85,
        grout=(0.42, 0.42, 0.42),
        vary=0.02,
        wear=wear,
    )
    dressing.define(textures.textured(folder, "ceiling", grid, 0.003), 2.4)
    pale = rng.random() < 0.5
    top = textures.wood(
        s + 4,
        (0.26, 0.17, 0.10) if pale else (0.07, 0.04, 0.022),
        (0.45, 0.32, 0.20) if pale else (0.20, 0.12, 0.065),
        gloss=0.40,
    )
    dressing.define(textures.textured(folder, "desk_top", top, 0.0008), 0.9)
    dark = textures.wood(s + 5, (0.05, 0.024, 0.012), (0.19, 0.095, 0.048), gloss=0.24)
    dressing.define(textures.textured(folder, "board_wood", dark, 0.0006, clearcoat=0.7), 1.2)
    dressing.define(
        textures.textured(
            folder,
            "veneer",
            textures.wood(s + 6, (0.06, 0.032, 0.018), (0.17, 0.10, 0.055), size=512, gloss=0.42),
            0.0008,
        ),
        1.0,
    )
    dressing.plain("skirting", (0.12, 0.12, 0.125), 0.5)
    dressing.plain("trim", (0.075, 0.078, 0.082), 0.35, metallic=0.6)
    dressing.plain("door", (0.20, 0.125, 0.07), 0.4)
    dressing.plain("dark", (0.12, 0.115, 0.11), 0.9)
    dressing.plain("metal", (0.48, 0.48, 0.49), 0.25, metallic=1.0)
    dressing.plain("office_metal", (0.10, 0.10, 0.105) if rng.random() < 0.5 else (0.50, 0.50, 0.50), 0.4)
    dressing.plain("pedestal", (0.44, 0.44, 0.43), 0.42)
    dressing.plain("office_black", (0.022, 0.022, 0.024), 0.38)
    dressing.plain("beige", (0.46, 0.41, 0.32), 0.5)
    dressing.plain("silver", (0.55, 0.55, 0.56), 0.26, metallic=0.9)
    cloths: tuple[RGB, ...] = ((0.035, 0.038, 0.045), (0.04, 0.09, 0.15), (0.16, 0.05, 0.035), (0.10, 0.115, 0.08))
    dressing.plain("chair_cloth", cloths[int(rng.integers(4))], 0.9, sheen=0.3)
    dressing.plain("divider", cloths[int(rng.integers(4))], 0.95, sheen=0.3)
    dressing.plain(
        "leather",
        ((0.028, 0.022, 0.018), (0.13, 0.058, 0.026), (0.20, 0.19, 0.175))[int(rng.integers(3))],
        0.36,
        clearcoat=0.2,
    )
    dressing.plain("paper", (0.60, 0.59, 0.56), 0.8)
    dressing.plain("binder_blue", (0.03, 0.09, 0.22), 0.45)
    dressing.plain("binder_grey", (0.20, 0.20, 0.21), 0.45)
    dressing.plain("binder_red", (0.30, 0.03, 0.03), 0.45)
    dressing.plain("blind", (0.46, 0.46, 0.44), 0.45)
    dressing.plain("fixture", (0.55, 0.55, 0.54), 0.5)
    dressing.plain("shade_inner", (0.62, 0.60, 0.56), 0.5)
    dressing.plain("white_board", (0.62, 0.63, 0.64), 0.12, clearcoat=1.0)
    for name, tone in (
        ("ink_blue", (0.02, 0.06, 0.32)),
        ("ink_red", (0.40, 0.03, 0.03)),
        ("ink_green", (0.02, 0.22, 0.08)),
    ):
        dressing.plain(name, tone, 0.6)
    for name, tone in (
        ("note_yellow", (0.62, 0.50, 0.08)),
        ("note_pink", (0.60, 0.20, 0.28)),
        ("note_blue", (0.16, 0.40, 0.55)),
    ):
        dressing.plain(name, tone, 0.8)
    for material in crockery.CROCKERY:
        dressing.define(material)


def _add_shell(
    dressing: Dressing, folder: Path, plan: SetPlan, room: Room, light: Daylight, rng: np.random.Generator
) -> None:
    """A wall of windows behind, more on the left, a door on the right, blinds let down here and there."""
    bays = 7 if room is FLOOR else 4
    pitch = (room.right - room.left) / bays
    middles = room.left + pitch * (np.arange(bays) + 0.5)
    windows = [Opening("back", float(x), pitch - 0.16, 0.30, room.height - 0.18) for x in middles]
    depth = room.front - room.back
    if room is FLOOR:
        windows += [
            Opening("left", x, 2.2, 0.30, room.height - 0.18)
            for x in (depth / 2 - 1.4, depth / 2 - 3.8, depth / 2 - 6.2)
        ]
    door = Opening("right", depth / 2 - 1.3, 1.0, 0.0, 2.12)
    build_shell(dressing, room, [*windows, door], skirting_height=0.08)
    bare = Sash(2, 1, bar=0.05, sill=0.10, architrave=0.0)
    for window in windows:
        wall = room.wall(window.side)
        add_window(dressing, wall, window, bare)
        if rng.random() < 0.7:
            drop = float(rng.choice([0.12, 0.3, 0.45, 0.6, 0.95], p=[0.3, 0.25, 0.2, 0.15, 0.1]))
            add_blind(dressing, wall, window, drop, float(rng.uniform(-40, 25)))
    add_door(dressing, room.wall("right"), door, "Door", DoorStyle(panels=()))
    views: tuple[tuple[Side, float, float], ...] = (("back", 11.0, 3.0), ("left", 9.5, 1.2))
    for side, radius, weight in views:
        if side == "back" or room is FLOOR:
            name = f"{side.capitalize()}View"
            wall = room.wall(side)
            add_view(
                dressing, folder, wall, plan, light, "skyline",
                name=name, sill=0.3, radius=radius, weight=weight, gain=0.42,
            )  # fmt: skip


def _add_open_floor(dressing: Dressing, plan: SetPlan, light: Daylight, rng: np.random.Generator) -> list[Mesh]:
    """Rows of desks on both sides of the aisle in which the hero stands; returns the pictures on their screens."""
    old = plan.era in _OLD
    pictures: list[Mesh] = []
    bulbs: list[Mesh] = []
    for side in (-1, 1):
        for z in (-3.35, -1.72, 1.15, 2.78):
            for x, spin in ((_POD - 0.42, -90.0), (_POD + 0.42, 90.0)):  # back to back, the screen between them
                _add_desk(dressing, (side * x, z), side * spin, old, light, rng, pictures, bulbs)
            screen = furniture.divider(1.6, 0.42)
            dressing.add_all(screen, (side * _POD, furniture.TOP, z), 90.0)
    _add_panels(dressing, FLOOR, light, rng, (1.2, 2.4))
    if bulbs:
        dressing.glow("DeskLamps", bulbs, scaled(lamps.BULB, 0.5 * light.lamps + 0.02), "practicals", 1.2)
    _add_storage(dressing, FLOOR, rng)
    _add_planter(dressing, rng)
    _add_whiteboard(dressing, FLOOR, rng)
    for x, z in ((-1.6, -4.6), (1.9, -4.6), (-5.7, 5.7), (-3.4, 4.2), (3.5, -0.30), (-3.4, -0.28)):
        _add_plant(dressing, (x, z), rng)
    return pictures


def _add_desk(
    dressing: Dressing,
    at: tuple[float, float],
    spin: float,
    old: bool,
    light: Daylight,
    rng: np.random.Generator,
    pictures: list[Mesh],
    bulbs: list[Mesh],
) -> None:
    """A desk with its chair and what its owner has on it; `spin` turns the owner, who looks along -Z, about +Y."""

    def put(parts: furniture.Parts, x: float, y: float, z: float, turn: float = 0.0) -> None:
        for name, mesh in parts.items():
            dressing.add(name, placed(mesh, x, y, z, turn))

    def placed(mesh: Mesh, x: float, y: float, z: float, turn: float = 0.0) -> Mesh:
        return shapes.move(shapes.move(mesh, (x, y, z), turn), (at[0], 0, at[1]), spin)

    top = furniture.TOP
    put(furniture.desk(), 0, 0, 0)
    put(
        furniture.task_chair(),
        float(rng.normal(0, 0.06)),
        0,
        0.62 + float(rng.uniform(0, 0.22)),
        float(rng.normal(0, 35)),
    )
    count = 1 if old else int(rng.choice([1, 2, 2]))
    for k in range(count):
        body, picture = furniture.monitor(0.40 if old else float(rng.choice([0.56, 0.62])), old)
        x = (k - (count - 1) / 2) * 0.66 - 0.08
        turn = -16.0 * (k - (count - 1) / 2) + float(rng.normal(0, 3))
        put(body, x, top, -0.20, turn)
        if rng.random() < 0.8:
            pictures.append(screens.cell(placed(picture, x, top, -0.20, turn), int(rng.integers(12))))
        else:
            dressing.add("office_black", placed(picture, x, top, -0.20, turn))
    put(
        furniture.keyboard("beige" if old else "office_black"),
        -0.05 + float(rng.normal(0, 0.03)),
        top,
        0.16,
        float(rng.normal(0, 4)),
    )
    for _ in range(int(rng.integers(1, 4))):
        put(
            furniture.papers(rng, int(rng.integers(2, 9))),
            float(rng.choice([-0.58, 0.60])) + float(rng.normal(0, 0.05)),
            top,
            float(rng.uniform(-0.1, 0.18)),
            float(rng.normal(0, 20)),
        )
    if rng.random() < 0.75:
        put(
            crockery.mug(str(rng.choice(["china", "china_blue", "stoneware"]))),
            0.42,
            top,
            0.12 + float(rng.normal(0, 0.04)),
            float(rng.uniform(0, 360)),
        )
    if rng.random() < 0.35:
        put(crockery.herb_pot(rng), -0.68, top, -0.26)
    if rng.random() < 0.45:
        body, bulb = furniture.desk_lamp()
        put(body, 0.66, top, -0.24, 150.0)
        if rng.random() < 0.4 + 0.4 * light.lamps:
            bulbs.append(placed(bulb, 0.66, top, -0.24, 150.0))
    put(furniture.tower(), -0.62, 0, 0.0)


def _add_panels(
    dressing: Dressing, room: Room, light: Daylight, rng: np.random.Generator, pitch: tuple[float, float]
) -> None:
    """Luminous panels in the ceiling, on its grid; by night a part of them is out."""
    lit: list[Mesh] = []
    xs = np.arange(room.left + 1.2, room.right - 0.6, pitch[1])
    zs = np.arange(room.back + 1.2, room.front - 0.6, pitch[1])
    for x in xs.tolist():
        for z in zs.tolist():
            glow = lamps.hang(dressing, lamps.ceiling_panel(0.59, pitch[0]), (x, room.height, z))
            if rng.random() < (0.95 if light.lamps < 0.9 else 0.45):
                lit.append(glow)
            else:
                dressing.add("shade_inner", glow)
    up = max(0.16, 0.62 * light.lamps)
    dressing.glow("Panels", lit, scaled(lamps.PANEL, up), "practicals", 2.0)


def _add_storage(dressing: Dressing, room: Room, rng: np.random.Generator) -> None:
    """Cases of binders along the right wall and before the front one."""
    right, front = room.wall("right"), room.wall("front")
    for wall, spots in ((right, (-5.2, -4.2, -3.2, -2.2, -1.2, -0.2)), (front, (-4.6, -3.6, 0.9, 1.9, 2.9, 3.9))):
        for x in spots:
            tall = float(rng.choice([1.25, 1.65]))
            case = furniture.cabinet(0.96, tall, 0.42, 3 if tall < 1.5 else 4)
            dressing.add_all(case, wall.at(x, 0, 0.215), wall.turn)
            levels = np.linspace(0.06, tall - 0.02, (3 if tall < 1.5 else 4) + 1)[:-1] + 0.02
            for y in levels.tolist():
                row = furniture.binders(rng, float(rng.uniform(0.4, 0.88)))
                dressing.add_all(row, wall.at(x - 0.44, y, 0.215), wall.turn)
            if rng.random() < 0.5:
                dressing.add_all(crockery.herb_pot(rng), wall.at(x + 0.2, tall, 0.2))


def _add_whiteboard(dressing: Dressing, room: Room, rng: np.random.Generator) -> None:
    """On the front wall: a board with sketches, arrows and notes."""
    wall = room.wall("front")
    x0, x1, y0, y1 = -2.2, 0.2, 0.95, 2.2
    dressing.add("silver", wall.put(shapes.soft_box((x0 - 0.03, y0 - 0.03, 0), (x1 + 0.03, y1 + 0.03, 0.02), 0.006)))
    dressing.add("silver", wall.put(shapes.soft_box((x0, y0 - 0.05, 0), (x1, y0 - 0.03, 0.09), 0.004)))
    dressing.add("white_board", wall.put(shapes.box((x0, y0, 0.018), (x1, y1, 0.022))))
    for _ in range(16):
        ink = str(rng.choice(["ink_blue", "ink_red", "ink_green"]))
        start = np.array([rng.uniform(x0 + 0.2, x1 - 0.5), rng.uniform(y0 + 0.2, y1 - 0.2)])
        steps = np.cumsum(np.column_stack([rng.uniform(0.0, 0.05, 9), rng.normal(0, 0.035, 9)]), axis=0) + start
        steps = np.clip(steps, [x0 + 0.05, y0 + 0.05], [x1 - 0.05, y1 - 0.05])
        dressing.add(ink, wall.put(shapes.tube(np.column_stack([steps, np.full(9, 0.0225)]), 0.0035, 5)))
    for k in range(10):
        note = shapes.box((0, 0, 0.022), (0.076, 0.076, 0.024))
        at = (x0 + 0.12 + 0.105 * (k % 5) + rng.normal(0, 0.006), y1 - 0.3 - 0.12 * (k // 5), 0)
        dressing.add(str(rng.choice(["note_yellow", "note_pink", "note_blue"])), wall.put(shapes.move(note, at)))


def _add_plant(dressing: Dressing, at: tuple[float, float], rng: np.random.Generator) -> None:
    leaves, stems, pot = houseplant(rng, float(rng.uniform(1.1, 1.6)), 26, 0.34)
    for material, mesh in (("herb", leaves), ("stalk", stems), ("stoneware", pot)):
        dressing.add(material, shapes.move(mesh, (at[0], 0, at[1])))


def _add_planter(dressing: Dressing, rng: np.random.Generator) -> None:
    """A low case across the aisle behind the hero, with plants and binders on it, and two tubs to sit on."""
    for x in (-0.68, 0.28):
        dressing.add_all(furniture.cabinet(0.96, 0.85, 0.42, 2), (x, 0, -2.7))
        dressing.add_all(furniture.binders(rng, 0.85), (x - 0.44, 0.08, -2.7))
        dressing.add_all(furniture.binders(rng, 0.6, 0.28), (x - 0.44, 0.475, -2.7))
    for x in (-0.95, -0.55, 0.05, 0.55):
        leaves, stems, pot = houseplant(rng, float(rng.uniform(0.42, 0.62)), 22, 0.19)
        for material, mesh in (("herb", leaves), ("stalk", stems), ("stoneware", pot)):
            dressing.add(material, shapes.move(mesh, (x, 0.85, -2.7)))
    for x in (-1.35, 1.15):
        tub = shapes.lathe([(0.0, 0), (0.26, 0), (0.29, 0.05), (0.29, 0.34), (0.26, 0.40), (0, 0.41)], 40)
        dressing.add("chair_cloth", shapes.move(tub, (x, 0, -2.15)))


def _add_boardroom(dressing: Dressing, light: Daylight, rng: np.random.Generator) -> list[Mesh]:
    """A long table with its chairs under a line of light, a screen on the left, slats on the right."""
    length, middle = 5.0, 0.95
    dressing.add_all(furniture.board_table(length), (0, 0, middle))
    for side in (-1, 1):
        for z in np.linspace(middle - 1.85, middle + 1.85, 5).tolist():
            pulled = float(rng.uniform(0, 0.18)) if rng.random() < 0.4 else 0.0
            place = (side * (1.02 + pulled), 0, z + float(rng.normal(0, 0.04)))
            dressing.add_all(furniture.leather_chair(), place, side * 90.0 + float(rng.normal(0, 7)))
    dressing.add_all(furniture.leather_chair(), (0, 0, middle + length / 2 + 0.5), 4.0)
    dressing.add_all(furniture.speaker_phone(), (0, 0.744, middle), 20.0)
    for z in (middle - 1.3, middle + 1.2):
        dressing.add_all(furniture.carafe_set(rng), (float(rng.normal(0, 0.03)), 0.744, z), float(rng.uniform(0, 360)))
    pictures: list[Mesh] = []
    for side in (-1, 1):
        for z in np.linspace(middle - 1.85, middle + 1.85, 5).tolist():
            spot, kind = (side * 0.46, 0.74, z), rng.random()
            if kind < 0.45:
                body, picture = furniture.laptop()
                dressing.add_all(body, spot, side * 90.0 + 180 * 0)
                pictures.append(screens.cell(shapes.move(picture, spot, side * 90.0), int(rng.integers(12))))
            if kind > 0.3:
                dressing.add_all(
                    furniture.papers(rng, 4), (side * 0.44, 0.74, z + 0.26), 90.0 + float(rng.normal(0, 12))
                )
            if rng.random() < 0.6:
                dressing.add_all(crockery.mug(), (side * 0.36, 0.74, z - 0.22), float(rng.uniform(0, 360)))
    pictures.append(_add_wall_screen(dressing))
    _add_slats(dressing)
    _add_line_of_light(dressing, light, middle, length)
    for x, z in ((-3.7, -3.5), (3.7, -3.5), (3.7, 4.3)):
        _add_plant(dressing, (x, z), rng)
    return pictures


def _add_wall_screen(dressing: Dressing) -> Mesh:
    """A wide display on the left wall and a credenza under it; returns its picture."""
    wall = BOARD.wall("left")
    dressing.add("office_black", wall.put(shapes.soft_box((-1.25, 1.02, 0), (1.25, 2.42, 0.05), 0.006)))
    dressing.add("veneer", wall.put(shapes.soft_box((-1.8, 0.08, 0), (1.8, 0.74, 0.45), 0.004)))
    dressing.add("office_black", wall.put(shapes.box((-1.75, 0, 0.02), (1.75, 0.08, 0.40))))
    doors = [
        shapes.soft_box((x + 0.004, 0.10, 0.45), (x + 0.596, 0.72, 0.468), 0.003)
        for x in np.arange(-1.8, 1.7, 0.6).tolist()
    ]
    dressing.add("veneer", [wall.put(door) for door in doors])
    rng = np.random.Generator(np.random.PCG64(5))
    for x in (-1.5, 1.45):
        dressing.add_all(crockery.herb_pot(rng), wall.at(x, 0.74, 0.22))
    x, low, high, z = 1.23, 1.04, 2.40, 0.0512
    picture = shapes.quad((-x, low, z), (x, low, z), (x, high, z), (-x, high, z))
    return screens.cell(wall.put(picture), 2)


def _add_slats(dressing: Dressing) -> None:
    """Wooden slats on the right wall, up to the door."""
    wall = BOARD.wall("right")
    stop = wall.length / 2 - 1.3 - 0.62
    places = np.arange(-wall.length / 2 + 0.03, stop, 0.075)
    one = shapes.box((0, 0.08, 0), (0.038, BOARD.height, 0.045))
    dressing.add("veneer", wall.put(shapes.array(one, np.column_stack([places, 0 * places, 0 * places]))))
    dressing.add("office_black", wall.put(shapes.box((-wall.length / 2, 0.08, 0), (stop, BOARD.height, 0.006))))


def _add_line_of_light(dressing: Dressing, light: Daylight, middle: float, length: float) -> None:
    """Two long pendants over the table and downlights round the walls."""
    glows = []
    for z in (middle - length * 0.24, middle + length * 0.24):
        y = 2.02
        dressing.add("office_black", shapes.soft_box((-0.035, y, z - 1.05), (0.035, y + 0.06, z + 1.05), 0.004))
        for dz in (-0.9, 0.9):
            dressing.add("office_black", shapes.tube([(0, y + 0.05, z + dz), (0, BOARD.height, z + dz)], 0.003, 6))
        glows.append(
            shapes.quad(
                (-0.028, y - 0.001, z - 1.04),
                (0.028, y - 0.001, z - 1.04),
                (0.028, y - 0.001, z + 1.04),
                (-0.028, y - 0.001, z + 1.04),
            )
        )
    dressing.glow("Pendants", glows, scaled((150.0, 118.0, 82.0), 0.06 + 0.94 * light.lamps), "practicals", 2.0)
    spots = []
    for x in (-3.7, 3.7):
        for z in np.linspace(-3.2, 4.0, 6).tolist():
            ring = shapes.lathe([(0.05, -0.006), (0.062, -0.006), (0.062, 0), (0.05, 0)], 24)
            dressing.add("fixture", shapes.move(ring, (x, BOARD.height, z)))
            a = 0.048
            y = BOARD.height - 0.004
            spots.append(shapes.quad((x - a, y, z - a), (x + a, y, z - a), (x + a, y, z + a), (x - a, y, z + a)))
    dressing.glow("Downlights", spots, scaled((300.0, 205.0, 120.0), 0.04 + 0.8 * light.lamps), "practicals", 1.0)


def _add_marks(stage: Usd.Stage, layout: int = 0) -> None:
    """Where people stand, and where each size of shot looks from."""
    for name, (place, towards) in _PEOPLE[layout].items():
        add_mark(stage, name, facing(place, towards))
    for size, (eye, target) in _CAMERAS[layout].items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
