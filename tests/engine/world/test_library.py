"""The ancient library as a layer: what it offers, what it weighs, and that a seed means one library."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Shafts, read_air
from secondunit_engine.world.props.books import Run, shelve
from secondunit_engine.world.sets.library import build_library

PLAN = SetPlan("library", seed=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    build_library(PLAN, folder)
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Usd.Stage:
    return Usd.Stage.Open(str(folder / "set.usdc"))


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def meshes(stage: Usd.Stage) -> list[UsdGeom.Mesh]:
    return [UsdGeom.Mesh(prim) for prim in stage.Traverse() if UsdGeom.Mesh(prim)]


def test_same_seed_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Building again gives the same layer and textures, byte for byte."""
    build_library(PLAN, tmp_path)
    assert digests(tmp_path) == digests(folder)


def test_triangle_budget(library: Usd.Stage) -> None:
    """At most 600,000 triangles in at most 30 meshes: many shapes cost more than many triangles."""
    found = meshes(library)
    triangles = sum(len(mesh.GetFaceVertexCountsAttr().Get()) for mesh in found)
    assert 300_000 < triangles < 600_000
    assert len(found) <= 30


def test_every_lamp_has_a_fader(library: Usd.Stage) -> None:
    """Sun, sky, candles and the relic's light each have their group."""
    groups = {prim.GetAttribute(names.LIGHT_GROUP).Get() for prim in library.Traverse()} - {None}
    assert groups == {"sun", "sky", "candles", "relic"}


def test_textures_lie_beside_the_layer(library: Usd.Stage, folder: Path) -> None:
    """Every texture is named relative to the layer and is there."""
    files = [prim.GetAttribute("inputs:file").Get() for prim in library.Traverse() if prim.HasAttribute("inputs:file")]
    assert len(files) > 10
    for file in files:
        assert file.path.startswith("./textures/")
        assert (folder / file.path).is_file()


def test_marks(library: Usd.Stage) -> None:
    """People have their places, every size of shot has a camera, and the wide one sees the relic."""
    for mark in ("hero", "pedestal", "door", *(names.camera_mark(size) for size in ("WS", "FS", "MS", "CU", "ECU"))):
        assert library.GetPrimAtPath(f"{names.MARKS}/{mark}").IsValid(), mark
    camera = UsdGeom.Xformable(library.GetPrimAtPath(f"{names.MARKS}/camera_WS")).GetLocalTransformation()
    x, y, z = np.array(camera.GetInverse().Transform((0.0, 1.06, 0.0)))
    assert -z > 5
    assert abs(x / -z) < 18 / 24
    assert abs(y / -z) < 10.125 / 24


def test_normals_face_outwards(library: Usd.Stage) -> None:
    """Shading normals agree with the winding nearly everywhere, so nothing renders black."""
    for mesh in meshes(library):
        normals = mesh.GetNormalsAttr().Get()
        if normals is None:
            continue
        points, normals = np.array(mesh.GetPointsAttr().Get()), np.array(normals)
        triangles = np.array(mesh.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)
        a, b, c = (points[triangles[:, k]] for k in range(3))
        agree = np.einsum("ij,ij->i", np.cross(b - a, c - a), normals[triangles].mean(axis=1)) >= -1e-12
        assert agree.mean() > 0.995, mesh.GetPath()


def test_lid_opens_at_the_hinge(library: Usd.Stage) -> None:
    """Turning the lid by its open angle lifts its front edge over the box and leaves the hinge where it was."""
    lid = library.GetPrimAtPath(f"{names.PROPS}/Relic/Lid")
    turn = lid.GetAttribute("xformOp:rotateX")
    front, hinge = (0.0, 0.0, 0.08), (0.0, 0.0, 0.0)
    closed = UsdGeom.Xformable(lid).GetLocalTransformation()
    turn.Set(lid.GetAttribute("secondunit:openDegrees").Get())
    opened = UsdGeom.Xformable(lid).GetLocalTransformation()
    turn.Set(0.0)
    lifted = np.array(opened.Transform(front)) - np.array(closed.Transform(front))
    assert lifted[1] > 0.05
    assert np.allclose(np.array(opened.Transform(hinge)), np.array(closed.Transform(hinge)))


def test_shafts_come_from_the_sun(library: Usd.Stage) -> None:
    """The haze is lit from where the sun's light comes from."""
    shafts = read_air(library.GetPrimAtPath(f"{names.AIR}/Shafts"))
    assert isinstance(shafts, Shafts)
    sun = UsdGeom.Xformable(library.GetPrimAtPath(f"{names.LIGHTS}/Sun")).GetLocalTransformation()
    assert np.allclose(np.array(sun.TransformDir((0, 0, 1))), shafts.direction, atol=1e-5)


def test_books_stay_on_their_shelf() -> None:
    """A run is filled nearly to its end, and no book stands out of it in any direction."""
    run = Run((1.0, 0.5, -2.0), (0.0, 0.0, 1.0), (-1.0, 0.0, 0.0), 2.0, 0.30, 0.25)
    points = shelve([run], np.random.Generator(np.random.PCG64(3))).points - np.array(run.origin)
    along, up, out = points[:, 2], points[:, 1], -points[:, 0]
    assert along.min() > -0.001
    assert 1.7 < along.max() < 2.05
    assert up.min() >= -1e-6
    assert up.max() < 0.30
    assert out.min() >= -1e-6
    assert out.max() < 0.25
