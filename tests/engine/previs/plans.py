"""Hand-made plans that the previs tests draw: one small room, people in robes, nothing planned by the planner."""

from __future__ import annotations

from secondunit_bridge.timing import Rate
from secondunit_engine.planning.plan import (
    ActionPlan,
    BeatPlan,
    CameraPlan,
    CastPlan,
    DialoguePlan,
    PathPlan,
    Plan,
    SetPlan,
    ShotPlan,
    Spot,
    Station,
)

ROOM = SetPlan("bedroom_studio", time_of_day="night")
MARA = CastPlan("Mara", wardrobe="hooded robe", seed=3)
WALK = PathPlan("Mara", (Spot(0, -0.9, 1.0, 90.0), Spot(24, 0.35, 1.0, 90.0)))

CAMERA = CameraPlan(
    size="WS", lens_mm=24.0, subject="Mara", focus_on="Mara", setup="master",
    station=Station((0.0, 1.5, 4.0), (0.0, 1.1, 0.0)),
)  # fmt: skip


def shot(number: int = 10, **changes: object) -> ShotPlan:
    """Mara crosses the room and says a line, in a wide shot that stands still."""
    values: dict[str, object] = {
        "id": f"sh{number:03d}",
        "scene": "sc010",
        "heading": "INT. BEDROOM - NIGHT",
        "frames": 25,
        "rate": Rate(24),
        "seed": 5,
        "set": ROOM,
        "camera": CAMERA,
        "cast": (MARA,),
        "actions": (ActionPlan("Mara", "walk", 0, 24),),
        "dialogue": (DialoguePlan("Mara", "Where is it?", 4, 18),),
        "beats": (BeatPlan("b1", "Mara crosses <the> room.", "action", 0, 25),),
        "blocking": (WALK,),
    }  # fmt: skip
    return ShotPlan(**(values | changes))  # type: ignore[arg-type]


def film(*shots: ShotPlan) -> Plan:
    return Plan("The Room", shots or (shot(10), shot(20, seed=6)))
