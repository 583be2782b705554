"""What is heard under the sky: the sea at a shore, and a town's traffic."""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.sound.noise import Samples, band, generator, shaped_noise, slow_curve

# Third octaves [Hz] of road traffic and their A-weighted levels [dB] (EN 1793-3, table 1).
TRAFFIC_BANDS: Final = np.array(
    [100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000], float
)
TRAFFIC_LEVELS: Final = np.array(
    [-20, -20, -18, -16, -15, -14, -13, -12, -11, -9, -8, -9, -10, -11, -13, -15, -16, -18], float
)


def a_weighting(hertz: Samples) -> Samples:
    """IEC 61672-1 A-weighting [dB], shape alike."""
    square = np.asarray(hertz, float) ** 2
    gain = 12194.0**2 * square**2 / ((square + 20.6**2) * (square + 12194.0**2))
    return 20 * np.log10(gain / np.sqrt((square + 107.7**2) * (square + 737.9**2))) + 2.0


def traffic(seed: int, patch: int, count: int) -> Samples:
    """Many cars on a town's streets, shape (count,): the spectrum of EN 1793-3, in slow waves."""
    rng = generator(seed, "traffic", patch)
    density = TRAFFIC_LEVELS - a_weighting(TRAFFIC_BANDS) - 10 * np.log10(TRAFFIC_BANDS)  # dB a hertz
    at = np.log(TRAFFIC_BANDS)

    def gain(hertz: Samples) -> Samples:
        edges = 1 / np.sqrt((1 + (70 / hertz) ** 4) * (1 + (hertz / 7000) ** 4))
        return edges * 10 ** (np.interp(np.log(hertz), at, density) / 20)

    return shaped_noise(rng, count, gain) * (0.7 + 0.3 * slow_curve(rng, count, 2.6))


def sea(seed: int, patch: int, count: int) -> Samples:
    """Waves that break on a shore, one after the other, shape (count,); falls by 5 dB an octave."""
    rng = generator(seed, "sea", patch)
    swell = slow_curve(rng, count, 3.5) ** 2
    roar = shaped_noise(rng, count, band(60, 3000, -5.0)) * (0.35 + 0.65 * swell)
    hiss = shaped_noise(rng, count, band(900, 9000, -4.0)) * swell
    return roar + 0.3 * hiss
