"""Reuse across frames: light of a surface point is gathered from the frames before and after it.

Each pixel's surface point is followed to where it was, or will be, in a neighbouring frame: through the camera,
its rigid body or its deforming mesh. The nearest pixel there is taken if it shows the same surface at the same
place with the same normal. Diffuse light is shared freely, since it is divided by albedo; specular light only as
far as the reflection still points the same way, within the width of its lobe; on water, which bends as it moves, by
the normal that it had there. Taps are nearest, never bilinear:
blended taps correlate the noise and the denoiser then keeps it as blotches.

Related: Schied et al., "Spatiotemporal Variance-Guided Filtering" (2017), section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from secondunit_engine.render.records import (
    DIFFUSE,
    GROUPS,
    NORMAL,
    POSITION,
    SPECULAR,
    SURFACE,
    pack_color,
    unpack_color,
    unpack_normal,
)
from secondunit_engine.render.scene import Tables
from secondunit_engine.render.view import View

_PLANE = 0.012, 0.002  # accepted distance from the plane: of depth, and in metres
_SAME_NORMAL = 0.85
_FADED = 0.1  # of a light's brightness: less than that is one light
_TURN = 0.99  # a moving surface that turns further than this cosine is lit differently
_TRAVEL = 0.25  # and so is one that has moved this far [m]
_BENDS = 0.05  # alpha below which a deforming surface mirrors its own bending: water


@dataclass(frozen=True)
class Motion:
    """Everything that moves in one frame.

    transforms: Of the movers, row vectors [movers, 4, 4]. deformed: World points of deforming parts [vertices, 3].
    levels: How bright the lights are that change, [lights, 3].
    """

    view: View
    transforms: NDArray[np.float64]
    deformed: NDArray[np.float32]
    levels: NDArray[np.float64]


@dataclass(frozen=True)
class Follow:
    """Where the surface points of one frame are in other frames, as arrays for the kernels (T frames, M movers)."""

    cameras: NDArray[np.float32]  # (T, 4, 4) world to camera, row vectors
    eyes: NDArray[np.float32]  # (T, 3)
    focals: NDArray[np.float32]  # (T,) [pixels]
    rigid: NDArray[np.float32]  # (T, M, 4, 4) from the world of the own frame
    deformed: NDArray[np.float32]  # (T, V, 3)
    own: int


def lit_alike(one: Motion, other: Motion) -> bool:
    """Whether the light of two frames may be shared: a light that blinks or fades must not be seen in frames around."""
    brighter = np.maximum(one.levels, other.levels)
    return bool(np.all(np.abs(one.levels - other.levels) <= _FADED * brighter))


def follow(motions: Sequence[Motion], own: int) -> Follow:
    """Prepare to follow points from frame number `own` of `motions` to all of them."""
    here = np.linalg.inv(motions[own].transforms)  # (M, 4, 4)
    return Follow(
        cameras=np.stack([m.view.world_to_camera for m in motions]).astype(np.float32),
        eyes=np.stack([m.view.eye for m in motions]).astype(np.float32),
        focals=np.array([m.view.focal_px for m in motions], np.float32),
        rigid=np.stack([here @ m.transforms for m in motions]).astype(np.float32),
        deformed=np.stack([m.deformed for m in motions]),
        own=own,
    )


def gather(
    records: Sequence[NDArray[np.uint32]],
    path: Follow,
    face: NDArray[np.int32],
    barycentric: NDArray[np.float32],
    tables: Tables,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Mean diffuse (H, W, 3), specular (H, W, 3) and group light (H, W, groups, 3) over the frames of `path`."""
    return _gather(
        tuple(np.asarray(frame) for frame in records), path.own, path.cameras, path.eyes, path.focals, path.rigid,
        path.deformed, face, barycentric, tables.face_vertices, tables.mover_of, tables.deforms, tables.alpha,
    )  # fmt: skip


def smooth(
    frames: Sequence[NDArray[np.uint32]],
    records: Sequence[NDArray[np.uint32]],
    path: Follow,
    face: NDArray[np.int32],
    barycentric: NDArray[np.float32],
    tables: Tables,
) -> NDArray[np.float32]:
    """The last short gather, of denoised light (packed, (H, W)) with bilinear taps; returns (H, W, 3)."""
    return _smooth(
        tuple(np.asarray(frame) for frame in frames), tuple(np.asarray(frame) for frame in records), path.own,
        path.cameras, path.eyes, path.focals, path.rigid, path.deformed, face, barycentric, tables.face_vertices,
        tables.mover_of, tables.deforms, tables.alpha,
    )  # fmt: skip


