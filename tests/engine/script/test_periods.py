"""Eras, seasons and day for night: what is read, what becomes of it on a set, and what is said of the rest."""

from __future__ import annotations

import pytest

from secondunit_engine.directing import plan
from secondunit_engine.places import PLACES
from secondunit_engine.planning.note import apply_note
from secondunit_engine.planning.plan import SetPlan, Settings
from secondunit_engine.script.brief import Brief, Status
from secondunit_engine.script.periods import era_of, era_said, year_of
from secondunit_engine.script.vocabulary_periods import ERAS, SEASONS


def dressed(text: str) -> tuple[SetPlan, dict[str, tuple[Status, str]]]:
    planned = plan(Brief(text, "prompt"), Settings(seed=2))
    said = {entry.text.strip(",.").lower(): (entry.status, entry.meaning) for entry in planned.ledger}
    return planned.shots[0].set, said


@pytest.mark.parametrize(
    ("words", "era"),
    [
        ("1950s", "1950s"), ("the 80s", "1980s"), ("1888", "victorian"), ("17th century", "victorian"),
        ("1410", "medieval"), ("2049", "future"), ("2020", "present"),
    ],
)  # fmt: skip
def test_figures_are_eras(words: str, era: str) -> None:
    assert era_said(words) == era


def test_every_era_and_every_season_of_a_place_can_be_said() -> None:
    for place in PLACES.values():
        assert all(era in ERAS and isinstance(year_of(era), int) for era in (place.era, *place.eras))
        assert set(place.seasons) <= set(SEASONS)
    assert era_of(1955) == "1950s"


@pytest.mark.parametrize(
    ("text", "era", "word", "status", "told"),
    [
        ("A 1950s kitchen", "1950s", "1950s", Status.BOUND, "clothes are of today"),
        ("A victorian street", "1940s", "victorian", Status.STAND_IN, "shown as of the 1940s"),
        ("A futuristic city", "future", "futuristic", Status.BOUND, "era: future"),
        ("A forest in the 1970s", "1970s", "1970s", Status.STAND_IN, "the same in every era"),
        ("A kitchen, a woman in a victorian dress", "present", "victorian", Status.NOT_UNDERSTOOD, "nothing changes"),
    ],
)
def test_an_era_is_built_or_its_nearest_is_and_that_is_said(
    text: str, era: str, word: str, status: Status, told: str
) -> None:
    built, said = dressed(text)
    assert built.era == era
    found = next(value for key, value in said.items() if key.removeprefix("in ") == word)
    assert found[0] == status
    assert told in found[1]


def test_a_new_world_is_a_clean_one() -> None:
    assert dressed("A futuristic city")[0].wear < dressed("A city")[0].wear
    assert dressed("A rusty futuristic city")[0].wear > 0.5


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("A forest in early spring", "spring"), ("An autumn forest", "autumn"), ("A wintry forest", "winter"),
        ("Leaves fall in a forest", ""), ("A kitchen in winter", ""), ("A forest, a woman in a winter coat", ""),
    ],
)  # fmt: skip
def test_a_season_comes_to_a_set_that_shows_it(text: str, season: str) -> None:
    built, said = dressed(text)
    assert built.season == season
    if "kitchen" in text:
        assert said["in winter"] == (
            Status.NOT_UNDERSTOOD, "season: winter; the kitchen looks alike all year, being indoors",
        )  # fmt: skip


def test_day_for_night_is_for_the_open_air() -> None:
    outside, told = dressed("A desert, day for night")
    assert outside.time_of_day == "day for night"
    assert told["day for night"][0] == Status.BOUND
    inside, told = dressed("A kitchen, day for night")
    assert inside.time_of_day == "night"
    assert told["day for night"][0] == Status.STAND_IN


def test_a_note_changes_them() -> None:
    shot = plan(Brief("A forest", "prompt"), Settings()).shots[0]
    assert apply_note(shot, "in winter").shot.set.season == "winter"
    kitchen = plan(Brief("A kitchen", "prompt"), Settings()).shots[0]
    assert apply_note(kitchen, "in the 1950s").shot.set.era == "1950s"
