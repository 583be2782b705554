"""Hair that hangs: guide hairs that follow the head, and the locks between them.

A few guides, chosen over the scalp, are strands of inextensible links with the shape they grew in as a spring, softer
towards the tips (after Mueller, Kim and Chentanez, "Fast simulation of inextensible hair and fur", 2012). Gravity acts
by how far the head is tilted from where the hair was combed, so that at rest nothing moves. Every lock goes as the
guides nearest to its root do, each knot by its number, scaled by the motion's intensity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.person import Person
from secondunit_engine.cast.piece import Piece, Poses, pose_points
from secondunit_engine.cast.surface import triangulate, vertex_normals
from secondunit_engine.motion.cloth.body import Skin
from secondunit_engine.motion.cloth.kernels import keep_lengths, push_out
from secondunit_engine.motion.wind import Wind
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.author import Material

Array = NDArray[np.floating]
Indices = NDArray[np.integer]

GUIDES: Final = 200
_ROOT: Final = 3  # knots that the comb holds
_STEP: Final = 1 / 480  # s
_SWING: Final = (4.0, 0.9)  # Hz at which a strand swings about its shape, at its root and its tip
_DAMPED: Final = 0.28  # of critical, of that
_DRAG: Final = 0.7  # 1/s at which air takes a lock along
_CLEAR: Final = 0.003  # m that it keeps from skin, or as little as it was combed to
_NEAR: Final = 4  # guides that a lock follows
_RUN_UP: Final = 0.5  # s that it has to settle before a shot begins
_HANGS: Final = 0.32  # m below the neck that hair reaches
_CLOTHES: Final = 0.009  # m that clothes stand off the shoulders
_DOWN: Final = np.array([0.0, -9.81, 0.0])


@dataclass(frozen=True, eq=False)
class Guides:
    """Guide hairs at rest [m], shape [G, K, 3], and which each lock follows by what share, shape [L, 4] each."""

    paths: Array
    near: NDArray[np.int32]
    share: Array


def choose_guides(hair: Piece, count: int = GUIDES) -> Guides:
    """Guides among the locks of a piece of hair, spread over the scalp: each the furthest from those before it."""
    assert hair.locks is not None
    paths = hair.points.reshape(*hair.locks, -1, 3)[:, :, hair.points.size // (6 * hair.locks[0] * hair.locks[1])]
    roots = paths[:, 1]
    picked, away = [0], np.linalg.norm(roots - roots[0], axis=1)
    while len(picked) < min(count, len(paths)):
        picked.append(int(away.argmax()))
        away = np.minimum(away, np.linalg.norm(roots - roots[picked[-1]], axis=1))
    number = min(_NEAR, len(picked))
    distance, near = KDTree(roots[picked]).query(roots, k=number)
    share = 1 / (np.reshape(distance, (-1, number)) + 0.002) ** 2
    return Guides(
        paths[picked], np.reshape(near, (-1, number)).astype(np.int32), share / share.sum(axis=1, keepdims=True)
    )


def sway(guides: Guides, head: Array, skin: Skin, seconds: float, wind: Wind, run_up: int) -> Array:
    """How far each knot of the guides is from where the head carries it, in the head's own axes [m], shape
    [F, G, K, 3].

    `head` takes the head at rest to the world, column vectors, shape [F, 4, 4]; `skin` is the body in the same frames,
    which are `seconds` of story time apart. The first `run_up` frames are simulated and left out.
    """
    many, knots = guides.paths.shape[:2]
    turn = head[:, :3, :3]
    flat = guides.paths.reshape(-1, 3)
    keyed = np.einsum("fij,nj->fni", turn, flat) + head[:, None, :3, 3]
    along = np.tile(np.clip((np.arange(knots) - _ROOT + 1) / (knots - _ROOT), 0, 1), many)
    free = (along > 0).astype(float)
    swing = 2 * np.pi * (_SWING[0] + (_SWING[1] - _SWING[0]) * np.sqrt(along))
    index = np.arange(many * knots).reshape(many, knots)
    links = np.stack([index[:, :-1], index[:, 1:]], axis=-1).reshape(-1, 2).astype(np.int32)
    lengths = np.linalg.norm(flat[links[:, 0]] - flat[links[:, 1]], axis=1)
    gap = _combed(keyed[0], skin)
    x, v = keyed[0].copy(), np.zeros_like(keyed[0])
    steps = max(1, int(np.ceil(seconds / _STEP - 1e-9)))
    found = [x.copy()]
    for frame in range(len(head) - 1):
        tilted = _DOWN - turn[frame] @ _DOWN
        air = wind.at(x, (frame - run_up) * seconds)
        near = skin.near(x, (skin.points[frame] + skin.points[frame + 1]) / 2)
        _advance(
            x, v, free, links, lengths, keyed[frame : frame + 2], swing, tilted, air, near, skin.starts, skin.around,
            skin.triangles, skin.points[frame : frame + 2], skin.normals[frame : frame + 2], gap,
            seconds / steps, steps,
        )  # fmt: skip
        found.append(x.copy())
    away = np.einsum("fji,fnj->fni", turn, np.array(found) - keyed)
    return away[run_up:].reshape(-1, many, knots, 3)


def follow_guides(hair: Piece, guides: Guides, away: Array, intensity: float) -> NDArray[np.float32]:
    """The points of a piece of hair in the head's own axes [m], shape [F, N, 3], as its guides are `away`."""
    assert hair.locks is not None
    rest = hair.points.reshape(*hair.locks, -1, 3)
    result = np.empty((len(away), len(hair.points), 3), np.float32)
    for frame, each in enumerate(away):
        off = np.einsum("ln,lnki->lki", guides.share, each[guides.near])  # (L, K, 3)
        result[frame] = (rest + intensity * off[:, :, None]).reshape(-1, 3)
    return result


