"""A mountain: a shoulder before a summit, the brink of a cliff, a valley's floor, or a canyon's bed."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="mountain",
    label="mountain",
    phrases=(
        "mountain, mountains, mountain range, mountain peak, mountain top, mountaintop, mountain pass, mountain ridge, "
        "summit, cliff, cliffs, cliff edge, cliff top, clifftop, valley, mountain valley, alpine valley, canyon, "
        "grand canyon, gorge, ravine, alps, highlands, foothills, mountainside, precipice, mountain meadow"
    ),
    near="volcano, crater, hilltop, fjord, plateau, glacier valley, rocky shore, alpine meadow, crevasse",
    far="himalayas",
    dressing=(
        "rock, stone, boulder, scree, peak, ridge, cloud, grass, pine, slope, rock face, snow, mist, horizon, ledge, "
        "cairn, path"
    ),
    outdoors=True,
    snows=True,
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=5.6, move="push in", speed=0.5),
    kinds=(
        "mountain peak, mountain top, mountaintop, summit, mountain pass, mountain ridge",
        "cliff, cliffs, cliff edge, clifftop, precipice",
        "valley, mountain valley, alpine valley, mountain meadow, foothills",
        "canyon, grand canyon, gorge, ravine",
    ),
    layouts=4,
    reach=16.0,
    usual_key="neutral",
    noon=(70.0, 70.0, 70.0, 30.0),  # along the canyon, or it would not reach the bed
    motives_by_day=(Motive("sun", 70, None, "the sun over the ranges"), Motive("sky", -60, None, "the open sky")),
    motives_by_night=(Motive("sun", 70, None, "the moon over the ranges"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    day_stops=0.35,
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.88, 0.70),
    motivated_share=0.10,
)
