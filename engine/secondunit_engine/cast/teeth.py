"""Teeth one by one along the dental arch, gums, and the tongue: a mouth that may open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Piece, follow
from secondunit_engine.cast.surface import subdivide, triangulate
from secondunit_engine.world.author import Material

# Width and height of the teeth from the middle outwards [mm] (after Wheeler's dental anatomy).
_UPPER = ((8.4, 10.0), (6.5, 9.0), (7.4, 9.6), (6.8, 8.3), (6.6, 7.8), (9.6, 7.2), (9.0, 6.8))
_LOWER = ((5.2, 8.6), (5.7, 8.8), (6.6, 9.4), (6.8, 8.2), (6.8, 7.8), (10.2, 7.2), (9.8, 6.8))
_ENAMEL = Material(
    "teeth", base=(0.60, 0.53, 0.43), roughness=0.22, specular=0.5, clearcoat=0.5, clearcoat_roughness=0.08
)
_GUM = Material("gums", base=(0.34, 0.105, 0.095), roughness=0.30, specular=0.5, clearcoat=0.4, clearcoat_roughness=0.1)
_TONGUE = Material(
    "tongue", base=(0.40, 0.14, 0.125), roughness=0.38, specular=0.5, clearcoat=0.25, clearcoat_roughness=0.2
)


def build_mouth(body: Body) -> tuple[Piece, ...]:
    """Upper and lower teeth and gums, and the tongue."""
    pieces: list[Piece] = []
    for row, sizes, sign in (("upper", _UPPER, -1.0), ("lower", _LOWER, 1.0)):
        part = body.anatomy.part(f"helper-{row}-teeth")
        guide = body.points[part]
        distance, nearest = KDTree(guide).query(np.zeros((0, 3)), k=4)
        crowns, crown_faces, gums, gum_faces = _row(guide, sizes, sign)
        for name, points, faces, material in (
            (f"{row.title()}Teeth", crowns, crown_faces, _ENAMEL),
            (f"{row.title()}Gums", gums, gum_faces, _GUM),
        ):
            distance, nearest = KDTree(guide).query(points, k=4)
            share = 1 / (distance + 1e-4)
            share /= share.sum(axis=1, keepdims=True)
            rows = np.repeat(np.arange(len(points)), 4)
            matrix = sparse.csr_matrix((share.ravel(), (rows, part[nearest].ravel())), (len(points), len(body.points)))
            weights, actions = follow(body, matrix)
            pieces.append(Piece(name, points, faces, material, weights=weights, actions=actions))
    quads = body.anatomy.groups["helper-tongue"][0]
    fine = subdivide(quads, len(body.points))
    used, renumbered = np.unique(fine.quads, return_inverse=True)
    matrix = sparse.csr_matrix(fine.matrix[used])
    weights, actions = follow(body, matrix)
    faces = triangulate(renumbered.reshape(-1, 4).astype(np.int32))
    pieces.append(Piece("Tongue", matrix @ body.points, faces, _TONGUE, weights=weights, actions=actions))
    return tuple(pieces)


def _row(
    guide: NDArray[np.float64], sizes: tuple[tuple[float, float], ...], sign: float
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]:
    """Crowns and gums of one row; `sign` -1 points down (upper teeth). The arch is a parabola through the guide."""
    front = guide[:, 2].max() - 0.0005
    depth, half = np.ptp(guide[:, 2]), np.ptp(guide[:, 0]) / 2 * 0.86
    edge = guide[:, 1].min() if sign < 0 else guide[:, 1].max()  # biting edge
    scale = half / 0.0285

    span = np.linspace(0, 1, 400)
    arch = np.stack([half * np.sin(span * np.pi / 2) ** 0.9, front - depth * span**2.1], axis=-1)  # (400, 2): x, z
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(arch, axis=0), axis=1))])
    crowns, faces, offset = [], [], 0
    travelled = 0.0
    necks = []
    for index, (width_mm, height_mm) in enumerate(sizes):
        width, height = width_mm * 1e-3 * scale, height_mm * 1e-3 * scale
        middle = travelled + width / 2
        travelled += width
        if middle > length[-1]:
            break
        x, z = (np.interp(middle, length, arch[:, k]) for k in (0, 1))
        ahead = np.array([np.interp(middle + 5e-4, length, arch[:, k]) for k in (0, 1)]) - [x, z]
        along = ahead / np.linalg.norm(ahead)  # outward along the arch
        lift = (0.0, 0.0007, 0.0002, 0.0006, 0.0008, 0.001, 0.0012)[index] * (1 if sign < 0 else 0.6)
        crown, crown_faces = _crown(width * 0.985, height, index, sign)
        for mirror in (1.0, -1.0):
            placed = np.stack(
                [
                    mirror * (x + crown[:, 0] * along[0] + crown[:, 2] * -along[1]),
                    edge + sign * (crown[:, 1] - lift) * -1 if sign > 0 else edge - sign * crown[:, 1] + lift,
                    z + crown[:, 0] * along[1] + crown[:, 2] * along[0],
                ],
                axis=-1,
            )
            turned = crown_faces if mirror * -sign > 0 else crown_faces[:, ::-1]
            crowns.append(placed)
            faces.append(turned + offset)
            offset += len(placed)
        necks.append((middle, height))
    gums, gum_faces = _gums(arch, length, np.asarray(necks), edge, sign)
    return np.concatenate(crowns), np.concatenate(faces).astype(np.int32), gums, gum_faces


def _crown(width: float, height: float, index: int, sign: float) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """One tooth: x across, y from the biting edge (0) to the gum, z outwards. Points [N, 3] and faces [T, 3]."""
    rows, around = 12, 20
    t = np.linspace(0, 1, rows)[:, None]  # biting edge to neck
    angle = np.arange(around) * (2 * np.pi / around)
    thick = (0.0030, 0.0030, 0.0044, 0.0058, 0.0062, 0.0078, 0.0078)[index]
    power = 0.55  # superellipse: flat faces, round corners
    cx = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** power
    cz = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** power
    rounding = np.clip(1 - (1 - t / 0.10) ** 2, 0, 1) ** 0.5 * (t < 0.10) + (t >= 0.10)
    across = (
        width
        / 2
        * (0.88 + 0.12 * np.sin(np.clip(t * 2.2, 0, np.pi / 2)) - 0.14 * np.clip(t - 0.55, 0, 1))
        * (0.80 + 0.20 * rounding)
    )
    deep = thick / 2 * (0.40 + 0.60 * np.clip(t * 1.8, 0, 1)) * (0.35 + 0.65 * rounding)
    if index == 2:  # a canine comes to a soft point
        across = across * (0.72 + 0.28 * np.clip(t * 4, 0, 1))
    bulge = 0.0007 * np.sin(np.pi * np.clip(t, 0, 1))
    points = np.stack(
        [across * cx, np.broadcast_to(t * height, (rows, around)), deep * cz + bulge], axis=-1
    )  # (R, A, 3)
    grid = np.arange(rows * around).reshape(rows, around)
    a, b = grid[:-1], grid[1:]
    c, d = np.roll(b, -1, axis=1), np.roll(a, -1, axis=1)
    sides = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    tip = rows * around
    cap = np.stack([np.full(around, tip), grid[0], np.roll(grid[0], -1)], -1)
    points = np.concatenate([points.reshape(-1, 3), [[0, 0, 0]]])
    return points, np.concatenate([sides, cap]).astype(np.int32)


def _gums(
    arch: NDArray[np.float64], length: NDArray[np.float64], necks: NDArray[np.float64], edge: float, sign: float
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """A scalloped ridge over the necks of the teeth."""
    steps, around = 160, 10
    s = np.linspace(-necks[-1, 0], necks[-1, 0], steps)
    x = np.sign(s) * np.interp(np.abs(s), length, arch[:, 0])
    z = np.interp(np.abs(s), length, arch[:, 1])
    height = np.interp(np.abs(s), necks[:, 0], necks[:, 1])
    gap = np.abs(np.abs(s)[:, None] - necks[None, :, 0]).min(axis=1)
    scallop = np.clip(gap / 0.0038, 0, 1) ** 2 * 0.0022  # papillae reach down between the teeth
    low = edge - sign * (height * 0.84 - scallop)
    tangent = np.stack([np.gradient(x), np.gradient(z)], -1)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    outward = np.stack([-tangent[:, 1], tangent[:, 0]], -1)  # (S, 2)
    angle = np.linspace(-np.pi / 2, np.pi * 0.5, around)
    r = 0.0034
    rise = (np.sin(angle) + 1) * r * 1.6
    out = np.cos(angle) * r * 0.72 + 0.0008
    points = np.stack(
        [
            x[:, None] + outward[:, :1] * out,
            low[:, None] - sign * rise,
            z[:, None] + outward[:, 1:] * out,
        ],
        axis=-1,
    )  # (S, A, 3)
    grid = np.arange(steps * around).reshape(steps, around)
    a, b, c, d = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    return points.reshape(-1, 3), (faces if sign < 0 else faces[:, ::-1]).astype(np.int32)
