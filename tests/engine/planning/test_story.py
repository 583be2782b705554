"""The story: gaps are filled, order is kept, what cannot happen is refused with its reason."""

from __future__ import annotations

import random

import pytest

from secondunit_engine.planning.actions import SCHEMAS
from secondunit_engine.planning.state import AWAY, WorldState, open_scene
from secondunit_engine.planning.steps import Step
from secondunit_engine.planning.story import Story, entering, tell_story, validate

PEOPLE = ("Mara", "Elias")


def step(beat: int, actor: str, verb: str, target: str = "", said: str = "") -> Step:
    return Step(beat, actor, verb, target, said=said or verb)


def told(*steps: Step) -> tuple[Story, WorldState]:
    start = open_scene(WorldState(), "library", PEOPLE, goes_on=False, enters=entering(steps))
    return tell_story(steps, max(step.beat for step in steps) + 1, start), start


def verbs(story: Story) -> list[tuple[str, str, bool]]:
    return [(each.actor, each.verb, each.filled) for each in story.steps]


def test_who_lifts_the_relic_has_walked_up_to_it() -> None:
    """The one that the script names walks, not the one who stands there; the filler says what it is for."""
    story, start = told(step(0, "Elias", "lift", "Relic"))
    assert verbs(story) == [("Elias", "walk", True), ("Elias", "lift", False)]
    assert story.steps[0].because == "Elias is to lift the relic"
    assert validate(story, start) == ()


def test_nothing_is_filled_where_nothing_is_missing() -> None:
    """The hero's mark of the library is at the pedestal."""
    story, _ = told(step(0, "Mara", "open", "Relic"))
    assert verbs(story) == [("Mara", "open", False)]


def test_fillers_may_need_fillers() -> None:
    """Who sits and is to open the door stands up first, then walks, then opens."""
    story, start = told(step(0, "Mara", "sit"), step(1, "Mara", "open", "Door"))
    assert [verb for _, verb, filled in verbs(story) if filled] == ["stand up", "walk"]
    assert validate(story, start) == ()


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((step(0, "Mara", "lift", "Relic"), step(1, "Elias", "lift", "Relic")), "Mara holds the relic"),
        ((step(0, "Mara", "open", "Relic"), step(1, "Mara", "open", "Relic")), "the relic is open already"),
        ((step(0, "Mara", "break", "Relic"), step(1, "Mara", "open", "Relic")), "the relic is broken"),
        ((step(0, "Mara", "kill", "Elias"), step(1, "Elias", "walk", "Door")), "Elias is dead"),
    ],
)
def test_what_cannot_happen_is_refused_with_the_reason(steps: tuple[Step, ...], reason: str) -> None:
    story, start = told(*steps)
    (refusal,) = story.refusals
    assert refusal.beat == 1
    assert reason in refusal.reason
    assert validate(story, start) == ()


def test_two_hands_hold_two_things() -> None:
    """A third thing makes them put down another first."""
    story, start = told(*(step(at, "Mara", "lift", thing) for at, thing in enumerate(("Relic", "Lantern", "Book"))))
    assert [verb for _, verb, filled in verbs(story) if filled and verb == "put down"] == ["put down"]
    assert len(story.after.held("Mara")) == 2
    assert validate(story, start) == ()


def test_who_enters_was_away_and_the_state_says_who_holds_what() -> None:
    story, start = told(step(0, "Mara", "enter"), step(1, "Mara", "lift", "Relic"))
    assert start.get("Mara", "at") == AWAY
    assert story.before[1].get("Mara", "at") != AWAY
    assert story.after.get("Relic", "held by") == "Mara"


def test_holdings_and_wounds_go_along_to_the_next_scene_and_postures_do_not() -> None:
    story, _ = told(step(0, "Mara", "lift", "Relic"), step(1, "Mara", "hit", "Elias"), step(2, "Mara", "kneel"))
    after = open_scene(story.after, "bedroom_studio", PEOPLE, goes_on=False, enters=frozenset())
    assert after.get("Relic", "held by") == "Mara"
    assert after.get("Elias", "wound") == "bruise"
    assert after.get("Mara", "posture") == "stand"
    goes_on = open_scene(story.after, "library", PEOPLE, goes_on=True, enters=frozenset())
    assert goes_on.get("Mara", "posture") == "kneel"


