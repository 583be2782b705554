"""What stands in churches, halls and crypts: pews, an altar, coronas of candles, a throne, banners, tombs, braziers.

Things are meshes by the name of their material, about their own foot, facing +Z unless said, in metres. `oak` and
`icon` keep their own texture coordinates.
"""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.room import along_x
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props import candles
from secondunit_engine.world.shapes import box, lathe, merge, move, pointed_arch, soft_box, tube

Parts = dict[str, Mesh]


def pew(length: float) -> Parts:
    """A bench along X whose people look to -Z: shaped ends, a leaning back with a ledge for books, a kneeler."""
    end = np.array([(-0.24, 0), (0.33, 0), (0.33, 0.08), (0.29, 0.12), (0.33, 0.60), (0.38, 0.92), (0.36, 0.99),
        (0.29, 1.02), (0.23, 0.98), (0.20, 0.80), (0.12, 0.62), (-0.12, 0.56), (-0.22, 0.52), (-0.25, 0.44),
        (-0.20, 0.12), (-0.24, 0.08)])  # fmt: skip
    back = np.array([(0.16, 0.44), (0.20, 0.44), (0.31, 0.93), (0.27, 0.93)])
    x = length / 2
    wood = [
        *(along_x(end, at - 0.03, at + 0.03) for at in (-x, x)),
        box((-x, 0.43, -0.21), (x, 0.47, 0.18), grain=0),
        along_x(back, -x, x),
        box((-x, 0.70, 0.30), (x, 0.72, 0.46), grain=0),
        box((-x, 0.93, 0.25), (x, 0.96, 0.33), grain=0),
        box((-x, 0.16, 0.42), (x, 0.19, 0.58), grain=0),
    ]
    supports = [box((at - 0.02, 0.0, -0.15), (at + 0.02, 0.43, 0.14), grain=1) for at in np.linspace(-x, x, 4)[1:-1]]
    feet = [box((at - 0.02, 0.0, 0.44), (at + 0.02, 0.16, 0.56), grain=1) for at in np.linspace(-x, x, 4)[1:-1]]
    return {"oak": merge([*wood, *supports, *feet])}


def altar() -> tuple[Parts, list[candles.Lit]]:
    """A stone table under a cloth with an embroidered front, six candlesticks about a cross, and a gilded triptych
    behind it. It faces +Z."""
    stone = [soft_box((-1.5, 0, -0.5), (1.5, 0.12, 0.5), 0.015), soft_box((-1.3, 0.12, -0.4), (1.3, 0.92, 0.4), 0.02),
             soft_box((-1.5, 0.92, -0.5), (1.5, 1.02, 0.5), 0.015)]  # fmt: skip
    cloth = [
        soft_box((-1.53, 0.99, -0.52), (1.53, 1.03, 0.53), 0.008),
        soft_box((-1.53, 0.6, 0.515), (1.53, 1.0, 0.53)),
    ]
    cloth += [soft_box((side * 1.52 - 0.008, 0.35, -0.52), (side * 1.52 + 0.008, 1.0, 0.53)) for side in (-1, 1)]
    frontal = [soft_box((-0.9, 0.14, 0.40), (0.9, 0.9, 0.425), 0.006)]
    gold = [box((-0.035, 1.14, -0.28), (0.035, 2.16, -0.22)), box((-0.3, 1.72, -0.28), (0.3, 1.79, -0.22))]
    gold += [move(lathe([[0.16, 0], [0.16, 0.03], [0.05, 0.06], [0.04, 0.12], [0, 0.12]], 24), (0, 1.03, -0.25))]
    gold += [box((-0.9, y, 0.42), (0.9, y + 0.025, 0.435)) for y in (0.14, 0.875)]
    gold += [move(_cross(0.26), (x, 0.42, 0.43)) for x in (-0.55, 0.0, 0.55)]
    icons = []
    for middle, width, spring, rise in ((0.0, 1.35, 2.5, 0.8), (-1.25, 0.95, 2.0, 0.6), (1.25, 0.95, 2.0, 0.6)):
        arch = pointed_arch(width, spring, rise, 12, 1.05)
        gold.append(move(shapes.extrude(arch, 0.10), (middle, 0, -0.72)))
        rim = tube(np.column_stack([arch[1:], np.full(len(arch) - 1, -0.62)]), 0.045, 8)
        gold.append(move(rim, (middle, 0, 0)))
        gold.append(box((middle - width / 2 - 0.06, 0.0, -0.74), (middle + width / 2 + 0.06, 1.08, -0.60)))
        inner = pointed_arch(width - 0.22, spring - 0.02, rise - 0.1, 12, 1.2)
        flat, faces = shapes.fill(inner)
        points = np.column_stack([flat[:, 0] + middle, flat[:, 1], np.full(len(flat), -0.615)])
        uvs = (flat - flat.min(axis=0)) / (flat.max(axis=0) - flat.min(axis=0))
        icons.append(shapes.smooth(Mesh(points.astype(np.float32), faces, None, uvs.astype(np.float32))))
    lit = [
        candles.candlestick((side * x, 1.03, -0.12), 0.30 + 0.06 * n)
        for side in (-1, 1)
        for n, x in enumerate((1.25, 0.9, 0.55))
    ]
    return {
        "carved": merge(stone),
        "linen": merge(cloth),
        "velvet": merge(frontal),
        "gold": merge(gold),
        "icon": merge(icons),
    }, lit


