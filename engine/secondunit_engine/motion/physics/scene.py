"""What is simulated, as plain data: bodies, what they collide with, joints between them, and what stands still.

Metres, kilograms, seconds, radians. A body's own space has its origin in its centre of mass; a pose takes it to the
world as column vectors, shape [4, 4].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

JointKind = Literal["hinge", "slide", "ball", "weld"]

WORLD: Final = ""  # the parent of what hangs on the world itself


@dataclass(frozen=True)
class Material:
    """What a surface is like: the friction and restitution of its dry contact, and what it is made of.

    Of two surfaces that meet the greater friction and the smaller restitution count, so that what says nothing of
    itself (`friction` 0, `restitution` 1) leaves it to the other.
    """

    name: str = ""
    friction: float = 0.0
    restitution: float = 1.0


@dataclass(frozen=True, eq=False)
class Hull:
    """A convex collider: the points it is the hull of [m], shape [points, 3], in its body's space."""

    points: Array
    material: Material = Material()


@dataclass(frozen=True, eq=False)
class Ball:
    """A round collider: its middle [m], shape [3], in its body's space, and its radius [m]."""

    middle: Array
    radius: float
    material: Material = Material()


@dataclass(frozen=True, eq=False)
class Ground:
    """A plane that nothing falls through: everything below `height` [m] is solid."""

    height: float
    material: Material = Material()


@dataclass(frozen=True, eq=False)
class Body:
    """One rigid body at the moment the simulation begins.

    `inertia` is about the centre of mass in the body's space [kg m2], shape [3, 3]; `velocity` [m/s] is that of the
    centre of mass and `spin` [rad/s], both in the world. A body with a `way` is carried along it, whatever it meets:
    poses at even steps over the simulation, shape [frames + 1, 4, 4].
    """

    name: str
    pose: Array
    mass: float
    inertia: Array
    colliders: tuple[Hull | Ball, ...] = ()
    velocity: tuple[float, float, float] = (0.0, 0.0, 0.0)
    spin: tuple[float, float, float] = (0.0, 0.0, 0.0)
    way: Array | None = None


@dataclass(frozen=True, eq=False)
class Joint:
    """How a body hangs on another, or on the world: `anchor` [m] and `axis` are in the space of `child`.

    `limits` are radians for a hinge and metres for a slide; `stiffness` and `damping` are of its spring.
    """

    name: str
    kind: JointKind
    child: str
    parent: str = WORLD
    anchor: tuple[float, float, float] = (0.0, 0.0, 0.0)
    axis: tuple[float, float, float] = (0.0, 0.0, 1.0)
    limits: tuple[float, float] | None = None
    stiffness: float = 0.0
    damping: float = 0.0


@dataclass(frozen=True)
class Strike:
    """A blow that comes from outside the scene: when [s], where [m in the world], and with what impulse [N s]. It
    breaks what it hits, with `energy` [J]."""

    time: float
    place: tuple[float, float, float]
    impulse: tuple[float, float, float]
    energy: float


@dataclass(frozen=True, eq=False)
class Brittle:
    """How a body breaks: into which shards, and from which energy of one blow on [J].

    Shards are bodies whose poses are in the space of the whole. A whole that goes its `way` (a pane in its frame) loses
    only the shards within reach of the blow, and those that hang on no shard of `held` by `neighbours` then.
    """

    body: str
    shards: tuple[Body, ...]
    energy: float
    held: frozenset[int] = frozenset()
    neighbours: tuple[tuple[int, int], ...] = ()
    strike: Strike | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that a solver is given. `gravity` is in m/s2."""

    bodies: tuple[Body, ...]
    still: tuple[Hull | Ball | Ground, ...] = ()
    joints: tuple[Joint, ...] = ()
    gravity: tuple[float, float, float] = (0.0, -9.81, 0.0)
    brittle: tuple[Brittle, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every body that there is or can be: those that the scene begins with, then the shards, whole by whole."""
        shards = [shard.name for brittle in self.brittle for shard in brittle.shards]
        return (*(body.name for body in self.bodies), *shards)


def reach_of(shape: Hull | Ball) -> float:
    """How far a collider reaches from its body's centre of mass [m]."""
    if isinstance(shape, Ball):
        return float(np.linalg.norm(shape.middle)) + shape.radius
    return float(np.linalg.norm(shape.points, axis=1).max(initial=0.0))


def pose_of(position: Array, turn: Array) -> Array:
    """A pose from a place [m], shape [3], and a rotation matrix, shape [3, 3]."""
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turn, position
    return pose


def body_of(
    name: str, position: tuple[float, float, float], collider: Hull | Ball, mass: float, turn: Array | None = None,
    velocity: tuple[float, float, float] = (0.0, 0.0, 0.0), spin: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Body:  # fmt: skip
    """A body of even density with one collider about its centre of mass."""
    from secondunit_engine.motion.physics.mass import inertia_of

    pose = pose_of(np.array(position), np.eye(3) if turn is None else turn)
    return Body(name, pose, mass, inertia_of((collider,), mass)[1], (collider,), velocity, spin)


def box(half: tuple[float, float, float], material: Material = Material()) -> Hull:
    """A box about the origin by its half lengths [m]."""
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    return Hull(corners * np.array(half), material)
