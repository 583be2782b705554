"""A home kitchen: units under a window, an island with lamps over it, a table in the sun of a tall window.

The island lies behind the hero, who faces +Z; the tall window is on the left, the sun comes through it from behind.
Light groups: `sun`, `sky`, `practicals`. The seed deals the style of the units, the tiles, the worktop, the floor, the
lamps, the hood, which end the refrigerator stands at, the view and everything that stands about; the fifties have
enamel, chrome and linoleum.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, kitchen_units, lamps, tables
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.kitchen_units import DEPTH, TOP, Front, Handle, Style
from secondunit_engine.world.interiors.openings import DoorStyle, Sash, add_curtain, add_door, add_window
from secondunit_engine.world.interiors.room import Opening, Room, build_shell
from secondunit_engine.world.interiors.views import add_view
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.props import crockery
from secondunit_engine.world.props.houseplant import houseplant
from secondunit_engine.world.stage import camera_mark

ROOM: Final = Room(-2.8, 2.8, -2.7, 3.6, 2.62)
_SINK_WINDOW: Final = Opening("back", -0.30, 1.45, 1.14, 2.24)
_TALL_WINDOW: Final = Opening("left", -0.65, 1.9, 0.42, 2.30)
_DOOR: Final = Opening("right", 1.85, 0.92, 0.0, 2.08)
_ISLAND: Final = (-1.05, 1.05, -1.28, -0.58)  # left, right, back, front
_TABLE: Final = (-1.78, 1.75)
_SUN: Final = -112.0  # bearing of the sun
_OLD: Final = ("1950s", "1940s", "1960s", "past", "vintage", "retro")
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((2.45, 1.62, 3.35), (-0.55, 1.02, -0.70)),
    "WS": ((1.35, 1.40, 2.95), (-0.35, 1.08, -0.50)),
    "FS": ((0.95, 1.30, 3.35), (0.02, 0.98, 0.0)),
    "MFS": ((0.80, 1.40, 2.60), (0.02, 1.14, 0.0)),
    "MS": ((0.55, 1.50, 1.95), (0.02, 1.36, 0.0)),
    "MCU": ((0.40, 1.55, 1.42), (0.02, 1.49, 0.0)),
    "CU": ((0.30, 1.57, 1.40), (0.01, 1.52, 0.03)),
    "ECU": ((0.25, 1.56, 1.18), (0.01, 1.54, 0.05)),
}


@dataclass(frozen=True)
class _Look:
    """How this kitchen is done up, dealt from the seed and the era."""

    old: bool
    style: Style
    cabinet: RGB
    wall: RGB
    tile: RGB
    pendant: lamps.PendantKind
    shade: RGB
    fridge_left: bool
    plaster_hood: bool
    wall_units: bool
    round_table: bool


def _look(plan: SetPlan, rng: np.random.Generator) -> _Look:
    old = plan.era in _OLD
    deal = rng.integers(0, 1000, 8)
    paints: tuple[RGB, ...] = (
        (0.17, 0.22, 0.17),
        (0.035, 0.06, 0.10),
        (0.56, 0.53, 0.47),
        (0.20, 0.115, 0.06),
        (0.055, 0.06, 0.062),
        (0.30, 0.14, 0.10),
    )
    pastels: tuple[RGB, ...] = ((0.25, 0.44, 0.40), (0.55, 0.46, 0.22), (0.50, 0.25, 0.24), (0.30, 0.42, 0.52))
    cabinet = pastels[deal[0] % 4] if old else paints[deal[0] % 6]
    tiles: tuple[RGB, ...] = (
        (0.60, 0.58, 0.54),
        (0.16, 0.27, 0.26),
        (0.55, 0.47, 0.36),
        (0.10, 0.15, 0.22),
        (0.50, 0.28, 0.18),
    )
    kinds: tuple[lamps.PendantKind, ...] = ("dome", "globe", "cone")
    front: Front = "rounded" if old else "slab" if deal[0] % 6 in (3, 4) else "shaker"
    handles: tuple[Handle, ...] = ("bar", "knob", "bar")
    return _Look(
        old=old,
        style=Style(front=front, handle="bar" if old or front == "slab" else handles[deal[1] % 3]),
        cabinet=cabinet,
        wall=((0.50, 0.46, 0.39), (0.46, 0.47, 0.44), (0.52, 0.44, 0.34))[deal[2] % 3],
        tile=(0.58, 0.57, 0.52) if old else tiles[deal[3] % 5],
        pendant="school" if old else kinds[deal[4] % 3],
        shade=((0.03, 0.03, 0.032), (0.50, 0.36, 0.14), (0.10, 0.16, 0.14))[deal[5] % 3],
        fridge_left=bool(deal[6] % 2),
        plaster_hood=not old and deal[0] % 6 in (0, 2, 5),
        wall_units=bool(deal[7] % 2) or old,
        round_table=old or bool(deal[7] % 3 == 0),
    )


def build_kitchen(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 21]))
    stage = new_layer(folder / "set.usdc")
    light, look = daylight(plan), _look(plan, rng)
    dressing = Dressing(stage)
    _define(dressing, folder, plan, look, rng)
    _add_shell(dressing, folder, plan, light, rng)
    _add_units(dressing, look)
    _add_island(dressing, look)
    _add_table(dressing, look)
    _add_dresser(dressing, look, rng)
    _add_things(dressing, look, rng)
    _add_lamps(dressing, look, light)
    dressing.write()
    _add_mug(dressing)
    add_daylight(stage, light, _SUN, (-2.6, 0.3, -2.0), (2.0, 2.4, 3.0))
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, look: _Look, rng: np.random.Generator) -> None:
    """The materials of the room."""
    s, wear = plan.seed % 100_000 * 31, plan.wear
    lino = look.old or rng.random() < 0.25
    if lino:
        pair: tuple[RGB, RGB] = ((0.46, 0.44, 0.38), look.cabinet if look.old else (0.06, 0.06, 0.062))
        floor = finishes.tiles(
            s + 1,
            pair[0],
            rows=6,
            columns=6,
            bond=False,
            second=pair[1],
            gloss=0.16,
            grout=(0.10, 0.10, 0.09),
            vary=0.05,
            wear=wear,
        )
    else:
        tone = rng.uniform(0.75, 1.25)
        floor = finishes.planks(
            s + 1, (0.10 * tone, 0.058 * tone, 0.032 * tone), (0.25 * tone, 0.155 * tone, 0.088 * tone), wear=wear
        )
    dressing.define(textures.textured(folder, "floor", floor, 0.004), 2.0)
    dressing.define(textures.textured(folder, "wall", finishes.paint(s + 2, look.wall, wear=wear), 0.0010), 2.0)
    square = look.old or bool(rng.random() < 0.3)
    tile = finishes.tiles(
        s + 3, look.tile, rows=8, columns=8 if square else 4, bond=not square, vary=0.09, wear=wear * 0.6
    )
    dressing.define(textures.textured(folder, "tiles", tile, 0.006, clearcoat=0.6), 0.66 if not square else 0.9)
    if look.old:
        dressing.plain("worktop", (0.50, 0.48, 0.44), 0.22, clearcoat=0.4)
    elif rng.random() < 0.4:
        dressing.define(
            textures.textured(
                folder, "worktop", textures.wood(s + 4, (0.13, 0.07, 0.035), (0.34, 0.20, 0.11), gloss=0.32), 0.002
            ),
            0.9,
        )
    else:
        stones: tuple[tuple[RGB, RGB], ...] = (
            ((0.56, 0.55, 0.53), (0.20, 0.19, 0.19)),
            ((0.05, 0.052, 0.055), (0.22, 0.21, 0.20)),
            ((0.42, 0.36, 0.29), (0.18, 0.13, 0.09)),
        )
        base, vein = stones[int(rng.integers(3))]
        dressing.define(
            textures.textured(folder, "worktop", finishes.marble(s + 4, base, vein), 0.001, clearcoat=0.5), 1.5
        )
    if look.style.front == "slab" and look.cabinet[0] > 2 * look.cabinet[2]:
        r, g, b = look.cabinet
        surface = textures.wood(s + 5, (0.5 * r, 0.5 * g, 0.5 * b), (1.7 * r, 1.7 * g, 1.7 * b), gloss=0.40)
    else:
        surface = finishes.paint(s + 5, look.cabinet, wear=wear * 0.7, size=512)
    dressing.define(
        textures.textured(
            folder, "cabinet", surface, 0.0012, clearcoat=0.5 if look.old else 0.15, clearcoat_roughness=0.2
        ),
        1.0,
    )
    dressing.define(textures.textured(folder, "steel", finishes.brushed(s + 6), 0.0004, metallic=1.0), 0.5)
    dressing.define(
        textures.textured(
            folder, "table_wood", textures.wood(s + 7, (0.085, 0.045, 0.022), (0.30, 0.175, 0.095)), 0.002
        ),
        0.9,
    )
    dressing.define(
        textures.textured(
            folder, "shelf_wood", textures.wood(s + 8, (0.10, 0.055, 0.028), (0.27, 0.16, 0.085), size=512), 0.002
        ),
        0.8,
    )
    dressing.plain("ceiling", (0.58, 0.57, 0.55), 0.9)
    dressing.plain("skirting", (0.52, 0.50, 0.47), 0.4)
    dressing.plain("trim", (0.54, 0.52, 0.48), 0.38)
    dressing.plain("door", (0.50, 0.48, 0.44), 0.38)
    dressing.plain("dark", (0.10, 0.09, 0.085), 0.9)
    dressing.plain("plinth", (0.03, 0.03, 0.032), 0.6)
    dressing.plain("enamel", (0.60, 0.59, 0.55) if rng.random() < 0.5 else look.cabinet, 0.14, clearcoat=1.0)
    dressing.plain("black_glass", (0.012, 0.012, 0.014), 0.06, clearcoat=1.0)
    brass = not look.old and rng.random() < 0.5
    dressing.plain("handle", (0.60, 0.42, 0.19) if brass else (0.09, 0.088, 0.085), 0.28, metallic=1.0)
    dressing.plain("metal", (0.30, 0.29, 0.28), 0.32, metallic=1.0)
    dressing.plain("shade", look.shade, 0.35, clearcoat=0.4)
    dressing.plain("shade_inner", (0.62, 0.58, 0.50), 0.5)
    dressing.plain("vinyl", (0.42, 0.06, 0.05) if rng.random() < 0.5 else look.cabinet, 0.30, clearcoat=0.4)
    dressing.plain(
        "curtain", ((0.56, 0.52, 0.45), (0.50, 0.40, 0.28), (0.36, 0.42, 0.44))[int(rng.integers(3))], 0.95, sheen=0.3
    )
    dressing.plain("picture_frame", (0.05, 0.035, 0.025), 0.4)
    for material in crockery.CROCKERY:
        dressing.define(material)


def _add_shell(dressing: Dressing, folder: Path, plan: SetPlan, light: Daylight, rng: np.random.Generator) -> None:
    build_shell(dressing, ROOM, [_SINK_WINDOW, _TALL_WINDOW, _DOOR], cornice=0.07)
    back, left = ROOM.wall("back"), ROOM.wall("left")
    panes = int(rng.integers(2, 4))
    add_window(dressing, back, _SINK_WINDOW, Sash(panes, 2, sill=0.13))
    add_window(dressing, left, _TALL_WINDOW, Sash(panes + 1, 3, sill=0.16))
    add_curtain(dressing, left, _TALL_WINDOW, rng, gathered=0.30, foot=0.03)
    add_door(
        dressing, ROOM.wall("right"), _DOOR, "Door", DoorStyle(panels=(0.42, 0.42) if rng.random() < 0.5 else (0.62,))
    )
    kind = "garden" if rng.random() < 0.65 else "street"
    add_view(dressing, folder, back, plan, light, kind, name="BackView", sill=1.14, weight=1.6)
    add_view(dressing, folder, left, plan, light, kind, name="SideView", sill=0.42, weight=3.0)
    splash = [shapes.box((x0, TOP, 0), (x1, y1, 0.008)) for x0, x1, y1 in _splash_pieces()]
    dressing.add("tiles", [back.put(piece) for piece in splash])


def _splash_pieces() -> list[tuple[float, float, float]]:
    """From, to and top of the tiled back wall, about the window."""
    return [
        (-1.86, _SINK_WINDOW.low - 0.08, 1.62),
        (_SINK_WINDOW.low - 0.08, _SINK_WINDOW.high + 0.08, 1.10),
        (_SINK_WINDOW.high + 0.08, 2.19, 1.62),
    ]


def _add_units(dressing: Dressing, look: _Look) -> None:
    """Along the back wall, from the refrigerator to the tall unit; mirrored if the seed says so."""
    style, back = look.style, ROOM.wall("back")
    parts: kitchen_units.Parts = {}
    kitchen_units.join(
        parts,
        kitchen_units.base_run(style, -1.86, 0.98, [0.6, 0.45, 0.9, 0.6, 0.45], [False, True, False, False, True]),
    )
    kitchen_units.join(parts, kitchen_units.worktop(-1.87, 0.985, hole=(-0.68, 0.06)))
    kitchen_units.join(parts, kitchen_units.sink(-0.68, 0.06))
    kitchen_units.join(parts, kitchen_units.stove(1.0, 1.74, old=look.old))
    kitchen_units.join(parts, kitchen_units.base_run(style, 1.755, 2.18, [1], [True]))
    kitchen_units.join(parts, kitchen_units.worktop(1.75, 2.185))
    kitchen_units.join(parts, kitchen_units.hood(0.96, 1.78, ROOM.height, plaster=look.plaster_hood))
    if look.fridge_left:
        kitchen_units.join(parts, kitchen_units.refrigerator(-2.76, -1.90, old=look.old))
        kitchen_units.join(parts, kitchen_units.tall_unit(style, 2.20, 2.79, oven=not look.old))
    else:
        kitchen_units.join(parts, kitchen_units.tall_unit(style, -2.78, -1.88, oven=False))
        kitchen_units.join(
            parts,
            kitchen_units.refrigerator(2.21, 2.79, old=True)
            if look.old
            else kitchen_units.tall_unit(style, 2.20, 2.79),
        )
    if look.wall_units:
        kitchen_units.join(parts, kitchen_units.wall_units(style, -1.86, -1.14, 2))
    else:
        kitchen_units.join(parts, kitchen_units.shelves(-1.84, -1.16, (1.50, 1.90)))
    kitchen_units.join(parts, kitchen_units.shelves(1.84, 2.17, (1.50, 1.90)))
    for name, meshes in parts.items():
        dressing.add(name, [back.put(mesh) for mesh in meshes])


def _add_island(dressing: Dressing, look: _Look) -> None:
    """Units that open to the back, a panelled front, a worktop that overhangs towards the room, two stools."""
    left, right, back, front = _ISLAND
    parts: kitchen_units.Parts = {}
    kitchen_units.join(
        parts, kitchen_units.base_run(look.style, left + 0.04, right - 0.04, [0.6, 0.9, 0.6], [True, False, True])
    )
    for name, meshes in parts.items():
        dressing.add(name, [shapes.move(shapes.move(mesh, (0, 0, 0), 180), (0, 0, back + DEPTH)) for mesh in meshes])
    panels = np.linspace(left + 0.04, right - 0.04, 5)
    for a, b in zip(panels[:-1].tolist(), panels[1:].tolist(), strict=True):
        bare = kitchen_units.front(look.style, a, b, 0.10, TOP - 0.04, back + DEPTH - 0.004)
        dressing.add("cabinet", bare["cabinet"])
    dressing.add("worktop", shapes.soft_box((left, TOP - 0.04, back - 0.02), (right, TOP, front), 0.005))
    for x in (-0.72, 0.72):
        dressing.add_all(tables.stool("vinyl" if look.old else "table_wood"), (x, 0, front + 0.12), 20 * x)


def _add_table(dressing: Dressing, look: _Look) -> None:
    """The table by the window with its chairs, one drawn back."""
    x, z = _TABLE
    if look.round_table:
        dressing.add_all(
            tables.round_table(0.56, top="table_wood" if not look.old else "worktop", foot="metal"), (x, 0, z)
        )
        seats = [(0.60, 0.10, -95.0), (-0.05, -0.66, 4.0), (0.05, 0.68, 184.0), (-0.60, 0.0, 90.0)]
    else:
        dressing.add_all(tables.table(0.86, 1.55), (x, 0, z))
        seats = [(0.46, -0.36, -92.0), (0.58, 0.40, -80.0), (-0.44, -0.34, 90.0), (-0.44, 0.42, 88.0)]
    chair = tables.steel_chair() if look.old else tables.wooden_chair()
    for dx, dz, turn in seats:
        dressing.add_all(chair, (x + dx, 0, z + dz), turn)


def _add_dresser(dressing: Dressing, look: _Look, rng: np.random.Generator) -> None:
    """Against the right wall: a dresser of crockery; pictures on the wall that faces the kitchen."""
    wall = ROOM.wall("right")
    parts: kitchen_units.Parts = {}
    kitchen_units.join(parts, kitchen_units.base_run(look.style, -1.55, 0.15, [1, 1, 1], [False, True, False]))
    kitchen_units.join(parts, kitchen_units.worktop(-1.56, 0.16, 0.50))
    kitchen_units.join(parts, kitchen_units.shelves(-1.5, 0.1, (1.36, 1.70, 2.04), 0.24))
    shrink = {name: [shapes.transform(m, np.diag([1, 1, 0.76, 1])) for m in meshes] for name, meshes in parts.items()}
    for name, meshes in shrink.items():
        dressing.add(name, [wall.put(mesh) for mesh in meshes])
    for y in (1.36, 1.70, 2.04):
        x = -1.42
        while x < 0.02:
            thing, step = _crockery(rng)
            dressing.add_all(thing, wall.at(x + step / 2, y, 0.10), wall.turn + float(rng.uniform(-20, 20)))
            x += step + float(rng.uniform(0.01, 0.06))
    _add_pictures(dressing, rng)


def _add_pictures(dressing: Dressing, rng: np.random.Generator) -> None:
    """Prints on the wall behind the cameras and beside the window, a clock, a plant in the corner."""
    front, left = ROOM.wall("front"), ROOM.wall("left")
    sheet = dressing.plain("print_paper", (0.50, 0.45, 0.36), 0.8)
    r, g, b = rng.uniform(0.05, 0.45, 3).tolist()
    ink = dressing.plain("print_ink", (r, g, b), 0.8)
    hung = (
        (front, -1.2, 1.35, 0.5, 0.7), (front, -0.5, 1.5, 0.4, 0.5), (front, 0.5, 1.3, 0.9, 0.7),
        (left, 1.05, 1.42, 0.36, 0.48), (left, 1.50, 1.30, 0.44, 0.58),
    )  # fmt: skip
    for wall, x, y, w, h in hung:
        dressing.add("picture_frame", wall.put(shapes.soft_box((x, y, 0), (x + w, y + h, 0.025))))
        dressing.add(sheet, wall.put(shapes.box((x + 0.02, y + 0.02, 0.02), (x + w - 0.02, y + h - 0.02, 0.027))))
        for _ in range(3):
            size = float(rng.uniform(0.10, 0.30)) * min(w, h)
            at = (x + w * rng.uniform(0.35, 0.65), y + h * rng.uniform(0.35, 0.7), 0.027)
            dressing.add(ink, wall.put(shapes.move(shapes.stand_up(shapes.cylinder(size, 0, 0.002, 40)), at)))
    rim = shapes.stand_up(shapes.lathe([(0.15, 0), (0.155, 0.02), (0.15, 0.035), (0.14, 0.03)], 40))
    dressing.add("picture_frame", left.put(shapes.move(rim, (0.62, 1.95, 0))))
    dressing.add(sheet, left.put(shapes.move(shapes.stand_up(shapes.cylinder(0.142, 0, 0.02, 40)), (0.62, 1.95, 0))))
    hands = [
        shapes.box((0.617, 1.95, 0.021), (0.623, 2.06, 0.023)),
        shapes.box((0.62, 1.945, 0.021), (0.69, 1.953, 0.023)),
    ]
    dressing.add("handle", [left.put(hand) for hand in hands])
    leaves, stems, pot = houseplant(rng, float(rng.uniform(1.0, 1.35)), 24, 0.32)
    for material, mesh in (("herb", leaves), ("stalk", stems), ("stoneware", pot)):
        dressing.add(material, shapes.move(mesh, (-2.38, 0, -0.98)))


def _crockery(rng: np.random.Generator) -> tuple[crockery.Parts, float]:
    """Something for a shelf, and how wide it is [m]."""
    kind = int(rng.integers(6))
    if kind == 0:
        return crockery.plate_pile(rng, int(rng.integers(3, 9)), 0.10), 0.21
    if kind == 1:
        return crockery.bowl_pile(
            rng, int(rng.integers(2, 6)), str(rng.choice(["china", "china_blue", "stoneware"]))
        ), 0.16
    if kind in (2, 3):
        return crockery.mug(str(rng.choice(["china", "china_blue", "stoneware"]))), 0.10
    if kind == 4:
        return crockery.jar(rng, str(rng.choice(["pasta", "beans", "china"]))), 0.11
    return crockery.bottle(rng, str(rng.choice(["bottle_green", "bottle_oil"]))), 0.08


def _add_things(dressing: Dressing, look: _Look, rng: np.random.Generator) -> None:
    """What stands on the worktops, the sills, the shelves and the table."""
    z = ROOM.back

    def spin() -> float:
        return float(rng.uniform(-35, 35))

    counter = (
        (crockery.utensils(rng), 0.86, 0.16), (crockery.knife_block(), 0.68, 0.20),
        (crockery.bottle(rng, "bottle_oil"), 0.90, 0.34), (crockery.jar(rng, "pasta"), -1.70, 0.15),
        (crockery.jar(rng, "beans"), -1.57, 0.16), (crockery.jar(rng, "china"), -1.45, 0.14),
        (crockery.bread_board(rng), -1.42, 0.42), (crockery.bowl_pile(rng), 0.36, 0.20),
        (crockery.mug("stoneware"), -0.86, 0.30), (crockery.bottle(rng), 1.86, 0.14),
        (crockery.bottle(rng), 1.95, 0.17),
        (crockery.jar(rng, "pasta"), 2.07, 0.15),
    )  # fmt: skip
    for thing, x, depth in counter:
        dressing.add_all(thing, (x, TOP, z + depth), spin())
    stove = (
        (crockery.kettle(), 1.185, 0.44),
        (crockery.pan(0.11, 0.12), 1.555, 0.18),
        (crockery.pan(0.12, 0.05, "cast_iron", lid=False), 1.185, 0.18),
    )
    for thing, x, depth in stove:
        dressing.add_all(thing, (x, TOP + 0.037, z + depth), 200.0 + spin())
    for x in (-0.85, -0.52, 0.08, 0.28)[: int(rng.integers(2, 5))]:
        dressing.add_all(crockery.herb_pot(rng), (x, _SINK_WINDOW.sill, z + 0.02), spin())
    for level in (1.50, 1.90):
        for x in (1.92, 2.06):
            dressing.add_all(_crockery(rng)[0], (x, level, z + 0.12), spin())
        if not look.wall_units:
            for x in (-1.72, -1.53, -1.36):
                dressing.add_all(_crockery(rng)[0], (x, level, z + 0.12), spin())
    side = float(rng.choice([-1, 1]))
    island = (
        (crockery.fruit_bowl(rng), 0.55 * side, -0.92),
        (crockery.bread_board(rng), -0.45 * side, -0.90),
        (crockery.plate_pile(rng), -0.02 * side, -1.08),
        (crockery.bottle(rng), 0.84 * side, -1.10),
    )
    for thing, x, depth in island:
        dressing.add_all(thing, (x, TOP, depth), spin())
    x, z = _TABLE
    laid = (
        (crockery.fruit_bowl(rng), -0.02, -0.05),
        (crockery.mug("china"), 0.24, 0.28),
        (crockery.plate_pile(rng, 2, 0.12), 0.22, -0.30),
        (crockery.mug("china_blue"), -0.26, 0.20),
        (crockery.bottle(rng), -0.16, -0.30),
    )
    for thing, dx, dz in laid:
        dressing.add_all(thing, (x + dx, 0.75, z + dz), float(rng.uniform(0, 360)))
    rail = crockery.towel(0.32, 0.36)
    dressing.add_all(rail, (1.37, 0.72, ROOM.back + DEPTH + 0.06), 0)


def _add_lamps(dressing: Dressing, look: _Look, light: Daylight) -> None:
    """Pendants over the island and the table, strips under the cupboards, a lamp in the hood."""
    glows = []
    bulbs = look.pendant in ("dome", "cone")
    xs = (-0.62, 0.62) if look.pendant == "school" else (-0.70, 0.0, 0.70)
    drop = 0.72 if look.pendant != "school" else 0.38
    for x in xs:
        glows.append(lamps.hang(dressing, lamps.pendant(look.pendant, drop), (x, ROOM.height, -0.92)))
    glows.append(
        lamps.hang(
            dressing,
            lamps.pendant(look.pendant, 0.80 if look.pendant != "school" else 0.5),
            (_TABLE[0], ROOM.height, _TABLE[1]),
        )
    )
    radiance = lamps.BULB if bulbs else lamps.OPAL
    dressing.glow("Pendants", glows, scaled(radiance, light.lamps), "practicals", 2.5)
    z = ROOM.back
    strips = [shapes.box((1.05, 1.548, z + 0.2), (1.70, 1.552, z + 0.24))]
    if look.wall_units and not look.old:
        strips.append(shapes.box((-1.82, 1.405, z + 0.06), (-1.18, 1.412, z + 0.085)))
    if not look.old:
        wall = ROOM.wall("right")
        strips += [wall.put(shapes.box((-1.46, y - 0.038, 0.02), (0.06, y - 0.033, 0.03))) for y in (1.70, 2.04)]
    dressing.glow("Strips", strips, scaled(lamps.STRIP, 0.25 + 0.75 * light.lamps), "practicals", 1.0)


def _add_mug(dressing: Dressing) -> None:
    """A mug on the island within the hero's reach, as a prop."""
    root = f"{names.PROPS}/Mug"
    UsdGeom.Xform.Define(dressing.stage, root).AddTransformOp().Set(facing((0.22, TOP, -0.70), (0.5, 0, 1)))
    for name, mesh in crockery.mug("china").items():
        add_mesh(
            dressing.stage, f"{root}/Body", mesh, Material(name, base=(0.62, 0.60, 0.56), roughness=0.12, clearcoat=0.8)
        )


def _add_marks(stage: Usd.Stage) -> None:
    """Where people stand, and where each size of shot looks from."""
    add_mark(stage, "hero", facing((0, 0, 0), (0.1, 0, 1)))
    add_mark(stage, "hero_2", facing((0.85, 0, 0.45), (-0.4, 0, 1)))
    add_mark(stage, "hero_3", facing((-0.72, 0, 0.25), (0.5, 0, 1)))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
