"""What an arena's screens and holograms show: two invented teams, their score, marks and bars, drawn with Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from secondunit_engine.color import decode_srgb
from secondunit_engine.world import shapes, textures
from secondunit_engine.world.mesh import RGB, Mesh

Array = NDArray[np.floating]

TEAMS: Final = ("NOVA", "KITE", "ORYX", "VEGA", "RUNE", "HALO", "ZEAL", "LYNX", "ONYX", "ECHO")
_ROUNDS: Final = ("GRAND FINAL", "SEMI FINAL", "UPPER BRACKET", "TITLE MATCH")


@dataclass(frozen=True)
class Match:
    """Two teams with their colours (linear Rec.709, brightest channel 1), the score, and what is played for."""

    teams: tuple[str, str]
    colors: tuple[RGB, RGB]
    score: tuple[int, int]
    round: str


def match_of(rng: np.random.Generator) -> Match:
    """A match at random."""
    pairs: list[tuple[RGB, RGB]] = [
        ((0.02, 0.62, 1.0), (1.0, 0.03, 0.36)),
        ((0.02, 1.0, 0.55), (0.55, 0.06, 1.0)),
        ((1.0, 0.34, 0.02), (0.04, 0.32, 1.0)),
        ((1.0, 0.72, 0.08), (0.9, 0.02, 0.05)),
    ]
    first, second = rng.choice(len(TEAMS), 2, replace=False).tolist()
    return Match(
        (TEAMS[first], TEAMS[second]),
        pairs[int(rng.integers(len(pairs)))],
        (int(rng.integers(0, 4)), int(rng.integers(0, 4))),
        _ROUNDS[int(rng.integers(len(_ROUNDS)))],
    )


def write_score(folder: Path, match: Match) -> str:
    """The great screen: both names and the score, 16 x 7."""
    image, draw = _board(1536, 672)
    left, right = (_code(color) for color in match.colors)
    for side, color in ((0, left), (1, right)):
        for stripe in range(7):
            x = 60 + 95 * stripe if side == 0 else 1536 - 60 - 95 * stripe
            lean = 150 if side == 0 else -150
            dim = tuple(int(c * (0.30 - 0.04 * stripe)) for c in color)
            draw.polygon([(x, 0), (x + 48, 0), (x + 48 - lean, 672), (x - lean, 672)], fill=dim)
    a, b = match.score
    _text(draw, (768, 270), f"{match.teams[0]} {a}:{b} {match.teams[1]}", 190, (255, 255, 255))
    _text(draw, (768, 430), match.round, 74, left)
    _bars(draw, match, (120, 630), 1296, 120)
    draw.rectangle((6, 6, 1529, 665), outline=left, width=10)
    return _save(folder, "screen_score", image)


def write_team(folder: Path, match: Match, side: int) -> str:
    """A side screen: one team's name, mark and state, 9 x 7."""
    image, draw = _board(864, 672)
    color = _code(match.colors[side])
    for stripe in range(9):
        x = 40 + 110 * stripe
        draw.polygon([(x, 0), (x + 40, 0), (x - 100, 672), (x - 140, 672)], fill=tuple(int(c * 0.16) for c in color))
    _emblem(draw, (432, 190), 130, 3 + (len(match.teams[side]) + ord(match.teams[side][0])) % 5, color)
    _text(draw, (432, 400), match.teams[side], 170, (255, 255, 255))
    _text(draw, (432, 500), "AURA 91   SYNC 84", 56, color)
    _bars(draw, match, (90, 640), 684, 90, side)
    draw.rectangle((5, 5, 858, 666), outline=color, width=10)
    return _save(folder, f"screen_team{side}", image)


def write_ribbon(folder: Path, match: Match) -> str:
    """The board round the upper tier: names and arrows, 11 x 1, repeating."""
    image, draw = _board(1408, 128)
    for side in (0, 1):
        color = _code(match.colors[side])
        x = 704 * side
        _text(draw, (x + 200, 62), match.teams[side], 84, (255, 255, 255))
        for arrow in range(7):
            at = x + 360 + 48 * arrow
            draw.polygon([(at, 22), (at + 22, 22), (at + 44, 64), (at + 22, 106), (at, 106), (at + 22, 64)], fill=color)
        draw.rectangle((x, 0, x + 703, 6), fill=color)
        draw.rectangle((x, 121, x + 703, 127), fill=color)
    return _save(folder, "screen_ribbon", image)


def write_panel(folder: Path, match: Match, side: int) -> str:
    """A hologram beside a player: brackets, name, bars and a dial on black, 3 x 2."""
    image = Image.new("RGB", (768, 512))
    draw = ImageDraw.Draw(image)
    color, pale = _code(match.colors[side]), (235, 245, 255)
    for x, y, dx, dy in ((10, 10, 1, 1), (757, 10, -1, 1), (10, 501, 1, -1), (757, 501, -1, -1)):
        draw.line([(x + 90 * dx, y), (x, y), (x, y + 90 * dy)], fill=pale, width=9)
    _text(draw, (240, 90), match.teams[side], 96, pale)
    draw.rectangle((60, 150, 560, 176), outline=color, width=5)
    draw.rectangle((66, 156, 60 + 430, 170), fill=color)
    _text(draw, (300, 215), "AURA 91%   LINK OK", 40, color)
    box = (520, 250, 720, 450)
    draw.arc(box, 140, 400, fill=tuple(int(c * 0.4) for c in color), width=20)
    draw.arc(box, 140, 350, fill=color, width=20)
    _text(draw, (620, 350), "99", 80, pale)
    _bars(draw, match, (60, 470), 400, 190, side)
    return _save(folder, f"holo_panel{side}", image)


