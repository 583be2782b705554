"""Where things will break: Voronoi cells about seeds, denser where a blow is foreseen.

Seeds mirrored in the six sides of a box bound its cells by exactly those sides. Seeds of a pane lie in its middle
plane, so that its cells are prisms. (Aurenhammer 1991; fronts scored beforehand as in Su, Schroeder and Fedkiw 2009.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import Voronoi

from secondunit_engine.motion.physics.mass import inertia_of, volume_of
from secondunit_engine.motion.physics.scene import Array, Body, Brittle, Hull, Material, pose_of

SHRUNK: Final = 0.985  # of its size that a shard is, so that none begins in another
_THIN: Final = 0.06  # of the next shorter side, below which a box is a pane
_RADIAL: Final = 0.75  # of the seeds that lie in rings about the blow; the others anywhere
_APART: Final = 0.3  # of their mean distance that seeds keep from each other at least


@dataclass(frozen=True, eq=False)
class Cells:
    """Convex cells that fill a box: the corners of each [m], shape [corners, 3], which of them meet, and which lie on
    the box's border (of a pane: on its edge)."""

    corners: tuple[Array, ...]
    neighbours: tuple[tuple[int, int], ...]
    border: frozenset[int]


def seeds_in(low: Array, high: Array, count: int, rng: np.random.Generator, at: Array | None = None) -> Array:
    """Seeds of cells in a box [m], shape [count, 3]: in rings about the place `at` where a blow will fall, closer the
    nearer to it; anywhere without one. Those of a pane lie in its middle plane."""
    size = high - low
    flat = _flat_axis(size)
    room = np.delete(size, flat) if flat is not None else size
    apart = _APART * float(np.prod(room) / count) ** (1 / len(room))
    chosen = np.zeros((0, 3))
    for _ in range(60 * count):
        place = low + rng.random(3) * size
        if at is not None and rng.random() < _RADIAL:
            way = rng.normal(0, 1, 3)
            way = np.delete(way, flat) if flat is not None else way
            way = way if flat is None else np.insert(way, flat, 0.0)
            reach = float(np.linalg.norm(np.maximum(high - at, at - low)))
            place = at + reach * float(rng.random()) ** 1.8 * way / max(float(np.linalg.norm(way)), 1e-9)
        if flat is not None:
            place[flat] = (low + high)[flat] / 2
        inside = bool(((place >= low) & (place <= high)).all())
        if inside and (not len(chosen) or float(np.linalg.norm(chosen - place, axis=1).min()) > apart):
            chosen = np.concatenate([chosen, place[None]])
            if len(chosen) == count:
                break
    return chosen


def _flat_axis(size: Array) -> int | None:
    """The axis along which a box is so thin that it is a pane."""
    order = np.argsort(size)
    return int(order[0]) if size[order[0]] < _THIN * size[order[1]] else None


def cells_of(low: Array, high: Array, seeds: Array) -> Cells:
    """The Voronoi cells of seeds [m], shape [N, 3], in a box of these corners."""
    count = len(seeds)
    mirrored = [seeds]
    for axis in range(3):
        for side in (low, high):
            other = seeds.copy()
            other[:, axis] = 2 * side[axis] - other[:, axis]
            mirrored.append(other)
    diagram = Voronoi(np.concatenate(mirrored))
    pairs = np.asarray(diagram.ridge_points)
    flat = _flat_axis(high - low)
    meet, border = set[tuple[int, int]](), set[int]()
    for one, other in np.sort(pairs, axis=1).tolist():
        if other < count:
            meet.add((one, other))
        elif one < count and (other // count - 1) // 2 != flat:
            border.add(one)
    corners = [diagram.vertices[diagram.regions[diagram.point_region[n]]] for n in range(count)]
    return Cells(tuple(np.clip(each, low, high) for each in corners), tuple(sorted(meet)), frozenset(border))


def shrunk(points: Array, middle: Array) -> Array:
    """Points drawn towards a middle, by as much as shards are smaller than their cells."""
    return middle + SHRUNK * (points - middle)


def shard_body(name: str, points: Array, mass: float, material: Material) -> Body:
    """A shard as a body in the space of the whole: the hull of its points [m], shape [points, 3]."""
    middle, inertia = inertia_of((Hull(points),), mass)
    hull = Hull(shrunk(points - middle, np.zeros(3)), material)
    return Body(name, pose_of(middle, np.eye(3)), mass, inertia * SHRUNK**2, (hull,))


def broken_box(
    name: str, low: Array, high: Array, seeds: Array, density: float, material: Material, energy: float, *, held: bool
) -> Brittle:
    """A box of even density [kg/m3], such as a pane of glass, about the origin of the body `name`; a `held` one hangs
    by its border."""
    cells = cells_of(low, high, seeds)
    shards = tuple(
        shard_body(f"{name}_shards/s{n:03d}", corners, density * volume_of((Hull(corners),)), material)
        for n, corners in enumerate(cells.corners)
    )
    return Brittle(name, shards, energy, cells.border if held else frozenset(), cells.neighbours)
