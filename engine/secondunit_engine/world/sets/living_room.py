"""A living room about a fireplace: modern, or an old cottage's, by the seed; by day or in the evening by its lamps.

The hero stands at the origin and faces +Z; behind are rug, sofa and armchair before the fire at z = -3.4, windows on
the garden at the left, the door at the right. Light groups: `sun`, `sky`, `practicals` (table and floor lamps), `fire`
(flames and embers), `screens` (the television, or the dial of a wireless). Books, cloth, paint, pictures and plants
follow the seed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.interiors import finishes, lamps, panelling
from secondunit_engine.world.interiors.daylight import Daylight, add_daylight, daylight
from secondunit_engine.world.interiors.dressing import OWN_UV, Dressing
from secondunit_engine.world.interiors.hearth import FRONT, hearth
from secondunit_engine.world.interiors.openings import DoorStyle, Sash, add_curtain, add_door, add_window
from secondunit_engine.world.interiors.room import Opening, Room, build_shell
from secondunit_engine.world.interiors.views import add_view
from secondunit_engine.world.layout import GAP, pose_at
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.props import books, furniture
from secondunit_engine.world.props.catalog import prop_named
from secondunit_engine.world.props.houseplant import houseplant
from secondunit_engine.world.props.prop import Variant
from secondunit_engine.world.props.writing import Placed, write_standing
from secondunit_engine.world.stage import camera_mark

ROOM: Final = Room(-2.9, 2.9, -3.4, 4.6, 2.7)
_SUN: Final = -112.0
_WINDOWS: Final = tuple(Opening("left", z, 1.45, 0.55, 2.35) for z in (-1.55, 0.75, 3.0))
_DOOR: Final = Opening("right", 1.9, 0.95, 0.0, 2.10)
_FIRE_X: Final = -0.55  # of the middle of the hearth
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((1.75, 1.62, 4.2), (-0.35, 1.12, -2.0)),
    "WS": ((0.95, 1.45, 4.0), (-0.18, 1.18, -2.0)),
    "FS": ((0.70, 1.25, 3.6), (0.0, 1.0, 0.0)),
    "MFS": ((0.55, 1.38, 2.7), (0.02, 1.16, 0.0)),
    "MS": ((0.45, 1.52, 2.0), (0.02, 1.36, 0.0)),
    "MCU": ((0.35, 1.56, 1.44), (0.02, 1.49, 0.0)),
    "CU": ((0.28, 1.58, 1.42), (0.01, 1.52, 0.03)),
    "ECU": ((0.24, 1.57, 1.20), (0.01, 1.54, 0.05)),
}


@dataclass(frozen=True)
class _Style:
    """Whether the room is old, and its paints, linear Rec.709."""

    old: bool
    wall: RGB
    floor: tuple[RGB, RGB]
    timber: RGB
    curtain: RGB
    surround: RGB


def _style(plan: SetPlan, rng: np.random.Generator) -> _Style:
    deal = rng.integers(0, 1000, 3)
    old = plan.seed % 2 == 1
    modern: tuple[RGB, ...] = ((0.50, 0.48, 0.44), (0.12, 0.17, 0.165), (0.45, 0.38, 0.31), (0.20, 0.22, 0.27))
    cottage: tuple[RGB, ...] = ((0.46, 0.40, 0.28), (0.30, 0.105, 0.075), (0.30, 0.36, 0.25), (0.50, 0.44, 0.35))
    cloths: tuple[RGB, ...] = ((0.42, 0.38, 0.31), (0.20, 0.06, 0.05), (0.10, 0.15, 0.13), (0.34, 0.22, 0.10))
    return _Style(
        old,
        (cottage if old else modern)[deal[0] % 4],
        ((0.055, 0.028, 0.014), (0.16, 0.085, 0.042)) if old else ((0.13, 0.075, 0.040), (0.30, 0.19, 0.11)),
        (0.18, 0.10, 0.055) if old else ((0.28, 0.18, 0.10), (0.42, 0.40, 0.37), (0.09, 0.05, 0.03))[deal[1] % 3],
        cloths[deal[2] % 4],
        (0.26, 0.235, 0.20) if old else ((0.50, 0.48, 0.45), (0.07, 0.07, 0.075))[deal[2] % 2],
    )


def build_living_room(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 73]))
    stage = new_layer(folder / "set.usdc")
    light, style = daylight(plan), _style(plan, rng)
    dressing = Dressing(stage)
    _define(dressing, folder, plan, style)
    _add_shell(dressing, folder, plan, style, light, rng)
    _add_fire(dressing, style, light, rng)
    _add_shelves(dressing, style, light, rng)
    _add_lamps(dressing, light)
    _add_small_things(dressing, rng)
    write_standing(stage, folder, _furniture(plan, style, rng))
    _add_screens(dressing, folder, plan, style, light)
    dressing.write()
    add_daylight(stage, light, _SUN, (-2.6, 0.3, -3.0), (2.2, 2.4, 3.0), dust=0.45, sky_gain=2.4)
    for name, (place, towards) in {
        "hero": ((0, 0, 0), (0.1, 0, 1)),
        "hero_2": ((-0.85, 0, 0.20), (0.4, 0, 1)),
        "hero_3": ((0.95, 0, 0.30), (-0.35, 0, 1)),
    }.items():
        add_mark(stage, name, facing(place, towards))
    for size, (eye, target) in _CAMERAS.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))
    stage.GetRootLayer().Save()


def _define(dressing: Dressing, folder: Path, plan: SetPlan, style: _Style) -> None:
    s, wear = plan.seed % 100_000 * 43, plan.wear
    floor = finishes.planks(s + 1, *style.floor, boards=9 if style.old else 13, wear=wear)
    dressing.define(textures.textured(folder, "floor", floor, 0.0012, clearcoat=0.3), 2.0)
    wall = finishes.paint(s + 2, style.wall, wear=wear, size=512)
    if style.old:
        wall = textures.plaster(s + 2, style.wall, 512, 0.3 + 0.4 * wear)
    dressing.define(textures.textured(folder, "wall", wall, 0.002), 2.0)
    r, g, b = style.timber
    wood = textures.wood(s + 3, (0.55 * r, 0.55 * g, 0.55 * b), (1.5 * r, 1.5 * g, 1.5 * b), 512)
    timber = textures.textured(folder, "timber", wood, 0.0012, clearcoat=0.2)
    dressing.define(timber, 1.0)
    stone = textures.stone_blocks(s + 4, style.surround, 512, 5, 3, wear)
    if not style.old:
        stone = finishes.marble(s + 4, style.surround, scaled(style.surround, 0.5), size=512)
    dressing.define(textures.textured(folder, "surround", stone, 0.010 if style.old else 0.0), 1.2)
    dressing.define(textures.textured(folder, "books", books.spine_atlas(s + 6, 1024), 0.003), OWN_UV)
    plain: dict[str, tuple[RGB, float]] = {
        "ceiling": ((0.58, 0.57, 0.54), 0.9),
        "trim": ((0.50, 0.48, 0.44) if not style.old else scaled(style.timber, 1.0), 0.4),
        "skirting": ((0.48, 0.46, 0.43) if not style.old else scaled(style.timber, 1.0), 0.45),
        "door": (scaled(style.timber, 1.1) if style.old else (0.46, 0.44, 0.41), 0.4),
        "dark": ((0.03, 0.03, 0.03), 0.8),
        "soot": ((0.022, 0.020, 0.019), 0.95),
        "log": ((0.060, 0.034, 0.020), 0.9),
        "iron": ((0.030, 0.030, 0.031), 0.5),
        "paper": ((0.56, 0.54, 0.49), 0.8),
        "canvas_sky": ((0.44, 0.42, 0.34), 0.7),
        "canvas_far": ((0.17, 0.22, 0.23), 0.7),
        "canvas_near": ((0.12, 0.11, 0.05), 0.7),
        "ceramic": ((0.30, 0.33, 0.30), 0.25),
        "lampshade": ((0.60, 0.52, 0.38), 0.8),
        "lampshade_inner": ((0.66, 0.60, 0.50), 0.7),
        "leaf": ((0.045, 0.13, 0.035), 0.42),
        "stalk": ((0.09, 0.13, 0.05), 0.6),
        "pot": ((0.34, 0.24, 0.16), 0.5),
        "screen_case": ((0.012, 0.012, 0.013), 0.25),
    }
    for name, (base, roughness) in plain.items():
        dressing.plain(name, base, roughness)
    dressing.plain("curtain", style.curtain, 0.9, sheen=0.4)
    dressing.plain("metal", (0.50, 0.36, 0.16) if style.old else (0.40, 0.40, 0.41), 0.3, metallic=1.0)
    dressing.plain("picture_frame", (0.36, 0.23, 0.08) if style.old else (0.04, 0.04, 0.04), 0.35, metallic=0.6)


def _add_shell(
    dressing: Dressing, folder: Path, plan: SetPlan, style: _Style, light: Daylight, rng: np.random.Generator
) -> None:
    """Walls, windows with curtains and the garden beyond them, the door, pictures, beams."""
    build_shell(dressing, ROOM, [*_WINDOWS, _DOOR], skirting_height=0.14, cornice=0.0 if style.old else 0.09)
    left, right = ROOM.wall("left"), ROOM.wall("right")
    for hole in _WINDOWS:
        add_window(dressing, left, hole, Sash(3, 4) if style.old else Sash(2, 1))
        add_curtain(dressing, left, hole, rng, gathered=0.20, foot=0.03)
    view = "garden" if style.old or plan.seed // 2 % 2 == 0 else "street"
    add_view(dressing, folder, left, plan, light, view, sill=0.6, radius=8.0, gain=1.5)
    add_door(dressing, right, _DOOR, "Door", DoorStyle(panels=(0.42, 0.42)) if style.old else DoorStyle(panels=()))
    for x, w, h in ((-2.3, 0.62, 0.80), (-1.45, 0.70, 0.52), (-0.6, 0.50, 0.66)):
        panelling.add_picture(dressing, right, x - 0.3, 1.62, w, h, rng)
    breast = replace(ROOM.wall("back"), foot=(0.0, 0.0, ROOM.back + (0.10 if style.old else 0.06)))
    panelling.add_picture(dressing, breast, _FIRE_X, 1.90, 1.05, 0.78, rng)
    if style.old:
        for z in np.arange(ROOM.back + 0.55, ROOM.front, 1.15).tolist():
            beam = shapes.soft_box((ROOM.left, 2.50, z - 0.09), (ROOM.right, ROOM.height + 0.01, z + 0.09), 0.02)
            dressing.add("timber", beam)


def _add_fire(dressing: Dressing, style: _Style, light: Daylight, rng: np.random.Generator) -> None:
    """The hearth, and what burns in it: lower by day."""
    made = hearth(rng, old=style.old)
    for name, mesh in made.parts.items():
        dressing.add(name, shapes.move(mesh, (_FIRE_X, 0, ROOM.back)))
    up = 0.25 + 0.40 * light.lamps
    for name, mesh, radiance in (
        ("Flames", made.flames, (150.0, 52.0, 8.5)),
        ("Embers", made.embers, (30.0, 5.5, 0.6)),
    ):
        dressing.glow(name, [shapes.move(mesh, (_FIRE_X, 0, ROOM.back))], scaled(radiance, up), "fire", 1.5)


def _add_shelves(dressing: Dressing, style: _Style, light: Daylight, rng: np.random.Generator) -> None:
    """A case of books left of the hearth; right of it another, or a low bench under the television."""
    spots = [(-2.85, 1.15)]
    if style.old:
        spots.append((0.75, 2.05))
    for x, length in spots:
        case, runs = furniture.bookcase(length, 2.25, 5, 1 if length < 1.5 else 2, 0.30)
        dressing.add("timber", shapes.move(case, (x, 0, ROOM.back)))
        runs = [furniture.moved_run(run, (x, 0, ROOM.back), 0.0) for run in runs]
        kept = [run for run in runs if rng.random() < 0.92]
        dressing.add("books", books.shelve(kept, rng, 0.034))
    if not style.old:
        z = ROOM.back
        bench = [shapes.soft_box((0.75, 0.10, z + 0.02), (2.80, 0.50, z + 0.42), 0.006)]
        bench += [
            shapes.soft_box((x, 0.12, z + 0.42), (x + 0.66, 0.48, z + 0.436), 0.004) for x in (0.765, 1.445, 2.125)
        ]
        dressing.add("timber", bench)
        dressing.add("dark", shapes.box((0.80, 0.0, z + 0.04), (2.75, 0.11, z + 0.38)))
        floating = [shapes.soft_box((0.9, y, z), (2.65, y + 0.035, z + 0.22), 0.004) for y in (1.78, 2.12)]
        dressing.add("timber", floating)
        runs = [
            books.Run((x, y + 0.035, z + 0.01), (1, 0, 0), (0, 0, 1), length, 0.26, 0.20)
            for x, y, length in ((0.95, 1.78, 0.7), (1.9, 1.78, 0.55), (1.25, 2.12, 0.9))
        ]
        dressing.add("books", books.shelve(runs, rng, 0.034))


def _add_screens(dressing: Dressing, folder: Path, plan: SetPlan, style: _Style, light: Daylight) -> None:
    """The television, or a wireless with a lit dial on the sideboard of the case."""
    z = ROOM.back
    if style.old:
        x, y = 2.30, 0.0
        body = shapes.soft_box((x - 0.32, y, z + 0.42), (x + 0.32, y + 0.82, z + 0.76), 0.03)
        dressing.add("timber", body)
        dressing.add("dark", shapes.box((x - 0.24, 0.12, z + 0.755), (x + 0.24, 0.48, z + 0.764)))
        dial = shapes.box((x - 0.20, 0.58, z + 0.758), (x + 0.20, 0.70, z + 0.765))
        dressing.glow("Dial", [dial], (2.6, 1.5, 0.5), "screens", 0.3)
        return
    low, high = 0.62, 1.40
    dressing.add("screen_case", shapes.soft_box((1.08, low, z + 0.06), (2.48, high, z + 0.10), 0.006))
    dressing.add("screen_case", shapes.box((1.5, 0.9, z - 0.01), (2.0, 1.1, z + 0.07)))
    corners = [(1.10, low + 0.02), (2.46, low + 0.02), (2.46, high - 0.02), (1.10, high - 0.02)]
    picture = shapes.quad(*((x, y, z + 0.101) for x, y in corners))
    file = textures.write_color(folder, "television", _programme(plan.seed))
    level = 1.2 + 1.0 * light.lamps
    dressing.glow("Television", [picture], (level, level, level), "screens", 0.6, file)


def _programme(seed: int) -> np.ndarray:
    """What is on: hills behind hills at sunset, linear Rec.709, shape [180, 320, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 79]))
    rise = np.linspace(1, 0, 180)[:, None, None]
    picture = np.array([0.95, 0.36, 0.12]) * (1 - rise) + np.array([0.10, 0.16, 0.42]) * rise
    picture = np.broadcast_to(picture, (180, 320, 3)).copy()
    for layer in range(4):
        ridge = 80 + 24 * layer + 11 * np.sin(np.arange(320) / rng.uniform(14, 50) + rng.uniform(0, 6))
        below = np.arange(180)[:, None] > ridge[None]
        picture[below] = np.array([0.36, 0.16, 0.16]) * (1 - layer / 4) + np.array([0.012, 0.02, 0.02])
    return picture