def motion_vectors(
    position: NDArray[np.float32],
    face: NDArray[np.int32],
    barycentric: NDArray[np.float32],
    path: Follow,
    to: int,
    tables: Tables,
) -> NDArray[np.float32]:
    """Pixels from here to where each point is in frame number `to` of `path`, (H, W, 2); the sky moves by rotation."""
    return _motion_vectors(
        position, face, barycentric, path.own, to, path.cameras, path.eyes, path.focals, path.rigid, path.deformed,
        tables.face_surface, tables.face_vertices, tables.mover_of, tables.deforms,
    )  # fmt: skip


@njit(cache=True, inline="always")
def _point_at(t, own, x, y, z, surface, face, b1, b2, rigid, deformed, face_vertices, mover_of, deforms):
    """A world point of the own frame in frame t."""
    if deforms[surface]:
        b0 = np.float32(1) - b1 - b2
        i, j, k = face_vertices[face, 0], face_vertices[face, 1], face_vertices[face, 2]
        x += b0 * (deformed[t, i, 0] - deformed[own, i, 0]) + b1 * (deformed[t, j, 0] - deformed[own, j, 0])
        y += b0 * (deformed[t, i, 1] - deformed[own, i, 1]) + b1 * (deformed[t, j, 1] - deformed[own, j, 1])
        z += b0 * (deformed[t, i, 2] - deformed[own, i, 2]) + b1 * (deformed[t, j, 2] - deformed[own, j, 2])
        x += b2 * (deformed[t, k, 0] - deformed[own, k, 0])
        y += b2 * (deformed[t, k, 1] - deformed[own, k, 1])
        z += b2 * (deformed[t, k, 2] - deformed[own, k, 2])
        return x, y, z
    m = mover_of[surface]
    if m > 0:
        r = rigid[t, m]
        return (
            x * r[0, 0] + y * r[1, 0] + z * r[2, 0] + r[3, 0],
            x * r[0, 1] + y * r[1, 1] + z * r[2, 1] + r[3, 1],
            x * r[0, 2] + y * r[1, 2] + z * r[2, 2] + r[3, 2],
        )
    return x, y, z


@njit(cache=True, inline="always")
def _normal_at(t, nx, ny, nz, surface, rigid, mover_of):
    """A normal of the own frame in frame t, turned with its rigid body."""
    m = mover_of[surface]
    if m == 0:
        return nx, ny, nz
    r = rigid[t, m]
    x = nx * r[0, 0] + ny * r[1, 0] + nz * r[2, 0]
    y = nx * r[0, 1] + ny * r[1, 1] + nz * r[2, 1]
    z = nx * r[0, 2] + ny * r[1, 2] + nz * r[2, 2]
    return x, y, z


@njit(cache=True, inline="always")
def _project(c, focal, width, height, x, y, z):
    """Pixel coordinates and depth of a world point."""
    depth = -(x * c[0, 2] + y * c[1, 2] + z * c[2, 2] + c[3, 2])
    if depth < np.float32(1e-4):
        return np.float32(-1), np.float32(-1), np.float32(-1)
    u = x * c[0, 0] + y * c[1, 0] + z * c[2, 0] + c[3, 0]
    v = x * c[0, 1] + y * c[1, 1] + z * c[2, 1] + c[3, 1]
    return width * np.float32(0.5) + focal * u / depth, height * np.float32(0.5) - focal * v / depth, depth


@njit(cache=True, inline="always")
def _mirror(eye, x, y, z, nx, ny, nz):
    """Unit direction in which a mirror at the point would show the world to the eye."""
    vx, vy, vz = x - eye[0], y - eye[1], z - eye[2]
    size = np.sqrt(vx * vx + vy * vy + vz * vz) + np.float32(1e-12)
    vx, vy, vz = vx / size, vy / size, vz / size
    twice = np.float32(2) * (vx * nx + vy * ny + vz * nz)
    return vx - twice * nx, vy - twice * ny, vz - twice * nz


