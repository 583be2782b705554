"""A carriage of an underground train, with its inside: benches, poles, straps, lamps, prints, doors, gangways.

It stands with its floor at y = 0 and runs along z about the origin, its doors shut. Things on a side are made in the
side's frame: x along the train, y up, z outwards from the lining; both sides are the same, turned half round.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from secondunit_engine.world import shapes, trim
from secondunit_engine.world.interiors import prints
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh

Parts = dict[str, Mesh]

LENGTH: Final = 15.0
PITCH: Final = 15.7  # m from one carriage's middle to the next
HALF: Final = 1.30  # m from the middle to the lining
SKIN: Final = 0.08  # m from the lining to the paint
CEILING: Final = 2.22
_HEAD: Final = 1.96  # of the doors
_DOORS: Final = (-5.0, 0.0, 5.0)
_LEAF: Final = 0.65
_BAYS: Final = ((-7.5, -5.65), (-4.35, -0.65), (0.65, 4.35), (5.65, 7.5))
_SILL, _TOP = 0.92, 1.76  # of the windows
_SEAT: Final = 0.46  # m, how deep a bench is
_VENTS: Final = np.arange(-0.42, 0.43, 0.07).tolist()
_AROUND: Final = np.diag([-1.0, 1.0, -1.0, 1.0])  # what faces outwards turned to face the cabin


@dataclass(frozen=True)
class Carriage:
    """parts: Its meshes by material. lamps: What lights it. signals: The small lamps over its doors."""

    parts: Parts
    lamps: Mesh
    signals: Mesh


class _Builder:
    """Parts of a carriage as they are gathered."""

    def __init__(self) -> None:
        self.meshes: dict[str, list[Mesh]] = defaultdict(list)

    def both(self, material: str, *meshes: Mesh) -> None:
        """Meshes in the frame of a side, on both sides."""
        self.meshes[material] += [turned for mesh in meshes for turned in on_both(mesh)]

    def add(self, material: str, *meshes: Mesh) -> None:
        self.meshes[material] += meshes


def on_both(mesh: Mesh) -> tuple[Mesh, Mesh]:
    """A mesh from the frame of a side to both sides."""
    return shapes.move(mesh, (HALF, 0, 0), 90), shapes.move(mesh, (-HALF, 0, 0), -90)


def carriage(rng: np.random.Generator, *, glazed: bool) -> Carriage:
    """A carriage; `glazed` has dark panes that mirror its inside, otherwise its windows are open to the eye."""
    own = _Builder()
    _add_shell(own)
    apart = float(rng.choice([0.34, 0.42, 0.56]))
    for low, high in _BAYS:
        _add_bay(own, low, high, glazed)
        _add_bench(own, low + 0.06, high - 0.06, rng, apart)
    for middle in _DOORS:
        _add_door(own, middle, glazed)
    _add_ends(own)
    _add_running_gear(own)
    strips = [
        shapes.box((side * 0.87 - 0.055, CEILING - 0.022, z - 0.70), (side * 0.87 + 0.055, CEILING - 0.004, z + 0.70))
        for side in (-1, 1)
        for z in np.arange(-6.7, 7.0, 1.49).tolist()
    ]
    lights = [
        part
        for middle in _DOORS
        for part in on_both(shapes.box((middle - 0.05, _HEAD + 0.10, -0.012), (middle + 0.05, _HEAD + 0.125, -0.002)))
    ]
    parts = {name: shapes.merge(_alike(meshes)) for name, meshes in own.meshes.items()}
    return Carriage(parts, shapes.merge(strips), shapes.merge(lights))


def _alike(meshes: list[Mesh]) -> list[Mesh]:
    """Meshes without texture coordinates, unless all have them."""
    if all(mesh.uvs is not None for mesh in meshes):
        return meshes
    return [Mesh(mesh.points, mesh.triangles, mesh.normals) for mesh in meshes]


def _add_shell(own: _Builder) -> None:
    """Floor, ceiling, the slope between it and the sides with its prints, and the roof."""
    end = LENGTH / 2
    own.add("vinyl", shapes.box((-HALF - SKIN, -0.10, -end), (HALF + SKIN, 0.0, end)))
    own.add("cabin_white", shapes.box((-0.93, CEILING, -end), (0.93, CEILING + 0.04, end)))
    for z in np.arange(-6.0, 6.1, 3.0).tolist():  # vents
        own.add("vent", *(shapes.box((x, CEILING - 0.006, z - 0.5), (x + 0.02, CEILING, z + 0.5)) for x in _VENTS))
    slope = shapes.quad((-end, CEILING, -0.37), (end, CEILING, -0.37), (end, 2.0, 0.0), (-end, 2.0, 0.0))
    own.both("cabin_white", shapes.box((-end, _HEAD + 0.02, -0.004), (end, 2.02, 0.03)), slope)
    rise = CEILING - 2.0
    c, s = rise / np.hypot(rise, 0.37), 0.37 / np.hypot(rise, 0.37)
    for number, x in enumerate(np.arange(-6.9, 7.0, 1.15).tolist()):
        card = shapes.transform(prints.poster(1.06, 0.36, number * 3, 0.30, 0.62), _AROUND)
        lean = [[1, 0, 0, x], [0, c, s, 2.0 + rise / 2 - 0.004 * s], [0, -s, c, -0.185 - 0.004 * c], [0, 0, 0, 1]]
        own.both("prints", shapes.transform(card, lean))
    t = np.linspace(0, np.pi, 15)
    wide, z = HALF + SKIN, np.array([-end, end])
    arch = np.stack(
        [
            np.column_stack([wide * np.cos(t), 2.06 + 0.46 * np.sin(t) ** 0.8, np.full(len(t), at)])
            for at in z[::-1].tolist()
        ]
    )
    own.add("skin", shapes.grid(arch))


def _add_bay(own: _Builder, low: float, high: float, glazed: bool) -> None:
    """A side between two doors: lining and paint with windows through them, their rubbers, a stripe."""
    outline = [(low, 0.0), (high, 0.0), (high, _HEAD + 0.02), (low, _HEAD + 0.02)]
    length = high - low
    count = 2 if length > 2.5 else 1
    span = length / count
    windows = []
    for k in range(count):
        a, b = low + k * span + 0.14, low + (k + 1) * span - 0.14
        windows.append(np.array([(a, _SILL), (b, _SILL), (b, _TOP), (a, _TOP)]))
    holes = [trim.rounded(window, 0.09) for window in windows]
    lining = shapes.extrude(outline, 0.03, holes)
    paint = shapes.move(shapes.extrude([(low, -0.30), (high, -0.30), *outline[2:]], 0.03, holes), (0, 0, 0.05))
    own.both("lining", lining)
    own.both("skin", paint)
    for window, hole in zip(windows, holes, strict=True):
        middle = window.mean(axis=0)
        inner = middle + (hole - middle) * [0.985, 0.97]
        own.both("rubber", shapes.move(shapes.extrude(hole, 0.084, [inner]), (0, 0, -0.002)))
        if glazed:
            (a, sill), (b, top) = window[0], window[2]
            own.both("pane", shapes.box((a, sill, 0.034), (b, top, 0.04)))
        bar = (window[0] + window[1]) / 2
        own.both("rubber", shapes.box((window[0][0], 1.52, 0.02), (window[1][0], 1.545, 0.06)))
        own.both("steel", shapes.box((bar[0] - 0.05, 1.56, 0.012), (bar[0] + 0.05, 1.58, 0.032)))
    own.both("stripe", shapes.box((low, 0.30, 0.079), (high, 0.62, 0.082)))


def _add_bench(own: _Builder, low: float, high: float, rng: np.random.Generator, apart: float) -> None:
    """Seats along a side, the screens and poles at their ends, the rail over them and its straps so far `apart` [m].

    A newspaper may have been left on a seat.
    """
    count = int((high - low - 0.1) / 0.47)
    width = (high - low - 0.1) / count
    own.both("kick", shapes.box((low + 0.04, 0.02, -0.34), (high - 0.04, 0.34, 0.0)))
    own.both("steel", shapes.soft_box((low + 0.03, 0.33, -_SEAT), (high - 0.03, 0.37, 0.0), 0.008))
    for k in range(count):
        a = low + 0.05 + k * width
        seat = shapes.soft_box((a + 0.008, 0.37, -_SEAT - 0.01), (a + width - 0.008, 0.445, -0.05), 0.03)
        back = shapes.soft_box((a + 0.008, 0.43, -0.10), (a + width - 0.008, 0.87, -0.004), 0.03)
        own.both("moquette", seat, back)
    for x in (low, high):
        screen = trim.rounded([(0.0, 0.0), (_SEAT, 0.0), (_SEAT - 0.04, 0.86), (0.0, 0.98)], 0.08)
        board = shapes.extrude(screen, 0.016)
        side = [[0, 0, 1, x - 0.008], [0, 1, 0, 0.06], [-1, 0, 0, 0], [0, 0, 0, 1]]
        own.both("screen", shapes.transform(board, side))
        pole = [(x, 0, -_SEAT - 0.03), (x, 1.45, -_SEAT - 0.03), (x, 1.95, -0.56), (x, CEILING, -0.56)]
        own.both("pole", shapes.tube(pole, 0.0165, 10))
    y, z = 1.93, -0.56
    own.both("pole", shapes.tube([(low, y, z), ((low + high) / 2, y, z), (high, y, z)], 0.0145, 10))
    if rng.random() < 0.5:
        x = float(rng.uniform(low + 0.3, high - 0.5))
        sheets = [((x, 0.443 + 0.003 * k, -0.40), (x + 0.29, 0.4455 + 0.003 * k, -0.17 + 0.01 * k)) for k in range(4)]
        own.add("newsprint", shapes.move(bars(sheets), (HALF, 0, 0), 90))
    middles = np.arange(low + 0.28, high - 0.2, apart)
    for x in (middles + 0.03 * rng.standard_normal(len(middles))).tolist():
        swing = 0.02 * float(rng.standard_normal())
        own.both("strap", shapes.box((x - 0.013, y - 0.17, z - 0.003), (x + 0.013, y + 0.02, z + 0.003)))
        ring = np.array([(-0.062, -0.26), (0.062, -0.26), (0.018, -0.16), (-0.018, -0.16), (-0.062, -0.26)])
        path = np.column_stack([x + ring[:, 0], y + ring[:, 1], z + swing * (ring[:, 1] + 0.16) / -0.1])
        own.both("strap", shapes.tube(path, 0.0075, 6))


def _add_door(own: _Builder, middle: float, glazed: bool) -> None:
    """Two leaves that meet under a map of the line."""
    for a, b in ((middle - _LEAF, middle - 0.004), (middle + 0.004, middle + _LEAF)):
        pane = np.array([(a + 0.13, 0.74), (b - 0.13, 0.74), (b - 0.13, 1.72), (a + 0.13, 1.72)])
        hole = trim.rounded(pane, 0.08)
        leaf = shapes.extrude([(a, 0.0), (b, 0.0), (b, _HEAD), (a, _HEAD)], 0.036, [hole])
        own.both("leaf_paint", shapes.move(leaf, (0, 0, 0.026)))
        rim = pane.mean(axis=0) + (hole - pane.mean(axis=0)) * [0.95, 0.98]
        own.both("rubber", shapes.move(shapes.extrude(hole, 0.042, [rim]), (0, 0, 0.023)))
        if glazed:
            own.both("pane", shapes.box((a + 0.12, 0.73, 0.040), (b - 0.12, 1.73, 0.046)))
    own.both("rubber", shapes.box((middle - 0.02, 0.0, 0.02), (middle + 0.02, _HEAD, 0.066)))
    head = shapes.box((middle - _LEAF, _HEAD, -0.004), (middle + _LEAF, _HEAD + 0.02, SKIN))
    jambs = [
        shapes.box((x - 0.02, 0, -0.012), (x + 0.02, _HEAD, SKIN))
        for x in (middle - _LEAF - 0.02, middle + _LEAF + 0.02)
    ]
    own.both("steel", head, *jambs, shapes.box((middle - _LEAF, -0.03, -0.10), (middle + _LEAF, 0.003, SKIN + 0.02)))
    own.both("skin", shapes.box((middle - _LEAF - 0.04, -0.30, 0.05), (middle + _LEAF + 0.04, -0.02, SKIN)))
    board = shapes.soft_box((middle - 0.62, _HEAD + 0.005, -0.03), (middle + 0.62, _HEAD + 0.15, 0.0), 0.008)
    own.both("cabin_grey", board)
    line = shapes.transform(prints.sign(1.16, 0.085, 2), _AROUND)
    own.both("prints", shapes.move(line, (middle, _HEAD + 0.056, -0.0315)))


def _add_ends(own: _Builder) -> None:
    """Walls with a wide way through to the next carriage, and half of the bellows on both ends."""
    wide, deep = HALF + SKIN, 0.06
    for side in (-1, 1):
        z0, z1 = sorted((side * LENGTH / 2, side * (LENGTH / 2 - deep)))
        for x0, x1, y0 in ((-wide, -0.62, 0.0), (0.62, wide, 0.0), (-0.62, 0.62, 2.02)):
            own.add("lining", shapes.box((x0, y0, z0), (x1, 2.3, z1)))
        reach = (PITCH - LENGTH) / 2
        for k in range(5):
            a, b = sorted((side * (LENGTH / 2 + k * reach / 5), side * (LENGTH / 2 + (k + 1) * reach / 5)))
            pinch = 0.0 if k % 2 else 0.05
            own.add(
                "bellows",
                *(
                    shapes.box((s * (0.66 + pinch) - 0.04, -0.1, a), (s * (0.66 + pinch) + 0.04, 2.14, b))
                    for s in (-1, 1)
                ),
                shapes.box((-0.74, 2.02 + pinch, a), (0.74, 2.12 + pinch, b)),
            )
        a, b = sorted((side * LENGTH / 2, side * (LENGTH / 2 + reach)))
        own.add("steel", shapes.box((-0.70, -0.06, a), (0.70, 0.004, b)))


def _add_running_gear(own: _Builder) -> None:
    """Boxes and bogies under the floor, down to the rails 1.15 m below."""
    own.add("gear", shapes.box((-1.1, -0.45, -7.2), (1.1, -0.10, 7.2)))
    for z in (-1.9, 0.3, 2.0):
        own.add("gear", shapes.soft_box((-1.25, -0.92, z - 0.75), (1.25, -0.40, z + 0.75), 0.03))
    wheel = shapes.transform(
        shapes.cylinder(0.40, -0.06, 0.06, 32), [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    )
    for z in (-5.3, 5.3):
        own.add("gear", shapes.soft_box((-1.1, -0.85, z - 1.3), (1.1, -0.55, z + 1.3), 0.04))
        own.add("wheel", *(shapes.move(wheel, (sx * 0.72, -0.75, z + dz)) for sx in (-1, 1) for dz in (-0.9, 0.9)))
