"""What things sound like that meet, break, splash or slip: a few damped modes of what they are made of, noise, and as
loud as the blow; guides."""

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
_LOUD: Final = 12.0  # J of a breaking at full level


# How many pieces are heard to fall, for how long [s], and how much crumbles, by what rings.
_FALLS: Final = ((70, 0.8, 0.25), (34, 0.5, 0.5), (12, 0.5, 0.6), (26, 0.35, 1.0))


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


def shatter(seed: int, number: int, materials: tuple[str, ...], energy: float) -> Samples:
    """Something breaks, of the last material named: a crack, and its pieces that ring as they fall; energy is in J."""
    rng = generator(seed, "shatter", number)
    said = materials[-1].lower() if materials else ""
    index = next(n for n, kind in enumerate(_RINGS) if not kind[0] or any(word in said for word in kind[0]))
    index = 0 if "bottle" in said else index
    modes, rings = _RINGS[index][1], _RINGS[index][2]
    pieces, lasts, crumble = _FALLS[index]
    size = int((lasts + 2 * rings + 0.1) * SAMPLE_RATE)
    age = np.arange(size) / SAMPLE_RATE
    crack = shaped_noise(rng, size, band(0.7 * modes[0], 14000, -1.0)) * np.exp(-age / 0.012)
    rest = shaped_noise(rng, size, band(0.5 * modes[0], 9000, -3.0)) * np.exp(-age / (0.4 * lasts))
    wave = 1.2 * crack + 0.35 * crumble * rest
    for _ in range(pieces):
        at = int(min(rng.exponential(0.3 * lasts), lasts) * SAMPLE_RATE)
        ring = damped(float(rng.choice(modes)) * rng.uniform(0.8, 1.9), rings * rng.uniform(0.2, 0.8))
        end = min(size, at + len(ring))
        wave[at:end] += 0.3 * rng.uniform(0.1, 1.0) ** 2 * ring[: end - at]
    return min(1.0, (energy / _LOUD) ** 0.35) * wave


def splash(seed: int, number: int, impulse: float) -> Samples:
    """Something lands in water, or water on something: a slap of drops, and bubbles that close; impulse in N s."""
    rng = generator(seed, "splash", number)
    size = int(0.7 * SAMPLE_RATE)
    age = np.arange(size) / SAMPLE_RATE
    body = np.minimum(age / 0.006, 1) * np.exp(-age / 0.11)
    wave = shaped_noise(rng, size, band(350, 7000, -2.5)) * body
    for _ in range(14):  # a bubble rings at a pitch that rises as it comes up (Minnaert 1933; van den Doel 2005)
        at, hertz = int(rng.uniform(0.01, 0.35) * SAMPLE_RATE), rng.uniform(450, 1900)
        left = age[: size - at]
        wave[at:] += 0.25 * rng.random() * np.exp(-left / 0.03) * np.sin(2 * np.pi * hertz * left * (1 + 1.5 * left))
    return min(1.0, (impulse / _FULL) ** 0.5) * wave


def squeal(seed: int, number: int, speed: float, *, wet: bool) -> Samples:
    """Tyres that slip at a speed [m/s]: a squeal that wavers in the dry, mostly a tearing hiss in the wet."""
    rng = generator(seed, "squeal", number)
    size = int(np.clip(0.12 * speed, 0.4, 1.6) * SAMPLE_RATE)
    age = np.arange(size) / SAMPLE_RATE
    body = np.minimum(age / 0.05, 1) * np.minimum((age[-1] - age) / 0.2, 1)
    waver = 1 + 0.03 * np.sin(2 * np.pi * rng.uniform(4, 7) * age) - 0.08 * age / age[-1]
    phase = 2 * np.pi * np.cumsum(rng.uniform(720, 900) * waver) / SAMPLE_RATE
    tone = sum(np.sin(k * phase) / k for k in (1, 2, 3))
    hiss = shaped_noise(rng, size, band(900, 7000, -1.5))
    return body * ((0.1 * tone + 0.9 * hiss) if wet else (0.6 * tone + 0.25 * hiss))
