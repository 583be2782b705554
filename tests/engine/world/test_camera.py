"""The camera layer: framing, lens, moves and focus, read back from the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom

from secondunit_bridge.errors import NotFound
from secondunit_bridge.timing import Rate
from secondunit_engine.planning.cover import Coverage
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import CameraPlan, FocusPull, PathPlan, SetPlan, ShotPlan, Spot
from secondunit_engine.planning.scouting import Stage
from secondunit_engine.planning.setups import solve_camera
from secondunit_engine.planning.styles import STYLES
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, Mesh, add_mark, add_mesh, facing, look_at, new_layer
from secondunit_engine.world.camera import write_camera
from secondunit_engine.world.stage import FIRST_FRAME

FRAMES = 24
MOVES = ("static", "push in", "pull out", "track", "pan", "tilt", "crane", "orbit", "handheld", "fly-through")


def box(low: tuple[float, float, float], high: tuple[float, float, float]) -> Mesh:
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    points = np.array(low, np.float32) + corners * (np.array(high, np.float32) - np.array(low, np.float32))
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return Mesh(
        points.astype(np.float32), np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], np.int32)
    )


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Path, ...]:
    """A set with a hero's mark and a medium shot, a person of 1.8 m on the mark, a car that drives 6 m along +Z."""
    stage = new_layer(tmp_path / "set.usdc")
    add_mark(stage, "hero", facing((0, 0, 0), (0, 0, 1)))
    add_mark(stage, "camera_MS", look_at((0.3, 1.5, 2.1), (0, 1.4, 0)))
    UsdGeom.Xform.Define(stage, f"{names.PROPS}/Car")
    add_mesh(stage, f"{names.PROPS}/Car/body", box((-1, 0, -2.2), (1, 1.3, 2.2)), Material("paint"))
    stage.GetRootLayer().Save()
    cast = new_layer(tmp_path / "cast.usdc")
    add_mesh(cast, f"{names.CAST}/Mara/body", box((-0.2, 0, -0.1), (0.2, 1.8, 0.1)), Material("skin"))
    cast.GetRootLayer().Save()
    motion = new_layer(tmp_path / "motion.usdc")
    drive = UsdGeom.Xformable(motion.OverridePrim(f"{names.PROPS}/Car")).AddTransformOp()
    for frame in range(FRAMES):
        drive.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, 0, 6 * frame / (FRAMES - 1))), FIRST_FRAME + frame)
    motion.GetRootLayer().Save()
    return tmp_path / "motion.usdc", tmp_path / "cast.usdc", tmp_path / "set.usdc"


def shot(camera: CameraPlan) -> ShotPlan:
    return ShotPlan("sh010", "sc010", "", FRAMES, Rate(24), 7, SetPlan("library"), camera)


@dataclass(frozen=True)
class Written:
    """A camera layer read back; the stage lives as long as its camera is asked."""

    stage: Usd.Stage

    @property
    def prim(self) -> UsdGeom.Camera:
        return UsdGeom.Camera(self.stage.GetPrimAtPath(names.CAMERA))


def written(camera: CameraPlan, layers: tuple[Path, ...], name: str = "camera.usdc") -> Written:
    path = layers[-1].with_name(name)
    write_camera(shot(camera), layers, path)
    return Written(Usd.Stage.Open(str(path)))


def pose(camera: Written, frame: int = 0) -> NDArray[np.float64]:
    return np.array(camera.prim.ComputeLocalToWorldTransform(FIRST_FRAME + frame))  # (4, 4)


def project(camera: Written, point: tuple[float, float, float], frame: int = 0) -> NDArray[np.float64]:
    """Position in the frame: (0, 0) is the middle, (0, 0.5) the middle of the top edge."""
    x, y, z, _ = np.array([*point, 1.0]) @ np.linalg.inv(pose(camera, frame))
    focal = camera.prim.GetFocalLengthAttr().Get()
    return np.array([x / -z * focal / 36.0, y / -z * focal / 20.25])


