"""Cameras solved for what the frame shall show: one target of a size, or two targets each at its place in the picture.

Two targets and an angle between their rays leave a circle of places for a camera (the toric space of Lino and
Christie 2015); the size of the main target picks the place on it, roll stays 0. The height is given, so the second
target's height in the picture follows. The frame is 36 x 20.25 mm; picture places run from 0 to 1, x from the left,
y from the top.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from secondunit_engine.world.framing import APERTURE_MM

Point = tuple[float, float, float]
_ITERATIONS = 40
_SOLVED = 1e-12


@dataclass(frozen=True)
class View:
    """A camera without roll: where it is [m], its heading and pitch [radians] (0 looks along -Z, level)."""

    eye: Point
    heading: float
    pitch: float

    @property
    def forward(self) -> Point:
        level = math.cos(self.pitch)
        return (math.sin(self.heading) * level, math.sin(self.pitch), -math.cos(self.heading) * level)


def project(view: View, lens_mm: float, point: Point) -> tuple[float, float, float]:
    """Where a point lies in the picture (x, y) and how far along the axis it is [m]."""
    dx, dy, dz = (p - e for p, e in zip(point, view.eye, strict=True))
    sine, cosine = math.sin(view.heading), math.cos(view.heading)
    right, level = dx * cosine + dz * sine, dx * sine - dz * cosine
    depth = level * math.cos(view.pitch) + dy * math.sin(view.pitch)
    up = dy * math.cos(view.pitch) - level * math.sin(view.pitch)
    scale = lens_mm / max(depth, 1e-9)
    return 0.5 + right * scale / APERTURE_MM[0], 0.5 - up * scale / APERTURE_MM[1], depth


def aim(eye: Point, point: Point, x: float, y: float, lens_mm: float) -> View:
    """From a given place, the view that has a point at (x, y): pitch from the ray's height, then the heading."""
    right, up = (x - 0.5) * APERTURE_MM[0] / lens_mm, (0.5 - y) * APERTURE_MM[1] / lens_mm
    dx, dy, dz = (p - e for p, e in zip(point, eye, strict=True))
    reach = math.sqrt(dx * dx + dy * dy + dz * dz)
    ray = math.sqrt(1.0 + right * right + up * up)
    rise = min(1.0, max(-1.0, dy / reach * ray / math.hypot(1.0, up)))
    pitch = math.asin(rise) - math.atan2(up, 1.0)
    level = math.cos(pitch) - up * math.sin(pitch)
    return View(eye, math.atan2(dx, -dz) - math.atan2(right, level), pitch)


def frame_two(
    main: Point,
    other: Point,
    *,
    main_at: tuple[float, float],
    other_x: float,
    distance: float,
    height: float,
    lens_mm: float,
    side: int,
) -> View | None:
    """A view with the main target at `main_at` and the other at `other_x`, `distance` [m] level from the main one.

    `side` +1 keeps the camera on the right of the way from the other to the main target, -1 on its left; the other
    target is the nearer one. None where no such place exists.
    """
    start = _on_the_circle(main, other, main_at[0] - other_x, distance, lens_mm, side)
    if start is None:
        return None

    def view_at(bearing: float) -> View:
        eye = (main[0] + distance * math.sin(bearing), height, main[2] + distance * math.cos(bearing))
        return aim(eye, main, *main_at, lens_mm)

    def miss(bearing: float) -> float:
        x, _, depth = project(view_at(bearing), lens_mm, other)
        return x - other_x if depth > 0.05 else math.inf

    bearing = _secant(miss, start)
    return None if bearing is None else view_at(bearing)


def _on_the_circle(main: Point, other: Point, apart: float, distance: float, lens_mm: float, side: int) -> float | None:
    """Seen from above: the bearing from the main target [radians] of the place at `distance` that sees both `apart`
    (of the frame's width)."""
    angle = abs(math.atan(apart * APERTURE_MM[0] / lens_mm))
    way = (main[0] - other[0], main[2] - other[2])
    gap = math.hypot(*way)
    inside = gap * gap - (distance * math.sin(angle)) ** 2
    if gap < 1e-6 or inside < 0:
        return None
    near = distance * math.cos(angle) - math.sqrt(inside)
    if near < 0.2:
        return None
    # The corner at the main target, between the way to the other and the way to the camera (law of cosines).
    cosine = (distance**2 + gap**2 - near**2) / (2 * distance * gap)
    return math.atan2(-way[0], -way[1]) + side * math.acos(min(1.0, max(-1.0, cosine)))


def _secant(miss: Callable[[float], float], start: float) -> float | None:
    """A root near the start by the secant method; None if it runs away."""
    a, b = start, start + 1e-4
    fa, fb = miss(a), miss(b)
    for _ in range(_ITERATIONS):
        if abs(fb) < _SOLVED:
            return b
        if not (math.isfinite(fa) and math.isfinite(fb)) or fa == fb:
            break
        a, b, fa = b, b - max(-0.3, min(0.3, fb * (b - a) / (fb - fa))), fb
        fb = miss(b)
    return b if abs(fb) < 1e-9 else None
