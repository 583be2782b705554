"""All that sounds in a shot, placed: stereo stems for the cut, and a bed of third-order ambisonics that a mixer turns.

Both come from the same arrivals (the straight sound and what each side of the room gives back), so they agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.progress import Progress
from secondunit_engine.sound.ambisonics import CHANNELS, encode_gains, mix_moving
from secondunit_engine.sound.heard import Heard
from secondunit_engine.sound.loudspeakers import towards
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples
from secondunit_engine.sound.room import Room, reverberate, room_answer
from secondunit_engine.sound.shoebox import measure_box, reflections
from secondunit_engine.sound.source import STEMS, Arrival, Source, arrive, stereo_gains

_FOLEY: Final = "foley"
_PLACES: Final = (*STEMS, _FOLEY)
_BATCH: Final = 24  # arrivals that are mixed at once
# Where the reverberation comes from in the bed: azimuth, elevation [degrees], which ear's answer, later [s].
_AROUND: Final = (
    (60.0, 0.0, 0, 0.0), (-60.0, 0.0, 1, 0.0), (140.0, 10.0, 1, 0.0113), (-140.0, 10.0, 0, 0.0131),
    (0.0, 65.0, 0, 0.0171),
)  # fmt: skip


@dataclass(frozen=True)
class Soundfield:
    """`stems` are stereo (count, 2) and add up to everything; `foley` (count, 2) is the part of the effects that a
    Foley artist would make again; `bed` is (16, count), AmbiX."""

    stems: dict[str, Samples]
    foley: Samples
    bed: Samples


def place_all(
    shot: ShotPlan, sources: Sequence[Source], heard: Heard, room: Room, count: int, progress: Progress
) -> Soundfield:
    """Every source where it is heard, with the room's answer."""
    rate, box = float(shot.rate.fraction), measure_box(floor_at(shot.set), room)
    field = np.zeros((CHANNELS + 2 * len(_PLACES), count), np.float32)  # the bed, then left and right of each stem
    sends: dict[str, Samples] = {name: np.zeros(count) for name in _PLACES}
    waves: list[Samples] = []
    gains: list[NDArray[np.floating]] = []
    for last, source in enumerate(sources, start=1 - len(sources)):
        progress.check()
        direct = arrive(source, heard.listener, rate, count)
        arrivals = [direct, *reflections(source, box, heard.listener, rate, count)]
        waves += [each.wave for each in arrivals]
        gains += [_gains(source, each) for each in arrivals]
        for name in _names(source):
            sends[name] += direct.wave * source.room
        if len(waves) >= _BATCH or last == 0:  # so that a long shot with many sources stays small
            field += mix_moving(waves, gains)
            waves, gains = [], []
    bed = field[:CHANNELS]
    placed: dict[str, Samples] = dict(zip(_PLACES, field[CHANNELS:].reshape(-1, 2, count), strict=True))
    answer = room_answer(room, shot.seed)
    for name, send in sends.items():
        if send.any():
            late = reverberate(send, answer).T
            placed[name] += late
            if name in STEMS:
                bed += _surround(late)
    return Soundfield({stem: placed[stem].T for stem in STEMS}, placed[_FOLEY].T, bed)


def _names(source: Source) -> tuple[str, ...]:
    return (source.stem, _FOLEY) if source.foley else (source.stem,)


def _gains(source: Source, arrival: Arrival) -> NDArray[np.floating]:
    """Of an arrival in the bed and in each stem, (steps, 24)."""
    stereo, gains = stereo_gains(arrival.offsets), [encode_gains(arrival.offsets, source.spread)]
    gains += [stereo if name in _names(source) else np.zeros_like(stereo) for name in _PLACES]
    return np.concatenate(gains, axis=1)


def _surround(late: Samples) -> NDArray[np.float32]:
    """Stereo reverberation (2, count) all around, (16, count)."""
    angles = np.array([each[:2] for each in _AROUND])
    gains = encode_gains(towards(angles[:, 0], angles[:, 1])) * np.sqrt(2 / len(_AROUND))  # (5, 16)
    waves = np.zeros((len(_AROUND), late.shape[1]), np.float32)
    for wave, (_, _, ear, later) in zip(waves, _AROUND, strict=True):
        delay = min(int(later * SAMPLE_RATE), late.shape[1])
        wave[delay:] = late[ear, : late.shape[1] - delay]
    return gains.T.astype(np.float32) @ waves
