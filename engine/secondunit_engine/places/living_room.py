"""A living room about a fireplace: modern, or an old cottage's, by the seed."""

from __future__ import annotations

from secondunit_engine.places.place import CANDLE, TUNGSTEN, Flames, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="living_room",
    label="living room",
    phrases=(
        "living room, livingroom, sitting room, lounge, drawing room, family room, parlor, parlour, den, modern living "
        "room, cottage living room, old living room, fireside"
    ),
    near="villa, bungalow, farmhouse",
    dressing=(
        "sofa, couch, armchair, chair, rug, carpet, coffee table, table, bookshelf, bookcase, book, television, tv, "
        "fireplace, fire, mantel, curtain, lamp, picture, painting, plant, window, clock, cup, vase"
    ),
    kinds=(
        "modern living room",
        "cottage living room, old living room, parlor, parlour, drawing room, fireside",
    ),
    music="calm",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    props=("Door",),
    things={"Door": "Door"},
    usual_key="neutral",
    motives_by_day=(
        Motive("sun", -112, None, "the sun through the windows"),
        Motive("sky", -90, None, "the windows"),
    ),
    motives_by_night=(
        Motive("practicals", 120, TUNGSTEN, "the lamp by the sofa"),
        Motive("fire", -170, CANDLE, "the fire"),
    ),
    lamps={
        "(?:lights?|power|electricity)": ("practicals",),
        "(?:lamps?|table lamps?|floor lamps?)": ("practicals",),
        "(?:fire|fireplace|flames?|embers?)": ("fire",),
        "(?:tv|television|screens?)": ("screens",),
    },
    groups=("fire", "practicals", "screens", "sky", "sun"),
    flames={"fire": Flames(1, 0.4)},
    key_share=0.24,
    rim_share=0.05,
    rim_color=(1.0, 0.80, 0.56),
    motivated_share=0.42,
)
