"""Where a walk ends: beside what it is for, out of the room, back home, or a few steps on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import Floor, Mark, Thing
from secondunit_engine.planning.formation import APART, TALK, bearing, gap, toward_camera
from secondunit_engine.planning.plan import Spot
from secondunit_engine.planning.ways import Place, length_of
from secondunit_engine.world.framing import APERTURE_MM

Array = NDArray[np.floating]

REACH = 0.45  # m from the edge of a thing to the middle of somebody who handles it
_COMPOSED = 1.1  # m from a thing within which a mark of the set is the place to handle it
_WIDE = ("EWS", "WS", "FS")  # sizes whose frame one comes into
_OUT_OF_FRAME = (2.0, 9.0)  # m of way from home to where one waits unseen
_STEPS = (3.0, 2.2, 1.5, 4.5, 1.0)  # m of a walk that nobody gave an end
_MOST_TRIED, _ALIKE = 12, 0.25  # places to which ways are searched, and m between two of them
_LENS = frozenset(("lens", "camera"))


@dataclass(frozen=True)
class Goal:
    """A floor place, and what to face there (None: where the walk leads)."""

    place: Place
    look: Place | None = None


def find_target(name: str, floor: Floor, people: dict[str, Place]) -> Place | None:
    """Where a person, a prop or a mark of that name is, or the set's camera; None for what nobody has put anywhere."""
    if name in people:
        return people[name]
    if name in _LENS:
        camera = floor.camera_mark("MS") or next(iter(floor.cameras), None)
        return (camera.eye[0], camera.eye[2]) if camera else None
    thing = floor.thing(name)
    if thing is not None:
        return thing.middle[0], thing.middle[2]
    mark = _mark_of(name, floor)
    return (mark.x, mark.z) if mark else None


def beside_person(here: Place, there: Place, taken: Sequence[Place], floor: Floor) -> Goal | None:
    """At talking distance from somebody, from the side one comes from as far as that is free."""
    ring = np.radians(np.arange(0, 360, 15))
    offset = np.stack([np.sin(ring), np.cos(ring)], axis=1)
    for distance in (TALK[0], 1.2, 1.0, 0.85):
        found = _nearest(np.array(there) + distance * offset, here, taken, floor)
        if found is not None:
            return Goal(found, there)
    return None


def beside_thing(name: str, here: Place, taken: Sequence[Place], floor: Floor) -> Goal | None:
    """Where one can handle a prop or stand at a mark: the set's own mark for people beside it, else the nearest free
    place at arm's length; None if the set has neither, or no room there."""
    thing, mark = floor.thing(name), _mark_of(name, floor)
    if thing is None and mark is None:
        return None
    middle = (thing.middle[0], thing.middle[2]) if thing else (mark.x, mark.z) if mark else here
    if mark is not None and thing is None and _is_open((mark.x, mark.z), taken, floor):
        return Goal((mark.x, mark.z), None)
    for own in floor.marks:
        place = (own.x, own.z)
        if 0.1 < gap(place, middle) < _COMPOSED and floor.clearance(*place) > 0 and _is_apart(place, taken):
            return Goal(place, middle)
    reach = REACH + (_half(thing) if thing else 0.0)
    places = floor.near(middle, reach + 0.8)
    far = np.abs(np.hypot(*(places - np.array(middle)).T) - reach)
    found = _nearest(places, here, taken, floor, 4.0 * far)
    return Goal(found, middle) if found is not None else None


def way_in(floor: Floor, home: Place) -> Place | None:
    """Where one comes in from and goes out to: the set's door, else the nearest place that the wide shot does not
    show, else the one furthest off."""
    if floor.has_mark("door"):
        door = (floor.mark("door").x, floor.mark("door").z)
        if floor.reachable(home, door):
            return door
    reach = np.arange(-_OUT_OF_FRAME[1], _OUT_OF_FRAME[1] + 0.5, 0.5)
    places = np.stack(np.meshgrid(reach, reach, indexing="ij"), axis=-1).reshape(-1, 2) + np.array(home)
    far = np.hypot(*(places - np.array(home)).T)
    places = places[floor.is_free(places[:, 0], places[:, 1]) & (far >= _OUT_OF_FRAME[0])]
    if not len(places):
        return None
    far = np.hypot(*(places - np.array(home)).T)
    seen = _in_frame(places, floor)
    order = np.argsort(np.where(seen, 100.0 - far, far), kind="stable")
    for x, z in places[order][:40].tolist():
        if floor.reachable(home, (x, z)):
            return x, z
    return None


