"""Hair of the scalp, grown once at rest as locks; brows and lashes come with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.brows import build_brows, build_lashes
from secondunit_engine.cast.locks import weave_locks
from secondunit_engine.cast.piece import Piece
from secondunit_engine.cast.scalp import Scalp, measure_scalp
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import RGB, Material

Array = NDArray[np.float64]
_TINTS: dict[str, RGB] = {
    "dark": (0.026, 0.012, 0.006), "brown": (0.078, 0.034, 0.014), "blond": (0.36, 0.235, 0.115),
    "red": (0.22, 0.065, 0.022), "grey": (0.40, 0.39, 0.37), "black": (0.012, 0.009, 0.008),
}  # fmt: skip


def hair_tint(member: CastPlan) -> RGB:
    """The colour a strand shows, linear Rec.709."""
    words = member.hair.lower().replace("blonde", "blond").replace("gray", "grey").split()
    named = next((_TINTS[word] for word in words if word in _TINTS), _TINTS["brown"])
    rng = np.random.Generator(np.random.PCG64([member.seed, 41]))
    if "dark" in words and member.melanin < 0.55:  # dark is anything from black to chestnut
        share = float(rng.uniform(0.0, 0.8))
        named = tuple((np.asarray(named) * (1 - share) + np.asarray(_TINTS["brown"]) * share).tolist())
    return named  # type: ignore[return-value]


def build_hair(member: CastPlan, body: Body, obstacles: Array, *, pressed: bool = False) -> tuple[Piece, ...]:
    """Scalp hair (rigid with the head), brows and lashes (follow the face).

    `obstacles` are points of the shoulders and garments [m] that long hair lies on, shape [points, 3].
    `pressed` hair lies flat to the skull, as under a hood that is up.
    """
    scalp = measure_scalp(body)
    rng = np.random.Generator(np.random.PCG64([member.seed, 43]))
    tint = hair_tint(member)
    pieces = []
    if "bald" not in member.hair:
        paths, widths = (_grow_long if _falls(member) else _grow_short)(scalp, rng, member, obstacles)
        if pressed:
            paths = paths[:, :1] + 0.3 * (paths - paths[:, :1])
        hair = _locks(member, scalp, paths, widths, tint, rng)
        hangs = _falls(member) and not pressed
        pieces.append(replace(hair, locks=(len(paths), paths.shape[1])) if hangs else hair)
    lash = Material(f"{member.name}_lash", base=(0.012, 0.009, 0.008), roughness=0.6, specular=0.1)
    r, g, b = (np.minimum(np.asarray(tint) * 0.9, 0.09) + 0.006).tolist()
    brow = Material(f"{member.name}_brow", base=(r, g, b), roughness=0.6, specular=0.1)
    pieces.append(build_brows(scalp, body, rng, brow, member))
    pieces.append(build_lashes(body, rng, lash, member))
    return tuple(pieces)


def _falls(member: CastPlan) -> bool:
    """Whether hair hangs: long hair does, and a woman's short hair is a bob unless it is said to be cropped."""
    cropped = any(word in member.hair for word in ("crop", "buzz", "pixie", "shaved"))
    return "long" in member.hair or (member.gender > 0.5 and not cropped)


def _locks(member: CastPlan, scalp: Scalp, paths: Array, widths: Array, tint: RGB, rng: np.random.Generator) -> Piece:
    """Scalp hair as one mesh of ribbons on the head's bone."""
    crown = scalp.points[scalp.cover > 0.5]
    centre = np.array([0.0, scalp.eye[1] + 0.02, (crown[:, 2].max() + crown[:, 2].min()) / 2])
    mesh = weave_locks(paths, centre, widths, rng)
    material = Material(
        f"{member.name}_hair", base=tint, roughness=0.42, specular=0.14,
        base_texture=f"./textures/{member.name}_hair_albedo.png",
    )  # fmt: skip
    points = np.asarray(mesh.points, float)
    return Piece("Hair", points, mesh.triangles, material, uvs=mesh.uvs, normals=mesh.normals, bone="head")


def _roots(scalp: Scalp, rng: np.random.Generator, count: int) -> tuple[Array, Array, Array, Array]:
    """Points on the scalp by area times growth: positions, normals, azimuths, heights over the eyes."""
    corners = scalp.points[scalp.triangles]  # (T, 3, 3)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    chance = area * scalp.cover[scalp.triangles].mean(axis=1)
    picked = np.sort(rng.choice(len(chance), count, p=chance / chance.sum()))
    a, b = rng.random((2, count))
    flip = a + b > 1
    a, b = np.where(flip, 1 - a, a), np.where(flip, 1 - b, b)
    share = np.stack([1 - a - b, a, b], axis=1)  # (S, 3)

    def at(values: Array) -> Array:
        return np.einsum("sk,sk...->s...", share, values[scalp.triangles[picked]])

    normal = at(scalp.normals)
    return at(scalp.points), normal / np.linalg.norm(normal, axis=1, keepdims=True), at(scalp.azimuth), at(scalp.height)


