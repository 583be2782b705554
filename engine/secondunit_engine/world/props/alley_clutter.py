"""What stands in alleys: dumpsters, bins, bags, crates, pallets, meter boxes. Each at the origin, its front to +Z."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, Palette, bars
from secondunit_engine.world.mesh import Mesh


def dumpster(palette: Palette) -> Kit:
    """A steel dumpster of 1.9 m with ribs, sloped lids, fork pockets and castors."""
    kit = Kit()
    side = [(-0.55, 0.16), (0.50, 0.16), (0.62, 1.02), (-0.62, 1.30)]
    body = shapes.move(shapes.extrude(side, 1.86), (-0.93, 0, 0), 90)
    kit.put("painted", palette.paint(body, (0.025, 0.075, 0.045)))
    ribs = [((x - 0.03, 0.2, 0.50), (x + 0.03, 1.0, 0.60)) for x in np.linspace(-0.8, 0.8, 6).tolist()]
    ribs += [((s * 0.97 - 0.04, 0.45, -0.35), (s * 0.97 + 0.04, 0.65, 0.45)) for s in (-1, 1)]
    kit.put("painted", palette.paint(bars(ribs), (0.02, 0.06, 0.036)))
    for s in (-1, 1):
        lid = np.array([(0.0, 1.33, -0.66), (0.0, 1.05, 0.68)])
        net = np.stack([lid + np.array([s * x, 0, 0]) for x in (0.02, 0.94)])
        kit.put("car_dark", shapes.grid(net), shapes.grid(net - [0, 0.03, 0]))
    kit.put("iron", *[shapes.move(shapes.sphere(0.085, 12), (x, 0.085, z)) for x in (-0.8, 0.8) for z in (-0.42, 0.42)])
    kit.put("painted", palette.paint(bars([((-0.35, 0.62, 0.585), (0.15, 0.86, 0.60))]), (0.5, 0.49, 0.44)))
    return kit


def trash_can(palette: Palette) -> Kit:
    """A ribbed, galvanised can with its lid."""
    kit = Kit()
    rings = [(0.23 + 0.02 * (k % 2) + 0.0008 * k, 0.03 + 0.024 * k) for k in range(29)]
    kit.put("metal", shapes.lathe([(0, 0.0), (0.22, 0.0), *rings, (0.0, 0.72)], 24, crease=180))
    kit.put("metal", shapes.lathe([(0.29, 0.70), (0.30, 0.74), (0.20, 0.80), (0.05, 0.83), (0, 0.83)], 24))
    kit.put("iron", shapes.tube([(-0.08, 0.82, 0), (-0.05, 0.89, 0), (0.05, 0.89, 0), (0.08, 0.82, 0)], 0.012, 6))
    return kit


def trash_bags(rng: np.random.Generator) -> Kit:
    """Five tied bags in a heap, each creased."""
    kit = Kit()
    for x, y, z, r in (
        (-0.38, 0.0, 0.05, 0.32),
        (0.30, 0.0, 0.1, 0.34),
        (-0.05, 0.0, -0.2, 0.30),
        (0.02, 0.34, 0.02, 0.27),
        (0.55, 0.0, -0.2, 0.24),
    ):
        ball = shapes.sphere(1.0, 26)
        turn = np.arctan2(ball.points[:, 0], ball.points[:, 2])
        crease = (
            1
            + 0.06 * np.sin(9 * turn + rng.uniform(0, 6)) * (ball.points[:, 1] + 1) / 2
            + 0.04 * np.sin(5 * turn + 7 * ball.points[:, 1])
        )
        points = ball.points * crease[:, None] * [r, r * 0.86, r]
        neck = points[:, 1] > r * 0.72
        points[neck, 1] += (points[neck, 1] - r * 0.72) * 2.5
        points[:, 1] = np.maximum(points[:, 1] + r * 0.78, 0.0)
        mesh = shapes.smooth(Mesh((points + np.array([x, y, z])).astype(np.float32), ball.triangles, None, ball.uvs))
        kit.put("bag", mesh)
    return kit


def crates(palette: Palette, rng: np.random.Generator) -> Kit:
    """Slatted crates and cartons, stacked and turned a little."""
    kit = Kit()
    for x, y, z, w, h in ((-0.25, 0, 0, 0.52, 0.34), (0.32, 0, 0.02, 0.46, 0.36), (-0.2, 0.34, 0.0, 0.46, 0.30)):
        turn = float(rng.uniform(-9, 9))
        slats = [
            ((-w / 2, k * h / 4 + 0.01, s * 0.19 - 0.01), (w / 2, (k + 1) * h / 4 - 0.02, s * 0.19 + 0.01))
            for k in range(4)
            for s in (-1, 1)
        ]
        slats += [
            ((s * w / 2 - 0.012, k * h / 4 + 0.01, -0.19), (s * w / 2 + 0.012, (k + 1) * h / 4 - 0.02, 0.19))
            for k in range(4)
            for s in (-1, 1)
        ]
        slats += [
            ((p * (w / 2 - 0.03) - 0.02, 0, q * 0.165 - 0.02), (p * (w / 2 - 0.03) + 0.02, h, q * 0.165 + 0.02))
            for p in (-1, 1)
            for q in (-1, 1)
        ]
        slats += [((-w / 2, 0.0, -0.19), (w / 2, 0.015, 0.19))]
        kit.put("painted", palette.paint(shapes.move(bars(slats), (x, y, z), turn), (0.24, 0.16, 0.09)))
    box = shapes.move(bars([((-0.2, 0, -0.16), (0.2, 0.28, 0.16))]), (0.34, 0.36, 0.0), float(rng.uniform(-15, 15)))
    kit.put("painted", palette.paint(box, (0.28, 0.20, 0.12)))
    return kit


def pallet(palette: Palette) -> Kit:
    """A wooden pallet that leans on the wall behind it, its foot on the ground."""
    kit = Kit()
    boards = [((-0.6, y, 0.0), (0.6, y + 0.09, 0.02)) for y in np.linspace(0.0, 0.91, 8).tolist()]
    boards += [((x - 0.05, 0, -0.10), (x + 0.05, 1.0, 0.0)) for x in (-0.55, 0.0, 0.55)]
    lean = np.radians(8.0)
    c, s = np.cos(lean), np.sin(lean)
    tipped = shapes.transform(bars(boards), [[1, 0, 0, 0], [0, c, s, 0.014], [0, -s, c, 0.12], [0, 0, 0, 1]])
    kit.put("painted", palette.paint(tipped, (0.20, 0.15, 0.10)))
    return kit


def meter_box() -> Kit:
    """Electric meters and a switch box on the wall at z = 0, with conduits up from them."""
    kit = Kit()
    kit.put("metal", bars([((-0.35, 1.0, 0), (0.05, 1.55, 0.16)), ((0.12, 1.1, 0), (0.38, 1.45, 0.12))]))
    kit.put(
        "iron", *[shapes.tube([(x, 1.5, 0.06), (x, 2.3, 0.06), (x, 3.6, 0.06)], 0.022, 6) for x in (-0.22, -0.08, 0.25)]
    )
    dial = shapes.stand_up(shapes.lathe([(0.075, 0.0), (0.075, 0.05), (0.0, 0.06)], 16))
    kit.put("glass", *[shapes.move(dial, (x, 1.32, 0.16)) for x in (-0.24, -0.07)])
    return kit
