"""Two versions of a cut compared, to the frame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime
from opentimelineio.schema import Gap, Timeline, Track, Transition

from secondunit_bridge.cli import main
from secondunit_bridge.exchange.cut_changes import ChangeList, compare_cuts, told_changes
from secondunit_bridge.exchange.shelf import Shelf
from tests.bridge.exchange.rushes import make_project
from tests.bridge.exchange.test_match import clip, span


def cut(*tracks: list[Any], start: int = 86400) -> Timeline:
    timeline = Timeline("cut", global_start_time=RationalTime(start, 24))
    for number, items in enumerate(tracks, start=1):
        timeline.tracks.append(Track(f"Video {number}", items, kind="Video"))
    return timeline


def gap(frames: int) -> Gap:
    return Gap(source_range=span(0, frames))


def retimed(name: str, speed: float) -> Any:
    found = clip(name)
    found.effects.append(otio.schema.LinearTimeWarp(time_scalar=speed))
    return found


def compared(tmp_path: Path, old: Timeline, new: Timeline) -> ChangeList:
    folder = tmp_path / "film"
    return compare_cuts(old, new, Shelf(folder if folder.exists() else make_project(folder)))


def short(found: ChangeList) -> list[Any]:
    return [(change.kinds, change.use.key, change.moved, change.head, change.tail) for change in found.changes]


def test_a_cut_does_not_differ_from_itself_at_another_hour(tmp_path: Path) -> None:
    items = [clip("sh010 take 1"), clip("sh020"), clip("sh010 take 1")]
    found = compared(tmp_path, cut(items), cut([each.deepcopy() for each in items], start=0))
    assert (found.changes, found.unchanged) == ((), 3)
    assert told_changes(found) == ["Nothing has changed: 3 clips are the same."]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([clip("sh010 take 1"), clip("sh020")], [clip("sh010 take 1")], [(("removed",), "sh020", 0, 0, 0)]),
        ([clip("sh010 take 1")], [clip("sh010 take 1"), clip("sh020")], [(("added",), "sh020", 0, 0, 0)]),
        ([clip("sh020")], [clip("sh020", length=14)], [(("trimmed",), "sh020", 0, 0, -6)]),
        ([clip("sh020")], [gap(4), clip("sh020", start=86414, length=16)], [(("trimmed",), "sh020", 4, 4, 0)]),
        ([clip("sh020")], [clip("sh020", start=86414)], [(("trimmed",), "sh020", 0, 4, 4)]),
        ([clip("sh020")], [gap(9), clip("sh020")], [(("moved",), "sh020", 9, 0, 0)]),
        ([clip("sh020")], [retimed("sh020", 2)], [(("retimed",), "sh020", 0, 0, 0)]),
        ([clip("sh010 take 1")], [clip("sh010 take 2")], [(("other take",), "sh010", 0, 0, 0)]),
        ([clip("rush.mov", "/m/rush.mov")], [clip("rush.mov", "/n/rush.mov")], []),
        ([clip("sh010 take 2")], [clip("sh010 take 3")], []),  # its final
    ],
)
def test_each_kind_of_change_is_found(tmp_path: Path, old: list[Any], new: list[Any], expected: list[Any]) -> None:
    found = compared(tmp_path, cut([each.deepcopy() for each in old]), cut([each.deepcopy() for each in new]))
    assert short(found) == expected


def test_dissolves_tracks_and_switches(tmp_path: Path) -> None:
    mix = Transition("d", otio.schema.TransitionTypes.SMPTE_Dissolve, RationalTime(3, 24), RationalTime(5, 24))
    off = clip("sh030A")
    off.enabled = False
    old = cut([clip("sh010 take 1"), clip("sh020"), clip("sh030A")])
    new = cut([clip("sh010 take 1"), mix, gap(20), off], [gap(20), clip("sh020")])
    assert short(compared(tmp_path, old, new)) == [
        (("switched",), "sh030A", 0, 0, 0), (("moved",), "sh020", 0, 0, 0),
    ]  # fmt: skip
    new = cut([clip("sh010 take 1"), mix.deepcopy(), clip("sh020"), clip("sh030A")])
    found = compared(tmp_path, old, new)
    assert short(found) == [(("dissolve",), "sh020", 0, 0, 0)]
    assert "dissolve 0 is now 8 frames" in told_changes(found)[0]


def test_a_ripple_is_told_in_one_line(tmp_path: Path) -> None:
    rest = [clip("sh010 take 1", "", 86400 + index, 10) for index in range(30)]
    found = compared(
        tmp_path,
        cut([each.deepcopy() for each in rest]),
        cut([clip("sh020", length=12), *(r.deepcopy() for r in rest)]),
    )
    assert len(found.changes) == 31
    told = told_changes(found)
    assert len(told) == 3
    assert "01:00:00:12 to 01:00:13:00  30 clips by +12 frames" in told[1]


def test_the_most_alike_uses_of_a_shot_pair_up(tmp_path: Path) -> None:
    old = cut([clip("sh010 take 1", "", 86400, 20), clip("sh010 take 1", "", 86460, 20)])
    new = cut([clip("sh010 take 1", "", 86462, 18), clip("sh010 take 1", "", 86400, 16)])
    found = compared(tmp_path, old, new)
    assert [(change.head, change.tail, change.moved) for change in found.changes] == [(2, 0, -20), (0, -4, 18)]


def test_versions_of_different_editors_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An EDL against an OTIO of the same cut: nothing has changed but the trim."""
    film = make_project(tmp_path / "film")
    (film / "old.edl").write_text(
        "001  SH010T01 V C        01:00:00:10 01:00:01:06 01:00:00:00 01:00:00:20\n"
        "002  SH020T01 V C        01:00:00:10 01:00:01:06 01:00:00:20 01:00:01:16\n"
    )
    cut([clip("sh010 take 1"), clip("sh020", length=15)]).to_json_file(str(film / "new.otio"))
    assert main(["changes", str(film / "old.edl"), str(film / "new.otio"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["kinds"], row["tail"], row["new"]["source"]) for row in told["changes"]] == [(["trimmed"], -5, 10.0)]
    assert told["unchanged"] == 1
    assert main(["changes", str(film / "old.edl"), str(film / "new.otio")]) == 0
    assert "trimmed     Video 1   01:00:00:20  sh020 take 001: head +0, tail -5 frames" in capsys.readouterr().out
