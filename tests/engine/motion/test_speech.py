"""A mouth speaks for as long as its shot, however short that is."""

from __future__ import annotations

import numpy as np
import pytest

from secondunit_engine.motion.speech import speak

LINE = "We should not be here."


@pytest.mark.parametrize("frames", [1, 2, 8, 12, 48])
def test_speech_lasts_as_long_as_its_shot(frames: int) -> None:
    """A kernel may be longer than the shot; the track keeps the shot's length."""
    tracks, voice = speak([(LINE, 0, frames)], frames, 24.0)
    assert {track.shape for track in (*tracks.values(), voice)} == {(frames,)}
    assert voice.max() > 0.05
    assert all(np.isfinite(track).all() for track in tracks.values())


def test_a_mouth_moves_when_its_line_is_said() -> None:
    """One open vowel in the middle of a short shot is widest there."""
    tracks, voice = speak([("a", 5, 2)], 12, 24.0)
    assert int(np.argmax(tracks["jawOpen"])) in (5, 6)
    assert int(np.argmax(voice)) in (5, 6)
