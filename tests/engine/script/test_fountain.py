"""Fountain: every character belongs to one element, and each element is what the syntax says."""

from __future__ import annotations

import time
from pathlib import Path

import fountain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_engine.script.elements import Element
from secondunit_engine.script.fountain import find_insets, read_fountain, write_fountain

RELIC = Path(__file__).parents[3] / "examples" / "the_relic.fountain"

LINES = st.sampled_from(
    [
        "", "  ", "INT. LIBRARY - DAY", ".FORCED", "MARA", "MARA ^", "@McCoy (V.O.)", "(softly)", "Hello there.",
        "!LOUD", "> CUT TO:", "CUT TO:", "> MIDDLE <", "===", "# Act", "= Synopsis", "~la la", "[[note]]",
        "a [[note]] b",
        "[[open", "close]]", "/* gone", "back */", "/* in */ out", "Title: X", "    indented",
        "EXT. SEA #3A#", "\ufeff",
    ]
)  # fmt: skip
ENDINGS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


def said(kind: str, elements: tuple[Element, ...]) -> list[str]:
    return [element.content for element in elements if element.kind == kind]


def check_tiles(text: str, elements: tuple[Element, ...]) -> None:
    at = 0
    for element in elements:
        assert element.start == at
        assert element.end > element.start
        assert element.text == text[element.start : element.end]
        at = element.end
    assert at == len(text)


@given(st.lists(st.tuples(LINES, ENDINGS), max_size=25))
def test_every_character_belongs_to_one_element(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + ending for line, ending in lines)
    elements = read_fountain(text)
    check_tiles(text, elements)
    assert write_fountain(elements) == text


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    elements = read_fountain(text)
    check_tiles(text, elements)
    assert write_fountain(elements) == text


@given(st.lists(st.tuples(LINES, ENDINGS), max_size=20))
def test_content_is_where_it_says(lines: list[tuple[str, str]]) -> None:
    """An element's content is the text at its span, with spaces for what is not said."""
    text = "".join(line + ending for line, ending in lines)
    for element in read_fountain(text):
        source = text[element.content_start : element.content_start + len(element.content)]
        assert len(source) == len(element.content)
        assert all(a == b or a == " " for a, b in zip(element.content, source, strict=True))


def test_sample_has_every_element() -> None:
    elements = read_fountain(RELIC.read_text("utf-8"))
    assert said("scene heading", elements) == [
        "INT. ANCIENT LIBRARY - READING ROOM - DAY", "EXT. LED TUNNEL - MIDNIGHT - RAIN",
        "INT./EXT. COUPE - MOVING - CONTINUOUS", "INT. HOST'S BEDROOM STUDIO -- NIGHT", "SNIPER SCOPE POV",
        "EST. ARENA - NIGHT",
    ]  # fmt: skip
    assert [e.number for e in elements if e.kind == "scene heading"][:3] == ["1", "2", "2A"]
    assert said("character", elements) == ["MARA", "ELIAS", "MARA", "ELIAS", "MARA", "McCLANE", "HOST"]
    assert [e.extension for e in elements if e.kind == "character"] == ["", "O.S.", "CONT'D", "", "", "V.O.", ""]
    assert [e.dual for e in elements if e.kind == "character"].index(True) == 4
    assert said("parenthetical", elements) == ["under her breath", "turning"]
    assert said("transition", elements) == ["SMASH CUT TO:", "BURN TO WHITE."]
    assert said("lyric", elements) == ["Row, row, row your boat"]
    assert said("centred", elements) == ["THE END"]
    assert said("section", elements) == ["Act One", "The Library"]
    assert len(said("boneyard", elements)) == len(said("page break", elements)) == 1
    assert [e.forced for e in elements if e.content == "THE LIGHTS GO OUT"] == [True]
    assert [e.number for e in elements if e.kind == "title page"] == [
        "Title", "Credit", "Author", "Source", "Draft date", "Contact",
    ]  # fmt: skip


def test_agrees_with_fountain_py() -> None:
    """The same scenes, cues, lines and action as fountain-py, where fountain-py keeps to the syntax."""
    text = RELIC.read_text("utf-8")
    ours = read_fountain(text)
    theirs: dict[str, list[str]] = {}
    for element in fountain.FountainParser().parse(text).elements:
        theirs.setdefault(element.type.value, []).append(element.text)
    assert [heading.lstrip(".") for heading in theirs["scene_heading"]] == said("scene heading", ours)
    assert theirs["section"] == said("section", ours)
    assert theirs["synopsis"] == said("synopsis", ours)
    their_words = " ".join(" ".join(theirs["action"]).split())
    for action in said("action", ours):
        first = " ".join(action.split())[:20]
        assert first in their_words or first.startswith("FADE")


def test_a_transition_on_top_is_no_title_page() -> None:
    """screenplay-tools loses it to the title page."""
    elements = read_fountain("CUT TO:\n\nINT. ROOM - DAY\n")
    assert elements[0].kind == "transition"


def test_fade_in_is_action_as_the_syntax_says() -> None:
    assert read_fountain("FADE IN:\n\nText.\n")[0].kind == "action"


def test_inline_notes_keep_their_place() -> None:
    (element, *_) = read_fountain("She lifts it. [[VFX]] Dust.\n")
    assert element.kind == "action"
    assert [(inset.kind, inset.start, inset.end) for inset in element.insets] == [("note", 14, 21)]
    assert "VFX" not in element.content


def test_boneyard_hides_a_scene() -> None:
    text = "INT. A - DAY\n\n/*\nINT. B - DAY\n\nGone.\n*/\n\nHere.\n"
    elements = read_fountain(text)
    assert said("scene heading", elements) == ["INT. A - DAY"]
    assert said("action", elements) == ["Here."]


@pytest.mark.parametrize("text", ["/* never closed\n\nINT. A - DAY\n", "[[ never closed\n\nINT. A - DAY\n"])
def test_what_never_closes_is_plain_text(text: str) -> None:
    assert find_insets(text) == []
    assert said("scene heading", read_fountain(text)) == ["INT. A - DAY"]


def test_windows_line_ends_and_byte_order_mark() -> None:
    text = "\ufeffTitle: X\r\n\r\nINT. A - DAY\r\n\r\nMARA\r\nYes.\r\n"
    elements = read_fountain(text)
    assert write_fountain(elements) == text
    assert [element.kind for element in elements if element.kind != "blank"] == [
        "title page", "scene heading", "character", "dialogue",
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["[[", "/*", "[[a\n\n", "X\n", "(", "MARA\n", "#", "[[a]]"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    """200 kB of anything is read within two seconds."""
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    assert write_fountain(read_fountain(text)) == text
    assert time.process_time() - start < 2.0


def test_a_feature_is_read_within_a_second() -> None:
    """A 120-page script, 4,500 lines."""
    text = RELIC.read_text("utf-8")
    feature = "\n\n".join([text.split("\n", 11)[-1]] * 60)
    start = time.process_time()
    read_fountain(feature)
    assert time.process_time() - start < 1.0
