"""An esports arena: a lit stage in a dark oval of thousands of people, screens, beams that sweep, a hologram."""

from __future__ import annotations

from secondunit_engine.places.place import LED, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

_MOTIVES = (
    Motive("keys", 30, LED, "the white spots of the rig"),
    Motive("screens", 180, LED, "the screens over the stage"),
)
PLACE = Place(
    name="arena",
    label="arena",
    phrases=(
        "arena, esports arena, e sports arena, gaming arena, stadium, sports arena, indoor arena, concert arena, "
        "baseball stadium, football stadium, esports stage, tournament stage"
    ),
    near="nightclub, club, disco, festival, football field, tennis court",
    far="amphitheater, coliseum",
    dressing=(
        "crowd, audience, spectator, fan, seat, stage, screen, beam, spotlight, light, hologram, truss, monitor, phone"
    ),
    usual_time="night",
    eras=("future",),
    music="bass drops",
    bed="arena",
    camera=CameraPlan(size="WS", lens_mm=24.0, t_stop=2.8, move="fly-through", speed=1.0),
    camera_of_people=CameraPlan(size="FS", lens_mm=35.0, t_stop=2.0, move="push in", speed=0.5),
    layouts=3,
    reach=22.0,
    motives_by_day=_MOTIVES,
    motives_by_night=_MOTIVES,
    lamps={
        "(?:lights?|power|electricity)": ("keys", "beams", "wash", "screens", "led"),
        "(?:spot ?lights?|beams?)": ("keys", "beams"),
        "screens?": ("screens",),
        "holograms?": ("hologram",),
    },
    groups=("beams", "hologram", "keys", "led", "phones", "screens", "wash"),
    key_share=0.45,
    rim_share=0.10,
    motivated_share=0.5,
)
