"""How a set is lit from within, baked once: coarse cells that shine, and probes that know the light from six sides.

The set's glowing meshes, its sun and its sky light the cells they can see; the cells then light each other twice. A
probe keeps the irradiance on the six faces of a cube (McTaggart 2004, the ambient cube), so that people who walk
through the set are in its light wherever they are. Cells are a fifth of a metre or so: soft light and no sharp shadow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from secondunit_engine.previs.rasterise import ShadowMap
from secondunit_engine.previs.solids import Palette, Scenery, Solid, join

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
_CELLS = 1_200_000  # at most, in all of a set
_FINEST = 0.18  # metres
_EMITTERS = 128
_RAYS = 40
_BOUNCES = 2
_REACH = 25.0  # metres: further away a lamp only counts by what it lights
_PER_PROBE = 2  # cells


@dataclass(frozen=True)
class Glow:
    """What cells send out and probes receive.

    origin [m] and cell [m] place the grid. solid, shape [X, Y, Z]. shine: radiance of a cell's surface, reflected and
    its own, shape [X, Y, Z, 3]. probes: irradiance on +x -x +y -y +z -z, shape [x, y, z, 6, 3], one for every two
    cells each way. open: which probes lie in the air, shape [x, y, z].
    """

    origin: Floats
    cell: float
    solid: NDArray[np.uint8]
    shine: Floats
    probes: Floats
    open: NDArray[np.uint8]


def bake(scenery: Scenery, shadows: ShadowMap) -> Glow:
    """Light a set. Deterministic: the rays are a fixed spiral."""
    parts = [scenery.fixed, *(solid for parts in scenery.props.values() for solid in parts.values())]
    solid = join(parts)
    low, high = solid.points.min(axis=0) - 0.3, solid.points.max(axis=0) + 0.3  # (3,)
    cell = max(_FINEST, float((np.prod(high - low) / _CELLS) ** (1 / 3)))
    shape = np.ceil((high - low) / cell).astype(np.int64) + 1
    shape += shape % _PER_PROBE
    grid = _fill_cells(solid, scenery.palette, low.astype(np.float32), cell, tuple(shape.tolist()))
    emitters = _find_emitters(grid)
    sunlit = np.zeros((*grid.solid.shape, 3), np.float32)
    if scenery.sun.shines:
        _sun_cells(grid, shadows, scenery, sunlit)
    rays = _spiral(_RAYS)
    sky = np.array(scenery.sky, np.float32)
    direct = _light_probes(grid.solid, low.astype(np.float32), cell, emitters)
    received = direct
    for _ in range(_BOUNCES):
        reflected = _reflect(grid.solid, grid.albedo, grid.normal, sunlit, received)
        received = direct + _gather(grid.solid, cell, reflected, rays, sky)
    reflected = _reflect(grid.solid, grid.albedo, grid.normal, sunlit, received)
    half = tuple(slice(1, None, _PER_PROBE) for _ in range(3))
    return Glow(
        low.astype(np.float32), cell, grid.solid, reflected + grid.emission, received, 1 - grid.solid[half]
    )  # fmt: skip


@dataclass(frozen=True)
class _Grid:
    """Cells: which hold surface, and its mean colour, emission, normal and place [m]; area [m2]."""

    solid: NDArray[np.uint8]
    albedo: Floats
    emission: Floats
    normal: Floats
    place: Floats
    area: Floats


def _fill_cells(solid: Solid, palette: Palette, low: Floats, cell: float, shape: tuple[int, ...]) -> _Grid:
    """Mean surface of each cell, weighted by area."""
    sums = np.zeros((*shape, 13), np.float32)  # albedo, emission, normal, place, area
    albedo, emission = _mean_colors(palette)
    _scatter(solid.points, solid.triangles, solid.materials, albedo, emission, low, cell, sums)
    area = sums[..., 12]
    mean = (sums[..., :12] / np.maximum(area, 1e-12)[..., None]).astype(np.float32)
    return _Grid((area > 0).astype(np.uint8), mean[..., :3], mean[..., 3:6], mean[..., 6:9], mean[..., 9:], area)


@njit(cache=True)
def _scatter(
    points: Floats, triangles: Ints, materials: Ints, albedo: Floats, emission: Floats, low: Floats, cell: float,
    sums: Floats,
) -> None:  # fmt: skip
    """Halve triangles at their longest edge until they are smaller than half a cell; each half counts where it lies."""
    stack = np.empty((64, 3, 3), np.float32)
    limit = (0.5 * cell) ** 2
    for index in range(len(triangles)):
        for corner in range(3):
            stack[0, corner] = points[triangles[index, corner]]
        row = materials[index]
        height = 1
        while height > 0:
            height -= 1
            a, b, c = stack[height, 0].copy(), stack[height, 1].copy(), stack[height, 2].copy()
            ab, bc, ca = ((b - a) ** 2).sum(), ((c - b) ** 2).sum(), ((a - c) ** 2).sum()
            if max(ab, bc, ca) > limit and height < 60:
                if bc >= ab and bc >= ca:
                    a, b, c = b, c, a
                elif ca >= ab and ca >= bc:
                    a, b, c = c, a, b
                middle = (a + b) * np.float32(0.5)
                stack[height, 0], stack[height, 1], stack[height, 2] = a, middle, c
                stack[height + 1, 0], stack[height + 1, 1], stack[height + 1, 2] = middle, b, c
                height += 2
                continue
            nx = (b[1] - a[1]) * (c[2] - a[2]) - (b[2] - a[2]) * (c[1] - a[1])
            ny = (b[2] - a[2]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[2] - a[2])
            nz = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
            double = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9
            place = (a + b + c) / np.float32(3)
            i, j, k = int((place[0] - low[0]) / cell), int((place[1] - low[1]) / cell), int((place[2] - low[2]) / cell)
            into = sums[i, j, k]
            for axis in range(3):
                into[axis] += 0.5 * double * albedo[row, axis]
                into[3 + axis] += 0.5 * double * emission[row, axis]
                into[9 + axis] += 0.5 * double * place[axis]
            into[6] += 0.5 * nx
            into[7] += 0.5 * ny
            into[8] += 0.5 * nz
            into[12] += 0.5 * double


def _mean_colors(palette: Palette) -> tuple[Floats, Floats]:
    """Mean colour and mean emission of each material, shape [materials, 3] each."""
    albedo, emission = palette.base.copy(), palette.emission.copy()
    for row, (base, glow) in enumerate(palette.textures):
        for texture, color in ((base, albedo), (glow, emission)):
            if texture >= 0:
                first, width, height = palette.levels[texture][palette.levels[texture, :, 1] > 0][-1]
                color[row] *= palette.texels[first : first + width * height].mean(axis=0)
    return np.clip(albedo * (1 - 0.4 * palette.metallic[:, None]), 0, 0.85).astype(np.float32), emission


def _find_emitters(grid: _Grid) -> Floats:
    """Glowing cells gathered to at most so many lamps: place, normal, and area times radiance, shape [lamps, 9].

    A lamp whose surface faces all ways has a normal of length 0.
    """
    lit = grid.emission.max(axis=-1) > 0
    if not lit.any():
        return np.zeros((0, 9), np.float32)
    points, normals = grid.place[lit].astype(float), grid.normal[lit].astype(float)
    power = grid.emission[lit].astype(float) * grid.area[lit][:, None]  # (S, 3)
    weight = power.sum(axis=1)
    size = 0.5
    while True:
        _, group = np.unique(np.floor(points / size).astype(np.int64), axis=0, return_inverse=True)
        group = group.reshape(-1)
        count = int(group.max()) + 1
        if count <= 2 * _EMITTERS:
            break
        size *= 1.3

    def total(values: NDArray[np.floating]) -> NDArray[np.floating]:
        return np.stack([np.bincount(group, values[:, i], count) for i in range(3)], axis=1).astype(float)

    whole = np.bincount(group, weight, count)[:, None]
    place, way = total(points * weight[:, None]) / whole, total(normals * weight[:, None]) / whole
    length = np.linalg.norm(way, axis=1, keepdims=True)
    way = np.where(length > 0.6, way / np.maximum(length, 1e-9), 0.0)
    lamps = np.concatenate([place, way, total(power)], axis=1)  # (G, 9)
    kept = lamps[np.argsort(-whole[:, 0], kind="stable")[:_EMITTERS]]
    kept[:, 6:] *= lamps[:, 6:].sum() / max(float(kept[:, 6:].sum()), 1e-12)
    return kept.astype(np.float32)


def _sun_cells(grid: _Grid, shadows: ShadowMap, scenery: Scenery, sunlit: Floats) -> None:
    """Irradiance of the sun on each cell's mean surface."""
    cells = np.argwhere(grid.solid)  # (C, 3)
    at = tuple(cells.T)
    toward = np.array(scenery.sun.toward, np.float32)
    facing = np.abs(grid.normal[at] @ toward)  # (C,)
    placed = (grid.place[at] + 0.08 * toward) @ shadows.axes.T  # (C, 3)
    column, row = ((placed[:, i] * shadows.scale + shadows.shift[i]).astype(int) for i in range(2))
    size = len(shadows.reach)
    inside = (column >= 0) & (row >= 0) & (column < size) & (row < size)
    seen = np.zeros(len(cells), np.float32)
    reach = shadows.reach[np.clip(row, 0, size - 1), np.clip(column, 0, size - 1)]
    seen[inside & (placed[:, 2] <= reach + 0.25)] = 1.0
    sunlit[at] = (seen * facing)[:, None] * np.array(scenery.sun.color, np.float32)


