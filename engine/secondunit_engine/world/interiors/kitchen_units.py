"""Kitchen units along a wall, in its frame: base and wall cupboards, tall ones, the refrigerator, the stove, the hood,
the sink and its tap. Parts are meshes by the name of their material."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh

Parts = dict[str, list[Mesh]]
Front = Literal["shaker", "slab", "rounded"]
Handle = Literal["bar", "knob", "cup"]

TOP = 0.91  # m, of the worktop
DEPTH = 0.60


@dataclass(frozen=True)
class Style:
    """front: How doors are made. handle: Bars, knobs or none. units, tall: Materials of low and of high units."""

    front: Front = "shaker"
    handle: Handle = "bar"
    units: str = "cabinet"
    tall: str = "cabinet"
    edge: float = 0.004


def front(style: Style, x0: float, x1: float, y0: float, y1: float, z: float, kind: str = "door") -> Parts:
    """One door or drawer front standing 20 mm off a carcass at z, with its handle."""
    g, thick = 0.0022, 0.021
    x0, x1, y0, y1 = x0 + g, x1 - g, y0 + g, y1 - g
    parts: Parts = defaultdict(list)
    if style.front == "shaker" and min(x1 - x0, y1 - y0) > 0.22:
        rail = 0.062
        parts[style.units] += [
            shapes.box((x0 + 0.01, y0 + 0.01, z), (x1 - 0.01, y1 - 0.01, z + 0.011)),
            shapes.soft_box((x0, y0, z), (x0 + rail, y1, z + thick), 0.002),
            shapes.soft_box((x1 - rail, y0, z), (x1, y1, z + thick), 0.002),
            shapes.soft_box((x0 + rail, y0, z), (x1 - rail, y0 + rail, z + thick), 0.002),
            shapes.soft_box((x0 + rail, y1 - rail, z), (x1 - rail, y1, z + thick), 0.002),
        ]
    else:
        edge = 0.010 if style.front == "rounded" else 0.002
        parts[style.units].append(shapes.soft_box((x0, y0, z), (x1, y1, z + thick), edge))
    middle, face = (x0 + x1) / 2, z + thick
    if style.handle == "knob":
        at = (
            (middle, (y0 + y1) / 2)
            if kind == "drawer"
            else (x1 - 0.035 if kind == "door" else x0 + 0.035, y1 - 0.06 if y1 < 1.2 else y0 + 0.06)
        )
        knob = shapes.stand_up(
            shapes.lathe([(0.006, 0), (0.006, 0.014), (0.015, 0.020), (0.013, 0.028), (0, 0.030)], 16)
        )
        parts["handle"].append(shapes.move(knob, (*at, face)))
    elif kind == "drawer":
        length = min(0.22, 0.5 * (x1 - x0))
        parts["handle"] += _bar((middle - length, (y0 + y1) / 2), (middle + length, (y0 + y1) / 2), face)
    else:
        x = x1 - 0.035 if kind == "door" else x0 + 0.035
        low = y1 - 0.05 - 0.19 if y1 < 1.2 else y0 + 0.05
        parts["handle"] += _bar((x, low), (x, low + 0.19), face)
    return parts


def _bar(start: tuple[float, float], end: tuple[float, float], z: float) -> list[Mesh]:
    a, b = np.array([*start, z + 0.028]), np.array([*end, z + 0.028])
    way = (b - a) / np.linalg.norm(b - a)
    feet = [shapes.tube([point, point - [0, 0, 0.030]], 0.0042, 8) for point in (a + 0.02 * way, b - 0.02 * way)]
    return [shapes.tube([a, b], 0.0058, 10), *feet]


def base_run(style: Style, x0: float, x1: float, widths: list[float], drawers: list[bool]) -> Parts:
    """Base units with plinth, from `x0` to `x1`; `widths` are shares of the run, some of them stacks of drawers."""
    parts: Parts = defaultdict(list)
    parts[style.units].append(shapes.box((x0, 0.10, 0), (x1, TOP - 0.04, DEPTH - 0.022)))
    parts["plinth"].append(shapes.box((x0, 0, 0), (x1, 0.10, DEPTH - 0.08)))
    edges = x0 + (x1 - x0) * np.concatenate([[0], np.cumsum(widths) / np.sum(widths)])
    for number, (a, b) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        z = DEPTH - 0.022
        if drawers[number % len(drawers)]:
            for low, high in ((0.10, 0.38), (0.38, 0.66), (0.66, TOP - 0.045)):
                join(parts, front(style, a, b, low, high, z, "drawer"))
        else:
            join(parts, front(style, a, b, TOP - 0.045 - 0.16, TOP - 0.045, z, "drawer"))
            half = (a + b) / 2 if b - a > 0.62 else b
            join(parts, front(style, a, half, 0.10, TOP - 0.205, z, "door"))
            if half < b:
                join(parts, front(style, half, b, 0.10, TOP - 0.205, z, "left door"))
    return parts


def worktop(x0: float, x1: float, z1: float = DEPTH + 0.02, hole: tuple[float, float] | None = None) -> Parts:
    """A slab 38 mm thick; a `hole` from one x to another takes the sink."""
    y0, edge = TOP - 0.038, 0.005
    if hole is None:
        return {"worktop": [shapes.soft_box((x0, y0, 0), (x1, TOP, z1), edge)]}
    a, b = hole
    return {
        "worktop": [
            shapes.soft_box((x0, y0, 0), (a, TOP, z1), edge),
            shapes.soft_box((b, y0, 0), (x1, TOP, z1), edge),
            shapes.soft_box((a, y0, 0), (b, TOP, 0.11), edge),
            shapes.soft_box((a, y0, z1 - 0.09), (b, TOP, z1), edge),
        ]
    }


def sink(x0: float, x1: float, z1: float = DEPTH - 0.07) -> Parts:
    """A steel basin in the hole of a worktop, and a swan-necked tap behind it."""
    y, deep, z0 = TOP - 0.004, TOP - 0.21, 0.11
    steel = [
        shapes.box((x0, deep - 0.003, z0), (x1, deep, z1)),
        shapes.box((x0 - 0.003, deep, z0), (x0, y, z1)),
        shapes.box((x1, deep, z0), (x1 + 0.003, y, z1)),
        shapes.box((x0, deep, z0 - 0.003), (x1, y, z0)),
        shapes.box((x0, deep, z1), (x1, y, z1 + 0.003)),
    ]
    t = np.linspace(0, np.pi, 18)
    x = (x0 + x1) / 2
    neck = np.column_stack([0 * t + x, TOP + 0.27 + 0.09 * np.sin(t), 0.155 - 0.09 * np.cos(t)])
    path = np.concatenate([[(x, TOP, 0.065)], neck, [(x, TOP + 0.20, 0.245)]])
    tap = [
        shapes.tube(path, 0.011, 12),
        shapes.move(shapes.lathe([(0.028, 0), (0.026, 0.012), (0.016, 0.016), (0.016, 0.05)], 20), (x, TOP, 0.065)),
        shapes.tube([(x + 0.015, TOP + 0.04, 0.065), (x + 0.075, TOP + 0.075, 0.07)], [0.008, 0.005], 8),
    ]
    return {"steel": steel, "chrome": tap}


def wall_units(style: Style, x0: float, x1: float, count: int, low: float = 1.42, high: float = 2.22) -> Parts:
    """Cupboards on the wall, a lighting pelmet under them."""
    deep = 0.33
    parts: Parts = defaultdict(list)
    parts[style.units].append(shapes.box((x0, low, 0), (x1, high, deep - 0.02)))
    parts[style.units].append(shapes.box((x0, low - 0.03, deep - 0.03), (x1, low, deep - 0.005)))
    edges = np.linspace(x0, x1, count + 1).tolist()
    for number, (a, b) in enumerate(pairwise(edges)):
        join(parts, front(style, a, b, low, high, deep - 0.02, "door" if number % 2 == 0 else "left door"))
    parts[style.units].append(shapes.soft_box((x0 - 0.01, high, 0), (x1 + 0.01, high + 0.05, deep + 0.02), 0.008))
    return parts


def shelves(x0: float, x1: float, levels: tuple[float, ...], deep: float = 0.26) -> Parts:
    """Open shelves of wood on iron brackets."""
    parts: Parts = defaultdict(list)
    for y in levels:
        parts["shelf_wood"].append(shapes.soft_box((x0, y - 0.032, 0), (x1, y, deep), 0.004))
        for x in (x0 + 0.12, x1 - 0.12):
            parts["handle"].append(
                shapes.soft_box((x - 0.012, y - 0.042, 0), (x + 0.012, y - 0.032, deep - 0.03), 0.002)
            )
            parts["handle"].append(shapes.soft_box((x - 0.012, y - 0.18, 0), (x + 0.012, y - 0.032, 0.010), 0.002))
    return parts


def tall_unit(style: Style, x0: float, x1: float, high: float = 2.22, oven: bool = True) -> Parts:
    """A tall unit, with a built-in oven at the height of the chest if wanted."""
    parts: Parts = defaultdict(list)
    z = DEPTH - 0.022
    parts[style.units].append(shapes.box((x0, 0.10, 0), (x1, high, z)))
    parts["plinth"].append(shapes.box((x0, 0, 0), (x1, 0.10, z - 0.06)))
    parts[style.units].append(shapes.soft_box((x0 - 0.01, high, 0), (x1 + 0.01, high + 0.05, DEPTH + 0.02), 0.008))
    if oven:
        join(parts, front(style, x0, x1, 0.10, 0.72, z, "door"))
        parts["steel"].append(shapes.soft_box((x0 + 0.004, 0.724, z), (x1 - 0.004, 1.316, z + 0.024), 0.004))
        parts["black_glass"].append(shapes.soft_box((x0 + 0.05, 0.78, z + 0.02), (x1 - 0.05, 1.14, z + 0.027), 0.003))
        parts["black_glass"].append(shapes.box((x0 + 0.02, 1.215, z + 0.02), (x1 - 0.02, 1.30, z + 0.026)))
        parts["chrome"] += _bar((x0 + 0.06, 1.18), (x1 - 0.06, 1.18), z + 0.022)
        join(parts, front(style, x0, x1, 1.32, high, z, "door"))
    else:
        join(parts, front(style, x0, x1, 0.10, 1.30, z, "door"))
        join(parts, front(style, x0, x1, 1.30, high, z, "door"))
    return parts


def refrigerator(x0: float, x1: float, *, old: bool) -> Parts:
    """Steel with two doors, or a rounded enamel one of the fifties with its chrome latch."""
    if old:
        return {
            "enamel": [
                shapes.soft_box((x0, 0.09, 0.02), (x1, 1.62, 0.60), 0.075),
                shapes.soft_box((x0 + 0.006, 0.13, 0.55), (x1 - 0.006, 1.60, 0.68), 0.06),
            ],
            "chrome": [
                shapes.soft_box((x0 + 0.05, 0.86, 0.675), (x0 + 0.085, 1.08, 0.725), 0.014),
                shapes.soft_box((x0 + 0.16, 1.40, 0.676), (x1 - 0.16, 1.46, 0.690), 0.006),
                shapes.soft_box((x0 + 0.006, 0.30, 0.672), (x1 - 0.006, 0.315, 0.688), 0.005),
            ],
            "plinth": [shapes.box((x0 + 0.03, 0, 0.05), (x1 - 0.03, 0.10, 0.60))],
        }
    middle = (x0 + x1) / 2
    parts: Parts = {
        "steel": [
            shapes.box((x0, 0.04, 0.02), (x1, 1.80, 0.62)),
            shapes.soft_box((x0, 0.64, 0.625), (middle - 0.002, 1.80, 0.685), 0.008),
            shapes.soft_box((middle + 0.002, 0.64, 0.625), (x1, 1.80, 0.685), 0.008),
            shapes.soft_box((x0, 0.05, 0.625), (x1, 0.636, 0.685), 0.008),
        ],
        "plinth": [
            shapes.box((x0 + 0.01, 0, 0.04), (x1 - 0.01, 0.05, 0.60)),
            shapes.box((x0, 1.80, 0.02), (x1, 1.83, 0.60)),
        ],
        "chrome": [],
    }
    for x in (middle - 0.045, middle + 0.045):
        parts["chrome"] += _bar((x, 0.78), (x, 1.55), 0.685)
    parts["chrome"] += _bar((x0 + 0.1, 0.57), (x1 - 0.1, 0.57), 0.685)
    return parts


def stove(x0: float, x1: float, *, old: bool) -> Parts:
    """A range: oven below, knobs, a hob of four burners with iron grates, and the upstand of an old one."""
    z = DEPTH + 0.02
    body = "enamel" if old else "steel"
    parts: Parts = defaultdict(list)
    parts[body] += [
        shapes.soft_box((x0, 0.06, 0), (x1, TOP, z - 0.02), 0.012 if old else 0.004),
        shapes.soft_box((x0 + 0.01, 0.20, z - 0.03), (x1 - 0.01, 0.74, z + 0.01), 0.02 if old else 0.005),
    ]
    parts["black_glass"].append(shapes.soft_box((x0 + 0.10, 0.32, z), (x1 - 0.10, 0.62, z + 0.014), 0.006))
    parts["chrome"] += _bar((x0 + 0.07, 0.69), (x1 - 0.07, 0.69), z + 0.01)
    parts["plinth"].append(shapes.box((x0 + 0.02, 0, 0.02), (x1 - 0.02, 0.06, z - 0.06)))
    knob = shapes.stand_up(shapes.lathe([(0.020, 0), (0.020, 0.010), (0.016, 0.030), (0, 0.032)], 20))
    for x in np.linspace(x0 + 0.09, x1 - 0.09, 5).tolist():
        parts["handle_black" if old else "chrome"].append(shapes.move(knob, (x, 0.82, z - 0.02)))
    w, middle = (x1 - x0) / 4, (x0 + x1) / 2
    for dx in (-w, w):
        for dz in (0.18, 0.44):
            at = (middle + dx, TOP, dz)
            burner = shapes.lathe([(0.055, 0), (0.05, 0.010), (0.03, 0.014), (0.03, 0.020), (0, 0.022)], 24)
            parts["cast_iron"].append(shapes.move(burner, at))
            for turn in (0, 90):
                rod = shapes.box((-0.115, 0.026, -0.005), (0.115, 0.036, 0.005))
                parts["cast_iron"].append(shapes.move(rod, at, turn))
        x = middle + dx
        for a, b in (((x - 0.12, 0.06), (x - 0.11, 0.56)), ((x + 0.11, 0.06), (x + 0.12, 0.56))):
            parts["cast_iron"].append(shapes.box((a[0], TOP, a[1]), (b[0], TOP + 0.036, b[1])))
    if old:
        parts[body].append(shapes.soft_box((x0, TOP - 0.02, 0), (x1, TOP + 0.26, 0.07), 0.03))
        parts["black_glass"].append(
            shapes.move(shapes.stand_up(shapes.cylinder(0.05, 0, 0.012, 28)), (middle, TOP + 0.14, 0.068))
        )
    return parts


def hood(x0: float, x1: float, high: float, *, plaster: bool) -> Parts:
    """A chimney hood: steel, or plastered with a wooden lintel."""
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    if plaster:
        body = _frustum(middle, 1.66, high, half + 0.06, 0.20, 0.52, 0.34)
        beam = shapes.soft_box((x0 - 0.08, 1.56, 0), (x1 + 0.08, 1.67, 0.55), 0.006)
        return {"wall": [body], "shelf_wood": [beam]}
    return {
        "steel": [
            _frustum(middle, 1.60, 1.86, half, 0.15, 0.50, 0.28),
            shapes.soft_box((x0, 1.55, 0), (x1, 1.60, 0.50), 0.003),
            shapes.soft_box((middle - 0.15, 1.86, 0), (middle + 0.15, high, 0.28), 0.003),
        ]
    }


def _frustum(x: float, low: float, high: float, wide: float, narrow: float, deep: float, shallow: float) -> Mesh:
    points = [
        (x - wide, low, 0), (x + wide, low, 0), (x + wide, low, deep), (x - wide, low, deep),
        (x - narrow, high, 0), (x + narrow, high, 0), (x + narrow, high, shallow), (x - narrow, high, shallow),
    ]  # fmt: skip
    quads = [(0, 1, 2, 3), (4, 7, 6, 5), (3, 2, 6, 7), (0, 3, 7, 4), (2, 1, 5, 6), (1, 0, 4, 5)]
    return shapes.merge([shapes.quad(*(points[k] for k in quad)) for quad in quads])


def join(parts: Parts, more: Parts) -> None:
    """Add parts to parts, by material."""
    for name, meshes in more.items():
        parts.setdefault(name, []).extend(meshes)
