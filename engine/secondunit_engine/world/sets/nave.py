"""The stone of the library: a gothic nave of eight bays with a gallery, lancet windows and rib vaults.

The nave runs along Z from NEAR (behind the camera) to FAR (the great window and the door); Y is up, metres.
Light enters by windows cut through the walls. A window with leaded panes glows and lets no sun through; an open
one shows the sky and lets the sun in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world.interiors import vaulting
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import (
    array,
    box,
    box_uv,
    extrude,
    fill,
    lathe,
    merge,
    move,
    pointed_arch,
    quad,
    tube,
)

BAY, BAYS = 4.5, 8
NEAR, FAR = 13.5, -22.5
WALL, PIER, CASE = 6.4, 4.15, 5.0  # x of the outer wall, the piers, the backs of the lower bookcases
GALLERY = 4.75  # height of the gallery's floor
SPRING, APEX = 8.2, 14.8
SILL, LANCET, LANCET_RISE, LIGHT = 9.0, 11.4, 1.0, 0.92  # of a clerestory window: sill, springing, rise, width
DOOR_WIDTH, DOOR_SPRING, DOOR_RISE = 2.1, 2.3, 1.25
THICK = 0.18
BAY_CENTRES = tuple(NEAR - BAY * (k + 0.5) for k in range(BAYS))
PIER_Z = tuple(NEAR - BAY * k for k in range(BAYS + 1))


@dataclass(frozen=True)
class Stone:
    """The nave by material: ashlar walls, smooth carved stone, the floor, and the panes of glowing windows."""

    ashlar: Mesh
    carved: Mesh
    vault: Mesh
    floor: Mesh
    lead: Mesh
    panes: Mesh
    great_panes: Mesh
    near_panes: Mesh


def build(open_bays: frozenset[int]) -> Stone:
    """The nave; the right-hand windows of `open_bays` (0 is nearest) have no panes and admit the sun."""
    walls = [side_wall(side, z) for side in (-1, 1) for z in BAY_CENTRES]
    low = [box([side * CASE - 0.02, 0, FAR], [side * CASE + 0.02, GALLERY - 0.3, NEAR]) for side in (-1, 1)]
    floors = [
        box([min(side * 3.7, side * WALL), GALLERY - 0.32, FAR], [max(side * 3.7, side * WALL), GALLERY, NEAR])
        for side in (-1, 1)
    ]
    glazed = [(-1, k) for k in range(BAYS)] + [(1, k) for k in range(BAYS) if k not in open_bays]
    return Stone(
        ashlar=box_uv(merge([*walls, end_wall(), _near_wall(), *low, *floors]), 2.4),
        carved=box_uv(merge([piers(), wall_shafts(), ribs(), hoods(), mouldings()]), 1.6),
        vault=box_uv(merge([vault(z) for z in BAY_CENTRES]), 2.4),
        floor=floor(),
        lead=mullions(),
        panes=merge([_lights(side, BAY_CENTRES[k]) for side, k in glazed]),
        great_panes=_great_lights(),
        near_panes=_near_lights(),
    )


def _window_lights() -> list[NDArray[np.floating]]:
    """Openings of a clerestory window, in metres across and up: two lancets with transoms under an eye.

    The transoms split the sunlight into shafts that stay apart when they are seen along the nave.
    """
    w = LIGHT / 2
    head = pointed_arch(LIGHT, LANCET, LANCET_RISE, 10, 11.2)
    lancet = [head, *(np.array([[-w, y], [w, y], [w, y + 0.82], [-w, y + 0.82]]) for y in (SILL, 10.1))]
    t = np.linspace(0, 2 * np.pi, 21)[:-1]
    eye = np.column_stack([0.44 * np.cos(t), 13.05 + 0.44 * np.sin(t)])
    return [*(opening + np.array([x, 0]) for x in (-0.57, 0.57) for opening in lancet), eye]


def _great_window() -> list[NDArray[np.floating]]:
    t = np.linspace(0, 2 * np.pi, 29)[:-1]
    return [
        pointed_arch(2.3, 8.4, 2.2, 14, 4.7),
        pointed_arch(1.5, 7.4, 1.6, 12, 4.7) + np.array([-2.5, 0]),
        pointed_arch(1.5, 7.4, 1.6, 12, 4.7) + np.array([2.5, 0]),
        np.column_stack([0.95 * np.cos(t), 12.2 + 0.95 * np.sin(t)]),
    ]


def side_wall(side: int, z: float) -> Mesh:
    """One bay of the outer wall with its window cut through."""
    h = BAY / 2
    plate = extrude([[-h, 0], [h, 0], [h, APEX + 0.4], [-h, APEX + 0.4]], THICK, _window_lights())
    return move(plate, [side * (WALL + THICK), 0, z], turn=-90 * side)


def end_wall() -> Mesh:
    """The far wall: the great window above, the doorway below."""
    outline = [[-WALL - THICK, 0], [WALL + THICK, 0], [WALL + THICK, APEX + 0.4], [-WALL - THICK, APEX + 0.4]]
    door = pointed_arch(DOOR_WIDTH, DOOR_SPRING, DOOR_RISE, 14, 0.002)
    return move(extrude(outline, 0.7, [*_great_window(), door]), [0, 0, FAR - 0.7])


def _near_wall() -> Mesh:
    return box([-WALL - THICK, 0, NEAR], [WALL + THICK, APEX + 0.4, NEAR + 0.5])


def vault(z: float) -> Mesh:
    """One bay of the vault."""
    return move(vaulting.vault(WALL, BAY, SPRING, APEX), [0, 0, z])


def ribs() -> Mesh:
    """Transverse ribs at every pier, diagonal ribs across every bay, a ridge, and bosses at the crossings."""
    parts = [move(vaulting.transverse_rib(WALL, SPRING, APEX, 0.17), [0, 0, z]) for z in PIER_Z]
    cross = vaulting.diagonal_ribs(WALL, BAY, SPRING, APEX, 0.10)
    parts += [move(cross, [0, 0, z]) for z in BAY_CENTRES]
    ridge = np.linspace(FAR, NEAR, 3)
    parts.append(tube(np.column_stack([0 * ridge, 0 * ridge + APEX - 0.02, ridge]), 0.08, 8))
    return merge(parts)


def piers() -> Mesh:
    return array(vaulting.pier(GALLERY - 0.34), [[side * PIER, 0, z] for side in (-1, 1) for z in PIER_Z])


def wall_shafts() -> Mesh:
    """Engaged shafts that carry the ribs from the gallery to the springing, with capitals."""
    foot, top = GALLERY, SPRING
    base = [[0.26, foot], [0.26, foot + 0.25], [0.2, foot + 0.34], [0.17, foot + 0.4]]
    collar = [[0.165, top - 0.62], [0.2, top - 0.6], [0.2, top - 0.55], [0.165, top - 0.52]]
    capital = [[0.19, top - 0.35], [0.29, top - 0.16], [0.31, top - 0.12], [0.31, top], [0.0, top]]
    unit = lathe([*base, *collar, *capital], 20)
    return array(unit, [[side * (WALL - 0.14), 0, z] for side in (-1, 1) for z in PIER_Z])


def hoods() -> Mesh:
    """Hood mouldings round the clerestory lights, the great window and the door."""

    def rim(outline: NDArray[np.floating], radius: float) -> Mesh:
        return tube(np.column_stack([outline, np.zeros(len(outline))]), radius, 6)

    lancet = pointed_arch(LIGHT + 0.16, LANCET, LANCET_RISE + 0.1, 10, SILL)[1:]
    unit = merge([rim(lancet + np.array([x, 0]), 0.045) for x in (-0.57, 0.57)])
    places = [(side, z) for side in (-1, 1) for z in BAY_CENTRES]
    parts = [move(unit, [side * WALL, 0, z], turn=-90 * side) for side, z in places]
    great = [(2.5, 8.4, 2.35, 4.7, 0.0, 0.09), (1.68, 7.4, 1.75, 4.7, -2.5, 0.07), (1.68, 7.4, 1.75, 4.7, 2.5,
        0.07), (DOOR_WIDTH + 0.3, DOOR_SPRING, DOOR_RISE + 0.16, 0.0, 0.0, 0.11)]  # fmt: skip
    for width, springing, rise, base, x, radius in great:
        arch = pointed_arch(width, springing, rise, 14, base)
        jambs = np.concatenate([arch[1:], arch[:1]])
        parts.append(move(rim(jambs, radius), [x, 0, FAR + 0.02]))
    return merge(parts)


def mouldings() -> Mesh:
    """String courses along the walls, the gallery's cornice and brackets, and window sills."""
    parts = []
    for side in (-1, 1):
        for x, low, high, out in (
            (3.7, GALLERY - 0.34, GALLERY - 0.24, 0.10),
            (3.7, GALLERY - 0.24, GALLERY - 0.02, 0.05),
            (3.7, GALLERY - 0.02, GALLERY + 0.05, 0.14),
        ):
            edge = sorted([side * (x - out), side * (x + 0.2)])
            parts.append(box([edge[0], low, FAR], [edge[1], high, NEAR]))
        course = sorted([side * (WALL - 0.10), side * WALL])
        parts += [box([course[0], y, FAR], [course[1], y + 0.14, NEAR]) for y in (SILL - 0.2,)]
    parts.append(box([-WALL, 4.42, FAR], [WALL, 4.58, FAR + 0.14]))
    return merge(parts)


