"""Tables and chairs for rooms, standing on y = 0 about x = z = 0, as meshes by the name of their material."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh

Parts = dict[str, Mesh]


def table(
    length: float, width: float, *, height: float = 0.75, top: str = "table_wood", legs: str = "table_wood"
) -> Parts:
    """Four tapered legs, an apron, a top."""
    x, z = length / 2, width / 2
    leg = shapes.lathe([(0.020, 0), (0.032, height - 0.14), (0.036, height - 0.03)], 16)
    feet = [(sx * (x - 0.09), 0, sz * (z - 0.09)) for sx in (-1, 1) for sz in (-1, 1)]
    apron = [
        shapes.box(
            (-x + 0.09, height - 0.12, sz * (z - 0.09) - 0.011), (x - 0.09, height - 0.03, sz * (z - 0.09) + 0.011)
        )
        for sz in (-1, 1)
    ] + [
        shapes.box(
            (sx * (x - 0.09) - 0.011, height - 0.12, -z + 0.09), (sx * (x - 0.09) + 0.011, height - 0.03, z - 0.09)
        )
        for sx in (-1, 1)
    ]
    board = shapes.soft_box((-x, height - 0.032, -z), (x, height, z), 0.006)
    return _by({top: [board], legs: [shapes.array(leg, feet), *apron]})


def round_table(radius: float, *, height: float = 0.75, top: str = "table_wood", foot: str = "metal") -> Parts:
    """A round top on one column."""
    board = shapes.lathe(
        [
            (0, height - 0.03),
            (radius - 0.006, height - 0.03),
            (radius, height - 0.022),
            (radius, height - 0.006),
            (radius - 0.006, height),
            (0, height),
        ],
        56,
    )
    column = shapes.lathe(
        [(0.30, 0), (0.30, 0.012), (0.05, 0.045), (0.036, 0.09), (0.036, height - 0.10), (0.10, height - 0.03)], 40
    )
    return {top: board, foot: column}


def wooden_chair(wood: str = "table_wood", seat: str = "table_wood") -> Parts:
    """A spindle-backed chair that faces +Z."""
    y = 0.45
    legs = [
        shapes.tube([(sx * 0.20, 0, sz * 0.20), (sx * 0.165, y, sz * 0.165)], [0.014, 0.018], 8)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    rungs = [shapes.tube([(sx * 0.185, 0.18, -0.185), (sx * 0.185, 0.18, 0.185)], 0.009, 6) for sx in (-1, 1)]
    rungs.append(shapes.tube([(-0.185, 0.18, 0.0), (0.185, 0.18, 0.0)], 0.009, 6))
    pan = shapes.soft_box((-0.21, y, -0.20), (0.21, y + 0.035, 0.22), 0.012)
    back = []
    for x in np.linspace(-0.17, 0.17, 6).tolist():
        back.append(
            shapes.tube(
                [(x, y + 0.02, -0.17), (x * 1.05, y + 0.24, -0.205), (x * 1.1, y + 0.42, -0.25)],
                0.009 if abs(x) < 0.16 else 0.014,
                8,
            )
        )
    t = np.linspace(-1, 1, 9)
    rail = shapes.tube(np.column_stack([0.215 * t, 0 * t + y + 0.43, -0.265 + 0.03 * t**2]), 0.019, 8)
    return _by({wood: [*legs, *rungs, *back, rail], seat: [pan]})


def steel_chair(seat: str = "vinyl", metal: str = "chrome") -> Parts:
    """Padded seat and back on bent chromed tube, as diners and classrooms have; faces +Z."""
    frame = []
    for sx in (-1, 1):
        frame.append(
            shapes.tube(
                [(sx * 0.19, 0, 0.19), (sx * 0.185, 0.40, 0.17), (sx * 0.18, 0.435, 0.12), (sx * 0.18, 0.435, -0.14)],
                0.011,
                8,
            )
        )
        frame.append(
            shapes.tube(
                [(sx * 0.19, 0, -0.23), (sx * 0.18, 0.42, -0.17), (sx * 0.175, 0.62, -0.20), (sx * 0.17, 0.84, -0.26)],
                0.011,
                8,
            )
        )
    frame.append(shapes.tube([(-0.187, 0.22, -0.20), (0.187, 0.22, -0.20)], 0.008, 8))
    pads = [shapes.soft_box((-0.205, 0.44, -0.19), (0.205, 0.495, 0.21), 0.020)]
    back = shapes.soft_box((-0.195, -0.13, -0.018), (0.195, 0.13, 0.018), 0.015)
    tip = np.radians(12)
    pads.append(
        shapes.transform(
            back,
            [[1, 0, 0, 0], [0, np.cos(tip), np.sin(tip), 0.74], [0, -np.sin(tip), np.cos(tip), -0.225], [0, 0, 0, 1]],
        )
    )
    return _by({seat: pads, metal: frame})


def stool(seat: str = "table_wood", metal: str = "metal", height: float = 0.66) -> Parts:
    """A bar stool with a turned seat on four splayed legs and a ring."""
    pad = shapes.lathe(
        [
            (0, height),
            (0.165, height),
            (0.175, height + 0.012),
            (0.17, height + 0.032),
            (0.12, height + 0.028),
            (0, height + 0.024),
        ],
        36,
    )
    legs = [
        shapes.tube([(0.19 * c, 0, 0.19 * s), (0.11 * c, height, 0.11 * s)], 0.010, 8)
        for c, s in ((1, 1), (1, -1), (-1, 1), (-1, -1))
    ]
    t = np.linspace(0, 2 * np.pi, 33)
    ring = shapes.tube(np.column_stack([0.225 * np.cos(t), 0 * t + 0.24, 0.225 * np.sin(t)]), 0.007, 8)
    return _by({seat: [pad], metal: [*legs, ring]})


def _by(parts: dict[str, list[Mesh]]) -> Parts:
    return {name: shapes.merge(meshes) for name, meshes in parts.items()}
