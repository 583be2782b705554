"""UsdPhysics on a composed stage, read as a scene: rigid bodies, colliders, mass, surfaces, joints.

What moves collides as the convex hulls of its colliders, whichever way their faces look and whether or not they close.
What a rigid body leaves unsaid follows the schema: a mass of 0 comes from the density, an inertia from the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from pxr import Gf, Usd, UsdGeom, UsdPhysics, UsdShade

from secondunit_bridge.errors import BadInput
from secondunit_engine.motion.physics.check import check_size
from secondunit_engine.motion.physics.mass import inertia_of, volume_of
from secondunit_engine.motion.physics.scene import (
    WORLD,
    Array,
    Ball,
    Body,
    Hull,
    Joint,
    JointKind,
    Material,
    Scene,
    pose_of,
)

_WATER: Final = 1000.0  # kg/m3, the density of what says none
_BARE: Final = Material("", 0.5, 0.2)  # the surface of a body that says none
_ROUND: Final = 24  # corners of what is round
_JOINTS: Final[dict[str, JointKind]] = {
    "PhysicsRevoluteJoint": "hinge", "PhysicsPrismaticJoint": "slide", "PhysicsSphericalJoint": "ball",
    "PhysicsFixedJoint": "weld",
}  # fmt: skip
_AXES: Final = {"X": np.array([1.0, 0, 0]), "Y": np.array([0, 1.0, 0]), "Z": np.array([0, 0, 1.0])}


@dataclass(frozen=True, eq=False)
class Held:
    """How a body's prim follows its pose: `offset` takes the prim's space, scale and all, to the body's own."""

    path: str
    offset: Array


@dataclass(frozen=True, eq=False)
class Staged:
    """A scene and, body by body, the prims that it moves."""

    scene: Scene
    held: tuple[Held, ...]


def read_stage(
    stage: Usd.Stage, code: float, seconds: float, *, moves: Callable[[Usd.Prim], bool] = lambda prim: True
) -> Staged:
    """The rigid bodies of a stage as they are at a time code, to be simulated for `seconds`; those that `moves` denies
    stand still.

    Raises BadInput for what makes no body, naming the prim; TooLarge for too many.
    """
    prims = [prim for prim in stage.Traverse() if _has(prim, UsdPhysics.RigidBodyAPI) and moves(prim)]
    check_size(len(prims), seconds)
    paths = {prim.GetPath() for prim in prims}
    cache = UsdGeom.XformCache(Usd.TimeCode(code))
    bodies, held, anchors = [], [], {}
    for prim in prims:
        body, hold = _read_body(prim, cache, paths)
        bodies.append(body)
        held.append(hold)
        anchors[body.name] = hold
    still = tuple(
        shape
        for prim in stage.Traverse()
        if _has(prim, UsdPhysics.CollisionAPI) and _owner(prim, paths) is None
        for shape in _colliders(prim, np.eye(4), cache, Material())
    )
    joints = tuple(_joints(stage, {body.name: body for body in bodies}, anchors, cache))
    return Staged(Scene(tuple(bodies), still, joints, _gravity(stage)), tuple(held))


def world_of(prim: Usd.Prim, cache: UsdGeom.XformCache) -> Array:
    """A prim's transform to the world, column vectors, shape [4, 4]. Raises BadInput if it is no numbers."""
    matrix = np.array(cache.GetLocalToWorldTransform(prim)).T
    if not np.isfinite(matrix).all():
        raise BadInput(f"{prim.GetPath()} has a transform that is not numbers.", mend="Mend its transform.")
    return matrix


def _has(prim: Usd.Prim, api: type) -> bool:
    """Whether an API schema of UsdPhysics is applied."""
    return f"Physics{api.__name__}" in prim.GetAppliedSchemas()


def _owner(prim: Usd.Prim, bodies: set[Any]) -> Usd.Prim | None:
    """The rigid body that a collider belongs to."""
    while prim and not prim.IsPseudoRoot():
        if prim.GetPath() in bodies:
            return prim
        prim = prim.GetParent()
    return None


def _read_body(prim: Usd.Prim, cache: UsdGeom.XformCache, bodies: set[Any]) -> tuple[Body, Held]:
    world = world_of(prim, cache)
    turn, origin = _turn(world[:3, :3], str(prim.GetPath())), world[:3, 3]
    frame = pose_of(origin, turn)
    parts = [part for part in Usd.PrimRange(prim) if _has(part, UsdPhysics.CollisionAPI)]
    to_frame = np.linalg.inv(frame)
    colliders = tuple(
        shape for part in parts if _owner(part, bodies) == prim for shape in _colliders(part, to_frame, cache, _BARE)
    )
    mass, middle, inertia = _mass(prim, colliders)
    moved = tuple(
        replace(c, points=c.points - middle) if isinstance(c, Hull) else replace(c, middle=c.middle - middle)
        for c in colliders
    )
    api = UsdPhysics.RigidBodyAPI(prim)
    pose = frame @ pose_of(middle, np.eye(3))
    velocity, spin = (
        np.array(a.Get() or (0, 0, 0), float) for a in (api.GetVelocityAttr(), api.GetAngularVelocityAttr())
    )
    carried = bool(api.GetKinematicEnabledAttr().Get())
    body = Body(
        str(prim.GetPath()), pose, mass, inertia, moved, tuple(velocity.tolist()), tuple(np.radians(spin).tolist()),
        np.array([pose]) if carried else None,
    )  # fmt: skip
    return body, Held(str(prim.GetPath()), np.linalg.inv(pose) @ world)


