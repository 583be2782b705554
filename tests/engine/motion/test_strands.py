"""Long hair follows a head that shakes, by guides, as much as the motion's intensity says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from secondunit_bridge.timing import Rate
from secondunit_engine.cast.person import Person, build_person
from secondunit_engine.cast.piece import Piece, Poses, pose_bones, standing, turn
from secondunit_engine.motion.strands import GUIDES, choose_guides, sway_hair
from secondunit_engine.motion.wind import STILL, Wind
from secondunit_engine.planning.plan import CameraPlan, CastPlan, MotionPlan, SetPlan, ShotPlan

Array = NDArray[np.float64]
IDA = CastPlan("Ida", hair="long dark", seed=4)
FRAMES = 8
SHOT = ShotPlan("sh010", "1", "", FRAMES, Rate(24), 7, SetPlan("library"), CameraPlan("CU"), cast=(IDA,))
FULL = replace(SHOT, motion=MotionPlan(1.0))


@pytest.fixture(scope="module")
def ida() -> Person:
    return build_person(IDA)


@pytest.fixture(scope="module")
def hair(ida: Person) -> Piece:
    return next(piece for piece in ida.pieces if piece.name == "Hair")


def shaking(person: Person, degrees: float) -> tuple[Poses, Array]:
    """A head that shakes twice a second by so many degrees, on a body that stands."""
    yaw = degrees * np.sin(2 * np.pi * 2 * np.arange(FRAMES) / 24)
    turns = standing(person.body) | {"head": turn("y", yaw)}
    return Poses(pose_bones(person.body, turns, FRAMES), {}), np.tile(np.eye(4), (FRAMES, 1, 1))


def test_guides_are_spread_and_locks_follow_the_nearest(hair: Piece) -> None:
    """Two hundred different locks; every lock's shares are whole, and a guide follows itself before any other."""
    guides = choose_guides(hair)
    assert guides.paths.shape[:2] == (GUIDES, hair.locks[1] if hair.locks else 0)
    assert len(np.unique(guides.paths[:, 1], axis=0)) == GUIDES
    np.testing.assert_allclose(guides.share.sum(axis=1), 1.0)
    assert guides.share[:, 0].max() > 0.5


def test_it_swings_with_a_shaking_head_and_keeps_its_length(ida: Person, hair: Piece) -> None:
    """Finite; tips go further than roots, which keep still on the head; hardly a lock is a tenth longer than it grew;
    the same shake twice is the same bytes."""
    poses, roots = shaking(ida, 25.0)
    moved = sway_hair(FULL, ida, poses, roots, STILL)["Hair"]
    assert np.isfinite(moved).all()
    assert hair.locks is not None
    off = np.linalg.norm(moved - hair.points, axis=2).reshape(FRAMES, *hair.locks, -1).mean(axis=(0, 1, 3))  # (K,)
    assert off[0] < 1e-6
    assert off[-1] > 2 * off[6] > 0.0005
    rest, now = (each.reshape(*each.shape[:-2], *hair.locks, -1, 3)[..., 2, :] for each in (hair.points, moved))
    grown = np.linalg.norm(np.diff(rest, axis=-2), axis=-1).sum(axis=-1)
    length = np.linalg.norm(np.diff(now, axis=-2), axis=-1).sum(axis=-1)
    assert np.quantile(length / grown, 0.99) < 1.1
    np.testing.assert_array_equal(moved, sway_hair(FULL, ida, poses, roots, STILL)["Hair"])


def test_it_moves_the_more_the_higher_the_intensity(ida: Person, hair: Piece) -> None:
    """At half the intensity each point is half as far from where the head carries it; at 0 it rides on the head."""
    poses, roots = shaking(ida, 25.0)
    half, full = (
        sway_hair(replace(SHOT, motion=MotionPlan(intensity)), ida, poses, roots, STILL)["Hair"][-1] - hair.points
        for intensity in (0.5, 1.0)
    )
    assert np.abs(full).max() > 0.01
    np.testing.assert_allclose(half, 0.5 * full, atol=1e-6)
    assert sway_hair(replace(SHOT, motion=MotionPlan(0.0)), ida, poses, roots, STILL) == {}


def test_wind_takes_it_along(ida: Person, hair: Piece) -> None:
    """On a head that keeps still, tips lie further down the wind than in still air."""
    poses, roots = shaking(ida, 0.0)
    still, blown = (sway_hair(FULL, ida, poses, roots, wind)["Hair"][-1] for wind in (STILL, Wind(5.0, 90.0, 0.1)))
    assert (blown - still)[:, 0].mean() > 0.01


def test_cropped_hair_rides_on_the_head(ida: Person, hair: Piece) -> None:
    """What has no locks that hang is not simulated."""
    poses, roots = shaking(ida, 25.0)
    pieces = tuple(replace(piece, locks=None) for piece in ida.pieces)
    assert sway_hair(FULL, replace(ida, pieces=pieces), poses, roots, STILL) == {}
