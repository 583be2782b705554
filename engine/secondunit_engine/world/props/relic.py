"""The relic: a bronze casket the size of a fist, its lid, the light inside it, and the pedestal it stands on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.shapes import (
    array,
    box,
    box_uv,
    cylinder,
    extrude,
    facet,
    lathe,
    merge,
    move,
    quad,
    round_arch,
    sphere,
    transform,
)

WIDTH, DEPTH, HEIGHT, LID = 0.112, 0.078, 0.054, 0.030  # [m] of the body, and the lid's rise
WALL = 0.006
OPEN_DEGREES = -112.0  # rotateX of the lid when it is wide open


@dataclass(frozen=True)
class Casket:
    """Parts in the casket's own space: the middle of its foot at the origin, its front to +Z.

    `lid` is in the space of the hinge, at HINGE; rotateX from 0 (closed) to OPEN_DEGREES opens it.
    """

    body: Mesh
    lid: Mesh
    lining: Mesh
    light: Mesh


HINGE = (0.0, HEIGHT, -DEPTH / 2)


def casket() -> Casket:
    """About 5,000 triangles: banded walls, corner pillars, rivets, a coffered lid with a boss, a clasp."""
    w, d = WIDTH / 2, DEPTH / 2
    walls = [
        box([-w, 0, d - WALL], [w, HEIGHT, d]),
        box([-w, 0, -d], [w, HEIGHT, -d + WALL]),
        box([-w, 0, -d + WALL], [-w + WALL, HEIGHT, d - WALL]),
        box([w - WALL, 0, -d + WALL], [w, HEIGHT, d - WALL]),
        box([-w, 0, -d], [w, WALL, d]),
    ]
    bands = [box([-w - 0.003, y, -d - 0.003], [w + 0.003, y + t, d + 0.003]) for y, t in ((0.0, 0.007), (0.011, 0.002))]
    rim = _frame(w + 0.002, d + 0.002, HEIGHT - 0.006, HEIGHT - 0.0008)
    pillar = lathe([[0, 0], [0.0075, 0], [0.0075, 0.005], [0.0052, 0.008], [0.0045, 0.024], [0.0052, 0.040],
        [0.0072, 0.044], [0.0072, 0.0525], [0, 0.0525]], 14)  # fmt: skip
    corners = [[x, 0, z] for x in (-w, w) for z in (-d, d)]
    feet = array(move(sphere(0.008, 14), [0, -0.004, 0]), corners)
    rivet = sphere(0.0022, 8)
    studs = [[x, y, z] for z in (-d, d) for y in (0.0165, 0.0435) for x in np.linspace(-w + 0.014, w - 0.014, 9)]
    arches = [_arcade(w, side * d, side) for side in (-1, 1)]
    body = merge([*walls, *bands, rim, array(pillar, corners), feet, array(rivet, studs), *arches])
    return Casket(
        body=move(box_uv(body, 0.12), [0, 0.010, 0]),
        lid=box_uv(_lid(w, d), 0.12),
        lining=move(_lining(w - WALL, d - WALL), [0, 0.010, 0]),
        light=move(_ember(w - WALL, d - WALL), [0, 0.010, 0]),
    )


def _frame(w: float, d: float, low: float, high: float) -> Mesh:
    """A rectangular collar round the mouth, open in the middle."""
    t = 0.0045
    return merge(
        [
            box([-w, low, d - t], [w, high, d]),
            box([-w, low, -d], [w, high, -d + t]),
            box([-w, low, -d + t], [-w + t, high, d - t]),
            box([w - t, low, -d + t], [w, high, d - t]),
        ]
    )


def _arcade(w: float, z: float, side: int) -> Mesh:
    """A blind arcade of seven round arches in low relief on the front or back."""
    span = (2 * w - 0.022) / 7
    outline = [[-span / 2, 0.018], [span / 2, 0.018], [span / 2, 0.042], [-span / 2, 0.042]]
    unit = extrude(outline, 0.0022, [round_arch(span * 0.68, 0.031, 10, 0.0195)])
    if side < 0:
        unit = transform(unit, np.diag([1.0, 1.0, -1.0, 1.0]))
    return array(unit, [[(k - 3) * span, 0, z] for k in range(7)])


def _lid(w: float, d: float) -> Mesh:
    """In hinge space: the plate reaches from z = 0 to the front; a hipped, stepped top with a boss and a clasp."""
    steps = []
    for inset, low, high in (
        (-0.002, 0.0006, 0.006),
        (0.006, 0.006, 0.011),
        (0.014, 0.011, 0.018),
        (0.022, 0.018, 0.0235),
    ):
        steps.append(box([-w + inset, low, inset], [w - inset, high, 2 * d - inset]))
    boss = move(
        lathe([[0.014, 0], [0.013, 0.002], [0.0085, 0.004], [0.0085, 0.006], [0.005, 0.010], [0, 0.0115]], 20),
        [0, 0.0235, d],
    )
    ring = lathe([[0.0125, -0.0], [0.0145, 0.0018], [0.0165, 0.0]], 24, crease=180)
    clasp = extrude(
        [[-0.008, -0.016], [0.008, -0.016], [0.010, -0.004], [0.010, 0.008], [-0.010, 0.008], [-0.010, -0.004]], 0.003
    )
    knob = move(sphere(0.0042, 12), [0, -0.010, 2 * d + 0.008])
    rivet = sphere(0.0021, 8)
    studs = [[x, 0.0085, z] for z in (0.003, 2 * d - 0.003) for x in np.linspace(-w + 0.008, w - 0.008, 9)]
    knuckles = [
        transform(cylinder(0.0035, -0.012, 0.012, 12), [[0, 1, 0, x], [-1, 0, 0, 0.0], [0, 0, 1, -0.003], [0, 0, 0, 1]])
        for x in (-0.03, 0.03)
    ]
    return merge(
        [
            *steps,
            boss,
            move(ring, [0, 0.0235, d]),
            move(clasp, [0, 0, 2 * d + 0.002]),
            knob,
            array(rivet, studs),
            *knuckles,
        ]
    )


def _lining(w: float, d: float) -> Mesh:
    """Dark velvet on the floor inside."""
    return box([-w, WALL, -d], [w, WALL + 0.004, d])


def _ember(w: float, d: float) -> Mesh:
    """What glows inside: a pool that only an open lid reveals, facing up."""
    y = HEIGHT * 0.42
    return quad([-w, y, d], [w, y, d], [w, y, -d], [-w, y, -d])


def pedestal(height: float = 1.02) -> Mesh:
    """An octagonal stone pedestal with a moulded foot and head, standing at the origin."""
    foot = [[0.34, 0], [0.34, 0.10], [0.30, 0.115], [0.285, 0.15], [0.25, 0.17], [0.22, 0.22]]
    shaft = [[0.165, 0.27], [0.155, height - 0.26]]
    head = [
        [0.17, height - 0.23],
        [0.175, height - 0.20],
        [0.215, height - 0.13],
        [0.27, height - 0.09],
        [0.27, height - 0.03],
        [0.255, height],
        [0, height],
    ]
    return box_uv(facet(move(lathe([*foot, *shaft, *head], 8), [0, 0, 0], 22.5)), 0.8)
