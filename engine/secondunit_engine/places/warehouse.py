"""A steel hall under roof lights: a warehouse of racks and pallets, or a workshop with cars."""

from __future__ import annotations

from secondunit_engine.places.place import SODIUM, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="warehouse",
    label="warehouse",
    phrases=(
        "warehouse, abandoned warehouse, storehouse, depot, storage hall, logistics center, industrial hall, factory, "
        "abandoned factory, factory floor, workshop, garage, auto repair shop, car workshop, hangar, airplane hangar"
    ),
    near="mill, brewery, barn, shed, boiler room, power plant, shipyard, foundry",
    far="oil rig, silo, refinery",
    dressing=(
        "rack, shelf, pallet, crate, carton, drum, forklift, chain, hook, hoist, puddle, girder, column, roller door, "
        "lamp, concrete, line, tyre, workbench"
    ),
    music="tense",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.6),
    kinds=(
        "warehouse, storehouse, depot, storage hall, logistics center, industrial hall",
        "factory, workshop, garage, repair shop, hangar",
    ),
    layouts=2,
    reach=25.0,
    motives_by_day=(
        Motive("sun", 108, None, "the sun through the roof lights"),
        Motive("sky", 180, None, "the roller door"),
    ),
    motives_by_night=(Motive("practicals", 150, SODIUM, "the high bays"),),
    lamps={"(?:lights?|power|electricity|lamps?)": ("practicals",)},
    groups=("practicals", "sky", "sun"),
    key_share=0.16,
    rim_share=0.04,
    rim_color=(1.0, 0.84, 0.62),
    motivated_share=0.30,
)
