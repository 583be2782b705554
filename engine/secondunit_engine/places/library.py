"""An ancient library in a stone nave: a relic on a pedestal, books, candles, sun through tall windows."""

from __future__ import annotations

from secondunit_engine.places.place import CANDLE, Flames, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="library",
    label="ancient library",
    phrases="library, ancient library, old library, reading room, archive, scriptorium, stacks, bookcase",
    near=(
        "museum, university, courtroom, bookshop, bookstore, manor, mansion, tavern, inn, "
        "academy, observatory, art gallery, town hall, study room"
    ),
    far=(
        "cave, forest, jungle, garden, rainforest, woods, woodland, grove, mine, coal mine, "
        "greenhouse, clock tower, botanical garden, treehouse"
    ),
    dressing=(
        "book, shelf, bookshelf, pedestal, column, arch, window, ladder, desk, stone, stone pedestal, manuscript"
    ),
    era="ancient",
    music="ancient awe",
    wardrobe="robe",
    bed="library",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=1.0),
    marks=("hero", "companion"),
    props=("Relic", "Door"),
    suggested_by=("Relic",),
    things={"Relic": "pedestal", "Door": "door", "Lantern": "Lantern", "pedestal": "pedestal"},
    hero_at="pedestal",
    motives_by_day=(Motive("sun", 134, None, "the sun through the nave's windows"),),
    motives_by_night=(Motive("candles", 128, CANDLE, "the candles on the stand beyond the pedestal"),),
    lamps={"candles?": ("candles",)},
    groups=("candles", "relic", "sky", "sun"),
    flames={"candles": Flames(4, 0.02)},
    key_share=0.04,
    rim_share=0.012,
    rim_color=(1.0, 0.82, 0.58),
    motivated_share=0.12,
)
