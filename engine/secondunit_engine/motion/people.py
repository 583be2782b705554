"""People's part of the motion layer: points, bones and paths per frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Usd, UsdGeom, Vt

from secondunit_engine.cast.body import Body
from secondunit_engine.cast.person import Person, build_person
from secondunit_engine.cast.piece import Piece, Poses, pose_points
from secondunit_engine.cast.write_cast import bone_matrix, cast_path
from secondunit_engine.motion.aboard import Afloat
from secondunit_engine.motion.blocked import Way, gaze, way_of
from secondunit_engine.motion.cloth.worn import hang_clothes
from secondunit_engine.motion.events import Event
from secondunit_engine.motion.performance import Performance, perform
from secondunit_engine.motion.strands import sway_hair
from secondunit_engine.motion.wind import wind_of
from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import CastPlan, ShotPlan
from secondunit_engine.products import ProductStore
from secondunit_engine.world import stage as names

BATCH = 24  # frames posed at a time
_FOOT = 4.0  # kg: about the part of a body that a heel brings down at once (Chi and Schmitt 2005: 6 % of it)
_LANDING = (0.2, 0.35)  # m/s at which a foot comes down in standing steps, and for each m/s of pace
STILL = 5e-5  # a piece that moves less than this [m] over the shot is left as the cast layer has it


@dataclass(frozen=True, eq=False)
class Played:
    """What others need of people's motion: their footfalls, and each one's right palm [m], shape [frames, 3]."""

    events: list[Event] = field(default_factory=list)
    hands: dict[str, NDArray[np.floating]] = field(default_factory=dict)


def write_people(
    shot: ShotPlan, set_layer: Path, cast_layer: Path, stage: Usd.Stage, store: ProductStore | None = None,
    afloat: Sequence[Afloat] = (),
) -> Played:  # fmt: skip
    """Write time samples of every member of the cast into the motion layer's `stage`; simulated cloth is kept in
    `store`. Who stands on something that floats goes along with it."""
    played = Played()
    below = Usd.Stage.Open(str(cast_layer))
    marks = Usd.Stage.Open(str(set_layer))
    wind = wind_of(shot.set, marks)
    for member in shot.cast:
        path = cast_path(member.name)
        standing_at = below.GetPrimAtPath(path)
        if not standing_at:
            continue
        at = UsdGeom.Xformable(standing_at).ComputeLocalToWorldTransform(Usd.TimeCode.Default())
        person = build_person(member)
        way = way_of(shot, member.name, at)
        lens = _lens(shot, member, marks, at if way is None else way.root(at, 0))
        if way is not None and lens is None:
            eyes = float(person.body.joints[person.body.anatomy.bone("eye.L")][1])
            lens = gaze(shot, member, way, eyes)
        performance = perform(shot, member, person.body, lens, None if way is None else way.places)
        roots = _roots(at, performance, way)
        under = next((each for each in afloat if each.carries(np.array(roots[0])[3, :3])), None)
        if under is not None:
            roots = [under.carried(root, frame) for frame, root in enumerate(roots)]
        hanging = hang_clothes(shot, person, performance.poses, np.array(roots).transpose(0, 2, 1), wind, store)
        hanging |= sway_hair(shot, person, performance.poses, np.array(roots).transpose(0, 2, 1), wind)
        for piece in person.pieces:
            if piece.bone:
                if piece.name in hanging:
                    _write_points(stage, f"{path}/{piece.name}", hanging[piece.name])
                _ride(stage, f"{path}/{piece.name}", piece, person, performance)
            else:
                points = hanging.get(piece.name)
                _write_points(
                    stage, f"{path}/{piece.name}", _posed(piece, performance.poses) if points is None else points
                )
        if way is not None or under is not None or _moves(performance):
            _travel(stage, path, roots)
        played.events.extend(footfalls(member.name, person.body, performance, roots, float(shot.rate.fraction)))
        played.hands[member.name] = _hand(person.body, performance, roots)
    return played


def _hand(body: Body, performance: Performance, roots: list[Gf.Matrix4d]) -> NDArray[np.floating]:
    """The right palm in the world [m], shape [frames, 3]."""
    bone = body.anatomy.bone("finger3-1.R")
    palm = performance.poses.bones[:, bone] @ np.append(body.joints[bone], 1.0)  # (F, 3)
    return np.array([roots[frame].Transform(Gf.Vec3d(*place)) for frame, place in enumerate(palm.tolist())])


def footfalls(name: str, body: Body, performance: Performance, roots: list[Gf.Matrix4d], rate: float) -> list[Event]:
    """An event for each time that a foot comes down, under its ankle, at `rate` frames a second."""
    found: list[Event] = []
    for side, strikes in performance.strikes.items():
        bone = body.anatomy.bone(f"foot.{side}")
        heel = np.append(body.joints[bone] * [1, 0, 1], 1.0)  # on the floor below the ankle at rest
        for strike in strikes.tolist():
            frame = min(round(strike), len(roots) - 1)
            place = roots[frame].Transform(Gf.Vec3d(*(performance.poses.bones[frame, bone] @ heel).tolist()))
            before = roots[max(frame - 1, 0)].ExtractTranslation()
            pace = float((roots[frame].ExtractTranslation() - before).GetLength()) * rate
            speed = _LANDING[0] + _LANDING[1] * pace
            x, y, z = place
            found.append(Event("footfall", strike / rate, (x, y, z), _FOOT * speed, speed, (name, ""), ("sole", "")))
    return found


def _roots(at: Gf.Matrix4d, performance: Performance, way: Way | None) -> list[Gf.Matrix4d]:
    """Where somebody's own space lies in the world at each frame."""
    roots: list[Gf.Matrix4d] = []
    for frame, (shift, yaw) in enumerate(zip(performance.shift, performance.yaw, strict=True)):
        spin = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 1, 0), float(yaw)))
        move = Gf.Matrix4d().SetTranslate(Gf.Vec3d(*shift.tolist()))
        roots.append(spin * move * (at if way is None else way.root(at, frame)))
    return roots


