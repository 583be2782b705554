"""A shelf of screenplays: every element and span as written out by hand, every byte back, and what a referee reads."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import fountain
import pytest
from benchmarks.feature import write_feature
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_bridge.door import MOST_BYTES, open_brief, read_encoded
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.script.brief import Brief, Status
from secondunit_engine.script.elements import Element
from secondunit_engine.script.fountain import read_fountain, write_fountain
from secondunit_engine.script.read import read_brief
from secondunit_engine.script.screenplay import plain
from tests.engine.script.test_prompt import check_cover

SHELF = Path(__file__).parents[2] / "data" / "screenplays"
EXAMPLES = Path(__file__).parents[3] / "examples"
EXPECTED: dict[str, list[Any]] = json.loads((SHELF / "expected.json").read_text("utf-8"))
FILES = sorted((*SHELF.glob("*.fountain"), *EXAMPLES.glob("*.fountain")))


def describe(element: Element) -> list[Any]:
    """An element as expected.json writes it: kind, first and last character, content, and what else there is."""
    more = {
        name: value
        for name, value in (
            ("forced", element.forced), ("number", element.number), ("extension", element.extension),
            ("dual", element.dual), ("insets", [[i.kind, i.start, i.end] for i in element.insets]),
        )
        if value
    }  # fmt: skip
    row: list[Any] = [element.kind, element.start, element.end, element.content]
    return [*row, more] if more else row


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_elements_and_spans(name: str) -> None:
    text, _ = read_encoded(SHELF / name)
    assert [describe(element) for element in read_fountain(text)] == EXPECTED[name]


def test_every_file_of_the_shelf_is_expected() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in SHELF.glob("*.fountain"))
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_byte_comes_back(path: Path) -> None:
    text, encoding = read_encoded(path)
    assert write_fountain(read_fountain(text)).encode(encoding) == path.read_bytes()


@settings(max_examples=150)
@given(st.text(max_size=120), st.sampled_from(["utf-8", "utf-16", "latin-1", "cp1252"]))
def test_any_bytes_come_back(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    read = data.decode(encoding)
    assert write_fountain(read_fountain(read)).encode(encoding) == data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ledger_has_no_hole(path: Path) -> None:
    """Also in scripts we have no vocabulary for: Hebrew, Arabic, Chinese, Japanese, Korean, Cyrillic."""
    text, _ = read_encoded(path)
    ledger = read_brief(Brief(text, "fountain")).ledger
    check_cover(text.replace("\ufeff", " "), tuple(entry for entry in ledger if entry.text != "\ufeff"))


# A referee. fountain-py 0.3.0 reads the same but for these, each a fault of its own or a mercy of ours.

FAULTS: dict[str, tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = {
    "cjk": (
        "wide brackets are no brackets to it, a forced heading must begin with a Latin letter",
        [("parenthetical", "(小声)"), ("dialogue", "你好。"), ("scene_heading", "室内。走廊 - 夜")],
        [("dialogue", "（小声） 你好。"), ("action", ".室内。走廊 - 夜")],
    ),
    "cyrillic": (
        "a name must have a Latin capital",
        [("character", "МАРА"), ("dialogue", "Да.")],
        [("action", "МАРА Да.")],
    ),
    "dual_dialogue": (
        "the two speakers become one element without text; an empty line with two spaces is an empty dialogue",
        [
            ("character", "MARA"), ("dialogue", "I never said that."), ("character", "ELIAS"),
            ("dialogue", "You said exactly that."),
        ],
        [("dual_dialogue", "")],
    ),
    "forced": (
        "FADE IN: is no transition in the syntax, which wants TO:",
        [("action", "FADE IN:")],
        [("transition", "FADE IN:")],
    ),
    "hebrew_arabic": (
        "a forced heading must begin with a Latin letter",
        [("scene_heading", "داخلي. مكتبة - ليل")],
        [("action", ".داخلي. مكتبة - ليل")],
    ),
    "latin1": (
        "a name must have an ASCII capital",
        [("character", "ÉLÉONORE"), ("dialogue", "Déjà vu, à Noël.")],
        [("action", "ÉLÉONORE Déjà vu, à Noël.")],
    ),
    "mixed_line_ends": (
        "a lone carriage return ends no line",
        [("character", "MARA"), ("dialogue", "Yes.")],
        [("action", "MARA Yes.")],
    ),
    "notes_and_boneyard": (
        "a note between a name and its line makes both action",
        [("character", "MARA"), ("dialogue", "Yes.")],
        [("action", "MARA"), ("action", "Yes.")],
    ),
    "old_mac": (
        "a lone carriage return ends no line",
        [
            ("scene_heading", "INT. A - DAY"), ("character", "MARA"), ("dialogue", "Yes."), ("action", "He waits."),
            ("action", "[[never"), ("action", "closed]]"),
        ],
        [("scene_heading", "INT. A - DAY MARA Yes. He waits.")],
    ),
    "scene_numbers": (
        "INT. alone has no place; we are merciful to a number in brackets and to a heading without an empty line after",
        [
            ("scene_heading", "int. cellar - night"), ("action", "INT."), ("scene_heading", "EXT. LAST - DAY"),
            ("action", "Text directly under a heading."),
        ],
        [
            ("scene_heading", "int. cellar - night #(12)#"), ("scene_heading", "INT."),
            ("action", "EXT. LAST - DAY Text directly under a heading."),
        ],
    ),
    "title_page_only_keys": ("a title page without values is action to it", [], [("action", "Title: Author:")]),
    "unbalanced": (
        "an opening that never closes hides the rest of the script, or parts a paragraph",
        [
            ("action", "He opens [[ the door."), ("action", "/* this never closes either"), ("character", "MARA"),
            ("dialogue", "Still here."),
        ],
        [("action", "He opens"), ("action", "[[ the door.")],
    ),
    "windows_bom": (
        "a byte order mark hides the title page; a note over two lines ends its dialogue",
        [],
        [("action", "\ufeffTitle: Fenster Author: X"), ("note", "[[a note]]")],
    ),
}  # fmt: skip
_THEIR_KINDS = {"scene heading": "scene_heading", "page break": "page_break", "centred": "centered", "lyric": "lyrics"}


def our_reading(text: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for element in read_fountain(text):
        if element.kind in ("blank", "title page", "boneyard"):
            continue
        words = " ".join(plain(element.content if element.kind != "note" else element.text).split())
        if element.kind == "parenthetical":
            words = f"({words})"
        rows.append((_THEIR_KINDS.get(element.kind, element.kind), words))
    return rows


def their_reading(text: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for element in fountain.FountainParser().parse(text).elements:
        kind, words = element.type.value, " ".join(element.text.split())
        if kind in ("dialogue", "lyrics") and rows and rows[-1][0] == kind:  # it has an element a line
            rows[-1] = (kind, " ".join(f"{rows[-1][1]} {words}".split()))
        else:
            rows.append((kind, words))
    return rows


@pytest.mark.parametrize("name", sorted(path.stem for path in SHELF.glob("*.fountain")))
def test_agrees_with_fountain_py_but_for_its_faults(name: str) -> None:
    """Element by element; a fault that is listed must be there, so that the list is true."""
    text, _ = read_encoded(SHELF / f"{name}.fountain")
    ours, theirs = our_reading(text), their_reading(text)
    _, only_ours, only_theirs = FAULTS.get(name, ("", [], []))
    for row in only_ours:
        ours.remove(row)
    for row in only_theirs:
        theirs.remove(row)
    assert ours == theirs


# Notes that direct


def test_notes_on_or_under_a_beat_lock_it_and_choose_its_coverage() -> None:
    text = (
        "INT. A - DAY\n\nHe waits. [[locked]]\n\nShe looks.\n[[coverage: B]]\n\nMARA [[LOCKED]]\n(low)\nYes.\n(loud)\n"
        "No. [[coverage: c]] [[locked]]\n\nNobody.\n\n[[locked]]\n\nThe end. [[coverage: z]] [[coverage:]]\n"
    )
    script = read_brief(Brief(text, "fountain"))
    assert [(beat.text, beat.locked, beat.coverage) for beat in script.scenes[0].beats] == [
        ("He waits.", True, ""), ("She looks.", False, "b"), ("Yes.", True, ""), ("No.", True, "c"),
        ("Nobody.", False, ""), ("The end.", False, ""),
    ]  # fmt: skip
    notes = [(entry.status, entry.meaning) for entry in script.ledger if entry.text.startswith("[[")]
    locks = (Status.BOUND, "locks the beat: it is not changed and keeps its length")
    assert notes == [
        locks, (Status.BOUND, "the beat is covered as alternative b"), locks,
        (Status.BOUND, "the beat is covered as alternative c"), locks,
        (Status.NOT_UNDERSTOOD, "locks nothing: no beat stands here or on the line above"),
        (Status.NOT_UNDERSTOOD, "there is no coverage “z”: choose a, b or c"),
        (Status.BOUND, "the beat is covered as the style would"),
    ]  # fmt: skip


def test_emphasis_is_left_out_and_escapes_are_kept() -> None:
    text, _ = read_encoded(SHELF / "emphasis.fountain")
    assert [beat.text for beat in read_brief(Brief(text, "fountain")).scenes[0].beats] == [
        "Italic, bold, both, under, and mixed.",
        "A *star* and a snake_case_name and 2 * 3 * 4.",
        "From what seemed like only INCHES AWAY. Steel's face FILLS the Leupold Mark 4 scope.",
        "An open *star runs on.",
    ]


@pytest.mark.parametrize("piece", ["*a ", "_a ", "**a*", "* ", "_", "\\*", "*" * 50])
def test_hostile_emphasis_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    plain(piece * (50_000 // len(piece)))
    assert time.process_time() - start < 3.0


def test_a_lyric_after_an_empty_line_is_nobodys_line() -> None:
    script = read_brief(Brief("INT. A - DAY\n\nMARA\nYes.\n~la la\n\n~lo lo\n", "fountain"))
    assert [(beat.kind, beat.character, beat.text) for beat in script.scenes[0].beats] == [
        ("dialogue", "MARA", "Yes."), ("dialogue", "MARA", "la la"), ("super", "", "lo lo"),
    ]  # fmt: skip


# Words we have no vocabulary for


@pytest.mark.parametrize(
    "text",
    [
        "אישה פותחת דלת בספרייה, אור נכנס", "امرأة تفتح الباب في المكتبة، بطيئة",
        "图书馆里，一位女士打开盒子。光线很暗",
        "図書館で女性が箱を開ける", "도서관에서 여자가 문을 연다", "महिला पुस्तकालय में दरवाज़ा खोलती है", "ผู้หญิงเปิดประตู",
        "Женщина открывает дверь", "🎬 📽️ 🚗💨", "\u202eabc\u202c רכב library \u200f",
        "ancient library 古い図書館, dust motes",
    ],
)  # fmt: skip
def test_prompts_in_any_script_are_covered(text: str) -> None:
    ledger = read_brief(Brief(text, "prompt")).ledger
    check_cover(text, ledger)
    assert "".join(entry.text for entry in ledger).replace(" ", "") == "".join(text.split())


# Size


def test_a_feature_is_read_within_a_second() -> None:
    """120 pages, some 4,600 lines and more: elements in a tenth of that, the whole script with its ledger in one."""
    text = write_feature(120)
    assert text.count("\n") > 4_600
    start = time.process_time()
    elements = read_fountain(text)
    middle = time.process_time()
    read_brief(Brief(text, "fountain"))
    end = time.process_time()
    assert write_fountain(elements) == text
    assert middle - start < 0.5
    assert end - middle < 2.0  # 0.5 s alone; the bound leaves room for a busy machine


def test_fifty_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    """By the file's size, or by the text's length: not a line of it is read."""
    page = "INT. ROOM - DAY\n\nMARA waits.\n\n"
    text = page * (50_000_000 // len(page))
    path = tmp_path / "long.fountain"
    path.write_text(text, "utf-8")
    for ask in (lambda: open_brief(path), lambda: read_brief(Brief(text, "fountain"))):
        start = time.process_time()
        with pytest.raises(TooLarge, match="1 MB"):
            ask()
        assert time.process_time() - start < 0.2
    assert MOST_BYTES == 1_000_000


def test_a_fountain_with_nothing_but_a_boneyard_says_so() -> None:
    with pytest.raises(BadInput, match="no scene to shoot"):
        read_brief(Brief("/* INT. A - DAY\n\nGone. */", "fountain"))
