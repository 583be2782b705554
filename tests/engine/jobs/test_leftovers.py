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
        tmp_path / "cache/picture/abc.part/picture.mov",
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
    make(tmp_path / "secondunit.toml", frame, master, tmp_path / "cut.otio", tmp_path / ".cutting.mov.part")
    request = ConformRequest(str(tmp_path), str(tmp_path / "cut.otio"), str(tmp_path / "cut.mov"))
    assert drop_leftovers(request, shared=True) == [master]
    assert frame.exists()


def test_a_folder_that_is_no_project_is_left_alone(tmp_path: Path) -> None:
    stray = tmp_path / "cache/frames/abc.part/0001.exr"
    make(stray)
    assert drop_leftovers(RetakeRequest(str(tmp_path), "sh010"), shared=False) == []
    assert stray.exists()


def test_whole_frames_are_kept(tmp_path: Path) -> None:
    """Of an interrupted render the finished frames stay, under the name by which the next run finds them."""
    part = tmp_path / "cache/frames/abc.part/frames"
    make(tmp_path / "secondunit.toml", part / "1001.exr", part / ".1002.exr.part", part / "1003.exr.part")
    empty = tmp_path / "cache/frames/def.part/frames/.1001.exr"
    make(empty)
    drop_leftovers(RetakeRequest(str(tmp_path), "sh010"), shared=False)
    left = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(map(str, left)) == ["cache/frames/abc.kept/frames/1001.exr", "secondunit.toml"]


def test_halves_of_a_master_and_of_its_signature_go(tmp_path: Path) -> None:
    """Names with characters that a pattern would read otherwise are taken literally."""
    halves = [tmp_path / name for name in (".cut[1].part.mov", "..cut[1].part.mov.part", "..cut[1].part.mov.signing")]
    make(*halves, tmp_path / "cut[1].mov", tmp_path / ".cut1.part.mov")
    request = ConformRequest(str(tmp_path), str(tmp_path / "cut.otio"), str(tmp_path / "cut[1].mov"))
    drop_leftovers(request, shared=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cut1.part.mov", "cut[1].mov"]
