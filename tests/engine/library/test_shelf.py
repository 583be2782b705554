"""The library of a project: what is taken in, what it becomes, and what is refused with which words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image
from pxr import Gf, Usd, UsdGeom, UsdUtils
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from secondunit_bridge.errors import BadInput, Conflict, NotFound, TooLarge
from secondunit_engine.color import from_rec709
from secondunit_engine.library import parts
from secondunit_engine.library.__main__ import main
from secondunit_engine.library.shelf import UNLICENSED, add, assets_of, attribution, remove

CARD = """#usda 1.0
(
    defaultPrim = "Card"
    metersPerUnit = 1
    upAxis = "Y"
)
def Mesh "Card" (prepend apiSchemas = ["MaterialBindingAPI"]) {
    point3f[] points = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
    int[] faceVertexCounts = [3, 3]
    int[] faceVertexIndices = [0, 1, 2, 0, 2, 3]
    texCoord2f[] primvars:st = [(0, 0), (1, 0), (1, 1), (0, 0), (1, 1), (0, 1)] (interpolation = "faceVarying")
    rel material:binding = </Card/Paint>
    def Material "Paint" {
        token outputs:surface.connect = </Card/Paint/Surface.outputs:surface>
        def Shader "Surface" {
            uniform token info:id = "UsdPreviewSurface"
            color3f inputs:diffuseColor.connect = </Card/Paint/Picture.outputs:rgb>
            token outputs:surface
        }
        def Shader "Picture" {
            uniform token info:id = "UsdUVTexture"
            asset inputs:file = @paint.png@
            float3 outputs:rgb
        }
    }
}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder of assets with a licence."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "LICENSE").write_text("CC-BY 4.0\nCopyright (c) 2024 Ada Maker\n")
    return folder


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    folder.mkdir()
    return folder


def box_glb(path: Path, *, scale: float = 1.0) -> Path:
    box = trimesh.creation.box((1.0 * scale, 2.0 * scale, 0.5 * scale))
    box.apply_translation((5.0, 7.0, -3.0))
    material = PBRMaterial(baseColorFactor=[255, 0, 0, 255], roughnessFactor=0.25)
    box.visual = TextureVisuals(material=material)
    box.export(path)
    return path


def points_of(film: Path, name: str) -> np.ndarray:
    stage = Usd.Stage.Open(str(film / "library" / name / "asset.usdc"))
    meshes = [mesh for prim in stage.Traverse() if (mesh := UsdGeom.Mesh(prim))]
    return np.concatenate([np.asarray(mesh.GetPointsAttr().Get()) for mesh in meshes])


