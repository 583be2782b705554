"""Words that call props: what is brought, how many, in which relation, and what is said of what is not."""

from __future__ import annotations

import pytest

from secondunit_engine.planning.reading import read_scenes
from secondunit_engine.script.brief import Brief, Status
from secondunit_engine.script.prompt import Found, understand
from secondunit_engine.script.prop_list import DATA
from secondunit_engine.script.prop_words import MOST_THINGS, called_props
from secondunit_engine.script.read import read_brief
from secondunit_engine.script.setting import fit_to_place


def fitted(text: str, place: str = "led_tunnel") -> tuple[Found, ...]:
    return fit_to_place(text, understand(text), place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A glass on a wooden table.", ["glass tumbler 1 on table", "table dining_table 1 beside "]),
        ("Two bottles of wine beside a pizza.", ["bottle wine_bottle 2 beside pizza", "pizza pizza 1 beside "]),
        ("Apples under the chair.", ["apple apple 3 under chair", "chair chair 1 beside "]),
        ("Three candles beside a skull.", ["candle candle 3 beside skull", "skull skull 1 beside "]),
        ("She waits for democracy.", []),
        ("A cup on a plate beside a cup.", ["cup cup 1 on plate", "plate plate 1 beside "]),
        ("Two cups beside a plate next to a cup.", ["cup cup 2 beside plate", "plate plate 1 beside "]),
    ],
)
def test_what_words_bring(text: str, expected: list[str]) -> None:
    found = fitted(text)
    calls = called_props([(text, found)])
    assert [f"{call.noun} {call.prop} {call.count} {call.relation} {call.to}" for call in calls] == expected


def test_what_is_brought_is_bound_and_its_number_too() -> None:
    found = {item.text: item.sense for item in fitted("Four apples on a plate.")}
    assert found["apples"].status == found["plate"].status == found["Four"].status == Status.BOUND
    assert found["apples"].meaning == "prop: apple"
    assert found["Four"].meaning == "number: 4 are brought"


def test_a_thing_that_only_says_of_what_kind_another_is_stays_away() -> None:
    """A "pizza restaurant" brings no pizza, and says so."""
    item = next(item for item in fitted("A pizza restaurant.") if item.text.startswith("pizza"))
    if item.text == "pizza":
        assert item.sense.status == Status.NOT_UNDERSTOOD
        assert "kind of thing" in item.sense.meaning


def test_what_the_set_has_is_not_brought_again() -> None:
    """The kitchen has its own table."""
    text = "A pizza on the table."
    calls = called_props([(text, fitted(text, "kitchen"))])
    assert [call.noun for call in calls] == ["pizza"]


def test_lamps_of_the_set_are_not_brought_and_others_are() -> None:
    """The library has its candles, which the gaffer lights; a tunnel has none."""
    text = "Two candles."
    assert called_props([(text, fitted(text, "library"))]) == ()
    assert [call.count for call in called_props([(text, fitted(text))])] == [2]


def test_too_many_things_are_said() -> None:
    things = (
        "apple, orange, lemon, banana, pumpkin, watermelon, pineapple, carrot, tomato, baguette, croissant, pizza, "
        "burger, doughnut"
    )
    found = [item for item in fitted(things) if item.facet == "thing"]
    brought = [item for item in found if item.sense.status == Status.BOUND]
    assert len(brought) == MOST_THINGS
    assert all("more than" in item.sense.meaning for item in found if item not in brought)
    again = [item for item in fitted("apple, " * 13 + "pizza") if item.facet == "thing"]
    assert {item.sense.status for item in again} == {Status.BOUND}


def test_the_words_are_those_of_the_catalogue() -> None:
    """Mend: `python -m secondunit_engine.world.props.catalog`."""
    from secondunit_engine.world.props.catalog import listing

    assert DATA.read_text("utf-8") == listing()


def test_things_are_counted_by_scene() -> None:
    """Thirteen things over two beats are one too many, which is said; the next scene begins anew. Another of a noun
    that is there is shown by it."""
    things = ("anvil", "axe", "backpack", "barrel", "basket", "bone", "broom", "bucket", "cake", "candelabrum")
    nouns = (*things, "cauldron", "cup", "drum")
    first, second = (" ".join(f"A {noun}." for noun in half) for half in (nouns[:7], nouns[7:]))
    text = f"INT. LED TUNNEL - DAY\n\n{first}\n\n{second} Another cup.\n\nEXT. DESERT - DAY\n\nA drum.\n"
    script = read_brief(Brief(text, "fountain"))
    drums = [entry for entry in script.ledger if "drum" in entry.text]
    assert [entry.status for entry in drums] == [Status.NOT_UNDERSTOOD, Status.BOUND]
    assert "more than 12" in drums[0].meaning
    cups = [entry for entry in script.ledger if "cup" in entry.text]
    assert [entry.status for entry in cups] == [Status.BOUND, Status.STAND_IN]
    scenes = read_scenes(script)
    assert len(called_props((beat.beat.text, beat.found) for beat in scenes[0].beats)) == MOST_THINGS
