"""Signs of a street: painted and lit fascias from one picture, neon words, blade signs, lit panels.

All names are made up. Where the future has a script of its own, its glyphs are strokes that mean nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from secondunit_engine.color import decode_srgb
from secondunit_engine.world import shapes
from secondunit_engine.world.author import RGB, Mesh
from secondunit_engine.world.kit import Kit, bars
from secondunit_engine.world.props.neon_sign import neon_word, word_width

ROWS: Final = 16  # signs in the picture, each 1024 x 64 pixels: sixteen times as long as high
NEON: Final[dict[str, RGB]] = {
    "neon_red": (30.0, 1.6, 0.9),
    "neon_blue": (1.2, 9.0, 26.0),
    "neon_pink": (26.0, 1.3, 14.0),
}
_OLD: Final = (
    "HARPER'S LUNCH",
    "M. ROTH  TAILOR",
    "LUCKY CIGAR STORE",
    "HOTEL MARLOWE",
    "ORPHEUM BILLIARDS",
    "LOANS & PAWN",
    "VALENTINE FLORIST",
    "CORNER DRUGS",
    "EASTSIDE HARDWARE",
    "MURPHY & SONS",
    "THE BLUE LANTERN",
    "RADIO REPAIR",
    "CHOP HOUSE",
    "DELANEY'S BAR",
    "PENNY ARCADE",
    "FINE HATS",
)
_NOW: Final = (
    "LUNA COFFEE",
    "MARKET & DELI",
    "NORTH BOOKS",
    "GOLDEN NOODLE",
    "WASH & FOLD",
    "IVY FLOWERS",
    "RECORD EXCHANGE",
    "OPTICA",
    "BAKERY",
    "CORNER PHARMACY",
    "THE LOCAL BAR",
    "BARBER",
    "PIZZA BY THE SLICE",
    "CYCLE WORKS",
    "TEA HOUSE",
    "HARDWARE",
)
_NEXT: Final = (
    "SYNTH NOODLE",
    "MEMORY CLINIC",
    "NEURO BAR",
    "ZERO-G GYM",
    "ORBIT HOTEL",
    "PULSE",
    "CHROME REPAIR",
    "DATA PAWN",
    "KIOSK 9",
    "OXYGEN",
    "LUCID DREAMS",
    "NIGHT MARKET",
    "DRONE PARTS",
    "HALO",
    "VOID CLUB",
    "SOY KITCHEN",
)
_WORDS: Final = {
    "old": ("BAR", "HOTEL", "DINER", "LOANS", "BILLIARDS", "GRILL", "DANCING", "EATS", "DRUGS", "CLUB"),
    "present": ("BAR", "OPEN", "PIZZA", "HOTEL", "NOODLES", "CLUB", "COFFEE", "RECORDS", "TACOS", "CINEMA"),
    "future": ("SYNTH", "CLUB", "NEURO", "HOTEL", "ZERO", "NOODLES", "VOID", "PULSE", "BAR", "ORBIT"),
}


def _age(era: str) -> str:
    return era if era in ("present", "future") else "old"


def words_of(era: str) -> tuple[str, ...]:
    """Words for neon in this era."""
    return _WORDS[_age(era)]


def fascias(seed: int, era: str) -> NDArray[np.floating]:
    """The picture of all fascias, linear Rec.709, shape [1024, 1024, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 31]))
    lines = {"old": _OLD, "present": _NOW, "future": _NEXT}[_age(era)]
    grounds = (
        ("#101418", "#f2e7c9"),
        ("#5c1015", "#f6dfae"),
        ("#12351f", "#ecd9a0"),
        ("#f0e6d0", "#222222"),
        ("#1b2a4a", "#ffffff"),
        ("#c9a227", "#1a1206"),
        ("#222222", "#ff7a3c"),
        ("#e8e8e8", "#b3121d"),
    )
    if era == "future":
        grounds = (("#05060a", "#4df3ff"), ("#0a0208", "#ff4fa3"), ("#03070c", "#ffd24d"), ("#0d0420", "#b48cff"))
    picture = Image.new("RGB", (1024, 64 * ROWS))
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        ground, ink = grounds[int(rng.integers(len(grounds)))]
        pen.rectangle((0, 64 * row, 1024, 64 * row + 63), fill=ground)
        pen.rectangle((6, 64 * row + 4, 1017, 64 * row + 59), outline=ink, width=2)
        font = ImageFont.load_default(int(rng.integers(38, 46)))
        width = pen.textlength(line, font)
        pen.text(
            (512 - width / 2, 64 * row + 32), line, fill=ink, font=font, anchor="lm", stroke_width=1, stroke_fill=ink
        )
        if era == "future":
            for side in (-1, 1):
                _glyphs(pen, 512 + side * (width / 2 + 120), 64 * row + 32, 34, 4, ink, rng)
    return decode_srgb(np.asarray(picture, np.float32) / 255).astype(np.float32)


