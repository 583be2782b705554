"""Writing our stage: layers, meshes, materials, lights and marks, in the words of `stage.py`.

Colours are given in linear Rec.709, as gaffers' references and paint charts are, and stored as ACEScg.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pxr import Gf, Sdf, Tf, Usd, UsdGeom, UsdLux, UsdShade, Vt

from secondunit_engine.color import from_rec709
from secondunit_engine.world import stage as names
from secondunit_engine.world.mesh import RGB, Material, Mesh, Points


def new_layer(path: Path) -> Usd.Stage:
    """An empty layer of a shot at `path`: Y up, metres, /Shot as the default prim."""
    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    stage.SetDefaultPrim(UsdGeom.Xform.Define(stage, names.SHOT).GetPrim())
    return stage


def add_material(stage: Usd.Stage, material: Material) -> UsdShade.Material:
    """Define /Shot/Materials/<name> as a UsdPreviewSurface; a second call with the same name returns the first."""
    path = f"{names.MATERIALS}/{Tf.MakeValidIdentifier(material.name)}"
    if stage.GetPrimAtPath(path).IsValid():
        return UsdShade.Material(stage.GetPrimAtPath(path))
    shade = UsdShade.Material.Define(stage, path)
    surface = UsdShade.Shader.Define(stage, f"{path}/Surface")
    surface.CreateIdAttr("UsdPreviewSurface")
    shade.CreateSurfaceOutput().ConnectToSource(surface.ConnectableAPI(), "surface")

    def number(name: str, value: float, texture: str = "") -> None:
        socket = surface.CreateInput(name, Sdf.ValueTypeNames.Float)
        socket.Set(float(value))
        if texture:
            socket.ConnectToSource(_texture(stage, f"{path}/{_leaf(name)}", texture, "raw"), "r")

    def color(name: str, value: RGB, texture: str = "") -> None:
        socket = surface.CreateInput(name, Sdf.ValueTypeNames.Color3f)
        socket.Set(Gf.Vec3f(*from_rec709(value).tolist()))
        if texture:
            space = "raw" if texture.endswith(".exr") else "sRGB"
            socket.ConnectToSource(_texture(stage, f"{path}/{_leaf(name)}", texture, space), "rgb")

    color("diffuseColor", material.base, material.base_texture)
    color("emissiveColor", material.emission, material.emission_texture)
    number("roughness", material.roughness, material.roughness_texture)
    number("metallic", material.metallic)
    number("clearcoat", material.clearcoat)
    number("clearcoatRoughness", material.clearcoat_roughness)
    number("ior", material.ior)
    number("opacity", material.opacity, material.opacity_texture)
    number("secondunit:specular", material.specular)
    number("secondunit:sheen", material.sheen)
    number("secondunit:bump", material.bump, material.bump_texture)
    surface.CreateInput("secondunit:glass", Sdf.ValueTypeNames.Bool).Set(material.glass)
    return shade


def _leaf(name: str) -> str:
    return Tf.MakeValidIdentifier(name.split(":")[-1])


def _texture(stage: Usd.Stage, path: str, file: str, space: str) -> UsdShade.ConnectableAPI:
    """A UsdUVTexture with the mesh's `st`; returns the shader to connect to."""
    reader = UsdShade.Shader.Define(stage, f"{path}_st")
    reader.CreateIdAttr("UsdPrimvarReader_float2")
    reader.CreateInput("varname", Sdf.ValueTypeNames.String).Set("st")
    texture = UsdShade.Shader.Define(stage, path)
    texture.CreateIdAttr("UsdUVTexture")
    texture.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(Sdf.AssetPath(file))
    texture.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set(space)
    texture.CreateInput("wrapS", Sdf.ValueTypeNames.Token).Set("repeat")
    texture.CreateInput("wrapT", Sdf.ValueTypeNames.Token).Set("repeat")
    texture.CreateInput("st", Sdf.ValueTypeNames.Float2).ConnectToSource(reader.ConnectableAPI(), "result")
    return texture.ConnectableAPI()


