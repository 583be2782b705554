"""Library furniture in oak: bookcases with their shelves, reading tables, ladders, the great door."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.books import Run
from secondunit_engine.world.shapes import (
    array,
    box,
    extrude,
    lathe,
    merge,
    move,
    pointed_arch,
    sphere,
    stand_up,
    transform,
)

BOARD = 0.03  # thickness of shelves [m]


def bookcase(length: float, height: float, shelves: int, sections: int, depth: float = 0.38) -> tuple[Mesh, list[Run]]:
    """A case along +X from 0 to `length`, its back at z = 0, open to +Z; and the runs its books fill."""
    plinth, cornice = 0.16, 0.20
    clear = (height - plinth - cornice) / shelves - BOARD
    parts = [
        box([0, 0, 0], [length, plinth, depth + 0.03], grain=0),
        box([0, 0, 0], [length, height, 0.015], grain=0),
        box([-0.04, height - cornice, 0], [length + 0.04, height - cornice + 0.05, depth + 0.04], grain=0),
        box([-0.02, height - cornice + 0.05, 0], [length + 0.02, height - 0.05, depth + 0.02], grain=0),
        box([-0.07, height - 0.05, 0], [length + 0.07, height, depth + 0.08], grain=0),
    ]
    levels = plinth + (clear + BOARD) * np.arange(shelves)
    parts += [box([0, y - BOARD, 0.0], [length, y, depth - 0.015], grain=0) for y in levels[1:]]
    posts = np.linspace(0.035, length - 0.035, sections + 1)
    for x in posts:
        parts.append(box([x - 0.035, 0, 0], [x + 0.035, height - cornice, depth + 0.012], grain=1))
        parts.append(
            box([x - 0.022, plinth + 0.05, depth], [x + 0.022, height - cornice - 0.05, depth + 0.026], grain=1)
        )
    dentils = np.arange(0.04, length, 0.11)
    dentil = box([-0.025, height - 0.095, depth + 0.02], [0.025, height - 0.05, depth + 0.055])
    parts.append(array(dentil, np.column_stack([dentils, 0 * dentils, 0 * dentils])))
    runs = [
        Run((a + 0.04, float(y), 0.02), (1, 0, 0), (0, 0, 1), float(b - a) - 0.08, clear, depth - 0.04)
        for y in levels
        for a, b in pairwise(posts)
    ]
    return merge(parts), runs


def moved_run(run: Run, place: tuple[float, float, float], turn: float) -> Run:
    """The run as `shapes.move` would move it: turned about +Y by `turn` degrees, then moved by `place` [m]."""
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    spin = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])

    def turned(
        vector: tuple[float, float, float], by: tuple[float, float, float] = (0, 0, 0)
    ) -> tuple[float, float, float]:
        x, y, z = (spin @ np.asarray(vector) + np.asarray(by)).tolist()
        return x, y, z

    return Run(turned(run.origin, place), turned(run.along), turned(run.outward), run.length, run.clear, run.depth)


def table(length: float = 3.2, width: float = 1.0, height: float = 0.78) -> Mesh:
    """A reading table along Z, centred on the origin: a moulded top, six turned legs, a stretcher."""
    half, w = length / 2, width / 2
    top = [
        box([-w, height - 0.045, -half], [w, height - 0.006, half], grain=2),
        box([-w + 0.008, height - 0.006, -half + 0.008], [w - 0.008, height, half - 0.008], grain=2),
        box([-w + 0.05, height - 0.14, -half + 0.06], [w - 0.05, height - 0.045, half - 0.06], grain=2),
    ]
    profile = [[0.0, 0], [0.045, 0], [0.05, 0.03], [0.035, 0.06], [0.045, 0.12], [0.045, 0.15], [0.028, 0.18],
        [0.055, 0.30], [0.06, 0.36], [0.03, 0.44], [0.045, 0.47], [0.045, height - 0.14]]  # fmt: skip
    places = [[x, 0, z] for x in (-w + 0.11, w - 0.11) for z in (-half + 0.14, 0.0, half - 0.14)]
    stretchers = [box([-0.04, 0.12, -half + 0.14], [0.04, 0.15, half - 0.14], grain=2)]
    stretchers += [
        box([-w + 0.11, 0.12, z - 0.03], [w - 0.11, 0.15, z + 0.03], grain=0) for z in (-half + 0.14, 0.0, half - 0.14)
    ]
    return merge([*top, array(lathe(profile, 16), places), *stretchers])


def bench(length: float = 2.8) -> Mesh:
    """A plain bench along Z, centred on the origin."""
    half = length / 2
    seat = box([-0.17, 0.42, -half], [0.17, 0.46, half], grain=2)
    legs = [box([-0.13, 0, z - 0.03], [0.13, 0.42, z + 0.03], grain=1) for z in (-half + 0.25, half - 0.25)]
    return merge([seat, *legs, box([-0.02, 0.18, -half + 0.25], [0.02, 0.25, half - 0.25], grain=2)])


def ladder(height: float = 4.2, width: float = 0.44) -> Mesh:
    """A library ladder that leans towards -Z, its foot at the origin."""
    rails = [box([x - 0.018, 0, -0.035], [x + 0.018, height, 0.035], grain=1) for x in (-width / 2, width / 2)]
    rungs = [
        box([-width / 2, y, -0.04], [width / 2, y + 0.028, 0.04], grain=0) for y in np.arange(0.28, height - 0.1, 0.28)
    ]
    lean = np.radians(13)
    tilt = np.eye(4)
    tilt[1:3, 1:3] = [[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]]
    return transform(merge([*rails, *rungs]), tilt)


def door_leaf(width: float, springing: float, rise: float, thickness: float = 0.09) -> tuple[Mesh, Mesh]:
    """The oak and the iron of a pointed door; hinged at x = 0, opening side at x = `width`, its face to +Z."""
    shape = pointed_arch(width, springing, rise, 14) + np.array([width / 2, 0])  # (N, 2)
    planks = 7
    wood = [extrude(shape, thickness * 0.7)]
    for k in range(planks):
        a, b = width * k / planks + 0.008, width * (k + 1) / planks - 0.008
        heads = [np.interp(x, *_edge(shape, width)) for x in (a, (a + b) / 2, b)]
        plank = [[a, 0.01], [b, 0.01], [b, heads[2] - 0.01], [(a + b) / 2, heads[1] - 0.01], [a, heads[0] - 0.01]]
        wood.append(extrude(plank, thickness))
    straps, nails = [], []
    for y in (0.45, 1.35, 2.25):
        reach = width * 0.88
        strap = [[0, y - 0.05], [reach - 0.12, y - 0.03], [reach - 0.09, y - 0.075], [reach, y],
            [reach - 0.09, y + 0.075], [reach - 0.12, y + 0.03], [0, y + 0.05]]  # fmt: skip
        straps.append(extrude(strap, thickness + 0.012))
        nails += [[x, y, thickness + 0.012] for x in np.linspace(0.08, reach - 0.16, 9)]
    nails += [[x, y, thickness] for y in (0.15, 0.8, 1.8) for x in (np.arange(planks) + 0.5) * width / planks]
    t = np.linspace(0, 2 * np.pi, 21)
    from_edge = width - 0.2
    ring = lathe([[0.075, -0.011], [0.086, 0], [0.075, 0.011], [0.064, 0], [0.075, -0.011]], 24, crease=180)
    handle = move(stand_up(ring), [from_edge, 1.02, thickness + 0.02])
    plate = extrude(
        np.column_stack([from_edge + 0.06 * np.cos(t[:-1]), 1.1 + 0.09 * np.sin(t[:-1])]), thickness + 0.006
    )
    iron = merge([*straps, array(sphere(0.016, 8), nails), handle, plate])
    return merge(wood), iron


def _edge(shape: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """The head of the outline as a function of x: ascending x and its heights."""
    head = shape[2:][::-1]  # arcs, left to right
    x = np.concatenate([[0.0], head[:, 0], [width]])
    y = np.concatenate([[head[0, 1]], head[:, 1], [head[-1, 1]]])
    order = np.argsort(x, kind="stable")
    return x[order], y[order]
