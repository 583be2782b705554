"""People stand and walk on the floor of the set as people would."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import numpy as np
import pytest

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.blocking import Blocking
from secondunit_engine.planning.casting import mark_name
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.formation import bearing, gap
from secondunit_engine.planning.plan import ActionPlan, DialoguePlan, PathPlan, Spot
from secondunit_engine.planning.staging import Staging, place_at, stage_scene
from secondunit_engine.planning.walks import short_turn, walk

RATE = Rate(24)
PLACES = ("library", "led_tunnel", "bedroom_studio", "nowhere")
NAMES = ("Mara", "Elias", "Ava", "Ben", "Noor", "Otto")
VERBS = (
    "walk", "run", "enter", "exit", "sit", "stand up", "kneel", "lie", "lift", "open", "look", "turn", "talk", "give",
)  # fmt: skip
TARGETS = (*NAMES, "Relic", "Lantern", "Car", "door", "pedestal", "lens", "window", "")


def shot(*happenings: ActionPlan | DialoguePlan, frames: int = 120) -> Blocking:
    actions = tuple(item for item in happenings if isinstance(item, ActionPlan))
    lines = tuple(item for item in happenings if isinstance(item, DialoguePlan))
    return Blocking(frames, actions, lines, ())


def stage(place: str, people: tuple[str, ...], *shots: Blocking) -> Staging:
    marks = {name: mark_name(number, place) for number, name in enumerate(people)}
    return stage_scene(people, marks, shots, floor_of(place), RATE)


def path_of(staging: Staging, at: int, name: str) -> PathPlan:
    return next(path for path in staging.paths[at] if path.who == name)


def place(spot: Spot) -> tuple[float, float]:
    return spot.x, spot.z


def test_one_person_keeps_their_mark_exactly() -> None:
    """The set is lit for its mark: who does nothing but act there has a path of that one spot."""
    for name in PLACES:
        mark = floor_of(name).mark(mark_name(0, name) if name != "nowhere" else "hero")
        staging = stage(name, ("Mara",), shot(ActionPlan("Mara", "smile", 0, 48)))
        assert staging.paths == ((PathPlan("Mara", (Spot(0, mark.x, mark.z, mark.facing),)),),)


@pytest.mark.parametrize("name", PLACES)
def test_two_who_talk_face_each_other_at_talking_distance(name: str) -> None:
    lines = DialoguePlan("Mara", "You came.", 24, 24), DialoguePlan("Elias", "I did.", 60, 24)
    staging = stage(name, ("Mara", "Elias"), shot(*lines))
    mara, elias = (place_at(path_of(staging, 0, who), 60) for who in ("Mara", "Elias"))
    assert 1.2 <= gap(place(mara), place(elias)) <= 1.5
    for one, other in ((mara, elias), (elias, mara)):
        assert abs(short_turn(one.facing, bearing(place(one), place(other)))) < 20
    assert place(mara) == place(path_of(staging, 0, "Mara").spots[0])


def test_a_group_forms_an_arc_that_is_open_to_the_camera() -> None:
    """Five people see each other's faces, nobody is in another's place, and nobody hides the rest from the lens."""
    people = NAMES[:5]
    staging = stage(
        "library", people, shot(*(DialoguePlan(name, "Yes.", 10 + 20 * k, 15) for k, name in enumerate(people)))
    )
    spots = [place_at(path_of(staging, 0, name), 0) for name in people]
    assert min(gap(place(a), place(b)) for a, b in combinations(spots, 2)) >= 0.7
    eye = np.array(floor_of("library").camera_mark("WS").eye)[[0, 2]]  # type: ignore[union-attr]
    angles = sorted(bearing((float(eye[0]), float(eye[1])), place(spot)) for spot in spots)
    middle = np.mean([place(spot) for spot in spots], axis=0)
    assert all(
        abs(short_turn(spot.facing, bearing(place(spot), (float(middle[0]), float(middle[1]))))) < 75 for spot in spots
    )
    assert min(b - a for a, b in pairwise(angles)) > 0.5


def test_a_walk_goes_round_the_pedestal_at_human_speed_and_arrives() -> None:
    staging = stage("library", ("Mara", "Elias"), shot(ActionPlan("Elias", "walk", 0, 120, "Relic"), frames=200))
    path = path_of(staging, 0, "Elias")
    track = np.array([place(place_at(path, frame)) for frame in range(201)])
    speed = np.hypot(*np.diff(track, axis=0).T) * 24
    assert 1.0 < speed.max() < 1.8
    assert np.hypot(*track.T).min() > 0.45  # the pedestal's corner is 0.43 m from its middle
    end = place_at(path, 200)
    assert np.hypot(end.x, end.z) < 1.1
    assert abs(short_turn(end.facing, bearing(place(end), (0.0, 0.0)))) < 5


def test_who_has_too_far_to_go_stops_on_the_way_and_it_is_said() -> None:
    staging = stage("library", ("Mara", "Elias"), shot(ActionPlan("Mara", "walk", 0, 48, "door"), frames=48))
    assert any("Mara has" in sentence for _, sentence in staging.notes)
    end = place_at(path_of(staging, 0, "Mara"), 48)
    assert 1.5 < gap(place(end), place(path_of(staging, 0, "Mara").spots[0])) < 4


def test_a_walk_goes_on_over_a_cut() -> None:
    """Where a shot ends the next begins, in the middle of a step too."""
    staging = stage("library", ("Mara", "Elias"), shot(ActionPlan("Mara", "walk", 24, 48, "door"), frames=72), shot())
    before, after = path_of(staging, 0, "Mara"), path_of(staging, 1, "Mara")
    assert place_at(before, 72) == place_at(after, 0) or gap(place(place_at(before, 72)), place(after.spots[0])) < 1e-6
    assert gap(place(after.spots[0]), place(after.spots[-1])) > 2


def test_who_enters_is_not_there_before_and_who_leaves_not_after() -> None:
    enters, leaves = ActionPlan("Elias", "enter", 12, 72), ActionPlan("Elias", "exit", 0, 72)
    staging = stage("bedroom_studio", ("Mara", "Elias"), shot(), shot(enters), shot(), shot(leaves), shot())
    there = [any(path.who == "Elias" for path in paths) for paths in staging.paths]
    assert there == [False, True, True, True, False]
    path = path_of(staging, 1, "Elias")
    assert gap(place(path.spots[0]), place(path.spots[-1])) > 1.5
    assert all(any(path.who == "Mara" for path in paths) for paths in staging.paths)


def test_somebody_in_the_way_is_walked_round() -> None:
    staging = stage("nowhere", ("Mara", "Elias", "Ava"), shot(ActionPlan("Ava", "walk", 0, 120, "Mara"), frames=160))
    others = [place(path_of(staging, 0, name).spots[0]) for name in ("Mara", "Elias")]
    ava = path_of(staging, 0, "Ava")
    nearest = min(gap(place(place_at(ava, frame)), other) for frame in range(160) for other in others)
    assert nearest >= 0.5


def test_turning_takes_the_short_way() -> None:
    path = PathPlan("Mara", (Spot(0, 0.0, 0.0, 350.0), Spot(10, 1.0, 0.0, 10.0, "sit")))
    assert place_at(path, 5) == Spot(5, 0.5, 0.0, 0.0)
    assert place_at(path, 9).posture == "sit"
    assert place_at(path, 99).x == 1.0


def test_a_walk_starts_and_ends_softly() -> None:
    spots = [Spot(0, 0.0, 0.0, 90.0), *walk(((0.0, 0.0), (3.0, 0.0)), 0, 90.0, 1.25, 24.0, None)]
    x = np.interp(np.arange(spots[-1].start + 1), [spot.start for spot in spots], [spot.x for spot in spots])
    speed = np.diff(x) * 24
    assert speed[0] < 0.4
    assert speed[-1] < 0.4
    assert speed[20:40] == pytest.approx(np.full(20, 1.25), rel=0.03)


def test_people_kneel_and_get_up_before_they_walk() -> None:
    down, walks = ActionPlan("Mara", "kneel", 0, 30), ActionPlan("Mara", "walk", 60, 60)
    path = path_of(stage("nowhere", ("Mara",), shot(down, walks, frames=200)), 0, "Mara")
    postures = [place_at(path, frame).posture for frame in (0, 40, 59, 80, 199)]
    assert postures == ["stand", "kneel", "kneel", "stand", "stand"]
    assert gap(place(place_at(path, 60)), place(place_at(path, 78))) < 0.02
    assert gap(place(path.spots[0]), place(path.spots[-1])) > 0.9


def random_scene(seed: int) -> tuple[str, tuple[str, ...], list[Blocking]]:
    """A scene of one to six people and one to five shots in which anything is done to anything."""
    rng = random.Random(seed)
    people = NAMES[: rng.randint(1, 6)]
    shots: list[Blocking] = []
    for _ in range(rng.randint(1, 5)):
        frames = rng.randint(24, 240)
        actions = [
            ActionPlan(
                rng.choice(people), rng.choice(VERBS), rng.randrange(frames), rng.randint(1, 96), rng.choice(TARGETS)
            )
            for _ in range(rng.randint(0, 5))
        ]
        lines = [
            DialoguePlan(rng.choice(people), "A line.", rng.randrange(frames), 24) for _ in range(rng.randint(0, 3))
        ]
        shots.append(Blocking(frames, tuple(sorted(actions, key=lambda action: action.start)), tuple(lines), ()))
    return rng.choice(PLACES), people, shots


@pytest.mark.parametrize("block", range(10))
def test_nobody_is_in_a_wall_or_in_another_or_jumps(block: int) -> None:
    """Two hundred random scenes: free floor under everybody, half a metre apart, unbroken, under 3 m/s."""
    for seed in range(block * 20, block * 20 + 20):
        name, people, shots = random_scene(seed)
        staging = stage(name, people, *shots)
        floor = floor_of(name)
        marks = np.array([(mark.x, mark.z) for mark in floor.marks])
        ends: dict[str, Spot] = {}
        for blocking, paths in zip(shots, staging.paths, strict=True):
            frames = range(blocking.frames + 1)
            tracks = {path.who: np.array([place(place_at(path, frame)) for frame in frames]) for path in paths}
            for who, track in tracks.items():
                off_marks = np.hypot(*(track[:, None] - marks).transpose(2, 0, 1)).min(axis=1) > 0.9
                clear = floor.clearance(track[:, 0], track[:, 1])
                assert (clear[off_marks] >= 0.2).all(), (seed, who, clear[off_marks].min())
                assert np.hypot(*np.diff(track, axis=0).T).max() * 24 < 3.0, (seed, who)
                if who in ends:
                    assert gap(place(ends[who]), (track[0, 0], track[0, 1])) < 1e-3, (seed, who)
            ends = {path.who: place_at(path, blocking.frames) for path in paths}
            for one, other in combinations(tracks, 2):
                assert np.hypot(*(tracks[one] - tracks[other]).T).min() >= 0.45, (seed, one, other)