def mullions() -> Mesh:
    """Stone bars inside the great window."""
    z = FAR - 0.35
    bars = [box([-0.05, 4.7, z - 0.06], [0.05, 10.4, z + 0.06])]
    bars += [box([x - 0.03, 4.7, z - 0.04], [x + 0.03, 9.6 - abs(x) * 0.8, z + 0.04]) for x in (-0.58, 0.58)]
    bars += [box([x - 0.04, 4.7, z - 0.05], [x + 0.04, 8.9, z + 0.05]) for x in (-2.5, 2.5)]
    bars += [box([-3.3, y, z - 0.025], [3.3, y + 0.045, z + 0.025]) for y in (5.7, 6.7, 7.7)]
    spokes = []
    for angle in np.linspace(0, np.pi, 7)[:-1]:
        reach = 0.97 * np.array([np.cos(angle), np.sin(angle)])
        spokes.append(tube([[-reach[0], 12.2 - reach[1], z], [reach[0], 12.2 + reach[1], z]], 0.028, 6))
    t = np.linspace(0, 2 * np.pi, 25)
    for radius in (0.34, 0.66):
        spokes.append(tube(np.column_stack([radius * np.cos(t), 12.2 + radius * np.sin(t), np.full(25, z)]), 0.03, 6))
    return box_uv(merge([*bars, *spokes]), 0.8)


