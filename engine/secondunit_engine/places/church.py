"""A gothic church: coloured windows, pews, an altar with candles; also a monastery, a throne room, a crypt."""

from __future__ import annotations

from secondunit_engine.places.place import CANDLE, Flames, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="church",
    label="church",
    phrases=(
        "church, cathedral, chapel, gothic cathedral, old church, abbey, monastery, cloister, basilica, nave, "
        "throne room, castle hall, great hall, banquet hall, palace hall, crypt, dungeon, catacomb, catacombs, tomb, "
        "ancient tomb, mausoleum, burial chamber"
    ),
    near=(
        "temple, castle, palace, sanctuary, shrine, mosque, synagogue, convent, vault, chamber, hall, fortress, "
        "citadel, church interior, indoor church, ruined church"
    ),
    far="ruin, ruins, ancient ruins, grave chamber, tower, pyramid, stonework maze, watchtower",
    dressing=(
        "pew, bench, altar, candle, cross, window, stained glass, column, pillar, arch, vault, stone, banner, throne, "
        "carpet, chandelier, brazier, step, icon, sarcophagus"
    ),
    era="ancient",
    music="ancient awe",
    wardrobe="robe",
    bed="library",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.7),
    props=("Door",),
    things={"Door": "Door", "altar": "altar"},
    kinds=(
        "church, cathedral, chapel, basilica",
        "monastery, abbey, cloister",
        "throne room, castle hall, great hall, banquet hall, palace hall",
        "crypt, dungeon, catacomb, catacombs, tomb, mausoleum, burial chamber",
    ),
    layouts=4,
    reach=27.0,
    motives_by_day=(
        Motive("sun", 112, None, "the sun through the windows of the nave"),
        Motive("candles", -120, CANDLE, "the candles"),
    ),
    motives_by_night=(Motive("candles", -120, CANDLE, "the candles"),),
    lamps={"(?:candles?|torch(?:es)?|braziers?)": ("candles",)},
    groups=("candles", "sky", "sun"),
    flames={"candles": Flames(6, 0.02)},
    key_share=0.10,
    rim_share=0.02,
    rim_color=(1.0, 0.82, 0.58),
    motivated_share=0.20,
)