def _add_lamps(dressing: Dressing, light: Daylight) -> None:
    """Lamps on the two side tables, a tall one behind the armchair."""
    spots = ((2.50, 0.55, -0.32, 0.55), (2.50, 0.55, -2.62, 0.55), (-2.45, 0.0, -2.55, 1.52))
    bulbs = [lamps.hang(dressing, lamps.table_lamp(height), (x, y, z)) for x, y, z, height in spots]
    dressing.glow("Bulbs", bulbs, scaled(lamps.BULB, 0.02 + 4.0 * light.lamps), "practicals", 2.0)
    tables = [(2.50, 0.0, -0.32), (2.50, 0.0, -2.62)]
    top = shapes.lathe([(0, 0.52), (0.24, 0.52), (0.25, 0.53), (0.25, 0.545), (0.24, 0.55), (0, 0.55)], 40)
    leg = shapes.lathe([(0.16, 0.0), (0.15, 0.02), (0.03, 0.06), (0.024, 0.40), (0.08, 0.53)], 24)
    dressing.add("timber", shapes.array(shapes.merge([top, leg]), tables))


def _add_small_things(dressing: Dressing, rng: np.random.Generator) -> None:
    """Plants by the windows and on the shelf, wood by the hearth, a basket of it."""
    for at, height, count, leaf in (
        ((-2.45, 0.0, -0.42), 1.35, 26, 0.30),
        ((2.45, 0.0, 3.2), 1.25, 24, 0.28),
        ((-2.5, 0.0, 4.2), 0.9, 20, 0.24),
    ):
        leaves, stems, pot = houseplant(rng, float(height * rng.uniform(0.9, 1.1)), count, leaf)
        for material, mesh in (("leaf", leaves), ("stalk", stems), ("pot", pot)):
            dressing.add(material, shapes.move(mesh, at))
    logs = []
    for row, many in enumerate((4, 3, 2)):
        for k in range(many):
            x = 0.46 - 0.055 * many + 0.11 * k
            one = shapes.cylinder(0.052, -0.16, 0.16, 12)
            at = (x, 0.052 + 0.094 * row, ROOM.back + FRONT + 0.2)
            lying = shapes.move(shapes.stand_up(one), at)
            logs.append(lying)
    dressing.add("log", logs)


def _furniture(plan: SetPlan, style: _Style, rng: np.random.Generator) -> list[Placed]:
    """Sofa, armchair, table and rug, and what lies on the table."""
    number = int(rng.integers(12))
    era = "1950s" if style.old else "present"

    def put(prop: str, x: float, y: float, z: float, turn: float, more: int = 0) -> Placed:
        return Placed(prop_named(prop), pose_at(x, y + GAP, z, turn), Variant(number + more, era, plan.wear))

    top = 0.01 + float(prop_named("coffee_table").size[1])
    return [
        put("rug", 0.35, 0.0, -1.62, 0.0, 1),
        put("sofa", 1.95, 0.0, -1.47, -90.0),
        put("armchair", -1.42, 0.0, -1.70, 62.0, 3),
        put("coffee_table", 0.42, 0.01, -1.55, 90.0),
        put("book_pile", 0.46, top, -1.80, 24.0),
        put("teacup", 0.36, top, -1.38, float(rng.uniform(0, 360))),
        put("vase", 0.50, top, -1.20, float(rng.uniform(0, 360)), 2),
        put("clock", _FIRE_X + 0.30, 1.27, ROOM.back + 0.16, 0.0),
    ]
