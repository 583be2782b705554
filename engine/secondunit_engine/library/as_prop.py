"""A thing of the library as a prop of the world: what a set brings, lays out and moves like one of the catalogue."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd, UsdGeom, UsdShade

from secondunit_bridge.errors import NotFound
from secondunit_engine.color import to_rec709
from secondunit_engine.library.shelf import hash_of
from secondunit_engine.script.brief import OwnProp
from secondunit_engine.world.mesh import RGB, Material, Mesh
from secondunit_engine.world.props.finishes import Finish
from secondunit_engine.world.props.prop import Part, Prop, Variant

# Nobody says what a thing weighs: M = 30 V^0.65, with its box in m3, is within a factor of two for a cup (0.3 kg), a
# chair (12 kg) and a table (31 kg): small things are dense, large ones hollow.
_MASS: Final = (30.0, 0.65)


def as_prop(own: OwnProp, library: Path) -> Prop:
    """The prop of a thing in a project's library. Its mass is guessed from its size.

    Raises NotFound if the library no longer has it, or has another under its name.
    """
    folder = library / own.name
    if not (folder / "asset.usdc").is_file() or hash_of(folder) != own.content:
        raise NotFound(
            f"The library has no “{own.name}” as it was planned.",
            mend="Add it again with: secondunit library add PATH; or shoot the brief anew.",
        )
    width, height, depth = own.size
    mass = _MASS[0] * (width * height * depth) ** _MASS[1]
    return Prop(
        name=own.name, words=own.noun, size=(width, height, depth), build=partial(_build, folder, own.content),
        mass=round(max(mass, 0.01), 3), family="library",
    )  # fmt: skip


def _build(folder: Path, content: str, variant: Variant) -> tuple[Part, ...]:
    """Its parts, one a mesh of its layer; an asset has no variants."""
    stage = Usd.Stage.Open(str(folder / "asset.usdc"))
    return tuple(_part(prim, folder, content) for prim in stage.Traverse() if UsdGeom.Mesh(prim))


def _part(prim: Usd.Prim, folder: Path, content: str) -> Part:
    shape = UsdGeom.Mesh(prim)
    points = np.asarray(shape.GetPointsAttr().Get(), np.float32)  # (P, 3)
    triangles = np.asarray(shape.GetFaceVertexIndicesAttr().Get(), np.int32).reshape(-1, 3)  # (T, 3)
    mapped = UsdGeom.PrimvarsAPI(prim).GetPrimvar("st")
    uvs = np.asarray(mapped.Get(), np.float32) if mapped else None  # (P, 2)
    bound, _ = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()
    surface = bound.ComputeSurfaceSource()[0]
    name = f"own_{bound.GetPrim().GetName()}_{content[:8]}"
    material = Material(
        name, base=_color(surface), roughness=_number(surface, "roughness"), metallic=_number(surface, "metallic"),
        opacity=_number(surface, "opacity"),
    )  # fmt: skip
    picture = _picture(surface)
    finish = Finish(material, picture=folder / picture if picture else None)
    return Part(Mesh(points, triangles, uvs=uvs), finish)


def _color(surface: UsdShade.Shader) -> RGB:
    """Its base colour in linear Rec.709."""
    red, green, blue = np.maximum(to_rec709(np.asarray(surface.GetInput("diffuseColor").Get())), 0.0).tolist()
    return red, green, blue


def _number(surface: UsdShade.Shader, name: str) -> float:
    return float(surface.GetInput(name).Get())


def _picture(surface: UsdShade.Shader) -> str:
    """The file of its base colour, beside its layer; empty without one."""
    sources = surface.GetInput("diffuseColor").GetConnectedSources()[0]
    if not sources:
        return ""
    return Path(UsdShade.Shader(sources[0].source.GetPrim()).GetInput("file").Get().path).name
