"""Prompts: every word is accounted for, and film words mean what a crew means by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondunit_engine.script.brief import Brief, LedgerEntry, Status
from secondunit_engine.script.prompt import understand, write_ledger
from secondunit_engine.script.read import read_brief
from secondunit_engine.script.senses import index

EXAMPLES = Path(__file__).parents[3] / "examples"
WORDS = st.sampled_from(sorted({word for rows in index().values() for phrase, _ in rows for word in phrase}))
PIECES = st.one_of(
    WORDS, st.sampled_from([",", ".", ";", "\n", '"', "-", "85mm", "T2", "4 seconds", "é", "★", "ネオン"])
)


def check_cover(text: str, ledger: tuple[LedgerEntry, ...]) -> None:
    """Entries are in order, quote the brief, and leave no character but white space between them."""
    at = 0
    for entry in ledger:
        assert entry.start >= at
        assert entry.end > entry.start
        assert entry.text == text[entry.start : entry.end]
        assert not text[at : entry.start].strip()
        assert entry.meaning
        at = entry.end
    assert not text[at:].strip()


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_every_character_is_in_exactly_one_entry(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check_cover(text, write_ledger(text, understand(text)))


@settings(max_examples=200)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_any_text_is_covered(text: str) -> None:
    check_cover(text, write_ledger(text, understand(text)))


def facets(text: str) -> dict[str, str]:
    return {item.facet: item.value for item in understand(text) if item.facet != "grammar"}


@pytest.mark.parametrize("name", ["automotive_reveal", "fantasy_cutscene", "influencer_vlog"])
def test_recipes_are_understood_to_the_last_word(name: str) -> None:
    text = (EXAMPLES / f"{name}.txt").read_text("utf-8")
    assert {entry.status for entry in read_brief(Brief(text, "prompt")).ledger} == {Status.BOUND}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("automotive_reveal", {"place": "led_tunnel", "time": "midnight", "weather": "rain", "prop": "Car",
                               "verb": "accelerate", "toward": "lens", "slow": "0.25", "air": "rain"}),
        ("fantasy_cutscene", {"place": "library", "light": "light shafts", "person": "protagonist", "prop": "Relic",
                              "air": "dust", "verb": "swirl"}),
        ("influencer_vlog", {"place": "bedroom_studio", "light": "neon practicals", "mood": "upbeat",
                             "person": "host", "verb": "talk", "toward": "lens"}),
        ("esports_teaser", {"place": "arena", "move": "fly-through", "music": "bass drops",
                            "thing": "highlight reel"}),
    ],
)  # fmt: skip
def test_recipes_keep_their_senses(name: str, expected: dict[str, str]) -> None:
    assert facets((EXAMPLES / f"{name}.txt").read_text("utf-8").strip()) == expected


@pytest.mark.parametrize(
    ("text", "facet", "value"),
    [
        ("over the shoulder", "setup", "over shoulder"), ("a two-shot", "setup", "two shot"), ("POV", "setup", "pov"),
        ("insert of the relic", "setup", "insert"), ("establishing shot", "setup", "establishing"),
        ("rack focus", "focus", "rack"), ("whip pan", "move", "pan"), ("dolly zoom", "move", "push in"),
        ("steadicam", "move", "track"), ("Dutch angle", "angle", "dutch"), ("golden hour", "time", "dusk"),
        ("blue hour", "time", "dusk"), ("Rembrandt lighting", "key", "low"), ("backlit", "light", "backlight"),
        ("in silhouette", "key", "low"), ("tungsten", "warmth", "900"), ("time-lapse", "thing", "time lapse"),
        ("-20°C", "idea", "-20"),
    ],
)  # fmt: skip
def test_film_grammar(text: str, facet: str, value: str) -> None:
    assert facets(text).get(facet) == value


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("no people", {"people"}), ("without any red cars or dogs", {"red", "cars", "dogs"}),
        ("it isn't raining", {"raining"}), ("no rain, fog", {"rain"}), ("the car is not red", {"red"}),
        ("nobody walks here", {"nobody", "walks"}), ("not only rain", set()), ("not a dog but a cat", {"dog"}),
        ("an empty street", {"empty"}), ("an empty glass", set()),
    ],
)  # fmt: skip
def test_a_no_reaches_as_far_as_it_is_meant(text: str, gone: set[str]) -> None:
    assert {item.text for item in understand(text) if item.facet == "absent" and ":" in item.value} == gone


def test_what_is_not_built_is_said() -> None:
    """The arena is built; its HUD is not drawn, and the ledger says so."""
    text = (EXAMPLES / "esports_teaser.txt").read_text("utf-8")
    said = {entry.text.strip(","): entry for entry in read_brief(Brief(text, "prompt")).ledger}
    assert said["arena"].status == Status.BOUND
    assert said["holographic HUD"].status == Status.NOT_UNDERSTOOD
    assert said["sync to bass drops"].meaning == "music: bass drops"


@pytest.mark.parametrize(
    ("text", "facet", "value"),
    [
        ("an extreme close-up", "size", "ECU"), ("medium close up", "size", "MCU"), ("Wide Shot", "size", "WS"),
        ("low-angle shot", "angle", "low"), ("bird's eye view", "angle", "overhead"), ("85mm lens", "lens", "85"),
        ("on a 35 mm", "lens", "35"), ("f/2.8", "stop", "2.8"), ("at T1.4", "stop", "1.4"),
        ("shallow depth of field", "stop", "2"), ("the camera dollies in", "move", "push in"),
        ("tracking shot", "move", "track"), ("hand-held", "move", "handheld"), ("FPV drone", "move", "fly-through"),
        ("bullet time", "slow", "0.1"), ("at dusk", "time", "dusk"), ("raining", "weather", "rain"),
        ("low key", "key", "low"), ("candlelit", "warmth", "900"), ("she sprints", "verb", "run"),
        ("he is opening it", "verb", "open"), ("racing", "verb", "accelerate"), ("toward the camera", "toward", "lens"),
        ("12 seconds", "seconds", "12"), ("a 35 year old", "years", "35"), ("in her late 40s", "years", "late 40"),
        ("blonde hair", "hair", "short blond"), ("a hooded robe", "wardrobe", "robe"), ("two women", "person", "woman"),
    ],
)  # fmt: skip
def test_film_words(text: str, facet: str, value: str) -> None:
    assert facets(text).get(facet) == value


def test_longest_phrase_wins() -> None:
    assert [item.value for item in understand("medium close-up")] == ["MCU"]


def test_phrases_do_not_cross_commas() -> None:
    assert [item.facet for item in understand("slow, motion")] != ["slow"]
    assert [item.facet for item in understand("slow motion")] == ["slow"]


def test_negation_takes_away_what_follows_it_in_its_clause() -> None:
    found = {item.text: item for item in understand("no rain, fog")}
    assert found["rain"].facet == "absent"
    assert found["fog"].facet == "weather"
    assert found["rain"].sense.meaning == "left out: rain"


def test_speech_is_one_span() -> None:
    (line,) = (item for item in understand('she says "no rain, close up"') if item.facet == "speech")
    assert line.value == "no rain, close up"


def test_a_thing_that_is_not_on_the_set_is_said_to_be_missing() -> None:
    ledger = read_brief(Brief("ancient library, a car", "prompt")).ledger
    (car,) = (entry for entry in ledger if entry.text == "car")
    assert car.status == Status.NOT_UNDERSTOOD
    assert "not in the picture" in car.meaning


def test_unknown_capitalised_actor_is_a_guessed_name() -> None:
    ledger = read_brief(Brief("bedroom studio, Zora talks to camera", "prompt")).ledger
    (zora,) = (entry for entry in ledger if entry.text == "Zora")
    assert zora.status == Status.GUESSED
