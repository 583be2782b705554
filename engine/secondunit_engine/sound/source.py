"""Sounds that have a place, and the ears that hear them.

A `Source` is a dry mono recording with a position for each frame; everything in a shot is one, the rain as well (a few
patches that stay around the camera). That is what a mixer wants, and what any loudspeaker layout is made from. Here it
travels to the camera: `arrive` gives the wave as it comes, delayed, shifted, fainter and duller, and from where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import interpolate, ndimage

from secondunit_engine.sound.air import through_air
from secondunit_engine.sound.ambisonics import STEP, mix_moving, steps_of
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples

SPEED_OF_SOUND = 343.0  # m/s in air at 20 degrees
Stem = Literal["ambience", "effects", "dialogue"]
STEMS: tuple[Stem, ...] = ("ambience", "effects", "dialogue")
_NEAREST = 0.3  # m: nothing grows louder when it comes nearer


@dataclass(frozen=True)
class Source:
    """A dry mono sound at a place.

    samples: shape (lead + count,); the first `lead` of them sound before the shot's first frame.
    positions: metres, shape (frames, 3), in the world; or around the camera if `follows`.
    reference: distance [m] at which it is as loud as recorded; None ignores distance and travel time.
    room: how much of it goes to the room's reverberation.
    spread: half the angle [degrees] that it fills; 0 is a point.
    foley: whether it is an effect that a Foley artist would make again; those have a stem of their own as well.
    """

    name: str
    stem: Stem
    samples: Samples
    positions: NDArray[np.floating]
    reference: float | None = None
    follows: bool = False
    lead: int = 0
    room: float = 0.2
    spread: float = 0.0
    foley: bool = False


@dataclass(frozen=True)
class Listener:
    """The camera's ears for each frame: position [m], and unit vectors to its right and forward; each (frames, 3)."""

    positions: NDArray[np.floating]
    right: NDArray[np.floating]
    forward: NDArray[np.floating]


@dataclass(frozen=True)
class Arrival:
    """A sound as it reaches the ears: its wave, shape (count,), and where it comes from at each step of 10 ms: metres
    to the front, left and up, shape (steps, 3)."""

    wave: Samples
    offsets: NDArray[np.floating]


def around(azimuth_degrees: float, distance: float, frames: int) -> NDArray[np.floating]:
    """A place that stays with the camera: degrees to the right of its view, metres; (frames, 3) right, up, forward."""
    angle = np.radians(azimuth_degrees)
    return np.tile([np.sin(angle) * distance, 0.0, np.cos(angle) * distance], (frames, 1))


def arrive(source: Source, listener: Listener, rate: float, count: int) -> Arrival:
    """A source as heard straight from where it is."""
    offsets = seen_from(source.positions, listener, follows=source.follows)  # (frames, 3)
    wave = source.samples[source.lead : source.lead + count]
    if source.reference is not None:
        sent, metres = _sent_at(np.linalg.norm(offsets, axis=1), rate, source.lead, count)  # (count,) each
        wave = ndimage.map_coordinates(source.samples, sent[None], order=3, mode="constant")
        wave = through_air(wave, metres) * (source.reference / np.maximum(metres, _NEAREST))
    return Arrival(wave, at_steps(offsets, rate, count))


def place(source: Source, listener: Listener, rate: float, count: int) -> tuple[Samples, Samples]:
    """A source as heard: stereo, shape (count, 2), and what it sends to the room, shape (count,)."""
    heard = arrive(source, listener, rate, count)
    return mix_moving([heard.wave], [stereo_gains(heard.offsets)]).T, heard.wave * source.room


def stereo_gains(offsets: NDArray[np.floating]) -> NDArray[np.floating]:
    """Left and right of what stands at `offsets` [m] (front, left, up), [..., 3] to [..., 2]: constant power, less to
    one side when very near."""
    side = -offsets[..., 1]
    pan = side / (np.hypot(side, offsets[..., 0]) + 0.5)  # -1 left to 1 right
    angle = (pan + 1) * (np.pi / 4)
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1) * np.sqrt(2)


def seen_from(positions: NDArray[np.floating], listener: Listener, *, follows: bool = False) -> NDArray[np.floating]:
    """Metres to the front, left and up of the camera, (frames, 3)."""
    if follows:
        return positions[:, [2, 0, 1]] * np.array([1.0, -1.0, 1.0])
    offset = positions - listener.positions  # (frames, 3)
    up = np.cross(listener.right, listener.forward)
    return np.stack([np.sum(offset * axis, axis=1) for axis in (listener.forward, -listener.right, up)], axis=1)


def at_steps(track: NDArray[np.floating], rate: float, count: int) -> NDArray[np.floating]:
    """A value per frame (frames, D) at each step of 10 ms, (steps, D), straight between frames."""
    at = np.arange(steps_of(count)) * (STEP * rate / SAMPLE_RATE)  # (steps,) in frames
    return np.stack([np.interp(at, np.arange(len(track)), axis) for axis in track.T], axis=1)


def _sent_at(distance: NDArray[np.floating], rate: float, lead: int, count: int) -> tuple[Samples, Samples]:
    """When what is heard now was sent, as an index into the source's samples, and from how far [m]; each (count,).

    Sound sent at t from a distance d arrives at t + d / c; that is a rising function below the speed of sound, and its
    inverse makes the Doppler shift of a moving source by itself. Before the first frame the motion goes on as it began.
    """
    if np.ptp(distance) < 1e-6:
        metres = np.full(count, distance[0])
        return np.arange(count) + lead - metres * (SAMPLE_RATE / SPEED_OF_SOUND), metres
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
