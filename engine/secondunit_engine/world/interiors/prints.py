"""Posters, advertisements and enamel signs of public places, drawn at random in one atlas.

Posters show shapes and bars where words would be; signs have names that are made up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from secondunit_engine.color import decode_srgb
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.mesh import Material, Mesh

POSTERS: Final = 8
_POSTER: Final = (256, 384)
_SIGN: Final = (1024, 128)
_SHEET: Final = (_POSTER[0] * POSTERS // 2, _POSTER[1] * 2 + 3 * _SIGN[1])
_Color = tuple[int, int, int]
_INKS: Final[tuple[tuple[_Color, ...], ...]] = (
    ((238, 226, 198), (214, 84, 52), (38, 52, 76), (240, 176, 64)),
    ((22, 40, 70), (244, 214, 150), (226, 92, 92), (90, 160, 190)),
    ((232, 236, 230), (26, 96, 92), (236, 150, 96), (44, 40, 52)),
    ((196, 44, 48), (248, 236, 214), (30, 26, 34), (250, 190, 90)),
    ((250, 206, 60), (36, 36, 42), (220, 70, 60), (255, 250, 236)),
    ((52, 34, 74), (238, 128, 168), (120, 210, 220), (252, 240, 210)),
)


def write_prints(folder: Path, seed: int, station: str, ground: _Color, lines: tuple[_Color, ...]) -> Material:
    """The atlas as a material: eight posters, the station's name on its enamel, the way out, the lines.

    Its textures are written under `folder`. `ground` is the enamel's colour, `lines` those of the lines, in sRGB.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 61]))
    sheet = Image.new("RGB", _SHEET)
    for number in range(POSTERS):
        poster = Image.new("RGB", _POSTER)
        _draw_poster(ImageDraw.Draw(poster), _INKS[int(rng.integers(len(_INKS)))], rng)
        sheet.paste(poster, (number % 4 * _POSTER[0], number // 4 * _POSTER[1]))
    for row, paint in enumerate((_name, _way_out, _line_map)):
        sign = Image.new("RGB", _SIGN, ground)
        paint(ImageDraw.Draw(sign), station, lines, rng)
        sheet.paste(sign, (0, 2 * _POSTER[1] + row * _SIGN[1]))
    file = textures.write_color(folder, "prints", decode_srgb(np.asarray(sheet, float) / 255))
    return Material("prints", base_texture=file, roughness=0.22, specular=0.5)


def poster(width: float, height: float, number: int, low: float = 0.0, high: float = 1.0) -> Mesh:
    """A print that faces +Z, its middle at the origin; `low` to `high` are the part of the poster's height shown."""
    row, column = divmod(number % POSTERS, 4)
    w, h = _SHEET
    u0, top = column * _POSTER[0] / w, 1 - row * _POSTER[1] / h
    tall = _POSTER[1] / h
    return _print(width, height, (u0, u0 + _POSTER[0] / w), (top - tall * (1 - low), top - tall * (1 - high)))


def sign(width: float, height: float, row: int) -> Mesh:
    """A sign that faces +Z, its middle at the origin: 0 the station's name, 1 the way out, 2 the map of the line."""
    h = _SHEET[1]
    top = 1 - (2 * _POSTER[1] + row * _SIGN[1]) / h
    half = min(0.5, width / height * _SIGN[1] / _SIGN[0] / 2)
    return _print(width, height, (0.5 - half, 0.5 + half), (top - _SIGN[1] / h, top))


def _print(width: float, height: float, u: tuple[float, float], v: tuple[float, float]) -> Mesh:
    x, y = width / 2, height / 2
    mesh = shapes.quad((-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0))
    e = 0.001  # keeps the filter off the neighbours
    corners = [(u[0] + e, v[0] + e), (u[1] - e, v[0] + e), (u[1] - e, v[1] - e), (u[0] + e, v[1] - e)]
    return Mesh(mesh.points, mesh.triangles, mesh.normals, np.array(corners, np.float32))


def _draw_poster(draw: ImageDraw.ImageDraw, inks: tuple[_Color, ...], rng: np.random.Generator) -> None:
    """A sun, a skyline, waves or a grid over a ground, and bars of type."""
    w, h = _POSTER
    ground, first, second, third = inks
    draw.rectangle((0, 0, w, h), fill=ground)
    kind = int(rng.integers(4))
    if kind == 0:
        x, y, r = (int(rng.integers(*span)) for span in ((70, 190), (90, 170), (45, 85)))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=first)
        for k, tone in enumerate((third, second)):
            at = np.arange(0, w + 8, 8)
            ridge = 215 + 45 * k + 18 * np.sin(at / rng.uniform(18, 50) + rng.uniform(0, 6))
            draw.polygon([*zip(at.tolist(), ridge.tolist(), strict=True), (w, h), (0, h)], fill=tone)
    elif kind == 1:
        for x in range(10, w, 22):
            top = int(rng.integers(90, 250))
            draw.rectangle((x, top, x + 16, 290), fill=(first, second, third)[int(rng.integers(3))])
        draw.rectangle((0, 290, w, h), fill=second)
    elif kind == 2:
        for y in range(40, 290, 26):
            at = np.arange(0, w + 8, 8)
            wave = y + 10 * np.sin(at / 22 + y / 30)
            draw.line(list(zip(at.tolist(), wave.tolist(), strict=True)), fill=first if y % 52 else third, width=11)
    else:
        for _ in range(9):
            x, y, r = (int(rng.integers(*span)) for span in ((20, 236), (30, 280), (14, 62)))
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(first, second, third)[int(rng.integers(3))])
    y = int(rng.integers(300, 318))
    draw.rectangle((22, y, 22 + int(rng.integers(110, 200)), y + 20), fill=third if kind == 1 else first)
    for k in range(3):
        length = int(rng.integers(60, 200))
        draw.rectangle((22, y + 32 + 13 * k, 22 + length, y + 38 + 13 * k), fill=inks[(kind + 1) % 4])


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _name(draw: ImageDraw.ImageDraw, station: str, lines: tuple[_Color, ...], rng: np.random.Generator) -> None:
    w, h = _SIGN
    draw.text((w / 2, h / 2), station, fill=(244, 242, 234), font=_font(84), anchor="mm", stroke_width=1)


