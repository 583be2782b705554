"""Stairs: flights of solid steps, landings, balustrades."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.trim import beam


def add_flight(
    dressing: Dressing,
    left: float,
    right: float,
    foot: tuple[float, float],
    head: tuple[float, float],
    steps: int,
    *,
    tread: str = "tread",
    riser: str = "riser",
    rails: tuple[float, ...] = (),
    carpet: str = "",
) -> None:
    """A flight along z from `foot` to `head`, each (z, y) [m], `left` to `right` in x, solid down to the foot's level.

    `rails` are the x of balustrades; with a `carpet` a runner lies on the middle of it.
    """
    (z0, y0), (z1, y1) = foot, head
    rise, go = (y1 - y0) / steps, (z1 - z0) / steps
    way = 1.0 if go > 0 else -1.0
    solids, boards, cloth = [], [], []
    for k in range(steps):
        a, b, top = z0 + k * go, z1, y0 + (k + 1) * rise
        solids.append(shapes.box((left, top - rise, min(a, b)), (right, top - 0.03, max(a, b))))
        nose = a - way * 0.025
        boards.append(shapes.soft_box((left, top - 0.032, min(nose, a + go)), (right, top, max(nose, a + go)), 0.010))
        if carpet:
            inset = 0.24 * (right - left)
            low, high = min(nose - way * 0.006, a + go), max(nose - way * 0.006, a + go)
            cloth.append(shapes.soft_box((left + inset, top - rise, low), (right - inset, top + 0.007, high), 0.006))
    dressing.add(riser, solids)
    dressing.add(tread, boards)
    if cloth:
        dressing.add(carpet, cloth)
    for x in rails:
        _add_balustrade(dressing, x, np.array([z0, y0]), np.array([z1, y1]), steps)


def _add_balustrade(dressing: Dressing, x: float, foot: np.ndarray, head: np.ndarray, steps: int) -> None:
    """Turned balusters, two a step, a moulded handrail and newels at both ends."""
    high = 0.92
    go = (head - foot) / steps
    profile = np.array(
        [
            (0.018, 0),
            (0.018, 0.10),
            (0.012, 0.13),
            (0.021, 0.22),
            (0.010, 0.40),
            (0.015, 0.62),
            (0.010, 0.66),
            (0.016, 0.70),
            (0.016, high),
        ]
    )
    one = shapes.lathe(profile, 10)
    places, tall = [], []
    for k in range(steps):
        for share in (0.25, 0.75):
            z, y = foot + go * (k + share)
            base = float(foot[1] + go[1] * (k + 1))
            places.append((x, base, z))
            tall.append((1, (y + go[1] * 0.5 + high - base) / high, 1))
    dressing.add("baluster", shapes.array(one, places, 0.0, tall))
    a, b = (x, foot[1] + high + go[1] * 0.5, foot[0]), (x, head[1] + high + go[1] * 0.5, head[0])
    dressing.add("handrail", beam(a, b, 0.062, 0.05))
    newel = shapes.lathe(
        [
            (0.055, 0),
            (0.055, 0.2),
            (0.04, 0.24),
            (0.05, 0.5),
            (0.04, 0.9),
            (0.055, 0.94),
            (0.055, 1.06),
            (0.03, 1.08),
            (0.055, 1.13),
            (0.03, 1.19),
            (0, 1.20),
        ],
        18,
    )
    dressing.add("handrail", [shapes.move(newel, (x, foot[1], foot[0])), shapes.move(newel, (x, head[1], head[0]))])


def add_rail(dressing: Dressing, start: tuple[float, float], end: tuple[float, float], y: float) -> None:
    """A level balustrade from one (x, z) to another at a height."""
    a, b = np.array([start[0], y, start[1]]), np.array([end[0], y, end[1]])
    lift = np.array([0, 0.92, 0])
    count = max(2, int(np.linalg.norm(b - a) / 0.115))
    places = a + (b - a) * ((np.arange(count) + 0.5) / count)[:, None]
    dressing.add(
        "baluster", shapes.array(shapes.lathe([(0.016, 0), (0.02, 0.2), (0.010, 0.45), (0.016, 0.9)], 10), places)
    )
    dressing.add("handrail", beam(a + lift, b + lift, 0.062, 0.05))
