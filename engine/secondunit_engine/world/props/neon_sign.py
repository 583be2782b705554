"""Neon: glass tubes bent along strokes, on an acrylic plate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.trim import resample

Array = NDArray[np.floating]


def _arc(
    x: float, y: float, rx: float, ry: float, start: float, end: float, steps: int = 16
) -> list[tuple[float, float]]:
    """Points of an elliptic arc between two angles [degrees]."""
    angle = np.radians(np.linspace(start, end, steps))
    return list(zip((x + rx * np.cos(angle)).tolist(), (y + ry * np.sin(angle)).tolist(), strict=True))


# Strokes of capitals in a box 0.6 wide and 1 high, as a glass bender would lay them.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "V": [[(0.0, 1.0), (0.3, 0.0), (0.6, 1.0)]],
    "I": [[(0.3, 0.0), (0.3, 1.0)]],
    "B": [[(0.05, 0.5), (0.30, 0.5), *_arc(0.32, 0.25, 0.26, 0.25, 90, -90), (0.05, 0.0), (0.05, 1.0), (0.27, 1.0),
           *_arc(0.28, 0.75, 0.23, 0.25, 90, -90)]],
    "E": [[(0.55, 1.0), (0.05, 1.0), (0.05, 0.0), (0.55, 0.0)], [(0.08, 0.52), (0.46, 0.52)]],
    "S": [[*_arc(0.30, 0.76, 0.25, 0.24, 20, 270), *_arc(0.30, 0.26, 0.26, 0.26, 90, -160)]],
    "H": [[(0.05, 0.0), (0.05, 1.0)], [(0.55, 0.0), (0.55, 1.0)], [(0.08, 0.5), (0.52, 0.5)]],
    "L": [[(0.08, 1.0), (0.08, 0.0), (0.55, 0.0)]],
    "O": [_arc(0.3, 0.5, 0.28, 0.5, 95, 445, 30)],
    "G": [[*_arc(0.31, 0.5, 0.27, 0.5, 45, 330, 24), (0.56, 0.45), (0.34, 0.45)]],
    "D": [[(0.06, 0.0), (0.06, 1.0), (0.25, 1.0), *_arc(0.25, 0.5, 0.32, 0.5, 90, -90), (0.09, 0.0)]],
    "A": [[(0.0, 0.0), (0.3, 1.0), (0.6, 0.0)], [(0.13, 0.36), (0.47, 0.36)]],
    "R": [[(0.06, 0.0), (0.06, 1.0), (0.30, 1.0), *_arc(0.31, 0.74, 0.24, 0.26, 90, -90), (0.12, 0.48), (0.55, 0.0)]],
    "N": [[(0.05, 0.0), (0.05, 1.0), (0.55, 0.0), (0.55, 1.0)]],
    "Y": [[(0.0, 1.0), (0.3, 0.5), (0.6, 1.0)], [(0.3, 0.47), (0.3, 0.0)]],
    "C": [_arc(0.32, 0.5, 0.28, 0.5, 50, 310, 24)],
    "F": [[(0.55, 1.0), (0.05, 1.0), (0.05, 0.0)], [(0.08, 0.52), (0.46, 0.52)]],
    "J": [[(0.50, 1.0), (0.50, 0.24), *_arc(0.27, 0.24, 0.23, 0.24, 0, -180)]],
    "K": [[(0.05, 0.0), (0.05, 1.0)], [(0.55, 1.0), (0.08, 0.45)], [(0.22, 0.58), (0.57, 0.0)]],
    "M": [[(0.02, 0.0), (0.08, 1.0), (0.3, 0.35), (0.52, 1.0), (0.58, 0.0)]],
    "P": [[(0.06, 0.0), (0.06, 1.0), (0.30, 1.0), *_arc(0.31, 0.74, 0.25, 0.26, 90, -90), (0.09, 0.48)]],
    "T": [[(0.0, 1.0), (0.6, 1.0)], [(0.3, 0.97), (0.3, 0.0)]],
    "U": [[(0.06, 1.0), (0.06, 0.26), *_arc(0.30, 0.26, 0.24, 0.26, 180, 360), (0.54, 1.0)]],
    "W": [[(0.0, 1.0), (0.12, 0.0), (0.3, 0.7), (0.48, 0.0), (0.6, 1.0)]],
    "X": [[(0.02, 0.0), (0.58, 1.0)], [(0.02, 1.0), (0.27, 0.55)], [(0.33, 0.45), (0.58, 0.0)]],
    "Z": [[(0.04, 1.0), (0.56, 1.0), (0.04, 0.0), (0.57, 0.0)]],
}  # fmt: skip


def neon_word(word: str, height: float, radius: float = 0.0065) -> Mesh:
    """Tubes that spell a word in the x-y plane, its lower left corner at the origin, `height` [m] high."""
    tubes, x = [], 0.0
    for letter in word.upper():
        for stroke in _STROKES.get(letter, []):
            tubes.append(_tube([(x + px * height, py * height) for px, py in stroke], radius))
        x += height * (0.45 if letter == "I" else 0.82)
    return shapes.merge(tubes)


def word_width(word: str, height: float) -> float:
    """How wide `neon_word` is [m]."""
    return height * (sum(0.45 if letter == "I" else 0.82 for letter in word.upper()) - 0.2)


def neon_heart(size: float, radius: float = 0.0065) -> Mesh:
    """A heart of one tube in the x-y plane, centred, `size` [m] wide."""
    t = np.linspace(0.06, 2 * np.pi - 0.06, 60)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return _tube(list(zip((x * size / 32).tolist(), (y * size / 32).tolist(), strict=True)), radius)


def _tube(points: list[tuple[float, float]], radius: float) -> Mesh:
    path = np.array([(x, y, 0.0) for x, y in points])
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    return shapes.tube(resample(path, min(max(0.012, 1.6 * radius), length / 4)), radius, 8)
