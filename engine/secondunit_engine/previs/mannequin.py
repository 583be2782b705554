"""The people of the previs: the cast's own bodies and clothes at rest, light enough to pose at every frame.

Body, garments and face are the cast's (`cast/`), without the fine skin, the teeth and the strands of hair: hair is a
shape of its colour. A point follows at most four bones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from secondunit_engine.cast.body import Body, build_body
from secondunit_engine.cast.brows import build_brows
from secondunit_engine.cast.garments import build_garments, covered
from secondunit_engine.cast.hair import hair_tint
from secondunit_engine.cast.piece import Piece
from secondunit_engine.cast.scalp import Scalp, measure_scalp
from secondunit_engine.cast.surface import triangulate
from secondunit_engine.color import from_rec709
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.previs.solids import Solid
from secondunit_engine.world.author import Material

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Array = NDArray[np.float64]
_LIGHT_SKIN, _DARK_SKIN = (0.56, 0.33, 0.235), (0.085, 0.042, 0.026)
_LIPS = (0.32, 0.09, 0.075)
_WHITE, _IRIS = (0.62, 0.6, 0.57), (0.035, 0.022, 0.015)


@dataclass(frozen=True)
class Mannequin:
    """A person at rest: points [m], shape [N, 3]; triangles [T, 3]; materials: a row of `colors` per triangle [T];
    colors ACEScg [M, 3]; bones and weights, four a point [N, 4]; the body that names the bones."""

    points: Floats
    triangles: Ints
    materials: Ints
    colors: Floats
    bones: Ints
    weights: Floats
    body: Body

    def pose(self, transforms: Array) -> Solid:
        """The person under bone transforms [bones, 3, 4], in their own axes (facing +Z)."""
        points = _bend(self.points, self.bones, self.weights, transforms.astype(np.float32))
        normals = _normals(points, self.triangles)
        uvs = np.zeros((len(points), 2), np.float32)
        return Solid(points, normals, uvs, self.triangles, self.materials)


def mannequin_of(member: CastPlan) -> Mannequin:
    """The mannequin of a cast member, whatever their mood and mark."""
    return _mannequin(replace(member, mark="", emotion="neutral", intensity=0.5))


@lru_cache(maxsize=32)
def _mannequin(member: CastPlan) -> Mannequin:
    body = build_body(member)
    garments = _tucked(build_garments(member, body))
    scalp = measure_scalp(body)
    tint = hair_tint(member)
    brow = Material("brow", base=tuple((np.asarray(tint) * 0.6).tolist()))  # type: ignore[arg-type]
    rng = np.random.Generator(np.random.PCG64([member.seed, 43]))
    pieces = [*_skin(member, body), *_eyes(body), build_brows(scalp, body, rng, brow, member), *garments]
    hooded = "robe" in member.wardrobe or "cloak" in member.wardrobe
    if "bald" not in member.hair and not hooded:  # under a hood that is up nothing of it shows
        pieces += _hair(member, body, scalp, tint)
    return _assemble(body, pieces)


def _tucked(garments: tuple[Piece, ...]) -> list[Piece]:
    """The garments without the part of the trousers that the top hides: at a previs' size both would show through."""
    hem = min((float(piece.points[:, 1].min()) for piece in garments if piece.name == "Top"), default=np.inf)
    kept = []
    for piece in garments:
        if piece.name == "Trousers":
            low = piece.points[piece.triangles, 1].min(axis=1)  # (T,)
            piece = replace(piece, triangles=piece.triangles[low < hem + 0.05])
        kept.append(piece)
    return kept


def _assemble(body: Body, pieces: list[Piece]) -> Mannequin:
    points, triangles, materials, colors, bones, weights = [], [], [], [], [], []
    first = 0
    for row, piece in enumerate(pieces):
        chosen, shares = _strongest(body, piece)
        points.append(piece.points.astype(np.float32))
        triangles.append(piece.triangles.astype(np.int32) + np.int32(first))
        materials.append(np.full(len(piece.triangles), row, np.int32))
        colors.append(from_rec709(piece.material.base))
        bones.append(chosen)
        weights.append(shares)
        first += len(piece.points)
    return Mannequin(
        np.concatenate(points), np.concatenate(triangles), np.concatenate(materials),
        np.array(colors, np.float32), np.concatenate(bones), np.concatenate(weights), body,
    )  # fmt: skip


