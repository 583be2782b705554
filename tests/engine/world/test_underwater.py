"""Under water as layers: three beds as declared, lit through a sea whose clock is the story's."""

from __future__ import annotations

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.motion.water import write_water
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.render.deep import read_water
from secondunit_engine.world import sky
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Deep, read_air
from secondunit_engine.world.land import corals
from secondunit_engine.world.sets.underwater import build_underwater
from tests.engine.motion.conftest import car_shot
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def reef(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    """The reef, under a small picture of the sky."""
    folder = tmp_path_factory.mktemp("reef")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_underwater(SetPlan("underwater", seed=0), folder)
    return Usd.Stage.Open(str(folder / "set.usdc"))


def test_is_as_declared(reef: Usd.Stage) -> None:
    check_set("underwater", reef)
    for layout in (1, 2):
        check_cameras("underwater", layout)


def test_budget(reef: Usd.Stage) -> None:
    """Under 1.2 million triangles in at most 8 meshes."""
    meshes = [UsdGeom.Mesh(prim) for prim in reef.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_200_000
    assert len(meshes) <= 8


def test_the_water_is_blue_and_clear_over_the_people(reef: Usd.Stage) -> None:
    """Oceanic water takes red ten times as fast as blue; its surface lies over everybody's head."""
    deep = read_air(reef.GetPrimAtPath(f"{names.AIR}/Water"))
    assert isinstance(deep, Deep)
    assert deep.level > 4
    assert deep.thins[0] > 2 * deep.thins[2]
    assert deep.veil[2] > deep.veil[0]


def test_the_sea_overhead_keeps_the_storys_time(reef: Usd.Stage) -> None:
    """In slow motion its waves are slow: the clock of the water is story time."""
    stage = Usd.Stage.CreateInMemory()
    stage.GetRootLayer().subLayerPaths.append(reef.GetRootLayer().identifier)
    write_water(car_shot(frames=25, time_scale=0.5), reef, stage)
    first, last = read_water(stage, 1001), read_water(stage, 1025)
    assert first is not None
    assert last is not None
    assert last.time - first.time == pytest.approx(0.5, abs=0.05)


def test_corals_stand_a_metre_high_in_their_ramps_colour() -> None:
    for make in (corals.branching, corals.fan):
        mesh = make(3)
        assert mesh.points[:, 1].max() == pytest.approx(1, abs=1e-5)
        red = corals.recolored(mesh, 2, 4)
        assert red.uvs is not None
        assert np.unique(red.uvs[:, 0]) == pytest.approx([0.625])
    assert len(corals.branching(3, levels=2, sides=3).triangles) < len(corals.branching(3).triangles) / 4
