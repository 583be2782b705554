"""Spectators: seated and standing people as a camera sees them from ten metres and more, hundreds in one mesh.

Every figure is a torso, a head with hair and four limbs in one of some dozen poses; its colours are cells of one
palette texture, so that a whole crowd is one mesh of one material.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import RGB, Mesh

Array = NDArray[np.floating]

CELLS: Final = 16  # colours in a row of the palette
_SKIN, _TOP, _LEGS, _HAIR = range(4)
_ROWS: Final = 4

# Where elbow and hand are, from the middle between the shoulders, for the right arm (+X) [m].
_ARMS: Final[dict[str, tuple[RGB, RGB]]] = {
    "lap": ((0.25, -0.28, 0.03), (0.11, -0.37, 0.27)),
    "knee": ((0.26, -0.22, 0.16), (0.16, -0.42, 0.38)),
    "clap": ((0.25, -0.22, 0.12), (0.03, -0.06, 0.33)),
    "up": ((0.31, 0.14, 0.06), (0.24, 0.42, 0.10)),
    "wide": ((0.38, 0.06, 0.04), (0.50, 0.34, 0.08)),
    "fist": ((0.29, 0.10, 0.14), (0.21, 0.38, 0.20)),
    "hold": ((0.25, -0.18, 0.18), (0.09, 0.10, 0.36)),
    "cheek": ((0.22, -0.26, 0.22), (0.10, 0.02, 0.16)),
    "down": ((0.24, -0.28, -0.02), (0.24, -0.54, 0.06)),
    "hip": ((0.34, -0.26, -0.04), (0.17, -0.42, 0.06)),
}
# Right arm, left arm, sitting, leaning forward [degrees].
_POSES: Final = (
    ("lap", "lap", True, -4.0),
    ("knee", "knee", True, 20.0),
    ("clap", "clap", True, 6.0),
    ("up", "up", True, -6.0),
    ("hold", "lap", True, 2.0),
    ("cheek", "knee", True, 16.0),
    ("fist", "lap", True, 4.0),
    ("lap", "cheek", True, -8.0),
    ("up", "up", False, -4.0),
    ("wide", "wide", False, 0.0),
    ("fist", "down", False, 6.0),
    ("hold", "down", False, 0.0),
    ("clap", "clap", False, 4.0),
    ("hip", "down", False, -3.0),
)
HOLDING: Final = (4, 11)  # poses that hold a telephone up


@dataclass(frozen=True)
class Crowd:
    """People as one mesh whose texture coordinates point into a palette, and what they hold up: places of telephones
    [m], shape [telephones, 3], and the turns of those about Y [degrees]."""

    people: Mesh
    phones: Array
    turns: Array


def crowd(rng: np.random.Generator, places: Array, turns: Array, standing: float, sides: int = 6) -> Crowd:
    """People at `places` [m], shape [people, 3], on the ground, who face `turns` degrees about Y from +Z.

    `standing` is the share on their feet; `sides` how many faces a limb has: six near by, four far away.
    """
    up = rng.random(len(places)) < standing
    seated = [n for n, pose in enumerate(_POSES) if pose[2]]
    stood = [n for n, pose in enumerate(_POSES) if not pose[2]]
    pose = np.where(up, rng.choice(stood, len(places)), rng.choice(seated, len(places)))
    hair = rng.integers(0, 4, len(places))
    parts, phones, facing = [], [], []
    for kind in np.unique(pose * 4 + hair).tolist():
        own = np.flatnonzero(pose * 4 + hair == kind)
        figure, slots = _figure(_POSES[kind // 4], kind % 4, sides)
        parts.append(_people(rng, figure, slots, places[own], turns[own]))
        if kind // 4 in HOLDING:
            phones.append(places[own] + _held(kind // 4, turns[own]))
            facing.append(turns[own])
    held = np.concatenate(phones) if phones else np.zeros((0, 3))
    return Crowd(shapes.merge(parts), held, np.concatenate(facing) if facing else np.zeros(0))


def palette(seed: int, teams: tuple[RGB, RGB]) -> Array:
    """Colours of a crowd, linear Rec.709, [4 * 8, 16 * 8, 3]: rows of skin, tops, trousers and hair, from the top.

    Four tops in ten are a team's.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    depth = np.linspace(0.0, 1.0, CELLS)[:, None]
    skin = np.array((0.62, 0.38, 0.27)) * np.exp(-depth * np.array((1.7, 2.0, 2.3)))
    tops = rng.uniform(0.02, 0.35, (CELLS, 1)) * rng.uniform(0.5, 1.0, (CELLS, 3))
    for number in range(6):
        tops[number] = np.array(teams[number % 2]) * rng.uniform(0.35, 0.8)
    legs = rng.uniform(0.015, 0.10, (CELLS, 1)) * np.array((0.8, 0.9, 1.15))
    hair = np.array((0.22, 0.13, 0.07)) * rng.uniform(0.06, 1.6, (CELLS, 1))
    cells = np.clip(np.stack([skin, tops, legs, hair]), 0.004, 0.8)
    return np.repeat(np.repeat(cells, 8, axis=0), 8, axis=1)


