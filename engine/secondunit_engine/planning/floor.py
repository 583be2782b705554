"""What the planner knows of a set: its floor seen from above, what is solid, and where the set wants its cameras.

A floor is measured from the built set by `world/survey.py` and kept as data in `planning/floors/`, so that planning
needs no USD. Metres; x to the right, z toward the viewer of a plan, y up; bearings in degrees about Y, 0 along +Z.

Two grids are kept. `voxels` says what is solid, cell by cell, for cameras and lines of sight. `obstacles` says of each
cell of the floor, a finer one, whether anything is there between shin and crown that stops a person who walks.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from secondunit_bridge.errors import NotFound
from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan, ShotSize
from secondunit_engine.planning.ways import Place, Ways

Array = NDArray[np.floating]
Mask = NDArray[np.bool_]

BODY = 0.3  # m about a person's middle that a way keeps free
SHIN, CROWN = 0.2, 1.8  # m; what lies between them stops a person who walks
CAMERA = 0.25  # m about a lens that a camera and its operator's hands need
_BELOW = 0.1  # m under a lens: a camera on a low hat all but touches the floor
_EYES = 1.5  # m above the floor, where the inside of a set is entered
_GENERIC = 10.0  # m from the middle to the edge of a place that nobody surveyed


@dataclass(frozen=True)
class Mark:
    """A place that the set offers to somebody: "hero", "door", "pedestal"."""

    name: str
    x: float
    y: float
    z: float
    facing: float


@dataclass(frozen=True)
class CameraMark:
    """The set's own composition for a shot size."""

    size: ShotSize
    eye: tuple[float, float, float]
    forward: tuple[float, float, float]
    lens_mm: float


@dataclass(frozen=True)
class Source:
    """A light of the set: where it is, its group (the fader), and how strong it is against the others, 0 to 1.

    The shares of a set add up to 1 and are of the light that heads about the hero's mark get, walls counted. Sun and
    sky have no place; they stand far out where they shine in from.
    """

    group: str
    x: float
    y: float
    z: float
    share: float


@dataclass(frozen=True)
class Thing:
    """A prop on its own (a car, a relic): its bounds [m] and where it stands."""

    name: str
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    @property
    def middle(self) -> tuple[float, float, float]:
        x, y, z = ((low + high) / 2 for low, high in zip(self.low, self.high, strict=True))
        return x, y, z