def test_sensor_lens_and_shutter_are_the_plan_s(layers: tuple[Path, ...]) -> None:
    """Full frame 16:9, the lens in millimetres, the T-stop, and half a frame of shutter at 180 degrees."""
    camera = written(CameraPlan("MS", lens_mm=50, t_stop=2, subject="Mara", focus_on="Mara"), layers)
    assert camera.prim.GetHorizontalApertureAttr().Get() == 36
    assert camera.prim.GetVerticalApertureAttr().Get() == 20.25
    assert camera.prim.GetFocalLengthAttr().Get() == 50
    assert camera.prim.GetFStopAttr().Get() == 2
    assert camera.prim.GetShutterCloseAttr().Get() == 0.5


def test_start_is_the_sets_own_composition(layers: tuple[Path, ...]) -> None:
    """With the lens a mark was composed for, the first frame is the mark itself."""
    camera = written(CameraPlan("MS", lens_mm=40, subject="Mara", focus_on="Mara"), layers)
    np.testing.assert_allclose(pose(camera)[3, :3], [0.3, 1.5, 2.1], atol=1e-9)


def test_another_lens_keeps_the_subjects_size(layers: tuple[Path, ...]) -> None:
    """A longer lens steps back until the subject is as tall in the frame as before."""

    def height(lens: float) -> float:
        camera = written(CameraPlan("MS", lens_mm=lens, subject="Mara", focus_on="Mara"), layers, f"{lens}.usdc")
        return project(camera, (0, 1.7, 0))[1] - project(camera, (0, 1.1, 0))[1]

    assert height(85) == pytest.approx(height(40), rel=0.02)
    assert height(24) == pytest.approx(height(40), rel=0.02)


@pytest.mark.parametrize(("size", "distance"), [("CU", 0.73), ("MCU", 1.15), ("FS", 3.74)])
def test_sizes_without_a_mark_are_solved(layers: tuple[Path, ...], size: str, distance: float) -> None:
    """On 35 mm a close-up is taken from 0.73 m, a medium close-up from 1.15 m, a full shot from 3.74 m."""
    plan = replace(CameraPlan(subject="Mara", focus_on="Mara"), size=size)
    camera = written(plan, layers)
    assert camera.prim.GetFocusDistanceAttr().Get(FIRST_FRAME) == pytest.approx(distance, abs=0.06)


def test_close_up_has_headroom_and_full_shot_has_feet(layers: tuple[Path, ...]) -> None:
    close = written(CameraPlan("CU", subject="Mara", focus_on="Mara"), layers)
    assert 0.35 < project(close, (0, 1.8, 0))[1] < 0.5
    full = written(CameraPlan("FS", subject="Mara", focus_on="Mara"), layers, "full.usdc")
    assert -0.5 < project(full, (0, 0, 0))[1] < project(full, (0, 1.8, 0))[1] < 0.5


def test_car_fits_a_full_shot_from_a_low_angle(layers: tuple[Path, ...]) -> None:
    camera = written(CameraPlan("FS", "low", subject="Car", focus_on="Car"), layers)
    assert pose(camera)[3, 1] < 0.8
    corners = [(x, y, z) for x in (-1, 1) for y in (0, 1.3) for z in (-2.2, 2.2)]
    assert max(np.abs(project(camera, corner)).max() for corner in corners) < 0.5


@pytest.mark.parametrize("move", MOVES)
def test_every_move_is_smooth_and_level(layers: tuple[Path, ...], move: str) -> None:
    """No move jumps: steps between frames stay under 5 cm and 1 degree at normal speed; none but handheld and
    fly-through rolls."""
    plan = replace(CameraPlan("FS", subject="Mara", focus_on="Mara"), move=move)
    camera = written(plan, layers)
    poses = np.array([pose(camera, frame) for frame in range(FRAMES)])  # (F, 4, 4)
    assert np.abs(np.diff(poses[:, 3, :3], axis=0)).max() < 0.05
    turns = np.einsum("fi,fi->f", poses[1:, 2, :3], poses[:-1, 2, :3])
    assert np.degrees(np.arccos(np.clip(turns, -1, 1))).max() < 1.0
    if move not in ("handheld", "fly-through"):
        assert np.abs(poses[:, 0, 1]).max() < 1e-9
    moved = np.abs(poses[-1] - poses[0]).max()
    assert moved == 0 if move == "static" else moved > 0.005


