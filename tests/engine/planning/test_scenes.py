"""Scenes as a whole: where people stand, where cameras stand, and that no rule of the cut is broken."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from benchmarks.scenes import random_scene

from secondunit_engine.places import PLACES, layout_of
from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.floor import floor_at
from secondunit_engine.planning.plan import Plan, Settings
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.planning.scouting import EYES
from secondunit_engine.planning.staging import place_at
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief
from secondunit_engine.script.vocabulary import phrases


def plan(text: str, **settings: object) -> Plan:
    return plan_script(read_brief(Brief(text, "fountain")), Settings(**settings))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def scenes() -> list[Plan]:
    return [plan(random_scene(seed)) for seed in range(100)]


def test_no_camera_is_ever_inside_the_set(scenes: list[Plan]) -> None:
    """Measured on the survey at every frame, not asked of the solver."""
    for each in scenes:
        for shot in each.shots:
            if shot.camera.station is not None and shot.camera.setup != "pov":
                eyes = np.array([pose.eye for pose in camera_poses(shot)])  # (F, 3)
                assert floor_at(shot.set).inside(eyes).all(), shot.id


def test_the_line_is_never_crossed_without_a_bridge_and_no_rule_errs(scenes: list[Plan]) -> None:
    """What the story itself makes impossible is refused; the cut makes no error and crosses no line."""
    notes = [note for each in scenes for note in each.continuity]
    assert not [note for note in notes if note.rule in ("180 degrees", "camera inside geometry", "eyeline")]
    assert {note.rule for note in notes if note.level == "error"} <= {"unmet precondition"}
    assert sum(len(each.shots) for each in scenes) > 400


def test_nobody_stands_in_a_wall_or_in_another_and_nobody_jumps(scenes: list[Plan]) -> None:
    """Every shot begins where the one before left everybody, and no walk is faster than a run."""
    for each in scenes:
        last: dict[str, tuple[float, float]] = {}
        for shot in each.shots:
            floor = floor_at(shot.set)
            now = {path.who: path.spots[0] for path in shot.blocking}
            for name, spot in now.items():
                assert floor.is_free(spot.x, spot.z, 0.0) or spot.x == spot.z == 0.0, (shot.id, name)
                others = [other for who, other in now.items() if who != name]
                assert all(math.dist((spot.x, spot.z), (o.x, o.z)) > 0.45 for o in others), (shot.id, name)
                assert name not in last or math.dist(last[name], (spot.x, spot.z)) < 0.01, (shot.id, name)
            last = {}  # who is out of a shot may come in again elsewhere
            for path in shot.blocking:
                ways = [place_at(path, frame) for frame in range(shot.frames + 1)]
                steps = [math.dist((a.x, a.z), (b.x, b.z)) for a, b in pairwise(ways)]
                assert max(steps, default=0.0) * 24 < 3.5, (shot.id, path.who)
                last[path.who] = (ways[-1].x, ways[-1].z)


def test_the_planned_framing_is_what_the_planned_camera_shows(scenes: list[Plan]) -> None:
    """Projected again through the written station, rounded as it is: within 1 % of the frame's height."""
    judged = 0
    for each in scenes:
        for shot in each.shots:
            places = {path.who: path.spots[0] for path in shot.blocking}
            for point in shot.camera.framing:
                spot = places.get(point.target)
                if spot is None:
                    continue
                pose = camera_poses(shot)[0]
                target = np.array([spot.x, EYES[spot.posture], spot.z]) - pose.eye
                right = np.cross(pose.forward, (0.0, 1.0, 0.0))
                right /= np.linalg.norm(right)
                depth = float(target @ pose.forward)
                x = 0.5 + float(target @ right) / depth * shot.camera.lens_mm / 36
                y = 0.5 - float(target @ np.cross(right, pose.forward)) / depth * shot.camera.lens_mm / 20.25
                assert abs(x - point.x) * 16 / 9 < 0.01, shot.id
                assert abs(y - point.y) < 0.01, shot.id
                judged += 1
    assert judged > 200


@pytest.mark.parametrize("style", ["coverage", "one-er", "vlog", "teaser"])
def test_every_style_covers_every_beat_once_in_order(style: str) -> None:
    for seed in range(12):
        made = plan(random_scene(seed), style=style)
        beats = [beat.id for shot in made.shots for beat in shot.beats]
        assert beats == sorted(set(beats))
        assert not [note for note in made.continuity if note.rule == "camera inside geometry"]
        if style == "one-er":
            assert len(made.shots) == 1


@pytest.mark.parametrize("place", [name for name, place in PLACES.items() if place.layouts > 1])
def test_cameras_and_people_are_planned_on_the_floor_that_the_seed_builds(place: str) -> None:
    named = [phrases(PLACES[place].phrases)[0], *(phrases(kind)[0] for kind in PLACES[place].kinds)]
    layouts = set()
    for seed in range(6):  # some words ask for one floor, whatever the seed
        heading = f"INT. {named[seed % len(named)].upper()} - DAY"
        text = f"{heading}\n\nMara waits. Elias walks to Mara.\n\nMARA\nYou came.\n\nELIAS\nI said I would.\n"
        for shot in plan(text, seed=seed).shots:
            layouts.add(layout_of(shot.set))
            floor = floor_at(shot.set)
            assert floor.inside(np.array([pose.eye for pose in camera_poses(shot)])).all(), (seed, shot.id)
            spots = [spot for path in shot.blocking for spot in path.spots]
            assert floor.is_free([spot.x for spot in spots], [spot.z for spot in spots], 0.0).all(), (seed, shot.id)
    assert len(layouts) > 1