@dataclass(frozen=True, eq=False)
class Floor:
    """A set as the planner sees it. `is_surveyed` is False for the generic floor of a place nobody measured.

    `low` and `high` are the corners of the grids [m]; `ceiling` is how high the air over the hero's mark reaches,
    infinite under the sky. `voxels` is of shape [X, Y, Z], `obstacles` of shape [X, Z]. `layout` is which of its
    place's floors it is.
    """

    place: str
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    ceiling: float
    marks: tuple[Mark, ...]
    cameras: tuple[CameraMark, ...]
    sources: tuple[Source, ...] = ()
    things: tuple[Thing, ...] = ()
    is_surveyed: bool = True
    cell: float = 0.25
    voxels: Mask = field(default_factory=lambda: np.zeros((1, 1, 1), bool))  # (X, Y, Z)
    floor_cell: float = 0.1
    obstacles: Mask = field(default_factory=lambda: np.zeros((1, 1), bool))  # (X, Z)
    layout: int = 0

    def mark(self, name: str) -> Mark:
        """A mark by its name. Raises NotFound."""
        found = next((mark for mark in self.marks if mark.name == name), None)
        if found is None:
            raise NotFound(f"The set {self.place} has no mark “{name}”.", mend=f"It has {_listed(self.marks)}.")
        return found

    def has_mark(self, name: str) -> bool:
        return any(mark.name == name for mark in self.marks)

    def camera_mark(self, size: ShotSize) -> CameraMark | None:
        """The set's own composition for a shot size, if it has one."""
        return next((mark for mark in self.cameras if mark.size == size), None)

    def thing(self, name: str) -> Thing | None:
        """A prop by its name, whatever its capitals."""
        return next((thing for thing in self.things if thing.name.lower() == name.lower()), None)

    def solid(self, points: ArrayLike) -> Mask:
        """Whether points [m] lie in a solid cell, shape [..., 3] to [...]. Outside the grid nothing is solid."""
        return _look_up(self.voxels, self.low, self.cell, points, outside=False)

    def inside(self, points: ArrayLike) -> Mask:
        """Whether points [m] lie in the air of the set, not behind a wall, shape [..., 3] to [...]."""
        return _look_up(self._inside, self.low, self.cell, points, outside=False)

    def clearance(self, x: ArrayLike, z: ArrayLike) -> Array:
        """Distance [m] from places on the floor to the nearest thing that stops a person, 0 outside; shapes alike."""
        at = np.stack(np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float)), axis=-1)  # (..., 2)
        return _look_up(self._clearance, (self.low[0], self.low[2]), self.floor_cell, at, outside=0.0)

    def is_free(self, x: ArrayLike, z: ArrayLike, radius: float = BODY) -> Mask:
        """Whether somebody who is `radius` [m] about can stand here, and could have walked here."""
        at = np.stack(np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float)), axis=-1)
        walked = _look_up(self._walked, (self.low[0], self.low[2]), self.floor_cell, at, outside=False)
        return walked & (self.clearance(x, z) >= radius)

    def room(self, eyes: ArrayLike, radius: float = CAMERA) -> Mask:
        """Whether a camera with its body fits at `eyes` [m], shape [..., 3] to [...]: in the set, nothing solid near.

        Below the lens it needs less, as on a low hat.
        """
        eyes = np.asarray(eyes, float)
        around = eyes[..., None, :] + _ball(round(radius, 3))  # (..., B, 3)
        return self.inside(eyes) & ~self.solid(around).any(axis=-1)

    def sees(self, start: ArrayLike, end: ArrayLike, ignoring: Collection[str] = (), slack: float = 0.3) -> Mask:
        """Whether nothing solid lies between points [m], shapes [..., 3] (broadcast) to [...].

        The last `slack` metres at the end are not asked, because what is looked at is solid itself; nor are the
        cells of the things named in `ignoring`.
        """
        a, b = np.broadcast_arrays(np.asarray(start, float), np.asarray(end, float))
        length = np.linalg.norm(b - a, axis=-1)  # (...)
        steps = max(2, int(np.ceil(length.max(initial=0.0) / (0.4 * self.cell))) + 1)
        share = np.linspace(0, 1, steps)  # (S,)
        points = a[..., None, :] + (b - a)[..., None, :] * share[:, None]  # (..., S, 3)
        hit = self.solid(points) & (share * length[..., None] < (length - slack)[..., None])
        for name in ignoring:
            thing = self.thing(name)
            if thing is not None:
                low, high = np.array(thing.low) - self.cell, np.array(thing.high) + self.cell
                hit &= ~((points >= low) & (points <= high)).all(axis=-1)
        return ~hit.any(axis=-1)

    def way(self, start: Place, end: Place, around: Sequence[Place] = ()) -> tuple[Place, ...]:
        """The corners of a walkable path over the floor, (x, z) [m], both ends included; empty if there is none.

        People who stand `around` are walked round. An end that is tighter than a body (a mark beside a pedestal) is
        left by the shortest way.
        """
        return self._ways.find(start, end, around)

    def reachable(self, start: Place, end: Place) -> bool:
        return bool(self.way(start, end))

    def near(self, point: Place, radius: float, body: float = BODY) -> Array:
        """Free places within `radius` of a point, nearest first, (x, z) [m], shape [places, 2]."""
        reach = np.arange(-np.ceil(radius / 0.1), np.ceil(radius / 0.1) + 1) * 0.1
        offset = np.stack(np.meshgrid(reach, reach, indexing="ij"), axis=-1).reshape(-1, 2)  # (N, 2)
        offset = offset[np.hypot(*offset.T) <= radius + 1e-9]
        offset = offset[np.argsort(np.hypot(*offset.T), kind="stable")]
        places = offset + np.asarray(point, float)
        return places[self.is_free(places[:, 0], places[:, 1], body)]

    @cached_property
    def _clearance(self) -> Array:
        """Distance from each floor cell to the nearest obstacle's edge [m], shape [X, Z]."""
        walled = np.pad(self.obstacles, 1, constant_values=True)
        distance = ndimage.distance_transform_edt(~walled)
        return np.maximum(np.asarray(distance)[1:-1, 1:-1] - 0.5, 0.0) * self.floor_cell

    @cached_property
    def _walked(self) -> Mask:
        """The floor cells that a person can have come to from the hero's mark, and what they can lean into."""
        wide = self._clearance >= BODY
        connected = _connected(wide, _cell_of((self._hero.x, self._hero.z), self._flat, self.floor_cell))
        near = ndimage.distance_transform_edt(~connected)
        return (np.asarray(near) * self.floor_cell <= BODY + self.floor_cell) & ~self.obstacles

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._clearance, self._walked, self._flat, self.floor_cell, BODY)

    @cached_property
    def _inside(self) -> Mask:
        """The air over a floor that a camera, a cell wide on all sides, can be carried to from the hero's head."""
        filled = ndimage.maximum_filter(self.voxels.view(np.uint8), 3, mode="constant", cval=1).view(bool)
        over_floor = np.logical_or.accumulate(self.voxels, axis=1)
        head = (self._hero.x, self._hero.y + _EYES, self._hero.z)
        open_air = _connected(~filled & over_floor, _cell_of(head, self.low, self.cell))
        return ndimage.maximum_filter(open_air.view(np.uint8), 3).view(bool) & ~self.voxels

    @property
    def _hero(self) -> Mark:
        return next((mark for mark in self.marks if mark.name == "hero"), self.marks[0])

    @property
    def _flat(self) -> tuple[float, float]:
        return self.low[0], self.low[2]


def floor_at(plan: SetPlan) -> Floor:
    """The floor of a set as it is built for a plan, whose seed chooses the layout."""
    return floor_of(plan.place, layout_of(plan))


