"""Places are data that others rely on: words that mean one place each, lights that exist, a floor that was surveyed."""

from __future__ import annotations

import importlib.util
from collections import Counter

import pytest

from secondunit_engine.places import PLACES, layout_of, listed, place_of, suggested_by
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.planning.plan import SetPlan, Settings
from secondunit_engine.planning.plan_script import plan_script
from secondunit_engine.script.brief import Brief
from secondunit_engine.script.read import read_brief
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


@pytest.mark.parametrize("name", [name for name, place in PLACES.items() if place.kinds])
def test_every_kind_can_be_asked_for_whatever_the_seed(name: str) -> None:
    """A word of each kind chooses it under every seed, and without a word the seed does."""
    place = PLACES[name]
    assert len(place.kinds) % place.layouts == 0
    for number, listing in enumerate(place.kinds):
        said = next(phrase for phrase in phrases(place.phrases) if any(word in phrase for word in phrases(listing)))
        found = read_brief(Brief(f"wide shot of a {said}, night", "prompt"))
        for seed in range(5):
            (shot,) = plan_script(found, Settings(seed=seed)).shots
            assert (shot.set.place, shot.set.seed % len(place.kinds)) == (name, number), said
    bare = read_brief(Brief(f"wide shot of a {phrases(place.phrases)[0]}, night", "prompt"))
    dealt = {plan_script(bare, Settings(seed=seed)).shots[0].set.seed % len(place.kinds) for seed in range(12)}
    assert len(dealt) > 1 or any(phrases(place.phrases)[0] in phrases(listing) for listing in place.kinds)
