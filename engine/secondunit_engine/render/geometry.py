"""Meshes and curves of a USD stage as plain arrays, sorted by how they move.

A part is one UsdGeom prim. It stands still, moves as a rigid body with some ancestor, or deforms (its points are
sampled over time). Parts that stand still, or move with the same body, and share a material are merged later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom

from secondunit_engine.render.materials import RGB, Surface, read_surface
from secondunit_engine.world import stage as names

Kind = Literal["mesh", "curves"]


@dataclass(frozen=True)
class Part:
    """One visible mesh or set of curves; points are in the space of `mover` (the world where there is none).

    points: [m], shape [points, 3]. triangles: shape [triangles, 3]; for curves the first control point of each
    segment, shape [segments, 1]. corners: source point of each vertex where vertices were split, else None. veil: path
    of the prim from here up that is seen at some time codes only, "" if there is none.
    """

    path: str
    object: str
    kind: Kind
    surface: Surface
    mover: str
    deforms: bool
    glossy_body: bool
    light_group: str
    sampling_weight: float
    points: NDArray[np.float32]
    triangles: NDArray[np.int32]
    normals: NDArray[np.float32] | None
    uvs: NDArray[np.float32] | None
    corners: NDArray[np.int64] | None = None
    radii: NDArray[np.float32] | None = None
    curve_counts: NDArray[np.int64] | None = None
    tint: RGB = (0.18, 0.18, 0.18)
    veil: str = ""


def read_parts(stage: Usd.Stage, frame: int) -> list[Part]:
    """Every mesh and hair of the stage that is seen at some time, in the order of the stage."""
    parts: list[Part] = []
    xforms = UsdGeom.XformCache(frame)
    for prim in Usd.PrimRange(stage.GetPseudoRoot(), Usd.TraverseInstanceProxies()):
        if not UsdGeom.Mesh(prim) and not UsdGeom.BasisCurves(prim):
            continue
        imageable = UsdGeom.Imageable(prim)
        veil = find_veil(prim)
        if not veil and imageable.ComputeVisibility(frame) == UsdGeom.Tokens.invisible:
            continue
        if imageable.ComputePurpose() not in (UsdGeom.Tokens.default_, UsdGeom.Tokens.render):
            continue
        part = _read_mesh(prim, frame, xforms) if UsdGeom.Mesh(prim) else _read_curves(prim, frame, xforms)
        if part is not None:
            parts.append(replace(part, veil=veil) if veil else part)
    return parts


def find_veil(prim: Usd.Prim) -> str:
    """Path of the nearest prim from here up whose visibility changes over time, "" if none does."""
    while prim and not prim.IsPseudoRoot():
        imageable = UsdGeom.Imageable(prim)
        if imageable and imageable.GetVisibilityAttr().ValueMightBeTimeVarying():
            return str(prim.GetPath())
        prim = prim.GetParent()
    return ""


def world_points(stage: Usd.Stage, part: Part, frame: float, xforms: UsdGeom.XformCache) -> NDArray[np.float32]:
    """Points of a deforming part in the world at a time code [m], shape [points, 3]."""
    prim = stage.GetPrimAtPath(part.path)
    points = np.array(UsdGeom.PointBased(prim).GetPointsAttr().Get(frame), np.float32).reshape(-1, 3)
    if part.kind == "curves":
        points = points[part.corners] if part.corners is not None else points
    elif part.corners is not None:
        points = points[part.corners]
    return transform_points(points, np.array(xforms.GetLocalToWorldTransform(prim)))


def transform_points(points: NDArray[np.float32], matrix: NDArray[np.float64]) -> NDArray[np.float32]:
    """Points [..., 3] through a row-vector matrix [4, 4]."""
    return (points @ matrix[:3, :3].astype(np.float32) + matrix[3, :3].astype(np.float32)).astype(np.float32)


def transform_normals(normals: NDArray[np.float32], matrix: NDArray[np.float64]) -> NDArray[np.float32]:
    """Unit normals [..., 3] through the inverse transpose of a row-vector matrix [4, 4]."""
    turned = normals @ np.linalg.inv(matrix[:3, :3]).T.astype(np.float32)
    return (turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-12)).astype(np.float32)


def find_mover(prim: Usd.Prim) -> str:
    """Path of the nearest prim from here up whose own transform changes over time, "" if nothing moves."""
    while prim and not prim.IsPseudoRoot():
        if UsdGeom.Xformable(prim) and UsdGeom.Xformable(prim).TransformMightBeTimeVarying():
            return str(prim.GetPath())
        prim = prim.GetParent()
    return ""


def _object_of(path: str) -> str:
    """People and props are one object whatever they are made of; in the set each mesh is one."""
    for room in (names.PROPS, names.CAST):
        if path.startswith(room + "/"):
            return room + "/" + path[len(room) + 1 :].split("/")[0]
    return path


def _to_mover(prim: Usd.Prim, mover: str, xforms: UsdGeom.XformCache) -> NDArray[np.float64]:
    """Row-vector matrix from the prim to its mover's space (the world where there is none), [4, 4]."""
    matrix = xforms.GetLocalToWorldTransform(prim)
    if mover:
        matrix = matrix * xforms.GetLocalToWorldTransform(prim.GetStage().GetPrimAtPath(mover)).GetInverse()
    return np.array(Gf.Matrix4d(matrix))


