"""Eyes: a globe with a corneal bulge and a painted iris, fitted to the body's own sockets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.piece import Piece
from secondunit_engine.color import encode_srgb
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import Material

IRIS = 0.0061  # radius [m]
CORNEA = 0.50  # angle where the cornea meets the globe [rad]
BULGE = 0.0013  # height of the cornea over the globe [m]
_IRISES = {
    "brown": ((0.050, 0.020, 0.008), (0.16, 0.075, 0.030)),
    "hazel": ((0.070, 0.055, 0.022), (0.21, 0.125, 0.045)),
    "green": ((0.055, 0.085, 0.055), (0.20, 0.20, 0.095)),
    "blue": ((0.055, 0.105, 0.155), (0.25, 0.31, 0.35)),
}  # rim and middle, linear Rec.709


def iris_color(member: CastPlan) -> str:
    """Brown for dark skin; else the seed chooses."""
    rng = np.random.Generator(np.random.PCG64([member.seed, 31]))
    if member.melanin > 0.5:
        return "brown"
    return str(rng.choice(list(_IRISES), p=[0.34, 0.30, 0.18, 0.18]))


def build_eyes(member: CastPlan, body: Body, name: str) -> tuple[Piece, Piece]:
    """Left and right eye as rigid pieces on their bones; their texture is painted by `paint_iris`."""
    material = Material(
        f"{name}_eye", base=(0.5, 0.5, 0.5), roughness=0.10, specular=1.0, clearcoat=1.0, clearcoat_roughness=0.02,
        base_texture=f"./textures/{name}_iris_albedo.png",
    )  # fmt: skip
    pieces = []
    for side in "LR":
        socket = body.points[body.anatomy.part(f"helper-{side.lower()}-eye")]
        centre = body.joints[body.anatomy.bone(f"eye.{side}")]
        radius = float(np.median(np.linalg.norm(socket - centre, axis=1))) * 0.985
        points, triangles, uvs = _globe(radius)
        pieces.append(Piece(f"Eye{side}", points + centre, triangles, material, uvs=uvs, bone=f"eye.{side}"))
    return pieces[0], pieces[1]


def _globe(
    radius: float, rings: int = 40, around: int = 48
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float32]]:
    """A globe that looks along +Z; rings are dense at the front. uv 0.5 is the pupil, 0 to 1 spans 2 radii."""
    polar = np.linspace(0, 1, rings) ** 1.4 * 2.3  # (R,) rad from the pupil; the back of the eye is never seen
    swell = np.where(polar < CORNEA, BULGE * np.cos(np.minimum(polar / CORNEA, 1) * np.pi / 2) ** 1.3, 0.0)
    azimuth = np.arange(around) * (2 * np.pi / around)  # (A,)
    away = (radius + swell) * np.sin(polar)  # (R,)
    points = np.stack(
        [
            away[:, None] * np.cos(azimuth),
            away[:, None] * np.sin(azimuth),
            np.broadcast_to(((radius + swell) * np.cos(polar))[:, None], (rings, around)),
        ],
        axis=-1,
    )  # (R, A, 3)
    spread = (polar / polar[-1] * 0.5)[:, None]
    uvs = np.stack([0.5 + spread * np.cos(azimuth), 0.5 + spread * np.sin(azimuth)], axis=-1)
    index = np.arange(rings * around).reshape(rings, around)
    a, b = index[:-1], index[1:]
    c, d = np.roll(b, -1, axis=1), np.roll(a, -1, axis=1)
    triangles = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    triangles = triangles[(triangles[:, 0] >= around) | (triangles[:, 1] >= around)]
    return points.reshape(-1, 3), triangles.astype(np.int32), uvs.reshape(-1, 2).astype(np.float32)


def paint_iris(member: CastPlan, file: Path, size: int = 512) -> None:
    """Sclera with veins, limbal ring, iris fibres from polar noise, pupil."""
    rng = np.random.Generator(np.random.PCG64([member.seed, 37]))
    axis = (np.arange(size) + 0.5) / size - 0.5
    x, y = np.meshgrid(axis, -axis)
    polar = np.hypot(x, y) / 0.5 * 2.3  # (S, S) rad from the pupil
    angle = np.arctan2(y, x)
    radius = np.sin(np.minimum(polar, np.pi / 2)) * 0.0142 / IRIS  # 1 at the edge of the iris
    rim, middle = (np.asarray(color) for color in _IRISES[iris_color(member)])

    fibres = sum(
        np.cos(angle * k + rng.uniform(0, 6.28) + 1.5 * np.sin(radius * 5 + k)) * rng.normal(0, 1)
        for k in rng.integers(18, 90, 26)
    )
    fibres = np.asarray(fibres) / 5
    crypts = np.asarray(sum(np.cos(angle * k + rng.uniform(0, 6.28)) * rng.normal(0, 1) for k in range(5, 12))) / 3
    ring = np.exp(-(((radius - 0.52 - 0.03 * crypts) / 0.13) ** 2))
    blend = np.clip(0.35 + 0.75 * ring + 0.22 * fibres, 0, 1.35)[..., None]
    iris = rim * (1 - blend) + middle * blend
    iris *= (1 - 0.72 * _step(radius - 0.90, 0.16))[..., None]
    iris *= _step(radius - 0.36, 0.05)[..., None] * 0.985 + 0.015

    vein = (
        np.asarray(
            sum(np.cos(angle * k + 3 * np.sin(polar * rng.uniform(3, 8)) + rng.uniform(0, 6.28)) for k in (9, 14, 23))
        )
        / 3
    )
    redness = np.clip(_step(polar - 0.85, 0.7) * (0.10 + 0.22 * np.exp(-14 * np.abs(vein))), 0, 1)[..., None]
    sclera = np.array([0.66, 0.61, 0.58]) * (1 - redness * np.array([0.05, 0.55, 0.6]))
    cover = _step(radius - 1.02, 0.10)[..., None]
    picture = iris * (1 - cover) + sclera * cover
    Image.fromarray(np.round(encode_srgb(picture) * 255).astype(np.uint8)).save(file, compress_level=3)


def _step(value: NDArray[np.floating], width: float) -> NDArray[np.floating]:
    x = np.clip(value / width * 0.5 + 0.5, 0, 1)
    return x * x * (3 - 2 * x)
