"""Light in the air of a frame: fog, sun shafts and glow round lamps, drawn over the path-traced light.

Volumetric path tracing costs twice a frame and its shafts vanish in the denoiser. Here single scattering is
integrated along each camera ray instead, at half resolution: shafts by marching against the sun's shadow, lamps as
`glow.py` says and the cones of spots as `beams.py` does. The march starts at an offset that repeats over 4x4 pixels
and stays with the screen, and the filter averages just that pattern away (Toth and Umenhoffer, "Real-time volumetric
lighting", 2009): no noise, no flicker.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from pxr import Usd, UsdLux
from scipy.ndimage import uniform_filter1d

from secondunit_engine.motion.ripples import TILE as WAVES
from secondunit_engine.render.beams import integrate_beams
from secondunit_engine.render.cloud_sea import draw_clouds
from secondunit_engine.render.deep import Water, caustic_tile, look_through, read_water
from secondunit_engine.render.flicker import group_gains
from secondunit_engine.render.glow import integrate_glow
from secondunit_engine.render.haze import DRIFT, TILE, haze_tile
from secondunit_engine.render.llvm import mitsuba
from secondunit_engine.render.materials import load_texture
from secondunit_engine.render.shadow import hidden
from secondunit_engine.render.view import View
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Aerial, Beams, CloudSea, Deep, Fog, Shafts, read_air, story_time

Array = NDArray[np.floating]
_STEPS = 32
# Offsets of a 4x4 Bayer pattern: neighbouring pixels take distant places of a step.
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) / 16 + 1 / 32


def render_air(
    stage: Usd.Stage, frame: int, view: View, depth: Array, position: Array, scene: Any
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
    """Draw what hangs in the air under /Shot/Air.

    Returns in-scattered radiance by light group, [H, W, 3] each, scene-linear ACEScg, and the transmittance, [H, W],
    under water by channel, [H, W, 3]; the picture is `light * transmittance + the sum of the groups`. depth: Axial
    depth [m], 0 or infinite where the ray leaves the set, shape [H, W]. position: First hit [m], shape [H, W, 3].
    scene: The Mitsuba scene whose shapes cast shadows.
    """
    found = [(prim, read_air(prim)) for prim in _children(stage)]
    airs = [(prim, air) for prim, air in found if air is not None]
    rays = view.rays()  # (H, W, 3)
    length = _ray_lengths(view, rays, depth, position, scene)  # (H, W)
    extinction = sum((air.density for _, air in airs if isinstance(air, Fog | Shafts)), 0.0)
    clear = np.ones(length.shape)  # what far air lets through
    water = read_water(stage, frame)
    if water is not None:
        extinction += float(np.mean(water.deep.thins))
        clear = np.ones((*length.shape, 3))
    half_rays, half_length = rays[::2, ::2], length[::2, ::2]
    hit = np.isfinite(depth) & (depth > 0)
    sunny = {air.sun_group for _, air in airs if isinstance(air, CloudSea)}
    groups = sorted({air.group for _, air in airs} | sunny)
    light = {group: np.zeros((*length.shape, 3), np.float32) for group in groups}
    marched = {group: np.zeros((*half_length.shape, 3), np.float32) for group in groups}
    shows = np.ones((*half_length.shape, 1), np.float32)  # through clouds
    for prim, air in airs:
        if isinstance(air, Fog):
            light[air.group] += -np.expm1(-air.density * length)[..., None] * np.asarray(air.color)
        elif isinstance(air, Aerial):
            through = np.exp(-_far_air(air, view, rays, length, hit))[..., None]
            light[air.group] += (1 - through) * horizon_light(stage, frame, rays)
            clear *= through[..., 0]
        elif isinstance(air, Shafts):
            marched[air.group] += march_shafts(air, frame, view.eye, half_rays, half_length, scene, extinction, water)
        elif isinstance(air, Deep):
            assert water is not None
            veil, clear = look_through(water, view, rays, depth, position)
            light[air.group] += veil
        elif isinstance(air, CloudSea):
            far = np.where(hit[::2, ::2], half_length, np.inf)
            haze = horizon_light(stage, frame, half_rays)
            sunlit, skylit, shows[..., 0] = draw_clouds(air, story_time(prim, frame), view.eye, half_rays, far, haze)
            marched[air.sun_group] += sunlit
            marched[air.group] += skylit
        elif isinstance(air, Beams):
            marched[air.group] += integrate_beams(
                air, stage, frame, view.eye, half_rays, half_length, extinction, haze_tile(), DRIFT * frame / TILE
            )
        else:
            marched[air.group] += integrate_glow(air, stage, frame, view.eye, half_rays, half_length)
    if groups:
        whole = _upsample(np.concatenate([*marched.values(), shows], axis=-1), half_length, length)
        for group, part in zip(marched, np.split(whole[..., :-1], len(groups), axis=-1), strict=True):
            light[group] += part
        clear = clear * (whole[..., -1] if water is None else whole[..., -1:])
    for group, gain in zip(light, group_gains(stage, frame, list(light)), strict=True):
        light[group] *= gain
    if water is None:
        clear = clear * np.exp(-extinction * length)
    return light, clear.astype(np.float32)


def _children(stage: Usd.Stage) -> list[Usd.Prim]:
    prim = stage.GetPrimAtPath(names.AIR)
    return list(prim.GetChildren()) if prim.IsValid() else []


def _ray_lengths(view: View, rays: Array, depth: Array, position: Array, scene: Any) -> Array:
    """How far each ray goes through the air [m]: to what it hits, else to the bounds of the set, shape [H, W]."""
    bounds = scene.bbox()
    low, high = np.array(bounds.min).reshape(3), np.array(bounds.max).reshape(3)
    away = np.where(np.abs(rays) > 1e-9, rays, 1e-9)
    planes = np.maximum((low - view.eye) / away, (high - view.eye) / away)  # (H, W, 3)
    leaves = np.clip(planes.min(axis=-1), 0, None)
    hit = np.isfinite(depth) & (depth > 0)
    reach = np.linalg.norm(np.where(hit[..., None], position, view.eye) - view.eye, axis=-1)
    return np.where(hit, reach, leaves)


def _far_air(air: Aerial, view: View, rays: Array, length: Array, hit: NDArray[np.bool_]) -> Array:
    """Optical depth of air that thins with height, up to what was hit; none before the sky, shape [H, W]."""
    foot = float(view.eye[1]) / air.height
    climb = rays[..., 1] * length / air.height
    level = np.abs(climb) < 1e-4
    mean = np.where(level, 1.0, -np.expm1(-climb) / np.where(level, 1.0, climb))
    return np.where(hit, air.density * np.exp(-foot) * mean * length, 0.0)


def horizon_light(stage: Usd.Stage, frame: float, rays: Array) -> Array:
    """Radiance of the dome over the horizon in the bearing of each ray [..., 3]; black without a painted dome."""
    dome = UsdLux.DomeLight(stage.GetPrimAtPath(f"{names.LIGHTS}/Sky"))
    file = dome.GetTextureFileAttr().Get(frame) if dome else None
    if file is None or not file.resolvedPath:
        return np.zeros(rays.shape)
    rows = load_texture(file.resolvedPath, color=True)  # (H, W, 3), v upwards
    degree = len(rows) / 180
    band = rows[len(rows) // 2 + int(0.5 * degree) : len(rows) // 2 + int(4 * degree) + 1].mean(axis=0)
    band = uniform_filter1d(band, max(1, band.shape[0] // 24), axis=0, mode="wrap")  # (W, 3)
    column = (0.5 - np.arctan2(rays[..., 0], rays[..., 2]) / (2 * np.pi)) * len(band)
    gain = np.array(dome.GetColorAttr().Get(frame)) * float(dome.GetIntensityAttr().Get(frame))
    return band[column.astype(int) % len(band)] * gain


def phase(cosine: Array, g: float) -> Array:
    """Henyey-Greenstein phase function [1/sr] of the cosine between the light's way before and after."""
    return (1 - g * g) / (4 * np.pi * (1 + g * g - 2 * g * np.asarray(cosine)) ** 1.5)


