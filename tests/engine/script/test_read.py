"""Screenplays become scenes and beats, and the ledger covers the whole file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput
from secondunit_engine.script.brief import Brief, Script, Status
from secondunit_engine.script.read import read_brief
from tests.engine.script.test_prompt import check_cover

RELIC = (Path(__file__).parents[3] / "examples" / "the_relic.fountain").read_text("utf-8")


def read(text: str) -> Script:
    return read_brief(Brief(text, "fountain"))


def test_sample_scenes_and_beats() -> None:
    script = read(RELIC)
    assert script.title == "THE RELIC"
    assert [(scene.number, scene.interior, scene.place, scene.time_of_day) for scene in script.scenes] == [
        ("1", True, "ANCIENT LIBRARY - READING ROOM", "day"),
        ("2", False, "LED TUNNEL - RAIN", "midnight"),
        ("2A", None, "COUPE - MOVING", "midnight"),
        ("4", True, "HOST'S BEDROOM STUDIO", "night"),
        ("5", None, "SNIPER SCOPE POV", ""),
        ("6", None, "ARENA", "night"),
    ]
    talk = [beat for beat in script.scenes[0].beats if beat.kind == "dialogue"]
    assert [beat.character for beat in talk] == ["MARA", "ELIAS", "MARA", "MARA", "ELIAS", "MARA"]
    assert talk[0].parenthetical == "under her breath"
    assert talk[1].extension == "O.S."


def test_beats_quote_the_script_at_their_span() -> None:
    for scene in read(RELIC).scenes:
        for beat in scene.beats:
            source = RELIC[beat.span.start : beat.span.end]
            assert beat.text.split()[0].strip("*_") in source


def test_ledger_of_the_sample_covers_every_character() -> None:
    script = read(RELIC)
    check_cover(RELIC, script.ledger)
    said = {entry.text: entry for entry in script.ledger}
    assert said["[[VFX: motes must react to her hand.]]"].meaning == "note: not shot"
    assert said["Put it down, Mara."].meaning == "spoken by ELIAS"
    assert said["EST. ARENA - NIGHT"].status == Status.BOUND
    assert said["> BURN TO WHITE."].status == Status.STAND_IN
    assert said["~Row, row, row your boat"].status == Status.STAND_IN
    assert "not yet on the finished picture" in said['SUPER: "ALEXANDRIA, 1931"'].meaning


SCENES = st.lists(
    st.sampled_from(
        ["INT. LIBRARY - DAY\n\n", "EXT. ZORBLAX - NIGHT\n\n", "MARA opens the [[note]] relic.\n\n",
         "MARA\n(x)\nYes.\n\n",
         "/* gone */\n\n", "CUT TO:\n\n", "> END <\n\n", "~la\n\n", "Dust hangs.\n!LOUD\n\n", "# Act\n\n", "===\n\n"]
    ),
    max_size=12,
)  # fmt: skip


@given(SCENES)
def test_any_screenplay_is_covered(pieces: list[str]) -> None:
    text = "INT. LIBRARY - DAY\n\nMARA waits.\n\n" + "".join(pieces)
    check_cover(text, read(text).ledger)


def test_a_name_before_its_description_is_one_person() -> None:
    script = read("INT. LIBRARY - DAY\n\nMARA VOSS (30s) waits.\n\nMARA\nYes.\n")
    meanings = [entry.meaning for entry in script.ledger if "cast" in entry.meaning or "speaks" in entry.meaning]
    assert meanings == ["cast: MARA", "speaks: MARA"]


def test_place_nobody_built_is_a_stand_in() -> None:
    script = read("INT. ZORBLAX - DAY\n\nMARA waits.\n\nMARA\nYes.\n")
    assert script.ledger[0].status == Status.STAND_IN


@pytest.mark.parametrize("text", ["Title: X\n\n", "# Act One\n\n= Nothing.\n", "/* all gone */", "FADE IN:\n"])
def test_nothing_to_shoot_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no scene"):
        read(text)
