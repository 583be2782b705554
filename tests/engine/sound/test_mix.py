"""Loudness and peaks are what the standard says, on signals whose answer is known."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from secondunit_engine.sound.engine import engine_note
from secondunit_engine.sound.loudness import measure, true_peak
from secondunit_engine.sound.mix import CEILING_DBTP, mix_stems
from secondunit_engine.sound.noise import band, generator, shaped_noise
from secondunit_engine.sound.source import Listener, Source, place
from secondunit_engine.sound.voice import find_voice, speak
from secondunit_engine.sound.wave_file import write_wav


def test_a_sine_of_997_hz_at_minus_20_in_both_ears_measures_minus_20_lufs() -> None:
    """EBU Tech 3341, case 1, moved by 3 dB."""
    wave = 0.1 * np.sin(2 * np.pi * 997 * np.arange(96000) / 48000)
    assert measure(np.stack([wave, wave], axis=1)).integrated == pytest.approx(-20.0, abs=0.1)


def test_a_peak_between_samples_is_found() -> None:
    wave = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4)  # samples at 0.707, the wave reaches 1
    assert np.abs(wave).max() < 0.72
    assert true_peak(wave[1000:-1000, None]) == pytest.approx(1.0, abs=0.05)


def test_loud_peaks_are_held_under_the_ceiling_and_the_stems_still_add_up() -> None:
    rng = generator(1, "test")
    bed = 0.01 * rng.standard_normal((96000, 2))
    hits = np.zeros((96000, 2))
    hits[20000:20050] = 1.0
    mixed = mix_stems({"bed": bed, "hits": hits}, -14.0)
    assert mixed.loudness.peak <= CEILING_DBTP + 0.01
    assert np.abs(mixed.mix - mixed.stems["bed"] - mixed.stems["hits"]).max() < 1e-12


@pytest.mark.parametrize("count", [1, 100, 5000, 12000])
def test_very_short_and_silent_stems_are_mixed_without_fault(count: int) -> None:
    silent = mix_stems({"bed": np.zeros((count, 2))}, -23.0)
    assert silent.loudness.integrated is None
    assert not silent.mix.any()
    short = mix_stems({"bed": 0.1 * generator(2).standard_normal((count, 2))}, -23.0)
    assert np.isfinite(short.mix).all()


@pytest.mark.referee
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_ffmpeg_measures_the_same_loudness(tmp_path: Path) -> None:
    rng = generator(3, "test")
    wave = np.stack([shaped_noise(rng, 240000, band(100, 8000)) for _ in range(2)], axis=1)
    mixed = mix_stems({"bed": wave * np.linspace(0.2, 1, 240000)[:, None]}, -23.0)
    write_wav(tmp_path / "mix.wav", mixed.mix)
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", tmp_path / "mix.wav", "-af", "ebur128", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    integrated = float(said.rsplit("I:", 1)[1].split("LUFS")[0])
    assert mixed.loudness.integrated == pytest.approx(integrated, abs=0.1)


def test_a_passing_tone_is_shifted_as_doppler_says() -> None:
    """At 34.3 m/s towards the camera a 1 kHz tone is heard at 1000 / (1 - 0.1) Hz."""
    frames, count = 49, 96000
    distance = 100 - 34.3 * np.arange(frames) / 24
    positions = np.stack([np.zeros(frames), np.zeros(frames), -distance], axis=1)
    listener = Listener(np.zeros((frames, 3)), np.tile([1.0, 0, 0], (frames, 1)), np.tile([0, 0, -1.0], (frames, 1)))
    tone = np.sin(2 * np.pi * 1000 * np.arange(24000 + count) / 48000)
    stereo, _ = place(Source("tone", "effects", tone, positions, 10.0, lead=24000), listener, 24.0, count)
    spectrum = np.abs(np.fft.rfft(stereo[24000:72000, 0] * np.hanning(48000)))
    assert np.argmax(spectrum) == pytest.approx(1000 / 0.9, abs=2)
    assert np.abs(stereo[:, 0] - stereo[:, 1]).max() < 1e-9


def test_an_engine_turns_faster_when_the_car_does() -> None:
    slow, fast = (
        engine_note(1, np.full(48, speed), 24.0, 96000, 0) for speed in (6.0, 11.5)
    )  # both in first gear: 3000 and 5750 turns a minute
    peaks = [np.argmax(np.abs(np.fft.rfft(wave * np.hanning(96000)))[40:2400]) + 40 for wave in (slow, fast)]
    assert peaks[0] / 2 == pytest.approx(200, abs=2)  # four firings a turn, half-hertz bins
    assert peaks[1] / 2 == pytest.approx(383, abs=3)


@pytest.mark.referee
@pytest.mark.skipif(find_voice() is None, reason="flite, espeak-ng or espeakng-loader is not installed")
def test_the_guide_voice_speaks_faster_when_asked_and_cannot_say_nothing() -> None:
    voice = find_voice()
    assert voice is not None
    usual, fast = speak(voice, "What is up, everybody!"), speak(voice, "What is up, everybody!", 0.6)
    assert usual is not None
    assert fast is not None
    assert len(fast.samples) < 0.75 * len(usual.samples)
    assert np.abs(usual.samples).max() == pytest.approx(0.5)
    assert speak(voice, "") is None
