"""What an office is furnished with: desks, chairs, screens and what lies on desks, as meshes by their material.

Things stand on y = 0 about x = z = 0; whoever sits at a desk looks towards -Z.
"""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.trim import beam

Parts = dict[str, Mesh]
TOP = 0.735  # m, of a desk


def desk(length: float = 1.6, depth: float = 0.78) -> Parts:
    """A plain top on a steel frame, a cable tray under it and a pedestal of drawers."""
    x, z = length / 2, depth / 2
    frame = [
        shapes.soft_box(
            (sx * (x - 0.06) - 0.025, 0, sz * (z - 0.08) - 0.025),
            (sx * (x - 0.06) + 0.025, TOP - 0.025, sz * (z - 0.08) + 0.025),
            0.004,
        )
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    frame += [
        shapes.soft_box(
            (sx * (x - 0.06) - 0.02, TOP - 0.065, -z + 0.08), (sx * (x - 0.06) + 0.02, TOP - 0.025, z - 0.08), 0.003
        )
        for sx in (-1, 1)
    ]
    tray = shapes.box((-x + 0.2, TOP - 0.17, -z + 0.08), (x - 0.2, TOP - 0.15, -z + 0.2))
    hook = [
        shapes.box((sx * 0.4 - 0.01, TOP - 0.16, -z + 0.1), (sx * 0.4 + 0.01, TOP - 0.02, -z + 0.12)) for sx in (-1, 1)
    ]
    body = shapes.soft_box((x - 0.52, 0.03, -z + 0.14), (x - 0.11, 0.60, z - 0.10), 0.004)
    drawers = [
        shapes.soft_box((x - 0.515, y, z - 0.10), (x - 0.115, y + h, z - 0.085), 0.003)
        for y, h in ((0.045, 0.26), (0.315, 0.13), (0.455, 0.13))
    ]
    feet = [shapes.cylinder(0.02, 0, 0.03, 10)]
    foot = shapes.array(
        feet[0], [(x - 0.48, 0, -z + 0.18), (x - 0.15, 0, -z + 0.18), (x - 0.48, 0, z - 0.14), (x - 0.15, 0, z - 0.14)]
    )
    return _by({
        "desk_top": [shapes.soft_box((-x, TOP - 0.025, -z), (x, TOP, z), 0.004)],
        "office_metal": [*frame, tray, *hook, foot],
        "pedestal": [body, *drawers],
    })  # fmt: skip


def task_chair() -> Parts:
    """A swivel chair on five castors; faces -Z."""
    spokes, wheels = [], []
    for k in range(5):
        a = 2 * np.pi * k / 5 + 0.3
        tip = np.array([0.31 * np.cos(a), 0.075, 0.31 * np.sin(a)])
        spokes.append(shapes.tube(np.array([[0, 0.10, 0], tip]), [0.030, 0.018], 8))
        wheels.append(shapes.move(shapes.sphere(0.032, 12), tip * [1, 0, 1] + np.array([0, 0.032, 0])))
        spokes.append(shapes.tube([tip, tip * [1, 0, 1] + np.array([0, 0.04, 0])], 0.01, 6))
    post = [
        shapes.cylinder(0.028, 0.08, 0.28, 14),
        shapes.cylinder(0.018, 0.26, 0.43, 14),
        shapes.soft_box((-0.11, 0.41, -0.10), (0.11, 0.44, 0.14), 0.01),
    ]
    pad = shapes.soft_box((-0.245, 0.435, -0.25), (0.245, 0.51, 0.22), 0.032)
    u, v = np.linspace(-1, 1, 17), np.linspace(0, 1, 13)[:, None]
    bend = 0.22 + 0.03 * np.sin(np.pi * v) + 0.09 * v**2 - 0.05 * u[None] ** 2
    x, y = 0.235 * u[None] * (1 - 0.14 * v**3), 0.56 + 0.50 * v + 0 * u[None]
    back = shapes.grid(np.stack(np.broadcast_arrays(x, y, bend), axis=-1))
    rear = Mesh(back.points + np.array([0, 0, 0.018], np.float32), back.triangles, back.normals)
    face = Mesh(back.points, back.triangles[:, ::-1], None if back.normals is None else -back.normals)
    spine = shapes.tube([(0, 0.42, 0.10), (0, 0.44, 0.27), (0, 0.62, 0.275), (0, 0.92, 0.33)], 0.022, 8)
    arms = []
    for sx in (-1, 1):
        arms.append(shapes.tube([(sx * 0.20, 0.43, 0.02), (sx * 0.28, 0.46, 0.02), (sx * 0.29, 0.66, 0.02)], 0.014, 8))
        arms.append(shapes.soft_box((sx * 0.29 - 0.04, 0.655, -0.14), (sx * 0.29 + 0.04, 0.685, 0.12), 0.012))
    return _by({"office_black": [*spokes, *wheels, *post, spine, *arms], "chair_cloth": [pad, rear, face]})


def leather_chair() -> Parts:
    """A padded conference chair on a chromed star; faces -Z."""
    spokes = [
        shapes.tube([(0, 0.09, 0), (0.30 * np.cos(a), 0.03, 0.30 * np.sin(a))], [0.026, 0.014], 8)
        for a in np.arange(4) * np.pi / 2 + 0.78
    ]
    feet = [
        shapes.move(shapes.cylinder(0.018, 0, 0.035, 10), (0.29 * np.cos(a), 0, 0.29 * np.sin(a)))
        for a in np.arange(4) * np.pi / 2 + 0.78
    ]
    post = shapes.cylinder(0.026, 0.07, 0.42, 14)
    pads = [shapes.soft_box((-0.25, 0.42, -0.25), (0.25, 0.50, 0.24), 0.035)]
    tip = np.radians(-13)
    c, s = np.cos(tip), np.sin(tip)
    for k in range(5):
        roll = shapes.soft_box((-0.24, 0.0, -0.03), (0.24, 0.118, 0.03), 0.028)
        pads.append(
            shapes.transform(
                roll, [[1, 0, 0, 0], [0, c, s, 0.475 + 0.113 * k * c], [0, -s, c, 0.235 - 0.113 * k * s], [0, 0, 0, 1]]
            )
        )
    arms = []
    for sx in (-1, 1):
        arms.append(
            shapes.tube(
                [
                    (sx * 0.25, 0.45, 0.20),
                    (sx * 0.275, 0.64, 0.24),
                    (sx * 0.275, 0.66, -0.16),
                    (sx * 0.25, 0.46, -0.20),
                ],
                0.012,
                8,
            )
        )
        arms.append(shapes.soft_box((sx * 0.275 - 0.028, 0.655, -0.15), (sx * 0.275 + 0.028, 0.685, 0.18), 0.012))
    return _by({"chrome": [*spokes, *feet, post, *arms[::2]], "leather": [*pads, *arms[1::2]]})


def monitor(width: float = 0.60, old: bool = False) -> tuple[Parts, Mesh]:
    """A display that faces +Z, and its picture (texture coordinates 0 to 1); an old one is a cathode-ray tube."""
    height = width * (0.75 if old else 0.5625)
    if old:
        y = 0.07
        shell = shapes.soft_box((-width / 2 - 0.04, y, -0.06), (width / 2 + 0.04, y + height + 0.08, 0.05), 0.018)
        tail = shapes.soft_box((-width * 0.36, y + 0.03, -0.36), (width * 0.36, y + height, -0.05), 0.05)
        foot = shapes.lathe([(0.15, 0), (0.15, 0.015), (0.07, 0.03), (0.07, y + 0.01)], 24)
        u, v = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(-1, 1, 9))
        bulge = 0.052 + 0.012 * (1 - u**2) * (1 - v**2)
        points = np.stack([u * (width / 2 - 0.012), y + 0.04 + (height / 2 - 0.01) * (v + 1) + 0.01, bulge], axis=-1)
        uvs = np.stack([(u + 1) / 2, (v + 1) / 2], axis=-1)
        return {"beige": shapes.merge([shell, tail, foot])}, shapes.grid(points, uvs=uvs)
    y = 0.13
    shell = shapes.soft_box((-width / 2 - 0.007, y, -0.02), (width / 2 + 0.007, y + height + 0.02, 0.004), 0.004)
    neck = shapes.soft_box((-0.03, 0.008, -0.055), (0.03, y + height / 2, -0.02), 0.006)
    foot = shapes.soft_box((-0.13, 0, -0.12), (0.13, 0.010, 0.07), 0.004)
    x, low, high, z = width / 2, y + 0.014, y + 0.012 + height, 0.0052
    picture = shapes.quad((-x, low, z), (x, low, z), (x, high, z), (-x, high, z))
    return {"office_black": shapes.merge([shell, neck, foot])}, picture


