"""Handlers for tests: they write numbered files where the real ones photograph frames.

A retake's note says how to behave: "slow", "deaf" (never checks), "fails", "bug", "crashes", "full disk", "prints".
"""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.jobs.requests import RetakeRequest, ShootRequest, ShootResult, Take
from secondunit_engine.progress import Progress


def shoot(request: ShootRequest, progress: Progress) -> ShootResult:
    """Write `frames` files, each by one rename, and a line in made.log for each that was made."""
    project = Path(request.project_dir)
    frames = request.settings.frames or 3
    seconds = float(request.brief.text)
    part = project / "cache/frames/abc.part"
    part.mkdir(parents=True, exist_ok=True)
    (project / "secondunit.toml").touch()
    progress.begin("frames", frames)
    for number in range(frames):
        frame = part / f"{number:04d}.txt"
        if not frame.exists():
            time.sleep(seconds)
            half = part / f"{number:04d}.half"
            half.write_text(f"frame {number} of seed {request.settings.seed}")
            os.replace(half, frame)
            with (project / "made.log").open("a") as log:
                log.write(f"{number}\n")
        progress.step(number + 1, f"{number:04d}")
    take = Take("sh010", 1, str(part), Rate(24), frames, 16, 16, request.settings.seed or 0)
    os.replace(part, project / "cache/frames/abc")
    return ShootResult("", (take,))


def misbehave(request: RetakeRequest, progress: Progress) -> ShootResult:
    """Behave as the note says."""
    progress.begin(request.note, 100)
    match request.note:
        case "slow":
            for done in range(600):
                time.sleep(0.05)
                progress.step(done)
        case "deaf":
            part = Path(request.project_dir) / "cache/frames/deaf.part"
            part.mkdir(parents=True)
            (Path(request.project_dir) / "secondunit.toml").touch()
            progress.step(1)
            time.sleep(60)
        case "fails":
            raise BadInput("The note makes no sense.", mend="Write another.")
        case "bug":
            raise ZeroDivisionError("one over nothing")
        case "crashes":
            os.abort()
        case "full disk":
            raise OSError(errno.ENOSPC, "No space left on device", "/films/a")
        case "prints":
            os.write(1, b"a library says hello\n")
            print("so does Python")
    return ShootResult("", ())


HANDLERS = {"shoot": shoot, "retake": misbehave}
