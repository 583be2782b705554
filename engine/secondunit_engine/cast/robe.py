"""A hooded, floor-length robe: gown with a rope belt, bell sleeves, mantle and hood.

It is cut on the body as it stands (arms down), from the body's own support lines, and hung with folds; then it is
un-posed and bound to the bones like every garment, so it stays with the body whatever the body does. The mantle
covers the seams between gown, sleeves and hood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing, unpose
from secondunit_engine.cast.surface import neighbours
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import RGB, Material

Array = NDArray[np.float64]
Triangles = NDArray[np.int32]

_CLOTHS: tuple[RGB, ...] = ((0.255, 0.085, 0.060), (0.165, 0.085, 0.045), (0.070, 0.085, 0.125), (0.120, 0.115, 0.085))
_ARM = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
_HEAD = ("head", "eye", "neck")
_FOOT = ("foot", "toe")
_AROUND = 144  # columns of the gown
_HEM = 0.012  # height of the hem above the floor [m]


class _Figure:
    """The standing body that the robe is cut on, and the skin whose weights it takes."""

    def __init__(self, body: Body) -> None:
        anatomy = body.anatomy
        self.body = body
        self.bones = pose_bones(body, standing(body), 1)[0]  # (B, 3, 4)
        self.rows = anatomy.part("body")
        weights = sparse.csr_matrix(anatomy.weights[self.rows])
        skin = Piece("Skin", body.points[self.rows], np.zeros((0, 3), np.int32), Material("none"), weights=weights)
        self.points = pose_points(skin, Poses(self.bones[None], {}))[0]  # (N, 3)
        self.weights = weights
        self.owner = np.array([anatomy.bones[b] for b in np.asarray(weights.argmax(axis=1)).ravel()])  # (N,)

    def joint(self, bone: str) -> Array:
        """Where a bone begins in the standing pose [m], shape [3]."""
        index = self.body.anatomy.bone(bone)
        transform = self.bones[index]
        return transform[:, :3] @ self.body.joints[index] + transform[:, 3]

    def of(self, prefixes: Sequence[str]) -> NDArray[np.bool_]:
        """Which skin points belong to bones with these prefixes, shape [N]."""
        return np.array([name.startswith(tuple(prefixes)) for name in self.owner])

    def support(self, mask: NDArray[np.bool_], heights: Array, angles: Array) -> tuple[Array, Array]:
        """Centres [rows, 2] and support radii [rows, columns] of slabs of the body, level by level.

        An angle of 0 faces +Z, and a quarter turn +X. Levels without skin repeat their neighbours.
        """
        points = self.points[mask]
        centres, radii = np.full((len(heights), 2), np.nan), np.full((len(heights), len(angles)), np.nan)
        away = np.stack([np.sin(angles), np.cos(angles)])  # (2, columns)
        for row, y in enumerate(heights):
            slab = points[np.abs(points[:, 1] - y) < 0.03][:, [0, 2]]
            if len(slab) > 8:
                centres[row] = (slab.min(axis=0) + slab.max(axis=0)) / 2
                radii[row] = ((slab - centres[row]) @ away).max(axis=0)
        return _fill_rows(centres), _fill_rows(radii)


def _fill_rows(table: Array) -> Array:
    known = np.flatnonzero(np.isfinite(table[:, 0]))
    every = np.arange(len(table))
    return np.stack([np.interp(every, known, column[known]) for column in table.T], axis=-1)


def build_robe(member: CastPlan, body: Body) -> tuple[Piece, ...]:
    """The pieces of a robe for this body, in the template's pose and bound to its bones; about 30,000 triangles."""
    rng = np.random.Generator(np.random.PCG64([member.seed, 71]))
    figure = _Figure(body)
    weave = f"./textures/{member.name}_weave_bump.png"
    cloth = Material(
        f"{member.name}_robe", base=_CLOTHS[member.seed % len(_CLOTHS)], roughness=0.9, specular=0.2, sheen=0.6,
        bump=0.0006, bump_texture=weave,
    )  # fmt: skip
    rope = Material(f"{member.name}_rope", base=(0.42, 0.33, 0.20), roughness=0.85, bump=0.001, bump_texture=weave)
    gown, gown_faces, waist = _gown(figure, rng)
    torso = ~figure.of([*_ARM, *_HEAD, *_FOOT])
    gown_weights = _hang(figure, gown, _bind(figure, gown, gown_faces, torso, 60))
    mantle, mantle_faces = _mantle(figure, rng)
    shoulder = float(figure.joint("upperarm01.L")[1])
    mantle_weights = _bind(figure, mantle, mantle_faces, ~figure.of([*_ARM[1:], "head", "eye", *_FOOT]), 40)
    hood, hood_faces = _hood(figure, rng)
    hood_weights = _bind(figure, hood, hood_faces, figure.of(["head", "neck", "spine01", "clavicle"]), 12)
    belt, belt_faces = _belt(waist)
    belt_weights = _bind(figure, belt, belt_faces, torso, 4)
    pieces = [
        _unposed(figure, "Robe", gown, gown_faces, cloth, gown_weights, _below(gown, waist[:, 1].min() - 0.02, 0.10)),
        _unposed(figure, "Mantle", mantle, mantle_faces, cloth, mantle_weights, 0.8 * _below(mantle, shoulder, 0.14)),
        _unposed(figure, "Hood", hood, hood_faces, cloth, hood_weights),
        replace(_unposed(figure, "Belt", belt, belt_faces, rope, belt_weights), rides="Robe"),
    ]
    for side in ("L", "R"):
        sleeve, faces = _sleeve(figure, side, rng)
        arm = figure.of([f"{name}" for name in _ARM[:2]]) & (figure.points[:, 0] * (1 if side == "L" else -1) > 0)
        weights = _bind(figure, sleeve, faces, arm, 10)
        elbow, cuff = figure.joint(f"lowerarm01.{side}"), figure.joint(f"wrist.{side}")
        down = (
            (sleeve - elbow) @ (cuff - elbow) / ((cuff - elbow) @ (cuff - elbow))
        )  # (P,) 0 at the elbow, 1 at the cuff
        pieces.append(_unposed(figure, f"Sleeve{side}", sleeve, faces, cloth, weights, np.clip(down - 0.05, 0, 1)))
    return tuple(pieces)


