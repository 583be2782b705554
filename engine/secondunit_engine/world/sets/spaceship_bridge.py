"""A ship's bridge: a wide window on space, the helm before it, consoles along the sides, a table with a hologram.

The window is at z = BACK, the hatch at z = FRONT. Consoles are made before the wall they back on: x along it, y up,
z into the room.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors import greebles, screens
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.interiors.greebles import Face
from secondunit_engine.world.interiors.room import Wall
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.sets.spaceship_corridor import add_bulkhead
from secondunit_engine.world.sets.spaceship_light import Shining

HALF, BACK, FRONT, HEIGHT = 4.2, -5.2, 5.6, 3.2  # m
_KNEE, _SHOULDER = 2.05, 3.25  # y where the side leans in, and x where it meets the ceiling
_BAYS: Final = np.linspace(FRONT, BACK, 6)
_RIB: Final = 0.30
TABLE: Final = (-1.45, -1.9)  # x and z of the hologram's table
_PROFILE: Final = np.array([  # of a console: distance from its wall, height
    (0.0, 0.0), (0.50, 0.0), (0.50, 0.10), (0.60, 0.68), (0.76, 0.72), (0.77, 0.76), (0.34, 0.93), (0.28, 0.985),
    (0.0, 1.0),
])  # fmt: skip


def build_bridge(dressing: Dressing, shining: Shining, rng: np.random.Generator) -> None:
    """The whole room; what shines goes to the lists."""
    _add_sides(dressing, shining, rng)
    _add_roof(dressing, shining, rng)
    _add_front(dressing, shining)
    add_bulkhead(dressing, shining, FRONT, 180.0, HEIGHT, HALF)
    _add_deck(dressing, shining)
    for side, turn in ((-1, 90.0), (1, -90.0)):
        wall = Wall((side * HALF, 0.0, (BACK + FRONT) / 2), turn, FRONT - BACK, HEIGHT)
        for x in (-3.3, -1.15, 1.0) if side < 0 else (-1.0, 1.15, 3.3):
            _add_console(dressing, shining, wall, x, 1.95, rng)
            _add_display(dressing, shining, wall, x, rng)
        for x in (-2.2, 0.6) if side < 0 else (-0.6, 2.2):
            _add_seat(dressing, wall.at(x, 0, 1.18), turn + 180.0 + float(rng.normal(0, 14)))
    helm = Wall((0.0, 0.0, BACK + 0.95), 0.0, 2 * HALF, HEIGHT)
    for x in (-1.55, 1.55):
        _add_console(dressing, shining, helm, x, 2.1, rng)
        dressing.add("hull_second", helm.put(shapes.soft_box((x - 1.05, 0.0, -0.03), (x + 1.05, 0.99, 0.0), 0.01)))
        _add_seat(dressing, helm.at(x, 0, 1.25), 180.0 + float(rng.normal(0, 6)))
    _add_seat(dressing, (1.55, 0.0, -1.55), 180.0 - 24.0, high=True)
    _add_table(dressing, shining)


def _add_sides(dressing: Dressing, shining: Shining, rng: np.random.Generator) -> None:
    """Panels on the upright and the leaning part of both sides, between ribs."""
    length = float(-np.diff(_BAYS)[0]) - _RIB
    lean = float(np.hypot(HALF - _SHOULDER, HEIGHT - _KNEE))
    low = [greebles.panel(length, _KNEE, rng, fine=0.42) for _ in range(3)]
    high = [greebles.panel(length, lean, rng, fine=0.42) for _ in range(3)]
    inward = (HALF - _SHOULDER) / lean
    for z1, z0 in pairwise(_BAYS.tolist()):
        a, b = z0 + _RIB / 2, z1 - _RIB / 2
        for side in (-1, 1):
            z, way = (a, 1.0) if side > 0 else (b, -1.0)
            along, up = (0.0, 0.0, way), (-side * inward, (HEIGHT - _KNEE) / lean, 0.0)
            low[int(rng.integers(3))].put(
                dressing, Face((side * HALF, 0.0, z), along, (0.0, 1.0, 0.0)), shining.lamps, shining.signals
            )
            high[int(rng.integers(3))].put(
                dressing, Face((side * HALF, _KNEE, z), along, up), shining.lamps, shining.signals
            )
    outer = _section(0.15, 0.1, 0.2)
    inner = _section(-0.17, -0.05, -0.17)
    rib = shapes.extrude(np.concatenate([outer, inner[::-1]]), _RIB)
    for z in _BAYS.tolist():
        dressing.add("hull", shapes.move(rib, (0, 0, z - _RIB / 2)))
        for side in (-1, 1):
            x = side * (HALF - 0.172)
            a, b = sorted((x, x - side * 0.012))
            shining.lamps.append(bars([((a, 1.12, z - 0.02), (b, 1.92, z + 0.02))]))


def _section(wide: float, knee: float, high: float) -> np.ndarray:
    """The room's section from the right foot over to the left one, let out by so much, shape [6, 2]."""
    right = np.array([(HALF + wide, 0.0), (HALF + wide, _KNEE + knee), (_SHOULDER + 0.75 * wide, HEIGHT + high)])
    return np.concatenate([right, right[::-1] * [-1, 1]])


