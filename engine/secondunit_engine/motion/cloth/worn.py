"""What somebody wears, hung on them as they act: the pieces of a person that hang, as one cloth over their skin.

The simulation is that of a motion intensity of 1. A lower one brings each point so much nearer to where the skin alone
would carry it, and out of the body again: so one simulation serves every intensity, and 0 is the keyed drape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from secondunit_engine.cast.person import Person
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing
from secondunit_engine.cast.surface import triangulate, vertex_normals
from secondunit_engine.motion.cloth.body import Skin
from secondunit_engine.motion.cloth.cache import hung
from secondunit_engine.motion.cloth.fabric import Cloth, Fabric
from secondunit_engine.motion.cloth.simulate import CREVICE, GAP, simulate_cloth
from secondunit_engine.motion.wind import Wind
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.products import ProductStore
from secondunit_engine.world.author import Material

Array = NDArray[np.floating]
Indices = NDArray[np.integer]

_BARE: Final = ("head", "eye", "jaw", "tongue", "finger", "metacarpal", "oris", "levator", "special", "temporalis",
                "orbicularis", "risorius")  # fmt: skip
_SHOE: Final = 0.011  # m that shoes stand off the foot
_RUN_UP: Final = 1.0  # s that cloth has to settle before a shot begins


@dataclass(frozen=True, eq=False)
class Wearing:
    """A person's hanging cloth over the frames of a shot, everything in the world.

    rows: Which points of each piece it is made of; parts: which of its points they are. What is sewn on all round is
    not simulated. run_up: Frames before the shot.
    """

    cloth: Cloth
    skin: Skin
    rows: dict[str, Indices]
    parts: dict[str, slice]
    run_up: int

    @property
    def keyed(self) -> Array:
        """Where skin alone would carry its points in the shot's frames [m], shape [F, N, 3]."""
        return self.cloth.keyed[self.run_up :]


def wearing(person: Person, poses: Poses, roots: Array, seconds: float, *, settling: float = _RUN_UP) -> Wearing | None:
    """What of a person hangs, as their bones move by `poses` and their own space by `roots` (column vectors, shape
    [F, 4, 4]), a frame every `seconds`, with so much time before to settle [s]; None if nothing does."""
    rows = {piece.name: _loose(piece) for piece in person.pieces if piece.hang is not None}
    hanging = [_part(piece, rows[piece.name]) for piece in person.pieces if piece.hang is not None]
    if not hanging:
        return None
    stand = Poses(pose_bones(person.body, standing(person.body), 1), {})
    starts = np.cumsum([0] + [len(piece.points) for piece in hanging])
    faces = [piece.triangles + start for piece, start in zip(hanging, starts, strict=False)]
    run_up = max(1, round(settling / seconds))
    cloth = Cloth(
        rest=np.concatenate([pose_points(piece, stand)[0] for piece in hanging]),
        triangles=np.concatenate(faces).astype(np.int32),
        keyed=_run_up(_in_world([pose_points(piece, poses) for piece in hanging], roots), roots, run_up),
        hang=np.concatenate([piece.hang for piece in hanging if piece.hang is not None]),
        fabric=Fabric(),
    )
    under = _shod(person)
    body = _run_up(_in_world([pose_points(under, poses)], roots), roots, run_up)
    parts = {p.name: slice(a, b) for p, a, b in zip(hanging, starts[:-1].tolist(), starts[1:].tolist(), strict=True)}
    return Wearing(cloth, Skin(body, under.triangles), rows, parts, run_up)


def hang_clothes(
    shot: ShotPlan, person: Person, poses: Poses, roots: Array, wind: Wind, store: ProductStore | None
) -> dict[str, NDArray[np.float32]]:
    """Where the pieces of a person that hang, or lie on what does, are in their own space [m], shape [F, N, 3] each; as
    `wearing` is told. Nothing at an intensity of 0, where the skin alone carries them."""
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    worn = wearing(person, poses, roots, seconds) if shot.motion.intensity > 0 else None
    if worn is None:
        return {}
    floor = float(roots[:, 1, 3].min())
    told = (wind, seconds, floor)
    full = hung(store, person.member.name, worn.cloth, worn.skin, told, lambda: hang(worn, seconds, wind, floor))
    away = scaled(worn, full, shot.motion.intensity) - worn.keyed
    away = np.einsum("fji,fnj->fni", roots[:, :3, :3], away)  # in the person's own space
    pieces = {piece.name: piece for piece in person.pieces}
    found: dict[str, NDArray[np.float32]] = {}
    for piece in person.pieces:
        name = piece.rides or piece.name
        if name not in worn.parts:
            continue
        points, off, rows = pose_points(piece, poses), away[:, worn.parts[name]], worn.rows[name]
        if piece.rides:
            points = _ridden(piece, points, pieces[name], rows, off)
        else:
            points[:, rows] += off
        found[piece.name] = points.astype(np.float32)
    return found


