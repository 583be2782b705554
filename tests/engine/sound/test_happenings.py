"""What breaks, splashes or slips on the stage is heard and cued where and when it happens."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pxr import Usd

from secondunit_engine.motion.events import Event, EventKind, write_events
from secondunit_engine.progress import Quiet
from secondunit_engine.sound.impacts import shatter, splash, squeal
from secondunit_engine.sound.noise import SAMPLE_RATE
from secondunit_engine.sound.score_shot import score_shot
from tests.engine.sound.conftest import make_shot, make_stage


@pytest.mark.parametrize(
    ("kind", "said"), [("break", "vase breaks"), ("splash", "vase splashes"), ("tyre slip", "vase tyres slip")]
)
def test_what_happens_is_heard_and_cued_when_it_happens(tmp_path: Path, kind: EventKind, said: str) -> None:
    """One cue, exact to the sample, and silence of its stem before."""
    path = make_stage(tmp_path, "bedroom_studio", 48)
    stage = Usd.Stage.Open(str(path))
    write_events(stage, [Event(kind, 1.25, (0.5, 0.0, -2.0), 2.0, 4.0, ("", "vase"), ("oak", "glaze_white"))])
    stage.GetRootLayer().Save()
    score_shot(make_shot("bedroom_studio", 48), path, tmp_path, Quiet())
    (cue,) = (each for each in json.loads((tmp_path / "cues.json").read_text())["cues"] if each["source"] == "vase")
    assert (cue["name"], cue["sample"], cue["confidence"]) == (said, 60000, "exact")
    effects = np.abs(soundfile.read(tmp_path / "effects.wav")[0]).max(axis=1)
    assert effects[:60000].max() < 0.05 * effects[60000:76000].max()


def centre(wave: np.ndarray) -> float:
    """The mean pitch of a sound [Hz]."""
    power = np.abs(np.fft.rfft(wave)) ** 2
    return float((power * np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE)).sum() / power.sum())


def test_glass_breaks_brighter_and_longer_than_plaster_and_harder_blows_are_louder() -> None:
    glass, pot, wood = (shatter(1, 0, ("stone", name), 3.0) for name in ("glass_960", "glaze_600", "oak"))
    assert centre(glass) > centre(pot) > centre(wood)
    assert len(glass) > len(pot)
    assert np.abs(shatter(1, 0, ("stone", "glass"), 0.3)).max() < 0.6 * np.abs(glass).max()
    assert np.array_equal(glass, shatter(1, 0, ("stone", "glass_960"), 3.0))


def test_a_splash_dies_away_and_a_slip_in_the_wet_hisses() -> None:
    wave = splash(1, 0, 1.0)
    assert np.isfinite(wave).all()
    assert np.abs(wave[-4800:]).max() < 0.05 * np.abs(wave).max()
    dry, wet = (squeal(1, 0, 8.0, wet=each) for each in (False, True))
    assert centre(wet) > 1.5 * centre(dry)
    assert abs(float(wet[-1])) < 1e-9  # it ends without a click
