"""The skin of the coupe: a tensor-product cubic B-spline over stations and half-sections, and its canopy.

The car stands on y = 0 with its nose at +Z, its left side at +X and the middle of its wheelbase at the origin.
Surface: P(u, v) = sum B_i(u) B_j(v) C_ij with clamped uniform knots (de Boor, "A Practical Guide to Splines").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import BSpline
from scipy.spatial import KDTree

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.trim import unit

Array = NDArray[np.floating]

View = Literal["front", "rear", "left", "top"]
# Each view: the two axes one draws along, the axis one looks along, and from which end.
VIEWS: Final[dict[View, tuple[tuple[int, int], int, int]]] = {
    "front": ((0, 1), 2, 1),
    "rear": ((0, 1), 2, -1),
    "left": ((2, 1), 0, 1),
    "top": ((0, 2), 1, 1),
}

WHEELBASE: Final = 2.70
FRONT_AXLE: Final = 1.37  # z of the front wheels' centres
REAR_AXLE: Final = FRONT_AXLE - WHEELBASE
WHEEL_RADIUS: Final = 0.352
ARCH_RADIUS: Final = 0.388
HALF_TRACK: Final = 0.845  # x of the wheels' middle planes

# Each station: z; bottom y and half-width; widest half-width and its y; fender crown y and x; hood valley y; centre y.
_STATIONS: Final = np.array(
    [
        [-2.275, 0.40, 0.64, 0.78, 0.60, 0.86, 0.62, 0.885, 0.89],
        [-2.200, 0.27, 0.74, 0.90, 0.62, 0.925, 0.70, 0.945, 0.95],
        [-1.900, 0.17, 0.80, 0.97, 0.62, 0.965, 0.76, 0.96, 0.965],
        [-1.330, 0.12, 0.82, 1.01, 0.60, 0.995, 0.80, 0.95, 0.95],
        [-0.850, 0.115, 0.84, 0.985, 0.58, 0.935, 0.78, 0.92, 0.93],
        [-0.400, 0.115, 0.87, 0.935, 0.58, 0.845, 0.79, 0.90, 0.92],
        [0.050, 0.115, 0.875, 0.925, 0.57, 0.795, 0.79, 0.88, 0.91],
        [0.500, 0.115, 0.87, 0.935, 0.56, 0.80, 0.79, 0.855, 0.90],
        [0.920, 0.115, 0.85, 0.96, 0.56, 0.83, 0.79, 0.82, 0.88],
        [1.370, 0.115, 0.82, 0.995, 0.56, 0.855, 0.80, 0.745, 0.80],
        [1.800, 0.115, 0.80, 0.98, 0.52, 0.775, 0.79, 0.665, 0.715],
        [2.100, 0.115, 0.77, 0.945, 0.46, 0.66, 0.76, 0.585, 0.63],
        [2.280, 0.130, 0.72, 0.90, 0.40, 0.545, 0.70, 0.515, 0.545],
        [2.340, 0.200, 0.68, 0.85, 0.36, 0.44, 0.66, 0.435, 0.45],
    ]
)
# The greenhouse: z; half-width and y of its base; height above the base.
_CANOPY: Final = np.array(
    [
        [1.100, 0.740, 0.790, 0.030],
        [0.880, 0.750, 0.830, 0.075],
        [0.480, 0.755, 0.850, 0.195],
        [0.080, 0.745, 0.855, 0.290],
        [-0.350, 0.725, 0.860, 0.320],
        [-0.780, 0.690, 0.870, 0.295],
        [-1.180, 0.615, 0.885, 0.210],
        [-1.560, 0.490, 0.900, 0.115],
        [-1.850, 0.350, 0.910, 0.040],
    ]
)
_CANOPY_SECTION: Final = np.array(
    [[1, -0.2], [1, 0.0], [0.985, 0.25], [0.93, 0.56], [0.83, 0.83], [0.69, 0.965], [0.5, 1.0], [0.25, 1.02], [0, 1.02]]
)


@dataclass(frozen=True)
class Skin:
    """A finely tessellated surface that trim can be laid on: seen from one side it is a height field."""

    mesh: Mesh

    def at(self, view: View, where: ArrayLike, beyond: float = 0.0) -> tuple[Array, Array]:
        """Points and normals, both [n, 3], under `where` [n, 2], drawn in that view.

        Views: front and rear are (x, y), left is (z, y), top is (x, z). Only the skin more than `beyond` [m] along
        the view's direction is seen.
        """
        axes, depth, sign = VIEWS[view]
        assert self.mesh.normals is not None
        seen = (sign * self.mesh.normals[:, depth] > 0.05) & (sign * self.mesh.points[:, depth] > beyond)
        points, normals = self.mesh.points[seen].astype(float), self.mesh.normals[seen].astype(float)
        where = np.asarray(where, float)
        distance, near = (np.asarray(found) for found in KDTree(points[:, axes]).query(where, k=4))  # (n, 4)
        weight = 1 / (distance + 1e-4)
        normal = unit((normals[near] * weight[..., None]).sum(axis=1))
        # On the nearest point's tangent plane; at 1 cm tessellation that is true to 0.1 mm.
        base, slope = points[near[:, 0]], normals[near[:, 0]]
        found = np.empty((len(where), 3))
        found[:, axes] = where
        offset = ((where - base[:, axes]) * slope[:, axes]).sum(axis=1)
        found[:, depth] = base[:, depth] - np.clip(offset / slope[:, depth], -0.05, 0.05)
        return found, normal


def body_skin(rows: int = 440, columns: int = 210) -> Skin:
    """The body from sill to hood, both sides, with its creases; wheel arches and openings are not cut yet."""
    half = _loft(_body_net(), rows, columns)  # (rows, columns, 3)
    return Skin(_sculpt(_both_halves(half)))


def canopy_skin(rows: int = 220, columns: int = 90) -> Skin:
    """The greenhouse: windscreen, side windows, roof and rear window in one surface."""
    z, width, base, height = (_CANOPY[::-1, None, k] for k in range(4))  # tail to nose, as the body
    x = width * _CANOPY_SECTION[None, :, 0]
    y = base + height * _CANOPY_SECTION[None, :, 1]
    z = z - 0.26 * (x / 0.74) ** 2 * _ramp(z, 0.1, 1.1)
    return Skin(_both_halves(_loft(np.stack(np.broadcast_arrays(x, y, z), axis=-1), rows, columns)))


def _body_net() -> Array:
    """Control points of the half body, shape [stations, 13, 3], closed at nose and tail."""
    z, yb, ws, wb, yw, ysh, xsh, yv, yc = (_STATIONS[:, k] for k in range(9))

    def mix(a: Array, b: Array | float, t: float) -> Array:
        return a + (b - a) * t

    section = [
        (0 * ws, yb),
        (0.55 * ws, yb),
        (0.95 * ws, yb),
        (ws + 0.01, yb + 0.02),
        (ws + 0.03, mix(yb, yw, 0.25)),
        (mix(ws, wb, 0.8), mix(yb, yw, 0.6)),
        (wb, yw),
        (wb - 0.005, mix(yw, ysh, 0.6)),
        (mix(wb, xsh, 0.35), ysh),
        (xsh, ysh + 0.02),
        (mix(xsh, 0.45, 0.6), mix(ysh, yv, 0.8)),
        (0.28 + 0 * z, mix(yv, yc, 0.6)),
        (0 * ws, yc),
    ]
    net = np.stack([np.stack([x, y, z], axis=-1) for x, y in section], axis=1)  # (stations, 13, 3)
    # In plan the nose is bowed back towards the lamps, the tail a little.
    net[..., 2] -= 0.36 * (net[..., 0] / 0.95) ** 2.2 * _ramp(net[..., 2], 1.5, 2.3)
    net[..., 2] += 0.14 * (net[..., 0] / 0.95) ** 2.2 * _ramp(-net[..., 2], 1.7, 2.25)
    ends = []
    for row, height, push in ((0, 0.66, -0.006), (-1, 0.33, 0.006)):
        end = net[row].copy()
        end[:, 1] = height + (end[:, 1] - height) * 0.02
        end[:, 2] += push
        ends.append(end[None])
    return np.concatenate([ends[0], net, ends[1]])


def _loft(net: Array, rows: int, columns: int) -> Array:
    """Evaluate a clamped cubic B-spline surface on a regular grid, shape [rows, columns, 3]."""
    return np.einsum("ri,cj,ijk->rck", _basis(net.shape[0], rows), _basis(net.shape[1], columns), net)


def _basis(controls: int, samples: int) -> Array:
    knots = np.concatenate([np.zeros(3), np.linspace(0, 1, controls - 2), np.ones(3)])
    return BSpline.design_matrix(np.linspace(0, 1, samples), knots, 3).toarray()  # (samples, controls)


def _both_halves(half: Array) -> Mesh:
    other = half[:, -2::-1] * np.array([-1.0, 1.0, 1.0])
    return shapes.grid(np.concatenate([half, other], axis=1))


def _sculpt(mesh: Mesh) -> Mesh:
    """Creases and hollows: small displacements along the normal that a control net this coarse cannot hold."""
    assert mesh.normals is not None
    x, y, z = (np.abs(mesh.points[:, 0]), mesh.points[:, 1], mesh.points[:, 2])
    nx, ny = np.abs(mesh.normals[:, 0]), mesh.normals[:, 1]
    top, side = _ramp(ny, 0.5, 0.8), _ramp(nx, 0.35, 0.75)
    hood = top * _ramp(z, 0.75, 1.0) * _ramp(-z, -2.12, -1.85)
    blade = 0.30 + 0.26 * (2.1 - z) / 1.2  # two ridges that run from the badge to the A pillars
    push = hood * 0.011 * _bump((x - blade) / 0.035) * (1 + 0 * x)
    push = push - hood * 0.012 * _ramp(blade - x, 0.0, 0.10)  # a lowered panel between them
    push += hood * 0.006 * _bump(x / 0.018)  # the spine
    doors = side * _ramp(z, -1.0, -0.55) * _ramp(-z, -1.05, -0.6)
    push -= doors * 0.030 * _bump((y - 0.43 - 0.03 * z) / 0.105)  # hollow flank
    push += doors * 0.008 * _bump((y - 0.665 + 0.04 * z) / 0.022)  # shoulder line
    push += side * 0.007 * _bump((y - 0.20) / 0.03) * _ramp(z, -1.0, -0.8) * _ramp(-z, -1.0, -0.8)
    tail = _ramp(-z, 2.0, 2.2) * top
    push += tail * 0.030 * _ramp(-z, 2.08, 2.24)  # ducktail lip
    return shapes.smooth(
        Mesh((mesh.points + mesh.normals * push[:, None]).astype(np.float32), mesh.triangles, uvs=mesh.uvs)
    )


def _ramp(value: Array, low: float, high: float) -> Array:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _bump(value: Array) -> Array:
    return np.exp(-(value**2))


def arch_field(points: Array) -> Array:
    """Positive [m] outside both wheel arches' cylinders, at points [n, 3]."""
    fields = [np.hypot(points[:, 2] - axle, points[:, 1] - WHEEL_RADIUS) for axle in (FRONT_AXLE, REAR_AXLE)]
    return np.where(np.abs(points[:, 0]) > 0.5, np.minimum(*fields) - ARCH_RADIUS, 1.0)