def hang(worn: Wearing, seconds: float, wind: Wind, floor: float) -> NDArray[np.float32]:
    """Where what is worn hangs in each frame of the shot [m], shape [F, N, 3], over a floor at this height."""
    found = simulate_cloth(worn.cloth, worn.skin, seconds, wind, start=-worn.run_up * seconds, floor=floor)
    return found.points[worn.run_up :].astype(np.float32)


def scaled(worn: Wearing, full: NDArray[np.float32], intensity: float) -> Array:
    """The simulation `full` at a motion intensity, shape [F, N, 3]."""
    keyed = worn.keyed
    if intensity <= 0:
        return keyed
    mixed = keyed + intensity * (full - keyed)
    gap, movable = np.full(mixed.shape[1], GAP), (worn.cloth.hang > 0).astype(float)
    for frame in range(len(mixed)):
        for share in CREVICE:
            mixed[frame], _ = worn.skin.clear(mixed[frame], share * gap, frame + worn.run_up, movable)
    return mixed


def _ridden(piece: Piece, points: Array, under: Piece, rows: Indices, away: Array) -> Array:
    """A piece that lies on hanging cloth, keyed at `points` [F, P, 3], goes along as what is under it: the points
    `rows` of that have strayed by `away` [F, R, 3] from where they are keyed."""
    distance, found = KDTree(under.points).query(piece.points, k=4)
    near = np.asarray(found, np.int32)
    share = 1 / (distance + 0.004)
    share /= share.sum(axis=1, keepdims=True)
    index = np.repeat(np.arange(len(near)), 4)
    blend = sparse.csr_matrix((share.ravel(), (index, near.ravel())), (len(near), len(under.points)))[:, rows]
    return np.array([each + blend @ off for each, off in zip(points, away, strict=True)])


def _loose(piece: Piece) -> Indices:
    """The points of the triangles that are not sewn on all round."""
    assert piece.hang is not None
    return np.unique(piece.triangles[(piece.hang[piece.triangles] > 0).any(axis=1)])


def _part(piece: Piece, rows: Indices) -> Piece:
    """The part of a hanging piece that has these points."""
    assert piece.hang is not None
    assert piece.weights is not None
    number = np.full(len(piece.points), -1, np.int32)
    number[rows] = np.arange(len(rows))
    triangles = number[piece.triangles]
    return replace(
        piece, points=piece.points[rows], triangles=triangles[(triangles >= 0).all(axis=1)], hang=piece.hang[rows],
        weights=sparse.csr_matrix(piece.weights[rows]), actions={},
    )  # fmt: skip


def _shod(person: Person) -> Piece:
    """The body that cloth may touch, unrefined, its feet as wide as in shoes."""
    anatomy = person.body.anatomy
    quads = anatomy.groups["body"][0]
    owner = np.asarray(anatomy.weights.argmax(axis=1)).ravel()
    left_out = np.array([name.startswith(_BARE) for name in anatomy.bones])[owner]  # (N,)
    used, numbered = np.unique(quads[~left_out[quads].all(axis=1)], return_inverse=True)
    weights = sparse.csr_matrix(anatomy.weights[used])
    triangles = triangulate(numbered.reshape(-1, 4).astype(np.int32))
    foot = weights @ np.array([name.startswith(("foot", "toe")) for name in anatomy.bones], float)  # (N,)
    points = person.body.points[used]
    points = points + _SHOE * foot[:, None] * vertex_normals(points, triangles)
    return Piece("Under", points, triangles, Material("none"), weights=weights)


def _in_world(pieces: list[Array], roots: Array) -> Array:
    """Points in a person's own space, shape [F, N, 3] each, together in the world."""
    points = np.concatenate(pieces, axis=1)
    return np.einsum("fij,fnj->fni", roots[:, :3, :3], points) + roots[:, None, :3, 3]


def _run_up(points: Array, roots: Array, frames: int) -> Array:
    """The points with `frames` more before them, in which the person comes along as fast as they go at first."""
    drift = roots[1, :3, 3] - roots[0, :3, 3] if len(roots) > 1 else np.zeros(3)
    before = points[0] + np.arange(-frames, 0)[:, None, None] * drift
    return np.concatenate([before, points])
