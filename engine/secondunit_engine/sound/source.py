"""Sounds that have a place, and the ears that hear them.

A `Source` is a dry mono recording with a position for each frame; everything in a shot is one, the rain as well (a few
patches that stay around the camera). That is what a mixer wants, and what any loudspeaker layout is made from; here it
is placed in stereo, with distance, Doppler shift and the room's send.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

SPEED_OF_SOUND = 343.0  # m/s in air at 20 degrees
Stem = Literal["ambience", "effects", "dialogue"]
STEMS: tuple[Stem, ...] = ("ambience", "effects", "dialogue")


@dataclass(frozen=True)
class Source:
    """A dry mono sound at a place.

    samples: shape (lead + count,); the first `lead` of them sound before the shot's first frame.
    positions: metres, shape (frames, 3), in the world; or around the camera if `follows`.
    reference: distance [m] at which it is as loud as recorded; None ignores distance and travel time.
    room: how much of it goes to the room's reverberation.
    """

    name: str
    stem: Stem
    samples: Samples
    positions: NDArray[np.floating]
    reference: float | None = None
    follows: bool = False
    lead: int = 0
    room: float = 0.2


@dataclass(frozen=True)
class Listener:
    """The camera's ears for each frame: position [m], and unit vectors to its right and forward; each (frames, 3)."""

    positions: NDArray[np.floating]
    right: NDArray[np.floating]
    forward: NDArray[np.floating]


def around(azimuth_degrees: float, distance: float, frames: int) -> NDArray[np.floating]:
    """A place that stays with the camera: degrees to the right of its view, metres; (frames, 3) right, up, forward."""
    angle = np.radians(azimuth_degrees)
    return np.tile([np.sin(angle) * distance, 0.0, np.cos(angle) * distance], (frames, 1))


def place(source: Source, listener: Listener, rate: float, count: int) -> tuple[Samples, Samples]:
    """A source as heard: stereo, shape (count, 2), and what it sends to the room, shape (count,)."""
    side, ahead, distance = _seen_from(source, listener)
    at = np.arange(count) * rate / SAMPLE_RATE  # (count,) in frames
    frames = np.arange(len(distance))
    wave = source.samples[source.lead : source.lead + count]
    if source.reference is not None:
        metres = np.interp(at, frames, distance)  # (count,)
        wave = _travel(source.samples, source.lead, metres) * (source.reference / np.maximum(metres, 0.3))
    azimuth = np.unwrap(np.arctan2(side, ahead))
    pan = np.sin(np.interp(at, frames, azimuth)) * np.interp(at, frames, distance / (distance + 0.5))
    angle = (pan + 1) * (np.pi / 4)
    return np.stack([np.cos(angle) * wave, np.sin(angle) * wave], axis=1) * np.sqrt(2), wave * source.room


def distances(source: Source, listener: Listener) -> NDArray[np.floating]:
    """Metres between source and camera, shape (frames,)."""
    return _seen_from(source, listener)[2]


def _seen_from(
    source: Source, listener: Listener
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Metres to the right, metres ahead, and distance, each (frames,)."""
    if source.follows:
        side, ahead = source.positions[:, 0], source.positions[:, 2]
        return side, ahead, np.linalg.norm(source.positions, axis=1)
    offset = source.positions - listener.positions  # (frames, 3)
    side = np.sum(offset * listener.right, axis=1)
    ahead = np.sum(offset * listener.forward, axis=1)
    return side, ahead, np.linalg.norm(offset, axis=1)


def _travel(samples: Samples, lead: int, metres: NDArray[np.floating]) -> Samples:
    """What arrives after its way through the air: the delay makes the Doppler shift by itself."""
    when = np.arange(len(metres)) + lead - metres * (SAMPLE_RATE / SPEED_OF_SOUND)  # (count,) in samples
    return ndimage.map_coordinates(samples, when[None], order=3, mode="constant")
