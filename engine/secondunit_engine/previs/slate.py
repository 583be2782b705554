"""What is burnt into the matte of a previs frame: all that an editor, a gaffer and a focus puller ask about a shot."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from secondunit_engine.layers import told
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.previs.focus import focus_at
from secondunit_engine.products import product_key
from secondunit_engine.world.framing import Pose

Picture = NDArray[np.uint8]
Row = tuple[str, str, str]  # left, middle, right
HOUR = 1  # the film's first frame is 01:00:00:00
_FIRST, _SECOND = 0.10, 0.54  # where a bar's lines begin, of its height
_BAR = 0.11  # height of each matte bar, of the picture's
_RED, _BLACK = (255, 96, 84), (0, 0, 0)
_INK, _FAINT, _MATTE, _MARK = (236, 234, 228), (150, 148, 142), (12, 12, 14), (226, 170, 92)


@dataclass(frozen=True)
class Slate:
    """What a shot's burn-in says beside what the plan says. `first` is the film's frame at which the shot begins."""

    first: int = 0
    take: int = 1
    handles: int = 0


def plan_hash(shot: ShotPlan) -> str:
    """Eight digits that change whenever what is made of the shot would."""
    return product_key("shot", told(shot))[:8]


def timecode(shot: ShotPlan, slate: Slate, frame: int) -> str:
    return shot.rate.timecode(HOUR * 3600 * shot.rate.nominal + slate.first + frame)


def bar_height(height: int) -> int:
    """Height of a matte bar for a picture of that height; even, for the encoder."""
    return 2 * math.ceil(_BAR * height / 2)


def _clock_row(shot: ShotPlan, slate: Slate, frame: int) -> Row:
    handles = f"  handles {slate.handles}" if slate.handles else ""
    return (
        f"{shot.scene}  {shot.id}  T{slate.take:03d}",
        timecode(shot, slate, frame),
        f"{frame + 1}/{shot.frames}{handles}",
    )


def describe(shot: ShotPlan, pose: Pose, slate: Slate, frame: int) -> tuple[Row, ...]:
    """The lines of the matte as (left, middle, right): two above the picture, two below."""
    camera, lights = shot.camera, shot.lights
    focused, focus = focus_at(shot, frame, pose)
    tilt = math.degrees(math.asin(max(-1.0, min(1.0, float(pose.forward[1])))))
    side = {1: "line R", -1: "line L"}.get(camera.line_side, "no line")
    move = camera.move if camera.move == "static" else f"{camera.move} x{camera.speed:g}"
    key = f"{lights.key} key" + (f" {lights.ratio:g}:1" if lights.ratio else "")
    key += f" {lights.kelvin:.0f} K" if lights.kelvin else ""
    return (
        _clock_row(shot, slate, frame),
        (
            f"{camera.setup} {camera.size}  {camera.lens_said}  T{camera.t_stop:g}",
            f"focus {focus:.2f} m on {focused}",
            f"{camera.aperture_mm[0]:g} x {camera.aperture_mm[1]:.4g} mm  16:9",
        ),
        (
            f"cam h {float(pose.eye[1]):.2f} m  tilt {tilt:+.0f}  roll {pose.roll:+.0f}  d {pose.distance:.2f} m",
            f"{move}, {camera.rig}",
            side,
        ),
        (key, f"seed {shot.seed}", f"plan {plan_hash(shot)}"),
    )


def burn_in(picture: Picture, shot: ShotPlan, pose: Pose, slate: Slate, frame: int) -> Picture:
    """The picture [H, W, 3] between its matte bars, with what is said and read at this frame."""
    height, width = picture.shape[:2]
    bar = bar_height(height)
    sheet = Image.new("RGB", (width, height + 2 * bar), _MATTE)
    sheet.paste(Image.fromarray(picture), (0, bar))
    pen = ImageDraw.Draw(sheet)
    size = max(9, bar // 3)
    font = ImageFont.load_default(size)
    rows = describe(shot, pose, slate, frame)
    tops = (bar * _FIRST, bar * _SECOND, bar + height + bar * _FIRST, bar + height + bar * _SECOND)
    for row, top in zip(rows, tops, strict=True):
        _write_row(pen, row, top, width, font)
    _write_words(pen, shot, frame, width, bar, height)
    return np.asarray(sheet)


def clock_rows(shot: ShotPlan, slate: Slate, frame: int, width: int, height: int) -> Picture:
    """The first line of the matte anew, for a frame that holds its drawing: [rows, W, 3], from the sheet's top.

    `width` and `height` are the picture's.
    """
    bar = bar_height(height)
    strip = Image.new("RGB", (width, 2 * int(bar * _SECOND / 2)), _MATTE)
    font = ImageFont.load_default(max(9, bar // 3))
    _write_row(ImageDraw.Draw(strip), _clock_row(shot, slate, frame), bar * _FIRST, width, font)
    return np.asarray(strip)


def _write_row(
    pen: ImageDraw.ImageDraw, row: Row, top: float, width: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> None:
    places, colors = (8, width // 2, width - 8), (_INK, _MARK, _FAINT)
    for text, anchor, x, color in zip(row, ("la", "ma", "ra"), places, colors, strict=True):
        pen.text((x, top), text, font=font, fill=color, anchor=anchor)


def _write_words(pen: ImageDraw.ImageDraw, shot: ShotPlan, frame: int, width: int, bar: int, height: int) -> None:
    """The line that is spoken, the title that is read, and the stunt marks."""
    said = next((line for line in shot.dialogue if line.start <= frame < line.start + line.frames), None)
    large, small = ImageFont.load_default(max(11, height // 20)), ImageFont.load_default(max(10, height // 26))
    if said is not None:
        words = f"{said.character.upper()}: {said.text}" if said.character else said.text
        _draw_wrapped(pen, words, (width // 2, bar + height - height // 28), large, int(width * 0.86))
    for row, graphic in enumerate(g for g in shot.graphics if g.start <= frame < g.start + g.frames):
        words = f"[{graphic.sponsor}]" if graphic.sponsor else graphic.text
        pen.text((width // 2, bar + height // 8 + row * height // 14), words, font=large, fill=_INK, anchor="mm",
                 stroke_width=2, stroke_fill=_BLACK)  # fmt: skip
    if shot.stunts:
        kinds = ", ".join(dict.fromkeys(mark.kind for mark in shot.stunts))
        pen.text(
            (10, bar + 8), f"STUNT: {kinds}", font=small, fill=(255, 96, 84), stroke_width=2, stroke_fill=(0, 0, 0)
        )


def _draw_wrapped(
    pen: ImageDraw.ImageDraw,
    words: str,
    foot: tuple[int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    width: int,
) -> None:
    """Centred lines above a point, outlined so that they read on any picture."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=font) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    text = "\n".join(lines[-3:])
    pen.multiline_text(
        foot, text, font=font, fill=_INK, anchor="md", align="center", stroke_width=2, stroke_fill=(0, 0, 0)
    )