def _unposed(
    figure: _Figure, name: str, points: Array, faces: Triangles, material: Material, weights: sparse.csr_matrix,
    hang: Array | None = None,
) -> Piece:  # fmt: skip
    return Piece(name, unpose(points, weights, figure.bones), faces, material, weights=weights, hang=hang)


def _below(points: Array, height: float, over: float) -> Array:
    """0 above a height [m], rising to 1 `over` metres below it, shape [points]."""
    return np.clip((height - points[:, 1]) / over, 0, 1)


def _bind(
    figure: _Figure, points: Array, faces: Triangles, mask: NDArray[np.bool_], smoothing: int
) -> sparse.csr_matrix:
    """Weights of the nearest skin, spread over the cloth, shape [points, bones]."""
    rows = np.flatnonzero(mask)
    distance, nearest = KDTree(figure.points[rows]).query(points, k=12)
    share = 1 / (distance + 0.01) ** 2  # (P, 12)
    share /= share.sum(axis=1, keepdims=True)
    index = np.repeat(np.arange(len(points)), 12)
    pick = sparse.csr_matrix((share.ravel(), (index, rows[nearest].ravel())), (len(points), len(figure.points)))
    weights = sparse.csr_matrix(pick @ figure.weights).toarray()
    spread = neighbours(faces, len(points))
    for _ in range(smoothing):
        weights = 0.5 * weights + 0.5 * (spread @ weights)
    weights[weights < 0.004] = 0
    return sparse.csr_matrix(weights / weights.sum(axis=1, keepdims=True))


def _hang(figure: _Figure, points: Array, weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """Let the skirt follow the hips as well as the legs: cloth that hangs swings less than what it hangs on."""
    hip = figure.joint("upperleg01.L")[1]
    share = 0.40 * np.clip((hip - points[:, 1]) / 0.25, 0, 1)  # (P,) of the root
    root = np.zeros((len(points), len(figure.body.anatomy.bones)))
    root[:, figure.body.anatomy.bone("root")] = share
    return sparse.csr_matrix(sparse.diags(1 - share) @ weights + root)


def _rows(grid: Array, closed: bool) -> tuple[Array, Triangles]:
    """A surface over rows [rows, columns, 3], outside where columns x rows points; closed round the columns."""
    rows, columns = grid.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    if closed:
        index = np.concatenate([index, index[:, :1]], axis=1)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)], axis=2).reshape(-1, 3)
    return grid.reshape(-1, 3), faces.astype(np.int32)


