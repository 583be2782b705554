"""Cues that an editor has moved, in the next sound pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from secondunit_engine.planning.plan import CastPlan, DialoguePlan
from secondunit_engine.sound.effects import find_effects
from secondunit_engine.sound.heard import read_heard
from secondunit_engine.sound.moved import move_events, move_lines, name_cues
from tests.engine.sound.conftest import make_shot, make_stage


def test_a_moved_step_is_heard_later_under_its_old_name(tmp_path: Path) -> None:
    """The third footfall ten frames later: its cue keeps its id, its sound comes with it, the others stay."""
    shot, count = make_shot("library", 48), 96000
    heard = read_heard(make_stage(tmp_path, "library", 48), 48, 24.0)
    sources, cues = find_effects(shot, heard, count)
    steps = [cue for cue in cues if cue.name == "footfall"]
    moves = {steps[1].id: 6}
    later, renamed = move_events(shot, heard, moves)
    moved_sources, moved_cues = find_effects(shot, later, count)
    found = {cue.id: cue for cue in name_cues(shot, moved_cues, moves, renamed)}
    assert set(found) == {cue.id for cue in cues}
    assert (found[steps[1].id].start, found[steps[1].id].moved) == (steps[1].start + 6, 6)
    assert found[steps[0].id] == steps[0]
    before, after = (
        next(source.samples for source in each if source.name == "Mara steps") for each in (sources, moved_sources)
    )
    old, new = steps[1].sample, found[steps[1].id].sample
    assert new - old == 6 * 2000
    assert np.abs(after[old : old + 400]).max() < np.abs(before[old : old + 400]).max() / 10
    assert np.abs(after[new : new + 400]).max() > np.abs(before[old : old + 400]).max() / 2


def test_a_moved_line_is_spoken_later() -> None:
    lines = (DialoguePlan("MARA", "Here.", 6, 10), DialoguePlan("MARA", "There.", 20, 10))
    shot = make_shot("library", 48, cast=(CastPlan("Mara"),), dialogue=lines)
    moved = move_lines(shot, {"sh010-line-2": -4})
    assert [line.start for line in moved.dialogue] == [6, 16]


def test_what_sounds_while_it_moves_keeps_its_sound_and_says_so(tmp_path: Path) -> None:
    shot = make_shot("library", 48)
    heard = read_heard(make_stage(tmp_path, "library", 48), 48, 24.0)
    _, cues = find_effects(shot, heard, 96000)
    opening = next(cue for cue in cues if "opens" in cue.name)
    moves = {opening.id: 3}
    same, renamed = move_events(shot, heard, moves)
    assert same.events == heard.events
    moved = next(cue for cue in name_cues(shot, cues, moves, renamed) if cue.id == opening.id)
    assert moved == replace(opening, start=opening.start + 3, sample=opening.sample + 6000, moved=3, note=moved.note)
    assert "stays" in moved.note
