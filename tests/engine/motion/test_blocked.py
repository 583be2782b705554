"""The finished picture obeys the blocking: people are where the plan has them, on feet that do not skate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pxr import Gf, UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.cast.body import Body, build_body
from secondunit_engine.cast.person import Person
from secondunit_engine.motion.blocked import gaze, way_of
from secondunit_engine.motion.events import read_events, write_events
from secondunit_engine.motion.gait import walk_along
from secondunit_engine.motion.people import write_people
from secondunit_engine.motion.performance import perform
from secondunit_engine.planning.plan import (
    ActionPlan,
    CameraPlan,
    CastPlan,
    DialoguePlan,
    PathPlan,
    SetPlan,
    ShotPlan,
    Spot,
)
from secondunit_engine.planning.staging import place_at
from secondunit_engine.planning.walks import walk
from secondunit_engine.world.author import facing, new_layer
from secondunit_engine.world.stage import FIRST_FRAME

BEN = CastPlan("Ben", gender=0.0, seed=4)
AVA = CastPlan("Ava", gender=1.0, seed=5)
CORNER = ((1.0, 2.0), (1.0, -1.0), (2.5, -2.0))
STEPS = (Spot(0, 1.0, 2.0, 180.0), *walk(CORNER, 12, 180.0, 1.25, 24.0, 0.0))
SHOT = ShotPlan(
    "sh010", "1", "", STEPS[-1].start + 12, Rate(24), 7, SetPlan("library"), CameraPlan("MS"), cast=(BEN,),
    actions=(ActionPlan("Ben", "walk", 12, 60),), blocking=(PathPlan("Ben", STEPS),),
)  # fmt: skip


@pytest.fixture(scope="module")
def bodies() -> tuple[Body, Body]:
    return build_body(BEN), build_body(AVA)


def layers(folder: Path, *cast: str) -> tuple[Path, Path]:
    """A cast layer whose members stand on one mark, and a set layer without cameras."""
    cast_layer, set_layer = folder / "cast.usdc", folder / "set.usdc"
    stage = new_layer(cast_layer)
    for name in cast:
        UsdGeom.Xform.Define(stage, f"/Shot/Cast/{name}").AddTransformOp().Set(facing((-0.48, 0.0, 0.44), (1, 0, 0)))
    stage.GetRootLayer().Save()
    place = new_layer(set_layer)
    place.GetRootLayer().Save()
    return set_layer, cast_layer


def test_the_root_follows_the_planned_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bodies: tuple[Body, Body]
) -> None:
    """Within a centimetre of the path and a degree of the facing at every frame; only the hips sink."""
    bare = Person(BEN, bodies[0], (), {})  # skin and clothes ride on the root, and take long to make
    monkeypatch.setattr("secondunit_engine.motion.people.build_person", lambda member: bare)
    motion = new_layer(tmp_path / "motion.usdc")
    write_people(SHOT, *layers(tmp_path, "Ben"), motion)
    root = UsdGeom.Xformable(motion.GetPrimAtPath("/Shot/Cast/Ben"))
    attribute = root.GetPrim().GetAttribute("xformOp:transform")
    assert attribute.GetNumTimeSamples() == SHOT.frames
    for frame in range(SHOT.frames):
        spot = place_at(SHOT.blocking[0], frame)
        matrix = np.array(attribute.Get(FIRST_FRAME + frame))
        assert np.hypot(matrix[3, 0] - spot.x, matrix[3, 2] - spot.z) < 0.01
        assert -0.1 < matrix[3, 1] <= 0
        assert np.degrees(np.arctan2(matrix[2, 0], matrix[2, 2])) % 360 == pytest.approx(spot.facing, abs=1.0)


def test_a_path_that_stands_on_the_mark_is_no_path() -> None:
    """Then everything is written as without blocking, to the byte."""
    at = facing((-0.48, 0.0, 0.44), (0.48, 0, -0.44))
    degrees = float(np.degrees(np.arctan2(0.48, -0.44)))
    still = replace(SHOT, blocking=(PathPlan("Ben", (Spot(0, -0.48, 0.44, round(degrees, 4)),)),))
    assert way_of(still, "Ben", at) is None
    assert way_of(still, "Ava", at) is None
    aside = replace(SHOT, blocking=(PathPlan("Ben", (Spot(0, -0.38, 0.44, degrees),)),))
    assert way_of(aside, "Ben", at) is not None


def soles(body: Body, side: str, places: np.ndarray) -> np.ndarray:
    """Where heel and ball are at each frame [m across the floor, m up], shape [2, frames, 2], on a walk along +Z."""
    shot = replace(SHOT, frames=len(places), blocking=(), actions=())
    performance = perform(shot, BEN, body, None, places)
    bone = performance.poses.bones[:, body.anatomy.bone(f"foot.{side}")]  # (F, 3, 4)
    ankle, toe = (body.joints[body.anatomy.bone(f"{name}.{side}")] for name in ("foot", "toe1-1"))
    points = [np.array([ankle[0], 0.0, ankle[2] - 0.05]), np.array([toe[0], 0.0, toe[2]])]
    at = [bone[..., :3] @ point + bone[..., 3] + performance.shift for point in points]
    return np.array([np.stack([where[:, 2] + places[:, 1], where[:, 1]], axis=1) for where in at])


@pytest.mark.parametrize("speed", [1.25, 1.7, 2.4])
def test_feet_that_are_down_stay_where_they_are(bodies: tuple[Body, Body], speed: float) -> None:
    """Feet on the floor slide at under a tenth of the walker's speed on average, and go neither through it nor off."""
    spots = [Spot(0, 0.0, 0.0, 0.0), *walk(((0.0, 0.0), (0.0, 8.0)), 0, 0.0, speed, 24.0, None)]
    frames = np.arange(spots[-1].start + 1)
    z = np.interp(frames, [spot.start for spot in spots], [spot.z for spot in spots])
    going = slice(12, len(frames) - 14)
    for body in bodies:
        for side in "LR":
            feet = soles(body, side, np.stack([0 * z, z], axis=1))[:, going]
            down = feet[:, 1:, 1] < 0.012
            assert 0.3 < down.any(axis=0).mean() < 0.8
            slide = np.abs(np.diff(feet[..., 0], axis=1)) * 24
            assert slide[down].mean() < 0.1 * speed
            assert feet[..., 1].min() > -0.02
            assert feet[..., 1].max() > 0.05


