"""Props written to a stage: many merged into a set, or one on its own that physics and people may move."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Tf, Usd, UsdGeom, UsdPhysics, UsdShade

from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mesh
from secondunit_engine.world.mesh import Material, Mesh
from secondunit_engine.world.props.finishes import Finish, bake
from secondunit_engine.world.props.prop import Part, Prop, Variant

BREAK_ENERGY = "secondunit:breakEnergy"  # float, J
BREAK_KIND = "secondunit:breakKind"  # token: glass, ceramic, plaster, wood
BREAK_HELD = "secondunit:breakHeld"  # bool: a frame holds what breaks, and stays where it is
_GRIPS = f"{names.SHOT}/Physics"  # materials that only a solver reads
CALLED = "secondunit:prop"  # token: the prop's name in the catalogue


@dataclass(frozen=True, eq=False)
class Placed:
    """A prop in its place: `pose` takes its own space to the world, column vectors [m], shape [4, 4]."""

    prop: Prop
    pose: NDArray[np.floating] = field(default_factory=lambda: np.eye(4))
    variant: Variant = Variant()

    def parts(self) -> tuple[Part, ...]:
        """Its parts in the world."""
        return tuple(
            replace(part, mesh=shapes.transform(part.mesh, self.pose)) for part in self.prop.build(self.variant)
        )


def write_standing(stage: Usd.Stage, folder: Path, placed: Iterable[Placed], name: str = "Dressing") -> None:
    """Merge props into the set: one mesh a finish at /Shot/Set/<name>_<finish>; textures go beside the layer.

    What glows goes by its light group (`Part.light_group`, else "practicals").
    """
    groups: dict[tuple[str, str], tuple[Part, list[Mesh]]] = {}
    for item in placed:
        for part in item.parts():
            key = (part.finish.material.name, part.light_group)
            groups.setdefault(key, (part, []))[1].append(_projected(part))
    for (finish, group), (part, meshes) in groups.items():
        path = f"{names.SET}/{Tf.MakeValidIdentifier('_'.join(filter(None, (name, finish, group))))}"
        _add_part(stage, folder, path, shapes.merge(meshes), part)


def write_live(stage: Usd.Stage, folder: Path, name: str, item: Placed, groups: Collection[str] = ()) -> UsdGeom.Xform:
    """One prop alone at /Shot/Props/<name>, a rigid body: mass, friction and a convex hull to collide with. What glows
    is of its own light group if that is one of `groups`, else of "practicals".

    Returns its Xform, whose single op is its pose, so that motion may write over it.
    """
    path = f"{names.PROPS}/{Tf.MakeValidIdentifier(name)}"
    root = UsdGeom.Xform.Define(stage, path)
    root.AddTransformOp().Set(Gf.Matrix4d(*map(float, item.pose.T.reshape(-1))))
    prim, prop = root.GetPrim(), item.prop
    UsdPhysics.RigidBodyAPI.Apply(prim)
    UsdPhysics.MassAPI.Apply(prim).CreateMassAttr(float(prop.mass))
    prim.CreateAttribute(CALLED, Sdf.ValueTypeNames.Token, custom=True).Set(prop.name)
    if prop.breaks is not None:
        prim.CreateAttribute(BREAK_ENERGY, Sdf.ValueTypeNames.Float, custom=True).Set(float(prop.breaks.energy))
        prim.CreateAttribute(BREAK_KIND, Sdf.ValueTypeNames.Token, custom=True).Set(prop.breaks.kind)
        if prop.breaks.held:
            prim.CreateAttribute(BREAK_HELD, Sdf.ValueTypeNames.Bool, custom=True).Set(True)
    grip = _grip(stage, prop)
    counts: dict[str, int] = {}
    for part in prop.build(item.variant):
        part = replace(part, light_group=part.light_group if part.light_group in groups else "")
        finish = Tf.MakeValidIdentifier(part.finish.material.name)
        counts[finish] = counts.get(finish, 0) + 1
        leaf = finish if counts[finish] == 1 else f"{finish}_{counts[finish]}"
        mesh = _add_part(stage, folder, f"{path}/{leaf}", _projected(part), part).GetPrim()
        UsdPhysics.CollisionAPI.Apply(mesh)
        UsdPhysics.MeshCollisionAPI.Apply(mesh).CreateApproximationAttr(UsdPhysics.Tokens.convexHull)
        UsdShade.MaterialBindingAPI.Apply(mesh).Bind(
            grip, UsdShade.Tokens.weakerThanDescendants, materialPurpose="physics"
        )
    return root


def _projected(part: Part) -> Mesh:
    """The part's mesh with texture coordinates of its finish's tile, or none for a plain one."""
    if part.finish.picture is not None:
        return part.mesh
    bare = Mesh(part.mesh.points, part.mesh.triangles, part.mesh.normals)
    if part.finish.surface is None:
        return bare
    if part.mesh.uvs is None:
        return shapes.box_uv(bare, part.finish.tile)
    return Mesh(bare.points, bare.triangles, bare.normals, (part.mesh.uvs / part.finish.tile).astype(np.float32))


def _add_part(stage: Usd.Stage, folder: Path, path: str, mesh: Mesh, part: Part) -> UsdGeom.Mesh:
    glows = max(part.finish.material.emission) > 0
    group = (part.light_group or "practicals") if glows else ""
    material = _baked(stage, folder, part.finish)
    return add_mesh(stage, path, mesh, material, light_group=group, sampling_weight=part.sampling_weight)


def _baked(stage: Usd.Stage, folder: Path, finish: Finish) -> Material:
    """The finish's material; its textures are baked only if the stage has no such material yet."""
    there = stage.GetPrimAtPath(f"{names.MATERIALS}/{Tf.MakeValidIdentifier(finish.material.name)}")
    return finish.material if there.IsValid() else bake(finish, folder)


def _grip(stage: Usd.Stage, prop: Prop) -> UsdShade.Material:
    """The physics material of this friction and restitution, shared."""
    path = f"{_GRIPS}/Grip_{round(100 * prop.friction):03d}_{round(100 * prop.restitution):03d}"
    material = UsdShade.Material.Define(stage, path)
    grip = UsdPhysics.MaterialAPI.Apply(material.GetPrim())
    grip.CreateStaticFrictionAttr(float(prop.friction))
    grip.CreateDynamicFrictionAttr(float(0.8 * prop.friction))
    grip.CreateRestitutionAttr(float(prop.restitution))
    return material
