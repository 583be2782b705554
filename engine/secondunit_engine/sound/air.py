"""What the air takes from a sound on its way: ISO 9613-1, at 20 degrees, 50 % humidity and 101.325 kPa."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

_NODES: Final = (0.0, 12.0, 48.0, 192.0, 768.0)  # m: distances that are filtered for; between, they are mixed
_TAPS: Final = 128
_LEAST: Final = 4.0  # m that nobody hears the difference of


def absorption(hertz: NDArray[np.floating]) -> NDArray[np.floating]:
    """Decibels a metre, shape alike (ISO 9613-1, equations 3 to 5)."""
    kelvin, reference, humid = 293.15, 293.15, 50.0
    saturation = 10 ** (-6.8346 * (273.16 / kelvin) ** 1.261 + 4.6151)
    vapour = humid * saturation  # percent
    oxygen = 24 + 4.04e4 * vapour * (0.02 + vapour) / (0.391 + vapour)
    nitrogen = (kelvin / reference) ** -0.5 * (
        9 + 280 * vapour * np.exp(-4.170 * ((kelvin / reference) ** (-1 / 3) - 1))
    )
    classical = 1.84e-11 * (kelvin / reference) ** 0.5
    relaxing = (kelvin / reference) ** -2.5 * (
        0.01275 * np.exp(-2239.1 / kelvin) / (oxygen + hertz**2 / oxygen)
        + 0.1068 * np.exp(-3352.0 / kelvin) / (nitrogen + hertz**2 / nitrogen)
    )
    return 8.686 * hertz**2 * (classical + relaxing)


def minimum_phase(gain: NDArray[np.floating], taps: int) -> Samples:
    """The filter (taps,) whose gain at equal steps from 0 to half the sample rate is `gain` (n,), all of it at once
    after the impulse: nothing is heard before it (by the cepstrum, Oppenheim and Schafer)."""
    size = 2 * (len(gain) - 1)
    cepstrum = np.fft.irfft(np.log(np.maximum(gain, 1e-5)), size)
    fold = np.zeros(size)
    fold[0], fold[1 : size // 2], fold[size // 2] = 1.0, 2.0, 1.0
    return np.fft.irfft(np.exp(np.fft.rfft(cepstrum * fold)), size)[:taps]


def through_air(wave: Samples, metres: Samples) -> Samples:
    """A wave (count,) after `metres` (count,) of air; what changes with the distance changes without a step."""
    if metres.max(initial=0.0) < _LEAST:
        return wave
    nodes = np.array(_NODES)
    low, high = np.searchsorted(nodes, [metres.min(), metres.max()], side="right")
    used = range(max(int(low) - 1, 0), min(int(high) + 1, len(nodes)))
    heard = np.zeros_like(wave)
    for node in used:
        peak = np.zeros(len(nodes))
        peak[node] = 1.0
        share = np.interp(metres, nodes, peak)
        heard += share * (wave if node == 0 else signal.oaconvolve(wave, _air_filter(_NODES[node]))[: len(wave)])
    return heard


@lru_cache(maxsize=8)
def _air_filter(metres: float) -> Samples:
    hertz = np.linspace(0, SAMPLE_RATE / 2, 1025)
    return minimum_phase(10 ** (-absorption(hertz) * metres / 20), _TAPS)
