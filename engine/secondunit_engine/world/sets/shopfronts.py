"""Ground floors along a street: shops one looks into, closed ones behind shutters, doorways, lobbies.

In the space of `facades`: the front is z = 0, x along it. What shines: `shop_light` (ceiling panels and pendants),
`signs` (the fascias' picture). Displays are painted from the palette.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.author import RGB
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.sets.city_signs import ROWS, fascia
from secondunit_engine.world.sets.facades import BASE
from secondunit_engine.world.sets.rooms_lit import ROOMS, panes

_HEAD: Final = 2.85  # m to the top of the shop window
_DEEP: Final = 4.2  # m of a shop's room
_GOODS: Final[tuple[RGB, ...]] = (
    (0.55, 0.10, 0.06),
    (0.62, 0.42, 0.10),
    (0.12, 0.26, 0.40),
    (0.14, 0.30, 0.14),
    (0.70, 0.66, 0.58),
    (0.30, 0.16, 0.09),
    (0.05, 0.05, 0.06),
    (0.45, 0.20, 0.32),
    (0.75, 0.50, 0.25),
    (0.20, 0.38, 0.42),
)
_FRONTS: Final[tuple[RGB, ...]] = (
    (0.030, 0.055, 0.045),
    (0.10, 0.018, 0.016),
    (0.020, 0.030, 0.060),
    (0.035, 0.034, 0.033),
    (0.16, 0.125, 0.085),
    (0.25, 0.24, 0.22),
)
_CANVAS: Final[tuple[tuple[RGB, RGB], ...]] = (
    ((0.42, 0.05, 0.04), (0.60, 0.57, 0.50)),
    ((0.04, 0.16, 0.09), (0.58, 0.56, 0.48)),
    ((0.05, 0.09, 0.20), (0.05, 0.09, 0.20)),
    ((0.30, 0.22, 0.10), (0.60, 0.54, 0.42)),
    ((0.03, 0.03, 0.03), (0.03, 0.03, 0.03)),
)


def build_ground_floor(
    kit: Kit, palette: Palette, wall: str, width: float, rng: np.random.Generator, *, open_share: float, detail: int
) -> None:
    """Fill the ground floor of a building `width` metres wide. `open_share` of the shops are open and lit."""
    count = max(1, round(width / 5.6))
    bay = width / count
    if detail == 0:
        _far_front(kit, palette, wall, width, count, rng, open_share)
        return
    door = int(rng.integers(count)) if count > 1 else -1  # the way up to the floors above
    kit.put(wall, bars([((0, _HEAD + 0.95, -0.36), (width, BASE, 0.0))]))
    for number in range(count):
        own = Kit()
        if number == door and bay < 6.5 and rng.random() < 0.7:
            _doorway(own, palette, wall, bay, rng)
        elif rng.random() < open_share:
            _shop(own, palette, bay, rng, detail)
        else:
            _shutter(own, palette, bay, rng, detail)
        kit.place(own, (number * bay, 0, 0))
    for x in (bay * np.arange(count + 1)).tolist():
        a, b = max(0.0, x - 0.28), min(width, x + 0.28)
        kit.put(wall, bars([((a, 0.0, -0.36), (b, _HEAD + 0.95, 0.05))]))
        kit.put(
            "trim",
            bars(
                [
                    ((a - 0.03, 0.0, 0.0), (b + 0.03, 0.55, 0.09)),
                    ((a - 0.02, _HEAD + 0.05, 0), (b + 0.02, _HEAD + 0.2, 0.10)),
                ]
            ),
        )


def _far_front(
    kit: Kit, palette: Palette, wall: str, width: float, count: int, rng: np.random.Generator, open_share: float
) -> None:
    """Shops in the distance: fascias over lit panes and dark ones."""
    bay = width / count
    kit.put(wall, bars([((0, _HEAD + 0.8, -0.36), (width, BASE, 0.0)), ((0, 0, -0.9), (width, _HEAD + 0.8, -0.5))]))
    for x in (bay * np.arange(count)).tolist():
        kit.put(
            "painted", palette.paint(bars([((x, 0, -0.5), (x + 0.4, _HEAD + 0.8, 0))]), _FRONTS[int(rng.integers(6))])
        )
        lit = rng.random() < open_share
        at = (x + bay / 2 + 0.2, 0.4, -0.45)
        if lit:
            kit.put("rooms", panes([at], bay - 0.8, 2.3, [int(rng.integers(ROOMS))]))
        sign = shapes.move(fascia(bay - 0.6, 0.6, int(rng.integers(ROWS))), (x + bay / 2 + 0.2, _HEAD + 0.1, 0.02))
        kit.put("signs" if lit else "signs_dark", sign)


def _front_bars(kit: Kit, palette: Palette, bay: float, color: RGB, door_at: float) -> None:
    """The joinery of a shop front: stall riser, mullions, transom lights, the door in its recess."""
    a, b = 0.28, bay - 0.28
    left, right = (a, door_at - 0.55), (door_at + 0.55, b)
    wood = []
    for low, high in (left, right):
        if high - low < 0.4:
            continue
        wood += [((low, 0.0, -0.20), (high, 0.50, -0.04)), ((low, 0.50, -0.24), (high, 0.56, 0.02))]
        wood += [((low, 0.10, -0.05), (low + 0.06, 0.44, -0.02)), ((high - 0.06, 0.10, -0.05), (high, 0.44, -0.02))]
        posts = np.linspace(low, high, max(2, round((high - low) / 1.35) + 1))
        wood += [((x - 0.028, 0.5, -0.17), (x + 0.028, _HEAD, -0.09)) for x in posts.tolist()]
        wood += [((low, 2.25, -0.16), (high, 2.31, -0.10)), ((low, _HEAD - 0.06, -0.18), (high, _HEAD, -0.08))]
    wood += [
        ((a, _HEAD, -0.36), (b, _HEAD + 0.10, 0.08)),
        ((a, _HEAD + 0.10, -0.30), (b, _HEAD + 0.88, 0.02)),
        ((a - 0.05, _HEAD + 0.86, -0.30), (b + 0.05, _HEAD + 0.98, 0.20)),
    ]
    z = -0.85  # the door
    d0, d1 = door_at - 0.48, door_at + 0.48
    wood += [((d0 - 0.07, 0, -0.9), (d0, _HEAD, -0.05)), ((d1, 0, -0.9), (d1 + 0.07, _HEAD, -0.05))]
    wood += [
        ((d0, 0.02, z), (d0 + 0.11, 2.15, z + 0.05)),
        ((d1 - 0.11, 0.02, z), (d1, 2.15, z + 0.05)),
        ((d0, 0.02, z), (d1, 0.32, z + 0.05)),
        ((d0, 2.02, z), (d1, 2.15, z + 0.05)),
        ((d0, 2.15, z), (d1, 2.28, z + 0.08)),
    ]
    kit.put("painted", palette.paint(bars(wood), color))
    kit.put("brass", bars([((d1 - 0.09, 0.85, z + 0.05), (d1 - 0.05, 1.25, z + 0.11))]))


def _shop(kit: Kit, palette: Palette, bay: float, rng: np.random.Generator, detail: int) -> None:
    """An open shop: one looks past the display into a lit room."""
    door_at = float(rng.choice([0.28 + 0.7, bay / 2, bay - 0.28 - 0.7]))
    front = _FRONTS[int(rng.integers(len(_FRONTS)))]
    _front_bars(kit, palette, bay, front, door_at)
    a, b = 0.02, bay - 0.02
    tones: tuple[RGB, ...] = ((0.48, 0.40, 0.30), (0.50, 0.48, 0.44), (0.30, 0.16, 0.12), (0.26, 0.32, 0.30))
    tone = tones[int(rng.integers(len(tones)))]
    room = [
        ((a, 0, -_DEEP - 0.1), (b, 3.2, -_DEEP)),
        ((a - 0.02, 0, -_DEEP), (a + 0.03, 3.2, -0.36)),
        ((b - 0.03, 0, -_DEEP), (b + 0.02, 3.2, -0.36)),
    ]
    kit.put(
        "painted",
        palette.paint(bars(room), tone),
        palette.paint(bars([((a, 3.1, -_DEEP), (b, 3.2, -0.36))]), (0.5, 0.49, 0.46)),
    )
    kit.put("painted", palette.paint(bars([((a, -0.02, -_DEEP), (b, 0.012, -0.05))]), (0.16, 0.11, 0.075)))
    for x in np.linspace(a + 0.9, b - 0.9, max(1, round((b - a) / 2.2))).tolist():
        for z in (-0.95, -2.6):
            kit.put("shop_light", bars([((x - 0.45, 3.06, z - 0.12), (x + 0.45, 3.08, z + 0.12))]))
    own = int(rng.integers(ROWS))
    kit.put("signs", shapes.move(fascia(bay - 0.9, 0.60, own), (bay / 2, _HEAD + 0.19, 0.03)))
    if detail > 0:
        _shelves(kit, palette, a + 0.3, b - 0.3, -_DEEP + 0.03, rng)
    if detail > 1:
        kind = int(rng.integers(4))
        if kind == 0:
            _mannequins(kit, palette, a, b, door_at, rng)
        elif kind == 1:
            _tables(kit, palette, a, b, rng)
        else:
            _stand(kit, palette, a, b, door_at, rng)
    if rng.random() < 0.5:
        awning(kit, palette, bay, rng)


def _shelves(kit: Kit, palette: Palette, a: float, b: float, back: float, rng: np.random.Generator) -> None:
    """Goods on boards along the back wall, in runs of one colour."""
    boards, y = [], 0.35
    while y < 2.6:
        boards.append(((a, y - 0.03, back), (b, y, back + 0.34)))
        x = a + 0.04
        while x < b - 0.2:
            color, w = _GOODS[int(rng.integers(len(_GOODS)))], float(rng.uniform(0.07, 0.22))
            h = float(rng.uniform(0.16, 0.36))
            for _ in range(int(rng.integers(2, 6))):
                if x + w > b:
                    break
                kit.put(
                    "painted", palette.paint(bars([((x, y, back + 0.05), (x + w * 0.9, y + h, back + 0.30))]), color)
                )
                x += w
        y += 0.46
    kit.put("painted", palette.paint(bars(boards), (0.22, 0.15, 0.09)))


def _mannequins(kit: Kit, palette: Palette, a: float, b: float, door_at: float, rng: np.random.Generator) -> None:
    """Figures in coats and dresses on a low stage behind the glass."""
    kit.put("painted", palette.paint(bars([((a + 0.3, 0, -1.3), (b - 0.3, 0.4, -0.3))]), (0.40, 0.36, 0.30)))
    for x in np.arange(a + 0.7, b - 0.6, 0.85).tolist():
        if abs(x - door_at) < 0.75:
            continue
        coat = [
            (0.0, 0.62),
            (0.26, 0.62),
            (0.22, 1.0),
            (0.16, 1.20),
            (0.20, 1.45),
            (0.13, 1.56),
            (0.05, 1.60),
            (0.045, 1.70),
            (0.0, 1.70),
        ]
        body = shapes.move(shapes.lathe(coat, 18), (x, 0.35, -0.75), scale=(1, 1, 0.65))
        kit.put("painted", palette.paint(body, _GOODS[int(rng.integers(len(_GOODS)))]))
        head = shapes.move(shapes.sphere(0.10, 12), (x, 2.12, -0.75), scale=(0.9, 1.2, 1.0))
        kit.put("painted", palette.paint(head, (0.55, 0.5, 0.44)))
        kit.put(
            "painted", palette.paint(shapes.move(shapes.cylinder(0.05, 0.4, 1.0, 8), (x, 0, -0.75)), (0.05, 0.05, 0.05))
        )


def _tables(kit: Kit, palette: Palette, a: float, b: float, rng: np.random.Generator) -> None:
    """A café: small tables with chairs, pendants over them, a counter."""
    kit.put("painted", palette.paint(bars([((a + 0.6, 0, -3.3), (b - 0.6, 1.08, -2.8))]), (0.20, 0.10, 0.05)))
    kit.put("painted", palette.paint(bars([((a + 0.5, 1.08, -3.35), (b - 0.5, 1.13, -2.7))]), (0.45, 0.43, 0.40)))
    for x in np.arange(a + 0.95, b - 0.5, 1.5).tolist():
        z = -1.15 + float(rng.uniform(-0.1, 0.1))
        top = shapes.lathe([(0, 0.72), (0.33, 0.72), (0.33, 0.75), (0, 0.75)], 20)
        foot = shapes.lathe([(0, 0.0), (0.2, 0.0), (0.03, 0.05), (0.03, 0.72)], 12)
        kit.put("painted", palette.paint(shapes.move(top, (x, 0, z)), (0.26, 0.14, 0.07)))
        kit.put("iron", shapes.move(foot, (x, 0, z)))
        for side in (-1, 1):
            at = x + side * 0.52
            seat = bars(
                [
                    ((at - 0.2, 0.43, z - 0.2), (at + 0.2, 0.47, z + 0.2)),
                    ((at + side * 0.17, 0.47, z - 0.2), (at + side * 0.2, 0.9, z + 0.2)),
                ]
            )
            legs = bars(
                [
                    (
                        (at + p * 0.17 - 0.015, 0, z + q * 0.17 - 0.015),
                        (at + p * 0.17 + 0.015, 0.44, z + q * 0.17 + 0.015),
                    )
                    for p in (-1, 1)
                    for q in (-1, 1)
                ]
            )
            kit.put("painted", palette.paint(shapes.merge([seat, legs]), (0.09, 0.05, 0.03)))
        kit.put("shop_light", shapes.move(shapes.sphere(0.09, 12), (x, 2.02, z)))
        kit.put("iron", bars([((x - 0.006, 2.08, z - 0.006), (x + 0.006, 3.1, z + 0.006))]))


def _stand(kit: Kit, palette: Palette, a: float, b: float, door_at: float, rng: np.random.Generator) -> None:
    """Stepped display behind the glass, piled with goods."""
    for level, (z, y) in enumerate(((-0.55, 0.55), (-0.85, 0.85), (-1.15, 1.15))):
        x = a + 0.35
        while x < b - 0.4:
            w = float(rng.uniform(0.14, 0.34))
            if abs(x + w / 2 - door_at) > 0.7:
                color = _GOODS[int(rng.integers(len(_GOODS)))]
                kit.put("painted", palette.paint(bars([((x, 0, z - 0.14), (x + w, y, z + 0.14))]), (0.30, 0.26, 0.20)))
                if rng.random() < 0.5:
                    ball = shapes.move(shapes.sphere(0.09, 10), (x + w / 2, y + 0.085, z))
                    kit.put("painted", palette.paint(ball, color))
                else:
                    h = float(rng.uniform(0.12, 0.3)) + 0.04 * level
                    kit.put(
                        "painted",
                        palette.paint(bars([((x + 0.02, y, z - 0.08), (x + w - 0.02, y + h, z + 0.08))]), color),
                    )
            x += w + 0.03


def _shutter(kit: Kit, palette: Palette, bay: float, rng: np.random.Generator, detail: int) -> None:
    """A closed shop: ribbed steel down to the pavement under an unlit fascia."""
    a, b = 0.28, bay - 0.28
    rows = 46 if detail else 8
    y = np.linspace(0.06, _HEAD, rows * 2 + 1)
    z = np.where(np.arange(len(y)) % 2, -0.115, -0.14)
    net = np.stack([np.column_stack([0 * y + x, y, z]) for x in (a, b)], axis=1)  # (R, 2, 3)
    colors: tuple[RGB, ...] = ((0.20, 0.205, 0.21), (0.12, 0.15, 0.16), (0.24, 0.20, 0.14), (0.08, 0.11, 0.09))
    kit.put("shutter_metal", shapes.facet(shapes.grid(net)))
    front = _FRONTS[int(rng.integers(len(_FRONTS)))]
    wood = [
        ((a, _HEAD, -0.36), (b, _HEAD + 0.12, 0.10)),
        ((a, _HEAD + 0.12, -0.3), (b, _HEAD + 0.88, 0.02)),
        ((a - 0.05, _HEAD + 0.86, -0.30), (b + 0.05, _HEAD + 0.98, 0.20)),
        ((a, 0.0, -0.18), (b, 0.07, -0.08)),
    ]
    kit.put("painted", palette.paint(bars(wood), front))
    kit.put(
        "painted",
        palette.paint(
            bars([((a, 0.0, -0.14), (a + 0.06, _HEAD, -0.06)), ((b - 0.06, 0, -0.14), (b, _HEAD, -0.06))]),
            colors[int(rng.integers(4))],
        ),
    )
    kit.put("signs_dark", shapes.move(fascia(bay - 0.9, 0.60, int(rng.integers(ROWS))), (bay / 2, _HEAD + 0.19, 0.03)))


def _doorway(kit: Kit, palette: Palette, wall: str, bay: float, rng: np.random.Generator) -> None:
    """The entrance to the floors above: steps, a panelled door under a lamp, a window beside it, wall about."""
    middle = bay * 0.5
    d0, d1 = middle - 0.62, middle + 0.62
    kit.put(
        wall,
        bars(
            [
                ((0.28, 0, -0.36), (d0, _HEAD + 0.95, 0)),
                ((d1, 0, -0.36), (bay - 0.28, _HEAD + 0.95, 0)),
                ((d0, 2.6, -0.36), (d1, _HEAD + 0.95, 0)),
            ]
        ),
    )
    kit.put(
        "trim",
        bars(
            [
                ((d0 - 0.18, 0, -0.3), (d0, 2.62, 0.08)),
                ((d1, 0, -0.3), (d1 + 0.18, 2.62, 0.08)),
                ((d0 - 0.26, 2.6, -0.3), (d1 + 0.26, 2.86, 0.16)),
                ((d0 - 0.3, 0, -0.7), (d1 + 0.3, 0.14, 0.24)),
            ]
        ),
    )
    color = _FRONTS[int(rng.integers(len(_FRONTS)))]
    leaf = [((d0, 0.14, -0.42), (d1, 2.6, -0.36))]
    leaf += [
        ((x, y, -0.37), (x + 0.38, y + h, -0.345))
        for x in (d0 + 0.14, d1 - 0.52)
        for y, h in ((0.34, 0.6), (1.08, 0.95), (2.14, 0.3))
    ]
    kit.put("painted", palette.paint(bars(leaf), color))
    kit.put("brass", shapes.move(shapes.sphere(0.035, 10), (d1 - 0.09, 1.12, -0.31)))
    kit.put("shop_light", shapes.move(shapes.sphere(0.10, 14), (middle, 2.98, 0.16)))
    kit.put(
        "iron",
        bars(
            [((middle - 0.02, 3.05, 0.0), (middle + 0.02, 3.09, 0.16)), ((d0 - 0.5, 1.2, 0.0), (d0 - 0.28, 1.5, 0.03))]
        ),
    )


def awning(kit: Kit, palette: Palette, bay: float, rng: np.random.Generator) -> None:
    """Striped canvas over the shop window, with a scalloped edge and its iron arms."""
    out, high, low = float(rng.uniform(1.0, 1.5)), _HEAD + 0.08, _HEAD - 0.38
    pair = _CANVAS[int(rng.integers(len(_CANVAS)))]
    a, b = 0.30, bay - 0.30
    edges = np.linspace(a, b, 2 * max(3, round((b - a) / 0.55)) + 1)
    for number, (x0, x1) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        t = np.linspace(0, 1, 5)
        sag = 0.05 * np.sin(np.pi * t)
        line = np.column_stack([0 * t, high + (low - high) * t - sag, 0.06 + out * t])
        net = np.stack([line + np.array([x, 0, 0]) for x in (x1, x0)], axis=1)
        canvas = [shapes.grid(net)]
        canvas.append(
            shapes.quad(
                (x0, low - 0.20, 0.06 + out), (x1, low - 0.20, 0.06 + out), (x1, low, 0.06 + out), (x0, low, 0.06 + out)
            )
        )
        kit.put("canvas", *[palette.paint(m, pair[number % 2]) for m in canvas])
    for x in (a + 0.05, b - 0.05):
        kit.put(
            "iron",
            shapes.tube(
                [(x, high - 0.75, 0.03), (x, (high + low) / 2 - 0.4, 0.06 + out / 2), (x, low, 0.06 + out)], 0.012, 5
            ),
        )
