"""What lies about in a kitchen: crockery, pans, bottles, jars, fruit, bread, a kettle, a knife block, herbs.

Each maker gives a thing standing on y = 0 about x = z = 0, as meshes by the name of their material. The names are
those that `CROCKERY` paints.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.props.houseplant import houseplant

Parts = dict[str, Mesh]

CROCKERY: Final = (
    Material("china", base=(0.62, 0.60, 0.56), roughness=0.12, clearcoat=0.8),
    Material("china_blue", base=(0.12, 0.20, 0.34), roughness=0.12, clearcoat=0.8),
    Material("stoneware", base=(0.30, 0.22, 0.15), roughness=0.32, clearcoat=0.3),
    Material("copper", base=(0.72, 0.34, 0.19), roughness=0.20, metallic=1.0),
    Material("cast_iron", base=(0.020, 0.020, 0.021), roughness=0.42, specular=0.6),
    Material("chrome", base=(0.68, 0.68, 0.69), roughness=0.09, metallic=1.0),
    Material("bottle_green", base=(0.012, 0.055, 0.022), roughness=0.06, clearcoat=1.0),
    Material("bottle_oil", base=(0.42, 0.27, 0.03), roughness=0.06, clearcoat=1.0),
    Material("label", base=(0.58, 0.52, 0.40), roughness=0.7),
    Material("lid_red", base=(0.42, 0.05, 0.035), roughness=0.35),
    Material("pasta", base=(0.60, 0.40, 0.16), roughness=0.22, clearcoat=1.0),
    Material("beans", base=(0.20, 0.06, 0.035), roughness=0.22, clearcoat=1.0),
    Material("lemon", base=(0.74, 0.50, 0.035), roughness=0.42),
    Material("orange", base=(0.72, 0.23, 0.02), roughness=0.42),
    Material("apple", base=(0.38, 0.03, 0.025), roughness=0.22, clearcoat=0.5),
    Material("lime", base=(0.20, 0.34, 0.03), roughness=0.35),
    Material("tomato", base=(0.52, 0.045, 0.02), roughness=0.16, clearcoat=0.6),
    Material("crust", base=(0.36, 0.17, 0.06), roughness=0.75),
    Material("beech", base=(0.42, 0.27, 0.14), roughness=0.5),
    Material("handle_black", base=(0.025, 0.024, 0.023), roughness=0.4),
    Material("tea_towel", base=(0.52, 0.47, 0.40), roughness=0.95, sheen=0.4),
    Material("herb", base=(0.045, 0.14, 0.03), roughness=0.45),
    Material("stalk", base=(0.10, 0.15, 0.05), roughness=0.6),
    Material("terracotta_pot", base=(0.42, 0.19, 0.10), roughness=0.8),
)


def plate_pile(rng: np.random.Generator, count: int = 6, radius: float = 0.13) -> Parts:
    plate = shapes.lathe(
        [
            (0, 0),
            (0.55 * radius, 0),
            (0.6 * radius, 0.004),
            (radius, 0.020),
            (radius, 0.023),
            (0.6 * radius, 0.008),
            (0, 0.006),
        ],
        40,
    )
    places = np.zeros((count, 3))
    places[:, 1] = 0.0085 * np.arange(count)
    places[:, [0, 2]] = rng.normal(0, 0.0016, (count, 2))
    return {"china": shapes.array(plate, places)}


def bowl_pile(rng: np.random.Generator, count: int = 4, material: str = "china_blue") -> Parts:
    bowl = shapes.lathe(
        [
            (0, 0),
            (0.035, 0),
            (0.036, 0.006),
            (0.062, 0.030),
            (0.078, 0.068),
            (0.075, 0.068),
            (0.058, 0.032),
            (0, 0.012),
        ],
        36,
    )
    places = np.column_stack([rng.normal(0, 0.001, count), 0.020 * np.arange(count), np.zeros(count)])
    return {material: shapes.array(bowl, places)}


def mug(material: str = "china") -> Parts:
    body = shapes.lathe(
        [(0, 0), (0.034, 0), (0.039, 0.006), (0.040, 0.092), (0.037, 0.092), (0.036, 0.010), (0, 0.009)], 32
    )
    t = np.linspace(-1.35, 1.35, 12)
    ear = shapes.tube(np.column_stack([0.036 + 0.027 * np.cos(t), 0.048 + 0.028 * np.sin(t), 0 * t]), 0.0055, 8)
    return {material: shapes.merge([body, ear])}


def pan(radius: float = 0.11, height: float = 0.11, material: str = "copper", lid: bool = True) -> Parts:
    body = shapes.lathe(
        [
            (0, 0),
            (radius - 0.008, 0),
            (radius, 0.008),
            (radius, height),
            (radius + 0.004, height + 0.003),
            (radius - 0.004, height),
            (radius - 0.006, 0.012),
            (0, 0.010),
        ],
        40,
    )
    handle = shapes.tube(
        [(radius - 0.002, height - 0.02, 0), (radius + 0.05, height - 0.008, 0), (radius + 0.19, height + 0.01, 0)],
        [0.008, 0.007, 0.010],
        8,
    )
    parts = {material: body, "handle_black": handle}
    if lid:
        cover = shapes.lathe(
            [
                (radius, height + 0.002),
                (radius * 0.96, height + 0.010),
                (0.3 * radius, height + 0.022),
                (0, height + 0.024),
            ],
            40,
        )
        knob = shapes.move(
            shapes.lathe([(0.006, 0), (0.006, 0.012), (0.015, 0.018), (0.013, 0.028), (0, 0.030)], 16),
            (0, height + 0.022, 0),
        )
        parts |= {material: shapes.merge([body, cover]), "handle_black": shapes.merge([handle, knob])}
    return parts


def kettle() -> Parts:
    body = shapes.lathe(
        [(0, 0), (0.095, 0), (0.102, 0.012), (0.098, 0.06), (0.075, 0.125), (0.038, 0.152), (0.036, 0.160), (0, 0.164)],
        40,
    )
    spout = shapes.tube([(0.075, 0.075, 0), (0.115, 0.095, 0), (0.150, 0.145, 0)], [0.022, 0.016, 0.011], 12)
    t = np.linspace(0.15, np.pi - 0.15, 16)
    arch = shapes.tube(np.column_stack([0.082 * np.cos(t), 0.13 + 0.12 * np.sin(t), 0 * t]), 0.009, 8)
    knob = shapes.move(shapes.sphere(0.014, 14), (0, 0.172, 0))
    return {"chrome": shapes.merge([body, spout]), "handle_black": shapes.merge([arch, knob])}


def bottle(rng: np.random.Generator, material: str = "bottle_green") -> Parts:
    h = float(rng.uniform(0.25, 0.31))
    r = float(rng.uniform(0.032, 0.038))
    body = shapes.lathe(
        [
            (0, 0),
            (r - 0.003, 0),
            (r, 0.004),
            (r, 0.58 * h),
            (0.013, 0.78 * h),
            (0.0125, 0.97 * h),
            (0.015, 0.975 * h),
            (0.015, h),
            (0, h),
        ],
        28,
    )
    paper = shapes.lathe([(r + 0.0006, 0.16 * h), (r + 0.0006, 0.44 * h)], 28)
    return {material: body, "label": paper}


def jar(rng: np.random.Generator, material: str = "pasta") -> Parts:
    h, r = float(rng.uniform(0.14, 0.24)), float(rng.uniform(0.042, 0.052))
    body = shapes.lathe(
        [(0, 0), (r - 0.004, 0), (r, 0.006), (r, h - 0.02), (r - 0.010, h - 0.004), (r - 0.010, h), (0, h)], 28
    )
    lid = shapes.lathe([(r - 0.004, h - 0.008), (r - 0.004, h + 0.014), (r - 0.008, h + 0.017), (0, h + 0.017)], 28)
    return {material: body, "beech": lid}


def fruit_bowl(rng: np.random.Generator) -> Parts:
    """A wide bowl with a dozen fruits that touch."""
    bowl = shapes.lathe(
        [(0, 0), (0.06, 0), (0.062, 0.010), (0.12, 0.035), (0.165, 0.085), (0.160, 0.086), (0.115, 0.043), (0, 0.018)],
        44,
    )
    kinds = rng.permutation(["lemon", "orange", "apple", "lime"])[:2].tolist()
    parts: dict[str, list[Mesh]] = {"stoneware": [bowl]}
    for layer, (count, reach, y) in enumerate(((6, 0.088, 0.082), (5, 0.062, 0.132), (1, 0.0, 0.172))):
        for k in range(count):
            angle = 6.283 * (k + 0.5 * layer) / count + rng.normal(0, 0.1)
            kind = str(kinds[int(rng.random() < 0.45)])
            parts.setdefault(kind, []).append(
                shapes.move(
                    fruit(kind),
                    (reach * np.cos(angle), y + rng.normal(0, 0.003), reach * np.sin(angle)),
                    float(rng.uniform(0, 360)),
                )
            )
    return {name: shapes.merge(meshes) for name, meshes in parts.items()}


def fruit(kind: str) -> Mesh:
    ball = shapes.sphere(0.038, 20)
    if kind == "lemon":
        points = ball.points * [1.25, 0.9, 0.9] + np.sign(ball.points) * [0.006, 0, 0] * (
            np.abs(ball.points[:, :1]) > 0.034
        )
        return shapes.smooth(Mesh(points.astype(np.float32), ball.triangles))
    if kind == "apple":
        dip = np.exp(-((np.hypot(ball.points[:, 0], ball.points[:, 2]) / 0.012) ** 2))
        points = ball.points * (1 - 0.22 * dip[:, None])
        return shapes.smooth(Mesh(points.astype(np.float32), ball.triangles))
    return shapes.move(ball, (0, 0, 0), 0, 0.85 if kind in ("lime", "tomato") else 1.0)


def bread_board(rng: np.random.Generator) -> Parts:
    """A board with a loaf, a few slices, a knife and tomatoes."""
    board = shapes.soft_box((-0.21, 0, -0.13), (0.21, 0.022, 0.13), 0.006)
    u, v = np.meshgrid(np.linspace(0, 1, 28), np.linspace(0, 2 * np.pi, 25))
    girth = 0.055 * np.sin(np.pi * np.clip(u, 0.02, 0.98)) ** 0.35
    slash = 1 + 0.10 * np.sin(u * 30) * (np.sin(v) > 0.3)
    x, y, z = -0.17 + 0.24 * u, 0.066 + girth * np.sin(v) * 0.85 * slash, -0.03 + girth * np.cos(v)
    loaf = shapes.grid(np.stack([x, np.maximum(y, 0.0222), z], axis=-1))
    slices = [
        shapes.move(
            shapes.soft_box((0, 0, -0.05), (0.013, 0.085, 0.05), 0.005),
            (0.075 + 0.02 * k, 0.022, -0.03 + rng.normal(0, 0.004)),
            float(rng.normal(0, 3)),
        )
        for k in range(2)
    ]
    blade = shapes.extrude(np.array([(0, 0), (0.19, 0), (0.19, 0.012), (0.17, 0.026), (0, 0.028)]), 0.002)
    blade = shapes.move(
        shapes.transform(blade, [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]), (-0.09, 0.024, 0.075), 6
    )
    grip = shapes.move(shapes.soft_box((-0.115, 0, 0.004), (0, 0.016, 0.026), 0.005), (-0.09, 0.022, 0.075), 6)
    tomatoes = [shapes.move(fruit("tomato"), (0.15 + dx, 0.054, 0.06 + dz)) for dx, dz in ((0, 0), (0.012, -0.072))]
    return {
        "beech": board,
        "crust": shapes.merge([loaf, *slices]),
        "chrome": blade,
        "handle_black": grip,
        "tomato": shapes.merge(tomatoes),
    }


def knife_block() -> Parts:
    block = shapes.transform(
        shapes.soft_box((-0.05, 0, -0.09), (0.05, 0.20, 0.06), 0.006),
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, -0.35, 1, 0], [0, 0, 0, 1]],
    )
    grips = [
        shapes.transform(
            shapes.soft_box((x - 0.011, 0.20, z - 0.009), (x + 0.011, 0.20 + h, z + 0.009), 0.004),
            [[1, 0, 0, 0], [0, 1, 0, 0], [0, -0.35, 1, 0], [0, 0, 0, 1]],
        )
        for x, z, h in (
            (-0.028, -0.05, 0.11),
            (0.028, -0.05, 0.12),
            (-0.028, 0.0, 0.10),
            (0.028, 0.0, 0.10),
            (0, 0.04, 0.09),
        )
    ]
    return {"beech": block, "handle_black": shapes.merge(grips)}


def utensils(rng: np.random.Generator) -> Parts:
    """A crock of wooden spoons and a whisk."""
    crock = shapes.lathe(
        [(0, 0), (0.055, 0), (0.06, 0.01), (0.062, 0.15), (0.057, 0.152), (0.054, 0.02), (0, 0.016)], 32
    )
    spoons = []
    for _ in range(6):
        a, lean = rng.uniform(0, 6.283), rng.uniform(0.015, 0.042)
        tip = np.array([np.cos(a) * lean * 2.2, rng.uniform(0.25, 0.32), np.sin(a) * lean * 2.2])
        spoons.append(shapes.tube(np.array([tip * [-0.3, 0, -0.3] + [0, 0.03, 0], tip]), [0.005, 0.006], 8))
        spoons.append(
            shapes.move(
                shapes.sphere(0.024, 14), tip + np.array([0, 0.02, 0]), float(np.degrees(a)), (0.35, 1.25, 0.85)
            )
        )
    return {"stoneware": crock, "beech": shapes.merge(spoons)}


def herb_pot(rng: np.random.Generator) -> Parts:
    leaves, stems, pot = houseplant(rng, 0.26, 30, 0.075)
    return {"herb": leaves, "stalk": stems, "terracotta_pot": pot}


def towel(width: float = 0.36, drop: float = 0.42) -> Parts:
    """A cloth folded over a rail at y = 0 that runs along x."""
    t, u = np.linspace(-1, 1, 40), np.linspace(0, 1, 14)
    y = -drop * np.abs(t) ** 1.0 + 0.012 * np.exp(-((t / 0.06) ** 2))
    z = 0.020 * np.tanh(t * 14) + 0.006 * np.sin(t * 9)
    wave = 0.006 * np.sin(u * 14)
    points = np.stack(np.broadcast_arrays((u - 0.5)[:, None] * width, y[None], z[None] + wave[:, None]), axis=-1)
    sheet = shapes.grid(points)
    back = Mesh(sheet.points, sheet.triangles[:, ::-1], None if sheet.normals is None else -sheet.normals, sheet.uvs)
    return {"tea_towel": shapes.merge([sheet, back])}
