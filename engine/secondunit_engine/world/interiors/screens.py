"""What monitors and projection screens show, drawn at random in one atlas: editors, tables, charts, or instruments.

Text is bars: nothing that could be read, so nothing that could be wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import numpy as np
from PIL import Image, ImageDraw

from secondunit_engine.color import decode_srgb
from secondunit_engine.world import textures
from secondunit_engine.world.mesh import Mesh

COLUMNS: Final = 4
ROWS: Final = 3
_CELL: Final = (384, 216)
_Color = tuple[int, int, int]


def write_screens(folder: Path, seed: int, of: Literal["office", "ship"] = "office") -> str:
    """Write the atlas of COLUMNS x ROWS pictures, of an office's work or a ship's; returns its path for a material."""
    rng = np.random.Generator(np.random.PCG64([seed, 31]))
    width, height = _CELL
    atlas = Image.new("RGB", (COLUMNS * width, ROWS * height))
    kinds = [_editor, _table, _charts, _mail] if of == "office" else [_orbit, _levels, _scope, _log]
    for number in range(COLUMNS * ROWS):
        cell = Image.new("RGB", _CELL)
        kinds[number % len(kinds)](ImageDraw.Draw(cell), rng)
        atlas.paste(cell, (number % COLUMNS * width, number // COLUMNS * height))
    return textures.write_color(folder, "screens", decode_srgb(np.asarray(atlas, float) / 255))


def cell(picture: Mesh, number: int) -> Mesh:
    """A picture's mesh, its texture coordinates moved from the unit square to a cell of the atlas."""
    column, row = number % COLUMNS, number // COLUMNS % ROWS
    uvs = np.zeros((len(picture.points), 2)) if picture.uvs is None else picture.uvs
    low = np.array([column / COLUMNS, 1 - (row + 1) / ROWS])
    inset = 0.002 + 0.996 * uvs
    return Mesh(picture.points, picture.triangles, picture.normals, (low + inset / [COLUMNS, ROWS]).astype(np.float32))


