"""A flat roof over the lights of a city."""

from __future__ import annotations

from secondunit_engine.places.place import LED, TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="rooftop",
    label="rooftop",
    phrases="rooftop, roof, roof terrace, rooftop terrace, roof garden, skyline, cityscape, city skyline, rooftop bar",
    near="balcony, terrace, penthouse, helipad, skyscraper roof",
    far="skyscraper, observation deck",
    dressing=(
        "skyline, tower, skyscraper, building, antenna, aerial, water tank, vent, parapet, ledge, door, chair, lamp, "
        "neon, sign, string lights, fairy lights, puddle, window, pipe"
    ),
    outdoors=True,
    usual_time="night",
    eras=("1940s", "future"),
    music="dark pulse",
    camera=CameraPlan(size="WS", lens_mm=24.0, t_stop=2.0, move="push in", speed=0.4),
    layouts=3,
    reach=20.0,
    noon=(205.0,),
    motives_by_night=(
        Motive("lamps", 70, TUNGSTEN, "the lamp over the stair house's door"),
        Motive("neon", -150, LED, "the neon sign"),
    ),
    lamps={
        "(?:lights?|power|electricity)": ("lamps", "neon"),
        "(?:lamps?|string lights|fairy lights)": ("lamps",),
        "neon(?: signs?| lights?)?": ("neon",),
    },
    groups=("beacons", "lamps", "neon", "sky", "sun", "windows"),
    key_share=0.2,
    rim_share=0.05,
    motivated_share=0.35,
)
