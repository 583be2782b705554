"""A ship's corridor: eight-sided frames, panels between them, a grated floor lit from below, a hatch at its end.

It runs along z from FAR to NEAR; windows on the right side look out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors import greebles
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.greebles import Face
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.sets.spaceship_light import Shining

NEAR, FAR, BAY = 7.2, -16.8, 2.4  # m
HEIGHT: Final = 2.62
# The right half of the section from the floor up, x and y [m]; what lies between two corners is a side.
_SECTION: Final = np.array([(1.02, 0.0), (1.58, 0.52), (1.58, 1.72), (1.00, HEIGHT)])
_FRAME: Final = 0.42  # m along z that a frame takes of its bay
_WINDOWS: Final = (1, 3, 4)  # the bays, from the near end, that have a window in the right side
_GRATE: Final = 0.62  # half the width of the grating


def build_corridor(dressing: Dressing, shining: Shining, rng: np.random.Generator) -> None:
    """Everything between the two bulkheads; what shines goes to the lists."""
    edges = np.arange(NEAR, FAR - 0.1, -BAY).tolist()
    made = {number: [greebles.panel(BAY - _FRAME, _length(number), rng) for _ in range(3)] for number in range(3)}
    roof = [greebles.panel(BAY - _FRAME, 0.62, rng, depth=0.06) for _ in range(2)]
    for bay, (z1, z0) in enumerate(pairwise(edges)):
        for side in (1, -1):
            for number in range(3):
                face = _face(number, side, z1 - _FRAME / 2, z0 + _FRAME / 2)
                if number == 1 and side > 0 and bay in _WINDOWS:
                    _add_window(dressing, z1 - _FRAME / 2, z0 + _FRAME / 2)
                else:
                    pick = made[number][int(rng.integers(3))]
                    pick.put(dressing, face, shining.lamps, shining.signals)
        for x in (-0.97, 0.35):
            face = Face((x, HEIGHT, z0 + _FRAME / 2), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
            roof[int(rng.integers(2))].put(dressing, face, shining.lamps, shining.signals)
        _add_roof_light(dressing, shining, z0, z1)
    for z in edges:
        _add_frame(dressing, shining, z)
    _add_floor(dressing, shining, rng)
    _add_conduits(dressing, rng)
    for z, turn in ((FAR, 0.0), (NEAR, 180.0)):
        add_bulkhead(dressing, shining, z, turn, HEIGHT)


def _length(number: int) -> float:
    return float(np.linalg.norm(_SECTION[number + 1] - _SECTION[number]))


def _face(number: int, side: int, z1: float, z0: float) -> Face:
    """The frame of a side of the section in a bay, z1 its near end; it faces the middle of the corridor."""
    (xa, ya), (xb, yb) = _SECTION[number] * [side, 1], _SECTION[number + 1] * [side, 1]
    up = (float(xb - xa), float(yb - ya), 0.0)
    if side > 0:  # seen from inside, x runs from far to near on the right: along x up points to -X
        return Face((float(xa), float(ya), z0), (0.0, 0.0, 1.0), up)
    return Face((float(xa), float(ya), z1), (0.0, 0.0, -1.0), up)


def _add_frame(dressing: Dressing, shining: Shining, z: float) -> None:
    """A frame of eight sides about the corridor, its inner edge cut, with lamps in its uprights."""
    ring = np.concatenate([_SECTION, _SECTION[::-1] * [-1, 1]])
    inner = ring.copy()
    inner[:, 0] *= np.where(np.abs(ring[:, 0]) > 1.2, 0.89, 0.86)
    inner[:, 1] = np.where(ring[:, 1] > 2, ring[:, 1] - 0.16, ring[:, 1])
    outer = ring * [1.1, 1.0] + np.where(ring[:, 1:] > 2, [0, 0.2], [0, 0])
    outline = np.concatenate([outer, inner[::-1]])
    deep = _FRAME
    dressing.add("hull", shapes.move(shapes.extrude(outline, deep), (0, 0, z - deep / 2)))
    middle = inner * [0.985, 1.0] - [0, 0.012]
    rib = np.concatenate([inner * [1.004, 1.0], middle[::-1]])
    dressing.add("hull_dark", shapes.move(shapes.extrude(rib, deep * 0.42), (0, 0, z - deep * 0.21)))
    for side in (-1, 1):
        x = side * 1.405
        for end in (-1, 1):
            a, b = sorted((z + end * (deep / 2 - 0.006), z + end * (deep / 2 + 0.012)))
            low, high = sorted((x, x + side * 0.05))
            shining.lamps.append(bars([((low, 0.66, a), (high, 1.58, b))]))
            dressing.add(
                "steel",
                bars(
                    [
                        ((low - 0.02, y, min(a, b)), (high + 0.02, y + 0.03, max(a, b) + 0.002))
                        for y in (0.63, 1.10, 1.58)
                    ]
                ),
            )


def _add_roof_light(dressing: Dressing, shining: Shining, z0: float, z1: float) -> None:
    """A trough in the ceiling with two strips of light."""
    a, b = z0 + _FRAME / 2, z1 - _FRAME / 2
    dressing.add("hull_dark", shapes.box((-0.36, HEIGHT + 0.02, a), (0.36, HEIGHT + 0.10, b)))
    for x in (-0.30, 0.25):
        shining.ceiling.append(bars([((x, HEIGHT + 0.002, a + 0.06), (x + 0.05, HEIGHT + 0.022, b - 0.06))]))
    slats = [
        ((-0.36, HEIGHT - 0.02, z), (0.36, HEIGHT + 0.02, z + 0.012)) for z in np.arange(a + 0.1, b, 0.22).tolist()
    ]
    dressing.add("hull_dark", bars(slats))


def _add_window(dressing: Dressing, z1: float, z0: float) -> None:
    """A port with cut corners in the right side, in a deep frame."""
    (x, low), (_, high) = _SECTION[1], _SECTION[2]
    w, h, c, e = z1 - z0, float(high - low), 0.2, 0.09
    hole = np.array(
        [
            (e + c, e),
            (w - e - c, e),
            (w - e, e + c),
            (w - e, h - e - c),
            (w - e - c, h - e),
            (e + c, h - e),
            (e, h - e - c),
            (e, e + c),
        ]
    )
    outline = np.array([(0, 0), (w, 0), (w, h), (0, h)])
    face = Face((float(x), float(low), z0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0))
    dressing.add("hull", face.put(shapes.move(shapes.extrude(outline, 0.20, [hole]), (0, 0, -0.16))))
    inner = hole.mean(axis=0) + (hole - hole.mean(axis=0)) * [0.965, 0.95]
    dressing.add("hull_dark", face.put(shapes.move(shapes.extrude(hole, 0.06, [inner]), (0, 0, -0.14))))
    bolts = [
        shapes.move(shapes.stand_up(shapes.cylinder(0.014, 0.036, 0.052, 8)), (float(u), float(v), 0))
        for u, v in hole.mean(axis=0) + (hole - hole.mean(axis=0)) * 1.07
    ]
    dressing.add("steel", [face.put(bolt) for bolt in bolts])


def _add_floor(dressing: Dressing, shining: Shining, rng: np.random.Generator) -> None:
    """A grating over a trough with pipes and light, plates at both sides."""
    dressing.add("grate", greebles.grating((-_GRATE, FAR), (_GRATE, NEAR)))
    rails = [((s * _GRATE - 0.02, -0.06, FAR), (s * _GRATE + 0.02, 0.004, NEAR)) for s in (-1, 1)]
    dressing.add("steel", bars(rails))
    dressing.add("black", shapes.box((-_GRATE, -0.44, FAR), (_GRATE, -0.40, NEAR)))
    for side in (-1, 1):
        x0, x1 = sorted((side * _GRATE, side * 1.10))
        dressing.add("deck", shapes.box((x0, -0.42, FAR), (x1, 0.0, NEAR)))
        a, b = sorted((side * 0.985, side * 1.005))
        shining.floor.append(bars([((a, 0.004, FAR + 0.1), (b, 0.022, NEAR - 0.1))]))
        dressing.add("hull_dark", bars([((min(a, b) - 0.006, 0.0, FAR), (max(a, b) + 0.006, 0.005, NEAR))]))
    for k in range(7):
        x = -0.5 + 0.165 * k
        radius = float(rng.uniform(0.025, 0.055))
        y = -0.40 + radius
        tone = str(rng.choice(["pipe", "pipe", "steel", "accent"]))
        dressing.add(tone, shapes.tube([(x, y, FAR), (x, y, 0), (x, y, NEAR)], radius, 8))
    under = [
        ((x, -0.14, z), (x + 0.02, -0.12, z + 1.3))
        for z in np.arange(FAR + 0.5, NEAR - 1.3, BAY).tolist()
        for x in (-0.60, 0.58)
    ]
    shining.floor.append(bars(under))
    cross = [((-_GRATE, -0.13, z), (_GRATE, -0.03, z + 0.06)) for z in np.arange(FAR, NEAR, BAY / 2).tolist()]
    dressing.add("hull_dark", bars(cross))


def _add_conduits(dressing: Dressing, rng: np.random.Generator) -> None:
    """Pipes along the corners under the ceiling, through all frames."""
    for side in (-1, 1):
        for k in range(3):
            x, y = side * (1.12 - 0.085 * k), 2.26 + 0.10 * k
            tone = str(rng.choice(["pipe", "steel", "accent"]))
            dressing.add(tone, shapes.tube([(x, y, FAR), (x, y, 0), (x, y, NEAR)], 0.026 + 0.008 * (k % 2), 8))


def add_bulkhead(dressing: Dressing, shining: Shining, z: float, turn: float, height: float, half: float = 1.9) -> None:
    """The wall at an end with a hatch in it; it faces +Z, or -Z if turned by 180 degrees."""

    def put(mesh: Mesh) -> Mesh:
        return shapes.move(mesh, (0, 0, z), turn)

    w, h, c = 1.36, 2.16, 0.22
    hole = np.array([(-w / 2, 0.0), (w / 2, 0.0), (w / 2, h - c), (w / 2 - c, h), (-w / 2 + c, h), (-w / 2, h - c)])
    wall = np.array([(-half, -0.02), (half, -0.02), (half, height + 0.25), (-half, height + 0.25)])
    dressing.add("hull_second", put(shapes.move(shapes.extrude(wall, 0.2, [hole]), (0, 0, -0.2))))
    rim = hole * [1.14, 1.0] + np.where(hole[:, 1:] > 1, [0, 0.10], [0, 0])
    dressing.add("hull", put(shapes.move(shapes.extrude(rim, 0.10, [hole + np.array([0, 0.001])]), (0, 0, -0.02))))
    for name, mesh in greebles.hatch(w - 0.01, h).items():
        dressing.add(name, put(shapes.move(mesh, (0, 0.004, -0.19))))
    for side in (-1, 1):
        shining.signals.append(put(bars([((side * 0.86 - 0.03, 1.30, 0.0), (side * 0.86 + 0.03, 1.36, 0.022))])))
        dressing.add(
            "hull_dark",
            put(shapes.soft_box((side * 0.86 - 0.07, 1.02, -0.01), (side * 0.86 + 0.07, 1.42, 0.016), 0.006)),
        )
    shining.lamps.append(put(bars([((-0.42, h + 0.13, 0.0), (0.42, h + 0.155, 0.05))])))
