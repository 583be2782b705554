"""What a mood board changes of a plan: its light, its paint and its look, and which picture led to what."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from secondunit_engine.color import encode_srgb
from secondunit_engine.finish.mood_look import NEUTRAL_SATURATION, look_from, saturation, split_tones
from secondunit_engine.finish.temperature import NEUTRAL
from secondunit_engine.oklab import from_oklab
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.lighting import before_shift, camera_axis
from secondunit_engine.planning.plan import LightPlan, MoodNote, ShotPlan
from secondunit_engine.script.mood_board import Key, MoodBoard

_EXPOSURE: Final[dict[Key, float]] = {
    "low": -0.5,
    "neutral": 0.0,
    "high": 0.3,
}  # stops, on top of what the key style does
_MOST_SHIFT: Final = 1200.0  # how far the set's own lamps are warmed or cooled [K]
_SHIFT: Final = 0.5  # how far they go toward the board
_SURE: Final = 0.45  # confidence from which the direction of a board's light is believed
_HAZY: Final = 0.25
_TINT: Final = 0.6  # how far the paint goes toward the board's mean colour
_TINT_RANGE: Final = (0.8, 1.25)


def apply_mood(board: MoodBoard, shots: tuple[ShotPlan, ...]) -> tuple[tuple[ShotPlan, ...], str, tuple[MoodNote, ...]]:
    """The shots lit and painted after a board, the text of its look's .cube file, and a note on each decision."""
    tint = tint_from(board)
    lit = tuple(
        replace(
            shot,
            set=replace(shot.set, tint=tint),
            lights=light_from(board, shot.lights, camera_axis(floor_at(shot.set))),
        )
        for shot in shots
    )
    return lit, look_from(board), explain(board)


def light_from(board: MoodBoard, plan: LightPlan, axis: float | None = None) -> LightPlan:
    """A light plan after a board: key style, ratio, exposure, temperature, haze.

    A key that a scene already motivates stays where it is; one that is left to the gaffer is put on the side from
    which the board is lit, 50 degrees off the camera's `axis` (degrees about Y), if the board is sure of it.
    """
    whole = board.whole
    plan = replace(plan, key=whole.key, ratio=board_ratio(board), exposure=plan.exposure + _EXPOSURE[whole.key])
    if whole.kelvin is not None:
        shift = plan.temperature_shift + board_shift(board)
        plan = replace(plan, temperature_shift=shift, kelvin=before_shift(whole.kelvin, shift))
    if axis is not None and plan.key_bearing is None and is_sided(board):
        side = 1.0 if whole.light[0] > 0 else -1.0
        plan = replace(plan, key_bearing=(axis + side * 50.0) % 360.0, motivated_by="the light of the mood board")
    if is_hazy(board) and plan.volumetrics == "none":
        plan = replace(plan, volumetrics="haze")
    return plan


def board_ratio(board: MoodBoard) -> float:
    """Key to fill by the contrast of the board: four stops want 2.4 to 1, six want 5.7, eight 13."""
    return float(np.clip(2 ** ((board.whole.contrast - 2) / 1.6), 1.5, 16.0))


def board_shift(board: MoodBoard) -> float:
    """The shift of the set's own lamps [K], warmer is positive."""
    if board.whole.kelvin is None:
        return 0.0
    return float(np.clip(_SHIFT * (NEUTRAL - board.whole.kelvin), -_MOST_SHIFT, _MOST_SHIFT))


def is_sided(board: MoodBoard) -> bool:
    """Whether the board's light surely comes from one side."""
    right, up = board.whole.light
    return board.whole.confidence >= _SURE and abs(right) > abs(up)


def is_hazy(board: MoodBoard) -> bool:
    return board.whole.haze > _HAZY and board.whole.key != "high"


def tint_from(board: MoodBoard) -> tuple[float, float, float]:
    """Gains on the set's paint, linear Rec.709: toward the mean colour of the board, as bright as before."""
    whole = board.whole
    a, b = (_TINT * (low + high) / 2 for low, high in zip(whole.shadows, whole.highlights, strict=True))
    gains = from_oklab([0.7, a, b]) / from_oklab([0.7, 0.0, 0.0])
    gains = np.clip(gains / float(gains @ [0.2126729, 0.7151522, 0.0721750]), *_TINT_RANGE)
    red, green, blue = np.round(gains, 4).tolist()
    return red, green, blue


