"""An office high over a city: an open floor of desks, or a boardroom with its long table, by the seed."""

from __future__ import annotations

from secondunit_engine.places.place import FLUORESCENT, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="office",
    label="office",
    phrases=(
        "office, open office, open plan office, office floor, boardroom, board room, conference room, meeting room, "
        "corner office, executive office, office building, corporate office, cubicle"
    ),
    near="newsroom, headquarters, waiting room, agency, call center, startup, bank",
    far="police station, post office",
    dressing=(
        "desk, chair, computer, monitor, screen, keyboard, mouse, laptop, paper, document, file, folder, binder, mug, "
        "whiteboard, plant, lamp, window, blind, table, cabinet, phone, cup, glass"
    ),
    eras=("1980s",),
    music="calm",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    props=("Door",),
    things={"Door": "Door"},
    kinds=(
        "open office, open plan office, office floor, cubicle, call center",
        "boardroom, board room, conference room, meeting room",
    ),
    layouts=2,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 152, None, "the sun through the windows"), Motive("sky", 180, None, "the windows")),
    motives_by_night=(Motive("practicals", 140, FLUORESCENT, "the lamps of the ceiling"),),
    lamps={
        "(?:lights?|power|electricity)": ("practicals", "screens"),
        "(?:lamps?|ceiling lights?|fluorescents?|panels?)": ("practicals",),
        "(?:screens?|monitors?|computers?|displays?)": ("screens",),
    },
    groups=("practicals", "screens", "sky", "sun"),
    day_stops=0.5,
    key_share=0.24,
    rim_share=0.05,
    rim_color=(0.92, 0.95, 1.0),
    motivated_share=0.42,
)
