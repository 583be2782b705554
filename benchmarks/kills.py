"""Twenty kills: an engine with its worker is killed at random moments of one job and started again.

The job must finish, no finished frame may be rendered twice, and the pixels must be those of an undisturbed run.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.table import Row
from secondunit.v1 import job_pb2
from secondunit_bridge.client import connect, settings
from secondunit_bridge.launch import start_engine
from secondunit_engine.render.exr import read_frame

BRIEF = "midnight rain, LED tunnel, car accelerates toward lens"
KILLS = 20
LONGEST = 1800.0  # s
ENDED = (job_pb2.JOB_STATE_DONE, job_pb2.JOB_STATE_FAILED, job_pb2.JOB_STATE_CANCELLED)


def measure(seed: int = 1) -> list[Row]:
    """Kill twenty times, then compare with an undisturbed run."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        kills, remade = _shoot_under_fire(folder / "fire", random.Random(seed))
        _shoot(folder / "calm")
        different = _different(folder / "fire", folder / "calm")
    return [
        Row("kills of one job", f"{kills} SIGKILLs", "finished", ">= 20 kills, finished"),
        Row("frames rendered twice after a kill", str(remade), "frames", "0"),
        Row("frames that differ from an undisturbed run", str(different), "frames", "0"),
    ]


def _shoot_under_fire(folder: Path, chance: random.Random) -> tuple[int, int]:
    state = folder / "state"
    state.mkdir(parents=True, mode=0o700)
    seen: dict[str, tuple[int, int]] = {}
    kills = remade = 0
    request, end = f"under-fire-{folder.name}-0001", time.monotonic() + LONGEST
    while time.monotonic() < end:
        process = start_engine(state)
        with connect(state) as client:
            wanted = settings(width=96, height=54, quality="preview", frames=48, seed=5)
            job = client.shoot(folder / "film", BRIEF, settings=wanted, request_id=request)
            # Late enough that the worker is often in the middle of a frame, early enough to leave work for the rest.
            pause = time.monotonic() + (chance.uniform(0.5, 9.0) if kills < KILLS else LONGEST)
            while time.monotonic() < pause and client.job(job.job_id).state not in ENDED:
                time.sleep(0.02)
            finished = client.job(job.job_id).state in ENDED
            assert not finished or client.job(job.job_id).state == job_pb2.JOB_STATE_DONE, client.job(job.job_id).error
        remade += _note_frames(folder / "film", seen)
        _kill(process.pid)
        process.wait()
        if finished:
            return kills, remade
        kills += 1
    raise TimeoutError("The job did not finish.")


def _note_frames(film: Path, seen: dict[str, tuple[int, int]]) -> int:
    """Remember each finished frame by inode and time; count those that are not the file they were."""
    remade = 0
    for path in film.glob("cache/frames/*/frames/[0-9]*.exr"):
        mark = (path.stat().st_ino, path.stat().st_mtime_ns)
        remade += seen.setdefault(path.name, mark) != mark
    return remade


def _kill(pid: int) -> None:
    """Kill the engine; its worker ends when its input does."""
    os.kill(pid, signal.SIGKILL)


def _shoot(folder: Path) -> None:
    state = folder / "state"
    state.mkdir(parents=True, mode=0o700)
    process = start_engine(state)
    with connect(state) as client:
        wanted = settings(width=96, height=54, quality="preview", frames=48, seed=5)
        client.wait(client.shoot(folder / "film", BRIEF, settings=wanted).job_id)
    _kill(process.pid)
    process.wait()


def _different(one: Path, two: Path) -> int:
    """Frames of which any part of any pixel differs."""
    count = 0
    for path in sorted(one.glob("film/shots/sh010/takes/001/frames/*.exr")):
        first = read_frame(path).parts
        second = read_frame(two / path.relative_to(one)).parts
        count += not all(np.array_equal(first[name], second[name], equal_nan=True) for name in first)
    return count