def _spiral(count: int) -> Floats:
    """Directions spread evenly over the sphere (Fibonacci), shape [count, 3]."""
    i = np.arange(count) + 0.5
    polar, turn = np.arccos(1 - 2 * i / count), np.pi * (1 + 5**0.5) * i
    return np.stack([np.cos(turn) * np.sin(polar), np.cos(polar), np.sin(turn) * np.sin(polar)], 1).astype(np.float32)


@njit(cache=True)
def march(solid, x, y, z, dx, dy, dz, most):
    """From a point (in cells) along a unit direction to the first solid cell: its index and the way there [cells].

    Returns -1 for the index where the grid ends, -2 where `most` [cells] is reached first. (Amanatides & Woo 1987.)
    """
    i, j, k = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
    step_i, step_j, step_k = (1 if dx > 0 else -1), (1 if dy > 0 else -1), (1 if dz > 0 else -1)
    inv_x, inv_y, inv_z = 1.0 / max(abs(dx), 1e-9), 1.0 / max(abs(dy), 1e-9), 1.0 / max(abs(dz), 1e-9)
    next_x = ((i + 1 - x) if dx > 0 else (x - i)) * inv_x
    next_y = ((j + 1 - y) if dy > 0 else (y - j)) * inv_y
    next_z = ((k + 1 - z) if dz > 0 else (z - k)) * inv_z
    way = 0.0
    while way < most:
        if i < 0 or j < 0 or k < 0 or i >= solid.shape[0] or j >= solid.shape[1] or k >= solid.shape[2]:
            return -1, -1, -1, way
        if solid[i, j, k]:
            return i, j, k, way
        if next_x <= next_y and next_x <= next_z:
            way, next_x, i = next_x, next_x + inv_x, i + step_i
        elif next_y <= next_z:
            way, next_y, j = next_y, next_y + inv_y, j + step_j
        else:
            way, next_z, k = next_z, next_z + inv_z, k + step_k
    return -2, -2, -2, way


