"""What the season does to a wood: colours of what grows, and whether crowns are bare.

Colours are linear Rec.709, per reflectance; after photographs of temperate woods of Europe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.mesh import RGB, scaled

SNOW: Final = frozenset({"snow", "blizzard"})
_DEAD_FERN: Final = (0.115, 0.064, 0.026)


@dataclass(frozen=True)
class Growth:
    """How a wood looks in its season. bare: Trees and shrubs have no leaves. ferns: Share of them that stands.
    frost: Share of the ground that is white. flowers: Whether the ground is in flower."""

    season: str
    leaf: RGB
    shrub: RGB
    fern: RGB
    grass: RGB
    litter: RGB
    bare: bool = False
    ferns: float = 1.0
    frost: float = 0.0
    flowers: bool = False


def season_of(plan: SetPlan) -> str:
    """The season of an outdoor plan: the one that was said, else its weather's, else by its seed autumn or summer."""
    if plan.season:
        return plan.season
    if SNOW & set(plan.weather):
        return "winter"
    return "autumn" if plan.seed % 6 in (3, 4) else "summer"


def growth(plan: SetPlan, leaf: RGB, autumn: RGB, ground: RGB, *, evergreen: bool) -> Growth:
    """How a wood of leaves of these colours, over earth of that one, grows in the season of a plan."""
    season, warm = season_of(plan), (1.2, 1.02, 0.8)
    shrub = _times(scaled(leaf, 1.15), warm)
    green, grass, earth = (0.075, 0.155, 0.030), (0.09, 0.15, 0.035), scaled(ground, 1.9)
    if season == "spring":
        fresh = _times(leaf, (1.5, 1.28, 1.1))
        fern, young = (0.115, 0.215, 0.035), (0.115, 0.20, 0.04)
        return Growth(season, fresh, _times(fresh, warm), fern, young, earth, flowers=True)
    if season == "autumn":
        fern = (0.20, 0.105, 0.022) if plan.seed % 2 else green
        return Growth(season, autumn, scaled(autumn, 0.9), fern, grass, autumn)
    if season == "winter":
        dull = scaled(leaf, 0.8) if evergreen else (0.075, 0.052, 0.036)
        straw = (0.20, 0.165, 0.09)
        return Growth(season, dull, dull, _DEAD_FERN, straw, scaled(ground, 1.5), not evergreen, 0.35, 0.22)
    return Growth(season, leaf, shrub, green, grass, earth)


def _times(color: RGB, by: RGB) -> RGB:
    return color[0] * by[0], color[1] * by[1], color[2] * by[2]
