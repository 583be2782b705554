"""A street of shops in a town, by night in the rain for choice."""

from __future__ import annotations

from secondunit_engine.places.place import LED, SODIUM, TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="city_street",
    label="city street",
    phrases=(
        "city street, street, avenue, boulevard, downtown, city, sidewalk, intersection, crossroads, crosswalk, "
        "metropolis, pavement, carriageway"
    ),
    near=(
        "road, alley, alleyway, town, suburb, neighborhood, neighbourhood, plaza, city square, town square, square, "
        "marketplace, market, sidewalk cafe, roundabout, cityscape, lane road, town street, highway, freeway, "
        "motorway, parking lot, car park"
    ),
    far=(
        "village, building, block of flats, gas station, construction site, bridge, mall, shopping mall, harbor, "
        "harbour, dock, pier, port, marina, waterfront, boardwalk, city, downtown, metropolis, station, train track, "
        "railway, railroad, tracks, intersection, crossroads, fairground, amusement park, theme park, campus"
    ),
    dressing=(
        "puddle, asphalt, lane, awning, street lamp, streetlight, lamppost, traffic light, neon, sign, shop, "
        "storefront, shop window, window, bench, hydrant, kerb, curb, tree, reflection, parked car, wheel, tyre, tire, "
        "wall, bus stop, fire escape, building"
    ),
    outdoors=True,
    usual_time="night",
    eras=("1940s", "future"),
    music="dark pulse",
    camera=CameraPlan(size="WS", lens_mm=24.0, t_stop=2.0, move="push in", speed=0.5),
    props=("Car",),
    things={"Car": "Car"},
    layouts=3,
    reach=22.0,
    noon=(205.0, 205.0, 155.0),
    motives_by_day=None,
    motives_by_night=(
        Motive("shops", 70, TUNGSTEN, "the shop windows"),
        Motive("lamps", -150, SODIUM, "the street lamp"),
        Motive("neon", -60, LED, "the neon across the street"),
    ),
    lamps={
        "(?<!head)(?<!traffic )(?:lights?|power|electricity)": ("lamps", "shops", "windows", "neon"),
        "(?:street ?lamps?|street ?lights?|lamp ?posts?)": ("lamps",),
        "neon(?: signs?| lights?)?": ("neon",),
        "headlights?": ("headlights",),
        "traffic lights?": ("traffic",),
    },
    groups=("headlights", "lamps", "neon", "shops", "sky", "sun", "traffic", "windows"),
    key_share=0.10,
    rim_share=0.05,
    motivated_share=0.2,
)