def _lens(shot: ShotPlan, member: CastPlan, marks: Usd.Stage, at: Gf.Matrix4d) -> NDArray[np.float64] | None:
    """Where the camera stands in the member's own space, if they speak to it."""
    to_camera = place_of(shot.set.place).talks_to_lens or "host" in f"{member.name} {member.role}".lower()
    prim = marks.GetPrimAtPath(f"{names.MARKS}/{names.camera_mark(shot.camera.size)}")
    if not (to_camera and prim):
        return None
    eye = UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode.Default()).ExtractTranslation()
    return np.array(at.GetInverse().Transform(eye))


def _posed(piece: Piece, poses: Poses) -> NDArray[np.float32]:
    """Points per frame of a piece that bends, shape [F, N, 3]."""
    frames = len(poses)
    batches: list[NDArray[np.float32]] = []
    for start in range(0, frames, BATCH):
        part = Poses(
            poses.bones[start : start + BATCH], {k: v[start : start + BATCH] for k, v in poses.actions.items()}
        )
        batches.append(pose_points(piece, part).astype(np.float32))
    return np.concatenate(batches)


def _write_points(stage: Usd.Stage, path: str, points: NDArray[np.float32]) -> None:
    """Points per frame, shape [F, N, 3]; one sample if they keep still."""
    if np.abs(points - points[:1]).max() < STILL:
        points = points[:1]
    attribute = stage.OverridePrim(path).CreateAttribute("points", Sdf.ValueTypeNames.Point3fArray, custom=False)
    for offset, place in enumerate(points):
        attribute.Set(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(place)), names.FIRST_FRAME + offset)


def _ride(stage: Usd.Stage, path: str, piece: Piece, person: Person, performance: Performance) -> None:
    """The transform per frame of a rigid piece: its bone's."""
    bones = performance.poses.bones[:, person.body.anatomy.bone(piece.bone)]  # (F, 3, 4)
    attribute = _transform(stage, path)
    for offset, bone in enumerate(bones):
        attribute.Set(bone_matrix(bone), names.FIRST_FRAME + offset)


def _moves(performance: Performance) -> bool:
    """Whether somebody leaves their mark in a performance."""
    return bool(np.abs(performance.shift).max() > STILL or np.abs(performance.yaw).max() > 0.01)


def _travel(stage: Usd.Stage, path: str, roots: list[Gf.Matrix4d]) -> None:
    """Where somebody's own space is per frame."""
    attribute = _transform(stage, path)
    for offset, root in enumerate(roots):
        attribute.Set(root, names.FIRST_FRAME + offset)


def _transform(stage: Usd.Stage, path: str) -> Usd.Attribute:
    """The transform op that the cast layer has already put in order."""
    return stage.OverridePrim(path).CreateAttribute("xformOp:transform", Sdf.ValueTypeNames.Matrix4d, custom=False)