def _way_out(draw: ImageDraw.ImageDraw, station: str, lines: tuple[_Color, ...], rng: np.random.Generator) -> None:
    w, h = _SIGN
    draw.rectangle((0, 0, w, h), fill=(16, 17, 19))
    draw.text((w / 2 + 40, h / 2), "WAY OUT", fill=(246, 206, 70), font=_font(72), anchor="mm", stroke_width=1)
    draw.line((250, h / 2, 340, h / 2), fill=(246, 206, 70), width=13)
    draw.line([(284, 30), (246, h / 2), (284, h - 30)], fill=(246, 206, 70), width=13, joint="curve")
    for k, tone in enumerate(lines[:2]):
        draw.ellipse((w - 260 + 74 * k, 34, w - 200 + 74 * k, 94), fill=tone)


def _line_map(draw: ImageDraw.ImageDraw, station: str, lines: tuple[_Color, ...], rng: np.random.Generator) -> None:
    """A line with its stops; names are bars."""
    w, h = _SIGN
    draw.rectangle((0, 0, w, h), fill=(238, 238, 234))
    draw.line((30, 74, w - 30, 74), fill=lines[0], width=12)
    for x in np.linspace(44, w - 44, 17).tolist():
        draw.ellipse((x - 9, 65, x + 9, 83), fill=(250, 250, 250), outline=(30, 30, 34), width=3)
        draw.rectangle((x - 4, 52 - int(rng.integers(14, 40)), x + 2, 54), fill=(70, 70, 76))
        if rng.random() < 0.3:
            draw.ellipse((x - 8, 94, x + 8, 110), fill=lines[int(rng.integers(len(lines)))])
