"""The animatic: every shot in its time, with the burn-in, drawn shot by shot and kept by what it was drawn from.

A shot whose plan did not change is not drawn again. Drawings are made every few frames and held, as an animator works
"on fours"; the picture runs at the project's rate and lasts exactly as long as the plan says. Sound is silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from secondunit_engine.finish.encode import Encoder, to_planes
from secondunit_engine.layers import told
from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.previs.board import Draw
from secondunit_engine.previs.slate import Slate, bar_height, burn_in, clock_rows
from secondunit_engine.products import Product, ProductStore
from secondunit_engine.progress import Progress
from secondunit_engine.provenance.watermark import embed

LONG = 24 * 60 * 10  # frames from which a film is drawn on sixes
_CODEC = "h264"  # ten times smaller than ProRes, which a feature of drawings is not worth
_QUALITY = 92  # of a kept drawing: 60 KB where a PNG has 400
_STYLE = 2  # counts what the drawings look like: another number draws all again


@dataclass(frozen=True)
class Drawn:
    """How many drawings were made, and how many were there already."""

    made: int
    kept: int


def choose_every(frames: int, every: int) -> int:
    """On twos for a scene, on sixes for a feature, unless the user says how often."""
    return every if every > 0 else 2 if frames < LONG else 6


def slates_of(shots: Sequence[ShotPlan]) -> list[Slate]:
    """The slate of each shot in the film."""
    first, slates = 0, list[Slate]()
    for shot in shots:
        slates.append(Slate(first))
        first += shot.frames
    return slates


def _name(frame: int) -> str:
    return f"{frame:06d}.jpg"


def draw_shots(
    shots: Sequence[ShotPlan], draw: Draw, store: ProductStore, every: int, size: tuple[int, int], progress: Progress
) -> tuple[list[Product], Drawn]:
    """The drawings of every shot as pictures in the store; what is there is not drawn again."""
    products: list[Product] = []
    made = kept = done = 0
    for shot in shots:
        count = len(range(0, shot.frames, every))
        drawn = store.make(
            "drawings",
            (told(shot), every, size, _STYLE),
            lambda folder, shot=shot, done=done: _draw(shot, draw, every, folder, progress, done),
            resumable=True,
        )
        products.append(drawn)
        made, kept, done = made + drawn.made * count, kept + (not drawn.made) * count, done + count
        progress.step(done, f"{shot.id} drawn")
    return products, Drawn(made, kept)


def _draw(shot: ShotPlan, draw: Draw, every: int, folder: Path, progress: Progress, done: int) -> None:
    for number, frame in enumerate(range(0, shot.frames, every)):
        progress.check()
        path = folder / _name(frame)
        if path.is_file():
            continue  # drawn before an interruption
        part = path.with_suffix(".part")
        Image.fromarray(draw(shot, frame)).save(part, "JPEG", quality=_QUALITY, subsampling=0)
        part.replace(path)
        progress.step(done + number + 1, shot.id)


def write_animatic(
    shots: Sequence[ShotPlan], drawings: Sequence[Product], every: int, watermark: int, path: Path, progress: Progress,
    done: Callable[[int], int],
) -> tuple[int, int, int]:  # fmt: skip
    """Encode the drawings with their burn-in; returns width, height and frames. A watermark is in every frame.

    While a drawing is held only the line with its timecode is written anew. `done` turns frames encoded into steps of
    the whole.
    """
    with Image.open(drawings[0].folder / _name(0)) as first:
        width, picture_height = first.size
    height = picture_height + 2 * bar_height(picture_height)
    count = 0
    with Encoder(path, _CODEC, shots[0].rate, width, height) as film:
        for shot, slate, product in zip(shots, slates_of(shots), drawings, strict=True):
            poses = camera_poses(shot)
            planes: list[np.ndarray] = []
            for frame in range(shot.frames):
                progress.check()
                if frame % every == 0:
                    picture = np.asarray(Image.open(product.folder / _name(frame)).convert("RGB"))  # (H, W, 3)
                    sheet = burn_in(picture, shot, poses[frame], slate, frame) / np.float32(255.0)
                    planes = [plane.copy() for plane in to_planes(embed(sheet, watermark), film.codec)]
                else:
                    strip = clock_rows(shot, slate, frame, width, picture_height)
                    for plane, fresh in zip(planes, to_planes(strip, film.codec), strict=True):
                        plane[: len(fresh)] = fresh
                film.write_planes((planes[0], planes[1], planes[2]))
                count += 1
                if count % 12 == 0:
                    progress.step(done(count), f"{shot.id} into the animatic")
    return width, height, count
