"""Cuts given back to their editors: in the shape that the host itself writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from secondunit_bridge.conform import flatten
from secondunit_bridge.cut import Reframe
from secondunit_bridge.exchange.host_shape import Host, shaped_for
from secondunit_bridge.exchange.match import match_cut
from secondunit_bridge.exchange.read_cut_file import read_cut_file
from secondunit_bridge.exchange.reframe import effect_of, reframe_of
from secondunit_bridge.exchange.relink import relink_cut
from secondunit_bridge.exchange.shelf import Shelf
from secondunit_bridge.otio_file import write_otio
from tests.bridge.exchange.rushes import make_project
from tests.bridge.exchange.test_match import CINEMA, clip, cut_of
from tests.bridge.test_conform import frames
from tests.fakes.resolve_import import why_refused

FRAME = (1920, 1080)


@pytest.fixture
def conformed(tmp_path: Path) -> Any:
    """A relinked cut with a retime, a reframe, a dissolve and another effect; and its shelf."""
    shelf = Shelf(make_project(tmp_path / "film"))
    fast, moved = clip("sh010 take 2"), clip("sh020")
    fast.effects.append(otio.schema.LinearTimeWarp(time_scalar=2))
    moved.effects.append(effect_of(Reframe(1.5, 1.5, 0.25, 0.1, 0.0)))
    moved.effects.append(otio.schema.Effect("soft", "Blur"))
    cut = cut_of(fast, moved, clip("sh030A"))
    track = cut.timeline.tracks[0]
    half = otio.opentime.RationalTime(3, 24)
    track.insert(2, otio.schema.Transition("d", otio.schema.TransitionTypes.SMPTE_Dissolve, half, half))
    track.name = "my cut"
    return relink_cut(cut, shelf).timeline, shelf


@pytest.mark.parametrize("host", ["resolve", "premiere"])
def test_what_was_given_back_reads_as_the_same_cut(conformed: Any, tmp_path: Path, host: Host) -> None:
    """Every frame, the reframe and the ids survive the way to the host's shape and back."""
    timeline, shelf = conformed
    shaped, notes = shaped_for(timeline, host, FRAME)
    assert notes == ["The effect “Blur” on sh020 is left out."]
    write_otio(shaped, tmp_path / "out.otio")
    again = read_cut_file(tmp_path / "out.otio", CINEMA)
    assert again.form == host
    back = relink_cut(again, shelf)
    assert frames(flatten(back.timeline)) == frames(flatten(timeline))
    assert [(match.how, match.sure, match.shot) for _, _, match in match_cut(again.timeline, shelf)] == [
        ("id", "sure", "sh010"), ("id", "sure", "sh020"), ("id", "sure", "sh030A"),
    ]  # fmt: skip
    reframes = [reframe_of(each.effects) for each in back.timeline.find_clips()]
    assert reframes[0] is reframes[2] is None
    assert reframes[1] is not None
    width = 640 / 1920 if host == "premiere" else 1  # Premiere's scale is of the media's own pixels
    assert reframes[1].values == pytest.approx((1.5 * width, 1.5 * width, 0.25, 0.1, 0.0))


def test_resolve_would_import_it_and_would_not_ours(conformed: Any, tmp_path: Path) -> None:
    """By the rules that others measured, each of which refuses alone and without a word."""
    timeline, _ = conformed
    shaped, _ = shaped_for(timeline, "resolve", FRAME)
    write_otio(shaped, tmp_path / "out.otio")
    assert why_refused(tmp_path / "out.otio") == ""
    write_otio(timeline, tmp_path / "ours.otio")
    assert "Resolve_OTIO" in why_refused(tmp_path / "ours.otio")
    root = json.loads((tmp_path / "out.otio").read_text())
    clips = root["tracks"]["children"][0]["children"]
    assert clips[0]["media_references"]["DEFAULT_MEDIA"]["target_url"].startswith("/")
    assert [marker["metadata"]["Resolve_OTIO"]["Note"] for marker in clips[0]["markers"]] == [
        "foley secondunit:sh010:3:f1"
    ]
    assert root["tracks"]["children"][0]["name"] == "Video 1"


def test_premiere_gets_urls_and_its_frame_size(conformed: Any) -> None:
    shaped, _ = shaped_for(conformed[0], "premiere", FRAME)
    first = next(iter(shaped.find_clips()))
    assert first.media_reference.target_url.startswith("file:///")
    assert first.source_range.duration.value == 40
    assert shaped.tracks.metadata["PremierePro_OTIO"]["VideoResolution"] == {"width": 1920, "height": 1080}


def test_plain_otio_is_given_as_it_is(conformed: Any) -> None:
    shaped, notes = shaped_for(conformed[0], "otio", FRAME)
    assert notes == []
    assert shaped.is_equivalent_to(conformed[0])
