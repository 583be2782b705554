"""What leaves as USDZ is read by others as it was made: motion to a fraction of a millimetre, optics, colours."""

from __future__ import annotations

import time
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import OpenImageIO as oiio
import pytest
from PIL import Image
from pxr import Gf, Usd, UsdGeom, UsdLux, UsdSkel, Vt

from secondunit_bridge.errors import BadInput, Unwritable
from secondunit_engine.color import decode_srgb, from_rec709
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import Fog, add_air, add_particles
from secondunit_engine.world.author import Material, Mesh, add_light, add_mark, add_mesh, new_layer
from secondunit_engine.world.handover.package import write_usdz
from secondunit_engine.world.handover.profile import check_usdz
from secondunit_engine.world.handover.shapes import TOLERANCE, find_shapes

FRAMES = 24
RED = (0.6, 0.05, 0.02)
GLOW = (6.0, 3.0, 1.5)  # linear Rec.709


def cloth(frame: float) -> np.ndarray:
    """A sheet of 20 by 20 points that waves and breathes [m], shape [400, 3]."""
    x, y = np.meshgrid(np.linspace(0, 1, 20), np.linspace(0, 1, 20))
    z = 0.1 * np.sin(6 * x + frame / 4) * y + 0.02 * np.cos(9 * y - frame / 3)
    return np.stack([x, y, z], axis=-1).reshape(-1, 3).astype(np.float32)


