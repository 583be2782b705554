"""A shot's stage written again within the safe profile: one layer, triangles, blend shapes, baked transforms.

    /Shot                     Xform; Y up, metres; time codes are frames
    /Shot/...                 Xform, or SkelRoot where a mesh below moves by shapes
    /Shot/.../<Mesh>          triangles, normals, st, PreviewSurface
    /Shot/Lights, /Shot/Camera

What others cannot read is left out and told: fog and particles, light groups, material inputs of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Gf, Sdf, Usd, UsdGeom, UsdLux, UsdShade, UsdSkel, Vt

from secondunit_engine.color import to_rec709
from secondunit_engine.world import stage as names
from secondunit_engine.world.handover.materials import MaterialsWriter
from secondunit_engine.world.handover.shapes import TOLERANCE, find_shapes

_SKELETON: Final = "Rig"
_TENTHS_OF_METRES: Final = 0.01  # of a millimetre: USD gives optics in tenths of the stage's unit
_TOLD: Final = {
    "bump": "fine relief (bump) of {} materials",
    "sheen": "the sheen of {} fabrics",
    "glass": "refraction of {} glasses, which are thin and clear instead",
}
_LIGHTS: Final = (UsdLux.RectLight, UsdLux.DiskLight, UsdLux.SphereLight, UsdLux.DistantLight, UsdLux.DomeLight)


@dataclass(frozen=True)
class Handed:
    """What was written, and in plain words what was not."""

    layer: Path
    left_out: tuple[str, ...]


def write_stage(
    source: Usd.Stage, folder: Path, name: str, *, with_lights: bool, credits: Sequence[str] = ()
) -> Handed:
    """Write `folder/<name>.usdc` and `folder/textures`; whoever is to be credited stands in the layer's documentation.
    Raises BadInput for a texture that cannot be read."""
    stage = Usd.Stage.CreateNew(str(folder / f"{name}.usdc"))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    for copy in ("StartTimeCode", "EndTimeCode", "TimeCodesPerSecond", "FramesPerSecond"):
        getattr(stage, f"Set{copy}")(getattr(source, f"Get{copy}")())
    writer = _Writer(source, stage, folder, with_lights)
    for prim in source.Traverse():
        writer.copy(prim)
    writer.bind()
    stage.SetDefaultPrim(stage.GetPrimAtPath(names.SHOT))
    if credits:
        stage.GetRootLayer().documentation = "\n".join(("Made with:", *credits))
    stage.GetRootLayer().Save()
    return Handed(folder / f"{name}.usdc", writer.left_out())


class _Writer:
    def __init__(self, source: Usd.Stage, stage: Usd.Stage, folder: Path, with_lights: bool) -> None:
        self.source, self.stage, self.with_lights = source, stage, with_lights
        first, last = round(source.GetStartTimeCode()), round(source.GetEndTimeCode())
        self.frames = [float(frame) for frame in range(first, last + 1)]
        self.materials = MaterialsWriter(stage, folder)
        self.moving: dict[Sdf.Path, list[UsdGeom.Mesh]] = {}  # meshes with a vertex cache, by their parent
        self.lost: dict[str, int] = {}

    def copy(self, prim: Usd.Prim) -> None:
        if prim.GetPath().HasPrefix(names.MATERIALS) or prim.GetPath().HasPrefix(names.MARKS):
            return
        if UsdGeom.Mesh(prim):
            self._copy_mesh(UsdGeom.Mesh(prim))
        elif UsdGeom.Camera(prim):
            self._copy_camera(UsdGeom.Camera(prim))
        elif any(kind(prim) for kind in _LIGHTS):
            self._copy_light(prim)
        elif prim.GetPath().HasPrefix(names.AIR):
            if prim.GetPath() != names.AIR and (UsdGeom.Points(prim) or prim.HasAttribute("secondunit:air")):
                kind = "particles" if UsdGeom.Points(prim) else str(prim.GetAttribute("secondunit:air").Get()).lower()
                self._lose(f"air: {kind}")
        elif UsdGeom.Xform(prim) or UsdGeom.Scope(prim) or not prim.GetTypeName():
            if prim.GetChildren():  # all typed: Blender turns what lies under a prim without a type
                self._place(UsdGeom.Xform.Define(self.stage, prim.GetPath()), prim)
        elif UsdGeom.Imageable(prim):
            self._lose(f"prims of type {prim.GetTypeName()}")

    def _lose(self, what: str) -> None:
        self.lost[what] = self.lost.get(what, 0) + 1

    def _place(self, made: UsdGeom.Xformable, prim: Usd.Prim) -> None:
        """The prim's transform in its parent, a matrix a frame where it moves."""
        xform = UsdGeom.Xformable(prim)
        if not xform or not xform.GetOrderedXformOps():
            return
        op = made.AddTransformOp()
        if xform.TransformMightBeTimeVarying():
            for frame in self.frames:
                op.Set(xform.GetLocalTransformation(frame), frame)
        else:
            op.Set(xform.GetLocalTransformation())

    def _copy_mesh(self, mesh: UsdGeom.Mesh) -> None:
        prim = mesh.GetPrim()
        if mesh.ComputeVisibility() == UsdGeom.Tokens.invisible:
            return
        made = UsdGeom.Mesh.Define(self.stage, prim.GetPath())
        self._place(made, prim)
        made.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
        made.CreateDoubleSidedAttr(True)
        made.CreateFaceVertexCountsAttr(mesh.GetFaceVertexCountsAttr().Get())
        made.CreateFaceVertexIndicesAttr(mesh.GetFaceVertexIndicesAttr().Get())
        made.CreatePointsAttr(mesh.GetPointsAttr().Get(self.frames[0]))
        if mesh.GetNormalsAttr().Get():
            made.CreateNormalsAttr(mesh.GetNormalsAttr().Get(self.frames[0]))
            made.SetNormalsInterpolation(mesh.GetNormalsInterpolation())
        st = UsdGeom.PrimvarsAPI(prim).GetPrimvar("st")
        if st and st.HasValue():
            kept = UsdGeom.PrimvarsAPI(made).CreatePrimvar(
                "st", Sdf.ValueTypeNames.TexCoord2fArray, st.GetInterpolation()
            )
            kept.Set(st.ComputeFlattened())
        material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
        if material:
            UsdShade.MaterialBindingAPI.Apply(made.GetPrim()).Bind(self.materials.copy(material))
        if mesh.GetPointsAttr().GetNumTimeSamples() > 1:
            self.moving.setdefault(prim.GetPath().GetParentPath(), []).append(mesh)
        else:
            _set_extent(made, np.asarray(made.GetPointsAttr().Get()))

    def _copy_camera(self, camera: UsdGeom.Camera) -> None:
        made = UsdGeom.Camera.Define(self.stage, camera.GetPath())
        self._place(made, camera.GetPrim())
        made.CreateProjectionAttr(UsdGeom.Tokens.perspective)
        for what in ("HorizontalAperture", "VerticalAperture", "FocalLength"):  # ours are in millimetres
            length = getattr(camera, f"Get{what}Attr")().Get(self.frames[0])
            getattr(made, f"Create{what}Attr")().Set(length * _TENTHS_OF_METRES)
        for what in ("FStop", "ClippingRange", "FocusDistance"):
            given, kept = getattr(camera, f"Get{what}Attr")(), getattr(made, f"Create{what}Attr")()
            if given.GetNumTimeSamples() > 1:
                for frame in self.frames:
                    kept.Set(given.Get(frame), frame)
            elif given.Get() is not None:
                kept.Set(given.Get(self.frames[0]))
        if float(camera.GetPrim().GetAttribute(names.SQUEEZE).Get() or 1.0) != 1.0:
            self._lose("the squeeze of anamorphic glass")

    def _copy_light(self, prim: Usd.Prim) -> None:
        if not self.with_lights:
            self._lose("lights")
            return
        made = self.stage.DefinePrim(prim.GetPath(), prim.GetTypeName())
        self._place(UsdGeom.Xformable(made), prim)
        light, kept = UsdLux.LightAPI(prim), UsdLux.LightAPI(made)
        color = np.maximum(to_rec709(np.array(light.GetColorAttr().Get())), 0.0)
        kept.CreateColorAttr(Gf.Vec3f(*color.tolist()))
        kept.CreateIntensityAttr(light.GetIntensityAttr().Get(self.frames[0]))
        for name in ("inputs:width", "inputs:height", "inputs:radius", "inputs:angle"):
            if prim.GetAttribute(name) and prim.GetAttribute(name).HasAuthoredValue():
                made.GetAttribute(name).Set(prim.GetAttribute(name).Get())
        if light.GetIntensityAttr().GetNumTimeSamples() > 1:
            self._lose("flicker of lights")
        if UsdLux.DomeLight(prim) and UsdLux.DomeLight(prim).GetTextureFileAttr().Get():
            self._lose("the picture of the sky, whose light is even instead")
        self._lose("light groups")

    def bind(self) -> None:
        """Give each group of moving meshes a skeleton of one joint that stands still, and their shapes."""
        for parent, meshes in self.moving.items():
            root = self.stage.GetPrimAtPath(parent)
            root.SetTypeName("SkelRoot")
            rig = UsdSkel.Skeleton.Define(self.stage, parent.AppendChild(_SKELETON))
            still = Vt.Matrix4dArray([Gf.Matrix4d(1.0)])
            rig.CreateJointsAttr(["root"])
            rig.CreateBindTransformsAttr(still)
            rig.CreateRestTransformsAttr(still)
            animation = UsdSkel.Animation.Define(self.stage, rig.GetPath().AppendChild("Motion"))
            UsdSkel.BindingAPI.Apply(rig.GetPrim()).CreateAnimationSourceRel().SetTargets([animation.GetPath()])
            tracks = [track for mesh in meshes for track in self._shape(mesh, rig)]
            _animate(animation, self.frames, tracks)
            UsdSkel.BindingAPI.Apply(root)
            reach = np.concatenate([np.asarray(self._mesh(mesh).GetExtentAttr().Get()) for mesh in meshes])
            _set_extent(UsdGeom.Boundable(root), reach)

    def _mesh(self, mesh: UsdGeom.Mesh) -> UsdGeom.Mesh:
        return UsdGeom.Mesh(self.stage.GetPrimAtPath(mesh.GetPath()))

    def _shape(self, mesh: UsdGeom.Mesh, rig: UsdSkel.Skeleton) -> list[tuple[str, np.ndarray]]:
        """Bind a mesh to the rig; its shapes' names, each with a weight a frame, shape [F]."""
        attribute = mesh.GetPointsAttr()
        shapes = find_shapes(self.frames, lambda frame: np.asarray(attribute.Get(frame), np.float32))
        if shapes.error > TOLERANCE:
            self._lose(f"motion finer than {shapes.error * 1000:.1f} mm of {mesh.GetPrim().GetName()}")
        made = self._mesh(mesh)
        made.GetPointsAttr().Set(Vt.Vec3fArray.FromNumpy(shapes.rest))
        binding = UsdSkel.BindingAPI.Apply(made.GetPrim())
        binding.CreateSkeletonRel().SetTargets([rig.GetPath()])
        binding.CreateGeomBindTransformAttr(UsdGeom.Xformable(made).GetLocalTransformation())
        binding.CreateJointIndicesPrimvar(True, 1).Set(Vt.IntArray([0]))
        binding.CreateJointWeightsPrimvar(True, 1).Set(Vt.FloatArray([1.0]))
        tracks = [(f"{made.GetPrim().GetName()}_{at}", shapes.weights[:, at]) for at in range(len(shapes.offsets))]
        paths: list[Sdf.Path] = []
        for (name, _), offsets in zip(tracks, shapes.offsets, strict=True):
            shape = UsdSkel.BlendShape.Define(self.stage, made.GetPath().AppendChild(name))
            shape.CreateOffsetsAttr(Vt.Vec3fArray.FromNumpy(offsets))
            paths.append(shape.GetPath())
        binding.CreateBlendShapesAttr([name for name, _ in tracks])
        binding.CreateBlendShapeTargetsRel().SetTargets(paths)
        _set_extent(made, shapes.bounds)
        return tracks

    def left_out(self) -> tuple[str, ...]:
        told = [_TOLD[name].format(count) for name, count in sorted(self.materials.lost.items())]
        return (*(f"{what} ({count})" if count > 1 else what for what, count in sorted(self.lost.items())), *told)


def _animate(animation: UsdSkel.Animation, frames: list[float], tracks: list[tuple[str, np.ndarray]]) -> None:
    animation.CreateJointsAttr(["root"])
    animation.CreateTranslationsAttr(Vt.Vec3fArray([Gf.Vec3f(0)]))
    animation.CreateRotationsAttr(Vt.QuatfArray([Gf.Quatf(1)]))
    animation.CreateScalesAttr(Vt.Vec3hArray([Gf.Vec3h(1)]))
    animation.CreateBlendShapesAttr([name for name, _ in tracks])
    weights = animation.CreateBlendShapeWeightsAttr()
    for at, frame in enumerate(frames):
        weights.Set(Vt.FloatArray([float(track[at]) for _, track in tracks]), frame)


def _set_extent(prim: UsdGeom.Boundable, points: np.ndarray) -> None:
    low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    prim.CreateExtentAttr([Gf.Vec3f(*low), Gf.Vec3f(*high)])
