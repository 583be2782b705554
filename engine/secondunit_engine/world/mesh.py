"""Meshes and materials as values: what props and sets are made of before anything is written. Light: no USD.

Colours are linear Rec.709, as gaffers' references and paint charts are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RGB = tuple[float, float, float]
Points = NDArray[np.float32]


@dataclass(frozen=True)
class Mesh:
    """Triangles, wound counter-clockwise seen from outside.

    points: Positions [m], shape [points, 3].
    triangles: Indices into the points, shape [triangles, 3].
    normals: Unit vectors, shape [points, 3]; None leaves flat faces.
    uvs: Texture coordinates, shape [points, 2]; v grows upwards.
    """

    points: Points
    triangles: NDArray[np.int32]
    normals: Points | None = None
    uvs: Points | None = None

    @classmethod
    def of_corners(cls, corners: NDArray[np.floating]) -> Mesh:
        """Triangles that share no points, of their corners [m], shape [triangles, 3, 3]."""
        index = np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3)
        return cls(corners.reshape(-1, 3).astype(np.float32), index)


@dataclass(frozen=True)
class Material:
    """A principled surface. Textures are paths beside the layer; colours linear Rec.709.

    `bump` is in metres when a `bump_texture` (raw, 0.5 is flat) is given. `emission` is radiance in W/(sr m2).
    An `opacity` of 0 with an emission is purely additive (a hologram). `glass` refracts.
    """

    name: str
    base: RGB = (0.5, 0.5, 0.5)
    roughness: float = 0.5
    metallic: float = 0.0
    specular: float = 0.5
    clearcoat: float = 0.0
    clearcoat_roughness: float = 0.03
    sheen: float = 0.0
    opacity: float = 1.0
    ior: float = 1.5
    glass: bool = False
    emission: RGB = (0.0, 0.0, 0.0)
    bump: float = 0.0
    base_texture: str = ""  # sRGB PNG
    roughness_texture: str = ""  # raw PNG, red
    bump_texture: str = ""  # raw PNG, red
    opacity_texture: str = ""  # raw PNG, red
    emission_texture: str = ""  # sRGB PNG or linear EXR, multiplied by `emission`


def scaled(color: RGB, by: float) -> RGB:
    """A colour or a radiance, brighter or darker by a factor."""
    return color[0] * by, color[1] * by, color[2] * by
