"""Scenes as a whole: where people stand, where cameras stand, and that no rule of the cut is broken."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pytest

from secondunit_engine.planning.camera_path import camera_poses
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import Plan, Settings
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.planning.setups import EYES
from secondunit_engine.planning.staging import place_at
from secondunit_engine.planning.toric import frame_two, project
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

_NAMES = ("MARA", "ELIAS", "AVA", "JONAS")
_PLACES = ("ANCIENT LIBRARY", "BEDROOM STUDIO", "LED TUNNEL")
_ACTS = (
    "{a} walks to {b}.", "{a} turns.", "{a} looks at {b}.", "{a} sits.", "{a} runs.", "Dust motes drift.",
    "{a} enters.",
    "{a} smiles and nods.", "CLOSE ON {a}.", "TWO SHOT {a} AND {b}", "{a} waves, then walks to the door.", "{a} exits.",
)  # fmt: skip
_LINES = ("Put it down.", "Nobody paid me to come here.", "Somebody always pays...", "Look at me!", "Why?")


def random_scene(seed: int) -> str:
    """A scene of one to four people who act and talk, on one of the surveyed sets."""
    random_ = random.Random(seed)
    people = random_.sample(_NAMES, random_.randint(1, 4))
    parts = [f"INT. {random_.choice(_PLACES)} - DAY\n\n", f"{' and '.join(people)} wait.\n\n"]
    for _ in range(random_.randint(2, 10)):
        a, b = random_.choice(people), random_.choice(people)
        if random_.random() < 0.5:
            parts.append(f"{a}\n{random_.choice(_LINES)}\n\n")
        else:
            parts.append(random_.choice(_ACTS).format(a=a, b=b) + "\n\n")
    return "".join(parts)


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
                assert floor_of(shot.set.place).inside(eyes).all(), shot.id


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
            floor = floor_of(shot.set.place)
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


def test_two_targets_lie_where_they_were_asked_to() -> None:
    """1,000 random pairs: wherever a place exists both are within a thousandth of the frame's height."""
    random_ = np.random.default_rng(0)
    solved = 0
    for _ in range(1000):
        a = (random_.uniform(-3, 3), random_.uniform(1.2, 1.8), random_.uniform(-3, 3))
        turn, apart, side = random_.uniform(0, 6.28), random_.uniform(0.8, 3.0), int(random_.choice([1, -1]))
        b = (a[0] + apart * math.sin(turn), a[1] + random_.uniform(-0.3, 0.3), a[2] + apart * math.cos(turn))
        lens, cover = float(random_.choice([35, 50, 85])), float(random_.choice([0.665, 1.05, 1.5]))
        x, y = 0.5 + 0.12 * side, 0.38
        view = frame_two(
            a, b, main_at=(x, y), other_x=x - 0.38 * side, distance=cover * lens / 20.25,
            height=b[1] + random_.uniform(-0.2, 0.4), lens_mm=lens, side=side,
        )  # fmt: skip
        if view is None:
            continue
        solved += 1
        main, other = project(view, lens, a), project(view, lens, b)
        errors = ((main[0] - x) * 16 / 9, main[1] - y, (other[0] - x + 0.38 * side) * 16 / 9)
        assert max(map(abs, errors)) < 0.001
        assert other[2] < main[2]
    assert solved > 500


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