def tower() -> Parts:
    """A computer's case that stands under a desk."""
    return {"office_black": shapes.soft_box((-0.09, 0, -0.2), (0.09, 0.4, 0.2), 0.006)}


def keyboard(material: str = "office_black") -> Parts:
    base = shapes.soft_box((-0.21, 0, -0.065), (0.21, 0.012, 0.065), 0.004)
    x, z = np.meshgrid(np.linspace(-0.195, 0.195, 19), np.linspace(-0.050, 0.050, 5))
    key = shapes.soft_box((-0.008, 0.011, -0.009), (0.008, 0.018, 0.009), 0.002)
    keys = shapes.array(key, np.column_stack([x.ravel(), 0 * x.ravel(), z.ravel()]))
    mouse = shapes.move(shapes.sphere(1, 16), (0.31, 0.004, 0.01), 0, (0.032, 0.026, 0.055))
    return {material: shapes.merge([base, keys, mouse])}


def laptop() -> tuple[Parts, Mesh]:
    """An open laptop that faces +Z, and its picture."""
    base = shapes.soft_box((-0.165, 0, -0.115), (0.165, 0.016, 0.115), 0.005)
    tip = np.radians(-18)
    c, s = np.cos(tip), np.sin(tip)
    lift = [[1, 0, 0, 0], [0, c, -s, 0.014], [0, s, c, -0.113], [0, 0, 0, 1]]
    lid = shapes.transform(shapes.soft_box((-0.165, 0, -0.007), (0.165, 0.225, 0), 0.003), lift)
    picture = shapes.transform(
        shapes.quad((-0.155, 0.012, 0.001), (0.155, 0.012, 0.001), (0.155, 0.215, 0.001), (-0.155, 0.215, 0.001)), lift
    )
    return {"silver": shapes.merge([base, lid])}, picture


