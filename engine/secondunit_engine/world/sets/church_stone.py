"""The stone of a gothic hall with two aisles: arcades on clustered piers, vaults, and walls cut by windows.

The nave runs along Z from `near` (behind the camera) to `far`; Y is up, metres. A cathedral has a clerestory over its
arcades; a crypt is as high in its aisles as in its nave.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors import vaulting
from secondunit_engine.world.mesh import RGB, Mesh
from secondunit_engine.world.shapes import box, extrude, lathe, merge, move, pointed_arch, tube

Array = NDArray[np.floating]
_OUTER: Final = 0.32  # m, thickness of the outer walls
_SET_BACK: Final = 0.2  # m from a wall's inner face to its glass


@dataclass(frozen=True)
class Lancet:
    """A window in its wall's frame: its middle along the wall, width, sill, springing and rise of its head [m]."""

    middle: float
    width: float
    sill: float
    spring: float
    rise: float

    @property
    def head(self) -> float:
        return self.spring + self.rise

    def outline(self, grow: float = 0.0) -> Array:
        arch = pointed_arch(self.width + 2 * grow, self.spring, self.rise + grow, 12, self.sill - grow)
        return arch + np.array([self.middle, 0.0])


@dataclass(frozen=True)
class Rose:
    """A round window in the far wall: height of its middle, radius [m], how many petals."""

    height: float
    radius: float
    petals: int = 12


@dataclass(frozen=True)
class Hall:
    """half: From the middle to the piers. wall: To the outer walls. arcade, vault: Springing and apex of the arches
    with the aisles' vaults, and of the nave's. core: A pier's radius. thick: Half an arcade wall. All in metres.
    aisle, clerestory: The windows of a bay. end: Those of the far wall."""

    half: float
    wall: float
    bay: float
    bays: int
    near: float
    arcade: tuple[float, float]
    vault: tuple[float, float]
    core: float
    thick: float
    aisle: tuple[Lancet, ...]
    clerestory: tuple[Lancet, ...] = ()
    end: tuple[Lancet, ...] = ()
    rose: Rose | None = None

    @property
    def far(self) -> float:
        return self.near - self.bay * self.bays

    @property
    def centres(self) -> tuple[float, ...]:
        return tuple(self.near - self.bay * (k + 0.5) for k in range(self.bays))

    @property
    def piers(self) -> tuple[float, ...]:
        return tuple(self.near - self.bay * k for k in range(self.bays + 1))


@dataclass(frozen=True)
class Light:
    """A window as built: its middle on the inner face of its wall [m], the turn about +Y that faces it inwards, the
    bay (0 is nearest; -1 in an end wall), and its size."""

    place: RGB
    turn: float
    bay: int
    lancet: Lancet

    def pane(self) -> Mesh:
        """Its glass, inside the wall, facing in; texture coordinates 0 to 1 over the whole."""
        w, low, high = self.lancet.width / 2 + 0.03, self.lancet.sill - 0.03, self.lancet.head + 0.03
        corners = [(-w, low, 0), (w, low, 0), (w, high, 0), (-w, high, 0)]
        uvs = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
        flat = Mesh(np.array(corners, np.float32), np.array([[0, 1, 2], [0, 2, 3]], np.int32), None, uvs)
        return move(shapes.smooth(flat), self.place, self.turn)


def shell(hall: Hall) -> dict[str, Mesh]:
    """Everything by material: `ashlar` walls, `carved` stone, `vaults`, the `floor`."""
    x, z0, z1 = hall.wall + _OUTER, hall.far - 0.6, hall.near + 0.6
    return {
        "ashlar": merge([*_arcades(hall), *_outer_walls(hall), _far_wall(hall), _near_wall(hall)]),
        "carved": merge([*_piers(hall), *_ribs(hall), *_mouldings(hall), *_tracery(hall)]),
        "vaults": merge(list(_vaults(hall))),
        "floor": box((-x, -0.2, z0), (x, 0.0, z1)),
    }


def lights(hall: Hall) -> dict[str, list[Light]]:
    """The windows by where they are: `aisle_left`, `aisle_right` (+X), `high_left`, `high_right`, `end`."""
    found: dict[str, list[Light]] = {}
    for side, name in ((-1, "left"), (1, "right")):
        for tier, lancets, x in (
            ("aisle", hall.aisle, hall.wall + _SET_BACK),
            ("high", hall.clerestory, hall.half - hall.thick + _SET_BACK),
        ):
            found[f"{tier}_{name}"] = [
                Light((side * x, 0.0, z + side * lancet.middle), -90.0 * side, bay, lancet)
                for bay, z in enumerate(hall.centres)
                for lancet in lancets
            ]
    found["end"] = [Light((lancet.middle, 0.0, hall.far - _SET_BACK), 0.0, -1, lancet) for lancet in hall.end]
    return found


