"""What hangs and stands about the arena's stage: trusses, moving heads, screens' frames, desks, the stage itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.sets.arena_bowl import PIT
from secondunit_engine.world.show import Head
from secondunit_engine.world.trim import beam

Array = NDArray[np.floating]

STAGE: Final = 9.0  # m, radius of the stage
TRUSS: Final = 12.0  # m, height of the rig
_CHORD: Final = 0.26  # m, half of a truss's section


@dataclass(frozen=True)
class Panel:
    """A flat screen: the middle of its lower edge [m], where it faces in degrees about Y from +Z, and its size [m]."""

    place: RGB
    turn: float
    width: float
    height: float

    def front(self, out: float = 0.0) -> Mesh:
        """The picture's rectangle, `out` metres before the screen."""
        w, h = self.width / 2, self.height
        flat = shapes.quad((-w, 0, out), (w, 0, out), (w, h, out), (-w, h, out))
        return shapes.move(flat, self.place, self.turn)

    def case(self) -> Mesh:
        w, h = self.width / 2 + 0.12, self.height + 0.12
        return shapes.move(shapes.box((-w, -0.12, -0.35), (w, h, -0.02)), self.place, self.turn)


def outline(sides: int, radius: float, y: float) -> Array:
    """A closed polygon about the stage's middle, or a circle of 96 sides, [corners + 1, 3]."""
    count = sides or 96
    angle = np.linspace(0, 2 * np.pi, count + 1) + (np.pi / count if sides else 0.0)
    reach = radius / np.cos(np.pi / count) if sides else radius
    return np.stack([reach * np.sin(angle), np.full(count + 1, y), reach * np.cos(angle)], axis=-1)


def stage_floor(sides: int) -> Mesh:
    """The top of the stage, its texture a tile of 3 m."""
    rim = outline(sides, STAGE, 0.0)
    flat = shapes.grid(np.stack([rim, np.zeros_like(rim)]))
    return shapes.box_uv(shapes.facet(flat), 3.0)


def stage_skirt(sides: int) -> Mesh:
    """The stage's sides, set back under its lip, and two steps in front."""
    rings = [outline(sides, r, y) for r, y in ((STAGE - 0.35, PIT), (STAGE - 0.35, -0.16), (STAGE, -0.16), (STAGE, 0))]
    skirt = shapes.facet(shapes.grid(np.stack(rings)))
    front = STAGE - 0.4
    steps = [shapes.box((-1.6, PIT, front), (1.6, PIT + 0.38 * k, front + 0.95 - 0.32 * (k - 1))) for k in (1, 2)]
    return bare([skirt, *steps])


def stage_lines(sides: int, kind: int) -> Mesh:
    """Lines of light let into the stage, and along its lip."""
    parts = [_flat_ring(sides, radius, 0.06) for radius in (STAGE - 0.25, STAGE - 1.4, (4.4, 3.6, 5.2)[kind % 3])]
    spokes = (8, 12, 6)[kind % 3]
    for angle in np.linspace(0, 2 * np.pi, spokes, endpoint=False) + 0.26:
        a, b = ((STAGE - 1.5) * t for t in (0.66, 1.0))
        way = np.array([np.sin(angle), 0.0, np.cos(angle)])
        side = np.array([way[2], 0.0, -way[0]]) * 0.03
        up = np.array([0, 0.004, 0])
        parts.append(shapes.quad(a * way + side + up, a * way - side + up, b * way - side + up, b * way + side + up))
    lip = shapes.grid(np.stack([outline(sides, STAGE + 0.01, y) for y in (-0.13, -0.05)]))
    return bare([*parts, shapes.facet(lip)])


def _flat_ring(sides: int, radius: float, width: float) -> Mesh:
    rings = np.stack([outline(sides, radius + width / 2, 0.004), outline(sides, radius - width / 2, 0.004)])
    return shapes.facet(shapes.grid(rings))


