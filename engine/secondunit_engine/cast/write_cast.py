"""CastPlan -> cast.usdc: people standing at their marks, dressed, with the textures they wear."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Tf, Usd, UsdGeom, Vt

from secondunit_engine.cast.person import Person, build_person, paint_person
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing
from secondunit_engine.cast.surface import vertex_normals
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Mesh, add_mesh, new_layer

MEMBER = "secondunit:castPlan"  # customData: the member's plan as JSON, so that motion can build the same person


def write_cast(cast: tuple[CastPlan, ...], set_layer: Path, folder: Path) -> None:
    """Write `folder`/cast.usdc and `folder`/textures: each member standing at the mark of the set they were given."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = new_layer(folder / "cast.usdc")
    UsdGeom.Scope.Define(stage, names.CAST)
    marks = Usd.Stage.Open(str(set_layer))
    for place, member in enumerate(cast):
        person = build_person(member)
        paint_person(member, folder / "textures")
        _write_person(stage, person, mark_transform(marks, member.mark, place))
    stage.GetRootLayer().Save()


def cast_path(name: str) -> str:
    """Where a member lies on the stage."""
    return f"{names.CAST}/{Tf.MakeValidIdentifier(name)}"


def mark_transform(stage: Usd.Stage, mark: str, place: int) -> Gf.Matrix4d:
    """The mark's transform; if the set has no such mark, beside the hero's, `place` arm's lengths to the side."""
    prim = stage.GetPrimAtPath(f"{names.MARKS}/{Tf.MakeValidIdentifier(mark)}")
    beside = 0.0
    if not prim:
        prim = stage.GetPrimAtPath(f"{names.MARKS}/hero")
        beside = 0.85 * ((place + 1) // 2) * (-1 if place % 2 else 1)
    matrix = UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default()) if prim else Gf.Matrix4d(1)
    return Gf.Matrix4d().SetTranslate(Gf.Vec3d(beside, 0, 0)) * matrix


def bone_matrix(transform: NDArray[np.float64]) -> Gf.Matrix4d:
    """A bone's transform [3, 4] (columns) as a USD matrix (rows)."""
    matrix = np.eye(4)
    matrix[:3] = transform
    return Gf.Matrix4d(*matrix.T.ravel().tolist())


def _write_person(stage: Usd.Stage, person: Person, at: Gf.Matrix4d) -> None:
    path = cast_path(person.member.name)
    root = UsdGeom.Xform.Define(stage, path)
    root.AddTransformOp().Set(at)
    root.GetPrim().SetCustomDataByKey(MEMBER, json.dumps(asdict(person.member), sort_keys=True))
    bones = pose_bones(person.body, standing(person.body), 1)
    poses = Poses(bones, {})
    for piece in person.pieces:
        where = f"{path}/{piece.name}"
        points = piece.points if piece.bone else pose_points(piece, poses)[0]
        prim = _write_mesh(stage, where, piece, points, person)
        if piece.bone:
            moved = bone_matrix(bones[0, person.body.anatomy.bone(piece.bone)])
            UsdGeom.Xformable(prim).AddTransformOp().Set(moved)


def _write_mesh(stage: Usd.Stage, path: str, piece: Piece, points: NDArray[np.float64], person: Person) -> UsdGeom.Mesh:
    normals = vertex_normals(points, piece.triangles) if piece.normals is None else piece.normals
    mesh = Mesh(
        points.astype(np.float32), piece.triangles, normals.astype(np.float32), None if piece.uvs is None else piece.uvs
    )
    prim = add_mesh(stage, path, mesh, piece.material)
    corners = person.corner_uvs.get(piece.name)
    if corners is not None:
        primvar = UsdGeom.PrimvarsAPI(prim).CreatePrimvar(
            "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.faceVarying
        )
        primvar.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(corners.reshape(-1, 2), np.float32)))
    return prim
