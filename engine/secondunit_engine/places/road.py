"""A road through open country: a lane between hedges, a highway with its rails, a straight road over a desert."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="road",
    label="road",
    phrases=(
        "road, country road, rural road, country lane, open road, empty road, winding road, lonely road, highway, "
        "freeway, motorway, interstate, expressway, desert highway, desert road, route, roadside, dirt road, "
        "side of the road, middle of the road, lane road, coastal road, road trip"
    ),
    near="truck stop, toll booth, airstrip, racetrack, race track, raceway, racing circuit, carriageway",
    dressing=(
        "asphalt, lane, verge, grass, guard rail, guardrail, crash barrier, sign, road sign, signpost, telegraph pole, "
        "delineator, hedge, tree, horizon, wheel, tyre, tire, puddle, wire, fence, gravel, scrub, mesa, hill"
    ),
    outdoors=True,
    snows=True,
    usual_time="afternoon",
    seasons=("spring", "summer", "autumn", "winter"),
    music="calm",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.5),
    props=("Car",),
    things={"Car": "Car"},
    kinds=(
        "country road, rural road, country lane, winding road, lane road, dirt road",
        "highway, freeway, motorway, interstate, expressway, racetrack, race track, raceway, racing circuit, "
        "carriageway",
        "desert highway, desert road, route, road trip, lonely road",
    ),
    layouts=3,
    reach=22.0,
    usual_key="neutral",
    day_stops=0.5,
    motives_by_day=(Motive("sun", 152, None, "the sun over the road"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(
        Motive("headlights", 160, None, "the car's headlights"),
        Motive("sun", 152, None, "the moon over the road"),
    ),
    lamps={"(?:sun|moon)(?:light)?": ("sun",), "headlights?": ("headlights",)},
    groups=("headlights", "sky", "sun"),
    key_share=0.06,
    rim_share=0.015,
    rim_color=(1.0, 0.86, 0.62),
    motivated_share=0.12,
)