def rose_pane(hall: Hall, rose: Rose) -> Mesh:
    """The glass of the rose, a square whose texture is round; its corners are inside the wall."""
    r = rose.radius + 0.02
    corners = [(-r, -r, 0), (r, -r, 0), (r, r, 0), (-r, r, 0)]
    uvs = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    flat = Mesh(np.array(corners, np.float32), np.array([[0, 1, 2], [0, 2, 3]], np.int32), None, uvs)
    return move(shapes.smooth(flat), (0, rose.height, hall.far - _SET_BACK))


def _arcades(hall: Hall) -> Iterable[Mesh]:
    """The wall over each arch, with its clerestory windows cut through."""
    h, w = hall.bay / 2, hall.bay / 2 - 1.05 * hall.core
    spring, apex = hall.arcade
    arch = pointed_arch(2 * w, spring, apex - spring, 14)[2:]  # without its jambs: right springing, head, left
    top = hall.vault[1] + 0.3
    outline = np.concatenate([[[-h, top], [-h, spring]], arch[::-1], [[h, spring], [h, top]]])
    holes = [lancet.outline() for lancet in hall.clerestory]
    plate = extrude(outline, 2 * hall.thick, holes)
    for side in (-1, 1):
        for z in hall.centres:
            yield move(plate, [side * (hall.half + hall.thick), 0, z], turn=-90 * side)


def _outer_walls(hall: Hall) -> Iterable[Mesh]:
    h, top = hall.bay / 2, hall.arcade[1] + 0.4
    outline = [[-h, 0], [h, 0], [h, top], [-h, top]]
    pierced = extrude(outline, _OUTER, [lancet.outline() for lancet in hall.aisle])
    for side in (-1, 1):
        for z in hall.centres:
            yield move(pierced, [side * (hall.wall + _OUTER), 0, z], turn=-90 * side)


def _far_wall(hall: Hall) -> Mesh:
    x, top = hall.wall + _OUTER, hall.vault[1] + 0.3
    holes = [lancet.outline() for lancet in hall.end]
    if hall.rose is not None:
        t = np.linspace(0, 2 * np.pi, 49)[:-1]
        circle = [hall.rose.radius * np.cos(t), hall.rose.height + hall.rose.radius * np.sin(t)]
        holes.append(np.column_stack(circle))
    return move(extrude([[-x, 0], [x, 0], [x, top], [-x, top]], 0.6, holes), [0, 0, hall.far - 0.6])


def _near_wall(hall: Hall) -> Mesh:
    x = hall.wall + _OUTER
    return box((-x, 0, hall.near), (x, hall.vault[1] + 0.3, hall.near + 0.6))


def _vaults(hall: Hall) -> Iterable[Mesh]:
    inner = hall.half - hall.thick + 0.02
    nave = vaulting.vault(inner, hall.bay, *hall.vault)
    aisle_half, middle = _aisle(hall)
    aisle = vaulting.vault(aisle_half, hall.bay, *hall.arcade, (25, 25))
    for z in hall.centres:
        yield move(nave, [0, 0, z])
        yield from (move(aisle, [side * middle, 0, z]) for side in (-1, 1))


def _aisle(hall: Hall) -> tuple[float, float]:
    """Half the width of an aisle, and where its middle is [m]."""
    inner = hall.half + hall.thick
    return (hall.wall - inner) / 2 + 0.02, (hall.wall + inner) / 2


def _piers(hall: Hall) -> Iterable[Mesh]:
    """Piers, the shafts that go on from them to the vault, and half-shafts on the outer walls."""
    spring = hall.arcade[0]
    unit = [vaulting.pier(spring, hall.core)]
    k = hall.core / 0.45
    top = hall.vault[0]
    if top > spring + 1.0:
        profile = [[0.20, spring], [0.20, spring + 0.1], [0.13, spring + 0.25], [0.13, top - 0.5], [0.16, top - 0.46],
            [0.13, top - 0.42], [0.22, top - 0.16], [0.24, top - 0.1], [0.24, top], [0, top]]  # fmt: skip
        shaft = lathe([[k * r, y] for r, y in profile], 16)
        inner = hall.thick + 0.04
        unit += [move(shaft, [-inner, 0, dz]) for dz in (-0.2 * k, 0.0, 0.2 * k)]
    right = merge(unit)
    respond = lathe([[0.30 * k, 0], [0.30 * k, 0.25], [0.24 * k, 0.32], [0.19 * k, 0.4], [0.19 * k, spring - 0.5],
        [0.23 * k, spring - 0.46], [0.19 * k, spring - 0.42], [0.33 * k, spring - 0.14], [0.34 * k, spring],
        [0, spring]], 18)  # fmt: skip
    for z in hall.piers:
        yield move(right, [hall.half, 0, z])
        yield move(right, [-hall.half, 0, z], turn=180)
        yield from (move(respond, [side * (hall.wall - 0.1), 0, z]) for side in (-1, 1))


