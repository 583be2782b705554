"""A z-buffer: which triangle does each pixel see, and how far away is it?

Perspective or parallel, clipped at the near plane, one sample a pixel at its centre; the nearer triangle wins, the
earlier of two equally near, so the same triangles give the same picture. (Pineda 1988, edge functions.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from secondunit_engine.previs.solids import Solid
from secondunit_engine.world.framing import APERTURE_MM, Pose, unit

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
NEAR = 0.06  # metres
EMPTY = -1


@dataclass(frozen=True)
class Lens:
    """A camera for the rasteriser. `axes` are right, up and forward (unit rows), `focal` is in pixels."""

    eye: Floats
    axes: Floats
    focal: float
    width: int
    height: int


@dataclass
class Buffers:
    """What is seen: closeness (1 / depth [1/m], 0 for nothing) and the number of the triangle, shape [H, W]."""

    closeness: Floats
    ids: Ints

    @classmethod
    def blank(cls, width: int, height: int) -> Buffers:
        return cls(np.zeros((height, width), np.float32), np.full((height, width), EMPTY, np.int32))

    def copy(self) -> Buffers:
        return Buffers(self.closeness.copy(), self.ids.copy())


def lens_of(pose: Pose, lens_mm: float, width: int, height: int) -> Lens:
    """The rasteriser's camera for a pose; the frame is the full width of the sensor."""
    forward = unit(np.asarray(pose.forward, float))
    right = unit(np.cross(forward, [0.0, 1.0, 0.0]))
    if abs(forward[1]) > 0.9999:
        right = np.array([1.0, 0.0, 0.0])
    up = np.cross(right, forward)
    roll = np.radians(pose.roll)
    x, y = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    axes = np.stack([x, y, forward]).astype(np.float32)
    return Lens(np.asarray(pose.eye, np.float32), axes, lens_mm / APERTURE_MM[0] * width, width, height)


def draw_solid(buffers: Buffers, lens: Lens, solid: Solid, first: int = 0) -> Floats:
    """Draw a solid whose triangles are numbered from `first`; returns its points in the camera's axes."""
    placed = _place(solid.points, lens.eye, lens.axes)
    _draw(placed, solid.triangles, first, lens.focal, buffers.closeness, buffers.ids)
    return placed


@njit(cache=True)
def _place(points: Floats, eye: Floats, axes: Floats) -> Floats:
    """Points in the world [m] as right, up and forward of a camera [m]; by hand, for BLAS keeps every core spinning."""
    placed = np.empty_like(points)
    for i in range(len(points)):
        x, y, z = points[i, 0] - eye[0], points[i, 1] - eye[1], points[i, 2] - eye[2]
        for axis in range(3):
            placed[i, axis] = axes[axis, 0] * x + axes[axis, 1] * y + axes[axis, 2] * z
    return placed


@njit(cache=True)
def _draw(points: Floats, triangles: Ints, first: int, focal: float, closeness: Floats, ids: Ints) -> None:
    height, width = closeness.shape
    half_x, half_y = np.float32(0.5 * width), np.float32(0.5 * height)
    screen = np.empty_like(points)  # (N, 3) x, y [pixels], closeness; 0 in front of the near plane
    for i in range(len(points)):
        z = points[i, 2]
        if z >= NEAR:
            inverse = np.float32(1.0) / z
            screen[i, 0] = half_x + focal * points[i, 0] * inverse
            screen[i, 1] = half_y - focal * points[i, 1] * inverse
            screen[i, 2] = inverse
        else:
            screen[i, 2] = 0.0
    clipped = np.empty((4, 3), np.float32)
    for index in range(len(triangles)):
        a, b, c = triangles[index, 0], triangles[index, 1], triangles[index, 2]
        behind = int(screen[a, 2] == 0.0) + int(screen[b, 2] == 0.0) + int(screen[c, 2] == 0.0)
        if behind == 0:
            _fill(
                screen[a, 0], screen[a, 1], screen[a, 2], screen[b, 0], screen[b, 1], screen[b, 2],
                screen[c, 0], screen[c, 1], screen[c, 2], first + index, closeness, ids,
            )  # fmt: skip
        elif behind < 3:
            count = _clip(points, triangles[index], clipped)
            for step in range(count):
                inverse = np.float32(1.0) / clipped[step, 2]
                clipped[step, 0] = half_x + focal * clipped[step, 0] * inverse
                clipped[step, 1] = half_y - focal * clipped[step, 1] * inverse
                clipped[step, 2] = inverse
            for step in range(2, count):
                _fill(
                    clipped[0, 0], clipped[0, 1], clipped[0, 2],
                    clipped[step - 1, 0], clipped[step - 1, 1], clipped[step - 1, 2],
                    clipped[step, 0], clipped[step, 1], clipped[step, 2], first + index, closeness, ids,
                )  # fmt: skip


