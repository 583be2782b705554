"""A road tunnel lined with LED strips, wet by rain, with one car in it."""

from __future__ import annotations

from secondunit_engine.places.place import LED, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

_MOTIVES = (
    Motive("cyan", -62, LED, "the LED cards along the left wall"),
    Motive("headlights", 20, LED, "the car's headlights"),
)
PLACE = Place(
    name="led_tunnel",
    label="LED tunnel",
    phrases="led tunnel, led lit tunnel, neon tunnel, light tunnel, tunnel, road tunnel, underpass",
    near=(
        "street, garage, parking garage, hangar, parking, interior of a car, sniper scope, tunnel "
        "of light, avenue, boulevard, city street, catwalk, runway"
    ),
    far=(
        "stadium, airport, desert, ocean, sea, park, town, rooftop, marketplace, market, plaza, city square, town "
        "square, square, barn, junkyard, swimming pool, pool, skatepark, tennis court, basketball court, court, "
        "football field, soccer field, baseball field, ski resort, ski slope, campsite, cemetery, graveyard, "
        "cityscape, outer space, orchard, open sea, sidewalk cafe, track, racecourse, suburb, neighborhood, "
        "neighbourhood, country, world, homeland, kingdom land, hydroelectric dam, roundabout, estate, garden path, "
        "paddock, stable, bank, skate park, concert hall, prison, jail, driveway court, ship deck"
    ),
    dressing="led, puddle, asphalt, lane, wheel, tyre, tire, hood, wall, reflection, spray, taillight",
    usual_time="night",
    music="dark pulse",
    bed="tunnel",
    camera=CameraPlan(size="FS", angle="low", lens_mm=35.0, t_stop=2.8, move="push in", speed=0.5),
    camera_of_people=CameraPlan(size="FS", angle="eye", lens_mm=35.0, t_stop=2.0, move="push in", speed=0.5),
    lens_mm=35.0,
    reach=150.0,
    marks=("pedestrian",),  # the tunnel's hero mark is the car's
    props=("Car",),
    suggested_by=("Car",),
    things={"Car": "Car"},
    motives_by_day=_MOTIVES,
    motives_by_night=_MOTIVES,
    lamps={
        "(?<!head)(?:lights?|power|electricity)": ("cyan", "magenta", "violet", "white"),
        "neon(?: lights?)?": ("cyan", "magenta", "violet"),
        "headlights?": ("headlights",),
    },
    groups=("cyan", "headlights", "magenta", "violet", "white"),
    key_share=0.11,
    rim_share=0.03,
    motivated_share=0.2,
)