def _add_roof(dressing: Dressing, shining: Shining, rng: np.random.Generator) -> None:
    """Panels and two troughs of light along the room."""
    length = float(-np.diff(_BAYS)[0]) - _RIB
    made = [greebles.panel(length, 1.4, rng, fine=0.5, depth=0.07) for _ in range(3)]
    for z1, z0 in pairwise(_BAYS.tolist()):
        for x in (-0.70, 1.45, -2.85):
            face = Face((x, HEIGHT, z0 + _RIB / 2), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
            made[int(rng.integers(3))].put(dressing, face, shining.lamps, shining.signals)
        for x in (-1.08, 1.08):
            dressing.add("hull_dark", shapes.box((x - 0.38, HEIGHT + 0.02, z0), (x + 0.38, HEIGHT + 0.1, z1)))
            shining.ceiling.append(bars([((x - 0.06, HEIGHT - 0.004, z0 + 0.3), (x + 0.06, HEIGHT + 0.022, z1 - 0.3))]))
            lips = [
                ((x + s * 0.16 - 0.02, HEIGHT - 0.05, z0), (x + s * 0.16 + 0.02, HEIGHT + 0.03, z1)) for s in (-1, 1)
            ]
            dressing.add("hull_second", bars(lips))
    for side in (-1, 1):
        for k in range(4):
            x = side * (2.98 - 0.09 * k)
            dressing.add(
                "pipe" if k % 2 else "steel",
                shapes.tube([(x, HEIGHT - 0.10, BACK), (x, HEIGHT - 0.10, 0), (x, HEIGHT - 0.10, FRONT)], 0.034, 8),
            )


def _add_front(dressing: Dressing, shining: Shining) -> None:
    """The wall of the window: three panes with cut corners in a deep frame, braces between them."""
    outline = np.array(
        [
            (-HALF - 0.1, -0.02),
            (HALF + 0.1, -0.02),
            (HALF + 0.1, _KNEE),
            (_SHOULDER, HEIGHT + 0.1),
            (-_SHOULDER, HEIGHT + 0.1),
            (-HALF - 0.1, _KNEE),
        ]
    )
    c = 0.16
    middle = np.array(
        [
            (-1.5 + c, 1.04),
            (1.5 - c, 1.04),
            (1.5, 1.04 + c),
            (1.5, 2.84 - c),
            (1.5 - c, 2.84),
            (-1.5 + c, 2.84),
            (-1.5, 2.84 - c),
            (-1.5, 1.04 + c),
        ]
    )
    right = np.array(
        [
            (1.74 + c, 1.04),
            (3.86 - c, 1.04),
            (3.86, 1.04 + c),
            (3.86, 2.02),
            (3.22, 2.84),
            (1.74 + c, 2.84),
            (1.74, 2.84 - c),
            (1.74, 1.04 + c),
        ]
    )
    holes = [middle, right, right[::-1] * [-1, 1]]
    dressing.add("hull", shapes.move(shapes.extrude(outline, 0.30, holes), (0, 0, BACK - 0.30)))
    for hole in holes:
        centre = hole.mean(axis=0)
        inner = centre + (hole - centre) * [0.96, 0.94]
        dressing.add("hull_dark", shapes.move(shapes.extrude(hole, 0.07, [inner]), (0, 0, BACK - 0.24)))
        for point in (centre + (hole - centre) * [1.05, 1.07]).tolist():
            bolt = shapes.stand_up(shapes.cylinder(0.02, -0.002, 0.018, 8))
            dressing.add("steel", shapes.move(bolt, (*point, BACK)))
    sill = np.array([(0.0, 0.86), (0.30, 0.82), (0.30, 0.88), (0.05, 0.98), (0.0, 0.98)])
    lip = shapes.transform(
        shapes.extrude(sill, 2 * HALF), [[0, 0, 1, -HALF], [0, 1, 0, 0], [1, 0, 0, BACK], [0, 0, 0, 1]]
    )
    dressing.add("hull_second", lip)
    shining.floor.append(bars([((-HALF + 0.4, 0.815, BACK + 0.10), (HALF - 0.4, 0.822, BACK + 0.13))]))


def _add_deck(dressing: Dressing, shining: Shining) -> None:
    """Plates about a grating down the middle, lines of light along the consoles."""
    half = 0.55
    for a, b in ((-HALF - 0.2, -half), (half, HALF + 0.2)):
        dressing.add("deck", shapes.box((a, -0.42, BACK - 0.1), (b, 0.0, FRONT + 0.1)))
    dressing.add("grate", greebles.grating((-half, BACK), (half, FRONT)))
    dressing.add("black", shapes.box((-half, -0.46, BACK - 0.1), (half, -0.42, FRONT + 0.1)))
    dressing.add("steel", bars([((s * half - 0.025, -0.08, BACK), (s * half + 0.025, 0.005, FRONT)) for s in (-1, 1)]))
    for k, x in enumerate((-0.36, -0.16, 0.10, 0.34)):
        dressing.add(
            "accent" if k == 1 else "pipe",
            shapes.tube([(x, -0.372, BACK), (x, -0.372, 0), (x, -0.372, FRONT)], 0.05, 8),
        )
    under = [
        ((s * 0.52 - 0.012, -0.16, z), (s * 0.52 + 0.012, -0.13, z + 1.5))
        for z in np.arange(BACK + 0.3, FRONT - 1.5, 2.16).tolist()
        for s in (-1, 1)
    ]
    shining.floor.append(bars(under))
    shining.floor.append(
        bars([((s * 3.10 - 0.015, 0.0, BACK + 1.0), (s * 3.10 + 0.015, 0.006, FRONT - 0.6)) for s in (-1, 1)])
    )
    cross = [((-half, -0.16, z), (half, -0.035, z + 0.05)) for z in np.arange(BACK, FRONT, 1.08).tolist()]
    dressing.add("hull_dark", bars(cross))


def _add_console(
    dressing: Dressing, shining: Shining, wall: Wall, x: float, width: float, rng: np.random.Generator
) -> None:
    """A desk of instruments: two or three screens and fields of keys on its slope."""
    a = x - width / 2
    body = shapes.transform(shapes.extrude(_PROFILE, width), [[0, 0, 1, a], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    dressing.add("hull", wall.put(body))
    cheeks = [
        shapes.transform(
            shapes.extrude(_PROFILE * [1.02, 1.015], 0.04), [[0, 0, 1, at], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]]
        )
        for at in (a - 0.02, a + width - 0.02)
    ]
    dressing.add("hull_second", [wall.put(cheek) for cheek in cheeks])
    run = np.array([0.34 - 0.77, 0.93 - 0.76])
    length = float(np.linalg.norm(run))
    rise = (0.0, float(run[1]), float(run[0]))
    slope = Face((a + 0.05, 0.762, 0.768), (1.0, 0.0, 0.0), rise)
    count = int(rng.integers(2, 4))
    pitch = (width - 0.1) / count
    for k in range(count):
        wide = pitch * float(rng.uniform(0.50, 0.72))
        left = k * pitch + 0.03
        tall = length * 0.72
        rim = shapes.soft_box((left, 0.06, 0), (left + wide, 0.06 + tall, 0.014), 0.004)
        dressing.add("black", wall.put(slope.put(rim)))
        e = 0.018
        glass = shapes.quad(
            (left + e, 0.06 + e, 0.0146),
            (left + wide - e, 0.06 + e, 0.0146),
            (left + wide - e, 0.06 + tall - e, 0.0146),
            (left + e, 0.06 + tall - e, 0.0146),
        )
        shining.screens.append(screens.cell(wall.put(slope.put(glass)), int(rng.integers(12))))
        keys = greebles.Panel()
        greebles.add_keys(keys, (left + wide + 0.02, 0.06, pitch - wide - 0.06, tall), rng)
        for name, meshes in keys.parts.items():
            dressing.add(name, [wall.put(slope.put(mesh)) for mesh in meshes])
        shining.signals += [wall.put(slope.put(mesh)) for mesh in keys.signals]
        shining.lamps += [wall.put(slope.put(mesh)) for mesh in keys.lamps]
    vents = bars(
        [
            ((a + 0.2, y, 0.50 + 0.172 * (y - 0.1)), (a + width - 0.2, y + 0.02, 0.506 + 0.172 * (y - 0.1)))
            for y in (0.20, 0.26, 0.32)
        ]
    )
    dressing.add("hull_dark", wall.put(vents))


def _add_display(dressing: Dressing, shining: Shining, wall: Wall, x: float, rng: np.random.Generator) -> None:
    """A wide screen over a console in a frame that leans forward."""
    w, low, high = 1.5, 1.16, 1.86
    face = Face((x - w / 2, low, 0.10), (1.0, 0.0, 0.0), (0.0, high - low, 0.14))
    dressing.add(
        "hull_second", wall.put(face.put(shapes.soft_box((-0.05, -0.05, -0.16), (w + 0.05, 0.76, 0.0), 0.015)))
    )
    dressing.add("black", wall.put(face.put(shapes.soft_box((-0.02, -0.02, -0.01), (w + 0.02, 0.73, 0.012), 0.006))))
    share = float(rng.choice([0.5, 0.66, 1.0]))
    for a, b in ((0.0, w * share), (w * share, w)):
        if b - a > 0.1:
            glass = shapes.quad(
                (a + 0.01, 0.01, 0.0126), (b - 0.01, 0.01, 0.0126), (b - 0.01, 0.70, 0.0126), (a + 0.01, 0.70, 0.0126)
            )
            shining.screens.append(screens.cell(wall.put(face.put(glass)), int(rng.integers(12))))


def _add_seat(dressing: Dressing, at: tuple[float, float, float], turn: float, *, high: bool = False) -> None:
    """A pilot's seat that faces +Z before it is turned: on a column, with wings, arms and a head rest."""
    parts: dict[str, list[Mesh]] = {
        "seat": [
            shapes.soft_box((-0.25, 0.42, -0.24), (0.25, 0.53, 0.28), 0.04),
            shapes.transform(shapes.soft_box((-0.24, 0.0, -0.06), (0.24, 0.72, 0.05), 0.045), _leaning(0.50, -0.25)),
            shapes.transform(shapes.soft_box((-0.15, 0.715, -0.05), (0.15, 0.98, 0.06), 0.04), _leaning(0.50, -0.25)),
        ],
        "hull_second": [
            shapes.transform(shapes.soft_box((-0.29, -0.06, -0.12), (0.29, 0.70, -0.05), 0.03), _leaning(0.50, -0.25)),
            shapes.soft_box((-0.29, 0.36, -0.26), (0.29, 0.43, 0.27), 0.02),
            *(shapes.soft_box((s * 0.31 - 0.04, 0.62, -0.20), (s * 0.31 + 0.04, 0.68, 0.22), 0.015) for s in (-1, 1)),
            *(shapes.soft_box((x - 0.025, 0.38, -0.14), (x + 0.025, 0.64, -0.06), 0.008) for x in (-0.31, 0.31)),
        ],
        "steel": [
            shapes.lathe([(0, 0), (0.27, 0), (0.25, 0.03), (0.07, 0.06), (0.055, 0.10), (0.055, 0.37), (0, 0.37)], 24)
        ],
    }  # fmt: skip
    if high:
        parts["black"] = [
            shapes.soft_box((s * 0.31 - 0.05, 0.675, 0.04), (s * 0.31 + 0.05, 0.70, 0.24), 0.008) for s in (-1, 1)
        ]
    for name, meshes in parts.items():
        dressing.add(name, [shapes.move(mesh, at, turn) for mesh in meshes])


def _leaning(y: float, z: float) -> np.ndarray:
    """A back's frame: its foot at (y, z), leaning 12 degrees."""
    c, s = np.cos(np.radians(12.0)), np.sin(np.radians(12.0))
    return np.array([[1, 0, 0, 0], [0, c, s, y], [0, -s, c, z], [0, 0, 0, 1]])


def _add_table(dressing: Dressing, shining: Shining) -> None:
    """A round table whose ring of light draws a globe of wires over it."""
    x, z = TABLE
    column = [
        (0, 0),
        (0.34, 0),
        (0.32, 0.04),
        (0.18, 0.10),
        (0.16, 0.60),
        (0.30, 0.72),
        (0.52, 0.78),
        (0.56, 0.82),
        (0.56, 0.87),
        (0.53, 0.885),
        (0, 0.885),
    ]
    dressing.add("hull_second", shapes.move(shapes.lathe(column, 48), (x, 0, z)))
    dressing.add(
        "black", shapes.move(shapes.lathe([(0, 0.886), (0.40, 0.886), (0.40, 0.892), (0, 0.892)], 48), (x, 0, z))
    )
    ring = shapes.lathe([(0.43, 0.884), (0.47, 0.884), (0.47, 0.891), (0.43, 0.891)], 64)
    shining.floor.append(shapes.move(ring, (x, 0, z)))
    t = np.linspace(0, 2 * np.pi, 41)
    wires = []
    for k in range(6):
        spin = np.pi * k / 6
        wires.append(np.column_stack([np.cos(t) * np.cos(spin), np.sin(t), np.cos(t) * np.sin(spin)]))
    for y in (-0.6, -0.3, 0.0, 0.3, 0.6):
        r = np.sqrt(1 - y * y)
        wires.append(np.column_stack([r * np.cos(t), np.full(len(t), y), r * np.sin(t)]))
    middle = np.array([x, 1.28, z])
    globe = [shapes.tube(0.27 * wire + middle, 0.0016, 4) for wire in wires]
    tilt = np.column_stack([0.40 * np.cos(t), 0.10 * np.sin(t), 0.40 * np.sin(t)]) + middle
    beam = shapes.tube([(x, 0.89, z), (x, 0.95, z), (x, 1.28, z)], 0.0016, 4)
    shining.hologram += [*globe, shapes.tube(tilt, 0.0028, 5), beam]
