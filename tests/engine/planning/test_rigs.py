"""What carries a camera, and what it cannot do."""

from __future__ import annotations

import numpy as np
import pytest

from secondunit_engine.planning.plan import Rig
from secondunit_engine.planning.rigs import LIMITS, bend_of, broken_limit, rig_for
from secondunit_engine.world.framing import Pose

FPS = 24.0


def ride(speed: float, frames: int = 48, height: float = 1.5) -> list[Pose]:
    """A steady ride along +X that is under way from its first frame."""
    return [Pose(np.array([speed * n / FPS, height, 3.0]), np.array([0.0, 0.0, -1.0]), 3.0) for n in range(frames)]


@pytest.mark.parametrize(
    ("rig", "can", "cannot"),
    [("dolly", 1.4, 1.7), ("steadicam", 1.9, 2.3), ("drone", 7.5, 8.5), ("crane", 1.4, 1.7), ("tripod", 0.0, 0.1)],
)
def test_every_rig_has_its_top_speed(rig: Rig, can: float, cannot: float) -> None:
    assert broken_limit(rig, ride(can), FPS) is None
    assert rig in (broken_limit(rig, ride(cannot), FPS) or "")


def test_no_rig_starts_at_once() -> None:
    """From rest to 1.4 m/s within one frame is no dolly's doing; in a second it is."""
    still = [ride(0.0)[0]] * 10
    jerk = [*still, *ride(1.4)]
    assert "gathers speed" in (broken_limit("dolly", jerk, FPS) or "")
    time = np.arange(60) / FPS
    way = np.where(time < 1.0, 0.7 * time**2, 0.7 + 1.4 * (time - 1.0))
    soft = [Pose(np.array([x, 1.5, 3.0]), np.array([0.0, 0.0, -1.0]), 3.0) for x in way]
    assert broken_limit("dolly", soft, FPS) is None


def test_a_dolly_runs_on_straight_track_and_a_steadicam_goes_round() -> None:
    angle = np.linspace(0, 0.8, 72)
    curve = [Pose(np.array([3 * np.sin(a), 1.5, 3 * np.cos(a)]), np.array([0.0, 0.0, -1.0]), 3.0) for a in angle]
    assert "straight" in (broken_limit("dolly", curve, FPS) or "")
    assert broken_limit("steadicam", curve, FPS) is None
    assert bend_of(np.array([pose.eye for pose in curve])) == pytest.approx(3 * (1 - np.cos(0.4)), abs=0.01)


def test_heads_turn_only_so_fast_and_arms_reach_only_so_high() -> None:
    whip = [Pose(np.array([0.0, 1.5, 0.0]), np.array([np.sin(a), 0.0, np.cos(a)]), 3.0) for a in np.linspace(0, 3, 24)]
    assert "turns" in (broken_limit("tripod", whip, FPS) or "")
    assert "high" in (broken_limit("dolly", ride(1.0, height=3.0), FPS) or "")
    assert broken_limit("crane", ride(0.5, height=3.0), FPS) is None
    assert broken_limit("dolly", ride(1.0, height=3.0), FPS, floor_y=2.0) is None


def test_moves_get_the_rig_that_makes_them() -> None:
    """A style keeps its steadicam or its hands where they can make the move."""
    assert rig_for("push in", "tripod") == "dolly"
    assert rig_for("track", "steadicam") == "steadicam"
    assert rig_for("crane", "handheld") == "crane"
    assert rig_for("static", "handheld") == "handheld"
    assert rig_for("static", "steadicam") == "tripod"
    assert set(LIMITS) == {"tripod", "dolly", "crane", "steadicam", "handheld", "drone"}
