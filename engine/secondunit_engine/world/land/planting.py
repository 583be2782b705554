"""Single trees and rows of them: copies of a few grown ones, one mesh of wood and one of leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, add_mesh
from secondunit_engine.world.land import surfaces, trees
from secondunit_engine.world.land.terrain import Terrain
from secondunit_engine.world.mesh import Material, Mesh, scaled
from secondunit_engine.world.textures import textured

Array = NDArray[np.floating]
_KINDS: Final = 3  # grown trees that a group's copies are of


@dataclass(frozen=True)
class Group:
    """Trees of one habit and detail at places (x, z) [m], shape [N, 2], of sizes between two shares of the habit's."""

    habit: trees.Habit
    at: Array
    detail: int
    size: tuple[float, float] = (0.75, 1.05)


def plant(
    stage: Usd.Stage, folder: Path, name: str, terrain: Terrain, groups: Sequence[Group], leaf: RGB, seed: int,
    *, bark: tuple[RGB, RGB] = ((0.022, 0.019, 0.015), (0.11, 0.095, 0.072)), bare: bool = False,
) -> None:  # fmt: skip
    """Write <name>Wood, and <name>Leaves0 and 1 in two tones unless trees are `bare`."""
    rng = np.random.Generator(np.random.PCG64([seed, 97]))
    wood: list[Mesh] = []
    leaves: tuple[list[Mesh], list[Mesh]] = ([], [])
    for group in groups:
        for kind in range(_KINDS):
            feet = terrain.place(group.at[kind::_KINDS], 0.1)
            if not len(feet):
                continue
            tree = trees.grow(group.habit, seed * 7 + 31 * kind + group.detail, group.detail)
            size = rng.uniform(*group.size, (len(feet), 1)) * np.ones((1, 3))
            turn = rng.uniform(0, 360, len(feet))
            wood.append(shapes.array(tree.wood, feet, turn, size))
            leaves[kind % 2].append(shapes.array(lit_as_one(tree.leaves, rng), feet, turn, size))
    surface = surfaces.bark(seed + 401, *bark, moss=0.25)
    rind = textured(folder, f"{name.lower()}_bark", surface, 0.035, specular=0.2)
    add_mesh(stage, f"{names.SET}/{name}Wood", shapes.merge(wood), rind)
    for number, (tone, parts) in enumerate(zip((0.85, 1.2), leaves, strict=True)):
        if parts and not bare:
            material = Material(
                f"{name.lower()}_leaves_{number}", base=scaled(leaf, tone), roughness=0.55, specular=0.3
            )
            add_mesh(stage, f"{names.SET}/{name}Leaves{number}", shapes.merge(parts), material)


def lit_as_one(leaves: Mesh, rng: np.random.Generator) -> Mesh:
    """A crown whose leaves' normals lean to the sky and out of it: it takes light as a mass, and leaves before the sun,
    which would let it through, are not black."""
    middle = (leaves.points.min(axis=0) + leaves.points.max(axis=0)) / 2
    out = leaves.points - middle
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    leaf = np.repeat(rng.normal(0, 0.35, (len(out) // 4, 3)), 4, axis=0)  # four points a leaf
    normals = 0.55 * out + np.array([0.0, 0.75, 0.0]) + leaf
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(leaves.points, leaves.triangles, normals.astype(np.float32))
