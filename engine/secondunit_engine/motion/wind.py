"""The wind of a shot as a function of place and time: one field for all that it moves.

A mean wind carries eddies with it (Taylor's hypothesis of frozen turbulence). Eddies are a sum of random waves, each of
which blows across its own direction, so that the air is neither piled up nor thinned (Kraichnan, "Diffusion by a random
velocity field", 1970); gusts are slow swells of the mean. Metres, seconds; bearings are degrees about +Y of where the
wind blows to, 0 is +Z, 90 is +X.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.seeds import derive_seed
from secondunit_engine.world.water import read_water

Array = NDArray[np.floating]

_EDDIES: Final = 12
_GUSTS: Final = (0.11, 0.23, 0.41)  # Hz
# Mean speed [m/s] about a person, about 0.7 of that at 10 m (Beaufort), and its turbulence, by words of the weather.
_WEATHER: Final = (
    (("storm", "hurricane", "gale", "blizzard", "sandstorm", "tornado"), 10.0, 0.30),
    (("wind", "windy"), 6.0, 0.28),
    (("breezy", "breeze"), 3.5, 0.25),
    (("fog", "mist", "calm"), 0.5, 0.25),
)
_OUTDOORS: Final = (1.6, 0.30)
_INDOORS: Final = (0.12, 0.40)


@dataclass(frozen=True)
class Wind:
    """A wind: its mean speed [m/s], where it blows to [degrees], `gust` the deviation of its speed as a share of the
    mean, `eddy` the size of its larger eddies [m]."""

    speed: float = 0.0
    bearing: float = 90.0
    gust: float = 0.25
    eddy: float = 3.0
    seed: int = 0

    @property
    def mean(self) -> Array:
        """The mean velocity [m/s], shape [3]."""
        turn = np.radians(self.bearing)
        return self.speed * np.array([np.sin(turn), 0.0, np.cos(turn)])

    def at(self, places: Array, time: float) -> Array:
        """The velocity of the air at places [m], shape [N, 3], at a story time [s], shape [N, 3]."""
        if self.speed <= 0:
            return np.zeros_like(places)
        eddies = _eddies(self)
        swell = 1 + self.gust * float(eddies.swell @ np.sin(2 * np.pi * np.array(_GUSTS) * time + eddies.begin))
        angle = (places - self.mean * time) @ eddies.number.T + eddies.change * time + eddies.phase  # (N, E)
        return self.mean * swell + (self.speed * self.gust) * (np.cos(angle) @ eddies.blows)


STILL: Final = Wind()


@dataclass(frozen=True, eq=False)
class _Eddies:
    """Wave vectors [rad/m], shape [E, 3]; velocities, shape [E, 3], of unit deviation together; change [rad/s] and
    phase [rad], shape [E]; amplitudes and phases of the gusts."""

    number: Array
    blows: Array
    change: Array
    phase: Array
    swell: Array
    begin: Array


@lru_cache(maxsize=16)
def _eddies(wind: Wind) -> _Eddies:
    rng = np.random.Generator(np.random.PCG64([wind.seed, 911]))
    way = rng.normal(size=(_EDDIES, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    length = wind.eddy * np.geomspace(1.0, 0.12, _EDDIES)  # m
    across = np.cross(way, rng.normal(size=(_EDDIES, 3)))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    size = (length / wind.eddy) ** (1 / 3)  # Kolmogorov: an eddy's speed goes with the cube root of its size
    blows = across * (size / np.sqrt((size**2).sum() / 2))[:, None]
    change = 2 * np.pi * rng.uniform(-0.25, 0.25, _EDDIES) * wind.speed / length
    phase = rng.uniform(0, 2 * np.pi, _EDDIES)
    swell = rng.uniform(0.5, 1.0, len(_GUSTS))
    swell *= np.sqrt(2) / np.linalg.norm(swell)
    return _Eddies(
        2 * np.pi / length[:, None] * way, blows, change, phase, swell, rng.uniform(0, 2 * np.pi, len(_GUSTS))
    )


def wind_of(plan: SetPlan, place: Usd.Stage | None = None) -> Wind:
    """The wind that a set's weather and place make. Over water of the set `place` it blows as its waves run; elsewhere
    the set's seed says where to. Indoors the air hardly moves unless the weather's words are of wind."""
    words = set(plan.weather)
    said = next(((speed, gust) for told, speed, gust in _WEATHER if words & set(told)), None)
    speed, gust = said or (_OUTDOORS if place_of(plan.place).outdoors else _INDOORS)
    seed = derive_seed(plan.seed, "wind", plan.place)
    seas = () if place is None else (read_water(prim) for prim in place.Traverse())
    bearing = next((found[0].sea.bearing for found in seas if found is not None), None)
    return Wind(speed, float(seed % 360) if bearing is None else bearing, gust, seed=seed)
