"""Where the sun stands by the words of a heading, and how warm daylight is then: for the gaffer and for the sky alike.

One day stands for all: the equinox at 45 degrees north, so that the sun is up from six to six and 45 degrees high at
noon; a season that is said moves it. Seen from above it goes round clockwise, which in bearings about Y is downwards.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_engine.places import layout_of, place_of
from secondunit_engine.planning.plan import SetPlan

# The hour that each word of a heading stands for. Day for night is shot in the early afternoon.
HOURS: Final = {
    "dawn": 6.75, "sunrise": 6.75, "morning": 9.0, "day": 12.0, "noon": 12.0, "midday": 12.0, "afternoon": 15.0,
    "day for night": 13.0, "magic hour": 17.37, "golden hour": 17.37, "dusk": 17.25, "sunset": 17.25, "evening": 17.25,
    "twilight": 18.30, "blue hour": 18.30, "night": 22.0, "moonlight": 22.0, "midnight": 24.0,
}  # fmt: skip
_NIGHTS: Final = frozenset(("night", "moonlight", "midnight", "day for night"))
# Daylight by the hour [K]: an hour after sunrise about 4,000, noon 5,600, the hour before sunset 4,500 with the sky in
# it (after the tables of the American Cinematographer Manual). Film night is painted bluer than the moon's 4,100.
_KELVIN: Final = {6.75: 4000.0, 9.0: 5000.0, 12.0: 5600.0, 15.0: 5400.0, 17.25: 4500.0}
MOON_KELVIN: Final = 7500.0
_LATITUDE: Final = np.radians(45.0)
# Declination of the sun in the middle of each season as told [degrees]; the solstices are at 23.4.
_DECLINATION: Final = {"spring": 0.0, "summer": 4.0, "autumn": -8.0, "winter": -16.0}


def hour_of(time_of_day: str) -> float:
    """The hour that a time of day stands for; noon for a word that says none."""
    return HOURS.get(time_of_day, 12.0)


def is_night(time_of_day: str) -> bool:
    """Whether a story's time is night, also where the sun photographs it."""
    return time_of_day in _NIGHTS


def daylight_kelvin(time_of_day: str) -> float:
    """The colour temperature of daylight at that time [K]; at night the moon's."""
    if is_night(time_of_day):
        return MOON_KELVIN
    return _KELVIN.get(hour_of(time_of_day), 4500.0)


def sun_at(time_of_day: str, noon_bearing: float, season: str = "") -> tuple[float, float]:
    """The sun's bearing about Y and its height [degrees] in a set where it stands at `noon_bearing` at noon.

    By night it is the moon, which stands where the sun is twelve hours later. A season makes the middle of the day
    higher or lower; an hour that is named by a low sun has one all year.
    Source: spherical astronomy, sin h = sin(latitude) sin(tilt) + cos(latitude) cos(tilt) cos(hour angle), with the
    declination of the season as the tilt.
    """
    hour = hour_of(time_of_day)
    angle = np.radians(15.0 * (hour - 12.0 if hour <= 20 else hour - 24.0))
    high = 8.0 < hour < 16.5
    tilt = np.radians(_DECLINATION.get(season, 0.0) if high else 0.0)
    up = np.sin(_LATITUDE) * np.sin(tilt) + np.cos(_LATITUDE) * np.cos(tilt) * np.cos(angle)
    west = np.arctan2(np.sin(angle), np.sin(_LATITUDE) * np.cos(angle) - np.cos(_LATITUDE) * np.tan(tilt))
    return (noon_bearing - float(np.degrees(west))) % 360.0, float(np.degrees(np.arcsin(up)))


def sun_over(plan: SetPlan) -> tuple[float, float] | None:
    """Where the sun (by night the moon) stands over an outdoor set: bearing about Y and height [degrees].

    A place that says where noon is has the sun go round it; one that is composed to a light keeps its bearing at every
    hour. None indoors, and where the place says neither.
    """
    here = place_of(plan.place)
    if not here.outdoors:
        return None
    if here.noon:
        return sun_at(plan.time_of_day, here.noon[layout_of(plan) % len(here.noon)], plan.season)
    motives = here.motives_by_night if is_night(plan.time_of_day) else here.motives_by_day
    bearing = next((motive.bearing for motive in motives or () if motive.group == "sun"), None)
    return None if bearing is None else (bearing % 360.0, sun_at(plan.time_of_day, 0.0, plan.season)[1])
