"""The ways through a room on a raster of its floor: what blocks people, which doors open, whether all is in reach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.world.collide import Solid, outline

if TYPE_CHECKING:
    from secondunit_engine.world.layout import Door, Room

Array = NDArray[np.floating]
Cells = NDArray[np.bool_]

CELL: Final = 0.05  # m
GIRTH: Final = 0.24  # m, half the width that a person needs to pass
_STANDING: Final = 0.28  # m about a mark that stay free
_TRIP: Final = 0.035  # m: what is lower is walked over
_CROWN: Final = 1.9  # m: what is higher is walked under
_BEFORE_DOOR: Final = 0.45  # m into the room where whoever comes in stands


class Ways:
    """A room's floor as cells of `CELL`: which are taken, which must stay free."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.shape = (max(1, math.ceil(room.width / CELL)), max(1, math.ceil(room.depth / CELL)))
        x = (np.arange(self.shape[0]) + 0.5) * CELL - room.width / 2
        z = (np.arange(self.shape[1]) + 0.5) * CELL - room.depth / 2
        self.x, self.z = np.meshgrid(x, z, indexing="ij")
        self.kept = np.zeros(self.shape, bool)
        for _, mark_x, mark_z in room.marks:
            self.kept |= np.hypot(self.x - mark_x, self.z - mark_z) < _STANDING
        for door in room.doors:
            self.kept |= self.swing(door)
        reach = math.ceil(GIRTH / CELL)
        around = np.hypot(*np.mgrid[-reach : reach + 1, -reach : reach + 1]) * CELL <= GIRTH
        self._around = around
        self.taken = np.zeros(self.shape, bool)
        if room.fixed is not None:
            self.taken |= self.cells_under(Solid(room.fixed).samples)
        self.goals = [self._cell(mark_x, mark_z) for _, mark_x, mark_z in room.marks]
        self.goals += [self._cell(*before_door(room, door)) for door in room.doors]
        self.is_whole = bool(self.goals) and self.connected(self.taken)  # else it is not ours to keep it so

    def swing(self, door: Door) -> Cells:
        """The cells that a door's leaf sweeps when it opens."""
        hinge_x, hinge_z = hinge_of(self.room, door)
        inside = np.hypot(self.x - hinge_x, self.z - hinge_z) <= door.width + CELL / 2
        along = self.x - hinge_x if door.wall in ("north", "south") else self.z - hinge_z
        return inside & ((along > -CELL) if door.hinge == "low" else (along < CELL))

    def stay_open(self, solid: Solid, pose: Array) -> bool:
        """Whether with this thing in place all marks and doors are still free and within reach of each other."""
        own = self._footprint(solid, pose)
        if own is None:
            return True
        if (own & self.kept).any():
            return False
        return not self.is_whole or self.connected(self.taken | own)

    def connected(self, taken: Cells) -> bool:
        """Whether somebody of `GIRTH` walks between all goals of the room."""
        padded = np.pad(taken, 1, constant_values=self.room.walls)
        wide = ndimage.binary_dilation(padded, self._around)[1:-1, 1:-1]
        labels = np.zeros(wide.shape, np.int64)
        ndimage.label(np.logical_not(wide), output=labels)
        near = [self._free_label(labels, cell) for cell in self.goals]
        return bool(near) and near[0] > 0 and len(set(near)) == 1

    def block(self, solid: Solid, pose: Array) -> None:
        """Take the cells that a thing stands over."""
        own = self._footprint(solid, pose)
        if own is not None:
            self.taken |= own

    def cells_under(self, points: Array) -> Cells:
        """The cells over which any of these points, in the room's space, would stop somebody, shape [X, Z]."""
        height = points[:, 1] - self.room.floor
        stops = points[(height > _TRIP) & (height < _CROWN)]
        index = np.floor((stops[:, [0, 2]] + np.array([self.room.width, self.room.depth]) / 2) / CELL).astype(int)
        index = index[((index >= 0) & (index < self.shape)).all(axis=1)]
        cells = np.zeros(self.shape, bool)
        cells[index[:, 0], index[:, 1]] = True
        return cells

    def _footprint(self, solid: Solid, pose: Array) -> Cells | None:
        """The cells under the outline of a thing; None if one walks over or under it."""
        low, high = solid.bounds(pose)
        if high[1] < self.room.floor + _TRIP or low[1] > self.room.floor + _CROWN:
            return None
        level = abs(pose[1, 1] - 1) < 1e-6
        places = solid.plan if level else outline((solid.points @ pose[:3, :3].T)[:, [0, 2]])
        turn = pose[np.ix_([0, 2], [0, 2])] if level else np.eye(2)
        ring = places @ turn.T + pose[[0, 2], 3]
        following = np.roll(ring, -1, axis=0)
        cross = [
            (b[0] - a[0]) * (self.z - a[1]) - (b[1] - a[1]) * (self.x - a[0])
            for a, b in zip(ring, following, strict=True)
        ]
        side = np.sign(sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, following, strict=True))) or 1.0
        inside = np.logical_and.reduce([side * c >= 0 for c in cross])
        return inside | self.cells_under(solid.samples @ pose[:3, :3].T + pose[:3, 3])

    def _cell(self, x: float, z: float) -> tuple[int, int]:
        i = int(np.clip((x + self.room.width / 2) / CELL, 0, self.shape[0] - 1))
        j = int(np.clip((z + self.room.depth / 2) / CELL, 0, self.shape[1] - 1))
        return i, j

    def _free_label(self, labels: NDArray[np.integer], cell: tuple[int, int]) -> int:
        """The region at a cell, or the nearest within 20 cm of it."""
        reach = 4
        i, j = cell
        if labels[i, j]:
            return int(labels[i, j])
        part = labels[max(0, i - reach) : i + reach + 1, max(0, j - reach) : j + reach + 1]
        found = part[part > 0]
        return int(found[0]) if len(found) else 0


def hinge_of(room: Room, door: Door) -> tuple[float, float]:
    """Where a door's hinge is, x and z [m]."""
    along = door.along + (-0.5 if door.hinge == "low" else 0.5) * door.width
    return _on_wall(room, door, along, 0.0)


def before_door(room: Room, door: Door) -> tuple[float, float]:
    """Where whoever comes in through a door stands."""
    return _on_wall(room, door, door.along, _BEFORE_DOOR)


def _on_wall(room: Room, door: Door, along: float, inwards: float) -> tuple[float, float]:
    if door.wall == "north":
        return along, -room.depth / 2 + inwards
    if door.wall == "south":
        return along, room.depth / 2 - inwards
    return (-room.width / 2 + inwards if door.wall == "west" else room.width / 2 - inwards), along