def _ribs(hall: Hall) -> Iterable[Mesh]:
    k = hall.core / 0.45
    inner = hall.half - hall.thick + 0.02
    aisle_half, middle = _aisle(hall)
    for half, heights, xs, size in (
        (inner, hall.vault, (0.0,), 1.0),
        (aisle_half, hall.arcade, (-middle, middle), 0.7),
    ):
        across = vaulting.transverse_rib(half, *heights, 0.16 * k * size)
        cross = vaulting.diagonal_ribs(half, hall.bay, *heights, 0.095 * k * size)
        for x in xs:
            yield from (move(across, [x, 0, z]) for z in hall.piers)
            yield from (move(cross, [x, 0, z]) for z in hall.centres)


def _mouldings(hall: Hall) -> Iterable[Mesh]:
    """Rolls along the arches, string courses, plinths along the outer walls."""
    k = hall.core / 0.45
    w = hall.bay / 2 - 1.05 * hall.core
    spring, apex = hall.arcade
    arch = pointed_arch(2 * w, spring, apex - spring, 14)[2:]
    wide = pointed_arch(2 * w + 0.36 * k, spring, apex - spring + 0.2 * k, 14)[2:]
    flat = [
        tube(np.column_stack([line, np.full(len(line), z)]), radius * k, 8)
        for line, z, radius in ((arch, 0.0, 0.075), (arch, 2 * hall.thick, 0.075), (arch, hall.thick, 0.06),
                                (wide, 0.0, 0.06), (wide, 2 * hall.thick, 0.06))
    ]  # fmt: skip
    roll = merge(flat)
    for side in (-1, 1):
        for z in hall.centres:
            yield move(roll, [side * (hall.half + hall.thick), 0, z], turn=-90 * side)
        low, high = sorted((side * (hall.wall - 0.09), side * hall.wall))
        for foot, head in ((0.0, 0.38), (0.38, 0.46), (hall.aisle[0].sill - 0.22, hall.aisle[0].sill - 0.08)):
            out = 0.0 if head < 0.4 else 0.03
            yield box((low - out * (side > 0), foot, hall.far), (high + out * (side < 0), head, hall.near))
        if hall.clerestory:
            face = hall.half - hall.thick
            low, high = sorted((side * (face - 0.1), side * face))
            for foot in (hall.arcade[1] + 0.35, hall.clerestory[0].sill - 0.25):
                yield box((low, foot, hall.far), (high, foot + 0.13, hall.near))


def _tracery(hall: Hall) -> Iterable[Mesh]:
    """Hoods about the windows, transoms in them, and the wheel of the rose."""
    for group in lights(hall).values():
        for light in group:
            one = light.lancet
            arch = one.outline(0.04)
            arch = np.concatenate([arch[1:], arch[:1]])  # jamb, head, jamb
            rim = tube(np.column_stack([arch, np.full(len(arch), _SET_BACK)]), 0.05, 6)
            levels = np.arange(one.sill + 0.8, one.spring, 0.8)
            bars = [box((-one.width / 2, y, 0.02), (one.width / 2, y + 0.035, 0.06)) for y in levels]
            back = -one.middle
            yield move(merge([move(rim, (back, 0, 0)), *bars]), light.place, light.turn)
    if hall.rose is not None:
        yield move(_wheel(hall.rose), (0, hall.rose.height, hall.far - 0.1))


def _wheel(rose: Rose) -> Mesh:
    """Stone rings and spokes, and a cusped arch over each petal."""
    t = np.linspace(0, 2 * np.pi, 73)
    rings = [(1.0, 0.09), (0.88, 0.05), (0.62, 0.05), (0.33, 0.05), (0.10, 0.06)]
    parts = [
        tube(np.column_stack([share * rose.radius * np.cos(t), share * rose.radius * np.sin(t), 0 * t]), radius, 8)
        for share, radius in rings
    ]
    for k in range(rose.petals):
        turn = 2 * np.pi * k / rose.petals
        way = np.array([np.cos(turn), np.sin(turn), 0.0])
        parts.append(tube([0.10 * rose.radius * way, 0.88 * rose.radius * way], 0.045, 6))
    return merge(parts)
