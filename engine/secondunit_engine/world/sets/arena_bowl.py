"""The arena's bowl: an oval of two tiers of seats with people in them, the pit round the stage, the walls behind.

The stage's floor is y = 0, the pit's PIT; rows rise outwards from the oval of half axes AXES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh
from secondunit_engine.world.props.spectators import Crowd, crowd

Array = NDArray[np.floating]

PIT: Final = -1.15  # m
AXES: Final = (22.0, 20.0)  # m, half axes of the first row's front
_LOWER: Final = (13, 0.84, 0.40, 0.0, 0.35)  # rows, depth, rise, offset of the first row, its height [m]
_UPPER: Final = (13, 0.80, 0.54, 12.6, 8.6)
_SEAT: Final = 0.56  # m from seat to seat
_AISLES: Final = 18
_ROOF: Final = 24.0  # m
_WALL: Final = 24.5  # m behind the first row's front
_NEAR: Final = 17.0  # m from the hero within which people have round limbs
_DENSITY: Final = 1.15  # people a square metre in the pit


@dataclass(frozen=True)
class Bowl:
    """What stands about the stage. terraces: steps and walls. rail: barriers. seats: shells. people, far_people: one
    palette. telephones: lit screens. ribbon: the board of light along the upper tier's front, u round the oval."""

    terraces: Mesh
    rail: Mesh
    seats: Mesh
    people: Mesh
    telephones: Mesh
    ribbon: Mesh


def build(rng: np.random.Generator, keep_free: Array, standing: float) -> Bowl:
    """The bowl. `keep_free`: where nobody may stand in the pit, rows of x, z and radius [m]; `standing`: the share of
    people on their feet."""
    places, turns = _seats()
    taken = rng.random(len(places)) < 0.95
    people, facing = places[taken], turns[taken]
    near = np.hypot(people[:, 0], people[:, 2]) < _NEAR + 9
    pit = _pit(rng, keep_free)
    towards = np.degrees(np.arctan2(-pit[:, 0], -pit[:, 2]))
    crowds: list[Crowd] = [
        crowd(rng, people[near], facing[near], standing, 4),
        crowd(rng, people[~near], facing[~near], standing, 3),
        crowd(rng, pit, towards, 1.0, 5),
    ]
    phone = shapes.box((-0.036, 0.0, -0.004), (0.036, 0.15, 0.004))
    held = [shapes.array(phone, each.phones, each.turns) for each in crowds if len(each.phones)]
    shell = shapes.merge(
        [shapes.box((-0.23, 0.40, -0.20), (0.23, 0.44, 0.22)), shapes.box((-0.23, 0.44, -0.24), (0.23, 0.86, -0.20))]
    )
    return Bowl(
        terraces=shapes.box_uv(shapes.merge([_terraces(), _backdrop()]), 2.0),
        rail=shapes.merge([_barrier(), _rails()]),
        seats=_bare(shapes.array(shell, places, turns)),
        people=shapes.merge([each.people for each in crowds]),
        telephones=_bare(shapes.merge(held)),
        ribbon=_ribbon(),
    )


def oval(out: float, y: float, count: int = 144) -> Array:
    """A closed oval `out` metres behind the first row's front, [count + 1, 3], from +Z over +X."""
    angle = np.linspace(0, 2 * np.pi, count + 1)
    a, b = AXES[0] + out, AXES[1] + out
    # A superellipse: the long sides are nearly straight, as stands are.
    x, z = (np.sign(t) * np.abs(t) ** 0.82 for t in (np.sin(angle), np.cos(angle)))
    return np.stack([a * x, np.full(count + 1, y), b * z], axis=-1)


def _seats() -> tuple[Array, Array]:
    """Every seat's place on its row and where it looks, in degrees about Y."""
    places, turns = [], []
    for rows, deep, rise, start, height in (_LOWER, _UPPER):
        for row in range(rows):
            path = oval(start + (row + 0.45) * deep, height + row * rise, 720)
            run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
            at = np.arange(0.3, run[-1] - 0.3, _SEAT)
            block = run[-1] / _AISLES
            at = at[np.abs((at + block / 2) % block - block / 2) > 0.62]  # aisles
            spots = np.stack([np.interp(at, run, path[:, k]) for k in range(3)], axis=-1)
            places.append(spots)
            turns.append(np.degrees(np.arctan2(-spots[:, 0], -spots[:, 2])))
    return np.concatenate(places), np.concatenate(turns)


