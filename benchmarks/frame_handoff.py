"""How fast a frame goes from one client to another, against a plain copy of its file.

    python -m benchmarks frame_handoff

A 4K half-float EXR frame (71 MB). Client A has it as a file; client B, another process, is told the handle, opens it,
maps it and reads every byte. Against that stands `shutil.copyfile` of the same file, which ends with the copy unread.
The second row starts with the frame in A's memory: A writes it into the engine's folder and gives it away.
"""

from __future__ import annotations

import mmap
import multiprocessing
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.table import Row
from secondunit_bridge.client import connect
from secondunit_bridge.launch import engine

FRAME_BYTES = 4096 * 2160 * 4 * 2 + 300_000  # RGBA half, and a header and offset table's worth
RUNS = 9
BAR = 0.9


def read_frames(state: str, line: Connection) -> None:
    """Client B: for each handle, answer how many bytes it read."""
    with connect(Path(state)) as client:
        line.send("ready")
        for handle in iter(line.recv, None):
            with (
                client.open_frame(handle).open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view,
            ):
                line.send(sum(len(view[at : at + 2**20]) for at in range(0, len(view), 2**20)))
            client.release_frame(handle)


def time_ways(folder: Path) -> dict[str, float]:
    """Median seconds of each way, and the speed of the hand-off relative to the copy."""
    source = folder / "1001.exr"
    frame = os.urandom(FRAME_BYTES)
    source.write_bytes(frame)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    state = folder / "state"
    with engine(state) as client:
        reader = context.Process(target=read_frames, args=(str(state), theirs), daemon=True)
        reader.start()
        assert ours.recv() == "ready"
        frames_dir = Path(client.info().frames_dir)

        def hand_on(path: Path, *, give: bool) -> None:
            ours.send(client.publish_frame(path, give=give))
            assert ours.recv() == FRAME_BYTES

        def hand_on_from_memory() -> None:
            path = frames_dir / "fresh.part"
            path.write_bytes(frame)
            hand_on(path, give=True)

        def copy_from_memory() -> None:
            (folder / "fresh.exr").write_bytes(frame)
            shutil.copyfile(folder / "fresh.exr", folder / "copy.exr")

        # By turns, so that both ways meet the same machine.
        ways: dict[str, Callable[[], object]] = {
            "copy": lambda: shutil.copyfile(source, folder / "copy.exr"),
            "hand-off": lambda: hand_on(source, give=False),
            "write and copy": copy_from_memory,
            "write and hand-off": hand_on_from_memory,
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(RUNS):
            for name, way in ways.items():
                (folder / "copy.exr").unlink(missing_ok=True)
                begin = time.perf_counter()
                way()
                seconds[name].append(time.perf_counter() - begin)
        ours.send(None)
        reader.join(5)
    return {name: statistics.median(times) for name, times in seconds.items()}


def measure() -> list[Row]:
    """Medians of both ways as rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        medians = time_ways(Path(folder))
    size = f"{FRAME_BYTES / 1e6:.0f} MB frame"
    rows = []
    for name, copy, hand_off in (("file", "copy", "hand-off"), ("memory", "write and copy", "write and hand-off")):
        times = f"{1000 * medians[hand_off]:.1f} against {1000 * medians[copy]:.1f} ms"
        ratio = medians[copy] / medians[hand_off]
        rows.append(
            Row(f"hand-off of a {size} from {name}, against a copy", f"{ratio:.2f} ({times})", "x", f">= {BAR}")
        )
    return rows
