"""Cues as markers and back, in five formats: time, length, name, colour, note and id; and a marker that was moved."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime

from secondunit_bridge.cli import main
from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_bridge.exchange.colours import OTIO
from secondunit_bridge.exchange.cue_marker import CueMarker
from secondunit_bridge.exchange.cue_moves import markers_of_cut, moves_in
from secondunit_bridge.exchange.cue_sheet import CueMove, cue_rows, read_moves, write_moves
from secondunit_bridge.exchange.markers import FORMATS, markers_in, read_markers, write_markers
from secondunit_bridge.exchange.relink import relink_cut
from secondunit_bridge.exchange.shelf import Shelf
from secondunit_bridge.timing import Rate
from tests.bridge.exchange.rushes import make_take
from tests.bridge.exchange.test_match import clip, cut_of

CINEMA, VIDEO = Rate(24), Rate(30000, 1001)
LINE = CueMarker(
    "sh010:2:sh010-line-1", 86412, 30, "line", "CYAN", "dialogue · Mara · estimated", None, "dialogue",
    "We should not be here", "Mara", 1, "noise",
)  # fmt: skip
STEP = CueMarker("sh010:2:sh010-mara-footfall-20", 86420, 1, "footfall", "YELLOW", "foley · Mara · exact", kind="foley")
OTHER = CueMarker("", 86500, 5, "ask Ada", "RED", "why so late?")


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(("rate", "drop"), [(CINEMA, False), (VIDEO, False), (VIDEO, True)])
def test_every_format_brings_back_what_it_was_given(tmp_path: Path, suffix: str, rate: Rate, drop: bool) -> None:
    hour = rate.frame_of("01:00:00;00" if drop else "01:00:00:00")
    colours = [
        replace(STEP, frame=hour + 1900 + 7 * index, colour=colour, id=f"sh010:1:c{index}")
        for index, colour in enumerate(OTIO)
    ]
    given = [replace(LINE, frame=hour), *colours, replace(OTHER, frame=hour + 5000)]
    path = tmp_path / f"cues{suffix}"
    write_markers(path, given, rate, hour, drop=drop)
    back = read_markers(path, rate)
    assert [(m.id, m.frame, m.frames, m.name, m.colour, m.note) for m in back] == [
        (m.id, m.frame, m.frames, m.name, m.colour, m.note) for m in given
    ]
    first = path.read_bytes()
    write_markers(path, given, rate, hour, drop=drop)
    assert path.read_bytes() == first


def test_the_edl_is_as_resolve_writes_it(tmp_path: Path) -> None:
    """Event line, then the note first and no `*`: its importer takes nothing else."""
    write_markers(tmp_path / "m.edl", [STEP], CINEMA, 86400)
    assert (tmp_path / "m.edl").read_text().splitlines() == [
        "TITLE: m", "FCM: NON-DROP FRAME", "",
        "001  001      V     C        01:00:00:20 01:00:00:21 01:00:00:20 01:00:00:21  ",
        "foley · Mara · exact secondunit:sh010:2:sh010-mara-footfall-20 |C:ResolveColorYellow |M:footfall |D:1",
    ]  # fmt: skip


def test_names_cannot_break_a_format(tmp_path: Path) -> None:
    nasty = replace(OTHER, name="=1+1 |M: {QN=x}\n[EFF] \"'<&>", note="a\nb|c")
    for suffix in FORMATS:
        write_markers(tmp_path / f"m{suffix}", [nasty, LINE], CINEMA, 86400)
        found = read_markers(tmp_path / f"m{suffix}", CINEMA)
        assert [marker.frame for marker in found] == [86412, 86500]
        assert found[0].id == LINE.id
    assert "'=1+1" in (tmp_path / "m.csv").read_text()


def test_other_peoples_tables_and_edls_are_read(tmp_path: Path) -> None:
    (tmp_path / "premiere.csv").write_bytes(
        "Marker Name\tDescription\tIn\tOut\nhi\tthere\t01:00:00:05\t\n".encode("utf-16")
    )
    assert [(m.name, m.note, m.frame) for m in read_markers(tmp_path / "premiere.csv", CINEMA)] == [
        ("hi", "there", 86405)
    ]
    (tmp_path / "cut.edl").write_text("TITLE: x\n001 A V C 01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00\n")
    with pytest.raises(BadInput, match="no markers"):
        read_markers(tmp_path / "cut.edl", CINEMA)
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(BadInput, match="Pro Tools"):
        read_markers(tmp_path / "a.txt", CINEMA)
    with pytest.raises(BadInput, match="not written as"):
        write_markers(tmp_path / "a.pdf", [], CINEMA, 0)
    with pytest.raises(BadInput, match="no sessions at"):
        write_markers(tmp_path / "b.txt", [], Rate(120), 0)
    with pytest.raises(NotFound):
        read_markers(tmp_path / "gone.csv", CINEMA)


def test_ten_thousand_markers_pass_and_too_many_do_not(tmp_path: Path) -> None:
    many = [replace(STEP, frame=86400 + index, id=f"sh010:1:c{index}") for index in range(10_000)]
    write_markers(tmp_path / "m.edl", many, CINEMA, 86400)
    assert len(read_markers(tmp_path / "m.edl", CINEMA)) == 10_000
    with pytest.raises(TooLarge):
        write_markers(tmp_path / "n.edl", many * 11, CINEMA, 86400)
    assert not (tmp_path / "n.edl").exists()


@pytest.mark.referee
def test_ptulsconv_reads_the_session_as_adr_cues(tmp_path: Path) -> None:
    """A sound department's own tool finds number, character, priority, reason, line and times."""
    tool = shutil.which("ptulsconv")
    if tool is None:
        pytest.skip("ptulsconv is not installed")
    write_markers(tmp_path / "cues.txt", [LINE, STEP], CINEMA, 86400)
    read = [tool, "-f", "tagged", str(tmp_path / "cues.txt")]
    told = json.loads(subprocess.run(read, capture_output=True, text=True, check=True, timeout=60).stdout)
    assert "sh010-1" in json.dumps(told)
    for said in ("noise", "We should not be here", "Mara"):
        assert said in json.dumps(told)


