"""Where things meet: corners and contacts are dark, and people cast a soft shadow on the set beside them."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.previs.rasterise import Lens
from secondunit_engine.previs.surfaces import Surfaces

Floats = NDArray[np.float32]


def occlude(seen: Surfaces, lens: Lens) -> Floats:
    """How open each pixel is to its surroundings, 0 to 1, [H, W]: corners and contacts are dark.

    Eight taps over a third of a metre in screen space (McGuire 2011, scalable ambient obscurance), blurred over the
    pattern's period.
    """
    raw = _occlude(seen.place, seen.normal, seen.depth, np.float32(lens.focal))
    return ndimage.uniform_filter(raw, 4, mode="nearest").astype(np.float32)


@njit(cache=True, fastmath=True)
def _occlude(place, normal, depth, focal):
    height, width = depth.shape
    free = np.ones((height, width), np.float32)
    radius, taps = 0.38, 8
    for row in range(height):
        for column in range(width):
            z = depth[row, column]
            if z <= 0:
                continue
            reach = min(max(radius * focal / z, 2.0), 0.14 * width)
            turn = ((row % 4) * 4 + (column % 4) * 7) % 16 * 0.3927
            blocked = 0.0
            for tap in range(taps):
                share = (tap + 0.5) / taps
                angle = turn + tap * 2.399963
                i, j = row + int(reach * share * np.sin(angle)), column + int(reach * share * np.cos(angle))
                if i < 0 or j < 0 or i >= height or j >= width or depth[i, j] <= 0:
                    continue
                dx = place[i, j, 0] - place[row, column, 0]
                dy = place[i, j, 1] - place[row, column, 1]
                dz = place[i, j, 2] - place[row, column, 2]
                square = dx * dx + dy * dy + dz * dz
                up = dx * normal[row, column, 0] + dy * normal[row, column, 1] + dz * normal[row, column, 2]
                fall = max(radius * radius - square, 0.0) / (radius * radius)
                blocked += fall * fall * max(up - 0.004 * z, 0.0) / np.sqrt(square + 1e-4)
            free[row, column] = max(0.0, 1.0 - 2.6 * blocked / taps)
    return free


def shadow_of_people(seen: Surfaces, people: Floats, toward: Floats) -> Floats:
    """How much of the light stays on the set beside people, 0 to 1, [H, W]: where they stand, and away from the key.

    `people` are capsules: two ends [m] and a radius, shape [capsules, 7]. (Quilez, soft capsule shadow and occlusion.)
    """
    if not len(people):
        return np.ones(seen.depth.shape, np.float32)
    return _shadow(seen.place, seen.normal, seen.depth, people, toward)


@njit(cache=True, fastmath=True)
def _shadow(place, normal, depth, people, toward):
    height, width = depth.shape
    kept = np.ones((height, width), np.float32)
    for row in range(height):
        for column in range(width):
            if depth[row, column] <= 0:
                continue
            x, y, z = place[row, column, 0], place[row, column, 1], place[row, column, 2]
            nx, ny, nz = normal[row, column, 0], normal[row, column, 1], normal[row, column, 2]
            facing = nx * toward[0] + ny * toward[1] + nz * toward[2]
            cast, open_ = 1.0, 1.0
            for i in range(len(people)):
                ax, ay, az = x - people[i, 0], y - people[i, 1], z - people[i, 2]
                if ax * ax + ay * ay + az * az > 16.0:
                    continue
                bx, by, bz = people[i, 3] - people[i, 0], people[i, 4] - people[i, 1], people[i, 5] - people[i, 2]
                radius = people[i, 6]
                baba, oaba = bx * bx + by * by + bz * bz + 1e-9, ax * bx + ay * by + az * bz
                if facing > 0:
                    oad = ax * toward[0] + ay * toward[1] + az * toward[2]
                    dba = bx * toward[0] + by * toward[1] + bz * toward[2]
                    under = max(baba - dba * dba, 1e-6)
                    way = max((dba * oaba - oad * baba) / under, 0.0001)
                    along = min(max((oaba - oad * dba) / under, 0.0), 1.0)
                    qx, qy, qz = ax + toward[0] * way, ay + toward[1] * way, az + toward[2] * way
                    px, py, pz = bx * along - qx, by * along - qy, bz * along - qz
                    gap = np.sqrt(px * px + py * py + pz * pz) - radius
                    share = min(max(2.2 * gap / way + 0.5, 0.0), 1.0)
                    fade = min(way / 3.5, 1.0)
                    cast = min(cast, share * share * (3 - 2 * share) * (1 - fade) + fade)
                along = min(max(oaba / baba, 0.0), 1.0)
                px, py, pz = bx * along - ax, by * along - ay, bz * along - az
                square = px * px + py * py + pz * pz + 1e-6
                up = (px * nx + py * ny + pz * nz) / np.sqrt(square)
                open_ *= 1.0 - min(max(up, 0.0) * radius * radius / square, 1.0) * 0.9
            kept[row, column] = open_ * (1.0 - 0.55 * (1.0 - cast) * min(max(facing * 2, 0.0), 1.0))
    return kept
