"""A scene over the frames of a shot: where its bodies are, what happened, and a checkpoint for each frame.

Steps are as short as the fastest body needs. A frame that diverges is done again at half the step, once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from secondunit_bridge.errors import BadInput, EngineFault
from secondunit_engine.motion.events import Event
from secondunit_engine.motion.physics.blows import gather
from secondunit_engine.motion.physics.breaking import Breaking, Snapshot
from secondunit_engine.motion.physics.check import check_scene, check_size
from secondunit_engine.motion.physics.rigid import Blow, Field
from secondunit_engine.motion.physics.scene import Array, Scene, reach_of

_STEP: Final = 1 / 2000  # s, half of it for more than _MANY bodies, a quarter where things break
_MANY: Final = 64
_SHORTEST: Final = 1 / 20_000  # s
_GAINS: Final = 4.0  # times the fastest speed that a blow may give something light
_SPARE: Final = 8.0  # m/s more, for what parts and what bursts
_SINK: Final = 1e-3  # m that the fastest may go in one step


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A simulation as it stood when `frame` began; `blows` happened until then."""

    frame: int
    state: Snapshot = field(repr=False)
    blows: tuple[Blow, ...] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Simulated:
    """What came of a scene: poses, shape [frames + 1, bodies, 4, 4], the first where it began; velocities and spins,
    shape [frames + 1, bodies, 3]; events in order of time; a checkpoint at the beginning of each frame; how deep [m]
    anything was in anything at any step. Bodies are in the order of `Scene.names`, shards at the end. After a restart
    the frames before it are left out."""

    poses: Array
    velocities: Array
    spins: Array
    events: tuple[Event, ...]
    checkpoints: tuple[Checkpoint, ...]
    deepest: float


def simulate(
    scene: Scene,
    frames: int,
    seconds: float,
    *,
    fields: Sequence[Field] = (),
    begin: Checkpoint | None = None,
    each: Callable[[int], None] = lambda frame: None,
) -> Simulated:
    """Simulate `frames` frames of `seconds` each (story time: in slow motion they are short), or from `begin` on.

    `each` is called as a frame begins, and may raise to cancel. Same scene, same bytes; a restart gives the bytes that
    going on would have given. Raises BadInput and TooLarge for what check.py says, and EngineFault naming frame and
    body if a frame diverges even at half the step.
    """
    check_size(len(scene.names), frames * seconds)
    check_scene(scene)
    if not (math.isfinite(seconds) and seconds > 0):
        raise BadInput(f"A frame of {seconds} s cannot be simulated.", mend="Give a frame a length.")
    solver = Breaking(scene)
    first, blows = 0, list[Blow]()
    if begin is not None:
        solver.restore(begin.state)
        first, blows = begin.frame, list(begin.blows)
    motions, checkpoints = [solver.motion()], list[Checkpoint]()
    for frame in range(first, frames):
        each(frame)
        checkpoints.append(Checkpoint(frame, solver.snapshot(), tuple(blows)))
        blows += _advance(solver, frame, seconds, tuple(fields))
        motions.append(solver.motion())
    return Simulated(
        np.array([motion.poses for motion in motions]),
        np.array([motion.velocities for motion in motions]),
        np.array([motion.spins for motion in motions]),
        tuple(sorted((*gather(blows), *solver.breaks), key=lambda event: (event.time, event.who))),
        tuple(checkpoints),
        solver.solver.deepest,
    )


def _advance(running: Breaking, frame: int, seconds: float, fields: tuple[Field, ...]) -> list[Blow]:
    """One frame; if it diverges, once more at half the step."""
    steps, most = steps_for(running, seconds), _most(running, seconds) if not fields else math.inf
    before = running.snapshot()
    for attempt in (1, 2):
        blows = running.advance(frame, seconds, steps * attempt, fields)
        lost = running.solver.strayed(most)
        if not lost:
            return blows
        running.restore(before)
    raise EngineFault(
        f"The simulation of {lost} diverges in frame {frame}, at half the step as well.",
        mend="Look at its mass, its joints and what pushes it; or leave physics out with a motion intensity of 0.",
    )


def _most(running: Breaking, seconds: float) -> float:
    """The speed [m/s] that nothing comes to in a frame by falling, by blows and by what carries it: to go faster takes
    energy from nowhere."""
    motion, scene = running.solver.motion(), running.solver.scene
    reach = [max((reach_of(shape) for shape in body.colliders), default=0.0) for body in scene.bodies]
    tips = np.linalg.norm(motion.velocities, axis=1) + np.array(reach) * np.linalg.norm(motion.spins, axis=1)
    carried = [np.abs(np.diff(b.way[:, :3, 3], axis=0)).max(initial=0.0) for b in scene.bodies if b.way is not None]
    fastest = max(float(tips.max(initial=0.0)), 2 * float(max(carried, default=0.0)) / seconds)
    return _GAINS * (fastest + float(np.linalg.norm(scene.gravity)) * seconds) + _SPARE


def steps_for(running: Breaking, seconds: float) -> int:
    """How many steps a frame of `seconds` needs, from how fast things are as it begins."""
    solver = running.solver
    scene = solver.scene
    if running.scene.brittle or len(scene.bodies) > _MANY:
        return max(1, math.ceil((4 if running.scene.brittle else 2) * seconds / _STEP - 1e-9))
    usual = _STEP
    meeting = [n for n, body in enumerate(scene.bodies) if body.colliders]
    if len(meeting) + len(scene.still) > 1:
        fastest = float(np.linalg.norm(solver.motion().velocities[meeting], axis=1).max(initial=0.0))
        fastest += float(np.linalg.norm(scene.gravity)) * seconds
        usual = min(usual, max(_SHORTEST, _SINK / max(fastest, 1e-9)))
    return max(1, math.ceil(seconds / usual - 1e-9))