def some_steps(here: Spot, taken: Sequence[Place], floor: Floor) -> Goal | None:
    """A walk that nobody gave an end: a few steps to where there is room, rather ahead than back."""
    ring = np.arange(-150, 181, 30)
    angles = np.radians(here.facing + ring[np.argsort(np.abs(ring), kind="stable")])
    for distance in _STEPS:
        for angle in angles.tolist():
            place = (round(here.x + distance * np.sin(angle), 3), round(here.z + distance * np.cos(angle), 3))
            if _is_open(place, taken, floor) and length_of(floor.way((here.x, here.z), place)) < 1.3 * distance:
                return Goal(place)
    return None


def up_the_way(home: Spot, length: float, taken: Sequence[Place], floor: Floor) -> Place | None:
    """Where to begin a walk of some length that ends at home: straight behind it as far as there is room."""
    ring = np.arange(-180, 180, 20)
    angles = np.radians(home.facing + 180.0 + ring[np.argsort(np.abs(ring), kind="stable")])
    for share in (1.0, 0.75, 0.5, 0.35):
        for angle in angles.tolist():
            distance = share * length
            place = (round(home.x + distance * np.sin(angle), 3), round(home.z + distance * np.cos(angle), 3))
            way = floor.way(place, (home.x, home.z)) if _is_open(place, taken, floor) else ()
            if way and length_of(way) < 1.15 * distance + 0.1:
                return place
    return None


def nearer_to_lens(here: Spot, taken: Sequence[Place], floor: Floor) -> Goal | None:
    """Some steps toward the set's camera, and looking into it."""
    toward = toward_camera(floor, (here.x, here.z))
    eye = find_target("lens", floor, {})
    for distance in (1.2, 0.8, 0.5):
        place = (round(here.x + distance * float(toward[0]), 3), round(here.z + distance * float(toward[1]), 3))
        if _is_open(place, taken, floor) and (eye is None or gap(place, eye) > 1.0):
            return Goal(place, eye)
    return None


def _mark_of(name: str, floor: Floor) -> Mark | None:
    return floor.mark(name.lower()) if floor.has_mark(name.lower()) else None


def _half(thing: Thing) -> float:
    """Half of a thing's width on the floor [m]."""
    return max(thing.high[0] - thing.low[0], thing.high[2] - thing.low[2]) / 2


def _nearest(
    places: Array, here: Place, taken: Sequence[Place], floor: Floor, extra: Array | float = 0.0
) -> Place | None:
    """The free place that is nearest to walk to, counting the `extra` metres that each costs."""
    if not len(places):
        return None
    cost = np.hypot(*(places - np.array(here)).T) + extra
    cost[~floor.is_free(places[:, 0], places[:, 1])] = np.inf
    order = np.argsort(cost, kind="stable")[: int(np.isfinite(cost).sum())]
    best: tuple[float, Place] | None = None
    tried: list[Place] = []
    for at, (x, z) in zip(order.tolist(), places[order].round(3).tolist(), strict=True):
        if len(tried) == _MOST_TRIED or (best is not None and best[0] <= cost[at]):
            break
        if not _is_apart((x, z), taken) or any(gap((x, z), other) < _ALIKE for other in tried):
            continue
        tried.append((x, z))
        way = floor.way(here, (x, z))
        total = length_of(way) - gap(here, (x, z)) + float(cost[at])
        if way and (best is None or total < best[0]):
            best = total, (x, z)
    return best[1] if best else None


def _is_open(place: Place, taken: Sequence[Place], floor: Floor) -> bool:
    return bool(floor.is_free(*place)) and _is_apart(place, taken)


def _is_apart(place: Place, taken: Sequence[Place]) -> bool:
    return all(gap(place, other) >= APART for other in taken)


def _in_frame(places: Array, floor: Floor) -> NDArray[np.bool_]:
    """Which places the set's widest composition shows, across."""
    mark = next((found for size in _WIDE if (found := floor.camera_mark(size))), None)  # type: ignore[arg-type]
    if mark is None:
        return np.zeros(len(places), bool)
    ahead = np.radians(bearing((0.0, 0.0), (mark.forward[0], mark.forward[2])))
    offset = places - np.array([mark.eye[0], mark.eye[2]])
    depth = offset @ [np.sin(ahead), np.cos(ahead)]
    across = np.abs(offset @ [np.cos(ahead), -np.sin(ahead)])
    return (depth > 0) & (across < depth * APERTURE_MM[0] / 2 / mark.lens_mm + 0.4)