def _cross(size: float) -> Mesh:
    """A flat cross with flared arms, on the plane z = 0."""
    arm = np.array([(-0.06, 0.0), (0.06, 0.0), (0.16, 0.5), (-0.16, 0.5)]) * size
    turns = [np.array([[0, -1], [1, 0]]), np.array([[-1, 0], [0, -1]]), np.array([[0, 1], [-1, 0]]), np.eye(2)]
    return move(merge([shapes.extrude(arm @ turn.T, 0.012) for turn in turns]), (0, 0.5 * size, 0))


def corona(radius: float, count: int, drop: float) -> candles.Lit:
    """An iron ring of `count` candles that hangs from y = 0 by chains, `drop` metres down to the ring."""
    t = np.linspace(0, 2 * np.pi, 49)
    ring = np.column_stack([radius * np.cos(t), np.full(49, -drop), radius * np.sin(t)])
    metals = [tube(ring, 0.022, 8), tube(ring - (0, 0.12, 0), 0.014, 8)]
    for turn in np.linspace(0, 2 * np.pi, 6, endpoint=False):
        rim = np.array([radius * np.cos(turn), -drop, radius * np.sin(turn)])
        metals.append(tube(np.array([rim, (0, -drop + 1.3 * radius, 0)]), 0.009, 6))
        metals.append(tube([rim, rim - (0, 0.12, 0)], 0.010, 6))
    metals.append(tube([(0, -drop + 1.25 * radius, 0), (0, 0, 0)], 0.012, 6))
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    places = np.column_stack([radius * np.cos(turns), np.full(count, -drop + 0.03), radius * np.sin(turns)])
    wax, flames = _candles(places, 0.14 + 0.03 * (np.arange(count) % 3), 0.018)
    dish = lathe([[0, 0], [0.03, 0], [0.05, 0.02], [0.045, 0.024], [0, 0.01]], 12)
    metals.append(shapes.array(dish, places - (0, 0.015, 0)))
    return candles.Lit(wax, flames, merge(metals))


def _candles(places: np.ndarray, heights: np.ndarray, radius: float) -> tuple[Mesh, Mesh]:
    """Wax and flames of candles that differ in height alone; places [m], shape [candles, 3]."""
    one = candles.candle((0, 0, 0), 0.12, radius)
    scales = np.column_stack([np.ones(len(places)), heights / 0.12, np.ones(len(places))])
    tips = places + np.column_stack([0 * heights, heights + 0.004, 0 * heights])
    return shapes.array(one.wax, places, scales=scales), shapes.array(candles.flame((0, 0, 0), 1.05), tips)


def votives(rng: np.random.Generator, rows: int = 4, columns: int = 11) -> candles.Lit:
    """An iron stand of small candles on steps, some missing; its front is +Z."""
    width = 0.115 * columns
    level = [(0.86 - 0.09 * row, -0.24 + 0.16 * row) for row in range(rows)]
    metals = [box((-width / 2, y - 0.012, z - 0.07), (width / 2, y, z + 0.07)) for y, z in level]
    places = np.array([((n - (columns - 1) / 2) * 0.115, y, z) for y, z in level for n in range(columns)])
    places = places[rng.random(len(places)) > 0.16]
    wax, flames = _candles(places, rng.uniform(0.03, 0.13, len(places)), 0.019)
    for x in (-width / 2, width / 2):
        metals += [
            box((x - 0.015, 0, z - 0.015), (x + 0.015, top, z + 0.015)) for z, top in ((-0.28, 0.9), (0.28, 0.6))
        ]
        metals.append(shapes.extrude([(-0.3, 0.55), (0.3, 0.55), (0.3, 0.6), (-0.3, 0.88)], 0.012))
        metals[-1] = move(metals[-1], (x - 0.006, 0, 0), 90)
    return candles.Lit(wax, flames, merge(metals))


