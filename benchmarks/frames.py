"""CPU seconds a frame of the recipes in motion, everything on, by part of the work: the bars of preview and final.

    python -m benchmarks frames
    python -m benchmarks.frames --recipe library --quality preview --frames 9 --keep FOLDER

A short shot of each recipe is planned from its prompt, built, rendered and finished as `shoot` does it. What is given
is the median over the shot's frames, part by part, user and system time of all threads, so that what the first frame
compiles does not count but in "the rest". `--keep` keeps the built layers and the pictures for looking at.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.recipes import RECIPES, build_shot
from benchmarks.stopwatch import Stopwatch, Watched
from benchmarks.table import Row, print_table
from secondunit_engine.finish.look import Look
from secondunit_engine.planning.plan import Quality, Settings
from secondunit_engine.progress import Quiet

WIDTH, HEIGHT, FRAMES = 854, 480, 17
BARS: dict[Quality, float] = {"preview": 6.0, "final": 15.0}


def measure(
    recipes: Sequence[str] = tuple(RECIPES),
    qualities: Sequence[Quality] = ("preview", "final"),
    frames: int = FRAMES,
    keep: Path | None = None,
) -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = keep or Path(name)
        for recipe in recipes:
            _, stage = build_shot(RECIPES[recipe], frames, folder)
            for quality in qualities:
                rows += _measure_shot(recipe, stage, quality, frames, Path(name), keep)
    return rows


def _measure_shot(
    recipe: str, stage: Path, quality: Quality, frames: int, scratch: Path, keep: Path | None
) -> list[Row]:
    from secondunit_engine.finish.finish_shot import finish_shot
    from secondunit_engine.render.render_shot import render_shot
    from secondunit_engine.render.settings import RenderSettings

    settings, folder = RenderSettings(WIDTH, HEIGHT, quality, seed=0), scratch / f"{recipe}-{quality}"
    folder.mkdir()
    (folder / "picture").mkdir()
    watch, rate = Stopwatch(), Settings().rate
    start = time.process_time()
    with watch.watching(_watched()):
        render_shot(stage, settings, folder, Quiet())
        finish_shot(folder / "frames", Look(), rate, 0, None, 1, folder / "picture", Quiet())
    spent = time.process_time() - start
    if keep:
        (folder / "picture" / "still_2.png").rename(keep / f"{recipe}-{quality}.png")
        (folder / "picture" / "picture.mov").rename(keep / f"{recipe}-{quality}.mov")
    parts = {part: watch.median(part) for part in dict.fromkeys(_watched().values()) if part != "loading"}
    calls = {part: len(watch.calls[part]) / frames for part in parts}
    each = {part: parts[part] * max(round(calls[part]), 1) for part in parts}
    rest = (spent - sum(watch.total(part) for part in [*parts, "loading"])) / frames
    whole = sum(each.values()) + rest
    title = f"{recipe}, {quality}, a frame {WIDTH}x{HEIGHT}, everything"
    rows = [Row(title, f"{whole:.2f}", "cpu-s", f"{BARS.get(quality, '')}")]
    rows += [Row(f"- {part}", f"{cost:.2f}", "cpu-s") for part, cost in each.items()]
    rows += [
        Row("- the rest", f"{rest:.2f}", "cpu-s"),
        Row("- loading, once", f"{watch.total('loading'):.1f}", "cpu-s"),
    ]
    return rows


def _watched() -> Watched:
    """Which call is which part."""
    from secondunit_engine.finish import encode, finish_shot, lens
    from secondunit_engine.render import render_shot

    frame = render_shot
    return {
        (frame.Scene, "__init__"): "loading",
        (frame.Scene, "update"): "moving the scene",
        (frame, "trace_first_hit"): "first hits",
        (frame, "trace_light"): "paths",
        (frame, "gather"): "gather",
        (frame.Denoiser, "denoise"): "OIDN",
        (frame, "smooth"): "final gather",
        (frame, "split_light"): "light groups",
        (frame, "draw_air"): "air",
        (frame, "draw_over"): "sprites",
        (frame, "blur_by_depth"): "depth of field",
        (frame, "blur_by_motion"): "motion blur",
        (frame, "write_frame"): "EXR out",
        (finish_shot, "read_frame"): "EXR in",
        (lens, "bloom"): "bloom",
        (finish_shot, "finish_frame"): "grade and view",
        (finish_shot, "embed"): "watermark",
        (encode.Encoder, "write"): "encoding, three files",
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frames", description=__doc__)
    parser.add_argument("--recipe", nargs="*", choices=list(RECIPES), default=list(RECIPES))
    parser.add_argument("--quality", nargs="*", choices=["draft", *BARS], default=list(BARS))
    parser.add_argument("--frames", type=int, default=FRAMES)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    print_table(measure(asked.recipe, asked.quality, asked.frames, asked.keep))


if __name__ == "__main__":
    main()
