"""How long a feature's cut takes to read, match, relink and flatten, and to be compared with its next version.

CPU seconds of this process, one core: 1,000 clips of 50 takes on three tracks, a dissolve every fifth, a retime every
second, in the shape Resolve writes.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from benchmarks.table import Row
from secondunit_bridge.conform import check_cut
from secondunit_bridge.exchange.cut_changes import compare_cuts
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.relink import rate_of, relink_cut
from secondunit_bridge.exchange.shelf import Shelf

T = TypeVar("T")
_SHOTS = 50


def thousand_clips(folder: Path) -> tuple[Path, Path]:
    """A project of 50 takes and a cut of 1,000 clips in Resolve's shape; returns (cut, project)."""
    film = folder / "film"
    film.mkdir()
    (film / "secondunit.toml").write_text('rate = "24/1"\nsize = "640x360"\nquality = "preview"\nseed = 0\n')
    shots = [f"sh{10 * number:04d}" for number in range(1, _SHOTS + 1)]
    for shot in shots:
        _make_take(film / "shots" / shot / "takes" / "001", shot)
    timeline = otio.schema.Timeline("cut", global_start_time=RationalTime(86400, 24))
    timeline.metadata["Resolve_OTIO"] = {"Resolve OTIO Meta Version": "1.0"}
    number = 0
    for count, clips in enumerate((334, 333, 333), start=1):
        track = otio.schema.Track(f"Video {count}", kind="Video")
        for index in range(clips):
            if count > 1 and index % 3 == 0:
                track.append(otio.schema.Gap(source_range=_span(0, 7)))
            elif index % 5 == 4:
                half = RationalTime(2, 24)
                track.append(otio.schema.Transition("d", otio.schema.TransitionTypes.SMPTE_Dissolve, half, half))
            track.append(_clip(film, shots[number % _SHOTS], index))
            number += 1
        timeline.tracks.append(track)
    timeline.to_json_file(str(folder / "cut.otio"))
    return folder / "cut.otio", film


def _make_take(folder: Path, shot: str) -> None:
    folder.mkdir(parents=True)
    settings = {
        "rate": {"numerator": 24, "denominator": 1}, "handles": 8, "quality": "final", "width": 1920, "height": 1080,
    }  # fmt: skip
    plan = {"id": shot, "frames": 240, "seed": 1, "actions": ["walks"] * 200}
    (folder / "manifest.json").write_text(json.dumps({"recipe": {"plan": plan, "settings": settings, "look": {}}}))
    (folder / "picture.mov").write_bytes(b"picture")


def _clip(film: Path, shot: str, index: int) -> otio.schema.Clip:
    media = otio.schema.ExternalReference(f"{film}/shots/{shot}/takes/001/picture.mov", _span(86400, 240))
    clip = otio.schema.Clip("picture.mov", media, _span(86420 + index % 30, 12 + index % 9))
    clip.metadata["Resolve_OTIO"] = {"Link Group ID": index}
    if index % 2:
        clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=(2.0, 0.5)[index // 2 % 2]))
    for name in ("Transform", "Cropping", "Composite", "Dynamic Zoom"):
        told: dict[str, Any] = {"Effect Name": name, "Enabled": True, "Parameters": []}
        clip.effects.append(otio.schema.Effect("", "Resolve Effect", {"Resolve_OTIO": told}))
    return clip


def _span(start: int, frames: int) -> TimeRange:
    return TimeRange(RationalTime(start, 24), RationalTime(frames, 24))


def measure() -> list[Row]:
    """Read, match and plan the cut; compare it with a version that is one clip shorter."""
    with tempfile.TemporaryDirectory() as room:
        path, film = thousand_clips(Path(room))
        cut, reading = _clock(lambda: read_cut_file(path, rate_of(film)))
        relinked, matching = _clock(lambda: relink_cut(cut, Shelf(film)))
        flat, planning = _clock(lambda: check_cut(relinked.timeline, path))
        shorter = cut.timeline.deepcopy()
        del shorter.tracks[0][0]
        found, comparing = _clock(lambda: compare_cuts(cut.timeline, shorter, Shelf(film)))
    whole = reading + matching + planning
    size = f"1,000 clips, 3 tracks, {len(flat.picture):,} segments"
    return [
        Row(f"cut read, matched, relinked and planned ({size})", f"{whole:.2f}", "cpu-s", "< 2"),
        Row("  of it reading", f"{reading:.2f}", "cpu-s", ""),
        Row("  of it matching and relinking", f"{matching:.2f}", "cpu-s", ""),
        Row(f"two versions compared ({len(found.changes)} changes)", f"{comparing:.2f}", "cpu-s", ""),
    ]


def _clock(act: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = act()
    return result, time.process_time() - start
