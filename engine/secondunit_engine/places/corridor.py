"""A corridor with stairs at its end: of a hotel, an apartment house, a school or a hospital, by the seed."""

from __future__ import annotations

from secondunit_engine.places.place import TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="corridor",
    label="corridor",
    phrases=(
        "corridor, hallway, hotel corridor, hotel hallway, hospital corridor, hospital hallway, school corridor, "
        "school hallway, apartment hallway, passageway, staircase, stairway, stairwell, stairs, long corridor, landing"
    ),
    near="hospital, hotel, asylum, dormitory, foyer",
    dressing=(
        "door, lamp, stair, step, banister, handrail, carpet, picture, painting, frame, window, plant, locker, "
        "radiator, light, tile, wall"
    ),
    kinds=("hotel", "school", "apartment, apartments, apartment house", "hospital, asylum, clinic"),
    music="tense",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    props=("Door",),
    things={"Door": "Door"},
    motives_by_day=(
        Motive("sky", 180, None, "the window over the stairs"),
        Motive("practicals", 160, TUNGSTEN, "the lamps of the corridor"),
    ),
    motives_by_night=(Motive("practicals", 160, TUNGSTEN, "the lamps of the corridor"),),
    lamps={
        "(?:lights?|power|electricity)": ("practicals",),
        "(?:lamps?|sconces?|ceiling lights?|fluorescents?)": ("practicals",),
    },
    groups=("practicals", "sky", "sun"),
    key_share=0.22,
    rim_share=0.05,
    rim_color=(1.0, 0.84, 0.62),
    motivated_share=0.40,
)