@njit(cache=True)
def _light_probes(solid: NDArray[np.uint8], low: Floats, cell: float, lamps: Floats) -> Floats:
    """Irradiance from the lamps that a probe sees, shape [x, y, z, 6, 3]."""
    nx, ny, nz = solid.shape[0] // 2, solid.shape[1] // 2, solid.shape[2] // 2
    probes = np.zeros((nx, ny, nz, 6, 3), np.float32)
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                if solid[2 * i + 1, 2 * j + 1, 2 * k + 1]:
                    continue
                x, y, z = 2 * i + 1.5, 2 * j + 1.5, 2 * k + 1.5
                for lamp in range(len(lamps)):
                    dx = (lamps[lamp, 0] - low[0]) / cell - x
                    dy = (lamps[lamp, 1] - low[1]) / cell - y
                    dz = (lamps[lamp, 2] - low[2]) / cell - z
                    far = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-6
                    dx, dy, dz = dx / far, dy / far, dz / far
                    ax, ay, az = lamps[lamp, 3], lamps[lamp, 4], lamps[lamp, 5]
                    facing = 0.25  # mean of a surface that faces all ways
                    if ax * ax + ay * ay + az * az > 0.5:
                        facing = abs(ax * dx + ay * dy + az * dz)
                    metres = far * cell
                    if metres > _REACH:
                        continue
                    strength = facing / (metres * metres + 0.12)
                    if strength * (lamps[lamp, 6] + lamps[lamp, 7] + lamps[lamp, 8]) < 1e-3:
                        continue
                    hit = march(solid, x, y, z, dx, dy, dz, far - 2.5)
                    if hit[0] >= 0:
                        continue
                    for color in range(3):
                        light = strength * lamps[lamp, 6 + color]
                        probes[i, j, k, 0 if dx > 0 else 1, color] += light * abs(dx)
                        probes[i, j, k, 2 if dy > 0 else 3, color] += light * abs(dy)
                        probes[i, j, k, 4 if dz > 0 else 5, color] += light * abs(dz)
    return probes


