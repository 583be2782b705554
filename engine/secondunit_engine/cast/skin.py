"""Skin: albedo, roughness and bump painted where each texel lies on the template, so masks fit every body.

Colour is Beer-Lambert over two pigments: rgb = base * exp(-melanin * m - haemoglobin * h), m and h spatial
(after Jimenez et al., "A Practical Appearance Model for Dynamic Facial Color", 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from secondunit_engine.cast.anatomy import Anatomy, load_anatomy
from secondunit_engine.cast.hair import hair_tint
from secondunit_engine.cast.scalp import scalp_cover
from secondunit_engine.cast.surface import subdivide, triangulate
from secondunit_engine.cast.unwrap import bend, bleed, load_mask, rasterise
from secondunit_engine.color import encode_srgb
from secondunit_engine.planning.plan import CastPlan

Field = NDArray[np.float32]  # (texels,) unless said otherwise
BASE = np.array([0.80, 0.72, 0.66], np.float32)
MELANIN = np.array([0.42, 0.85, 1.45], np.float32)
HAEMOGLOBIN = np.array([0.10, 0.62, 0.58], np.float32)
LIP_TINT = np.array([0.05, 0.34, 0.26], np.float32)
BUMP = 0.0006  # metres from black to white in the bump texture


@dataclass(frozen=True)
class _Landmarks:
    """Places on the template [m], shape [3] each."""

    eye: NDArray[np.float64]
    nose: NDArray[np.float64]
    mouth: NDArray[np.float64]
    chin: NDArray[np.float64]


def paint_skin(member: CastPlan, folder: Path, name: str, size: tuple[int, int] = (1440, 2048)) -> None:
    """Write <name>_skin_{albedo,roughness,bump}.png (width, height = `size`) into `folder`."""
    anatomy = load_anatomy()
    width, height = size
    place, hit = _positions(anatomy, width, height)  # (H, W, 3)
    masks = {mask: load_mask(mask, width, height)[hit] for mask in ("lips", "eyelids", "ears", "inside-mouth")}
    albedo, roughness, bump = _paint(member, place[hit], masks, anatomy)
    _save(folder / f"{name}_skin", hit, albedo, roughness, bump)


def _positions(anatomy: Anatomy, width: int, height: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Template position [m] of each texel, shape [height, width, 3], and which texels are skin."""
    quads, uv_quads = anatomy.groups["body"]
    fine = subdivide(quads, len(anatomy.points))
    fine_uvs = subdivide(uv_quads, len(anatomy.uvs), smooth=False)
    points, uvs = fine.matrix @ anatomy.points, bend(fine_uvs.matrix @ anatomy.uvs)
    return rasterise(uvs[triangulate(fine_uvs.quads)], points[triangulate(fine.quads)], width, height)


def _landmarks(anatomy: Anatomy) -> _Landmarks:
    skin = anatomy.points[anatomy.part("body")]
    eye = anatomy.points[anatomy.part("helper-l-eye")].mean(axis=0)
    mouth = anatomy.points[anatomy.part("joint-mouth")].mean(axis=0)
    middle = skin[(abs(skin[:, 0]) < 0.006) & (skin[:, 2] > eye[2] - 0.02)]
    nose = middle[(middle[:, 1] < eye[1] - 0.01) & (middle[:, 1] > mouth[1])]
    low = middle[(middle[:, 1] < mouth[1] - 0.02) & (middle[:, 1] > mouth[1] - 0.06)]
    return _Landmarks(eye, nose[nose[:, 2].argmax()], mouth, low[low[:, 2].argmax()])


