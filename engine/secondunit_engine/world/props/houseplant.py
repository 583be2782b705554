"""A potted plant with broad, drooping leaves."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh


def houseplant(rng: np.random.Generator, height: float, leaves: int, leaf: float) -> tuple[Mesh, Mesh, Mesh]:
    """Leaves, stems and pot of a plant that stands on y = 0; `height` and `leaf` (its length) in metres."""
    blades, stems = [], []
    pot_height = min(0.30, 0.28 * height)
    for number in range(leaves):
        angle = number * 2.399963 + rng.normal(0, 0.25)  # the golden angle: no leaf right over another
        t = (number + 0.5) / leaves
        reach = leaf * (0.95 - 0.55 * t) * rng.uniform(0.7, 1.2)
        top = np.array(
            [np.cos(angle) * reach, pot_height + (height - pot_height) * (0.30 + 0.70 * t), np.sin(angle) * reach]
        )
        base = np.array([0.0, pot_height * 0.9, 0.0])
        bow = (base + top) / 2 + np.array([-0.25 * top[0], 0.18 * height, -0.25 * top[2]])
        s = np.linspace(0, 1, 9)[:, None]
        stems.append(shapes.tube((1 - s) ** 2 * base + 2 * s * (1 - s) * bow + s**2 * top, 0.004, 6))
        blades.append(_blade(rng, top, angle, leaf * rng.uniform(0.75, 1.1)))
    profile = [(0.0, 0.0), (0.36, 0.0), (0.44, 0.1), (0.5, 0.9), (0.52, 1.0), (0.47, 1.0), (0.45, 0.88), (0.0, 0.88)]
    pot = shapes.lathe(np.array(profile) * [pot_height, pot_height], 32)
    return shapes.merge(blades), shapes.merge(stems), pot


def _blade(rng: np.random.Generator, at: np.ndarray, angle: float, length: float) -> Mesh:
    """One leaf: pointed oval, folded along its rib, tip hanging."""
    along, across = np.linspace(0, 1, 12), np.linspace(-1, 1, 7)
    width = 0.34 * length * np.sin(np.pi * along**0.75) ** 0.8 + 0.002
    droop = rng.uniform(0.25, 0.7)
    out = along * length
    down = -droop * length * along**2 + 0.20 * length * along
    fold = np.abs(across)[None, :] * width[:, None] * 0.35
    ripple = 0.010 * np.sin(along * 17 + rng.uniform(0, 6))[:, None] * across[None, :] ** 2
    x = np.broadcast_to(out[:, None], (12, 7))
    y = down[:, None] + fold + ripple
    z = width[:, None] * across[None, :]
    c, s = np.cos(angle), np.sin(angle)
    points = np.stack([at[0] + c * x - s * z, at[1] + y, at[2] + s * x + c * z], axis=-1)
    return shapes.grid(points)
