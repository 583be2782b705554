"""Above the clouds: the deck of an airship, the basket of a hot-air balloon, or the wing of an airliner.

The seed's layout chooses which; the seed deals the clouds. They go by: slowly past a balloon, fast past a wing. Light
groups: `sun`, `sky`, and `practicals`: lanterns, the burner, the wing's lights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import CloudSea, Motes, add_air
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.land.weather import is_overcast
from secondunit_engine.world.mesh import scaled
from secondunit_engine.world.sets.sky_craft import Craft, airship, balloon, wing
from secondunit_engine.world.sky import Sky, add_sky, open_to_the_moon, paint_sky
from secondunit_engine.world.stage import camera_mark

Array = NDArray[np.floating]
_SUN: Final = 150.0  # bearing: ahead and to the right, so that clouds have bright rims
_CLOUD: Final[RGB] = (0.28, 0.30, 0.33)  # what the sheet below throws back
_CRAFTS: Final = (airship, balloon, wing)
_CAMERAS: Final[dict[str, tuple[RGB, RGB]]] = {
    "EWS": ((2.3, 1.40, 7.4), (-0.4, 1.75, 0.0)),
    "WS": ((1.5, 1.45, 5.2), (-0.2, 1.25, 0.0)),
    "FS": ((1.05, 1.55, 4.4), (-0.1, 1.05, 0.0)),
    "MFS": ((0.80, 1.50, 3.5), (-0.08, 1.18, 0.0)),
    "MS": ((0.60, 1.55, 2.6), (-0.05, 1.40, 0.0)),
    "MCU": ((0.48, 1.60, 2.0), (-0.03, 1.50, 0.0)),
    "CU": ((0.40, 1.63, 1.6), (0.0, 1.58, 0.0)),
    "ECU": ((0.33, 1.64, 1.3), (0.0, 1.62, 0.0)),
}


def build_sky(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    stage = new_layer(folder / "set.usdc")
    craft = _CRAFTS[layout_of(plan)](folder, plan)
    craft.kit.write(stage, f"{names.SET}/{craft.name}", craft.materials, groups={"lamp": ("practicals", 0.5)})
    painted = paint_sky(
        plan.time_of_day, (), plan.seed, sun_bearing=_SUN, ground=_CLOUD, clouds=0.0, season=plan.season,
    )  # fmt: skip
    sky = add_sky(stage, folder, painted)
    open_to_the_moon(stage, sky)
    _add_clouds(stage, plan, sky, craft)
    _add_marks(stage, craft)
    stage.GetRootLayer().Save()


def _add_clouds(stage: Usd.Stage, plan: SetPlan, sky: Sky, craft: Craft) -> None:
    """The sheet below, closed or broken by the weather, and towers that stand out of it."""
    rng = np.random.Generator(np.random.PCG64([plan.seed, 471]))
    words = set(plan.weather)
    cover = 0.72 if "clear" in words else 0.90 + 0.07 * rng.random()
    heaps = 0.30 if is_overcast(plan) else float(rng.uniform(0.10, 0.22))
    rise = max(float(sky.towards[1]), 0.045)
    towards = np.array([sky.towards[0], rise, sky.towards[2]])
    mean = 0.7 * np.asarray(sky.zenith) + 0.3 * np.asarray(sky.horizon)
    strong = 2.0 if sky.night else 0.80  # a photographer of clouds stops down for them
    sea = CloudSea(
        base=-2_950.0, sheet=2_800.0, towers=4_900.0, cover=cover, heaps=heaps, towards=_rgb(towards),
        sun=scaled(sky.sun, strong), sky=_rgb(0.62 * mean), wind=craft.wind, seed=plan.seed,
    )  # fmt: skip
    add_air(stage, "Clouds", sea)
    if craft.wind[2] < 30:
        speck = scaled(sky.sun, 0.03)
        add_air(stage, "Motes", Motes((-6, 0.1, -7), (6, 4, 7), speck, 50, size=0.004, drift=0.3))


def _add_marks(stage: Usd.Stage, craft: Craft) -> None:
    add_mark(stage, "hero", facing((0, 0, 0), (0.25, 0, 1)))
    for name, (x, z) in zip(("hero_2", "hero_3"), craft.others, strict=True):
        add_mark(stage, name, facing((x, 0, z), (-x, 0, 0.5)))
    for size, (eye, target) in {**_CAMERAS, **craft.cameras}.items():
        add_mark(stage, camera_mark(size), look_at(eye, target))


def _rgb(values: Array) -> RGB:
    r, g, b = np.asarray(values, float).tolist()
    return r, g, b
