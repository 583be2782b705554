"""The shell of a room: walls with openings in them, floor, ceiling, skirting and cornice.

Things on a wall are made in the wall's own frame: x along it from its middle, y up from the floor, z into the room.
`Wall.put` brings them to the set. Windows and doors stand in `openings.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.interiors.dressing import Dressing
from secondunit_engine.world.mesh import Mesh

Side = Literal["back", "front", "left", "right"]
SIDES: Final[tuple[Side, ...]] = ("back", "front", "left", "right")
THICK: Final = 0.22  # of a wall [m]
_TURN: Final[dict[Side, float]] = {"back": 0.0, "left": 90.0, "front": 180.0, "right": -90.0}


@dataclass(frozen=True)
class Opening:
    """A hole in a wall [m]: its middle along the wall, its width, and from which height to which it reaches."""

    side: Side
    middle: float
    width: float
    sill: float
    head: float

    @property
    def low(self) -> float:
        return self.middle - self.width / 2

    @property
    def high(self) -> float:
        return self.middle + self.width / 2


@dataclass(frozen=True)
class Wall:
    """One side of a room: the middle of its foot [m], its turn about +Y [degrees], its length and height [m]."""

    foot: tuple[float, float, float]
    turn: float
    length: float
    height: float

    def put(self, mesh: Mesh) -> Mesh:
        """A mesh from the wall's frame to the set's."""
        return shapes.move(mesh, self.foot, self.turn)

    def at(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """A point [m] from the wall's frame to the set's."""
        c, s = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        return (float(self.foot[0] + c * x + s * z), self.foot[1] + y, float(self.foot[2] - s * x + c * z))


@dataclass(frozen=True)
class Room:
    """A box of air [m]: x from `left` to `right`, z from `back` to `front` (where the cameras usually are)."""

    left: float
    right: float
    back: float
    front: float
    height: float

    def wall(self, side: Side) -> Wall:
        x, z = (self.left + self.right) / 2, (self.back + self.front) / 2
        foot = {"back": (x, 0.0, self.back), "front": (x, 0.0, self.front)}
        foot |= {"left": (self.left, 0.0, z), "right": (self.right, 0.0, z)}
        length = self.right - self.left if side in ("back", "front") else self.front - self.back
        return Wall(foot[side], _TURN[side], length, self.height)


def build_shell(
    dressing: Dressing,
    room: Room,
    openings: list[Opening],
    *,
    walls: str = "wall",
    floor: str = "floor",
    ceiling: str = "ceiling",
    skirting: str = "skirting",
    skirting_height: float = 0.10,
    cornice: float = 0.0,
) -> None:
    """Add the shell to a dressing, in materials of these names. A `cornice` [m] wide runs under the ceiling.

    Openings are holes right through the wall, reveals and all; those that reach the floor part the skirting.
    """
    low, high = (room.left, room.back), (room.right, room.front)
    dressing.add(floor, shapes.box((low[0] - THICK, -0.12, low[1] - THICK), (high[0] + THICK, 0, high[1] + THICK)))
    top = room.height
    dressing.add(
        ceiling, shapes.box((low[0] - THICK, top, low[1] - THICK), (high[0] + THICK, top + 0.15, high[1] + THICK))
    )
    for side in SIDES:
        wall = room.wall(side)
        own = sorted((hole for hole in openings if hole.side == side), key=lambda hole: hole.middle)
        dressing.add(walls, [wall.put(mesh) for mesh in wall_pieces(wall, own)])
        doors = [hole for hole in own if hole.sill < skirting_height]
        if skirting_height:
            dressing.add(skirting, [wall.put(mesh) for mesh in _skirting(wall, doors, skirting_height)])
        if cornice:
            dressing.add(ceiling, wall.put(_cornice(wall, cornice)))


def wall_pieces(wall: Wall, openings: list[Opening]) -> list[Mesh]:
    """A wall in its own frame, behind z = 0, as boxes about its openings (sorted along it)."""
    half = wall.length / 2 + THICK
    pieces, x = [], -half
    for hole in openings:
        pieces.append(shapes.box((x, 0, -THICK), (hole.low, wall.height, 0)))
        if hole.sill > 0:
            pieces.append(shapes.box((hole.low, 0, -THICK), (hole.high, hole.sill, 0)))
        if hole.head < wall.height:
            pieces.append(shapes.box((hole.low, hole.head, -THICK), (hole.high, wall.height, 0)))
        x = hole.high
    return [*pieces, shapes.box((x, 0, -THICK), (half, wall.height, 0))]


def _skirting(wall: Wall, doors: list[Opening], height: float) -> list[Mesh]:
    """A board with a bevelled top along the foot of a wall, parted by its doors and their architraves."""
    edge = 0.09
    stops = [-wall.length / 2, *(x for door in doors for x in (door.low - edge, door.high + edge)), wall.length / 2]
    profile = np.array([(0, 0), (0.018, 0), (0.018, height * 0.8), (0.008, height), (0, height)])
    boards = []
    for start, end in zip(stops[::2], stops[1::2], strict=True):
        if end - start > 0.02:
            boards.append(along_x(profile, start, end))
    return boards


def _cornice(wall: Wall, size: float) -> Mesh:
    """A cove under the ceiling."""
    t = np.linspace(0, np.pi / 2, 7)
    cove = np.column_stack([size * (1 - np.cos(t)), wall.height - size * (1 - np.sin(t))])
    outline = np.concatenate([[(0, wall.height - size * 1.3)], cove * [1, 1], [(0, wall.height)]])
    return along_x(outline, -wall.length / 2, wall.length / 2)


def along_x(profile: np.ndarray, start: float, end: float) -> Mesh:
    """A profile of (depth into the room, height) [m], shape [corners, 2], drawn along a wall from `start` to `end`."""
    mesh = shapes.extrude(np.asarray(profile, float), end - start)
    return shapes.transform(mesh, [[0, 0, 1, start], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
