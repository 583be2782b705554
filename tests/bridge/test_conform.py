"""Cuts flattened to an exact list of what every frame shows and every sample sounds."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime, TimeRange
from opentimelineio.schema import Clip, ExternalReference, Gap, MissingReference, Stack, Track, Transition

from secondunit_bridge.conform import Cut, Mix, Shown, Source, flatten, read_cut
from secondunit_bridge.errors import BadInput, NotFound, SecondUnitError, TooLarge
from secondunit_bridge.otio_file import read_otio, write_otio
from secondunit_bridge.timeline import new_timeline
from secondunit_bridge.timing import Rate

CINEMA = Rate(24)


def span(start: float, frames: float, rate: float = 24) -> TimeRange:
    return TimeRange(RationalTime(start, rate), RationalTime(frames, rate))


def clip(
    name: str, start: int = 10, frames: int = 10, *, media: int = 40, rate: float = 24, speed: float | None = None
) -> Clip:
    """A clip of `name`.mov whose media starts at timecode frame 1000 and has `media` frames."""
    result = Clip(name, ExternalReference(f"/m/{name}.mov", span(1000, media, rate)), span(1000 + start, frames, rate))
    if speed is not None:
        result.effects.append(otio.schema.LinearTimeWarp(time_scalar=speed))
    return result


def dissolve(lead: int, trail: int, rate: float = 24) -> Transition:
    return Transition(
        "d", otio.schema.TransitionTypes.SMPTE_Dissolve, RationalTime(lead, rate), RationalTime(trail, rate)
    )


def gap(frames: int) -> Gap:
    return Gap(source_range=span(0, frames))


def cut_of(*tracks: list[Any], rate: Rate = CINEMA, sound: tuple[list[Any], ...] = ()) -> Cut:
    timeline = new_timeline("cut", rate)
    for number, items in enumerate(tracks):
        timeline.tracks.append(Track(f"Video {number + 1}", items, kind="Video"))
    for number, items in enumerate(sound):
        timeline.tracks.append(Track(f"Audio {number + 1}", items, kind="Audio"))
    return flatten(timeline)


def spoken(shown: Shown, index: int) -> str:
    """One frame in words: a10 is frame 10 of a.mov, (a10 b3 1/4) a dissolve with a quarter of b3, - nothing."""
    if shown is None:
        return "-"
    if isinstance(shown, Source):
        return f"{shown.path.stem}{shown.frame(index)}"
    return f"({spoken(shown.before, index)} {spoken(shown.after, index)} {shown.weight(index)})"


def frames(cut: Cut) -> list[str]:
    return [spoken(segment.shown, index) for segment in cut.picture for index in range(segment.frames)]


def run(name: str, first: int, count: int) -> list[str]:
    return [f"{name}{first + index}" for index in range(count)]


def test_cuts_and_gaps_are_whole_segments() -> None:
    cut = cut_of([clip("a"), gap(5), clip("b", 0, 7)])
    assert frames(cut) == run("a", 10, 10) + ["-"] * 5 + run("b", 0, 7)
    assert [(s.record_start, s.frames, s.kind) for s in cut.picture] == [
        (0, 10, "copy"),
        (10, 5, "gap"),
        (15, 7, "copy"),
    ]
    assert [(g.record_start, g.frames) for g in cut.gaps] == [(10, 5)]
    assert (cut.frames, cut.start, cut.rate) == (22, 86400, Rate(24))


def test_neighbours_that_go_on_seamlessly_become_one_segment() -> None:
    assert len(cut_of([clip("a", 0, 5), clip("a", 5, 5)]).picture) == 1
    assert [s.frames for s in cut_of([gap(3), gap(4), clip("a")]).picture] == [7, 10]


def test_a_dissolve_uses_the_handles_of_both_sides() -> None:
    cut = cut_of([clip("a"), dissolve(2, 2), clip("b")])
    mixed = [f"(a{18 + i} b{8 + i} {Fraction(i, 4)})" for i in range(4)]
    assert frames(cut) == run("a", 10, 8) + mixed + run("b", 12, 8)
    assert [s.kind for s in cut.picture] == ["copy", "dissolve", "copy"]


def test_dissolves_at_the_ends_and_at_gaps_fade_from_and_to_black() -> None:
    cut = cut_of([dissolve(0, 2), clip("a"), dissolve(2, 0), gap(3)])
    assert frames(cut)[:3] == ["(- a10 0)", "(- a11 1/2)", "a12"]
    assert frames(cut)[7:] == ["a17", "(a18 - 0)", "(a19 - 1/2)", "-", "-", "-"]


def test_the_top_track_wins_and_its_gaps_let_the_lower_through() -> None:
    cut = cut_of([clip("a", 0, 20)], [gap(5), clip("b", 0, 5)])
    assert frames(cut) == run("a", 0, 5) + run("b", 0, 5) + run("a", 10, 10)


def test_a_fade_on_an_upper_track_dissolves_over_the_lower() -> None:
    cut = cut_of([clip("a", 0, 20)], [gap(5), dissolve(0, 2), clip("b", 3, 5)])
    assert frames(cut)[4:8] == ["a4", "(a5 b3 0)", "(a6 b4 1/2)", "b5"]


def test_disabled_tracks_and_clips_do_not_show() -> None:
    off = clip("b")
    off.enabled = False
    timeline = new_timeline("cut", Rate(24))
    timeline.tracks.extend([Track("1", [clip("a")]), Track("2", [off]), Track("3", [clip("c")])])
    timeline.tracks[2].enabled = False
    assert frames(flatten(timeline)) == run("a", 10, 10)


def test_retimes_show_the_frame_that_the_speed_reaches() -> None:
    cut = cut_of([clip("a", 0, 4, speed=2), clip("b", 0, 4, speed=0.5), clip("c", 0, 5, speed=1.25)])
    assert frames(cut) == ["a0", "a2", "a4", "a6", "b0", "b0", "b1", "b1", "c0", "c1", "c2", "c3", "c5"]
    assert {s.kind for s in cut.picture} == {"retime"}


def test_a_freeze_holds_and_a_reverse_plays_the_same_frames_backwards() -> None:
    still = clip("a", 7, 3)
    still.effects.append(otio.schema.FreezeFrame())
    assert frames(cut_of([still, clip("b", 10, 4, speed=-1)])) == ["a7"] * 3 + ["b13", "b12", "b11", "b10"]


def test_a_tenth_speed_is_not_tripped_by_floats() -> None:
    assert frames(cut_of([clip("a", 0, 30, speed=0.1)])) == [f"a{index // 10}" for index in range(30)]


def test_a_retimed_clip_dissolves_with_its_own_speed() -> None:
    cut = cut_of([clip("a"), dissolve(2, 2), clip("b", 10, 10, speed=2)])
    assert frames(cut)[8:13] == ["(a18 b6 0)", "(a19 b8 1/4)", "(a20 b10 1/2)", "(a21 b12 3/4)", "b14"]


def test_nested_stacks_are_flattened_trimmed_and_retimed() -> None:
    inner = Track("in", [clip("a", 0, 10), dissolve(2, 2), clip("b", 10, 10)], kind="Video")
    nested = Stack("nest", [inner], span(6, 6))
    cut = cut_of([clip("z"), nested])
    assert frames(cut)[10:] == ["a6", "a7", "(a8 b8 0)", "(a9 b9 1/4)", "(a10 b10 1/2)", "(a11 b11 3/4)"]
    fast = Stack("nest", [Track("in", [clip("a", 0, 10), clip("b", 10, 10)], kind="Video")], span(4, 6))
    fast.effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    assert frames(cut_of([fast])) == ["a4", "a6", "a8", "b10", "b12", "b14"]


def test_a_nested_dissolve_keeps_its_weights_at_any_speed() -> None:
    inner = Track("in", [clip("a", 0, 10), dissolve(2, 2), clip("b", 10, 10)], kind="Video")
    slow, back = Stack("slow", [inner], span(8, 4)), Stack("back", [inner.deepcopy()], span(7, 4))
    slow.effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))
    back.effects.append(otio.schema.LinearTimeWarp(time_scalar=-1))
    mixed = ["(a8 b8 0)", "(a8 b8 1/8)", "(a9 b9 1/4)", "(a9 b9 3/8)"]
    assert frames(cut_of([slow])) == mixed
    assert frames(cut_of([back])) == ["(a10 b10 1/2)", "(a9 b9 1/4)", "(a8 b8 0)", "a7"]
    heard = Stack("s", [Track("in", [clip("a", 0, 10)])], span(0, 10))
    heard.effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))
    assert [(segment.frames, segment.kind) for segment in cut_of([heard]).sound[0]] == [(20000, "retime")]


def test_a_nested_stack_gives_its_own_content_as_handles() -> None:
    nested = Stack("nest", [Track("in", [clip("a", 0, 10), clip("b", 0, 10)], kind="Video")], span(10, 5))
    cut = cut_of([clip("z"), dissolve(2, 0), nested])
    assert frames(cut)[7:] == ["z17", "(z18 a8 0)", "(z19 a9 1/2)", *run("b", 0, 5)]


def test_other_rates_do_not_drift() -> None:
    """A thousand 25 fps clips of 7 frames on a 24 fps cut end where their exact sum ends."""
    cut = cut_of([clip(f"a{index}", 0, 7, rate=25) for index in range(1000)])
    assert cut.frames == 7000 * 24 // 25
    assert not cut.gaps
    first = cut.picture[0].shown
    assert isinstance(first, Source)
    assert first.step == Fraction(25, 24)


def test_ntsc_cuts_are_exact_in_frames_and_samples() -> None:
    film = Rate(24000, 1001)
    cut = cut_of([clip("a", 0, 1000, media=2000, rate=24000 / 1001) for _ in range(3)], rate=film)
    assert (cut.frames, cut.samples) == (3000, 3000 * 2002)
    assert [segment.record_start for segment in cut.sound[0]] == [0, 2002000, 4004000]


def test_without_sound_tracks_each_clip_brings_its_own() -> None:
    separate = clip("b")
    separate.set_media_references(
        {"DEFAULT_MEDIA": separate.media_reference, "sound": ExternalReference("/m/b.wav", span(1000, 40))},
        "DEFAULT_MEDIA",
    )
    cut = cut_of([clip("a"), dissolve(2, 2), separate])
    assert cut.sound_of_picture
    lane = cut.sound[0]
    assert [(s.record_start, s.frames, s.kind) for s in lane] == [
        (0, 16000, "copy"), (16000, 8000, "dissolve"), (24000, 16000, "copy"),
    ]  # fmt: skip
    assert {source.path.name for source in lane[1].sources} == {"a.mov", "b.wav"}
    first = lane[2].shown
    assert isinstance(first, Source)
    assert first.start == 12  # frames of its media


def test_sound_tracks_are_lanes_and_may_be_cut_by_the_sample() -> None:
    fine = Clip("s", ExternalReference("/m/s.wav", span(0, 96000, 48000)), span(123, 4567, 48000))
    cut = cut_of([clip("a")], sound=([clip("a")], [gap(1), fine]))
    assert not cut.sound_of_picture
    assert [(s.record_start, s.frames, s.kind) for s in cut.sound[1]][:2] == [(0, 2000, "gap"), (2000, 4567, "copy")]
    shown = cut.sound[1][1].shown
    assert isinstance(shown, Source)
    assert (shown.start, shown.step) == (123, 1)


def test_sound_longer_than_the_picture_ends_in_a_gap() -> None:
    cut = cut_of([clip("a")], sound=([clip("s", 0, 15)],))
    assert (cut.frames, [(g.record_start, g.frames) for g in cut.gaps]) == (15, [(10, 5)])


def test_what_is_not_applied_is_said() -> None:
    blurred = clip("a")
    blurred.effects.append(otio.schema.Effect("soft", effect_name="Blur"))
    wipe = Transition("w", "SMPTE_Wipe", RationalTime(2, 24), RationalTime(2, 24))
    notes = cut_of([blurred, wipe, clip("b")]).notes
    assert len(notes) == 2
    assert "Blur" in notes[1] + notes[0]


def empty_clip() -> Clip:
    return Clip("m", MissingReference(), span(0, 10))


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([empty_clip()], "no media"),
        ([clip("a", 0, 0)], "lasts 0 frames"),
        ([clip("a", 0, -5)], "lasts -5 frames"),
        ([gap(-3)], "lasts -3 frames"),
        ([clip("a", -1, 5)], "uses frames"),
        ([clip("a", 35, 6)], "uses frames"),
        ([clip("a", 0, 21, speed=2)], "uses frames"),
        ([clip("a", 30, 10), dissolve(2, 2), clip("b")], "no handles"),
        ([clip("a"), dissolve(2, 2), clip("b", 1, 10)], "no handles"),
        ([clip("a"), dissolve(11, 0), clip("b", 20)], "longer than it is"),
        ([clip("a"), dissolve(0, 0), clip("b")], "no length"),
        ([clip("a"), dissolve(-3, 1), clip("b")], "no length"),
        ([clip("a", speed=5000)], "speed"),
        ([Stack("s", [Track("t", [clip("a")])], span(5, 30))], "beyond"),
        ([Clip("a", ExternalReference("/m/a.mov"))], "which frames"),
        ([], "empty"),
    ],
)
def test_an_impossible_cut_names_the_clip_and_what_to_do(items: list[Any], said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        cut_of(items)
    assert caught.value.mend


def test_absurd_lengths_and_nesting_are_refused() -> None:
    with pytest.raises(TooLarge, match="24 hours"):
        cut_of([gap(24 * 86400 + 1)])
    with pytest.raises(TooLarge, match="layers"):
        cut_of(*[[clip("a")] for _ in range(201)])
    with pytest.raises(TooLarge, match="pieces"):
        cut_of([clip("a", index % 2, 1) for index in range(20_001)])
    deep: Any = clip("a")
    for _ in range(30):
        deep = Stack("s", [deep])
    with pytest.raises(TooLarge, match="nests deeper"):
        cut_of([deep])


def test_media_must_be_there_and_must_not_be_a_timeline(tmp_path: Path) -> None:
    timeline = new_timeline("cut", Rate(24))
    timeline.tracks.append(Track("v", [clip("a")]))
    write_otio(timeline, tmp_path / "cut.otio")
    with pytest.raises(NotFound, match=r"a\.mov"):
        read_cut(tmp_path / "cut.otio")
    timeline.tracks[0][0].media_reference.target_url = "cut.otio"
    write_otio(timeline, tmp_path / "cut.otio")
    with pytest.raises(BadInput, match="plays the timeline"):
        read_cut(tmp_path / "cut.otio")


def test_a_mangled_file_is_a_typed_error_or_a_cut_never_a_crash(tmp_path: Path) -> None:
    """Three hundred random injuries to a good timeline: keys lost, values swapped for nonsense."""
    timeline = new_timeline("cut", Rate(24))
    nested = Stack("n", [Track("in", [clip("c")])], span(2, 5))
    timeline.tracks.append(Track("v", [clip("a"), dissolve(2, 2), clip("b", speed=2), nested], kind="Video"))
    timeline.tracks.append(Track("a", [clip("a")], kind="Audio"))
    root = json.loads(timeline.to_json_string())
    random = np.random.Generator(np.random.PCG64(11))
    nonsense = [None, -1, 0, 1e308, "x", [], {}, [[]], True, {"OTIO_SCHEMA": "Gap.1"}, {"OTIO_SCHEMA": "Nothing.1"}]
    refused = 0
    for _ in range(300):
        injured = copy.deepcopy(root)
        tables = [table for table in _tables(injured) if table]
        table = tables[int(random.integers(len(tables)))]
        key = list(table)[int(random.integers(len(table)))]
        if random.random() < 0.4:
            del table[key]
        else:
            table[key] = nonsense[int(random.integers(len(nonsense)))]
        (tmp_path / "a.otio").write_text(json.dumps(injured))
        try:
            flatten(read_otio(tmp_path / "a.otio"))
        except SecondUnitError as fault:
            refused += fault.exit_code == 2
    assert refused > 100


def _tables(value: Any) -> list[dict[str, Any]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [table for part in inner for table in _tables(part)]


def test_a_mix_can_hold_a_mix() -> None:
    """A dissolve on an upper track, out of a dissolve below it, keeps both weights."""
    cut = cut_of([clip("a"), dissolve(2, 2), clip("b")], [gap(9), dissolve(0, 2), clip("c")])
    shown = cut.picture[2].shown
    assert isinstance(shown, Mix)
    assert frames(cut)[9] == "((a19 b9 1/4) c10 0)"
