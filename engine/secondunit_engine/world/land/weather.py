"""What a plan's weather and time mean for open land, in one place for all of its sets."""

from __future__ import annotations

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.land.seasons import SNOW


def is_wet(plan: SetPlan) -> bool:
    """Whether the ground is wet."""
    return bool({"rain", "storm", "drizzle", "wet"} & set(plan.weather))


def is_raining(plan: SetPlan) -> bool:
    return bool({"rain", "storm", "drizzle"} & set(plan.weather))


def is_snowy(plan: SetPlan) -> bool:
    """Whether snow falls, and lies."""
    return bool(SNOW & set(plan.weather))


def is_thick(plan: SetPlan) -> bool:
    """Whether the air hides what is far."""
    return bool({"fog", "mist"} & set(plan.weather))


def is_overcast(plan: SetPlan) -> bool:
    """Whether the weather brings its own clouds."""
    return is_raining(plan) or is_snowy(plan) or is_thick(plan) or bool({"overcast", "cloudy"} & set(plan.weather))
