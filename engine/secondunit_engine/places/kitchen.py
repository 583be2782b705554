"""A home kitchen: an island under lamps, units under a window, a table in the sun of a tall window."""

from __future__ import annotations

from secondunit_engine.places.place import TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="kitchen",
    label="kitchen",
    phrases="kitchen, home kitchen, farmhouse kitchen, family kitchen, country kitchen, kitchenette, galley kitchen",
    near=(
        "cafe, café, coffee shop, diner, bakery, restaurant, cafeteria, dining room, teahouse, tea house, pub, bar, "
        "laundry room, cottage"
    ),
    dressing=(
        "counter, sink, stove, oven, refrigerator, fridge, cabinet, cupboard, island, stool, chair, table, plate, "
        "bowl, bottle, pan, pot, kettle, fruit, apple, bread, knife, towel, plant, lamp, window, curtain, clock, jar"
    ),
    eras=("1950s",),
    music="calm",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    props=("Door",),
    things={"Door": "Door"},
    usual_key="neutral",
    motives_by_day=(
        Motive("sun", -112, None, "the sun through the tall window"),
        Motive("sky", -70, None, "the tall window"),
    ),
    motives_by_night=(Motive("practicals", 150, TUNGSTEN, "the lamps over the island"),),
    lamps={
        "(?:lights?|power|electricity)": ("practicals",),
        "(?:lamps?|pendants?|ceiling lights?)": ("practicals",),
    },
    groups=("practicals", "sky", "sun"),
    day_stops=0.6,
    key_share=0.24,
    rim_share=0.05,
    rim_color=(1.0, 0.80, 0.58),
    motivated_share=0.42,
)
