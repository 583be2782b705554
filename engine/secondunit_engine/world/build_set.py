"""A place, dressed: the plan's word for it becomes a USD layer."""

from __future__ import annotations

import importlib
from pathlib import Path

from secondunit_bridge.errors import BadInput
from secondunit_engine.places import PLACES
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.brought import LEFT_OUT, bring_props
from secondunit_engine.world.tint import check_tint, tint_set


def build_set(plan: SetPlan, folder: Path, library: Path | None = None) -> None:
    """Write `folder/set.usdc` (and `folder/textures/`): the same plan gives the same bytes. What the plan's words bring
    and finds no place is written beside it (`brought.left_out`). `library` is the folder of the project's own things.

    Raises BadInput for a place that no module builds, and for a tint that is none, NotFound for a thing that is no
    longer in the library.
    """
    if plan.place not in PLACES:
        raise BadInput(f"No set is called “{plan.place}”.", mend=f"Choose one of: {', '.join(PLACES)}.")
    if plan.tint:
        check_tint(plan.tint)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("set.usdc", LEFT_OUT):  # what an interrupted build left
        (folder / name).unlink(missing_ok=True)
    module = importlib.import_module(f"secondunit_engine.world.sets.{plan.place}")
    getattr(module, f"build_{plan.place}")(plan, folder)
    if plan.props:
        bring_props(plan, folder / "set.usdc", library)
    if plan.tint:
        tint_set(folder / "set.usdc", plan.tint)
