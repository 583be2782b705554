"""The coast as a layer: a beach and a pier that are as declared, water that is declared to move."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.sets.coast import build_coast
from secondunit_engine.world.water import read_water
from tests.engine.world.set_checks import check_set

MOVING = {0: {"Surf", "Roller"}, 1: {"Sea"}}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    made = [tmp_path_factory.mktemp(f"coast_{layout}") for layout in range(2)]
    for layout, folder in enumerate(made):
        build_coast(SetPlan("coast", seed=layout), folder)
    return made


@pytest.mark.parametrize("layout", range(2))
def test_is_as_declared(folders: list[Path], layout: int) -> None:
    """Marks, cameras and faders are those that the planner and the gaffer know; what moves is declared; the budget
    is kept."""
    stage = Usd.Stage.Open(str(folders[layout] / "set.usdc"))
    check_set("coast", stage, layout)
    meshes = [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
    assert {mesh.GetPrim().GetName() for mesh in meshes if read_water(mesh.GetPrim())} == MOVING[layout]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_500_000
    horizon = np.array(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/SeaHorizon")).GetPointsAttr().Get())
    assert np.hypot(horizon[:, 0], horizon[:, 2]).max() > 10_000


def test_nobody_walks_on_the_water() -> None:
    """The pier's planks are a floor, the lake beside it is none; the beach ends where the sea is deep."""
    pier, beach = floor_of("coast", 1), floor_of("coast", 0)
    turn = np.radians(36.0)
    beside = np.array([3.0, -3.0]) * np.cos(turn), -np.array([3.0, -3.0]) * np.sin(turn)
    assert not pier.is_free(*beside).any()
    assert pier.is_free(-2.0 * np.sin(np.array([turn])), -2.0 * np.cos(np.array([turn]))).all()
    assert beach.is_free(np.array([0.0]), np.array([-3.5])).all()
    assert not beach.is_free(np.array([0.0]), np.array([-9.0])).any()
