"""The burn-in says what an editor asks, and the held frame's clock is the frame's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.plan import FocusPull, PathPlan, Spot
from secondunit_engine.previs.focus import focus_at
from secondunit_engine.previs.slate import Slate, burn_in, clock_rows, describe, plan_hash
from tests.engine.previs.plans import shot


def test_the_matte_says_lens_stop_focus_height_key_seed_and_plan() -> None:
    planned = shot()
    told = " | ".join(" ".join(row) for row in describe(planned, camera_poses(planned)[0], Slate(48), 6))
    for word in ("sc010", "sh010", "01:00:02:06", "7/25", "24 mm", "T2.8", "on Mara", "36 x 20.25", "h 1.50 m",
                 "static", "tripod", "low key", "seed 5", plan_hash(planned)):  # fmt: skip
        assert word in told


def test_a_held_frame_gets_its_own_clock() -> None:
    """The line written anew for a held frame is the one that a whole burn-in would have, pixel by pixel."""
    planned, picture = shot(), np.zeros((180, 320, 3), np.uint8)
    pose = camera_poses(planned)[0]
    whole = burn_in(picture, planned, pose, Slate(), 7)
    strip = clock_rows(planned, Slate(), 7, 320, 180)
    assert np.array_equal(strip, whole[: len(strip)])
    assert not np.array_equal(strip, clock_rows(planned, Slate(), 8, 320, 180))


def test_a_line_that_no_font_has_does_not_stop_the_burn_in() -> None:
    spoken = tuple(replace(line, text="مرحبا 你好 здравствуй") for line in shot().dialogue)
    picture = np.zeros((180, 320, 3), np.uint8)
    planned = shot(dialogue=spoken)
    drawn = burn_in(picture, planned, camera_poses(planned)[6], Slate(), 6)
    assert drawn[20:200].any()


def test_the_focus_is_pulled_from_one_to_the_other() -> None:
    """Before the pull on Mara, after it on Elias, half-way between them in the middle."""
    paths = (PathPlan("Mara", (Spot(0, 0.0, 2.0, 0.0),)), PathPlan("Elias", (Spot(0, 0.0, 0.0, 0.0),)))
    camera = replace(shot().camera, focus_pulls=(FocusPull("Elias", 6, 10),))
    planned = shot(blocking=paths, camera=camera)
    pose = camera_poses(planned)[0]
    (first, near), (_, middle), (last, far) = (focus_at(planned, frame, pose) for frame in (0, 11, 20))
    assert (first, last) == ("Mara", "Elias")
    assert far - near == pytest.approx(2.0, abs=0.05)
    assert middle == pytest.approx((near + far) / 2, abs=0.05)
