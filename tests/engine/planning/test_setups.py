"""Set-ups solved on an open floor and on the surveyed sets: side, sizes, room, bodies, walks."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.camera_path import camera_poses, project, what_stops
from secondunit_engine.planning.cinematography import find_line, photograph_scene
from secondunit_engine.planning.cover import Coverage
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import CameraPlan, PathPlan, SetPlan, ShotPlan, Spot
from secondunit_engine.planning.scouting import EYES, Last, Stage, side_of
from secondunit_engine.planning.setups import solve_camera
from secondunit_engine.planning.styles import STYLES

OPEN = floor_of("nowhere")  # ten metres of free floor on every side
STYLE = STYLES["coverage"]
MARA = PathPlan("Mara", (Spot(0, 0.0, 0.0, 90.0),))
ELIAS = PathPlan("Elias", (Spot(0, 1.35, 0.0, 270.0),))
FRAMES = 48


def stage(*paths: PathPlan, side: int = 1, frames: int = FRAMES) -> Stage:
    line = find_line(("Mara", "Elias"), paths)
    return Stage(OPEN, paths, frames, line, side if line else 0)


def poses(camera: CameraPlan, *paths: PathPlan, frames: int = FRAMES) -> list:
    shot = ShotPlan("sh010", "sc010", "", frames, Rate(24), 1, SetPlan("nowhere"), camera, blocking=paths)
    return camera_poses(shot)


def seen(camera: CameraPlan, path: PathPlan) -> tuple[float, float, float]:
    """Where somebody's eyes lie in the first frame."""
    spot = path.spots[0]
    return project(poses(camera, path)[0], camera.lens_mm, np.array([spot.x, EYES[spot.posture], spot.z]))


@pytest.mark.parametrize("side", [1, -1])
def test_a_talk_is_shot_over_both_shoulders_from_one_side(side: int) -> None:
    """Each is seen past the other, on their own half of the picture, and both cameras are on the side asked for."""
    both = stage(MARA, ELIAS, side=side)
    one = solve_camera(Coverage(0, 1, "over shoulder", "MS", "Mara", "Elias"), STYLE, both)
    two = solve_camera(Coverage(1, 2, "over shoulder", "MS", "Elias", "Mara"), STYLE, both)
    assert (one.setup, two.setup) == ("over shoulder", "over shoulder")
    assert one.station is not None
    assert two.station is not None
    assert both.line is not None
    assert side_of(both.line, one.station.eye) == side_of(both.line, two.station.eye) == side
    (mx, my, far), (ex, _, near) = seen(one, MARA), seen(one, ELIAS)
    assert far > near + 0.5
    assert (mx - 0.5) * (seen(two, ELIAS)[0] - 0.5) < 0  # they look at each other across the cut
    assert 0.05 < ex < 0.45 or 0.55 < ex < 0.95
    assert 0.1 < my < 0.45


@pytest.mark.parametrize("size", ["ECU", "CU", "MCU", "MS", "MFS", "FS"])
def test_a_face_has_headroom_and_room_to_look_into(size: str) -> None:
    """Tight sizes have some 8 % above the head, and whoever looks to one side stands on the other."""
    camera = solve_camera(Coverage(0, 1, "single", size, "Mara", "Elias"), STYLE, stage(MARA, ELIAS))  # type: ignore[arg-type]
    x, y, depth = seen(camera, MARA)
    crown = y - 0.12 * camera.lens_mm / 20.25 / depth
    assert camera.setup == "single"
    if size in ("CU", "MCU", "MS", "MFS"):
        assert 0.05 < crown < 0.12
    pose = poses(camera, MARA)[0]
    looks = float(np.cross(pose.forward, (0, 1, 0)) @ (1.0, 0.0, 0.0))  # she faces +X
    assert abs(looks) > 0.1
    assert (x - 0.5) * looks < 0