def march_shafts(
    shafts: Shafts,
    frame: int,
    eye: Array,
    rays: Array,
    length: Array,
    scene: Any,
    extinction: float,
    water: Water | None = None,
) -> NDArray[np.float32]:
    """Sunlight that the haze scatters to the eye, radiance, shape [h, w, 3].

    Each ray of length [m], shape [h, w], is sampled at 32 places; from each one shadow ray goes to the sun. Under water
    the light is as bright there as its waves gather it.
    """
    mi = mitsuba()
    import drjit as dr

    h, w = length.shape
    towards = np.asarray(shafts.direction) / np.linalg.norm(shafts.direction)
    reach = np.minimum(length, shafts.reach)
    jitter = np.tile(_BAYER, (h // 4 + 1, w // 4 + 1))[:h, :w]
    direction = mi.Vector3f(np.ascontiguousarray(rays.reshape(-1, 3).T, np.float32))
    stride = mi.Float((reach / _STEPS).astype(np.float32).ravel())
    offset = mi.Float(jitter.astype(np.float32).ravel())
    start = mi.Point3f(*(dr.opaque(mi.Float, float(value)) for value in eye))
    sun = mi.Vector3f(*(dr.opaque(mi.Float, float(value)) for value in towards))
    fade = dr.opaque(mi.Float, float(extinction))
    drift = mi.Vector3f(*(dr.opaque(mi.Float, float(value)) for value in DRIFT * frame))
    cloudy = dr.opaque(mi.Float, float(shafts.unevenness))
    noise = _haze_texture()
    level = dr.opaque(mi.Float, float(water.deep.level) if water else 0.0)
    gathered = None if water is None else _tile_texture(caustic_tile(water))
    half = 0.5 / gathered.shape[0] if gathered is not None else 0.0  # of a texel: the tile's are at whole numbers

    def body(step: Any, total: Any) -> tuple[Any, Any]:
        t = (mi.Float(step) + offset) * stride
        point = start + direction * t
        lit = ~hidden(scene, mi.Ray3f(point, sun))
        density = dr.maximum(1 + cloudy * noise.eval((point + drift) / TILE)[0], 0)
        if gathered is not None:
            climb = (level - point.y) / sun.y
            at = mi.Point2f(point.x + climb * sun.x, point.z + climb * sun.z) / WAVES + half
            density *= gathered.eval(at)[0]
        return step + 1, total + dr.select(lit, density * dr.exp(-fade * t), 0)

    count = dr.zeros(mi.UInt32, h * w)
    _, total = dr.while_loop((count, dr.zeros(mi.Float, h * w)), lambda step, _: step < _STEPS, body)
    lit = np.array(total * stride).reshape(h, w)  # (h, w) metres of sunlit haze
    amount = _soften(lit, length) * shafts.density * phase(rays @ towards, shafts.anisotropy)
    return (amount[..., None] * np.asarray(shafts.radiance)).astype(np.float32)


@cache
def _haze_texture() -> Any:
    mi = mitsuba()
    import drjit as dr

    return mi.Texture3f(mi.TensorXf(haze_tile()[..., None]), wrap_mode=dr.WrapMode.Repeat)


def _tile_texture(tile: NDArray[np.float32]) -> Any:
    """A picture that repeats, shape [S, S]."""
    mi = mitsuba()
    import drjit as dr

    return mi.Texture2f(mi.TensorXf(np.ascontiguousarray(tile[..., None])), wrap_mode=dr.WrapMode.Repeat)


@njit(parallel=True, cache=True)
def _soften(field: Array, guide: Array) -> Array:
    """Average a field over the 4x4 pattern of its march, but not across edges of the guide [m], shape [h, w]."""
    height, width = field.shape
    for axis in range(2):
        result = np.empty_like(field)
        for y in prange(height):
            for x in range(width):
                total, weights = 0.0, 0.0
                for shift in range(-2, 3):
                    j = min(max(y + shift * (1 - axis), 0), height - 1)
                    i = min(max(x + shift * axis, 0), width - 1)
                    apart = 8 * (guide[j, i] - guide[y, x]) / (guide[y, x] + 0.1)
                    weight = (0.5 if abs(shift) == 2 else 1.0) / (1 + apart * apart)
                    total += weight * field[j, i]
                    weights += weight
                result[y, x] = total / weights
        field = result
    return field


@njit(parallel=True, cache=True)
def _upsample(light: NDArray[np.float32], guide: Array, full: Array) -> NDArray[np.float32]:
    """Twice the size, bilinear between pixels whose ray lengths [m] agree: [h, w, C] to [H, W, C]."""
    rows, columns = full.shape
    height, width, channels = light.shape
    result = np.empty((rows, columns, channels), np.float32)
    for y in prange(rows):
        total = np.empty(channels)
        for x in range(columns):
            total[:] = 0
            weights = 0.0
            for corner in range(4):
                j = min(y // 2 + (corner >> 1) * (y % 2), height - 1)
                i = min(x // 2 + (corner & 1) * (x % 2), width - 1)
                apart = 4 * (guide[j, i] - full[y, x]) / (full[y, x] + 0.1)
                weight = 1 / (1e-3 + apart * apart)
                weights += weight
                for c in range(channels):
                    total[c] += weight * light[j, i, c]
            for c in range(channels):
                result[y, x, c] = total[c] / weights
    return result
