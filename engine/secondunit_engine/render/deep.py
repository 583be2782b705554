"""Under water: what it takes of the light by colour, the veil it scatters, the bright window overhead, caustics.

Light fades by Beer and Lambert, channel by channel. The veil is single scattering of light that itself fades with
depth, in closed form along each ray; it is brightest towards the sun. Overhead the surface is seen by Snell's law: the
whole sky within 48.6 degrees of the zenith, the mirrored deep beyond (Preisendorfer, "Hydrologic Optics", 1976). The
caustics are multiplied onto the sun's share of a frame's light after it was gathered and denoised, so they are sharp
and move while the light beneath them is shared between frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd
from scipy.ndimage import map_coordinates

from secondunit_engine.motion.ripples import TILE, WATER, Ripples, bent, ripples_of, under
from secondunit_engine.motion.waves import Sea
from secondunit_engine.render.view import View
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Deep, read_air, story_time

Array = NDArray[np.floating]

_FETCH: Final = 4_000.0  # m of wind over the water
_ENDLESS: Final = 400.0  # m, as far as any water is looked through
_FORWARD: Final = 0.72  # g of what scatters
_GLARE: Final = 0.075  # rad: ripples smaller than a texel spread the sun's image by so much
_FLATTER: Final = 22.0  # m from where on ripples are too small to be told apart
_SOFTEST: Final = 4.2  # the brightest a caustic gets, over the mean


@dataclass(frozen=True)
class Water:
    """A `Deep` at a frame: its ripples, its story time [s], and the way of sunlight in it, unit vector [3]."""

    deep: Deep
    ripples: Ripples
    time: float
    way: Array


def read_water(stage: Usd.Stage, frame: float) -> Water | None:
    """The water that the set is under at a frame; None if it is not."""
    air = stage.GetPrimAtPath(names.AIR)
    for prim in air.GetChildren() if air.IsValid() else ():
        deep = read_air(prim)
        if isinstance(deep, Deep):
            sea = Sea(wind=deep.wind, fetch=_FETCH, shortest=deep.shortest, seed=deep.seed)
            return Water(deep, ripples_of(sea), story_time(prim, frame), bent(np.array(deep.towards)))
    return None


def look_through(water: Water, view: View, rays: Array, depth: Array, position: Array) -> tuple[Array, Array]:
    """The veil and the surface along rays [H, W, 3], radiance [H, W, 3], and what the water lets through [H, W, 3].

    depth, position: As `render_air` has them.
    """
    deep = water.deep
    hit = np.isfinite(depth) & (depth > 0)
    up = ~hit & (rays[..., 1] > 1e-4) & (view.eye[1] < deep.level)
    length = np.where(hit, np.linalg.norm(position - view.eye, axis=-1), _ENDLESS)
    length = np.where(up, np.minimum((deep.level - view.eye[1]) / np.maximum(rays[..., 1], 1e-4), _ENDLESS), length)
    through = np.exp(-np.asarray(deep.thins) * length[..., None])
    light = veil_along(water, float(view.eye[1]), rays, length)
    if up.any():
        light[up] += through[up] * _surface(water, view.eye + rays[up] * length[up][:, None], rays[up], length[up])
    return light.astype(np.float32), np.where(hit[..., None], through, 0.0).astype(np.float32)


def veil_along(water: Water, height: float | Array, rays: Array, length: Array) -> Array:
    """Radiance that water scatters along rays [..., 3] of a length [m], [...], from a height [m]; [..., 3].

    At a height y it is lit by exp(absorbs * y): the integral over the ray is a difference of two exponentials.
    """
    deep = water.deep
    absorbs, thins = np.asarray(deep.absorbs), np.asarray(deep.thins)
    lit = np.asarray(deep.veil) * thins * np.exp(absorbs * np.asarray(height)[..., None])
    ahead = -(rays @ water.way)  # cosine to where the sun seems to stand
    g = _FORWARD
    lobe = (1 - g) ** 2 / (1 + g * g - 2 * g * ahead) ** 1.5 * (1 - g)
    overhead = 0.70 + 2.4 * (0.5 + 0.5 * rays[..., 1:2]) ** 3  # light from the window is scattered on, mostly ahead
    rate = thins - absorbs * rays[..., 1:2]
    rate = np.where(np.abs(rate) < 1e-4, 1e-4, rate)
    return lit * (overhead + 1.8 * lobe[..., None]) * -np.expm1(-rate * length[..., None]) / rate


def _surface(water: Water, places: Array, rays: Array, away: Array) -> Array:
    """Radiance that comes down from the surface to rays [N, 3] that meet it at places [N, 3], `away` metres on."""
    deep = water.deep
    slopes = _texels(_slopes(water.ripples, water.time), places[:, [0, 2]] / TILE)  # (2, N)
    slopes = slopes / (1 + (away / _FLATTER) ** 2)
    normal = np.column_stack([-slopes[0], np.ones(len(places)), -slopes[1]])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    cosine = np.einsum("nk,nk->n", rays, normal)
    outer = 1 - WATER**2 * (1 - cosine**2)  # squared cosine in air
    leaves = (outer > 0) & (cosine > 0)
    above = np.sqrt(np.maximum(outer, 0))
    way = WATER * rays + (above - WATER * cosine)[:, None] * normal
    mirrored = rays - 2 * cosine[:, None] * normal
    mirrored[:, 1] = -np.abs(mirrored[:, 1])
    below = veil_along(water, deep.level, mirrored, np.full(len(rays), _ENDLESS))
    kept = np.where(leaves, 1 - _fresnel(cosine, above), 0.0)[:, None]
    return kept * _sky(deep, way) + (1 - kept) * below


def _sky(deep: Deep, way: Array) -> Array:
    """Radiance over the water in directions [N, 3]: the sky, and the sun spread by the smallest ripples."""
    up = np.clip(way[:, 1:2], 0, 1)
    share = (1 - up) ** 0.7
    sky = np.asarray(deep.horizon) * share + np.asarray(deep.zenith) * (1 - share)
    angle = np.arccos(np.clip(way @ np.asarray(deep.towards), -1, 1))
    glare = np.exp(-0.5 * (angle / _GLARE) ** 2) / (2 * np.pi * _GLARE**2)
    return WATER**2 * (
        sky + glare[:, None] * np.asarray(deep.sun)
    )  # light that is squeezed into water is brighter in it


def _fresnel(inside: Array, outside: Array) -> Array:
    """What a surface reflects of light that meets it from below; cosines in water and in air."""
    s = (WATER * inside - outside) / (WATER * inside + outside + 1e-9)
    p = (WATER * outside - inside) / (WATER * outside + inside + 1e-9)
    return np.clip((s * s + p * p) / 2, 0, 1)


def caustics_on(water: Water, position: Array) -> NDArray[np.float32]:
    """By how much the sun's light is gathered or spread at places [H, W, 3], shape [H, W]; 1 on the mean."""
    deep = water.deep
    pattern = caustic_tile(water)
    gain = _texels(pattern[None], under(position, water.way, deep.level).reshape(-1, 2))[0].reshape(position.shape[:2])
    depth = np.clip((deep.level - position[..., 1]) / 1.5, 0, 1)  # just under the surface nothing is gathered yet
    return (1 + (gain - 1) * depth).astype(np.float32)


def caustic_tile(water: Water) -> NDArray[np.float32]:
    """The pattern on the bed, at a height of 0 m; mean 1, its brightest places held."""
    return _caustics(water.ripples, water.time, water.deep.level, water.deep.towards)


@lru_cache(maxsize=4)
def _caustics(ripples: Ripples, time: float, level: float, towards: tuple[float, float, float]) -> NDArray[np.float32]:
    pattern = np.minimum(ripples.caustics(time, level, np.array(towards)), _SOFTEST)
    return pattern / pattern.mean()


@lru_cache(maxsize=4)
def _slopes(ripples: Ripples, time: float) -> NDArray[np.float32]:
    return ripples.slopes(time)


def _texels(picture: Array, at: Array) -> Array:
    """A repeating picture [C, S, S] at (x, z) in tiles, [N, 2]; shape [C, N]."""
    rows = np.stack([at[:, 1], at[:, 0]]) * picture.shape[-1]
    return np.stack([map_coordinates(channel, rows, order=1, mode="grid-wrap") for channel in picture])
