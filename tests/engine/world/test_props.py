"""Every prop of the catalogue: its true size, where its space begins, sound geometry; and props on a stage."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from pxr import UsdGeom, UsdPhysics

from secondunit_bridge.errors import BadInput
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.layout import pose_at
from secondunit_engine.world.props.catalog import body, catalog, prop_named, words
from secondunit_engine.world.props.prop import Part, Variant
from secondunit_engine.world.props.writing import Placed, write_live, write_standing
from secondunit_engine.world.shapes import face_normals

EVERY = sorted(catalog())


@pytest.mark.parametrize("name", EVERY)
def test_a_prop_is_as_its_record_says(name: str) -> None:
    """True size within a tenth; it stands or hangs as it says; two seeds, finite, outside out, the same again."""
    prop = prop_named(name)
    for seed in (0, 1):
        parts = prop.build(Variant(seed))
        mesh = body(parts)
        low, high = mesh.points.min(axis=0), mesh.points.max(axis=0)
        assert np.isfinite(mesh.points).all()
        assert np.all(np.abs(high - low - prop.size) <= np.maximum(0.1 * np.array(prop.size), 0.004)), high - low
        edge = {"base": low[1], "wall": low[2], "hanging": high[1]}[prop.stands]
        assert abs(edge) < 2e-3
        assert 12 <= len(mesh.triangles) < 30_000
        for part in parts:
            assert _outside_out(part) > 0.97, part.finish.material.name
        again = body(prop.build(Variant(seed)))
        assert again.points.tobytes() == mesh.points.tobytes()


def _outside_out(part: Part) -> float:
    """The share of a part's area whose winding agrees with its normals."""
    mesh = part.mesh
    assert mesh.normals is not None
    flat = face_normals(mesh.points.astype(float), mesh.triangles)
    area = np.linalg.norm(flat, axis=1)
    agrees = np.einsum("ij,ij->i", flat, mesh.normals[mesh.triangles].mean(axis=1)) > 0
    return float((area * agrees).sum() / area.sum())


def test_weights_and_grips_are_of_this_world() -> None:
    """Between a gram and three tonnes, and no heavier than lead would be; energies to break are positive."""
    for prop in catalog().values():
        assert 0.001 <= prop.mass <= 3000, prop.name
        assert prop.mass / np.prod(np.maximum(prop.size, 0.004)) < 11_000, prop.name
        assert 0.05 <= prop.friction <= 1.2, prop.name
        assert 0 <= prop.restitution <= 0.95, prop.name
        assert prop.breaks is None or prop.breaks.energy > 0


def test_words_call_props() -> None:
    """A phrase in dictionary form calls one prop; what nothing is called by gives none; an unknown name is said."""
    assert words()["wine glass"] == "wine_glass"
    assert "democracy" not in words()
    with pytest.raises(BadInput, match="No prop"):
        prop_named("flux capacitor")


def test_standing_props_merge_by_finish(tmp_path: Path) -> None:
    """Two plates of one glaze are one mesh of the set, its textures beside it; the same bytes twice."""
    digests: set[str] = set()
    for run in ("a", "b"):
        folder = tmp_path / run
        folder.mkdir()
        stage = new_layer(folder / "set.usdc")
        plate = prop_named("plate")
        write_standing(stage, folder, [Placed(plate, pose_at(x, 0.75, 0)) for x in (0.0, 1.0)])
        stage.GetRootLayer().Save()
        digests.add(hashlib.sha256((folder / "set.usdc").read_bytes()).hexdigest())
        meshes = [prim for prim in stage.Traverse() if UsdGeom.Mesh(prim)]
        assert len(meshes) == 1
        assert str(meshes[0].GetPath()).startswith(names.SET)
        assert list((folder / "textures").glob("*.png"))
    assert len(digests) == 1


def test_a_live_prop_is_a_rigid_body(tmp_path: Path) -> None:
    """Alone under /Shot/Props: mass, friction, restitution, a collider a part, and how it breaks."""
    stage = new_layer(tmp_path / "set.usdc")
    prop = prop_named("wine_glass")
    root = write_live(stage, tmp_path, "Glass", Placed(prop, pose_at(0.2, 0.8, -0.1, 90))).GetPrim()
    assert root.GetPath() == f"{names.PROPS}/Glass"
    place = UsdGeom.XformCache().GetLocalToWorldTransform(root).ExtractTranslation()
    assert [place[0], place[1], place[2]] == pytest.approx([0.2, 0.8, -0.1])
    assert UsdPhysics.MassAPI(root).GetMassAttr().Get() == pytest.approx(prop.mass)
    assert "PhysicsRigidBodyAPI" in root.GetAppliedSchemas()
    assert root.GetAttribute("secondunit:breakKind").Get() == "glass"
    parts = list(root.GetChildren())
    assert parts
    for part in parts:
        assert "PhysicsCollisionAPI" in part.GetAppliedSchemas()
        grip = part.GetRelationship("material:binding:physics").GetTargets()[0]
        physics = UsdPhysics.MaterialAPI(stage.GetPrimAtPath(grip))
        assert physics.GetStaticFrictionAttr().Get() == pytest.approx(prop.friction)
        assert physics.GetRestitutionAttr().Get() == pytest.approx(prop.restitution)