def _glyphs(
    pen: ImageDraw.ImageDraw, x: float, y: float, size: float, count: int, ink: str, rng: np.random.Generator
) -> None:
    """Characters of no language in a row about x, y."""
    for k in range(count):
        a, b = x + (k - count / 2) * size * 1.15, y - size / 2
        for _ in range(int(rng.integers(3, 6))):
            p, q = rng.integers(0, 3, 2) / 2 * size * 0.8, rng.integers(0, 3, 2) / 2 * size
            if rng.random() < 0.5:
                pen.line((a + p[0], b + q[0], a + p[1], b + q[0]), fill=ink, width=4)
            else:
                pen.line((a + p[0], b + q[0], a + p[0], b + q[1]), fill=ink, width=4)


def fascia(width: float, height: float, row: int) -> Mesh:
    """A sign that faces +Z, its lower middle at the origin, showing one row of the picture; `width` about 4 to 16
    heights: the row's middle is shown."""
    half = min(0.5, width / height / 32)
    low, high = 1 - (row + 1) / ROWS, 1 - row / ROWS
    inset = 0.002
    mesh = shapes.quad((-width / 2, 0, 0), (width / 2, 0, 0), (width / 2, height, 0), (-width / 2, height, 0))
    uvs = np.array(
        [(0.5 - half, low + inset), (0.5 + half, low + inset), (0.5 + half, high - inset), (0.5 - half, high - inset)]
    )
    return Mesh(mesh.points, mesh.triangles, mesh.normals, uvs.astype(np.float32))


def blade(word: str, height: float, material: str) -> Kit:
    """A sign that stands out from the wall at x = 0 over the pavement: neon letters one over another on both faces of
    a steel box; its foot is at the origin."""
    kit = Kit()
    tall = height / (len(word) + 0.6)
    wide, thick = tall * 0.95, 0.24
    near = 0.35
    kit.put("sign_box", bars([((-thick / 2, 0, near), (thick / 2, height, near + wide))]))
    rim = [
        ((-thick / 2 - 0.02, y, near - 0.02), (thick / 2 + 0.02, y + 0.05, near + wide + 0.02))
        for y in (-0.03, height - 0.02)
    ]
    rim += [((-thick / 2 - 0.02, 0, z - 0.02), (thick / 2 + 0.02, height, z + 0.02)) for z in (near, near + wide)]
    kit.put("iron", bars(rim), bars([((-0.03, y, 0), (0.03, y + 0.06, near)) for y in (0.15 * height, 0.85 * height)]))
    letters = []
    for k, letter in enumerate(word):
        size = tall * 0.72
        glyph = neon_word(letter, size, max(0.012, size * 0.030))
        letters.append(shapes.move(glyph, (-0.30 * size, height - (k + 0.95) * tall, 0)))
    plate = shapes.merge(letters)
    for side in (-1, 1):
        kit.put(material, shapes.move(plate, (side * (thick / 2 + 0.05), 0, near + wide / 2), 90 * side))
    return kit


def neon_line(word: str, height: float, material: str) -> Kit:
    """A word of neon that faces +Z, its lower middle at the origin."""
    kit = Kit()
    kit.put(
        material,
        shapes.move(neon_word(word, height, max(0.009, height * 0.028)), (-word_width(word, height) / 2, 0, 0.07)),
    )
    return kit


def arrow(material: str, length: float = 1.5) -> Kit:
    """A bent neon arrow that points down to a door, facing +Z."""
    kit = Kit()
    for k in range(3):
        r = length * (0.5 - 0.10 * k)
        t = np.linspace(np.pi * 0.9, 0.05, 14)
        path = np.column_stack([r * np.cos(t), r * np.sin(t), 0 * t + 0.06])
        kit.put(material, shapes.tube(path, 0.014, 6))
    tip = [(0.5 * length - 0.28, 0.10, 0.06), (0.5 * length - 0.05, -0.22, 0.06), (0.5 * length + 0.16, 0.12, 0.06)]
    kit.put(material, shapes.tube(tip, 0.014, 6))
    return kit


def screen(seed: int, rows: int = 512, columns: int = 256) -> NDArray[np.floating]:
    """An advertisement of the future: a face of light, bars and glyphs, linear Rec.709, shape [rows, columns, 3]."""
    rng = np.random.Generator(np.random.PCG64([seed, 41]))
    y, x = np.mgrid[0:rows, 0:columns] / np.array([rows, columns])[:, None, None]
    a, b = rng.random(3), rng.random(3)
    base = (a * (1 - y[..., None]) + b * y[..., None]) ** 2
    disc = np.exp(-((np.hypot((x - 0.5), (y - 0.38) * 1.6) / 0.28) ** 6))
    base = base * 0.45 + disc[..., None] * np.array([1.0, 0.55, 0.75]) * (0.5 + 0.5 * np.sin(y * 90))[..., None]
    image = Image.fromarray((np.clip(base, 0, 1) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    _glyphs(pen, columns / 2, rows * 0.78, columns * 0.17, 4, "#ffffff", rng)
    _glyphs(pen, columns / 2, rows * 0.92, columns * 0.10, 7, "#9ff7ff", rng)
    return decode_srgb(np.asarray(image, np.float32) / 255).astype(np.float32)
