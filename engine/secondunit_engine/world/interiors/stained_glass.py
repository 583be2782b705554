"""Coloured windows: pot-metal glass in leads, as how much of each colour a picture lets through.

Pictures are linear Rec.709, row 0 at the top, and stand in texture coordinates 0 to 1 over the whole light. Pieces are
drawn large and blurred by less than a lead, so that leads stay dark lines.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from secondunit_engine.world.mesh import RGB
from secondunit_engine.world.textures import noise

Picture = NDArray[np.floating]  # (H, W, 3)
Glass = Literal["pictured", "grisaille", "plain"]

RUBY: Final[RGB] = (0.72, 0.035, 0.03)
COBALT: Final[RGB] = (0.03, 0.11, 0.82)
AMBER: Final[RGB] = (0.98, 0.58, 0.07)
EMERALD: Final[RGB] = (0.04, 0.50, 0.15)
VIOLET: Final[RGB] = (0.34, 0.07, 0.55)
PALE: Final[RGB] = (0.88, 0.86, 0.72)
AZURE: Final[RGB] = (0.18, 0.46, 0.92)
POTS: Final = (RUBY, COBALT, AMBER, EMERALD, VIOLET, PALE, AZURE)
_FIELDS: Final = ((COBALT, RUBY), (RUBY, COBALT), (EMERALD, VIOLET), (AZURE, COBALT))
_ROSE: Final = (0.30, 0.30, 0.14, 0.06, 0.12, 0.02, 0.06)  # how often a ring takes each
_LEAD: Final = (2, 2, 2)


def lancet(seed: int, glass: Glass = "pictured", size: tuple[int, int] = (256, 1024)) -> Picture:
    """A tall light of `size` (across, up) pixels: medallions with saints on a field of quarries within a border, leaf
    work of pale glass with a coloured band, or plain diamonds."""
    rng = np.random.Generator(np.random.PCG64([seed, 61]))
    wide, high = size
    picture = Image.new("RGB", size, _LEAD)
    draw = ImageDraw.Draw(picture)
    field = _FIELDS[int(rng.integers(len(_FIELDS)))] if glass == "pictured" else (PALE, PALE)
    _quarries(draw, rng, size, field, wide / (4 if glass == "pictured" else 5))
    if glass == "pictured":
        step = high / 4
        for row in range(4):
            _medallion(draw, rng, (wide / 2, step * (row + 0.5)), wide * 0.37)
    elif glass == "grisaille":
        for row in range(3):
            y = high * (row + 0.5) / 3
            _piece(draw, [(wide / 2, y - 90), (wide * 0.86, y), (wide / 2, y + 90), (wide * 0.14, y)], rng, AMBER)
            _piece(draw, [(wide / 2, y - 52), (wide * 0.7, y), (wide / 2, y + 52), (wide * 0.3, y)], rng, AZURE)
    if glass != "plain":
        _border(draw, rng, size, wide * 0.10, (RUBY, AMBER, EMERALD) if glass == "pictured" else (AZURE, PALE, PALE))
    return _fired(np.asarray(picture, np.float32) / 255.0, seed)


def rose(seed: int, size: int = 768, petals: int = 12) -> Picture:
    """A wheel of glass in a square: rings of petals about a boss, black beyond the rim."""
    rng = np.random.Generator(np.random.PCG64([seed, 62]))
    v, u = (np.mgrid[0:size, 0:size] + 0.5) / size * 2 - 1
    radius, turn = np.hypot(u, v), np.arctan2(v, u) / (2 * np.pi)
    picture = np.zeros((size, size, 3), np.float32)
    lead = np.zeros((size, size), bool)
    inner = (0.0, 0.10, 0.20, 0.33, 0.48, 0.62, 0.76, 0.88, 0.99)
    for ring, (low, high) in enumerate(pairwise(inner)):
        count = petals * (1, 1, 1, 1, 2, 2, 2, 4)[ring]
        across = (turn + 0.5 * (ring % 2) / count) * count
        cell = np.floor(across).astype(int) % count
        first, second = rng.choice(len(POTS), 2, replace=False, p=_ROSE).tolist()
        colors = np.array([POTS[first if n % 2 else second] for n in range(count)])
        tone = rng.uniform(0.6, 1.0, (count, 1))
        within = (radius >= low) & (radius < high)
        picture[within] = (colors * tone)[cell][within]
        arc = np.abs(across - np.round(across)) / count * 2 * np.pi * np.maximum(radius, 0.03)
        lead |= within & ((arc < 0.006) | (np.abs(radius - low) < 0.006))
        if ring in (3, 5):  # a roundel in each petal
            middle = (low + high) / 2
            x = (across - np.floor(across) - 0.5) / count * 2 * np.pi * middle
            away = np.hypot(x, radius - middle) / (0.36 * (high - low))
            picture[within & (away < 1)] = AMBER if ring == 3 else COBALT
            lead |= within & (np.abs(away - 1) < 0.14)
    picture[lead | (radius > 0.99)] = 0.008
    return _fired(picture, seed)


def _fired(picture: Picture, seed: int) -> Picture:
    """Streaks, bubbles and dirt of old glass; leads keep their edges."""
    high, wide = picture.shape[:2]
    streak = np.tile(noise(seed % 100_000 + 5, 512, 1.8, (1, 2)), (2, 2))[:high, :wide]
    soft = ndimage.gaussian_filter(picture, (0.7, 0.7, 0))
    return np.clip(soft * (1 + 0.16 * streak)[..., None], 0.004, 1.0)


def _piece(draw: ImageDraw.ImageDraw, corners: list[tuple[float, float]], rng: np.random.Generator, color: RGB) -> None:
    tone = rng.uniform(0.55, 1.0)
    fill = tuple(int(255 * tone * channel) for channel in color)
    draw.polygon(corners, fill=fill)
    draw.line([*corners, corners[0]], fill=_LEAD, width=5)


def _quarries(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, size: tuple[int, int], colors: tuple[RGB, RGB], pitch: float
) -> None:
    rows, columns = int(size[1] / pitch) + 2, int(size[0] / pitch) + 2
    for row in range(2 * rows):
        for column in range(columns):
            x, y = (column + 0.5 * (row % 2)) * pitch, row * pitch * 0.75
            corners = [(x, y - 0.75 * pitch), (x + pitch / 2, y), (x, y + 0.75 * pitch), (x - pitch / 2, y)]
            _piece(draw, corners, rng, colors[0] if rng.random() < 0.72 else colors[1])


def _border(
    draw: ImageDraw.ImageDraw, rng: np.random.Generator, size: tuple[int, int], width: float, colors: tuple[RGB, ...]
) -> None:
    wide, high = size
    count = int(high / (1.6 * width))
    for n in range(count):
        top, foot = high * n / count, high * (n + 1) / count
        for left in (0.0, wide - width):
            corners = [(left, top), (left + width, top), (left + width, foot), (left, foot)]
            _piece(draw, corners, rng, colors[n % len(colors)])


def _medallion(draw: ImageDraw.ImageDraw, rng: np.random.Generator, at: tuple[float, float], radius: float) -> None:
    """A ring of beads about a standing figure with a halo, in front of rays of two blues."""
    x, y = at

    def arc(reach: float, start: float, end: float, steps: int = 7) -> list[tuple[float, float]]:
        turn = np.linspace(start, end, steps)
        return list(zip((x + reach * np.cos(turn)).tolist(), (y + reach * np.sin(turn)).tolist(), strict=True))

    for n in range(16):
        a, b = np.pi * n / 8, np.pi * (n + 1) / 8
        _piece(draw, [*arc(radius, a, b), *arc(radius * 0.84, b, a)], rng, AMBER if n % 2 else RUBY)
        _piece(draw, [*arc(radius * 0.84, a, b), (x, y)], rng, COBALT if n % 2 else AZURE)
    robe, mantle = (POTS[int(n)] for n in rng.choice([0, 3, 4, 5], 2, replace=False))
    r = radius
    _piece(draw, [(x - 0.16 * r, y - 0.2 * r), (x + 0.16 * r, y - 0.2 * r), (x + 0.42 * r, y + 0.74 * r),
                  (x - 0.42 * r, y + 0.74 * r)], rng, robe)  # fmt: skip
    side = 1 if rng.random() < 0.5 else -1
    _piece(draw, [(x, y - 0.2 * r), (x + side * 0.3 * r, y - 0.1 * r), (x + side * 0.5 * r, y + 0.62 * r),
                  (x + side * 0.14 * r, y + 0.3 * r)], rng, mantle)  # fmt: skip
    circle = [(x + dx, y - 0.42 * r + dy) for dx, dy in _round(0.25 * r)]
    _piece(draw, circle, rng, AMBER)
    _piece(draw, [(x + dx, y - 0.42 * r + dy) for dx, dy in _round(0.13 * r)], rng, (0.85, 0.55, 0.38))


def _round(radius: float) -> list[tuple[float, float]]:
    turn = np.linspace(0, 2 * np.pi, 15)[:-1]
    return list(zip((radius * np.cos(turn)).tolist(), (radius * np.sin(turn)).tolist(), strict=True))
