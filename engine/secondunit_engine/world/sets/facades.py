"""Buildings with a street front: piers, spandrels, windows in deep reveals, cornices, fire escapes, roofs.

A building stands in its own space: the front is the plane z = 0 and faces +Z, x runs along it from 0 to its width, y
up from the pavement. Materials by name: `brick_a`, `brick_b`, `stone`, `stucco`, `concrete` walls, `trim` (sills,
lintels, cornices), `frame`, `glass`, `rooms` (what shines), `iron`, `roof`, `painted` (the palette's).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.author import Mesh
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.sets.rooms_lit import CELLS, ROOMS, panes, room_boxes

BASE: Final = 4.2  # m of the ground floor
_WALL: Final = 0.36  # m from the front to the back of a wall; windows sit in the middle of it
_PANE: Final = -0.20  # z of the glass


@dataclass(frozen=True)
class Facade:
    """What a building is like. Lengths in metres.

    wall: A material. kind: "sash", "casement", "office" or "ribbon" windows. bay, floor: From window to window, and
    from floor to floor. window: Width and height. sill: Height of the sills over a floor. lit: Share of the windows
    that shine. detail: 2 near the camera, 1 down the street, 0 in the distance.
    """

    width: float
    floors: int
    wall: str = "brick_a"
    kind: str = "sash"
    bay: float = 2.6
    floor: float = 3.3
    window: tuple[float, float] = (1.15, 1.85)
    sill: float = 0.75
    lit: float = 0.3
    depth: float = 13.0
    detail: int = 2
    escape: bool = False

    @property
    def top(self) -> float:
        """Height of the roof's edge."""
        return BASE + self.floors * self.floor


def random_facade(rng: np.random.Generator, width: float, era: str, lit: float, detail: int) -> Facade:
    """A building as the era builds: brick walk-ups and stone fronts, glass offices later, slabs of light to come."""
    old = era not in ("present", "future")
    shares = (0.46, 0.28, 0.20, 0.06, 0.0) if old else (0.34, 0.18, 0.16, 0.22, 0.10)
    if era == "future":
        shares = (0.12, 0.0, 0.08, 0.35, 0.45)
    kind = int(rng.choice(5, p=shares))
    jitter = float(rng.uniform(0.94, 1.06))
    if kind == 0:
        wall, floors = ("brick_a", "brick_b")[int(rng.integers(2))], int(rng.integers(3, 6))
        return Facade(
            width,
            floors,
            wall,
            "sash",
            2.45 * jitter,
            3.2,
            (1.08, 1.80),
            0.75,
            lit,
            detail=detail,
            escape=bool(rng.random() < 0.55),
        )
    if kind == 1:
        return Facade(
            width, int(rng.integers(4, 7)), "stone", "sash", 2.9 * jitter, 3.6, (1.3, 2.2), 0.7, lit, detail=detail
        )
    if kind == 2:
        return Facade(
            width,
            int(rng.integers(3, 6)),
            "stucco",
            "casement",
            2.7 * jitter,
            3.1,
            (1.15, 1.65),
            0.85,
            lit,
            detail=detail,
        )
    floors = int(rng.integers(5, 9)) + (9 if era == "future" else 0)
    if kind == 3:
        return Facade(
            width, floors, "concrete", "office", 3.1 * jitter, 3.5, (2.35, 2.1), 0.85, lit * 1.2, detail=detail
        )
    return Facade(width, floors, "concrete", "ribbon", 3.0 * jitter, 3.6, (2.85, 2.6), 0.6, lit * 1.3, detail=detail)


