"""Editing beats: only what is said changes, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput, NotFound, NotReady
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.edit import BeatEdit, edit_beat
from secondunit_engine.script.read import read_brief

SCRIPT = """Title: The Relic

INT. LIBRARY - DAY #1#

Mara pushes the door open.

She lifts the relic. [[VFX: motes]]

MARA
(whispering)
It is warm.
(turning)
Who is there?

ELIAS
Put it down.

EXT. LED TUNNEL - NIGHT #2#

A car races toward the lens.
"""
FOUNTAIN = Brief(SCRIPT, "fountain", "relic")
PROMPT = Brief("midnight rain, LED tunnel, car accelerates toward lens, slow-motion droplets", "prompt")


def beats(text: str, kind: str = "fountain") -> list[str]:
    script = read_brief(Brief(text, kind))  # type: ignore[arg-type]
    return [beat.text for scene in script.scenes for beat in scene.beats]


def edited(kind: str, beat: str, text: str = "", after: str = "", brief: Brief = FOUNTAIN) -> str:
    return edit_beat(brief, BeatEdit(kind, beat, text, after))  # type: ignore[arg-type]


def test_replacing_a_beat_changes_its_words_only() -> None:
    text = edited("replace", "sc010.b01", "Mara kicks the door open.")
    assert text == SCRIPT.replace("Mara pushes the door open.", "Mara kicks the door open.")


def test_replacing_a_line_keeps_its_cue_and_direction() -> None:
    text = edited("replace", "sc010.b03", "It is cold.")
    assert text == SCRIPT.replace("It is warm.", "It is cold.")


def test_an_inserted_beat_comes_after_the_one_named() -> None:
    text = edited("insert", "sc010.b01", "ELIAS\nWho let you in?")
    assert beats(text)[:3] == ["Mara pushes the door open.", "Who let you in?", "She lifts the relic."]
    assert text.replace("ELIAS\nWho let you in?\n\n", "") == SCRIPT


def test_dropping_one_line_of_a_speech_keeps_the_cue_for_the_other() -> None:
    text = edited("drop", "sc010.b03")
    assert "MARA\n" in text
    assert beats(text) == [each for each in beats(SCRIPT) if each != "It is warm."]


def test_dropping_a_whole_speech_takes_its_cue() -> None:
    assert edited("drop", "sc010.b05") == SCRIPT.replace("ELIAS\nPut it down.\n\n", "")


@pytest.mark.parametrize(("after", "place"), [("", 0), ("sc010.b02", 2), ("sc020.b01", 5)])
def test_a_moved_beat_stands_where_it_was_put(after: str, place: int) -> None:
    """A speech moves with its cue, within its scene and to another."""
    order = beats(edited("move", "sc010.b05", after=after))
    assert order.index("Put it down.") == place
    assert sorted(order) == sorted(beats(SCRIPT))


def test_a_locked_beat_is_not_changed_until_it_is_unlocked() -> None:
    locked = edited("lock", "sc010.b02")
    brief = Brief(locked, "fountain", "relic")
    assert read_brief(brief).scenes[0].beats[1].locked
    for kind in ("replace", "drop", "move"):
        with pytest.raises(NotReady, match="locked"):
            edited(kind, "sc010.b02", "She drops it.", brief=brief)
    assert edited("unlock", "sc010.b02", brief=brief) == SCRIPT


def test_a_chosen_coverage_is_kept_in_the_script_and_can_be_taken_back() -> None:
    chosen = edited("choose", "sc010.b05", "b")
    again = edited("choose", "sc010.b05", "c", brief=Brief(chosen, "fountain", "relic"))
    assert read_brief(Brief(again, "fountain")).scenes[0].beats[4].coverage == "c"
    assert edited("choose", "sc010.b05", "", brief=Brief(again, "fountain", "relic")) == SCRIPT


def test_windows_line_ends_stay_windows_line_ends() -> None:
    brief = Brief(SCRIPT.replace("\n", "\r\n"), "fountain", "relic")
    text = edited("insert", "sc010.b02", "Dust swirls.\nIt glows.", brief=brief)
    assert text.count("\n") == text.count("\r\n") == SCRIPT.count("\n") + 3


@pytest.mark.parametrize(
    ("kind", "beat", "text", "error"),
    [
        ("drop", "sc990.b01", "", NotFound),
        ("replace", "sc010.b01", "   ", BadInput),
        ("replace", "sc010.b01", "INT. CELLAR - NIGHT", BadInput),
        ("choose", "sc010.b01", "d", BadInput),
        ("move", "sc010.b01", "", NotFound),
    ],
)
def test_an_edit_that_cannot_be_made_says_why(kind: str, beat: str, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        edited(kind, beat, text, after="sc990.b01" if kind == "move" else "")


def test_a_prompt_is_edited_clause_by_clause() -> None:
    assert edited("drop", "sc010.b04", brief=PROMPT) == "midnight rain, LED tunnel, car accelerates toward lens"
    assert edited("replace", "sc010.b03", "car brakes", brief=PROMPT) == (
        "midnight rain, LED tunnel, car brakes, slow-motion droplets"
    )
    assert edited("move", "sc010.b03", brief=PROMPT) == (
        "car accelerates toward lens, midnight rain, LED tunnel, slow-motion droplets"
    )
    assert edited("insert", "sc010.b04", "a woman walks by", brief=PROMPT).endswith("droplets, a woman walks by")


def test_an_fdx_is_edited_elsewhere() -> None:
    with pytest.raises(BadInput, match="FDX"):
        edit_beat(Brief("<FinalDraft/>", "fdx"), BeatEdit("drop", "sc010.b01"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["sc010.b01", "sc010.b03", "sc020.b01"]))
def test_whatever_is_typed_the_other_beats_stay(words: str, beat: str) -> None:
    """An edit either leaves every other beat as it was, or is refused."""
    try:
        text = edited("replace", beat, words)
    except BadInput:
        return
    old, new = beats(SCRIPT), beats(text)
    at = ["sc010.b01", "", "sc010.b03", "", "", "sc020.b01"].index(beat)
    assert new[:at] == old[:at]
    assert new[len(new) - (len(old) - at - 1) :] == old[at + 1 :]
