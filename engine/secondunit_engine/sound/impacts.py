"""What things sound like that meet: a few damped modes of what they are made of, as loud as the blow; a guide."""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.sound.noise import SAMPLE_RATE, Samples, band, damped, generator, shaped_noise

# Words in the names of materials: modes [Hz], how long the lowest rings [s], and how much of it is knock.
_RINGS: Final[tuple[tuple[tuple[str, ...], tuple[float, ...], float, float], ...]] = (
    (("glass", "crystal"), (2350.0, 4120.0, 6300.0), 0.22, 0.25),
    (("glaze", "ceramic", "porcelain", "clay", "stoneware"), (1480.0, 2960.0, 4700.0), 0.12, 0.45),
    (("metal", "iron", "steel", "brass", "chrome", "gold", "copper", "silver"), (860.0, 2310.0, 3900.0), 0.45, 0.3),
    ((), (210.0, 480.0, 910.0), 0.06, 0.9),  # wood, and whatever is not named
)
_FULL: Final = 1.0  # N s of a blow at full level


def strike(seed: int, number: int, materials: tuple[str, ...], impulse: float) -> Samples:
    """One blow, from the names of the materials that meet and its impulse [N s]."""
    rng = generator(seed, "strike", number)
    said = " ".join(materials).lower()
    _, modes, rings, knock = next(kind for kind in _RINGS if not kind[0] or any(word in said for word in kind[0]))
    size = int(2.0 * SAMPLE_RATE * rings) + SAMPLE_RATE // 20
    wave = np.zeros(size)
    for hertz in modes:
        mode = damped(hertz * rng.uniform(0.94, 1.06), rings * modes[0] / hertz)[:size]
        wave[: len(mode)] += mode * modes[0] / hertz
    thud = shaped_noise(rng, size, band(120, 3000, -3.0)) * np.exp(-np.arange(size) / (0.006 * SAMPLE_RATE))
    return min(1.0, (impulse / _FULL) ** 0.7) * (wave + knock * thud)
