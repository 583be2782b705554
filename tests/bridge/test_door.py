"""The door for briefs: what is told apart, and what is turned away."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondunit_bridge.door import MOST_BYTES, open_brief
from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

SCENE = "INT. LIBRARY - DAY\n\nMARA opens the relic.\n"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.fountain", SCENE, "fountain"), ("a.FOUNTAIN", "Just action.", "fountain"), ("a.txt", SCENE, "fountain"),
        ("a.txt", "a car in a tunnel", "prompt"), ("a.fdx", "<FinalDraft></FinalDraft>", "fdx"),
        ("a.txt", '<?xml version="1.0"?><FinalDraft/>', "fdx"),
    ],
)  # fmt: skip
def test_kind_is_told_by_extension_then_by_content(tmp_path: Path, name: str, text: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    brief = open_brief(path)
    assert (brief.kind, brief.text, brief.name) == (kind, text, "a")
    assert open_brief(str(path)) == brief


def test_words_that_name_no_file_are_a_prompt() -> None:
    assert open_brief("midnight rain, LED tunnel").kind == "prompt"
    assert open_brief("a man writes script.fountain on paper and smiles").kind == "prompt"


def test_a_missing_screenplay_is_not_taken_for_a_prompt(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", "no-such.fountain", str(tmp_path / "none.fdx")):
        with pytest.raises(NotFound):
            open_brief(path)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\ufeff"])
def test_an_empty_brief_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        open_brief(text)
    with pytest.raises(BadInput, match="empty"):
        read_brief(Brief(text, "prompt"))
    path = tmp_path / "a.fountain"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match="empty"):
        open_brief(path)


def test_ten_megabytes_are_refused_as_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.fountain"
    path.write_bytes(b"word " * 2_000_000)
    with pytest.raises(TooLarge):
        open_brief(path)
    with pytest.raises(TooLarge):
        open_brief("word " * 2_000_000)
    with pytest.raises(TooLarge):
        read_brief(Brief("word " * 2_000_000, "prompt"))
    with pytest.raises(TooLarge):
        open_brief("é" * (MOST_BYTES // 2 + 1))


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00", b"INT. A\x00B", bytes(range(256)) * 4])
def test_binary_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.fountain"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"binary|not text"):
        open_brief(path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("words", "utf-8")
    with pytest.raises(BadInput, match="not a screenplay"):
        open_brief(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_old_and_new_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.fountain"
    path.write_bytes("INT. CAFÉ - DAY\n\nÉlan.\n".encode(encoding))
    assert "CAFÉ" in open_brief(path).text


@pytest.mark.parametrize("text", ["القطة تجلس", "ネオンの街を走る車", "🚗💨", "e\u0301te\u0301", "!!!"])
def test_scripts_we_cannot_read_are_reported_not_lost(text: str) -> None:
    script = read_brief(Brief(text, "prompt"))
    assert "".join(entry.text for entry in script.ledger).replace(" ", "") == text.replace(" ", "")
    assert {entry.status.value for entry in script.ledger} == {"not understood"}
