"""When a scene plays: the era and the season that words say, and which of them a place can show.

An era is "present", "future", "ancient", "medieval", "victorian", "past" or a decade ("1950s").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from secondunit_engine.places import place_of
from secondunit_engine.places.place import Place
from secondunit_engine.script.brief import Status
from secondunit_engine.script.senses import Found
from secondunit_engine.script.vocabulary_periods import SEASONS

# Years that eras stand for: the nearest that a set knows is shown.
_YEARS: Final = {"ancient": -300, "medieval": 1300, "victorian": 1875, "past": 1925, "present": 2020, "future": 2100}
_NEAR: Final = 12  # years that no set tells apart
_CLOTHES: Final = "clothes are of today"


def year_of(era: str) -> int:
    """The year that an era stands for."""
    return _YEARS[era] if era in _YEARS else int(era[:4]) + 5


def era_of(year: int) -> str:
    """The era of a year."""
    if 1900 <= year < 2000:
        return f"{year // 10 * 10}s"
    if year > 2034:
        return "future"
    return min(("ancient", "medieval", "victorian", "present"), key=lambda era: abs(year_of(era) - year))


def era_said(words: str) -> str:
    """The era of figures: "1950s", "the 60s", "in 1888", "17th century"."""
    number = int(re.findall(r"\d+", words)[0])
    if "century" in words.lower():
        return era_of(100 * number - 50)
    return era_of(number if number > 100 else 1900 + number)


def era_shown(era: str, place: str) -> str:
    """The era that a place is built in where another is asked for; a place that knows none leaves it to its props."""
    here = place_of(place)
    if not here.eras:
        return era
    return min((here.era, *here.eras), key=lambda known: abs(year_of(known) - year_of(era)))


def fit_era(item: Found, place: str) -> Found:
    """The same word, with what becomes of its era in a place."""
    here, era = place_of(place), item.value
    if not here.eras and era != here.era:
        meaning = f"era: {era}; the {here.label} is the same in every era, some props are not, and {_CLOTHES}"
        return _said(item, Status.STAND_IN, meaning)
    shown = era_shown(era, place)
    if abs(year_of(shown) - year_of(era)) <= _NEAR:
        return _said(item, Status.BOUND, f"era: {era}; {_CLOTHES}" if era != "present" else "era: present")
    return _said(
        item, Status.STAND_IN, f"era: {era}, for which the {here.label} is shown as {_told(shown)}; {_CLOTHES}"
    )


def _told(era: str) -> str:
    return f"of the {era}" if era[0].isdigit() else era


def fit_season(item: Found, place: str) -> Found:
    """The same word, with what becomes of its season in a place."""
    here, season = place_of(place), item.value
    if season in here.seasons:
        return _said(item, Status.BOUND, f"season: {season}")
    return _said(item, Status.NOT_UNDERSTOOD, f"season: {season}; {_unchanged(here)}")


def _unchanged(here: Place) -> str:
    return f"the {here.label} looks alike all year" + ("" if here.outdoors else ", being indoors")


def fit_to_light(time: str, place: str) -> str:
    """Day for night is a way to photograph the sun: indoors the night itself is shown."""
    return "night" if time == "day for night" and not place_of(place).outdoors else time


def fit_time(item: Found, place: str) -> Found:
    """The same word, with what becomes of its time in a place."""
    if fit_to_light(item.value, place) == item.value:
        return item
    return _said(item, Status.STAND_IN, "time of day: night; day for night is for the open air")


def season_of(found: tuple[Found, ...], place: str) -> str:
    """The season of a scene, by its own word or by the name of its place ("autumn forest"); empty if none is said."""
    seasons = place_of(place).seasons
    said = next((item.value for item in found if item.facet == "season"), "")
    named = " ".join(item.text.lower() for item in found if item.facet == "place" and item.value == place)
    season = said or next((season for season in SEASONS if re.search(rf"\b{season}\b", named)), "")
    return season if season in seasons else ""


def _said(item: Found, status: Status, meaning: str) -> Found:
    return replace(item, sense=replace(item.sense, status=status, meaning=meaning))
