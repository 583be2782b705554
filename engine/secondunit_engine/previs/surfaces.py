"""What lies under each pixel: place, normal, colour and glow, looked up once from the triangle that the pixel sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from secondunit_engine.previs.rasterise import Buffers, Lens
from secondunit_engine.previs.solids import Palette, Solid

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass
class Surfaces:
    """Per pixel: place [m], unit normal toward the camera, albedo, emission, all [H, W, 3]; roughness and metallic,
    [H, W, 2]; depth along the axis [m], 0 where nothing is, [H, W]."""

    place: Floats
    normal: Floats
    albedo: Floats
    emission: Floats
    finish: Floats
    depth: Floats

    @classmethod
    def blank(cls, height: int, width: int) -> Surfaces:
        a, b, c, d = (np.zeros((height, width, 3), np.float32) for _ in range(4))
        return cls(a, b, c, d, np.ones((height, width, 2), np.float32), np.zeros((height, width), np.float32))

    def copy(self) -> Surfaces:
        return Surfaces(**{name: array.copy() for name, array in vars(self).items()})


def look_up(
    buffers: Buffers, lens: Lens, solid: Solid, placed: Floats, palette: Palette, first: int, into: Surfaces
) -> None:
    """Fill in the pixels that see a triangle numbered `first` or above; `placed` is what `draw_solid` returned."""
    _look_up(
        buffers.ids, first, np.float32(lens.focal), lens.eye, lens.axes, placed, solid.normals, solid.uvs,
        solid.triangles, solid.materials, palette.base, palette.emission, palette.roughness, palette.metallic,
        palette.textures, palette.texels, palette.levels,
        into.place, into.normal, into.albedo, into.emission, into.finish, into.depth,
    )  # fmt: skip


@njit(cache=True, fastmath=True)
def _look_up(
    ids, first, focal, eye, axes, placed, normals, uvs, triangles, materials, base, emission, roughness, metallic,
    textures, texels, levels, place, normal, albedo, glow, finish, depth,
):  # fmt: skip
    height, width = ids.shape
    for row in range(height):
        for column in range(width):
            index = ids[row, column] - first
            if ids[row, column] < 0 or index < 0:
                continue
            a, b, c = triangles[index, 0], triangles[index, 1], triangles[index, 2]
            dx, dy = (column + 0.5 - 0.5 * width) / focal, (0.5 * height - row - 0.5) / focal
            ex, ey, ez = placed[b, 0] - placed[a, 0], placed[b, 1] - placed[a, 1], placed[b, 2] - placed[a, 2]
            fx, fy, fz = placed[c, 0] - placed[a, 0], placed[c, 1] - placed[a, 1], placed[c, 2] - placed[a, 2]
            nx, ny, nz = ey * fz - ez * fy, ez * fx - ex * fz, ex * fy - ey * fx
            facing = nx * dx + ny * dy + nz
            double = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-20
            z = placed[a, 2]
            if abs(facing) > 1e-3 * double:
                z = (nx * placed[a, 0] + ny * placed[a, 1] + nz * placed[a, 2]) / facing
            px, py, pz = dx * z - placed[a, 0], dy * z - placed[a, 1], z - placed[a, 2]
            d00, d01, d11 = ex * ex + ey * ey + ez * ez, ex * fx + ey * fy + ez * fz, fx * fx + fy * fy + fz * fz
            d20, d21 = px * ex + py * ey + pz * ez, px * fx + py * fy + pz * fz
            solve = d00 * d11 - d01 * d01
            solve = 1.0 / solve if solve != 0.0 else 0.0
            v = min(max((d11 * d20 - d01 * d21) * solve, 0.0), 1.0)
            w = min(max((d00 * d21 - d01 * d20) * solve, 0.0), 1.0)
            u = 1.0 - v - w
            depth[row, column] = z
            # the face's normal toward the camera, in the world
            sign = -1.0 if facing > 0 else 1.0
            face_x = sign * (axes[0, 0] * nx + axes[1, 0] * ny + axes[2, 0] * nz) / double
            face_y = sign * (axes[0, 1] * nx + axes[1, 1] * ny + axes[2, 1] * nz) / double
            face_z = sign * (axes[0, 2] * nx + axes[1, 2] * ny + axes[2, 2] * nz) / double
            sx = u * normals[a, 0] + v * normals[b, 0] + w * normals[c, 0]
            sy = u * normals[a, 1] + v * normals[b, 1] + w * normals[c, 1]
            sz = u * normals[a, 2] + v * normals[b, 2] + w * normals[c, 2]
            length = np.sqrt(sx * sx + sy * sy + sz * sz)
            if length < 0.2:
                sx, sy, sz = face_x, face_y, face_z
            else:
                same = sx * face_x + sy * face_y + sz * face_z
                length = -length if same < 0 else length
                sx, sy, sz = sx / length, sy / length, sz / length
            normal[row, column, 0], normal[row, column, 1], normal[row, column, 2] = sx, sy, sz
            for axis in range(3):
                place[row, column, axis] = eye[axis] + z * (axes[0, axis] * dx + axes[1, axis] * dy + axes[2, axis])
            material = materials[index]
            finish[row, column, 0], finish[row, column, 1] = roughness[material], metallic[material]
            base_map, glow_map = textures[material, 0], textures[material, 1]
            for color in range(3):
                albedo[row, column, color] = base[material, color]
                glow[row, column, color] = emission[material, color]
            if base_map < 0 and glow_map < 0:
                continue
            s = u * uvs[a, 0] + v * uvs[b, 0] + w * uvs[c, 0]
            t = u * uvs[a, 1] + v * uvs[b, 1] + w * uvs[c, 1]
            mapped = abs(
                (uvs[b, 0] - uvs[a, 0]) * (uvs[c, 1] - uvs[a, 1]) - (uvs[b, 1] - uvs[a, 1]) * (uvs[c, 0] - uvs[a, 0])
            )
            slant = max(abs(facing) / double, 0.08)
            footprint = mapped / double * (z / focal) * (z / focal) / slant  # of the pixel in texture space
            for kind in range(2):
                texture = textures[material, kind]
                if texture < 0:
                    continue
                level = 0
                side = np.sqrt(footprint * levels[texture, 0, 1] * levels[texture, 0, 2])  # texels a pixel
                while side > 1.5 and level + 1 < levels.shape[1] and levels[texture, level + 1, 1] > 0:
                    level, side = level + 1, side * 0.5
                start, wide, high = levels[texture, level]
                fs, ft = s - np.floor(s), t - np.floor(t)
                i, j = min(int(fs * wide), wide - 1), min(int((1.0 - ft) * high), high - 1)
                texel = start + max(j, 0) * wide + max(i, 0)
                for color in range(3):
                    if kind == 0:
                        albedo[row, column, color] *= texels[texel, color]
                    else:
                        glow[row, column, color] *= texels[texel, color]
