"""A cast member is the same person every time, and another one is somebody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom
from scipy.spatial import KDTree

from secondunit_engine.cast.body import build_body
from secondunit_engine.cast.garments import build_garments
from secondunit_engine.cast.hair import build_hair
from secondunit_engine.cast.person import Person, build_person
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing
from secondunit_engine.cast.skin import paint_skin
from secondunit_engine.cast.surface import vertex_normals
from secondunit_engine.cast.write_cast import MEMBER, write_cast
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mark, facing, new_layer

ANNA = CastPlan("ANNA", gender=1.0, seed=1, melanin=0.3, wardrobe="t-shirt")


@pytest.fixture(scope="module")
def anna() -> Person:
    return build_person(ANNA)


def _piece(person: Person, name: str) -> Piece:
    return next(piece for piece in person.pieces if piece.name == name)


def _posed(person: Person, piece: Piece, **actions: float) -> np.ndarray:
    poses = Poses(pose_bones(person.body, standing(person.body), 1), {k: np.array([v]) for k, v in actions.items()})
    return pose_points(piece, poses)[0]


def test_two_members_have_two_bodies() -> None:
    """Another seed is another face; another gender and build is another figure."""
    body = build_body(ANNA)
    other_face = build_body(replace(ANNA, seed=2))
    other_figure = build_body(replace(ANNA, gender=0.0, build=0.8))
    assert np.abs(body.points - other_face.points).max() > 0.001
    assert np.abs(body.points - other_figure.points).max() > 0.02


def test_a_woman_has_narrower_shoulders_and_a_slimmer_neck_than_a_man() -> None:
    """With gender 1, against gender 0: shoulders narrower for the height and against the hips, a slimmer neck."""

    def measures(gender: float) -> tuple[float, float, float]:
        body = build_body(replace(ANNA, gender=gender))
        bone = body.anatomy.bone
        shoulders, hips = (body.joints[bone(f"{name}.L"), 0] * 2 for name in ("upperarm01", "upperleg01"))
        skin = body.points[body.anatomy.part("body")]
        throat = (body.joints[bone("neck02"), 1] + body.joints[bone("neck03"), 1]) / 2
        neck = np.ptp(skin[np.abs(skin[:, 1] - throat) < 0.006, 0])
        return shoulders / skin[:, 1].max(), shoulders / hips, float(neck)

    woman, man = measures(1.0), measures(0.0)
    assert woman[0] < 0.93 * man[0]
    assert woman[1] < 0.90 * man[1]
    assert woman[2] < 0.90 * man[2]


def test_locks_cover_the_skull_and_leave_the_face(anna: Person) -> None:
    """Hair rides on the head as one mesh with whole normals; none hangs before the eyes, nose and mouth."""
    hair = _piece(anna, "Hair")
    assert hair.bone == "head"
    assert hair.normals is not None
    assert np.allclose(np.linalg.norm(hair.normals, axis=1), 1.0, atol=1e-5)
    eye = anna.body.joints[anna.body.anatomy.bone("eye.L")]
    x, y, z = (hair.points - [0.0, eye[1], eye[2]]).T
    assert not ((np.abs(x) < eye[0] + 0.01) & (z > -0.02) & (y < 0.03) & (y > -0.10)).any()
    assert y.max() > 0.09


def test_hair_lies_flat_under_a_hood(anna: Person) -> None:
    """Pressed hair reaches less than half as far from the skull."""
    none = np.zeros((0, 3))
    loose, pressed = (build_hair(ANNA, anna.body, none, pressed=flat)[0] for flat in (False, True))
    assert np.ptp(pressed.points[:, 1]) < 0.75 * np.ptp(loose.points[:, 1])


def test_a_person_stands_on_the_floor_and_is_human_sized() -> None:
    skin = build_body(ANNA).points[build_body(ANNA).anatomy.part("body")]
    assert skin[:, 1].min() == pytest.approx(0.0, abs=1e-6)
    assert 1.5 < skin[:, 1].max() < 2.0


def test_the_jaw_moves_the_chin_and_leaves_the_forehead(anna: Person) -> None:
    skin = _piece(anna, "Skin")
    eyes = anna.body.joints[anna.body.anatomy.bone("eye.L"), 1]
    moved = np.linalg.norm(_posed(anna, skin, jawOpen=0.3) - _posed(anna, skin), axis=1)
    below, above = skin.points[:, 1] < eyes - 0.06, skin.points[:, 1] > eyes + 0.03
    assert moved[below].max() > 0.006
    assert moved[above].max() < 1e-4


def test_a_blink_moves_one_eyes_lid_and_its_lashes(anna: Person) -> None:
    skin, lashes = _piece(anna, "Skin"), _piece(anna, "Lashes")
    moved = np.linalg.norm(_posed(anna, skin, eyeBlinkLeft=1.0) - _posed(anna, skin), axis=1)
    assert moved.max() > 0.004
    assert skin.points[moved > 0.6 * moved.max(), 0].min() > 0.0  # the person's left is +X
    followed = np.linalg.norm(_posed(anna, lashes, eyeBlinkLeft=1.0) - _posed(anna, lashes), axis=1)
    assert followed[lashes.points[:, 0] > 0].max() > 0.003
    assert followed[lashes.points[:, 0] < 0].max() < 1e-4


def test_the_lower_teeth_follow_the_jaw_and_the_upper_ones_stay(anna: Person) -> None:
    def drop(name: str) -> float:
        piece = _piece(anna, name)
        return float((_posed(anna, piece) - _posed(anna, piece, jawOpen=0.3))[:, 1].mean())

    assert drop("LowerTeeth") > 0.003
    assert abs(drop("UpperTeeth")) < 0.0005


@pytest.mark.parametrize("wardrobe", ["t-shirt", "jumper", "hoodie"])
def test_no_skin_pokes_through_the_top(wardrobe: str) -> None:
    """Where the body lies under cloth, it lies inside of it, standing at rest; a swollen body would be found."""
    body = build_body(ANNA)
    top = next(piece for piece in build_garments(replace(ANNA, wardrobe=wardrobe), body) if piece.name == "Top")
    bones = Poses(pose_bones(body, standing(body), 1), {})
    cloth = pose_points(top, bones)[0]
    trunk = Piece("", body.points, top.triangles, top.material, weights=body.anatomy.weights)
    skin = pose_points(trunk, bones)[0][body.anatomy.part("body")]
    level = (skin[:, 1] > 1.05) & (skin[:, 1] < 1.25) & (np.abs(skin[:, 0]) < 0.10)  # the trunk, away from every hem
    inside = skin[level]
    outwards = (inside - np.array([0.0, 0.0, np.median(inside[:, 2])])) * np.array([1, 0, 1])
    outwards /= np.linalg.norm(outwards, axis=1, keepdims=True)
    assert level.sum() > 200
    assert (_beyond(inside, outwards, cloth, top) > 0.001).mean() < 0.002
    assert (_beyond(inside + 0.03 * outwards, outwards, cloth, top) > 0.001).mean() > 0.5


def _beyond(skin: np.ndarray, outwards: np.ndarray, cloth: np.ndarray, top: Piece) -> np.ndarray:
    """How far skin lies outside of the nearest cloth that faces outwards there [m].

    The nearest cloth of all may face elsewhere: the sleeve at the armpit, the lining of a pocket.
    """
    normals = vertex_normals(cloth, top.triangles)
    near = np.asarray(KDTree(cloth).query(skin, k=64)[1])  # (S, 64), nearest first
    faces = np.einsum("skc,sc->sk", normals[near], outwards) > 0.3  # (S, 64)
    assert faces.any(axis=1).all()
    chosen = near[np.arange(len(skin)), faces.argmax(axis=1)]
    return ((skin - cloth[chosen]) * normals[chosen]).sum(axis=1)


def test_skin_is_darker_with_more_melanin(tmp_path: Path) -> None:
    from PIL import Image

    tones = []
    for melanin in (0.2, 0.8):
        paint_skin(replace(ANNA, melanin=melanin), tmp_path, f"m{melanin}", (90, 128))
        tones.append(np.asarray(Image.open(tmp_path / f"m{melanin}_skin_albedo.png"), float)[40:90, 50:80].mean())
    assert tones[1] < 0.7 * tones[0]


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built twice from nothing, the cast layer and its textures agree to the byte, and it stands on its mark."""
    from secondunit_engine.cast import person
    from secondunit_engine.cast import write_cast as module

    monkeypatch.setattr(module, "paint_person", lambda member, folder: _paint_small(member, folder))
    place = tmp_path / "set.usdc"
    stage = new_layer(place)
    add_mark(stage, "hero", facing((1.0, 0.0, 2.0), (1.0, 0.0, 0.0)))
    stage.GetRootLayer().Save()
    for run in ("a", "b"):
        person.build_person.cache_clear()
        write_cast((ANNA,), place, tmp_path / run)
    for file in sorted((tmp_path / "a").rglob("*.*")):
        assert file.read_bytes() == (tmp_path / "b" / file.relative_to(tmp_path / "a")).read_bytes(), file.name
    cast = Usd.Stage.Open(str(tmp_path / "a" / "cast.usdc"))
    prim = cast.GetPrimAtPath(f"{names.CAST}/ANNA")
    matrix = UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default())
    assert np.array(matrix.ExtractTranslation()) == pytest.approx(np.array([1.0, 0.0, 2.0]))
    assert '"name": "ANNA"' in prim.GetCustomDataByKey(MEMBER)


def _paint_small(member: CastPlan, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    paint_skin(member, folder, member.name, (90, 128))


@pytest.mark.parametrize("wardrobe", ["t-shirt", "jumper", "hoodie"])
def test_a_top_hangs_over_the_trousers(wardrobe: str) -> None:
    """On the standing body hardly a point of the trousers, and none by 6 mm, comes out through the top's cloth."""
    person = build_person(replace(ANNA, wardrobe=wardrobe, seed=3, gender=0.4))
    top, trousers = (_piece(person, name) for name in ("Top", "Trousers"))
    cloth, below = (_posed(person, piece) for piece in (top, trousers))
    away, near = KDTree(cloth).query(below)
    under = (away < 0.03) & (below[:, 1] > cloth[:, 1].min() + 0.005)
    outward = below[:, [0, 2]] - below[:, [0, 2]].mean(axis=0)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    out = ((below - cloth[near])[:, [0, 2]] * outward).sum(axis=1)[under]
    assert under.sum() > 200
    assert (out > 0.001).mean() < 0.03
    assert out.max() < 0.006
