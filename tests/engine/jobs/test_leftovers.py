"""Clearing away after an ended job."""

from __future__ import annotations

from pathlib import Path

from secondunit_engine.jobs.leftovers import drop_leftovers
from secondunit_engine.jobs.requests import ConformRequest, RetakeRequest


def make(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")


def test_only_our_own_unfinished_things_go(tmp_path: Path) -> None:
    """Half products and half takes go; finished ones and the user's own files stay."""
    ours = [
        tmp_path / "cache/frames/abc.part/0001.exr",
        tmp_path / "shots/sh010/takes/.001.part/picture.mov",
        tmp_path / ".secondunit.toml.part",
    ]
    theirs = [
        tmp_path / "secondunit.toml",
        tmp_path / "cache/frames/def/0001.exr",
        tmp_path / "shots/sh010/takes/001/picture.mov",
        tmp_path / "download.part",
        tmp_path / "rushes/clip.part",
    ]
    make(*ours, *theirs)
    drop_leftovers(RetakeRequest(str(tmp_path), "sh010"), shared=False)
    assert not any(path.exists() for path in ours)
    assert all(path.exists() for path in theirs)


def test_products_that_another_job_goes_on_from_stay(tmp_path: Path) -> None:
    frame, master = tmp_path / "cache/frames/abc.part/0001.exr", tmp_path / ".cut.mov.part"
    make(tmp_path / "secondunit.toml", frame, master)
    request = ConformRequest(str(tmp_path), str(tmp_path / "cut.otio"), str(tmp_path / "cut.mov"))
    assert drop_leftovers(request, shared=True) == [master]
    assert frame.exists()


def test_a_folder_that_is_no_project_is_left_alone(tmp_path: Path) -> None:
    stray = tmp_path / "cache/frames/abc.part/0001.exr"
    make(stray)
    assert drop_leftovers(RetakeRequest(str(tmp_path), "sh010"), shared=False) == []
    assert stray.exists()
