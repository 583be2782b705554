"""Reads USD: unit and up axis from its metadata, triangles by fans, UsdPreviewSurface colours."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pxr import Sdf, Tf, Usd, UsdGeom, UsdShade

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.library.parts import NODES, Part, Source, beside, check_count

_PICTURE_BYTES = 256 << 20


def read_usd(file: Path) -> Source:
    """A .usd, .usda, .usdc or .usdz at its first frame. Raises BadInput, TooLarge."""
    try:
        return _read(file)
    except (Tf.ErrorException, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # Not USD, or values of other types and lengths than the schemas have.
        raise BadInput(f"{file.name} cannot be read as USD.", mend="Save it again and check it.") from None


def _read(file: Path) -> Source:
    notes = _check_layers(file)
    stage = Usd.Stage.Open(str(file))
    if not stage.HasAuthoredMetadata("metersPerUnit"):
        notes.append("The USD says no unit: taken as centimetres.")
    meshes = list(_meshes(file, stage, notes))
    cache = UsdGeom.XformCache(Usd.TimeCode.EarliestTime())
    parts = tuple(_part(file, mesh, cache, notes) for mesh in meshes)
    for layer in stage.GetUsedLayers():  # packages and value clips may have brought in others
        if layer.realPath and not _inside(file, Path(layer.realPath.partition("[")[0])):
            raise BadInput(f"{file.name} names a file outside its folder.", mend="Put all its files in one folder.")
    unit, up = UsdGeom.GetStageMetersPerUnit(stage), str(UsdGeom.GetStageUpAxis(stage))
    if not 1e-6 <= unit <= 1e6:
        raise BadInput(f"A unit of {unit:g} m is no unit.", mend="Set metersPerUnit.")
    if up not in ("Y", "Z"):
        raise BadInput(f"{file.name} says that {up} is up.", mend="Set upAxis to Y or Z.")
    return Source(parts, unit=unit, up=up, notes=tuple(dict.fromkeys(notes)))


def _check_layers(file: Path) -> list[str]:
    """Every layer that the file brings in must lie in its folder; returns which are missing."""
    waiting, seen, missing = [file], set[Path](), list[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        layer = Sdf.Layer.FindOrOpen(str(path))
        if layer is None:
            raise BadInput(f"{path.name} cannot be read as USD.", mend="Save it again and check it.")
        if path.suffix != ".usdz":  # a package holds its own
            for name in filter(None, layer.GetCompositionAssetDependencies()):
                other = beside(path, name)
                if other.is_file():
                    waiting.append(other)
                else:
                    missing.append(f"Missing layer: {name[:200]}.")
        if len(seen) > 1000:
            raise TooLarge(f"{file.name} is made of over 1,000 layers.", mend="Flatten it.")
    return missing


def _inside(file: Path, other: Path) -> bool:
    return other.resolve().is_relative_to(file.parent.resolve())


def _meshes(file: Path, stage: Usd.Stage, notes: list[str]) -> Iterator[UsdGeom.Mesh]:
    triangles = points = count = 0
    for prim in stage.Traverse(Usd.TraverseInstanceProxies()):
        count += 1
        if count > NODES:
            raise TooLarge(f"{file.name} has over {NODES:,} prims.", mend="Merge them.")
        if UsdGeom.PointInstancer(prim):
            notes.append("Point instancers are not read.")
        mesh = UsdGeom.Mesh(prim)
        if not mesh:
            continue
        corners = mesh.GetFaceVertexIndicesAttr().Get(Usd.TimeCode.EarliestTime()) or ()
        faces = mesh.GetFaceVertexCountsAttr().Get(Usd.TimeCode.EarliestTime()) or ()
        triangles += max(0, len(corners) - 2 * len(faces))
        points += len(corners)
        check_count(file.name, triangles, points)
        yield mesh


def _part(file: Path, mesh: UsdGeom.Mesh, cache: UsdGeom.XformCache, notes: list[str]) -> Part:
    time = Usd.TimeCode.EarliestTime()
    own = np.asarray(mesh.GetPointsAttr().Get(time) or (), float).reshape(-1, 3)  # (N, 3)
    corners = np.asarray(mesh.GetFaceVertexIndicesAttr().Get(time) or (), np.int64)  # (C,)
    counts = np.asarray(mesh.GetFaceVertexCountsAttr().Get(time) or (), np.int64)  # (F,)
    if (counts < 0).any() or counts.sum() != len(corners):
        raise BadInput(f"The faces of {mesh.GetPath()} do not add up.", mend="Save it again and check it.")
    matrix = np.asarray(cache.GetLocalToWorldTransform(mesh.GetPrim()), float)  # row vectors
    points = own @ matrix[:3, :3] + matrix[3, :3]
    fans = _fans(counts)  # (T, 3) into the corners
    flipped = mesh.GetOrientationAttr().Get() == UsdGeom.Tokens.leftHanded
    if flipped != (np.linalg.det(matrix[:3, :3]) < 0):
        fans = fans[:, ::-1]
    surface = _surface(file, mesh, notes)
    primvar = UsdGeom.PrimvarsAPI(mesh).GetPrimvar("st")
    flattened = primvar.ComputeFlattened(time) if primvar else None  # None of a primvar without a value
    uvs = np.asarray(() if flattened is None else flattened, float).reshape(-1, 2)
    if len(uvs) == len(corners) and len(uvs) != len(own) and ((corners >= 0) & (corners < len(own))).all():
        return Part(points[corners], fans, uvs=uvs, **surface)
    return Part(points, corners[fans], uvs=uvs if len(uvs) == len(own) else None, **surface)


def _fans(counts: np.ndarray) -> np.ndarray:
    """Triangles as indices of corners, [triangles, 3], of faces with so many corners each."""
    spans = np.maximum(counts - 2, 0)
    first = np.repeat(np.cumsum(counts) - counts, spans)
    step = np.arange(spans.sum()) - np.repeat(np.cumsum(spans) - spans, spans)
    return np.stack([first, first + step + 1, first + step + 2], axis=1)


def _surface(file: Path, mesh: UsdGeom.Mesh, notes: list[str]) -> dict[str, Any]:
    surface: dict[str, Any] = {}
    shown = mesh.GetDisplayColorAttr().Get()
    if shown:
        surface["base"] = _color(shown[0])
    material, _ = UsdShade.MaterialBindingAPI(mesh.GetPrim()).ComputeBoundMaterial()
    shader = material.ComputeSurfaceSource()[0] if material else None
    if not shader or shader.GetIdAttr().Get() != "UsdPreviewSurface":
        return surface
    for name, key in (("diffuseColor", "base"), ("roughness", "roughness"), ("metallic", "metallic")):
        value = shader.GetInput(name).Get() if shader.GetInput(name) else None
        if value is not None:
            surface[key] = _color(value) if key == "base" else _finite(value)
    source = shader.GetInput("diffuseColor").GetConnectedSources()[0] if shader.GetInput("diffuseColor") else ()
    if source and (named := UsdShade.Shader(source[0].source.GetPrim()).GetInput("file")):
        surface["image"] = _image(file, named.Get(), notes)
        surface["base"] = (1.0, 1.0, 1.0)
    return surface


def _color(value: Any) -> tuple[float, float, float]:
    """A colour that can be shown. Raises ValueError, TypeError."""
    red, green, blue = map(_finite, value)
    return red, green, blue


def _finite(value: Any) -> float:
    if not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _image(file: Path, asset: Sdf.AssetPath | None, notes: list[str]) -> Any:
    from PIL import Image

    if asset is None or not asset.resolvedPath:
        notes.append(f"Missing texture: {asset.path[:200] if asset else 'unnamed'}.")
        return None
    where, _, packed = asset.resolvedPath.partition("[")
    if not _inside(file, Path(where)):
        raise BadInput(f"{file.name} names a picture outside its folder.", mend="Put all its files in one folder.")
    try:
        return Image.open(io.BytesIO(_unpacked(Path(where), packed.rstrip("]"))) if packed else where)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, Image.DecompressionBombError):
        notes.append(f"Unreadable texture: {asset.path[:200]}.")
        return None


def _unpacked(package: Path, name: str) -> bytes:
    """A file of a .usdz, of at most 256 MB. Raises KeyError, BadZipFile, ValueError."""
    with zipfile.ZipFile(package) as opened:
        if opened.getinfo(name).file_size > _PICTURE_BYTES:
            raise ValueError(name)
        return opened.read(name)
