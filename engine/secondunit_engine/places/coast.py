"""A coast: a beach in the surf, a timber pier with a boat, or rocks that the sea breaks on."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="coast",
    label="coast",
    phrases=(
        "coast, beach, seaside, seashore, shore, shoreline, coastline, sandy beach, tropical beach, pier, harbour, "
        "harbor, dock, docks, jetty, wharf, marina, quay, lakeside, lake shore, rocky coast, rocky shore, rocky beach, "
        "sea cliffs, coastal cliffs, cove, bay, boardwalk, boat dock, lake, surf, tide pool"
    ),
    near=(
        "island, tropical island, desert island, lagoon, fishing village, port, riverbank, river, waterfront, "
        "lighthouse"
    ),
    far="pond, fjord, canal, reservoir, dam, waterfall, water park, ferry terminal, shipyard, delta",
    dressing=(
        "sand, sea, wave, foam, pebble, shell, driftwood, seaweed, rock, rowing boat, boat, post, plank, rope, dune, "
        "dune grass, horizon, water, pile, spray, tide"
    ),
    outdoors=True,
    usual_time="afternoon",
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.5),
    kinds=(
        "beach, sandy beach, tropical beach, seaside, seashore, surf, shoreline",
        "pier, harbour, harbor, dock, docks, jetty, wharf, marina, quay, lakeside, lake, boat dock, boardwalk, "
        "lake shore",
        "rocky coast, rocky shore, rocky beach, sea cliffs, coastal cliffs, cove, tide pool",
    ),
    layouts=3,
    reach=14.0,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 142, None, "the sun over the sea"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(Motive("sun", 142, None, "the moon over the sea"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    day_stops=0.7,
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.88, 0.68),
    motivated_share=0.10,
)
