"""Frames to picture: light mix, grade, lens, view, watermark, and the files an editor wants.

picture.mov   ProRes 422 HQ with the sound, what the timeline plays
proxy.mp4     H.264 at half size
depth.mov     depth as a grey picture, `NEAR / (NEAR + depth)`: 1 at the lens, 0.5 at four metres
still.png     the middle frame, for sheets and thumbnails
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from secondunit_bridge.timing import Rate
from secondunit_engine.finish import display, drops, flare, lens
from secondunit_engine.finish.composite import check_groups, light_groups, mix_lights
from secondunit_engine.finish.encode import Encoder
from secondunit_engine.finish.grade import grade
from secondunit_engine.finish.look import Look
from secondunit_engine.progress import Progress
from secondunit_engine.provenance.watermark import embed
from secondunit_engine.render.exr import read_frame

Image = NDArray[np.float32]

NEAR: Final = 4.0  # m


def finish_frame(parts: dict[str, Image], look: Look, seed: int, frame: int) -> Image:
    """One frame's parts to a Rec.709 picture, code values 0 to 1, shape [H, W, 3], not yet watermarked."""
    image = mix_lights(parts, look.lights)  # (H, W, 3) ACEScg
    image = drops.drops(image, look.drops, seed, frame)
    image = lens.aberrate(image, look.aberration)
    image = flare.streak(image, look.streak)
    image = flare.ghosts(image, look.ghosts)
    image = lens.bloom(image, look.bloom)
    image = lens.halation(image, look.halation)
    image = lens.vignette(image, look.vignette)
    image = display.show(grade(image, look), look.view)
    if look.lut:
        image = display.apply_lut(image, look.lut)
    return lens.grain(image, look.grain, seed, frame)


def depth_picture(depth: Image) -> Image:
    """Depth [m], shape [H, W], as a grey picture, shape [H, W, 3]; the sky (infinite depth) is black."""
    near = NEAR / (NEAR + np.where(np.isfinite(depth) & (depth > 0), depth, np.inf))
    return np.repeat(near[..., None], 3, axis=-1).astype(np.float32)


def half_size(image: Image) -> Image:
    """Average blocks of 2x2 pixels and keep the sides even, [H, W, C] to [H/2, W/2, C]."""
    height, width = (side // 4 * 4 for side in image.shape[:2])
    blocks = image[:height, :width].reshape(height // 2, 2, width // 2, 2, -1)
    return blocks.mean(axis=(1, 3))


def finish_shot(
    frames: Path,
    look: Look,
    rate: Rate,
    seed: int,
    sound: Path | None,
    watermark: int,
    folder: Path,
    progress: Progress,
) -> None:
    """Write the shot's picture files into `folder`; a watermark goes into every frame.

    frames: Folder of EXRs as the renderer writes them. Raises BadInput (look, LUT), OutOfSpace, Cancelled.
    """
    paths = sorted(frames.glob("*.exr"))
    first = read_frame(paths[0]).parts
    check_groups(look.lights, light_groups(first))
    faded = [f"{kind}.{mix.group}" for kind in ("light", "air") for mix in look.lights]
    needed = ("beauty", "air", "sprites", "depth", *(name for name in faded if name in first))
    height, width = first["beauty"].shape[:2]
    small = half_size(first["beauty"]).shape
    stills = {paths[len(paths) * (2 * i - 1) // 6]: f"still_{i}.png" for i in (1, 2, 3)}
    progress.begin("picture", len(paths))
    with ExitStack() as files:
        picture = files.enter_context(Encoder(folder / "picture.mov", "prores-hq", rate, width, height, sound=sound))
        depth = files.enter_context(Encoder(folder / "depth.mov", "prores-hq", rate, width, height))
        proxy = files.enter_context(Encoder(folder / "proxy.mp4", "h264", rate, small[1], small[0], sound=sound))
        for done, path in enumerate(paths, start=1):
            progress.check()
            parts = read_frame(path, needed).parts
            image = embed(finish_frame(parts, look, seed, int(path.stem)), watermark).astype(np.float32)
            picture.write(image)
            proxy.write(half_size(image))
            depth.write(depth_picture(parts["depth"][..., 0]))
            if path in stills:
                still = Picture.fromarray(np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8))
                still.save(folder / stills[path])
            progress.step(done)