def write_gltf(path: Path, **changes: object) -> Path:
    """One triangle whose buffer is a data URI, with parts of its description replaced."""
    import base64

    data = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32).tobytes()
    uri = "data:application/octet-stream;base64," + base64.b64encode(data).decode()
    document = {
        "asset": {"version": "2.0", "copyright": "Grace"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
        "bufferViews": [{"buffer": 0, "byteLength": len(data)}],
        "buffers": [{"uri": uri, "byteLength": len(data)}],
    }
    path.write_text(json.dumps(document | changes))
    return path


def test_glb_stands_at_the_origin_in_metres(film: Path, shop: Path) -> None:
    """A GLB becomes triangles on the floor, with its colour in ACEScg, its terms and its hash."""
    (asset,) = add(film, box_glb(shop / "Tall Crate.glb")).assets
    assert (asset.name, asset.source, asset.triangles) == ("tall_crate", "Tall Crate.glb", 12)
    assert asset.size == pytest.approx((1.0, 2.0, 0.5))
    assert (asset.licence, asset.author, asset.deliverable) == ("CC-BY 4.0", "Ada Maker", True)
    points = points_of(film, "tall_crate")
    assert points.min(axis=0) == pytest.approx([-0.5, 0.0, -0.25], abs=1e-5)
    assert points.max(axis=0) == pytest.approx([0.5, 2.0, 0.25], abs=1e-5)
    stage = Usd.Stage.Open(str(film / "library/tall_crate/asset.usdc"))
    surface = stage.GetPrimAtPath("/Shot/Materials/tall_crate_0/Surface")
    red = from_rec709((1.0, 0.0, 0.0)).tolist()
    assert tuple(surface.GetAttribute("inputs:diffuseColor").Get()) == pytest.approx(red, abs=1e-5)
    assert surface.GetAttribute("inputs:roughness").Get() == pytest.approx(0.25)
    assert assets_of(film) == (asset,)


def test_texture_lies_beside_the_layer(film: Path, shop: Path) -> None:
    """The base colour's picture of a GLB is kept, and the material names it."""
    box = trimesh.creation.box()
    material = PBRMaterial(baseColorTexture=Image.new("RGB", (8, 8), (10, 200, 30)))
    box.visual = TextureVisuals(uv=box.vertices[:, :2], material=material)
    box.export(shop / "tile.glb")
    add(film, shop / "tile.glb")
    with Image.open(film / "library/tile/tile_0.png") as picture:
        assert picture.getpixel((4, 4)) == (10, 200, 30)
    layer = (Usd.Stage.Open(str(film / "library/tile/asset.usdc"))).ExportToString()
    assert "tile_0.png" in layer


def test_same_file_gives_same_bytes_and_another_conflicts(film: Path, shop: Path) -> None:
    """Adding again changes nothing; another file of the same name is a Conflict until the first is removed."""
    file = box_glb(shop / "crate.glb")
    add(film, file)
    first = (film / "library/crate/asset.usdc").read_bytes()
    add(film, file)
    assert (film / "library/crate/asset.usdc").read_bytes() == first
    box_glb(file, scale=2.0)
    with pytest.raises(Conflict):
        add(film, file)
    assert remove(film, "crate").name == "crate"
    assert add(film, file).assets[0].size[1] == pytest.approx(4.0)
    for name in ("nothing", "../film", ""):
        with pytest.raises(NotFound):
            remove(film, name)


def test_obj_in_centimetres_is_guessed_and_told(film: Path, shop: Path) -> None:
    """An OBJ 75 units tall is taken as centimetres, and its missing texture is told."""
    (shop / "stool.mtl").write_text("newmtl wood\nKd 0.5 0.25 0.1\nmap_Kd gone.png\n")
    text = trimesh.creation.box((40.0, 75.0, 40.0)).export(file_type="obj")
    (shop / "stool.obj").write_text(f"mtllib stool.mtl\nusemtl wood\n{text}")
    (asset,) = add(film, shop / "stool.obj").assets
    assert asset.size == pytest.approx((0.4, 0.75, 0.4))
    assert any("taken as centimetres" in note for note in asset.notes)
    assert "Missing texture: gone.png." in asset.notes


def test_usd_is_turned_upright(film: Path, shop: Path) -> None:
    """A quad in a Z-up stage in centimetres becomes two triangles that stand 2 m tall."""
    stage = Usd.Stage.CreateNew(str(shop / "screen.usda"))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    mesh = UsdGeom.Mesh.Define(stage, "/Screen")
    mesh.CreatePointsAttr([(0, 0, 0), (100, 0, 0), (100, 0, 200), (0, 0, 200)])
    mesh.CreateFaceVertexCountsAttr([4])
    mesh.CreateFaceVertexIndicesAttr([0, 1, 2, 3])
    mesh.AddTranslateOp().Set(Gf.Vec3d(0, 0, 50))
    stage.Save()
    (asset,) = add(film, shop / "screen.usda").assets
    assert asset.size == pytest.approx((1.0, 2.0, 0.0))
    assert asset.triangles == 2
    points = points_of(film, "screen")
    assert points[:, 1].min() == pytest.approx(0.0)


def test_usd_outside_its_folder_is_refused(film: Path, shop: Path) -> None:
    (shop / "sly.usda").write_text('#usda 1.0\n(subLayers = [@../secret.usda@])\ndef Xform "A" {}\n')
    with pytest.raises(BadInput, match="outside its folder"):
        add(film, shop / "sly.usda")
    (shop / "torn.usda").write_text("#usda 1.0\ndef Xform {{{")
    with pytest.raises(BadInput, match="cannot be read"):
        add(film, shop / "torn.usda")


def test_usdz_brings_its_picture(film: Path, shop: Path) -> None:
    """A packed USD is read like a plain one, its texture too; face corners' coordinates part the points."""
    Image.new("RGB", (8, 8), (10, 200, 30)).save(shop / "paint.png")
    (shop / "card.usda").write_text(CARD)
    assert UsdUtils.CreateNewUsdzPackage(str(shop / "card.usda"), str(shop / "packed.usdz"))
    (asset,) = add(film, shop / "packed.usdz").assets
    assert (asset.size, asset.triangles, asset.notes) == (pytest.approx((1.0, 1.0, 0.0)), 2, ())
    with Image.open(film / "library/packed/packed_0.png") as picture:
        assert picture.getpixel((4, 4)) == (10, 200, 30)
    (shop / "paint.png").write_bytes((shop / "paint.png").read_bytes()[:45])
    (asset,) = add(film, shop / "card.usda").assets
    assert asset.notes == ("Unreadable texture of card_0.",)


def test_broken_triangles_are_dropped_and_counted(film: Path, shop: Path) -> None:
    (shop / "shard.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nv nan 0 0\nf 1 2 3\nf 1 2 4\nf 1 1 2\n")
    (asset,) = add(film, shop / "shard.obj").assets
    assert asset.triangles == 1
    assert "1 triangles with NaN, infinite or missing points dropped." in asset.notes
    assert "1 triangles without area dropped." in asset.notes
    (shop / "dust.obj").write_text("v 0 0 0\nv inf 0 0\nv 0 1 0\nf 1 2 3\n")
    with pytest.raises(BadInput, match="no sound triangle"):
        add(film, shop / "dust.obj")
    assert [path.name for path in (film / "library").iterdir()] == ["shard"]


def test_without_licence_it_is_kept_and_not_credited(film: Path, shop: Path) -> None:
    """ATTRIBUTION.txt names what has terms and nothing else."""
    (shop / "LICENSE").unlink()
    (asset,) = add(film, box_glb(shop / "crate.glb")).assets
    assert not asset.deliverable
    assert UNLICENSED in asset.notes
    assert attribution(film) == ""
    (asset,) = add(film, shop / "crate.glb", "CC0").assets
    add(film, write_gltf(shop / "leaf.gltf"))
    text = attribution(film)
    assert f"crate: author not named; CC0; sha256 {asset.sha256}" in text
    assert "leaf" not in text


def test_folder_goes_on_past_what_it_refuses(film: Path, shop: Path) -> None:
    box_glb(shop / "crate.glb")
    box_glb(shop / "CocaCola_can.glb")
    (shop / "noise.glb").write_bytes(b"glTF" + bytes(40))
    (shop / "link.glb").symlink_to(shop / "crate.glb")
    added = add(film, shop)
    assert [asset.name for asset in added.assets] == ["crate"]
    refused = dict(added.refused)
    assert refused.keys() == {"CocaCola_can.glb", "noise.glb"}
    assert "coca cola" in refused["CocaCola_can.glb"]


@pytest.mark.parametrize("uri", ["../secret.bin", "/etc/passwd", "file:///etc/passwd", "%2e%2e/secret.bin"])
def test_buffer_outside_its_folder_is_refused(film: Path, shop: Path, uri: str) -> None:
    (shop.parent / "secret.bin").write_bytes(bytes(36))
    file = write_gltf(shop / "sly.gltf", buffers=[{"uri": uri, "byteLength": 36}])
    with pytest.raises(BadInput, match="outside its folder"):
        add(film, file)
    assert not (film / "library").exists()


def test_fifty_million_triangles_are_refused_from_the_count(film: Path, shop: Path) -> None:
    """The description alone is read: there is no such buffer. So are many nodes of one mesh."""
    accessor = {"componentType": 5126, "count": 150_000_000, "type": "VEC3"}
    with pytest.raises(TooLarge, match="50,000,000 triangles"):
        add(film, write_gltf(shop / "huge.gltf", accessors=[accessor]))
    many = {"componentType": 5126, "count": 3_000_000, "type": "VEC3"}
    nodes = [{"mesh": 0}] * 6
    with pytest.raises(TooLarge, match="6,000,000 triangles"):
        add(film, write_gltf(shop / "many.gltf", accessors=[many], nodes=nodes))


def test_obj_and_usd_are_refused_by_count(film: Path, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "TRIANGLES", 11)
    trimesh.creation.box().export(shop / "box.obj")
    with pytest.raises(TooLarge, match="12 triangles"):
        add(film, shop / "box.obj")


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000, '{"nodes": "x"}', '{"asset": "x"}', '{"meshes": [{}]}'])
def test_nonsense_is_refused_in_words(film: Path, shop: Path, text: str) -> None:
    (shop / "odd.gltf").write_text(text)
    with pytest.raises(BadInput, match="cannot be read as GLTF"):
        add(film, shop / "odd.gltf")