def papers(rng: np.random.Generator, count: int = 5) -> Parts:
    """A few sheets and a pad, untidily laid."""
    sheets = []
    for k in range(count):
        sheet = shapes.box((-0.105, 0, -0.148), (0.105, 0.0012, 0.148))
        sheets.append(
            shapes.move(sheet, (rng.normal(0, 0.02), 0.0011 * k, rng.normal(0, 0.02)), float(rng.normal(0, 14)))
        )
    return {"paper": shapes.merge(sheets)}


def binders(rng: np.random.Generator, length: float, height: float = 0.31) -> Parts:
    """A row of binders along +X from x = 0, spines to +Z, some leaning, some gaps."""
    parts: dict[str, list[Mesh]] = {}
    x = 0.0
    while x < length - 0.09:
        wide = float(rng.choice([0.045, 0.06, 0.078]))
        if rng.random() < 0.88:
            kind = str(rng.choice(["binder_blue", "binder_grey", "binder_red", "office_black", "paper"]))
            tall = height * float(rng.uniform(0.94, 1.0))
            parts.setdefault(kind, []).append(shapes.soft_box((x, 0, -0.13), (x + wide - 0.002, tall, 0.13), 0.003))
            parts.setdefault("paper", []).append(
                shapes.box((x + 0.012, tall * 0.45, 0.128), (x + wide - 0.014, tall * 0.85, 0.1315))
            )
        x += wide
    return _by(parts) if parts else {}


def cabinet(width: float = 0.9, height: float = 1.25, depth: float = 0.42, shelves: int = 3) -> Parts:
    """An open office case of shelves, its back at z = -depth / 2."""
    x, z, t = width / 2, depth / 2, 0.02
    parts = [
        shapes.soft_box((-x, 0, -z), (-x + t, height, z), 0.002),
        shapes.soft_box((x - t, 0, -z), (x, height, z), 0.002),
        shapes.box((-x, 0, -z), (x, height, -z + 0.01)),
    ]  # fmt: skip
    parts += [
        shapes.soft_box((-x, y, -z), (x, y + t, z), 0.002) for y in np.linspace(0.06, height - t, shelves + 1).tolist()
    ]
    return _by({"pedestal": parts})