@njit(parallel=True, cache=True, fastmath=True)
def _gather(
    frames,
    own,
    cameras,
    eyes,
    focals,
    rigid,
    deformed,
    face,
    barycentric,
    face_vertices,
    mover_of,
    deforms,
    alpha,
):
    height, width, fields = frames[0].shape
    count = fields - GROUPS
    diffuse = np.zeros((height, width, 3), np.float32)
    specular = np.zeros((height, width, 3), np.float32)
    groups = np.zeros((height, width, count, 3), np.float32)
    for y in prange(height):
        for x in range(width):
            here = frames[own][y, x]
            surface = here[SURFACE]
            if surface == 0:  # the sky, though some rays may have met an edge
                diffuse[y, x, 0], diffuse[y, x, 1], diffuse[y, x, 2] = unpack_color(here[DIFFUSE])
                specular[y, x, 0], specular[y, x, 1], specular[y, x, 2] = unpack_color(here[SPECULAR])
                for n in range(count):
                    r, g, b = unpack_color(here[GROUPS + n])
                    groups[y, x, n, 0], groups[y, x, n, 1], groups[y, x, n, 2] = r, g, b
                continue
            place = here[POSITION : POSITION + 3].view(np.float32)
            nx, ny, nz = unpack_normal(here[NORMAL])
            rx, ry, rz = _mirror(eyes[own], place[0], place[1], place[2], nx, ny, nz)
            moves = deforms[surface] or mover_of[surface] > 0
            lobe = max(alpha[surface], np.float32(1.0) / focals[own])
            d0, d1, d2 = np.float32(0), np.float32(0), np.float32(0)
            s0, s1, s2 = np.float32(0), np.float32(0), np.float32(0)
            diffuse_weight, specular_weight = np.float32(0), np.float32(0)
            for t in range(len(cameras)):  # the frames may be padded
                if t == own:
                    tap = here
                    mirrored = True
                else:
                    px, py, pz = _point_at(
                        t, own, place[0], place[1], place[2], surface, face[y, x], barycentric[y, x, 0],
                        barycentric[y, x, 1], rigid, deformed, face_vertices, mover_of, deforms,
                    )  # fmt: skip
                    u, v, depth = _project(cameras[t], focals[t], np.float32(width), np.float32(height), px, py, pz)
                    column, row = int(np.floor(u)), int(np.floor(v))
                    if depth < 0 or column < 0 or row < 0 or column >= width or row >= height:
                        continue
                    tap = frames[t][row, column]
                    if tap[SURFACE] != surface:
                        continue
                    mx, my, mz = _normal_at(t, nx, ny, nz, surface, rigid, mover_of)
                    there = tap[POSITION : POSITION + 3].view(np.float32)
                    off = (there[0] - px) * mx + (there[1] - py) * my + (there[2] - pz) * mz
                    if abs(off) > _PLANE[0] * depth + _PLANE[1]:
                        continue
                    tx, ty, tz = unpack_normal(tap[NORMAL])
                    if mx * tx + my * ty + mz * tz < _SAME_NORMAL:
                        continue
                    if moves:
                        away = (px - place[0]) ** 2 + (py - place[1]) ** 2 + (pz - place[2]) ** 2
                        if away > _TRAVEL * _TRAVEL or mx * nx + my * ny + mz * nz < _TURN:
                            continue
                    if deforms[surface] and alpha[surface] < _BENDS:
                        mx, my, mz = tx, ty, tz
                    qx, qy, qz = _mirror(eyes[t], px, py, pz, mx, my, mz)
                    apart = (qx - rx) ** 2 + (qy - ry) ** 2 + (qz - rz) ** 2
                    mirrored = apart <= lobe * lobe
                r, g, b = unpack_color(tap[DIFFUSE])
                d0 += r
                d1 += g
                d2 += b
                diffuse_weight += np.float32(1)
                for n in range(count):
                    r, g, b = unpack_color(tap[GROUPS + n])
                    groups[y, x, n, 0] += r
                    groups[y, x, n, 1] += g
                    groups[y, x, n, 2] += b
                if mirrored:
                    r, g, b = unpack_color(tap[SPECULAR])
                    s0 += r
                    s1 += g
                    s2 += b
                    specular_weight += np.float32(1)
            diffuse[y, x, 0] = d0 / diffuse_weight
            diffuse[y, x, 1] = d1 / diffuse_weight
            diffuse[y, x, 2] = d2 / diffuse_weight
            specular[y, x, 0] = s0 / specular_weight
            specular[y, x, 1] = s1 / specular_weight
            specular[y, x, 2] = s2 / specular_weight
            for n in range(count):
                for channel in range(3):
                    groups[y, x, n, channel] /= diffuse_weight
    return diffuse, specular, groups


