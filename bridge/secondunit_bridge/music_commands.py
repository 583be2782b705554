"""`music`: what an editor cuts a track on, and a cut that exists rolled onto it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from secondunit_bridge.beat_cut import Rolled, roll_onto_beats
from secondunit_bridge.commands import Outcome
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput
from secondunit_bridge.otio_file import read_otio, write_otio
from secondunit_bridge.timing import Rate


def add_arguments(sub: argparse.ArgumentParser) -> None:
    """The options of `music`."""
    sub.add_argument("track", metavar="TRACK", help="a WAV, AIFF, FLAC, MP3, M4A or OGG file of at most 20 minutes")
    sub.add_argument("--bpm", type=float, help="its tempo, if it is not found rightly")
    sub.add_argument("--rate", help="frame rate of the nearest frames (default: the timeline's, or 24)")
    sub.add_argument("--timeline", metavar="OTIO", help="a cut whose picture cuts are rolled onto the beats")
    sub.add_argument("--out", metavar="OTIO", help="where the rolled cut is written; the old one is never changed")
    sub.add_argument(
        "--reach", type=int, default=12, metavar="FRAMES", help="how far a cut may be rolled (default: 12)"
    )


def music(options: argparse.Namespace) -> Outcome:
    """Find the markers of a track; with a timeline roll its cuts onto them."""
    if bool(options.timeline) != bool(options.out):
        raise BadInput("A timeline is rolled into another file.", mend="Give both --timeline and --out.")
    timeline = read_otio(Path(options.timeline).absolute()) if options.timeline else None
    if options.out and Path(options.out).absolute() == Path(options.timeline).absolute():
        raise BadInput("--out cannot replace the timeline itself.", mend="Give another file.")
    rate = options.rate
    if rate is None and timeline is not None:
        clip = next(iter(timeline.find_clips()), None)
        rate = f"{clip.trimmed_range().duration.rate:.3f}".rstrip("0").rstrip(".") if clip else None
    arguments = [str(Path(options.track).absolute()), str(Rate.parse(rate or "24"))]
    document = run_tool("music", *arguments, *([str(options.bpm)] if options.bpm else []))
    told = [_told(document)]
    if timeline is not None:
        if not any(track.kind == "Video" for track in timeline.tracks):
            raise BadInput("The timeline has no picture track.", mend="Give a cut with clips on a video track.")
        rolled = roll_onto_beats(timeline, document["markers"], options.reach)
        write_otio(timeline, Path(options.out).absolute())
        document["cuts"] = [asdict(each) for each in rolled]
        told += [_told_cut(each) for each in rolled]
    return Outcome(document, "\n".join(told))


def _told(document: dict[str, Any]) -> str:
    kinds = [marker["kind"] for marker in document["markers"]]
    counted = ", ".join(f"{kinds.count(kind)} {kind}s" for kind in ("downbeat", "section", "build", "drop"))
    found = [f"{marker['seconds']:.2f} s" for marker in document["markers"] if marker["kind"] == "drop"]
    drops = f"\ndrops at {', '.join(found)}" if found else ""
    beats = kinds.count("beat") + kinds.count("downbeat")
    return f"{document['bpm']:g} bpm (sure: {document['confidence']:.0%}), {beats} beats, {counted}{drops}"


def _told_cut(cut: Rolled) -> str:
    if cut.reason:
        return f"cut at frame {cut.before} stays: {cut.reason}"
    return f"cut at frame {cut.before} -> {cut.after}, on a {cut.marker} ({cut.residual_ms:+.1f} ms)"
