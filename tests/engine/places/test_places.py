"""Places are data that others rely on: words that mean one place each, lights that exist, a floor that was surveyed."""

from __future__ import annotations

import importlib.util
from collections import Counter

import pytest

from secondunit_engine.places import PLACES, layout_of, listed, place_of, suggested_by
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.script.vocabulary import phrases


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_built_surveyed_and_lit(name: str) -> None:
    place = PLACES[name]
    assert place.name == name
    assert importlib.util.find_spec(f"secondunit_engine.world.sets.{name}")
    floors = [floor_of(name, layout) for layout in range(place.layouts)]
    assert all(floor.is_surveyed for floor in floors)
    motives = [*(place.motives_by_day or ()), *(place.motives_by_night or ())]
    named = {group for groups in place.lamps.values() for group in groups}
    assert {motive.group for motive in motives} | named <= set(place.groups)
    assert {source.group for floor in floors for source in floor.sources} <= set(place.groups)


def test_a_phrase_means_one_place() -> None:
    for rank in ("phrases", "near", "far"):
        listings = [p.phrases if rank == "phrases" else listed(p, rank) for p in PLACES.values()]
        counts = Counter(phrase for listing in listings for phrase in phrases(listing))
        assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_a_phrase_that_names_a_place_is_taken_from_those_that_stood_in_for_it() -> None:
    named = {phrase for place in PLACES.values() for phrase in phrases(place.phrases)}
    assert named
    for place in PLACES.values():
        near, far = set(phrases(listed(place, "near"))), set(phrases(listed(place, "far")))
        assert not (near | far) & named
        assert not near & far


def test_a_relic_means_the_library_and_a_chair_means_no_place() -> None:
    assert (suggested_by("Relic"), suggested_by("Car"), suggested_by("chair")) == ("library", "led_tunnel", "")


def test_a_place_that_nobody_described_is_known_by_its_name() -> None:
    assert (place_of("moon_base").label, place_of("moon_base").groups) == ("moon base", ())
    assert layout_of(SetPlan("moon_base", seed=7)) == 0
