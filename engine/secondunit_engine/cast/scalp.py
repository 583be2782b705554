"""Where hair grows: the refined head at rest, and how thickly each point of it is covered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondunit_engine.cast.anatomy import load_anatomy
from secondunit_engine.cast.body import Body
from secondunit_engine.cast.surface import subdivide, triangulate, vertex_normals
from secondunit_engine.cast.unwrap import is_head

Array = NDArray[np.float64]
# Height of the hairline over the eyes [m] by azimuth from the face [degrees]; over the ear it dips to a sideburn.
_HAIRLINE = (
    (0, 25, 42, 54, 62, 69, 76, 82, 90, 102, 112, 125, 150, 180),
    (0.062, 0.061, 0.056, 0.043, 0.024, 0.002, -0.016, -0.008, 0.010, 0.000, -0.030, -0.052, -0.066, -0.070),
)


@dataclass(frozen=True)
class Scalp:
    """The head at rest.

    points, normals: Of the refined head [m], shape [points, 3].
    template: The same points of the template. triangles: Shape [triangles, 3].
    cover: Share of full hair growth at each point, 0 to 1. azimuth: From the face, signed, + is left [rad].
    matrix: From the body's points to these.
    """

    points: Array
    normals: Array
    triangles: NDArray[np.int32]
    cover: Array
    azimuth: Array
    height: Array
    matrix: sparse.csr_matrix
    eye: Array
    template: Array


def scalp_cover(template: Array) -> tuple[Array, Array, Array]:
    """Hair growth at points of the template, 0 to 1, their azimuth from the face [rad] and height over the eyes [m]."""
    anatomy = load_anatomy()
    head = anatomy.points[anatomy.part("body")]
    eye = anatomy.points[anatomy.part("helper-l-eye")].mean(axis=0)
    head = head[head[:, 1] > eye[1] - 0.02]
    away = template - [0.0, 0.0, (head[:, 2].max() + head[:, 2].min()) / 2 - 0.012]
    azimuth = np.arctan2(away[:, 0], away[:, 2])
    height = template[:, 1] - eye[1]
    degrees = np.degrees(np.abs(azimuth))
    line = np.interp(degrees, *_HAIRLINE)
    # Ears stand off the skull: their points lie further out than the scalp does there.
    ear = (np.abs(template[:, 0]) > 0.071) & (height < 0.022) & (height > -0.06) & (degrees < 108)
    return np.clip((height - line) / 0.010 + 0.15, 0, 1) * ~ear, azimuth, height


def measure_scalp(body: Body) -> Scalp:
    """The head of a body at rest."""
    anatomy = body.anatomy
    quads, uv_quads = anatomy.groups["body"]
    fine = subdivide(quads[is_head(anatomy.uvs[uv_quads]).all(axis=1)], len(anatomy.points))
    used, renumbered = np.unique(fine.quads, return_inverse=True)
    matrix = fine.matrix[used]
    triangles = triangulate(renumbered.reshape(-1, 4).astype(np.int32))
    points = matrix @ body.points
    template = matrix @ anatomy.points
    cover, azimuth, height = scalp_cover(template)
    return Scalp(
        points, vertex_normals(points, triangles), triangles, cover, azimuth, height,
        matrix, body.points[anatomy.part("helper-l-eye")].mean(axis=0), template,
    )  # fmt: skip
