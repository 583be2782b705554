"""The forest as a layer: what it offers, what it weighs, and that a seed means one forest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Shafts, read_air
from secondunit_engine.world.land import trees
from secondunit_engine.world.land.scatter import clear_of, scatter
from secondunit_engine.world.land.terrain import Octave, Terrain
from secondunit_engine.world.sets.forest import build_forest
from tests.engine.world.set_checks import check_set

PLAN = SetPlan("forest", seed=0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forest")
    build_forest(PLAN, folder)
    return folder


@pytest.fixture(scope="module")
def forest(folder: Path) -> Usd.Stage:
    return Usd.Stage.Open(str(folder / "set.usdc"))


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def points(stage: Usd.Stage, name: str) -> np.ndarray:
    return np.array(UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.SET}/{name}")).GetPointsAttr().Get())


def test_is_as_declared(forest: Usd.Stage) -> None:
    """Marks, cameras and faders are those that the planner and the gaffer know."""
    check_set("forest", forest)


def test_same_seed_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Building again gives the same layer and textures, byte for byte."""
    build_forest(PLAN, tmp_path)
    assert digests(tmp_path) == digests(folder)


def test_seeds_of_a_layout_share_the_trunks(forest: Usd.Stage, tmp_path: Path) -> None:
    """Another seed of the same layout grows other crowns on the same floor: stones lie where they lay."""
    build_forest(SetPlan("forest", seed=3), tmp_path)
    other = Usd.Stage.Open(str(tmp_path / "set.usdc"))
    assert np.array_equal(points(forest, "Stones"), points(other, "Stones"))
    assert not np.array_equal(points(forest, "leaves_0"), points(other, "leaves_0"))


def test_budget(forest: Usd.Stage) -> None:
    """Under 1.7 million triangles in at most 20 meshes."""
    meshes = [UsdGeom.Mesh(prim) for prim in forest.Traverse() if UsdGeom.Mesh(prim)]
    assert 600_000 < sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes) < 1_700_000
    assert len(meshes) <= 20


def test_ground_reaches_the_horizon_and_is_level_at_the_hero(forest: Usd.Stage) -> None:
    """Nobody sees an edge, and feet stand on y = 0."""
    near, far = points(forest, "Ground"), points(forest, "GroundFar")
    assert np.abs(near[np.hypot(near[:, 0], near[:, 2]) < 1.5, 1]).max() < 0.01
    assert np.abs(near[np.hypot(near[:, 0], near[:, 2]) < 3.0, 1]).max() < 0.06
    assert np.hypot(far[:, 0], far[:, 2]).max() > 400


def test_shafts_come_from_the_sun(forest: Usd.Stage) -> None:
    """The haze is lit from where the sun's light comes from."""
    shafts = read_air(forest.GetPrimAtPath(f"{names.AIR}/Shafts"))
    assert isinstance(shafts, Shafts)
    sun = UsdGeom.Xformable(forest.GetPrimAtPath(f"{names.LIGHTS}/Sun")).GetLocalTransformation()
    assert np.allclose(np.array(sun.TransformDir((0, 0, 1))), shafts.direction, atol=1e-5)


def test_scattered_things_keep_their_distance() -> None:
    """No two places are nearer than asked, none lies outside, and the ground is well covered."""
    places = scatter(np.random.Generator(np.random.PCG64(1)), 2.0, 20.0, 1.5)
    apart = np.linalg.norm(places[:, None] - places[None], axis=-1) + 99 * np.eye(len(places))
    assert apart.min() >= 1.5
    away = np.hypot(*places.T)
    assert away.min() >= 2.0
    assert away.max() <= 20.0
    assert len(places) > 220
    assert len(clear_of(places, places[:1], 0.1)) == len(places) - 1


def test_coarse_trees_keep_their_mass() -> None:
    """A tree of coarser detail has far fewer triangles and nearly as much leaf."""

    def area(tree: trees.Tree) -> float:
        a, b, c = (tree.leaves.points[tree.leaves.triangles[:, k]] for k in range(3))
        return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())

    fine, middle, coarse = (trees.grow(trees.BEECH, 4, detail) for detail in range(3))
    assert len(coarse.leaves.triangles) < 0.12 * len(fine.leaves.triangles)
    assert 0.7 < area(middle) / area(fine) < 1.4
    assert 0.7 < area(coarse) / area(fine) < 1.4


def test_terrain_mesh_lies_on_its_height() -> None:
    """The mesh's points are where `height` says, and its faces look up."""
    terrain = Terrain(3, (Octave(30, 1.0, 4, 10),))
    mesh = terrain.mesh(0, 60, 96)
    assert np.allclose(mesh.points[:, 1], terrain.height(mesh.points[:, 0], mesh.points[:, 2]), atol=1e-4)
    assert mesh.normals is not None
    assert (mesh.normals[:, 1] > 0).all()
