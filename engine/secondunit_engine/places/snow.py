"""Snow: a white field before a wood of laden firs, a wind-scoured tundra, the edge of a village in winter."""

from __future__ import annotations

from secondunit_engine.places.place import TUNGSTEN, Motive, Place
from secondunit_engine.planning.plan import CameraPlan

PLACE = Place(
    name="snow",
    label="snowy field",
    phrases=(
        "snowy field, snowfield, snow field, snow covered field, snowy landscape, snowy plain, winter landscape, snow, "
        "winter field, snowy forest edge, tundra, arctic, arctic tundra, frozen tundra, arctic plain, antarctica, ice "
        "field, frozen wasteland, polar landscape, winter village, snowy village, snow covered village, winter cabin, "
        "snowy cabin, snow covered hills, winter wonderland"
    ),
    near="ski resort, ski slope, glacier, ice sheet, ice cap, siberia, north pole, south pole, igloo, log cabin",
    dressing=(
        "snow, drift, snowdrift, fir, pine, spruce, tree, footprint, track, fence, fence post, cottage, cabin, hut, "
        "chimney, lit window, window, roof, icicle, horizon, hill, wood, sastrugi"
    ),
    outdoors=True,
    usual_time="day",
    seasons=("winter",),
    snows=True,
    music="calm",
    wardrobe="hoodie",
    camera=CameraPlan(size="WS", angle="eye", lens_mm=24.0, t_stop=4.0, move="push in", speed=0.4),
    suggested_by=("snow", "blizzard"),
    kinds=(
        "snowy field, snowfield, snow field, winter landscape, winter field, snow covered field, snowy landscape",
        "tundra, arctic, antarctica, ice field, frozen wasteland, polar landscape, snowy plain",
        "winter village, snowy village, winter cabin, snowy cabin",
    ),
    layouts=3,
    reach=16.0,
    usual_key="neutral",
    day_stops=0.4,
    motives_by_day=(Motive("sun", 128, None, "the low winter sun"), Motive("sky", -50, None, "the open sky")),
    motives_by_night=(
        Motive("sun", 128, None, "the moon over the snow"),
        Motive("windows", -160, TUNGSTEN, "the lit windows"),
    ),
    lamps={"(?:sun|moon)(?:light)?": ("sun",), "(?:windows?|lights?|lamps?)": ("windows",)},
    groups=("sky", "sun", "windows"),
    key_share=0.05,
    rim_share=0.012,
    rim_color=(1.0, 0.90, 0.76),
    motivated_share=0.10,
)