@pytest.mark.parametrize("count", [float("inf"), float("nan"), -1, "many"])
def test_counts_that_are_none_are_refused(film: Path, shop: Path, count: object) -> None:
    """A count below zero would make room for other meshes."""
    points = {"bufferView": 0, "componentType": 5126, "count": count, "type": "VEC3"}
    file = write_gltf(
        shop / "odd.gltf", accessors=[points], meshes=[{"primitives": [{"attributes": {"POSITION": 0}, "mode": 0}]}]
    )
    with pytest.raises(BadInput, match="cannot be read as GLTF"):
        add(film, file)


PICTURED = "color3f inputs:diffuseColor.connect = </Card/Paint/Picture.outputs:rgb>"


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (PICTURED, "float inputs:diffuseColor = 1"),
        (PICTURED, "color3f inputs:roughness = (1, 1, 1)"),
        (PICTURED, "color3f inputs:diffuseColor = (nan, 0, 0)"),
        ("asset inputs:file = @paint.png@", 'string inputs:file = "paint.png"'),
        ("texCoord2f[] primvars:st = [(0, 0), (1, 0), (1, 1), (0, 0), (1, 1), (0, 1)]", "float[] primvars:st = [1]"),
        ("point3f[] points = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]", 'string[] points = ["a"]'),
    ],
)
def test_usd_values_of_other_types_are_refused(film: Path, shop: Path, said: str, instead: str) -> None:
    assert said in CARD
    (shop / "card.usda").write_text(CARD.replace(said, instead))
    with pytest.raises(BadInput, match="cannot be read as USD"):
        add(film, shop / "card.usda")


