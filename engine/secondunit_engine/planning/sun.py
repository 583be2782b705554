"""Where the sun stands by the words of a heading, and how warm daylight is then.

One day stands for all: the equinox at 45 degrees north, so that the sun is up from six to six and 45 degrees high at
noon. Seen from above it goes round clockwise, which in bearings about Y is downwards.
"""

from __future__ import annotations

from typing import Final

import numpy as np

# The hour that each word of a heading stands for.
HOURS: Final = {
    "dawn": 6.75, "sunrise": 6.75, "morning": 9.0, "day": 12.0, "noon": 12.0, "afternoon": 15.0,
    "dusk": 17.25, "sunset": 17.25, "evening": 17.25, "night": 22.0, "midnight": 24.0,
}  # fmt: skip
# Daylight by the hour [K]: an hour after sunrise about 4,000, noon 5,600, the hour before sunset 4,500 with the sky in
# it (after the tables of the American Cinematographer Manual). Film night is painted bluer than the moon's 4,100.
_KELVIN: Final = {6.75: 4000.0, 9.0: 5000.0, 12.0: 5600.0, 15.0: 5400.0, 17.25: 4500.0}
MOON_KELVIN: Final = 7500.0
_LATITUDE: Final = np.radians(45.0)


def hour_of(time_of_day: str) -> float:
    """The hour that a time of day stands for; noon for a word that says none."""
    return HOURS.get(time_of_day, 12.0)


def is_night(time_of_day: str) -> bool:
    return hour_of(time_of_day) > 20.0


def daylight_kelvin(time_of_day: str) -> float:
    """The colour temperature of daylight at that time [K]; at night the moon's."""
    return _KELVIN.get(hour_of(time_of_day), MOON_KELVIN)


def sun_at(time_of_day: str, noon_bearing: float) -> tuple[float, float]:
    """The sun's bearing about Y and its height [degrees] in a set where it stands at `noon_bearing` at noon.

    By night it is the moon, which stands where the sun is twelve hours later.
    Source: spherical astronomy at declination 0, sin h = cos(latitude) cos(hour angle).
    """
    hour = hour_of(time_of_day)
    angle = np.radians(15.0 * (hour - 12.0 if hour <= 18 else hour - 24.0))
    height = np.degrees(np.arcsin(np.cos(_LATITUDE) * np.cos(angle)))
    west = np.degrees(np.arctan2(np.sin(angle), np.sin(_LATITUDE) * np.cos(angle)))
    return (noon_bearing - float(west)) % 360.0, float(height)