def _paint(
    member: CastPlan, place: NDArray[np.float32], masks: dict[str, Field], anatomy: Anatomy
) -> tuple[NDArray[np.float32], Field, Field]:
    """Albedo [texels, 3] linear Rec.709, roughness and bump (0.5 is flat) [texels] at template places [texels, 3]."""
    rng = np.random.Generator(np.random.PCG64([member.seed, 23]))
    at = _landmarks(anatomy)
    lips, lids, ears, gums = (masks[name] for name in ("lips", "eyelids", "ears", "inside-mouth"))
    side = np.abs(place * np.array([1, 0, 0], np.float32)) + place * np.array([0, 1, 1], np.float32)  # mirrored to +x

    def blob(centre: NDArray[np.float64], *radii: float) -> Field:
        return np.exp(-0.5 * (((side - centre) / np.asarray(radii)) ** 2).sum(axis=1)).astype(np.float32)

    coarse, middle, fine = (_noise(place, rate, int(rng.integers(1 << 30))) for rate in (45.0, 170.0, 600.0))
    cheek = blob(at.eye + np.array([0.010, -0.038, 0.005]), 0.019, 0.016, 0.03)
    nose = blob(at.nose, 0.013, 0.011, 0.016)
    chin = blob(at.chin, 0.016, 0.010, 0.02)
    brow = blob(at.eye + np.array([-0.012, 0.045, 0.02]), 0.03, 0.02, 0.03)
    under_eye = blob(at.eye + np.array([-0.004, -0.019, 0.015]), 0.013, 0.006, 0.012)
    socket = blob(at.eye + np.array([0.0, 0.008, 0.012]), 0.020, 0.010, 0.014)

    blood = 0.62 * (1 + 0.55 * cheek + 0.55 * nose + 0.45 * ears + 0.28 * chin + 0.06 * brow)
    blood *= 1 + 0.06 * coarse + 0.06 * middle + 0.04 * fine
    blood *= 1 + 0.25 * np.clip(under_eye + 0.4 * socket, 0, 1) + 0.25 * lids
    pigment = _pigment(member.melanin) * (1 + 0.04 * coarse + 0.035 * middle + 0.035 * fine)
    pigment *= 1 + 0.20 * under_eye + 0.10 * socket - 0.06 * brow
    pigment += 0.35 * _spots(place, at, rng, count=14, radius=(0.0006, 0.0012))
    pigment += (0.13 if member.melanin < 0.6 else 0.04) * _spots(
        place, at, rng, count=160, radius=(0.0005, 0.0011), near=at.nose
    )
    pigment += _stubble(member, place, at, fine)
    albedo = BASE * np.exp(-pigment[:, None] * MELANIN - blood[:, None] * HAEMOGLOBIN)
    soft = np.clip(lips * 1.1, 0, 1)[:, None]
    tint = 0.55 + 0.45 * member.gender
    albedo = albedo * np.exp(-soft * LIP_TINT * tint * (1 + 0.15 * middle[:, None]))

    if "bald" not in member.hair:  # roots darken the scalp, so that no skin shines through the hair
        cover = np.clip(scalp_cover(place.astype(np.float64))[0] * 1.2 - 0.25, 0, 0.92)[:, None].astype(np.float32)
        albedo = albedo * (1 - cover) + np.asarray(hair_tint(member), np.float32) * 0.8 * cover
    shade = (0.80 * _brow_shade(side, at))[:, None]
    albedo = albedo * (1 - shade) + np.minimum(np.asarray(hair_tint(member), np.float32), 0.08) * shade
    albedo = albedo * (1 - gums[:, None] * (1 - np.array([0.42, 0.20, 0.20], np.float32)))

    zone = np.clip(nose + 0.7 * brow + 0.5 * chin, 0, 1)
    roughness = 0.47 - 0.09 * zone - 0.15 * lips + 0.05 * cheek + 0.035 * middle + 0.03 * fine
    pores = _noise(place, 1500.0, int(rng.integers(1 << 30)))
    creases = np.abs(_noise(place * np.array([1, 0.35, 1], np.float32), 420.0, int(rng.integers(1 << 30))))
    bump = (
        0.5 + (0.075 * pores + 0.045 * fine) * (1 - 0.6 * lips) * (1 + 0.6 * nose + 0.4 * cheek) - 0.16 * lips * creases
    )
    return (
        albedo.astype(np.float32),
        np.clip(roughness, 0.2, 0.8).astype(np.float32),
        np.clip(bump, 0, 1).astype(np.float32),
    )


def _brow_shade(side: NDArray[np.floating], at: _Landmarks) -> Field:
    """Where brows grow, soft-edged, 0 to 1: what shows between their hairs. `side` are places mirrored to +x."""
    t = np.clip((side[:, 0] - at.eye[0] + 0.0185) / 0.043, 0, 1)
    ends = _step(side[:, 0] - at.eye[0] + 0.0165, 0.008) * _step(at.eye[0] + 0.022 - side[:, 0], 0.012)
    arch = 0.0175 + 0.0072 * np.sin(np.clip(t * 1.28, 0, 1.3) * np.pi / 2) ** 1.4 - 0.0085 * np.clip(t - 0.66, 0, 1)
    off = (side[:, 1] - at.eye[1] - arch) / (0.0034 * (1 - 0.55 * t**1.6))
    return (np.exp(-0.5 * off**2) * ends * (side[:, 2] > at.eye[2] - 0.03)).astype(np.float32)


