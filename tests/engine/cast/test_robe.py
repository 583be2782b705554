"""The robe: it covers the body it is cut on, in any pose, and reaches the floor."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import KDTree

from secondunit_engine.cast.body import Body, build_body
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, pose_points, standing, turn
from secondunit_engine.cast.robe import build_robe
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.world.author import Material

MEMBER = CastPlan("Mara", wardrobe="robe", seed=4)


@pytest.fixture(scope="module")
def body() -> Body:
    return build_body(MEMBER)


@pytest.fixture(scope="module")
def robe(body: Body) -> dict[str, Piece]:
    return {piece.name: piece for piece in build_robe(MEMBER, body)}


def posed(piece: Piece, body: Body, **turns: np.ndarray) -> np.ndarray:
    named = {bone.replace("_", "."): matrix for bone, matrix in turns.items()}
    return pose_points(piece, Poses(pose_bones(body, standing(body) | named, 1), {}))[0]


def test_reaches_the_floor_and_covers_the_head(robe: dict[str, Piece], body: Body) -> None:
    """The hem hangs between one and three centimetres above the floor; the hood rises above the skull."""
    gown, hood = posed(robe["Robe"], body), posed(robe["Hood"], body)
    assert 0.005 < gown[:, 1].min() < 0.03
    assert hood[:, 1].max() > body.points[body.anatomy.part("body"), 1].max() + 0.02


def test_body_stays_inside(robe: dict[str, Piece], body: Body) -> None:
    """Standing, no skin of the trunk or thighs lies outside the gown at its own height and side."""
    rows = body.anatomy.part("body")
    skin = Piece(
        "Skin", body.points[rows], np.zeros((0, 3), np.int32), Material("none"), weights=body.anatomy.weights[rows]
    )
    points, gown = posed(skin, body), posed(robe["Robe"], body)
    trunk = points[(points[:, 1] > 0.35) & (points[:, 1] < 1.15) & (np.abs(points[:, 0]) < 0.11)]
    nearest = gown[KDTree(gown).query(trunk)[1]]
    middle = np.array([0.0, gown[:, 2].mean()])
    inside = np.linalg.norm(nearest[:, [0, 2]] - middle, axis=1) - np.linalg.norm(trunk[:, [0, 2]] - middle, axis=1)
    assert np.mean(inside > -0.005) > 0.99


def test_sleeve_goes_with_the_arm(robe: dict[str, Piece], body: Body) -> None:
    """Raising the left arm raises the left cuff by as much, and leaves the right sleeve where it was."""
    raised = {"upperarm01_L": turn("x", -80.0) @ turn("z", -31.0)}
    left = posed(robe["SleeveL"], body, **raised) - posed(robe["SleeveL"], body)
    right = posed(robe["SleeveR"], body, **raised) - posed(robe["SleeveR"], body)
    assert left[:, 1].max() > 0.4
    assert np.abs(right).max() < 1e-6


def test_weights_are_whole(robe: dict[str, Piece]) -> None:
    """Every point of the cloth is bound entirely, and all triangles are of real size."""
    for piece in robe.values():
        assert piece.weights is not None
        assert np.allclose(np.asarray(piece.weights.sum(axis=1)), 1.0)
        assert np.isfinite(piece.points).all()
    assert sum(len(piece.triangles) for piece in robe.values()) < 60_000
