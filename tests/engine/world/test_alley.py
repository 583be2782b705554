"""The alley: built in its time, the same twice, wet in any weather; marks, cameras and lights as declared."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.kit import Kit, Palette
from secondunit_engine.world.props.alley_clutter import crates, dumpster, pallet, trash_bags, trash_can
from tests.engine.world.set_checks import check_set


@pytest.fixture(scope="module")
def alley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alley")
    before = time.process_time()
    build_set(SetPlan("alley"), folder)
    assert time.process_time() - before < 10  # twice what it may take, for slow machines
    return folder


def test_it_is_what_the_planner_and_the_gaffer_believe(alley: Path) -> None:
    check_set("alley", Usd.Stage.Open(str(alley / "set.usdc")))


def test_the_same_plan_gives_the_same_bytes_and_another_seed_another_alley(alley: Path, tmp_path: Path) -> None:
    build_set(SetPlan("alley"), tmp_path / "again")
    build_set(SetPlan("alley", seed=3), tmp_path / "other")
    names = sorted(path.relative_to(alley) for path in alley.rglob("*") if path.is_file())
    assert [(alley / name).read_bytes() for name in names] == [
        (tmp_path / "again" / name).read_bytes() for name in names
    ]
    walls = [Usd.Stage.Open(str(folder / "set.usdc")) for folder in (alley, tmp_path / "other")]
    counts = [len(UsdGeom.Mesh(s.GetPrimAtPath("/Shot/Set/Alley/Trim")).GetPointsAttr().Get()) for s in walls]
    assert counts[0] != counts[1]


@pytest.mark.parametrize("thing", ["dumpster", "can", "bags", "crates", "pallet"])
def test_clutter_stands_on_the_ground(thing: str) -> None:
    palette, rng = Palette(), np.random.Generator(np.random.PCG64(1))
    kits: dict[str, Kit] = {
        "dumpster": dumpster(palette),
        "can": trash_can(palette),
        "bags": trash_bags(rng),
        "crates": crates(palette, rng),
        "pallet": pallet(palette),
    }
    points = np.concatenate([mesh.points for meshes in kits[thing].parts.values() for mesh in meshes])
    assert points[:, 1].min() == pytest.approx(0, abs=0.02)
    assert 0.4 < points[:, 1].max() < 1.5
