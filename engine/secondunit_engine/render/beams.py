"""The cones of spots in haze, single scattering, without a shadow ray.

A camera ray is inside a spot's cone over one interval (Eberly, "Intersection of a Line and a Cone"). Over it the
scattered light falls with the square of the distance to the lamp, so samples are placed evenly by the angle under
which the lamp sees them (Kulla and Fajardo, "Importance sampling techniques for path tracing in participating media",
2012): what is left is smooth, and six samples leave no noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.render.llvm import mitsuba
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Beams

Array = NDArray[np.floating]

_SAMPLES: Final = 6
_LENS: Final = 0.12  # m, the least distance to a lamp: a lens is no point
_TILE: Final = 9.0  # m after which the unevenness of the haze repeats


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
    haze: Any,
    drift: Array,
) -> NDArray[np.float32]:
    """Light that the spots of a group send to the eye by the haze in their cones, radiance ACEScg, [h, w, 3].

    rays: Unit directions, [h, w, 3]. length: How far they go [m], [h, w]. extinction: Of the air before the beams
    [1/m]. haze: A tile of 3D noise with zero mean, moved by `drift` tiles.
    """
    spots = read_spots(stage, frame, beams.group)
    if not len(spots.places):
        return np.zeros((*length.shape, 3), np.float32)
    mi = mitsuba()
    import drjit as dr

    def column(rows: Array) -> Any:
        kind = mi.Float if rows.ndim == 1 else mi.Vector3f
        return kind(np.ascontiguousarray(rows.T, np.float32))

    direction = column(rays.reshape(-1, 3))
    far = column(length.ravel())
    start = mi.Point3f(*(dr.opaque(mi.Float, float(value)) for value in eye))
    moved = mi.Vector3f(*(dr.opaque(mi.Float, float(value)) for value in drift))
    fade, cloudy = dr.opaque(mi.Float, float(extinction)), dr.opaque(mi.Float, float(beams.unevenness))
    gain, g = dr.opaque(mi.Float, float(beams.density)), dr.opaque(mi.Float, float(beams.anisotropy))
    places, ways, colors = column(spots.places), column(spots.ways), mi.Color3f(column(spots.intensities))
    cutoffs, cores = column(spots.cutoff), column(spots.beam)
    count = dr.opaque(mi.UInt32, len(spots.places))

    def body(spot: Any, total: Any) -> tuple[Any, Any]:
        lamp, way = mi.Point3f(dr.gather(mi.Vector3f, places, spot)), dr.gather(mi.Vector3f, ways, spot)
        cutoff, core = dr.gather(mi.Float, cutoffs, spot), dr.gather(mi.Float, cores, spot)
        enter, leave = _interval(dr, start - lamp, direction, way, cutoff, far)
        nearest = dr.dot(lamp - start, direction)
        height = dr.maximum(dr.norm(start + direction * nearest - lamp), _LENS)
        first, last = dr.atan((enter - nearest) / height), dr.atan((leave - nearest) / height)
        amount = mi.Float(0)
        for number in range(_SAMPLES):
            t = nearest + height * dr.tan(first + (last - first) * ((number + 0.5) / _SAMPLES))
            point = start + direction * t
            out = dr.normalize(point - lamp)
            edge = dr.clip((dr.dot(out, way) - cutoff) / (core - cutoff), 0, 1)
            cosine = dr.dot(out, -direction)
            scattered = (1 - g * g) / (4 * dr.pi * (1 + g * g - 2 * g * cosine) ** 1.5)
            density = dr.maximum(1 + cloudy * haze.eval(point / _TILE + moved)[0], 0)
            amount += edge * edge * (3 - 2 * edge) * scattered * density * dr.exp(-fade * t)
        seen = dr.select(leave > enter, amount * gain * (last - first) / (height * _SAMPLES), 0)
        return spot + 1, total + dr.gather(mi.Color3f, colors, spot) * seen

    state = (dr.zeros(mi.UInt32, length.size), dr.zeros(mi.Color3f, length.size))
    _, total = dr.while_loop(state, lambda spot, _: spot < count, body)
    return np.array(total).T.reshape(*length.shape, 3).astype(np.float32)


def _interval(dr: Any, offset: Any, direction: Any, way: Any, cutoff: Any, far: Any) -> tuple[Any, Any]:
    """Where rays that start at `offset` from the tip are inside the forward cone; empty where leave <= enter."""
    along, before = dr.dot(direction, way), dr.dot(offset, way)
    square = cutoff * cutoff
    a = along * along - square
    a = dr.select(dr.abs(a) < 1e-6, 1e-6, a)
    b = along * before - square * dr.dot(offset, direction)
    c = before * before - square * dr.dot(offset, offset)
    root = dr.sqrt(dr.maximum(b * b - a * c, 0))
    low, high = dr.minimum((-b - root) / a, (-b + root) / a), dr.maximum((-b - root) / a, (-b + root) / a)
    across = a < 0  # the ray crosses the cone's side twice; else it runs out along the beam, or in
    inside = across & (b * b > a * c) & (before + along * (low + high) / 2 > 0)
    enter = dr.select(across, low, dr.select(along > 0, high, -1e6))
    leave = dr.select(across, dr.select(inside, high, -1e6), dr.select(along > 0, 1e6, low))
    return dr.maximum(enter, 0), dr.minimum(leave, far)
