"""What stands still about the bodies of a scene, from the meshes of a stage."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_engine.motion.physics.convex import convex_pieces
from secondunit_engine.motion.physics.scene import Array, Ball, Ground, Hull, Material, Scene
from secondunit_engine.world import stage as names
from secondunit_engine.world.triangles import gives_way, triangles_of

_REACH: Final = 1.4  # m about where bodies begin that they may come
_ABOVE: Final = 0.5  # m above them
_BELOW: Final = 3.0  # m that they may fall


def with_surroundings(scene: Scene, stage: Usd.Stage, moving: Collection[str], also: Array | None = None) -> Scene:
    """The scene with the set of a stage, and its props that are not `moving` (paths), as convex pieces about bodies and
    about what places they may `also` come to, shape [N, 3].

    Below everything is a ground, so that nothing falls for ever.
    """
    middles = np.array([body.pose[:3, 3] for body in scene.bodies])
    middles = middles if also is None else np.concatenate([middles, also])
    low = middles.min(axis=0) - np.array([_REACH, _BELOW, _REACH])
    high = middles.max(axis=0) + np.array([_REACH, _ABOVE, _REACH])
    near: list[Array] = []
    for root in (names.SET, names.PROPS):
        prim = stage.GetPrimAtPath(root)
        for mesh in Usd.PrimRange(prim) if prim else ():
            if not UsdGeom.Mesh(mesh) or gives_way(mesh):
                continue
            if not any(str(mesh.GetPath()).startswith(f"{path}/") for path in moving):
                triangles = triangles_of(mesh)
                inside = (triangles.min(axis=1) < high).all(axis=1) & (triangles.max(axis=1) > low).all(axis=1)
                near.append(triangles[inside])
    triangles = np.concatenate(near) if near else np.zeros((0, 3, 3))
    clear = np.concatenate([_places(body.pose, body.colliders) for body in scene.bodies])
    pieces = convex_pieces(triangles, clear, Material())
    deepest = float(triangles[:, :, 1].min()) if len(triangles) else float(middles[:, 1].min()) - 1.0
    return replace(scene, still=(*scene.still, *pieces, Ground(max(deepest, float(low[1])))))


def _places(pose: Array, colliders: tuple[Hull | Ball, ...]) -> Array:
    """The middles of a body's colliders and of the body, in the world, shape [N, 3]."""
    own = [shape.points.mean(axis=0) if isinstance(shape, Hull) else shape.middle for shape in colliders]
    return np.array([np.zeros(3), *own]) @ pose[:3, :3].T + pose[:3, 3]
