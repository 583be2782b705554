"""Where a scene's people stand before anybody moves: at the set's marks, in pairs that talk, in open arcs.

Distances are those of proxemics (E. T. Hall, The Hidden Dimension, 1966): people who talk stand in the near phase of
social distance, 1.2 m and a little more; nobody stands nearer to another than the far phase of personal distance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import Floor
from secondunit_engine.planning.plan import ShotSize, Spot

Array = NDArray[np.floating]

TALK = (1.35, 1.3, 1.4, 1.25, 1.45, 1.2, 1.5)  # m between two who talk, best first
APART = 0.75  # m at least between people who stand
_FALLBACK = (1.1, 1.0, 1.7, 0.9, 2.0, 2.4, 3.0)  # m, where furniture leaves no better place
_ARC = (0.75, 0.9, 1.05, 1.2, 1.4, 1.7, 2.0, 2.4, 2.9)  # m from the middle of a group
_ABREAST = 0.9  # m between people who stand beside each other and do not talk
_WIDE: tuple[ShotSize, ...] = ("WS", "EWS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_BESIDE_EACH_OTHER = 4.0  # degrees between two people in the picture who do not hide each other
_HEADS = 1.5  # m above the floor, where people see each other


@dataclass(frozen=True)
class Standing:
    """Somebody of a scene and the mark that casting gave them."""

    name: str
    mark: str


def stand_people(
    people: Sequence[Standing], floor: Floor, talks: bool, known: Mapping[str, Spot] | None = None
) -> dict[str, Spot]:
    """Everybody's place at the start of a scene. The first has their mark, because the set's light wants them there.

    If they talk, the second faces them at talking distance, across the camera's axis, and more people close an arc
    that is open to the camera. If they do not, each has their own mark, or stands beside the first. `known` are those
    who come from a continuous scene before and stay where they are.
    """
    places: dict[str, Spot] = dict(known or {})
    for person in people:
        if person.name in places:
            continue
        if not places:
            places[person.name] = _first(person, floor)
        elif talks:
            places[person.name] = _talker(person, list(places.values()), floor)
        else:
            places[person.name] = _bystander(person, list(places.values()), floor)
    return {person.name: places[person.name] for person in people}


def bearing(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Degrees about Y from one floor place to another, 0 along +Z, 90 along +X."""
    return round(float(np.degrees(np.arctan2(end[0] - start[0], end[1] - start[1]))) % 360.0, 3)


def gap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres between two floor places."""
    return math.hypot(b[0] - a[0], b[1] - a[1])


def toward_camera(floor: Floor, place: tuple[float, float]) -> Array:
    """The level direction from a place to where the set's medium shot looks from, shape [2]; +Z where it has none."""
    mark = floor.camera_mark("MS") or (floor.cameras[0] if floor.cameras else None)
    if mark is None:
        return np.array([0.0, 1.0])
    offset = np.array([mark.eye[0] - place[0], mark.eye[2] - place[1]])
    return offset / max(float(np.hypot(*offset)), 1e-6)


def _first(person: Standing, floor: Floor) -> Spot:
    name = next((name for name in (person.mark, "hero") if floor.has_mark(name)), floor.marks[0].name)
    mark = floor.mark(name)
    return Spot(0, mark.x, mark.z, mark.facing)


def _talker(person: Standing, others: list[Spot], floor: Floor) -> Spot:
    """Opposite the one who is there, or in the arc about the middle of those who are."""
    first = others[0]
    if len(others) == 1:
        found = _opposite(person, first, TALK, floor)
        if found is None:
            found = _opposite(person, first, _FALLBACK, floor)
        if found is not None:
            return found
    middle = (float(np.mean([spot.x for spot in others])), float(np.mean([spot.z for spot in others])))
    lens = toward_camera(floor, middle)
    angles = np.radians(np.arange(0, 360, 10))
    ring = np.stack([np.sin(angles), np.cos(angles)], axis=1)  # (A, 2)
    offsets = np.concatenate([radius * ring for radius in _ARC])  # (N, 2)
    places = np.array(middle) + offsets
    radii = np.hypot(*offsets.T)
    cost = 0.6 * radii + 1.5 * np.maximum(offsets @ lens / radii, 0.0) + 0.8 * _hidden(places, others, floor)
    fits = _fits(places, others, floor) & _see(places, middle, floor)
    if fits.any():
        x, z = places[np.flatnonzero(fits)[np.argmin(cost[fits])]].round(3).tolist()
        return Spot(0, x, z, bearing((x, z), middle))
    return _beside(others, floor)


