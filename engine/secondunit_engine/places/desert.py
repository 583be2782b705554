"""A desert: dunes in the wind's ripples, or stony badlands, to the horizon under a low sun."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="desert",
    label="desert",
    phrases=(
        "desert, dune, dunes, sand dune, sand dunes, sahara, badlands, wasteland, desert plain, sandy desert, "
        "rocky desert, mesa, arid plain, drylands, sea of sand, sand sea"
    ),
    near="canyon, grand canyon, oasis, quarry, salt flat, mars, martian surface",
    far="beach, moon surface, wasteland, battlefield, arctic plain, planet earth",
    dressing="sand, dune, rock, stone, dead tree, boulder, shrub, ripple, dry grass, dust, horizon, scrub, mesa",
    outdoors=True,
    usual_time="afternoon",
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.5),
    kinds=(
        "sand dunes, dunes, sahara, sandy desert, dune, sand dune",
        "badlands, rocky desert, mesa",
        "sea of sand, sand sea",
    ),
    layouts=3,
    reach=16.0,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 118, None, "the low sun over the sand"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(Motive("sun", 118, None, "the moon over the sand"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    day_stops=0.5,
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.82, 0.58),
    motivated_share=0.10,
)
