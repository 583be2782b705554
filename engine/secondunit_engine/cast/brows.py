"""Brows and lashes: tufts as flat, pointed ribbons that follow the face.

A tuft is about a pixel wide in a close-up; single hairs would only be noise to the denoiser.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Piece, follow
from secondunit_engine.cast.scalp import Scalp
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import Material

Array = NDArray[np.float64]


def build_brows(scalp: Scalp, body: Body, rng: np.random.Generator, material: Material, member: CastPlan) -> Piece:
    """Tufts along the ridge over each eye: upright near the nose, lying outwards at the tail.

    They are placed on the template, as the skin's painted brows are, so that both lie on each other.
    """
    eye = body.anatomy.points[body.anatomy.part("helper-l-eye")].mean(axis=0)
    count, knots = 190, 4
    front = np.flatnonzero((scalp.normals[:, 2] > 0.1) & (scalp.height > 0.004) & (scalp.height < 0.05))
    tree = KDTree(scalp.template[front, :2])
    bundles = []
    thick = 0.0062 - 0.0016 * member.gender
    for sign in (1.0, -1.0):
        t = rng.beta(1.15, 1.35, count)
        x = eye[0] - 0.0185 + 0.043 * t
        arch = (
            0.0175
            + 0.0072 * np.sin(np.clip(t * 1.28, 0, 1.3) * np.pi / 2) ** 1.4
            - 0.0085 * np.clip(t - 0.66, 0, 1) ** 1.0
        )
        half = thick * (0.95 - 0.72 * t**1.6) * (0.55 + 0.45 * np.clip(t * 7, 0, 1))
        y = eye[1] + arch + half * rng.uniform(-0.5, 0.5, count)
        _, near = tree.query(np.stack([sign * x, y], axis=1), k=3)
        ids = front[near]  # (count, 3)
        root = scalp.points[ids].mean(axis=1)
        root[:, :2] += np.stack([sign * x, y], axis=1) - scalp.template[ids, :2].mean(axis=1)
        normal = scalp.normals[ids].mean(axis=1)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        flow = np.radians(74 - 92 * np.clip(t * 1.35, 0, 1) + rng.normal(0, 9, count))
        along = np.stack([sign * np.cos(flow), np.sin(flow), np.zeros(count)], axis=1)
        along -= (along * normal).sum(axis=1, keepdims=True) * normal
        length = rng.uniform(0.0055, 0.0082, count) * (1 - 0.35 * t)
        k = np.linspace(0, 1, knots)[None, :, None]
        strands = (
            root[:, None] - normal[:, None] * 0.0006
            + along[:, None] * k * length[:, None, None]
            + normal[:, None] * (0.0013 * k - 0.0007 * k**2)
        )  # fmt: skip
        bundles.append((strands, ids))
    strands = np.concatenate([s for s, _ in bundles])
    ids = np.concatenate([i for _, i in bundles])
    return _rooted("Brows", strands, 0.00085, scalp.normals[ids].mean(axis=1), scalp.matrix, ids, body, material)


def build_lashes(body: Body, rng: np.random.Generator, material: Material, member: CastPlan) -> Piece:
    """Tufts on the edges of MakeHuman's lash helpers: a soft line, no clutter."""
    anatomy, knots = body.anatomy, 5
    all_strands, all_ids = [], []
    for side in "lr":
        for row, count, reach in (("2", 24, 0.0060), ("1", 8, 0.0020)):  # upper, lower
            part = anatomy.part(f"helper-{side}-eyelashes-{row}")
            points = body.points[part]
            centre = body.joints[anatomy.bone(f"eye.{side.upper()}")]
            span = np.linalg.norm(points - centre, axis=1)
            lid = part[span < np.quantile(span, 0.40)]  # the row that touches the lid
            order = lid[np.argsort(body.points[lid, 0])]
            where = rng.uniform(0.04, 0.96, count) * (len(order) - 1)
            low = np.clip(where.astype(int), 0, len(order) - 2)
            share = (where - low)[:, None]
            ids = np.stack([order[low], order[low + 1], order[low]], axis=1)
            root = body.points[ids[:, 0]] * (1 - share) + body.points[ids[:, 1]] * share
            out = root - centre
            out /= np.linalg.norm(out, axis=1, keepdims=True)
            up = 1.0 if row == "2" else -0.55
            sign = 1.0 if side == "l" else -1.0
            outer = (where / (len(order) - 1) if side == "l" else 1 - where / (len(order) - 1))[:, None]
            fan = np.array([sign, 0, 0]) * (outer - 0.35) * 0.7
            length = (
                reach
                * (0.62 + 0.50 * np.sin(np.pi * np.clip(outer * 0.85 + 0.12, 0, 1)))
                * rng.uniform(0.8, 1.1, (count, 1))
            )
            length *= 0.62 + 0.38 * member.gender
            k = np.linspace(0, 1, knots)[None, :, None]
            first = (np.array([0, 0, 0.75]) + out * 0.55 + fan + rng.normal(0, 0.06, (count, 3)))[:, None]
            curl = np.array([0, up, 0.15])
            all_strands.append(root[:, None] + length[:, None] * (first * k * 0.8 + curl * k**2 * 0.62))
            all_ids.append(ids)
    strands, ids = np.concatenate(all_strands), np.concatenate(all_ids)
    identity = sparse.csr_matrix(sparse.identity(len(body.points)))
    faces = np.broadcast_to([0.0, 0.35, 1.0], (len(strands), 3))
    return _rooted("Lashes", strands, 0.0007, faces, identity, ids, body, material)


def _rooted(
    name: str,
    tufts: Array,
    width: float,
    facing: Array,
    matrix: sparse.csr_matrix,
    ids: NDArray[np.intp],
    body: Body,
    material: Material,
) -> Piece:
    """Tufts [T, K, 3] as pointed ribbons that face `facing` [T, 3] and are `width` [m] wide.

    Each moves with the points it grows from (`ids` [T, 3], rows of `matrix`).
    """
    count, knots = tufts.shape[:2]
    side = np.cross(np.gradient(tufts, axis=1), facing[:, None])
    side /= np.maximum(np.linalg.norm(side, axis=-1, keepdims=True), 1e-9)
    half = 0.5 * width * np.sin(np.linspace(0.35, 1.0, knots) * np.pi)[None, :, None] ** 0.8  # slim root, pointed tip
    points = np.stack([tufts - side * half, tufts + side * half], axis=2)  # (T, K, 2, 3)
    index = np.arange(count * knots * 2).reshape(count, knots, 2)
    a, b, c, d = index[:, :-1, 0], index[:, 1:, 0], index[:, 1:, 1], index[:, :-1, 1]
    faces = np.concatenate([np.stack([a, d, c], -1).reshape(-1, 3), np.stack([a, c, b], -1).reshape(-1, 3)])
    rows = np.repeat(np.arange(count), 3)
    mean = sparse.csr_matrix((np.full(count * 3, 1 / 3), (rows, ids.ravel())), (count, matrix.indptr.size - 1))
    mean = sparse.csr_matrix(mean @ matrix)
    weights, actions = follow(body, sparse.csr_matrix(mean[np.repeat(np.arange(count), knots * 2)]))
    return Piece(name, points.reshape(-1, 3), faces.astype(np.int32), material, weights=weights, actions=actions)