@lru_cache(maxsize=64)
def floor_of(place: str, layout: int = 0) -> Floor:
    """The floor of one layout of a set; of a place that was never surveyed an open one, ten metres on every side of
    the hero."""
    file = resources.files("secondunit_engine.planning").joinpath("floors", floor_file(place, layout))
    if not place.isidentifier() or not file.is_file():
        return _generic_floor(place)
    return replace(floor_from(json.loads(file.read_text("utf-8"))), layout=layout)


def floor_file(place: str, layout: int) -> str:
    """The name of a floor's file: the first layout has the place's own."""
    return f"{place}_{layout}.json" if layout else f"{place}.json"


def floor_from(data: dict[str, Any]) -> Floor:
    """A floor from what a survey wrote."""
    voxels = unpack(data["solid"]["cells"], tuple(data["solid"]["shape"]))
    return Floor(
        place=data["place"],
        low=tuple(data["low"]),
        high=tuple(data["high"]),
        ceiling=data["ceiling"] or float("inf"),
        marks=tuple(Mark(**mark) for mark in data["marks"]),
        cameras=tuple(
            CameraMark(mark["size"], tuple(mark["eye"]), tuple(mark["forward"]), mark["lens_mm"])
            for mark in data["cameras"]
        ),
        sources=tuple(Source(**source) for source in data["sources"]),
        things=tuple(Thing(thing["name"], tuple(thing["low"]), tuple(thing["high"])) for thing in data["things"]),
        cell=data["solid"]["cell"],
        voxels=voxels,
        floor_cell=data["obstacles"]["cell"],
        obstacles=unpack(data["obstacles"]["cells"], tuple(data["obstacles"]["shape"])),
    )


def pack(cells: Mask) -> str:
    """Cells as text: bits in C order, zlib, base64."""
    return base64.b64encode(zlib.compress(np.packbits(cells).tobytes(), 9)).decode("ascii")


def unpack(text: str, shape: tuple[int, ...]) -> Mask:
    """The cells that `pack` wrote."""
    bits = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
    return np.unpackbits(bits, count=int(np.prod(shape))).reshape(shape).astype(bool)


def _generic_floor(place: str) -> Floor:
    """An open plane with two marks: all that is known of a place that nobody measured."""
    size, cell, floor_cell = 2 * _GENERIC, 0.25, 0.1
    layers = 24  # of a quarter metre: 6 m of air
    voxels = np.zeros((round(size / cell), layers, round(size / cell)), bool)
    voxels[:, 0] = True  # the ground
    flat = round(size / floor_cell)
    return Floor(
        place=place,
        low=(-_GENERIC, -cell, -_GENERIC),
        high=(_GENERIC, (layers - 1) * cell, _GENERIC),
        ceiling=float("inf"),
        marks=(Mark("hero", 0.0, 0.0, 0.0, 0.0), Mark("companion", 1.3, 0.0, 0.0, 270.0)),
        cameras=(),
        is_surveyed=False,
        cell=cell,
        voxels=voxels,
        floor_cell=floor_cell,
        obstacles=np.zeros((flat, flat), bool),
    )


def _look_up(
    cells: NDArray[Any], low: tuple[float, ...], cell: float, points: ArrayLike, outside: float
) -> NDArray[Any]:
    """The cells that points lie in, shape [..., D] to [...]; `outside` for those beyond the grid."""
    at = np.floor((np.asarray(points, float) - np.array(low)) / cell).astype(np.int64)  # (..., D)
    limit = np.array(cells.shape)
    within = ((at >= 0) & (at < limit)).all(axis=-1)
    found = cells[tuple(np.moveaxis(np.clip(at, 0, limit - 1), -1, 0))]
    return np.where(within, found, outside).astype(cells.dtype)


def _cell_of(point: tuple[float, ...], low: tuple[float, ...], cell: float) -> Array:
    return np.floor((np.array(point) - np.array(low)) / cell)


def _connected(free: Mask, start: Array) -> Mask:
    """The part of `free` that holds together with its cell nearest to `start`."""
    parts, count = ndimage.label(free)  # type: ignore[misc]
    if not count:
        return np.zeros_like(free)
    cells = np.argwhere(free)
    nearest = cells[np.argmin(((cells - start) ** 2).sum(axis=1))]
    return parts == parts[tuple(nearest)]


@lru_cache(maxsize=8)
def _ball(radius: float) -> Array:
    """Points that fill a ball of a radius, cut off a little under its middle, shape [B, 3]."""
    steps = max(2, int(np.ceil(radius / 0.125)))
    reach = np.linspace(-radius, radius, 2 * steps + 1)
    points = np.stack(np.meshgrid(reach, reach, reach, indexing="ij"), axis=-1).reshape(-1, 3)
    points = points[np.linalg.norm(points, axis=1) <= radius + 1e-9]
    points[:, 1] = np.maximum(points[:, 1], -_BELOW)
    return np.unique(points, axis=0)


def _listed(marks: tuple[Mark, ...]) -> str:
    return ", ".join(mark.name for mark in marks) or "none"
