"""A simulation as time samples: each body's prim gets a transform a frame, and nothing else changes."""

from __future__ import annotations

from typing import Final

import numpy as np
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.physics.read_stage import Staged, world_of
from secondunit_engine.motion.physics.simulate import Simulated

_STILL: Final = (2e-4, 1e-3)  # m and of a unit vector: what moves less is left as it is


def write_layer(stage: Usd.Stage, place: Usd.Stage, staged: Staged, simulated: Simulated, first: float) -> list[str]:
    """Write the simulation of `staged`, read from `place` at time code `first`, into `stage`; returns who moved.

    A prim's transform is one `xformOp:transform`: it has a sample at `first` and at each frame after.
    """
    moved: list[str] = []
    for number, held in enumerate(staged.held):
        poses = simulated.poses[:, number]  # (F + 1, 4, 4)
        away = np.abs(poses - poses[:1]).max(axis=0)
        if away[:3, 3].max() < _STILL[0] and away[:3, :3].max() < _STILL[1]:
            continue
        moved.append(held.path)
        parent = place.GetPrimAtPath(held.path).GetParent()
        attribute = transform_of(stage, held.path)
        for frame, pose in enumerate(poses):
            cache = UsdGeom.XformCache(Usd.TimeCode(first + frame))
            local = np.linalg.inv(world_of(parent, cache)) @ pose @ held.offset
            attribute.Set(Gf.Matrix4d(*map(float, local.T.reshape(-1))), first + frame)
    return moved


def transform_of(stage: Usd.Stage, path: str) -> Usd.Attribute:
    """The one transform of a prim, over whatever the layers below say."""
    prim = stage.OverridePrim(path)
    attribute = prim.CreateAttribute("xformOp:transform", Sdf.ValueTypeNames.Matrix4d, custom=False)
    order = prim.CreateAttribute("xformOpOrder", Sdf.ValueTypeNames.TokenArray, custom=False)
    order.Set(["xformOp:transform"])
    return attribute
