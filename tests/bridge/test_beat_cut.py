"""Cuts of a timeline that exists are rolled onto beats where the media allows, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio
import pytest
import soundfile
from benchmarks.synthetic_music import make_music
from opentimelineio.opentime import RationalTime, TimeRange

from secondunit_bridge.beat_cut import roll_onto_beats
from secondunit_bridge.cli import main
from secondunit_bridge.otio_file import read_otio, write_otio
from secondunit_bridge.timeline import new_timeline
from secondunit_bridge.timing import Rate


def _clip(name: str, start: int, frames: int, available: int = 200) -> otio.schema.Clip:
    whole = TimeRange(RationalTime(0, 24), RationalTime(available, 24))
    used = TimeRange(RationalTime(start, 24), RationalTime(frames, 24))
    return otio.schema.Clip(name, otio.schema.ExternalReference(f"/{name}.mov", whole), used)


def _timeline(*items: otio.core.Item) -> otio.schema.Timeline:
    timeline = new_timeline("cut", Rate(24))
    timeline.tracks.append(otio.schema.Track("V1", items, kind="Video"))
    return timeline


def _marker(frame: int, kind: str = "downbeat") -> dict:
    return {
        "frame": frame, "kind": kind, "sample": frame * 2000, "bar": 1, "beat": 1, "confidence": 0.9, "residual_ms": 0.0
    }  # fmt: skip


def test_a_cut_is_rolled_to_the_nearest_beat_and_the_length_stays() -> None:
    timeline = _timeline(_clip("a", 20, 50), _clip("b", 20, 40), _clip("c", 0, 30))
    rolled = roll_onto_beats(timeline, [_marker(46), _marker(86, "drop")], 12)
    assert [(cut.before, cut.after, cut.marker) for cut in rolled] == [(50, 46, "downbeat"), (90, 90, "")]
    assert rolled[1].reason == "the media has no frames there"
    used = [clip.source_range for clip in timeline.tracks[0]]
    assert [(round(each.start_time.value), round(each.duration.value)) for each in used[:2]] == [(20, 46), (16, 44)]
    assert timeline.duration().value == 120


def test_a_transition_and_a_far_beat_leave_a_cut_alone() -> None:
    cross = otio.schema.Transition("x", "SMPTE_Dissolve", RationalTime(4, 24), RationalTime(4, 24))
    timeline = _timeline(_clip("a", 20, 50), cross, _clip("b", 20, 40), _clip("c", 20, 30))
    rolled = roll_onto_beats(timeline, [_marker(52)], 12)
    assert [cut.reason for cut in rolled] == ["a transition lies on it", "no beat is near"]


def test_the_command_rolls_a_cut_and_marks_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write(tmp_path / "track.wav", make_music(2, seconds=16).wave, 48000)
    write_otio(_timeline(_clip("a", 20, 50), _clip("b", 40, 60), _clip("c", 40, 40)), tmp_path / "cut.otio")
    arguments = ["music", str(tmp_path / "track.wav"), "--timeline", str(tmp_path / "cut.otio")]
    assert main([*arguments, "--out", str(tmp_path / "beat.otio")]) == 0
    assert "on a" in capsys.readouterr().out
    made = read_otio(tmp_path / "beat.otio")
    assert made.duration().value == 150
    assert any(marker.name.startswith("downbeat") for marker in made.tracks[0].markers)
    assert main(arguments) == 2
