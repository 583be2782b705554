"""A board changes light, paint and look, and every decision names the picture that led to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.lighting import camera_axis
from secondunit_engine.planning.mood import apply_mood, light_from, tint_from
from secondunit_engine.planning.plan import CameraPlan, LightPlan, SetPlan, ShotPlan
from secondunit_engine.script.mood_board import MoodBoard, read_mood_board
from secondunit_engine.world.tint import check_tint

SHOT = ShotPlan("sh010", "1", "", 24, Rate(24), 7, SetPlan("bedroom_studio"), CameraPlan("MCU"), LightPlan("neutral"))


def picture(path: Path, low: tuple[int, int, int], high: tuple[int, int, int], flip: bool = False) -> None:
    """A picture that goes from one sRGB colour at the left to another at the right."""
    t = np.linspace(0, 1, 160)[None, :, None] ** (1.5 if sum(low) < 30 else 0.7)
    codes = np.broadcast_to(np.array(low) * (1 - t) + np.array(high) * t, (90, 160, 3))
    Image.fromarray((codes[:, ::-1] if flip else codes).astype(np.uint8)).save(path)


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> tuple[MoodBoard, MoodBoard]:
    warm, cool = tmp_path_factory.mktemp("warm"), tmp_path_factory.mktemp("cool")
    picture(warm / "candle.png", (6, 4, 3), (190, 120, 60), flip=True)
    picture(warm / "hearth.png", (10, 6, 4), (150, 100, 55), flip=True)
    picture(cool / "ice.png", (120, 140, 165), (225, 240, 255))
    picture(cool / "snow.png", (130, 145, 165), (235, 245, 255))
    (cool / "list.txt").write_text("cold")
    return read_mood_board(warm), read_mood_board(cool)


def test_opposite_boards_light_a_shot_in_opposite_ways(boards: tuple[MoodBoard, MoodBoard]) -> None:
    warm, cool = (light_from(board, SHOT.lights) for board in boards)
    assert (warm.key, cool.key) == ("low", "high")
    assert warm.ratio > 2 * cool.ratio  # type: ignore[operator]
    assert warm.exposure < 0 < cool.exposure
    assert warm.kelvin < 5000 < 6500 < cool.kelvin  # type: ignore[operator]
    assert warm.temperature_shift > 300
    assert cool.temperature_shift < -300


def test_paint_goes_gently_toward_the_board(boards: tuple[MoodBoard, MoodBoard]) -> None:
    """Warm gains for a warm board, cool ones for a cool board, as bright as before and in bounds of a set's tint."""
    warm, cool = (tint_from(board) for board in boards)
    assert warm[0] > 1 > warm[2]
    assert cool[2] > 1 > cool[0]
    for tint in (warm, cool):
        check_tint(tint)
        assert all(0.8 <= gain <= 1.25 for gain in tint)
        assert np.dot(tint, [0.2126729, 0.7151522, 0.0721750]) == pytest.approx(1, abs=0.03)


def test_the_key_comes_from_the_boards_side_unless_the_scene_has_its_own(boards: tuple[MoodBoard, MoodBoard]) -> None:
    axis = camera_axis(floor_of("bedroom_studio"))
    (left,), _, _ = apply_mood(boards[0], (SHOT,))
    (right,), _, _ = apply_mood(boards[1], (SHOT,))
    assert left.lights.key_bearing == pytest.approx((axis - 50) % 360)
    assert right.lights.key_bearing == pytest.approx((axis + 50) % 360)
    own = replace(SHOT, lights=replace(SHOT.lights, key_bearing=123.0, motivated_by="the window"))
    (kept,), _, _ = apply_mood(boards[0], (own,))
    assert (kept.lights.key_bearing, kept.lights.motivated_by) == (123.0, "the window")


def test_every_decision_names_a_picture_of_the_board(boards: tuple[MoodBoard, MoodBoard]) -> None:
    """Key, ratio, tone curve, temperature, both split tones, saturation, paint; what is no picture is left out."""
    files = ({"candle.png", "hearth.png"}, {"ice.png", "snow.png", "list.txt"})
    told = [apply_mood(board, (SHOT,))[2] for board in boards]
    for notes, names in zip(told, files, strict=True):
        assert {note.image for note in notes} <= names
        led = " | ".join(note.led_to for note in notes)
        for word in ("key,", "to fill", "tone curve", " K", "shadows", "highlights", "saturation", "paint"):
            assert word in led, word
        assert all(note.feature for note in notes)
    assert ("list.txt", "left out") in [(note.image, note.led_to) for note in told[1]]


def test_pictures_that_quarrel_are_told(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", (6, 4, 3), (190, 120, 60))
    picture(tmp_path / "b.png", (120, 140, 165), (225, 240, 255))
    _, _, notes = apply_mood(read_mood_board(tmp_path), (SHOT,))
    quarrels = [note for note in notes if "disagree" in note.led_to]
    assert {note.image for note in quarrels} == {"a.png"}
    assert all("b.png" in note.feature for note in quarrels)
    assert len(quarrels) == 2


def test_the_same_board_gives_the_same_plan(boards: tuple[MoodBoard, MoodBoard]) -> None:
    assert apply_mood(boards[0], (SHOT, SHOT)) == apply_mood(boards[0], (SHOT, SHOT))
