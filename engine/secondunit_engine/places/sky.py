"""The sky above the clouds: an airship's deck, a balloon's basket, or the wing of an aeroplane."""

from __future__ import annotations

from secondunit_engine.places.place import Flames, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="sky",
    label="sky",
    phrases=(
        "above the clouds, over the clouds, among the clouds, in the clouds, sea of clouds, cloud sea, open sky, "
        "in the sky, mid air, midair, airship, airship deck, deck of an airship, zeppelin, flying ship, "
        "hot air balloon, "
        "hot-air balloon, balloon basket, basket of a balloon, basket of a hot-air balloon, wing of a plane, "
        "wing of an aeroplane, wing of an airplane, plane wing, airplane wing, aeroplane wing, wing of the plane"
    ),
    near="floating island, sky city, sky castle, cloud city, flying platform, blimp, dirigible, heaven, stratosphere",
    far="skydiving, parachute, glider, helicopter",
    dressing=(
        "cloud, sky, horizon, sun, rail, deck, plank, rope, basket, wicker, burner, flame, balloon, envelope, wing, "
        "engine, fuselage, window, flap, wind"
    ),
    outdoors=True,
    usual_time="magic hour",
    music="calm",
    wardrobe="t-shirt",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=5.6, move="push in", speed=0.3),
    kinds=(
        "airship, airship deck, deck of an airship, zeppelin, flying ship, sky city, flying platform, blimp, dirigible",
        "hot air balloon, hot-air balloon, balloon basket, basket of a balloon, basket of a hot-air balloon",
        "wing of a plane, wing of an aeroplane, wing of an airplane, plane wing, airplane wing, aeroplane wing, "
        "wing of the plane",
    ),
    layouts=3,
    reach=12.0,
    usual_key="neutral",
    motives_by_day=(Motive("sun", 142, None, "the sun over the clouds"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(Motive("sun", 142, None, "the moon over the clouds"),),
    lamps={"(?:sun|moon)(?:light)?": ("sun",), "(?:burner|flame|fire)s?": ("practicals",)},
    groups=("practicals", "sky", "sun"),
    flames={"practicals": Flames(2, 0.05)},
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.88, 0.70),
    motivated_share=0.10,
)
