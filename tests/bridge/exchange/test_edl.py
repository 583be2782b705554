"""CMX 3600 lists: every frame where the list says, and every clip with its own media."""

from __future__ import annotations

from typing import Any

import pytest
from opentimelineio.schema import Clip, Gap, Timeline, Transition

from secondunit_bridge.errors import BadInput
from secondunit_bridge.exchange.edl import read_edl
from secondunit_bridge.timing import Rate

CINEMA, VIDEO = Rate(24), Rate(30000, 1001)
LIST = """TITLE: THE CUT
FCM: NON-DROP FRAME

001  SH010T01 V     C        01:00:00:10 01:00:02:10 01:00:00:00 01:00:02:00
* FROM CLIP NAME: sh010
002  SH010T01 V     C        01:00:02:10 01:00:02:10 01:00:02:00 01:00:02:00
002  SH020T01 V     D    012 01:00:01:00 01:00:03:00 01:00:02:00 01:00:04:00
* FROM CLIP NAME: sh010
* TO CLIP NAME: sh020
003  SH030T02 AA/V  C        01:00:01:00 01:00:03:00 01:00:05:00 01:00:06:00
M2   SH030T02       048.0                01:00:01:00
* FROM CLIP NAME: sh030
* LOC: 01:00:05:10 RED     look here
"""


def spelt(timeline: Timeline, track: int = 0) -> list[Any]:
    """A track in short: (name, media start, frames, speed), a gap's frames, or a dissolve's two halves."""
    told: list[Any] = []
    for item in timeline.tracks[track]:
        if isinstance(item, Transition):
            told.append((item.in_offset.value, item.out_offset.value))
        elif isinstance(item, Gap):
            told.append(int(item.source_range.duration.value))
        else:
            span = item.source_range
            speed = next((effect.time_scalar for effect in item.effects), 1)
            told.append((item.name, int(span.start_time.value), int(span.duration.value), speed))
    return told


def test_cuts_dissolves_gaps_and_speeds_are_read() -> None:
    timeline, notes = read_edl(LIST, CINEMA)
    assert spelt(timeline) == [
        ("sh010", 86410, 48, 1), (0, 12), ("sh020", 86424, 48, 1), 24, ("sh030", 86424, 24, 2.0),
    ]  # fmt: skip
    assert [track.name for track in timeline.tracks] == ["Video 1", "Audio 1", "Audio 2"]
    assert timeline.global_start_time.value == 86400
    assert notes == []


def test_the_clip_after_a_dissolve_has_its_own_media() -> None:
    """The fault of the common adapter: after a dissolve the next clip had the one's before it."""
    timeline, _ = read_edl(LIST, CINEMA)
    clips = [item for item in timeline.tracks[0] if isinstance(item, Clip)]
    assert [clip.metadata["cmx_3600"]["reel"] for clip in clips] == ["SH010T01", "SH020T01", "SH030T02"]
    alone = LIST.replace("002  SH010T01 V     C        01:00:02:10 01:00:02:10 01:00:02:00 01:00:02:00\n", "")
    assert spelt(read_edl(alone, CINEMA)[0]) == spelt(timeline)


def test_files_are_named_in_either_way_that_writers_have() -> None:
    text = LIST.replace("* TO CLIP NAME", "* TO CLIP: /m/sh020.mov\n* FROM CLIP: /m/sh010.mov\n* TO CLIP NAME")
    timeline, _ = read_edl(text.replace("* LOC", "* SOURCE FILE: /m/sh030.mov\n* LOC"), CINEMA)
    clips = [item for item in timeline.tracks[0] if isinstance(item, Clip)]
    files = [getattr(clip.media_reference, "target_url", "") for clip in clips]
    assert files == ["", "/m/sh020.mov", "/m/sh030.mov"]


def test_fades_from_and_to_black() -> None:
    text = (
        "001  BL    V  C      00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00\n"
        "001  A     V  D  010 01:00:01:00 01:00:02:00 01:00:00:00 01:00:01:00\n"
        "002  A     V  C      01:00:02:00 01:00:02:00 01:00:01:00 01:00:01:00\n"
        "002  BL    V  D  012 00:00:00:00 00:00:00:12 01:00:01:00 01:00:01:12\n"
    )
    assert spelt(read_edl(text, CINEMA)[0]) == [0, (0, 10), ("A", 86424, 24, 1), (0, 12), 12]


def test_reverse_and_freeze() -> None:
    text = (
        "001  A V C 01:00:02:00 01:00:01:00 01:00:00:00 01:00:01:00\nM2 A -024.0 01:00:02:00\n"
        "002  A V C 01:00:02:00 01:00:02:01 01:00:01:00 01:00:02:00\nM2 A 000.0 01:00:02:00\n"
    )
    assert spelt(read_edl(text, CINEMA)[0]) == [("A", 86448 - 23, 24, -1.0), ("A", 86448, 24, 0.0)]


def test_drop_frame_codes_name_the_frames_they_do() -> None:
    text = "FCM: DROP FRAME\n001  A  V  C  00:01:00;02 00:01:01;02 01:00:00;00 01:00:01;00\n"
    timeline, _ = read_edl(text, VIDEO)
    assert spelt(timeline) == [("A", 1800, 30, 1)]
    assert timeline.global_start_time.value == 107892
    _, notes = read_edl(LIST.replace("NON-DROP", "DROP"), CINEMA)
    assert "drop-frame" in notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a letter to my mother", "no events"),
        ("001  A  V  C  01:00:00:99 01:00:01:00 01:00:00:00 01:00:01:00", "Line 1"),
        ("001  A  V  C  01:00:00:00 01:00:01:00", "not an event"),
        ("001  A  V  C  01:00:00:00 01:00:01:00 01:00:01:00 01:00:00:00", "ends on the record before"),
        ("001 A V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\n"
         "002 B V C 01:00:00:00 01:00:02:00 01:00:01:00 01:00:03:00", "overlaps"),
        ("FCM: DROP FRAME\n001 A V C 00:01:00;00 00:01:01;00 01:00:00;00 01:00:01;00", "does not exist"),
    ],
)  # fmt: skip
def test_a_broken_list_names_its_line(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read_edl(text, VIDEO if "DROP" in text else CINEMA)
    assert caught.value.mend
