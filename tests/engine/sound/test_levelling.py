"""A delivery is brought to its standard's loudness, never over its peak, the same however it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from secondunit_bridge.errors import BadInput
from secondunit_engine.progress import Quiet
from secondunit_engine.sound.levelling import Levelled, Levelling, find_target, level
from secondunit_engine.sound.loudness import TARGETS, measure
from secondunit_engine.sound.noise import generator


class _Heard:
    """A sound in memory, read in order."""

    channels = 2

    def __init__(self, wave: np.ndarray) -> None:
        self.wave, self.at = wave.astype(np.float32), 0

    def read(self, start: int, count: int) -> np.ndarray:
        assert start >= self.at
        self.at = start
        return self.wave[start : start + count]


def _speech(seconds: int = 24) -> np.ndarray:
    """Soft noise with bursts and short cracks, stereo."""
    rng, count = generator(1, "speech"), 48000 * seconds
    bursts = np.repeat(rng.uniform(0.1, 1.0, count // 12000), 12000)
    wave = 0.05 * rng.standard_normal((count, 2)) * bursts[:, None]
    wave[rng.integers(0, count, 40)] *= 12
    return wave


@pytest.mark.parametrize("name", TARGETS)
def test_a_programme_is_brought_to_its_target(name: str) -> None:
    """Within 0.1 LU of it and under its true peak, as the meter finds in what is read."""
    wave, target = _speech(), TARGETS[name]

    @contextmanager
    def opened() -> Iterator[_Heard]:
        yield _Heard(wave)

    report = level(opened, len(wave), target, Quiet())
    made = Levelled(_Heard(wave), report.levelling, len(wave)).read(0, len(wave))
    measured = measure(made)
    assert report.kept
    assert measured.integrated == pytest.approx(target.lufs, abs=0.1)
    assert measured.peak <= target.peak + 0.05
    assert measured.integrated == pytest.approx(report.after.integrated, abs=0.01)
    assert f"{measured.integrated:.1f} LUFS" in report.sentence


def test_what_is_limited_is_the_same_however_it_is_read() -> None:
    wave, how = _speech(6), Levelling(14.0, -1.0)
    whole = Levelled(_Heard(wave), how, len(wave)).read(0, len(wave))
    levelled, pieces = Levelled(_Heard(wave), how, len(wave)), []
    for start in range(0, len(wave), 2002):
        pieces.append(levelled.read(start, min(2002, len(wave) - start)))
    assert np.abs(np.concatenate(pieces) - whole).max() < 1e-6
    assert np.abs(whole).max() <= 10 ** (-1 / 20)


def test_silence_stays_silence_and_says_so() -> None:
    @contextmanager
    def opened() -> Iterator[_Heard]:
        yield _Heard(np.zeros((96000, 2)))

    report = level(opened, 96000, find_target("ebu-r128"), Quiet())
    assert report.levelling == Levelling()
    assert "silence" in report.sentence


def test_an_unknown_target_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="ebu-r128"):
        find_target("loud")