def add_mesh(
    stage: Usd.Stage,
    path: str,
    mesh: Mesh,
    material: Material,
    *,
    light_group: str = "",
    sampling_weight: float = 1.0,
    glossy_body: bool = False,
    gives_way: bool = False,
) -> UsdGeom.Mesh:
    """Define a triangle mesh at `path` and bind its material. What `gives_way` is no obstacle: people walk through it.

    An emissive mesh needs a `light_group`; it becomes a UsdLux mesh light that keeps its material's emission.
    """
    prim = UsdGeom.Mesh.Define(stage, path)
    prim.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    prim.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(mesh.points, np.float32)))
    triangles = np.ascontiguousarray(mesh.triangles, np.int32)  # (T, 3)
    prim.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(triangles.reshape(-1)))
    prim.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(np.full(len(triangles), 3, np.int32)))
    if mesh.normals is not None:
        prim.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(mesh.normals, np.float32)))
        prim.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    if mesh.uvs is not None:
        primvar = UsdGeom.PrimvarsAPI(prim).CreatePrimvar(
            "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex
        )
        primvar.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(mesh.uvs, np.float32)))
    low, high = mesh.points.min(axis=0).tolist(), mesh.points.max(axis=0).tolist()
    prim.CreateExtentAttr([Gf.Vec3f(*low), Gf.Vec3f(*high)])
    UsdShade.MaterialBindingAPI.Apply(prim.GetPrim()).Bind(add_material(stage, material))
    if light_group:
        UsdLux.MeshLightAPI.Apply(prim.GetPrim())
        _set_light_group(prim.GetPrim(), light_group, sampling_weight)
    if glossy_body:
        prim.GetPrim().CreateAttribute(names.GLOSSY_BODY, Sdf.ValueTypeNames.Bool, custom=True).Set(True)
    if gives_way:
        prim.GetPrim().CreateAttribute(names.GIVES_WAY, Sdf.ValueTypeNames.Bool, custom=True).Set(True)
    return prim


def add_light(
    stage: Usd.Stage,
    light: UsdLux.RectLight | UsdLux.DiskLight | UsdLux.SphereLight | UsdLux.DistantLight | UsdLux.DomeLight,
    *,
    color: RGB,
    intensity: float,
    group: str,
    sampling_weight: float = 1.0,
) -> None:
    """Set what all lights share. `color * intensity` is radiance (irradiance for a DistantLight) in linear Rec.709."""
    light.CreateColorAttr(Gf.Vec3f(*from_rec709(color).tolist()))
    light.CreateIntensityAttr(float(intensity))
    _set_light_group(light.GetPrim(), group, sampling_weight)


def _set_light_group(prim: Usd.Prim, group: str, sampling_weight: float) -> None:
    prim.CreateAttribute(names.LIGHT_GROUP, Sdf.ValueTypeNames.Token, custom=True).Set(group)
    prim.CreateAttribute(names.SAMPLING_WEIGHT, Sdf.ValueTypeNames.Float, custom=True).Set(float(sampling_weight))


def look_at(eye: Points | RGB, target: Points | RGB) -> Gf.Matrix4d:
    """Transform of a camera at `eye` that looks along its -Z at `target`, Y up, no roll."""
    up = Gf.Vec3d(0, 1, 0)
    return Gf.Matrix4d().SetLookAt(Gf.Vec3d(*map(float, eye)), Gf.Vec3d(*map(float, target)), up).GetInverse()


def facing(position: Points | RGB, direction: Points | RGB) -> Gf.Matrix4d:
    """Transform of a person or prop at `position` whose +Z faces `direction` (level), Y up."""
    x, _, z = map(float, direction)
    turn = Gf.Rotation(Gf.Vec3d(0, 1, 0), float(np.degrees(np.arctan2(x, z))))
    return Gf.Matrix4d().SetRotate(turn) * Gf.Matrix4d().SetTranslate(Gf.Vec3d(*map(float, position)))


def add_mark(stage: Usd.Stage, name: str, transform: Gf.Matrix4d) -> None:
    """Define /Shot/Set/Marks/<name>: a person's or prop's place (`facing`) or a camera's (`look_at`)."""
    UsdGeom.Xform.Define(stage, f"{names.MARKS}/{name}").AddTransformOp().Set(transform)
