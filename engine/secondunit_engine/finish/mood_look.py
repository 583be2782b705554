"""The look of a mood board: a 3D LUT that moves a neutral picture toward the board's tones and colours.

It works on the display-referred Rec.709 picture that the view made (2.4 gamma): a rising curve a channel, of the
board's tones and of its split tone, then saturation. Half of the way is gone at most, since a film is not its board.
Curves keep every colour on the display and saturation leaves room, so nothing is clipped; black and white stay.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from secondunit_engine.oklab import from_oklab
from secondunit_engine.script.mood_board import Mood, MoodBoard

Array = NDArray[np.float64]

EDGE: Final = 33
# A neutral picture: lightness at mood_board.LEVELS of a full scale at middle key, and how colourful it is on average.
NEUTRAL_LEVELS: Final = (0.16, 0.34, 0.53, 0.70, 0.91)
NEUTRAL_SATURATION: Final = 0.05
_GAMMA: Final = 2.4
_LIGHTNESS: Final = _GAMMA / 3  # OKLab's lightness of a grey of code value v is v to this power
_LUMA: Final = np.array([0.2126, 0.7152, 0.0722])
_WAY: Final = 0.5  # how far the tones go toward the board at most
_SLOPES: Final = (0.5, 2.0)  # the flattest and the steepest that the tone curve may be
_SPLIT: Final = 0.6  # how far the split tone goes
_MOST_SPLIT: Final = 0.035  # in OKLab's a and b
_SATURATION: Final = (0.7, 1.35)


def look_from(board: MoodBoard) -> str:
    """The board's look as the text of a .cube file of 33 points, for `Look.lut`."""
    rows = make_cube(board.whole).reshape(-1, 3)
    lines = ['TITLE "Mood board"', f"LUT_3D_SIZE {EDGE}", "DOMAIN_MIN 0 0 0", "DOMAIN_MAX 1 1 1"]
    return "\n".join([*lines, *(f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in rows.tolist())]) + "\n"


def make_cube(mood: Mood) -> Array:
    """Code values 0 to 1 on the lattice, shape [blue, green, red, 3]: red changes fastest, as in a .cube file."""
    axis = np.linspace(0, 1, EDGE)
    red, green, blue = (channel_curve(mood, axis)[:, k] for k in range(3))
    b, g, r = np.meshgrid(blue, green, red, indexing="ij")
    return np.clip(_saturate(np.stack([r, g, b], axis=-1), saturation(mood)), 0, 1)


def channel_curve(mood: Mood, code: Array) -> Array:
    """Code values in, shape [N], to those of red, green and blue out, shape [N, 3]: tone, then split tone, which is a
    smooth bump that vanishes at black and at white."""
    toned = tone_curve(mood)(code**_LIGHTNESS) ** (1 / _LIGHTNESS)  # (N,)
    low, high = (_as_code(tone, at) for tone, at in zip(split_tones(mood), (0.45, 0.75), strict=True))
    v = toned[:, None]
    return v + low * (6.75 * v * (1 - v) ** 2) + high * (6.75 * v**2 * (1 - v))


def tone_curve(mood: Mood) -> PchipInterpolator:
    """Lightness in to lightness out, 0 to 1, monotone (Fritsch and Carlson 1980).

    It goes half of the way to the board, or as far as its slopes stay within _SLOPES.
    """
    have, board = np.array([0.0, *NEUTRAL_LEVELS, 1.0]), np.array([0.0, *mood.levels, 1.0])
    slopes = np.diff(board) / np.diff(have)
    low, high = _SLOPES
    limits = [(high - 1) / (slope - 1) if slope > high else (1 - low) / (1 - slope) for slope in slopes.tolist()
              if not low <= slope <= high]  # fmt: skip
    way = min([_WAY, *limits])
    return PchipInterpolator(have, (1 - way) * have + way * board)


def split_tones(mood: Mood) -> tuple[Array, Array]:
    """What is added to OKLab's a and b in the shadows and in the highlights, shape [2] each."""
    tones = [np.array(tone) * _SPLIT for tone in (mood.shadows, mood.highlights)]
    lengths = [max(float(np.linalg.norm(tone)), 1e-9) for tone in tones]
    low, high = (tone * min(1.0, _MOST_SPLIT / length) for tone, length in zip(tones, lengths, strict=True))
    return low, high


def _as_code(tone: Array, lightness: float) -> Array:
    """A shift of a and b as one of code values at a lightness, without change of luma, shape [3]."""
    shifted = np.maximum(from_oklab([lightness, *tone]), 0.0) ** (1 / _GAMMA)
    delta = shifted - from_oklab([lightness, 0.0, 0.0]) ** (1 / _GAMMA)
    return np.clip(delta - float(delta @ _LUMA), -0.1, 0.1)


def saturation(mood: Mood) -> float:
    """The gain on colour: by the square root of how much more colourful the board is than a neutral picture."""
    return float(np.clip(np.sqrt(mood.saturation / NEUTRAL_SATURATION), *_SATURATION))


def _saturate(code: Array, gain: float) -> Array:
    """Colours moved from or to their luma, (..., 3); the nearer to the display's limits, the less one moves out."""
    luma = (code @ _LUMA)[..., None]
    away = code - luma
    used = np.maximum(away.max(axis=-1, keepdims=True) / np.maximum(1 - luma, 1e-9),
                      -away.min(axis=-1, keepdims=True) / np.maximum(luma, 1e-9))  # fmt: skip
    return luma + away * (1 + (gain - 1) * (1 - np.clip(used, 0, 1) if gain > 1 else 1.0))
