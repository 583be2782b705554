"""Above the clouds as layers: three crafts as declared, nobody walks off them, the clouds go by in story time."""

from __future__ import annotations

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.motion.water import write_water
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import sky
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import CloudSea, read_air, story_time
from secondunit_engine.world.sets.sky import build_sky
from tests.engine.motion.conftest import car_shot
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def balloon(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    """The basket, under a small picture of the sky."""
    folder = tmp_path_factory.mktemp("balloon")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_sky(SetPlan("sky", seed=1, time_of_day="magic hour"), folder)
    return Usd.Stage.Open(str(folder / "set.usdc"))


def test_is_as_declared(balloon: Usd.Stage) -> None:
    check_set("sky", balloon, 1)
    for layout in (0, 2):
        check_cameras("sky", layout)


def test_budget(balloon: Usd.Stage) -> None:
    meshes = [UsdGeom.Mesh(prim) for prim in balloon.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 400_000


@pytest.mark.parametrize(("layout", "inside", "outside"), [(0, 2.5, 5.0), (1, 1.2, 2.6), (2, 1.5, 11.9)])
def test_nobody_walks_off(layout: int, inside: float, outside: float) -> None:
    floor = floor_of("sky", layout)
    assert floor.is_free(np.array([0.0, 0.3 * inside]), np.array([0.0, 0.0])).all()
    assert not floor.is_free(
        np.array([outside if layout < 2 else 0.0]), np.array([0.0 if layout < 2 else outside])
    ).any()


def test_the_clouds_keep_the_storys_time(balloon: Usd.Stage) -> None:
    """They lie below the floor, and in slow motion they go by slowly."""
    stage = Usd.Stage.CreateInMemory()
    stage.GetRootLayer().subLayerPaths.append(balloon.GetRootLayer().identifier)
    write_water(car_shot(frames=25, time_scale=0.5), balloon, stage)
    prim = stage.GetPrimAtPath(f"{names.AIR}/Clouds")
    clouds = read_air(prim)
    assert isinstance(clouds, CloudSea)
    assert clouds.base + clouds.sheet < -100
    assert story_time(prim, 1025) - story_time(prim, 1001) == pytest.approx(0.5, abs=0.05)
