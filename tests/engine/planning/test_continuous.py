"""A scene that goes on begins where the one before ended: people are on the same spot, in the same posture."""

from __future__ import annotations

from itertools import groupby

import pytest

from secondunit_engine.planning.plan import PathPlan, Plan, Settings, ShotPlan
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

_TALK = "MARA\nWe should not be here at this hour.\n\nELIAS\nThen go before they find us.\n\n"
_AND_ON = "MARA\nDid you hear that sound?\n\nELIAS\nNo. Go on.\n\n"
_CASES = (
    ("Mara walks to the door. Elias sits down.", "They talk."),
    ("Elias walks towards Mara. Mara kneels.", "Mara stands up."),
    ("Mara picks up the relic and turns to the door.", "She puts the relic down."),
    ("Mara runs to Elias. Elias lies down.", "Mara walks away."),
)


def plan_two(first: str, second: str, place: str = "ANCIENT LIBRARY", when: str = "CONTINUOUS") -> Plan:
    opening = f"INT. {place} - NIGHT\n\nMARA (30s) and ELIAS (40s) wait.\n\n{first}\n\n{_TALK}"
    text = f"{opening}INT. {place} - {when}\n\n{second}\n\n{_AND_ON}"
    return plan_script(read_brief(Brief(text, "fountain")), Settings())


def scenes_of(plan: Plan) -> list[list[ShotPlan]]:
    return [list(shots) for _, shots in groupby(plan.shots, key=lambda shot: shot.scene)]


def paths_of(shot: ShotPlan) -> dict[str, PathPlan]:
    return {path.who: path for path in shot.blocking}


def at_the_cut(plan: Plan) -> tuple[dict[str, PathPlan], dict[str, PathPlan]]:
    """Everybody's paths in the last shot of the first scene and in the first of the second."""
    first, second = scenes_of(plan)
    return paths_of(first[-1]), paths_of(second[0])


@pytest.mark.parametrize("place", ["ANCIENT LIBRARY", "BEDROOM", "TUNNEL"])
@pytest.mark.parametrize(("first", "second"), _CASES)
def test_people_are_where_they_were_left(place: str, first: str, second: str) -> None:
    plan = plan_two(first, second, place)
    assert [note for note in plan.continuity if note.level == "error"] == []
    before, after = at_the_cut(plan)
    assert before.keys() == after.keys() == {"Mara", "Elias"}
    for name in before:
        left, begins = before[name].spots[-1], after[name].spots[0]
        assert (left.x, left.z, left.posture) == (begins.x, begins.z, begins.posture)


def test_a_jump_in_time_puts_people_back_on_their_marks() -> None:
    before, after = at_the_cut(plan_two(*_CASES[0], when="MORNING"))
    assert before["Elias"].spots[-1].posture == "sit"
    assert after["Elias"].spots[0].posture == "stand"


def test_an_edit_before_the_cut_moves_who_goes_on_after_it() -> None:
    """The second scene's own words are the same; a plan that only looked at them would leave Mara where she was."""
    stays = at_the_cut(plan_two("Mara sits down.", "They talk."))[1]["Mara"].spots[0]
    goes = at_the_cut(plan_two("Mara walks to the door.", "They talk."))[1]["Mara"].spots[0]
    assert (stays.posture, goes.posture) == ("sit", "stand")
    assert abs(stays.x - goes.x) + abs(stays.z - goes.z) > 1.0


def test_who_has_left_may_come_back_by_the_door() -> None:
    plan = plan_two("Elias leaves.", "Elias enters.")
    assert [note.rule for note in plan.continuity if note.level == "error"] == []


def test_who_only_listens_is_still_there_when_the_scene_goes_on_twice() -> None:
    """Elias is in the first and in the third scene; in between only Mara is seen."""
    text = (
        f"INT. BEDROOM - NIGHT\n\nMARA (30s) and ELIAS (40s) wait.\n\nElias kneels.\n\n{_TALK}"
        "INT. BEDROOM - CONTINUOUS\n\nMara turns. She walks away.\n\nMARA\nI heard it. I know that I heard it.\n\n"
        f"INT. BEDROOM - CONTINUOUS\n\nThey wait.\n\n{_AND_ON}"
    )
    first, _, third = scenes_of(plan_script(read_brief(Brief(text, "fountain")), Settings()))
    left, begins = paths_of(first[-1])["Elias"].spots[-1], paths_of(third[0])["Elias"].spots[0]
    assert (left.x, left.z, left.posture) == (begins.x, begins.z, begins.posture)
    assert left.posture == "kneel"
