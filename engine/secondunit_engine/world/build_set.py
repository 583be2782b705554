"""A place, dressed: the plan's word for it becomes a USD layer."""

from __future__ import annotations

import importlib
from pathlib import Path

from secondunit_bridge.errors import BadInput
from secondunit_engine.places import PLACES
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.brought import bring_props
from secondunit_engine.world.tint import check_tint, tint_set


def build_set(plan: SetPlan, folder: Path) -> None:
    """Write `folder/set.usdc` (and `folder/textures/`): the same plan gives the same bytes.

    Raises BadInput for a place that no module builds, and for a tint that is none.
    """
    if plan.place not in PLACES:
        raise BadInput(f"No set is called “{plan.place}”.", mend=f"Choose one of: {', '.join(PLACES)}.")
    if plan.tint:
        check_tint(plan.tint)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "set.usdc").unlink(missing_ok=True)  # what an interrupted build left
    module = importlib.import_module(f"secondunit_engine.world.sets.{plan.place}")
    getattr(module, f"build_{plan.place}")(plan, folder)
    if plan.props:
        bring_props(plan, folder / "set.usdc")
    if plan.tint:
        tint_set(folder / "set.usdc", plan.tint)