def _strongest(body: Body, piece: Piece) -> tuple[Ints, Floats]:
    """The four bones that move each point most, and their shares, [N, 4] each."""
    if piece.weights is None:
        bones = np.zeros((len(piece.points), 4), np.int32)
        bones[:, 0] = body.anatomy.bone(piece.bone)
        return bones, np.tile(np.array([1, 0, 0, 0], np.float32), (len(piece.points), 1))
    dense = piece.weights.toarray()  # (N, B)
    order = np.argsort(-dense, axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(dense, order, axis=1)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    return order.astype(np.int32), shares.astype(np.float32)


def _skin(member: CastPlan, body: Body) -> list[Piece]:
    """The skin that shows, lips apart."""
    anatomy = body.anatomy
    quads = anatomy.groups["body"][0]
    hidden = covered(member, anatomy, anatomy.points)
    shown = quads[~hidden[quads].all(axis=1)]
    used, numbers = np.unique(shown, return_inverse=True)
    faces = triangulate(numbers.reshape(-1, 4).astype(np.int32))
    dark = float(np.clip(member.melanin * 1.1 - 0.1, 0, 1)) ** 0.8
    color = np.array(_LIGHT_SKIN) ** (1 - dark) * np.array(_DARK_SKIN) ** dark
    lips = np.asarray(_lips(body, used)[faces].all(axis=1), bool)
    weights = sparse.csr_matrix(anatomy.weights[used])

    def piece(name: str, which: NDArray[np.bool_], base: Array) -> Piece:
        r, g, b = base.tolist()
        return Piece(name, body.points[used], faces[which], Material(name, base=(r, g, b)), weights=weights)

    rosy = 0.55 * np.array(_LIPS) + 0.45 * color if dark < 0.6 else color * 0.75
    return [piece("Skin", ~lips, color), piece("Lips", lips, rosy)]


def _lips(body: Body, used: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which points lie about the mouth's opening: near the front teeth, on the face's surface."""
    anatomy = body.anatomy
    teeth = anatomy.points[np.concatenate([anatomy.part("helper-upper-teeth"), anatomy.part("helper-lower-teeth")])]
    middle = np.array([0.0, teeth[:, 1].mean(), teeth[:, 2].max()])
    offset = anatomy.points[used] - middle
    return (np.abs(offset[:, 1]) < 0.0095) & (np.abs(offset[:, 0]) < 0.024) & (np.abs(offset[:, 2] - 0.006) < 0.016)


def _eyes(body: Body) -> list[Piece]:
    pieces = []
    for side in "LR":
        quads = body.anatomy.groups[f"helper-{side.lower()}-eye"][0]
        used, numbers = np.unique(quads, return_inverse=True)
        faces = triangulate(numbers.reshape(-1, 4).astype(np.int32))
        points = body.points[used]
        away = points[faces].mean(axis=1) - points.mean(axis=0)  # (T, 3)
        iris = away[:, 2] > 0.86 * np.linalg.norm(away, axis=1)
        for name, which, base in (("White", ~iris, _WHITE), ("Iris", iris, _IRIS)):
            pieces.append(Piece(name + side, points, faces[which], Material(name, base=base), bone=f"eye.{side}"))
    return pieces


def _hair(member: CastPlan, body: Body, scalp: Scalp, tint: tuple[float, float, float]) -> list[Piece]:
    """The head where hair grows, raised; and what falls behind if it is long."""
    material = Material("Hair", base=tint)
    grown = np.clip(scalp.cover, 0, 1)[:, None]
    top = np.clip((scalp.height - 0.04) / 0.08, 0, 1)[:, None]
    points = scalp.points + scalp.normals * grown * (0.014 + 0.008 * top)
    faces = scalp.triangles[(scalp.cover[scalp.triangles] > 0.25).all(axis=1)]
    pieces = [Piece("Hair", points, faces.astype(np.int32), material, bone="head")]
    if "long" in member.hair:
        pieces.append(_fall(body, scalp, material))
    return pieces


def _fall(body: Body, scalp: Scalp, material: Material) -> Piece:
    """Long hair: a sheet from the back of the head to the shoulders, moved by head and neck."""
    columns, rows = 17, 12
    bearing = np.radians(np.linspace(72, 288, columns))  # from the face
    middle = scalp.points[np.abs(scalp.height) < 0.02].mean(axis=0)
    drop = np.linspace(0.05, -0.24, rows)[:, None]  # m over the eyes
    spread = 0.088 + 0.018 * np.sin(np.linspace(0, np.pi, rows))[:, None]
    x, z = np.sin(bearing)[None] * spread * 0.92, np.cos(bearing)[None] * spread * 1.12
    y = np.broadcast_to(middle[1] + drop, x.shape)
    points = np.stack([middle[0] + x, y, middle[2] + z], axis=-1).reshape(-1, 3)  # (rows columns, 3)
    grid = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=-1).reshape(-1, 4)
    share = np.repeat(np.clip((drop[:, 0] + 0.24) / 0.2, 0, 1), columns)
    head, neck = body.anatomy.bone("head"), body.anatomy.bone("neck01")
    index = np.arange(len(points))
    weights = sparse.csr_matrix(
        (np.concatenate([share, 1 - share]), (np.tile(index, 2), np.repeat([head, neck], len(points)))),
        (len(points), len(body.anatomy.bones)),
    )
    return Piece("Fall", points, triangulate(quads.astype(np.int32)), material, weights=weights)


@njit(cache=True, fastmath=True)
def _bend(points: Floats, bones: Ints, weights: Floats, transforms: Floats) -> Floats:
    """Linear blend skinning."""
    moved = np.zeros_like(points)
    for i in range(len(points)):
        for slot in range(4):
            share = weights[i, slot]
            if share <= 0:
                continue
            matrix = transforms[bones[i, slot]]
            for axis in range(3):
                moved[i, axis] += share * (
                    matrix[axis, 0] * points[i, 0]
                    + matrix[axis, 1] * points[i, 1]
                    + matrix[axis, 2] * points[i, 2]
                    + matrix[axis, 3]
                )
    return moved


@njit(cache=True, fastmath=True)
def _normals(points: Floats, triangles: Ints) -> Floats:
    """Unit normals of points: the mean of the faces about them, by area."""
    normals = np.zeros_like(points)
    for t in range(len(triangles)):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ex, ey, ez = points[b, 0] - points[a, 0], points[b, 1] - points[a, 1], points[b, 2] - points[a, 2]
        fx, fy, fz = points[c, 0] - points[a, 0], points[c, 1] - points[a, 1], points[c, 2] - points[a, 2]
        nx, ny, nz = ey * fz - ez * fy, ez * fx - ex * fz, ex * fy - ey * fx
        for corner in (a, b, c):
            normals[corner, 0] += nx
            normals[corner, 1] += ny
            normals[corner, 2] += nz
    for i in range(len(points)):
        length = np.sqrt(normals[i, 0] ** 2 + normals[i, 1] ** 2 + normals[i, 2] ** 2)
        if length > 1e-12:
            for axis in range(3):
                normals[i, axis] /= length
    return normals
