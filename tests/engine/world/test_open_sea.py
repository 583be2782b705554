"""The open sea as a layer: the raft is as declared, keeps above the water, and the sea round it moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pxr import Usd, UsdGeom

from secondunit_engine.motion.waves import height, waves_of
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.sets.open_sea import build_open_sea
from secondunit_engine.world.water import read_water
from tests.engine.world.set_checks import check_set


def test_the_raft_is_as_declared_and_rides_over_its_sea(tmp_path: Path) -> None:
    build_open_sea(SetPlan("open_sea", seed=1, weather=("storm",)), tmp_path)
    stage = Usd.Stage.Open(str(tmp_path / "set.usdc"))
    check_set("open_sea", stage, 1)
    found = read_water(stage.GetPrimAtPath(f"{names.SET}/Sea"))
    assert found is not None
    water, _ = found
    x, z = np.meshgrid(np.linspace(-1.5, 1.5, 5), np.linspace(-2, 2, 5))
    highest = max(float(height(waves_of(water.sea), x, z, time).max()) for time in np.linspace(0, 12, 9))
    assert water.level + highest < 0.15  # no higher than a shin over the boards, even in a storm
    meshes = [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 600_000


def test_nobody_walks_off_the_boat() -> None:
    for layout in (0, 1):
        floor = floor_of("open_sea", layout)
        assert floor.is_free(np.array([0.0, 0.6]), np.array([0.0, 0.6])).all()
        assert not floor.is_free(np.array([4.5, -4.5, 5.0]), np.array([0.0, 1.0, -5.0])).any()
