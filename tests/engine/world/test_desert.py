"""The desert as a layer: three lands that are as declared, level at the hero, and one desert for one seed."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom
from scipy.spatial import KDTree

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.sets.desert import build_desert
from tests.engine.world.set_checks import check_set, pieces


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    made = [tmp_path_factory.mktemp(f"desert_{layout}") for layout in range(3)]
    for layout, folder in enumerate(made):
        build_desert(SetPlan("desert", seed=layout), folder)
    return made


@pytest.fixture(scope="module")
def deserts(folders: list[Path]) -> list[Usd.Stage]:
    return [Usd.Stage.Open(str(folder / "set.usdc")) for folder in folders]


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def mesh_of(stage: Usd.Stage, name: str) -> UsdGeom.Mesh:
    return UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/{name}"))


def points(stage: Usd.Stage, name: str) -> np.ndarray:
    return np.array(mesh_of(stage, name).GetPointsAttr().Get())


@pytest.mark.parametrize("layout", range(3))
def test_is_as_declared(deserts: list[Usd.Stage], layout: int) -> None:
    """Marks, cameras and faders are those that the planner and the gaffer know."""
    check_set("desert", deserts[layout], layout)


def test_same_seed_same_bytes_in_time(folders: list[Path], tmp_path: Path) -> None:
    """Building again gives the same layer and textures, byte for byte, within 10 CPU seconds."""
    start = time.process_time()
    build_desert(SetPlan("desert", seed=0), tmp_path)
    assert time.process_time() - start < 10
    assert digests(tmp_path) == digests(folders[0])


def test_layouts_are_different_lands(deserts: list[Usd.Stage]) -> None:
    """High dunes, table mountains, a low sea of sand: what stands round the hero has another height in each."""
    dunes, badlands, sea = (np.percentile(points(stage, "GroundFar")[:, 1], 99) for stage in deserts)
    assert badlands > 60
    assert 12 < dunes < 60
    assert sea < 0.6 * dunes


def test_ground_is_level_at_the_hero_and_goes_on_to_the_horizon(deserts: list[Usd.Stage]) -> None:
    for stage in deserts:
        near, far = points(stage, "Ground"), points(stage, "GroundFar")
        assert np.abs(near[np.hypot(near[:, 0], near[:, 2]) < 2.0, 1]).max() < 0.04
        assert np.hypot(far[:, 0], far[:, 2]).max() > 8_000
        assert np.isclose(np.hypot(far[:, 0], far[:, 2]).min(), np.hypot(near[:, 0], near[:, 2]).max(), rtol=1e-4)


def test_stones_rest_in_the_sand(deserts: list[Usd.Stage]) -> None:
    """Nothing floats: each stone about the hero begins under the sand at its middle."""
    for stage in deserts:
        ground = points(stage, "Ground")
        stones = [piece for piece in pieces(mesh_of(stage, "Stones")) if np.hypot(*piece.mean(axis=0)[[0, 2]]) < 30]
        assert len(stones) > 40
        away, near = KDTree(ground[:, [0, 2]]).query([stone.mean(axis=0)[[0, 2]] for stone in stones], k=4)  # (S, 4)
        share = 1 / np.maximum(away, 1e-6)
        sand = (share * ground[near, 1]).sum(axis=1) / share.sum(axis=1)
        assert (np.array([stone[:, 1].min() for stone in stones]) < sand).all()


def test_budget(deserts: list[Usd.Stage]) -> None:
    """Under 1.7 million triangles in at most 14 meshes."""
    for stage in deserts:
        meshes = [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
        assert sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_700_000
        assert len(meshes) <= 14