def triangles() -> np.ndarray:
    at = np.arange(400).reshape(20, 20)
    a, b, c, d = at[:-1, :-1].ravel(), at[:-1, 1:].ravel(), at[1:, 1:].ravel(), at[1:, :-1].ravel()
    return np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]).astype(np.int32)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stage as ours are: a waving sheet on somebody who walks, a lamp, fog, particles, a camera that moves."""
    folder = tmp_path_factory.mktemp("world")
    Image.fromarray(np.full((8, 8, 3), 128, np.uint8)).save(folder / "weave.png")
    glow = oiio.ImageBuf(oiio.ImageSpec(8, 8, 3, oiio.FLOAT))
    glow.set_pixels(oiio.ROI(), from_rec709(np.broadcast_to(GLOW, (8, 8, 3))).astype(np.float32))
    assert glow.write(str(folder / "glow.exr"))
    stage = new_layer(folder / "shot.usda")
    stage.SetStartTimeCode(1001)
    stage.SetEndTimeCode(1000 + FRAMES)
    stage.SetTimeCodesPerSecond(24)
    walker = UsdGeom.Xform.Define(stage, f"{names.CAST}/Ava").AddTransformOp()
    uvs = cloth(0)[:, :2].copy()
    sheet = Mesh(cloth(0), triangles(), uvs=uvs)
    add_mesh(stage, f"{names.CAST}/Ava/Sheet", sheet, Material("cloth", base=RED, base_texture="weave.png", sheen=0.5))
    add_mesh(stage, f"{names.SET}/Pane", sheet, Material("pane", glass=True, bump=0.001))
    screen = Material("screen", emission=(2.0, 2.0, 2.0), emission_texture="glow.exr")
    add_mesh(stage, f"{names.SET}/Screen", sheet, screen)
    points = UsdGeom.Mesh(stage.GetPrimAtPath(f"{names.CAST}/Ava/Sheet")).GetPointsAttr()
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.CreateFocalLengthAttr(35.0)
    camera.CreateHorizontalApertureAttr(36.0)
    camera.CreateFStopAttr(2.0)
    eye = camera.AddTransformOp()
    for frame in range(1001, 1001 + FRAMES):
        points.Set(Vt.Vec3fArray.FromNumpy(cloth(frame)), frame)
        walker.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0.05 * (frame - 1001), 0, 0)), frame)
        eye.Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0, 1.5, 4 - 0.01 * (frame - 1001))), frame)
        camera.GetFocusDistanceAttr().Set(4.0 - 0.01 * (frame - 1001), frame)
    lamp = UsdLux.SphereLight.Define(stage, f"{names.LIGHTS}/Key")
    add_light(stage, lamp, color=(1.0, 0.8, 0.6), intensity=20.0, group="key")
    add_air(stage, "Haze", Fog(0.01, (0.1, 0.1, 0.1)))
    add_particles(stage, "DustPoints", "mote")
    add_mark(stage, "hero", Gf.Matrix4d(1.0))
    stage.GetRootLayer().Save()
    return folder / "shot.usda"


@pytest.fixture(scope="module")
def handed(world: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Usd.Stage, tuple[str, ...]]:
    out = tmp_path_factory.mktemp("out") / "sh010.usdz"
    left_out = write_usdz(world, out)
    return Usd.Stage.Open(str(out)), left_out


def test_a_moving_mesh_is_where_it_was_at_every_frame(handed: tuple[Usd.Stage, tuple[str, ...]]) -> None:
    """Asked of OpenUSD, which bakes the shapes as an engine would play them."""
    stage = handed[0]
    skinned = Usd.Stage.CreateInMemory()
    skinned.GetRootLayer().TransferContent(stage.Flatten())
    root = UsdSkel.Root(skinned.GetPrimAtPath(f"{names.CAST}/Ava"))
    assert root
    assert UsdSkel.BakeSkinning(root, Gf.Interval(1001, 1000 + FRAMES))
    mesh = UsdGeom.Mesh(skinned.GetPrimAtPath(f"{names.CAST}/Ava/Sheet"))
    for frame in range(1001, 1001 + FRAMES):
        np.testing.assert_allclose(mesh.GetPointsAttr().Get(frame), cloth(frame), atol=TOLERANCE + 1e-5)


def test_the_camera_and_who_walks_keep_their_places_and_the_optics(handed: tuple[Usd.Stage, tuple[str, ...]]) -> None:
    stage = handed[0]
    camera = UsdGeom.Camera(stage.GetPrimAtPath(names.CAMERA))
    optics = (camera.GetFocalLengthAttr().Get(), camera.GetHorizontalApertureAttr().Get())
    assert optics == pytest.approx((0.35, 0.36))  # tenths of a metre
    for frame in (1001, 1013, 1024):
        places = UsdGeom.XformCache(frame)
        at = places.GetLocalToWorldTransform(camera.GetPrim()).ExtractTranslation()
        assert at == Gf.Vec3d(0, 1.5, 4 - 0.01 * (frame - 1001))
        walker = places.GetLocalToWorldTransform(stage.GetPrimAtPath(f"{names.CAST}/Ava")).ExtractTranslation()
        assert walker[0] == pytest.approx(0.05 * (frame - 1001))
        assert camera.GetFocusDistanceAttr().Get(frame) == pytest.approx(4.0 - 0.01 * (frame - 1001))


def test_colours_are_rec709(handed: tuple[Usd.Stage, tuple[str, ...]], world: Path) -> None:
    """Our stage holds ACEScg; a PreviewSurface is read as linear Rec.709."""
    surface = handed[0].GetPrimAtPath(f"{names.MATERIALS}/cloth/Surface")
    assert surface.GetAttribute("inputs:diffuseColor").Get() == pytest.approx(RED, abs=1e-4)
    ours = Usd.Stage.Open(str(world))
    assert ours.GetPrimAtPath(f"{names.MATERIALS}/cloth/Surface").GetAttribute(
        "inputs:diffuseColor"
    ).Get() == pytest.approx(from_rec709(RED).tolist(), abs=1e-5)


def test_its_bounds_hold_it_at_every_frame(handed: tuple[Usd.Stage, tuple[str, ...]]) -> None:
    low, high = UsdGeom.Mesh(handed[0].GetPrimAtPath(f"{names.CAST}/Ava/Sheet")).GetExtentAttr().Get()
    moved = np.concatenate([cloth(frame) for frame in range(1001, 1001 + FRAMES)])
    np.testing.assert_allclose([low, high], [moved.min(axis=0), moved.max(axis=0)], atol=1e-6)


def test_a_glowing_picture_keeps_its_radiance(world: Path, tmp_path: Path) -> None:
    """An EXR becomes a PNG and a gain: together they are the radiance that the stage had."""
    write_usdz(world, tmp_path / "a.usdz")
    stage = Usd.Stage.Open(str(tmp_path / "a.usdz"))
    image = stage.GetPrimAtPath(f"{names.MATERIALS}/screen/emissiveColor")
    scale = np.array(image.GetAttribute("inputs:scale").Get())[:3]
    with ZipFile(tmp_path / "a.usdz") as package:
        (name,) = (name for name in package.namelist() if name.endswith("glow.png"))
        code = np.asarray(Image.open(package.open(name)), float)[0, 0] / 255
    np.testing.assert_allclose(scale * decode_srgb(code), 2 * np.array(GLOW), rtol=0.02)


def test_what_cannot_be_carried_is_told(handed: tuple[Usd.Stage, tuple[str, ...]]) -> None:
    told = " ".join(handed[1])
    for what in ("air: fog", "air: particles", "light groups", "bump", "sheen", "refraction"):
        assert what in told


def test_for_ar_there_is_no_light_and_nothing_else_is_missing(world: Path, tmp_path: Path) -> None:
    left_out = write_usdz(world, tmp_path / "ar.usdz", for_ar=True)
    assert "lights" in left_out
    assert check_usdz(tmp_path / "ar.usdz", for_ar=True) == ()
    stage = Usd.Stage.Open(str(tmp_path / "ar.usdz"))
    assert sum(prim.GetTypeName() == "Mesh" for prim in stage.Traverse()) == 3
    with ZipFile(tmp_path / "ar.usdz") as package:
        assert {Path(name).suffix for name in package.namelist()} == {".usdc", ".png"}


def test_the_same_world_gives_the_same_bytes(world: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder in "ab":
        write_usdz(world, tmp_path / folder / "shot.usdz")
        time.sleep(2.1 if folder == "a" else 0)  # a package keeps times to two seconds
    assert (tmp_path / "a/shot.usdz").read_bytes() == (tmp_path / "b/shot.usdz").read_bytes()


@pytest.mark.parametrize("fault", ["light", "quads", "cache", "cube", "influences", "shader"])
def test_bad_stages_are_caught(fault: str, tmp_path: Path) -> None:
    """One fault each, in a package that is otherwise as it should be."""
    from pxr import UsdShade, UsdUtils

    stage = new_layer(tmp_path / "bad.usdc")
    mesh = UsdGeom.Mesh.Define(stage, "/Shot/Mesh")
    mesh.CreatePointsAttr([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)])
    mesh.CreateFaceVertexCountsAttr([4] if fault == "quads" else [3, 3])
    mesh.CreateFaceVertexIndicesAttr([0, 1, 2, 3] if fault == "quads" else [0, 1, 2, 0, 2, 3])
    mesh.CreateSubdivisionSchemeAttr("none")
    if fault == "light":
        UsdLux.SphereLight.Define(stage, "/Shot/Lamp")
    elif fault == "cache":
        for frame in (1, 2):
            mesh.GetPointsAttr().Set([(0, 0, frame), (1, 0, 0), (1, 1, 0), (0, 1, 0)], frame)
    elif fault == "cube":
        UsdGeom.Cube.Define(stage, "/Shot/Cube")
    elif fault == "influences":
        UsdSkel.BindingAPI.Apply(mesh.GetPrim()).CreateJointIndicesPrimvar(False, 5).Set(Vt.IntArray([0] * 20))
    elif fault == "shader":
        UsdShade.Shader.Define(stage, "/Shot/Odd").CreateIdAttr("ND_standard_surface")
    stage.GetRootLayer().Save()
    assert UsdUtils.CreateNewUsdzPackage(str(tmp_path / "bad.usdc"), str(tmp_path / "bad.usdz"))
    assert check_usdz(tmp_path / "bad.usdz", for_ar=True)


def test_what_is_no_package_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "no.usdz").write_bytes(b"not a zip")
    assert check_usdz(tmp_path / "no.usdz", for_ar=False) == ("no.usdz is no USDZ package.",)


def test_a_stage_that_is_gone_or_a_folder_that_is_shut_leaves_nothing(world: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_usdz(tmp_path / "gone.usda", tmp_path / "out.usdz")
    with pytest.raises(Unwritable):
        write_usdz(world, tmp_path / "nowhere" / "out.usdz")
    assert list(tmp_path.iterdir()) == []


def test_what_bends_in_one_way_needs_one_shape() -> None:
    bend = np.random.default_rng(2).normal(size=(50, 3)).astype(np.float32)
    shapes = find_shapes([float(f) for f in range(40)], lambda f: np.sin(f / 5) * bend)
    assert len(shapes.offsets) == 2  # to and fro
    assert shapes.error < TOLERANCE
    assert (shapes.weights.min(), shapes.weights.max()) == (0.0, 1.0)
    still = find_shapes([1.0, 2.0], lambda f: bend)
    assert (len(still.offsets), still.error) == (0, 0.0)