def test_what_cannot_be_mended_in_its_moment_is_prepared() -> None:
    """Mara has a turn between taking the relic and Elias's lifting it: there she puts it down, and says because of
    whom. What is to be broken and then put down is taken up first."""
    story, start = told(step(0, "Mara", "lift", "Relic"), step(1, "Mara", "turn"), step(2, "Elias", "lift", "Relic"))
    assert story.refusals == ()
    assert verbs(story)[1] == ("Mara", "put down", True)
    assert (story.steps[1].beat, story.steps[1].because) == (1, "Elias is to lift the relic")
    assert validate(story, start) == ()
    broken, start = told(step(0, "Mara", "break", "Relic"), step(1, "Mara", "put down", "Relic"))
    assert [verb for _, verb, _ in verbs(broken)] == ["lift", "break", "put down"]
    assert validate(broken, start) == ()


def test_no_step_that_can_happen_is_given_up_for_later_ones() -> None:
    """Who is killed is dead, however much they had still to do."""
    story, _ = told(step(0, "Mara", "kill", "Elias"), step(1, "Elias", "sit"), step(2, "Elias", "turn"))
    assert [refusal.beat for refusal in story.refusals] == [1, 2]


def test_compound_actions_are_expanded() -> None:
    story, start = told(step(0, "Mara", "make tea", "tea"))
    assert [(each.verb, each.target) for each in story.steps] == [
        ("lift", "kettle"), ("pour", "tea"), ("put down", "kettle"),
    ]  # fmt: skip
    assert validate(story, start) == ()


def test_what_changes_nothing_happens_and_is_a_warning() -> None:
    story, _ = told(step(0, "Mara", "open", "Relic"), step(1, "Mara", "open", "Relic"))
    (refusal,) = story.refusals
    assert (refusal.level, refusal.reason) == ("warning", "Mara need not open the relic: the relic is open already.")


def test_who_opens_the_door_first_of_all_comes_in_by_it() -> None:
    story, start = told(step(0, "Mara", "open", "Door"), step(0, "Mara", "walk", "pedestal"))
    assert start.get("Mara", "at") == AWAY
    assert [verb for _, verb, _ in verbs(story)] == ["enter", "open", "walk"]


def test_a_continuous_scene_on_the_same_set_keeps_places_and_a_jump_forgets_what_is_open() -> None:
    story, _ = told(step(0, "Elias", "open", "Door"))
    goes_on = open_scene(story.after, "library", PEOPLE, goes_on=True, enters=frozenset())
    assert (goes_on.zone("Elias"), goes_on.get("Door", "is")) == ("door", "open")
    later = open_scene(story.after, "library", PEOPLE, goes_on=False, enters=frozenset())
    assert (later.zone("Elias"), later.get("Door", "is")) == ("Elias", "")


def test_there_are_over_sixty_verbs_and_every_one_can_be_done_by_somebody() -> None:
    assert len(SCHEMAS) > 60
    for verb in SCHEMAS:
        story, start = told(step(0, "Mara", verb, "letter"))
        assert story.refusals == (), verb
        assert validate(story, start) == ()


def test_every_told_story_plays() -> None:
    """500 random scenes: whatever is not refused is valid by the validator, and the script's own order is kept."""
    random_ = random.Random(7)
    things = ("Relic", "Door", "Lantern", "Mara", "Elias", "")
    refused = 0
    for _ in range(500):
        steps = tuple(
            step(at, random_.choice(PEOPLE), random_.choice(sorted(SCHEMAS)), random_.choice(things))
            for at in range(random_.randint(1, 12))
        )
        steps = tuple(each for each in steps if each.target != each.actor)
        if not steps:
            continue
        story, start = told(*steps)
        refused += len(story.refusals)
        assert validate(story, start) == ()
        assert [each for each in story.steps if not each.filled] == sorted(steps, key=lambda each: each.beat)
    assert refused > 100
