"""The contact sheet: the day's takes on one page, as a script supervisor would lay them out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

_MARGIN, _GAP, _SLATE = 36, 14, 300
_FRAME = 480  # width of one still on the sheet
_WAVE = 44
_PAPER, _INK, _FAINT, _LINE, _WAVES = (16, 16, 18), (232, 230, 224), (140, 138, 132), (52, 52, 56), (214, 158, 84)


@dataclass(frozen=True)
class Strip:
    """One take on the sheet: its slate, its stills in order, and its sound."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    stills: tuple[Path, ...]
    sound: Path | None = None


def draw_contact_sheet(title: str, subtitle: str, strips: Sequence[Strip], path: Path) -> None:
    """Draw the takes, one below another, and write an sRGB PNG to `path`."""
    stills = [[Picture.open(still).convert("RGB") for still in strip.stills] for strip in strips]
    heights = [round(_FRAME * row[0].height / row[0].width) for row in stills]
    columns = max(len(row) for row in stills)
    width = 2 * _MARGIN + _SLATE + columns * (_FRAME + _GAP)
    height = 2 * _MARGIN + 92 + sum(each + _WAVE + 3 * _GAP for each in heights)
    sheet = Picture.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_MARGIN, _MARGIN - 6), title, font=_font(38), fill=_INK)
    pen.text((_MARGIN, _MARGIN + 44), subtitle, font=_font(17), fill=_FAINT)
    top = _MARGIN + 92
    for strip, row, tall in zip(strips, stills, heights, strict=True):
        pen.line([(_MARGIN, top - _GAP), (width - _MARGIN, top - _GAP)], fill=_LINE)
        _draw_slate(pen, strip, top)
        for column, still in enumerate(row):
            left = _MARGIN + _SLATE + column * (_FRAME + _GAP)
            sheet.paste(still.resize((_FRAME, tall), Picture.Resampling.LANCZOS), (left, top))
        if strip.sound is not None:
            _draw_wave(pen, strip.sound, _MARGIN + _SLATE, top + tall + 6, columns * (_FRAME + _GAP) - _GAP)
        top += tall + _WAVE + 3 * _GAP
    sheet.save(path, format="PNG")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _draw_slate(pen: ImageDraw.ImageDraw, strip: Strip, top: int) -> None:
    pen.text((_MARGIN, top - 4), strip.title, font=_font(30), fill=_INK)
    y = top + 36
    for line in (strip.subtitle, *strip.lines):
        for piece in _wrap(pen, line):
            pen.text((_MARGIN, y), piece, font=_font(16), fill=_INK if line == strip.subtitle else _FAINT)
            y += 22


def _wrap(pen: ImageDraw.ImageDraw, line: str) -> list[str]:
    """Break a line at spaces so that it fits the slate."""
    pieces = [""]
    for word in line.split():
        longer = f"{pieces[-1]} {word}".strip()
        if pieces[-1] and pen.textlength(longer, font=_font(16)) > _SLATE - 2 * _GAP:
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def _draw_wave(pen: ImageDraw.ImageDraw, sound: Path, left: int, top: int, width: int) -> None:
    """The mix as peak bars, full scale top to bottom."""
    samples = np.abs(soundfile.read(sound, dtype="float32", always_2d=True)[0]).max(axis=1)  # (samples,)
    edges = np.linspace(0, len(samples), width // 3 + 1).astype(int)
    middle = top + _WAVE // 2
    for column, (start, end) in enumerate(itertools.pairwise(edges)):
        peak = float(samples[start : max(end, start + 1)].max(initial=0.0)) ** 0.5
        reach = max(1, round(peak * _WAVE / 2))
        pen.line([(left + 3 * column, middle - reach), (left + 3 * column, middle + reach)], fill=_WAVES)
