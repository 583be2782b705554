"""Air light round the lamps of a light group, in closed form: each lamp is a point without a shadow."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.render.materials import load_texture, read_surface
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Glow

Array = NDArray[np.floating]
_CLUSTER = 0.25  # metres within which the faces of lamps are taken together


def integrate_glow(
    glow: Glow, stage: Usd.Stage, frame: int, eye: Array, rays: Array, length: Array
) -> NDArray[np.float32]:
    """Air light of a group's lamps taken as points, radiance, shape [h, w, 3].

    rays: Unit directions, [h, w, 3]. length: How far they go [m], [h, w]. The integral of 1/r^2 along a ray is the
    angle under which the lamp sees it over their distance (Sun et al., "A practical analytic single scattering
    model", 2005); shadows are left out.
    """
    places, powers, sizes = read_lamps(stage, frame, glow.group)
    planes = np.ascontiguousarray(np.moveaxis(rays, -1, 0), np.float32)  # (3, h, w)
    lamps = np.column_stack([places - eye, sizes**2, powers * glow.gain]).astype(np.float32)  # (lamps, 7)
    return _glow(planes, length.astype(np.float32), lamps)


@njit(parallel=True, cache=True, fastmath=True)
def _glow(rays: NDArray[np.float32], length: NDArray[np.float32], lamps: NDArray[np.float32]) -> NDArray[np.float32]:
    """rays (3, h, w); lamps: place from the eye, squared radius, strength (lamps, 7). The inner loop is a row of
    pixels without a branch, so that it is compiled to vectors."""
    height, width = length.shape
    result = np.empty((height, width, 3), np.float32)
    for y in prange(height):
        red, green, blue = np.zeros(width, np.float32), np.zeros(width, np.float32), np.zeros(width, np.float32)
        for n in range(len(lamps)):
            px, py, pz, core = lamps[n, 0], lamps[n, 1], lamps[n, 2], lamps[n, 3]
            for x in range(width):
                dx, dy, dz = rays[0, y, x], rays[1, y, x], rays[2, y, x]
                along = px * dx + py * dy + pz * dz
                qx, qy, qz = px - along * dx, py - along * dy, pz - along * dz
                near = qx * qx + qy * qy + qz * qz + core  # squared distance of lamp and ray
                away, far = np.sqrt(near), length[y, x]
                seen = _angle(far * away, near - (far - along) * along) / away
                red[x] += lamps[n, 4] * seen
                green[x] += lamps[n, 5] * seen
                blue[x] += lamps[n, 6] * seen
        result[y, :, 0], result[y, :, 1], result[y, :, 2] = red, green, blue
    return result


@njit(cache=True, inline="always", fastmath=True)
def _angle(y: np.float32, x: np.float32) -> np.float32:
    """atan2 for y >= 0 within 1e-6: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 4.4.49."""
    wide = abs(x)
    ratio = min(wide, y) / (max(wide, y) + np.float32(1e-30))
    s = ratio * ratio
    p = np.float32(0.0028662257) * s - np.float32(0.0161657367)
    p = p * s + np.float32(0.0429096138)
    p = p * s - np.float32(0.0752896400)
    p = p * s + np.float32(0.1065626393)
    p = p * s - np.float32(0.1420889944)
    p = p * s + np.float32(0.1999355085)
    p = p * s - np.float32(0.3333314528)
    angle = ratio + ratio * s * p
    angle = np.float32(np.pi / 2) - angle if y > wide else angle
    return np.float32(np.pi) - angle if x < 0 else angle


def read_lamps(stage: Usd.Stage, frame: int, group: str) -> tuple[Array, Array, Array]:
    """Emissive meshes of a light group as points.

    Returns places [m], shape [lamps, 3]; mean radiant intensity [W/sr] ACEScg, shape [lamps, 3]; radii [m], shape
    [lamps]. Faces within 25 cm of one another count as one lamp.
    """
    found = [_cluster(*face) for face in _emissive_faces(stage, frame, group)]
    if not found:
        return np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0)
    places, powers, sizes = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return places, powers, sizes


def _emissive_faces(stage: Usd.Stage, frame: int, group: str) -> list[tuple[Array, Array, Array]]:
    """For each mesh of the group: face centres, areas [m2], and its mean radiance."""
    xforms = UsdGeom.XformCache(frame)
    faces = []
    for prim in stage.Traverse():
        mesh = UsdGeom.Mesh(prim)
        if not mesh or str(prim.GetAttribute(names.LIGHT_GROUP).Get()) != group:
            continue
        if UsdGeom.Imageable(prim).ComputeVisibility(frame) == UsdGeom.Tokens.invisible:
            continue
        surface = read_surface(prim)
        radiance = np.asarray(surface.emission, float)
        if surface.emission_texture:
            radiance = radiance * _mean_color(surface.emission_texture)
        matrix = np.array(xforms.GetLocalToWorldTransform(prim))
        points = np.array(mesh.GetPointsAttr().Get(frame), np.float64) @ matrix[:3, :3] + matrix[3, :3]
        corners = points[np.array(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)]  # (T, 3, 3)
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        faces.append((corners.mean(axis=1), np.linalg.norm(normal, axis=1) / 2, radiance))
    return faces


@lru_cache(maxsize=64)
def _mean_color(file: str) -> Array:
    """The same in every frame of a shot: textures lie in products, which do not change."""
    return load_texture(file, color=True).mean(axis=(0, 1))  # (3,)


def _cluster(centres: Array, areas: Array, radiance: Array) -> tuple[Array, Array, Array]:
    _, lamp = np.unique(np.floor(centres / _CLUSTER).astype(np.int64), axis=0, return_inverse=True)
    lamp = lamp.reshape(-1)
    area = np.maximum(np.bincount(lamp, areas), 1e-12)
    places = np.stack([np.bincount(lamp, areas * centres[:, k]) for k in range(3)], axis=-1) / area[:, None]
    # A convex body shows a quarter of its surface on average (Cauchy).
    return places, area[:, None] / 4 * radiance, np.sqrt(area / (4 * np.pi))
