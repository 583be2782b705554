"""Light on what the pixels see: the set's own soft light from its probes, the sun with its shadow, the gaffer's lamps
on people, and what shines in smooth surfaces.

Previs light, not photographs: one look-up a pixel where the finish traces hundreds of paths, but out of the same
lamps, materials and plan, so that a frame promises what the take will hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from secondunit_engine.previs.bounce import Glow, march
from secondunit_engine.previs.rasterise import Lens, ShadowMap, share_of_sun
from secondunit_engine.previs.solids import Scenery
from secondunit_engine.previs.surfaces import Surfaces

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lamps:
    """The gaffer's lamps on people, from far away. toward: unit vectors; color: irradiance ACEScg; shape [lamps, 3].
    The first is the key; its shadow falls on the set."""

    toward: Floats
    color: Floats


_NOBODY = Lamps(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32))


def shade(
    seen: Surfaces, scenery: Scenery, glow: Glow, shadows: ShadowMap, lens: Lens, lamps: Lamps = _NOBODY
) -> Floats:  # fmt: skip
    """Radiance of surfaces under the set's own light and these lamps, ACEScg, [H, W, 3]."""
    sun = scenery.sun
    return _shade(
        seen.place, seen.normal, seen.albedo, seen.emission, seen.finish, seen.depth, glow.origin, glow.cell,
        glow.solid, glow.shine, glow.probes, glow.open, shadows.axes, shadows.scale, shadows.shift, shadows.reach,
        np.array(sun.toward, np.float32), np.array(sun.color, np.float32), lamps.toward, lamps.color, lens.eye,
        np.array(scenery.sky, np.float32),
    )  # fmt: skip


@njit(cache=True, fastmath=True)
def _probe(x, y, z, nx, ny, nz, origin, cell, probes, open_, out):
    """Irradiance on a surface with a normal, blended from the eight probes around a point just off it."""
    spacing = 2.0 * cell
    gx, gy, gz = (x - origin[0]) / spacing - 0.75, (y - origin[1]) / spacing - 0.75, (z - origin[2]) / spacing - 0.75
    i, j, k = int(np.floor(gx)), int(np.floor(gy)), int(np.floor(gz))
    fx, fy, fz = gx - i, gy - j, gz - k
    out[0] = out[1] = out[2] = 0.0
    total = 0.0
    sx, sy, sz = (0 if nx > 0 else 1), (2 if ny > 0 else 3), (4 if nz > 0 else 5)
    for corner in range(8):
        a, b, c = i + (corner & 1), j + ((corner >> 1) & 1), k + (corner >> 2)
        if a < 0 or b < 0 or c < 0 or a >= probes.shape[0] or b >= probes.shape[1] or c >= probes.shape[2]:
            continue
        if not open_[a, b, c]:
            continue
        dx, dy, dz = a - gx, b - gy, c - gz
        ahead = (dx * nx + dy * ny + dz * nz) / np.sqrt(dx * dx + dy * dy + dz * dz + 1e-6)
        weight = (
            (fx if corner & 1 else 1 - fx) * (fy if corner & 2 else 1 - fy) * (fz if corner & 4 else 1 - fz) + 1e-4
        ) * ((ahead + 1.15) * 0.5) ** 2
        total += weight
        for color in range(3):
            out[color] += weight * (
                nx * nx * probes[a, b, c, sx, color]
                + ny * ny * probes[a, b, c, sy, color]
                + nz * nz * probes[a, b, c, sz, color]
            )
    if total > 0:
        out[0], out[1], out[2] = out[0] / total, out[1] / total, out[2] / total


