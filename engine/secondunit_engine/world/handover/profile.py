"""Whether a USDZ keeps to what others read: OpenUSD's own validators, and an allow-list where they are too kind.

OpenUSD passes a SphereLight, which ARKit refuses; Unity drops what it does not know without a word. So every prim type
and every kind of file in the package must be on a list.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile

from pxr import Usd, UsdGeom, UsdSkel, UsdValidation  # pyright: ignore[reportAttributeAccessIssue]  # old stubs

_TYPES: Final = frozenset((
    "", "Xform", "Scope", "Mesh", "Material", "Shader", "Camera", "SkelRoot", "Skeleton", "SkelAnimation", "BlendShape",
))  # fmt: skip
_LIGHTS: Final = frozenset(("RectLight", "DiskLight", "SphereLight", "DistantLight", "DomeLight"))
_SHADERS: Final = frozenset(("UsdPreviewSurface", "UsdUVTexture", "UsdPrimvarReader_float2", "UsdTransform2d"))
_FILES: Final = frozenset((".usdc", ".png", ".jpg", ".jpeg"))
_MOST_INFLUENCES: Final = 4


def check_usdz(package: Path, *, for_ar: bool) -> tuple[str, ...]:
    """What is wrong with a package, one sentence each; none if all read it. `for_ar`: nothing but what ARKit allows."""
    try:
        with ZipFile(package) as archive:
            found = [f"{name} is a kind of file that is not allowed." for name in archive.namelist() if _odd(name)]
    except (BadZipFile, OSError):
        return (f"{package.name} is no USDZ package.",)
    stage = Usd.Stage.Open(str(package))
    if stage is None:
        return (*found, f"{package.name} holds no stage.")
    if UsdGeom.GetStageUpAxis(stage) != UsdGeom.Tokens.y or UsdGeom.GetStageMetersPerUnit(stage) <= 0:
        found.append("The stage is not Y up, or has no unit.")
    if not stage.GetDefaultPrim():
        found.append("The stage has no default prim.")
    for prim in stage.TraverseAll():
        found += _check_prim(prim, for_ar)
    return (*found, *_validated(stage))


def _odd(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() not in _FILES or path.is_absolute() or ".." in path.parts


def _check_prim(prim: Usd.Prim, for_ar: bool) -> list[str]:
    kind, found = str(prim.GetTypeName()), list[str]()
    if kind not in _TYPES and (for_ar or kind not in _LIGHTS):
        found.append(f"{prim.GetPath()} is a {kind}, which is not allowed.")
    if kind == "Shader" and str(prim.GetAttribute("info:id").Get()) not in _SHADERS:
        found.append(f"{prim.GetPath()} is a shader that nobody else knows.")
    if kind == "Mesh":
        mesh = UsdGeom.Mesh(prim)
        if set(mesh.GetFaceVertexCountsAttr().Get() or ()) != {3}:
            found.append(f"{prim.GetPath()} is not of triangles.")
        if mesh.GetSubdivisionSchemeAttr().Get() != UsdGeom.Tokens.none:
            found.append(f"{prim.GetPath()} is subdivided.")
        if mesh.GetPointsAttr().GetNumTimeSamples() > 1:
            found.append(f"{prim.GetPath()} has a vertex cache.")
        influences = UsdSkel.BindingAPI(prim).GetJointIndicesPrimvar()
        if influences and influences.HasValue() and influences.GetElementSize() > _MOST_INFLUENCES:
            found.append(f"{prim.GetPath()} has more than four skin weights a point.")
    return found


def _validated(stage: Usd.Stage) -> list[str]:
    """What OpenUSD's validators say of the stage as errors."""
    context = UsdValidation.ValidationContext(UsdValidation.ValidationRegistry().GetOrLoadAllValidators())
    errors = context.Validate(stage)
    return [
        f"{error.GetName()}: {error.GetMessage()}"
        for error in errors
        if error.GetType() == UsdValidation.ValidationErrorType.Error
    ]
