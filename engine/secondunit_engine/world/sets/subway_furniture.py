"""What furnishes a subway's platform: lamps, posters on the vault, name panels, benches, machines, signs, clocks."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors import prints
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.kit import bars
from secondunit_engine.world.mesh import Mesh, scaled
from secondunit_engine.world.sets.subway_station import AXIS, FAR, NEAR, RIBS, WALL, WAY, ceiling_at, profile

LAMPS: Final = 0.35  # x of the run of lamps over the near platform
_LAMP_Y: Final = 3.30
_NAMED: Final = 1.42  # y of the middle of a name panel
_RED: Final = (9.0, 0.35, 0.12)


def add_lamps(dressing: Dressing, radiance: tuple[float, float, float], wear: float, rng: np.random.Generator) -> None:
    """A run of tubes over each platform on a trunking that hangs from the vault and lights it too; some are out."""
    lit: list[Mesh] = []
    up: list[Mesh] = []
    for x in (LAMPS, 2 * AXIS - LAMPS):
        y = _LAMP_Y
        up.append(bars([((x - 0.05, y + 0.108, FAR + 0.7), (x + 0.05, y + 0.114, NEAR - 0.7))]))
        dressing.add("trunking", shapes.soft_box((x - 0.09, y, FAR + 0.6), (x + 0.09, y + 0.11, NEAR - 0.6), 0.012))
        wing = np.array([(-0.09, 0.02), (-0.17, -0.035), (-0.165, -0.04), (-0.085, 0.012)])
        for outline in (wing, wing * [-1, 1]):
            blade = shapes.extrude(outline + np.array([x, y]), NEAR - FAR - 1.2)
            dressing.add("trunking", shapes.move(blade, (0, 0, FAR + 0.6)))
        for z in np.arange(FAR + 1.5, NEAR - 1.0, 3.0).tolist():
            dressing.add("steel", shapes.tube([(x, y + 0.1, z), (x, ceiling_at(x) + 0.02, z)], 0.011, 8))
        for z in np.arange(FAR + 0.7, NEAR - 2.0, 1.62).tolist():
            dead = rng.random() < 0.06 + 0.14 * wear
            for dx in (-0.042, 0.042):
                tube = bars([((x + dx - 0.013, y - 0.03, z), (x + dx + 0.013, y - 0.004, z + 1.5))])
                if dead:
                    dressing.add("dead_tube", tube)
                else:
                    lit.append(tube)
            ends = [((x - 0.07, y - 0.04, at), (x + 0.07, y, at + 0.05)) for at in (z - 0.06, z + 1.5)]
            dressing.add("trunking", bars(ends))
    dressing.glow("StationLamps", lit, radiance, "practicals", 2.5)
    dressing.glow("VaultLamps", up, scaled(radiance, 0.28), "practicals", 1.2)


def furnish_platforms(dressing: Dressing, rng: np.random.Generator, style: int) -> None:
    """Posters and name panels by turns between the ribs of both walls, seats under the names, machines, bins."""
    number = int(rng.integers(prints.POSTERS))
    for at, (z1, z0) in enumerate(pairwise(RIBS)):
        middle = (z0 + z1) / 2
        for side in (1, -1):
            if side > 0 and abs(middle - WAY[0]) < WAY[1] + 2.0:
                continue
            if at % 2 == 0:
                for z in (middle - 1.25, middle + 1.25):
                    number += 1
                    _add_poster(dressing, z, side, number)
                if at == 2 and side > 0:
                    _add_machine(dressing, middle + 2.3, rng)
            else:
                _add_name(dressing, middle, side)
                (_add_shells if style else _add_slats)(dressing, middle, side)
                _add_bin(dressing, middle + 1.75, side)
    _add_hydrant(dressing, RIBS[2] - 0.9)
    for z in (NEAR - 4.0, -2.2, -21.0):
        add_eye(dressing, z)


def _at(x: float, y: float, z: float, side: int) -> tuple[float, float, float]:
    """A point x metres before a platform's wall."""
    return (WALL + x if side > 0 else 2 * AXIS - WALL - x, y, z)


