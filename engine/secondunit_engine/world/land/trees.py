"""Trees: a trunk with roots, branches, twigs and leaves, by a habit and a seed.

Branching is recursive by rule: children stand along their parent at a golden angle, with lengths by the crown's
outline (Weber and Penn, "Creation and rendering of realistic trees", 1995). All limbs of an order are made at once.
A tree is grown in three details; the coarse ones keep the crown's mass with fewer, larger leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import shapes
from secondunit_engine.world.mesh import Mesh

Array = NDArray[np.floating]
_GOLDEN: Final = np.pi * (3 - np.sqrt(5))
_LEAVES: Final = (1.0, 0.30, 0.085)  # share of a twig's leaves by detail
_LARGER: Final = (1.0, 1.85, 3.4)  # and how much larger each is
_BENDS: Final = [0, 2, 5]  # of a branch's points, those that are seen from afar
_SIDES: Final = ((20, 6, 3), (10, 4, 0), (6, 3, 0))  # of trunk, branches and twigs; 0 leaves them out


@dataclass(frozen=True)
class Habit:
    """How a species grows. Lengths in metres, angles in degrees above the level.

    bare: Share of the height without branches. crown: How the crown tapers: 0 a column, 1 a cone; `low` and `high`
    are the rise of its lowest and highest branches; reach: length of the longest against the height; droop: how much
    branches bend down (negative: up) over their length. leaf: length and width of a leaf; twig: length of a twig
    against its branch. wander: how far the trunk strays, against its height. flare: how far roots spread.
    """

    height: float
    girth: float
    bare: float
    branches: int
    twigs: int
    leaves: int
    low: float
    high: float
    reach: float
    crown: float
    droop: float
    leaf: tuple[float, float]
    twig: float = 0.34
    wander: float = 0.02
    flare: float = 1.1
    dead: int = 0  # broken stubs on the bare trunk


BEECH: Final = Habit(20.0, 0.30, 0.34, 30, 10, 16, 8, 62, 0.27, 0.25, -0.25, (0.27, 0.17), dead=5)
OAK: Final = Habit(14.0, 0.42, 0.24, 28, 10, 16, 8, 66, 0.42, 0.15, -0.15, (0.25, 0.16), wander=0.05, flare=1.5)
FIELD_OAK: Final = Habit(11.5, 0.46, 0.15, 40, 12, 27, -6, 62, 0.50, -0.30, -0.06, (0.32, 0.25), 0.42, 0.05, 1.4)
LIME: Final = Habit(14.0, 0.30, 0.16, 42, 11, 24, 2, 66, 0.36, -0.10, 0.0, (0.30, 0.24), 0.42, 0.02, 1.1)
PINE: Final = Habit(23.0, 0.27, 0.34, 36, 7, 20, -8, 30, 0.19, 0.75, 0.25, (0.46, 0.085), 0.30, 0.008, 0.9, 14)
SPRUCE: Final = Habit(21.0, 0.24, 0.05, 50, 4, 15, -22, 34, 0.17, 0.92, 0.30, (0.50, 0.13), 0.36, 0.006, 0.8)
SAPLING: Final = Habit(3.4, 0.022, 0.22, 16, 4, 10, 15, 60, 0.42, 0.4, 0.1, (0.10, 0.062), 0.45, 0.05, 0.1)
BUSH: Final = Habit(1.1, 0.02, 0.06, 20, 5, 11, 22, 75, 0.75, 0.2, 0.1, (0.075, 0.045), 0.5, 0.1, 0.0)


@dataclass(frozen=True)
class Tree:
    """A tree at the origin: bark with texture coordinates in metres, leaves without any."""

    wood: Mesh
    leaves: Mesh


def grow(habit: Habit, seed: int, detail: int = 0) -> Tree:
    """A tree of this habit; `detail` 0 is for near by, 1 from some 15 metres on, 2 from 40."""
    rng = np.random.Generator(np.random.PCG64(seed))
    trunk, girth = _trunk(habit, rng)
    sides = _SIDES[detail]
    wood = [_limbs(trunk[None], girth[None] * _roots(habit, trunk, rng, sides[0]), sides[0])]
    branches, thick = _branches(habit, trunk, girth, rng)
    drawn = slice(None) if detail < 2 else _BENDS
    wood.append(_limbs(branches[:, drawn], thick[:, drawn, None], sides[1]))
    if habit.dead:
        stubs, stub = _stubs(habit, trunk, girth, rng)
        wood.append(_limbs(stubs, stub[..., None], 4))
    twigs = _twigs(habit, branches, rng)
    if sides[2]:
        radius = np.linspace(0.012, 0.003, twigs.shape[1]) * habit.height / 14
        wood.append(_limbs(twigs, np.broadcast_to(radius[None, :, None], (len(twigs), len(radius), 1)), sides[2]))
    return Tree(shapes.merge(wood), _leaves(habit, twigs, rng, detail))


def limb(path: Array, radius: Array, sides: int = 10) -> Mesh:
    """A round limb along a path [m], shape [P, 3], with a radius [m] a point, shape [P]: a log, a root, a liana."""
    return _limbs(np.asarray(path, float)[None], np.asarray(radius, float)[None, :, None], sides)


def distant_conifer(seed: int, tiers: int = 5, sides: int = 7) -> Mesh:
    """A conifer one metre high at the origin, for far slopes: ragged skirts over one another, 35 triangles."""
    rng = np.random.Generator(np.random.PCG64([seed, 19]))
    corners = []
    for tier in range(tiers):
        foot, top = 0.07 + 0.16 * tier, min(0.07 + 0.16 * tier + 0.36, 1.0)
        reach = 0.21 * (1.04 - foot) * rng.uniform(0.75, 1.25, sides)
        turn = (np.arange(sides) + rng.uniform(0, 0.6)) * 2 * np.pi / sides
        rim = np.column_stack([reach * np.sin(turn), foot + rng.uniform(-0.03, 0.03, sides), reach * np.cos(turn)])
        tip = np.tile([[0.0, top, 0.0]], (sides, 1))
        corners.append(np.stack([rim, np.roll(rim, -1, axis=0), tip], axis=1))
    return Mesh.of_corners(np.concatenate(corners))


def distant_broadleaf(seed: int, stem: float = 0.16, tufts: int = 22) -> Mesh:
    """A broadleaf tree one metre high at the origin, for far hedges and woods: tufts of leaves about a crown, on a
    stem of this height; 4 triangles a tuft. Normals point out of the crown, so that it is lit as one mass."""
    rng = np.random.Generator(np.random.PCG64([seed, 23]))
    number = np.arange(tufts) + 0.5
    up, turn = 1 - 1.75 * number / tufts, number * _GOLDEN + rng.normal(0, 0.3, tufts)
    level = np.sqrt(np.clip(1 - up**2, 0, 1))
    out = np.column_stack([level * np.sin(turn), up, level * np.cos(turn)])
    lobes = 1 + 0.16 * np.sin(3 * turn + rng.uniform(0, 6)) + rng.normal(0, 0.10, tufts)
    radius, middle = np.array([0.40, (1 - stem) * 0.46, 0.40]), np.array([0, stem + (1 - stem) * 0.5, 0])
    corners, normals = [], []
    for _ in range(4):
        centre = middle + out * radius * lobes[:, None] * rng.uniform(0.62, 1.0, (tufts, 1))
        spread = rng.normal(0, 0.155, (tufts, 3, 3))
        corners.append(centre[:, None] + spread)
        normals.append(out + rng.normal(0, 0.35, (tufts, 3)))
    points, normal = np.concatenate(corners), np.repeat(np.concatenate(normals), 3, axis=0)
    points[..., 1] = np.clip(points[..., 1], 0.0, 1.0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    mesh = Mesh.of_corners(points)
    return Mesh(mesh.points, mesh.triangles, normal.astype(np.float32))


def _trunk(habit: Habit, rng: np.random.Generator) -> tuple[Array, Array]:
    """The trunk's path, shape [P, 3], and radii, shape [P, 1]; rings crowd at the roots."""
    t = np.concatenate([[-0.02, 0.0, 0.006, 0.014, 0.026, 0.045, 0.08], np.linspace(0.13, 1.0, 11)])
    waves = sum(
        rng.normal(0, habit.wander / k, (1, 2)) * np.sin(k * 2.2 * t[:, None] + rng.uniform(0, 6, (1, 2)))
        for k in (1, 2, 3)
    )
    path = np.zeros((len(t), 3))
    path[:, [0, 2]] = np.asarray(waves) * habit.height * np.clip(t, 0, 1)[:, None]
    path[:, 1] = t * habit.height
    return path, (habit.girth * (1 - 0.93 * np.clip(t, 0, 1) ** 0.9))[:, None]


