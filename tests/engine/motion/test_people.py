"""People act what the plan says, frame by frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.cast.body import build_body
from secondunit_engine.motion.performance import perform
from secondunit_engine.motion.speech import speak
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, CastPlan, DialoguePlan, SetPlan, ShotPlan

BEN = CastPlan("BEN", gender=0.0, seed=4, emotion="joy", intensity=0.8)
SHOT = ShotPlan("sh010", "1", "", 96, Rate(24), 7, SetPlan("bedroom_studio"), CameraPlan("MCU"), cast=(BEN,))
LINE = DialoguePlan("BEN", "What is up, everybody!", 24, 48)


def test_lips_move_during_the_line_and_rest_outside_it() -> None:
    shapes, voice = speak([(LINE.text, LINE.start, LINE.frames)], 96, 24.0)
    jaw = shapes["jawOpen"]
    assert jaw[28:68].max() > 0.12
    assert max(jaw[:18].max(), jaw[80:].max()) < 0.01
    assert voice[40] > 0.5
    assert voice[0] < 0.05


def test_speech_never_opens_the_mouth_wide() -> None:
    shapes, _ = speak([("Aaaa! Ah, what a car; a star, afar!", 0, 60)], 72, 24.0)
    assert 0.15 < shapes["jawOpen"].max() < 0.35


def test_a_silent_member_keeps_their_mouth_shut_and_still_blinks() -> None:
    performance = perform(SHOT, BEN, build_body(BEN), None)
    assert performance.poses.actions.get("jawOpen", np.zeros(1)).max() < 0.05
    assert performance.poses.actions["eyeBlinkLeft"].max() > 0.7


def test_eyes_stay_on_the_lens_while_the_head_moves() -> None:
    """The line of sight passes within a few degrees of the lens for most of the shot."""
    body = build_body(BEN)
    lens = np.array([0.3, 1.6, 1.5])
    performance = perform(replace(SHOT, dialogue=(LINE,)), BEN, body, lens)
    bone = performance.poses.bones[:, body.anatomy.bone("eye.L")]  # (F, 3, 4)
    eye = np.einsum("fij,j->fi", bone[..., :3], body.joints[body.anatomy.bone("eye.L")]) + bone[..., 3]
    sight, wanted = bone[:, :, 2], lens - eye
    cosine = (sight * wanted).sum(axis=1) / np.linalg.norm(wanted, axis=1)
    assert np.degrees(np.arccos(np.clip(np.median(cosine), -1, 1))) < 4.0


@pytest.mark.parametrize("frames", [1, 2, 8, 12])
def test_somebody_talks_in_a_shot_of_a_few_frames(frames: int) -> None:
    shot = replace(SHOT, frames=frames, dialogue=(replace(LINE, start=0, frames=frames),))
    performance = perform(shot, BEN, build_body(BEN), np.array([0.3, 1.6, 1.5]))
    assert {share.shape for share in performance.poses.actions.values()} == {(frames,)}


def test_a_walk_arrives_at_the_mark() -> None:
    shot = replace(SHOT, actions=(ActionPlan("BEN", "walk", 0, 72),))
    performance = perform(shot, BEN, build_body(BEN), None)
    assert performance.shift[0, 2] == pytest.approx(-3.0 * 1.25, abs=0.05)
    assert np.abs(performance.shift[80:]).max() < 1e-9
    speed = np.diff(performance.shift[20:50, 2]) * 24
    assert speed == pytest.approx(np.full(29, 1.25), abs=1e-6)


def test_the_same_shot_is_played_the_same_way_and_another_seed_differently() -> None:
    body = build_body(BEN)
    first, again = perform(SHOT, BEN, body, None), perform(SHOT, BEN, body, None)
    other = perform(replace(SHOT, seed=8), BEN, body, None)
    assert np.array_equal(first.poses.bones, again.poses.bones)
    assert not np.array_equal(first.poses.bones, other.poses.bones)