def _people(rng: np.random.Generator, figure: Mesh, slots: NDArray[np.int64], places: Array, turns: Array) -> Mesh:
    """Copies of one figure, each of its own size and colours and turned a little to somewhere."""
    count, size = len(places), len(figure.points)
    tall = rng.uniform(0.92, 1.07, (count, 1))
    wide = tall * rng.choice([0.92, 1.0, 1.0, 1.12, 1.25], (count, 1))
    mesh = shapes.array(figure, places, turns + rng.normal(0, 14, count), np.concatenate([wide, tall, wide], axis=1))
    colors = rng.integers(0, CELLS, (count, _ROWS))  # (P, slots)
    across = (colors[:, slots] + 0.5) / CELLS
    down = np.broadcast_to(1 - (slots + 0.5) / _ROWS, (count, size))
    return replace(mesh, uvs=np.stack([across, down], axis=-1).reshape(-1, 2).astype(np.float32))


def _held(pose: int, turns: Array) -> Array:
    """From a holder's feet to the telephone [m], shape [people, 3]."""
    _, hand = _ARMS["hold"]
    x, y, z = hand[0], _shoulders(_POSES[pose][2]) + hand[1] + 0.06, hand[2] + 0.03
    c, s = np.cos(np.radians(turns)), np.sin(np.radians(turns))
    return np.stack([c * x + s * z, np.full(len(turns), y), c * z - s * x], axis=-1)


def _shoulders(sits: bool) -> float:
    return 1.02 if sits else 1.42


def _figure(pose: tuple[str, str, bool, float], hair: int, sides: int) -> tuple[Mesh, NDArray[np.int64]]:
    """One figure that faces +Z, feet at the origin, and the palette's row of each of its points."""
    right, left, sits, lean = pose
    top, hip = _shoulders(sits), 0.5 if sits else 0.9
    tip = np.array([0.0, np.cos(np.radians(lean)), np.sin(np.radians(lean))])
    neck = np.array([0.0, hip, 0.0]) + tip * (top - hip)
    head = neck + tip * 0.20 + [0, 0, 0.03]
    parts = [(_TOP, _torso(np.array([0.0, hip, 0.0]), neck, sides + 2)), (_SKIN, _ball(head, 0.115, sides))]
    parts += [(_HAIR, part) for part in _hair(head, hair, sides)]
    for side, arm in ((1, right), (-1, left)):
        elbow, hand = (neck + np.array(point) * [side, 1, 1] for point in _ARMS[arm])
        shoulder = neck + np.array([side * 0.17, -0.045, 0.0])
        parts.append((_TOP, shapes.tube([shoulder, elbow], [0.062, 0.045], sides)))
        parts.append((_SKIN, shapes.tube([elbow, hand, hand + (hand - elbow) * 0.3], [0.042, 0.034, 0.03], sides)))
        thigh = np.array([side * 0.10, hip, 0.02])
        knee = np.array([side * 0.13, 0.50, 0.43]) if sits else np.array([side * 0.12, 0.47, 0.05])
        foot = np.array([side * 0.14, 0.03, knee[2] - 0.02])
        parts.append((_LEGS, shapes.tube([thigh, knee, foot], [0.09, 0.065, 0.05], sides)))
    slots = np.concatenate([np.full(len(part.points), slot) for slot, part in parts])
    return shapes.merge([replace(part, uvs=np.zeros((len(part.points), 2), np.float32)) for _, part in parts]), slots


def _torso(hip: Array, neck: Array, sides: int) -> Mesh:
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    rings = []
    for share, wide, deep in ((-0.06, 0.17, 0.13), (0.3, 0.155, 0.11), (0.75, 0.20, 0.125), (0.95, 0.19, 0.09),
                              (1.04, 0.07, 0.065), (1.16, 0.055, 0.055)):  # fmt: skip
        middle = hip + (neck - hip) * share
        rings.append(middle + np.stack([wide * np.sin(angle), 0 * angle, deep * np.cos(angle)], axis=-1))
    return shapes.grid(np.stack(rings), closed_u=True)


def _ball(centre: Array, radius: float, sides: int) -> Mesh:
    return shapes.move(shapes.sphere(radius, sides + 2 if sides > 4 else 5), centre, scale=(0.88, 1.15, 1.0))


def _hair(head: Array, kind: int, sides: int) -> list[Mesh]:
    """Short, long, a bun, or a cap."""
    crown = shapes.move(
        shapes.sphere(0.122, sides + 1 if sides > 4 else 5), head + np.array([0, 0.03, -0.022]), scale=(0.92, 1.0, 0.98)
    )
    if kind == 1:
        fall = shapes.tube([head + np.array([0, 0.05, -0.06]), head + np.array([0, -0.2, -0.10])], [0.105, 0.07], sides)
        return [crown, fall]
    if kind == 2:
        return [crown, shapes.move(shapes.sphere(0.055, 5), head + np.array([0, 0.13, -0.09]))]
    if kind == 3:
        peak = shapes.box(head + np.array([-0.07, 0.05, 0.08]), head + np.array([0.07, 0.065, 0.19]))
        return [crown, peak]
    return [crown]