def _pleats(rng: np.random.Generator, angles: Array, drop: Array, counts: Sequence[int]) -> Array:
    """Folds round the body, about zero mean: round outside, sharp in the valley; shape [rows, columns].

    They wander a little as they fall by `drop` [m], shape [rows].
    """
    total = np.zeros((len(drop), len(angles)))
    for count in counts:
        phase, bend, wander = rng.uniform(0, 2 * np.pi, 3)
        warp = 0.7 * np.sin(2 * angles + bend) + 0.4 * np.sin(3 * angles + wander)
        swing = 0.35 * np.sin(1.7 * drop + wander)[:, None]
        total += (1 - np.abs(np.cos(count * (angles + 0.1 * swing) / 2 + phase + warp)) ** 1.3) * (7 / count) ** 0.7
    return total - total.mean(axis=1, keepdims=True)


def _gown(figure: _Figure, rng: np.random.Generator) -> tuple[Array, Triangles, Array]:
    """The gown from the shoulders to the floor, and its waistline [columns, 3]."""
    neck, hip = figure.joint("neck01")[1], figure.joint("upperleg01.L")[1]
    waist = hip + 0.62 * (figure.joint("spine03")[1] - hip)
    heights = np.concatenate([np.linspace(_HEM, waist, 46)[:-1], np.linspace(waist, neck - 0.015, 26)])  # (R,)
    angles = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    centres, radii = figure.support(~figure.of([*_ARM, *_HEAD, *_FOOT]), heights, angles)
    low = heights < waist
    girdle = radii[~low][0]  # (C,)
    hips = radii[(heights > hip - 0.12) & low].max(axis=0)
    below = np.clip((waist - heights) / waist, 0, 1)[:, None]  # 0 at the belt, 1 at the hem
    fall = hips * (1 - np.exp(-7 * below)) + (girdle + 0.012) * np.exp(-7 * below)
    hem = 0.335 + 0.03 * np.cos(2 * angles + np.pi)  # wider to the sides than to the front
    skirt = np.maximum(fall + 0.03 * below**0.5, radii + 0.02) * (1 - below) + np.maximum(hem, fall) * below
    above = np.clip((heights - waist) / 0.10, 0, 1)[:, None]
    bodice = radii + 0.014 + 0.020 * np.sin(np.pi * np.clip(above, 0, 1)) + 0.012 * above
    radius = ndimage.gaussian_filter1d(np.where(low[:, None], skirt, bodice), 1.6, axis=0, mode="nearest")
    radius = ndimage.gaussian_filter1d(radius, 2.0, axis=1, mode="wrap")
    depth = np.where(low[:, None], 0.004 + 0.030 * below**0.8, 0.005 * np.exp(-np.abs(heights - waist) / 0.12)[:, None])
    radius += depth * _pleats(rng, angles, waist - heights, (9, 13, 21))
    radius *= 1 - np.clip((heights[:, None] - (neck - 0.07)) / 0.07, 0, 1) * 0.45  # up to the neck under the mantle
    middle = np.where(
        low[:, None], centres[~low][0] * (1 - below) + np.array([0.0, centres[~low][0][1]]) * below, centres
    )
    middle = ndimage.gaussian_filter1d(middle, 4, axis=0, mode="nearest")
    grid = np.stack(
        [
            middle[:, :1] + radius * np.sin(angles),
            np.broadcast_to(heights[:, None], radius.shape),
            middle[:, 1:] + radius * np.cos(angles),
        ],
        axis=-1,
    )  # (R, C, 3)
    points, faces = _rows(grid, closed=True)
    return points, faces, grid[int(low.sum())]


