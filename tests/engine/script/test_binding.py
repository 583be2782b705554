"""Binding: what a count, a colour, a preposition, a pronoun and a verb belong to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_engine.script.binding import Binding, bind, name_bindings
from secondunit_engine.script.names import find_names
from secondunit_engine.script.prompt import understand, write_ledger
from secondunit_engine.script.senses import Found, index


def read(text: str) -> tuple[tuple[Found, ...], Binding]:
    found = understand(text, find_names(("MARA", "JONAS"), ()))
    return found, bind(text, found)


def described(text: str) -> dict[str, list[str]]:
    """Every thing and the words that describe it."""
    found, binding = read(text)
    return {thing.name.lower(): [found[at].text.lower() for at in thing.attributes] for thing in binding.things}


def meant(text: str) -> list[tuple[str, list[str]]]:
    """Every pronoun and what it stands for."""
    found, binding = read(text)
    return [
        (found[reference.at].text.lower(), [binding.things[at].name.lower() for at in reference.things])
        for reference in binding.references
    ]


def placed(text: str) -> list[tuple[str, str, list[str]]]:
    _, binding = read(text)
    names = [thing.name.lower() for thing in binding.things]
    return [(names[r.subject], r.name, [names[at] for at in r.others]) for r in binding.relations]


def done(text: str) -> list[tuple[str, str | None, str | None]]:
    """Who does what to what."""
    found, binding = read(text)
    names = [thing.name.lower() for thing in binding.things]
    return [
        (
            found[act.at].text.lower(),
            None if act.doer is None else names[act.doer],
            None if act.done_to is None else names[act.done_to],
        )
        for act in binding.acts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red car and blue door", {"car": ["red"], "door": ["blue"]}),
        ("a red and blue car", {"car": ["red", "blue"]}),
        ("the car is red and the door is blue", {"car": ["red"], "door": ["blue"]}),
        ("three small white dogs", {"dogs": ["three", "small", "white"]}),
        ("a pair of cats", {"cats": ["a pair of"]}),
        ("dozens of birds over a castle", {"birds": ["dozens of"], "castle": []}),
        ("a big dog. Red.", {"dog": ["big"]}),
        ("a tall young woman, a black cat", {"woman": ["tall", "young"], "cat": ["black"]}),
    ],
)
def test_counts_and_colours_belong_to_their_noun(text: str, expected: dict[str, list[str]]) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a dog behind a car", [("dog", "behind", ["car"])]),
        ("a cat on top of the piano", [("cat", "on", ["piano"])]),
        ("a chair to the left of a table", [("chair", "left of", ["table"])]),
        ("the boy sits between a dog and a cat", [("boy", "between", ["dog", "cat"])]),
        ("the goat walks to the front of the wagon", [("goat", "in front of", ["wagon"])]),
        ("a man holds a cup under the table", [("cup", "under", ["table"])]),
        ("a woman in a dress", [("woman", "wearing", ["dress"])]),
    ],
)
def test_prepositions_place_things(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert placed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara opens the relic. She smiles.", [("she", ["mara"])]),
        ("A man greets a woman. She smiles at him.", [("she", ["woman"]), ("him", ["man"])]),
        ("Mara lifts the relic. It glows.", [("it", ["relic"])]),
        ("A dog and a cat run. They stop.", [("they", ["dog", "cat"])]),
        ("Two cats sit by the door. They sleep.", [("they", ["cats"])]),
        ("A wizard and a knight fight. The former falls, the latter runs.", [("the former", ["wizard"]),
                                                                            ("the latter", ["knight"])]),
        ("A king raises his sword", [("his", ["king"])]),
        ("It rains", []),
        ("She smiles", []),
        ("A queen waits. He runs.", []),
    ],
)  # fmt: skip
def test_pronouns_agree_with_what_they_stand_for(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara opens the relic", [("opens", "mara", "relic")]),
        ("A man in a red hat near the car opens the door", [("opens", "man", "door")]),
        ("Mara walks and Jonas runs", [("walks", "mara", None), ("runs", "jonas", None)]),
        ("Mara walks in and sits", [("walks in", "mara", None), ("sits", "mara", None)]),
        ("a cat chases a dog while a bird flies", [("chases", "cat", "dog"), ("flies", "bird", None)]),
    ],
)
def test_verbs_have_a_doer(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert done(text) == expected


def test_while_and_then_order_what_happens() -> None:
    found, binding = read("Mara talks while Jonas walks, then the car stops")
    verbs = [found[act.at].text for act in binding.acts]
    assert [(verbs[o.first], o.name, verbs[o.second]) for o in binding.orders] == [
        ("talks", "while", "walks"),
        ("walks", "then", "stops"),
    ]


def test_absent_things_are_kept_as_absent() -> None:
    _, binding = read("a street without any red cars")
    assert [(thing.name, thing.absent) for thing in binding.things] == [("street", False), ("cars", True)]


def test_the_ledger_names_the_binding() -> None:
    text = "Mara drives a red car. She smiles."
    said = {entry.text: entry.meaning for entry in write_ledger(text, read(text)[0])}
    assert said["red"].startswith("colour of the car: red")
    assert said["She"] == "she: Mara"
    assert said["smiles."] == "action: smile, by Mara"


WORDS = st.sampled_from(sorted(index()))
PIECES = st.one_of(WORDS, st.sampled_from([",", ".", "she", "it", "they", "the former", "Zoë", "ネオン", "and"]))


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=25))
def test_any_words_are_bound_without_loss(pieces: list[str]) -> None:
    """Indices are valid, nothing refers to itself, and naming the bindings changes meanings only."""
    text = " ".join(pieces)
    found = understand(text)
    binding = bind(text, found)
    assert all(not thing.attributes or max(thing.attributes) < len(found) for thing in binding.things)
    assert all(relation.subject not in relation.others for relation in binding.relations)
    named = name_bindings(text, found)
    assert [(i.start, i.end, i.facet, i.value, i.sense.status) for i in named] == [
        (i.start, i.end, i.facet, i.value, i.sense.status) for i in found
    ]
