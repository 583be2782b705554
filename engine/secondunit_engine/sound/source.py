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
from scipy import interpolate, ndimage

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
    side, ahead, distance = _seen_from(source, listener)  # (frames,) each
    at = np.arange(count) * rate / SAMPLE_RATE  # (count,) in frames
    frames = np.arange(len(distance))
    wave = source.samples[source.lead : source.lead + count]
    if source.reference is not None:
        sent, metres = _sent_at(distance, rate, source.lead, count)  # (count,) each
        wave = ndimage.map_coordinates(source.samples, sent[None], order=3, mode="constant")
        wave = wave * (source.reference / np.maximum(metres, 0.3))
    pan = side / (np.hypot(side, ahead) + 0.5)  # (frames,) -1 left to 1 right; less to one side when very near
    angle = (pan + 1) * (np.pi / 4)
    left, right = (np.interp(at, frames, gain) for gain in (np.cos(angle), np.sin(angle)))  # (count,)
    return np.stack([left * wave, right * wave], axis=1) * np.sqrt(2), wave * source.room


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


def _sent_at(distance: NDArray[np.floating], rate: float, lead: int, count: int) -> tuple[Samples, Samples]:
    """When what is heard now was sent, as an index into the source's samples, and from how far [m]; each (count,).

    Sound sent at t from a distance d arrives at t + d / c; that is a rising function below the speed of sound, and its
    inverse makes the Doppler shift of a moving source by itself. Before the first frame the motion goes on as it began.
    """
    before = int(np.ceil(lead * rate / SAMPLE_RATE)) + 1
    pace = distance[1] - distance[0] if len(distance) > 1 else 0.0
    early = np.abs(distance[0] - pace * np.arange(before, 0, -1))
    last = distance[-1] + (distance[-1] - distance[-2] if len(distance) > 1 else 0.0)
    track = np.concatenate([early, distance, [last]])  # (before + frames + 1,)
    smooth = interpolate.CubicSpline(np.arange(len(track)) - before, track)
    sent = np.arange(lead + count, dtype=float)  # (lead + count,)
    metres = smooth((sent - lead) * rate / SAMPLE_RATE)
    arrival = sent - lead + metres * (SAMPLE_RATE / SPEED_OF_SOUND)
    now = np.arange(count)
    return np.interp(now, arrival, sent, left=-1.0), np.interp(now, arrival, metres)
