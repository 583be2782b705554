"""The live props of a built set, checked against the set: none over 2 mm in it, none floating over it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.world import stage as names
from secondunit_engine.world.collide import TOLERANCE, Solid, meet
from secondunit_engine.world.layout_check import Fault
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.triangles import gives_way, triangles_of

Array = NDArray[np.floating]
_ABOUT = 0.05  # m about a prop within which the set is compared


def check_things(stage: Usd.Stage) -> tuple[Fault, ...]:
    """Faults of the live props at rest: each against what stands still near it and against the others."""
    still = _triangles(stage, names.SET)
    things = {
        prim.GetName(): _triangles(stage, str(prim.GetPath()))
        for prim in (stage.GetPrimAtPath(names.PROPS).GetChildren() if stage.GetPrimAtPath(names.PROPS) else ())
    }
    faults: list[Fault] = []
    for name, triangles in things.items():
        if not len(triangles):
            continue
        others = np.concatenate([still, *(other for key, other in things.items() if key != name)])
        near = _near(others, triangles)
        solid = Solid(Mesh.of_corners(triangles))
        about = Solid(Mesh.of_corners(near)) if len(near) else None
        if about is not None and meet(solid, np.eye(4), about, np.eye(4)):
            faults.append(Fault("interpenetration", (name,), f"{name} goes into what is about it"))
        fallen = np.eye(4)
        fallen[1, 3] = -TOLERANCE
        if about is None or not meet(solid, fallen, about, np.eye(4), exact=True):
            faults.append(Fault("floating", (name,), f"nothing carries {name}"))
    return tuple(faults)


def _triangles(stage: Usd.Stage, root: str) -> Array:
    """All triangles under a prim in the world, shape [T, 3, 3]."""
    prim = stage.GetPrimAtPath(root)
    if not prim:
        return np.zeros((0, 3, 3))
    found = [triangles_of(mesh) for mesh in Usd.PrimRange(prim) if UsdGeom.Mesh(mesh) and not gives_way(mesh)]
    return np.concatenate(found) if found else np.zeros((0, 3, 3))


def _near(triangles: Array, to: Array) -> Array:
    low, high = to.min(axis=(0, 1)) - _ABOUT, to.max(axis=(0, 1)) + _ABOUT
    return triangles[((triangles.min(axis=1) <= high) & (triangles.max(axis=1) >= low)).all(axis=1)]