# On a cut


def sheet(folder: Path, shot: str, *cues: tuple[str, str, int]) -> None:
    rows = [
        {"id": name, "kind": kind, "name": "step", "start": {"value": start, "rate": "24/1"}, "sample": 2000 * start,
         "duration": {"value": 2, "rate": "24/1"}, "source": "Mara", "confidence": "exact", "text": ""}
        for name, kind, start in cues
    ]  # fmt: skip
    (folder / "shots" / shot / "takes" / "001" / "cues.json").write_text(json.dumps({"rate": "24/1", "cues": rows}))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """sh010 (steps at frames 12 and 40) cut from frame 10 for 20 frames, twice; then at double speed from 30."""
    folder = tmp_path / "film"
    make_take(folder, "sh010", 1)
    (folder / "secondunit.toml").write_text('rate = "24/1"\nsize = "640x360"\nquality = "draft"\nseed = 0\n')
    sheet(folder, "sh010", ("f12", "foley", 12), ("f40", "foley", 40))
    fast = clip("sh010", "", 86430)
    fast.effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    cut = relink_cut(cut_of(clip("sh010"), clip("sh010"), fast), Shelf(folder))
    cut.timeline.to_json_file(str(folder / "cut.otio"))
    return folder


def placed(folder: Path) -> list[tuple[str, int]]:
    timeline = otio.adapters.read_from_file(str(folder / "cut.otio"))
    return [(marker.id.rpartition(":")[2], marker.frame - 86400) for marker in markers_of_cut(timeline, Shelf(folder))]


def test_each_use_of_a_cue_is_a_marker_where_the_cut_shows_it(film: Path) -> None:
    assert placed(film) == [("f12", 2), ("f12", 22), ("f40", 45)]


