"""A whole person: body, skin, eyes, mouth, clothes and hair as pieces, and the textures they wear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import sparse

from secondunit_engine.cast.body import Body, build_body
from secondunit_engine.cast.eyes import build_eyes, paint_iris
from secondunit_engine.cast.garments import build_garments, covered
from secondunit_engine.cast.hair import build_hair, hair_tint
from secondunit_engine.cast.locks import paint_locks
from secondunit_engine.cast.piece import Piece, Poses, follow, pose_bones, pose_points, standing
from secondunit_engine.cast.skin import BUMP, paint_skin
from secondunit_engine.cast.surface import subdivide, triangulate
from secondunit_engine.cast.teeth import build_mouth
from secondunit_engine.cast.unwrap import bend
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import Material

CLOTH_TILE = 0.05  # metres a tile of weave


@dataclass(frozen=True)
class Person:
    """A cast member, ready to be posed.

    pieces: Everything that is drawn. corner_uvs: Texture coordinates per triangle corner of a piece,
    shape [triangles, 3, 2], for pieces whose points are shared across texture seams.
    """

    member: CastPlan
    body: Body
    pieces: tuple[Piece, ...]
    corner_uvs: dict[str, NDArray[np.float32]]


@lru_cache(maxsize=4)
def build_person(member: CastPlan) -> Person:
    """Shape, dress and comb a cast member; textures are named but not yet painted (see `paint_person`)."""
    body = build_body(member)
    garments = build_garments(member, body)
    stand = Poses(pose_bones(body, standing(body), 1), {})
    carried = [pose_points(piece, stand)[0] for piece in garments if piece.name in ("Top", "Hood", "Robe")]
    skin, corners = _skin(member, body)
    hair = build_hair(member, body, np.concatenate([*carried]), pressed="robe" in member.wardrobe)
    pieces = (skin, *build_eyes(member, body, member.name), *build_mouth(body), *garments, *hair)
    corner_uvs = {"Skin": corners} | {piece.name: _box_uvs(piece) for piece in garments}
    return Person(member, body, pieces, corner_uvs)


def paint_person(member: CastPlan, textures: Path) -> None:
    """Paint every texture that the person's materials name into the folder `textures`."""
    textures.mkdir(parents=True, exist_ok=True)
    paint_skin(member, textures, member.name)
    paint_iris(member, textures / f"{member.name}_iris_albedo.png")
    paint_locks(hair_tint(member), member.seed, textures / f"{member.name}_hair_albedo.png")
    Image.fromarray(_weave(member.seed)).save(textures / f"{member.name}_weave_bump.png", compress_level=3)


def _skin(member: CastPlan, body: Body) -> tuple[Piece, NDArray[np.float32]]:
    """What shows of the skin, refined once, and its texture coordinates per corner [triangles, 3, 2]."""
    anatomy = body.anatomy
    quads, uv_quads = anatomy.groups["body"]
    fine = subdivide(quads, len(anatomy.points))
    fine_uvs = subdivide(uv_quads, len(anatomy.uvs), smooth=False)
    shown = ~covered(member, anatomy, fine.matrix @ anatomy.points)[fine.quads].all(axis=1)
    used, renumbered = np.unique(fine.quads[shown], return_inverse=True)
    matrix = sparse.csr_matrix(fine.matrix[used])
    weights, actions = follow(body, matrix)
    faces = triangulate(renumbered.reshape(-1, 4).astype(np.int32))
    uvs = bend(fine_uvs.matrix @ anatomy.uvs)[triangulate(fine_uvs.quads[shown])]  # (T, 3, 2)
    stem = f"./textures/{member.name}_skin"
    material = Material(
        f"{member.name}_skin", base=(0.5, 0.34, 0.27), roughness=0.45, specular=0.42, bump=BUMP,
        base_texture=f"{stem}_albedo.png", roughness_texture=f"{stem}_roughness.png", bump_texture=f"{stem}_bump.png",
    )  # fmt: skip
    return Piece("Skin", matrix @ body.points, faces, material, weights=weights, actions=actions), uvs


def _box_uvs(piece: Piece) -> NDArray[np.float32]:
    """Texture coordinates per corner by the axis each triangle faces, shape [triangles, 3, 2]."""
    corners = piece.points[piece.triangles]  # (T, 3, 3)
    normal = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    axis = normal.argmax(axis=1)  # (T,)
    first = np.where(axis == 0, 2, 0)
    second = np.where(axis == 1, 2, 1)
    rows = np.arange(len(corners))[:, None]
    u, v = corners[rows, np.arange(3), first[:, None]], corners[rows, np.arange(3), second[:, None]]
    return (np.stack([u, v], axis=-1) / CLOTH_TILE).astype(np.float32)


def _weave(seed: int, size: int = 512) -> NDArray[np.uint8]:
    """Height of a jersey knit with a brushed face, one tile of CLOTH_TILE metres, shape [size, size]."""
    rng = np.random.Generator(np.random.PCG64([seed, 61]))
    y, x = np.mgrid[0:size, 0:size] / size * 2 * np.pi
    wales = np.cos(x * 44) * 0.5 + 0.5 * np.cos(x * 22 + 1.2 * np.cos(y * 33)) * np.cos(y * 33)
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)))
    radius = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]) * size
    radius[0, 0] = np.inf
    fuzz = np.fft.irfft2(spectrum * radius**-0.9, s=(size, size))
    height = 0.5 + 0.13 * wales + 0.13 * fuzz / fuzz.std()
    return np.clip(np.round(height * 255), 0, 255).astype(np.uint8)
