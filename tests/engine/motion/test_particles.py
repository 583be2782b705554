"""Rain, drops, spray and motes: where they are, and that a frame needs no other frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_engine.motion.write_motion import write_motion
from secondunit_engine.planning.plan import ActionPlan, ShotPlan
from secondunit_engine.world.props.car import CAR
from secondunit_engine.world.stage import AIR, FIRST_FRAME
from tests.engine.motion.conftest import car_shot


def written(shot: ShotPlan, bare_set: Path, folder: Path) -> Usd.Stage:
    write_motion(shot, bare_set, bare_set, folder / "motion.usdc")
    return Usd.Stage.Open(str(folder / "motion.usdc"))


def sample(stage: Usd.Stage, name: str, frame: int) -> tuple[np.ndarray, np.ndarray]:
    points = UsdGeom.Points(stage.GetPrimAtPath(f"{AIR}/{name}"))
    return np.array(points.GetPointsAttr().Get(frame)), np.array(points.GetVelocitiesAttr().Get(frame))


def test_a_frame_does_not_depend_on_how_many_there_are(bare_set: Path, tmp_path: Path) -> None:
    (tmp_path / "long").mkdir()
    short = written(car_shot(ActionPlan("Motes", "swirl", 0, 5), frames=12), bare_set, tmp_path)
    long = written(car_shot(ActionPlan("Motes", "swirl", 0, 5), frames=40), bare_set, tmp_path / "long")
    for name in ("RainPoints", "DustPoints", "SprayPoints"):
        for one, other in zip(sample(short, name, 1009), sample(long, name, 1009), strict=True):
            assert np.array_equal(one, other), name


def test_rain_falls_as_fast_as_its_velocity_says(bare_set: Path, tmp_path: Path) -> None:
    stage = written(car_shot(frames=6), bare_set, tmp_path)
    (before, velocity), (after, _) = (sample(stage, "RainPoints", f) for f in (FIRST_FRAME, FIRST_FRAME + 1))
    stayed = np.abs(after - before).max(axis=1) < 1.0  # the others came in again at the top
    assert stayed.mean() > 0.8
    assert np.allclose((after - before)[stayed], velocity[stayed] / 24, atol=1e-4)
    assert (velocity[:, 1] < -5).all()
    assert (before >= [-4, 0, -4]).all()
    assert (before <= [4, 3, 4]).all()


def test_drops_hang_only_in_slow_motion(bare_set: Path, tmp_path: Path) -> None:
    (tmp_path / "slow").mkdir()
    real = written(car_shot(frames=4), bare_set, tmp_path)
    slow = written(car_shot(frames=4, time_scale=0.2), bare_set, tmp_path / "slow")
    assert not real.GetPrimAtPath(f"{AIR}/RainDropsPoints").IsValid()
    points, velocity = sample(slow, "RainDropsPoints", FIRST_FRAME)
    assert len(points) == 80
    assert np.abs(velocity).max() < 1.0  # as seen


def test_spray_grows_with_intensity_and_the_car_keeps_its_run(bare_set: Path, tmp_path: Path) -> None:
    """The energy of the spray rises from none; the car is where it was."""
    energies, runs = [], []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        folder = tmp_path / f"{share:g}"
        folder.mkdir()
        stage = written(car_shot(frames=12, intensity=share), bare_set, folder)
        widths = np.array(UsdGeom.Points(stage.GetPrimAtPath(f"{AIR}/SprayPoints")).GetWidthsAttr().Get())
        velocity = sample(stage, "SprayPoints", FIRST_FRAME + 11)[1]
        energies.append(float((widths**3 * (velocity**2).sum(axis=1)).sum()))
        attribute = stage.GetPrimAtPath(CAR).GetAttribute("xformOp:transform")
        runs.append(np.array([attribute.Get(FIRST_FRAME + frame) for frame in range(12)]))
    assert energies[0] == 0
    assert (np.diff(energies) > 0).all()
    assert max(np.abs(run - runs[0]).max() for run in runs) < 1e-3


def test_spray_grows_with_speed(bare_set: Path, tmp_path: Path) -> None:
    """More drops fly behind a fast car than behind one that creeps."""
    shown = []
    for manner in ("slow", "", "fast"):
        folder = tmp_path / (manner or "even")
        folder.mkdir()
        stage = written(car_shot(ActionPlan("Car", "accelerate", 0, 24, manner=manner), frames=24), bare_set, folder)
        points, _ = sample(stage, "SprayPoints", FIRST_FRAME + 23)
        shown.append(int((points[:, 1] > -1).sum()))
    assert shown[0] < shown[1] < shown[2]


def test_spray_follows_the_wheels_and_needs_speed(bare_set: Path, tmp_path: Path) -> None:
    (tmp_path / "parked").mkdir()
    stage = written(car_shot(frames=24), bare_set, tmp_path)
    points, _ = sample(stage, "SprayPoints", FIRST_FRAME + 23)
    shown = points[points[:, 1] > -1]
    assert len(shown) > 50
    assert np.abs(shown[:, 2] + 2).max() < 2.5  # beside and behind the car, which faces +X at z = -2
    parked = written(car_shot(ActionPlan("Car", "idle", 0, 24), frames=24), bare_set, tmp_path / "parked")
    points, _ = sample(parked, "SprayPoints", FIRST_FRAME + 23)
    assert (points[:, 1] < -1).all()


def test_motes_wander_slowly_until_they_are_stirred(bare_set: Path, tmp_path: Path) -> None:
    (tmp_path / "stirred").mkdir()
    calm = written(car_shot(frames=30), bare_set, tmp_path)
    stirred = written(car_shot(ActionPlan("Motes", "swirl", 6, 24), frames=30), bare_set, tmp_path / "stirred")
    early, late = FIRST_FRAME + 5, FIRST_FRAME + 29
    assert np.array_equal(sample(calm, "DustPoints", early)[0], sample(stirred, "DustPoints", early)[0])
    assert np.abs(sample(calm, "DustPoints", late)[1]).max() < 0.6
    moved = np.linalg.norm(sample(stirred, "DustPoints", late)[0] - sample(calm, "DustPoints", late)[0], axis=1)
    assert moved.max() > 0.15


def test_another_seed_rains_elsewhere(bare_set: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = written(car_shot(frames=2), bare_set, tmp_path)
    other = written(car_shot(frames=2, seed=2), bare_set, tmp_path / "other")
    assert not np.allclose(sample(one, "RainPoints", FIRST_FRAME)[0], sample(other, "RainPoints", FIRST_FRAME)[0])
