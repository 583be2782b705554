"""What everybody but its builder needs to know of a place: its words, its usual light, camera and sound, what is there.

Data only, and light: the reader, the planner, the gaffer and the sound desk read it without USD. The set itself is
built by `world/sets/<name>.py`, and its floor is measured into `planning/floors/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from secondunit_engine.planning.plan import CameraPlan

Key = Literal["low", "neutral", "high"]

# Colour temperatures of lamps [K].
TUNGSTEN: Final = 3200.0
CANDLE: Final = 1900.0
FLUORESCENT: Final = 4200.0
SODIUM: Final = 2100.0
LED: Final = 6500.0


@dataclass(frozen=True)
class Motive:
    """A light of a set that can be the reason for the key: its group, where it is as seen from the hero's mark
    (degrees about Y), its temperature [K] (None: that of the daylight), and what a gaffer calls it."""

    group: str
    bearing: float
    kelvin: float | None
    name: str


@dataclass(frozen=True)
class Flames:
    """What burns in a light group: how many flames that are seen as one light, and how wide one is at its foot [m]."""

    count: int
    width: float


@dataclass(frozen=True)
class Place:
    """A place that can be built. Listings are phrases parted by commas, in lower case.

    Words: `phrases` name it; `near` are places it stands in for, which is said; `far` are known places that nothing
    looks like, shown here for want of better, which is said too; `dressing` are things the set holds without being
    asked. A phrase that a place is named by is taken from the `near` and `far` of all others, one that is near to a
    place from the `far` of all others.

    When: `era` is what it is built in if no word says another, `eras` are others that its set builds, `seasons` those
    that it shows ("spring", "summer", "autumn", "winter"); `snows` if snow falls and lies there
    where the weather says so.

    What is there: `props` are the props of the vocabulary that it has, `suggested_by` those of them, and the
    weathers, that mean this place when no place is said; `things` is where its things are from the start, by the
    names of its floor, and `hero_at` what somebody on the hero's mark is at. `marks` are the marks of the scene's
    first people, in order.
    `kinds` are what the place may be more closely, by the words that ask for it: "boardroom" for an office. The seed's
    remainder chooses one, unless a word does. `layouts` is how many floors it has, chosen by the seed as well
    (`layout_of`). `reach` is how far from the hero's
    mark its floor is measured [m]: beyond, nobody walks and no camera stands.

    Light: `noon` is where the sun stands at noon out of doors, by layout: from there it goes round with the hours.
    Without it the bearing of the motive of the group "sun" holds at every hour, as the set is composed to it.
    `day_stops` is how far a cinematographer opens up there by day, over the light that the set is built in [stops],
    `empty_stops` how far where nobody is there for whom lamps would be set.
    `motives_by_day` and `motives_by_night`, the strongest reason for a key first (none: the survey's strongest lamp);
    `lamps` is what the words of a scene call its faders, as regular expressions; `groups` are all its faders; `flames`
    are those of them that burn, and so flicker.
    `key_share` and `rim_share` are how much of the gaffer's portrait is added to what the set sheds, `motivated_share`
    the same for a key that the plan wants seen from a side (None: `key_share`); `rim_color` is linear Rec.709, and
    `rim_group` are the lamps of the set that coloured rims pretend to be.

    Sound: `bed` names one of sound/beds.
    """

    name: str
    label: str
    phrases: str = ""
    near: str = ""
    far: str = ""
    dressing: str = ""
    outdoors: bool = False
    usual_time: str = "day"
    era: str = "present"
    eras: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    snows: bool = False
    music: str = ""
    wardrobe: str = "t-shirt"
    talks_to_lens: bool = False
    bed: str = ""
    # Camera.
    camera: CameraPlan = CameraPlan(size="WS", lens_mm=24.0, move="push in", speed=0.5)
    camera_of_people: CameraPlan | None = None  # where the place's usual subject is not a person
    lens_mm: float | None = None  # of all its camera marks, if they were composed with one lens
    # What is there.
    marks: tuple[str, ...] = ("hero", "hero_2", "hero_3")
    props: tuple[str, ...] = ()
    suggested_by: tuple[str, ...] = ()
    things: Mapping[str, str] = field(default_factory=dict)
    hero_at: str = ""
    kinds: tuple[str, ...] = ()
    layouts: int = 1
    reach: float = 25.0
    # Light.
    noon: tuple[float, ...] = ()
    day_stops: float = 0.0
    empty_stops: float = 0.0
    usual_key: Key = "low"
    motives_by_day: tuple[Motive, ...] | None = None
    motives_by_night: tuple[Motive, ...] | None = None
    lamps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    flames: Mapping[str, Flames] = field(default_factory=dict)
    key_share: float = 1.0
    rim_share: float = 1.0
    rim_color: tuple[float, float, float] | None = None
    motivated_share: float | None = None
    rim_group: str = ""
