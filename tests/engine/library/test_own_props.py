"""Things of the library in a shot: what calls them, how they stand, and who is credited."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image
from pxr import Usd, UsdGeom, UsdShade
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.color import from_rec709
from secondunit_engine.deliver import credits_of
from secondunit_engine.directing import plan
from secondunit_engine.library.shelf import add, attribution, credits_in, own_props
from secondunit_engine.planning.plan import PropPlan, SetPlan, Settings, ShotPlan
from secondunit_engine.script.brief import Brief, Status
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, add_mark, add_mesh, facing, new_layer
from secondunit_engine.world.brought import bring_props
from secondunit_engine.world.set_things import check_things

LISTING = """# a catalogue
id=Tiny
license=CC0
provider=nobody
id#1=Tiny#urn
name#1=Samovar \\u00e9lanc\\u00e9
category#1=Kitchen
model#1=/tiny/urn/urn.obj
width#1=30
depth#1=30
height#1=50
modelRotation#1=1 0 0 0 0 -1 0 1 0
creator#1=Ada
doorOrWindow#1=false
id#2=Tiny#cat
name#2=Cat
category#2=Characters
model#2=/tiny/urn/urn.obj
id#3=Tiny#iphone
name#3=Apple iPhone
category#3=Office
model#3=/tiny/urn/urn.obj
width#3=7
depth#3=1
height#3=14
id#4=Tiny#gone
name#4=Vase
category#4=Office
model#4=/tiny/../../etc/vase.obj
width#4=7
depth#4=7
height#4=14
license#4=CC-BY 3.0
"""
URN = "mtllib urn.mtl\nusemtl brass\nv 0 0 0\nv 2 0 0\nv 0 3 0\nv 0 0 4\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose library has a samovar with a picture on it, and a goblet that nobody knows the terms of."""
    folder, shop = tmp_path_factory.mktemp("film"), tmp_path_factory.mktemp("shop")
    body = trimesh.creation.cylinder(radius=0.15, height=0.5, sections=16)
    body.apply_transform(trimesh.transformations.rotation_matrix(-np.pi / 2, (1, 0, 0)))
    picture = Image.new("RGB", (4, 4), (200, 120, 30))
    uv = np.random.default_rng(0).random((len(body.vertices), 2))
    body.visual = TextureVisuals(uv=uv, material=PBRMaterial(baseColorTexture=picture, roughnessFactor=0.25))
    body.export(shop / "brass_samovar_02.glb")
    trimesh.creation.box((0.1, 0.2, 0.1)).export(shop / "Goblin-Mug.obj")
    add(folder, shop / "brass_samovar_02.glb", "CC-BY 4.0")
    add(folder, shop / "Goblin-Mug.obj")
    trimesh.creation.box((0.3, 0.3, 0.3)).export(shop / "tin.obj")
    add(folder, shop / "tin.obj", "CC0")
    return folder


def shots(text: str, film: Path) -> tuple[tuple[ShotPlan, ...], dict[str, tuple[Status, str]]]:
    planned = plan(Brief(text, "prompt"), Settings(), own_props(film))
    return planned.shots, {entry.text.strip("., "): (entry.status, entry.meaning) for entry in planned.ledger}


def test_a_noun_calls_it_and_the_plan_names_it(film: Path) -> None:
    """Two of it, counted and related as any prop; what has no licence is said and stays away."""
    (shot,), said = shots("In the led tunnel, two brass samovars on a table beside a goblin mug.", film)
    assert said["brass samovars"] == (Status.BOUND, "prop: brass samovar, of the project's library")
    assert said["two"][0] == Status.BOUND
    assert said["goblin mug"][0] == Status.NOT_UNDERSTOOD
    assert "licence is not known" in said["goblin mug"][1]
    assert [(prop.name, prop.relation, prop.to) for prop in shot.set.props] == [
        ("samovar", "on", "table"), ("samovar_2", "on", "table"), ("table", "beside", "hero"),
    ]  # fmt: skip
    assert credits_of([shot]) == (own_props(film)[0].credit,)
    without = plan(Brief("In the led tunnel, a brass samovar.", "prompt"), Settings()).shots[0]
    assert without.set.props == ()


def test_a_screenplay_calls_it_in_its_shots_and_in_its_ledger(film: Path) -> None:
    text = "INT. KITCHEN - DAY\n\nA brass samovar beside a skull. MARA (30s) waits.\n"
    planned = plan(Brief(text, "fountain"), Settings(), own_props(film))
    (entry,) = (entry for entry in planned.ledger if "samovar" in entry.text)
    assert (entry.status, entry.meaning) == (Status.BOUND, "prop: brass samovar, of the project's library")
    assert all(shot.set.props[0].own == own_props(film)[0] for shot in planned.shots)


