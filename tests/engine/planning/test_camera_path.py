"""The planned camera frame by frame: where it is, what it shows, and that it meets nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.camera_path import camera_poses, every_second, project, tame, way_of, what_stops
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import CameraPlan, PathPlan, SetPlan, ShotPlan, Spot, Station
from secondunit_engine.planning.staging import place_at

LIBRARY = floor_of("library")
HERO = LIBRARY.mark("hero")
HERE = PathPlan("Mara", (Spot(0, HERO.x, HERO.z, 0.0),))


def shot(camera: CameraPlan, *paths: PathPlan, frames: int = 96, place: str = "library") -> ShotPlan:
    return ShotPlan("sh010", "sc010", "", frames, Rate(24), 3, SetPlan(place), camera, blocking=paths)


def looking(eye: tuple[float, ...], look: tuple[float, ...], **more: object) -> CameraPlan:
    return CameraPlan("MS", subject="Mara", setup="single", station=Station(eye, look), **more)  # type: ignore[arg-type]


def test_a_push_is_slowed_until_it_meets_nobody() -> None:
    """A fast push runs into a bystander; slowed, it has room at every frame."""
    eye = (HERO.x + 1.0, 1.5, HERO.z + 1.5)
    third = PathPlan("Elias", (Spot(0, HERO.x + 0.55, HERO.z + 0.8, 0.0),))
    wild = shot(looking(eye, (HERO.x, 1.5, HERO.z), move="push in", rig="dolly", speed=4.0), HERE, third)
    assert what_stops(wild) == "meets Elias"
    tamed = tame(wild)
    assert tamed is not None
    assert what_stops(tamed) is None
    assert 0 < tamed.camera.speed < 4.0


def test_a_ride_that_has_no_way_is_none() -> None:
    """Beside somebody who walks down the aisle a dolly would go through the shelves, and it cannot be slower."""
    walk = PathPlan("Mara", (Spot(0, HERO.x, HERO.z, 0.0), Spot(95, HERO.x, HERO.z + 6.0, 0.0)))
    places = [(x, z) for x, z in LIBRARY.near((HERO.x, HERO.z), 4.0).tolist() if LIBRARY.room((x, 1.5, z))]
    rides = [
        shot(looking((x, 1.5, z), (HERO.x, 1.5, HERO.z), move="track", rig="dolly"), walk) for x, z in places[::40]
    ]
    stuck = [ride for ride in rides if what_stops(ride) == "meets the set"]
    assert stuck
    assert all(tame(ride) is None for ride in stuck)


def test_a_composed_or_still_camera_is_left_alone() -> None:
    composed = shot(CameraPlan("WS", subject="Mara", move="push in", rig="dolly"), HERE)
    still = shot(looking((HERO.x, 1.5, HERO.z + 2.0), (HERO.x, 1.5, HERO.z)), HERE)
    assert tame(composed) == composed
    assert tame(still) == still


def test_some_frames_are_the_same_as_all_of_them() -> None:
    """Asked for every second frame the camera is where it is when all are asked for, on an evened ride too."""
    walk = PathPlan("Mara", (Spot(0, 0.0, 0.0, 90.0), Spot(30, 0.0, 0.0, 90.0), Spot(90, 3.0, 0.0, 90.0)))
    for move, rig in (("track", "steadicam"), ("pan", "tripod"), ("push in", "dolly"), ("handheld", "handheld")):
        ride = shot(looking((0.0, 1.6, 3.0), (0.0, 1.6, 0.0), move=move, rig=rig), walk, frames=120, place="nowhere")
        every, some = camera_poses(ride), camera_poses(ride, every_second(ride))
        assert len(some) == 61
        for frame, pose in zip(every_second(ride), some, strict=True):
            assert pose.eye == pytest.approx(every[frame].eye)
            assert pose.forward == pytest.approx(every[frame].forward)


def test_way_of_somebody_is_where_they_are_at_every_frame() -> None:
    path = PathPlan("Mara", (Spot(0, 0.0, 0.0, 0.0), Spot(10, 1.0, 0.0, 0.0), Spot(30, 1.0, 2.0, 0.0, "sit")))
    way = way_of(shot(CameraPlan(), path, frames=40), "Mara")
    assert way is not None
    for frame in range(40):
        spot = place_at(path, frame)
        assert way[frame, [0, 2]] == pytest.approx((spot.x, spot.z))
        assert way[frame, 1] == (1.2 if spot.posture == "sit" else 1.62)
    assert way_of(shot(CameraPlan(), path), "Nobody") is None


def test_rolled_camera_turns_the_picture() -> None:
    """At 12 degrees of roll what is right of the middle is lower or higher, and as far from it."""
    level = camera_poses(shot(looking((0.0, 1.5, 5.0), (0.0, 1.5, 0.0)), place="nowhere"))[0]
    tilted = replace(level, roll=12.0)
    a, b = (project(pose, 50.0, np.array([1.0, 1.5, 0.0])) for pose in (level, tilted))
    assert a[1] == pytest.approx(0.5)
    assert b[1] != pytest.approx(0.5, abs=0.02)
    reach = [((x - 0.5) * 36, (y - 0.5) * 20.25) for x, y, _ in (a, b)]
    assert np.hypot(*reach[0]) == pytest.approx(np.hypot(*reach[1]))


def test_an_even_ride_has_no_jerks_where_a_walk_starts() -> None:
    """A walker goes off at once; the steadicam beside them gathers speed as its operator can, and starts in place."""
    walk = PathPlan("Mara", (Spot(0, 0.0, 0.0, 90.0), Spot(30, 0.0, 0.0, 90.0), Spot(90, 3.0, 0.0, 90.0)))
    camera = looking((0.0, 1.6, 3.0), (0.0, 1.6, 0.0), move="track", rig="steadicam")
    ride = shot(camera, walk, frames=120, place="nowhere")
    eyes = np.array([pose.eye for pose in camera_poses(ride)])
    assert eyes[0] == pytest.approx((0.0, 1.6, 3.0), abs=1e-6)
    assert np.abs(np.diff(eyes[:, 0], n=2)).max() * 24**2 < 2.5
    assert eyes[-1, 0] == pytest.approx(3.0, abs=0.05)
    assert what_stops(ride) is None
