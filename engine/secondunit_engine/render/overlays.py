"""Air and sprites of a frame: what is drawn over the path-traced light."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.render.scene import Scene
from secondunit_engine.render.view import View


@dataclass(frozen=True)
class Overlays:
    """air: In-scattered light and transmittance, (H, W, 4). sprites: Premultiplied light and cover, (H, W, 4)."""

    air: NDArray[np.float32]
    sprites: NDArray[np.float32]

    def over(self, light: NDArray[np.float32]) -> NDArray[np.float32]:
        """Light (H, W, 3) seen through the air and behind the sprites."""
        hazed = light * self.air[..., 3:] + self.air[..., :3]
        return hazed * (1 - self.sprites[..., 3:]) + self.sprites[..., :3]


def draw_overlays(
    stage: Usd.Stage,
    frame: int,
    view: View,
    depth: NDArray[np.float32],
    position: NDArray[np.float32],
    light: NDArray[np.float32],
    scene: Scene,
) -> Overlays:
    """Draw the air and the particles of one frame over its light (H, W, 3)."""
    clear = np.zeros((*depth.shape, 4), np.float32)
    air, sprites = clear + np.array([0, 0, 0, 1], np.float32), clear
    if find_spec("secondunit_engine.render.air"):
        from secondunit_engine.render.air import render_air

        air = render_air(stage, frame, view, depth, position, scene.scene)
    if find_spec("secondunit_engine.render.sprites"):
        from secondunit_engine.render.sprites import draw_sprites

        sprites = draw_sprites(stage, frame, view, depth, light * air[..., 3:] + air[..., :3])
    return Overlays(air, sprites)
