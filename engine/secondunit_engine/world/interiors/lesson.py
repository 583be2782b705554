"""What a class is being taught: the writing on its board, its maps and charts, as pictures.

Board pictures are how much chalk or ink lies where (0 to 1); the board's own surface is put under it by `write_board`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from secondunit_engine.world import textures
from secondunit_engine.world.mesh import RGB

Field = np.ndarray  # (H, W)

BOARD_SIZE: Final = (2048, 640)  # of a board four metres wide
_LESSONS: Final = (
    (
        "Quadratic equations",
        (
            "ax² + bx + c = 0",
            "x = (-b ± √(b² - 4ac)) / 2a",
            "x² - 5x + 6 = 0",
            "(x - 2)(x - 3) = 0",
            "x = 2  or  x = 3",
        ),
    ),
    (
        "The water cycle",
        ("1. evaporation", "2. condensation", "3. precipitation", "4. collection", "Homework: page 84"),
    ),
    ("Triangles", ("a² + b² = c²", "sin A = a / c", "cos A = b / c", "A = ½ b h", "3² + 4² = 5²")),
    ("Energy", ("E = m c²", "F = m a", "v = s / t", "P = W / t", "E = ½ m v²")),
    (
        "The simple past",
        ("I walk - I walked", "we go - we went", "she sings - she sang", "they write - they wrote", "Ex. 3, 4 and 7"),
    ),
)


def write_board(folder: Path, seed: int, *, board: RGB, chalk: RGB, dust: float) -> str:
    """Write the picture of a used board: today's lesson, a drawing, smears of what was wiped. Returns its path."""
    rng = np.random.Generator(np.random.PCG64([seed, 41]))
    marks = _roughened(_drawn(rng), seed, dust)
    cloud = textures.noise(seed % 9999 + 3, 1024, 2.3, (1, 2.5))
    wiped = np.clip(0.5 + 0.5 * np.tile(cloud, (1, 2))[: marks.shape[0], : marks.shape[1]], 0, 1)
    ghost = ndimage.gaussian_filter(np.roll(_drawn(rng), 90, axis=1), (2.0, 9.0))
    amount = np.clip(marks + dust * (0.10 * wiped + 0.10 * ghost), 0, 1)[..., None]
    return textures.write_color(folder, "board", np.asarray(board) * (1 - amount) + np.asarray(chalk) * amount)


def _drawn(rng: np.random.Generator) -> Field:
    """Lines and letters without texture."""
    width, height = BOARD_SIZE
    image = Image.new("L", BOARD_SIZE)
    draw = ImageDraw.Draw(image)
    title, lines = _LESSONS[int(rng.integers(len(_LESSONS)))]
    x, y = int(rng.integers(70, 160)), 46
    _write(image, rng, (x, y), title, 74)
    draw.line(_wavy(rng, (x, y + 96), (x + 40 * len(title), y + 92)), fill=225, width=5)
    for number, line in enumerate(lines):
        _write(image, rng, (x + 30 + int(rng.normal(0, 10)), y + 124 + 86 * number), line, 58)
    _figure(draw, rng, (int(rng.integers(1180, 1260)), 110))
    _write(image, rng, (width - 390, height - 110), "page 84", 46)
    return np.asarray(image, float) / 255


def _write(image: Image.Image, rng: np.random.Generator, at: tuple[int, int], text: str, size: int) -> None:
    """Letters one by one, each a little off its line and turned: a hand's writing."""
    font = ImageFont.load_default(size)
    x = float(at[0])
    for letter in text:
        advance = font.getlength(letter)
        if letter != " ":
            tile = Image.new("L", (int(advance) + 30, int(size * 1.7)))
            ImageDraw.Draw(tile).text((14, 8), letter, fill=int(rng.integers(205, 245)), font=font)
            tile = tile.rotate(float(rng.normal(1.5, 3.0)), Image.Resampling.BICUBIC)
            place = (int(x) - 14, int(at[1] + rng.normal(0, 2.4)) - 8)
            image.paste(255, (*place, place[0] + tile.width, place[1] + tile.height), tile)
        x += advance * 1.04 + rng.normal(0, 1.0)