def test_usd_that_lies_on_its_side_is_refused(film: Path, shop: Path) -> None:
    (shop / "card.usda").write_text(CARD.replace('upAxis = "Y"', 'upAxis = "X"'))
    with pytest.raises(BadInput, match="X is up"):
        add(film, shop / "card.usda")


def test_what_a_file_names_and_cannot_be_opened_is_said(film: Path, shop: Path) -> None:
    """A name longer than file systems have, and a materials' file after a tab."""
    shape = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
    (shop / "long.obj").write_text(f"mtllib {'x' * 5000}.mtl\n{shape}")
    with pytest.raises(BadInput, match="cannot be read: File name too long"):
        add(film, shop / "long.obj")
    (shop / "sly.obj").write_text(f"mtllib\t../secret.mtl\n{shape}")
    with pytest.raises(BadInput, match="outside its folder"):
        add(film, shop / "sly.obj")


def test_an_author_is_one_line_of_the_credits(film: Path, shop: Path) -> None:
    """Lines of the file's own do not become other credits, and half a letter is none."""
    file = write_gltf(shop / "leaf.gltf", asset={"version": "2.0", "copyright": "Grace\ncrate: nobody; CC0\ud800"})
    assert add(film, file).assets[0].author == "Grace crate: nobody; CC0?"
    assert len(attribution(film).strip().splitlines()) == 3


def test_nodes_in_a_ring_are_refused(film: Path, shop: Path) -> None:
    ring = [{"mesh": 0, "children": [1]}, {"mesh": 0, "children": [0]}]
    with pytest.raises(BadInput, match="no tree"):
        add(film, write_gltf(shop / "ring.gltf", nodes=ring))


def test_program_prints_documents(film: Path, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the three is one JSON document, an error too."""
    box_glb(shop / "crate.glb")
    told = []
    asked = (["add", str(film), str(shop)], ["list", str(film)], ["remove", str(film), "crate"])
    for arguments in (*asked, ["remove", str(film), "crate"]):
        main(arguments)
        told.append(json.loads(capsys.readouterr().out))
    assert [asset["name"] for asset in told[0]["assets"]] == ["crate"]
    assert told[1]["assets"] == told[0]["assets"]
    assert told[2]["removed"]["name"] == "crate"
    assert told[3]["error"]["name"] == "NotFound"
