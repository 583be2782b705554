"""Where a scene plays, and which of its words that place can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from secondunit_engine.places import place_of, suggested_by
from secondunit_engine.script.brief import Status
from secondunit_engine.script.periods import fit_era, fit_season, fit_time
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.prop_words import fit_props
from secondunit_engine.script.subjects import mark_idle_verbs
from secondunit_engine.script.vocabulary import phrases

_PERIODS = {"era": fit_era, "season": fit_season, "time": fit_time}
MOST_PEOPLE = 3  # cast for one phrase such as "five women"


def choose_place(heading: Iterable[Found], said: Iterable[Found]) -> tuple[str, str]:
    """The set of a scene, and why it was chosen if nobody named it (else an empty string).

    The heading's place comes first, then a place named in the text that is built, then one that another stands in
    for, then what a prop or a thing suggests.
    """
    headed, found = list(heading), list(said)
    for places in ([item for item in headed if item.facet == "place"], [i for i in found if i.facet == "place"]):
        if places:
            built = [item for item in places if item.sense.status == Status.BOUND]
            return (built or places)[0].value, ""
    for item in (*headed, *found):
        if item.facet in ("prop", "weather") and (home := suggested_by(item.value)):
            return home, f"because of “{item.text}”"
    for item in found:
        if item.facet == "dressing":
            return item.value, f"because of “{item.text}”"
    if any(item.facet == "verb" and item.value == "talk" for item in found):
        return "bedroom_studio", "because somebody talks"
    return "library", "because most actions suit it"


def fit_to_place(
    text: str, found: Iterable[Found], place: str, before: frozenset[str] = frozenset()
) -> tuple[Found, ...]:
    """The same words, with what this set does not hold marked as not in the picture, and verbs that nobody does.
    `before` are the nouns of the props that the scene has brought so far."""
    words = fit_props(text, tuple(found), place, before)
    return mark_idle_verbs(text, _count_people(tuple(_fit(item, place) for item in words)))


def _count_people(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """ "Two women" are cast as two; of more than three, three are."""
    result = list(found)
    for at, (item, after) in enumerate(pairwise(found)):
        if item.facet == "count" and after.facet == "person" and item.value != "1":
            shown = min(int(item.value), MOST_PEOPLE) if item.value.isdigit() else MOST_PEOPLE
            status = Status.BOUND if item.value == str(shown) else Status.STAND_IN
            sense = replace(item.sense, value=str(shown), status=status, meaning=f"number: {shown} are cast")
            result[at] = replace(item, sense=sense)
    return tuple(result)


def _fit(item: Found, place: str) -> Found:
    here = place_of(place)
    if item.facet in _PERIODS:
        return _PERIODS[item.facet](item, place)
    if item.facet == "weather" and item.value in ("snow", "blizzard") and not here.snows:
        return _absent(item, f"it does not snow in the {here.label}: it is not in the picture")
    if item.facet == "prop" and item.value not in here.props:
        return _absent(item, f"the {here.label} has no {item.value.lower()}: it is not in the picture")
    if item.facet == "dressing" and item.value != place and item.text.lower() not in phrases(here.dressing):
        return _absent(item, f"the {here.label} has none: it is not in the picture")
    return item


def _absent(item: Found, meaning: str) -> Found:
    return replace(item, sense=replace(item.sense, facet="thing", status=Status.NOT_UNDERSTOOD, meaning=meaning))