def _lights(side: int, z: float) -> Mesh:
    """The panes of one clerestory window, glowing inwards; a texture tile is 0.9 m."""
    x = side * (WALL + THICK - 0.03)
    w, low, high = 1.12, SILL - 0.02, 13.6
    corners = [[x, low, z + w * side], [x, low, z - w * side], [x, high, z - w * side], [x, high, z + w * side]]
    corners = corners[::-1] if side < 0 else corners
    pane = quad(*corners)
    flip = pane if pane.normals is not None and pane.normals[0, 0] * side < 0 else quad(*corners[::-1])
    return box_uv(flip, 0.9)


def _great_lights() -> Mesh:
    z = FAR - 0.5
    parts = [quad([x - w, low, z], [x + w, low, z], [x + w, high, z], [x - w, high, z]) for x, w, low, high in
             ((0.0, 1.2, 4.6, 10.7), (-2.5, 0.8, 4.6, 9.1), (2.5, 0.8, 4.6, 9.1), (0.0, 1.0, 11.2, 13.2))]  # fmt: skip
    return box_uv(merge(parts), 0.9)


def _near_lights() -> Mesh:
    """A tall window in the wall behind the camera, which fills the shadows."""
    outline, faces = fill(pointed_arch(3.6, 8.6, 2.9, 12, 4.4))
    points = np.column_stack([-outline[:, 0], outline[:, 1], np.full(len(outline), NEAR - 0.01)])
    return box_uv(Mesh(points.astype(np.float32), faces), 0.9)


def floor() -> Mesh:
    """The floor; a texture tile is 2.4 m."""
    plane = quad([-WALL, 0, NEAR], [WALL, 0, NEAR], [WALL, 0, FAR], [-WALL, 0, FAR])
    return box_uv(plane, 2.4)


def balustrade() -> Mesh:
    """Turned balusters with a rail, along both edges of the gallery."""
    y = GALLERY + 0.05
    profile = [[0.045, 0], [0.045, 0.05], [0.025, 0.08], [0.034, 0.14], [0.05, 0.26], [0.046, 0.33],
        [0.022, 0.46], [0.02, 0.60], [0.034, 0.66], [0.026, 0.70], [0.045, 0.73], [0.045, 0.78]]  # fmt: skip
    unit = lathe(profile, 9, crease=60)
    z = np.arange(FAR + 0.1, NEAR, 0.2)
    parts = []
    for side in (-1, 1):
        x = side * 3.72
        parts.append(array(unit, np.column_stack([np.full(len(z), x), np.full(len(z), y), z])))
        parts.append(box([x - 0.075, y + 0.78, FAR], [x + 0.075, y + 0.86, NEAR], grain=2))
        parts.append(box([x - 0.06, y + 0.86, FAR], [x + 0.06, y + 0.90, NEAR], grain=2))
        parts += [box([x - 0.09, y, p - 0.09], [x + 0.09, y + 1.02, p + 0.09], grain=1) for p in PIER_Z]
    return merge(parts)
