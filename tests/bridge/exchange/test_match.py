"""Clips of other people's cuts on our takes: how each is known, and how surely."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Marker, MissingReference, Timeline, Track

from secondunit_bridge.conform import flatten
from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.exchange import otio_bundle
from secondunit_bridge.exchange.match import Match, match_cut
from secondunit_bridge.exchange.read_cut_file import CutFile, read_cut_file
from secondunit_bridge.exchange.reframe import reframe_of
from secondunit_bridge.exchange.relink import Relinked, relink_cut, without_missing
from secondunit_bridge.exchange.shelf import Shelf
from secondunit_bridge.otio_file import write_otio
from secondunit_bridge.timing import Rate
from tests.bridge.exchange.rushes import make_project
from tests.bridge.test_conform import frames

CINEMA = Rate(24)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_project(tmp_path / "film")


def span(start: float, frames: float, rate: float = 24) -> TimeRange:
    return TimeRange(RationalTime(start, rate), RationalTime(frames, rate))


def clip(name: str, url: str = "", start: float = 86410, length: int = 20, available: int | None = 86400) -> Clip:
    media = ExternalReference(url, span(available, 120) if available is not None else None) if url else None
    return Clip(name, media or MissingReference(), span(start, length))


def cut_of(*clips: Clip, form: Any = "otio") -> CutFile:
    timeline = Timeline("cut", global_start_time=RationalTime(86400, 24))
    timeline.tracks.append(Track("Video 1", clips, kind="Video"))
    return CutFile(timeline, form)


def matched(film: Path, found: Clip) -> Match:
    return match_cut(cut_of(found).timeline, Shelf(film))[0][2]


def told(match: Match) -> tuple[str, str, str, int]:
    return match.how, match.sure, match.shot, match.take


def with_metadata(found: Clip, **metadata: Any) -> Clip:
    for key, value in metadata.items():
        found.metadata[key] = value
    return found


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (with_metadata(clip("x"), secondunit={"shot": "sh010", "take": 1}), ("id", "sure", "sh010", 1)),
        (with_metadata(clip("x"), Resolve_OTIO={"a": [{"secondunit_shot": "sh010", "secondunit_take": "2"}]}),
         ("id", "sure", "sh010", 2)),
        (with_metadata(clip("x"), Resolve_OTIO={"secondunit_shot": "sh010", "secondunit_take": "2"}),
         ("id", "sure", "sh010", 2)),
        (with_metadata(clip("x"), fcp_xml={"comments": {"mastercomment1": "secondunit:sh020:1"}}),
         ("id", "sure", "sh020", 1)),
        (clip("x", "D:\\jobs\\film\\shots\\sh010\\takes\\001\\proxy.mp4"), ("file", "sure", "sh010", 1)),
        (with_metadata(clip("picture.mov"), cmx_3600={"reel": "SH010T01"}), ("reel", "likely", "sh010", 1)),
        (clip("SH010_T02.mov"), ("name", "likely", "sh010", 2)),
        (clip("sh010 take 1"), ("name", "likely", "sh010", 1)),
        (clip("sh010"), ("name", "guess", "sh010", 3)),
        (clip("sh030A"), ("name", "likely", "sh030A", 1)),
        (clip("sh010 take 1", start=500), ("name", "guess", "sh010", 1)),
        (clip("sh010 take 9"), ("nothing", "none", "", 0)),
        (clip("sh990"), ("nothing", "none", "", 0)),
        (clip("crash010 of the wash0100"), ("nothing", "none", "", 0)),
    ],
)  # fmt: skip
def test_a_clip_is_known_by_id_file_reel_or_name(film: Path, found: Clip, expected: tuple[str, str, str, int]) -> None:
    assert told(matched(film, found)) == expected


def test_a_marker_of_ours_names_the_take(film: Path) -> None:
    found = clip("x")
    found.markers.append(Marker("step", span(86412, 1), comment="step secondunit:sh010:2:f1"))
    assert told(matched(film, found)) == ("id", "sure", "sh010", 2)


def test_a_take_swapped_in_the_editor_wins_over_its_old_id(film: Path) -> None:
    found = with_metadata(clip("x", "/film/shots/sh010/takes/002/picture.mov"), secondunit={"shot": "sh010", "take": 1})
    match = matched(film, found)
    assert told(match) == ("file", "sure", "sh010", 2)
    assert "its id still says take 1" in match.reason


def test_what_names_no_take_of_ours_says_why(film: Path, tmp_path: Path) -> None:
    assert "take 9, which is not there (there are 1, 2, 3)" in matched(film, clip("sh010 take 9")).reason
    assert "sh990, which this project has no take of" in matched(film, clip("sh990")).reason
    assert "media is missing: gone.mov" in matched(film, clip("x", "/m/gone.mov")).reason
    (tmp_path / "rush.mov").write_bytes(b"x")
    assert told(matched(film, clip("x", str(tmp_path / "rush.mov")))) == ("elsewhere", "sure", "", 0)


def relinked(film: Path, *clips: Clip, **more: Any) -> Relinked:
    return relink_cut(cut_of(*clips), Shelf(film), **more)


def test_relinking_keeps_the_frames_and_takes_the_final(film: Path) -> None:
    """Media counted from zero, from timecode, or without a range: the same frames of the take, on its final."""
    folder = "/elsewhere/film/shots/sh010/takes/002/picture.mov"
    clips = [clip("a", folder), clip("b", folder, 10, available=0), clip("c", folder, available=None)]
    clips += [clip("d", folder, 10, available=None), clip("e", folder, 3610, available=3600)]
    made = relinked(film, *clips)
    assert frames(flatten(made.timeline)) == [f"picture{10 + index}" for index in range(20)] * 5
    final = film / "shots" / "sh010" / "takes" / "003" / "picture.mov"
    assert {Path(each.media_reference.target_url) for each in made.timeline.find_clips()} == {final}
    assert [(match.take, match.final) for match in made.matches] == [(2, 3)] * 5
    assert made.unfinished == ()
    asked = relinked(film, *clips, as_cut=True)
    assert {Path(each.media_reference.target_url).parent.name for each in asked.timeline.find_clips()} == {"002"}


def test_takes_without_a_final_are_named_once(film: Path) -> None:
    made = relinked(film, clip("sh010 take 1"), clip("sh020"), clip("sh010 take 1"))
    assert made.unfinished == (("sh010", 1), ("sh020", 1))


def test_retimes_and_markers_of_others_stay_and_our_cues_are_put_on(film: Path) -> None:
    found = clip("sh010 take 1")
    found.effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    found.markers.append(Marker("look here", span(86412, 1)))
    made = next(iter(relinked(film, found).timeline.find_clips()))
    assert made.effects[0].time_scalar == 2
    assert [marker.name for marker in made.markers] == ["look here", "step"]
    assert made.metadata["secondunit"]["take"] == 1
    assert list(made.media_references()) == ["DEFAULT_MEDIA"]


def test_missing_clips_are_told_all_at_once_or_shown_black(film: Path) -> None:
    made = relinked(film, clip("sh020"), clip("x", "/m/gone.mov"), clip("sh990"))
    with pytest.raises(NotFound, match=r"2 clips have no media.*gone\.mov.*sh990") as caught:
        without_missing(made, allow=False)
    assert "--despite-missing" in caught.value.mend
    black = without_missing(made, allow=True)
    assert [(segment.frames, segment.kind) for segment in flatten(black.timeline).picture] == [
        (20, "copy"),
        (40, "gap"),
    ]
    assert "Black in place of" in black.notes[-1]


def test_another_rate_than_the_takes_is_carried_across(film: Path) -> None:
    """A host that counts a 24 fps take in 25 fps frames still starts it on its own frame."""
    found = Clip("sh020", MissingReference(), TimeRange(RationalTime(90000 + 25, 25), RationalTime(25, 25)))
    made = next(iter(relinked(film, found).timeline.find_clips()))
    assert made.source_range.start_time == RationalTime(86400 + 24, 24)


# Files as hosts write them


def resolve_otio(film: Path) -> dict[str, Any]:
    """A timeline in the shape Resolve exports: bare paths, absolute timecode, an effect slot for everything."""
    found = cut_of(clip("picture.mov", str(film / "shots/sh010/takes/001/picture.mov"))).timeline
    root = json.loads(found.to_json_string())
    root["metadata"] = {"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}}
    zoom = {"Parameter ID": "transformationZoomX", "Parameter Value": 1.25, "Default Parameter Value": 1.0}
    pan = {"Parameter ID": "transformationPan", "Parameter Value": 0.1, "Default Parameter Value": 0.0}
    effects = [("Transform", [zoom, pan]), ("Cropping", []), ("Dynamic Zoom", []), ("Composite", [])]
    item = root["tracks"]["children"][0]["children"][0]
    item["effects"] = [
        {"OTIO_SCHEMA": "Effect.1", "name": "", "effect_name": "Resolve Effect", "enabled": True,
         "metadata": {"Resolve_OTIO": {"Effect Name": name, "Enabled": True, "Parameters": parameters}}}
        for name, parameters in effects
    ]  # fmt: skip
    return root


def test_a_resolve_otio_keeps_its_reframe_and_loses_its_empty_slots(film: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.otio").write_text(json.dumps(resolve_otio(film)))
    cut = read_cut_file(tmp_path / "cut.otio", CINEMA)
    assert (cut.form, cut.notes) == ("resolve", ())
    found = reframe_of(next(iter(cut.timeline.find_clips())).effects)
    assert found is not None
    assert found.values == (1.25, 1.0, 0.1, 0.0, 0.0)
    assert told(match_cut(cut.timeline, Shelf(film))[0][2]) == ("file", "sure", "sh010", 1)


def test_a_premiere_otio_counts_retimes_in_media_frames_and_scales_in_pixels(film: Path, tmp_path: Path) -> None:
    found = cut_of(clip("picture.mov", (film / "shots/sh010/takes/001/picture.mov").as_uri(), 10, 40, 0)).timeline
    found.tracks[0][0].effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    found.tracks.metadata["PremierePro_OTIO"] = {"VideoResolution": {"width": 1280, "height": 720}}
    values = {"Scale": 300.0, " ": True, "Position": {"X": 0.75, "Y": 0.4}, "Rotation": 0.0}
    parameters = [{"DisplayName": name, "StartValue": {"Value": value}} for name, value in values.items()]
    motion = {"PremierePro_OTIO": {"MatchName": "AE.ADBE Motion", "Parameters": parameters}}
    found.tracks[0][0].effects.append(otio.schema.Effect("", "Motion", motion))
    write_otio(found, tmp_path / "cut.otio")
    cut = read_cut_file(tmp_path / "cut.otio", CINEMA)
    assert (cut.form, len(cut.notes)) == ("premiere", 1)
    made = relink_cut(cut, Shelf(film))
    assert frames(flatten(made.timeline)) == [f"picture{10 + 2 * index}" for index in range(20)]
    reframe = reframe_of(next(iter(made.timeline.find_clips())).effects)
    assert reframe is not None
    assert reframe.values == (1.5, 1.5, 0.25, pytest.approx(0.1), 0.0)


def test_other_footage_in_an_edl_is_refused_with_the_reason(film: Path, tmp_path: Path) -> None:
    """An EDL gives absolute timecode but not where the file's begins: no frame of it could be named."""
    (tmp_path / "rush.mov").write_bytes(b"x")
    (tmp_path / "cut.edl").write_text(
        "001  RUSH V C 01:00:00:10 01:00:01:10 01:00:00:00 01:00:01:00\n* SOURCE FILE: rush.mov\n"
    )
    made = relink_cut(read_cut_file(tmp_path / "cut.edl", CINEMA), Shelf(film))
    assert made.matches[0].how == "nothing"
    assert "timecode begins" in made.matches[0].reason