def test_push_in_comes_nearer_and_pull_out_goes_back(layers: tuple[Path, ...]) -> None:
    for move, sign in (("push in", -1), ("pull out", 1)):
        camera = written(replace(CameraPlan("MS", subject="Mara", focus_on="Mara"), move=move), layers, f"{sign}.usdc")
        near = [np.linalg.norm(pose(camera, frame)[3, :3] - [0, 1.5, 0]) for frame in (0, FRAMES - 1)]
        assert sign * (near[1] - near[0]) > 0.05


def test_a_faster_push_goes_further(layers: tuple[Path, ...]) -> None:
    def end(speed: float) -> float:
        plan = CameraPlan("FS", subject="Mara", focus_on="Mara", move="push in", speed=speed)
        return pose(written(plan, layers, f"{speed}.usdc"), FRAMES - 1)[3, 2]

    assert end(2.0) < end(1.0) < end(0.5)


def test_tracking_keeps_pace_with_a_car(layers: tuple[Path, ...]) -> None:
    camera = written(CameraPlan("FS", subject="Car", focus_on="Car", move="track"), layers)
    assert pose(camera, FRAMES - 1)[3, 2] - pose(camera)[3, 2] == pytest.approx(6.0, abs=1e-6)


def test_focus_is_pulled_with_the_subject(layers: tuple[Path, ...]) -> None:
    """A car that drives 6 m toward a locked-off camera takes the focus with it."""
    camera = written(CameraPlan("EWS", subject="Car", focus_on="Car"), layers)
    focus = [camera.prim.GetFocusDistanceAttr().Get(FIRST_FRAME + frame) for frame in range(FRAMES)]
    assert all(later < earlier for earlier, later in pairwise(focus))
    assert focus[0] - focus[-1] == pytest.approx(6.0, rel=0.1)


def test_same_plan_same_bytes(layers: tuple[Path, ...]) -> None:
    plan = CameraPlan("MS", subject="Mara", focus_on="Mara", move="handheld")
    written(plan, layers, "a.usdc")
    written(plan, layers, "b.usdc")
    assert layers[-1].with_name("a.usdc").read_bytes() == layers[-1].with_name("b.usdc").read_bytes()


def test_unknown_subject_is_looked_for_at_the_heros_mark(layers: tuple[Path, ...]) -> None:
    camera = written(CameraPlan("MS", lens_mm=40, subject="Nobody", focus_on="Nobody"), layers)
    np.testing.assert_allclose(pose(camera)[3, :3], [0.3, 1.5, 2.1], atol=1e-9)


def test_set_without_a_hero_mark_is_refused(tmp_path: Path) -> None:
    stage = new_layer(tmp_path / "set.usdc")
    stage.GetRootLayer().Save()
    with pytest.raises(NotFound, match="hero"):
        write_camera(shot(CameraPlan()), (tmp_path / "set.usdc",), tmp_path / "camera.usdc")