def _pit(rng: np.random.Generator, keep_free: Array) -> Array:
    """People on their feet between the barrier and the stands, thinner outwards, none where a camera stands."""
    inner, outer = 10.9, 19.3
    count = int(_DENSITY * np.pi * (outer**2 - inner**2))
    angle = rng.uniform(0, 2 * np.pi, count)
    radius = inner + (outer - inner) * rng.random(count) ** 1.5
    spots = np.stack([radius * np.sin(angle), np.full(count, PIT), radius * np.cos(angle)], axis=-1)
    away = np.hypot(spots[:, None, 0] - keep_free[:, 0], spots[:, None, 2] - keep_free[:, 1]) > keep_free[:, 2]
    spots = spots[away.all(axis=1)]
    # Whoever stands within half a metre of somebody before them steps out.
    gaps = np.hypot(*(spots[:, None, k] - spots[None, :, k] for k in (0, 2)))
    return spots[~np.any(np.tril(gaps < 0.5, -1), axis=1)]


def _terraces() -> Mesh:
    """Treads and risers of both tiers, and the front of the upper one."""
    profile: list[tuple[float, float]] = [(-0.2, PIT), (-0.2, _LOWER[4])]
    for rows, deep, rise, start, height in (_LOWER, _UPPER):
        for row in range(rows):
            profile += [(start + row * deep, height + row * rise), (start + (row + 1) * deep, height + row * rise)]
        if start == 0.0:
            top = height + rows * rise
            profile += [(13.6, top), (13.6, 7.0), (_UPPER[3] - 0.3, 7.0), (_UPPER[3] - 0.3, _UPPER[4])]
    profile += [(_WALL, profile[-1][1]), (_WALL, _ROOF)]
    rings = np.stack([oval(out, y) for out, y in profile])
    return shapes.facet(shapes.grid(rings))


def _backdrop() -> Mesh:
    """The pit's floor and the roof."""
    parts = []
    for y, flip in ((PIT, False), (_ROOF, True)):
        rim = oval(_WALL + 0.5, y)
        centre = np.broadcast_to(np.array([0.0, y, 0.0]), rim.shape)
        net = np.stack([rim, centre])
        parts.append(shapes.facet(shapes.grid(net[::-1] if flip else net)))
    return shapes.merge(parts)


def _barrier() -> Mesh:
    """The crowd barrier before the pit, in panels with uprights."""
    angle = np.linspace(0, 2 * np.pi, 61)
    ring = np.stack([10.4 * np.sin(angle), np.zeros(61), 10.4 * np.cos(angle)], axis=-1)
    rails = [shapes.tube(ring + np.array([0, PIT + y, 0]), 0.025, 5) for y in (0.25, 0.62, 1.05)]
    post = shapes.box((-0.02, PIT, -0.02), (0.02, PIT + 1.05, 0.02))
    return _bare(shapes.merge([*rails, shapes.array(post, ring[:-1])]))


def _rails() -> Mesh:
    """Handrails along the fronts of both tiers."""
    return _bare(
        shapes.merge(
            [shapes.tube(oval(out, y + 0.9), 0.03, 5) for out, y in ((-0.15, _LOWER[4]), (_UPPER[3] - 0.25, _UPPER[4]))]
        )
    )


def _ribbon() -> Mesh:
    """The board along the upper tier's front; u counts pictures of 12 m round the oval, v is 0 to 1 up."""
    low, high = oval(_UPPER[3] - 0.36, 7.2), oval(_UPPER[3] - 0.36, 8.3)
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(low, axis=0), axis=1))])
    u = np.round(run[-1] / 12) * run / run[-1]
    uvs = np.stack([np.stack([-u, np.zeros_like(u)], -1), np.stack([-u, np.ones_like(u)], -1)])
    return shapes.grid(np.stack([low, high]), uvs=uvs)


def _bare(mesh: Mesh) -> Mesh:
    return Mesh(mesh.points, mesh.triangles, mesh.normals)
