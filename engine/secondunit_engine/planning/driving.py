"""A car's run: acceleration in phases, closed-form in story time, so that any frame can be had without the ones before.

`motion/car.py` moves the car by it; cameras and the board know by it where the car will be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondunit_engine.planning.floor import Floor, Mark
from secondunit_engine.planning.plan import ActionPlan, PathPlan, ShotPlan, ShotSize, Spot

Array = NDArray[np.floating]

NOSE: Final = 2.35  # m from the car's origin to its nose
_CLEAR: Final = 2.1  # m that stay between the nose and the lens, for the camera to move in as well
_FREE: Final = 3.0  # m that a car may come on where the set has no camera for the size
_ROLL_IN: Final = 3.0  # m that the speed at the start may cover in a shot; the rest is acceleration
_GATHERS, _BRAKES = 2.0, 5.15  # m/s2 of a car that nobody hurries
_CRUISE, _BRAKES_FROM = 6.5, 8.5  # m/s at which it comes on, and from which it brakes
_EVERY: Final = 4  # frames between the spots of a run


@dataclass(frozen=True)
class Phase:
    """Constant acceleration from a moment on: story time [s], acceleration [m/s2], speed [m/s], distance [m]."""

    start: float
    acceleration: float
    speed: float
    distance: float


@dataclass(frozen=True)
class Drive:
    """A car's run along its own +Z, from `origin`. Before the first phase it rolls at that phase's speed."""

    phases: tuple[Phase, ...]
    origin: float

    def speed(self, time: Array) -> Array:
        """Speed [m/s] at story times [s]; a braking car stops and stays."""
        phase, since = self._at(time)
        return np.maximum(phase[:, 2] + phase[:, 1] * since, 0.0).reshape(np.shape(time))

    def distance(self, time: Array) -> Array:
        """Distance driven since time 0 [m] at story times [s]; negative before."""
        phase, since = self._at(time)
        slowing = phase[:, 1] < 0
        halt = np.where(slowing, phase[:, 2] / np.where(slowing, -phase[:, 1], 1.0), np.inf)
        since = np.minimum(since, halt)
        return (phase[:, 3] + phase[:, 2] * since + phase[:, 1] * since**2 / 2).reshape(np.shape(time))

    def steps(self) -> list[tuple[float, float]]:
        """When the acceleration changes [story s] and to what [m/s2]; a car that has braked to a halt is let go."""
        steps: list[tuple[float, float]] = []
        for number, phase in enumerate(self.phases):
            steps.append((phase.start, phase.acceleration))
            if phase.acceleration < 0:
                halt = phase.start - phase.speed / phase.acceleration
                if number + 1 == len(self.phases) or halt < self.phases[number + 1].start:
                    steps.append((halt, 0.0))
        return steps

    def _at(self, time: Array) -> tuple[Array, Array]:
        """The phase at each time as rows, and the time since it began."""
        table = np.array([(p.start, p.acceleration, p.speed, p.distance) for p in self.phases])  # (P, 4)
        flat = np.asarray(time, float).reshape(-1)
        rows = table[np.clip(np.searchsorted(table[:, 0], flat, side="right") - 1, 0, None)]
        early = flat < table[0, 0]
        rows[early, 1] = 0.0
        return rows, flat - rows[:, 0]


def plan_drive(shot: ShotPlan, room: float) -> Drive:
    """The run that the shot's actions ask of the car.

    `room` [m] is how far it may come on from its mark. A longer run begins behind the mark, so that it ends there.
    """
    actions = sorted((a for a in shot.actions if a.actor.lower() == "car"), key=lambda a: a.start)
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    total = max(shot.frames - 1, 1) * seconds  # at the last frame
    if not actions:
        return Drive((Phase(0.0, 0.0, 0.0, 0.0),), 0.0)
    phases: list[Phase] = []
    speed = _first_speed(actions[0], total)
    run = Drive((Phase(0.0, 0.0, speed, 0.0),), 0.0)
    for action in actions:
        at = np.array([action.start * seconds])
        now, there = float(run.speed(at)[0]), float(run.distance(at)[0])
        phases.append(Phase(float(at[0]), _acceleration(action), now, there))
        run = Drive((Phase(0.0, 0.0, speed, 0.0), *phases) if phases[0].start > 0 else tuple(phases), 0.0)
    length = float(run.distance(np.array([total]))[0])
    return Drive(run.phases, min(0.0, room - length))


def _first_speed(action: ActionPlan, total: float) -> float:
    """Speed as the shot begins [m/s]. A car that will accelerate rolls in, as far as a short run allows."""
    if action.verb in ("park", "idle", "wait"):
        return 0.0
    if action.verb in ("brake", "stop"):
        return _BRAKES_FROM * _pace(action)
    return min(_CRUISE * _pace(action), _ROLL_IN / max(total, 1e-6))


def _acceleration(action: ActionPlan) -> float:
    """[m/s2], whatever the intensity of motion: that is for what follows from a run, not for the run."""
    if action.verb in ("accelerate", "race", "launch", "speed"):
        return _GATHERS * _pace(action)
    if action.verb in ("brake", "stop"):
        return -_BRAKES * _pace(action)
    return 0.0


def _pace(action: ActionPlan) -> float:
    """How hard, from the words of the manner."""
    manner = action.manner.lower()
    if any(word in manner for word in ("slow", "gentl", "soft", "creep")):
        return 0.6
    return 1.4 if any(word in manner for word in ("fast", "hard", "quick", "sudden", "violent", "full")) else 1.0


def room_before(ahead: float | None) -> float:
    """How far a car may drive on [m] whose lens is `ahead` of its origin along its way; None is no lens."""
    if ahead is None:
        return _FREE
    return max(0.0, ahead - NOSE - _CLEAR) if ahead > 0 else math.inf


def drive_path(shot: ShotPlan, floor: Floor) -> PathPlan | None:
    """The run of the set's car through a shot, as motion will drive it; None if nothing drives."""
    if floor.thing("Car") is None or not any(action.actor.lower() == "car" for action in shot.actions):
        return None
    mark = _car_mark(floor)
    front = np.array([math.sin(math.radians(mark.facing)), math.cos(math.radians(mark.facing))])
    drive = plan_drive(shot, room_before(_lens_ahead(floor, shot.camera.size, front)))
    frames = [*range(0, shot.frames, _EVERY), shot.frames]
    gone = drive.origin + drive.distance(np.array(frames) * float(1 / shot.rate.fraction) * shot.motion.time_scale)
    places = np.array([mark.x, mark.z]) + gone[:, None] * front  # (F, 2)
    spots = [
        Spot(frame, round(float(x), 4), round(float(z), 4), mark.facing)
        for frame, (x, z) in zip(frames, places, strict=True)
    ]
    return PathPlan("Car", tuple(spots))


def _car_mark(floor: Floor) -> Mark:
    """Where the set has its car: on a mark of its own, else on the hero's."""
    return floor.mark("car" if floor.has_mark("car") else "hero")


def _lens_ahead(floor: Floor, size: ShotSize, front: Array) -> float | None:
    camera, mark = floor.camera_mark(size), _car_mark(floor)
    return float(np.array([camera.eye[0] - mark.x, camera.eye[2] - mark.z]) @ front) if camera else None
