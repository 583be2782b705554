"""Mountains as layers: four lands as declared, and rivers that run downhill."""

from __future__ import annotations

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import sky, textures
from secondunit_engine.world import stage as names
from secondunit_engine.world.land.erosion import erode
from secondunit_engine.world.land.relief import survey_relief
from secondunit_engine.world.land.trees import distant_conifer
from secondunit_engine.world.sets.mountain import build_mountain
from secondunit_engine.world.sets.mountain_land import LANDS, height_of
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Usd.Stage:
    """The heaviest of the four lands, under a small picture of the sky."""
    folder = tmp_path_factory.mktemp("valley")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_mountain(SetPlan("mountain", seed=2), folder)
    return Usd.Stage.Open(str(folder / "set.usdc"))


def points(stage: Usd.Stage, name: str) -> np.ndarray:
    return np.array(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/{name}")).GetPointsAttr().Get())


def test_is_as_declared(valley: Usd.Stage) -> None:
    check_set("mountain", valley, 2)
    for layout in (0, 1, 3):
        check_cameras("mountain", layout)


def test_budget(valley: Usd.Stage) -> None:
    """Under 1.6 million triangles in at most 14 meshes."""
    meshes = [UsdGeom.Mesh(prim) for prim in valley.Traverse() if UsdGeom.Mesh(prim)]
    assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_600_000
    assert len(meshes) <= 14


def test_land_goes_on_from_level_ground_to_the_horizon(valley: Usd.Stage) -> None:
    """Feet stand on y = 0, the far land begins under the edge of the near, and reaches ten kilometres."""
    near, far = points(valley, "Ground"), points(valley, "FarLand")
    assert np.abs(near[np.hypot(near[:, 0], near[:, 2]) < 2.0, 1]).max() < 0.06
    away = np.hypot(far[:, 0], far[:, 2])
    assert away.min() < np.hypot(near[:, 0], near[:, 2]).max()
    assert away.max() > 10_000


def test_each_land_has_its_own_form() -> None:
    """A summit stands ahead, a cliff falls off ahead, walls stand beside a canyon's bed."""
    ahead, beside = (np.array([0.0]), np.array([-30.0])), (np.array([95.0]), np.array([0.0]))
    peak, cliff, canyon = (height_of(LANDS[layout], layout) for layout in (0, 1, 3))
    assert peak(np.array([500.0]), np.array([-3000.0]))[0] > 250
    assert -30 < peak(*ahead)[0] < -3
    assert cliff(*ahead)[0] < -60
    assert canyon(*beside)[0] > 40
    assert abs(canyon(*ahead)[0]) < 3


def test_eroded_land_drains() -> None:
    """Every cell that rises has a lower neighbour, slopes stand at repose, and rivers cut: relief has valleys."""
    rough = textures.noise(3, 48, 2.0)
    uplift = np.full((48, 48), 60.0)
    uplift[20:22] = 0
    land = erode(8 * (rough - rough.min()), uplift, 80.0, 6, 1.5, 0.8)
    walled = np.pad(land, 1, constant_values=np.inf)
    lowest = np.min([walled[1 + z : 49 + z, 1 + x : 49 + x] for z in (-1, 0, 1) for x in (-1, 0, 1) if z or x], axis=0)
    inner = uplift > 0
    inner[[0, -1]] = inner[:, [0, -1]] = False
    assert (lowest < land)[inner].mean() > 0.995
    assert np.percentile(np.abs(np.diff(land[:, 1:-1], axis=0)), 90) <= 80.0 * 0.8 + 1e-6
    assert land.max() > 80


def test_relief_is_finer_ahead_and_closed() -> None:
    """Columns crowd where cameras look (-Z); its mesh looks up and joins itself behind."""
    relief = survey_relief(lambda x, z: 0 * x, 10.0, 100.0, 40, 80)
    angle = np.arctan2(relief.x[-1], relief.z[-1])
    ahead = np.abs(angle) > np.radians(150)
    assert ahead.mean() > 1.8 * 60 / 360
    assert relief.slope[4:].max() < 1e-6
    mesh = relief.mesh()
    assert mesh.normals is not None
    assert (mesh.normals[:, 1] > 0.5).mean() > 0.9
    first, last = mesh.points.reshape(20, 41, 3)[:, 0], mesh.points.reshape(20, 41, 3)[:, -1]
    assert np.allclose(first, last)


def test_a_distant_conifer_is_light_and_a_metre_high() -> None:
    tree = distant_conifer(1)
    assert len(tree.triangles) < 50
    assert tree.points[:, 1].min() >= 0
    assert 0.9 < tree.points[:, 1].max() <= 1.0
