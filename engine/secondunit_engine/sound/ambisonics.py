"""Third-order ambisonics, AmbiX: channels in ACN order, SN3D gains (Nachbar et al. 2011). 48 kHz.

Directions are vectors (front, left, up), as AmbiX has its axes; azimuth runs to the left, elevation up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.sound.noise import Samples

ORDER: Final = 3
CHANNELS: Final = (ORDER + 1) ** 2
STEP: Final = 480  # samples: gains are set every 10 ms and run straight between
DEGREES: Final = np.repeat(np.arange(ORDER + 1), 2 * np.arange(ORDER + 1) + 1)  # (16,) the order of each channel
_NEAR: Final = 0.5  # m: what comes nearer surrounds the ears instead of jumping across them


def harmonics(directions: NDArray[np.floating]) -> NDArray[np.floating]:
    """Real spherical harmonics of unit vectors (front, left, up), shape [..., 3] to [..., 16]; ACN, SN3D."""
    x, y, z = np.moveaxis(np.asarray(directions, np.float64), -1, 0)
    return np.stack(
        [
            np.ones_like(x),
            y, z, x,
            np.sqrt(3) * x * y, np.sqrt(3) * y * z, (3 * z * z - 1) / 2, np.sqrt(3) * x * z,
            np.sqrt(3) / 2 * (x * x - y * y),
            np.sqrt(5 / 8) * y * (3 * x * x - y * y), np.sqrt(15) * x * y * z, np.sqrt(3 / 8) * y * (5 * z * z - 1),
            z * (5 * z * z - 3) / 2, np.sqrt(3 / 8) * x * (5 * z * z - 1), np.sqrt(15) / 2 * z * (x * x - y * y),
            np.sqrt(5 / 8) * x * (x * x - 3 * y * y),
        ],
        axis=-1,
    )  # fmt: skip


def encode_gains(offsets: NDArray[np.floating], spread: float = 0.0) -> NDArray[np.floating]:
    """Gains of a source that stands at `offsets` [m] (front, left, up) from the ears, shape [..., 3] to [..., 16].

    `spread` is half the angle [degrees] of a cap of the sphere that the source fills evenly; 0 is a point.
    """
    distance = np.linalg.norm(offsets, axis=-1, keepdims=True)  # (..., 1)
    gains = harmonics(offsets / np.maximum(distance, 1e-9)) * np.minimum(distance / _NEAR, 1.0) ** DEGREES
    return gains * cap_weights(spread)


def cap_weights(degrees: float) -> NDArray[np.floating]:
    """What averaging over a cap leaves of each channel, shape (16,): the integral of the Legendre polynomials."""
    if degrees <= 0:
        return np.ones(CHANNELS)
    edge = np.cos(np.radians(degrees))
    legendre = [np.polynomial.legendre.Legendre.basis(order)(edge) for order in range(ORDER + 2)]
    weights = [1.0] + [
        (legendre[order - 1] - legendre[order + 1]) / ((2 * order + 1) * (1 - edge)) for order in range(1, ORDER + 1)
    ]
    return np.array(weights)[DEGREES]


def mix_moving(waves: Sequence[Samples], gains: Sequence[NDArray[np.floating]]) -> NDArray[np.float32]:
    """Waves, each (count,), into R channels by gains that move, each (steps, R); returns (R, count).

    The gains hold at samples 0, 480, 960 …; between two of them they run straight, so nothing clicks.
    """
    count, channels = len(waves[0]), gains[0].shape[1]
    blocks = -(-count // STEP)
    cut = np.zeros((blocks, len(waves), STEP), np.float32)
    for index, wave in enumerate(waves):
        whole = count // STEP
        cut[:whole, index] = wave[: whole * STEP].reshape(whole, STEP)
        cut[whole:, index, : count - whole * STEP] = wave[whole * STEP :]
    every = np.stack(gains, axis=2).astype(np.float32)  # (steps, R, I)
    moves = [index for index, gain in enumerate(gains) if np.ptp(gain, axis=0).any()]
    mixed = np.matmul(every[:blocks], cut)  # (blocks, R, STEP)
    if moves:
        rise = np.diff(every[: blocks + 1, :, moves], axis=0)
        mixed += np.matmul(rise, cut[:, moves] * (np.arange(STEP, dtype=np.float32) / STEP))
    return np.ascontiguousarray(mixed.transpose(1, 0, 2)).reshape(channels, -1)[:, :count]


def steps_of(count: int) -> int:
    """How many gains `count` samples need: one at each step, and one after the last."""
    return -(-count // STEP) + 1
