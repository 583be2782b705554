"""A wheel of the coupe: tyre, ten-spoke rim, brake disc and caliper, about its own axle at the origin (+X outwards)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.car_body import WHEEL_RADIUS

Array = NDArray[np.floating]

_RIM: Final = 0.262  # radius of the rim's lip
_HALF: Final = 0.135  # half the tyre's width
SPOKES: Final = 10


@dataclass(frozen=True)
class Wheel:
    """Parts that turn with the wheel, by material; the caliper stays."""

    tyre: Mesh
    rim: Mesh
    disc: Mesh
    caliper: Mesh


def build_wheel() -> Wheel:
    """A wheel on the left side of the car; mirror it for the right."""
    rim = [_onto_axle(shapes.lathe(_barrel(), 72)), *_spokes(), _onto_axle(_cap()), *_nuts()]
    return Wheel(_tyre(), shapes.merge(rim), _onto_axle(_disc()), _caliper())


def _onto_axle(mesh: Mesh) -> Mesh:
    """A lathe about +Y turned so that +Y becomes +X."""
    matrix = np.eye(4)
    matrix[:3, :3] = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    return shapes.transform(mesh, matrix)


def _tyre() -> Mesh:
    r = WHEEL_RADIUS
    shoulder = [
        (_RIM - 0.006, 0.112),
        (_RIM + 0.004, 0.126),
        (_RIM + 0.045, _HALF),
        (r - 0.022, 0.130),
        (r - 0.006, 0.118),
    ]
    tread: list[tuple[float, float]] = []
    for middle in (-0.075, -0.028, 0.028, 0.075):  # four grooves round the tyre
        tread += [(r, middle - 0.006), (r - 0.007, middle - 0.005), (r - 0.007, middle + 0.005), (r, middle + 0.006)]
    below = [(radius, -x) for radius, x in shoulder]
    rubber = _onto_axle(shapes.lathe([*below, (r, -0.105), *tread, (r, 0.105), *reversed(shoulder)], 112, crease=45))
    return shapes.merge([rubber, _blocks()])


def _blocks() -> Mesh:
    """Shoulder blocks of the tread: short bars across both edges."""
    count = 60
    bar = shapes.box((-0.012, WHEEL_RADIUS - 0.012, -0.010), (0.012, WHEEL_RADIUS + 0.0005, 0.010))
    parts = []
    for k in range(count):
        angle = 2 * np.pi * k / count
        for side in (-1, 1):
            matrix = np.eye(4)
            c, s = np.cos(angle), np.sin(angle)
            matrix[:3, :3] = [[1, 0, 0], [0, c, -s], [0, s, c]]
            matrix[0, 3] = side * 0.108
            parts.append(shapes.transform(bar, matrix))
    return shapes.merge(parts)


def _barrel() -> Array:
    """The rim's cross-section: outer lip, the well seen between the spokes, inner edge. Listed along +Y."""
    return np.array(
        [
            (_RIM - 0.004, -0.118),
            (_RIM - 0.020, -0.112),
            (_RIM - 0.030, -0.05),
            (_RIM - 0.030, 0.055),
            (_RIM - 0.022, 0.085),
            (_RIM - 0.014, 0.108),
            (_RIM - 0.007, 0.121),
            (_RIM + 0.004, 0.124),
            (_RIM + 0.006, 0.116),
        ]
    )[::-1] * [1, 1]


def _spokes() -> list[Mesh]:
    """Ten slender pairs that spring from the hub and dish inwards; bevelled, so that edges catch light."""
    t = np.linspace(0, 1, 12)
    radius = 0.045 + (_RIM - 0.016 - 0.045) * t
    face = 0.070 + 0.042 * t**1.6 - 0.012 * np.sin(np.pi * t)  # x of the outer face
    width = 0.015 - 0.006 * np.sin(np.pi * t * 0.8)
    spread = 0.020 + 0.052 * t**1.3  # half distance between the two of a pair, an angle times radius
    deep = 0.040 - 0.012 * t
    spokes = []
    for side in (-1, 1):
        middle = side * np.minimum(spread, 0.62 * radius * np.pi / SPOKES)
        section = np.stack(
            [
                np.stack([face - deep, radius, middle - width / 2], 1),
                np.stack([face - 0.006, radius, middle - width / 2], 1),
                np.stack([face, radius, middle - width / 2 + 0.004], 1),
                np.stack([face, radius, middle + width / 2 - 0.004], 1),
                np.stack([face - 0.006, radius, middle + width / 2], 1),
                np.stack([face - deep, radius, middle + width / 2], 1),
            ],
            axis=1,
        )  # (12, 6, 3)
        spokes.append(shapes.facet(shapes.grid(section[:, ::-1], closed_u=True)))
    pair = shapes.merge(spokes)
    around = []
    for k in range(SPOKES):
        angle = 2 * np.pi * k / SPOKES
        c, s = np.cos(angle), np.sin(angle)
        matrix = np.eye(4)
        matrix[:3, :3] = [[1, 0, 0], [0, c, -s], [0, s, c]]
        around.append(shapes.transform(pair, matrix))
    return around


def _cap() -> Mesh:
    return shapes.lathe(
        [(0.066, 0.02), (0.066, 0.066), (0.058, 0.074), (0.036, 0.074), (0.033, 0.086), (0.028, 0.09), (0, 0.091)], 40
    )


def _nuts() -> list[Mesh]:
    nut = _onto_axle(shapes.lathe([(0.0075, 0.070), (0.0075, 0.083), (0.005, 0.086), (0, 0.086)], 6, crease=20))
    angle = 2 * np.pi * np.arange(5) / 5
    return [shapes.move(nut, (0, 0.047 * np.cos(a), 0.047 * np.sin(a))) for a in angle.tolist()]


def _disc() -> Mesh:
    return shapes.lathe(
        [
            (0.07, -0.035),
            (0.19, -0.035),
            (0.192, -0.02),
            (0.192, -0.005),
            (0.19, 0.005),
            (0.085, 0.005),
            (0.08, 0.03),
            (0, 0.03),
        ],
        64,
    )


def _caliper() -> Mesh:
    """A six-piston block over the rear of the disc, as an arc."""
    angle = np.radians(np.linspace(148, 212, 14))
    outline = np.concatenate(
        [
            np.column_stack([0.212 * np.cos(angle), 0.212 * np.sin(angle)]),
            np.column_stack([0.125 * np.cos(angle[::-1]), 0.125 * np.sin(angle[::-1])]),
        ]
    )
    block = shapes.extrude(outline, 0.075)
    matrix = np.eye(4)
    matrix[:3, :3] = [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
    matrix[0, 3] = -0.045
    return shapes.transform(block, matrix)
