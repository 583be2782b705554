"""One frame on its own, path traced and denoised: for looking at a set while it is built."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pxr import Usd

from secondunit_engine.color import to_rec709
from secondunit_engine.render.camera import read_view
from secondunit_engine.render.flicker import group_gains
from secondunit_engine.render.integrator import trace_first_hit, trace_light
from secondunit_engine.render.oidn import Denoiser
from secondunit_engine.render.overlays import draw_air, draw_caustics, draw_over, through_air, under_sprites
from secondunit_engine.render.records import pack_records
from secondunit_engine.render.scene import Scene
from secondunit_engine.render.split import split_light


def render_still(
    path: Path, frame: int, width: int, height: int, samples: int = 4, depth: int = 7, group: str = ""
) -> NDArray[np.float32]:
    """Render a frame of the stage at `path`, ACEScg [height, width, 3]; `group` shows that light group alone."""
    stage = Usd.Stage.Open(str(path))
    scene = Scene(stage, frame)
    view = read_view(stage, frame, width, height)
    first = trace_first_hit(scene, view, 4, seed=1, check=_go_on)
    light = trace_light(scene, view, samples, depth, clamp=200.0, seed=1, check=_go_on)
    radiance = first.diffuse * light.diffuse + light.specular
    emission = first.emission
    if group:
        number = scene.groups.index(group)
        radiance, emission = light.groups[:, :, number], first.emission[:, :, number, None]
    denoiser = Denoiser(width, height, "high", clean_aux=True)
    picture = denoiser.denoise(radiance, first.albedo, first.normal)
    denoiser.close()
    shares = picture[:, :, None]
    if not group:
        surface = scene.tables.face_surface[first.face]
        record = pack_records(first.position, first.normal, surface, light.diffuse, light.specular, light.groups)
        shares = split_light(picture, light.groups, record)
    draw_caustics(stage, frame, first.position, shares, (group,) if group else scene.groups)
    gains = group_gains(stage, frame, (group,) if group else scene.groups)[:, None]
    picture = ((shares + emission) * gains).sum(axis=2)
    air = draw_air(stage, frame, view, first.depth, first.position, scene)["air"]
    sprites = draw_over(stage, frame, view, first.depth, picture, air)
    return under_sprites(through_air(picture, air), sprites)


def save_png(path: Path, picture: NDArray[np.float32], exposure: float) -> None:
    """Write ACEScg as an sRGB PNG through a simple filmic curve (Hable's approximation by Hejl and Burgess-Dawson)."""
    x = np.maximum(to_rec709(picture * 2.0**exposure) - 0.004, 0)  # (H, W, 3)
    # The curve holds the sRGB encoding already.
    code = x * (6.2 * x + 0.5) / (x * (6.2 * x + 1.7) + 0.06)
    Image.fromarray((np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8)).save(path)


def _go_on() -> None:
    """A still is not cancelled."""
