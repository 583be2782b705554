"""Every place built once: seconds on the clock and of the processor, and what the build leaves on the disk.

Each is built in a process of its own, as a worker's first job is, so what a place loads is counted; the order is that
of the places. A build and its first frame shall take under ten seconds on two cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import Row
from secondunit_engine.places import PLACES
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.build_set import build_set

_BAR = "build and first frame: 10 s on 2 cores"


def measure() -> list[Row]:
    """A row for each place, and one for all."""
    measured = [(place, *_built(place)) for place in PLACES]
    rows = [
        Row(f"{place}: built (cpu-s, MB on the disk)", f"{wall:.1f} ({cpu:.1f}, {size:.0f})", "s", _BAR)
        for place, wall, cpu, size in measured
    ]
    total = sum(cpu for _, _, cpu, _ in measured)
    return [*rows, Row(f"all {len(measured)} places built", f"{total:.0f}", "cpu-s")]


def _built(place: str) -> tuple[float, float, float]:
    """Wall and CPU seconds and megabytes of a build in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sets", place]
    wall, cpu, size = subprocess.check_output(command, text=True, env=os.environ).split()
    return float(wall), float(cpu), float(size)


def _build(place: str) -> None:
    """Build a place and print what `_built` reads."""
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        build_set(SetPlan(place), Path(folder))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
    print(wall, cpu, size)


if __name__ == "__main__":
    _build(sys.argv[1])