def build_facade(spec: Facade, rng: np.random.Generator) -> Kit:
    """The building above and behind its ground floor, which `shopfronts` fills, in its own space."""
    kit = Kit()
    count = max(1, int((spec.width - 0.9) // spec.bay))
    edge = (spec.width - count * spec.bay) / 2
    x = edge + (np.arange(count) + 0.5) * spec.bay  # (C,) middles of windows
    sills = BASE + np.arange(spec.floors) * spec.floor + spec.sill  # (F,)
    _add_wall(kit, spec, edge, x, sills)
    places = np.stack([g.ravel() for g in np.meshgrid(x, sills)] + [np.zeros(count * spec.floors)], axis=-1)
    _add_windows(kit, spec, places, rng)
    _add_crown(kit, spec, rng)
    _add_body(kit, spec)
    if spec.escape and spec.detail > 0 and count > 3:
        at = int(rng.integers(1, count - 1))
        kit.place(fire_escape(spec, spec.bay * 1.55), (x[at], 0, 0))
    if spec.detail > 1:
        _add_clutter(kit, spec, x, sills, rng)
    return kit


def _add_wall(kit: Kit, spec: Facade, edge: float, x: NDArray[np.floating], sills: NDArray[np.floating]) -> None:
    """Piers between the windows from the ground floor to the roof, and a band of wall under and over each row."""
    w, h = spec.window
    lefts = np.concatenate([[0.0], x + w / 2])
    rights = np.concatenate([x - w / 2, [spec.width]])
    piers = [((a, BASE, -_WALL), (b, spec.top, 0)) for a, b in zip(lefts.tolist(), rights.tolist(), strict=True)]
    back = -0.03 if spec.kind in ("sash", "casement") else -0.10  # spandrels stand back a little between the piers
    bands = [BASE, *[v for sill in sills.tolist() for v in (sill, sill + h)], spec.top]
    spandrels = [
        ((edge, a, -_WALL), (spec.width - edge, b, back)) for a, b in zip(bands[::2], bands[1::2], strict=True)
    ]
    kit.put(spec.wall, bars(piers))
    kit.put("panel" if spec.kind == "ribbon" else spec.wall, bars(spandrels))
    if spec.kind == "sash":
        kit.put(
            "trim",
            bars(
                [
                    ((0, BASE - 0.02, 0), (spec.width, BASE + 0.22, 0.10)),
                    ((0, BASE + 0.22, 0), (spec.width, BASE + 0.28, 0.05)),
                ]
            ),
        )
    if spec.wall == "stone":  # string courses, and rustication of the first floor
        rows = [((0, y - 0.75 - 0.12, 0), (spec.width, y - 0.75 + 0.06, 0.07)) for y in sills[1:].tolist()]
        kit.put("trim", bars(rows)) if rows else None


def _add_windows(kit: Kit, spec: Facade, places: NDArray[np.floating], rng: np.random.Generator) -> None:
    w, h = spec.window
    unit = _window(spec)
    kit.array(unit, places)
    chance = rng.random(len(places))
    lit = chance < spec.lit
    if spec.kind in ("office", "ribbon"):  # whole floors work late
        floor = np.repeat(rng.random(spec.floors) < spec.lit * 0.9, len(places) // spec.floors)
        lit = np.where(floor, chance < 0.85, chance < spec.lit * 0.4)
    curtained = lit & (rng.random(len(places)) < (0.38 if spec.kind in ("sash", "casement") else 0.15))
    deep = lit & ~curtained
    if deep.any():
        cells = rng.integers(0, ROOMS, int(deep.sum()))
        kit.put("rooms", room_boxes(places[deep] + [0, 0, _PANE], w, h, 1.7 if h < 2.4 else 3.0, cells))
    if curtained.any():
        cells = rng.integers(ROOMS, CELLS**2, int(curtained.sum()))
        kit.put("rooms", panes(places[curtained] + [0, 0, _PANE - 0.08], w, h, cells))
    dark = places[~lit]
    if len(dark):
        # No two panes lie in one plane, so that the street is broken up in them.
        pane = shapes.quad((-w / 2, 0, 0), (w / 2, 0, 0), (w / 2, h, 0), (-w / 2, h, 0))
        kit.put("glass", shapes.array(pane, dark + np.array([0, 0, _PANE]), rng.normal(0, 0.7, len(dark))))


def _window(spec: Facade) -> Kit:
    """Frame, bars, sill and lintel of one window, its opening's lower middle at the origin."""
    kit, (w, h), z = Kit(), spec.window, _PANE
    t = 0.055
    frame = [
        ((-w / 2, 0, z - 0.03), (-w / 2 + t, h, z + 0.05)),
        ((w / 2 - t, 0, z - 0.03), (w / 2, h, z + 0.05)),
        ((-w / 2, h - t, z - 0.03), (w / 2, h, z + 0.05)),
        ((-w / 2, 0, z - 0.03), (w / 2, t, z + 0.05)),
    ]
    if spec.detail == 0:
        frame = []
    if spec.kind == "sash":
        frame += [((-w / 2, h * 0.5 - 0.03, z - 0.02), (w / 2, h * 0.5 + 0.03, z + 0.04))]
        if spec.detail:
            frame += [((-0.015, 0, z - 0.02), (0.015, h, z + 0.025))]
    elif spec.kind == "casement":
        frame += [((-0.035, 0, z - 0.02), (0.035, h, z + 0.04))]
        if spec.detail:
            frame += [((-w / 2, h * 0.68, z - 0.02), (w / 2, h * 0.68 + 0.04, z + 0.03))]
    else:
        frame += [
            ((-0.025, 0, z - 0.02), (0.025, h, z + 0.05)),
            ((-w / 2, h * 0.3, z - 0.02), (w / 2, h * 0.3 + 0.05, z + 0.05)),
        ]
    kit.put("frame", bars(frame)) if frame else None
    if spec.kind == "sash":
        kit.put("trim", bars([((-w / 2 - 0.10, -0.10, z), (w / 2 + 0.10, 0.0, 0.09))]))
        if spec.detail:
            kit.put(
                "trim",
                bars(
                    [
                        ((-w / 2 - 0.14, h, -0.05), (w / 2 + 0.14, h + 0.24, 0.035)),
                        ((-0.09, h - 0.01, 0), (0.09, h + 0.28, 0.06)),
                    ]
                ),
            )
    elif spec.kind == "casement":
        kit.put("trim", bars([((-w / 2 - 0.06, -0.07, z), (w / 2 + 0.06, 0.0, 0.06))]))
        if spec.detail > 1:  # shutters folded back against the wall
            for side in (-1, 1):
                a = side * (w / 2 + 0.03)
                slats = [
                    ((min(a, a + side * 0.5), y, 0.0), (max(a, a + side * 0.5), y + 0.055, 0.045))
                    for y in np.arange(0.0, h - 0.05, 0.085).tolist()
                ]
                kit.put(
                    "shutter", bars(slats), bars([((min(a, a + side * 0.5), 0, 0), (max(a, a + side * 0.5), h, 0.02))])
                )
    return kit


def _add_crown(kit: Kit, spec: Facade, rng: np.random.Generator) -> None:
    """A cornice with brackets on old fronts, a parapet with a coping on new ones."""
    top, w = spec.top, spec.width
    if spec.kind == "sash":
        tall = float(rng.uniform(0.5, 0.9))
        rows = [
            ((0, top, -0.3), (w, top + tall * 0.35, 0.10)),
            ((-0.05, top + tall * 0.35, -0.3), (w + 0.05, top + tall * 0.8, 0.42)),
            ((-0.1, top + tall * 0.8, -0.3), (w + 0.1, top + tall, 0.52)),
        ]
        kit.put("trim", bars(rows))
        bracket = bars(
            [
                ((-0.08, top - 0.10, 0.0), (0.08, top + tall * 0.35, 0.34)),
                ((-0.08, top - 0.4, 0.0), (0.08, top - 0.1, 0.14)),
            ]
        )
        unit = Kit()
        unit.put("trim", bracket)
        at = np.arange(0.4, w - 0.3, 0.95 if spec.detail else 1.9)
        kit.array(unit, np.column_stack([at, 0 * at, 0 * at]))
        kit.put(spec.wall, bars([((0, top + tall, -0.35), (w, top + tall + 0.5, -0.05))]))
    else:
        kit.put(spec.wall, bars([((0, top, -0.35), (w, top + 0.9, 0.0))]))
        kit.put("trim", bars([((-0.03, top + 0.9, -0.40), (w + 0.03, top + 0.98, 0.05))]))


def _add_body(kit: Kit, spec: Facade) -> None:
    """Party walls, back and roof, and the dark behind the ground floor."""
    w, d, top = spec.width, spec.depth, spec.top
    kit.put(
        spec.wall,
        bars(
            [
                ((0, 0, -d), (0.3, top + 0.5, -_WALL)),
                ((w - 0.3, 0, -d), (w, top + 0.5, -_WALL)),
                ((0, 0, -d - 0.3), (w, top + 0.5, -d)),
            ]
        ),
    )
    kit.put("roof", bars([((0.3, top - 0.3, -d), (w - 0.3, top, -_WALL))]))
    kit.put("dark", bars([((0.3, BASE - 0.25, -d), (w - 0.3, BASE - 0.05, -_WALL))]))


def fire_escape(spec: Facade, width: float) -> Kit:
    """Iron balconies at each floor, railings, slanted stairs and a drop ladder; x = 0 is its middle."""
    kit, iron = Kit(), []
    deep, half = 1.05, width / 2
    floors = [BASE + k * spec.floor + 0.1 for k in range(spec.floors)]
    for y in floors:
        iron += [((-half, y - 0.05, 0.0), (half, y, 0.05)), ((-half, y - 0.05, deep - 0.05), (half, y, deep))]
        iron += [((x - 0.012, y - 0.03, 0), (x + 0.012, y, deep)) for x in np.arange(-half, half + 0.01, 0.10).tolist()]
        for rail in (0.5, 1.0):
            iron += [((-half, y + rail - 0.02, deep - 0.03), (half, y + rail + 0.02, deep))]
            iron += [
                ((s * half - 0.015, y + rail - 0.02, 0), (s * half + 0.015, y + rail + 0.02, deep)) for s in (-1, 1)
            ]
        step = 0.16 if spec.detail > 1 else 0.4
        iron += [
            ((x - 0.009, y, deep - 0.025), (x + 0.009, y + 1.0, deep - 0.005))
            for x in np.arange(-half, half + 0.01, step).tolist()
        ]
        iron += [((s * half - 0.02, y - 0.7, 0.0), (s * half + 0.02, y - 0.6, 0.05)) for s in (-1, 1)]
    kit.put("iron", bars(iron))
    for number, (low, high) in enumerate(itertools.pairwise(floors)):
        side = 1 if number % 2 else -1
        kit.put("iron", *_stair((-side * half * 0.55, low, 0.55), (side * half * 0.55, high, 0.55)))
    kit.put("iron", *_ladder((half * 0.6, 2.6, deep - 0.12), floors[0] - 2.6 + 0.9))
    return kit


def _stair(start: tuple[float, float, float], end: tuple[float, float, float]) -> list[Mesh]:
    """Two stringers, two handrails and treads."""
    a, b = np.array(start), np.array(end)
    parts = []
    for side, rise, radius in ((-1, 0, 0.03), (1, 0, 0.03), (-1, 0.85, 0.016), (1, 0.85, 0.016)):
        shift = np.array([0, rise, 0.3 * side])
        parts.append(shapes.tube(np.stack([a, (a + b) / 2, b]) + shift, radius, 4))
    for t in np.linspace(0.06, 0.94, 11):
        x, y, z = (a + (b - a) * t).tolist()
        parts.append(shapes.box((x - 0.10, y - 0.015, z - 0.3), (x + 0.10, y + 0.015, z + 0.3)))
    return parts


def _ladder(foot: tuple[float, float, float], height: float) -> list[Mesh]:
    x, y, z = foot
    rails = [shapes.box((x + s * 0.2 - 0.02, y, z - 0.02), (x + s * 0.2 + 0.02, y + height, z + 0.02)) for s in (-1, 1)]
    return rails + [
        shapes.box((x - 0.2, v, z - 0.012), (x + 0.2, v + 0.024, z + 0.012))
        for v in np.arange(y + 0.15, y + height, 0.28).tolist()
    ]


def _add_clutter(
    kit: Kit, spec: Facade, x: NDArray[np.floating], sills: NDArray[np.floating], rng: np.random.Generator
) -> None:
    """Air conditioners in windows, a rain pipe, cables along the wall, flower boxes."""
    w, _ = spec.window
    for _ in range(int(rng.integers(1, 5)) if spec.kind in ("sash", "casement") else 0):
        at, sill = float(rng.choice(x)), float(rng.choice(sills))
        kit.put("metal", bars([((at - 0.32, sill, -0.15), (at + 0.32, sill + 0.42, 0.34))]))
        kit.put(
            "iron",
            bars(
                [
                    ((at - 0.28, sill + 0.04 + k * 0.06, 0.34), (at + 0.28, sill + 0.07 + k * 0.06, 0.35))
                    for k in range(6)
                ]
            ),
        )
    pipe = 0.18 if rng.random() < 0.5 else spec.width - 0.18
    kit.put("iron", shapes.tube([(pipe, 0.1, 0.09), (pipe, spec.top / 2, 0.09), (pipe, spec.top, 0.09)], 0.055, 8))
    kit.put(
        "iron",
        bars([((pipe - 0.09, y, 0), (pipe + 0.09, y + 0.05, 0.16)) for y in np.arange(2.2, spec.top, 2.4).tolist()]),
    )
    if spec.wall.startswith("brick"):
        y = BASE + 0.45
        sag = np.linspace(0, 1, 12)
        kit.put(
            "iron",
            shapes.tube(np.column_stack([sag * spec.width, y - 0.25 * sag * (1 - sag), 0.03 + 0 * sag]), 0.012, 5),
        )
    if spec.kind == "casement":
        for at in rng.choice(x, min(3, len(x)), replace=False).tolist():
            sill = float(rng.choice(sills))
            kit.put("trim", bars([((at - w / 2, sill - 0.05, 0.06), (at + w / 2, sill + 0.16, 0.28))]))
            for dx in np.linspace(-w / 2 + 0.08, w / 2 - 0.08, 7).tolist():
                ball = shapes.move(
                    shapes.sphere(0.10, 8), (at + dx, sill + 0.2 + rng.uniform(-0.02, 0.05), 0.18), scale=(1, 0.8, 1)
                )
                kit.put("leaves", ball)