def test_a_footfall_is_where_and_when_a_foot_comes_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bodies: tuple[Body, Body]
) -> None:
    """Left and right by turns, a step apart; the foot is about the floor and then stays there."""
    bare = Person(BEN, bodies[0], (), {})
    monkeypatch.setattr("secondunit_engine.motion.people.build_person", lambda member: bare)
    motion = new_layer(tmp_path / "motion.usdc")
    found = write_people(SHOT, *layers(tmp_path, "Ben"), motion).events
    write_events(motion, found)
    falls = [event for event in read_events(motion) if event.kind == "footfall"]
    assert sorted(found, key=lambda event: event.time) == falls
    places = np.array([event.place for event in falls])
    steps = np.hypot(*np.diff(places[:, [0, 2]], axis=0).T)
    assert len(falls) > 4
    assert steps.min() > 0.3
    assert steps.max() < 1.1  # round the corner; 0.8 elsewhere
    assert np.median(steps) < 0.85
    assert np.abs(places[:, 1]).max() < 0.06
    z = np.linspace(0, 5, 97)  # 1.25 m/s
    straight = np.stack([0 * z, z], axis=1)
    gait = walk_along(bodies[0], straight, 24.0)
    for side in "LR":
        heel = soles(bodies[0], side, straight)[0]
        for strike in np.ceil(gait.strikes[side][1:-1]).astype(int):
            assert heel[strike, 1] < 0.03
            assert abs(heel[strike + 4, 0] - heel[strike, 0]) < 0.06


def test_who_stands_has_no_gait(bodies: tuple[Body, Body]) -> None:
    gait = walk_along(bodies[0], np.tile([1.0, 2.0], (48, 1)), 24.0)
    assert gait.share.max() == 0
    assert gait.sink.max() == 0
    assert not any(len(frames) for frames in gait.strikes.values())
    assert max(np.abs(turn).max() for turn in gait.turns.values()) < 0.5


def test_people_look_at_who_speaks() -> None:
    """Ben listens to Ava, who stands behind his left shoulder, and looks ahead again where he walks."""
    paths = PathPlan("Ben", (Spot(0, 0.0, 0.0, 0.0),)), PathPlan("Ava", (Spot(0, 2.0, -1.0, 0.0),))
    shot = replace(SHOT, frames=72, cast=(BEN, AVA), blocking=paths, dialogue=(DialoguePlan("Ava", "Ben.", 24, 24),))
    way = way_of(shot, "Ben", Gf.Matrix4d(1).SetTranslate(Gf.Vec3d(9, 0, 9)))
    assert way is not None
    looks = gaze(shot, BEN, way, 1.6)
    assert looks is not None
    assert looks[0] == pytest.approx([0.0, 1.58, 3.0])
    assert looks[40] == pytest.approx([2.0, 1.6, -1.0])
    assert gaze(replace(shot, dialogue=()), BEN, way, 1.6) is None
    turned = replace(shot, blocking=(PathPlan("Ben", (Spot(0, 0.0, 0.0, 90.0),)), paths[1]))
    around = way_of(turned, "Ben", Gf.Matrix4d(1))
    assert around is not None
    away = gaze(turned, BEN, around, 1.6)
    assert away is not None
    assert away[40] == pytest.approx([1.0, 1.6, 2.0])
