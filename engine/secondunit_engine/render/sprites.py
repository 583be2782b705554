"""Rain, drops and motes of one frame, drawn over its light.

Every sprite is a handful of samples with a cover and a colour; covers are gathered as optical depth, so that the
order of drawing does not matter (after McGuire and Bavoil, "Weighted Blended Order-Independent Transparency", 2013).
A streak is a drop smeared over the shutter; a drop is a ball lens that shows the picture upside down; a mote is a
soft disc. All are widened by the lens's circle of confusion and hidden by what stands before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom
from scipy import ndimage

from secondunit_engine.render.view import View
from secondunit_engine.world.stage import AIR

Array = NDArray[np.floating]

_NEAREST: Final = 0.35  # m; closer sprites would fill the picture
_WIDEST: Final = 26.0  # px, the largest circle of confusion drawn
_MAX_SMEAR: Final = 220.0  # px, the longest streak drawn
_COARSE: Final = 4  # the picture that drops refract is this many times smaller
_FIREFLY: Final = 40.0  # radiance no refracted light exceeds


@dataclass(frozen=True)
class _Seen:
    """Particles of one kind in front of the camera.

    center: [px], shape [n, 2]. smear: Motion over the shutter [px], [n, 2]. radius: [px], [n]. blur: Radius of the
    circle of confusion [px], [n]. depth: [m], [n]. color: Radiance in ACEScg, shape [3].
    """

    center: Array
    smear: Array
    radius: Array
    blur: Array
    depth: Array
    color: Array


@dataclass
class _Canvas:
    """Optical depth and colour times optical depth, gathered per pixel; shape [height * width, 1 and 3]."""

    width: int
    height: int
    scene: Array  # (H, W) depth of the picture [m]
    tau: Array
    light: Array

    def splat(self, x: Array, y: Array, depth: Array, tau: Array, color: Array) -> None:
        """Add samples at x, y [px] (pixel centres at .5), shape [n], with colours [n, 3], where nothing hides them."""
        column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
        kept = (column >= 0) & (column < self.width) & (row >= 0) & (row < self.height)
        index = (row * self.width + column)[kept]
        shown = depth[kept] < self.scene.reshape(-1)[index]
        index, tau, color = index[shown], tau[kept][shown], color[kept][shown]
        size = self.width * self.height
        self.tau += np.bincount(index, tau, size)
        for channel in range(3):
            self.light[:, channel] += np.bincount(index, tau * color[:, channel], size)

    def smooth_splat(self, x: Array, y: Array, depth: Array, tau: Array, color: Array) -> None:
        """The same, each sample shared by the four pixels round it."""
        left, top = np.floor(x - 0.5), np.floor(y - 0.5)
        fx, fy = x - 0.5 - left, y - 0.5 - top
        for dx, wx in ((0.5, 1 - fx), (1.5, fx)):
            for dy, wy in ((0.5, 1 - fy), (1.5, fy)):
                self.splat(left + dx, top + dy, depth, tau * wx * wy, color)


def draw_sprites(
    stage: Usd.Stage, frame: float, view: View, depth: NDArray[np.floating], background: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Sprites of a frame, premultiplied ACEScg light and cover, shape [height, width, 4].

    depth: Of the picture along the camera's axis [m], shape [height, width]. background: The picture behind the
    sprites, linear ACEScg, shape [height, width, 3].
    """
    height, width = depth.shape
    canvas = _Canvas(width, height, depth, np.zeros(height * width), np.zeros((height * width, 3)))
    coarse = _coarse(np.minimum(background, _FIREFLY))
    around = ndimage.gaussian_filter(coarse, (height / 40, height / 40, 0))  # what a drop gathers from all round
    for prim in _particles(stage):
        seen = _project(UsdGeom.Points(prim), frame, view)
        if seen is None:
            continue
        kind = prim.GetAttribute("secondunit:sprite").Get()
        if kind == "streak":
            _draw_streaks(canvas, seen, around)
        elif kind == "drop":
            _draw_drops(canvas, seen, coarse, around)
        else:
            _draw_motes(canvas, seen, around)
    cover = 1 - np.exp(-canvas.tau)
    light = canvas.light * (cover / np.maximum(canvas.tau, 1e-9))[:, None]
    return np.concatenate([light, cover[:, None]], axis=1).reshape(height, width, 4).astype(np.float32)


def _particles(stage: Usd.Stage) -> list[Usd.Prim]:
    air = stage.GetPrimAtPath(AIR)
    if not air.IsValid():
        return []
    return [prim for prim in air.GetChildren() if prim.IsA(UsdGeom.Points) and prim.HasAttribute("secondunit:sprite")]