def _put(dressing: Dressing, material: str, mesh: Mesh, z: float, side: int) -> None:
    """A mesh made before a wall that it backs on (x along, z into the platform) against a platform's wall."""
    dressing.add(material, shapes.move(mesh, _at(0, 0, z, side), 90.0 * side))


def _add_poster(dressing: Dressing, z: float, side: int, number: int, wide: float = 1.55) -> None:
    """A print that follows the curve of the vault, in a frame of glazed tile."""
    section = profile(0.03, steps=60)
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(section, axis=0), axis=1))])
    along = np.linspace(1.28, 1.28 + wide * 1.5, 14)
    curve = np.column_stack([np.interp(along, run, section[:, k]) for k in (0, 1)])  # (14, 2)
    if side < 0:
        curve[:, 0] = 2 * AXIS - curve[:, 0]
    ends = (z + wide / 2, z - wide / 2) if side > 0 else (z - wide / 2, z + wide / 2)
    points = np.stack([np.column_stack([curve, np.full(len(curve), at)]) for at in ends], axis=1)  # (14, 2, 3)
    corners = prints.poster(1, 1, number).uvs
    assert corners is not None
    (u0, v0), (u1, v1) = corners[0], corners[2]
    v = np.linspace(v0, v1, len(curve))
    uvs = np.stack([np.column_stack([np.full(len(v), u), v]) for u in (u0, u1)], axis=1)
    dressing.add("prints", shapes.grid(points, uvs=uvs))
    for at in ends:
        dressing.add("frame_tile", shapes.tube(np.column_stack([curve, np.full(len(curve), at)]), 0.045, 8))
    for x, y in (curve[0], curve[-1]):
        dressing.add("frame_tile", shapes.tube([(x, y, ends[0]), (x, y, ends[1])], 0.045, 8))


def _add_name(dressing: Dressing, z: float, side: int) -> None:
    """The station's name on enamel in a frame."""
    _put(
        dressing, "frame_tile", shapes.soft_box((-1.42, _NAMED - 0.24, 0), (1.42, _NAMED + 0.24, 0.035), 0.012), z, side
    )
    _put(dressing, "prints", shapes.move(prints.sign(2.72, 0.36, 0), (0, _NAMED, 0.037)), z, side)


def _add_shells(dressing: Dressing, z: float, side: int) -> None:
    """Four moulded seats on a beam."""
    beam = shapes.soft_box((-1.15, 0.30, 0.16), (1.15, 0.37, 0.30), 0.01)
    _put(dressing, "iron", beam, z, side)
    for x in (-0.85, 0.85):
        foot = shapes.merge(
            [
                shapes.box((x - 0.03, 0, 0.18), (x + 0.03, 0.31, 0.27)),
                shapes.soft_box((x - 0.06, 0, 0.05), (x + 0.06, 0.02, 0.44)),
            ]
        )
        _put(dressing, "iron", foot, z, side)
    u = np.linspace(-1, 1, 13)
    path = np.array(
        [
            (0.55, 0.42),
            (0.52, 0.445),
            (0.42, 0.435),
            (0.27, 0.42),
            (0.16, 0.45),
            (0.11, 0.58),
            (0.085, 0.74),
            (0.075, 0.84),
        ]
    )
    for x in np.linspace(-0.87, 0.87, 4).tolist():
        half = np.interp(np.arange(len(path)), [0, 2, 4, 7], [0.19, 0.225, 0.225, 0.185])
        cup = 0.045 * u[None] ** 2
        rows = np.stack([
            x + half[:, None] * u[None],
            path[:, 1:] + cup * np.interp(np.arange(8), [0, 3, 5, 7], [0.6, 1.0, 0.3, 0.0])[:, None],
            path[:, :1] + cup * np.interp(np.arange(8), [0, 4, 6, 7], [0.0, 0.4, 1.0, 1.0])[:, None],
        ], axis=-1)  # fmt: skip
        sheet = shapes.grid(rows)
        under = Mesh(sheet.points - np.array([0, 0.012, 0.004], np.float32), sheet.triangles[:, ::-1])
        _put(dressing, "seat_shell", shapes.merge([sheet, shapes.smooth(under)]), z, side)
        _put(dressing, "iron", shapes.box((x - 0.05, 0.36, 0.17), (x + 0.05, 0.425, 0.29)), z, side)