def planned(tmp_path: Path, tall: float, *, dx: float = 0.0, **more: object) -> tuple[ShotPlan, tuple[Path, ...]]:
    """A shot over Elias's shoulder as the planner solves it, and layers in which the two are of some height and stand
    a little off their places."""
    mara, elias = PathPlan("Mara", (Spot(0, 0, 0, 90.0),)), PathPlan("Elias", (Spot(0, 1.35, 0, 270.0),))
    line = ((0.0, 0.0), (1.35, 0.0))
    stage = Stage(floor_of("nowhere"), (mara, elias), FRAMES, line, 1)
    camera = solve_camera(Coverage(0, 1, "over shoulder", "MS", "Mara", "Elias"), STYLES["coverage"], stage)
    assert camera.setup == "over shoulder"
    set_layer = new_layer(tmp_path / "set.usdc")
    add_mark(set_layer, "hero", facing((0, 0, 0), (0, 0, 1)))
    set_layer.GetRootLayer().Save()
    cast = new_layer(tmp_path / "cast.usdc")
    for name, x, height in (("Mara", dx, tall), ("Elias", 1.35, 1.8)):
        UsdGeom.Xform.Define(cast, f"{names.CAST}/{name}")
        body = box((x - 0.2, 0, -0.1), (x + 0.2, height, 0.1))
        add_mesh(cast, f"{names.CAST}/{name}/body", body, Material("skin"))
    cast.GetRootLayer().Save()
    made = replace(shot(camera), set=SetPlan("nowhere"), blocking=(mara, elias), **more)  # type: ignore[arg-type]
    return made, (tmp_path / "cast.usdc", tmp_path / "set.usdc")


@pytest.mark.parametrize("tall", [1.55, 1.74, 1.95])
@pytest.mark.parametrize("dx", [0.0, -0.15])
def test_a_planned_framing_holds_on_the_bodies_that_are_there(tmp_path: Path, tall: float, dx: float) -> None:
    """Through the written UsdGeom.Camera, whatever the heights: Mara's eyes within 1 % of the frame's height of where
    the plan has them, Elias's as near across the picture, the horizon level, the camera near where it was planned."""
    made, layers = planned(tmp_path, tall, dx=dx)
    write_camera(made, layers, tmp_path / "camera.usdc")
    camera = Written(Usd.Stage.Open(str(tmp_path / "camera.usdc")))
    asked = {point.target: point for point in made.camera.framing}
    for name, eyes in (("Mara", (dx, tall - 0.12, 0.0)), ("Elias", (1.35, 1.68, 0.0))):
        right, up = project(camera, eyes)
        assert abs((right + 0.5) - asked[name].x) * 16 / 9 < 0.01, name
        if name == "Mara":
            assert abs((0.5 - up) - asked[name].y) < 0.01
    assert abs(pose(camera)[0, 1]) < 1e-9
    assert made.camera.station is not None
    assert np.linalg.norm(pose(camera)[3, :3] - np.array(made.camera.station.eye)) < 0.6


def test_planned_focus_pulls_are_written(tmp_path: Path) -> None:
    """The focus begins on Mara, and after the pull it is on Elias, between them on the way."""
    made, layers = planned(tmp_path, 1.74)
    pulled = replace(made, camera=replace(made.camera, focus_pulls=(FocusPull("Elias", 6, 12),)))
    write_camera(pulled, layers, tmp_path / "camera.usdc")
    camera = Written(Usd.Stage.Open(str(tmp_path / "camera.usdc")))
    focus = [camera.prim.GetFocusDistanceAttr().Get(FIRST_FRAME + frame) for frame in range(FRAMES)]
    matrix = np.linalg.inv(pose(camera))
    far, near = (-(np.array([*point, 1.0]) @ matrix)[2] for point in ((0.0, 1.62, 0.0), (1.35, 1.68, 0.0)))
    assert focus[0] == focus[6] == pytest.approx(far, abs=0.02)
    assert focus[18] == focus[-1] == pytest.approx(near, abs=0.02)
    assert all(later <= earlier for earlier, later in pairwise(focus))


def test_a_shot_of_something_that_is_not_there_is_taken_from_its_station(tmp_path: Path) -> None:
    made, layers = planned(tmp_path, 1.74)
    lost = replace(made, camera=replace(made.camera, subject="Nobody", framing=(), focus_on="Mara"))
    write_camera(lost, layers, tmp_path / "camera.usdc")
    camera = Written(Usd.Stage.Open(str(tmp_path / "camera.usdc")))
    assert made.camera.station is not None
    np.testing.assert_allclose(pose(camera)[3, :3], made.camera.station.eye, atol=1e-6)