def _grow_short(scalp: Scalp, rng: np.random.Generator, member: CastPlan, obstacles: Array) -> tuple[Array, Array]:
    """A textured crop: fuller on top and swept off the forehead to one side, tapering over the ears and the nape."""
    count, knots = 2600, 8
    root, normal, azimuth, height = _roots(scalp, rng, count)
    side = 1.0 if rng.random() < 0.5 else -1.0
    top = _step(height - 0.058, 0.045)  # 1 on top, 0 on the sides
    front = _step(np.cos(azimuth) - 0.2, 0.8)
    soft = 0.5 + 0.5 * member.gender
    length = 0.020 + 0.008 * soft + top * (0.030 + 0.018 * front + 0.010 * soft) + 0.006 * _step(height - 0.02, 0.05)
    length = length * rng.uniform(0.80, 1.10, count)
    comb = np.stack(
        [side * (0.55 + 0.2 * front) * top, -0.75 * (1 - top) + 0.10 * top * front, -(0.35 + 0.5 * top)], axis=1
    )
    comb[:, 2] += 0.55 * (1 - top) * _step(0.6 - np.abs(azimuth), 0.5)  # sideburns fall straight
    lift = 0.10 + 0.30 * top * front + 0.06 * top
    paths = _walk(scalp, root, normal, comb, lift, length, knots, rng, gravity=0.22, jitter=0.05)
    paths = _clump(paths, rng, size=7, tightness=0.5)
    return paths, rng.uniform(0.004, 0.0075, count) * (0.7 + 0.3 * top)


def _grow_long(scalp: Scalp, rng: np.random.Generator, member: CastPlan, obstacles: Array) -> tuple[Array, Array]:
    """A side parting and loose waves: long layers that lie on the shoulders, or a bob that ends under the jaw."""
    count, knots = 1500, 22
    root, normal, azimuth, height = _roots(scalp, rng, count)
    part = 0.020 if rng.random() < 0.5 else -0.020
    across = np.tanh((root[:, 0] - part) / 0.003)  # which side of the parting
    crown = _step(height - 0.055, 0.05)
    back = _step(np.abs(azimuth) - 1.7, 0.8)
    front = _step(1.15 - np.abs(azimuth), 0.5)  # hair at the forehead is combed back and aside before it falls
    # A bob's ends are level: what grows higher is longer.
    bob = np.clip(0.175 + 0.75 * height, 0.09, 0.27) * rng.uniform(0.93, 1.04, count)
    length = rng.uniform(0.25, 0.36, count) * (1 - 0.12 * back) if "long" in member.hair else bob
    comb = np.stack(
        [
            across * (0.62 * crown + 0.02 + 0.60 * front),
            -(0.55 + 0.6 * (1 - crown)) * (1 - 0.95 * front),
            -0.42 * (1 - 0.5 * back) - 0.12 * front,
        ],
        axis=1,
    )
    lift = 0.30 * crown + 0.14 * front + 0.10
    hull = np.concatenate([scalp.points, obstacles])
    paths = _fall(scalp, root, normal, comb, lift, length, knots, rng, hull)
    paths = _wave(_clump(paths, rng, size=9, tightness=0.45), rng)
    kept = ~_veils(scalp, paths[:, 2:]).any(axis=1)
    return paths[kept], rng.uniform(0.008, 0.014, count)[kept]


def _walk(
    scalp: Scalp, root: Array, normal: Array, comb: Array, lift: Array, length: Array, knots: int,
    rng: np.random.Generator, *, gravity: float, jitter: float,
) -> Array:  # fmt: skip
    """Strands [S, K, 3] that leave along the normal and bend into the comb's direction, outside the skull."""
    tree = KDTree(scalp.points)
    comb = comb - (comb * normal).sum(axis=1, keepdims=True) * normal
    comb = comb / np.maximum(np.linalg.norm(comb, axis=1, keepdims=True), 1e-9)
    comb = comb + rng.normal(0, jitter, comb.shape)
    step = length / (knots - 2)
    strands = np.empty((len(root), knots, 3))
    strands[:, 0] = root - normal * 0.0012
    strands[:, 1] = root + normal * 0.0004
    for k in range(2, knots):
        t = (k - 1) / (knots - 2)
        way = normal * (lift * (1 - 0.85 * t))[:, None] + comb * (0.55 + 0.6 * t)
        way[:, 1] -= gravity * t
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        strands[:, k] = strands[:, k - 1] + way * step[:, None]
        strands[:, k] = _outside(strands[:, k], tree, scalp.points, scalp.normals, 0.0008 + 0.0018 * t)
    return strands