def test_two_shot_holds_both_at_the_same_size() -> None:
    camera = solve_camera(Coverage(0, 1, "two shot", "MS", "Mara", "Elias"), STYLE, stage(MARA, ELIAS))
    one, two = seen(camera, MARA), seen(camera, ELIAS)
    assert {point.target for point in camera.framing} == {"Mara", "Elias"}
    assert all(0.05 < x < 0.95 and 0.05 < y < 0.6 for x, y, _ in (one, two))
    assert one[2] == pytest.approx(two[2], rel=0.2)


def test_through_somebody_s_eyes_they_are_not_in_their_own_picture() -> None:
    camera = solve_camera(Coverage(0, 1, "pov", "MS", "Elias", "Mara"), STYLE, stage(MARA, ELIAS))
    assert camera.station is not None
    assert 0.15 < math.dist(camera.station.eye, (0.0, 1.62, 0.0)) < 0.4
    assert seen(camera, ELIAS)[:2] == pytest.approx((0.5, 0.5), abs=0.01)


def test_a_walk_is_ridden_beside_on_a_dolly_if_straight_and_by_a_steadicam_if_not() -> None:
    straight = PathPlan("Mara", (Spot(0, -2.0, 0.0, 90.0), Spot(96, 2.0, 0.0, 90.0)))
    bent = PathPlan("Mara", (Spot(0, -2.0, 0.0, 90.0), Spot(48, 0.0, 0.0, 90.0), Spot(96, 0.0, 2.0, 0.0)))
    shot = Coverage(0, 1, "single", "FS", "Mara", move="track")
    ridden = [solve_camera(shot, STYLE, stage(path, frames=97)) for path in (straight, bent)]
    assert [(camera.move, camera.rig) for camera in ridden] == [("track", "dolly"), ("track", "steadicam")]
    way = poses(ridden[0], straight, frames=97)
    assert way[-1].eye[0] - way[0].eye[0] == pytest.approx(4.0, abs=0.3)


def test_who_runs_faster_than_anything_rides_is_panned_after() -> None:
    sprint = PathPlan("Mara", (Spot(0, -3.0, 0.0, 90.0), Spot(48, 3.0, 0.0, 90.0)))  # 3 m/s
    camera = solve_camera(Coverage(0, 1, "single", "FS", "Mara", move="track"), STYLE, stage(sprint, frames=49))
    assert (camera.move, camera.rig) == ("pan", "tripod")
    assert "pans" in camera.why
    for pose, frame in zip(poses(camera, sprint, frames=49), range(49), strict=True):
        x, _, depth = project(pose, camera.lens_mm, np.array([-3.0 + 6.0 * frame / 48, 1.62, 0.0]))
        assert depth > 0.5
        assert 0.2 < x < 0.8


def test_nobody_stands_before_the_face_and_nobody_walks_into_the_lens() -> None:
    """A third person right where the camera would have been moves the camera."""
    free = solve_camera(Coverage(0, 1, "single", "MS", "Mara"), STYLE, stage(MARA))
    assert free.station is not None
    x, _, z = free.station.eye
    for at in ((x, z), (x / 2, z / 2)):
        third = PathPlan("Jonas", (Spot(0, at[0], at[1], 0.0),))
        moved = solve_camera(Coverage(0, 1, "single", "MS", "Mara"), STYLE, stage(MARA, third))
        assert moved.station is not None
        assert math.dist((moved.station.eye[0], moved.station.eye[2]), at) > 0.5
        way = np.array([moved.station.eye[0], moved.station.eye[2]])
        off = abs(way[0] * at[1] - way[1] * at[0]) / np.linalg.norm(way)
        assert off > 0.2 or way @ np.array(at) < 0


