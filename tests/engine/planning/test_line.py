"""The cut judged by its geometry alone: handmade shots that break one rule each, and the same shots mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.line import check_geometry
from secondunit_engine.planning.plan import (
    CameraPlan,
    DialoguePlan,
    MoveKind,
    PathPlan,
    Rig,
    SetPlan,
    Setup,
    ShotPlan,
    ShotSize,
    Spot,
    Station,
)

FRAMES = 48
MARA = PathPlan("Mara", (Spot(0, 0.0, 0.0, 90.0),))
ELIAS = PathPlan("Elias", (Spot(0, 1.4, 0.0, 270.0),))
Eye = tuple[float, float, float]


def shot(
    number: int,
    subject: str,
    eye: Eye,
    *paths: PathPlan,
    size: ShotSize = "MCU",
    setup: Setup = "single",
    move: MoveKind = "static",
    rig: Rig = "tripod",
    place: str = "nowhere",
    look: Eye | None = None,
    lines: tuple[str, ...] = ("Mara", "Elias"),
) -> ShotPlan:
    at = {"Mara": (0.0, 1.6, 0.0), "Elias": (1.4, 1.6, 0.0)}
    camera = CameraPlan(
        size,
        subject=subject,
        setup=setup,
        move=move,
        rig=rig,
        station=Station(eye, look or at.get(subject, (0, 1.6, 0))),
    )
    spoken = tuple(DialoguePlan(name, "Words.", 4, 30) for name in lines)
    return ShotPlan(
        f"sh{number:03d}", "sc010", "INT. NOWHERE", FRAMES, Rate(24), 1, SetPlan(place), camera,
        dialogue=spoken, blocking=paths or (MARA, ELIAS),
    )  # fmt: skip


def rules(*shots: ShotPlan) -> set[str]:
    return {note.rule for note in check_geometry(shots)}


def test_a_talk_from_one_side_breaks_nothing() -> None:
    assert rules(shot(10, "Mara", (0.9, 1.6, 1.0)), shot(20, "Elias", (0.5, 1.6, 1.0))) == set()


def test_a_cut_to_the_other_side_of_the_line_is_seen() -> None:
    """From the far side both look the same way: the line is crossed, and the eyeline is gone with it."""
    one, two = shot(10, "Mara", (0.9, 1.6, 1.0)), shot(20, "Elias", (0.5, 1.6, -1.0))
    assert rules(one, two) == {"180 degrees", "eyeline"}
    (note,) = (note for note in check_geometry((one, two)) if note.rule == "180 degrees")
    assert (note.level, note.shots) == ("warning", ("sh010", "sh020"))


@pytest.mark.parametrize("setup", ["insert", "pov", "master"])
def test_a_bridge_lets_the_camera_over(setup: Setup) -> None:
    bridge = replace(shot(20, "Mara", (3.0, 1.6, 0.5), setup=setup), dialogue=())
    assert "180 degrees" not in rules(shot(10, "Mara", (0.9, 1.6, 1.0)), bridge, shot(30, "Elias", (0.5, 1.6, -1.0)))
    single = replace(bridge, camera=replace(bridge.camera, setup="single"))
    assert "180 degrees" in rules(shot(10, "Mara", (0.9, 1.6, 1.0)), single, shot(30, "Elias", (0.5, 1.6, -1.0)))


def test_a_neutral_shot_on_the_line_lets_the_camera_over() -> None:
    neutral = shot(20, "Mara", (3.4, 1.6, 0.1), size="MS")
    assert "180 degrees" not in rules(shot(10, "Mara", (0.9, 1.6, 1.0)), neutral, shot(30, "Elias", (0.5, 1.6, -1.0)))


def test_who_crosses_in_plain_sight_takes_the_line_along() -> None:
    """Mara walks round behind Elias before a camera that pans: from there the other side is the right one."""
    begin = shot(10, "Mara", (0.9, 1.6, 1.0))
    walk = PathPlan("Mara", (Spot(0, 0.0, 0.0, 50.0), Spot(47, 2.8, 2.0, 50.0)))
    across = shot(20, "Mara", (0.9, 1.6, 1.4), walk, ELIAS, size="MS", move="pan")
    there = PathPlan("Mara", (Spot(0, 2.8, 2.0, 215.0),))
    kept = shot(30, "Mara", (1.2, 1.6, 1.9), there, ELIAS, size="CU", look=(2.8, 1.6, 2.0))
    lost = shot(30, "Mara", (2.9, 1.6, 0.4), there, ELIAS, size="CU", look=(2.8, 1.6, 2.0))
    assert "180 degrees" not in rules(begin, across, kept)
    assert "180 degrees" in rules(begin, across, lost)


def test_two_alike_shots_of_one_subject_jump_unless_they_turn_or_change_size() -> None:
    first = shot(10, "Mara", (0.9, 1.6, 1.0))
    assert rules(first, shot(20, "Mara", (0.95, 1.6, 0.8))) == {"30 degrees"}
    assert rules(first, shot(20, "Mara", (0.2, 1.6, 1.3))) == set()
    assert rules(first, shot(20, "Mara", (0.95, 1.6, 0.8), size="CU")) == set()


def test_work_from_the_hand_may_jump() -> None:
    a, b = shot(10, "Mara", (0.9, 1.6, 1.0), rig="handheld"), shot(20, "Mara", (0.95, 1.6, 0.8), rig="handheld")
    assert rules(a, b) == set()


def test_who_goes_on_goes_on_the_same_way_across_the_picture() -> None:
    first = PathPlan("Mara", (Spot(0, -2.0, 0.0, 90.0), Spot(47, -1.0, 0.0, 90.0)))
    second = PathPlan("Mara", (Spot(0, -1.0, 0.0, 90.0), Spot(47, 0.0, 0.0, 90.0)))
    back = PathPlan("Mara", (Spot(0, -1.0, 0.0, 270.0), Spot(47, -2.0, 0.0, 270.0)))
    look = (-1.0, 1.6, 0.0)
    begin = shot(10, "Mara", (-1.5, 1.6, 4.0), first, size="FS", look=look, lines=())
    assert rules(begin, shot(20, "Mara", (-0.5, 1.6, -4.0), second, size="MS", look=look, lines=())) == {
        "screen direction"
    }
    assert rules(begin, shot(20, "Mara", (-0.5, 1.6, 4.0), second, size="MS", look=look, lines=())) == set()
    assert rules(begin, shot(20, "Mara", (-1.5, 1.6, -4.0), back, size="MS", look=look, lines=())) == set()


def test_a_camera_in_a_wall_or_in_somebody_is_an_error() -> None:
    inside = shot(10, "Mara", (0.0, -3.0, 0.0), place="library")
    (note, *_) = check_geometry((inside,))
    assert (note.level, note.rule) == ("error", "camera inside geometry")
    assert rules(shot(10, "Mara", (1.4, 1.6, 0.2))) >= {"camera inside geometry"}  # in Elias


def test_a_camera_that_outruns_its_rig_is_reported() -> None:
    sprint = PathPlan("Mara", (Spot(0, -3.0, 0.0, 90.0), Spot(47, 3.0, 0.0, 90.0)))
    ridden = shot(10, "Mara", (-3.0, 1.6, 3.0), sprint, move="track", rig="dolly", look=(-3.0, 1.6, 0.0), lines=())
    assert rules(ridden) == {"equipment"}


def test_compositions_of_the_sets_are_the_sets_to_answer_for() -> None:
    """No line is drawn for them and no wall asked; that two of them jump is said."""
    composed = shot(10, "Mara", (0.9, 1.6, 1.0), place="library")
    composed = replace(composed, camera=replace(composed.camera, station=None, setup="composed"))
    assert rules(composed, replace(composed, id="sh020")) == {"30 degrees"}
