"""`conform` from the command line: what is said before anything is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondunit_bridge.cli import main
from tests.bridge.exchange.rushes import make_project

EDL = (
    "TITLE: CUT\n001  SH010T02 V C        01:00:00:10 01:00:01:10 01:00:00:00 01:00:01:00\n"
    "002  SH020T01 V C        01:00:01:10 01:00:02:10 01:00:01:00 01:00:02:00\n"
)


def test_a_dry_run_tells_every_match_and_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = make_project(tmp_path / "film")
    (film / "cut.edl").write_text(EDL)
    before = sorted(film.rglob("*"))
    assert main(["conform", str(film / "cut.edl"), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["shot"], row["take"], row["how"], row["final"]) for row in told["matches"]] == [
        ("sh010", 2, "reel", 3), ("sh020", 1, "reel", 0),
    ]  # fmt: skip
    assert told["unfinished"] == [{"shot": "sh020", "take": 1}]
    assert main(["conform", str(film / "cut.edl"), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "2 clips: 2 likely (2 by reel)" in said
    assert "not final yet: sh020 take 001" in said
    assert sorted(film.rglob("*")) == before


def test_a_cut_of_unknown_takes_is_refused_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = make_project(tmp_path / "film")
    (film / "cut.edl").write_text(EDL.replace("SH020T01", "SH990T01"))
    assert main(["conform", str(film / "cut.edl"), "--dry-run"]) == 2
    assert main(["conform", str(film / "cut.edl")]) == 2
    said = capsys.readouterr().err
    assert "1 clip has no media" in said
    assert "sh990" in said
    assert not (film / "deliveries").exists()
    assert main(["conform", str(film / "cut.edl"), "--final", "--as-cut"]) == 2