def test_thirty_degrees_are_kept_and_what_is_given_up_is_said() -> None:
    shot = Coverage(0, 1, "single", "MS", "Mara")
    first = solve_camera(shot, STYLE, stage(MARA))
    assert first.station is not None
    second = solve_camera(shot, STYLE, stage(MARA), Last("Mara", "MS", first.station.eye))
    assert second.station is not None
    a, b = (math.atan2(camera.station.eye[0], camera.station.eye[2]) for camera in (first, second) if camera.station)
    assert abs((math.degrees(a - b) + 180) % 360 - 180) >= 30
    assert "gave up" not in second.why
    wedge = np.arange(110, 430, 20)  # bodies all round but in front of her, where the last camera stood
    ring = [
        PathPlan(f"P{n}", (Spot(0, 0.8 * math.sin(math.radians(n)), 0.8 * math.cos(math.radians(n)), 0.0),))
        for n in wedge
    ]
    crowded = solve_camera(shot, STYLE, stage(MARA, *ring), Last("Mara", "MS", (2.0, 1.62, 0.0)))
    assert crowded.station is not None
    assert "gave up" in crowded.why
    assert "30 degrees" in crowded.why


def test_a_master_is_the_sets_own_unless_it_leaves_somebody_out() -> None:
    library = floor_of("library")
    hero = library.mark("hero")
    mark = library.camera_mark("WS")
    assert mark is not None
    here = PathPlan("Mara", (Spot(0, hero.x, hero.z, 0.0),))
    behind = PathPlan("Elias", (Spot(0, mark.eye[0], mark.eye[2] + 0.4, 0.0),))
    shot = Coverage(0, 1, "master", "WS", "Mara", move="push in")
    alone = solve_camera(shot, STYLE, Stage(library, (here,), FRAMES))
    assert alone.station is None
    both = solve_camera(shot, STYLE, Stage(library, (here, behind), FRAMES))
    assert both.station is not None or "Elias not in the picture" in both.why


def test_somebody_who_has_left_is_heard_on_the_face_of_who_is_left() -> None:
    covers = [Coverage(0, 1, "single", "MCU", "Elias", "Mara"), Coverage(1, 2, "single", "MCU", "Mara", "Elias")]
    cameras = photograph_scene(
        covers, [STYLE] * 2, [(MARA, ELIAS), (ELIAS,)], [48, 48], ("Elias", "Mara"), OPEN, Rate(24)
    )
    assert [camera.subject for camera in cameras] == ["Elias", "Elias"]
    assert "not there" in cameras[1].why


def test_matching_sizes_share_a_lens_and_said_lenses_win() -> None:
    covers = [Coverage(n, n + 1, "single", "CU", who, "") for n, who in enumerate(("Mara", "Elias"))]
    cameras = photograph_scene(covers, [STYLE] * 2, [(MARA, ELIAS)] * 2, [48] * 2, ("Mara", "Elias"), OPEN, Rate(24))
    assert cameras[0].lens_mm == cameras[1].lens_mm
    said = replace(covers[0], lens_mm=35.0, said=("lens_mm",))
    assert solve_camera(said, STYLE, stage(MARA, ELIAS)).lens_mm == 35.0


def test_same_scene_same_cameras() -> None:
    shot = Coverage(0, 1, "over shoulder", "MCU", "Mara", "Elias")
    assert solve_camera(shot, STYLE, stage(MARA, ELIAS)) == solve_camera(shot, STYLE, stage(MARA, ELIAS))


def test_a_ride_without_a_way_is_panned_from_a_stand() -> None:
    """Down the library's aisle between the shelves; the photographed shot can be made and meets nothing."""
    library = floor_of("library")
    hero = library.mark("hero")
    walk = PathPlan("Mara", (Spot(0, hero.x, hero.z, 0.0), Spot(95, hero.x, hero.z + 6.0, 0.0)))
    wide = Coverage(0, 1, "single", "EWS", "Mara", move="track")
    (camera,) = photograph_scene([wide], [STYLE], [(walk,)], [96], (), library, Rate(24))
    shot = ShotPlan("sh010", "sc010", "", 96, Rate(24), 1, SetPlan("library"), camera, blocking=(walk,))
    assert camera.move in ("pan", "track", "static")
    assert camera.station is None or what_stops(shot) is None
    assert camera.move == "track" or camera.why
