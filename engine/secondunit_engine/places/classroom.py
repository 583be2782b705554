"""A classroom: rows of desks, a board with writing on it, tall windows with the sun in them."""

from __future__ import annotations

from secondunit_engine.places.place import FLUORESCENT, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="classroom",
    label="classroom",
    phrases="classroom, class room, schoolroom, school room, school, high school, primary school, elementary school",
    near="kindergarten, seminar room",
    dressing=(
        "desk, chair, board, blackboard, chalkboard, whiteboard, chalk, book, paper, pencil, map, globe, clock, "
        "window, radiator, bag, backpack, shelf, door"
    ),
    eras=("1940s",),
    music="calm",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    props=("Door",),
    things={"Door": "Door"},
    usual_key="neutral",
    motives_by_day=(
        Motive("sun", -118, None, "the sun through the tall windows"),
        Motive("sky", -85, None, "the windows"),
    ),
    motives_by_night=(Motive("practicals", -60, FLUORESCENT, "the lamps of the ceiling"),),
    lamps={
        "(?:lights?|power|electricity)": ("practicals",),
        "(?:lamps?|ceiling lights?|fluorescents?)": ("practicals",),
    },
    groups=("practicals", "sky", "sun"),
    day_stops=0.4,
    key_share=0.24,
    rim_share=0.05,
    rim_color=(1.0, 0.90, 0.74),
    motivated_share=0.42,
)
