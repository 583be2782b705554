"""The cones of spots in haze, single scattering, without a shadow ray.

A camera ray is inside a spot's cone over one interval (Eberly, "Intersection of a Line and a Cone"). Over it the
scattered light falls with the square of the distance to the lamp, so samples are placed evenly by the angle under
which the lamp sees them (Kulla and Fajardo, "Importance sampling techniques for path tracing in participating media",
2012): what is left is smooth, and six samples leave no noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.render.haze import TILE, haze_at
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Beams

Array = NDArray[np.floating]

_SAMPLES: Final = 6
_LENS: Final = 0.12  # m, the least distance to a lamp: a lens is no point


@dataclass(frozen=True)
class Spots:
    """Spots as rows.

    places, ways: Positions [m] and unit directions, [spots, 3]. intensities: ACEScg radiant intensity in the middle
    [W/sr], [spots, 3]. cutoff, beam: Cosines of where a cone ends and where it begins to fade, [spots].
    """

    places: Array
    ways: Array
    intensities: Array
    cutoff: Array
    beam: Array


def read_spots(stage: Usd.Stage, frame: int, group: str) -> Spots:
    """The lit, shaped sphere lights of a light group at a frame."""
    xforms = UsdGeom.XformCache(frame)
    rows = []
    for prim in stage.Traverse():
        light, shaping = UsdLux.SphereLight(prim), UsdLux.ShapingAPI(prim)
        if not light or not shaping or str(prim.GetAttribute(names.LIGHT_GROUP).Get()) != group:
            continue
        matrix = np.array(xforms.GetLocalToWorldTransform(prim))
        area = np.pi * float(light.GetRadiusAttr().Get(frame)) ** 2
        color = np.array(light.GetColorAttr().Get(frame)) * float(light.GetIntensityAttr().Get(frame)) * area
        angle = float(np.clip(shaping.GetShapingConeAngleAttr().Get(frame), 0.5, 89.0))
        softness = float(np.clip(shaping.GetShapingConeSoftnessAttr().Get(frame) or 0.0, 0.01, 0.99))
        way = -matrix[2, :3] / np.linalg.norm(matrix[2, :3])
        edges = np.cos(np.radians([angle, angle * (1 - softness)]))
        if color.max() > 0:
            rows.append(np.concatenate([matrix[3, :3], way, color, edges]))
    table = np.array(rows).reshape(-1, 11)
    return Spots(table[:, :3], table[:, 3:6], table[:, 6:9], table[:, 9], table[:, 10])


def integrate_beams(
    beams: Beams,
    stage: Usd.Stage,
    frame: int,
    eye: Array,
    rays: Array,
    length: Array,
    extinction: float,
    haze: NDArray[np.float32],
    drift: Array,
) -> NDArray[np.float32]:
    """Light that the spots of a group send to the eye by the haze in their cones, radiance ACEScg, [h, w, 3].

    rays: Unit directions, [h, w, 3]. length: How far they go [m], [h, w]. extinction: Of the air before the beams
    [1/m]. haze: A tile of 3D noise with zero mean, [z, y, x], moved by `drift` tiles.
    """
    spots = read_spots(stage, frame, beams.group)
    table = np.column_stack(
        [spots.places - eye, spots.ways, spots.intensities, spots.cutoff, spots.beam]
    )  # (spots, 11)
    origin = eye / TILE + drift
    return _beams(
        rays, length.astype(np.float64), table, origin, haze,
        extinction, beams.density, beams.anisotropy, beams.unevenness,
    )  # fmt: skip


@njit(parallel=True, cache=True)
def _beams(rays, length, spots, origin, haze, extinction, gain, g, cloudy):
    """rays (h, w, 3); spots as `integrate_beams` packs them, places from the eye; origin of the eye in haze tiles."""
    height, width = length.shape
    result = np.zeros((height, width, 3), np.float32)
    for y in prange(height):
        for x in range(width):
            dx, dy, dz = rays[y, x]
            for n in range(len(spots)):
                px, py, pz, wx, wy, wz, red, green, blue, cutoff, core = spots[n]
                along = dx * wx + dy * wy + dz * wz
                before = -(px * wx + py * wy + pz * wz)
                nearest = px * dx + py * dy + pz * dz
                square = px * px + py * py + pz * pz
                enter, leave = _interval(along, before, -nearest, square, cutoff * cutoff, length[y, x])
                if leave <= enter:
                    continue
                away = max(np.sqrt(max(square - nearest * nearest, 0.0)), _LENS)
                first, last = np.arctan((enter - nearest) / away), np.arctan((leave - nearest) / away)
                amount = 0.0
                for number in range(_SAMPLES):
                    t = nearest + away * np.tan(first + (last - first) * ((number + 0.5) / _SAMPLES))
                    ox, oy, oz = dx * t - px, dy * t - py, dz * t - pz
                    size = np.sqrt(ox * ox + oy * oy + oz * oz)
                    edge = min(max(((ox * wx + oy * wy + oz * wz) / size - cutoff) / (core - cutoff), 0.0), 1.0)
                    cosine = -(ox * dx + oy * dy + oz * dz) / size
                    spread = 1 + g * g - 2 * g * cosine
                    scattered = (1 - g * g) / (4 * np.pi * spread * np.sqrt(spread))
                    uneven = haze_at(
                        haze, origin[0] + dx * t / TILE, origin[1] + dy * t / TILE, origin[2] + dz * t / TILE
                    )
                    density = max(1 + cloudy * uneven, 0.0)
                    amount += edge * edge * (3 - 2 * edge) * scattered * density * np.exp(-extinction * t)
                amount *= gain * (last - first) / (away * _SAMPLES)
                result[y, x, 0] += red * amount
                result[y, x, 1] += green * amount
                result[y, x, 2] += blue * amount
    return result


@njit(cache=True, inline="always")
def _interval(along, before, apart, square, edge, far):
    """Where a ray is inside the forward cone; empty where leave <= enter.

    along, before: Of the ray and of its start from the tip, along the axis. apart, square: The start's part along the
    ray and its squared distance, from the tip. edge: Squared cosine of the cone.
    """
    a = along * along - edge
    if abs(a) < 1e-6:
        a = 1e-6
    b = along * before - edge * apart
    c = before * before - edge * square
    root = np.sqrt(max(b * b - a * c, 0.0))
    low, high = min((-b - root) / a, (-b + root) / a), max((-b - root) / a, (-b + root) / a)
    if a < 0:  # the ray crosses the cone's side twice
        if b * b <= a * c or before + along * (low + high) / 2 <= 0:
            return 0.0, -1.0
        return max(low, 0.0), min(high, far)
    if along > 0:  # it runs out along the beam
        return max(high, 0.0), far
    return 0.0, min(low, far)  # or in
