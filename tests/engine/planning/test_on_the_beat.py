"""Shots end on beats within what they may give, and a highlight begins on a drop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
import soundfile
from benchmarks.synthetic_music import make_music

from secondunit_bridge.door import Brief
from secondunit_bridge.errors import BadInput
from secondunit_bridge.timing import Rate
from secondunit_engine.directing import plan
from secondunit_engine.planning.on_the_beat import fit_beats
from secondunit_engine.planning.pacing import Elastic
from secondunit_engine.planning.plan import Settings

FILM = Rate(24)


@dataclass(frozen=True)
class _Marker:
    kind: str
    seconds: Fraction


def _beats(count: int, bpm: int, drop: int | None = None) -> list[_Marker]:
    step = Fraction(60, bpm)
    kinds = ["drop" if at == drop else "downbeat" if at % 4 == 0 else "beat" for at in range(count)]
    return [_Marker(kind, at * step) for at, kind in enumerate(kinds)]


def test_every_cut_is_on_a_beat_within_its_bounds_and_says_its_residual() -> None:
    parts = [Elastic(30, 40, 60), Elastic(50, 70, 90), Elastic(20, 25, 40)]
    lengths, cuts = fit_beats(parts, _beats(60, 130), FILM)
    for part, length in zip(parts, lengths, strict=True):
        assert part.least <= length <= part.most
    on_beat = {FILM.frames(marker.seconds) for marker in _beats(60, 130)}
    assert {cut.frame for cut in cuts} <= on_beat
    assert all(cut.marker and abs(cut.residual_ms) <= 1000 / 48 + 0.01 for cut in cuts)
    assert cuts[-1].frame == sum(lengths)


def test_a_highlight_begins_on_the_drop_if_it_can() -> None:
    parts = [Elastic(20, 40, 80)] * 4
    _, cuts = fit_beats(parts, _beats(60, 120, drop=9), FILM, highlights=(2,))
    assert (cuts[1].marker, cuts[1].frame) == ("drop", 108)


def test_a_locked_shot_keeps_its_length_and_what_cannot_be_met_is_said() -> None:
    lengths, cuts = fit_beats([Elastic(31, 31, 31), Elastic(20, 30, 60)], _beats(8, 120), FILM)
    assert lengths[0] == 31
    assert (cuts[0].marker, cuts[1].marker != "") == ("", True)
    lengths, cuts = fit_beats([Elastic(200, 240, 300)], _beats(4, 120), FILM)
    assert (lengths, cuts[0].marker) == ((240,), "")  # the music is over


def test_a_script_is_planned_on_the_beats_of_a_track(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "track.wav", make_music(4, seconds=24).wave, 48000)
    text = (
        "INT. LIBRARY - NIGHT\n\nMara enters. She walks to the pedestal.\n\nMara opens the relic. Light floods out.\n"
    )
    brief = Brief(text, "fountain", music=str(tmp_path / "track.wav"))
    planned = plan(brief, Settings())
    (note,) = (note for note in planned.continuity if note.rule == "beat sync")
    count = len(planned.shots)
    assert note.message.startswith(f"{count} of {count} shots end on the beat")
    assert plan(brief, Settings()) == planned
    with pytest.raises(BadInput, match="music to cut to"):
        plan(brief, replace(Settings(), total_frames=100))