def sway_hair(shot: ShotPlan, person: Person, poses: Poses, roots: Array, wind: Wind) -> dict[str, NDArray[np.float32]]:
    """Where the points of somebody's hanging hair are in the head's own axes [m], shape [F, N, 3] by the piece's name,
    as their bones move by `poses` and their own space by `roots` (column vectors, shape [F, 4, 4]). Nothing where none
    hangs, or at a motion intensity of 0, where it rides on the head."""
    found: dict[str, NDArray[np.float32]] = {}
    hair = next((piece for piece in person.pieces if piece.locks is not None), None)
    if hair is None or shot.motion.intensity <= 0:
        return found
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    run_up = max(1, round(_RUN_UP / seconds))
    bone = poses.bones[:, person.body.anatomy.bone(hair.bone)]  # (F, 3, 4)
    head = roots @ np.concatenate([bone, np.broadcast_to([[[0.0, 0, 0, 1]]], (len(bone), 1, 4))], axis=1)
    drift = np.array(roots[min(1, len(roots) - 1), :3, 3] - roots[0, :3, 3])
    before = np.repeat(head[:1], run_up, axis=0)
    before[:, :3, 3] += np.arange(-run_up, 0)[:, None] * drift
    under = _shoulders(person)
    body = np.einsum("fij,fnj->fni", roots[:, :3, :3], pose_points(under, poses)) + roots[:, None, :3, 3]
    body = np.concatenate([body[0] + np.arange(-run_up, 0)[:, None, None] * drift, body])
    guides = choose_guides(hair)
    away = sway(guides, np.concatenate([before, head]), Skin(body, under.triangles), seconds, wind, run_up)
    return {hair.name: follow_guides(hair, guides, away, shot.motion.intensity)}


def _shoulders(person: Person) -> Piece:
    """The head, the neck and the shoulders, as wide as in clothes, unrefined."""
    anatomy, points = person.body.anatomy, person.body.points
    quads = anatomy.groups["body"][0]
    low = person.body.joints[anatomy.bone("neck01"), 1] - _HANGS
    used, numbered = np.unique(quads[(points[quads, 1] > low).all(axis=1)], return_inverse=True)
    weights = sparse.csr_matrix(anatomy.weights[used])
    triangles = triangulate(numbered.reshape(-1, 4).astype(np.int32))
    bare = np.array(
        [not name.startswith(("spine", "clavicle", "shoulder", "upperarm", "breast")) for name in anatomy.bones]
    )
    clothed = 1 - np.clip(np.asarray(weights @ bare.astype(float)), 0, 1)  # (N,)
    wide = points[used] + _CLOTHES * clothed[:, None] * vertex_normals(points[used], triangles)
    return Piece("Under", wide, triangles, Material("none"), weights=weights)


def _combed(places: Array, skin: Skin) -> Array:
    """The distance that each knot keeps from the skin [m]: what it was combed to, if that is less than usual."""
    lifted, _ = skin.clear(places, np.full(len(places), _CLEAR), 0, np.ones(len(places)))
    return _CLEAR - np.minimum(np.linalg.norm(lifted - places, axis=1), 0.02)


@njit(cache=True)
def _advance(
    x: Array, v: Array, free: Array, links: Indices, lengths: Array, keyed: Array, swing: Array, tilted: Array,
    air: Array, near: Indices, starts: Indices, around: Indices, triangles: Indices, body: Array, normals: Array,
    gap: Array, h: float, steps: int,
) -> None:  # fmt: skip
    """`steps` steps of `h` seconds, in place."""
    compliance = np.zeros(len(links))
    points = body[0].copy()
    for step in range(steps):
        share = (step + 1) / steps
        before = x.copy()
        points_before = points
        points = body[0] + (body[1] - body[0]) * share
        facing = normals[0] + (normals[1] - normals[0]) * share
        for p in range(len(x)):
            for i in range(3):
                target = keyed[0, p, i] + (keyed[1, p, i] - keyed[0, p, i]) * share
                if free[p] == 0.0:
                    x[p, i] = target
                    continue
                carried = (keyed[1, p, i] - keyed[0, p, i]) / (steps * h)
                v[p, i] += h * (
                    tilted[i] + swing[p] ** 2 * (target - x[p, i]) - 2 * _DAMPED * swing[p] * (v[p, i] - carried)
                    + _DRAG * (air[p, i] - v[p, i])
                )  # fmt: skip
                x[p, i] += h * v[p, i]
        keep_lengths(x, free, links, lengths, compliance, h, False)
        keep_lengths(x, free, links, lengths, compliance, h, True)
        push_out(x, before, free, gap, 0.1, near, starts, around, triangles, points, points_before, facing)
        for p in range(len(x)):
            for i in range(3):
                v[p, i] = (x[p, i] - before[p, i]) / h