def divider(length: float, height: float = 0.42) -> Parts:
    """A cloth screen between desks, standing on y = 0 along x."""
    return {
        "divider": shapes.soft_box((-length / 2, 0, -0.018), (length / 2, height, 0.018), 0.008),
        "office_metal": shapes.merge(
            [shapes.box((x - 0.012, -0.06, -0.02), (x + 0.012, 0.05, 0.02)) for x in (-length * 0.35, length * 0.35)]
        ),
    }


def desk_lamp() -> tuple[Parts, Mesh]:
    """A lamp on two jointed arms, and its bulb in the shade."""
    base = shapes.lathe([(0.085, 0), (0.085, 0.014), (0.02, 0.024), (0.012, 0.04)], 24)
    arms = [
        shapes.tube([(0, 0.03, 0), (-0.10, 0.30, 0)], 0.007, 8),
        shapes.tube([(-0.10, 0.30, 0), (0.13, 0.46, 0)], 0.007, 8),
    ]
    shade = shapes.lathe([(0.075, -0.08), (0.03, 0.01), (0.016, 0.03), (0, 0.032)], 24)
    inside = Mesh(
        shade.points * np.array([0.97, 1, 0.97], np.float32),
        shade.triangles[:, ::-1],
        None if shade.normals is None else -shade.normals,
    )
    at = (0.15, 0.455, 0)
    parts = {
        "office_black": shapes.merge([base, *arms, shapes.move(shade, at)]),
        "shade_inner": shapes.move(inside, at),
    }
    return parts, shapes.move(shapes.sphere(0.024, 12), (0.15, 0.42, 0))


def board_table(length: float, width: float = 1.5) -> Parts:
    """A boat-shaped conference table along z, on two plinths, with a strip of leather or wood down its middle."""
    t = np.linspace(-1, 1, 31)
    half = width / 2 * (1 - 0.17 * t**2)
    outline = np.concatenate(
        [np.column_stack([half, t * length / 2]), np.column_stack([-half[::-1], t[::-1] * length / 2])]
    )
    flat = [[1, 0, 0, 0], [0, 0, 1, 0.70], [0, -1, 0, 0], [0, 0, 0, 1]]
    top = shapes.transform(shapes.extrude(outline, 0.04), flat)
    under = shapes.transform(
        shapes.extrude(outline * 0.96, 0.03), [[1, 0, 0, 0], [0, 0, 1, 0.672], [0, -1, 0, 0], [0, 0, 0, 1]]
    )
    feet = [
        shapes.soft_box((-0.32, 0, z - 0.35), (0.32, 0.68, z + 0.35), 0.01) for z in (-length * 0.28, length * 0.28)
    ]
    strip = shapes.box((-0.11, 0.74, -length * 0.40), (0.11, 0.742, length * 0.40))
    ports = [
        shapes.box((-0.07, 0.742, z - 0.13), (0.07, 0.744, z + 0.13)) for z in (-length * 0.25, 0.0, length * 0.25)
    ]
    return _by({"board_wood": [top], "office_black": [under, strip], "veneer": feet, "silver": ports})


def speaker_phone() -> Parts:
    arms = [beam((0, 0.02, 0), (0.15 * np.sin(a), 0.012, 0.15 * np.cos(a)), 0.07, 0.02) for a in (0, 2.094, 4.189)]
    return {
        "office_black": shapes.merge([shapes.lathe([(0.07, 0), (0.075, 0.02), (0.05, 0.045), (0, 0.05)], 24), *arms])
    }


def carafe_set(rng: np.random.Generator) -> Parts:
    """A tray with a steel flask and cups."""
    tray = shapes.lathe([(0, 0), (0.17, 0), (0.175, 0.012), (0.17, 0.014), (0.165, 0.006), (0, 0.006)], 36)
    flask = shapes.lathe(
        [(0, 0.006), (0.055, 0.006), (0.058, 0.02), (0.055, 0.16), (0.03, 0.20), (0.032, 0.23), (0, 0.235)], 28
    )
    cup = shapes.lathe([(0, 0.006), (0.024, 0.006), (0.036, 0.07), (0.034, 0.07), (0.023, 0.012), (0, 0.011)], 24)
    spots = [(0.11 * np.cos(a), 0, 0.11 * np.sin(a)) for a in np.arange(3) * 0.9 + rng.uniform(0, 6)]
    return {"silver": shapes.merge([tray, flask]), "china": shapes.array(cup, spots)}


def _by(parts: dict[str, list[Mesh]]) -> Parts:
    return {name: shapes.merge(meshes) for name, meshes in parts.items()}
