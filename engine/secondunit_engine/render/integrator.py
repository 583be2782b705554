"""The path tracer: one kernel that splits light at the first hit, and one that looks at the first hit alone.

At the first surface the light is split into a diffuse part divided by albedo (irradiance over pi), which may be
shared between pixels and frames, and the rest (specular). The split is exact whatever the BSDF: the diffuse part
is the Lambertian lobe of the surface's albedo, at most the whole. Light that the camera sees directly is not in
the path kernel but in the first-hit kernel, where it carries no noise.

Next event estimation with multiple importance sampling by the power heuristic: Veach, "Robust Monte Carlo Methods
for Light Transport Simulation" (1997), chapters 8 and 9.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.render.llvm import drjit, mitsuba
from secondunit_engine.render.scene import Scene
from secondunit_engine.render.shadow import hidden
from secondunit_engine.render.view import View

mi = mitsuba()
dr = drjit()

HARD_SAMPLES = 14  # paths more through a pixel of glass
HARD_SHARE = 0.25  # of the frame's paths that may be spent on such pixels
_HARD_SEED = 500_009
CHUNK = 1 << 19  # lanes of one launch: about a quarter of a second, so that a cancel is heard
_LAYERS = 8  # see-through surfaces before the first solid one
_ROULETTE_DEPTH = 3
_NEAR = 1e-3


@dataclass(frozen=True)
class FirstHit:
    """What the camera sees. All shapes [height, width, ...]; the centre ray gives all but the means.

    albedo, normal: Means over the rays, ACEScg and world, float32 [..., 3]. diffuse: Mean albedo of the diffuse lobe
    over the rays that met one, so that times `Light.diffuse` it is radiance, float32 [..., 3]. emission: Mean visible
    radiance of each light group, float32 [..., groups, 3]. position: World [m], float32 [..., 3], the eye for the sky.
    depth: Along the camera's axis [m], float32, inf for the sky. face: Of the scene's tables, int32, 0 for the sky.
    barycentric: Of the second and third corner, float32 [..., 2].
    """

    albedo: NDArray[np.float32]
    diffuse: NDArray[np.float32]
    normal: NDArray[np.float32]
    emission: NDArray[np.float32]
    position: NDArray[np.float32]
    depth: NDArray[np.float32]
    face: NDArray[np.int32]
    barycentric: NDArray[np.float32]


@dataclass(frozen=True)
class Light:
    """Light that arrives by paths, without visible emission.

    diffuse: Radiance over albedo, float32 [height, width, 3]. specular: Radiance, float32 [height, width, 3].
    groups: Radiance of each light group, float32 [height, width, groups, 3].
    """

    diffuse: NDArray[np.float32]
    specular: NDArray[np.float32]
    groups: NDArray[np.float32]


class _Camera:
    """A view as opaque kernel inputs, so that moving the camera compiles nothing."""

    def __init__(self, view: View) -> None:
        to_world = np.linalg.inv(view.world_to_camera)
        self.right, self.up, self.back, self.eye = (
            mi.Vector3f(*(dr.opaque(mi.Float, float(v)) for v in row)) for row in to_world[:, :3]
        )
        self.width = dr.opaque(mi.UInt32, view.width)
        self.half = mi.Vector2f(dr.opaque(mi.Float, view.width / 2), dr.opaque(mi.Float, view.height / 2))
        self.focal = dr.opaque(mi.Float, float(view.focal_px))

    def ray(self, pixel: Any, offset: Any) -> Any:
        """Rays through `pixel` (row-major number) at `offset` (0 to 1 both ways) inside it."""
        y = pixel // self.width
        x = pixel - y * self.width
        u = (mi.Float(x) + offset.x - self.half.x) / self.focal
        v = (self.half.y - mi.Float(y) - offset.y) / self.focal
        direction = dr.normalize(self.right * u + self.up * v - self.back)
        return mi.Ray3f(mi.Point3f(self.eye) + direction * _NEAR, direction)


def trace_first_hit(scene: Scene, view: View, rays: int, seed: int, check: Callable[[], None]) -> FirstHit:
    """Look at the scene with one centre ray and `rays - 1` random ones a pixel."""
    camera = _Camera(view)
    pixels = view.width * view.height
    step = max(1, CHUNK // rays)
    rows: list[tuple[NDArray[Any], ...]] = []
    for start in range(0, pixels, step):
        check()
        count = min(step, pixels - start)
        rows.append(_first_hit_rows(scene, camera, start, count, rays, seed))
    albedo, diffuse, normal, emission, centre, face = (np.concatenate(column) for column in zip(*rows, strict=True))
    size = (view.height, view.width)
    position = centre[:, :3].reshape(*size, 3)
    face = face.reshape(size)
    _, depth = view.project(position)
    return FirstHit(
        albedo=albedo.reshape(*size, 3),
        diffuse=diffuse.reshape(*size, 3),
        normal=normal.reshape(*size, 3),
        emission=emission.reshape(*size, len(scene.groups), 3),
        position=position,
        depth=np.where(face > 0, depth, np.inf).astype(np.float32),
        face=face,
        barycentric=centre[:, 3:5].reshape(*size, 2),
    )


def _first_hit_rows(
    scene: Scene, camera: _Camera, start: int, count: int, rays: int, seed: int
) -> tuple[NDArray[Any], ...]:
    lane = dr.arange(mi.UInt32, count * rays)
    pixel = lane // rays + dr.opaque(mi.UInt32, start)
    sampler = mi.load_dict({"type": "independent"})
    sampler.seed(_seed(seed, start), count * rays)
    jitter = sampler.next_2d()
    centre = lane % rays == 0
    ray = camera.ray(pixel, dr.select(centre, mi.Point2f(0.5), jitter))
    si, pi = _see(scene, ray)
    valid = si.is_valid()
    shape = dr.reinterpret_array(mi.UInt32, si.shape)
    tint = dr.gather(mi.Color3f, scene.shape_tint, shape, valid)
    bsdf = si.bsdf()
    base = bsdf.eval_diffuse_reflectance(si, valid & (tint.x < 0))
    albedo = dr.select(valid, dr.select(tint.x < 0, base, tint), 0.0)
    albedo = dr.select(albedo > 0, dr.select(albedo < 1, albedo, 1.0), 0.0)
    lobe = dr.gather(mi.Float, scene.shape_diffuse, shape, valid)
    normal = dr.select(
        valid, dr.normalize(dr.select(dr.dot(si.sh_frame.n, ray.d) > 0, -si.sh_frame.n, si.sh_frame.n)), 0
    )
    emission = _seen_emission(scene, ray, si, valid)
    colors = [albedo, normal, *emission]
    coverage = dr.select(lobe > 0, mi.Float(1.0), 0.0)
    channels = [channel for color in colors for channel in color]
    channels += [channel * lobe for channel in albedo]
    face = dr.gather(mi.UInt32, scene.shape_offset, shape, valid) + pi.prim_index
    face = dr.select(valid, face, 0)
    position = dr.select(valid, si.p, mi.Point3f(camera.eye))
    alone = [*position, pi.prim_uv.x, pi.prim_uv.y]
    dr.eval(channels, coverage, face, alone)  # at once, or every sum below would trace again
    means = np.stack([dr.block_sum(v, rays).numpy() for v in channels], axis=1)  # (count, 9 + 3 groups)
    means[:, -3:] /= np.maximum(dr.block_sum(coverage, rays).numpy(), 1.0)[:, None]
    means[:, :-3] /= rays
    first = dr.arange(mi.UInt32, count) * rays
    single = np.stack([dr.gather(mi.Float, v, first).numpy() for v in alone], axis=1)  # (count, 5)
    face = dr.gather(mi.UInt32, face, first)
    return means[:, :3], means[:, -3:], means[:, 3:6], means[:, 6:-3], single, face.numpy().astype(np.int32)


@dr.syntax
def _see(scene: Scene, ray: Any) -> tuple[Any, Any]:
    """The first surface that hides what is behind it, through null interfaces and holes in masks."""
    pi = scene.scene.ray_intersect_preliminary(ray, coherent=True)
    si = pi.compute_surface_interaction(ray)
    through = si.is_valid() & (dr.mean(si.bsdf().eval_null_transmission(si)) > 0.5)
    layer = mi.UInt32(0)
    while through & (layer < _LAYERS):
        onward = si.spawn_ray(ray.d)
        pi = scene.scene.ray_intersect_preliminary(onward, coherent=True)
        si = pi.compute_surface_interaction(onward)
        through = si.is_valid() & (dr.mean(si.bsdf().eval_null_transmission(si)) > 0.5)
        layer += 1
    return si, pi


def _seen_emission(scene: Scene, ray: Any, si: Any, valid: Any) -> list[Any]:
    """Radiance that the camera sees directly, one colour a light group."""
    emitter = si.emitter(scene.scene)
    group = dr.gather(mi.UInt32, scene.emitter_group, dr.reinterpret_array(mi.UInt32, emitter))
    value = emitter.eval(si)
    seen = [dr.select(group == g, value, mi.Color3f(0.0)) for g in range(len(scene.groups))]
    if scene.overlay is not None:
        reach = dr.select(valid, dr.norm(si.p - ray.o), dr.inf)
        seen = _add_overlay(scene, ray, reach, seen)
    return seen


@dr.syntax
def _add_overlay(scene: Scene, ray: Any, reach: Any, seen: list[Any]) -> list[Any]:
    """Add every purely additive surface in front of the first hit, whichever side it shows."""
    overlay: Any = scene.overlay
    onward = mi.Ray3f(ray)
    origin = mi.Point3f(ray.o)
    layer = mi.UInt32(0)
    active = mi.Bool(True)
    while active & (layer < _LAYERS):
        si = overlay.ray_intersect(onward, active)
        active &= si.is_valid() & (dr.norm(si.p - origin) < reach)
        emitter = si.emitter(overlay, active)
        group = dr.gather(mi.UInt32, scene.emitter_group, dr.reinterpret_array(mi.UInt32, emitter), active)
        facing = mi.SurfaceInteraction3f(si)
        facing.wi.z = dr.abs(facing.wi.z)
        value = emitter.eval(facing, active)
        seen = _add_to_group(seen, group, dr.select(active, value, 0.0))
        onward = si.spawn_ray(ray.d)
        layer += 1
    return seen


def trace_light(
    scene: Scene,
    view: View,
    samples: int,
    depth: int,
    clamp: float,
    seed: int,
    check: Callable[[], None],
    hard: NDArray[np.bool_] | None = None,
) -> Light:
    """Trace `samples` paths a pixel of up to `depth` segments; no sample counts for more than `clamp`.

    Where `hard` (H, W) is set (glass: what is behind it is not shared between frames) a pixel gets up to
    HARD_SAMPLES more, as many as HARD_SHARE of the frame's paths allow.
    """
    camera = _Camera(view)
    pixels = np.arange(view.width * view.height, dtype=np.uint32)
    limits = dr.opaque(mi.UInt32, depth), dr.opaque(mi.Float, clamp)
    total = _sum_paths(scene, camera, pixels, samples, limits, seed, check)  # (channels, pixels)
    counts = np.full(len(pixels), samples, np.float32)
    chosen = pixels[:0] if hard is None else pixels[hard.ravel()]
    more = min(HARD_SAMPLES, int(HARD_SHARE * len(pixels) * samples / max(len(chosen), 1)))
    if len(chosen) and more:
        total[:, chosen] += _sum_paths(scene, camera, chosen, more, limits, seed + _HARD_SEED, check)
        counts[chosen] += more
    total /= counts
    size = (view.height, view.width)
    picture = total.reshape(-1, *size)
    return Light(
        diffuse=np.ascontiguousarray(np.moveaxis(picture[:3], 0, -1)),
        specular=np.ascontiguousarray(np.moveaxis(picture[3:6], 0, -1)),
        groups=np.ascontiguousarray(np.moveaxis(picture[6:], 0, -1)).reshape(*size, len(scene.groups), 3),
    )


def _sum_paths(
    scene: Scene,
    camera: _Camera,
    pixels: NDArray[np.uint32],
    samples: int,
    limits: tuple[Any, Any],
    seed: int,
    check: Callable[[], None],
) -> NDArray[np.float32]:
    """The sum of `samples` paths through each of the given pixels, float32 [channels, pixels]."""
    total = np.zeros((6 + 3 * len(scene.groups), len(pixels)), np.float32)
    for start in range(0, len(pixels), CHUNK):
        chosen = pixels[start : start + CHUNK]
        together = max(1, CHUNK // len(chosen))  # a launch costs 40 ms whatever its size: small ones take more samples
        for sample in range(0, samples, together):
            check()
            paths = min(together, samples - sample)
            sampler = mi.load_dict({"type": "independent"})
            sampler.seed(_seed(seed, start, sample), paths * len(chosen))
            ray = camera.ray(mi.UInt32(np.tile(chosen, paths)), sampler.next_2d())
            traced = _trace(scene, ray, sampler, *limits)
            dr.eval(traced)
            dr.sync_thread()
            for channel, value in enumerate(traced):
                total[channel, start : start + len(chosen)] += value.numpy().reshape(paths, -1).sum(axis=0)
    return total


def _seed(*parts: int) -> int:
    return int(np.random.SeedSequence(parts).generate_state(1)[0])


@dr.syntax
def _trace(scene: Scene, ray: Any, sampler: Any, max_depth: Any, clamp: Any) -> list[Any]:
    """One path a lane; returns diffuse over albedo, specular, and each group, as single channels."""
    world = scene.scene
    count = len(scene.groups)
    diffuse = mi.Color3f(0.0)
    specular = mi.Color3f(0.0)
    groups = [mi.Color3f(0.0) for _ in range(count)]
    throughput = mi.Color3f(1.0)
    share = mi.Color3f(0.0)  # of the light to come, how much is diffuse at the first hit
    albedo = mi.Color3f(1.0)  # of the first hit's diffuse lobe
    first = mi.Bool(True)  # the path has not left a solid surface yet
    depth = mi.UInt32(0)
    steps = mi.UInt32(0)
    last_point = dr.zeros(mi.Interaction3f)
    last_pdf = mi.Float(1.0)
    last_delta = mi.Bool(True)
    active = mi.Bool(True)
    ray = mi.Ray3f(ray)
    while active:
        si = world.ray_intersect(ray, active)
        emitter = si.emitter(world, active)
        # Light met by the path itself; what the camera sees directly is not ours.
        met = active & ~first
        ds = mi.DirectionSample3f(world, si, last_point)
        light_pdf = world.pdf_emitter_direction(last_point, ds, met & ~last_delta)
        weight = dr.select(last_delta, 1.0, last_pdf * last_pdf * dr.rcp(last_pdf * last_pdf + light_pdf * light_pdf))
        value = throughput * emitter.eval(si, met) * weight
        value = dr.select(met & dr.all(dr.isfinite(value)), value, 0.0)
        group = dr.gather(mi.UInt32, scene.emitter_group, dr.reinterpret_array(mi.UInt32, emitter), met)
        diffuse += value * share
        specular += value * (1.0 - share)
        groups = _add_to_group(groups, group, value)

        active &= si.is_valid() & (depth + 1 < max_depth) & (steps < 32)
        bsdf = si.bsdf(ray)
        shape = dr.reinterpret_array(mi.UInt32, si.shape)
        lobe = dr.gather(mi.Float, scene.shape_diffuse, shape, active)
        solid = active & first & (lobe > 0)
        albedo = dr.select(solid, bsdf.eval_diffuse_reflectance(si, solid) * lobe, albedo)

        # Light picked at random and looked for.
        smooth = mi.has_flag(bsdf.flags(), mi.BSDFFlags.Smooth)
        seek = active & smooth
        ds, picked = world.sample_emitter_direction(si, sampler.next_2d(seek), False, seek)
        seek &= ds.pdf != 0.0
        seek &= ~hidden(world, si.spawn_ray_to(ds.p), seek)
        wo = si.to_local(ds.d)
        f, bsdf_pdf, bs, bsdf_weight = bsdf.eval_pdf_sample(
            mi.BSDFContext(), si, wo, sampler.next_1d(active), sampler.next_2d(active), active
        )
        weight = dr.select(ds.delta, 1.0, ds.pdf * ds.pdf * dr.rcp(ds.pdf * ds.pdf + bsdf_pdf * bsdf_pdf))
        value = throughput * f * picked * weight
        value = dr.select(seek & dr.all(dr.isfinite(value)), value, 0.0)
        lambert = albedo * dr.select(lobe > 0, dr.inv_pi * dr.abs(wo.z), 0.0)
        now = dr.select(first, _part(lambert, f), share)
        group = dr.gather(mi.UInt32, scene.emitter_group, dr.reinterpret_array(mi.UInt32, ds.emitter), seek)
        diffuse += value * now
        specular += value * (1.0 - now)
        groups = _add_to_group(groups, group, value)

        # Onwards.
        null = mi.has_flag(bs.sampled_type, mi.BSDFFlags.Null)
        delta = mi.has_flag(bs.sampled_type, mi.BSDFFlags.Delta)
        lambert = albedo * dr.select((lobe > 0) & ~delta, dr.inv_pi * dr.abs(bs.wo.z), 0.0)
        leaving = active & first & ~null
        share = dr.select(leaving, _part(lambert, bsdf_weight * bs.pdf), share)
        first &= ~leaving
        ray = si.spawn_ray(si.to_world(bs.wo))
        throughput *= bsdf_weight
        last_point = mi.Interaction3f(si)
        last_pdf = bs.pdf
        last_delta = delta | null
        depth[~null] += 1
        steps += 1
        most = _greatest(list(throughput))
        survive = dr.select(most < 0.95, most, 0.95)
        gamble = depth >= _ROULETTE_DEPTH
        lucky = sampler.next_1d(active) < survive
        throughput[gamble] *= dr.select(survive > 0, dr.rcp(survive), 0.0)
        active &= (most > 0) & (~gamble | lucky)
    diffuse = diffuse / dr.select(albedo > 0.01, albedo, 0.01)
    loudest = _greatest([*diffuse, *specular])
    scale = dr.select(loudest > clamp, clamp / loudest, 1.0)
    colors = [diffuse, specular, *groups]
    return [dr.select(dr.isfinite(channel), channel * scale, 0.0) for color in colors for channel in color]


def _add_to_group(groups: list[Any], group: Any, value: Any) -> list[Any]:
    return [total + dr.select(group == number, value, 0.0) for number, total in enumerate(groups)]


def _greatest(values: list[Any]) -> Any:
    top = values[0]
    for value in values[1:]:
        top = dr.select(value > top, value, top)
    return top


def _part(lambert: Any, whole: Any) -> Any:
    """How much of a BSDF value its Lambertian lobe explains, 0 to 1 for each channel."""
    return dr.select(lambert < whole, lambert / whole, dr.select(whole > 0, mi.Color3f(1.0), 0.0))
