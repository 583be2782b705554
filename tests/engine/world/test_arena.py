"""The arena: built in its time, the same twice; marks, cameras and lights as declared; its lamps sweep."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Gf, Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.show import SWEEP, swung
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arena")
    before = time.process_time()
    build_set(SetPlan("arena", "night"), folder)
    assert time.process_time() - before < 10  # twice what it may take, for slow machines
    return folder


def test_it_is_what_the_planner_and_the_gaffer_believe(arena: Path) -> None:
    check_set("arena", Usd.Stage.Open(str(arena / "set.usdc")))


@pytest.mark.parametrize("layout", [1, 2])
def test_the_other_stages_can_be_shot_on(layout: int) -> None:
    check_cameras("arena", layout)


def test_the_same_plan_gives_the_same_bytes(arena: Path, tmp_path: Path) -> None:
    build_set(SetPlan("arena", "night"), tmp_path)
    for path in (file for file in arena.rglob("*") if file.is_file()):
        assert path.read_bytes() == (tmp_path / path.relative_to(arena)).read_bytes(), path.name


def test_thousands_sit_in_the_stands_within_the_budget(arena: Path) -> None:
    stage = Usd.Stage.Open(str(arena / "set.usdc"))
    meshes = [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    assert 500_000 < sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 2_000_000


def test_heads_sweep_about_their_aim_and_come_back(arena: Path) -> None:
    stage = Usd.Stage.Open(str(arena / "set.usdc"))
    heads = [prim for prim in stage.Traverse() if UsdLux.SphereLight(prim) and prim.HasAttribute(SWEEP)]
    assert len(heads) > 5
    rest = UsdGeom.Xformable(heads[0]).GetLocalTransformation()
    pan, tilt, period, phase = heads[0].GetAttribute(SWEEP).Get()
    sweep = (pan, tilt, period, phase)

    def way(seconds: float) -> np.ndarray:
        return np.array(swung(rest, sweep, seconds).TransformDir(Gf.Vec3d(0, 0, -1)))

    assert np.linalg.norm(way(0) - way(period / 4)) > 0.01
    np.testing.assert_allclose(way(1.0), way(1.0 + period), atol=1e-6)
    place = swung(rest, sweep, 2.0).ExtractTranslation()
    assert (place - rest.ExtractTranslation()).GetLength() < 1e-6
    assert stage.GetPrimAtPath(f"{names.AIR}/Beams").IsValid()
