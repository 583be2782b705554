"""Windows and doors in the openings of a room's walls.

A window has no glass: what it frames, sun and sky, comes in (decision 26). A door is a prop that turns on its hinges,
with a handle on both sides, and a small dark hall behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pxr import Gf, Sdf, UsdGeom

from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Mesh, add_mesh
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.room import THICK, Opening, Wall

_BAR = 0.05  # m, the width of a window's frame
_JAMB = 0.035  # m, the thickness of a door's frame


@dataclass(frozen=True)
class Sash:
    """How a window is divided: panes across and up, and the width of the bars between them [m]."""

    across: int = 2
    up: int = 2
    bar: float = 0.024
    sill: float = 0.14  # how far the inner sill reaches into the room [m]
    architrave: float = 0.07


def add_window(dressing: Dressing, wall: Wall, hole: Opening, sash: Sash = Sash(), material: str = "trim") -> None:
    """Frame, bars, inner sill and architrave of a window."""
    z0, z1 = -THICK + 0.04, -THICK + 0.10
    low, high, sill, head = hole.low, hole.high, hole.sill, hole.head
    parts = [
        shapes.soft_box((low, sill, z0), (low + _BAR, head, z1)),
        shapes.soft_box((high - _BAR, sill, z0), (high, head, z1)),
        shapes.soft_box((low, sill, z0), (high, sill + _BAR, z1)),
        shapes.soft_box((low, head - _BAR, z0), (high, head, z1)),
    ]
    half = sash.bar / 2
    for x in np.linspace(low, high, sash.across + 1)[1:-1].tolist():
        parts.append(shapes.soft_box((x - half, sill, z0 + 0.01), (x + half, head, z1 - 0.01)))
    for y in np.linspace(sill, head, sash.up + 1)[1:-1].tolist():
        parts.append(shapes.soft_box((low, y - half, z0 + 0.01), (high, y + half, z1 - 0.01)))
    if sash.sill:
        parts.append(shapes.soft_box((low - 0.06, sill - 0.035, -THICK + 0.10), (high + 0.06, sill, sash.sill), 0.008))
    if sash.architrave:
        edge = sash.architrave
        foot = sill if sash.sill else sill - edge
        parts += [
            shapes.soft_box((low - edge, foot, -0.002), (low, head + edge, 0.022)),
            shapes.soft_box((high, foot, -0.002), (high + edge, head + edge, 0.022)),
            shapes.soft_box((low, head, -0.002), (high, head + edge, 0.022)),
        ]
    dressing.add(material, [wall.put(part) for part in parts])


def add_blind(
    dressing: Dressing, wall: Wall, hole: Opening, drop: float, tilt: float, material: str = "blind", slat: float = 0.05
) -> None:
    """A venetian blind in a window: `drop` 0 to 1 of its height is covered by slats that lean `tilt` degrees."""
    pitch = slat * 0.86
    count = max(1, int((hole.head - hole.sill) * drop / pitch))
    c, s = np.cos(np.radians(tilt)) * slat / 2, np.sin(np.radians(tilt)) * slat / 2
    z, top = -0.075, hole.head - 0.05
    bow = np.array([(-c, -s), (0, 0.004), (c, s), (c, s - 0.0012), (0, 0.0028), (-c, -s - 0.0012)])
    one = shapes.transform(
        shapes.extrude(bow, hole.width - 0.14), [[0, 0, 1, hole.low + 0.07], [0, 1, 0, 0], [1, 0, 0, z], [0, 0, 0, 1]]
    )
    places = np.zeros((count, 3))
    places[:, 1] = top - pitch * (np.arange(count) + 0.5)
    bottom = float(places[-1, 1]) - 0.03
    rails = [
        shapes.soft_box((hole.low + 0.06, top, z - 0.03), (hole.high - 0.06, top + 0.05, z + 0.03)),
        shapes.soft_box((hole.low + 0.07, bottom - 0.02, z - 0.02), (hole.high - 0.07, bottom, z + 0.02)),
    ]
    cords = [
        shapes.box((x - 0.001, bottom, z + 0.027), (x + 0.001, top, z + 0.029))
        for x in np.linspace(hole.low + 0.25, hole.high - 0.25, 3).tolist()
    ]
    dressing.add(material, [wall.put(part) for part in (shapes.array(one, places), *rails, *cords)])


def add_curtain(
    dressing: Dressing,
    wall: Wall,
    hole: Opening,
    rng: np.random.Generator,
    *,
    gathered: float = 0.28,
    foot: float | None = None,
    material: str = "curtain",
    rail: str = "metal",
) -> None:
    """A pair of curtains drawn to both sides of a window, on a rail; `foot` is the height of their hems [m]."""
    hem = hole.sill - 0.06 if foot is None else foot
    top = hole.head + 0.14
    for start, end in ((hole.low - 0.16, hole.low + gathered), (hole.high - gathered, hole.high + 0.16)):
        dressing.add(material, wall.put(curtain(start, end, hem, top, 0.10, rng)))
    pole = shapes.tube([(hole.low - 0.30, top + 0.02, 0.10), (hole.high + 0.30, top + 0.02, 0.10)], 0.011, 10)
    knobs = [shapes.move(shapes.sphere(0.022, 12), (x, top + 0.02, 0.10)) for x in (hole.low - 0.3, hole.high + 0.3)]
    dressing.add(rail, [wall.put(part) for part in (pole, *knobs)])


def curtain(
    start: float, end: float, hem: float, top: float, z: float, rng: np.random.Generator, fold: float = 0.032
) -> Mesh:
    """Cloth in soft folds from `top` down to `hem`, along x, both of its sides."""
    columns, rows = 72, 20
    u, v = np.linspace(0, 1, columns), np.linspace(0, 1, rows)[:, None]
    phase, count = rng.uniform(0, 6.28), max(3.0, abs(end - start) / 0.085)
    wave = np.sin(u * 6.283 * count + phase + 0.5 * np.sin(u * 9 + phase))
    wave = np.sign(wave) * np.abs(wave) ** 0.8 + 0.35 * np.sin(u * 6.283 * count * 0.37 + 2 * phase)
    depth = z + fold * wave[None] * (1.1 - 0.35 * v) + 0.012 * np.sin(4 * v + 7 * u[None] + phase)
    x = start + (end - start) * u[None] + 0.010 * np.sin(5 * v + 11 * u[None])
    y = hem + (top - hem) * v + 0.0 * u[None]
    sheet = shapes.grid(np.stack(np.broadcast_arrays(x, y, depth), axis=-1))
    back = Mesh(
        sheet.points - np.array([0, 0, 0.003], np.float32), sheet.triangles[:, ::-1], -_normals(sheet), sheet.uvs
    )
    return shapes.merge([sheet, back])


def _normals(mesh: Mesh) -> np.ndarray:
    return np.zeros_like(mesh.points) if mesh.normals is None else mesh.normals


@dataclass(frozen=True)
class DoorStyle:
    """panels: Rows of sunk panels, top to bottom, as shares of the height; empty is a flush door. light: A pane in its
    upper half. materials: Of its leaf, its frame and its handle."""

    panels: tuple[float, ...] = (0.5, 0.3)
    columns: int = 2
    light: bool = False
    leaf: str = "door"
    frame: str = "trim"
    metal: str = "metal"
    open_degrees: float = -82.0


def add_door(
    dressing: Dressing, wall: Wall, hole: Opening, name: str, style: DoorStyle = DoorStyle(), *, hall: bool = True
) -> None:
    """A door shut in its opening, as the prop /Shot/Props/<name>; its leaf turns about Y at the hinge.

    Without a `hall` there is none behind it, as where another room lies there.
    """
    _add_frame(dressing, wall, hole, style)
    if hall:
        dressing.add("dark", [wall.put(part) for part in _hall(hole)])
    stage, root = dressing.stage, f"{names.PROPS}/{name}"
    prop = UsdGeom.Xform.Define(stage, root)
    turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), wall.turn))
    hinge = wall.at(hole.low + _JAMB + 0.004, 0.006, -0.075)
    prop.AddTransformOp().Set(turn * Gf.Matrix4d().SetTranslate(Gf.Vec3d(*hinge)))
    leaf = UsdGeom.Xform.Define(stage, f"{root}/Leaf")
    leaf.AddRotateYOp().Set(0.0)
    opens = leaf.GetPrim().CreateAttribute("secondunit:openDegrees", Sdf.ValueTypeNames.Float, custom=True)
    opens.Set(style.open_degrees)
    width, height = _leaf_size(hole)
    board = dressing.mesh(style.leaf, door_leaf(width, height, style))
    add_mesh(stage, f"{root}/Leaf/Board", board, dressing.material(style.leaf))
    metal = dressing.mesh(style.metal, door_handle(width - 0.07, 1.02))
    add_mesh(stage, f"{root}/Leaf/Metal", metal, dressing.material(style.metal))


def add_fixed_door(dressing: Dressing, wall: Wall, hole: Opening, style: DoorStyle = DoorStyle()) -> None:
    """A door that nobody opens: the same frame and leaf, as parts of the set, and dark behind it."""
    _add_frame(dressing, wall, hole, style)
    dressing.add("dark", wall.put(shapes.box((hole.low, 0, -THICK), (hole.high, hole.head, -THICK + 0.02))))
    jamb, width, height = _JAMB, *_leaf_size(hole)
    at = (hole.low + jamb + 0.004, 0.006, -0.075)
    dressing.add(style.leaf, [wall.put(shapes.move(mesh, at)) for mesh in door_leaf(width, height, style)])
    dressing.add(style.metal, [wall.put(shapes.move(mesh, at)) for mesh in door_handle(width - 0.07, 1.02)])


def _leaf_size(hole: Opening) -> tuple[float, float]:
    return hole.width - 2 * _JAMB - 0.008, hole.head - _JAMB - 0.012


def _add_frame(dressing: Dressing, wall: Wall, hole: Opening, style: DoorStyle) -> None:
    """Architrave and jambs."""
    edge, low, high, head, jamb = 0.08, hole.low, hole.high, hole.head, _JAMB
    frame = [
        shapes.soft_box((low - edge, 0, -0.002), (low + 0.005, head + edge, 0.024)),
        shapes.soft_box((high - 0.005, 0, -0.002), (high + edge, head + edge, 0.024)),
        shapes.soft_box((low, head - 0.005, -0.002), (high, head + edge, 0.024)),
        shapes.box((low, 0, -THICK), (low + jamb, head, 0)),
        shapes.box((high - jamb, 0, -THICK), (high, head, 0)),
        shapes.box((low, head - jamb, -THICK), (high, head, 0)),
    ]
    dressing.add(style.frame, [wall.put(part) for part in frame])


def door_leaf(width: float, height: float, style: DoorStyle, thick: float = 0.042) -> list[Mesh]:
    """A leaf from its hinge at x = 0, in z from 0 to `thick`: stiles and rails about sunk panels."""
    if style.light:
        return _glazed_leaf(width, height, thick)
    if not style.panels:
        return [shapes.soft_box((0, 0, 0), (width, height, thick))]
    stile, sunk = 0.105, 0.012
    parts = [shapes.box((0.01, 0.01, sunk), (width - 0.01, height - 0.01, thick - sunk))]
    posts = np.linspace(0, width - stile, style.columns + 1).tolist()
    parts += [shapes.soft_box((x, 0, 0), (x + stile, height, thick), 0.006) for x in posts]
    rails = [height - stile]
    clear = height - stile - 0.2
    for share in style.panels:
        rails.append(rails[-1] - share * clear)
    parts += [shapes.soft_box((0.0, y, 0), (width, y + stile, thick), 0.006) for y in rails if y > 0.25]
    return [*parts, shapes.soft_box((0, 0, 0), (width, 0.2, thick), 0.006)]


def _glazed_leaf(width: float, height: float, thick: float) -> list[Mesh]:
    """A flush leaf with a pane-less light in its upper half: bars, and what is behind."""
    x0, x1, y0, y1 = 0.16, width - 0.16, 1.12, height - 0.2
    return [
        shapes.soft_box((0, 0, 0), (width, y0, thick)),
        shapes.soft_box((0, y1, 0), (width, height, thick)),
        shapes.soft_box((0, y0, 0), (x0, y1, thick)),
        shapes.soft_box((x1, y0, 0), (width, y1, thick)),
        shapes.soft_box(((x0 + x1) / 2 - 0.012, y0, 0.008), ((x0 + x1) / 2 + 0.012, y1, thick - 0.008)),
        shapes.soft_box((x0, (y0 + y1) / 2 - 0.012, 0.008), (x1, (y0 + y1) / 2 + 0.012, thick - 0.008)),
    ]


def door_handle(x: float, y: float, thick: float = 0.042) -> list[Mesh]:
    """Levers and their roses on both sides of a leaf, and a keyhole plate."""
    parts = []
    for side, z in ((1, thick), (-1, 0.0)):
        rose = shapes.stand_up(shapes.lathe([(0, 0), (0.026, 0), (0.024, 0.008), (0.011, 0.010), (0.011, 0.045)], 20))
        spin = 0.0 if side > 0 else 180.0
        parts.append(shapes.move(rose, (x, y, z), spin))
        reach = z + side * 0.045
        bend = [(x, y, reach - side * 0.004), (x - 0.02, y, reach + side * 0.006), (x - 0.12, y - 0.004, reach)]
        parts.append(shapes.tube(bend, [0.011, 0.010, 0.008], 10))
        parts.append(
            shapes.soft_box(
                (x - 0.016, y - 0.14, min(z, z + side * 0.004)), (x + 0.016, y - 0.07, max(z, z + side * 0.004)), 0.001
            )
        )
    return parts


def _hall(hole: Opening) -> list[Mesh]:
    """Walls of a hall behind a door, for when it opens."""
    low, high, deep, top = hole.low - 0.3, hole.high + 0.3, -THICK - 1.5, hole.head + 0.3
    return [
        shapes.box((low, 0, deep - 0.05), (high, top, deep)),
        shapes.box((low - 0.05, 0, deep), (low, top, -THICK)),
        shapes.box((high, 0, deep), (high + 0.05, top, -THICK)),
        shapes.box((low, top, deep), (high, top + 0.05, -THICK)),
        shapes.box((low, -0.05, deep), (high, 0, -THICK)),
    ]
