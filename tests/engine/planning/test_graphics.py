"""Titles of a script become graphics of their shot, on screen long enough to read."""

from __future__ import annotations

import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.graphics import graphics_of, title_words
from secondunit_engine.planning.plan import BeatPlan, GraphicPlan

RATE = Rate(24)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('SUPER: "ALEXANDRIA, 1931"', "ALEXANDRIA, 1931"),
        ("THE END", "THE END"),
        ("TITLE CARD: “Act One”", "Act One"),
        ("Super: «Кассир»", "Кассир"),
        ('SUPER: ""', ""),
        ('"', '"'),
    ],
)
def test_what_is_read_is_without_its_label(text: str, words: str) -> None:
    assert title_words(text) == words


def test_a_title_begins_with_its_beat_and_can_be_read() -> None:
    beats = (
        BeatPlan("b1", "Dust hangs.", "action", 0, 24),
        BeatPlan("b2", 'SUPER: "ALEXANDRIA, 1931"', "super", 24, 24),
        BeatPlan("b3", "MARA enters.", "action", 48, 96),
    )
    assert graphics_of(beats, 144, RATE) == (GraphicPlan("ALEXANDRIA, 1931", 24, 48),)
    long = BeatPlan("b", " ".join(["word"] * 12), "super", 0, 24)
    assert graphics_of((long,), 480, RATE) == (GraphicPlan(long.text, 0, 120),)


def test_a_title_ends_with_the_shot_or_the_next_title() -> None:
    beats = (BeatPlan("b1", "ONE", "super", 0, 24), BeatPlan("b2", "TWO", "super", 24, 24))
    assert graphics_of(beats, 60, RATE) == (GraphicPlan("ONE", 0, 24), GraphicPlan("TWO", 24, 36))


def test_what_is_no_title_or_lies_past_the_shot_is_left_out() -> None:
    beats = (BeatPlan("b1", "MARA", "dialogue", 0, 24), BeatPlan("b2", "ONE", "super", 60, 24))
    assert graphics_of(beats, 60, RATE) == ()