@njit(cache=True)
def _clip(points: Floats, triangle: Ints, kept: Floats) -> int:
    """Corners of what lies beyond the near plane, in the camera's axes; how many there are."""
    count = 0
    for step in range(3):
        here, following = triangle[step], triangle[(step + 1) % 3]
        near, far = points[here, 2], points[following, 2]
        if near >= NEAR:
            kept[count] = points[here]
            count += 1
        if (near >= NEAR) != (far >= NEAR):
            share = (NEAR - near) / (far - near)
            kept[count] = points[here] + share * (points[following] - points[here])
            kept[count, 2] = NEAR
            count += 1
    return count


@njit(cache=True, inline="always")
def _fill(x0, y0, u0, x1, y1, u1, x2, y2, u2, number, closeness, ids):
    """Fill one triangle: corners in pixels with their closeness."""
    height, width = closeness.shape
    left, right = math.ceil(min(x0, x1, x2) - 0.5), math.floor(max(x0, x1, x2) - 0.5)
    if left > right or right < 0 or left >= width:
        return
    top, bottom = math.ceil(min(y0, y1, y2) - 0.5), math.floor(max(y0, y1, y2) - 0.5)
    if top > bottom or bottom < 0 or top >= height:
        return
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    if abs(area) < 1e-9:
        return
    inverse = 1.0 / area
    left, right, top, bottom = max(0, left), min(width - 1, right), max(0, top), min(height - 1, bottom)
    slope0, slope1 = (y1 - y2) * inverse, (y2 - y0) * inverse  # of the weights, a pixel to the right
    for row in range(top, bottom + 1):
        y, x = row + 0.5, left + 0.5
        w0 = ((x1 - x) * (y2 - y) - (x2 - x) * (y1 - y)) * inverse
        w1 = ((x2 - x) * (y0 - y) - (x0 - x) * (y2 - y)) * inverse
        for column in range(left, right + 1):
            if w0 >= 0.0 and w1 >= 0.0 and w0 + w1 <= 1.0:
                close = w0 * u0 + w1 * u1 + (1.0 - w0 - w1) * u2
                if close > closeness[row, column]:
                    closeness[row, column] = close
                    ids[row, column] = number
            w0 += slope0
            w1 += slope1


@dataclass(frozen=True)
class ShadowMap:
    """How far a parallel light sees. `axes` are right, up and the way the light goes (unit rows); a point's place in
    the map is `points @ axes.T * scale + shift`; `reach` is the first surface along the light [m], shape [N, N]."""

    axes: Floats
    scale: float
    shift: Floats
    reach: Floats


