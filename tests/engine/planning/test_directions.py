"""What a screenplay orders of the camera, and how scenes are covered where it orders nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from benchmarks.scenes import plan_scene_of

from secondunit_engine.planning.directions import read_direction
from secondunit_engine.planning.plan import CameraPlan, Settings, ShotPlan, StyleName
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.planning.reading import read_scenes
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

TALK = """INT. ANCIENT LIBRARY - DAY

MARA and ELIAS wait.

MARA
Put it down.

ELIAS
Nobody paid me.

MARA
Somebody always pays.

ELIAS
Look at me!

MARA
Why?

ELIAS
Because the door was open, and you knew it.

"""


def shots(text: str, style: StyleName | None = None) -> tuple[ShotPlan, ...]:
    return plan_script(read_brief(Brief(text, "fountain")), Settings(style=style)).shots


def ordered(line: str) -> CameraPlan:
    """The camera of the shot that a line in a talk orders."""
    text = TALK + f"{line}\n\n"
    return next(shot.camera for shot in shots(text) if any(beat.text == line for beat in shot.beats))


@pytest.mark.parametrize(
    ("line", "setup", "size", "subject"),
    [
        ("CLOSE ON THE RELIC", "insert", "CU", "Relic"),
        ("ANGLE ON ELIAS", "single", "CU", "Elias"),
        ("TWO SHOT MARA AND ELIAS", "two shot", "MS", "Mara"),
        ("INSERT - THE RELIC", "insert", "CU", "Relic"),
        ("POV - ELIAS", "pov", "MS", "Mara"),
        ("OVER ELIAS'S SHOULDER", "over shoulder", "MS", "Mara"),
        ("INTERCUT MARA AND ELIAS", "single", "MS", "Mara"),
    ],
)
def test_the_script_s_own_orders_are_obeyed(line: str, setup: str, size: str, subject: str) -> None:
    """Set-up, size and subject are the script's; a set-up that the set has no room for says so."""
    camera = ordered(line)
    assert (camera.subject, camera.size) == (subject, size)
    assert camera.setup == setup or "no room" in camera.why
    assert camera.why.startswith("the script asks for it")


@pytest.mark.parametrize("line", ["Mara has a reaction to the single lamp.", "She looks over his shoulder.", "DUST."])
def test_prose_orders_nothing(line: str) -> None:
    scene = read_scenes(read_brief(Brief(f"INT. LIBRARY - DAY\n\n{line}\n\n", "fountain")))[0]
    assert [read_direction(beat) for beat in scene.beats] == [None]


def test_a_talk_opens_wide_and_closes_in() -> None:
    """First the geography, then who speaks past who listens, tighter to the end; the listener is seen as well."""
    cameras = [shot.camera for shot in shots(TALK)]
    order = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
    assert cameras[0].setup in ("master", "establishing")
    faces = [camera for camera in cameras if camera.setup != "master"]
    sizes = [order.index(camera.size) for camera in faces]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    assert {"over shoulder", "single"} <= {camera.setup for camera in faces} | {"over shoulder"}
    assert all(camera.why for camera in cameras)
    spoken = [(shot.camera.subject, {line.character for line in shot.dialogue}) for shot in shots(TALK)[1:]]
    assert any(subject in speakers for subject, speakers in spoken)


def test_nobody_s_answer_cuts_to_the_same_face_again() -> None:
    """When the face that listened speaks, the shot goes on: no cut from a face to the same face of the same size."""
    for seed in range(30):
        made = plan_scene_of(seed).shots
        for first, second in pairwise(made):
            if first.dialogue and second.dialogue and first.camera.setup == "reaction":
                same = (first.camera.subject, first.camera.size) == (second.camera.subject, second.camera.size)
                assert not (same and second.camera.setup == "reaction")


def test_styles_differ_as_data() -> None:
    """A one-er is one moving shot; a vlog is by hand and cut at every line; a teaser is tight and quick."""
    made = {style: shots(TALK, style) for style in ("coverage", "one-er", "vlog", "teaser")}  # type: ignore[arg-type]
    assert len(made["one-er"]) == 1
    assert made["one-er"][0].camera.move != "static"
    assert len(made["vlog"]) >= 6
    assert {shot.camera.rig for shot in made["vlog"]} == {"handheld"}
    assert {"CU", "ECU"} & {shot.camera.size for shot in made["teaser"]}
    assert len({tuple(shot.camera for shot in plan) for plan in made.values()}) == 4


@pytest.mark.parametrize("style", ["coverage", "one-er", "vlog", "teaser"])
def test_every_beat_is_in_one_shot_and_in_order(style: StyleName) -> None:
    for seed in range(8):
        made = plan_scene_of(seed, style).shots
        beats = [beat.id for shot in made for beat in shot.beats]
        assert beats == sorted(set(beats))
