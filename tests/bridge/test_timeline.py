"""Takes on an OTIO timeline, and OTIO files that mean harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime

from secondunit_bridge.errors import BadInput, Conflict, NotFound, TooLarge, Unwritable
from secondunit_bridge.otio_file import DEEPEST, LARGEST_FILE, exact_rate, media_path, read_otio
from secondunit_bridge.timeline import (
    KEY,
    Cue,
    Take,
    add_take,
    new_timeline,
    place_take,
    read_timeline,
    relink,
    replace_take,
    select_take,
    takes_of,
    timeline_rate,
    write_timeline,
)
from secondunit_bridge.timing import Rate

FILM = Rate(24000, 1001)


def take(shot: str, number: int = 1, frames: int = 60, home: Path = Path("/film"), **more: object) -> Take:
    folder = home / "shots" / shot / "takes" / f"{number:03d}"
    named = {"picture": folder / "picture.mov", "proxy": folder / "proxy.mp4", "depth": folder / "depth.mov"}
    return Take(
        shot=shot, number=number, frames=frames, rate=FILM, seed=number, manifest=folder / "manifest.json",
        **(named | more),  # type: ignore[arg-type]
    )  # fmt: skip


def layout(timeline: otio.schema.Timeline, track: int = 0) -> list[tuple[str, int]]:
    return [(item.name or "gap", round(item.duration().value)) for item in timeline.tracks[track]]


def three_shots() -> otio.schema.Timeline:
    timeline = new_timeline("film", FILM)
    for shot in ("sh010", "sh020", "sh030"):
        timeline = place_take(timeline, take(shot, head=6, tail=4, cues=(Cue("c1", "foley", "step", 3),)))
    return timeline


def test_takes_follow_each_other_with_handles_outside_the_cut() -> None:
    timeline = three_shots()
    assert layout(timeline) == [("sh010", 50), ("sh020", 50), ("sh030", 50)]
    clip = timeline.video_tracks()[0][0]
    assert (clip.source_range.start_time.value, clip.available_range().duration.value) == (86406, 60)
    assert set(clip.media_references()) == {"DEFAULT_MEDIA", "proxy", "depth"}
    assert clip.media_reference.target_url == "/film/shots/sh010/takes/001/picture.mov"
    ours = clip.metadata[KEY]
    assert (ours["shot"], ours["take"], ours["seed"], ours["rate"]) == ("sh010", 1, 1, "24000/1001")
    marker = clip.markers[0]
    assert (marker.name, marker.marked_range.start_time.value, marker.metadata[KEY]["id"]) == ("step", 86409, "c1")
    assert layout(timeline, 1) == layout(timeline)


def test_functions_leave_the_timeline_they_are_given_alone() -> None:
    timeline = three_shots()
    before = timeline.to_json_string()
    replace_take(timeline, take("sh010", 2))
    place_take(timeline, take("sh040"))
    add_take(timeline, take("sh010", 2))
    relink(timeline, {Path("/film"): Path("/else")})
    assert timeline.to_json_string() == before


def test_a_take_goes_into_free_space_and_never_over_another_clip() -> None:
    timeline = place_take(three_shots(), take("sh050"), at=200)
    assert layout(timeline)[3:] == [("gap", 50), ("sh050", 60)]
    filled = place_take(timeline, take("sh040", frames=20), at=160)
    assert layout(filled)[3:] == [("gap", 10), ("sh040", 20), ("gap", 20), ("sh050", 60)]
    for at in (0, 140, 190):
        with pytest.raises(Conflict):
            place_take(timeline, take("sh060"), at=at)
    upper = place_take(timeline, take("sh060"), track=2, at=10)
    assert [track.name for track in upper.tracks] == ["Video 1", "Video 2", "Audio 1", "Audio 2"]


def test_replacing_a_take_keeps_trim_place_and_neighbours() -> None:
    timeline = three_shots()
    clip = timeline.video_tracks()[0][1]
    clip.source_range = otio.opentime.TimeRange(RationalTime(86416, 24000 / 1001), RationalTime(20, 24000 / 1001))
    after = replace_take(timeline, take("sh020", 2, frames=80, head=12, tail=8))
    assert layout(after) == [("sh010", 50), ("sh020", 20), ("sh030", 50)]
    clip = after.video_tracks()[0][1]
    assert clip.source_range.start_time.value == 86400 + 12 + 10  # ten frames into the shot, as before
    assert clip.media_reference.target_url.endswith("sh020/takes/002/picture.mov")
    assert [listed.number for listed in takes_of(after, "sh020")] == [1, 2]
    back = select_take(after, "sh020", 1)
    assert back.video_tracks()[0][1].source_range.start_time.value == 86416


def test_a_shorter_take_leaves_a_gap_and_a_longer_one_is_trimmed() -> None:
    timeline = three_shots()
    shorter = replace_take(timeline, take("sh020", 2, frames=30))
    for track in (0, 1):
        assert layout(shorter, track) == [("sh010", 50), ("sh020", 30), ("gap", 20), ("sh030", 50)]
    assert layout(replace_take(timeline, take("sh020", 2, frames=300))) == layout(timeline)
    assert layout(replace_take(timeline, take("sh030", 2, frames=30)))[2:] == [("sh030", 30)]


def test_one_use_of_a_shot_can_be_replaced_alone() -> None:
    timeline = place_take(place_take(new_timeline("film", FILM), take("sh010")), take("sh010"))
    after = replace_take(timeline, take("sh010", 2), use=1)
    for track in after.tracks:
        assert [clip.metadata[KEY]["take"] for clip in track] == [1, 2]
    with pytest.raises(NotFound):
        replace_take(timeline, take("sh010", 2), use=2)


def test_a_take_can_be_listed_without_being_chosen() -> None:
    after = add_take(three_shots(), take("sh010", 2))
    assert after.video_tracks()[0][0].metadata[KEY]["take"] == 1
    assert [listed.number for listed in takes_of(after, "sh010")] == [1, 2]


def test_what_cannot_be_placed_is_said() -> None:
    timeline = three_shots()
    trimmed = timeline.deepcopy()
    trimmed.video_tracks()[0][0].source_range = otio.opentime.TimeRange(
        RationalTime(86416, 24000 / 1001), RationalTime(40, 24000 / 1001)
    )
    with pytest.raises(BadInput, match="too short"):
        replace_take(trimmed, take("sh010", 2, frames=30))
    with pytest.raises(BadInput, match="24/1"):
        place_take(new_timeline("film", Rate(24)), take("sh010"))
    with pytest.raises(NotFound, match="take 9"):
        select_take(timeline, "sh010", 9)
    with pytest.raises(NotFound, match="sh010, sh020, sh030"):
        takes_of(timeline, "sh099")
    with pytest.raises(BadInput, match="between its handles"):
        take("sh010", frames=10, head=5, tail=5)


def test_a_written_timeline_reads_back_the_same_and_its_project_can_move(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    timeline = place_take(new_timeline("film", FILM), take("sh010", home=old, head=2))
    write_timeline(timeline, old / "cut.otio")
    assert read_timeline(old / "cut.otio").is_equivalent_to(timeline)
    assert str(tmp_path) not in (old / "cut.otio").read_text()
    old.rename(new)
    moved = read_timeline(new / "cut.otio")
    assert moved.is_equivalent_to(relink(timeline, {old: new}))
    assert takes_of(moved, "sh010")[0].depth == new / "shots/sh010/takes/001/depth.mov"


def test_relink_prefers_the_nearest_folder() -> None:
    after = relink(three_shots(), {Path("/film"): Path("/a"), Path("/film/shots/sh010"): Path("/b")})
    urls = [clip.media_reference.target_url for clip in after.video_tracks()[0]]
    assert urls[:2] == ["/b/takes/001/picture.mov", "/a/shots/sh020/takes/001/picture.mov"]


def test_the_rate_is_exact_though_otio_keeps_a_float() -> None:
    assert timeline_rate(three_shots()) == FILM
    assert exact_rate(23.976) == exact_rate(23.98) == exact_rate(24000 / 1001) == FILM
    assert (exact_rate(25.0), exact_rate(59.94), exact_rate(48000.0)) == (Rate(25), Rate(60000, 1001), Rate(48000))
    assert exact_rate(23.976, "24000/1001") == FILM
    for rate, said in ((24.0, "25/1"), (float("nan"), None), (-24.0, None), (17.3, None)):
        with pytest.raises(BadInput):
            exact_rate(rate, said)


@pytest.mark.parametrize("url", ["http://host/a.mov", "file://server/share/a.mov", "concat://a", "a\0b", "x" * 5000])
def test_media_that_is_no_local_file_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        media_path(url, Path("/home"))


def test_media_paths_are_read_bare_relative_or_as_file_urls() -> None:
    home = Path("/home/cut").resolve()
    assert media_path("a b.mov", home) == home / "a b.mov"
    assert media_path("file:///x/a%20b.mov", home) == Path("/x/a b.mov")
    assert media_path("file://localhost/x/a.mov", home) == Path("/x/a.mov")
    assert media_path("/x/a.mov", home) == Path("/x/a.mov").resolve()


def hostile(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bad.otio"
    path.write_text(text)
    return path


def looping() -> str:
    """A stack whose track holds a reference back to the stack."""
    empty = {"effects": [], "markers": [], "metadata": {}, "source_range": None}
    back = {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "Stack-1"}
    track = {"OTIO_SCHEMA": "Track.1", "name": "v", "kind": "Video", "children": [back], **empty}
    stack = {"OTIO_SCHEMA": "Stack.1", "OTIO_REF_ID": "Stack-1", "name": "s", "children": [track], **empty}
    return json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "x", "metadata": {}, "tracks": stack})


def with_time(value: str, rate: str) -> str:
    return f'{{"OTIO_SCHEMA": "RationalTime.1", "value": {value}, "rate": {rate}}}'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BadInput, ""),
        (BadInput, "not json"),
        (BadInput, "[1, 2]"),
        (BadInput, '{"OTIO_SCHEMA": "Timeline.99"}'),
        (BadInput, '{"OTIO_SCHEMA": "Timeline.1", "tracks": 5}'),
        (BadInput, '{"OTIO_SCHEMA": "Clip.2"}'),
        (BadInput, looping()),
        (TooLarge, "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)),
        (TooLarge, "[" * 200_000),
        (BadInput, with_time("NaN", "24")),
        (BadInput, with_time("1e999", "24")),
        (BadInput, with_time("5", "0")),
        (BadInput, with_time("5", "-24")),
        (BadInput, with_time('"5"', "24")),
        (TooLarge, with_time("1e15", "24")),
    ],
)
def test_a_hostile_file_is_a_typed_error_with_a_mend(tmp_path: Path, kind: type, text: str) -> None:
    with pytest.raises(kind) as caught:
        read_otio(hostile(tmp_path, text))
    assert caught.value.mend
    assert caught.value.exit_code == 2


def test_brackets_inside_strings_do_not_count_as_nesting(tmp_path: Path) -> None:
    timeline = new_timeline("[" * 500 + '\\"{', FILM)
    write_timeline(timeline, tmp_path / "a.otio")
    assert read_timeline(tmp_path / "a.otio").name == timeline.name


def test_a_shared_reference_that_does_not_loop_is_fine(tmp_path: Path) -> None:
    entry = {"OTIO_SCHEMA": "MissingReference.1", "OTIO_REF_ID": "M-1", "metadata": {}, "name": "m"}
    root = json.loads(new_timeline("a", FILM).to_json_string())
    root["metadata"]["shared"] = [entry, {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "M-1"}]
    assert read_otio(hostile(tmp_path, json.dumps(root))).name == "a"


def test_sizes_and_places_are_checked_before_reading(tmp_path: Path) -> None:
    (tmp_path / "binary.otio").write_bytes(bytes(range(256)))
    with (tmp_path / "big.otio").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(TooLarge):
        read_otio(tmp_path / "big.otio")
    with pytest.raises(NotFound):
        read_otio(tmp_path / "none.otio")
    with pytest.raises(BadInput):
        read_otio(tmp_path / "binary.otio")
    with pytest.raises(Unwritable):
        write_timeline(three_shots(), tmp_path / "nowhere" / "a.otio")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big.otio", "binary.otio"]


def test_a_damaged_list_of_takes_is_said() -> None:
    timeline = three_shots()
    timeline.video_tracks()[0][0].metadata[KEY]["takes"] = [{"take": "one"}]
    with pytest.raises(BadInput, match="damaged"):
        takes_of(timeline, "sh010")


def test_the_timeline_imports_light() -> None:
    """Reading and conforming a cut needs OTIO alone: no numpy, no PyAV, no USD, no torch."""
    code = (
        "import sys, secondunit_bridge.conform, secondunit_bridge.install_plugins\n"
        "print([name for name in ('numpy', 'av', 'pxr', 'torch', 'mitsuba', 'grpc') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"
