"""Ground under deep snow: drifts, the ridges that wind cuts, and a trail of footprints pressed into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from secondunit_engine.world import textures
from secondunit_engine.world.land.terrain import sample
from secondunit_engine.world.textures import Surface

Array = NDArray[np.floating]
WHITE: Final = (0.80, 0.83, 0.87)
_DEEP: Final = 0.075  # m of a footprint
_STEP: Final = 0.36  # m from print to print
_TROD: Final = 13.0  # m about the hero where prints are pressed


@dataclass(frozen=True)
class Drifts:
    """tall: Of drifts [m]. ridges: Of sastrugi, the wind's ridges [m], which run along X. x: Where the trail is beside
    the hero [m]."""

    tall: float
    ridges: float
    seed: int
    trail: float = 0.0

    def way(self, z: Array) -> Array:
        """Where the trail runs [m]."""
        return self.trail + 0.9 * np.sin(0.16 * z) * np.clip(np.abs(z) / 6, 0, 1) + 0.05 * z

    def height(self, x: Array, z: Array) -> Array:
        """How far snow rises over the land [m]; level about the hero's feet."""
        drift = sample(textures.noise(self.seed + 3, 512, 2.9), 0.6 * x, z, 26.0)
        lump = sample(textures.noise(self.seed + 5, 512, 2.6), x, z, 6.5)
        wind = sample(textures.noise(self.seed + 7, 512, 2.2, (1, 4.0)), z, x, 9.0)
        away = np.clip((np.hypot(x, z) - 1.2) / 7, 0, 1)
        total = self.tall * (0.6 * drift + 0.16 * lump) + self.ridges * np.maximum(wind, -0.4)
        return away * total + self._prints(x, z)

    def _prints(self, x: Array, z: Array) -> Array:
        """Boots' prints along the trail, with a rim of snow thrown up."""
        at = np.arange(-_TROD, _TROD, _STEP)
        at = at[np.abs(at) > 0.5]  # who stands there is not yet gone
        hand = np.where(np.arange(len(at)) % 2 == 0, 0.13, -0.13)
        places = np.column_stack([self.way(at) + hand, at])
        away, near = KDTree(places).query(np.stack(np.broadcast_arrays(x, z), axis=-1))
        across, along = (x - places[near, 0]) / 0.075, (z - places[near, 1]) / 0.16
        r = np.hypot(across, along)
        pressed = -_DEEP * np.clip(1.35 - r, 0, 0.5) / 0.5 + 0.020 * np.exp(-(((r - 1.45) / 0.25) ** 2))
        return np.where(away < 0.5, pressed, 0.0)


def snow_surface(seed: int, windy: float, size: int = 1024) -> Surface:
    """Fresh snow with a grain; `windy` 0 to 1 combs it into small ripples along u. A tile is three metres."""
    grain, soft = textures.noise(seed, size, 0.3), textures.noise(seed + 1, size, 2.3)
    comb = textures.noise(seed + 2, size, 1.9, (1, 5.0))
    height = np.clip(0.5 + 0.03 * grain + 0.06 * soft + windy * 0.14 * np.maximum(comb, -0.3), 0, 1)
    tone = 1 + 0.012 * grain + 0.016 * soft
    albedo = np.clip(tone[..., None] * np.asarray(WHITE), 0, 0.92).astype(np.float32)
    rough = np.clip(0.72 + 0.05 * grain, 0.3, 1).astype(np.float32)
    return Surface(albedo, rough, height.astype(np.float32))