def _project(points: UsdGeom.Points, frame: float, view: View) -> _Seen | None:
    """Project the particles that can touch the picture; None if there are none."""
    places, widths = points.GetPointsAttr().Get(frame), points.GetWidthsAttr().Get(frame)
    if places is None or widths is None or len(places) == 0:
        return None
    position, size = np.asarray(places, np.float64), np.asarray(widths, np.float64)
    speeds = points.GetVelocitiesAttr().Get(frame)
    velocity = np.zeros_like(position) if speeds is None else np.asarray(speeds, np.float64)
    # The shutter opens at the frame's instant.
    start, near_start = view.project(position)
    end, near_end = view.project(position + velocity * view.shutter)
    center, depth = (start + end) / 2, (near_start + near_end) / 2
    smear = end - start
    blur = np.zeros_like(depth)
    radius = view.focal_px * size / 2 / np.maximum(depth, 1e-3)
    if view.lens_radius > 0 and view.focus_distance > 0:
        defocus = np.abs(1 / np.maximum(depth, 1e-3) - 1 / view.focus_distance)
        blur = np.minimum(view.focal_px * view.lens_radius * defocus, _WIDEST)
    reach = radius + blur + np.linalg.norm(smear, axis=1) / 2 + 1
    inside = (center > -reach[:, None]).all(axis=1) & (center < [view.width, view.height] + reach[:, None]).all(axis=1)
    kept = inside & (np.minimum(near_start, near_end) > _NEAREST)
    if not kept.any():
        return None
    color = points.GetDisplayColorAttr().Get(frame)
    tint = np.asarray(color[0], float) if color else np.ones(3)
    return _Seen(center[kept], smear[kept], radius[kept], blur[kept], depth[kept], tint)