def _roots(habit: Habit, trunk: Array, rng: np.random.Generator, sides: int) -> Array:
    """How much thicker the trunk is at the foot, by side: roots run out in ridges; shape [P, sides]."""
    angle = np.arange(sides) / sides * 2 * np.pi
    ridges = sum(rng.uniform(0.5, 1) * np.cos(k * angle + rng.uniform(0, 6)) for k in (3, 5))
    fall = np.exp(-np.maximum(trunk[:, 1:2], 0) / (0.9 * habit.girth + 0.02))  # (P, 1)
    lumps = 0.04 * np.cos(2 * angle + 0.7 * trunk[:, 1:2]) + 0.03 * np.cos(3 * angle - 1.3 * trunk[:, 1:2])
    return 1 + lumps + habit.flare * fall * np.clip(0.35 + 0.5 * ridges, 0.05, None)


def _along(parents: Array, at: Array) -> tuple[Array, Array]:
    """Points and directions of polylines, shape [N, P, 3], at shares 0 to 1 of their length, shape [N]."""
    last = parents.shape[1] - 1
    k = np.clip((at * last).astype(int), 0, last - 1)
    rows = np.arange(len(parents))
    a, b = parents[rows, k], parents[rows, k + 1]
    way = b - a
    return a + way * (at * last - k)[:, None], way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)


