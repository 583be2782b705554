"""How a head hears: the answers of both ears to sound from many directions.

Measured, if a SOFA file (AES69, SimpleFreeFieldHRIR) is found: the one that SECONDUNIT_SOFA names, or the MIT KEMAR
set (Gardner and Martin 1994) that libmysofa brings. Otherwise a rigid sphere with ears, by its exact solution (Duda and
Martens 1998): its time and level differences are right, it has no pinna.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Final

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy import signal, special

from secondunit_bridge.errors import BadInput
from secondunit_engine.sound.loudspeakers import even_directions, towards
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples
from secondunit_engine.sound.source import SPEED_OF_SOUND

TAPS: Final = 256
_KNOWN: Final = (Path("/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa"),)
_RADIUS: Final = 0.0875  # m
_EARS: Final = 100.0  # degrees from the front
_MOST: Final = 64 << 20  # bytes of a set
_BEFORE: Final = 24  # samples of an answer before the first sound of any direction


@dataclass(frozen=True)
class Head:
    """Unit vectors (front, left, up), shape (D, 3), and what left and right ear answer, (D, 2, 256) at 48 kHz. A sound
    reaches the middle of the head at sample `middle`."""

    name: str
    directions: NDArray[np.floating]
    answers: NDArray[np.floating]
    middle: int


def head_name() -> str:
    """Whose ears are used here, for the name of a sound product."""
    file = _file()
    return f"{file.stem} {file.stat().st_size}" if file else "rigid sphere"


@lru_cache(maxsize=2)
def find_head(name: str) -> Head:
    """The head that `head_name` names. Raises BadInput for a file that cannot be read."""
    file = _file()
    return read_sofa(file) if file else sphere_head()


def read_sofa(path: Path) -> Head:
    """A measured set. Raises BadInput."""
    try:
        if path.stat().st_size > _MOST:
            raise ValueError("it is too large")
        with h5py.File(path, "r") as file:
            answers = np.asarray(file["Data.IR"], np.float64)  # (D, 2, n)
            places = np.asarray(file["SourcePosition"], np.float64)  # (D, 3) degrees, degrees, metres
            rate = int(np.asarray(file["Data.SamplingRate"]).reshape(-1)[0])
            delays = np.broadcast_to(np.asarray(file["Data.Delay"], np.float64), answers.shape[:2])
        if answers.ndim != 3 or answers.shape[1] != 2 or len(places) != len(answers) or not 8000 <= rate <= 192000:
            raise ValueError("it is no set of two ears")
        if not np.isfinite(answers).all() or len(answers) < 4 * 16:
            raise ValueError("it has too few directions or is damaged")
    except (OSError, KeyError, ValueError) as fault:
        raise BadInput(
            f"{path.name} is no set of head-related answers: {fault}.",
            mend="Give SECONDUNIT_SOFA a SOFA file of the convention SimpleFreeFieldHRIR, or unset it.",
        ) from None
    longest = answers.shape[2] + int(delays.max()) + 1
    late = np.zeros((*answers.shape[:2], longest))
    for (direction, ear), delay in np.ndenumerate(delays):
        late[direction, ear, int(delay) : int(delay) + answers.shape[2]] = answers[direction, ear]
    ratio = Fraction(SAMPLE_RATE, rate)
    late = np.asarray(signal.resample_poly(late, ratio.numerator, ratio.denominator, axis=2))
    return _trimmed(path.stem, towards(places[:, 0], places[:, 1]), late)


def sphere_head() -> Head:
    """A rigid sphere of 8.75 cm with ears 100 degrees from the front."""
    directions = even_directions(400)
    hertz = np.fft.rfftfreq(2 * TAPS, 1 / SAMPLE_RATE)  # (257,)
    size = 2 * np.pi * np.maximum(hertz, 20.0) * _RADIUS / SPEED_OF_SOUND  # (257,) ka
    angles = np.radians(np.arange(181.0))
    order = np.arange(int(1.3 * size.max()) + 12)[:, None]  # (M, 1)
    slope = special.spherical_jn(order, size, True) - 1j * special.spherical_yn(order, size, True)  # (M, 257)
    legendre = np.stack([special.eval_legendre(int(m), np.cos(angles)) for m in order[:, 0]])  # (M, 181)
    terms = np.where(np.isfinite(slope), (2 * order + 1) * 1j ** (order + 1) / slope, 0)
    heard = -(legendre.T @ terms) / size**2  # (181, 257)
    heard *= np.exp(-2j * np.pi * hertz * TAPS / 2 / SAMPLE_RATE)  # so that all of it comes after the start
    waves = np.fft.irfft(heard, 2 * TAPS, axis=1)  # (181, 512)
    ears = towards(np.array([_EARS, -_EARS]), 0.0)  # (2, 3)
    at = np.degrees(np.arccos(np.clip(directions @ ears.T, -1, 1)))  # (D, 2)
    below = np.minimum(at.astype(int), 179)
    share = (at - below)[..., None]
    answers = (1 - share) * waves[below] + share * waves[below + 1]  # (D, 2, 512)
    return _trimmed("rigid sphere", directions, answers)


def _file() -> Path | None:
    said = os.environ.get("SECONDUNIT_SOFA")
    return next((path for path in ((Path(said),) if said else _KNOWN) if path.is_file()), None)


def _trimmed(name: str, directions: NDArray[np.floating], answers: Samples) -> Head:
    """The part of the answers that has the sound, faded out at its end."""
    loud = np.abs(answers) > 0.1 * np.abs(answers).max(axis=(1, 2), keepdims=True)
    first = np.where(loud.any(axis=2), loud.argmax(axis=2), answers.shape[2])  # (D, 2)
    start = int(np.percentile(first, 1)) - _BEFORE
    padded = np.pad(answers, ((0, 0), (0, 0), (max(-start, 0), TAPS)))
    cut = padded[:, :, max(start, 0) : max(start, 0) + TAPS].copy()
    cut[:, :, -32:] *= np.cos(np.linspace(0, np.pi / 2, 32)) ** 2
    front = int(directions[:, 0].argmax())
    ahead = round(float(first[front].mean()) - start)  # from the front both ears are as far as the middle of the head
    return Head(name, directions, cut, ahead)
