"""What a solver is not given: scenes that are wrong, or larger than a film crew waits for."""

from __future__ import annotations

from typing import Final

import numpy as np

from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_engine.motion.physics.scene import WORLD, Ball, Body, Hull, Scene

MOST_BODIES: Final = 4000
MOST_PIECES: Final = 20_000  # colliders of all bodies and of what stands still
_HEAVIEST: Final = 1e12  # kg
_LIGHTEST: Final = 1e-7  # kg: a splinter
_COST: Final = 3e-5  # s a step that one body of a heap takes on one core
_STEPS: Final = 4000  # steps a second of so many


def check_size(bodies: int, seconds: float) -> None:
    """Raises TooLarge for more bodies than are simulated, with an estimate of what they would take."""
    if bodies > MOST_BODIES:
        hours = bodies * _COST * _STEPS * max(seconds, 0.0) / 3600
        raise TooLarge(
            f"{bodies:,} bodies would take about {hours:.1f} hours for {seconds:.1f} s; at most {MOST_BODIES:,} are "
            "simulated.",
            mend="Let fewer things move: what stands still needs no rigid body.",
        )


def check_scene(scene: Scene) -> None:
    """Raises BadInput for a scene that cannot be simulated, naming the body; TooLarge for one with too many pieces."""
    pieces = len(scene.still) + sum(len(body.colliders) for body in scene.bodies)
    if pieces > MOST_PIECES:
        raise TooLarge(
            f"There are {pieces:,} pieces to collide with; at most {MOST_PIECES:,} are simulated.",
            mend="Give bodies one convex hull each.",
        )
    seen: set[str] = set()
    for body in scene.bodies:
        if body.name in seen or body.name == WORLD:
            raise BadInput(f"Two bodies are called “{body.name}”.", mend="Give each a name of its own.")
        seen.add(body.name)
        _check_body(body)
    for shape in scene.still:
        if isinstance(shape, Hull) and not np.isfinite(shape.points).all():
            raise BadInput("A thing that stands still has points that are not numbers.", mend="Mend its mesh.")
    _check_brittle(scene, seen)
    _check_joints(scene, seen)


def _check_body(body: Body) -> None:
    numbers = [body.pose, body.inertia, np.array([*body.velocity, *body.spin, body.mass])]
    numbers += [c.points if isinstance(c, Hull) else np.append(c.middle, c.radius) for c in body.colliders]
    if not all(np.isfinite(each).all() for each in numbers):
        raise BadInput(f"{body.name} has a place, a mass or points that are not numbers.", mend="Mend its transform.")
    turn = body.pose[:3, :3]
    if np.abs(turn @ turn.T - np.eye(3)).max() > 1e-6 or np.linalg.det(turn) < 0:
        raise BadInput(f"{body.name} is turned inside out or sheared.", mend="Scale its mesh, not its rigid body.")
    if not _LIGHTEST <= body.mass <= _HEAVIEST:
        raise BadInput(
            f"{body.name} weighs {body.mass:g} kg.", mend=f"Give it between {_LIGHTEST:g} and {_HEAVIEST:g} kg."
        )
    if np.linalg.eigvalsh(body.inertia).min() <= 0:
        raise BadInput(f"{body.name} has no inertia.", mend="Give it a collider with a volume.")
    for shape in body.colliders:
        if isinstance(shape, Ball) and shape.radius <= 0:
            raise BadInput(f"{body.name} has a ball of no size.", mend="Give it a radius.")
        if isinstance(shape, Hull) and not len(shape.points):
            raise BadInput(f"{body.name} has a mesh without points.", mend="Give it a mesh.")


def _check_brittle(scene: Scene, names: set[str]) -> None:
    hung = {end for joint in scene.joints for end in (joint.child, joint.parent)}
    for brittle in scene.brittle:
        if brittle.body not in names or not brittle.shards:
            raise BadInput(f"What breaks as “{brittle.body}” is no body, or has no shards.", mend="Name a rigid body.")
        if brittle.body in hung:
            raise BadInput(f"{brittle.body} hangs on a joint: such things do not break.", mend="Take the joint off it.")
        if not brittle.energy > 0:
            raise BadInput(f"{brittle.body} breaks from {brittle.energy} J on.", mend="Give it an energy above 0.")
        for shard in brittle.shards:
            _check_body(shard)


def _check_joints(scene: Scene, names: set[str]) -> None:
    parents = {joint.child: joint.parent for joint in scene.joints}
    if len(parents) < len(scene.joints):
        raise BadInput("A body hangs on two joints: closed loops are not simulated.", mend="Leave one of them out.")
    for joint in scene.joints:
        if joint.child not in names or joint.parent not in names | {WORLD}:
            raise BadInput(f"The joint {joint.name} holds a body that is not there.", mend="Name two rigid bodies.")
        at, steps = joint.child, 0
        while at in parents:
            at, steps = parents[at], steps + 1
            if steps > len(parents):
                raise BadInput(
                    f"The joint {joint.name} is part of a closed loop: those are not simulated.",
                    mend="Leave one joint of the loop out.",
                )