def _turn(matrix: Array, name: str) -> Array:
    """The rotation of a matrix that turns and scales. Raises BadInput for one that flattens."""
    left, sizes, right = np.linalg.svd(matrix)
    if sizes.min() < 1e-9:
        raise BadInput(f"{name} is scaled to nothing.", mend="Give it a size.")
    turn = left @ right
    return turn if np.linalg.det(turn) > 0 else -turn


def _mass(prim: Usd.Prim, colliders: tuple[Hull | Ball, ...]) -> tuple[float, Array, Array]:
    """Mass [kg], centre [m] and inertia [kg m2] about it, as authored or from the shape."""
    api = UsdPhysics.MassAPI(prim)
    said = {name: api.GetPrim().GetAttribute(f"physics:{name}").Get() for name in ("mass", "density")}
    volume = volume_of(colliders) if colliders else 0.0
    mass = float(said["mass"] or 0.0) or float(said["density"] or _WATER) * volume
    if not mass > 0:
        raise BadInput(f"{prim.GetPath()} weighs nothing.", mend="Give it a mass, or a collider with a volume.")
    middle, inertia = inertia_of(colliders, mass) if colliders else (np.zeros(3), 1e-3 * mass * np.eye(3))
    centre = api.GetCenterOfMassAttr().Get() if _has(prim, UsdPhysics.MassAPI) else None
    diagonal = api.GetDiagonalInertiaAttr().Get() if _has(prim, UsdPhysics.MassAPI) else None
    if centre is not None and np.isfinite(np.array(centre)).all():
        middle = np.array(centre, float)
    if diagonal is not None and min(diagonal) > 0:
        axes = _matrix(api.GetPrincipalAxesAttr().Get() or Gf.Quatf(1))
        inertia = axes @ np.diag(np.array(diagonal, float)) @ axes.T
    return mass, middle, inertia


def _matrix(turn: Any) -> Array:
    return np.array(Gf.Matrix3d(Gf.Quatd(turn))).T if any(turn.GetImaginary()) or turn.GetReal() else np.eye(3)


def _colliders(prim: Usd.Prim, to_body: Array, cache: UsdGeom.XformCache, bare: Material) -> Iterator[Hull | Ball]:
    if UsdPhysics.CollisionAPI(prim).GetCollisionEnabledAttr().Get() is False:
        return
    matrix, surface = to_body @ world_of(prim, cache), surface_of(prim, bare)
    points = _points(prim, cache.GetTime())
    if points is None:
        return
    if not np.isfinite(points).all():
        raise BadInput(f"{prim.GetPath()} has points that are not numbers.", mend="Mend its mesh.")
    if UsdGeom.Sphere(prim) and np.ptp(np.linalg.norm(matrix[:3, :3], axis=0)) < 1e-6:
        radius = float(UsdGeom.Sphere(prim).GetRadiusAttr().Get() or 1.0) * float(np.linalg.norm(matrix[:3, 0]))
        yield Ball(matrix[:3, 3], radius, surface)
    elif len(points):
        yield Hull(points @ matrix[:3, :3].T + matrix[:3, 3], surface)


def _points(prim: Usd.Prim, code: Usd.TimeCode) -> Array | None:
    """Points whose hull is the shape, shape [N, 3]; None for what is no shape."""
    if UsdGeom.Mesh(prim):
        return np.asarray(UsdGeom.Mesh(prim).GetPointsAttr().Get(code) or np.zeros((0, 3)), float).reshape(-1, 3)
    if UsdGeom.Cube(prim):
        half = float(UsdGeom.Cube(prim).GetSizeAttr().Get() or 2.0) / 2
        return half * np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    if UsdGeom.Sphere(prim):
        return _rings(1.0, 0.0, 1.0) * float(UsdGeom.Sphere(prim).GetRadiusAttr().Get() or 1.0)
    for kind, top, round_ in ((UsdGeom.Cylinder, 1.0, False), (UsdGeom.Cone, 0.0, False), (UsdGeom.Capsule, 1.0, True)):
        shape = kind(prim)
        if shape:
            radius, height = float(shape.GetRadiusAttr().Get() or 1.0), float(shape.GetHeightAttr().Get() or 2.0)
            along = _rings(radius, height / 2, top) if not round_ else _capsule(radius, height / 2)
            order = {"X": [2, 0, 1], "Y": [1, 2, 0], "Z": [0, 1, 2]}[shape.GetAxisAttr().Get() or "Z"]
            return along[:, order]
    return None