def _add_slats(dressing: Dressing, z: float, side: int) -> None:
    """A bench of wooden slats on iron ends."""
    slats = [shapes.soft_box((-1.2, 0.42, a), (1.2, 0.45, a + 0.075), 0.008) for a in (0.12, 0.215, 0.31, 0.405)]
    slats += [shapes.soft_box((-1.2, y, 0.045), (1.2, y + 0.085, 0.072), 0.008) for y in (0.54, 0.66, 0.78)]
    for mesh in slats:
        _put(dressing, "slat", mesh, z, side)
    for x in (-1.08, 0.0, 1.08):
        end = np.array(
            [
                (0.06, 0),
                (0.13, 0),
                (0.13, 0.36),
                (0.40, 0.36),
                (0.40, 0),
                (0.46, 0),
                (0.49, 0.42),
                (0.08, 0.42),
                (0.05, 0.88),
                (0.02, 0.88),
            ]
        )
        iron = shapes.transform(
            shapes.extrude(end, 0.045), [[0, 0, 1, x - 0.022], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]]
        )
        _put(dressing, "iron", iron, z, side)


def _add_bin(dressing: Dressing, z: float, side: int) -> None:
    can = shapes.lathe(
        [
            (0, 0.0),
            (0.17, 0.0),
            (0.20, 0.03),
            (0.20, 0.78),
            (0.215, 0.80),
            (0.215, 0.85),
            (0.19, 0.85),
            (0.18, 0.62),
            (0, 0.62),
        ],
        32,
    )
    _put(dressing, "bin", shapes.move(can, (0, 0, 0.34)), z, side)


def _add_machine(dressing: Dressing, z: float, rng: np.random.Generator) -> None:
    """A vending machine: lit shelves of bottles and cans behind a frame, a keypad, a tray."""
    side = 1
    frame = [((-0.45, 0.04, 0.06), (-0.40, 1.86, 0.80)), ((0.16, 0.04, 0.06), (0.45, 1.86, 0.80)),
             ((-0.45, 1.74, 0.06), (0.45, 1.86, 0.80)), ((-0.45, 0.04, 0.06), (0.45, 0.50, 0.80)),
             ((-0.45, 0.04, 0.06), (0.45, 1.86, 0.28))]  # fmt: skip
    for low, high in frame:
        _put(dressing, "machine_red", shapes.soft_box(low, high, 0.012), z, side)
    _put(
        dressing,
        "black",
        bars(
            [
                ((-0.42, 0, 0.10), (0.42, 0.05, 0.76)),
                ((-0.34, 0.16, 0.78), (0.10, 0.36, 0.805)),
                ((0.21, 1.0, 0.79), (0.40, 1.35, 0.806)),
            ]
        ),
        z,
        side,
    )
    _put(
        dressing,
        "steel",
        bars([((-0.40, y, 0.28), (0.16, y + 0.012, 0.74)) for y in (0.50, 0.80, 1.10, 1.40)]),
        z,
        side,
    )
    can = shapes.lathe([(0, 0), (0.028, 0), (0.031, 0.012), (0.031, 0.105), (0.026, 0.118), (0, 0.118)], 16)
    bottle = shapes.lathe(
        [(0, 0), (0.031, 0), (0.033, 0.02), (0.033, 0.13), (0.014, 0.19), (0.014, 0.21), (0, 0.21)], 16
    )
    for level, y in enumerate((0.512, 0.812, 1.112, 1.412)):
        for x in np.linspace(-0.35, 0.11, 7).tolist():
            thing = bottle if (level + int(rng.integers(2))) % 2 else can
            tone = str(rng.choice(["goods_red", "goods_blue", "goods_green", "goods_amber"]))
            _put(dressing, tone, shapes.array(thing, [(x, y, 0.70 - 0.08 * k) for k in range(3)]), z, side)
    tubes = [shapes.box((x, 0.55, 0.72), (x + 0.012, 1.70, 0.735)) for x in (-0.398, 0.145)]
    lit = [shapes.move(tube, _at(0, 0, z, side), 90.0) for tube in tubes]
    lit.append(
        shapes.move(
            shapes.quad((0.22, 1.24, 0.8075), (0.39, 1.24, 0.8075), (0.39, 1.33, 0.8075), (0.22, 1.33, 0.8075)),
            _at(0, 0, z, side),
            90.0,
        )
    )
    dressing.glow("Machine", lit, (22.0, 23.0, 24.0), "practicals", 0.4)


