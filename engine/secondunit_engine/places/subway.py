"""A subway: a station's platform under its vault, or the inside of a carriage, by the seed."""

from __future__ import annotations

from secondunit_engine.places.place import FLUORESCENT, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

_MOTIVES = (Motive("practicals", 60, FLUORESCENT, "the lamps over the platform"),)
PLACE = Place(
    name="subway",
    label="subway",
    phrases=(
        "subway, subway station, subway platform, metro, metro station, metro platform, underground station, "
        "tube station, train platform, train station platform, subway car, subway carriage, subway train, metro car, "
        "train carriage, train car, train interior, inside a train, inside the train"
    ),
    near=(
        "train station, railway station, station platform, platform, station, bus station, train compartment, "
        "bus interior, tram interior"
    ),
    dressing=(
        "platform, track, rail, train, bench, poster, sign, clock, bin, vending machine, tile, lamp, light, pole, "
        "strap, seat, door"
    ),
    kinds=(
        "station, platform",
        "subway car, subway carriage, subway train, metro car, train carriage, train car, train interior, "
        "inside a train, inside the train",
    ),
    layouts=2,
    usual_time="night",
    music="tense",
    bed="tunnel",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    usual_key="neutral",
    motives_by_day=_MOTIVES,
    motives_by_night=_MOTIVES,
    lamps={
        "(?:lights?|power|electricity)": ("practicals", "train"),
        "(?:lamps?|fluorescents?|strip lights?|tubes?)": ("practicals",),
        "(?:signals?|signal lights?|tunnel lights?)": ("signals",),
    },
    groups=("practicals", "signals", "train"),
    key_share=0.22,
    rim_share=0.05,
    rim_color=(0.90, 0.96, 1.0),
    motivated_share=0.40,
)
