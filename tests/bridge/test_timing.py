"""Time is rational: rates, durations, samples and timecode are exact."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_bridge.errors import ERRORS, BadInput
from secondunit_bridge.timing import Rate, parse_seconds


@pytest.mark.parametrize(("text", "exact"), [("24", "24/1"), ("23.976", "24000/1001"), ("30000/1001", "30000/1001")])
def test_rates_are_read_exactly(text: str, exact: str) -> None:
    assert str(Rate.parse(text)) == exact
    assert Rate.parse(exact) == Rate.parse(text)


@pytest.mark.parametrize("text", ["", "0", "24/0", "-24", "fast", "24.5.1", "1e9"])
def test_bad_rates_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="rate"):
        Rate.parse(text)


@given(st.integers(1, 10_000_000))
def test_frames_survive_seconds(frames: int) -> None:
    """Frames to seconds and back is the identity at any rate, for any length of film."""
    for rate in (Rate(24), Rate(24000, 1001), Rate(60000, 1001)):
        assert rate.frames(rate.seconds(frames)) == frames


def test_samples_and_timecode() -> None:
    assert Rate(24).samples(1) == 2000
    assert Rate(24000, 1001).samples(24000) == 1001 * 48000
    assert Rate(24).timecode(24 * 3600 + 25) == "01:00:01:01"
    assert Rate(24000, 1001).nominal == 24


@pytest.mark.parametrize("text", ["0", "-1", "abc", "1/0", "nan", ""])
def test_bad_durations_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_seconds(text)


def test_durations_are_exact() -> None:
    assert parse_seconds("2.5") == Fraction(5, 2)


def test_errors_cross_processes() -> None:
    """Every error survives pickling with its sentence and its mend."""
    for kind in ERRORS.values():
        copy = pickle.loads(pickle.dumps(kind("It broke.", mend="Mend it.")))
        assert (type(copy), copy.message, copy.mend) == (kind, "It broke.", "Mend it.")