def _add_hydrant(dressing: Dressing, z: float) -> None:
    """A red cabinet with a pane and a lever, for the hose."""
    _put(dressing, "machine_red", shapes.soft_box((-0.32, 0.62, 0), (0.32, 1.34, 0.2), 0.01), z, 1)
    _put(dressing, "paint_white", shapes.box((-0.14, 0.86, 0.198), (0.14, 1.14, 0.203)), z, 1)
    _put(dressing, "steel", shapes.soft_box((0.22, 0.90, 0.2), (0.27, 1.05, 0.225), 0.006), z, 1)


def add_eye(dressing: Dressing, z: float) -> None:
    """A camera of the guards, on an arm from the vault over the platform."""
    x = -1.9
    top = ceiling_at(x)
    dressing.add("trunking", shapes.tube([(x, top + 0.03, z), (x, top - 0.30, z)], 0.018, 8))
    dressing.add(
        "trunking", shapes.soft_box((x - 0.045, top - 0.40, z - 0.14), (x + 0.045, top - 0.29, z + 0.14), 0.012)
    )
    lens = shapes.stand_up(shapes.cylinder(0.034, 0.0, 0.03, 16))
    dressing.add("black", shapes.move(lens, (x, top - 0.345, z + 0.13)))


def hang_signs(dressing: Dressing, file: str, minutes: int) -> None:
    """Lit signs to the way out, a board of the next trains, and a clock, over the near platform."""
    lit: list[Mesh] = []
    amber: list[Mesh] = []
    x, y, wide, tall = -1.15, 2.66, 1.76, 0.22
    for z in (-4.9, -17.5, 7.5):
        _hang(dressing, "black", (x, y, z), wide + 0.06, tall + 0.06, 0.10)
        for turn in (0.0, 180.0):
            lit.append(shapes.move(shapes.move(prints.sign(wide, tall, 1), (0, 0, 0.0515)), (x, y, z), turn))
    for z in (-9.4, 3.9):
        _hang(dressing, "black", (x, y, z), 1.5, 0.36, 0.16)
        for turn in (0.0, 180.0):
            rows = [shapes.move(mesh, (x, y, z), turn) for mesh in _matrix(minutes)]
            amber += rows
    dressing.glow("WayOut", lit, (3.2, 3.2, 3.2), "practicals", 0.3, file)
    dressing.glow("NextTrains", amber, (14.0, 6.2, 0.5), "practicals", 0.2)
    _add_clock(dressing, (0.95, 2.78, -7.3), minutes)


def _hang(dressing: Dressing, material: str, at: tuple[float, float, float], w: float, h: float, d: float) -> None:
    """A box that hangs from the vault by two rods."""
    x, y, z = at
    dressing.add(material, shapes.soft_box((x - w / 2, y - h / 2, z - d / 2), (x + w / 2, y + h / 2, z + d / 2), 0.008))
    for dx in (-w * 0.38, w * 0.38):
        dressing.add(
            "steel", shapes.tube([(x + dx, y + h / 2 - 0.02, z), (x + dx, ceiling_at(x + dx) + 0.03, z)], 0.010, 8)
        )


