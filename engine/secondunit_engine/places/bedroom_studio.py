"""A bedroom that is also a studio, with neon, a window on the city, and somebody who talks to the lens."""

from __future__ import annotations

from secondunit_engine.places.place import LED, TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="bedroom_studio",
    label="bedroom studio",
    phrases=(
        "bedroom studio, bedroom, vlog studio, streaming room, home studio, creator studio, host's bedroom studio, "
        "hosts bedroom studio, studio"
    ),
    near=(
        "room, apartment, flat, house, home, hotel room, shop, store, gym, bathroom, attic, basement, dorm, loft, "
        "workshop, gallery, salon, pharmacy, nursery, supermarket, grocery store, dorm room, "
        "studio apartment, cabin, tea  house, music studio, barbershop, gymnasium, game room, fitting room, "
        "hospital room"
    ),
    far=("fire station, spa, sauna, casino, balcony room, tent room, trailer park, igloo, hut, shack"),
    dressing=(
        "bed, microphone, mic, plant, monitor, poster, chair, shelf, keyboard, computer, guitar, screen, pillow, "
        "blanket"
    ),
    usual_time="night",
    music="upbeat",
    wardrobe="hoodie",
    marks=("hero", "hero_2"),
    talks_to_lens=True,
    bed="studio",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.0, move="push in", speed=0.4),
    camera_of_people=CameraPlan(size="MCU", angle="eye", lens_mm=50.0, t_stop=2.0, move="handheld", speed=0.5),
    usual_key="neutral",
    motives_by_day=(Motive("practicals", -154, None, "the window"),),
    motives_by_night=(
        Motive("practicals", -138, TUNGSTEN, "the paper lantern by the window"),
        Motive("neon", 137, LED, "the neon sign"),
    ),
    lamps={
        "(?:lights?|power|electricity)": ("neon", "practicals"),
        "neon(?: sign| lights?)?": ("neon",),
        "(?:lamps?|fairy lights|lanterns?)": ("practicals",),
    },
    groups=("neon", "practicals"),
    empty_stops=1.6,
    rim_group="neon",
)
