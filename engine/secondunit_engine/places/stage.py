"""A theatre's stage before its house: boards, a red curtain, a follow spot, footlights; or a concert's."""

from __future__ import annotations

from secondunit_engine.places.place import TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

_MOTIVES = (
    Motive("keys", -17, TUNGSTEN, "the follow spot"),
    Motive("wash", 180, None, "the colours over the stage"),
)
PLACE = Place(
    name="stage",
    label="theatre stage",
    phrases=(
        "stage, theatre, theater, theatre stage, theater stage, opera house, opera, playhouse, auditorium, concert, "
        "concert hall, concert stage, music hall"
    ),
    near="ballroom, dance hall, cabaret, circus, movie theater, indoor movie theater, cinema, lecture hall",
    dressing=(
        "curtain, spotlight, beam, footlight, seat, audience, proscenium, box, balcony, chandelier, microphone, drums, "
        "amplifier, truss, board"
    ),
    usual_time="night",
    music="tense",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.6),
    kinds=(
        "theatre, theater, opera house, opera, playhouse, auditorium",
        "concert, concert hall, concert stage, music hall",
    ),
    layouts=2,
    reach=27.0,
    motives_by_day=_MOTIVES,
    motives_by_night=_MOTIVES,
    lamps={
        "(?:lights?|power|electricity)": ("keys", "wash", "footlights", "house"),
        "(?:spot ?lights?|follow spots?)": ("keys",),
        "foot ?lights?": ("footlights",),
        "house lights?": ("house",),
    },
    groups=("footlights", "house", "keys", "wash"),
    key_share=0.12,
    rim_share=0.04,
    motivated_share=0.25,
)