def test_a_moved_marker_moves_the_cue_everywhere(film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written, moved by five frames in the editor, read: the cue sheet, the markers and the timeline have it."""
    edl = film / "cues.edl"
    assert main(["cues", "--project", str(film), "--markers", str(edl)]) == 0
    edl.write_text(edl.read_text().replace("01:00:00:02 01:00:00:03", "01:00:00:07 01:00:00:08"))
    assert main(["cues", "--project", str(film), "--from", str(edl), "--dry-run"]) == 0
    assert not (film / "shots/sh010/cue_moves.json").exists()
    capsys.readouterr()
    assert main(["cues", "--project", str(film), "--from", str(edl), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["moved"] == [{"cue": "sh010:f12", "by": 5}]
    assert placed(film) == [("f12", 7), ("f12", 27), ("f40", 45)]
    row = cue_rows(film / "shots/sh010/takes/001")[0]
    assert (row["start"]["value"], row["moved"], row["sample"], row["timecode"]) == (17, 5, 34000, "00:00:00:17")
    assert Shelf(film).takes("sh010")[0].take.cues[0].frame == 17 - 8
    assert main(["cues", "sh010", "--project", str(film), "--markers", str(edl)]) == 0
    assert main(["cues", "--project", str(film), "--from", str(edl), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["moved"] == []
    assert main(["cues", "sh010", "--project", str(film), "--reset"]) == 0
    assert placed(film)[0] == ("f12", 2)


def test_a_marker_moved_on_a_fast_clip_moves_twice_as_far(film: Path) -> None:
    timeline = otio.adapters.read_from_file(str(film / "cut.otio"))
    moved = [
        replace(m, frame=m.frame + 3, local=None) for m in markers_of_cut(timeline, Shelf(film)) if m.frame == 86445
    ]
    assert moves_in(moved, timeline, Shelf(film)).changes == (("sh010:f40", 6),)


def test_a_marker_moved_on_the_clip_itself_needs_no_cut(film: Path) -> None:
    """A host's OTIO with our markers on its clips: their place in the take says how far they went."""
    timeline = otio.adapters.read_from_file(str(film / "cut.otio"))
    for found in list(timeline.find_clips())[:1]:
        for marker in found.markers:
            marker.marked_range = otio.opentime.TimeRange(RationalTime(86415, 24), RationalTime(1, 24))
            marker.comment = "foley secondunit:sh010:1:f12"
        del found.markers[1:]
    for found in list(timeline.find_clips())[1:]:
        found.markers.clear()
    read = markers_in(timeline, CINEMA)
    assert [(marker.id, marker.local, marker.frame) for marker in read] == [("sh010:1:f12", 15, 86405)]
    assert moves_in(read, timeline, Shelf(film)).changes == (("sh010:f12", 3),)


def test_what_cannot_be_taken_over_is_said(film: Path) -> None:
    timeline = otio.adapters.read_from_file(str(film / "cut.otio"))
    shelf = Shelf(film)
    first, second, _ = [replace(marker, local=None) for marker in markers_of_cut(timeline, shelf)]
    two_ways = [replace(first, frame=first.frame + 2), replace(second, frame=second.frame - 3)]
    found = moves_in([*two_ways, OTHER, replace(first, id="sh990:1:x")], timeline, shelf)
    assert found.moves == {}
    assert [note.split(" ")[0] for note in found.notes] == ["The", "1", "The"]
    assert "+2" in found.notes[2]
    assert "-3" in found.notes[2]


def test_a_note_written_in_the_editor_stays_with_the_cue(film: Path) -> None:
    timeline = otio.adapters.read_from_file(str(film / "cut.otio"))
    first = replace(markers_of_cut(timeline, Shelf(film))[0], note="softer, on gravel", local=None)
    found = moves_in([first], timeline, Shelf(film))
    write_moves(film / "shots/sh010", found.moves["sh010"], CINEMA)
    assert markers_of_cut(timeline, Shelf(film))[0].note == "softer, on gravel"
    assert moves_in([first], timeline, Shelf(film)).changes == ()


def test_a_cue_sheet_that_was_moved_already_is_not_moved_twice(film: Path) -> None:
    write_moves(film / "shots/sh010", {"f12": CueMove("f12", 5)}, CINEMA)
    path = film / "shots/sh010/takes/001/cues.json"
    told: dict[str, Any] = json.loads(path.read_text())
    told["cues"][0] |= {"start": {"value": 17, "rate": "24/1"}, "moved": 5}
    path.write_text(json.dumps(told))
    assert cue_rows(path.parent)[0]["start"]["value"] == 17


def test_a_damaged_file_of_moves_is_named(film: Path) -> None:
    path = film / "shots/sh010/cue_moves.json"
    for text in ("{", '{"moves": [{"cue": "f12", "by": 99999999999}]}', '{"moves": 3}'):
        path.write_text(text)
        with pytest.raises(BadInput, match=r"cue_moves\.json"):
            read_moves(path.parent)
