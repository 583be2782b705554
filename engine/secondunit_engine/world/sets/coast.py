"""A coast, the sea behind the hero: a beach in the surf, a timber pier on a lake, or rocks that the sea breaks on.

The seed's layout chooses which; what bounds a floor (posts, boats, boulders) is dealt by the layout, waves, sand and
sky by the seed. Weather makes the sea: wind raises it, a storm more. The sun stands over the sea, aside, so that the
water glitters and people have a bright edge. Light groups: `sun`, `sky`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from pxr import Usd

from secondunit_engine.places import layout_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.author import RGB, add_mark, facing, look_at, new_layer
from secondunit_engine.world.sets.coast_beach import add_beach
from secondunit_engine.world.sets.coast_pier import add_pier
from secondunit_engine.world.sets.coast_rocks import add_rocks
from secondunit_engine.world.sky import add_sky, hour_of, open_to_the_moon, paint_sky
from secondunit_engine.world.stage import camera_mark
from secondunit_engine.world.water import add_sea_air

_SUN: Final = 178.0  # bearing: over the sea, right of what the cameras see
_TURN: Final = 26.0  # degrees that they look along the shore, so that its lines run away through the frame
_BUILDERS: Final = (add_beach, add_pier, add_rocks)


def build_coast(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    stage = new_layer(folder / "set.usdc")
    _BUILDERS[layout](stage, folder, plan, layout)
    low = 0 < hour_of(plan.time_of_day).rise < 7
    painted = paint_sky(
        plan.time_of_day, plan.weather, plan.seed, sun_bearing=_SUN, ground=(0.05, 0.08, 0.10),
        rise=6.0 if low else None,
    )  # fmt: skip
    sky = add_sky(stage, folder, painted)
    open_to_the_moon(stage, sky)
    add_sea_air(stage, plan, sky.horizon, 0.00015)
    _add_marks(stage)
    stage.GetRootLayer().Save()


def _add_marks(stage: Usd.Stage) -> None:
    add_mark(stage, "hero", facing((0, 0, 0), _turned((0.25, 0, 1))))
    add_mark(stage, "hero_2", facing(_turned((-0.95, 0, 0.4)), _turned((1, 0, 0.3))))
    add_mark(stage, "hero_3", facing(_turned((0.9, 0, -0.5)), _turned((-0.6, 0, 1))))
    cameras: dict[str, tuple[RGB, RGB]] = {
        "EWS": ((2.2, 2.1, 9.4), (-0.5, 0.95, 0.0)),
        "WS": ((1.5, 1.62, 6.2), (-0.1, 0.98, 0.0)),
        "FS": ((0.95, 1.42, 4.6), (-0.1, 1.02, 0.0)),
        "MFS": ((0.75, 1.45, 3.5), (-0.08, 1.16, 0.0)),
        "MS": ((0.60, 1.52, 2.6), (-0.05, 1.38, 0.0)),
        "MCU": ((0.48, 1.58, 2.0), (-0.03, 1.50, 0.0)),
        "CU": ((0.40, 1.62, 1.6), (0.0, 1.58, 0.0)),
        "ECU": ((0.33, 1.64, 1.3), (0.0, 1.62, 0.0)),
    }
    for size, (eye, target) in cameras.items():
        add_mark(stage, camera_mark(size), look_at(_turned(eye), _turned(target)))


def _turned(place: RGB) -> RGB:
    """A place or way turned about the hero's mark to where the cameras are."""
    x, y, z = place
    c, s = np.cos(np.radians(_TURN)), np.sin(np.radians(_TURN))
    return float(c * x + s * z), y, float(c * z - s * x)
