"""What a planned camera tells other departments, held against the standards' own checks."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import fdl
import jsonschema
import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.directing import plan
from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import Plan, Settings
from secondunit_engine.previs.camera_data import framing_list, otio_metadata, track_io
from secondunit_engine.previs.floor_plan import draw_floor_plan, to_svg
from secondunit_engine.previs.shot_list import COLUMNS, to_csv
from secondunit_engine.previs.slate import Slate, burn_in, describe, plan_hash
from secondunit_engine.script.brief import Brief

DATA = Path(__file__).parents[2] / "data"
SCENE = """INT. ANCIENT LIBRARY - DAY

MARA and ELIAS wait.

MARA
Put it down, now.

ELIAS
Nobody paid me.

Mara walks to the door.
"""


@pytest.fixture(scope="module")
def planned() -> Plan:
    return plan(Brief(SCENE, "fountain", "talk"), Settings(rate=Rate(24000, 1001)))


def test_every_frame_is_valid_opentrackio(planned: Plan) -> None:
    """Each sample passes the standard's schema, and its pose is the plan's, Z up and looking along +Y."""
    checker = jsonschema.Draft202012Validator(json.loads((DATA / "opentrackio_schema.json").read_text()))
    for shot in planned.shots:
        samples = [json.loads(line) for line in track_io(shot, Slate(100))]
        poses = camera_poses(shot)
        assert len(samples) == shot.frames
        assert len({sample["sampleId"] for sample in samples}) == shot.frames
        for sample, pose in zip(samples, poses, strict=True):
            checker.validate(sample)
            place, turn = (sample["transforms"][0][name] for name in ("translation", "rotation"))
            assert (place["x"], place["z"], -place["y"]) == pytest.approx(tuple(pose.eye), abs=1e-4)
            pan, tilt = math.radians(turn["pan"]), math.radians(turn["tilt"])
            forward = (-math.sin(pan) * math.cos(tilt), math.cos(pan) * math.cos(tilt), math.sin(tilt))
            assert (forward[0], forward[2], -forward[1]) == pytest.approx(tuple(pose.forward), abs=1e-4)


def test_the_framing_list_passes_the_ascs_own_checks(planned: Plan) -> None:
    document = fdl.read_from_string(framing_list(planned.shots, 854, 480))
    canvases = document.contexts[0].canvases
    assert [canvas.id for canvas in canvases] == [shot.id for shot in planned.shots]
    assert canvases[0].framing_decisions[0].dimensions.width == 854


def test_clip_metadata_is_plain_data(planned: Plan) -> None:
    data = json.loads(json.dumps(otio_metadata(planned.shots[0])))["secondunit_plan"]
    assert data["shot"] == "sh010"
    assert data["plan"] == plan_hash(planned.shots[0])


def test_the_shot_list_holds_every_shot_and_no_formula(planned: Plan) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(planned.shots))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == [shot.id for shot in planned.shots]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_the_burn_in_says_what_an_editor_asks(planned: Plan) -> None:
    shot = planned.shots[1]
    told = " ".join(" ".join(row) for row in describe(shot, camera_poses(shot)[0], Slate(48), 3))
    lens = (f"{shot.camera.lens_mm:g} mm", f"T{shot.camera.t_stop:g}", shot.camera.rig, "36 x 20.25")
    wanted = (shot.id, "01:00:02:03", *lens, "focus", "tilt", "seed", plan_hash(shot))
    assert [word for word in wanted if word not in told] == []
    grey = np.full((270, 480, 3), 90, np.uint8)
    framed = burn_in(grey, shot, camera_poses(shot)[0], Slate(), 0)
    assert framed.shape[0] > 270
    assert framed.shape[0] % 2 == 0


def test_the_floor_plan_shows_everybody_and_every_camera(planned: Plan) -> None:
    drawing = draw_floor_plan(planned.shots)
    words = [shape.text for shape in drawing.shapes if shape.kind == "text"]
    assert {"Mara", "Elias"} <= set(words)
    assert all(any(word.startswith(shot.id.removeprefix("sh")) for word in words) for shot in planned.shots)
    assert any(shape.kind == "arrow" for shape in drawing.shapes)
    svg = to_svg(drawing, "a & b")
    assert svg.startswith("<svg")
    assert "a &amp; b" in svg
