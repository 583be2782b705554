"""Under water: a coral reef, a kelp forest, or a wreck on the sand."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="underwater",
    label="underwater",
    phrases=(
        "underwater, under water, under the sea, underwater world, sea bed, seabed, sea floor, seafloor, ocean floor, "
        "ocean bed, bottom of the sea, bottom of the ocean, bottom of the lake, seabed world, coral reef, reef, "
        "barrier reef, atoll, underwater reef, kelp forest, underwater forest, shipwreck, ship wreck, sunken ship, "
        "sunken wreck, wreck, beneath the waves, beneath the sea, undersea, ocean depths"
    ),
    near="deep sea, deep ocean, underwater cave, sunken city, atlantis, ocean trench, abyss, seaweed forest",
    far="aquarium, fish tank",
    dressing=(
        "sand, coral, reef, rock, seaweed, kelp, sea grass, fish, shoal, school of fish, bubble, sponge, sea fan, "
        "wave, surface, water, light shaft, plankton, wreck, hull, plank, rib, anchor, ripple"
    ),
    outdoors=True,
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.4),
    kinds=(
        "coral reef, reef, barrier reef, atoll, underwater reef",
        "kelp forest, underwater forest, seaweed forest",
        "shipwreck, ship wreck, sunken ship, sunken wreck, wreck",
    ),
    layouts=3,
    reach=14.0,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 150, None, "the sun through the surface"), Motive("sky", -50, None, "the water")),
    motives_by_night=(Motive("sun", 150, None, "the moon through the surface"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    key_share=0.05,
    rim_share=0.012,
    rim_color=(0.72, 0.94, 1.0),
    motivated_share=0.10,
)