def truss(path: Array) -> Mesh:
    """A box truss along a polyline, [points, 3]: four chords and zigzag lacing."""
    parts = []
    up = np.array([0.0, 1.0, 0.0])
    for a, b in pairwise(path):
        along = (b - a) / np.linalg.norm(b - a)
        side = np.cross(along, up)
        corners = [_CHORD * (i * side + j * up) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        parts += [beam(a + c, b + c, 0.06, 0.06) for c in corners]
        bays = max(1, int(np.linalg.norm(b - a) / 0.8))
        for k in range(bays):
            start, end = a + (b - a) * k / bays, a + (b - a) * (k + 1) / bays
            for n in range(4):
                near, far = corners[n], corners[(n + 1) % 4]
                near, far = (near, far) if k % 2 == 0 else (far, near)
                parts.append(beam(start + near, end + far, 0.028, 0.028, side + 0.3 * up))
    return bare(parts)


def rig(kind: int) -> tuple[Mesh, list[Array]]:
    """The trusses over the stage, with the cables they hang on, and the paths along which heads hang."""
    ring = outline(0, 8.4, TRUSS)[::6]
    if kind % 3 == 1:
        ring = outline(6, 8.0, TRUSS)
    elif kind % 3 == 2:
        ring = np.array([[-9, TRUSS, -7], [9, TRUSS, -7], [9, TRUSS, 7], [-9, TRUSS, 7], [-9, TRUSS, -7]], float)
    bars = [np.array([[-17, TRUSS + 1.6, z], [17, TRUSS + 1.6, z]], float) for z in (-11.0, 0.0, 11.0)]
    parts = [truss(path) for path in (ring, *bars)]
    for path in (ring, *bars):
        for point in path[:: max(1, len(path) // 4)]:
            parts.append(beam(point, np.array([point[0], 24.0, point[2]]), 0.03, 0.03, (1, 0, 0)))
    return bare(parts), [ring, *bars]


def hung(path: Array, count: int) -> Array:
    """`count` places of heads under a truss, [count, 3]."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = (np.arange(count) + 0.5) / count * run[-1]
    return np.stack([np.interp(at, run, path[:, k]) for k in range(3)], axis=-1) - [0, 0.62, 0]


def head_bodies(heads: list[Head]) -> tuple[Mesh, Mesh]:
    """The yokes and barrels of heads, and their lit lenses, at rest."""
    bodies, lenses = [], []
    for head in heads:
        place, way = np.array(head.place), np.array(head.aim) - np.array(head.place)
        way = way / np.linalg.norm(way)
        bodies.append(shapes.box(place + np.array([-0.17, 0.18, -0.17]), place + np.array([0.17, 0.36, 0.17])))
        arm = np.array([[-0.025, -0.1, -0.05], [0.025, 0.2, 0.05]])  # low and high corner
        bodies += [shapes.box(*(place + arm + np.array([x, 0, 0]))) for x in (-0.2, 0.2)]
        bodies.append(shapes.tube([place - 0.28 * way, place - 0.03 * way], [0.14, 0.16], 10))
        lenses.append(shapes.move(shapes.sphere(0.09, 8), place - 0.02 * way))
    return bare(bodies), bare(lenses)


def desk(turn: float, place: RGB) -> tuple[Mesh, Mesh, Mesh]:
    """A team's desk for five players: the furniture, the monitors' pictures, and the strip of light along its front."""
    solid = [shapes.soft_box((-2.3, 0.70, -0.4), (2.3, 0.75, 0.4)), shapes.box((-2.3, 0.02, 0.28), (2.3, 0.70, 0.33))]
    solid += [shapes.box((x - 0.04, 0.0, -0.35), (x + 0.04, 0.70, 0.33)) for x in (-2.2, 0.0, 2.2)]
    screens = []
    for x in np.linspace(-1.8, 1.8, 5):
        solid.append(shapes.soft_box((x - 0.31, 0.86, 0.10), (x + 0.31, 1.23, 0.14)))
        solid.append(shapes.box((x - 0.03, 0.75, 0.08), (x + 0.03, 0.88, 0.16)))
        screens.append(shapes.quad((x + 0.29, 0.88, 0.095), (x - 0.29, 0.88, 0.095), (x - 0.29, 1.21, 0.095),
            (x + 0.29, 1.21, 0.095)))  # fmt: skip
        chair = [shapes.soft_box((x - 0.25, 0.42, -1.05), (x + 0.25, 0.52, -0.55), 0.03),
            shapes.soft_box((x - 0.25, 0.50, -1.12), (x + 0.25, 1.28, -1.00), 0.04),
            shapes.cylinder(0.03, 0.06, 0.44, 8)]  # fmt: skip
        chair[2] = shapes.move(chair[2], (x, 0, -0.8))
        solid += [*chair, shapes.box((x - 0.3, 0.0, -0.84), (x + 0.3, 0.06, -0.76))]
        solid += [shapes.box((x - 0.22, 0.75, -0.22), (x + 0.22, 0.775, -0.06))]  # keyboard
    strips = [shapes.box((-2.3, y, 0.331), (2.3, y + 0.03, 0.336)) for y in (0.12, 0.62)]
    return (
        shapes.move(bare(solid), place, turn),
        shapes.move(bare(screens), place, turn),
        shapes.move(bare(strips), place, turn),
    )


def bare(meshes: list[Mesh]) -> Mesh:
    """One mesh without texture coordinates."""
    return shapes.merge([Mesh(m.points, m.triangles, m.normals) for m in meshes])
