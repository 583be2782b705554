"""The stage and its house: a theatre and a concert as declared, the same twice; lamps are not hidden by their heads."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.interiors import theatre
from secondunit_engine.world.sets.stage import build_stage
from secondunit_engine.world.show import SWEEP
from tests.engine.world.set_checks import check_set, pieces


@dataclass(frozen=True)
class Built:
    """A kind as built, and the CPU seconds that took."""

    kind: int
    folder: Path
    stage: Usd.Stage
    seconds: float


@pytest.fixture(scope="module", params=range(2))
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder, start = tmp_path_factory.mktemp("stage"), time.process_time()
    build_stage(SetPlan("stage", "night", seed=request.param), folder)
    seconds = time.process_time() - start
    return Built(request.param, folder, Usd.Stage.Open(str(folder / "set.usdc")), seconds)


def test_is_as_declared_and_within_budget(house: Built) -> None:
    check_set("stage", house.stage, house.kind)
    assert house.seconds < 15  # on a busy machine; three when it is alone
    meshes = [UsdGeom.Mesh(prim) for prim in house.stage.Traverse() if UsdGeom.Mesh(prim)]
    assert 150_000 < sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 800_000
    assert len(meshes) <= 26


def test_a_lamp_shines_from_before_its_lens(house: Built) -> None:
    """A spot is a point: inside the ball of its own lens it would light nothing."""
    lenses = pieces(UsdGeom.Mesh(house.stage.GetPrimAtPath(f"{names.SET}/Lenses")))
    middles = np.array([lens.mean(axis=0) for lens in lenses])
    radius = max(float(np.ptp(lens, axis=0).max()) / 2 for lens in lenses)
    spots = [prim for prim in house.stage.GetPrimAtPath(names.LIGHTS).GetChildren() if UsdLux.SphereLight(prim)]
    assert len(spots) == len(lenses)
    for spot in spots:
        at = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(spot).ExtractTranslation())
        assert np.linalg.norm(middles - at, axis=1).min() > radius, spot.GetName()


def test_only_a_concert_sweeps_and_only_a_theatre_has_its_curtain_closed(house: Built) -> None:
    prims = house.stage.GetPrimAtPath(names.LIGHTS).GetChildren()
    assert any(prim.HasAttribute(SWEEP) for prim in prims) == (house.kind == 1)
    velvet = np.array(UsdGeom.Mesh(house.stage.GetPrimAtPath(f"{names.SET}/Velvet")).GetPointsAttr().Get())
    middle = velvet[(np.abs(velvet[:, 0]) < 3) & (velvet[:, 1] < 3) & (velvet[:, 2] < 0)]
    assert (middle[:, 2].max() > -3.2) == (house.kind == 0)


def test_same_seed_same_bytes_and_another_seed_another_audience(house: Built, tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    if house.kind == 1:
        build_stage(SetPlan("stage", "night", seed=1), tmp_path / "again")
        assert digests(tmp_path / "again") == digests(house.folder)
    else:
        build_stage(SetPlan("stage", "night", seed=2), tmp_path / "other")
        other = Usd.Stage.Open(str(tmp_path / "other" / "set.usdc"))
        people = [
            len(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/People")).GetPointsAttr().Get())
            for stage in (house.stage, other)
        ]
        assert people[0] != people[1]


def test_a_drape_is_as_wide_and_high_as_asked_and_hangs_in_folds() -> None:
    points = theatre.drape(4.0, 6.0, 3).points
    assert np.ptp(points[:, 0]) == pytest.approx(4.0, abs=0.1)
    assert (points[:, 1].min(), points[:, 1].max()) == pytest.approx((0.0, 6.0), abs=1e-5)
    foot = points[points[:, 1] < 1e-6]
    crossings = np.diff(np.sign(foot[np.argsort(foot[:, 0]), 2] - np.median(foot[:, 2]))) != 0
    assert crossings.sum() >= 12


def test_nobody_sits_in_the_aisle() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    kit, people = theatre.rows(rng, [(6.0, -1.0), (7.0, -0.9)], 6.0, 1.0, 1.0)
    chairs = np.concatenate([mesh.points for mesh in kit.parts["seat"]])
    assert np.abs(chairs[:, 0]).min() > 1.0
    assert np.abs(people.points[:, 0]).min() > 0.6
