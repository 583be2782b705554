"""Rain: a hiss of countless far drops, and the near ones that can be told apart."""

from __future__ import annotations

import numpy as np

from secondunit_engine.sound.noise import Samples, band, damped, generator, shaped_noise, slow_curve, sprinkle


def rain_on_asphalt(seed: int, patch: int, count: int, *, density: float = 1.0) -> Samples:
    """One patch of rain on wet asphalt, shape (count,); patches of one seed do not resemble each other.

    Drops on water ring as bubbles between 1.5 and 9 kHz (Pumphrey and Crum 1988); the far field is their sum.
    """
    rng = generator(seed, "rain", patch)
    hiss = shaped_noise(rng, count, band(1200, 9000, -2.0)) * (0.85 + 0.3 * slow_curve(rng, count, 1.7))
    body = shaped_noise(rng, count, band(150, 1500, -4.0))
    ticks = [damped(rng.uniform(2500, 9000), rng.uniform(0.003, 0.008), rng.uniform(0, 6)) for _ in range(10)]
    plops = [damped(rng.uniform(1100, 3200), rng.uniform(0.012, 0.03), rng.uniform(0, 6)) for _ in range(6)]
    near = sprinkle(rng, count, 260 * density, ticks, 0.7) * 0.35 + sprinkle(rng, count, 14 * density, plops, 0.6) * 0.5
    return (0.8 * hiss + 0.25 * body) * np.sqrt(density) + near


def drips(seed: int, count: int) -> Samples:
    """A few heavy drops that fall from a ceiling, shape (count,)."""
    rng = generator(seed, "drips")
    return sprinkle(rng, count, 2.2, [damped(rng.uniform(700, 1900), 0.06, 0.4) for _ in range(5)], 0.5)
