"""A fireplace with a fire in it: against a wall at z = 0, facing +Z, its middle at x = 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh

FRONT: Final = 0.34  # m from the wall to the face of the breast
MANTEL: Final = 1.27  # m, the top of its shelf


@dataclass(frozen=True)
class Hearth:
    """parts: Its body by material: surround, timber, soot, iron, log. flames, embers: What glows."""

    parts: dict[str, Mesh]
    flames: Mesh
    embers: Mesh


def hearth(rng: np.random.Generator, *, old: bool) -> Hearth:
    """A chimney breast of stone with a beam for a mantel if `old`, otherwise a plain surround with a thin shelf."""
    half, open_half, high, top = 0.82, 0.46, 0.78, 2.72
    w, z = open_half, FRONT
    breast = [
        shapes.box((-half, 0, 0), (-w, high, z)),
        shapes.box((w, 0, 0), (half, high, z)),
        shapes.box((-half, high, 0), (half, MANTEL - 0.06, z)),
    ]
    upper = shapes.box((-half + 0.02, MANTEL - 0.06, 0), (half - 0.02, top, 0.06 if not old else 0.10))
    slab = shapes.soft_box((-half - 0.12, 0, 0.02), (half + 0.12, 0.035, z + 0.42), 0.008)
    deep, thick = (0.28, 0.11) if old else (0.10, 0.05)
    shelf = shapes.soft_box((-half - 0.10, MANTEL - thick, 0), (half + 0.10, MANTEL, z + deep * 0.5), 0.012)
    rim = 0.06
    frame = [
        shapes.soft_box((-w - rim, 0.03, z - 0.01), (-w, high + rim, z + 0.03), 0.008),
        shapes.soft_box((w, 0.03, z - 0.01), (w + rim, high + rim, z + 0.03), 0.008),
        shapes.soft_box((-w, high, z - 0.01), (w, high + rim, z + 0.03), 0.008),
    ]
    lining = [
        shapes.box((-w, 0.03, 0.0), (w, high, 0.012)),
        shapes.box((-w, 0.03, 0.0), (-w + 0.012, high, z - 0.01)),
        shapes.box((w - 0.012, 0.03, 0.0), (w, high, z - 0.01)),
        shapes.box((-w, high - 0.012, 0.0), (w, high, z - 0.01)),
        shapes.box((-w, 0.03, 0.0), (w, 0.045, z)),
    ]
    grate = [
        shapes.tube([(x, 0.13, 0.06), (x, 0.13, 0.18), (x, 0.13, 0.29)], 0.010, 8) for x in np.linspace(-0.3, 0.3, 9)
    ]
    grate += [shapes.tube([(-0.33, y, 0.29), (0, y, 0.295), (0.33, y, 0.29)], 0.010, 8) for y in (0.13, 0.20)]
    grate += [
        shapes.tube([(x, 0.04, zz), (x, 0.13, zz), (x, 0.22, zz)], 0.012, 8)
        for x in (-0.31, 0.31)
        for zz in (0.07, 0.29)
    ]
    logs = [
        _log(rng, (x, y, zz), turn)
        for x, y, zz, turn in ((-0.05, 0.185, 0.13, 8), (0.06, 0.185, 0.235, -6), (0.0, 0.27, 0.18, 24))
    ]
    bed = shapes.soft_box((-0.26, 0.138, 0.08), (0.26, 0.165, 0.27), 0.01)
    flames = [
        _flame(rng, (float(x), 0.20, float(rng.uniform(0.12, 0.24))), float(high_))
        for x, high_ in zip(np.linspace(-0.22, 0.22, 7), rng.uniform(0.14, 0.34, 7), strict=True)
    ]
    parts = {
        "surround": shapes.merge([*breast, slab, *frame]),
        "wall": upper,
        "timber" if old else "surround_shelf": shelf,
        "soot": shapes.merge(lining),
        "iron": shapes.merge(grate),
        "log": shapes.merge(logs),
    }
    if not old:
        parts["surround"] = shapes.merge([*breast, slab, *frame, parts.pop("surround_shelf")])
    return Hearth(parts, shapes.merge(flames), bed)


def _log(rng: np.random.Generator, at: tuple[float, float, float], turn: float) -> Mesh:
    """A rough log about 55 cm long, lying across."""
    t, angle = np.linspace(0, 1, 10), np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radius = 0.048 + 0.006 * rng.standard_normal((10, 14)).clip(-1.5, 1.5)
    radius[[0, -1]] *= 0.3
    x = -0.27 + 0.54 * t[:, None] + 0 * angle
    rows = np.stack([x, radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    return shapes.move(shapes.grid(rows[::-1], closed_u=True), at, turn)


def _flame(rng: np.random.Generator, at: tuple[float, float, float], height: float) -> Mesh:
    """A tongue of fire that leans and wavers."""
    t = np.linspace(0, 1, 9)
    radius = 0.055 * np.sin(np.pi * (0.16 + 0.84 * t) ** 0.7) * (1 - 0.55 * t) + 0.002
    sway = 0.05 * np.column_stack([np.sin(3 * t + rng.uniform(0, 6)), np.sin(2 * t + rng.uniform(0, 6))]) * t[:, None]
    path = np.column_stack([sway[:, 0], height * t, 0.5 * sway[:, 1]])
    return shapes.move(shapes.tube(path, radius, 10), at)
