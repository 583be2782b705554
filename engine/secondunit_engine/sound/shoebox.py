"""The room about a shot as a box, and what its walls give back first (image sources, Allen and Berkley 1979).

The box is measured in the surveyed set: how far it is from the hero's mark to the walls, the floor and the ceiling. A
side where nothing is, as under the sky, gives nothing back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from secondunit_engine.planning.floor import Floor
from secondunit_engine.sound.air import minimum_phase
from secondunit_engine.sound.ambisonics import STEP, steps_of
from secondunit_engine.sound.noise import SAMPLE_RATE, Samples
from secondunit_engine.sound.room import Room
from secondunit_engine.sound.source import SPEED_OF_SOUND, Arrival, Listener, Source, at_steps, seen_from

# Share of the energy that a surface takes at 125, 250, 500, 1000, 2000 and 4000 Hz (Vorländer 2008, appendix).
ABSORPTION: Final = {
    "concrete": (0.02, 0.03, 0.03, 0.03, 0.04, 0.07),
    "asphalt": (0.02, 0.03, 0.04, 0.05, 0.05, 0.06),
    "stone": (0.02, 0.02, 0.03, 0.04, 0.05, 0.05),
    "brick": (0.03, 0.03, 0.03, 0.04, 0.05, 0.07),
    "plaster": (0.14, 0.10, 0.06, 0.05, 0.04, 0.03),
    "wood": (0.15, 0.11, 0.10, 0.07, 0.06, 0.07),
    "books": (0.30, 0.34, 0.40, 0.40, 0.40, 0.40),
    "carpet": (0.05, 0.10, 0.20, 0.40, 0.55, 0.65),
    "tiles": (0.45, 0.70, 0.80, 0.85, 0.85, 0.80),  # a hung ceiling of mineral fibre
    "metal": (0.10, 0.10, 0.06, 0.05, 0.04, 0.03),
    "audience": (0.39, 0.57, 0.80, 0.94, 0.92, 0.87),
    "curtain": (0.14, 0.35, 0.53, 0.75, 0.70, 0.60),
    "earth": (0.15, 0.25, 0.40, 0.55, 0.60, 0.60),
    "water": (0.01, 0.01, 0.01, 0.01, 0.02, 0.02),
}
_BANDS: Final = np.array([125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0])
_TAPS: Final = 64
_FAR: Final = 40.0  # m: a wall beyond is part of the reverberation
_INSIDE: Final = 0.05  # m that everything keeps from the walls
_APART: Final = 0.5  # m from a surface at which it gives back all
_NEAREST: Final = 0.3  # m: nothing grows louder when it comes nearer


@dataclass(frozen=True)
class Shoebox:
    """Where its sides are [m], infinite where there is none, and of what: walls, floor, ceiling."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    surfaces: tuple[str, str, str]


def measure_box(floor: Floor, room: Room) -> Shoebox:
    """The box about the hero's mark; of what it is the room says."""
    hero = floor.mark("hero")
    top = min(floor.ceiling, 4.0)
    heads = np.array([hero.x, hero.y, hero.z]) + np.array(
        [(x, height, z) for x in (-0.6, 0.0, 0.6) for z in (-0.6, 0.0, 0.6) for height in (0.5 * top, 0.75 * top)]
    )  # (heads, 3)
    reach = np.arange(0.3, _FAR, floor.cell / 2)  # (R,)
    sides = []
    for way in (*-np.eye(3), *np.eye(3)):
        solid = floor.solid(heads[:, None] + reach[:, None] * way)  # (heads, R)
        met = reach[solid.argmax(axis=1)][solid.any(axis=1)] + heads[solid.any(axis=1)] @ way  # along this way
        sides.append(float(np.median(met)) if len(met) > len(heads) / 2 else np.inf)
    west, below, north, east, above, south = sides
    return Shoebox((-west, -below, -north), (east, above, south), room.surfaces)


def reflections(source: Source, box: Shoebox, listener: Listener, rate: float, count: int) -> Iterator[Arrival]:
    """What each side of the box gives back of a source, once. What follows the camera is all around it already.

    What is recorded close (a small send to the room) gives back less; a source on a surface has it in its own sound.
    """
    if source.follows:
        return
    low, high = np.array(box.low) + _INSIDE, np.array(box.high) - _INSIDE
    ears = Listener(np.clip(listener.positions, low, high), listener.right, listener.forward)
    inside = np.clip(source.positions, low, high)  # (frames, 3)
    straight = at_steps(np.linalg.norm(inside - ears.positions, axis=1)[:, None], rate, count)[:, 0]  # (steps,)
    share = min(1.0, 2 * source.room)
    for axis, wall, surface in _sides(box):
        image = inside.copy()
        image[:, axis] = 2 * wall - image[:, axis]
        offsets = at_steps(seen_from(image, ears), rate, count)  # (steps, 3)
        apart = float(np.median(np.abs(image[:, axis] - inside[:, axis]))) / 2
        wave = signal.oaconvolve(source.samples, surface_filter(surface))[: len(source.samples)]
        early = _delayed(source, wave, np.linalg.norm(offsets, axis=1), straight, count)
        yield Arrival(early * (share * min(1.0, apart / _APART)), offsets)


@lru_cache(maxsize=32)
def surface_filter(surface: str) -> Samples:
    """What a surface leaves of a sound that strikes it, shape (64,), minimum phase."""
    hertz = np.linspace(0, SAMPLE_RATE / 2, 513)
    left = np.sqrt(1 - np.array(ABSORPTION[surface]))
    return minimum_phase(np.interp(np.log(np.maximum(hertz, 1.0)), np.log(_BANDS), left), _TAPS)


def _sides(box: Shoebox) -> Iterator[tuple[int, float, str]]:
    """Axis, place [m] and surface of each side that is there."""
    walls, ground, ceiling = box.surfaces
    for axis, (below, above) in enumerate(((walls, walls), (ground, ceiling), (walls, walls))):
        for wall, surface in ((box.low[axis], below), (box.high[axis], above)):
            if np.isfinite(wall):
                yield axis, wall, surface


def _delayed(
    source: Source, wave: Samples, distance: NDArray[np.floating], straight: NDArray[np.floating], count: int
) -> Samples:
    """A source's wave as an image sends it, (count,): later and fainter by its way, (steps,) [m]; what is recorded
    close is later and fainter only by what its way is longer than the straight one."""
    if source.reference is None:
        later, gain = np.maximum(distance - straight, 0.0), straight / np.maximum(distance, _NEAREST)
    else:
        later, gain = distance, source.reference / np.maximum(distance, _NEAREST)
    times = np.arange(steps_of(count)) * (STEP / SAMPLE_RATE)  # (steps,) [s]
    for _ in range(2):  # the way was that of the moment when it was sent
        later = np.interp(times - later / SPEED_OF_SOUND, times, later)
    if np.ptp(later) < 1e-6 and np.ptp(gain) < 1e-9:
        shift = source.lead - round(float(later[0]) * SAMPLE_RATE / SPEED_OF_SOUND)
        held = wave[max(shift, 0) : max(shift + count, 0)] * gain[0]
        return np.concatenate([np.zeros(count - len(held)), held])
    now = np.arange(count)
    at = now + source.lead - np.interp(now, times * SAMPLE_RATE, later) * (SAMPLE_RATE / SPEED_OF_SOUND)
    return np.interp(at, np.arange(len(wave)), wave, left=0.0) * np.interp(now, times * SAMPLE_RATE, gain)
