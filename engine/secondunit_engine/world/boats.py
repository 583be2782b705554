"""Small craft and what they lie at: rowing boats, decks of planks, piles, rope. Parts of a `Kit`, texture in metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]


def rowing_boat(length: float = 4.2, beam: float = 1.5, depth: float = 0.58) -> Kit:
    """An open clinker boat along Z, bow at +Z, keel at y = 0: materials `hull`, `inside`, `trim`."""
    kit = Kit()
    t = np.linspace(0, 1, 33)  # stern to bow
    half = beam / 2 * (0.78 + 0.22 * np.sin(np.pi * np.clip(t * 1.25, 0, 1)))
    half = half * np.sin(np.pi / 2 * np.clip((1.01 - t) / 0.6, 0.0, 1)) ** 0.8
    sheer = depth * (1 + 0.16 * (1 - t) ** 2 + 0.42 * np.clip(t - 0.35, 0, 1) ** 1.8)
    keel = 0.04 + 0.62 * depth * np.clip((t - 0.80) / 0.2, 0, 1) ** 2.2
    along = (t - 0.5) * length + 0.10 * np.clip(t - 0.8, 0, 1)
    strakes = 7
    a = np.linspace(0, 1, strakes + 1)
    outer = np.empty((len(t), 2 * strakes, 3))
    for k in range(strakes):  # each plank stands 1.5 cm proud of the one above
        for side, (part, proud) in enumerate(((a[k], 0.0), (a[k + 1], 0.016))):
            turn = part * np.pi / 2
            outer[:, 2 * k + side] = np.column_stack(
                [
                    half * np.sin(turn) ** 0.62 + proud * (half > 0.02),
                    keel + (sheer - keel) * (1 - np.cos(turn) ** 1.25),
                    along,
                ]
            )
    inner = outer.copy()
    inner[..., 0] *= np.clip(1 - 0.045 / np.maximum(half, 0.05), 0.02, 1)[:, None]
    inner[:, 0, 1] += 0.05
    for hand in (1, -1):
        flip = np.array([hand, 1, 1])
        skin, back = outer[:, ::-hand] * flip, inner[:, ::hand] * flip
        kit.put("hull", shapes.facet(shapes.grid(skin)))
        kit.put("inside", shapes.grid(back))
        rail = outer[:, -1] * flip + [0.01 * hand, 0.012, 0]
        kit.put("trim", shapes.tube(rail, 0.027, 8))
    kit.put("inside", shapes.grid(np.stack([outer[0], outer[0] * [-1, 1, 1]], axis=1)))
    for at, wide in ((-0.30, 0.24), (-0.02, 0.22), (0.25, 0.20)):
        reach = float(np.interp(at + 0.5, t, half)) - 0.03
        kit.put(
            "trim",
            shapes.box(
                (-reach, 0.66 * depth, at * length - wide / 2), (reach, 0.66 * depth + 0.03, at * length + wide / 2)
            ),
        )
    for at in np.linspace(-0.42, 0.36, 9).tolist():  # ribs
        section = np.array(
            [[np.interp(at + 0.5, t, inner[:, k, axis]) for axis in range(3)] for k in range(2 * strakes)]
        )
        for hand in (1, -1):
            kit.put("trim", shapes.tube(section * [hand, 1, 1] + [0, 0.01, 0], 0.014, 6))
    kit.put("trim", bars([((-0.22, 0.09, -0.40 * length), (0.22, 0.12, 0.32 * length))]))
    for hand in (1, -1):
        oar = np.array([[0.20 * hand, 0.66 * depth + 0.06, -1.25], [0.34 * hand, 0.66 * depth + 0.07, 1.05]])
        kit.put("trim", shapes.tube(oar, 0.024, 8))
        blade = shapes.soft_box((-0.07, -0.012, -0.55), (0.07, 0.012, 0.0))
        kit.put("trim", shapes.move(blade, oar[0], 3.0 * hand))
    return kit


def deck(
    rng: np.random.Generator,
    low: ArrayLike,
    high: ArrayLike,
    plank: float = 0.18,
    gap: float = 0.012,
    thick: float = 0.045,
) -> Mesh:
    """Planks across X, top at y = 0 give or take a few millimetres, between level corners (x, z) [m]; grain along X."""
    (x0, z0), (x1, z1) = np.asarray(low, float), np.asarray(high, float)
    boards = []
    for z in np.arange(z0, z1 - 0.5 * plank, plank):
        jut = rng.normal(0, 0.012, 2)
        board = shapes.soft_box(
            (x0 + jut[0], -thick, z), (x1 + jut[1], float(rng.normal(0, 0.0022)), z + plank - gap), 0.006
        )
        # Every board is cut from elsewhere in the tree: its own place on the texture.
        uv = np.column_stack([board.points[:, 2] * 1.0, board.points[:, 0] * 0.8]) + rng.random(2) * 7
        boards.append(Mesh(board.points, board.triangles, board.normals, uv.astype(np.float32)))
    return shapes.merge(boards)


def pile(height: float, radius: float, sides: int = 18) -> Mesh:
    """A round timber pile from y = -height to 0, slightly tapered, its head weathered round."""
    r = radius
    profile = [
        [0.98 * r, -height],
        [r, -0.5 * height],
        [0.96 * r, -0.06],
        [0.86 * r, -0.012],
        [0.55 * r, 0.0],
        [0, 0.004],
    ]
    return shapes.lathe(profile, sides, crease=70)


def rope(start: ArrayLike, end: ArrayLike, sag: float, radius: float = 0.016) -> Mesh:
    """A rope that hangs between two points [m]."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    t = np.linspace(0, 1, 19)[:, None]
    return shapes.tube(a + (b - a) * t - np.array([0, 1, 0]) * (4 * sag * t * (1 - t)), radius, 7)


def coil(radius: float, turns: int = 5, thick: float = 0.018) -> Mesh:
    """Rope coiled on a deck at the origin."""
    angle = np.linspace(0, 2 * np.pi * turns, 26 * turns)
    out = radius * (1 - 0.10 * np.sin(angle * 0.31)) - 0.012 * np.mod(angle / (2 * np.pi), 3)
    path = np.column_stack([out * np.sin(angle), thick * (0.9 + 1.5 * angle / (2 * np.pi) / 1.6), out * np.cos(angle)])
    return shapes.tube(path, thick, 7)
