"""Senses: an ambiguous word means what its neighbours and its sentence ask for."""

from __future__ import annotations

import pytest

from secondunit_engine.script import vocabulary_senses
from secondunit_engine.script.brief import Status
from secondunit_engine.script.prompt import understand
from secondunit_engine.script.senses import index, part_of, senses_of


def sense(text: str, word: str) -> str:
    """Facet and, where there is one, kind of a word in its text; else its value."""
    found = next(item for item in understand(text) if item.text.lower() == word)
    return f"{found.facet} {found.sense.kind or found.value}"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("crane shot over the city", "crane shot", "move crane"),
        ("a crane spreads its wings by the lake", "crane", "thing bird"),
        ("a bat hangs in the cave", "bat", "thing animal"),
        ("the player swings the bat at the ball", "bat", "thing toy or sport thing"),
        ("pan left across the room", "pan left", "move pan"),
        ("she fries an egg in a pan", "pan", "thing kitchen thing"),
        ("the train leaves the station", "train", "thing vehicle"),
        ("boxers train in the gym", "train", "deed work of hands"),
        ("tracking shot behind the car", "tracking shot", "move track"),
        ("a runner on the track", "track", "place led_tunnel"),
        ("she lights a candle", "lights", "deed work of hands"),
        ("a light feather", "light", "quality touch"),
        ("leaves fall from the tree", "leaves", "thing plant"),
        ("he leaves the room", "leaves", "verb walk"),
        ("a bird flies over the sea", "flies", "deed motion"),
        ("the drone flies over the sea", "flies over", "move fly-through"),
        ("a dog follows a man", "follows", "deed motion"),
        ("the camera follows a man", "follows", "move track"),
        ("a golden crown", "golden", "color golden"),
        ("golden light", "golden light", "warmth 900"),
        ("steam rises from the cup", "rises", "deed motion"),
        ("a wave crashes on the beach", "wave", "thing body of water"),
        ("two friends wave goodbye", "wave", "verb wave"),
        ("dust falls through the light", "falls", "verb swirl"),
        ("a man falls", "falls", "deed motion"),
        ("a person hands a pen to a man", "hands", "deed work of hands"),
        ("her hands shake", "hands", "thing part of a body"),
    ],
)
def test_a_word_means_what_its_context_asks_for(text: str, word: str, expected: str) -> None:
    assert sense(text, word) == expected


def test_other_senses_are_alternatives() -> None:
    (crane,) = (item for item in understand("a crane by the lake") if item.text == "crane")
    assert crane.facet == "thing"
    assert "camera move: crane" in crane.sense.alternatives


def test_every_cue_speaks_for_a_sense_there_is() -> None:
    """A sense that the vocabulary does not give a word could never be chosen."""
    for word, cued in vocabulary_senses.CUES.items():
        known = senses_of(word)
        names = {f"{s.facet} {s.value}".strip() for s in known} | {f"{s.facet} {s.kind}" for s in known}
        names |= {s.facet for s in known if s.facet in ("place", "dressing")}  # which place it is may change
        assert set(cued) <= names, word


def test_the_vocabulary_is_as_large_as_promised() -> None:
    """At least 300 nouns and 200 verbs, each with the sense it has."""
    rows = [row for first in index().values() for row in first]
    parts = {part: {phrase for phrase, sense in rows if part_of(sense) == part} for part in ("noun", "verb")}
    assert len(parts["noun"]) > 2_000
    assert len(parts["verb"]) > 800
    assert all(sense.meaning for _, sense in rows)


@pytest.mark.parametrize("word", ["dog", "windmill", "escalator", "courage", "juggle", "velvet"])
def test_what_is_known_and_not_drawn_is_not_claimed(word: str) -> None:
    (item,) = understand(f"a {word}")[1:]
    assert item.sense.status == Status.NOT_UNDERSTOOD
    assert item.facet != "unknown"
    assert item.sense.meaning.startswith(("known", "a known action"))