@njit(cache=True)
def _gather(solid: NDArray[np.uint8], cell: float, shine: Floats, rays: Floats, sky: Floats) -> Floats:
    """Irradiance from the cells around each probe and from the sky where a ray leaves, shape [x, y, z, 6, 3]."""
    nx, ny, nz = solid.shape[0] // 2, solid.shape[1] // 2, solid.shape[2] // 2
    probes = np.zeros((nx, ny, nz, 6, 3), np.float32)
    share = 4 * np.pi / len(rays)
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                if solid[2 * i + 1, 2 * j + 1, 2 * k + 1]:
                    continue
                for ray in range(len(rays)):
                    dx, dy, dz = rays[ray]
                    a, b, c, _ = march(solid, 2 * i + 1.5, 2 * j + 1.5, 2 * k + 1.5, dx, dy, dz, _REACH / cell)
                    if a == -2:
                        continue
                    for color in range(3):
                        light = share * (sky[color] if a == -1 else shine[a, b, c, color])
                        probes[i, j, k, 0 if dx > 0 else 1, color] += light * abs(dx)
                        probes[i, j, k, 2 if dy > 0 else 3, color] += light * abs(dy)
                        probes[i, j, k, 4 if dz > 0 else 5, color] += light * abs(dz)
    return probes


@njit(cache=True)
def _reflect(
    solid: NDArray[np.uint8], albedo: Floats, normal: Floats, sunlit: Floats, probes: Floats
) -> Floats:  # fmt: skip
    """Radiance that each solid cell reflects of what the air beside it receives, shape [X, Y, Z, 3]."""
    shine = np.zeros(albedo.shape, np.float32)
    size = probes.shape
    for i in range(solid.shape[0]):
        for j in range(solid.shape[1]):
            for k in range(solid.shape[2]):
                if not solid[i, j, k]:
                    continue
                received = np.zeros(3, np.float32)
                weight = 0.0
                for side in range(6):
                    step = 1 if side % 2 == 0 else -1
                    a, b, c = i, j, k
                    if side < 2:
                        a += 2 * step
                    elif side < 4:
                        b += 2 * step
                    else:
                        c += 2 * step
                    a, b, c = a // 2, b // 2, c // 2
                    if a < 0 or b < 0 or c < 0 or a >= size[0] or b >= size[1] or c >= size[2]:
                        continue
                    if solid[2 * a + 1, 2 * b + 1, 2 * c + 1]:
                        continue
                    axis = side // 2
                    facing = 0.1 + abs(normal[i, j, k, axis])
                    weight += facing
                    for color in range(3):
                        received[color] += facing * probes[a, b, c, side, color]
                for color in range(3):
                    light = sunlit[i, j, k, color] + (received[color] / weight if weight > 0 else 0.0)
                    shine[i, j, k, color] = albedo[i, j, k, color] * light / np.pi
    return shine
