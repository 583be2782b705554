"""A field: a meadow in flower, standing wheat, or a park's lawn under trees."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="field",
    label="field",
    phrases=(
        "field, fields, meadow, grassy meadow, flower meadow, wildflower meadow, grass field, grassy field, grassland, "
        "open field, pasture, green field, field of grass, field of flowers, flower field, wheat field, wheatfield, "
        "field of wheat, cornfield, corn field, barley field, field of corn, golden field, farmland, countryside, "
        "prairie, park, city park, public park, park bench, lawn, grassy hill, rolling hills, hillside, summer meadow"
    ),
    near=(
        "savanna, savannah, steppe, farm, ranch, orchard, garden, botanical garden, playground, golf course, "
        "vineyard, picnic area, plain, plains, lavender field, battlefield, garden path"
    ),
    dressing=(
        "grass, wildflower, flower, poppy, daisy, buttercup, wheat, ear, straw, hedge, tree, oak, fence, fence post, "
        "path, track, hill, horizon, bench, lawn, bush, bale, haystack, blade of grass"
    ),
    outdoors=True,
    snows=True,
    usual_time="afternoon",
    seasons=("spring", "summer", "autumn", "winter"),
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    kinds=(
        "meadow, grassy meadow, flower meadow, wildflower meadow, grassland, pasture, flower field, field of flowers, "
        "prairie, grass field, field of grass, grassy field, summer meadow",
        "wheat field, wheatfield, field of wheat, cornfield, corn field, barley field, field of corn, golden field",
        "park, city park, public park, park bench, lawn, garden",
    ),
    layouts=3,
    reach=15.0,
    usual_key="neutral",
    day_stops=0.6,
    motives_by_day=(Motive("sun", 146, None, "the sun over the field"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(Motive("sun", 146, None, "the moon over the field"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.86, 0.62),
    motivated_share=0.10,
)
