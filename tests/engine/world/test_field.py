"""Fields as layers: three that are as declared, grass that people walk through, seasons that change what grows."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pxr import Usd, UsdGeom

from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import sky
from secondunit_engine.world.land.grassland import Tone, blades, grass_material
from secondunit_engine.world.sets.field import build_field
from secondunit_engine.world.sets.field_meadow import from_lens
from secondunit_engine.world.triangles import gives_way
from tests.engine.world.set_checks import check_cameras, check_set


def build(plan: SetPlan, folder: Path) -> Usd.Stage:
    """A field under a small picture of the sky."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sky, "WIDTH", 192)
        build_field(plan, folder)
    return Usd.Stage.Open(str(folder / "set.usdc"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("meadow")


@pytest.fixture(scope="module")
def meadow(folder: Path) -> Usd.Stage:
    return build(SetPlan("field", seed=0), folder)


def meshes(stage: Usd.Stage) -> dict[str, UsdGeom.Mesh]:
    return {prim.GetName(): UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)}


def points(stage: Usd.Stage, name: str) -> np.ndarray:
    return np.array(meshes(stage)[name].GetPointsAttr().Get())


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_is_as_declared(meadow: Usd.Stage) -> None:
    check_set("field", meadow, 0)
    for layout in (1, 2):
        check_cameras("field", layout)


def test_same_seed_same_bytes_in_time(meadow: Usd.Stage, folder: Path, tmp_path: Path) -> None:
    """Building again gives the same layer and textures, byte for byte, within 10 CPU seconds."""
    start = time.process_time()
    build(SetPlan("field", seed=0), tmp_path)
    assert time.process_time() - start < 10
    assert digests(tmp_path) == digests(folder)


def test_budget(meadow: Usd.Stage) -> None:
    """Under 1.25 million triangles in at most 20 meshes."""
    counts = [len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in meshes(meadow).values()]
    assert sum(counts) < 1_250_000
    assert len(counts) <= 20


def test_people_walk_through_grass_but_not_through_posts(meadow: Usd.Stage) -> None:
    """Grass taller than a shin gives way; the fence does not, and is in the survey."""
    tall = points(meadow, "Grass0")
    assert tall[:, 1].max() > 0.3
    assert gives_way(meshes(meadow)["Grass0"].GetPrim())
    assert not gives_way(meshes(meadow)["FencePosts"].GetPrim())
    floor = floor_of("field", 0)
    x, z = np.array([-3.0, 2.5, 0.0]), np.array([-4.0, 1.0, -8.0])
    assert floor.is_free(x, z).all()
    posts = points(meadow, "FencePosts")
    near = posts[np.hypot(posts[:, 0], posts[:, 2]) < 9]
    assert not floor.is_free(near[:1, 0], near[:1, 2]).any()


def test_land_goes_on_to_the_horizon(meadow: Usd.Stage) -> None:
    """Feet stand on y = 0, the far land begins under the edge of the near, and hills rise before the sky."""
    near, far = points(meadow, "Ground"), points(meadow, "FarLand")
    assert np.abs(near[np.hypot(near[:, 0], near[:, 2]) < 1.5, 1]).max() < 0.05
    away = np.hypot(far[:, 0], far[:, 2])
    assert away.min() < np.hypot(near[:, 0], near[:, 2]).max()
    assert away.max() > 6_000
    assert far[:, 1].max() > 20


def test_seasons_change_what_grows(tmp_path: Path) -> None:
    """Wheat stands in summer; in autumn it is stubble with bales."""
    autumn = meshes(build(SetPlan("field", seed=1, season="autumn"), tmp_path / "autumn"))
    assert {"Bales", "Stubble0"} <= set(autumn)
    assert "Corn0" not in autumn


def test_blades_stand_on_their_feet_in_their_tones(tmp_path: Path) -> None:
    """A blade begins at its foot, is about as tall as asked, and its texture coordinates stay in its tone."""
    rng = np.random.Generator(np.random.PCG64(3))
    feet = np.column_stack([np.arange(50.0), np.zeros((50, 2))])
    tone = np.arange(50) % 2
    mesh = blades(rng, feet, 0.4, 0.006, 2, tone, 0.3)
    own = mesh.points.reshape(50, -1, 3)
    assert np.allclose(own[:, :2].mean(axis=1), feet, atol=1e-5)
    assert (own[:, -1, 1] > 0.2).all()
    assert (own[:, -1, 1] < 0.5).all()
    assert mesh.uvs is not None
    assert np.allclose(mesh.uvs.reshape(50, -1, 2)[:, :, 0], ((tone + 0.5) / 2)[:, None])
    material = grass_material(
        tmp_path, "two", (Tone((0, 0, 0), (0, 1, 0), (1, 1, 1)), Tone((0, 0, 0), (1, 0, 0), (1, 0, 0)))
    )
    with Image.open(tmp_path / material.base_texture) as picture:
        left, right = picture.getpixel((1, 0)), picture.getpixel((5, 0))
    assert (left, right) == ((255, 255, 255), (255, 0, 0))  # the tips


def test_grass_is_densest_where_lenses_are() -> None:
    """The distance that thins it is none along the cameras' way and grows beside it."""
    assert from_lens(np.array([0.7]), np.array([4.0]))[0] < 0.2
    assert from_lens(np.array([9.0]), np.array([4.0]))[0] > 7
