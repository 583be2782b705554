"""What tyres hold: a run that asks more of them than friction gives makes them slip, which is heard and seen.

The force of a tyre along and across its way lies in a circle of friction times load (Kamm; Gillespie 1992, chapter 10).
A slip changes how wheels turn, never where the car is: the run is the director's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom

from secondunit_engine.motion.events import Event
from secondunit_engine.motion.suspension import ROAD_CAR, Suspension
from secondunit_engine.planning.driving import Drive
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world.air import RainField, read_field
from secondunit_engine.world.props.car import CAR
from secondunit_engine.world.props.car_body import FRONT_AXLE, REAR_AXLE
from secondunit_engine.world.stage import AIR

Array = NDArray[np.floating]
Axle = Literal["front", "rear"]

_GRAVITY: Final = 9.81
_GRIP: Final = {False: 0.95, True: 0.55}  # friction of tyres on dry and on wet asphalt
_LOCKED: Final = 0.2  # of their rolling that braked wheels keep as they slip
_SPUN: Final = 1.35  # of it that driven wheels have
_SHORTEST: Final = 0.05  # s of a slip that is told
_DRIFTS: Final = 1.15  # times the grip, that a car which drifts asks of its rear tyres across its way


@dataclass(frozen=True)
class Slip:
    """One axle that slips: from and until when [story s], the acceleration that its grip lacks [m/s2], and how far its
    wheels turn for each metre driven, of a rolling wheel's one."""

    start: float
    end: float
    axle: Axle
    lacks: float
    turns: float


def water_on(place: Usd.Stage) -> float:
    """How wet a set's road is, 0 dry to 1, from how thick its rain is."""
    air = place.GetPrimAtPath(AIR)
    fields = [read_field(prim) for prim in (air.GetChildren() if air else ())]
    wet = [water_of(field) for field in fields if isinstance(field, RainField)]
    return max(wet, default=0.0)


def water_of(rain: RainField) -> float:
    """How much water rain leaves on a road, 0 to 1: all that tyres can throw from a streak a cubic metre on."""
    volume = float(np.prod(np.array(rain.high) - np.array(rain.low)))
    return float(np.clip(rain.streaks / max(volume, 1e-9) / 1.1, 0.25, 1.0))


def holds(along: float, across: float, friction: float) -> bool:
    """Whether tyres hold accelerations along and across their way [m/s2]."""
    return math.hypot(along, across) <= friction * _GRAVITY


def find_slips(shot: ShotPlan, drive: Drive, wet: bool, car: Suspension = ROAD_CAR) -> tuple[Slip, ...]:
    """When which axle slips in a run. Brakes are on all wheels, the engine is on the rear ones."""
    friction = _GRIP[wet]
    rate = float(1 / shot.rate.fraction) * shot.motion.time_scale
    last = shot.frames * rate
    found: list[Slip] = []
    steps = drive.steps()
    for (start, along), (end, _) in zip(steps, [*steps[1:], (last, 0.0)], strict=True):
        start, end = max(start, 0.0), min(end, last)
        if end - start < _SHORTEST:
            continue
        if along < 0 and not holds(along, 0.0, friction):
            lacks = -along - friction * _GRAVITY
            found += [Slip(start, end, axle, lacks, _LOCKED) for axle in ("front", "rear")]
        elif along > 0:
            shift = along * car.height / (FRONT_AXLE - REAR_AXLE)  # of the load that goes back
            most = friction * (_GRAVITY * car.loads[1] / car.mass + shift)
            if along > most:
                found.append(Slip(start, end, "rear", along - most, _SPUN))
    for action in shot.actions:
        if action.actor.lower() == "car" and action.verb == "drift":
            start, end = action.start * rate, min(action.start + action.frames, shot.frames) * rate
            if end - start >= _SHORTEST:
                found.append(Slip(start, end, "rear", (_DRIFTS - 1) * friction * _GRAVITY, _SPUN))
    return tuple(sorted(found, key=lambda slip: (slip.start, slip.axle)))


def rolled(drive: Drive, times: Array, slips: tuple[Slip, ...], axle: Axle) -> Array:
    """How far an axle's wheels have rolled at story times [m]: as far as the car drove, but for where they slip."""
    total = drive.distance(times)
    for slip in (slip for slip in slips if slip.axle == axle):
        ends = drive.distance(np.clip(times, slip.start, slip.end)) - drive.distance(np.array([slip.start]))
        total = total + (slip.turns - 1) * ends
    return total


def slip_events(shot: ShotPlan, place: Usd.Stage, drive: Drive, car: Suspension = ROAD_CAR) -> list[Event]:
    """A `tyre slip` for each axle that slips: when and where it begins, the impulse [N s] that friction lacks over it,
    and how fast the car goes then."""
    prim = place.GetPrimAtPath(CAR)
    if not prim:
        return []
    mark = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
    water = water_on(place)
    road = "wet asphalt" if water else "asphalt"
    events: list[Event] = []
    for slip in find_slips(shot, drive, water > 0):
        at = np.array([slip.start])
        along = drive.origin + float(drive.distance(at)[0]) + (FRONT_AXLE if slip.axle == "front" else REAR_AXLE)
        x, y, z, _ = (np.array([0.0, 0.0, along, 1.0]) @ mark).tolist()
        share = car.loads[slip.axle == "rear"]
        impulse = share * slip.lacks * (slip.end - slip.start)
        speed = float(drive.speed(at)[0])
        events.append(
            Event("tyre slip", slip.start / shot.motion.time_scale, (x, y, z), impulse, speed, ("Car",),
                  ("rubber", road))
        )  # fmt: skip
    return events
