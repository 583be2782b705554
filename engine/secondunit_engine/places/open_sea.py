"""The open sea: the deck of a wooden sailing boat or a raft of logs, the swell to the horizon."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="open_sea",
    label="open sea",
    phrases=(
        "open sea, sea, ocean, open ocean, high seas, middle of the ocean, stormy sea, calm sea, ocean waves, "
        "boat deck, ship deck, deck of a ship, deck of a boat, sailing boat, sailboat, yacht, fishing boat, "
        "raft, life raft, at sea, boat at sea, ship, pirate ship"
    ),
    near="atlantic, pacific ocean, cruise ship, ferry, trawler, schooner, gulf, strait, seven seas",
    far="submarine, aircraft carrier, iceberg",
    dressing=(
        "sea, wave, swell, horizon, deck, plank, mast, boom, sail, rope, rail, bow, foam, water, spray, log, barrel, "
        "bulwark, hatch"
    ),
    outdoors=True,
    usual_time="afternoon",
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.3),
    kinds=(
        "sailing boat, sailboat, yacht, boat deck, ship deck, ship, deck of a ship, deck of a boat, fishing boat, "
        "pirate ship",
        "raft, life raft",
    ),
    layouts=2,
    reach=11.0,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 150, None, "the sun over the sea"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(Motive("sun", 150, None, "the moon over the sea"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    day_stops=0.6,
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.88, 0.68),
    motivated_share=0.10,
)
