"""Fire and candlelight, as time samples: how bright the flames of a light group are, on each of its lights.

A flame in a room's draughts has about the same power in every octave (1/f), and it puffs at 1.5 / sqrt(width) hertz
(Hamins, Yang and Kashiwagi, "An experimental investigation of the pulsation frequency of flames", 1992). The samples
are gains about 1 on `secondunit:flicker`; the renderer puts them on the group's light after frames have shared it
(render/flicker.py), so no reuse averages them and no noise is added.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Sdf, Usd

from secondunit_engine.motion.story import story_times, time_codes
from secondunit_engine.places import place_of
from secondunit_engine.places.place import Flames
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world import stage as names

Array = NDArray[np.floating]

_DEEP: Final = 0.20  # deviation of one flame's light, of its logarithm
_SLOWEST: Final = 0.12  # Hz
_OCTAVES: Final = 7
_PUFF: Final = 0.35  # of a flame's deviation that is its puffing


def write_flicker(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> None:
    """Write how the flames of the set `place` flicker into `stage`; a set without flames says nothing."""
    flames = place_of(shot.set.place).flames
    if not flames:
        return
    times = story_times(shot)
    gains = {
        group: flicker(flames[group], times, shot.set.seed * 1009 + number)
        for number, group in enumerate(sorted(flames))
    }
    for prim in place.Traverse():
        group = str(prim.GetAttribute(names.LIGHT_GROUP).Get()) if prim.HasAttribute(names.LIGHT_GROUP) else ""
        if group in gains:
            over = stage.OverridePrim(prim.GetPath())
            gain = over.CreateAttribute(names.FLICKER, Sdf.ValueTypeNames.Float, custom=True)
            for code, value in zip(time_codes(shot), gains[group].tolist(), strict=True):
                gain.Set(value, code)


def flicker(flames: Flames, times: Array, seed: int) -> Array:
    """The light of flames at times [s], relative to its mean, shape [N]; many flames together burn steadier."""
    rng = np.random.Generator(np.random.PCG64([seed, 613]))
    rates = _SLOWEST * 2.0 ** (np.arange(2 * _OCTAVES) / 2 + rng.uniform(0, 0.5, 2 * _OCTAVES))
    phases = rng.uniform(0, 2 * np.pi, 2 * _OCTAVES)
    draught = np.sin(2 * np.pi * rates * times[:, None] + phases).sum(axis=1) / np.sqrt(_OCTAVES)
    puffs = 1.5 / np.sqrt(flames.width) * times + 0.4 * np.sin(2 * np.pi * 0.31 * times + phases[0])
    noise = (draught + _PUFF * np.sqrt(2) * np.sin(2 * np.pi * puffs)) / np.hypot(1, _PUFF)
    deep = _DEEP / np.sqrt(flames.count)
    return np.exp(deep * noise - deep**2 / 2)
