"""What dresses a room, gathered by material, so that the whole of each material becomes one mesh of the set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, Mesh, add_mesh

OWN_UV: Final = -1.0  # the tile of a material whose meshes bring texture coordinates of their own


class Dressing:
    """A set's meshes by the names of their materials; `write` puts them on the stage."""

    def __init__(self, stage: Usd.Stage) -> None:
        self.stage = stage
        self._materials: dict[str, tuple[Material, float]] = {}
        self._parts: dict[str, list[Mesh]] = defaultdict(list)

    def define(self, material: Material, tile: float = 0.0) -> str:
        """Make a material known by its name; `tile` is metres a repeat of its texture, 0 without one, or OWN_UV."""
        self._materials[material.name] = (material, tile)
        return material.name

    def plain(
        self,
        name: str,
        base: RGB,
        roughness: float = 0.5,
        *,
        metallic: float = 0.0,
        clearcoat: float = 0.0,
        sheen: float = 0.0,
    ) -> str:
        """Define a material without textures."""
        return self.define(
            Material(name, base, roughness=roughness, metallic=metallic, clearcoat=clearcoat, sheen=sheen)
        )

    def material(self, name: str) -> Material:
        return self._materials[name][0]

    def add(self, material: str, *meshes: Mesh | Iterable[Mesh]) -> None:
        """Meshes, or lists of them, of a material that has been or will be defined."""
        for mesh in meshes:
            self._parts[material].extend([mesh] if isinstance(mesh, Mesh) else mesh)

    def add_all(self, parts: dict[str, Mesh], place: Iterable[float] = (0, 0, 0), turn: float = 0.0) -> None:
        """The parts of a thing by material, turned about +Y by `turn` degrees and moved by `place` [m]."""
        for material, mesh in parts.items():
            self._parts[material].append(shapes.move(mesh, tuple(place), turn))

    def glow(
        self, name: str, meshes: list[Mesh], radiance: RGB, group: str, weight: float = 1.0, texture: str = ""
    ) -> None:
        """Glowing meshes as one mesh light; with a texture their own coordinates are kept."""
        mesh = shapes.merge(meshes if texture else [_bare(mesh) for mesh in meshes])
        material = Material(f"glow_{name.lower()}", base=(0, 0, 0), emission=radiance, emission_texture=texture)
        add_mesh(self.stage, f"{names.SET}/{name}", mesh, material, light_group=group, sampling_weight=weight)

    def mesh(self, material: str, meshes: list[Mesh]) -> Mesh:
        """Meshes as one, with the texture coordinates that the material wants."""
        tile = self._materials[material][1]
        if tile == OWN_UV:
            return shapes.merge(meshes)
        whole = shapes.merge([_bare(mesh) for mesh in meshes])
        return shapes.box_uv(whole, tile) if tile else whole

    def write(self) -> None:
        """One mesh a material under /Shot/Set, in order of their names."""
        for name, parts in sorted(self._parts.items()):
            prim = "".join(word.capitalize() for word in name.split("_"))
            add_mesh(self.stage, f"{names.SET}/{prim}", self.mesh(name, parts), self.material(name))

    def bounds(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The corners of everything of a material [m]."""
        points = np.concatenate([mesh.points for mesh in self._parts[name]])
        return points.min(axis=0), points.max(axis=0)


def _bare(mesh: Mesh) -> Mesh:
    return Mesh(mesh.points, mesh.triangles, mesh.normals)
