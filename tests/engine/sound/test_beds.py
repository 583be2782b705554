"""Beds have the spectra that are published for them, are the same each time, and nothing in them clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy import signal

from secondunit_engine.progress import Quiet
from secondunit_engine.sound import room
from secondunit_engine.sound.outdoors import TRAFFIC_BANDS, TRAFFIC_LEVELS, a_weighting, sea, traffic
from secondunit_engine.sound.rain import rain_on_asphalt
from secondunit_engine.sound.score_shot import score_shot
from tests.engine.sound.conftest import make_shot, make_stage

COUNT = 48000 * 6


def _density(wave: np.ndarray, hertz: np.ndarray) -> np.ndarray:
    """Decibels a hertz at some frequencies, each over a third of an octave."""
    at, power = signal.welch(wave, 48000, nperseg=8192)
    return np.array([10 * np.log10(power[(at > f / 1.122) & (at < f * 1.122)].mean()) for f in hertz])


def test_traffic_has_the_spectrum_of_en_1793_3() -> None:
    """Each third octave, A-weighted, within 2 dB of the standard's table."""
    level = _density(traffic(1, 0, COUNT), TRAFFIC_BANDS) + 10 * np.log10(TRAFFIC_BANDS) + a_weighting(TRAFFIC_BANDS)
    off = level - TRAFFIC_LEVELS
    assert np.abs(off - np.median(off)).max() < 2.0


@pytest.mark.parametrize(
    ("make", "low", "high", "slope"),
    [
        (room.room_tone, 125.0, 2000.0, (-6.5, -4.5)),  # NC curves: about -5.5 dB an octave
        (room.wind, 125.0, 500.0, (-6.5, -2.5)),  # turbulence at a microphone: falls with frequency
        (sea, 125.0, 2000.0, (-6.5, -3.0)),  # surf: about -5 dB an octave
    ],
)
def test_noise_of_air_and_water_falls_as_measured(
    make: Callable[[int, int, int], np.ndarray], low: float, high: float, slope: tuple[float, float]
) -> None:
    bands = low * 2 ** np.arange(0, np.log2(high / low) + 0.01, 1 / 3)
    fall = float(np.polyfit(np.log2(bands), _density(make(1, 0, COUNT), bands), 1)[0])
    assert slope[0] < fall < slope[1]


def test_rain_is_loudest_where_drops_ring() -> None:
    """Third octaves of 2 to 8 kHz, where bubbles ring (Pumphrey and Crum 1988), are 6 dB over those under 500 Hz."""
    bands = np.array([200.0, 400.0, 2000.0, 4000.0, 8000.0, 16000.0])
    level = _density(rain_on_asphalt(1, 0, COUNT), bands) + 10 * np.log10(bands)
    assert level[2:5].min() > level[:2].max() + 6
    assert level[5] < level[2:5].max() - 6


@pytest.mark.parametrize("place", ["city_street", "coast", "kitchen"])
def test_a_bed_is_the_same_each_time_and_never_clicks(tmp_path: Path, place: str) -> None:
    """No step between two samples is far over those about it, nor is there one where the file is cut."""
    shot = make_shot(place, 48)
    for name in ("one", "two"):
        score_shot(shot, make_stage(tmp_path, place, 48), tmp_path / name, Quiet())
    assert (tmp_path / "one" / "ambisonic.wav").read_bytes() == (tmp_path / "two" / "ambisonic.wav").read_bytes()
    wave = soundfile.read(tmp_path / "one" / "ambience.wav")[0]
    steps = np.abs(np.diff(wave, axis=0, prepend=0, append=0)).max(axis=1)
    assert steps.max() < 12 * np.sqrt(np.mean(steps**2))
    assert np.abs(wave).max() < 1.0
