"""A forest: a glade under tall trees, sun through the crowns, ferns and fallen wood."""

from __future__ import annotations

from secondunit_engine.places.place import Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="forest",
    label="forest",
    phrases=(
        "forest, woods, woodland, pine forest, autumn forest, enchanted forest, dark forest, forest path, glade, "
        "clearing, forest clearing, grove, redwood forest, birch forest, oak forest, deep forest, forest floor"
    ),
    near=("jungle, rainforest, campsite, swamp, treehouse, bamboo forest, wilderness, cemetery, graveyard"),
    far=("mountain, valley, lake, river, zen garden, zoo"),
    dressing=(
        "tree, trunk, branch, leaf, fern, moss, root, log, rock, stone, path, bush, grass, undergrowth, canopy, pine, "
        "oak, foliage, twig, bark"
    ),
    outdoors=True,
    snows=True,
    seasons=("spring", "summer", "autumn", "winter"),
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    kinds=("autumn forest, redwood forest, beech", "pine forest, birch forest", "oak forest, enchanted forest"),
    layouts=3,
    reach=14.0,
    usual_key="neutral",
    motives_by_day=(
        Motive("sun", 152, None, "the sun through the crowns"),
        Motive("sky", -40, None, "the sky over the glade"),
    ),
    motives_by_night=(Motive("sun", 116, None, "the moon through the crowns"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",)},
    groups=("sky", "sun"),
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.85, 0.62),
    motivated_share=0.10,
)