def _read_mesh(prim: Usd.Prim, frame: int, xforms: UsdGeom.XformCache) -> Part | None:
    mesh = UsdGeom.Mesh(prim)
    points_attr = mesh.GetPointsAttr()
    points = np.array(points_attr.Get(frame) or [], np.float32).reshape(-1, 3)
    indices = np.array(mesh.GetFaceVertexIndicesAttr().Get() or [], np.int64)
    counts = np.array(mesh.GetFaceVertexCountsAttr().Get() or [], np.int64)
    corners, triangles = _triangulate(counts, indices)
    if len(points) == 0 or len(triangles) == 0:
        return None
    normals = _vertex_data(mesh.GetNormalsAttr().Get(frame), mesh.GetNormalsInterpolation(), 3, len(points), indices)
    st = UsdGeom.PrimvarsAPI(prim).GetPrimvar("st")
    uvs = _vertex_data(st.ComputeFlattened(frame), st.GetInterpolation(), 2, len(points), indices) if st else None
    split = (normals is not None and len(normals) != len(points)) or (uvs is not None and len(uvs) != len(points))
    if split:  # some attribute differs between the corners of one point
        triangles = corners
        points = points[indices]
        normals = normals[indices] if normals is not None and len(normals) != len(indices) else normals
        uvs = uvs[indices] if uvs is not None and len(uvs) != len(indices) else uvs
    deforms = points_attr.GetNumTimeSamples() > 1
    mover = "" if deforms else find_mover(prim)
    matrix = _to_mover(prim, mover, xforms)
    flipped = mesh.GetOrientationAttr().Get() == UsdGeom.Tokens.leftHanded
    if flipped != bool(np.linalg.det(matrix[:3, :3]) < 0):
        triangles = triangles[:, ::-1]  # otherwise the surface is black from outside
    group, weight = _light_of(prim)
    return Part(
        path=str(prim.GetPath()),
        object=_object_of(str(prim.GetPath())),
        kind="mesh",
        surface=read_surface(prim),
        mover=mover,
        deforms=deforms,
        glossy_body=bool(prim.GetAttribute(names.GLOSSY_BODY).Get()),
        light_group=group,
        sampling_weight=weight,
        points=transform_points(points, matrix),
        triangles=np.ascontiguousarray(triangles, np.int32),
        normals=None if normals is None else transform_normals(normals, matrix),
        uvs=uvs,
        corners=indices if split else None,
    )


