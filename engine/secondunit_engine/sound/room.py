"""Rooms: what they answer, and what they sound like when nothing happens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage, signal

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples, band, generator, shaped_noise, slow_curve

_BANDS = (125.0, 500.0, 2000.0, 8000.0)  # Hz


@dataclass(frozen=True)
class Room:
    """Reverberation time [s] at 125 Hz, 500 Hz, 2 kHz and 8 kHz; delay [s] of the first answer; its loudness; of what
    its walls, floor and ceiling are (names of shoebox.ABSORPTION)."""

    decay: tuple[float, float, float, float]
    first: float = 0.02
    level: float = 1.0
    surfaces: tuple[str, str, str] = ("plaster", "wood", "plaster")


TUNNEL = Room((3.2, 2.6, 1.7, 0.7), 0.018, 1.1, ("concrete", "asphalt", "concrete"))
HALL = Room((3.4, 3.0, 2.2, 0.9), 0.030, 0.9, ("stone", "stone", "stone"))
STUDIO = Room((0.5, 0.35, 0.28, 0.2), 0.006, 0.5, ("plaster", "carpet", "plaster"))
ARENA = Room((3.0, 2.4, 1.7, 0.8), 0.060, 0.8, ("audience", "wood", "metal"))
OUTDOORS = Room((0.5, 0.4, 0.3, 0.2), 0.040, 0.15, ("brick", "earth", "earth"))
ROOM = Room((0.6, 0.5, 0.45, 0.35), 0.008, 0.5, ("plaster", "wood", "plaster"))
OFFICE = Room((0.7, 0.5, 0.4, 0.3), 0.009, 0.45, ("plaster", "carpet", "tiles"))
TILED = Room((0.7, 0.6, 0.55, 0.4), 0.007, 0.6, ("plaster", "stone", "plaster"))
SHED = Room((2.8, 2.3, 1.7, 0.8), 0.030, 0.8, ("metal", "concrete", "metal"))
HULL = Room((0.9, 0.8, 0.7, 0.4), 0.006, 0.6, ("metal", "metal", "metal"))
THEATRE = Room((1.4, 1.2, 1.0, 0.6), 0.030, 0.5, ("curtain", "wood", "curtain"))
STREET = Room((0.9, 0.8, 0.6, 0.3), 0.035, 0.3, ("brick", "asphalt", "brick"))
SHORE = Room((0.4, 0.3, 0.2, 0.2), 0.050, 0.08, ("earth", "water", "earth"))


def room_answer(room: Room, seed: int) -> Samples:
    """Impulse response, shape (n, 2): noise that decays band by band (Moorer 1979), unlike left and right."""
    count = int(max(room.decay) * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    rng = generator(seed, "room")
    answer = np.zeros((count, 2))
    for centre, decay in zip(_BANDS, room.decay, strict=True):
        corners = [centre / 2, min(centre * 2, 20000)]
        filter_ = signal.butter(2, corners, "bandpass", fs=SAMPLE_RATE, output="sos")
        noise = signal.sosfilt(filter_, rng.standard_normal((count, 2)), axis=0)
        answer += noise * np.exp(-6.9 * time / decay)[:, None]
    answer *= np.minimum(time / 0.004, 1.0)[:, None]
    answer = np.concatenate([np.zeros((int(room.first * SAMPLE_RATE), 2)), answer])
    return answer * (room.level / np.sqrt((answer**2).sum(axis=0).mean()))


def reverberate(wave: Samples, answer: Samples) -> Samples:
    """A mono send (count,) in the room, (count, 2), as long as it came."""
    return np.stack([signal.oaconvolve(wave, answer[:, ear])[: len(wave)] for ear in (0, 1)], axis=1)


def room_tone(seed: int, patch: int, count: int) -> Samples:
    """Air that stands in a room, one patch of it, shape (count,): falls by about 6 dB an octave (NC curves)."""
    rng = generator(seed, "tone", patch)
    air = shaped_noise(rng, count, band(30, 6000, -5.5))
    return air * (0.9 + 0.2 * slow_curve(rng, count, 3.0))


def air_hum(seed: int, count: int) -> Samples:
    """The breath of a large stone room, shape (count,)."""
    rng = generator(seed, "hum")
    breath = shaped_noise(rng, count, band(50, 220, -3.0)) * (0.5 + 0.5 * slow_curve(rng, count, 2.5))
    return breath + 0.15 * shaped_noise(rng, count, band(300, 1400, -6.0))


def neon_hum(seed: int, tube: int, count: int) -> Samples:
    """A neon transformer, shape (count,): twice the mains and its harmonics, with a gas crackle on top."""
    rng = generator(seed, "neon", tube)
    time = np.arange(count) / SAMPLE_RATE
    mains = 60.0 * (1 + 0.0004 * (tube - 0.5))
    turn, now, hum = np.exp(4j * np.pi * mains * time), np.ones(count, complex), np.zeros(count)
    for k in range(1, 15):
        now *= turn
        hum += (now * (np.exp(1j * rng.uniform(0, 6)) / k**1.25)).imag
    buzz = shaped_noise(rng, count, band(2500, 7000, -3.0)) * np.maximum(np.sin(2 * np.pi * mains * time), 0) ** 6
    return hum * (0.92 + 0.08 * slow_curve(rng, count, 0.4)) + 0.35 * buzz


def crowd(seed: int, patch: int, count: int) -> Samples:
    """Many people at once, shape (count,): speech-shaped noise whose parts swell by syllables."""
    rng = generator(seed, "crowd", patch)
    wave = np.zeros(count)
    for low, high in ((180, 420), (350, 900), (700, 1900), (1500, 4200)):
        swell = ndimage.uniform_filter1d(slow_curve(rng, count, 0.23), 960)
        wave += shaped_noise(rng, count, band(low, high)) * (0.4 + 0.6 * swell) * (400 / low) ** 0.3
    return wave


def wind(seed: int, patch: int, count: int) -> Samples:
    """Open air in slow gusts, shape (count,)."""
    rng = generator(seed, "wind", patch)
    return shaped_noise(rng, count, band(60, 700, -4.0)) * (0.3 + 0.7 * slow_curve(rng, count, 1.9))