def _editor(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Coloured code on a dark ground."""
    w, h = _CELL
    draw.rectangle((0, 0, w, h), fill=(24, 27, 34))
    draw.rectangle((0, 0, 62, h), fill=(33, 37, 46))
    draw.rectangle((0, 0, w, 12), fill=(45, 50, 62))
    tones: list[_Color] = [
        (198, 120, 221),
        (97, 175, 239),
        (152, 195, 121),
        (171, 178, 191),
        (229, 192, 123),
        (224, 108, 117),
    ]
    indent = 0
    for y in range(20, h - 8, 8):
        indent = int(np.clip(indent + rng.integers(-1, 2), 0, 5))
        x = 74 + indent * 12
        for _ in range(int(rng.integers(0, 6))):
            length = int(rng.integers(8, 42))
            draw.rectangle((x, y, min(w - 8, x + length), y + 3), fill=tones[int(rng.integers(6))])
            x += length + 5
        draw.rectangle((8, y, 8 + int(rng.integers(18, 46)), y + 2), fill=(96, 104, 120))


def _table(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """A sheet of cells."""
    w, h = _CELL
    draw.rectangle((0, 0, w, h), fill=(244, 246, 247))
    draw.rectangle((0, 0, w, 26), fill=(33, 115, 70))
    for x in range(0, w, 38):
        draw.line((x, 26, x, h), fill=(212, 216, 218))
    for y in range(26, h, 11):
        draw.line((0, y, w, y), fill=(212, 216, 218))
        for x in range(4, w - 30, 38):
            if rng.random() < 0.8:
                tone: _Color = (190, 60, 50) if rng.random() < 0.08 else (92, 98, 104)
                draw.rectangle((x, y + 4, x + int(rng.integers(10, 30)), y + 7), fill=tone)
    draw.rectangle((76, 70, 152, 92), outline=(33, 115, 70), width=2)


def _charts(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """A dashboard: a curve, bars, a ring, a few numbers."""
    w, h = _CELL
    draw.rectangle((0, 0, w, h), fill=(16, 24, 44))
    panels = ((10, 10, 240, 122), (250, 10, 374, 122), (10, 132, 130, 206), (140, 132, 374, 206))
    for box in panels:
        draw.rounded_rectangle(box, 5, fill=(27, 38, 66))
    x = np.linspace(18, 232, 60)
    for tone in ((64, 196, 255), (255, 171, 64)):
        y = 70 - np.cumsum(rng.normal(0.3, 3.0, 60))
        y = 110 - (y.max() - y) / max(1.0, np.ptp(y)) * rng.uniform(50, 88)
        draw.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=tone, width=2)
    start = 0.0
    for share, tone in zip(
        rng.dirichlet([3, 2, 2, 1]).tolist(),
        ((64, 196, 255), (255, 171, 64), (105, 240, 174), (240, 98, 146)),
        strict=True,
    ):
        draw.pieslice((276, 22, 350, 96), start, start + 360 * share, fill=tone)
        start += 360 * share
    draw.ellipse((294, 40, 332, 78), fill=(27, 38, 66))
    for k in range(22):
        top = 200 - int(rng.integers(8, 58))
        draw.rectangle((148 + k * 10, top, 154 + k * 10, 200), fill=(105, 240, 174) if k % 3 else (64, 196, 255))
    for k in range(5):
        draw.rectangle((20, 142 + 12 * k, 20 + int(rng.integers(30, 100)), 147 + 12 * k), fill=(150, 165, 200))


def _mail(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """A list of messages and an open one."""
    w, h = _CELL
    draw.rectangle((0, 0, w, h), fill=(250, 250, 251))
    draw.rectangle((0, 0, 44, h), fill=(0, 84, 147))
    draw.rectangle((44, 0, 150, h), fill=(236, 239, 243))
    for y in range(8, h, 24):
        draw.rectangle((52, y, 52 + int(rng.integers(40, 80)), y + 4), fill=(40, 48, 60))
        draw.rectangle((52, y + 9, 52 + int(rng.integers(50, 92)), y + 12), fill=(140, 148, 160))
        draw.line((44, y + 19, 150, y + 19), fill=(214, 218, 224))
    draw.rectangle((164, 12, 300, 20), fill=(36, 40, 48))
    for y in range(36, h - 10, 9):
        if rng.random() < 0.85:
            draw.rectangle((164, y, 164 + int(rng.integers(90, 208)), y + 3), fill=(110, 116, 126))


_CYAN: Final[_Color] = (90, 220, 235)
_AMBER: Final[_Color] = (255, 176, 70)
_DIM: Final[_Color] = (28, 74, 88)


def _frame(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """The ground that a ship's instruments share: a dark field, a head line, marks in the corners."""
    w, h = _CELL
    draw.rectangle((0, 0, w, h), fill=(4, 11, 17))
    draw.line((8, 16, w - 8, 16), fill=_DIM)
    draw.rectangle((8, 6, 8 + int(rng.integers(60, 130)), 12), fill=_CYAN)
    for k in range(int(rng.integers(3, 7))):
        draw.rectangle((w - 20 - 14 * k, 6, w - 10 - 14 * k, 12), fill=_AMBER if k == 1 else _DIM)


def _orbit(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """A body with rings about it, a course, and figures beside."""
    _frame(draw, rng)
    x, y = 130, 116
    for r in range(26, 100, 18):
        draw.ellipse((x - 1.25 * r, y - 0.8 * r, x + 1.25 * r, y + 0.8 * r), outline=_DIM)
    draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=(18, 60, 78), outline=_CYAN, width=2)
    t = np.linspace(0, 1, 40)
    course = np.column_stack([x - 110 + 230 * t, y + 70 - 150 * t**2 + 26 * np.sin(3 * t)])
    draw.line([tuple(point) for point in course.tolist()], fill=_AMBER, width=2)
    _figures(draw, rng, 284)


def _levels(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Bars that rise from a line, and one in the red."""
    _frame(draw, rng)
    hot = int(rng.integers(12))
    for k in range(12):
        high = int(rng.integers(30, 150))
        tone: _Color = (240, 72, 56) if k == hot else _CYAN
        for y in range(200, 200 - high, -7):
            draw.rectangle((20 + 20 * k, y - 4, 34 + 20 * k, y), fill=tone)
    _figures(draw, rng, 284)


def _scope(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Waves over a grid."""
    _frame(draw, rng)
    w, h = _CELL
    for x in range(20, w - 12, 24):
        draw.line((x, 28, x, h - 12), fill=(12, 34, 42))
    for y in range(28, h - 10, 22):
        draw.line((20, y, w - 16, y), fill=(12, 34, 42))
    x = np.arange(20, w - 16, 2)
    for tone, middle in ((_CYAN, 76), (_AMBER, 148)):
        wave = middle + 26 * np.sin(x / rng.uniform(8, 30) + rng.uniform(0, 6)) * np.exp(-(((x - 190) / 120) ** 2))
        draw.line(list(zip(x.tolist(), (wave + rng.normal(0, 1.2, len(x))).tolist(), strict=True)), fill=tone, width=2)


def _log(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Lines of a report, as bars, and a plan of the decks."""
    _frame(draw, rng)
    for y in range(28, 204, 9):
        draw.rectangle(
            (16, y, 16 + int(rng.integers(40, 170)), y + 4), fill=_AMBER if rng.random() < 0.12 else (44, 128, 140)
        )
    for k in range(4):
        y = 44 + 40 * k
        draw.rounded_rectangle((216, y, 366, y + 26), 6, outline=_CYAN)
        for x in range(226, 358, int(rng.integers(18, 34))):
            draw.line((x, y, x, y + 26), fill=_DIM)


def _figures(draw: ImageDraw.ImageDraw, rng: np.random.Generator, x: int) -> None:
    """A column of values."""
    for y in range(30, 200, 14):
        draw.rectangle((x, y, x + int(rng.integers(14, 40)), y + 5), fill=_DIM)
        draw.rectangle(
            (x + 50, y, x + 50 + int(rng.integers(10, 34)), y + 5), fill=_AMBER if rng.random() < 0.2 else _CYAN
        )
