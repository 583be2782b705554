"""Contradictions: reported with both spans and a sentence, and only where two directions exclude each other."""

from __future__ import annotations

import pytest

from secondunit_engine.script.contradictions import find_contradictions
from secondunit_engine.script.prompt import understand


def report(text: str) -> list[tuple[str, str]]:
    return [
        (text[c.first.start : c.first.end], text[c.second.start : c.second.end])
        for c in find_contradictions(text, understand(text))
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("static handheld", [("static", "handheld")]),
        ("day and night", [("day", "night")]),
        ("no rain, heavy rain", [("rain", "heavy rain")]),
        ("85mm wide angle", [("85mm", "wide angle")]),
        ("a wide close-up", [("wide", "close-up")]),
        ("low angle, high angle", [("low angle", "high angle")]),
        ("high key low key", [("high key", "low key")]),
        ("shallow focus, everything sharp", [("shallow focus", "everything sharp")]),
        ("clear sky, heavy rain", [("clear sky", "heavy rain")]),
        ("she walks slowly and quickly", [("slowly", "quickly")]),
        ("a young old man", [("young", "old")]),
        ("nobody, a woman sings", [("nobody", "woman")]),
        ("slow motion time-lapse", [("slow motion", "time-lapse")]),
        ("POV over the shoulder", [("POV", "over the shoulder")]),
    ],
)
def test_opposite_directions_are_reported(text: str, spans: list[tuple[str, str]]) -> None:
    assert report(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "from day to night", "a wide shot, then a close-up", "85mm portrait lens", "T2.8 with shallow depth of field",
        "the sky turns from clear to heavy rain", "a young woman and an old man", "pan left, tilt up",
        "A wide shot of the hall. A close-up of the relic.", "no rain, fog", "slow push in, fast cars",
        "midnight rain, LED tunnel, car accelerates toward lens, slow-motion droplets",
        "arena fly-through, holographic HUD, highlight reels sync to bass drops",
        "ancient library, volumetric light shafts, protagonist opens relic, dust motes swirl",
        "bedroom studio, neon practical lights, upbeat host talks to camera",
    ],
)  # fmt: skip
def test_what_can_be_followed_is_not_reported(text: str) -> None:
    assert report(text) == []


def test_a_report_is_one_sentence_about_both() -> None:
    text = "static handheld"
    (found,) = find_contradictions(text, understand(text))
    assert found.message == "“static” and “handheld”: a camera that stands still cannot move."