def _coarse(picture: Array) -> Array:
    """The picture averaged over small blocks, so that a drop that shows it small does not shimmer."""
    height, width = (side // _COARSE * _COARSE for side in picture.shape[:2])
    if min(height, width) < _COARSE:
        return picture
    blocks = picture[:height, :width].reshape(height // _COARSE, _COARSE, width // _COARSE, _COARSE, 3)
    return blocks.mean(axis=(1, 3))  # (H/4, W/4, 3)


def _look(coarse: Array, x: Array, y: Array, size: tuple[int, int]) -> Array:
    """The coarse picture at pixels of the full one, shape [n, 3]; past its edge it is mirrored."""
    rows, columns = y / size[0] * coarse.shape[0] - 0.5, x / size[1] * coarse.shape[1] - 0.5
    at = np.stack([rows, columns])
    return np.stack([ndimage.map_coordinates(coarse[..., k], at, order=1, mode="reflect") for k in range(3)], axis=-1)


def _repeat(counts: NDArray[np.integer]) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """For items with `counts` samples each: whose each sample is, and which of its owner's it is."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def _draw_streaks(canvas: _Canvas, seen: _Seen, around: Array) -> None:
    """Drops smeared to lines: each pixel sees the drop for the share of the shutter that it takes to pass."""
    length = np.minimum(np.linalg.norm(seen.smear, axis=1), _MAX_SMEAR) + 2 * seen.radius
    direction = seen.smear / np.maximum(np.linalg.norm(seen.smear, axis=1, keepdims=True), 1e-6)
    width = np.hypot(2 * seen.radius, 2 * seen.blur)
    drawn = np.maximum(width, 1.0)
    passing = np.clip(2.5 * 2 * seen.radius / length, 0.05, 1.0)  # bright rims make drops count for more
    tau = 3.2 * passing * (2 * seen.radius) / drawn  # per unit area of the drawn strip
    along = np.ceil(length / 0.75).astype(int) + 1
    across = np.ceil(drawn / 1.25).astype(int)
    owner, sample = _repeat(along * across)
    s = (sample // across[owner] + 0.5) / along[owner] - 0.5
    t = (sample % across[owner] + 0.5) / across[owner] - 0.5
    way, span = direction[owner], length[owner]
    x = seen.center[owner, 0] + way[:, 0] * s * span - way[:, 1] * t * drawn[owner]
    y = seen.center[owner, 1] + way[:, 1] * s * span + way[:, 0] * t * drawn[owner]
    # Streaks thin out towards their ends and sides.
    fade = 2.25 * (1 - (2 * s) ** 2) * np.where(drawn[owner] > 1.5, 1 - (2 * t) ** 2, 1 / 1.5)
    share = span * drawn[owner] / (along * across)[owner]
    near = _look(around, seen.center[:, 0], seen.center[:, 1], (canvas.height, canvas.width))
    color = 1.0 * seen.color + 2.5 * near  # (n, 3)
    canvas.smooth_splat(x, y, seen.depth[owner], tau[owner] * fade * share, color[owner])


def _discs(seen: _Seen, margin: float) -> tuple[NDArray[np.integer], Array, Array, Array, Array]:
    """Pixel samples of every particle's disc, stretched along its smear.

    Returns owner, x, y [px], and the place in the disc (1 at its edge) across and along the smear.
    """
    wide = np.hypot(seen.radius, seen.blur) + margin
    smear = np.minimum(np.linalg.norm(seen.smear, axis=1), 60.0) / 2
    long = wide + smear
    side = 2 * np.ceil(long).astype(int) + 1
    owner, sample = _repeat(side * side)
    base = np.floor(seen.center[owner]) - np.ceil(long)[owner, None]
    x = base[:, 0] + sample % side[owner] + 0.5
    y = base[:, 1] + sample // side[owner] + 0.5
    way = seen.smear / np.maximum(np.linalg.norm(seen.smear, axis=1, keepdims=True), 1e-6)
    way[np.linalg.norm(seen.smear, axis=1) < 1e-6] = [0.0, 1.0]
    dx, dy = x - seen.center[owner, 0], y - seen.center[owner, 1]
    along = (dx * way[owner, 0] + dy * way[owner, 1]) / (wide + smear)[owner]
    across = (dy * way[owner, 0] - dx * way[owner, 1]) / wide[owner]
    near = along**2 + across**2 < 1
    return owner[near], x[near], y[near], across[near], along[near]


def _draw_drops(canvas: _Canvas, seen: _Seen, coarse: Array, around: Array) -> None:
    """Glass balls: the picture upside down and small, dark towards the rim, with a glint on it."""
    owner, x, y, across, along = _discs(seen, 0.5)
    rho = np.sqrt(across**2 + along**2)
    blur, radius = seen.blur[owner], seen.radius[owner]
    wide = np.hypot(radius, blur) + 0.5
    smear = np.minimum(np.linalg.norm(seen.smear, axis=1), 60.0)[owner] / 2
    edge = np.clip((1 - rho) * wide / np.maximum(1.0, 0.6 * blur), 0, 1)
    cover = edge * np.clip((radius / wide) ** 2, 0, 1) ** 0.75 * wide / (wide + smear)
    dx, dy = x - seen.center[owner, 0], y - seen.center[owner, 1]
    # A ball lens of water sees nearly half the world, turned over; the rim looks furthest round.
    spread = 0.30 * canvas.height * (0.45 + 0.9 * rho**2) / wide
    image = _look(coarse, seen.center[owner, 0] - dx * spread, seen.center[owner, 1] - dy * spread,
                  (canvas.height, canvas.width))  # fmt: skip
    near = _look(around, seen.center[:, 0], seen.center[:, 1], (canvas.height, canvas.width))[owner]
    sharp = np.clip(1 - blur / (radius + 1e-6), 0, 1)
    rim = np.exp(-(((rho - 0.93) / 0.10) ** 2)) * sharp
    u, v = dx / wide, dy / wide
    glint = np.exp(-(((u + 0.36) ** 2 + (v + 0.42) ** 2) / 0.018)) * sharp
    light = image * (1.05 - 0.80 * rim)[:, None] + 0.25 * near
    light += glint[:, None] * (3.0 * near + 0.8 * seen.color)
    light += (np.exp(-(((rho - 0.80) / 0.07) ** 2)) * np.clip(v, 0, 1) * sharp)[:, None] * (1.8 * near)
    tau = -np.log(1 - np.clip(cover * 0.94, 0, 0.985))
    canvas.splat(x, y, seen.depth[owner], tau, light)


def _draw_motes(canvas: _Canvas, seen: _Seen, around: Array) -> None:
    """Soft discs of their own light and what they scatter of the picture's; out of focus they spread and dim."""
    owner, x, y, across, along = _discs(seen, 0.7)
    fall = (1 - np.minimum(across**2 + along**2, 1)) ** 2
    wide = np.hypot(seen.radius, seen.blur) + 0.7
    smear = np.minimum(np.linalg.norm(seen.smear, axis=1), 60.0) / 2
    # Three times the mean of the profile is 1, so a mote's light is what its size gives, however spread.
    tau = 3.0 * fall * (np.clip(seen.radius**2 / (wide * (wide + smear)), 0, 1))[owner] * 0.25
    color = seen.color + 0.8 * _look(around, seen.center[:, 0], seen.center[:, 1], (canvas.height, canvas.width))
    canvas.splat(x, y, seen.depth[owner], tau, color[owner])
