"""The warehouse and the workshop: as declared, built in time and the same twice; the sun comes in by the roof."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.interiors import industrial
from secondunit_engine.world.interiors.industrial import Shed
from secondunit_engine.world.kit import Palette
from secondunit_engine.world.sets.warehouse import build_warehouse
from tests.engine.world.set_checks import check_set


@dataclass(frozen=True)
class Built:
    """A kind as built by day, and the CPU seconds that took."""

    kind: int
    folder: Path
    stage: Usd.Stage
    seconds: float


@pytest.fixture(scope="module", params=range(2))
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder, start = tmp_path_factory.mktemp("warehouse"), time.process_time()
    build_warehouse(SetPlan("warehouse", seed=request.param), folder)
    seconds = time.process_time() - start
    return Built(request.param, folder, Usd.Stage.Open(str(folder / "set.usdc")), seconds)


def test_is_as_declared_and_within_budget(hall: Built) -> None:
    check_set("warehouse", hall.stage, hall.kind)
    assert hall.seconds < 15  # on a busy machine; two when it is alone
    meshes = [UsdGeom.Mesh(prim) for prim in hall.stage.Traverse() if UsdGeom.Mesh(prim)]
    assert 60_000 < sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 800_000
    assert len(meshes) <= 30


def test_glass_lights_the_hall_and_lets_the_sun_in_on_its_side(hall: Built) -> None:
    """Panes shine down and inwards; those on the sun's side hide nothing."""
    for name, axis, sign in (("ShadyLights", 1, -1), ("SunnyLights", 1, -1)):
        normals = np.array(UsdGeom.Mesh(hall.stage.GetPrimAtPath(f"{names.SET}/{name}")).GetNormalsAttr().Get())
        assert (np.sign(normals[:, axis]) == sign).all(), name
    walls = UsdGeom.Mesh(hall.stage.GetPrimAtPath(f"{names.SET}/WallLights"))
    points, normals = (np.array(attribute.Get()) for attribute in (walls.GetPointsAttr(), walls.GetNormalsAttr()))
    assert (points[:, 0] * normals[:, 0] < 0).all()
    sunny = hall.stage.GetPrimAtPath(f"{names.MATERIALS}/pane_sunnylights/Surface")
    assert sunny.GetAttribute("inputs:opacity").Get() == 0.0


def test_same_seed_same_bytes_and_another_seed_other_loads(hall: Built, tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    build_warehouse(SetPlan("warehouse", seed=hall.kind), tmp_path / "again")
    assert digests(tmp_path / "again") == digests(hall.folder)
    build_warehouse(SetPlan("warehouse", seed=hall.kind + 2), tmp_path / "other")
    other = Usd.Stage.Open(str(tmp_path / "other" / "set.usdc"))
    counts = [
        len(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/Paint")).GetPointsAttr().Get())
        for stage in (hall.stage, other)
    ]
    assert counts[0] != counts[1]


def test_rain_leaves_puddles_where_a_clean_dry_floor_has_none(tmp_path: Path) -> None:
    found = []
    for name, weather in (("dry", ()), ("wet", ("rain",))):
        build_warehouse(SetPlan("warehouse", "night", weather, wear=0.0, seed=1), tmp_path / name)
        stage = Usd.Stage.Open(str(tmp_path / name / "set.usdc"))
        found.append(stage.GetPrimAtPath(f"{names.SET}/Puddle").IsValid())
    assert found == [False, True]


def test_a_roof_covers_the_hall_but_for_its_lights() -> None:
    """Cladding and panes together have the area of both slopes."""
    shed = Shed(8.0, 6.0, -12.0, 5.0, 8.0)
    cover, panes = industrial.roof(shed, Palette(), (0.3, 0.7), 1.5)

    def area(meshes: list[industrial.Mesh]) -> float:
        corners = np.concatenate([mesh.points[mesh.triangles] for mesh in meshes])  # (T, 3, 3)
        sides = np.diff(corners, axis=1)
        return float(np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1).sum()) / 2

    slopes = 2 * float(np.hypot(8.0, 3.0)) * 18.0
    glass = area([*panes[-1], *panes[1]])
    assert glass == pytest.approx(2 * 3 * 0.4 * float(np.hypot(8.0, 3.0)) * 1.5, rel=1e-4)
    assert area(cover.parts["cladding"]) + glass == pytest.approx(slopes, rel=1e-4)


def test_loads_stand_on_their_pallets_within_reach() -> None:
    """No load is lower than its pallet's foot, nor wider than the pallet by more than a hand."""
    rng = np.random.Generator(np.random.PCG64(4))
    for _ in range(12):
        kit = industrial.load(Palette(), rng, 1.25)
        points = np.concatenate([mesh.points for meshes in kit.parts.values() for mesh in meshes])
        assert points[:, 1].min() == pytest.approx(0.0, abs=1e-5)
        assert points[:, 1].max() < 1.4
        assert np.abs(points[:, [0, 2]]).max(axis=0) == pytest.approx((0.6, 0.5), abs=0.1)