def _matrix(minutes: int) -> list[Mesh]:
    """Three rows of glowing bars for words, and a digit of dots."""
    rng = np.random.Generator(np.random.PCG64([minutes, 7]))
    boxes = []
    for row in range(3):
        x, y = -0.68, 0.095 - 0.095 * row
        for _ in range(int(rng.integers(2, 4))):
            letters = int(rng.integers(3, 7))
            for _ in range(letters):
                tall = 0.045 if rng.random() < 0.7 else 0.03
                boxes.append(((x, y - 0.022, 0.081), (x + 0.022, y - 0.022 + tall, 0.083)))
                x += 0.036
            x += 0.05
        boxes.append(((0.52, y - 0.022, 0.081), (0.545, y + 0.023, 0.083)))
        boxes.append(((0.57, y - 0.022, 0.081), (0.64, y + 0.0, 0.083)))
    return [bars(boxes)]


def _add_clock(dressing: Dressing, at: tuple[float, float, float], minutes: int) -> None:
    """A station clock with two faces."""
    x, y, z = at
    drum = shapes.stand_up(
        shapes.lathe([(0, -0.06), (0.25, -0.06), (0.27, -0.05), (0.27, 0.05), (0.25, 0.06), (0, 0.06)], 48)
    )
    face = shapes.stand_up(shapes.cylinder(0.238, 0.058, 0.063, 48))
    marks = [
        shapes.transform(shapes.box((-0.008, 0.185, 0.063), (0.008, 0.225, 0.066)), _spin(30.0 * k)) for k in range(12)
    ]
    hands = [
        shapes.transform(shapes.box((-0.010, -0.03, 0.065), (0.010, 0.13, 0.068)), _spin(-(300.0 + minutes / 2))),
        shapes.transform(shapes.box((-0.007, -0.04, 0.067), (0.007, 0.20, 0.070)), _spin(-6.0 * minutes)),
    ]
    dressing.add("trunking", shapes.move(drum, at))
    for turn in (0.0, 180.0):
        dressing.add("dial", shapes.move(face, at, turn))
        dressing.add("black", [shapes.move(mesh, at, turn) for mesh in (*marks, *hands)])
    dressing.add("steel", shapes.tube([(x, y + 0.25, z), (x, ceiling_at(x) + 0.03, z)], 0.014, 8))


def _spin(degrees: float) -> np.ndarray:
    """A turn about Z, counter-clockwise."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s, 0, 0], [s, c, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])


def add_tunnel_lights(dressing: Dressing, coming: bool) -> None:
    """Small lamps along the tunnel's walls, its signals, and far in it the lamps of a train that comes."""
    small, red = [], []
    for z in np.arange(FAR - 4.0, FAR - 33.0, -5.5).tolist():
        for side in (-1, 1):
            at = (AXIS + side * 3.9, 1.6, z)
            small.append(shapes.move(shapes.soft_box((-0.05, -0.08, -0.10), (0.05, 0.08, 0.10), 0.02), at))
    for x in (AXIS - 0.1, 2 * AXIS - 2.45):
        z = FAR + 0.55
        dressing.add("black", shapes.soft_box((x - 0.12, 0.55, z - 0.08), (x + 0.12, 1.12, z + 0.08), 0.01))
        dressing.add("iron", shapes.tube([(x, -1.47, z - 0.03), (x, 0.6, z - 0.03)], 0.035, 8))
        lens = shapes.stand_up(shapes.cylinder(0.06, 0.08, 0.095, 20))
        red.append(shapes.move(lens, (x, 0.72, z)))
        dressing.add("rubber", shapes.move(lens, (x, 0.95, z)))
    dressing.glow("TunnelLamps", small, scaled((10.0, 5.2, 1.8), 1.4), "signals", 0.4)
    dressing.glow("Signals", red, _RED, "signals", 0.2)
    if coming:
        from_far = [
            shapes.move(shapes.stand_up(shapes.cylinder(0.11, 0, 0.05, 20)), (3.80 + dx, -0.1, FAR - 20.0))
            for dx in (-0.8, 0.8)
        ]
        dressing.add("black", shapes.box((2.4, -1.0, FAR - 20.4), (5.2, 2.4, FAR - 20.0)))
        dressing.glow("HeadLamps", from_far, (420.0, 400.0, 340.0), "train", 0.8)
