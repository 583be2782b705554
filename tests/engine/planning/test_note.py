"""A director's note: what it changes, what it leaves, and what it says about its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput
from secondunit_engine.planning.note import apply_note
from secondunit_engine.planning.plan import Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief
from tests.engine.script.test_prompt import PIECES, check_cover


def shot(text: str = "ancient library, protagonist opens relic, push in") -> ShotPlan:
    return plan_script(read_brief(Brief(text, "prompt")), Settings(frames=48)).shots[0]


def test_each_part_of_a_note_changes_its_own_thing() -> None:
    before = shot()
    after = apply_note(before, "push in slower, warmer light, tighter, 85mm, more rain, at night, hold longer").shot
    camera = replace(before.camera, size="FS", lens_mm=85.0, speed=0.6)
    assert after.camera == camera
    assert after.lights.temperature_shift == before.lights.temperature_shift + 600
    assert after.set == replace(before.set, weather=("rain",), time_of_day="night")
    assert after.frames == 60
    assert after.actions[0].frames == 60


@pytest.mark.parametrize(
    ("note", "part"),
    [
        ("warmer", "lights"), ("half a stop brighter please", "lights"), ("tighter", "camera"), ("85mm", "camera"),
        ("T1.4", "camera"), ("faster push in", "camera"), ("lower", "camera"), ("handheld", "camera"),
        ("at dusk", "set"), ("add rain", "set"), ("in a hoodie", "cast"), ("slow motion", "motion"),
    ],
)  # fmt: skip
def test_a_note_leaves_everything_else(note: str, part: str) -> None:
    """Only what depends on the note is made again, so the other parts must be the same."""
    before = shot()
    after = apply_note(before, note).shot
    changed = [name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    assert changed == [part]


def test_opposite_notes_cancel() -> None:
    before = shot()
    assert apply_note(before, "warmer, tighter, brighter, cooler, wider, darker").shot == before


def test_no_rain_takes_the_rain_away() -> None:
    wet = shot("midnight rain, LED tunnel, car accelerates")
    assert apply_note(wet, "no rain").shot.set.weather == ()
    assert apply_note(wet, "less rain").shot.set.weather == ()


def test_what_is_not_understood_is_said_and_changes_nothing() -> None:
    before = shot()
    noted = apply_note(before, "give her a blorp")
    assert noted.shot == before
    said = {entry.text: entry.status.value for entry in noted.ledger}
    assert said["blorp"] == said["give"] == "not understood"


def test_what_cannot_go_further_is_said() -> None:
    closest = replace(shot(), camera=replace(shot().camera, size="ECU"))
    (entry,) = apply_note(closest, "tighter").ledger
    assert entry.status.value == "guessed"
    assert "cannot go further" in entry.meaning


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=12))
def test_any_note_is_covered_and_leaves_a_shot_that_can_be_shot(pieces: list[str]) -> None:
    note = " ".join(pieces)
    if not note.strip():
        return
    noted = apply_note(shot(), note)
    check_cover(note, noted.ledger)
    assert noted.shot.frames >= 1
    assert 8 <= noted.shot.camera.lens_mm <= 800
    for part in (*noted.shot.actions, *noted.shot.beats):
        assert 0 <= part.start < part.start + part.frames <= noted.shot.frames


@pytest.mark.parametrize("note", ["", "  \n", "x " * 6000])
def test_empty_and_endless_notes_are_refused(note: str) -> None:
    with pytest.raises(BadInput):
        apply_note(shot(), note)