def bare_set(folder: Path) -> Path:
    stage = new_layer(folder / "set.usdc")
    add_mesh(stage, f"{names.SET}/Floor", shapes.box((-6, -0.1, -6), (6, 0, 6)), Material("floor"))
    add_mark(stage, "hero", facing((2, 0, 0), (1, 0, 0)))
    stage.GetRootLayer().Save()
    return folder / "set.usdc"


def test_it_stands_like_a_prop_with_its_picture(film: Path, tmp_path: Path) -> None:
    """On the table it is asked on, nothing in anything, nothing floating; its colours and its texture come along."""
    own = own_props(film)[0]
    assert own.noun == "brass samovar"
    tin = PropPlan("tin", "library/tin", "beside", "table", own_props(film)[-1])
    props = (PropPlan("samovar", "library/x", "on", "table", own), PropPlan("table", "dining_table"), tin)
    layer = bare_set(tmp_path)
    assert bring_props(SetPlan("library", props=props), layer, film / "library") == ()
    stage = Usd.Stage.Open(str(layer))
    assert check_things(stage) == ()
    mesh = next(
        UsdGeom.Mesh(prim)
        for prim in Usd.PrimRange(stage.GetPrimAtPath(f"{names.PROPS}/samovar"))
        if UsdGeom.Mesh(prim)
    )
    bound, _ = UsdShade.MaterialBindingAPI(mesh).ComputeBoundMaterial()
    surface = bound.ComputeSurfaceSource()[0]
    assert surface.GetInput("roughness").Get() == pytest.approx(0.25, abs=1e-3)
    assert tuple(surface.GetInput("diffuseColor").Get()) == pytest.approx(
        from_rec709((1.0, 1.0, 1.0)).tolist(), abs=1e-4
    )
    (texture,) = (tmp_path / "textures").glob("own_*.png")
    assert Image.open(texture).convert("RGB").getpixel((0, 0)) == (200, 120, 30)
    assert UsdGeom.PrimvarsAPI(mesh).GetPrimvar("st").HasValue()


def test_what_the_library_no_longer_has_is_told(film: Path, tmp_path: Path) -> None:
    """Another thing under its name is not taken for it."""
    own = own_props(film)[0]
    for called in (replace(own, content="0" * 64), replace(own, name="gone")):
        plan = SetPlan("library", props=(PropPlan("samovar", "library/x", own=called),))
        with pytest.raises(NotFound, match="as it was planned"):
            bring_props(plan, bare_set(tmp_path), film / "library")


def test_credits_of_several_deliveries_are_one_list(film: Path) -> None:
    text = attribution(film, ("old chair: Bob; CC-BY 3.0", "old chair: Bob; CC-BY 3.0"))
    assert credits_in(text) == ("old chair: Bob; CC-BY 3.0", own_props(film)[0].credit, own_props(film)[2].credit)


def test_a_catalogue_brings_what_a_shot_can_use(tmp_path: Path) -> None:
    """Its names, its sizes after its rotation, and its terms; the rest is refused with the reason."""
    with zipfile.ZipFile(tmp_path / "tiny.sh3f", "w") as packed:
        packed.writestr("PluginFurnitureCatalog.properties", LISTING.encode("latin-1"))
        packed.writestr("tiny/urn/urn.obj", URN)
        packed.writestr("tiny/urn/urn.mtl", "newmtl brass\nKd 0.5 0.3 0.1\n")
        packed.writestr("tiny/urn/../../up.obj", URN)
    added = add(tmp_path, tmp_path / "tiny.sh3f")
    (urn,) = added.assets
    assert (urn.name, urn.noun, urn.licence, urn.author) == ("tiny_urn", "samovar elance", "CC0", "Ada")
    assert urn.size == pytest.approx((0.3, 0.5, 0.3))
    stage = Usd.Stage.Open(str(tmp_path / "library/tiny_urn/asset.usdc"))
    points = next(
        np.asarray(UsdGeom.Mesh(prim).GetPointsAttr().Get()) for prim in stage.Traverse() if UsdGeom.Mesh(prim)
    )
    assert points[points[:, 1].argmin()] == pytest.approx([-0.15, 0, -0.15], abs=1e-4)  # what was farthest in z
    assert len(np.unique(points[points[:, 1] > 0.499], axis=0)) == 3
    reasons = dict(added.refused)
    assert "person or an animal" in reasons["tiny.sh3f: Tiny#cat"]
    assert "trademark" in reasons["tiny.sh3f: Tiny#iphone"]
    assert "missing" in reasons["tiny.sh3f: Tiny#gone"]
    (tmp_path / "bad.sh3f").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(BadInput, match="cannot be read as a catalogue"):
        add(tmp_path, tmp_path / "bad.sh3f")
