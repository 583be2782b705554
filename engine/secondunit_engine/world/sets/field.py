"""Fields: a meadow in flower, standing wheat with a tractor's lane through it, or a park under trees.

The seed's layout chooses which, and where fences and trees stand, since they bound the floor; the seed deals blades,
flowers, far fields and the sky. Seasons change what grows: young corn in spring, stubble and bales in autumn. Grass is
three rings of blades, thinner and broader with their distance from where people stand and cameras look. Light groups:
`sun`, `sky`.
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
from secondunit_engine.world.author import add_mesh, new_layer
from secondunit_engine.world.land import surfaces
from secondunit_engine.world.land.country import Country, Land, add_far_land, add_far_trees
from secondunit_engine.world.land.open_air import add_open_air, add_open_sky
from secondunit_engine.world.land.seasons import SNOW, season_of
from secondunit_engine.world.land.standing import View, add_open_marks
from secondunit_engine.world.land.terrain import Terrain
from secondunit_engine.world.land.weather import is_snowy, is_wet
from secondunit_engine.world.mesh import RGB, scaled
from secondunit_engine.world.sets.field_meadow import add_meadow
from secondunit_engine.world.sets.field_park import add_park
from secondunit_engine.world.sets.field_wheat import add_wheat
from secondunit_engine.world.textures import textured

Array = NDArray[np.floating]
NEAR: Final = 62.0  # m that the tiled ground reaches
_SOIL: Final[RGB] = (0.075, 0.052, 0.034)
LEAF: Final[dict[str, RGB]] = {
    "spring": (0.105, 0.185, 0.035),
    "summer": (0.065, 0.125, 0.026),
    "autumn": (0.22, 0.115, 0.022),
    "winter": (0.070, 0.055, 0.040),
}
CROPS: Final[dict[str, tuple[RGB, ...]]] = {
    "spring": ((0.085, 0.165, 0.03), (0.075, 0.13, 0.028), (0.42, 0.36, 0.03), (0.11, 0.08, 0.052)),
    "summer": ((0.085, 0.13, 0.032), (0.26, 0.195, 0.075), (0.11, 0.15, 0.04), (0.33, 0.26, 0.11), (0.07, 0.11, 0.028)),
    "autumn": ((0.10, 0.12, 0.035), (0.27, 0.215, 0.115), (0.105, 0.075, 0.048), (0.22, 0.18, 0.085)),
    "winter": ((0.095, 0.10, 0.042), (0.10, 0.075, 0.052), (0.16, 0.14, 0.075), (0.08, 0.095, 0.04)),
}
_WIDE: Final[tuple[dict[str, View], ...]] = (
    {"EWS": ((1.7, 1.05, 10.2), (-0.35, 2.05, 0.0)), "WS": ((1.2, 0.98, 6.6), (-0.15, 1.45, 0.0))},
    {"EWS": ((1.1, 1.55, 10.2), (-0.35, 1.75, 0.0)), "WS": ((0.9, 1.32, 6.6), (-0.15, 1.35, 0.0))},
    {"EWS": ((1.7, 1.20, 10.2), (-0.45, 2.35, 0.0)), "WS": ((1.2, 1.10, 6.6), (-0.25, 1.65, 0.0))},
)
_FAR_TREES: Final = ((48.0, (44, 1000)), (48.0, (44, 1000)), (74.0, (10, 700)))  # from [m], how many
_BUILD: Final = (add_meadow, add_wheat, add_park)


def build_field(plan: SetPlan, folder: Path) -> None:
    """Write folder/set.usdc and folder/textures."""
    layout = layout_of(plan)
    season = plan.season or ("winter" if SNOW & set(plan.weather) else "summer")
    stage = new_layer(folder / "set.usdc")
    land = Land(_country(season, park=layout == 2), layout * 71 + plan.seed // 3 % 5)
    terrain = land.terrain()
    ground = _BUILD[layout](stage, folder, plan, terrain, season)
    _add_ground(stage, folder, plan, terrain, ground)
    add_far_land(stage, folder, land, plan.seed, NEAR - 0.6, _white(ground, plan))
    add_far_trees(stage, land, layout * 71 + 5, *_FAR_TREES[layout])
    sky = add_open_sky(stage, folder, plan, ground, season_of(plan) if plan.season else "", 0.26)
    add_open_air(stage, plan, sky, specks=220)
    add_open_marks(stage, _WIDE[layout])
    stage.GetRootLayer().Save()


def _country(season: str, *, park: bool) -> Country:
    leaf = LEAF[season]
    return Country(CROPS[season], leaf, hill=0.5 if park else 1.9, woods=0.34 if park else 0.13, own=70 if park else 95)


def _white(ground: RGB, plan: SetPlan) -> RGB:
    """The hero's own field from afar."""
    return (0.74, 0.78, 0.83) if is_snowy(plan) else ground


def _add_ground(stage: Usd.Stage, folder: Path, plan: SetPlan, terrain: Terrain, ground: RGB) -> None:
    """Turf about the hero, of the colour that the far land goes on in."""
    tile = surfaces.sward(plan.seed % 5 + 311, scaled(ground, 0.9), scaled(ground, 1.25), _SOIL, 0.25, is_wet(plan))
    if is_snowy(plan):
        tile = surfaces.under_snow(tile, plan.seed, 0.95)
    soil = textured(folder, "turf", tile, 0.05, specular=0.2)
    add_mesh(stage, f"{names.SET}/Ground", terrain.mesh(0, NEAR, 216, 4.0), soil)