def write_band(folder: Path, match: Match) -> str:
    """The writing that turns round the hologram, 12 x 1."""
    image = Image.new("RGB", (1536, 128))
    draw = ImageDraw.Draw(image)
    words = f"{match.teams[0]} // {match.round} // {match.teams[1]} // AURA LINK //"
    _text(draw, (768, 64), words, 84, (255, 255, 255), fit=1500)
    for y in (4, 122):
        draw.line([(0, y), (1536, y)], fill=_code(match.colors[0]), width=7)
    return _save(folder, "holo_band", image)


def globe(radius: float) -> Mesh:
    """A wire globe about the origin: meridians, parallels and a denser core."""
    t = np.linspace(0, 2 * np.pi, 49)
    wires = []
    for turn in np.linspace(0, np.pi, 12, endpoint=False):
        ring = radius * np.stack([np.cos(t) * np.cos(turn), np.sin(t), np.cos(t) * np.sin(turn)], axis=-1)
        wires.append(shapes.tube(ring, 0.016, 4))
    for latitude in np.linspace(-1.2, 1.2, 9):
        own = radius * np.cos(latitude)
        ring = np.stack([own * np.cos(t), np.full(49, radius * np.sin(latitude)), own * np.sin(t)], axis=-1)
        wires.append(shapes.tube(ring, 0.014, 4))
    return shapes.merge(wires)


def crystal(radius: float, sides: int) -> Mesh:
    """A wire crystal about the origin: two rings and two tips, doubled by a smaller one inside."""
    wires = []
    for size in (radius, 0.55 * radius):
        angle = np.linspace(0, 2 * np.pi, sides + 1)
        rings = [
            np.stack([r * np.cos(angle + o), np.full(sides + 1, y), r * np.sin(angle + o)], axis=-1) * size
            for r, y, o in ((0.75, 0.45, 0.0), (0.75, -0.35, np.pi / sides))
        ]
        tips = np.array([[0, 1.25, 0], [0, -1.25, 0]]) * size
        edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
        edges += [(point, tip) for ring, tip in zip(rings, tips, strict=True) for point in ring[:-1]]
        edges += [(a, b) for a, b in zip(rings[0][:-1], rings[1][:-1], strict=True)]
        edges += [(a, b) for a, b in zip(rings[0][1:], rings[1][:-1], strict=True)]
        wires += [shapes.tube([a, b], 0.018, 4) for a, b in edges]
    return shapes.merge(wires)


def band(radius: float, height: float, repeats: int) -> Mesh:
    """An upright ring of writing that is read from outside, u 0 to `repeats` round it."""
    t = np.linspace(0, 2 * np.pi, 65)
    rings = np.stack([np.stack([radius * np.sin(t), np.full(65, y), radius * np.cos(t)], -1) for y in (0.0, height)])
    u = t / (2 * np.pi) * repeats
    return shapes.grid(rings, uvs=np.stack([np.stack([u, 0 * u], -1), np.stack([u, 0 * u + 1], -1)]))


def bars(width: float, height: float, count: int) -> Mesh:
    """Upright bars in the x-y plane about x = 0, four points each: two below and two above them."""
    step = width / count
    parts = []
    for x in (np.arange(count) - count / 2).tolist():
        left, right = x * step, (x + 0.7) * step
        parts.append(shapes.quad((left, 0, 0), (right, 0, 0), (right, height, 0), (left, height, 0)))
    return shapes.merge(parts)


def _board(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A dark screen with faint rows of diodes."""
    image = Image.new("RGB", (width, height), (5, 7, 14))
    draw = ImageDraw.Draw(image)
    for y in range(0, height, 6):
        draw.line([(0, y), (width, y)], fill=(8, 11, 20))
    return image, draw


def _text(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], words: str, size: int, color: tuple[int, ...], fit: int = 0
) -> None:
    font = ImageFont.load_default(size)
    if fit:
        font = ImageFont.load_default(size * fit / draw.textlength(words, font=font))
    draw.text(at, words, font=font, fill=color, anchor="mm", stroke_width=max(1, size // 40), stroke_fill=color)


def _bars(
    draw: ImageDraw.ImageDraw, match: Match, foot: tuple[int, int], width: int, height: int, side: int = 0
) -> None:
    rng = np.random.Generator(np.random.PCG64([ord(match.teams[side][0]), width]))
    color = tuple(int(c * 0.8) for c in _code(match.colors[side]))
    for number, level in enumerate(rng.random(width // 20).tolist()):
        x = foot[0] + 20 * number
        draw.rectangle((x, foot[1] - int(height * level**2) - 4, x + 11, foot[1]), fill=color)


def _emblem(draw: ImageDraw.ImageDraw, at: tuple[int, int], size: int, points: int, color: tuple[int, ...]) -> None:
    """A star of `points` with its inner star cut out."""
    for scale, fill in ((1.0, color), (0.55, (5, 7, 14)), (0.32, (255, 255, 255))):
        angle = np.arange(2 * points) * np.pi / points - np.pi / 2
        reach = size * scale * np.where(np.arange(2 * points) % 2 == 0, 1.0, 0.48)
        corners = np.stack([at[0] + reach * np.cos(angle), at[1] + reach * np.sin(angle)], axis=-1)
        draw.polygon([(float(x), float(y)) for x, y in corners], fill=fill)


def _code(color: RGB) -> tuple[int, int, int]:
    """A linear colour as 8-bit sRGB for the pen."""
    r, g, b = (int(255 * value ** (1 / 2.2)) for value in color)
    return r, g, b


def _save(folder: Path, name: str, image: Image.Image) -> str:
    return textures.write_color(folder, name, decode_srgb(np.asarray(image, float) / 255))
