"""The watch folder: for editors that cannot be scripted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondunit_bridge.errors import NotFound
from secondunit_bridge.watch import watch


def test_what_is_dropped_in_is_answered_beside_it(tmp_path: Path) -> None:
    """A cut of takes that are not there fails with its sentence; other files stay; nothing is done twice."""
    (tmp_path / "cut.edl").write_text("001  SH010T01 V C 01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00\n")
    (tmp_path / "notes.md").write_text("mine")
    done = list(watch(tmp_path, once=True))
    assert [(each.file, each.ok) for each in done] == [(tmp_path / "failed/cut.edl", False)]
    told = json.loads((tmp_path / "failed/cut.edl.json").read_text())
    assert "sh010" in told["error"]["message"]
    assert (tmp_path / "notes.md").is_file()
    assert not (tmp_path / "cut.edl").exists()
    assert list(watch(tmp_path, once=True)) == []


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        next(watch(tmp_path / "none", once=True))