def test_an_edl_by_reels_lands_on_the_takes(film: Path, tmp_path: Path) -> None:
    text = (
        "TITLE: CUT\n001  SH010T01 V C        01:00:00:10 01:00:01:10 01:00:00:00 01:00:01:00\n"
        "002  SH010T01 V C        01:00:01:10 01:00:01:10 01:00:01:00 01:00:01:00\n"
        "002  SH020T01 V D    012 01:00:01:00 01:00:02:00 01:00:01:00 01:00:02:00\n"
    )
    (tmp_path / "cut.edl").write_text(text)
    made = relink_cut(read_cut_file(tmp_path / "cut.edl", CINEMA), Shelf(film))
    assert [(match.shot, match.how) for match in made.matches] == [("sh010", "reel"), ("sh020", "reel")]
    shown = frames(flatten(made.timeline))
    assert (shown[23], shown[24], shown[36]) == ("picture33", "(picture34 picture24 0)", "picture36")


def bundle(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("content.otio", content)
    return path


def test_bundles_are_read_and_bombs_are_refused(film: Path, tmp_path: Path, monkeypatch: Any) -> None:
    good = json.dumps(resolve_otio(film)).encode()
    assert read_cut_file(bundle(tmp_path / "a.otioz", good), CINEMA).form == "resolve"
    monkeypatch.setattr(otio_bundle, "LARGEST_FILE", 1 << 20)
    with pytest.raises(TooLarge, match="over 1 MB"):
        read_cut_file(bundle(tmp_path / "bomb.otioz", b"0" * (1 << 21)), CINEMA)
    (tmp_path / "c.otioz").write_bytes(b"no zip")
    with pytest.raises(BadInput, match="not an OTIO bundle"):
        read_cut_file(tmp_path / "c.otioz", CINEMA)
    with zipfile.ZipFile(tmp_path / "d.otioz", "w") as file:
        file.writestr("other", b"")
    with pytest.raises(BadInput, match=r"content\.otio"):
        read_cut_file(tmp_path / "d.otioz", CINEMA)


def test_files_that_are_no_cuts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.edl").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "c.xml").write_bytes("<xmeml>ÿ".encode("utf-16"))
    for name, said in (("a.txt", "not a cut"), ("b.edl", "not a text"), ("c.xml", "broken")):
        with pytest.raises(BadInput, match=said):
            read_cut_file(tmp_path / name, CINEMA)
    with pytest.raises(NotFound):
        read_cut_file(tmp_path / "none.otio", CINEMA)


def test_ten_thousand_markers_are_no_trouble(film: Path) -> None:
    found = clip("x")
    for index in range(10_000):
        found.markers.append(Marker(f"m{index}", span(86400, 1)))
    found.markers[9_999].comment = "secondunit:sh010:2"
    assert told(matched(film, found)) == ("id", "sure", "sh010", 2)


def test_a_damaged_manifest_is_named(film: Path) -> None:
    (film / "shots/sh020/takes/001/manifest.json").write_text("{")
    with pytest.raises(BadInput, match="sh020 take 001"):
        matched(film, clip("sh020"))
