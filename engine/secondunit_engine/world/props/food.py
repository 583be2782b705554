"""Food as it lies on tables: fruit, bread, cakes, cheese, roasts."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.props.finishes import cloth, glaze, leaf, paint, paper, plastic, skin, wood
from secondunit_engine.world.props.forms import bent, hoop, ripple, rod, slab, tip, turned
from secondunit_engine.world.props.kitchenware import vessel
from secondunit_engine.world.props.prop import Part, Prop, Variant, settled
from secondunit_engine.world.shapes import array, cylinder, extrude, grid, merge, move, sphere, tube

_STALK = skin((0.09, 0.055, 0.02), (0.05, 0.03, 0.012), 0.8)


def apple(variant: Variant) -> tuple[Part, ...]:
    flesh = turned([(0, 0.006), (0.014, 0.0), (0.030, 0.012), (0.0385, 0.042), (0.030, 0.066), (0.012, 0.070),
                    (0.004, 0.064), (0, 0.060)], 28, 4, 180)  # fmt: skip
    stalk = bent([[0, 0.058, 0], [0.002, 0.070, 0.001], [0.006, 0.078, 0.002]], 0.0014, 6)
    tone: tuple[RGB, RGB] = (((0.38, 0.025, 0.02), (0.52, 0.16, 0.03)), ((0.24, 0.36, 0.035), (0.36, 0.42, 0.06)),
                             ((0.55, 0.36, 0.05), (0.46, 0.06, 0.03)))[variant.seed % 3]  # fmt: skip
    return settled(Part(ripple(flesh, 0.0012, variant.rng, 60), skin(*tone, 0.22)), Part(stalk, _STALK))


def orange(variant: Variant) -> tuple[Part, ...]:
    flesh = move(sphere(0.038, 30), (0, 0.037, 0), 0, (1, 0.96, 1))
    return settled(Part(ripple(flesh, 0.0006, variant.rng, 150), skin((0.62, 0.20, 0.015), (0.70, 0.27, 0.02), 0.38)),
                   Part(move(sphere(0.004, 8), (0, 0.0735, 0), 0, (1, 0.5, 1)), _STALK))  # fmt: skip


def lemon(variant: Variant) -> tuple[Part, ...]:
    form = turned(
        [
            (0, 0),
            (0.006, 0.004),
            (0.012, 0.010),
            (0.027, 0.028),
            (0.029, 0.045),
            (0.020, 0.066),
            (0.007, 0.076),
            (0, 0.082),
        ],
        26,
        4,
        180,
    )
    lying = move(tip(form, 90, 2), (0.041, 0, 0))
    return settled(Part(ripple(lying, 0.0007, variant.rng, 140), skin((0.70, 0.50, 0.035), (0.62, 0.44, 0.03), 0.36)))


def banana(variant: Variant) -> tuple[Part, ...]:
    """A hand of three."""
    parts, tips = [], []
    for k in range(3):
        a = np.linspace(-1.15, 1.15, 15)
        path = np.column_stack([0.098 * np.sin(a), 0.02 + 0.012 * k + 0 * a, 0.098 * np.cos(a) - 0.075 + 0.031 * k])
        from_end = np.minimum(a - a[0], a[-1] - a)
        parts.append(_tube(path, 0.0045 + 0.0125 * np.clip(from_end / 0.45, 0, 1) ** 0.7))
        tips.append(move(sphere(0.006, 8), path[-1]))
    tone = skin((0.66, 0.45, 0.045), (0.58, 0.36, 0.03), 0.4)
    return settled(Part(merge(parts), tone), Part(merge(tips), _STALK), centred=True)


def _tube(path: np.ndarray, radius: np.ndarray) -> Mesh:
    closed = np.concatenate([[1e-4], radius, [1e-4]])
    ends = np.concatenate([[path[0] - (path[1] - path[0]) * 0.02], path, [path[-1] + (path[-1] - path[-2]) * 0.02]])
    return tube(ends, closed, 14)


def grapes(variant: Variant) -> tuple[Part, ...]:
    rng, places = variant.rng, []
    for y, out, count in ((0.012, 0.052, 13), (0.024, 0.036, 10), (0.036, 0.028, 8), (0.046, 0.014, 5)):
        turn = rng.uniform(0, 6.28)
        for a in np.linspace(0, 2 * np.pi, count, endpoint=False) + turn:
            places.append([out * 1.35 * np.cos(a), y, out * 0.85 * np.sin(a)])
    berries = array(sphere(0.0115, 14), np.array(places) + rng.normal(0, 0.002, (len(places), 3)))
    stem = bent([[0.02, 0.05, 0], [0.05, 0.055, 0.005], [0.085, 0.05, 0.0]], 0.002, 6)
    tone = (
        skin((0.045, 0.012, 0.06), (0.09, 0.03, 0.10), 0.3)
        if variant.seed % 2
        else skin((0.24, 0.32, 0.08), (0.32, 0.36, 0.1), 0.3)
    )
    return settled(Part(berries, tone), Part(stem, _STALK), centred=True)


def pumpkin(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 97)[:-1], np.linspace(-np.pi / 2, np.pi / 2, 22))
    rib = 1 - 0.09 * np.abs(np.sin(u * 5)) ** 0.6 * np.cos(v)
    dent = 0.10 - 0.018 * np.clip(np.abs(v) - 0.9, 0, 1)
    points = np.stack(
        [0.148 * np.cos(v) * rib * np.sin(u), np.sin(v) * dent, 0.148 * np.cos(v) * rib * np.cos(u)], axis=-1
    )
    stalk = bent([[0, 0.085, 0], [0.004, 0.115, 0], [0.022, 0.145, 0.006]], 0.013, 8)
    return settled(Part(grid(points, closed_u=True), skin((0.56, 0.17, 0.015), (0.62, 0.24, 0.025), 0.42)),
                   Part(stalk, skin((0.16, 0.15, 0.05), (0.10, 0.08, 0.03), 0.8)))  # fmt: skip


def watermelon(variant: Variant) -> tuple[Part, ...]:
    form = move(sphere(1.0, 40), (0, 0.105, 0), 0, (0.14, 0.105, 0.105))
    return settled(Part(form, skin((0.035, 0.10, 0.025), (0.15, 0.24, 0.06), 0.3)))


def pineapple(variant: Variant) -> tuple[Part, ...]:
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 73)[:-1], np.linspace(-np.pi / 2, np.pi / 2, 40))
    bumps = 1 + 0.05 * np.abs(np.sin(u * 6 + v * 9) * np.sin(u * 6 - v * 9))
    radius = 0.058 * np.cos(v) ** 0.6 * bumps
    points = np.stack([radius * np.sin(u), 0.085 * np.sin(v), radius * np.cos(u)], axis=-1)
    blades = []
    for k in range(24):
        angle, lift = k * 2.39996, k / 24
        s = np.linspace(0, 1, 7)
        out = (0.012 + 0.075 * (1 - lift)) * s**1.4
        up = 0.075 + (0.08 + 0.10 * lift) * s
        width = 0.011 * (1 - s) + 0.0005
        rows = [
            np.column_stack(
                [
                    out * np.cos(angle) - side * width * np.sin(angle),
                    up,
                    out * np.sin(angle) + side * width * np.cos(angle),
                ]
            )
            for side in (-1, 0, 1)
        ]
        blades.append(grid(np.stack(rows)))
        blades.append(grid(np.stack(rows[::-1])))
    return settled(Part(grid(points, closed_u=True), skin((0.40, 0.22, 0.05), (0.22, 0.12, 0.03), 0.55)),
                   Part(merge(blades), leaf((0.09, 0.16, 0.07))))  # fmt: skip


def carrot(variant: Variant) -> tuple[Part, ...]:
    root = turned([(0, 0), (0.003, 0.01), (0.009, 0.06), (0.016, 0.14), (0.017, 0.158), (0, 0.165)], 18, 3)
    tops = [
        bent(
            [[0, 0.16, 0], [0.01 * np.cos(a), 0.19, 0.01 * np.sin(a)], [0.02 * np.cos(a), 0.235, 0.012 * np.sin(a)]],
            0.0018,
            6,
        )
        for a in np.linspace(0, 6, 7)
    ]
    return settled(
        Part(tip(root, -90, 2), skin((0.62, 0.20, 0.02), (0.55, 0.16, 0.02), 0.5)),
        Part(merge([tip(mesh, -90, 2) for mesh in tops]), leaf((0.08, 0.19, 0.04))),
        centred=True,
    )


def tomato(variant: Variant) -> tuple[Part, ...]:
    form = move(sphere(0.036, 28), (0, 0.029, 0), 0, (1, 0.82, 1))
    star = [
        bent(
            [
                [0, 0.057, 0],
                [0.010 * np.cos(a), 0.0605, 0.010 * np.sin(a)],
                [0.022 * np.cos(a), 0.055, 0.022 * np.sin(a)],
            ],
            0.0016,
            6,
        )
        for a in np.linspace(0, 2 * np.pi, 5, endpoint=False)
    ]
    return settled(Part(ripple(form, 0.0015, variant.rng, 50), skin((0.50, 0.035, 0.015), (0.56, 0.07, 0.02), 0.18)),
                   Part(merge(star), leaf((0.07, 0.16, 0.03))))  # fmt: skip


def loaf(variant: Variant) -> tuple[Part, ...]:
    """A country loaf with slashes."""
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 73)[:-1], np.linspace(-np.pi / 2, np.pi / 2, 30))
    slash = sum(np.exp(-(((0.15 * np.cos(v) * np.sin(u)) - x) ** 2) / 0.00006) for x in (-0.075, -0.025, 0.025, 0.075))
    height = np.where(v > 0, 0.085, 0.028) - 0.010 * slash * (v > 0.35)
    points = np.stack(
        [0.15 * np.cos(v) ** 0.75 * np.sin(u), height * np.sin(v), 0.10 * np.cos(v) ** 0.75 * np.cos(u)], -1
    )
    crust = ripple(grid(points, closed_u=True), 0.003, variant.rng, 40)
    return settled(Part(crust, skin((0.30, 0.135, 0.045), (0.50, 0.30, 0.13), 0.72)))


def baguette(variant: Variant) -> tuple[Part, ...]:
    x = np.linspace(-0.30, 0.30, 60)
    fat = 0.036 * np.clip(1 - (np.abs(x) / 0.302) ** 6, 0, 1) ** 0.5 * (1 - 0.10 * np.abs(np.sin(x * 26)))
    form = _tube(np.column_stack([x, 0.03 + 0 * x, 0.004 * np.sin(x * 9)]), np.maximum(fat, 0.001))
    return settled(Part(move(form, (0, 0, 0), 0, (1, 0.82, 1)), skin((0.42, 0.22, 0.075), (0.55, 0.36, 0.16), 0.66)))


def croissant(variant: Variant) -> tuple[Part, ...]:
    a = np.linspace(-2.0, 2.0, 48)
    path = np.column_stack([0.055 * np.sin(a), 0.024 + 0 * a, 0.055 * np.cos(a) - 0.02])
    fat = 0.027 * np.cos(a / 2.2) ** 0.8 * (1 - 0.16 * np.abs(np.sin(a * 3.4)))
    return settled(
        Part(_tube(path, np.maximum(fat, 0.003)), skin((0.46, 0.22, 0.06), (0.30, 0.12, 0.03), 0.45)), centred=True
    )


def cake(variant: Variant) -> tuple[Part, ...]:
    """A two-storey cake with swags of cream and candles."""
    tiers = merge(
        [
            turned([(0, 0), (r, 0), (r + 0.003, 0.01), (r + 0.003, h - 0.008), (r - 0.006, h), (0, h)], 44, 2)
            for r, h in ((0.13, 0.09),)
        ]
        + [move(turned([(0, 0), (0.085, 0), (0.087, 0.062), (0.08, 0.07), (0, 0.07)], 40, 2), (0, 0.088, 0))]
    )
    dots = []
    for r, y, count in ((0.132, 0.012, 40), (0.122, 0.092, 38), (0.087, 0.098, 28), (0.076, 0.159, 24)):
        for a in np.linspace(0, 2 * np.pi, count, endpoint=False):
            dots.append([r * np.cos(a), y, r * np.sin(a)])
    cream = array(move(sphere(0.0095, 10), (0, 0, 0), 0, (1, 0.9, 1)), dots)
    candles = array(
        cylinder(0.003, 0.156, 0.215, 8), [[0.05 * np.cos(a), 0, 0.05 * np.sin(a)] for a in np.arange(0, 6.2, 1.05)]
    )
    tone: RGB = ((0.60, 0.50, 0.40), (0.10, 0.045, 0.022), (0.62, 0.34, 0.36))[variant.seed % 3]
    dish = vessel([(0.09, -0.012), (0.10, -0.009), (0.16, 0.0), (0.16, 0.003)], 0.004, 44)
    return settled(Part(tiers, skin(tone, tone, 0.5)), Part(cream, skin((0.70, 0.64, 0.54), (0.72, 0.68, 0.6), 0.5)),
                   Part(candles, plastic((0.55, 0.10, 0.14))), Part(dish, glaze((0.60, 0.57, 0.50))))  # fmt: skip


def pie(variant: Variant) -> tuple[Part, ...]:
    tin = vessel([(0.10, 0), (0.105, 0.003), (0.128, 0.036), (0.127, 0.038)], 0.003, 44)
    fill = turned([(0.122, 0.034), (0.10, 0.044), (0, 0.052)], 44, 3)
    strips = [move(slab((2 * np.sqrt(0.118**2 - x * x), 0.005, 0.016), (0, 0, 0), 0.002), (0, 0.046 - 0.05 * abs(x), x))
              for x in (-0.08, -0.04, 0.0, 0.04, 0.08)]  # fmt: skip
    strips += [move(mesh, (0, 0.0025, 0), 90) for mesh in strips]
    crust = skin((0.48, 0.26, 0.085), (0.36, 0.165, 0.05), 0.6)
    rim = move(hoop(0.121, 0.0085, 0.0, 44), (0, 0.040, 0))
    return settled(Part(merge([rim, *strips]), crust), Part(fill, skin((0.22, 0.02, 0.03), (0.30, 0.03, 0.04), 0.2)),
                   Part(tin, glaze((0.42, 0.14, 0.08))))  # fmt: skip


def pizza(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    base = turned(
        [(0, 0), (0.145, 0), (0.158, 0.006), (0.158, 0.018), (0.150, 0.022), (0.140, 0.014), (0, 0.012)], 48, 2
    )
    spread = rng.uniform(-1, 1, (60, 2))
    spread = spread[np.hypot(*spread.T) < 0.9][:18] * 0.135
    discs = array(cylinder(0.017, 0.0125, 0.0155, 18), [[x, 0, z] for x, z in spread[:9]])
    herbs = array(move(sphere(1.0, 8), (0, 0.0150, 0), 0, (0.009, 0.0015, 0.005)), [[x, 0, z] for x, z in spread[9:]])
    cheese = ripple(turned([(0.139, 0.0125), (0.13, 0.0145), (0, 0.0145)], 44, 4), 0.0012, rng, 60)
    board = slab((0.36, 0.014, 0.36), (0, -0.014, 0), 0.004, 0.17)
    return settled(Part(base, skin((0.50, 0.30, 0.12), (0.34, 0.16, 0.05), 0.7)),
                   Part(cheese, skin((0.62, 0.40, 0.11), (0.50, 0.14, 0.04), 0.35)),
                   Part(discs, skin((0.34, 0.04, 0.025), (0.26, 0.03, 0.02), 0.35)),
                   Part(herbs, leaf((0.06, 0.16, 0.03))), Part(board, wood("oak")))  # fmt: skip


def cheese(variant: Variant) -> tuple[Part, ...]:
    """A wheel with a wedge out of it."""
    a = np.radians(np.linspace(50, 360, 40))
    ring = [[0.0, 0.0], *np.column_stack([0.12 * np.cos(a), 0.12 * np.sin(a)]).tolist()]
    wheel = move(tip(extrude(ring, 0.075), -90), (0, 0, 0))
    return settled(Part(wheel, skin((0.62, 0.42, 0.10), (0.66, 0.48, 0.16), 0.5)))


def roast(variant: Variant) -> tuple[Part, ...]:
    """A roast bird on its dish."""
    breast = move(sphere(1.0, 36), (0, 0.085, 0), 0, (0.125, 0.07, 0.095))
    legs_of = []
    for s in (-1, 1):
        legs_of.append(
            move(
                tip(move(sphere(1.0, 24), (0, 0, 0), 0, (0.062, 0.04, 0.036)), -24, 2),
                (0.075, 0.07, s * 0.082),
                s * -16,
            )
        )
        legs_of.append(bent([[0.11, 0.06, s * 0.095], [0.165, 0.055, s * 0.075], [0.195, 0.058, s * 0.07]], 0.011))
        legs_of.append(move(sphere(1.0, 20), (-0.055, 0.085, s * 0.092), s * 12, (0.052, 0.026, 0.02)))
    dish = move(
        vessel([(0.12, 0), (0.13, 0.004), (0.185, 0.024), (0.183, 0.027)], 0.004, 44), (0.03, 0, 0), 0, (1.1, 1, 0.85)
    )
    greens = array(move(sphere(1, 8), (0, 0.026, 0), 0, (0.02, 0.012, 0.016)),
                   [[0.03 + 0.155 * np.cos(a), 0, 0.12 * np.sin(a)] for a in np.linspace(0, 6.2, 16)])  # fmt: skip
    meat = ripple(merge([breast, *legs_of]), 0.003, variant.rng, 30)
    return settled(
        Part(meat, skin((0.36, 0.145, 0.035), (0.22, 0.07, 0.02), 0.3)),
        Part(dish, glaze((0.60, 0.57, 0.50))),
        Part(greens, leaf((0.07, 0.16, 0.035))),
        centred=True,
    )


def burger(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    bun = skin((0.46, 0.22, 0.06), (0.36, 0.15, 0.04), 0.35)
    bottom = turned([(0, 0), (0.048, 0), (0.052, 0.006), (0.050, 0.016), (0, 0.018)], 32, 3)
    top = turned([(0, 0.046), (0.050, 0.046), (0.055, 0.054), (0.046, 0.076), (0.024, 0.088), (0, 0.091)], 32, 4)
    patty = ripple(
        turned([(0, 0.022), (0.050, 0.022), (0.055, 0.029), (0.050, 0.037), (0, 0.038)], 32, 3), 0.0015, rng, 90
    )
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 97), np.linspace(0.3, 1, 6))
    frill = 0.060 * v + 0.003 * np.sin(u * 11) * v
    salad = grid(np.stack([frill * np.sin(u), 0.019 + 0.003 * v**3 * np.sin(u * 9), frill * np.cos(u)], axis=-1))
    slice_ = slab((0.095, 0.003, 0.095), (0, 0.040, 0), 0.001)
    seeds = array(move(sphere(1, 6), (0, 0, 0), 0, (0.0022, 0.001, 0.0013)),
                  [[0.035 * np.sqrt(t) * np.cos(t * 50), 0.0905 - 0.010 * t, 0.035 * np.sqrt(t) * np.sin(t * 50)]
                   for t in np.linspace(0.02, 1, 40)])  # fmt: skip
    return settled(Part(merge([bottom, top]), bun), Part(patty, skin((0.12, 0.045, 0.02), (0.07, 0.025, 0.012), 0.55)),
                   Part(salad, leaf((0.16, 0.30, 0.05))), Part(slice_, plastic((0.66, 0.36, 0.03), 0.35)),
                   Part(seeds, plastic((0.66, 0.55, 0.36), 0.6)))  # fmt: skip


def doughnut(variant: Variant) -> tuple[Part, ...]:
    ring = move(hoop(0.030, 0.0175, 0, 36, 16), (0, 0.0175, 0))
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 73)[:-1], np.linspace(0.35, np.pi - 0.35, 12))
    drip = 1 + 0.03 * np.sin(u * 7)
    ice = np.stack(
        [
            (0.030 + 0.0185 * drip * np.cos(v)) * np.sin(u),
            0.0175 + 0.0185 * np.sin(v),
            (0.030 + 0.0185 * drip * np.cos(v)) * np.cos(u),
        ],
        -1,
    )
    tone: RGB = ((0.62, 0.22, 0.30), (0.07, 0.025, 0.012), (0.68, 0.62, 0.52))[variant.seed % 3]
    return settled(
        Part(ring, skin((0.46, 0.25, 0.085), (0.40, 0.20, 0.06), 0.6)),
        Part(grid(ice, closed_u=True), plastic(tone, 0.2)),
    )


def ice_cream(variant: Variant) -> tuple[Part, ...]:
    """Two scoops and a wafer in a footed cup."""
    rng = variant.rng
    cup = vessel(
        [(0.030, 0), (0.032, 0.004), (0.010, 0.014), (0.012, 0.03), (0.044, 0.062), (0.047, 0.085), (0.046, 0.087)],
        0.003,
        32,
    )
    scoops = [
        ripple(move(sphere(0.030, 28), place), 0.0018, rng, 120)
        for place in ((-0.014, 0.090, 0), (0.016, 0.094, 0.006))
    ]
    tones: list[RGB] = [(0.66, 0.56, 0.36), (0.46, 0.20, 0.20)]
    wafer = move(tip(slab((0.022, 0.085, 0.004), (0, 0, 0), 0.001), 16, 2), (0.0, 0.080, -0.018))
    return settled(
        Part(cup, glaze((0.60, 0.57, 0.50))),
        Part(scoops[0], skin(tones[0], tones[0], 0.5)),
        Part(scoops[1], skin(tones[1], tones[1], 0.5)),
        Part(wafer, skin((0.50, 0.28, 0.09), (0.42, 0.2, 0.06), 0.7)),
    )


def egg(variant: Variant) -> tuple[Part, ...]:
    """Six eggs in a box."""
    box_ = [slab((0.155, 0.030, 0.105), (0, 0, 0), 0.006, 0.012)]
    shell = turned([(0, 0), (0.012, 0.002), (0.0215, 0.018), (0.020, 0.036), (0.010, 0.053), (0, 0.057)], 20, 4, 180)
    eggs = array(shell, [[x, 0.022, z] for x in (-0.048, 0, 0.048) for z in (-0.025, 0.025)])
    tone: RGB = (0.58, 0.36, 0.21) if variant.seed % 2 else (0.68, 0.64, 0.57)
    return settled(Part(merge(box_), paper((0.30, 0.29, 0.27))), Part(eggs, skin(tone, tone, 0.5)))


def popcorn(variant: Variant) -> tuple[Part, ...]:
    rng = variant.rng
    ring = np.linspace(0, 2 * np.pi, 33)[:-1]
    tub = vessel([(0.052, 0), (0.054, 0.002), (0.078, 0.17), (0.077, 0.171)], 0.0015, 32, 2)
    stripes = [
        bent(
            [[0.0545 * np.cos(a), 0.004, 0.0545 * np.sin(a)], [0.0786 * np.cos(a), 0.17, 0.0786 * np.sin(a)]], 0.004, 6
        )
        for a in ring[::4]
    ]
    kernels = []
    for t in np.linspace(0.02, 1, 70):
        r, a = 0.070 * np.sqrt(t), t * 300
        kernels.append([r * np.cos(a), 0.172 + 0.035 * (1 - t) + rng.normal(0, 0.003), r * np.sin(a)])
    puff = ripple(sphere(0.0125, 12), 0.004, rng, 300)
    return settled(
        Part(tub, paint((0.62, 0.58, 0.52), 0.6, 0.1)),
        Part(merge(stripes), paint((0.42, 0.03, 0.03), 0.6, 0.1)),
        Part(array(puff, kernels, rng.uniform(0, 360, 70)), skin((0.68, 0.58, 0.36), (0.72, 0.66, 0.5), 0.8)),
    )


def sack(variant: Variant) -> tuple[Part, ...]:
    """A sack of meal, tied."""
    body = turned([(0, 0), (0.17, 0.01), (0.215, 0.10), (0.205, 0.30), (0.15, 0.44), (0.052, 0.52), (0.05, 0.54),
                   (0.10, 0.60), (0.085, 0.605), (0, 0.55)], 36, 4, 180)  # fmt: skip
    tie = move(hoop(0.056, 0.008), (0, 0.53, 0))
    return settled(
        Part(ripple(body, 0.022, variant.rng, 9), cloth((0.30, 0.22, 0.125), 0.2, 48)),
        Part(tie, cloth((0.2, 0.13, 0.06))),
    )


def stew(variant: Variant) -> tuple[Part, ...]:
    """A bowl of noodles or stew with chopsticks or a spoon."""
    rng = variant.rng
    bowl = vessel([(0.040, 0), (0.044, 0.010), (0.075, 0.04), (0.092, 0.082), (0.0905, 0.084)], 0.004, 40)
    strands = []
    for _ in range(26):
        a, r = rng.uniform(0, 6.28), rng.uniform(0.01, 0.05)
        t = np.linspace(0, 3.5, 5)
        strands.append(
            bent(
                np.column_stack([r * np.cos(a + t), 0.068 + rng.uniform(0, 0.010) + 0 * t, r * np.sin(a + t)]),
                0.0022,
                6,
                4,
            )
        )
    sticks = [rod((0.02, 0.088, 0.05 + k), (-0.12, 0.100, -0.10 + k), 0.0032) for k in (0.0, 0.012)]
    broth = turned([(0.084, 0.064), (0, 0.0645)], 32, 1)
    tone: RGB = ((0.05, 0.07, 0.14), (0.30, 0.05, 0.04), (0.11, 0.10, 0.09))[variant.seed % 3]
    return settled(
        Part(bowl, glaze(tone)),
        Part(merge(strands), skin((0.62, 0.46, 0.20), (0.66, 0.5, 0.25), 0.3)),
        Part(broth, skin((0.24, 0.10, 0.025), (0.3, 0.13, 0.03), 0.08)),
        Part(merge(sticks), wood("black")),
    )


PROPS: tuple[Prop, ...] = (
    Prop("apple",
         "apple, peach, plum, pear, fruit, mango, pomegranate",
         (0.077, 0.078, 0.077), apple, 0.18, 0.5, 0.3),
    Prop("orange", "orange, tangerine, grapefruit, mandarin", (0.077, 0.075, 0.077), orange, 0.2, 0.6, 0.4),
    Prop("lemon", "lemon, lime, kiwi", (0.082, 0.058, 0.058), lemon, 0.12, 0.6, 0.35),
    Prop("banana", "banana, plantain", (0.189, 0.057, 0.143), banana, 0.36, 0.5, 0.2),
    Prop("grapes",
         "grape, berry, blueberry, cherry, bunch of grapes, blackberry",
         (0.165, 0.062, 0.11), grapes, 0.45, 0.5, 0.2),
    Prop("pumpkin", "pumpkin, squash, jack o lantern, gourd", (0.296, 0.24, 0.296), pumpkin, 4.5, 0.5, 0.2),
    Prop("watermelon", "watermelon, melon, cantaloupe", (0.28, 0.21, 0.21), watermelon, 6.0, 0.4, 0.2),
    Prop("pineapple", "pineapple", (0.16, 0.345, 0.16), pineapple, 1.2, 0.5, 0.2),
    Prop("carrot",
         "carrot, vegetable, radish, turnip, beet, celery, leek",
         (0.235, 0.043, 0.034), carrot, 0.1, 0.5, 0.25),
    Prop("tomato", "tomato, cherry tomato, strawberry", (0.072, 0.065, 0.072), tomato, 0.15, 0.5, 0.2),
    Prop("loaf",
         "bread, loaf, loaf of bread, bun, bread roll, bagel, toast",
         (0.3, 0.113, 0.2), loaf, 0.75, 0.6, 0.15),
    Prop("baguette", "baguette, french bread", (0.6, 0.057, 0.078), baguette, 0.28, 0.6, 0.15),
    Prop("croissant",
         "croissant, pastry, cookie, biscuit, pretzel, muffin, cupcake, snack",
         (0.148, 0.051, 0.111), croissant, 0.07, 0.6, 0.15),
    Prop("cake",
         "cake, birthday cake, wedding cake, cheesecake, birthday candle",
         (0.32, 0.227, 0.32), cake, 2.4, 0.5, 0.05),
    Prop("pie", "pie, tart, apple pie, quiche", (0.256, 0.056, 0.256), pie, 1.1, 0.5, 0.1),
    Prop("pizza", "pizza", (0.36, 0.036, 0.36), pizza, 0.9, 0.6, 0.05),
    Prop("cheese", "cheese, wheel of cheese, butter", (0.24, 0.075, 0.24), cheese, 3.2, 0.5, 0.1),
    Prop("roast",
         "roast, turkey, roast chicken, chicken, meat, feast, dinner, ham, fried chicken, steak, meal",
         (0.42, 0.155, 0.31), roast, 2.8, 0.5, 0.05),
    Prop("burger",
         "burger, hamburger, sandwich, cheeseburger, hot dog, taco, burrito",
         (0.115, 0.091, 0.115), burger, 0.3, 0.6, 0.05),
    Prop("doughnut", "doughnut, donut", (0.095, 0.036, 0.095), doughnut, 0.06, 0.6, 0.1),
    Prop("ice_cream",
         "ice cream, sundae, gelato, sorbet, dessert, pudding",
         (0.096, 0.165, 0.096), ice_cream, 0.28, 0.4, 0.1),
    Prop("egg", "egg, egg carton, eggshell", (0.155, 0.079, 0.105), egg, 0.38, 0.5, 0.2),
    Prop("popcorn",
         "popcorn, bucket of popcorn, chips, fries, french fries, candy",
         (0.157, 0.22, 0.157), popcorn, 0.2, 0.5, 0.2),
    Prop("sack",
         "sack, sack of flour, bag of grain, sandbag, sack of potatoes, flour, potato, grain",
         (0.43, 0.61, 0.43), sack, 24.0, 0.7, 0.02),
    Prop("stew",
         "noodle, ramen, noodles, bowl of noodles, pasta, spaghetti, rice, stew, curry, salad, cereal",
         (0.2, 0.105, 0.2), stew, 0.9, 0.5, 0.1),
)  # fmt: skip