def _rings(radius: float, half: float, top: float) -> Array:
    """Two rings about Z, the upper one `top` times as wide; at no height a ball of many rings."""
    turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    ring = np.column_stack([np.cos(turn), np.sin(turn), np.zeros(_ROUND)])
    if half == 0:
        rise = np.linspace(-np.pi / 2, np.pi / 2, _ROUND // 2 + 1)
        return np.concatenate([radius * (ring * np.cos(r) + [0, 0, np.sin(r)]) for r in rise])
    return np.concatenate([radius * ring - [0, 0, half], top * radius * ring + [0, 0, half]])


def _capsule(radius: float, half: float) -> Array:
    ball, up = _rings(radius, 0.0, 1.0), np.array([0.0, 0.0, half])
    return np.concatenate([ball - up, ball + up])


def surface_of(prim: Usd.Prim, bare: Material) -> Material:
    """The physics material bound to a collider, named after the material that it is drawn with; `bare` without one."""
    drawn = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial()[0]
    name = drawn.GetPrim().GetName() if drawn else bare.name
    bound = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial("physics")[0]
    if not (bound and _has(bound.GetPrim(), UsdPhysics.MaterialAPI)):
        return replace(bare, name=name)
    api = UsdPhysics.MaterialAPI(bound.GetPrim())
    friction = api.GetDynamicFrictionAttr().Get() or api.GetStaticFrictionAttr().Get() or 0.0
    return Material(name, float(friction), float(api.GetRestitutionAttr().Get() or 0.0))


def _joints(
    stage: Usd.Stage, bodies: dict[str, Body], held: dict[str, Held], cache: UsdGeom.XformCache
) -> Iterator[Joint]:
    for prim in stage.Traverse():
        joint = UsdPhysics.Joint(prim)
        if not joint or joint.GetJointEnabledAttr().Get() is False:
            continue
        kind = _JOINTS.get(str(prim.GetTypeName()))
        if kind is None:
            raise BadInput(f"{prim.GetPath()} is a {prim.GetTypeName()}: such joints are not simulated.",
                           mend="Use a revolute, prismatic, spherical or fixed joint.")  # fmt: skip
        ends = [
            next((str(path) for path in rel.GetTargets()), WORLD) for rel in (joint.GetBody0Rel(), joint.GetBody1Rel())
        ]
        parent, child, number = (ends[0], ends[1], 1) if ends[1] in bodies else (ends[1], ends[0], 0)
        if child not in bodies:
            raise BadInput(f"The joint {prim.GetPath()} holds no rigid body.", mend="Name one in body1.")
        place, turn = (
            (joint.GetLocalPos1Attr(), joint.GetLocalRot1Attr())
            if number
            else (joint.GetLocalPos0Attr(), joint.GetLocalRot0Attr())
        )
        offset = held[child].offset
        anchor = offset @ np.append(np.array(place.Get() or (0, 0, 0), float), 1.0)
        name = prim.GetAttribute("physics:axis").Get() or "X"
        axis = _turn(offset[:3, :3], child) @ _matrix(turn.Get() or Gf.Quatf(1)) @ _AXES[name]
        yield Joint(
            str(prim.GetPath()), kind, child, parent if parent in bodies else WORLD,
            tuple(anchor[:3].tolist()), tuple((axis if number else -axis).tolist()), _limits(prim, kind),
        )  # fmt: skip


def _limits(prim: Usd.Prim, kind: JointKind) -> tuple[float, float] | None:
    low, high = (prim.GetAttribute(f"physics:{end}Limit").Get() for end in ("lower", "upper"))
    if (
        kind not in ("hinge", "slide")
        or low is None
        or high is None
        or not np.isfinite([low, high]).all()
        or low > high
    ):
        return None
    return (np.radians(low), np.radians(high)) if kind == "hinge" else (float(low), float(high))


def _gravity(stage: Usd.Stage) -> tuple[float, float, float]:
    """The stage's gravity; 9.81 m/s2 downwards unless a physics scene says otherwise."""
    up = np.array([0.0, 0.0, 1.0]) if UsdGeom.GetStageUpAxis(stage) == "Z" else np.array([0.0, 1.0, 0.0])
    way, size = -up, 9.81
    scene = next((UsdPhysics.Scene(prim) for prim in stage.Traverse() if prim.GetTypeName() == "PhysicsScene"), None)
    if scene is not None:
        said, much = (
            np.array(scene.GetGravityDirectionAttr().Get() or (0, 0, 0), float),
            scene.GetGravityMagnitudeAttr().Get(),
        )
        way = said / np.linalg.norm(said) if np.any(said) else way
        size = float(much) if much is not None and np.isfinite(much) and much >= 0 else size
    x, y, z = (way * size).tolist()
    return (x, y, z)