def _pigment(melanin: float) -> float:
    """Density of melanin: 0 very fair, 0.5 olive, 1 very dark."""
    return 0.14 + 0.62 * melanin + 3.2 * max(0.0, melanin - 0.45) ** 1.3


def _stubble(member: CastPlan, place: NDArray[np.float32], at: _Landmarks, fine: Field) -> Field:
    """Shadow of a shaved beard: jaw, upper lip and chin of grown men."""
    if member.gender > 0.4 or member.age < 0.35:
        return np.zeros(len(place), np.float32)
    jaw = _step(at.mouth[1] + 0.018 - place[:, 1], 0.012) * _step(place[:, 1] - at.chin[1] + 0.045, 0.02)
    jaw = jaw * _step(place[:, 2] - at.eye[2] + 0.075, 0.02)
    bare = np.exp(
        -0.5 * (((np.abs(place[:, 0]) - 0.044) / 0.014) ** 2 + ((place[:, 1] - at.mouth[1] - 0.020) / 0.012) ** 2)
    )
    return (0.13 * jaw * (1 - 0.9 * bare) * np.clip(1 + 0.35 * fine, 0, 2)).astype(np.float32)


def _spots(
    place: NDArray[np.float32],
    at: _Landmarks,
    rng: np.random.Generator,
    *,
    count: int,
    radius: tuple[float, float],
    near: NDArray[np.float64] | None = None,
) -> Field:
    """Moles (anywhere on the face) or freckles (`near` a place), 0 to 1."""
    from scipy.spatial import KDTree

    face = np.flatnonzero((place[:, 2] > at.eye[2] - 0.03) & (np.abs(place[:, 1] - at.nose[1]) < 0.09))
    result = np.zeros(len(place), np.float32)
    if not len(face):
        return result
    if near is not None:
        spread = ((place[face] - near) / np.array([0.04, 0.016, 0.05])) ** 2
        face = face[rng.random(len(face)) < np.exp(-0.5 * spread.sum(axis=1))]
    centres = place[rng.choice(face, min(count, len(face)), replace=False)]
    sizes = rng.uniform(*radius, len(centres))
    region = np.flatnonzero(place[:, 2] > at.eye[2] - 0.035)
    distance, which = map(np.asarray, KDTree(centres).query(place[region], distance_upper_bound=0.004))
    found = np.isfinite(distance)
    result[region[found]] = np.exp(-((distance[found] / sizes[which[found]]) ** 2))
    return result


def _step(value: NDArray[np.floating], width: float) -> NDArray[np.floating]:
    x = np.clip(value / width * 0.5 + 0.5, 0, 1)
    return x * x * (3 - 2 * x)


def _noise(place: NDArray[np.float32], rate: float, seed: int) -> Field:
    """Smooth noise of about unit deviation in 3D, `rate` features a metre, shape [texels]."""
    rng = np.random.Generator(np.random.PCG64(seed))
    lattice = ndimage.gaussian_filter(rng.standard_normal((48, 48, 48)).astype(np.float32), 0.6, mode="wrap")
    lattice /= lattice.std()
    coordinates = (place * np.float32(rate)).T
    return ndimage.map_coordinates(lattice, coordinates, order=1, mode="grid-wrap").astype(np.float32) * 1.3


def _save(stem: Path, hit: NDArray[np.bool_], albedo: NDArray[np.float32], roughness: Field, bump: Field) -> None:
    packed = np.zeros((*hit.shape, 5), np.float32)
    packed[hit] = np.concatenate([albedo, roughness[:, None], bump[:, None]], axis=1)
    packed = bleed(packed, hit)
    pictures = {"albedo": encode_srgb(packed[..., :3]), "roughness": packed[..., 3], "bump": packed[..., 4]}
    for kind, picture in pictures.items():
        code = np.clip(np.round(np.asarray(picture) * 255), 0, 255).astype(np.uint8)
        Image.fromarray(code).save(f"{stem}_{kind}.png", compress_level=3)
