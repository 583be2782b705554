"""An alley behind old houses, damp, with one lamp over a door."""

from __future__ import annotations

from secondunit_engine.places.place import LED, TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="alley",
    label="alley",
    phrases="alley, alleyway, back alley, backstreet, back street, dark alley, side alley, passage, laneway",
    near="courtyard, backyard, loading dock, narrow street, slum, ghetto",
    dressing=(
        "fire escape, dumpster, trash can, trash, garbage, pipe, brick wall, brick, wall, puddle, steam, lamp, neon, "
        "sign, crate, pallet, door, window, cable, reflection, poster"
    ),
    outdoors=True,
    usual_time="night",
    eras=("1940s", "future"),
    music="dark pulse",
    camera=CameraPlan(size="WS", lens_mm=24.0, t_stop=2.0, move="push in", speed=0.4),
    layouts=3,
    reach=22.0,
    noon=(192.0,),
    motives_by_night=(
        Motive("lamps", 130, TUNGSTEN, "the lamp over the door"),
        Motive("neon", -160, LED, "the neon over the bar's back door"),
    ),
    lamps={
        "(?:lights?|power|electricity)": ("lamps", "windows", "neon"),
        "(?:lamps?|street ?lamps?)": ("lamps",),
        "neon(?: signs?| lights?)?": ("neon",),
    },
    groups=("lamps", "neon", "shops", "sky", "sun", "windows"),
    key_share=0.08,
    rim_share=0.05,
    motivated_share=0.18,
)