def _fall(
    scalp: Scalp, root: Array, normal: Array, comb: Array, lift: Array, length: Array, knots: int,
    rng: np.random.Generator, hull: Array,
) -> Array:  # fmt: skip
    """Long strands [S, K, 3]: combed over the skull first, then gravity, resting on head and shoulders."""
    tree = KDTree(scalp.points)
    shoulders = KDTree(hull)
    layer = rng.uniform(0.002, 0.009, len(root))  # how far each strand lies above what carries it
    comb = comb - (comb * normal).sum(axis=1, keepdims=True) * normal
    comb /= np.maximum(np.linalg.norm(comb, axis=1, keepdims=True), 1e-9)
    strands = np.empty((len(root), knots, 3))
    strands[:, 0] = root - normal * 0.0012
    strands[:, 1] = root + normal * 0.0006
    step = length / (knots - 2)
    heavy = np.maximum(step / 0.0135, 1.0) ** 3  # longer hair bends down within as short a way
    way = normal * lift[:, None] + comb * 0.8
    for k in range(2, knots):
        weight = min(1.0, max(0.0, (k - 2) / 5))  # the comb rules near the root, gravity further out
        way = way * 0.70 + comb * 0.30 * (1 - weight) + rng.normal(0, 0.003, way.shape)
        way[:, 1] -= (0.05 + 0.25 * weight) * heavy
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        place = strands[:, k - 1] + way * step[:, None]
        place = _outside(place, tree, scalp.points, scalp.normals, layer * min(1.0, (k - 1) / 5) + 0.001)
        _, nearest = shoulders.query(place)
        low = nearest >= len(scalp.points)
        gap = place - hull[nearest]
        distance = np.linalg.norm(gap, axis=1)
        need = layer + 0.004
        push = low & (distance < need)
        place[push] += (gap[push] / distance[push, None] * 0.6 + np.array([0, 0.8, 0])) * (need - distance)[push, None]
        veil = _veils(scalp, place)
        place[veil, 0] = np.sign(comb[veil, 0]) * (scalp.eye[0] + 0.036)
        way = place - strands[:, k - 1]
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        strands[:, k] = strands[:, k - 1] + way * step[:, None]
    return strands


def _veils(scalp: Scalp, places: Array) -> NDArray[np.bool_]:
    """Whether places hang before the face, shape [...] for places [..., 3]."""
    ahead = (places[..., 2] > scalp.eye[2] - 0.047) & (np.abs(places[..., 0]) < scalp.eye[0] + 0.033)
    return ahead & (places[..., 1] < scalp.eye[1] + 0.050) & (places[..., 1] > scalp.eye[1] - 0.16)


def _outside(place: Array, tree: KDTree, points: Array, normals: Array, gap: Array | float) -> Array:
    """Push places at least `gap` out of the surface."""
    _, nearest = tree.query(place)
    depth = ((place - points[nearest]) * normals[nearest]).sum(axis=1)
    return place + normals[nearest] * np.clip(gap - depth, 0, 0.02)[:, None]


def _clump(strands: Array, rng: np.random.Generator, *, size: int, tightness: float) -> Array:
    """Gather strands towards a guide, more towards the tips; a few stay loose."""
    guides = rng.choice(len(strands), max(1, len(strands) // size), replace=False)
    _, nearest = KDTree(strands[guides, 1]).query(strands[:, 1])
    guide = strands[guides][nearest]  # (S, K, 3)
    t = np.linspace(0, 1, strands.shape[1])[None, :, None]
    hold = tightness * rng.beta(3.0, 1.4, len(strands))[:, None, None] * t**0.8
    gathered = guide + (strands[:, :1] - guide[:, :1]) * (1 - 0.72 * t)
    return strands + hold * (gathered - strands)


def _wave(strands: Array, rng: np.random.Generator) -> Array:
    """Loose waves that grow down the strand and are shared by neighbours."""
    t = np.linspace(0, 1, strands.shape[1])[None, :]
    root = strands[:, 1]
    phase = (26.0 * np.sin(root[:, 0] * 31.0 + root[:, 1] * 17.0) * 0.12 + root[:, 2] * 38.0 + root[:, 0] * 21.0)[
        :, None
    ]
    phase = phase + rng.normal(0, 0.06, (len(strands), 1))
    swing = 0.0050 * t**1.4 * np.sin(t * 9.5 + phase)
    depth = 0.0060 * t**1.4 * np.cos(t * 9.5 + phase)
    moved = strands.copy()
    moved[..., 0] += swing
    moved[..., 2] += depth
    return moved


def _step(value: Array, width: float) -> Array:
    x = np.clip(value / width * 0.5 + 0.5, 0, 1)
    return x * x * (3 - 2 * x)