@njit(cache=True, fastmath=True)
def _shade(
    place, normal, albedo, emission, finish, depth, origin, cell, solid, shine, probes, open_, axes, scale, shift,
    reach, toward, sun, lamp_toward, lamp_color, eye, sky,
):  # fmt: skip
    height, width = depth.shape
    lit = np.zeros((height, width, 3), np.float32)
    received = np.zeros(3, np.float32)
    mirrored, sharp = np.zeros(3, np.float32), np.zeros(3, np.float32)
    for row in range(height):
        for column in range(width):
            if depth[row, column] <= 0:
                for color in range(3):
                    lit[row, column, color] = sky[color]
                continue
            x, y, z = place[row, column, 0], place[row, column, 1], place[row, column, 2]
            nx, ny, nz = normal[row, column, 0], normal[row, column, 1], normal[row, column, 2]
            off = 1.3 * cell
            _probe(x + off * nx, y + off * ny, z + off * nz, nx, ny, nz, origin, cell, probes, open_, received)
            facing = nx * toward[0] + ny * toward[1] + nz * toward[2]
            if facing > 0 and scale > 0:
                share = share_of_sun(
                    x + 0.02 * nx, y + 0.02 * ny, z + 0.02 * nz, axes, scale, shift, reach, 0.05
                )  # fmt: skip
                for color in range(3):
                    received[color] += share * facing * sun[color]
            for lamp in range(len(lamp_toward)):
                cosine = nx * lamp_toward[lamp, 0] + ny * lamp_toward[lamp, 1] + nz * lamp_toward[lamp, 2]
                soft = max((cosine + 0.1) / 1.1, 0.0)  # a soft box wraps a little
                for color in range(3):
                    received[color] += soft * lamp_color[lamp, color]
            rough, metal = finish[row, column, 0], finish[row, column, 1]
            vx, vy, vz = eye[0] - x, eye[1] - y, eye[2] - z
            length = np.sqrt(vx * vx + vy * vy + vz * vz) + 1e-9
            vx, vy, vz = vx / length, vy / length, vz / length
            cosine = max(nx * vx + ny * vy + nz * vz, 0.0)
            fresnel = (1.0 - cosine) ** 5 * (1.0 - 0.8 * rough)
            gloss = (0.04 + 0.96 * fresnel) * (1.0 - rough) + metal * (0.3 + 0.7 * (1 - rough))
            if gloss > 0.03:
                rx, ry, rz = 2 * cosine * nx - vx, 2 * cosine * ny - vy, 2 * cosine * nz - vz
                blur = min(max((rough - 0.06) / 0.2, 0.0), 1.0) if ny < 0.97 else 1.0  # floors: see mirror.py
                _mirror(
                    x, y, z, nx, ny, nz, rx, ry, rz, blur, origin, cell, solid, shine, probes, open_, sky, sharp,
                    mirrored,
                )  # fmt: skip
            else:
                mirrored[0] = mirrored[1] = mirrored[2] = 0.0
            for color in range(3):
                tint = (1 - metal) + metal * albedo[row, column, color]
                lit[row, column, color] = (
                    albedo[row, column, color] * (1 - 0.75 * metal) * received[color] / np.pi
                    + emission[row, column, color]
                    + min(gloss, 1.0) * tint * mirrored[color]
                )
    return lit


@njit(cache=True, fastmath=True)
def _mirror(x, y, z, nx, ny, nz, rx, ry, rz, blur, origin, cell, solid, shine, probes, open_, sky, sharp, out):
    """Radiance that comes along a mirrored ray: sharp from the cells, blurred from a probe on its way."""
    near = 2.5 * cell
    off = 1.8 * cell
    gx, gy, gz = (
        (x + off * nx - origin[0]) / cell, (y + off * ny - origin[1]) / cell, (z + off * nz - origin[2]) / cell
    )  # fmt: skip
    a, way = -2, 0.0
    if blur < 1.0:
        a, _, _, way = march(solid, gx, gy, gz, rx, ry, rz, 30.0 / cell)
        if a >= 0:
            _between(gx + way * rx, gy + way * ry, gz + way * rz, solid, shine, sharp)
    _probe(x + near * rx, y + near * ry, z + near * rz, rx, ry, rz, origin, cell, probes, open_, out)
    for color in range(3):
        out[color] /= np.pi
        clear = sharp[color] if a >= 0 else sky[color] if a == -1 else out[color]
        out[color] = blur * out[color] + (1 - blur) * clear


@njit(cache=True, fastmath=True)
def _between(x, y, z, solid, shine, out):
    """Shine of the solid cells around a point (in cells), blended, so that cells do not show as blocks."""
    i, j, k = int(np.floor(x - 0.5)), int(np.floor(y - 0.5)), int(np.floor(z - 0.5))
    fx, fy, fz = x - 0.5 - i, y - 0.5 - j, z - 0.5 - k
    out[0] = out[1] = out[2] = 0.0
    total = 1e-6
    for corner in range(8):
        a, b, c = i + (corner & 1), j + ((corner >> 1) & 1), k + (corner >> 2)
        if a < 0 or b < 0 or c < 0 or a >= solid.shape[0] or b >= solid.shape[1] or c >= solid.shape[2]:
            continue
        if not solid[a, b, c]:
            continue
        weight = (fx if corner & 1 else 1 - fx) * (fy if corner & 2 else 1 - fy) * (fz if corner & 4 else 1 - fz)
        total += weight
        for color in range(3):
            out[color] += weight * shine[a, b, c, color]
    for color in range(3):
        out[color] /= total