@njit(parallel=True, cache=True, fastmath=True)
def _smooth(
    lights,
    frames,
    own,
    cameras,
    eyes,
    focals,
    rigid,
    deformed,
    face,
    barycentric,
    face_vertices,
    mover_of,
    deforms,
    alpha,
):
    height, width = lights[0].shape
    result = np.zeros((height, width, 3), np.float32)
    for y in prange(height):
        for x in range(width):
            here = frames[own][y, x]
            surface = here[SURFACE]
            r0, g0, b0 = unpack_color(lights[own][y, x])
            result[y, x, 0], result[y, x, 1], result[y, x, 2] = r0, g0, b0
            if surface == 0:
                continue
            place = here[POSITION : POSITION + 3].view(np.float32)
            nx, ny, nz = unpack_normal(here[NORMAL])
            rx, ry, rz = _mirror(eyes[own], place[0], place[1], place[2], nx, ny, nz)
            lobe = max(np.float32(2) * alpha[surface], np.float32(1.0) / focals[own])
            total = np.float32(1)
            for t in range(len(cameras)):  # the frames may be padded
                if t == own:
                    continue
                px, py, pz = _point_at(
                    t, own, place[0], place[1], place[2], surface, face[y, x], barycentric[y, x, 0],
                    barycentric[y, x, 1], rigid, deformed, face_vertices, mover_of, deforms,
                )  # fmt: skip
                u, v, depth = _project(cameras[t], focals[t], np.float32(width), np.float32(height), px, py, pz)
                if depth < 0:
                    continue
                mx, my, mz = _normal_at(t, nx, ny, nz, surface, rigid, mover_of)
                if deforms[surface] and alpha[surface] < _BENDS:
                    column, row = int(np.floor(u)), int(np.floor(v))
                    if column < 0 or row < 0 or column >= width or row >= height:
                        continue
                    mx, my, mz = unpack_normal(frames[t][row, column][NORMAL])
                qx, qy, qz = _mirror(eyes[t], px, py, pz, mx, my, mz)
                if (qx - rx) ** 2 + (qy - ry) ** 2 + (qz - rz) ** 2 > lobe * lobe:
                    continue
                u -= np.float32(0.5)
                v -= np.float32(0.5)
                left, top = int(np.floor(u)), int(np.floor(v))
                for corner in range(4):
                    column, row = left + (corner & 1), top + (corner >> 1)
                    if column < 0 or row < 0 or column >= width or row >= height:
                        continue
                    tap = frames[t][row, column]
                    if tap[SURFACE] != surface:
                        continue
                    there = tap[POSITION : POSITION + 3].view(np.float32)
                    off = (there[0] - px) * mx + (there[1] - py) * my + (there[2] - pz) * mz
                    if abs(off) > _PLANE[0] * depth + _PLANE[1]:
                        continue
                    weight = (np.float32(1) - abs(u - column)) * (np.float32(1) - abs(v - row))
                    r, g, b = unpack_color(lights[t][row, column])
                    result[y, x, 0] += weight * r
                    result[y, x, 1] += weight * g
                    result[y, x, 2] += weight * b
                    total += weight
            for channel in range(3):
                result[y, x, channel] /= total
    return result


@njit(parallel=True, cache=True)
def _motion_vectors(
    position,
    face,
    barycentric,
    own,
    to,
    cameras,
    eyes,
    focals,
    rigid,
    deformed,
    face_surface,
    face_vertices,
    mover_of,
    deforms,
):
    height, width = face.shape
    motion = np.zeros((height, width, 2), np.float32)
    back = np.linalg.inv(cameras[own].astype(np.float64)).astype(np.float32)
    for y in prange(height):
        for x in range(width):
            surface = face_surface[face[y, x]]
            if face[y, x] == 0:  # a point of the sky, far along the ray
                i = (x + np.float32(0.5) - width / np.float32(2)) / focals[own]
                j = (height / np.float32(2) - y - np.float32(0.5)) / focals[own]
                px = i * back[0, 0] + j * back[1, 0] - back[2, 0]
                py = i * back[0, 1] + j * back[1, 1] - back[2, 1]
                pz = i * back[0, 2] + j * back[1, 2] - back[2, 2]
                px, py, pz = px * 1e5 + eyes[to, 0], py * 1e5 + eyes[to, 1], pz * 1e5 + eyes[to, 2]
            else:
                px, py, pz = _point_at(
                    to, own, position[y, x, 0], position[y, x, 1], position[y, x, 2], surface, face[y, x],
                    barycentric[y, x, 0], barycentric[y, x, 1], rigid, deformed, face_vertices, mover_of, deforms,
                )  # fmt: skip
            u, v, depth = _project(
                cameras[to],
                focals[to],
                np.float32(width),
                np.float32(height),
                np.float32(px),
                np.float32(py),
                np.float32(pz),
            )
            if depth > 0:
                motion[y, x, 0] = u - x - np.float32(0.5)
                motion[y, x, 1] = v - y - np.float32(0.5)
    return motion


@njit(parallel=True, cache=True)
def pack_picture(picture: NDArray[np.float32]) -> NDArray[np.uint32]:
    """Pack colours (H, W, 3) as RGB9E5 (H, W)."""
    height, width = picture.shape[:2]
    packed = np.empty((height, width), np.uint32)
    for y in prange(height):
        for x in range(width):
            packed[y, x] = pack_color(picture[y, x, 0], picture[y, x, 1], picture[y, x, 2])
    return packed
