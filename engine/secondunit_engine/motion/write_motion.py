"""The motion layer: what moves in a shot, as time samples over the set and the cast."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd

from secondunit_engine.motion.aboard import Afloat
from secondunit_engine.motion.car import write_car
from secondunit_engine.motion.events import write_events
from secondunit_engine.motion.flicker import write_flicker
from secondunit_engine.motion.particles import write_particles
from secondunit_engine.motion.prop_actions import write_prop_actions
from secondunit_engine.motion.show import write_show
from secondunit_engine.motion.tyres import slip_events
from secondunit_engine.motion.water import write_water
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.products import ProductStore
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.stage import FIRST_FRAME
from secondunit_engine.world.water import floating_to

FALLS: Final = frozenset(("drop", "throw", "knock over", "break", "fall"))  # what falls.py knows


def write_motion(
    shot: ShotPlan, set_layer: Path, cast_layer: Path, path: Path, store: ProductStore | None = None
) -> None:
    """Write `path`: time samples from FIRST_FRAME for the car, people, what they open, what hangs in the air, the
    set's own show, its water and its flames; and what happens (events.py).

    What a frame holds depends on its number alone, never on the frame before it; only what falls, hangs or floats is
    simulated. Simulated cloth is kept in `store`, where another motion layer finds it.
    """
    stage = new_layer(path)
    stage.SetStartTimeCode(FIRST_FRAME)
    stage.SetEndTimeCode(FIRST_FRAME + shot.frames - 1)
    place = Usd.Stage.Open(str(set_layer))
    drive = write_car(shot, place, stage)
    falling = any(action.verb in FALLS for action in shot.actions)
    afloat = () if falling else _afloat(shot, place, stage)  # what falls, falls on what keeps still
    events = [] if drive is None else slip_events(shot, place, drive)
    hands = dict[str, NDArray[np.floating]]()
    if shot.cast:
        # People bring the body model with them, which takes a second to load.
        from secondunit_engine.motion.people import write_people

        played = write_people(shot, set_layer, cast_layer, stage, store, afloat)
        events, hands = [*events, *played.events], played.hands
    write_prop_actions(shot, place, stage)
    if falling:
        # The solver takes half a second to load.
        from secondunit_engine.motion.falls import write_falls

        events += write_falls(shot, stage, (str(cast_layer), str(set_layer)), hands)
    write_particles(shot, place, stage, drive)
    write_show(shot, place, stage)
    write_water(shot, place, stage)
    write_flicker(shot, place, stage)
    write_events(stage, events)
    stage.GetRootLayer().Save()


def _afloat(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> tuple[Afloat, ...]:
    """Write what floats, if anything of the set does."""
    if not any(floating_to(prim) is not None for prim in place.Traverse()):
        return ()
    from secondunit_engine.motion.floating import write_floating  # brings the solver with it

    return write_floating(shot, place, stage)