def throne() -> Parts:
    """A high seat of gilded oak with a cushion, its back a pointed arch with crockets and finials."""
    arch = pointed_arch(0.92, 1.75, 0.62, 12, 0.0)
    inner = pointed_arch(0.66, 1.68, 0.46, 12, 0.62)
    wood = [move(shapes.extrude(arch, 0.09), (0, 0, -0.40)), box((-0.42, 0, -0.32), (0.42, 0.42, 0.34), grain=0)]
    wood += [box((-0.46, 0, -0.30), (-0.36, 0.70, 0.36), grain=1), box((0.36, 0, -0.30), (0.46, 0.70, 0.36), grain=1)]
    gold = [tube(np.column_stack([arch[1:], np.full(len(arch) - 1, -0.32)]), 0.035, 8)]
    gold += [box((side * 0.41 - 0.07, 0.70, -0.32), (side * 0.41 + 0.07, 0.75, 0.42)) for side in (-1, 1)]
    gold += [move(shapes.sphere(0.075, 16), (side * 0.41, 0.80, 0.36)) for side in (-1, 1)]
    finial = lathe([[0, 0], [0.05, 0.0], [0.03, 0.06], [0.08, 0.14], [0.03, 0.22], [0.04, 0.26], [0, 0.36]], 14)
    gold += [move(finial, (x, y, -0.36)) for x, y in ((0.0, 2.36), (-0.46, 1.75), (0.46, 1.75))]
    gold.append(move(_cross(0.34), (0, 1.85, -0.30)))
    velvet = [
        move(shapes.extrude(inner, 0.05), (0, 0, -0.34)),
        soft_box((-0.36, 0.42, -0.30), (0.36, 0.55, 0.34), 0.05),
    ]
    return {"oak": merge(wood), "gold": merge(gold), "velvet": merge(velvet)}


def banner(width: float, drop: float, phase: float) -> tuple[Mesh, Mesh]:
    """A cloth that hangs from y = 0 with a swallow tail, and its pole with knobs; it faces +Z and ripples. Texture
    coordinates run 0 to 1 over it."""
    u, v = np.meshgrid(np.linspace(0, 1, 25), np.linspace(0, 1, 33))
    tail = 0.16 * drop * np.abs(2 * u - 1) * v**6
    y = -drop * (0.86 * v) - tail
    z = 0.05 * np.sin(5.2 * u + phase) * (0.25 + 0.75 * v) + 0.03 * np.sin(11 * u + 2 * phase) * v
    cloth = shapes.grid(np.stack([(u - 0.5) * width, y, z], axis=-1)[::-1], uvs=np.stack([u, 1 - v], axis=-1)[::-1])
    x = width / 2 + 0.12
    pole = tube([(-x, 0.01, 0), (x, 0.01, 0)], 0.022, 8)
    knobs = [move(shapes.sphere(0.045, 12), (side * x, 0.01, 0)) for side in (-1, 1)]
    return cloth, merge([pole, *knobs])


def tomb(rng: np.random.Generator) -> Parts:
    """A stone chest with blind arches on its sides and a lid that lies a little askew, along Z."""
    chest = [
        soft_box((-0.52, 0, -1.15), (0.52, 0.14, 1.15), 0.02),
        soft_box((-0.44, 0.14, -1.05), (0.44, 0.82, 1.05), 0.012),
    ]
    arch = pointed_arch(0.32, 0.50, 0.18, 8, 0.24)
    rim = tube(np.column_stack([arch, np.zeros(len(arch))]), 0.022, 6)
    chest += [move(rim, (side * 0.445, 0, z), 90) for side in (-1, 1) for z in np.linspace(-0.78, 0.78, 5)]
    lid = [
        soft_box((-0.54, 0.82, -1.18), (0.54, 0.94, 1.18), 0.03),
        soft_box((-0.44, 0.94, -1.06), (0.44, 1.0, 1.06), 0.03),
        soft_box((-0.06, 0.99, -0.9), (0.06, 1.03, 0.9)),
        soft_box((-0.3, 0.99, -0.5), (0.3, 1.03, -0.38)),
    ]
    askew = move(merge(lid), (float(rng.normal(0, 0.03)), 0, 0), float(rng.normal(0, 2.5)))
    return {"carved": merge([*chest, askew])}


def brazier(height: float = 1.05) -> candles.Lit:
    """An iron bowl of coals and fire on three legs. Wax: the coals."""
    bowl = lathe([[0.06, height - 0.2], [0.2, height - 0.14], [0.27, height], [0.285, height + 0.02], [0.25, height],
        [0.18, height - 0.1], [0, height - 0.12]], 24)  # fmt: skip
    metals = [bowl]
    for turn in np.radians((90, 210, 330)):
        way = np.array([np.cos(turn), 0, np.sin(turn)])
        metals.append(tube([0.20 * way + (0, height - 0.14, 0), 0.14 * way + (0, 0.5, 0), 0.30 * way], 0.016, 8))
    t = np.linspace(0, 2 * np.pi, 25)
    metals.append(tube(np.column_stack([0.155 * np.cos(t), np.full(25, 0.5), 0.155 * np.sin(t)]), 0.010, 6))
    spots = [(np.sin(2.4 * n), np.cos(2.4 * n)) for n in range(14)]  # a golden angle apart, as seeds lie
    coals = [
        move(shapes.sphere(0.05, 8), (0.07 * (n % 3) * x, height - 0.05, 0.07 * (n % 3) * z))
        for n, (x, z) in enumerate(spots)
    ]
    tongues = [
        candles.flame((0.04 * (n % 4) * x, height - 0.04, 0.04 * (n % 4) * z), 3.0 + 1.4 * (n % 3))
        for n, (x, z) in enumerate(spots[:11])
    ]
    return candles.Lit(merge(coals), merge(tongues), merge(metals))
