"""Air and sprites of a frame: what is drawn over the path-traced light."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.render.air import render_air
from secondunit_engine.render.deep import caustics_on, read_water
from secondunit_engine.render.scene import Scene
from secondunit_engine.render.sprites import draw_sprites
from secondunit_engine.render.view import View


def draw_air(
    stage: Usd.Stage,
    frame: int,
    view: View,
    depth: NDArray[np.float32],
    position: NDArray[np.float32],
    scene: Scene,
) -> dict[str, NDArray[np.float32]]:
    """What the air does, as parts of a frame; the scene must be at this frame.

    "air" is the light scattered in and the transmittance, (H, W, 4), or by channel, (H, W, 6); "air.<group>" the light
    of each group, (H, W, 3).
    """
    scattered, transmittance = render_air(stage, frame, view, depth, position, scene.scene)
    light = sum(scattered.values(), np.zeros((*depth.shape, 3), np.float32))
    parts = {f"air.{group}": each for group, each in scattered.items()}
    return {"air": np.concatenate([light, transmittance.reshape(*depth.shape, -1)], axis=-1)} | parts


def draw_caustics(
    stage: Usd.Stage, frame: int, position: NDArray[np.float32], light: NDArray[np.float32], groups: Sequence[str]
) -> None:
    """Under water, gather the sun's part of the light (H, W, groups, 3) as the waves do; changes `light` in place.

    position: First hit [m], (H, W, 3).
    """
    water = read_water(stage, frame)
    if water is not None and water.deep.sun_group in groups:
        light[:, :, groups.index(water.deep.sun_group)] *= caustics_on(water, position)[..., None]


def draw_over(
    stage: Usd.Stage,
    frame: int,
    view: View,
    depth: NDArray[np.float32],
    light: NDArray[np.floating],
    air: NDArray[np.floating],
) -> NDArray[np.float32]:
    """Sprites, premultiplied with their cover, (H, W, 4), over light (H, W, 3) seen through air (H, W, 4 or 6)."""
    return draw_sprites(stage, frame, view, depth, through_air(light, air))


def through_air(light: NDArray[np.floating], air: NDArray[np.floating]) -> NDArray[np.float32]:
    """Light (H, W, 3) seen through air (H, W, 4 or 6)."""
    return (light * air[..., 3:].astype(np.float32) + air[..., :3]).astype(np.float32)


def under_sprites(light: NDArray[np.floating], sprites: NDArray[np.floating]) -> NDArray[np.float32]:
    """Light (H, W, 3) behind sprites (H, W, 4)."""
    return (light * (1 - sprites[..., 3:].astype(np.float32)) + sprites[..., :3]).astype(np.float32)