def cast_shadows(solid: Solid, toward: tuple[float, float, float], size: int) -> ShadowMap:
    """Draw a set as its sun sees it."""
    forward = -unit(np.asarray(toward, float))
    right = unit(np.cross(forward, [0.0, 1.0, 0.0]) if abs(forward[1]) < 0.99 else np.array([1.0, 0.0, 0.0]))
    axes = np.stack([right, np.cross(right, forward), forward]).astype(np.float32)
    placed = _place(solid.points, np.zeros(3, np.float32), axes)  # (N, 3)
    low, high = placed.min(axis=0), placed.max(axis=0)
    scale = float((size - 4) / max(high[0] - low[0], high[1] - low[1], 1e-3))
    shift = np.array([2 - low[0] * scale, 2 - low[1] * scale], np.float32)
    reach = np.full((size, size), np.inf, np.float32)
    _draw_parallel(np.ascontiguousarray(placed), solid.triangles, scale, shift, reach)
    return ShadowMap(axes, scale, shift, reach)


@njit(cache=True)
def _draw_parallel(points: Floats, triangles: Ints, scale: float, shift: Floats, reach: Floats) -> None:
    size = len(reach)
    for index in range(len(triangles)):
        a, b, c = triangles[index]
        x0, y0 = points[a, 0] * scale + shift[0], points[a, 1] * scale + shift[1]
        x1, y1 = points[b, 0] * scale + shift[0], points[b, 1] * scale + shift[1]
        x2, y2 = points[c, 0] * scale + shift[0], points[c, 1] * scale + shift[1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-9:
            continue
        for row in range(max(0, int(np.ceil(min(y0, y1, y2) - 0.5))), min(size - 1, int(max(y0, y1, y2) - 0.5)) + 1):
            y = row + 0.5
            for column in range(
                max(0, int(np.ceil(min(x0, x1, x2) - 0.5))), min(size - 1, int(max(x0, x1, x2) - 0.5)) + 1
            ):
                x = column + 0.5
                w0 = ((x1 - x) * (y2 - y) - (x2 - x) * (y1 - y)) / area
                w1 = ((x2 - x) * (y0 - y) - (x0 - x) * (y2 - y)) / area
                w2 = 1.0 - w0 - w1
                if w0 >= 0.0 and w1 >= 0.0 and w2 >= 0.0:
                    depth = w0 * points[a, 2] + w1 * points[b, 2] + w2 * points[c, 2]
                    reach[row, column] = min(reach[row, column], depth)


@njit(cache=True, fastmath=True, inline="always")
def sunlit(x, y, z, axes, scale, shift, reach, bias):
    """Whether the sun reaches a point."""
    u = (axes[0, 0] * x + axes[0, 1] * y + axes[0, 2] * z) * scale + shift[0]
    v = (axes[1, 0] * x + axes[1, 1] * y + axes[1, 2] * z) * scale + shift[1]
    w = axes[2, 0] * x + axes[2, 1] * y + axes[2, 2] * z
    i, j = int(u), int(v)
    if u < 0 or v < 0 or i >= reach.shape[1] or j >= reach.shape[0]:
        return False
    return w <= reach[j, i] + bias


@njit(cache=True, fastmath=True)
def share_of_sun(x, y, z, axes, scale, shift, reach, bias):
    """How much of the sun reaches a point, 0 to 1, blended over three texels so that the shadow's edge is soft."""
    u = (axes[0, 0] * x + axes[0, 1] * y + axes[0, 2] * z) * scale + shift[0] - 0.5
    v = (axes[1, 0] * x + axes[1, 1] * y + axes[1, 2] * z) * scale + shift[1] - 0.5
    w = axes[2, 0] * x + axes[2, 1] * y + axes[2, 2] * z - bias
    i, j = int(np.floor(u)), int(np.floor(v))
    if i < 1 or j < 1 or i + 2 >= reach.shape[1] or j + 2 >= reach.shape[0]:
        return 0.0
    fu, fv = u - i, v - j
    share = 0.0
    for row in range(-1, 3):
        wide = 1 - fv if row == -1 else fv if row == 2 else 1.0
        for column in range(-1, 3):
            if w <= reach[j + row, i + column]:
                share += wide * (1 - fu if column == -1 else fu if column == 2 else 1.0)
    return share / 9.0