def _branches(habit: Habit, trunk: Array, girth: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """First-order branches: paths, shape [B, 6, 3], and radii, shape [B, 6]."""
    count = habit.branches
    share = (np.arange(count) + rng.uniform(0, 0.8, count)) / count  # of the crown, from its foot
    height = (habit.bare + (0.985 - habit.bare) * share) * habit.height
    start = np.column_stack([np.interp(height, trunk[:, 1], trunk[:, axis]) for axis in range(3)])
    own = np.interp(height, trunk[:, 1], girth[:, 0])
    outline = (1 - habit.crown) * np.sin(np.pi * (0.18 + 0.74 * share)) ** 0.7 + habit.crown * (1.02 - share)
    length = habit.reach * habit.height * outline * rng.uniform(0.72, 1.15, count)
    azimuth = np.arange(count) * _GOLDEN + rng.normal(0, 0.3, count)
    rise = np.radians(habit.low + (habit.high - habit.low) * share + rng.normal(0, 7, count))
    t = np.linspace(0, 1, 6)
    bend = rise[:, None] - habit.droop * t * 1.6 + rng.normal(0, 0.10, (count, 6)).cumsum(axis=1)
    turn = azimuth[:, None] + rng.normal(0, 0.13, (count, 6)).cumsum(axis=1)
    step = np.stack([np.cos(bend) * np.sin(turn), np.sin(bend), np.cos(bend) * np.cos(turn)], axis=-1)
    path = start[:, None] + np.cumsum(step * (length / 5)[:, None, None] * (t > 0)[None, :, None], axis=1)
    radius = np.minimum(own * 0.62, 0.021 * length + 0.006)[:, None] * (1 - 0.86 * t)
    return path, radius


def _stubs(habit: Habit, trunk: Array, girth: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Broken dead branches on the bare trunk."""
    height = rng.uniform(0.12, max(habit.bare, 0.2), habit.dead) * habit.height
    start = np.column_stack([np.interp(height, trunk[:, 1], trunk[:, axis]) for axis in range(3)])
    azimuth, rise = rng.uniform(0, 2 * np.pi, habit.dead), rng.normal(-0.05, 0.2, habit.dead)
    way = np.column_stack([np.cos(rise) * np.sin(azimuth), np.sin(rise), np.cos(rise) * np.cos(azimuth)])
    reach = (
        rng.uniform(0.5, 1.7, habit.dead)[:, None, None] + np.interp(height, trunk[:, 1], girth[:, 0])[:, None, None]
    )
    t = np.linspace(0, 1, 3)
    path = start[:, None] + way[:, None] * reach * t[None, :, None]
    path[:, 2] += rng.normal(0, 0.08, (habit.dead, 3))
    return path, rng.uniform(0.014, 0.03, habit.dead)[:, None] * (1 - 0.75 * t)


def _twigs(habit: Habit, branches: Array, rng: np.random.Generator) -> Array:
    """Second-order twigs on the outer part of the branches, shape [T, 4, 3]; each branch also ends in one."""
    each = habit.twigs
    parents = np.repeat(branches, each, axis=0)
    at = np.tile(np.linspace(0.26, 1.0, each), len(branches)) + rng.uniform(-0.05, 0.0, len(parents))
    start, along = _along(parents, np.clip(at, 0, 1))
    length = np.linalg.norm(parents[:, -1] - parents[:, 0], axis=1) * habit.twig * (1.25 - 0.55 * at)
    side = np.cross(along, [0.0, 1.0, 0.0])
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    hand = np.where(np.arange(len(parents)) % 2 == 0, 1.0, -1.0) * (at < 0.97)
    way = (
        along * rng.uniform(0.5, 0.9, len(parents))[:, None]
        + side * hand[:, None] * rng.uniform(0.5, 1, len(parents))[:, None]
    )
    way += rng.normal(0, 0.22, way.shape)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    t = np.linspace(0, 1, 4)
    path = start[:, None] + way[:, None] * (length[:, None] * t)[..., None]
    path[..., 1] -= (0.25 * habit.droop + 0.06) * length[:, None] * t**2
    return path


def _leaves(habit: Habit, twigs: Array, rng: np.random.Generator, detail: int) -> Mesh:
    """Leaves along the twigs: folded rhombs of four triangles near by, two from afar."""
    wanted = len(twigs) * habit.leaves * _LEAVES[detail]
    each = max(1, round(wanted / len(twigs)))
    keep = rng.permutation(len(twigs))[: max(1, round(wanted / each))]
    parents = np.repeat(twigs[np.sort(keep)], each, axis=0)
    count = len(parents)
    base, along = _along(parents, rng.uniform(0.12, 1.0, count))
    way = along * 0.6 + rng.normal(0, 0.6, (count, 3)) + [0, -0.18, 0]
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    up = np.array([0.0, 1.0, 0.0]) + rng.normal(0, 0.45, (count, 3))
    across = np.cross(way, up)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    normal = np.cross(across, way)
    size = rng.uniform(0.65, 1.25, count)[:, None] * _LARGER[detail]
    long, wide = way * size * habit.leaf[0], across * size * habit.leaf[1] / 2
    lift = normal * size * habit.leaf[1] * 0.16
    base = base + rng.normal(0, 0.03, base.shape) * habit.height / 14
    middle = base + 0.45 * long
    corners = np.stack([base, middle - wide + lift, base + long, middle + wide + lift], axis=1)  # (N, 4, 3)
    fold = np.array([[0, 2, 1], [0, 3, 2]])
    triangles = (np.arange(count) * 4)[:, None, None] + fold
    return Mesh(corners.reshape(-1, 3).astype(np.float32), triangles.reshape(-1, 3).astype(np.int32))


def _limbs(paths: Array, radii: Array, sides: int) -> Mesh:
    """Round limbs along paths, shape [N, P, 3]; radii [m], shape [N, P, sides or 1]. Normals are smooth."""
    count, points = paths.shape[:2]
    way = np.gradient(paths, axis=1)
    way /= np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
    first = np.where(np.abs(way[:, :1, 1:2]) < 0.9, [[[0.0, 1.0, 0.0]]], [[[1.0, 0.0, 0.0]]])
    side = np.cross(way, np.broadcast_to(first, way.shape))
    side /= np.maximum(np.linalg.norm(side, axis=-1, keepdims=True), 1e-9)
    other = np.cross(way, side)
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    radii = np.broadcast_to(radii, (count, points, radii.shape[2]))
    radius = np.broadcast_to(radii, (count, points, sides)) if radii.shape[2] == 1 else radii
    radius = np.concatenate([radius, radius[..., :1]], axis=-1)[..., None]  # (N, P, S+1, 1)
    out = np.cos(angle)[:, None] * side[:, :, None] + np.sin(angle)[:, None] * other[:, :, None]
    surface = paths[:, :, None] + radius * out
    run = np.concatenate([np.zeros((count, 1)), np.linalg.norm(np.diff(paths, axis=1), axis=-1).cumsum(axis=1)], axis=1)
    girth = np.maximum(np.round(2 * np.pi * radii.mean(axis=(1, 2))), 1)  # whole tiles round about, so no seam shows
    uvs = np.stack(np.broadcast_arrays(angle / (2 * np.pi) * girth[:, None, None], run[:, :, None]), axis=-1)
    index = np.arange(count * points * (sides + 1)).reshape(count, points, sides + 1)
    a, b, c, d = index[:, :-1, :-1], index[:, :-1, 1:], index[:, 1:, 1:], index[:, 1:, :-1]
    triangles = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)], axis=3).reshape(-1, 3)
    flat = surface.reshape(-1, 3)
    mesh = Mesh(flat.astype(np.float32), triangles.astype(np.int32), None, uvs.reshape(-1, 2).astype(np.float32))
    faces = shapes.face_normals(flat, triangles)
    if (faces * out.reshape(-1, 3)[triangles[:, 0]]).sum() < 0:
        mesh = Mesh(mesh.points, mesh.triangles[:, ::-1], None, mesh.uvs)
    return shapes.smooth(mesh)
