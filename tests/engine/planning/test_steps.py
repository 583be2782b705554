"""Sentences become steps: who does what to whom, in the order in which it happens, and nothing that does not happen."""

from __future__ import annotations

import pytest

from secondunit_engine.planning.people import people_in
from secondunit_engine.planning.plan_scene import read_shot
from secondunit_engine.planning.reading import read_scenes
from secondunit_engine.planning.steps import Step, find_steps
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief

_OPENING = "INT. ANCIENT LIBRARY - DAY\n\nMARA (30s) and ELIAS (40s) wait.\n\n"


def read(text: str, opening: str = _OPENING) -> tuple[Step, ...]:
    """The steps of a text after an opening in which both wait."""
    scene = read_scenes(read_brief(Brief(opening + text + "\n", "fountain")))[0]
    steps = find_steps(read_shot(scene, 0, len(scene.beats), 0), people_in(scene.beats))
    return tuple(step for step in steps if step.beat)


def said(text: str) -> list[tuple[str, ...]]:
    return [(step.actor, step.verb, step.target, step.other) for step in read(text)]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Mara hands Elias the relic.", [("Mara", "give", "Relic", "Elias")]),
        ("Mara hands the relic to Elias.", [("Mara", "give", "Relic", "Elias")]),
        ("Mara takes the relic from Elias.", [("Mara", "take from", "Relic", "Elias")]),
        ("Mara picks the relic up. She puts it back.",
         [("Mara", "lift", "Relic", ""), ("Mara", "put down", "Relic", "")]),
        ("Mara looks at Elias and sits.", [("Mara", "look", "Elias", ""), ("Mara", "sit", "", "")]),
        ("Mara nods to Elias, who opens the door.", [("Mara", "nod", "Elias", ""), ("Elias", "open", "Door", "")]),
        ("Mara watches Elias open the door.", [("Mara", "look", "Elias", ""), ("Elias", "open", "Door", "")]),
        ("Behind Mara, Elias opens the door.", [("Elias", "open", "Door", "")]),
        ("Mara sits after Elias leaves.", [("Elias", "exit", "", ""), ("Mara", "sit", "", "")]),
        ("Mara kicks the door open.", [("Mara", "open", "Door", "")]),
        ("Mara sits down. Elias pulls out a knife and stabs her.",
         [("Mara", "sit", "", ""), ("Elias", "lift", "knife", ""), ("Elias", "stab", "Mara", "")]),
        ("They embrace.", [("Mara", "embrace", "Elias", ""), ("Elias", "embrace", "Mara", "")]),
        ("Mara puts on a coat and leaves.", [("Mara", "put on", "coat", ""), ("Mara", "exit", "", "")]),
        ("Mara makes tea.", [("Mara", "make tea", "tea", "")]),
    ],
)  # fmt: skip
def test_sentences(text: str, steps: list[tuple[str, ...]]) -> None:
    assert said(text) == steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("The glass shatters.", [("glass", "break", "", "")]),
        ("The bottle smashes on the floor.", [("bottle", "break", "", "")]),
        ("Mara smashes the vase.", [("Mara", "break", "vase", "")]),
        ("Mara throws a bottle.", [("Mara", "throw", "bottle", "")]),
        ("Mara drops the vase.", [("Mara", "drop", "vase", "")]),
    ],
)
def test_things_break_by_themselves_and_by_hand(text: str, steps: list[tuple[str, ...]]) -> None:
    assert said(text) == steps


@pytest.mark.parametrize(
    ("text", "manner"),
    [("A car brakes hard.", "hard"), ("A car accelerates violently.", "violently"), ("A car brakes.", "")],
)
def test_how_hard_a_car_is_driven_is_read(text: str, manner: str) -> None:
    street = _OPENING.replace("INT. ANCIENT LIBRARY", "EXT. CITY STREET")
    assert [step.manner for step in read(text, street)] == [manner]


@pytest.mark.parametrize(
    "text",
    [
        "Mara tries to open the door.", "Mara is about to kiss Elias.", "Mara doesn't open the door.",
        "Mara asks Elias to leave.", "The lights go out.", "It is heavier than it looks.",
    ],
)  # fmt: skip
def test_what_does_not_happen_is_no_step(text: str) -> None:
    assert [step for step in read(text) if step.verb in ("open", "kiss", "exit", "look")] == []


def test_she_is_nobody_whom_her_sentence_names() -> None:
    """And then "he" is the other one, for the rest of the scene."""
    steps = read("She throws the relic to Elias. He catches it.")
    assert [(step.actor, step.verb) for step in steps] == [("Mara", "throw"), ("Elias", "catch")]


def test_what_happens_meanwhile_is_marked() -> None:
    for text in ("As Mara turns, Elias drops the lantern.", "Mara turns while Elias drops the lantern."):
        assert [(step.actor, step.meanwhile) for step in read(text)] == [("Mara", False), ("Elias", True)]
    assert [step.meanwhile for step in read("Mara turns. Elias drops the lantern.")] == [False, False]


def test_a_speaker_does_what_the_parenthetical_says_at_the_line() -> None:
    (step,) = read("MARA\n(sitting down)\nAt last.")
    assert (step.actor, step.verb, step.meanwhile) == ("Mara", "sit", True)


def test_two_coats_are_two_things() -> None:
    names = [step.target for step in read("Mara takes off her coat. Elias takes off his coat. Elias puts it on.")]
    assert names == ["Mara's coat", "Elias's coat", "Elias's coat"]