def _triangulate(counts: NDArray[np.int64], indices: NDArray[np.int64]) -> tuple[NDArray, NDArray]:
    """Fans of polygons: triangles as corner numbers and as point numbers, both [triangles, 3]."""
    starts = np.cumsum(counts) - counts
    if len(counts) and counts.max() == 3 and counts.min() == 3:
        corners = np.arange(3 * len(counts)).reshape(-1, 3)
    else:
        fans = [
            np.stack([starts[counts > k + 1], starts[counts > k + 1] + k, starts[counts > k + 1] + k + 1], axis=1)
            for k in range(1, int(counts.max(initial=2)) - 1)
        ]
        corners = np.concatenate(fans) if fans else np.zeros((0, 3), np.int64)
    return corners, indices[corners] if len(corners) else corners


def _vertex_data(
    values: object, interpolation: str, size: int, points: int, indices: NDArray[np.int64]
) -> NDArray[np.float32] | None:
    """A primvar [points, size] or [corners, size]; None where it is absent or held in another way."""
    if values is None:
        return None
    array = np.array(values, np.float32).reshape(-1, size)
    wanted = {UsdGeom.Tokens.vertex: points, UsdGeom.Tokens.varying: points, UsdGeom.Tokens.faceVarying: len(indices)}
    return array if len(array) and wanted.get(interpolation) == len(array) else None


def _light_of(prim: Usd.Prim) -> tuple[str, float]:
    group = prim.GetAttribute(names.LIGHT_GROUP).Get()
    weight = prim.GetAttribute(names.SAMPLING_WEIGHT).Get()
    return str(group or "practical"), float(1.0 if weight is None else weight)


def _read_curves(prim: Usd.Prim, frame: int, xforms: UsdGeom.XformCache) -> Part | None:
    """Cubic curves as uniform B-splines; widths become radii."""
    curves = UsdGeom.BasisCurves(prim)
    points = np.array(curves.GetPointsAttr().Get(frame) or [], np.float32).reshape(-1, 3)
    counts = np.array(curves.GetCurveVertexCountsAttr().Get() or [], np.int64)
    if len(points) == 0 or len(counts) == 0 or counts.sum() != len(points) or counts.min() < 2:
        return None
    widths = np.array(curves.GetWidthsAttr().Get(frame) or [0.0002], np.float32)
    per_curve = np.repeat(np.arange(len(counts)), counts)  # (P,)
    if len(widths) == len(counts):
        widths = widths[per_curve]
    widths = widths if len(widths) == len(points) else np.full(len(points), widths.mean(), np.float32)
    # Doubled end points let the curve start at its root and reach its tip.
    ends = np.cumsum(counts)
    take = np.concatenate(
        [np.r_[e - n, e - n : e, e - 1] for e, n in zip(ends, counts, strict=True)]
    )  # (P + 2 curves,)
    counts = counts + 2
    starts = np.cumsum(counts) - counts
    segments = np.concatenate([np.arange(s, s + n - 3) for s, n in zip(starts, counts, strict=True)])[:, None]
    deforms = curves.GetPointsAttr().GetNumTimeSamples() > 1
    mover = "" if deforms else find_mover(prim)
    color = curves.GetDisplayColorAttr().Get(frame)
    tint = np.array(color, np.float64).reshape(-1, 3).mean(axis=0) if color else np.array([0.1, 0.06, 0.04])
    return Part(
        path=str(prim.GetPath()),
        object=_object_of(str(prim.GetPath())),
        kind="curves",
        surface=read_surface(prim),
        mover=mover,
        deforms=deforms,
        glossy_body=False,
        light_group="",
        sampling_weight=1.0,
        points=transform_points(points[take], _to_mover(prim, mover, xforms)),
        triangles=segments.astype(np.int32),
        normals=None,
        uvs=None,
        corners=take,
        radii=(widths[take] / 2).astype(np.float32),
        curve_counts=counts,
        tint=(float(tint[0]), float(tint[1]), float(tint[2])),
    )
