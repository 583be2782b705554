"""A shot within a time: how many samples a pixel, and how many pixels, a machine can afford.

A few small frames of the shot are rendered and timed; what a frame costs is taken as linear in its pixels and in its
samples. Of two ways to spend the same time the one with more pixels is taken: one sample at full size lies nearer to
the reference than four at half (both denoised). Samples come next.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pxr import Usd

from secondunit_bridge.errors import NotFound, TooLarge
from secondunit_engine.progress import Progress, Quiet
from secondunit_engine.render.render_shot import frame_range, render_shot
from secondunit_engine.render.scene import Scene
from secondunit_engine.render.settings import BudgetChoice, RenderSettings

_SCALES: Final = (1.0, 0.75, 0.5, 0.375, 0.25)  # of both sides
_MOST: Final = 32  # samples a pixel: more are not seen after the denoiser
# The small frames gather from one neighbour and not from sixteen, and the picture is finished afterwards.
_RESERVE: Final = 1.25


@dataclass(frozen=True)
class Cost:
    """What the shot costs on this machine [s].

    loading: Of the scene, once. still: Of a frame whatever its size. pixel: Of a pixel of a frame without its samples.
    sample: Of each sample of a pixel. spent: What measuring took.
    """

    loading: float
    still: float
    pixel: float
    sample: float
    spent: float = 0.0

    def of_shot(self, pixels: int, samples: int, frames: int) -> float:
        """Seconds from now to the finished picture, and those spent already."""
        frame = self.still + pixels * (self.pixel + samples * self.sample)
        return self.spent + self.loading + _RESERVE * frames * frame


def solve_budget(cost: Cost, settings: RenderSettings, frames: int, seconds: float) -> BudgetChoice:
    """The most pixels, then the most samples, with which `frames` frames are done in `seconds`.

    Raises TooLarge if not even a quarter of the width with one sample would be; it says how long that takes.
    """
    width, height = settings.width, settings.height
    for scale in _SCALES:
        if scale < 1:
            width, height = (max(16, round(side * scale / 2) * 2) for side in (settings.width, settings.height))
        afforded = [n for n in range(1, _MOST + 1) if cost.of_shot(width * height, n, frames) <= seconds]
        if afforded:
            expected = cost.of_shot(width * height, afforded[-1], frames)
            return BudgetChoice(round(seconds), round(expected), width, height, afforded[-1])
    least = cost.of_shot(width * height, 1, frames)
    raise TooLarge(
        f"{frames} frames cannot be shot in {seconds:.0f} seconds here: {width}x{height} with one sample a pixel"
        f" takes about {least:.0f}.",
        mend=f"Give a budget of at least {least:.0f}s, or make the shot shorter.",
    )


def probe(stage: Path, settings: RenderSettings, progress: Progress) -> Cost:
    """Render frames from the middle of the shot at half the size, and time them on the wall.

    Raises what `render_shot` raises.
    """
    if not stage.is_file():
        raise NotFound(f"There is no stage {stage.name}.", mend="Build the shot first.")
    start = time.perf_counter()
    opened = Usd.Stage.Open(str(stage))
    shot = frame_range(opened)
    middle = shot[len(shot) // 2]
    frames = range(max(middle - 1, shot[0]), middle + 1)  # two, or the only one
    scene = Scene(opened, frames[0])
    loading = time.perf_counter() - start
    width, height = max(settings.width // 2, 16), max(settings.height // 2, 16)

    def timed(samples: int) -> float:
        with tempfile.TemporaryDirectory() as folder:
            before = time.perf_counter()
            small = replace(settings, width=width, height=height, samples=samples)
            render_shot(stage, small, Path(folder), _Asking(progress), frames=frames, scene=scene)
            return (time.perf_counter() - before) / len(frames)

    timed(1)  # compiles
    before = time.perf_counter()
    scene.update(frames[0])
    still = time.perf_counter() - before
    one, three = timed(1), timed(3)
    pixels = width * height
    sample = max((three - one) / 2, 0.05 * one) / pixels  # a busy machine may time three below one
    pixel = max(one - still - sample * pixels, 0.0) / pixels
    return Cost(loading, still, pixel, sample, spent=time.perf_counter() - start)


class _Asking(Quiet):
    """Hears a cancel, and tells nothing."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def check(self) -> None:
        self._progress.check()
