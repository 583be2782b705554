"""Loudness and true peak as the standards measure them (ITU-R BS.1770-4, EBU Tech 3341 and 3342), and the targets that
deliveries are brought to. A `Meter` is fed piece by piece, so a feature's sound is never in memory as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

_HOP: Final = SAMPLE_RATE // 10  # samples: loudness is looked at ten times a second
_BLOCK, _SHORT = 4, 30  # hops of a momentary and a short-term window
_SILENCE: Final = -70.0  # LUFS: what is softer counts nowhere
_OFFSET: Final = -0.691  # dB, so that 997 Hz at full scale in one channel measures -3.01
_OVERSAMPLED: Final = 4
_PIECE: Final = 4800  # samples
_EDGE: Final = 64  # samples about a piece that the peak between its samples depends on
# The two filters of K-weighting at 48 kHz (BS.1770-4, tables 1 and 2): a head's shelf, and the loss of bass.
_WEIGHTING: Final = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)


@dataclass(frozen=True)
class Target:
    """A delivery's integrated loudness [LUFS], how far from it is allowed [LU], and its highest true peak [dBTP]."""

    name: str
    title: str
    lufs: float
    tolerance: float
    peak: float


TARGETS: Final = {
    target.name: target
    for target in (
        Target("ebu-r128", "EBU R 128 (2023)", -23.0, 0.5, -1.0),
        Target("atsc-a85", "ATSC A/85:2013", -24.0, 2.0, -2.0),
        Target("streaming", "music and video streaming (AES TD1008)", -14.0, 1.0, -1.0),
        Target("cinema-web", "film on the web, as streaming services ask of near-field mixes", -27.0, 2.0, -2.0),
    )
}


@dataclass(frozen=True)
class Loudness:
    """What was measured. `integrated` [LUFS] is None for silence; `momentary` and `short_term` [LUFS] are the highest
    windows of 0.4 and 3 s, None where there is none; `range` [LU] is EBU Tech 3342's; `peak` [dBTP]."""

    integrated: float | None
    momentary: float | None
    short_term: float | None
    range: float | None
    peak: float


class Meter:
    """Measures a sound of 48 kHz piece by piece. `weights` are its channels' (surrounds 1.41, LFE 0)."""

    def __init__(self, channels: int, weights: tuple[float, ...] | None = None) -> None:
        self._weights = np.array(weights or (1.0,) * channels)  # (C,)
        self._state = np.zeros((2, channels, 2))
        self._rest = np.zeros((0, channels))
        self._tail = np.zeros((_EDGE, channels))
        self._powers: list[NDArray[np.floating]] = []
        self._peak, self._count = 0.0, 0

    def feed(self, wave: Samples) -> None:
        """The next samples, shape (n, channels)."""
        if not len(wave):
            return
        self._count += len(wave)
        self._look_for_peaks(wave)
        weighted, self._state = signal.sosfilt(_WEIGHTING, wave.T, axis=1, zi=self._state)
        held = np.concatenate([self._rest, weighted.T])
        hops = len(held) // _HOP
        if hops:
            cut = held[: hops * _HOP].reshape(hops, _HOP, -1)
            self._powers.append(np.einsum("hsc,hsc,c->h", cut, cut, self._weights) / _HOP)
        self._rest = held[hops * _HOP :]

    def read(self) -> Loudness:
        """What has been measured so far."""
        powers = np.concatenate([np.zeros(0), *self._powers])  # (hops,)
        if len(powers) < _BLOCK:  # shorter than a window: all of it is one
            rest = float(np.einsum("sc,sc,c->", self._rest, self._rest, self._weights)) + powers.sum() * _HOP
            whole = _level(rest / self._count) if self._count >= _HOP else -np.inf
            blocks = np.array([whole])
        else:
            blocks = _level(_windows(powers, _BLOCK))
        short = _level(_windows(powers, _SHORT))
        peak = 20 * np.log10(max(self._peak, 1e-9))
        return Loudness(
            _gated(blocks), _highest(blocks) if len(powers) >= _BLOCK else None, _highest(short), _range(short),
            float(peak),
        )  # fmt: skip

    def _look_for_peaks(self, wave: Samples) -> None:
        near = np.concatenate([self._tail, wave])
        self._peak = max(self._peak, true_peak(near, self._peak))
        self._tail = near[-_EDGE:]


def measure(wave: Samples, weights: tuple[float, ...] | None = None) -> Loudness:
    """The loudness of a whole sound (count, channels)."""
    meter = Meter(wave.shape[1], weights)
    meter.feed(wave)
    return meter.read()


def true_peak(wave: Samples, known: float = 0.0) -> float:
    """Largest value of (count, channels), between the samples as well (BS.1770-4 annex 2).

    Only where samples reach half of the largest (or of `known`) can the wave between them be the highest.
    """
    found = 0.0
    for channel in wave.T:
        size = np.abs(channel)
        found = max(found, float(size.max(initial=0.0)))
        blocks = -(-len(size) // _PIECE)
        loud = np.pad(size, (0, blocks * _PIECE - len(size))).reshape(blocks, _PIECE).max(axis=1)
        for block in np.flatnonzero(loud > 0.5 * max(found, known)).tolist():
            begin = max(block * _PIECE - _EDGE, 0)
            piece = channel[begin : (block + 1) * _PIECE + _EDGE]
            found = max(found, float(np.abs(signal.resample_poly(piece, _OVERSAMPLED, 1)).max()))
    return found


def _level(power: NDArray[np.floating] | float) -> NDArray[np.floating]:
    with np.errstate(divide="ignore"):
        return _OFFSET + 10 * np.log10(np.asarray(power))


def _power(level: NDArray[np.floating]) -> NDArray[np.floating]:
    return 10 ** ((level - _OFFSET) / 10)


def _windows(powers: NDArray[np.floating], hops: int) -> NDArray[np.floating]:
    """Mean power of every window of so many hops, one hop apart."""
    if len(powers) < hops:
        return np.zeros(0)
    total = np.concatenate([[0.0], np.cumsum(powers)])
    return np.maximum(total[hops:] - total[:-hops], 0.0) / hops


def _gated(blocks: NDArray[np.floating]) -> float | None:
    """Mean loudness of the blocks above -70 LUFS and above ten under their own mean (BS.1770-4, equations 5 to 7)."""
    blocks = blocks[blocks > _SILENCE]
    if not len(blocks):
        return None
    blocks = blocks[blocks > float(_level(_power(blocks).mean())) - 10]
    return float(_level(_power(blocks).mean()))


def _range(short: NDArray[np.floating]) -> float | None:
    short = short[short > _SILENCE]
    if not len(short):
        return None
    short = short[short > float(_level(_power(short).mean())) - 20]
    low, high = np.percentile(short, (10, 95))
    return float(high - low)


def _highest(levels: NDArray[np.floating]) -> float | None:
    found = float(levels.max(initial=-np.inf))
    return found if np.isfinite(found) else None