def _opposite(person: Standing, first: Spot, distances: Sequence[float], floor: Floor) -> Spot | None:
    """The place at talking distance that the camera sees across and that lies best to the marks; None if none fits."""
    angles = np.arange(0, 360, 7.5)
    ring = np.stack([np.sin(np.radians(angles)), np.cos(np.radians(angles))], axis=1)  # (A, 2)
    along = np.abs(ring @ toward_camera(floor, (first.x, first.z)))
    turned = (1 - np.cos(np.radians(angles - first.facing))) / 2
    for distance in distances:
        places = np.array([first.x, first.z]) + distance * ring
        cost = along + 0.4 * turned + 0.1 * _from_mark(person, places, floor)
        fits = _fits(places, [first], floor, min(APART, distance - 0.05)) & _see(places, (first.x, first.z), floor)
        if fits.any():
            x, z = places[np.flatnonzero(fits)[np.argmin(cost[fits])]].round(3).tolist()
            return Spot(0, x, z, bearing((x, z), (first.x, first.z)))
    return None


def _bystander(person: Standing, others: list[Spot], floor: Floor) -> Spot:
    """At their own mark if it is theirs alone, else beside the first."""
    if floor.has_mark(person.mark):
        mark = floor.mark(person.mark)
        if all(np.hypot(mark.x - spot.x, mark.z - spot.z) >= min(APART, 0.7) for spot in others):
            return Spot(0, mark.x, mark.z, mark.facing)
    return _beside(others, floor)


def _beside(others: list[Spot], floor: Floor) -> Spot:
    """The free place that is most nearly abreast of the first, and near, facing as they do."""
    first = others[0]
    for reach, apart in ((3.0, APART), (8.0, APART), (20.0, 0.6)):
        places = floor.near((first.x, first.z), reach)
        places = places[_fits(places, others, floor, apart)]
        if len(places):
            offset = places - np.array([first.x, first.z])
            ahead = np.radians(first.facing)
            cost = np.abs(np.hypot(*offset.T) - _ABREAST) + np.abs(offset @ [np.sin(ahead), np.cos(ahead)])
            x, z = places[np.argmin(cost)].round(3).tolist()
            return Spot(0, x, z, first.facing)
    return Spot(0, first.x, first.z, first.facing)


def _fits(places: Array, others: Sequence[Spot], floor: Floor, apart: float = APART) -> NDArray[np.bool_]:
    """Which places are free and `apart` [m] from everybody, shape [N, 2] to [N]."""
    free = floor.is_free(places[:, 0], places[:, 1])
    for spot in others:
        free &= np.hypot(places[:, 0] - spot.x, places[:, 1] - spot.z) >= apart
    return free


def _hidden(places: Array, others: Sequence[Spot], floor: Floor) -> NDArray[np.bool_]:
    """Which places lie behind or before somebody as the set's widest composition sees them."""
    if not floor.cameras:
        return np.zeros(len(places), bool)
    wide = next(found for size in _WIDE if (found := floor.camera_mark(size)) is not None)
    eye = np.array([wide.eye[0], wide.eye[2]])
    turns = np.arctan2(*(places - eye).T)
    off = [np.abs(turns - np.arctan2(spot.x - eye[0], spot.z - eye[1])) for spot in others]
    return np.min(off, axis=0) < np.radians(_BESIDE_EACH_OTHER)


def _see(places: Array, point: tuple[float, float], floor: Floor) -> NDArray[np.bool_]:
    """Which places see the head of somebody at a point."""
    heads = np.stack([places[:, 0], np.full(len(places), _HEADS), places[:, 1]], axis=1)
    return floor.sees(heads, np.array([point[0], _HEADS, point[1]]), slack=0.0)


def _from_mark(person: Standing, places: Array, floor: Floor) -> Array:
    """Distance of places from the person's own mark [m], 0 if the set has none."""
    if not floor.has_mark(person.mark):
        return np.zeros(len(places))
    mark = floor.mark(person.mark)
    return np.hypot(places[:, 0] - mark.x, places[:, 1] - mark.z)
