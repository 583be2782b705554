"""Arms on banners: a field divided in two tinctures, a charge in a metal, a border."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from secondunit_engine.world import textures
from secondunit_engine.world.mesh import RGB

_TINCTURES: Final[tuple[RGB, ...]] = (
    (0.26, 0.012, 0.014),
    (0.012, 0.035, 0.20),
    (0.010, 0.085, 0.035),
    (0.012, 0.012, 0.014),
    (0.11, 0.018, 0.12),
)
_METALS: Final[tuple[RGB, ...]] = ((0.58, 0.36, 0.06), (0.60, 0.58, 0.54))
_WIDE, _HIGH = 256, 768


def write_arms(folder: Path, seed: int, count: int) -> list[str]:
    """Write `count` banners as textures under `folder`, all of one house; returns their paths."""
    rng = np.random.Generator(np.random.PCG64([seed, 32]))
    first, second = (_TINCTURES[int(n)] for n in rng.choice(len(_TINCTURES), 2, replace=False))
    metal = _METALS[int(rng.integers(2))]
    charge, pattern = int(rng.integers(3)), int(rng.integers(3))
    weave = textures.noise(seed % 100_000 + 8, 768, 0.6)[:, :_WIDE]
    fade = textures.noise(seed % 100_000 + 9, 768, 2.4)[:, :_WIDE]
    paths = []
    for n in range(count):
        cloth = np.asarray(_banner((first, second)[n % 2], (second, first)[n % 2], metal, charge, (pattern + n) % 3))
        linear = cloth.astype(np.float32) / 255 * (1 + 0.10 * weave + 0.10 * fade)[..., None]
        paths.append(textures.write_color(folder, f"banner_{n}", np.clip(linear, 0.003, 0.9)))
    return paths


def _banner(field: RGB, second: RGB, metal: RGB, charge: int, pattern: int) -> Image.Image:
    """One cloth, code values linear."""
    image = Image.new("RGB", (_WIDE, _HIGH), _code(field))
    draw = ImageDraw.Draw(image)
    if pattern == 0:
        draw.rectangle((_WIDE // 2, 0, _WIDE, _HIGH), fill=_code(second))
    elif pattern == 1:
        for y in range(0, _HIGH, 192):
            draw.polygon([(0, y + 96), (_WIDE // 2, y), (_WIDE, y + 96), (_WIDE, y + 192), (_WIDE // 2, y + 96),
                          (0, y + 192)], fill=_code(second))  # fmt: skip
    else:
        draw.rectangle((0, 0, _WIDE, _HIGH // 3), fill=_code(second))
    for edge in (0, _WIDE - 14):
        draw.rectangle((edge, 0, edge + 14, _HIGH), fill=_code(metal))
    draw.rectangle((0, _HIGH - 22, _WIDE, _HIGH), fill=_code(metal))
    for y in (190, 480) if pattern == 2 else (330,):
        _charge(draw, charge, (_WIDE / 2, y), 92 if pattern != 2 else 70, _code(metal))
    return image


def _charge(
    draw: ImageDraw.ImageDraw, kind: int, at: tuple[float, float], size: float, color: tuple[int, int, int]
) -> None:
    """A sun, a lily or a tower."""
    x, y = at
    if kind == 0:
        turn = np.linspace(0, 2 * np.pi, 33)[:-1]
        reach = np.where(np.arange(32) % 2 == 0, size, 0.55 * size)
        draw.polygon(
            list(zip((x + reach * np.cos(turn)).tolist(), (y + reach * np.sin(turn)).tolist(), strict=True)), color
        )
    elif kind == 1:
        for lean in (-1, 0, 1):
            draw.polygon([(x + lean * 0.75 * size, y - (1.0 if lean == 0 else 0.45) * size),
                          (x + lean * 0.35 * size + 0.28 * size, y - 0.1 * size), (x, y + 0.45 * size),
                          (x + lean * 0.35 * size - 0.28 * size, y - 0.1 * size)], color)  # fmt: skip
        draw.rectangle((x - 0.5 * size, y + 0.28 * size, x + 0.5 * size, y + 0.42 * size), color)
        draw.polygon([(x, y + 0.3 * size), (x + 0.3 * size, y + size), (x - 0.3 * size, y + size)], color)
    else:
        draw.rectangle((x - 0.5 * size, y - 0.5 * size, x + 0.5 * size, y + size), color)
        for n in range(3):
            left = x - 0.62 * size + n * 0.47 * size
            draw.rectangle((left, y - 0.95 * size, left + 0.3 * size, y - 0.45 * size), color)


def _code(color: RGB) -> tuple[int, int, int]:
    r, g, b = (int(255 * channel) for channel in color)
    return r, g, b
