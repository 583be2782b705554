"""Memory over a long shot: what the process holds at frame 10 against frame 300 of one run.

Pages of the USD layer that were read through the file map count as resident too, but are the page cache's: the kernel
drops them when it wants. So the process's own (anonymous) memory is what must not grow; both are printed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.reference_scene import write_reference_scene
from benchmarks.table import Row
from secondunit_engine.progress import Quiet
from secondunit_engine.render.render_shot import render_shot
from secondunit_engine.render.settings import RenderSettings

FRAMES = 300
EARLY = 10


class _Watch(Quiet):
    """Notes the resident size whenever a frame is finished."""

    def __init__(self) -> None:
        self.sizes: list[tuple[float, float]] = []

    def step(self, done: int, note: str = "") -> None:
        if note.endswith("finished"):
            self.sizes.append(_resident())


def measure() -> list[Row]:
    """Render 300 frames of the reference scene in this process."""
    with tempfile.TemporaryDirectory() as scratch:
        stage, watch = Path(scratch) / "stage.usdc", _Watch()
        write_reference_scene(stage, frames=FRAMES)
        render_shot(stage, RenderSettings(320, 180, "draft", 1), Path(scratch), watch)
    own, mapped = zip(watch.sizes[EARLY - 1], watch.sizes[-1], strict=True)
    return [
        Row(f"own memory, frame {EARLY} to {FRAMES}", _growth(*own), "MB", "< +3 %"),
        Row(f"file pages mapped, frame {EARLY} to {FRAMES}", _growth(*mapped), "MB", ""),
    ]


def _growth(early: float, late: float) -> str:
    return f"{early:.0f} to {late:.0f}, {late / early - 1:+.1%}"


def _resident() -> tuple[float, float]:
    """Anonymous and file-backed resident memory of this process in MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Rss")}
    return int(kilobytes["RssAnon"]) / 1024, int(kilobytes["RssFile"]) / 1024
