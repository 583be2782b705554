"""Handlers that make small, true takes and masters at once, for tests of what goes on around the engine.

They keep what the real ones promise: the same words are the same shot, a retake is the next take of its shot, a master
is a playable H.264 file with its manifest. A prompt or note that holds "fails", "denied" or "slow" behaves so; what it
holds in «guillemets» comes back as not understood.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from pathlib import Path
from typing import Any

import opentimelineio as otio

from secondunit_bridge.errors import BadInput, Denied
from secondunit_bridge.timing import Rate
from secondunit_engine.jobs.requests import (
    ConformRequest,
    ConformResult,
    RetakeRequest,
    ShootRequest,
    ShootResult,
    Take,
)
from secondunit_engine.progress import Progress
from secondunit_engine.script.brief import LedgerEntry, Status

RATE = Rate(24)


def shoot(request: ShootRequest, progress: Progress) -> ShootResult:
    """The first take of the words' shot, or another of them."""
    project = Path(request.project_dir)
    project.mkdir(parents=True, exist_ok=True)
    (project / "secondunit.toml").touch()
    _behave(request.brief.text, progress)
    shot = f"sh{int(hashlib.sha256(request.brief.text.encode()).hexdigest()[:4], 16) + 100:06d}"
    wanted = request.settings
    size = (wanted.width or 16, wanted.height or 16)
    mood = len(list(Path(request.brief.mood_board).iterdir())) if request.brief.mood_board else 0
    said = {"words": request.brief.text, "mood": mood, "seed": wanted.seed, "quality": wanted.quality}
    return _take(project, shot, wanted.frames or 4, size, said)


def retake(request: RetakeRequest, progress: Progress) -> ShootResult:
    """The next take of the shot."""
    _behave(request.note, progress)
    project = Path(request.project_dir)
    before = json.loads((project / f"shots/{request.shot_id}/takes/{request.take:03d}/manifest.json").read_text())
    said = {"words": request.note, "from": request.take}
    frames = request.settings.frames or before["frames"]
    width, height = before["size"]
    return _take(project, request.shot_id, frames, (width, height), said)


def _behave(words: str, progress: Progress) -> None:
    progress.begin("shoot", 10)
    if "fails" in words:
        raise BadInput("The words make no sense.", mend="Write others.")
    if "denied" in words:
        raise Denied("Nobody has allowed it.", mend="Ask them.")
    for done in range(10):
        progress.check()
        time.sleep(0.3 if "slow" in words else 0.0)
        progress.step(done + 1)


def _take(project: Path, shot: str, frames: int, size: tuple[int, int], said: dict[str, Any]) -> ShootResult:
    takes = project / "shots" / shot / "takes"
    number = 1 + len(list(takes.glob("*")))
    folder = takes / f"{number:03d}"
    folder.mkdir(parents=True)
    (folder / "picture.mov").write_bytes(b"picture")
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(said | {"frames": frames, "size": size}))
    words = str(said["words"])
    unknown = [
        LedgerEntry(found.start(), found.end(), found[1], Status.NOT_UNDERSTOOD, "nothing known")
        for found in re.finditer("«(.+?)»", words)
    ]
    media = str(folder / "picture.mov")
    take = Take(shot, number, media, RATE, frames, *size, 0, manifest=str(manifest), ledger=tuple(unknown))
    return ShootResult("", (take,))


def conform(request: ConformRequest, progress: Progress) -> ConformResult:
    """As many grey frames as the cut is long."""
    from secondunit_engine.provenance.manifest import CutRecipe, Manifest, measure_media, write_manifest

    progress.begin("conform", 1)
    timeline = otio.adapters.read_from_file(request.timeline)
    clip = next(iter(timeline.find_clips()))
    frames = round(clip.source_range.duration.value)
    output = Path(request.output)
    _encode(output, frames)
    media = measure_media(output.parent, [output.name])
    recipe = CutRecipe(Path(request.timeline).stem, "", (), request.codec, RATE, frames, media)
    write_manifest(output.with_name(f"{output.stem}.manifest.json"), Manifest(recipe))
    progress.step(1)
    return ConformResult(request.output, RATE, frames, (), 0, frames)


def _encode(path: Path, frames: int) -> None:
    import av
    import numpy as np

    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream("h264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for index in range(frames):
            grey = np.full((36, 64, 3), 40 + index % 100, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(stream.encode())


HANDLERS = {"shoot": shoot, "retake": retake, "conform": conform}
