"""Inside a spaceship: a bridge with a window on a planet, or a corridor, by the seed."""

from __future__ import annotations

from secondunit_engine.places.place import LED, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

_MOTIVES = (
    Motive("star", -150, None, "the sun through the window"),
    Motive("practicals", 150, LED, "the strips of the ceiling"),
)
PLACE = Place(
    name="spaceship",
    label="spaceship",
    phrases=(
        "spaceship, spacecraft, starship, space ship, space station, spaceship bridge, starship bridge, bridge of a "
        "spaceship, bridge of the spaceship, bridge of a starship, spaceship cockpit, spaceship corridor, starship "
        "corridor, space station corridor, spaceship interior, airlock, command deck, flight deck, mothership"
    ),
    near=(
        "cockpit, cryo bay, cryo chamber, laboratory, lab, submarine, bunker, control room, mission control, "
        "data center"
    ),
    far="server room",
    dressing=(
        "console, screen, display, monitor, window, star, planet, seat, hatch, door, panel, pipe, grate, hologram, "
        "light, table, button"
    ),
    kinds=(
        "bridge, spaceship cockpit, command deck, flight deck, control room, mission control",
        "corridor, airlock",
    ),
    layouts=2,
    usual_time="night",
    era="future",
    music="dark pulse",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=2.8, move="push in", speed=0.5),
    motives_by_day=_MOTIVES,
    motives_by_night=_MOTIVES,
    lamps={
        "(?:lights?|power|electricity)": ("practicals", "floor", "screens"),
        "(?:lamps?|strip lights?|ceiling lights?)": ("practicals",),
        "(?:screens?|monitors?|consoles?|displays?|holograms?)": ("screens",),
        "floor lights?": ("floor",),
    },
    groups=("floor", "practicals", "screens", "space", "star"),
    key_share=0.22,
    rim_share=0.05,
    rim_color=(0.80, 0.90, 1.0),
    motivated_share=0.40,
)