def _mantle(figure: _Figure, rng: np.random.Generator) -> tuple[Array, Triangles]:
    """A short cape from the neck over the shoulders to the upper arms."""
    neck, shoulder = figure.joint("neck01"), figure.joint("upperarm01.L")
    angles = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    heights = np.linspace(shoulder[1] - 0.20, neck[1] + 0.055, 30)
    mask = ~figure.of(["head", "eye", "neck02", "neck03", "lowerarm", "wrist", "metacarpal", "finger"])
    centres, radii = figure.support(mask, heights, angles)
    reach = np.maximum.accumulate(radii[::-1], axis=0)[::-1] + 0.018  # what hangs is as wide as what it hangs on
    t = np.clip((heights - (shoulder[1] + 0.02)) / (neck[1] + 0.055 - shoulder[1] - 0.02), 0, 1)[:, None]
    radius = reach * (1 - t**1.5) + 0.085 * t**1.5
    radius = np.maximum(radius, np.where(t < 1, radii + 0.012, 0.0) * (1 - t**4))
    radius = ndimage.gaussian_filter1d(radius, 1.5, axis=0, mode="nearest")
    radius = ndimage.gaussian_filter1d(radius, 3.0, axis=1, mode="wrap")
    drop = np.clip((shoulder[1] + 0.04 - heights) / 0.24, 0, 1)
    radius += 0.016 * drop[:, None] * _pleats(rng, angles, 3 * drop, (8, 15))
    middle = ndimage.gaussian_filter1d(centres, 5, axis=0, mode="nearest")
    hem = 0.03 * np.cos(angles) ** 2 * (1 - t) ** 2  # longer in front and behind
    grid = np.stack(
        [middle[:, :1] + radius * np.sin(angles), heights[:, None] - hem, middle[:, 1:] + radius * np.cos(angles)],
        axis=-1,
    )
    return _rows(_turned_in(grid), closed=True)


def _turned_in(grid: Array, width: float = 0.012) -> Array:
    """The surface with its first row turned in, as a hem is: cloth has a thickness [m]."""
    middle = grid[0].mean(axis=0)
    inward = middle - grid[0]
    inward[:, 1] = 0
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-9)
    fold = grid[0] + width * inward + np.array([0, 0.35 * width, 0])
    edge = grid[0] + 0.4 * width * inward - np.array([0, 0.25 * width, 0])
    return np.concatenate([fold[None], edge[None], grid])


def _hood(figure: _Figure, rng: np.random.Generator) -> tuple[Array, Triangles]:
    """A deep hood, drawn up: an arch round the face that closes in a seam behind, with soft folds at the nape."""
    skull = figure.points[figure.of(["head", "eye"])]
    top, half = skull[:, 1].max(), np.abs(skull[:, 0]).max()
    front, back = skull[:, 2].max(), skull[:, 2].min()
    foot = figure.joint("neck01")[1] - 0.035
    crown = top + 0.062
    s = np.linspace(0, 1, 34)[:, None]  # from the face to the seam
    u = np.linspace(-1, 1, 49)[None, :]  # from the left, over the top, to the right
    closing = np.sqrt(np.clip(1 - np.clip((s - 0.45) / 0.55, 0, 1) ** 2.2, 0, 1))
    width = (half + 0.046 + 0.010 * np.sin(np.pi * s)) * closing
    arch = np.clip(np.abs(u) / 0.62, 0, 1)  # 0 at the crown, 1 where the sides fall straight
    fall = np.clip((np.abs(u) - 0.62) / 0.38, 0, 1)
    height = crown - 0.085 * s**3.2 - 0.010 * (1 - s) ** 2 - (1 - np.sqrt(1 - 0.97 * arch**2.4)) * 0.150
    base = height[:, :1] * 0 + (crown - 0.180)
    y = np.where(np.abs(u) <= 0.62, height, (base - 0.0) + (foot - base) * fall)
    y = ndimage.gaussian_filter1d(np.broadcast_to(y, (34, 49)).copy(), 1.2, axis=1, mode="nearest")
    x = np.sign(u) * width * np.clip(np.abs(u) / 0.62, 0, 1) ** 0.72 * (1 + 0.42 * fall**1.5)
    depth = (
        (back - 0.070) + 0.045 * np.sin(np.pi * fall) * fall + 0.03 * (1 - arch) ** 2
    )  # the seam lies closer at the nape
    lip = front + 0.012 + 0.055 * (1 - arch) - 0.030 * fall  # the crown juts over the brow
    z = lip + (depth - lip) * s
    folds = (
        0.006 * np.sin(9 * s + 3 * fall + rng.uniform(0, 6)) * np.sin(np.pi * s)
        + 0.007 * np.sin(14 * fall + 5 * s) * fall
    )
    grid = np.stack(np.broadcast_arrays(x * (1 + folds / 0.08), y, z), axis=-1)
    inner = grid[0] * np.array([0.90, 1, 1]) + np.array([0, -0.006, -0.012])
    rolled = grid[0] * np.array([0.97, 1, 1]) + np.array([0, 0.0, 0.007])
    return _rows(np.concatenate([inner[None], rolled[None], grid])[:, ::-1], closed=False)


