"""People of the previs stand where the plan says, walk without skating, sit, and look at who speaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_engine.planning.plan import ActionPlan, DialoguePlan, PathPlan, ShotPlan, Spot
from secondunit_engine.previs.acting import Stance, eyes_of, path_of, stand
from secondunit_engine.previs.mannequin import Mannequin, mannequin_of
from tests.engine.previs.plans import MARA, shot


@pytest.fixture(scope="module")
def mara() -> Mannequin:
    return mannequin_of(MARA)


def stance(planned: ShotPlan, mara: Mannequin, frame: int) -> Stance:
    return stand(planned, "Mara", mara, frame, eyes_of(planned, frame))


def bone(mara: Mannequin, at: Stance, name: str, offset: tuple[float, float, float] = (0, 0, 0)) -> np.ndarray:
    """Where a bone's head (and an offset in its axes) is in the world [m]."""
    number = mara.body.anatomy.bone(name)
    place = at.bones[number, :, :3] @ (mara.body.joints[number] + offset) + at.bones[number, :, 3]
    return place @ at.place[:3, :3] + at.place[3, :3]


def test_a_walker_is_on_the_path(mara: Mannequin) -> None:
    """Half-way in time is half-way over the floor, facing along the way."""
    hips = bone(mara, stance(shot(), mara, 12), "root")
    assert abs(hips[0] - (-0.9 + 1.25 / 2)) < 0.1
    assert abs(hips[2] - 1.0) < 0.03
    ahead = bone(mara, stance(shot(), mara, 12), "root", (0, 0, 1)) - hips
    assert ahead[0] > 0.98


def test_the_foot_on_the_floor_hardly_slides(mara: Mannequin) -> None:
    """Over a long walk the lower foot moves, on the mean, at well under half of the walker's pace."""
    planned = shot(frames=97, blocking=(PathPlan("Mara", (Spot(0, -3.0, 1.0, 90.0), Spot(96, 2.0, 1.0, 90.0))),))
    at = [stance(planned, mara, frame) for frame in range(20, 70)]
    feet = np.array([[bone(mara, each, f"foot.{side}") for side in "LR"] for each in at])  # (F, 2, 3)
    speed = np.linalg.norm(np.diff(feet[..., [0, 2]], axis=0), axis=-1) * 24  # (F - 1, 2)
    lower = feet[:-1, :, 1].argmin(axis=1)
    sliding = speed[np.arange(len(lower)), lower]
    assert sliding.mean() < 0.45 * 1.25


def test_who_sits_is_lower_and_bends_the_knees(mara: Mannequin) -> None:
    standing_ = shot(blocking=(PathPlan("Mara", (Spot(0, 0.0, 1.0, 0.0),)),))
    sitting = shot(blocking=(PathPlan("Mara", (Spot(0, 0.0, 1.0, 0.0, "sit"),)),))
    up, down = (bone(mara, stance(each, mara, 0), "head")[1] for each in (standing_, sitting))
    assert 0.3 < up - down < 0.55
    at = stance(sitting, mara, 0)
    knee, hip = bone(mara, at, "lowerleg01.L"), bone(mara, at, "upperleg01.L")
    assert abs(knee[1] - hip[1]) < 0.12 < knee[2] - hip[2]


def test_the_head_turns_to_who_speaks(mara: Mannequin) -> None:
    """Elias speaks from the side: Mara's face goes most of the way there; when nobody speaks it is ahead."""
    paths = (PathPlan("Mara", (Spot(0, 0.0, 1.0, 0.0),)), PathPlan("Elias", (Spot(0, 1.5, 1.8, 180.0),)))
    line = DialoguePlan("Elias", "Here.", 10, 12)
    planned = shot(blocking=paths, actions=(), dialogue=(line,))

    def facing(frame: int) -> float:
        at = stance(planned, mara, frame)
        way = bone(mara, at, "head", (0, 0, 1)) - bone(mara, at, "head")
        return float(np.degrees(np.arctan2(way[0], way[2])))

    wanted = float(np.degrees(np.arctan2(1.5, 0.8)))
    assert abs(facing(0)) < 8
    assert 0.75 * wanted < facing(15) < 1.15 * wanted


def test_hands_go_to_what_is_lifted(mara: Mannequin) -> None:
    """While something is lifted the wrists are well in front of the body; before, they hang."""
    still = (PathPlan("Mara", (Spot(0, 0.0, 1.0, 0.0),)),)
    planned = shot(blocking=still, dialogue=(), actions=(ActionPlan("Mara", "lift", 4, 12, "Relic"),))
    before, after = (bone(mara, stance(planned, mara, frame), "wrist.L") for frame in (0, 20))
    assert after[2] - before[2] > 0.2
    assert after[1] - before[1] > 0.2


def test_without_a_path_somebody_stands_on_their_mark() -> None:
    assert path_of(replace(shot(), blocking=()), "Mara").spots[0].start == 0
