"""Grass, crops and flowers in their thousands: bent blades in one mesh, coloured by one small picture.

A blade's texture coordinates pick a tone of the picture (u) and run from its foot to its tip (v), so that one material
has blades dark at the root and bright at the tip, green beside straw. Normals lean to the sky: a meadow is lit as the
ground is, and a blade against the sun glows instead of showing a black back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.world import textures
from secondunit_engine.world.mesh import RGB, Material, Mesh

Array = NDArray[np.floating]
_TEXELS: Final = 64  # of a tone along the blade
_WIDE: Final = 4  # texels that a tone is wide, so that filtering stays inside


@dataclass(frozen=True)
class Tone:
    """Colours of a blade at its root, in its middle and at its tip, linear Rec.709."""

    root: RGB
    middle: RGB
    tip: RGB


def grass_material(folder: Path, name: str, tones: Sequence[Tone], roughness: float = 0.8) -> Material:
    """A material whose picture holds these tones side by side; writes it under `folder`."""
    along = np.linspace(1, 0, _TEXELS)[:, None]  # row 0 is v = 1, the tip
    columns = []
    for tone in tones:
        root, middle, tip = np.array(tone.root), np.array(tone.middle), np.array(tone.tip)
        low, high = np.clip(along / 0.5, 0, 1), np.clip((along - 0.5) / 0.5, 0, 1)
        columns.append(np.repeat(((root * (1 - low) + middle * low) * (1 - high) + tip * high)[:, None], _WIDE, axis=1))
    picture = textures.write_color(folder, f"{name}_tones", np.concatenate(columns, axis=1).astype(np.float32))
    r, g, b = np.mean([tone.middle for tone in tones], axis=0).tolist()
    return Material(name, base=(r, g, b), base_texture=picture, roughness=roughness, specular=0.04)


def blades(
    rng: np.random.Generator,
    feet: Array,
    height: Array | float,
    width: float,
    tones: int,
    tone: NDArray[np.integer] | None = None,
    lean: float = 0.35,
    wind: tuple[float, float] = (0.0, 0.0),
    knees: int = 2,
) -> Mesh:
    """A blade on each foot [m], shape [N, 3]: a ribbon that bends at `knees` and ends in a point.

    height: Of each [m]. width: At the root [m], more or less. tone: Which of the picture's `tones` each has, shape
    [N]; dealt if None. lean: How far blades bend over, against their height. wind: Which way (x, z) all of them lean
    besides, against their height.
    """
    count = len(feet)
    tall = np.broadcast_to(np.asarray(height, float), count)[:, None] * rng.uniform(0.75, 1.15, (count, 1))
    turn = rng.uniform(0, 2 * np.pi, count)
    bend = lean * rng.uniform(0.15, 1.25, (count, 1))
    out = np.column_stack([np.sin(turn), 0 * turn, np.cos(turn)]) * bend + np.array([wind[0], 0, wind[1]])
    face = turn + rng.normal(0, 0.6, count)
    across = np.column_stack([np.cos(face), 0 * face, -np.sin(face)]) * (width * rng.uniform(0.6, 1.3, (count, 1)) / 2)
    t = np.linspace(0, 1, knees + 1)[:, None, None]  # (K+1, 1, 1)
    drop = 1 - 0.32 * np.minimum(np.linalg.norm(out, axis=1, keepdims=True), 1.2)
    spine = feet + tall * (t * drop * np.array([0, 1, 0]) + t**1.8 * out)  # (K+1, N, 3)
    half = across * (1 - 0.55 * t[:-1])
    corners = np.concatenate(
        [np.stack([spine[:-1] - half, spine[:-1] + half], axis=1).reshape(-1, count, 3), spine[-1:]]
    )
    points = np.moveaxis(corners, 0, 1)  # (N, 2K+1, 3)
    own = rng.integers(0, tones, count) if tone is None else tone
    u = (own + 0.5) / tones
    v = np.concatenate([np.repeat(t[:-1, 0, 0], 2), [1.0]])
    uvs = np.stack(np.broadcast_arrays(u[:, None], v), axis=-1)
    flat = np.cross(across, np.array([0.0, 1.0, 0.0]))
    normal = np.array([0, 1.0, 0]) + 0.5 * flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    normal = normal + rng.normal(0, 0.12, (count, 3))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return _mesh(points, np.repeat(normal[:, None], points.shape[1], axis=1), uvs, _ribbon(knees))


def ears(
    rng: np.random.Generator, feet: Array, height: Array, length: float, width: float, tones: int, nod: float = 0.5
) -> Mesh:
    """Ears of corn on stalks from `feet` [m], shape [N, 3], which are `height` [m] tall, shape [N]: spindles of two
    crossed rhombs that nod."""
    count = len(feet)
    turn = rng.uniform(0, 2 * np.pi, count)
    over = nod * rng.uniform(0.1, 1.2, (count, 1))
    way = np.column_stack([np.sin(turn), 0 * turn, np.cos(turn)]) * over + np.array([0, 1.0, 0]) * (1 - 0.45 * over)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    base = feet + np.array([0, 1.0, 0]) * (height - 0.4 * length)[:, None]
    long = way * length * rng.uniform(0.75, 1.2, (count, 1))
    side = np.cross(way, np.column_stack([np.cos(turn), 0 * turn + 0.2, -np.sin(turn)]))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    parts = []
    for across in (side, np.cross(way, side)):
        half = across * width / 2
        parts.append(np.stack([base, base + 0.4 * long - half, base + 0.4 * long + half, base + long], axis=1))
    points = np.concatenate(parts, axis=1)  # (N, 8, 3)
    u = (rng.integers(0, tones, count) + 0.5) / tones
    uvs = np.stack(np.broadcast_arrays(u[:, None], np.tile([0.55, 0.8, 0.8, 1.0], 2)), axis=-1)
    normal = np.array([0, 0.8, 0]) + 0.5 * side + rng.normal(0, 0.25, (count, 3))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    faces = np.array([[0, 2, 1], [1, 2, 3], [4, 6, 5], [5, 6, 7]])
    return _mesh(points, np.repeat(normal[:, None], 8, axis=1), uvs, faces)


def heads(rng: np.random.Generator, centres: Array, size: float, tones: int, tone: NDArray[np.integer]) -> Mesh:
    """Open flowers at centres [m], shape [N, 3]: five petals, v 0 in the eye and 1 at the rim."""
    count, petals = len(centres), 5
    tilt = rng.normal(0, 0.45, (count, 3)) + np.array([0, 1.0, 0.25])
    tilt /= np.linalg.norm(tilt, axis=1, keepdims=True)
    side = np.cross(tilt, np.array([1.0, 0.0, 0.0]))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(tilt, side)
    reach = size * rng.uniform(0.7, 1.25, (count, 1, 1)) / 2
    angle = np.arange(petals) * 2 * np.pi / petals + rng.uniform(0, 6, (count, 1))
    spread = 0.46

    def rim(turn: Array) -> Array:
        return np.cos(turn)[..., None] * side[:, None] + np.sin(turn)[..., None] * other[:, None]

    left, right = (centres[:, None] + reach * (rim(angle + s * spread) + 0.3 * tilt[:, None]) for s in (-1, 1))
    points = np.concatenate([centres[:, None], np.stack([left, right], axis=2).reshape(count, 2 * petals, 3)], axis=1)
    v = np.concatenate([[0.1], np.full(2 * petals, 0.9)])
    uvs = np.stack(np.broadcast_arrays(((tone + 0.5) / tones)[:, None], v), axis=-1)
    faces = np.array([[0, 2 * p + 1, 2 * p + 2] for p in range(petals)])
    return _mesh(points, np.repeat(tilt[:, None], 2 * petals + 1, axis=1), uvs, faces)


def _ribbon(knees: int) -> NDArray[np.int64]:
    """Triangles of a ribbon whose points go left, right, left, right, and end in a tip."""
    faces = []
    for k in range(knees - 1):
        a, b, c, d = 2 * k, 2 * k + 1, 2 * k + 3, 2 * k + 2
        faces += [[a, b, c], [a, c, d]]
    return np.array([*faces, [2 * knees - 2, 2 * knees - 1, 2 * knees]])


def _mesh(points: Array, normals: Array, uvs: Array, faces: NDArray[np.int64]) -> Mesh:
    """Copies of the same few faces over points [N, K, 3]."""
    count, size = points.shape[:2]
    triangles = (np.arange(count) * size)[:, None, None] + faces
    return Mesh(
        points.reshape(-1, 3).astype(np.float32),
        triangles.reshape(-1, 3).astype(np.int32),
        normals.reshape(-1, 3).astype(np.float32),
        uvs.reshape(-1, 2).astype(np.float32),
    )