def _wavy(rng: np.random.Generator, start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    t = np.linspace(0, 1, 24)[:, None]
    points = np.asarray(start) * (1 - t) + np.asarray(end) * t
    points[:, 1] += np.cumsum(rng.normal(0, 0.6, len(t)))
    return [(float(px), float(py)) for px, py in points]


def _figure(draw: ImageDraw.ImageDraw, rng: np.random.Generator, at: tuple[int, int]) -> None:
    """Axes with a curve, or a triangle in a circle."""
    x, y = at
    if rng.random() < 0.5:
        draw.line(_wavy(rng, (x, y + 360), (x + 520, y + 360)), fill=230, width=5)
        draw.line([(x + 60, y + 420), (x + 60, y)], fill=230, width=5)
        t = np.linspace(-1, 1, 60)
        curve = np.column_stack([x + 280 + 210 * t, y + 330 - 290 * t**2 + rng.normal(0, 0.8, 60)])
        draw.line([(float(px), float(py)) for px, py in curve], fill=240, width=6)
        for k in range(6):
            draw.line([(x + 110 + 70 * k, y + 352), (x + 110 + 70 * k, y + 370)], fill=220, width=4)
    else:
        draw.ellipse((x + 40, y, x + 460, y + 420), outline=215, width=5)
        angle = np.sort(rng.uniform(0, 2 * np.pi, 3)) + 0.4
        corners = [(x + 250 + 210 * float(np.cos(a)), y + 210 + 210 * float(np.sin(a))) for a in angle]
        for k in range(3):
            draw.line(_wavy(rng, corners[k], corners[(k + 1) % 3]), fill=240, width=6)


def _roughened(marks: Field, seed: int, dust: float) -> Field:
    """Chalk catches on the grain of a board; ink (no dust) does not."""
    grain = np.tile(textures.noise(seed % 9999 + 1, 1024, 0.4), (1, 2))[: marks.shape[0], : marks.shape[1]]
    soft = ndimage.gaussian_filter(marks, 0.8)
    return np.clip(soft * (1 + 0.45 * dust * grain) * (1 - 0.15 * dust), 0, 1)


def write_map(folder: Path, seed: int, size: tuple[int, int] = (1024, 640)) -> str:
    """Write a map of a made-up world: seas, coasts, countries, a graticule. Returns its path."""
    width, height = size
    rng = np.random.Generator(np.random.PCG64([seed, 42]))
    relief = (
        textures.noise(seed % 9999 + 11, 1024, 2.7)[:height, :width]
        + 0.35 * textures.noise(seed % 9999 + 12, 1024, 1.8)[:height, :width]
    )
    pole = np.abs(np.linspace(-1, 1, height))[:, None] ** 6
    land = (relief - 1.5 * pole) > 0.35
    seeds = rng.uniform(0, 1, (70, 2)) * [height, width]
    v, u = np.mgrid[0:height, 0:width]
    wobble = 18 * textures.noise(seed % 9999 + 13, 1024, 2.0)[:height, :width]
    nearest, country = np.full(size[::-1], np.inf), np.zeros(size[::-1], int)  # (H, W) each
    for number, (y, x) in enumerate(seeds):
        far = np.hypot(v - y + wobble, u - x - wobble)
        country[far < nearest] = number
        np.minimum(nearest, far, out=nearest)
    tones = np.array(
        [(0.52, 0.40, 0.16), (0.26, 0.42, 0.20), (0.52, 0.27, 0.18), (0.56, 0.50, 0.30), (0.34, 0.24, 0.36)]
    )
    picture = np.where(land[..., None], tones[country % 5], np.array((0.16, 0.34, 0.46)))
    coast = np.logical_and(ndimage.binary_dilation(land, iterations=5), ~land)
    picture[coast] = (0.28, 0.46, 0.55)
    border = land & ((country != np.roll(country, 1, 0)) | (country != np.roll(country, 1, 1)))
    picture[border] = (0.20, 0.12, 0.08)
    picture[(v % 80 < 1) | (u % 85 < 1)] *= 0.8
    picture[:22], picture[-22:], picture[:, :22], picture[:, -22:] = [(0.55, 0.50, 0.40)] * 4
    return textures.write_color(folder, "map", picture)
