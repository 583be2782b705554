"""A kit of parts: meshes gathered by material, so that a set of thousands of pieces becomes one mesh a material.

Small painted things take their colours from one palette picture: every part has texture coordinates in the middle of
its colour's cell, and awnings, books and car bodies of any colour are one mesh.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pxr import Usd

from secondunit_engine.world import shapes, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import RGB, Material, Mesh, add_mesh

_CELLS: Final = 16  # colours a side of the palette picture


@dataclass
class Kit:
    """Meshes by the name of their material; each has normals and texture coordinates (zeros where it had none)."""

    parts: dict[str, list[Mesh]] = field(default_factory=dict)

    def put(self, material: str, *meshes: Mesh) -> None:
        self.parts.setdefault(material, []).extend(_complete(mesh) for mesh in meshes)

    def place(self, other: Kit, at: ArrayLike, turn: float = 0.0, scale: ArrayLike = 1.0) -> None:
        """Everything of another kit, scaled, turned about +Y by `turn` degrees and moved to `at` [m]."""
        for material, meshes in other.parts.items():
            self.put(material, shapes.move(shapes.merge(meshes), at, turn, scale))

    def array(self, other: Kit, places: ArrayLike, turns: ArrayLike = 0.0, scales: ArrayLike = 1.0) -> None:
        """Copies of another kit at places [m], shape [copies, 3]; turns [degrees] and scales as `shapes.array`."""
        if len(np.asarray(places)):
            for material, meshes in other.parts.items():
                self.put(material, shapes.array(shapes.merge(meshes), places, turns, scales))

    def write(
        self,
        stage: Usd.Stage,
        root: str,
        materials: Mapping[str, Material],
        tiles: Mapping[str, float] | None = None,
        groups: Mapping[str, tuple[str, float]] | None = None,
    ) -> None:
        """One mesh a material under `root`. `tiles` are metres a texture repeats after, where not 1; `groups` are
        light group and sampling weight of the materials that shine."""
        for name, meshes in sorted(self.parts.items()):
            mesh = shapes.merge(meshes)
            tile = (tiles or {}).get(name, 1.0)
            if tile != 1.0 and mesh.uvs is not None:
                mesh = Mesh(mesh.points, mesh.triangles, mesh.normals, mesh.uvs / np.float32(tile))
            group, weight = (groups or {}).get(name, ("", 1.0))
            path = f"{root}/{''.join(word.title() for word in name.split('_'))}"
            add_mesh(stage, path, mesh, materials[name], light_group=group, sampling_weight=weight)


@dataclass
class Palette:
    """Colours in the cells of one small picture. At most 256."""

    colors: list[RGB] = field(default_factory=list)

    def paint(self, mesh: Mesh, color: RGB) -> Mesh:
        """The mesh in one colour, linear Rec.709, of the palette's material."""
        key = (round(color[0], 3), round(color[1], 3), round(color[2], 3))
        if key not in self.colors:
            assert len(self.colors) < _CELLS**2
            self.colors.append(key)
        row, column = divmod(self.colors.index(key), _CELLS)
        at = np.array([(column + 0.5) / _CELLS, 1 - (row + 0.5) / _CELLS], np.float32)
        return Mesh(mesh.points, mesh.triangles, mesh.normals, np.tile(at, (len(mesh.points), 1)))

    def picture(self) -> NDArray[np.floating]:
        """The palette's picture, linear Rec.709, shape [128, 128, 3]."""
        cells = np.full((_CELLS**2, 3), 0.2, np.float32)
        cells[: len(self.colors)] = np.reshape(self.colors, (-1, 3))
        return np.kron(cells.reshape(_CELLS, _CELLS, 3), np.ones((8, 8, 1), np.float32))

    def material(self, folder: Path, name: str, roughness: float = 0.45, clearcoat: float = 0.0) -> Material:
        picture = textures.write_color(folder, f"{name}_palette", self.picture())
        return Material(name, base_texture=picture, roughness=roughness, clearcoat=clearcoat)


def bars(boxes: Sequence[tuple[ArrayLike, ArrayLike]]) -> Mesh:
    """Axis-aligned boxes by their corners [m], as one mesh with hard edges; as many `shapes.box`, made at once."""
    low = np.array([box[0] for box in boxes], np.float32)[:, None]  # (B, 1, 3)
    high = np.array([box[1] for box in boxes], np.float32)[:, None]
    points = np.where(shapes.BOX.high, high, low)  # (B, 24, 3)
    uvs = np.take_along_axis(points, np.broadcast_to(shapes.BOX.across, (len(boxes), 24, 2)), axis=2)
    triangles = shapes.BOX.triangles + 24 * np.arange(len(boxes), dtype=np.int32)[:, None, None]
    normals = np.tile(shapes.BOX.normals, (len(boxes), 1))
    return Mesh(points.reshape(-1, 3), triangles.reshape(-1, 3), normals, uvs.reshape(-1, 2))


def set_path(name: str) -> str:
    return f"{names.SET}/{name}"


def _complete(mesh: Mesh) -> Mesh:
    if mesh.normals is None:
        mesh = shapes.facet(mesh)
    if mesh.uvs is None:
        mesh = Mesh(mesh.points, mesh.triangles, mesh.normals, np.zeros((len(mesh.points), 2), np.float32))
    return mesh
