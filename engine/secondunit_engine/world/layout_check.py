"""Faults of a layout, found without trusting who made it: from the triangles and the room alone."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world.collide import TOLERANCE, Solid, meet
from secondunit_engine.world.layout import Item, Layout, Room, kind_of
from secondunit_engine.world.ways_through import Ways

Array = NDArray[np.floating]
Kind = Literal["interpenetration", "floating", "blocked door", "unreachable"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a layout, and between which of its things."""

    kind: Kind
    things: tuple[str, ...]
    message: str


def check_layout(layout: Layout) -> tuple[Fault, ...]:
    """All faults: things over 2 mm in each other or in walls, things that nothing carries, doors that cannot open,
    doors and marks that people cannot walk to."""
    fixed, ways = Solid(layout.room.fixed) if layout.room.fixed is not None else None, Ways(layout.room)
    return (
        *_interpenetrations(layout, fixed), *_floating(layout, fixed), *_doors(layout, ways),
        *_unreachable(layout, ways),
    )  # fmt: skip


def _interpenetrations(layout: Layout, fixed: Solid | None) -> list[Fault]:
    faults: list[Fault] = []
    solid_items = [item for item in layout.items if item.relation != "held by"]
    for a, b in itertools.combinations(solid_items, 2):
        if meet(a.solid, a.pose, b.solid, b.pose):
            faults.append(Fault("interpenetration", (a.name, b.name), f"{a.name} goes into {b.name}."))
    for item in solid_items:
        if fixed is not None and meet(item.solid, item.pose, fixed, np.eye(4)):
            faults.append(Fault("interpenetration", (item.name,), f"{item.name} goes into the set."))
        if layout.room.walls and _outside(layout.room, item):
            faults.append(Fault("interpenetration", (item.name,), f"{item.name} goes into a wall, floor or ceiling."))
    return faults


def _outside(room: Room, item: Item) -> bool:
    points = _points(item)
    half = np.array([room.width, room.height, room.depth]) / 2
    middle = np.array([0.0, room.floor + room.height / 2, 0.0])
    return bool((np.abs(points - middle) > half + TOLERANCE).any())


def _points(item: Item) -> Array:
    return item.solid.points @ item.pose[:3, :3].T + item.pose[:3, 3]


def _floating(layout: Layout, fixed: Solid | None) -> list[Fault]:
    """Things that no chain of contacts joins to floor, wall, ceiling or what is fixed."""
    items = [item for item in layout.items if item.relation != "held by"]
    carried = {item.name for item in items if _on_room(layout.room, item) or (fixed and _rests(item, fixed, np.eye(4)))}
    while True:
        more = {
            item.name
            for item in items
            if item.name not in carried
            and any(_rests(item, other.solid, other.pose) for other in items if other.name in carried)
        }
        if not more:
            break
        carried |= more
    return [
        Fault("floating", (item.name,), f"Nothing carries {item.name}.") for item in items if item.name not in carried
    ]


def _rests(item: Item, other: Solid, pose: Array) -> bool:
    """Whether 2 mm of fall would bring a thing to touch another."""
    fallen = item.pose.copy()
    fallen[1, 3] -= TOLERANCE
    return meet(item.solid, fallen, other, pose, exact=True)


def _on_room(room: Room, item: Item) -> bool:
    points = _points(item)
    if points[:, 1].min() <= room.floor + TOLERANCE:
        return True
    stands = kind_of(item).stands
    if not room.walls:
        return False
    if stands == "hanging":
        return bool(points[:, 1].max() >= room.floor + room.height - TOLERANCE)
    if stands == "wall":
        to_wall = np.array([room.width, room.depth]) / 2 - np.abs(points[:, [0, 2]])
        return bool(to_wall.min() <= TOLERANCE)
    return False


def _samples(item: Item) -> Array:
    return item.solid.samples @ item.pose[:3, :3].T + item.pose[:3, 3]


def _doors(layout: Layout, ways: Ways) -> list[Fault]:
    """Things within the sweep of a door's leaf."""
    faults: list[Fault] = []
    for number, door in enumerate(layout.room.doors):
        sweep = ways.swing(door)
        for item in layout.items:
            if item.relation != "held by" and (ways.cells_under(_samples(item)) & sweep).any():
                faults.append(
                    Fault("blocked door", (f"door {number + 1}", item.name), f"A door opens into {item.name}.")
                )
    return faults


def _unreachable(layout: Layout, ways: Ways) -> list[Fault]:
    if not ways.goals:
        return []
    taken = ways.taken.copy()
    for item in layout.items:
        if item.relation != "held by":
            taken |= ways.cells_under(_samples(item))
    if ways.connected(taken):
        return []
    return [Fault("unreachable", (), "People cannot walk between all marks and doors.")]
