"""What a new draft changes, and what it leaves as it was."""

from __future__ import annotations

from dataclasses import replace

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.changes import compare_plans, keep_names, pair_shots, stages_made
from secondunit_engine.planning.plan import BeatPlan, CameraPlan, Fact, Plan, SetPlan, ShotPlan


def shot(number: int, *words: str, lens: float = 35.0, heading: str = "INT. LIBRARY - DAY") -> ShotPlan:
    beats = tuple(BeatPlan(f"sc010.b{at:02d}", text, "action", 0, 24) for at, text in enumerate(words, 1))
    camera = CameraPlan(lens_mm=lens)
    return ShotPlan(f"sh{number:03d}", "sc010", heading, 48, Rate(24), number, SetPlan("library"), camera, beats=beats)


OLD = (shot(10, "Mara opens the door"), shot(20, "She lifts the relic"), shot(30, "Elias points at her"))


def plan(*shots: ShotPlan) -> Plan:
    return Plan("Relic", shots)


def test_an_inserted_shot_is_numbered_between_and_the_others_keep_name_and_seed() -> None:
    fresh = (
        replace(OLD[0]),
        shot(20, "Dust falls from the vault"),
        shot(30, "She lifts the relic"),
        shot(40, "Elias points at her"),
    )
    named = keep_names(OLD, fresh, seed=0)
    assert [each.id for each in named] == ["sh010", "sh015", "sh020", "sh030"]
    assert [named[at].seed for at in (0, 2, 3)] == [10, 20, 30]
    again = keep_names(named, (*fresh[:1], shot(20, "A book slides out"), *fresh[1:]), seed=0)
    assert [each.id for each in again] == ["sh010", "sh012", "sh015", "sh020", "sh030"]


def test_names_never_run_out_and_never_clash() -> None:
    """Forty inserts at one place each get a name of their own, in order of the numbers they stand between."""
    shots: tuple[ShotPlan, ...] = OLD
    for at in range(40):
        shots = keep_names(shots, (shots[0], shot(0, f"unheard of thing number{at} word{at}"), *shots[1:]), seed=0)
    names = [each.id for each in shots]
    assert len(set(names)) == 43
    assert {"sh010", "sh020", "sh030"} <= set(names)


def test_a_changed_word_is_told_with_what_it_makes_again() -> None:
    now = plan(OLD[0], replace(shot(20, "She drops the relic"), camera=CameraPlan(lens_mm=85.0)), OLD[2])
    (change,) = compare_plans(plan(*OLD), now)
    assert (change.shot, change.kind) == ("sh020", "changed")
    assert change.why == "“She lifts the relic” now reads “She drops the relic”."
    assert change.parts == ("camera",)
    assert change.makes == ("camera", "frames", "picture")


def test_a_consequence_is_told_by_the_state_it_begins_with() -> None:
    now = replace(OLD[2], state=(Fact("Relic", "held by", "Elias"),), frames=60)
    (change,) = compare_plans(plan(*OLD), plan(*OLD[:2], now))
    assert change.why == "When it begins, Relic is held by Elias."


def test_dropped_added_and_moved_shots_are_told_apart() -> None:
    moved = compare_plans(plan(*OLD), plan(OLD[2], *OLD[:2]))
    assert [(each.shot, each.kind) for each in moved] == [("sh030", "moved")]
    other = compare_plans(plan(*OLD), plan(*OLD[1:], shot(40, "Nobody saw the zeppelin land")))
    assert {(each.shot, each.kind) for each in other} == {("sh010", "dropped"), ("sh040", "added")}


def test_the_same_plan_changes_nothing() -> None:
    assert compare_plans(plan(*OLD), plan(*OLD)) == ()
    assert stages_made(OLD[0], OLD[0]) == ()


def test_words_alone_make_nothing_again() -> None:
    """A shot whose beats read otherwise but whose parts are the same is rendered from what is there."""
    assert stages_made(OLD[0], replace(OLD[0], beats=OLD[1].beats, heading="INT. CRYPT")) == ()


def test_a_thousand_shots_with_one_new_are_paired_at_once() -> None:
    """The new one is found alone, wherever it stands."""
    many = tuple(shot(10 * at, f"thing {at} happens to person {at}") for at in range(1, 1001))
    fresh = (*many[:500], shot(0, "a zeppelin lands"), *many[500:])
    lone = [(old, new) for old, new in pair_shots(many, fresh) if old is None or new is None]
    assert len(lone) == 1
    assert lone[0][1] is fresh[500]