def explain(board: MoodBoard) -> tuple[MoodNote, ...]:
    """For each decision the picture that led to it: the one that stands nearest to the board's middle."""
    whole = board.whole
    notes: list[MoodNote] = []

    def note(image: str, feature: str, led_to: str) -> None:
        notes.append(MoodNote(image, feature, led_to))

    middle = board.nearest(lambda mood: mood.levels[2])
    note(middle.name, f"middle lightness {middle.levels[2]:.2f}", f"{whole.key} key, {_EXPOSURE[whole.key]:+.1f} stops")
    deep = board.nearest(lambda mood: mood.contrast)
    note(deep.name, f"contrast {deep.contrast:.1f} stops", f"key to fill {board_ratio(board):.1f} to 1")
    note(middle.name, "lightness from black to white", "the tone curve of the look")
    if whole.kelvin is None:
        note(middle.name, "its light is coloured, not warm or cool", "the temperature of the lamps is left alone")
    else:
        warm = board.nearest(lambda mood: mood.kelvin)
        shift = board_shift(board)
        kelvin = f"light of {warm.kelvin:.0f} K" if warm.kelvin is not None else "its light"
        note(warm.name, kelvin, f"a key of {whole.kelvin:.0f} K, the set's lamps shifted {shift:+.0f} K")
    notes += _explain_colour(board)
    if is_sided(board):
        lit = board.nearest(lambda mood: mood.light[0])
        side = "right" if whole.light[0] > 0 else "left"
        note(lit.name, f"lit from the {side}", f"a key from camera {side} where the scene does not motivate another")
    if is_hazy(board):
        hazy = board.nearest(lambda mood: mood.haze)
        note(hazy.name, f"blacks lifted to {hazy.haze:.2f}", "haze in the air")
    notes += _explain_quarrels(board)
    notes += [MoodNote(name, "not a picture we read", "left out") for name in board.left_out]
    return tuple(notes)


def _explain_colour(board: MoodBoard) -> list[MoodNote]:
    """Notes on the split tone, the saturation, the tint and the palette."""
    whole = board.whole
    low, high = split_tones(whole)
    dark = board.nearest(lambda mood: mood.shadows[1])
    light = board.nearest(lambda mood: mood.highlights[1])
    vivid = board.nearest(lambda mood: mood.saturation)
    gains = ", ".join(f"{gain:.2f}" for gain in tint_from(board))
    more = "more" if whole.saturation > NEUTRAL_SATURATION else "less"
    return [
        MoodNote(dark.name, f"{_hue(*whole.shadows)} shadows", f"shadows of the look toward {_hue(*low)}"),
        MoodNote(light.name, f"{_hue(*whole.highlights)} highlights", f"highlights of the look toward {_hue(*high)}"),
        MoodNote(
            vivid.name, f"chroma {vivid.saturation:.3f}, {more} than neutral", f"saturation {saturation(whole):.2f}"
        ),
        *(
            MoodNote(
                swatch.picture, f"colour {_hex(swatch.color)}, {swatch.share:.0%} of the board", f"paint by {gains}"
            )
            for swatch in whole.palette[:3]
        ),
    ]


def _explain_quarrels(board: MoodBoard) -> list[MoodNote]:
    """Where the pictures do not agree, the two that are farthest apart, and that the middle was taken."""
    notes: list[MoodNote] = []
    warm = sorted((mood for mood in board.pictures if mood.kelvin), key=lambda mood: mood.kelvin or 0.0)
    if len(warm) > 1 and (warm[-1].kelvin or 0) > 1.6 * (warm[0].kelvin or 0):
        feature = f"light of {warm[0].kelvin:.0f} K, where {warm[-1].name} has {warm[-1].kelvin:.0f} K"
        notes.append(MoodNote(warm[0].name, feature, "the pictures disagree on temperature: the middle is taken"))
    keyed = sorted(board.pictures, key=lambda mood: mood.levels[2])
    if keyed[0].key == "low" and keyed[-1].key == "high":
        feature = f"low key, where {keyed[-1].name} is high key"
        notes.append(MoodNote(keyed[0].name, feature, "the pictures disagree on key: the middle is taken"))
    return notes


def _hue(a: float, b: float) -> str:
    """A hue in OKLab in a word."""
    if np.hypot(a, b) < 0.004:
        return "neutral"
    names = ("pink", "orange", "yellow", "green", "green", "cyan", "blue", "violet")
    return names[round(float(np.degrees(np.arctan2(b, a))) % 360 / 45) % 8]


def _hex(color: tuple[float, float, float]) -> str:
    red, green, blue = (encode_srgb(np.array(color)) * 255 + 0.5).astype(int).tolist()
    return f"#{red:02x}{green:02x}{blue:02x}"
