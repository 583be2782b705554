"""What is laid on the coupe's skin: shut lines, splitter, skirts, mirrors, wipers, arches, and the glass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.car_body import (
    ARCH_RADIUS,
    FRONT_AXLE,
    REAR_AXLE,
    WHEEL_RADIUS,
    Skin,
)
from secondunit_engine.world.trim import (
    beam,
    both_sides,
    clip,
    polygon_distance,
    resample,
    ribbon,
    rounded,
)

Array = NDArray[np.floating]

_SIDE_WINDOW: Final = rounded(
    [(0.70, 0.905), (0.08, 1.075), (-0.42, 1.098), (-0.86, 1.045), (-1.22, 0.965), (-0.80, 0.915), (0.10, 0.885)], 0.06
)
_WINDSCREEN: Final = [
    (-0.62, 0.70),
    (-0.45, 1.2),
    (0.45, 1.2),
    (0.62, 0.70),
    (0.475, 0.03),
    (0.0, 0.09),
    (-0.475, 0.03),
]
_REAR_WINDOW: Final = [(-0.42, -0.84), (0.0, -0.79), (0.42, -0.84), (0.22, -1.66), (-0.22, -1.66)]


def glazing(canopy: Skin) -> tuple[Mesh, Mesh]:
    """Split the greenhouse into painted metal and sunk glass."""
    mesh = canopy.mesh
    points = mesh.points.astype(float)
    side = polygon_distance(points[:, [2, 1]], _SIDE_WINDOW)
    side = np.where(np.abs(points[:, 0]) > 0.33, side, 1.0)
    above = np.minimum(
        polygon_distance(points[:, [0, 2]], _WINDSCREEN), polygon_distance(points[:, [0, 2]], _REAR_WINDOW)
    )
    above = np.where(points[:, 1] > 0.85, above, 1.0)
    field = np.minimum(side, above)
    glass = clip(mesh, -field)
    assert glass.normals is not None
    sunk = Mesh((glass.points - 0.004 * glass.normals).astype(np.float32), glass.triangles, glass.normals, glass.uvs)
    return clip(mesh, field), sunk


@dataclass(frozen=True)
class Trim:
    """Trim by material: `gaps` are the dark shut lines, `plastic` satin black, `gloss` polished black."""

    gaps: Mesh
    plastic: Mesh
    gloss: Mesh
    mirrors: Mesh


def build_trim(skin: Skin, canopy: Skin) -> Trim:
    """Everything laid on the uncut skin, both sides."""
    return Trim(
        gaps=shapes.merge([both_sides(_side_gaps(skin)), _bonnet_gap(skin), both_sides(_window_seals(canopy))]),
        plastic=shapes.merge([both_sides(_arches()), _diffuser(), both_sides(_wiper(canopy)), _floor()]),
        gloss=shapes.merge([_splitter(skin), both_sides(_skirt(skin)), both_sides(_arch_lips(skin))]),
        mirrors=both_sides(_mirror()),
    )


def _gap(skin: Skin, view: str, drawn: Array, beyond: float, width: float = 0.006) -> Mesh:
    points, normals = skin.at(view, resample(drawn, 0.012), beyond)  # type: ignore[arg-type]
    return ribbon(points + 0.0012 * normals, normals, width)


def _side_gaps(skin: Skin) -> Mesh:
    door = rounded([(0.66, 0.80), (0.69, 0.24), (-0.50, 0.22), (-0.585, 0.52), (-0.52, 0.82)], 0.06)
    door = np.concatenate([[(0.64, 0.86)], door[6:24], [(-0.50, 0.86)]])
    bumper = np.array([(1.72, 0.52), (1.80, 0.53), (1.90, 0.585)])
    handle = np.array([(-0.40, 0.725), (-0.22, 0.715)])
    return shapes.merge(
        [
            _gap(skin, "left", door, 0.5),
            _gap(skin, "left", bumper, 0.5),
            _gap(skin, "left", handle, 0.5, 0.020),
            _gap(skin, "left", np.array([(-1.68, 0.55), (-2.05, 0.60)]), 0.5),
        ]
    )


def _bonnet_gap(skin: Skin) -> Mesh:
    half = np.array([(0.0, 2.14), (0.30, 2.115), (0.50, 2.02), (0.60, 1.80), (0.585, 1.40), (0.66, 1.02)])
    smooth = rounded(half, 0.2)[3:-3]
    loop = np.concatenate([smooth[::-1] * [-1, 1], smooth])
    return _gap(skin, "top", resample(loop[np.argsort(np.arctan2(loop[:, 0], loop[:, 1] - 1.0))], 0.01), 0.4, 0.007)


def _window_seals(canopy: Skin) -> Mesh:
    points, normals = canopy.at("left", resample(_SIDE_WINDOW, 0.012, closed=True), 0.3)
    return ribbon(points + 0.001 * normals, normals, 0.012, closed=True)


def _arches() -> Mesh:
    """Liners of the wheel arches: open towards the road, closed inwards."""
    angle = np.linspace(-0.55, np.pi + 0.55, 60)
    parts = []
    for axle in (FRONT_AXLE, REAR_AXLE):
        y, z = WHEEL_RADIUS + ARCH_RADIUS * np.sin(angle), axle + ARCH_RADIUS * np.cos(angle)
        rings = [np.stack([np.full(60, x), y, z], axis=1) for x in (0.99, 0.50)]
        tube = clip(shapes.grid(np.stack(rings)), np.minimum(1.0, np.tile(y, 2) - 0.12).astype(float))
        parts.append(tube)
        parts.append(shapes.move(shapes.box((-0.01, 0, -ARCH_RADIUS), (0.01, 0.56, ARCH_RADIUS)), (0.5, 0.12, axle)))
    return shapes.merge(parts)


def _arch_lips(skin: Skin) -> Mesh:
    """A rolled edge that follows the skin round each arch."""
    parts = []
    for axle, first, last in ((FRONT_AXLE, -0.60, np.pi + 0.60), (REAR_AXLE, -0.60, np.pi + 0.60)):
        angle = np.linspace(first, last, 90)
        radius = ARCH_RADIUS + 0.004
        drawn = np.column_stack([axle + radius * np.cos(angle), WHEEL_RADIUS + radius * np.sin(angle)])
        points, normals = skin.at("left", drawn, 0.6)
        keep = drawn[:, 1] > 0.14
        parts.append(shapes.tube((points - 0.002 * normals)[keep], 0.006, 8))
    return shapes.merge(parts)


def _splitter(skin: Skin) -> Mesh:
    """A blade under the nose, with two struts."""
    x = np.linspace(-0.86, 0.86, 120)
    edge, normal = skin.at("front", np.column_stack([x, np.full(120, 0.155)]), 1.3)
    out = normal * [1, 0, 1]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    lead, tail = edge + 0.065 * out, edge - 0.16 * out
    lead[:, 1], tail[:, 1] = 0.098, 0.112
    up = np.array([0, 0.013, 0])
    blade = shapes.grid(np.stack([lead - up / 2, lead + up / 2, tail + up, tail - up], axis=1), closed_u=True)
    fences = [
        beam(edge[k] + (0, -0.05, 0) - 0.02 * out[k], edge[k] + (0, -0.03, 0) + 0.055 * out[k], 0.006, 0.05)
        for k in (14, 105)
    ]
    return shapes.merge([shapes.facet(blade), *fences])


def _skirt(skin: Skin) -> Mesh:
    """A blade along the sill that rises towards the rear wheel."""
    z = np.linspace(-0.90, 0.92, 60)
    edge, _ = skin.at("left", np.column_stack([z, np.full(60, 0.19)]), 0.5)
    flare = 0.055 + 0.03 * np.clip((-z - 0.4) / 0.5, 0, 1)
    outer = edge + np.column_stack([flare, np.full(60, -0.075), np.zeros(60)])
    inner = edge + np.column_stack([np.full(60, -0.06), np.full(60, -0.06), np.zeros(60)])
    up = np.array([0, 0.007, 0])
    return shapes.facet(shapes.grid(np.stack([outer - up, inner - up, inner + up, outer + up], axis=1), closed_u=True))


def _mirror() -> Mesh:
    """A door mirror's shell on its arm."""
    ball = shapes.sphere(1.0, 40)
    x, y, z = ball.points.T.astype(float)
    pinch = 1 - 0.25 * np.clip(x, -1, 1)
    shell = np.column_stack(
        [
            1.0 + 0.115 * x,
            0.945 + 0.062 * y * pinch,
            0.60 - 0.05 * np.abs(x) + 0.085 * np.where(z < 0, 0.45 * z, z) * pinch,
        ]
    )
    arm = beam((0.80, 0.865, 0.63), (0.95, 0.925, 0.615), 0.05, 0.014)
    return shapes.merge([shapes.smooth(Mesh(shell.astype(np.float32), ball.triangles, uvs=ball.uvs)), arm])


def _wiper(canopy: Skin) -> Mesh:
    drawn = resample([(0.05, 0.93), (0.34, 0.90), (0.56, 0.78)], 0.02)
    points, normals = canopy.at("top", drawn, 0.8)
    return shapes.tube(points + 0.012 * normals, 0.005, 6)


def _diffuser() -> Mesh:
    fins = [
        shapes.box((x - 0.005, 0.13, -2.22), (x + 0.005, 0.30, -1.80)) for x in (-0.45, -0.27, -0.09, 0.09, 0.27, 0.45)
    ]
    return shapes.merge([*fins, shapes.box((-0.60, 0.20, -2.16), (0.60, 0.22, -1.75))])


def _floor() -> Mesh:
    """The undertray, which keeps light from shining through between the wheels."""
    return shapes.box((-0.50, 0.125, -1.9), (0.50, 0.135, 1.9))
