"""What is sharp, and when focus is pulled."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.focus import depth_of_field, pull_focus
from secondunit_engine.planning.plan import (
    CameraPlan,
    DialoguePlan,
    FocusPull,
    PathPlan,
    SetPlan,
    ShotPlan,
    Spot,
    Station,
)

NEAR = PathPlan("Mara", (Spot(0, 0.2, 0.0, 0.0),))
FAR = PathPlan("Elias", (Spot(0, -0.4, -2.0, 0.0),))
LINES = (DialoguePlan("Mara", "Put it down.", 0, 24), DialoguePlan("Elias", "Why?", 48, 24))


def two(stop: float, *, facing: float = 0.0, lines: tuple[DialoguePlan, ...] = LINES) -> ShotPlan:
    """Both in the picture of a 50 mm, Mara two metres away, Elias two metres behind her."""
    camera = CameraPlan(
        "MS", lens_mm=50, t_stop=stop, subject="Mara", focus_on="Mara", setup="two shot",
        station=Station((0.0, 1.62, 2.0), (0.0, 1.62, 0.0)),
    )  # fmt: skip
    far = PathPlan("Elias", (replace(FAR.spots[0], facing=facing),))
    return ShotPlan(
        "sh010", "sc010", "", 96, Rate(24), 1, SetPlan("nowhere"), camera, dialogue=lines, blocking=(NEAR, far)
    )


def test_depth_of_field_is_the_textbook_s() -> None:
    """50 mm at T2.8 focused at 3 m: 2.73 to 3.33 m sharp; beyond the hyperfocal distance all is."""
    assert depth_of_field(50, 2.8, 3.0) == pytest.approx((2.73, 3.33), abs=0.02)
    assert depth_of_field(18, 8, 5.0)[1] == math.inf
    near, far = depth_of_field(85, 2.0, 1.76)
    assert far - near < 0.06


def test_focus_goes_to_who_speaks_and_arrives_with_the_line() -> None:
    assert pull_focus(two(2.0)).camera.focus_pulls == (FocusPull("Elias", 36, 12),)


def test_nothing_is_pulled_where_everything_is_sharp_or_no_face_is_seen() -> None:
    """At T32 both are sharp; a back is not pulled to; a composed shot and a reaction hold."""
    assert pull_focus(two(32.0)).camera.focus_pulls == ()
    assert pull_focus(two(2.0, facing=180.0)).camera.focus_pulls == ()
    shot = two(2.0)
    for held in (replace(shot.camera, station=None), replace(shot.camera, setup="reaction")):
        assert pull_focus(replace(shot, camera=held)).camera.focus_pulls == ()


def test_focus_comes_back() -> None:
    lines = (*LINES, DialoguePlan("Mara", "Because.", 80, 12))
    pulls = pull_focus(two(2.0, lines=lines)).camera.focus_pulls
    assert [(pull.target, pull.start) for pull in pulls] == [("Elias", 36), ("Mara", 68)]
