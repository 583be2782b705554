"""A contact sheet of prompts, for somebody to judge: python -m benchmarks.sheet OUT.jpg [--only TEXT]

Each prompt is planned and built as `shoot` does it, and its middle frame is taken on its own. Beside the sheet a table
says place, CPU seconds by part, and how far each picture is from the one that is most like it (perceptual hash, bits of
64): two prompts that share a set by accident come out near to each other.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import fft

from benchmarks.recipes import build_shot
from secondunit_engine.finish.finish_shot import finish_frame
from secondunit_engine.finish.look import usual_look

# From VBench (Huang et al., CVPR 2024; Apache-2.0): its scenes, human actions and consistency prompts.
PROMPTS = (
    "alley",
    "a person is walking in the snow",
    "beach",
    "bedroom",
    "classroom",
    "corridor",
    "desert",
    "a car accelerating to gain speed",
    "forest road",
    "harbor",
    "kitchen",
    "indoor library",
    "mountain",
    "ocean",
    "office",
    "palace",
    "raceway",
    "indoor movie theater",
    "baseball stadium",
    "street",
    "train station platform",
    "underwater coral reef",
    "sky",
    "An astronaut is walking through a space station",
)
_WIDE, _HIGH = 1280, 720
_COLUMNS = 4


@dataclass(frozen=True)
class Taken:
    """A prompt's picture, code values 0 to 255, shape [H, W, 3], and its place; CPU seconds to plan and build the shot
    and to render the frame."""

    prompt: str
    place: str
    built: float
    rendered: float
    picture: NDArray[np.uint8]


def take(prompt: str, folder: Path, samples: int, size: tuple[int, int], seed: int = 1) -> Taken:
    """Plan a prompt, build its first shot and take the middle frame."""
    from secondunit_engine.render.still import render_still

    start = time.process_time()
    shot, stage = build_shot(prompt, 24, folder, seed)
    built = time.process_time() - start
    light = render_still(stage, 1012, *size, samples=samples)
    rendered = time.process_time() - start - built
    picture = finish_frame({"beauty": light}, usual_look(shot.camera), shot.seed, 1012)
    return Taken(prompt, shot.set.place, built, rendered, np.rint(picture * 255).astype(np.uint8))


def perceptual_hash(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """64 bits of what a picture looks like: the signs about the median of its lowest frequencies, without the mean.

    Source: Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010).
    """
    grey = np.asarray(Image.fromarray(picture).convert("L").resize((32, 32), Image.Resampling.LANCZOS), float)
    low = np.asarray(fft.dctn(grey, norm="ortho"))[:8, :8].reshape(-1)
    return low > np.median(low[1:])


def draw_sheet(taken: list[Taken], out: Path) -> None:
    """Write the pictures with their prompts as one JPEG of at most 1280 pixels across."""
    width = _WIDE // _COLUMNS
    height = width * _HIGH // _WIDE
    rows = -(-len(taken) // _COLUMNS)
    sheet = Image.new("RGB", (_WIDE, rows * (height + 16)), (12, 12, 12))
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)
    for at, each in enumerate(taken):
        x, y = at % _COLUMNS * width, at // _COLUMNS * (height + 16)
        sheet.paste(Image.fromarray(each.picture).resize((width - 2, height), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 3, y + height + 1), f"{each.prompt[:44]} ({each.place})", (190, 190, 190), font)
    sheet.save(out, quality=84)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sheet", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="prompts with this in them")
    parser.add_argument("--samples", type=int, default=6)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds of each prompt")
    asked = parser.parse_args()
    width, height = (int(side) for side in asked.size.split("x"))
    taken: list[Taken] = []
    with tempfile.TemporaryDirectory() as scratch:
        for prompt in (prompt for prompt in PROMPTS if asked.only in prompt):
            for seed in range(1, asked.seeds + 1):
                taken.append(take(prompt, Path(scratch), asked.samples, (width, height), seed))
                Image.fromarray(taken[-1].picture).save(asked.out.with_name(f"{asked.out.stem}_{len(taken):02d}.png"))
                print(
                    f"{prompt}: {taken[-1].place}, {taken[-1].built:.1f} + {taken[-1].rendered:.1f} cpu-s", flush=True
                )
    draw_sheet(taken, asked.out)
    hashes = [perceptual_hash(each.picture) for each in taken]
    for one, each in zip(hashes, taken, strict=True):
        apart = sorted((int((one != other).sum()), who.prompt) for other, who in zip(hashes, taken, strict=True))
        print(f"{each.prompt}: nearest {apart[1][1]}, {apart[1][0]} of 64 bits" if len(apart) > 1 else each.prompt)


if __name__ == "__main__":
    main()
