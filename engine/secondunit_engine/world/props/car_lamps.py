"""The coupe's lamps: pods with projectors, a light bar across the nose, daytime strips, and the tail's strip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.car_body import Skin
from secondunit_engine.world.props.car_openings import Opening
from secondunit_engine.world.trim import bead, both_sides, clip, resample, ribbon, rounded

Array = NDArray[np.floating]

_POD = [(0.56, 0.455), (0.66, 0.470), (0.80, 0.545), (0.865, 0.615), (0.82, 0.605), (0.68, 0.545), (0.575, 0.505)]
POD: Final = Opening("front", rounded(_POD, 0.02), 1.4, 0.0)
PROJECTORS: Final = ((0.628, 0.489), (0.703, 0.520), (0.772, 0.560))  # (x, y) in the front view


@dataclass(frozen=True)
class Lamps:
    """Lamp parts by material: dark pods, chrome bezels, and what shines."""

    pods: Mesh
    chrome: Mesh
    projectors: Mesh
    strips: Mesh
    tail: Mesh


def build_lamps(skin: Skin) -> Lamps:
    """All lamps, both sides, laid on the uncut skin."""
    inside = clip(skin.mesh, -POD.field(skin.mesh))
    assert inside.normals is not None
    pods = Mesh((inside.points - 0.010 * inside.normals).astype(np.float32), inside.triangles, inside.normals)
    loop, normal = skin.at("front", resample(POD.outline, 0.01, closed=True), POD.beyond)
    bezel = shapes.merge([bead(loop - 0.004 * normal, 0.007), _step(loop, normal)])
    cups, discs = [], []
    for place in PROJECTORS:
        point, _ = skin.at("front", [place], POD.beyond)
        cups.append(_aimed(_cup(), point[0]))
        discs.append(_aimed(_lens(), point[0]))
    return Lamps(
        pods=shapes.merge([pods, both_sides(bezel)]),
        chrome=both_sides(shapes.merge(cups)),
        projectors=both_sides(shapes.merge(discs)),
        strips=shapes.merge([_light_bar(skin), both_sides(_daytime(skin))]),
        tail=_tail(skin),
    )


def _step(loop: Array, normal: Array) -> Mesh:
    """The short wall between the skin and the sunk pod."""
    return shapes.grid(np.stack([loop, loop - 0.012 * normal]), closed_u=True)


def _aimed(mesh: Mesh, point: Array) -> Mesh:
    """A lathe about +Y turned to look along +Z, at `point`."""
    matrix = np.eye(4)
    matrix[:3, :3] = [[-1, 0, 0], [0, 0, 1], [0, 1, 0]]
    matrix[:3, 3] = point
    return shapes.transform(mesh, matrix)


def _cup() -> Mesh:
    """A bright ring with a dished reflector inside."""
    outer = [[0.033, -0.030], [0.033, -0.002], [0.030, 0.002], [0.027, -0.001], [0.021, -0.014], [0.0, -0.016]]
    return shapes.lathe(outer, 32)


def _lens() -> Mesh:
    """The glowing projector lens, slightly domed."""
    t = np.linspace(0, 1, 5)
    return shapes.lathe(np.column_stack([0.0185 * np.cos(t * np.pi / 2), -0.010 + 0.006 * np.sin(t * np.pi / 2)]), 24)


def _light_bar(skin: Skin) -> Mesh:
    """A thin bar of light from pod to pod under the edge of the bonnet."""
    x = np.linspace(-0.545, 0.545, 160)
    y = 0.468 + 0.022 * (x / 0.545) ** 2
    points, normals = skin.at("front", np.column_stack([x, y]), 1.7)
    return ribbon(points + 0.0025 * normals, normals, 0.014)


def _daytime(skin: Skin) -> Mesh:
    """The brow over each pod and an upright blade in each corner intake."""
    brow = resample([(0.578, 0.497), (0.682, 0.536), (0.816, 0.596)], 0.008)
    upright = resample([(0.655, 0.215), (0.66, 0.355)], 0.008)
    parts = []
    for drawn, lift in ((brow, -0.002), (upright, 0.003)):
        points, normals = skin.at("front", drawn, 1.4)
        parts.append(ribbon(points + lift * normals, normals, 0.008))
    return shapes.merge(parts)


def _tail(skin: Skin) -> Mesh:
    x = np.linspace(-0.76, 0.76, 160)
    points, normals = skin.at("rear", np.column_stack([x, 0.80 + 0.02 * (x / 0.76) ** 2]), 1.7)
    return ribbon(points + 0.003 * normals, normals, 0.018)
