"""Memory over a long shot: the resident size at frame 10 against frame 300 of one run."""

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
        self.sizes: list[float] = []

    def step(self, done: int, note: str = "") -> None:
        if note.endswith("finished"):
            self.sizes.append(_resident())


def measure() -> list[Row]:
    """Render 300 small frames of the reference scene in this process."""
    with tempfile.TemporaryDirectory() as scratch:
        stage, watch = Path(scratch) / "stage.usdc", _Watch()
        write_reference_scene(stage, frames=FRAMES, detail=40, objects=20)
        render_shot(stage, RenderSettings(160, 90, "draft", 1), Path(scratch), watch)
    early, late = watch.sizes[EARLY - 1], watch.sizes[-1]
    grown = late / early - 1
    return [Row(f"memory, frame {EARLY} to {FRAMES}", f"{early:.0f} to {late:.0f} MB, {grown:+.1%}", "", "< +3 %")]


def _resident() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20
