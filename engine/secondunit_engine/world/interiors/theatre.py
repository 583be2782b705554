"""The parts of a theatre: pleated drapes, a gilded proscenium, boxes and a balcony, seats in raked rows.

Parts are kits by material, in metres. The house lies towards +Z of the stage; materials are `velvet`, `gold`,
`plaster`, `seat`, `wood`, `dark`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props import spectators

Array = NDArray[np.floating]


def drape(width: float, height: float, seed: int, fold: float = 0.34, depth: float = 0.11) -> Mesh:
    """A curtain of `width` and `height` [m] in the plane z = 0, gathered in folds, its foot at y = 0, facing +Z."""
    rng = np.random.Generator(np.random.PCG64([seed, 71]))
    count = max(2, round(width / fold))
    x = np.linspace(-width / 2, width / 2, 10 * count + 1)
    widths = rng.uniform(0.75, 1.25, count)
    knots = np.concatenate([[0], np.cumsum(widths)]) / widths.sum() * count
    phase = np.interp(np.linspace(0, count, len(x)), np.arange(count + 1), knots) * 2 * np.pi
    deep = np.interp(np.linspace(0, count, len(x)), np.arange(count + 1), rng.uniform(0.7, 1.2, count + 1))
    y = np.linspace(0, height, 13)[:, None]
    fall = 0.55 + 0.45 * (1 - y / height)  # gathered at the top, loose at the foot
    lean = 0.04 * np.sin(3 * y / height + 0.5 * phase[None])
    z = depth * deep * fall * (np.sin(phase) + 0.25 * np.sin(2 * phase + 1.0)) + lean
    sway = 0.03 * fall * np.cos(phase)
    return shapes.grid(np.stack(np.broadcast_arrays(x + sway, y, z), axis=-1))


def swag(width: float, drop: float) -> Mesh:
    """A festoon between two points `width` apart on y = 0, hanging `drop` metres, with curved folds, facing +Z."""
    u = np.linspace(-1, 1, 25)[None, :]
    v = np.linspace(0, 1, 17)[:, None]
    sag = drop * (1 - u**2) * (0.25 + 0.75 * v) + 0.10 * drop * v
    bulge = 0.16 * (1 - u**2) * np.sin(np.pi * (0.15 + 0.85 * v)) + 0.035 * np.sin(v * 7 * np.pi) * (1 - 0.6 * u**2)
    points = np.stack(np.broadcast_arrays(u * width / 2, -sag, bulge), axis=-1)
    return shapes.grid(points[::-1])


def proscenium(opening: tuple[float, float], outer: tuple[float, float], thick: float = 0.7) -> Kit:
    """The wall about the opening of a stage (width, height), itself (width, height) large, its front at z = 0: gilded
    mouldings, pilasters, a frieze of rosettes, a cartouche over the middle."""
    kit = Kit()
    w, h = opening[0] / 2, opening[1]
    r = 0.9
    t = np.linspace(0, np.pi / 2, 9)
    right = np.column_stack([w - r + r * np.cos(t), h - r + r * np.sin(t)])
    hole = np.concatenate([[[w, -0.001]], right, right[::-1] * [-1, 1], [[-w, -0.001]]])
    a, b = outer[0] / 2, outer[1]
    wall = np.concatenate([[[-a, 0], [-w, 0]], hole[1:-1][::-1], [[w, 0], [a, 0], [a, b], [-a, b]]])
    kit.put("plaster", shapes.move(shapes.extrude(wall, thick), (0, 0, -thick)))
    for out, radius in ((0.10, 0.075), (0.30, 0.05), (0.72, 0.09)):
        grown = hole[1:-1] * [1 + out / w, 1 + out / h]
        path = np.concatenate([[[w + out, 0]], grown, [[-w - out, 0]]])
        kit.put("gold", shapes.tube(np.column_stack([path, np.full(len(path), 0.02)]), radius, 8))
    run = np.concatenate([[[w + 0.5, 0.3]], hole[1:-1] * [1 + 0.5 / w, 1 + 0.5 / h], [[-w - 0.5, 0.3]]])
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(run, axis=0), axis=1))])
    at = np.arange(0.2, length[-1], 0.42)
    places = np.column_stack([np.interp(at, length, run[:, k]) for k in (0, 1)])
    petal = shapes.lathe([[0.0, 0.05], [0.05, 0.04], [0.09, 0.0], [0.11, 0.02], [0.13, 0.0]][::-1], 10)
    rosette = shapes.stand_up(petal)
    kit.put("gold", shapes.array(rosette, np.column_stack([places, np.full(len(places), 0.01)])))
    for side in (-1, 1):
        x = side * (w + 1.35)
        kit.put("plaster", bars([((x - 0.34, 0, 0), (x + 0.34, h + 0.6, 0.16))]))
        flutes = [shapes.tube([(x + dx, 0.7, 0.16), (x + dx, h - 0.2, 0.16)], 0.035, 6) for dx in (-0.2, 0, 0.2)]
        foot = bars([((x - 0.42, 0, 0), (x + 0.42, 0.5, 0.24)), ((x - 0.42, h + 0.1, 0), (x + 0.42, h + 0.5, 0.26))])
        kit.put("gold", *flutes, foot)
    kit.put("plaster", bars([((-a, h + 1.0, 0), (a, h + 1.3, 0.3)), ((-a, h + 1.3, 0), (a, h + 1.42, 0.42))]))
    kit.put("gold", bars([((-a, h + 1.0, 0.28), (a, h + 1.06, 0.34)), ((-a, h + 1.36, 0.38), (a, h + 1.42, 0.46))]))
    shield = shapes.move(shapes.sphere(0.6, 24), (0, h + 0.55, 0.02), scale=(1.0, 1.1, 0.3))
    scrolls = []
    for side in (-1, 1):
        turn = np.linspace(0, 2.6 * np.pi, 30)
        reach = 0.42 * (1 - turn / 10)
        curl = [side * (0.95 + reach * np.cos(turn)), h + 0.45 + reach * np.sin(turn), 0.06 + 0 * turn]
        scrolls.append(shapes.tube(np.column_stack(curl), np.linspace(0.075, 0.03, 30), 8))
    kit.put("gold", shield, *scrolls)
    return kit


def box_tier(radius: float = 1.15) -> tuple[Kit, Mesh]:
    """A box that bulges from the wall x = 0 towards +X, its floor at y = 0: parapet, gilded rims, drapes, a dark room
    behind; and the globe of its lamp."""
    kit = Kit()
    turn = np.linspace(-np.pi / 2, np.pi / 2, 25)
    profile = (
        (0.0, -0.28),
        (0.55, -0.26),
        (0.92, -0.12),
        (1.0, 0.05),
        (0.97, 0.3),
        (1.0, 0.62),
        (1.06, 0.82),
        (1.0, 0.86),
    )
    rings = [
        np.column_stack([k * radius * np.cos(turn), np.full(25, y), k * radius * np.sin(turn)]) for k, y in profile
    ]
    kit.put("plaster", shapes.grid(np.stack(rings)[:, ::-1]))
    for k, y, thick in ((1.07, 0.84, 0.045), (1.01, 0.06, 0.05), (0.99, 0.5, 0.025), (0.93, -0.12, 0.04)):
        ring = np.column_stack([k * radius * np.cos(turn), np.full(25, y), k * radius * np.sin(turn)])
        kit.put("gold", shapes.tube(ring, thick, 8))
    boss = shapes.sphere(0.09, 10)
    places = [(1.01 * radius * np.cos(a), 0.28, 1.01 * radius * np.sin(a)) for a in np.linspace(-1.1, 1.1, 5)]
    kit.put("gold", shapes.array(boss, places, scales=(1, 1.5, 1)))
    kit.put("dark", bars([((0.0, 0.0, -radius), (0.02, 2.3, radius)), ((0, -0.02, -radius), (0.5, 0.0, radius))]))
    side = shapes.move(drape(0.55, 2.25, 5, 0.2, 0.06), (0.10, 0.0, 0), 90)
    kit.put("velvet", *(shapes.move(side, (0, 0, z)) for z in (-radius + 0.3, radius - 0.3)))
    top = shapes.move(swag(2 * radius, 0.42), (0.16, 2.3, 0), 90)
    kit.put("velvet", top)
    kit.put("gold", bars([((0, 2.28, -radius), (0.2, 2.36, radius))]))
    for z in (-radius, radius):
        kit.put("gold", shapes.tube([(0.1, 0, z), (0.1, 2.3, z)], 0.05, 8))
    stem = shapes.tube([(1.0 * radius, 0.3, 0), (1.16 * radius, 0.36, 0), (1.2 * radius, 0.5, 0)], 0.015, 6)
    kit.put("gold", stem)
    return kit, shapes.move(shapes.sphere(0.085, 14), (1.2 * radius, 0.58, 0))


def seat() -> Kit:
    """A tip-up seat, folded down, whose sitter looks to -Z: cushion, rounded back, arms."""
    kit = Kit()
    cushion = shapes.soft_box((-0.23, 0.36, -0.24), (0.23, 0.47, 0.20), 0.04)
    back = shapes.soft_box((-0.24, 0.42, 0.18), (0.24, 0.98, 0.28), 0.05)
    kit.put("seat", cushion, back)
    kit.put("wood", bars([((x - 0.025, 0.0, -0.18), (x + 0.025, 0.62, 0.24)) for x in (-0.27, 0.27)]))
    kit.put("wood", shapes.soft_box((-0.25, 0.30, 0.27), (0.25, 1.0, 0.30), 0.01))
    return kit


def rows(
    rng: np.random.Generator, floors: list[tuple[float, float]], half: float, aisle: float, taken: float
) -> tuple[Kit, Mesh]:
    """Seats on rows of (z, height of their floor), to both sides of a middle aisle half as wide as `aisle`, and people
    on a share of them who look to -Z; people's texture coordinates point into a palette. Nobody sits within 3.2 m of
    the aisle behind z = 8.5, where wide cameras stand: a spectator is made to be seen from further away."""
    chairs = np.arange(aisle + 0.3, half, 0.56)
    across = np.concatenate([-chairs[::-1], chairs])
    places = np.array([(x, y, z) for z, y in floors for x in across])
    kit = Kit()
    kit.array(seat(), places)
    near = (np.abs(places[:, 0]) < 3.2) & (places[:, 2] > 8.5) & (places[:, 1] < 1.0)  # not on the balcony
    sitting = places[(rng.random(len(places)) < taken) & ~near]
    people = spectators.crowd(rng, sitting, np.full(len(sitting), 180.0), 0.0, 6).people
    return kit, people
