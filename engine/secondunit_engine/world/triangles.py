"""Triangles of meshes on a stage, in the world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.world import stage as names

Array = NDArray[np.floating]


def gives_way(prim: Usd.Prim) -> bool:
    """Whether a mesh is grass or a crop, which stops nobody and carries nothing."""
    return bool(prim.GetAttribute(names.GIVES_WAY).Get())


def triangles_of(prim: Usd.Prim) -> Array:
    """A mesh's triangles in the world as the set has them at rest [m], shape [triangles, 3, 3]."""
    mesh = UsdGeom.Mesh(prim)
    points = np.asarray(mesh.GetPointsAttr().Get(), float)  # (P, 3)
    matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
    triangles = np.asarray(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)
    return (points @ matrix[:3, :3] + matrix[3, :3])[triangles]
