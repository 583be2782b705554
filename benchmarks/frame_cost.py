"""CPU seconds a frame at 854x480 on the reference scene, by stage of the work."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.reference_scene import write_reference_scene
from benchmarks.stopwatch import Stopwatch
from benchmarks.table import Row
from secondunit_engine.progress import Quiet

FRAMES = 24
_STEPS = {
    "trace_first_hit": "first hit, 4 rays",
    "trace_light": "paths, 2 spp",
    "gather": "gather +-8",
    "smooth": "final gather +-2",
    "split_light": "split by group",
    "write_frame": "EXR",
}


def measure(quality: str = "preview") -> list[Row]:
    """Render the shot once to compile everything, then again to count."""
    from secondunit_engine.render import render_shot as rooms
    from secondunit_engine.render.settings import RenderSettings

    watch = Stopwatch()
    watched = {(rooms, step): step for step in _STEPS} | {(rooms.Denoiser, "denoise"): "denoise"}
    settings = RenderSettings(854, 480, quality, seed=0)  # pyright: ignore[reportArgumentType]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reference_scene(folder / "warm.usdc", frames=3)
        rooms.render_shot(folder / "warm.usdc", settings, folder / "warm", Quiet())
        write_reference_scene(folder / "shot.usdc", frames=FRAMES)
        start = time.process_time()
        with watch.watching(watched):
            rooms.render_shot(folder / "shot.usdc", settings, folder / "shot", Quiet())
        total = (time.process_time() - start) / FRAMES
        size = sum(file.stat().st_size for file in (folder / "shot" / "frames").iterdir()) / FRAMES
    rows = [Row("a frame 854x480, 2 spp, everything but the encoder", f"{total:.2f}", "cpu-s", "3.5")]
    rows += [Row(f"- {label}", f"{watch.total(step) / FRAMES:.2f}", "cpu-s") for step, label in _STEPS.items()]
    rows.insert(-1, Row("- OIDN", f"{watch.total('denoise') / FRAMES:.2f}", "cpu-s"))
    rest = total - sum(map(watch.total, watched.values())) / FRAMES
    rows.append(Row("- the rest: scene update, packing, air, sprites", f"{rest:.2f}", "cpu-s"))
    rows.append(Row("- size of an EXR frame", f"{size / 1e6:.0f}", "MB"))
    return rows
