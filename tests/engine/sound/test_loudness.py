"""Loudness, range and true peak agree with ffmpeg's ebur128, in pieces as in one."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.filter import Graph
from scipy import signal

from secondunit_engine.sound.loudness import Meter, measure, true_peak
from secondunit_engine.sound.noise import band, generator, shaped_noise


def _ebur128(wave: np.ndarray) -> dict[str, float]:
    """What ffmpeg's filter measures of stereo (count, 2)."""
    graph = Graph()
    graph.link_nodes(
        graph.add_abuffer(sample_rate=48000, format="dbl", layout="stereo"),
        graph.add("ebur128", "metadata=1:peak=true"),
        graph.add("abuffersink"),
    ).configure()
    found: dict[str, float] = {}
    for start in range(0, len(wave), 4800):
        block = np.ascontiguousarray(wave[start : start + 4800])
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="dbl", layout="stereo")
        frame.sample_rate = 48000
        frame.pts = start
        graph.push(frame)
        while True:
            try:
                out = graph.pull()
            except (BlockingIOError, EOFError):
                break
            found |= {name.split("r128.")[1]: float(value) for name, value in dict(out.metadata).items()}
    return found


def _programme(seed: int, seconds: float) -> np.ndarray:
    """Stereo noise that swells, with pauses."""
    rng, count = generator(seed, "programme"), int(seconds * 48000)
    wave = np.stack([shaped_noise(rng, count, band(60, 9000, -3.0)) for _ in range(2)], axis=1)
    swell = 10 ** (np.interp(np.arange(count), np.linspace(0, count, 12), rng.uniform(-50, -12, 12)) / 20)
    return wave * swell[:, None]


@pytest.mark.parametrize(("seed", "seconds"), [(1, 12.0), (2, 25.0), (3, 4.1)])
def test_ffmpeg_measures_the_same(seed: int, seconds: float) -> None:
    """Integrated loudness, range and true peak within 0.1 of ffmpeg's ebur128, range within 0.3."""
    wave = _programme(seed, seconds)
    ours, theirs = measure(wave), _ebur128(wave)
    assert ours.integrated == pytest.approx(theirs["I"], abs=0.1)
    if seconds > 10:
        assert ours.range == pytest.approx(theirs["LRA"], abs=0.3)
    peaks = [theirs[name] for name in theirs if name.startswith("true_peaks_ch")]
    assert ours.peak == pytest.approx(20 * np.log10(max(peaks)), abs=0.1)


def test_a_sound_fed_in_pieces_measures_as_one() -> None:
    wave = _programme(4, 9.0)
    meter = Meter(2)
    for start in range(0, len(wave), 7001):
        meter.feed(wave[start : start + 7001])
    whole, pieces = measure(wave), meter.read()
    assert pieces.integrated == pytest.approx(whole.integrated, abs=1e-9)
    assert pieces.short_term == pytest.approx(whole.short_term, abs=1e-9)
    assert pieces.peak == pytest.approx(whole.peak, abs=0.01)


def test_a_surround_counts_more_and_an_lfe_not_at_all() -> None:
    """BS.1770-4, table 3: surrounds weigh 1.41, which is 1.5 dB; the LFE is left out."""
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(96000) / 48000)
    still = np.zeros_like(tone)
    front, behind, boom = (
        measure(np.stack(channels, axis=1), (1.0, 1.41, 0.0)).integrated
        for channels in ((tone, still, still), (still, tone, still), (still, still, tone))
    )
    assert front is not None
    assert behind is not None
    assert behind - front == pytest.approx(1.5, abs=0.02)
    assert boom is None


def test_looking_only_where_it_is_loud_finds_the_same_peak() -> None:
    wave = generator(5, "peaks").standard_normal((48000, 2)) * np.linspace(0.01, 0.3, 48000)[:, None]
    assert true_peak(wave) == pytest.approx(np.abs(signal.resample_poly(wave, 4, 1, axis=0)).max(), rel=1e-6)
