"""What the stage lets us hear: where the camera listens, where things are, how they move, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom

from secondunit_bridge.errors import BadInput
from secondunit_engine.motion.events import Event, read_events
from secondunit_engine.sound.source import Listener
from secondunit_engine.world import stage as names

Positions = NDArray[np.floating]
_OPEN = "secondunit:openDegrees"


@dataclass(frozen=True)
class Person:
    """Middle of the body [m], shape (frames, 3), and mean speed of their surface [m/s], shape (frames,)."""

    positions: Positions
    activity: NDArray[np.floating]


@dataclass(frozen=True)
class Heard:
    """`props` are positions (frames, 3) by name; `openings` how far a lid or leaf stands open, 0 to 1, (frames,);
    `events` what happens, in order of time."""

    listener: Listener
    props: dict[str, Positions]
    openings: dict[str, NDArray[np.floating]]
    people: dict[str, Person]
    events: tuple[Event, ...] = ()


def read_heard(path: Path, frames: int, rate: float) -> Heard:
    """Read a shot's stage. Raises BadInput if it has no camera."""
    stage = Usd.Stage.Open(str(path))
    camera = stage.GetPrimAtPath(names.CAMERA)
    if not camera.IsValid():
        raise BadInput(f"The stage {path.name} has no camera to listen from.", mend="Write camera.usdc first.")
    turns = _world(camera, frames)  # (frames, 4, 4), rows are axes
    listener = Listener(turns[:, 3, :3], _unit(turns[:, 0, :3]), -_unit(turns[:, 2, :3]))
    props, openings = {}, {}
    for prop in _children(stage, names.PROPS):
        props[prop.GetName()] = _world(prop, frames)[:, 3, :3]
        for part in Usd.PrimRange(prop):
            if part.HasAttribute(_OPEN):
                openings[prop.GetName()] = _opening(part, frames)
    people = {person.GetName(): _person(person, frames, rate) for person in _children(stage, names.CAST)}
    return Heard(listener, props, openings, people, read_events(stage))


def _children(stage: Usd.Stage, path: str) -> list[Usd.Prim]:
    parent = stage.GetPrimAtPath(path)
    return list(parent.GetChildren()) if parent.IsValid() else []


def _world(prim: Usd.Prim, frames: int) -> NDArray[np.floating]:
    """Local-to-world transforms, (frames, 4, 4), row vectors."""
    place = UsdGeom.Imageable(prim)
    times = range(names.FIRST_FRAME, names.FIRST_FRAME + frames)
    return np.array([place.ComputeLocalToWorldTransform(Usd.TimeCode(time)) for time in times])


def _unit(vectors: Positions) -> Positions:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _opening(part: Usd.Prim, frames: int) -> NDArray[np.floating]:
    full = abs(float(part.GetAttribute(_OPEN).Get())) or 1.0
    turn = UsdGeom.Xformable(part)
    angles = []
    for time in range(names.FIRST_FRAME, names.FIRST_FRAME + frames):
        matrix: Gf.Matrix4d = turn.GetLocalTransformation(Usd.TimeCode(time))
        angles.append(abs(matrix.ExtractRotation().GetAngle()) / full)
    return np.clip(np.array(angles), 0, 1)


def _person(prim: Usd.Prim, frames: int, rate: float) -> Person:
    """Follow the largest deforming surface, or the person's transform if nothing deforms."""
    body = max(
        (
            mesh
            for mesh in map(UsdGeom.Mesh, Usd.PrimRange(prim))
            if mesh and mesh.GetPointsAttr().Get(names.FIRST_FRAME)
        ),
        key=lambda mesh: len(mesh.GetPointsAttr().Get(names.FIRST_FRAME)),
        default=None,
    )
    if body is None:
        positions = _world(prim, frames)[:, 3, :3]
        return Person(positions, _speed(positions, rate))
    matrices = _world(body.GetPrim(), frames)  # (frames, 4, 4)
    points = []
    for index in range(frames):
        local = np.asarray(body.GetPointsAttr().Get(names.FIRST_FRAME + index))[::16]  # (points / 16, 3)
        points.append(local @ matrices[index, :3, :3] + matrices[index, 3, :3])
    surface = np.stack(points)  # (frames, P, 3)
    steps = np.linalg.norm(np.diff(surface, axis=0, prepend=surface[:1]), axis=2).mean(axis=1)
    return Person(surface.mean(axis=1), steps * rate)


def _speed(positions: Positions, rate: float) -> NDArray[np.floating]:
    return np.linalg.norm(np.diff(positions, axis=0, prepend=positions[:1]), axis=1) * rate
