"""A script file under edits: whole or untouched, and every edit can be taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secondunit_bridge import script_file
from secondunit_bridge.errors import NotFound, Unwritable
from secondunit_bridge.script_file import undo, write_script


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "relic.fountain"
    path.write_bytes("INT. CAFÉ - DAY\r\n\r\nMara waits.\r\n".encode("cp1252"))
    return path


def test_edits_are_taken_back_one_by_one_to_the_first_byte(script: Path) -> None:
    first = script.read_bytes()
    for text in ("one", "two", "three"):
        write_script(script, text)
    assert undo(script) == "two"
    assert undo(script) == "one"
    undo(script)
    assert script.read_bytes() == first
    with pytest.raises(NotFound, match="Nothing was edited"):
        undo(script)


def test_the_files_own_encoding_is_kept_while_it_can_hold_the_text(script: Path) -> None:
    assert write_script(script, "INT. CAFÉ - DAY\r\n\r\nMara sits.\r\n") == "cp1252"
    assert b"CAF\xc9" in script.read_bytes()
    assert write_script(script, "INT. CAFÉ - 夜\n") == "utf-8"
    assert script.read_text("utf-8") == "INT. CAFÉ - 夜\n"


def test_a_failed_write_leaves_the_file_as_it_was(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = script.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unwritable, match="No space left"):
        write_script(script, "new")
    assert script.read_bytes() == before
    assert not list(script.parent.rglob("*.part"))


def test_the_history_is_bounded(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_file, "MOST_KEPT", 5)
    for number in range(9):
        write_script(script, f"draft {number}")
    kept = sorted((script.parent / "relic.fountain.history").iterdir())
    assert [path.read_text() for path in kept] == [f"draft {number}" for number in range(3, 8)]


def test_a_file_that_is_gone_is_not_made_again(script: Path) -> None:
    script.unlink()
    with pytest.raises(NotFound):
        write_script(script, "new")
    assert not script.exists()