def _sleeve(figure: _Figure, side: str, rng: np.random.Generator) -> tuple[Array, Triangles]:
    """A bell sleeve from inside the mantle to past the wrist, widest and longest behind the hand."""
    joints = [figure.joint(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist")]
    path = np.array([joints[0] + 0.05 * (joints[0] - joints[1]), *joints, joints[2] + 0.16 * (joints[2] - joints[1])])
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    t = np.linspace(0, 1, 40)  # from the shoulder to the cuff
    line = np.stack([np.interp(t * run[-1], run, path[:, k]) for k in range(3)], axis=-1)
    line = ndimage.gaussian_filter1d(line, 3, axis=0, mode="nearest")  # (40, 3)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    rear = np.array([0.0, 0.0, -1.0]) - along * (along @ np.array([0.0, 0.0, -1.0]))[:, None]
    rear /= np.linalg.norm(rear, axis=1, keepdims=True)
    across = np.cross(rear, along)
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    bell = np.clip((t - 0.45) / 0.55, 0, 1) ** 1.5
    radius = (0.072 + 0.058 * bell)[:, None] * np.ones(48)
    pleats = _pleats(rng, angles, 1.5 * t, (5, 9))
    wrinkles = np.sin(38 * t[:, None] + 1.5 * np.sin(angles) + rng.uniform(0, 6)) * np.exp(
        -(((t[:, None] - 0.5) / 0.2) ** 2)
    )
    radius = radius + (0.003 + 0.013 * bell)[:, None] * pleats + 0.0035 * wrinkles
    lag = (0.040 * bell)[:, None] * (1 + np.cos(angles)) / 2  # the cuff hangs longer behind
    grid = (
        line[:, None]
        + (radius * np.cos(angles) + 0.035 * bell[:, None])[..., None] * rear[:, None]
        + (radius * np.sin(angles))[..., None] * across[:, None]
        + lag[..., None] * along[:, None]
    )  # (40, 48, 3)
    inner = grid[-1] + 0.10 * (line[-1] - grid[-1]) - 0.02 * along[-1]
    edge = grid[-1] + 0.04 * (line[-1] - grid[-1]) + 0.004 * along[-1]
    return _rows(np.concatenate([grid, edge[None], inner[None]]), closed=True)


def _belt(waist: Array) -> tuple[Array, Triangles]:
    """A rope tied round the waist with two ends that hang in front on the left."""
    ring = waist * np.array([1, 1, 1]) + 0.006 * _level(waist - waist.mean(axis=0))
    loop = _tube(np.concatenate([ring, ring[:1]]), 0.0075)
    knot = ring[int(0.05 * len(ring))]
    out = _level(knot - waist.mean(axis=0))
    ends = []
    for shift, length in ((-0.014, 0.42), (0.014, 0.34)):
        drop = np.linspace(0, 1, 14)[:, None]
        path = (
            knot
            + np.array([shift, 0, 0]) * (0.4 + drop)
            + out * (0.012 + 0.075 * drop**0.8)
            - np.array([0, length, 0]) * drop
        )
        ends.append(_tube(path, 0.0062))
    parts, start = [], 0
    for points, faces in [loop, *ends]:
        parts.append((points, faces + start))
        start += len(points)
    return np.concatenate([p for p, _ in parts]), np.concatenate([f for _, f in parts]).astype(np.int32)


def _level(vectors: Array) -> Array:
    """The directions of vectors on the level, unit length."""
    flat = vectors * np.array([1, 0, 1])
    return flat / np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-9)


def _tube(path: Array, radius: float, sides: int = 8) -> tuple[Array, Triangles]:
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    up = np.where(np.abs(along[:, 1:2]) > 0.8, np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 1.0, 0.0]]))
    right = np.cross(along, up)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    over = np.cross(right, along)
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    grid = path[:, None] + radius * (
        np.cos(angles)[None, :, None] * right[:, None] + np.sin(angles)[None, :, None] * over[:, None]
    )
    return _rows(grid, closed=True)
