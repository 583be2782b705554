"""A board's look moves a picture toward the board without a step, a clip or a fold; a neutral board moves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from secondunit_engine.finish.display import apply_lut
from secondunit_engine.finish.mood_look import (
    EDGE,
    NEUTRAL_LEVELS,
    NEUTRAL_SATURATION,
    look_from,
    make_cube,
    tone_curve,
)
from secondunit_engine.oklab import to_oklab
from secondunit_engine.script.mood_board import Mood, MoodBoard

NEUTRAL = Mood("", (), NEUTRAL_LEVELS, 5.0, "neutral", 6500.0, NEUTRAL_SATURATION, (0, 0), (0, 0), (0, 0), 0.0, 0.0)
DARK = replace(
    NEUTRAL, levels=(0.05, 0.12, 0.22, 0.4, 0.7), shadows=(0.0, -0.03), highlights=(0.02, 0.05), saturation=0.02
)
PALE = replace(
    NEUTRAL, levels=(0.5, 0.7, 0.82, 0.9, 0.98), shadows=(-0.02, -0.04), highlights=(0, -0.02), saturation=0.12
)
WILD = replace(
    NEUTRAL, levels=(0.0, 0.0, 0.01, 0.02, 0.03), shadows=(0.2, 0.2), highlights=(-0.2, -0.2), saturation=0.3
)
BOARDS = pytest.mark.parametrize("mood", [DARK, PALE, WILD], ids=["dark", "pale", "wild"])


def identity() -> np.ndarray:
    axis = np.linspace(0, 1, EDGE)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], axis=-1)


def test_a_neutral_board_leaves_every_colour_alone() -> None:
    assert np.abs(make_cube(NEUTRAL) - identity()).max() < 1e-3


@BOARDS
def test_the_tone_curve_rises_evenly(mood: Mood) -> None:
    """Monotone, black to black and white to white, never flatter or steeper than a grade may be."""
    curve = tone_curve(mood)(np.linspace(0, 1, 1001))
    slope = np.diff(curve) * 1000
    assert curve[[0, -1]] == pytest.approx([0, 1])
    assert slope.min() > 0.1
    assert slope.max() < 3.0


@BOARDS
def test_no_step_of_the_lattice_is_a_band(mood: Mood) -> None:
    """Between neighbours no channel moves by more than four steps of the lattice, and nothing leaves 0 to 1."""
    cube = make_cube(mood)
    assert cube.min() >= 0
    assert cube.max() <= 1
    for axis in range(3):
        assert np.abs(np.diff(cube, axis=axis)).max() < 4 / (EDGE - 1)


@BOARDS
def test_the_grey_axis_is_smooth_and_keeps_black_and_white(mood: Mood) -> None:
    """Grey ramps keep their order in every channel and do not kink."""
    grey = make_cube(mood)[np.arange(EDGE), np.arange(EDGE), np.arange(EDGE)]  # (E, 3)
    np.testing.assert_allclose(grey[[0, -1]], [[0, 0, 0], [1, 1, 1]], atol=2e-3)
    luminance = grey**2.4 @ [0.2126729, 0.7151522, 0.0721750]
    assert (np.diff(luminance) > 0).all()
    assert np.abs(np.diff(grey, n=2, axis=0)).max() < 0.025


def test_a_picture_moves_toward_its_board(tmp_path: Path) -> None:
    """Through the engine's own LUT reader: darker with warm lights for one board, lighter and bluer for the other."""
    rng = np.random.Generator(np.random.PCG64(1))
    picture = np.clip(0.5 + 0.18 * rng.standard_normal((60, 80, 1)) + 0.04 * rng.standard_normal((60, 80, 3)), 0, 1)
    seen = {}
    for name, mood in (("none", NEUTRAL), ("dark", DARK), ("pale", PALE)):
        path = tmp_path / f"{name}.cube"
        path.write_text(look_from(MoodBoard((mood,), mood)))
        seen[name] = to_oklab(apply_lut(picture.astype(np.float32), str(path)).astype(float) ** 2.4)
    np.testing.assert_allclose(seen["none"], to_oklab(picture**2.4), atol=2e-3)
    middles = {name: np.median(lab[..., 0]) for name, lab in seen.items()}
    assert middles["dark"] < middles["none"] - 0.08
    assert middles["pale"] > middles["none"] + 0.05
    bright = {name: lab[lab[..., 0] > np.median(lab[..., 0])][:, 2].mean() for name, lab in seen.items()}
    assert bright["dark"] > bright["none"] + 0.006
    assert bright["pale"] < bright["none"] - 0.006
    chroma = {name: np.hypot(lab[..., 1], lab[..., 2]).std() for name, lab in seen.items()}
    assert chroma["pale"] > chroma["none"] > chroma["dark"]


def test_the_same_board_gives_the_same_text() -> None:
    text = look_from(MoodBoard((DARK,), DARK))
    assert text == look_from(MoodBoard((DARK,), DARK))
    assert len(text.splitlines()) == 4 + EDGE**3
