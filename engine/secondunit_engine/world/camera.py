"""The camera layer: the plan's camera becomes a UsdGeomCamera with a pose, a lens and a focus per frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pxr import Gf, Sdf, Tf, Usd, UsdGeom

from secondunit_bridge.errors import NotFound
from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import FocusPull, FramePoint, ShotPlan
from secondunit_engine.planning.rigs import LIMITS
from secondunit_engine.planning.scouting import EYES
from secondunit_engine.planning.toric import View, aim, frame_two
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.framing import (
    USUAL_LENS,
    Pose,
    Subject,
    Vector,
    angle_of,
    fits_size,
    keep_headroom,
    move_for_lens,
    set_angle,
    shows,
    solve_pose,
    turn_to_face,
    unit,
)
from secondunit_engine.world.moves import Ride, ride

LENS_OF_MARK = "secondunit:lens"  # float: the lens [mm] a set composed a camera mark with, if not the usual one
_SIZES = ("EWS", "WS", "FS", "MFS", "MS", "MCU", "CU", "ECU")
_TIGHT = ("MS", "MCU", "CU")  # sizes cut off below, whose headroom is the composition
_MOST_POINTS = 2000  # of a mesh, spread evenly: enough for bounds and a focus point
_NEAR_FOCUS = 0.15  # metres
_MOST_SHIFT = 0.6  # metres that a planned camera is moved for the bodies that are there
_ROLL = {"dutch": 12.0}  # degrees
_SQUEEZE = {"spherical": 1.0, "vintage": 1.0, "anamorphic": 2.0}  # how much taller than wide the pupil looks


def write_camera(shot: ShotPlan, below: tuple[Path, ...], path: Path) -> None:
    """Write `path` (camera.usdc) for a shot; `below` are its weaker layers, strongest first.

    The start is the set's mark for the shot size, moved for the lens, or solved from the subject's bounds; the move,
    the focus pull and the shutter are time samples from a frame before the shot to a frame after it.
    Raises NotFound if the set offers no mark for the subject.
    """
    stage = _open_layers(below)
    frames = np.arange(-1, shot.frames + 1)  # (F,) one more at each end, for motion vectors and motion blur
    codes = names.FIRST_FRAME + frames
    subjects = _follow(stage, shot.camera.subject, codes)
    focused = subjects if shot.camera.focus_on == shot.camera.subject else _follow(stage, shot.camera.focus_on, codes)
    pulls = [(pull, _follow(stage, pull.target, codes)) for pull in shot.camera.focus_pulls]
    planned = _planned(stage, shot, subjects[1], codes[1])
    start = planned if planned is not None else _compose(stage, shot, subjects[1])
    seconds = float(shot.rate.seconds(shot.frames))
    path_taken = np.array([subject.focus for subject in subjects]) - subjects[1].focus  # (F, 3)
    nearest = min(_nearest(start, subject) for subject in subjects)
    steady = 0.0 if planned is None else LIMITS[shot.camera.rig].steady
    journey = Ride(start, shot.camera.speed, seconds, path_taken, nearest, shot.seed, steady)
    time = frames / max(1, shot.frames - 1)
    poses = ride(shot.camera.move, journey, time)
    _write(shot, path, frames, poses, _focus(frames, poses, focused, pulls))


def _planned(stage: Usd.Stage, shot: ShotPlan, subject: Subject, code: int) -> Pose | None:
    """The plan's station, framed again on the bodies that are there: the place is kept but for the eyes' height, and
    the picture is turned until the targets lie where the plan asked. None if the plan has no station."""
    camera = shot.camera
    if camera.station is None:
        return None
    eye, look = np.array(camera.station.eye), np.array(camera.station.look)
    asked = {point.target: point for point in camera.framing}
    main = asked.get(camera.subject)
    if main is None or subject.kind == "mark":
        return Pose(eye, unit(look - eye), float(np.linalg.norm(look - eye)), _ROLL.get(camera.angle, 0.0))
    # A pose that was planned for somebody of usual height is lifted to these eyes; look lies at the planned ones.
    eye = eye + np.array([0.0, float(subject.focus[1]) - _eyes_planned(shot, look), 0.0])
    view = _view_of(
        eye, subject.focus, main, [p for name, p in asked.items() if name != camera.subject], stage, shot, code
    )
    distance = float((subject.focus - view.eye) @ np.array(view.forward))
    return Pose(np.array(view.eye), np.array(view.forward), distance, _ROLL.get(camera.angle, 0.0))


def _view_of(
    eye: Vector, focus: Vector, main: FramePoint, others: list[FramePoint], stage: Usd.Stage, shot: ShotPlan, code: int
) -> View:
    """Two targets framed at the planned distance where that has an answer, else the main one from the planned place."""
    target = _point(focus)
    if others:
        other = _follow(stage, others[0].target, np.array([code]))[0].focus
        way, view = focus - other, eye - other
        view_two = frame_two(
            target, _point(other), main_at=(main.x, main.y), other_x=others[0].x,
            distance=float(np.linalg.norm((focus - eye)[[0, 2]])), height=float(eye[1]), lens_mm=shot.camera.lens_mm,
            side=1 if way[0] * view[2] - way[2] * view[0] > 0 else -1,
        )  # fmt: skip
        if view_two is not None and np.linalg.norm(np.array(view_two.eye) - eye) < _MOST_SHIFT:
            return view_two
    return aim(_point(eye), target, main.x, main.y, shot.camera.lens_mm)


def _eyes_planned(shot: ShotPlan, look: Vector) -> float:
    """The height [m] at which the plan had its subject's eyes."""
    path = next((path for path in shot.blocking if path.who == shot.camera.subject), None)
    return EYES[path.spots[0].posture] if path else float(look[1])


def _point(vector: Vector) -> tuple[float, float, float]:
    x, y, z = vector.tolist()
    return (x, y, z)


def _focus(
    frames: NDArray[np.integer], poses: list[Pose], first: list[Subject], pulls: list[tuple[FocusPull, list[Subject]]]
) -> list[float]:
    """Focus distance [m] at each frame: on the first subject, then pulled to each target, eased as a hand does."""
    distances = np.array([_focus_distance(pose, subject) for pose, subject in zip(poses, first, strict=True)])
    for pull, subjects in pulls:
        there = np.array([_focus_distance(pose, subject) for pose, subject in zip(poses, subjects, strict=True)])
        share = np.clip((frames - pull.start) / max(1, pull.frames), 0.0, 1.0)  # (F,)
        share = share * share * (3 - 2 * share)
        distances = 1 / ((1 - share) / distances + share / there)  # even on the lens ring, which goes by 1 / distance
    return np.maximum(_NEAR_FOCUS, distances).tolist()


def _open_layers(below: tuple[Path, ...]) -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    for layer in below:
        stage.GetRootLayer().subLayerPaths.append(str(layer.resolve()))
    return stage


def _follow(stage: Usd.Stage, name: str, codes: NDArray[np.integer]) -> list[Subject]:
    """The subject at each time code."""
    prim, kind = _find(stage, name)
    if kind == "mark":
        return [_mark_subject(prim)] * len(codes)
    meshes = _meshes(prim)
    seen: dict[int, Subject] = {}
    for code in sorted(set(codes.tolist())):
        points = _world_points(meshes, float(code))  # (N, 3)
        if not len(points):
            return [_mark_subject(_hero(stage))] * len(codes)
        seen[code] = _measure(points, kind)
    return [seen[code] for code in codes.tolist()]


def _find(stage: Usd.Stage, name: str) -> tuple[Usd.Prim, str]:
    """The prim a plan's name means: a person, a prop or a mark; anything else is looked for at the hero's mark."""
    identifier = Tf.MakeValidIdentifier(name)
    for folder, kind in ((names.CAST, "person"), (names.PROPS, "prop"), (names.MARKS, "mark")):
        prim = stage.GetPrimAtPath(f"{folder}/{identifier}")
        if prim.IsValid():
            return prim, kind
    return _hero(stage), "mark"


def _hero(stage: Usd.Stage) -> Usd.Prim:
    prim = stage.GetPrimAtPath(f"{names.MARKS}/hero")
    if not prim.IsValid():
        raise NotFound("This set has no mark “hero”.", mend="Add the mark to the set, or name another subject.")
    return prim


def _mark_subject(prim: Usd.Prim) -> Subject:
    """Somebody of 1.75 m would stand on this mark."""
    place = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim).ExtractTranslation())
    reach, up = np.array([0.3, 0.0, 0.3]), np.array([0.0, 1.0, 0.0])
    return Subject(place - reach, place + reach + 1.75 * up, place + 1.62 * up, "mark")


def _meshes(prim: Usd.Prim) -> list[tuple[UsdGeom.PointBased, NDArray[np.float64] | None]]:
    """Every mesh and every strand of hair under a prim, with its points [m], thinned, if they do not change."""
    meshes = [UsdGeom.Mesh(child) for child in Usd.PrimRange(prim)]
    return [
        (mesh, None if mesh.GetPointsAttr().ValueMightBeTimeVarying() else _thin(mesh, 0.0)) for mesh in meshes if mesh
    ]


def _thin(mesh: UsdGeom.PointBased, code: float) -> NDArray[np.float64]:
    """Some of a mesh's points in its own space [m], spread evenly, shape [points, 3]."""
    points = np.asarray(mesh.GetPointsAttr().Get(code) or np.zeros((0, 3)))  # (N, 3)
    return points[:: max(1, len(points) // _MOST_POINTS)].astype(np.float64)


def _world_points(
    meshes: list[tuple[UsdGeom.PointBased, NDArray[np.float64] | None]], code: float
) -> NDArray[np.float64]:
    """Points of the meshes at a time code, in the world [m], shape [points, 3]."""
    cache = UsdGeom.XformCache(code)
    clouds = [np.zeros((0, 3))]
    for mesh, still in meshes:
        points = _thin(mesh, code) if still is None else still  # (N, 3)
        matrix = np.array(cache.GetLocalToWorldTransform(mesh.GetPrim()))  # (4, 4)
        clouds.append(points @ matrix[:3, :3] + matrix[3, :3])
    return np.concatenate(clouds)


def _measure(points: NDArray[np.float64], kind: str) -> Subject:
    """Bounds, and where the focus goes: a person's eyes, the middle of a thing."""
    low, high = points.min(axis=0), points.max(axis=0)
    if kind == "person":
        head = points[points[:, 1] > high[1] - 0.24]  # (N, 3)
        focus = np.array([np.median(head[:, 0]), high[1] - 0.12, np.median(head[:, 2])])
    else:
        focus = (low + high) / 2
    return Subject(low, high, focus, kind)


def _nearest(pose: Pose, subject: Subject) -> float:
    """Axial distance of the subject's nearest corner [m]."""
    return float(((subject.corners - pose.eye) @ pose.forward).min())


def _compose(stage: Usd.Stage, shot: ShotPlan, subject: Subject) -> Pose:
    """The pose at the shot's first frame: the set's composition if it shows the subject, else solved."""
    camera = shot.camera
    hero = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(_hero(stage)))  # (4, 4)
    # What drives may begin behind its mark and come to it: the composition is the mark's.
    looked_at = hero[3, :3] if subject.is_large else subject.focus
    mark = _camera_mark(stage, camera.size)
    if mark is not None and (subject.kind != "prop" or subject.is_large):
        pose, said_mm = mark
        composed_mm = said_mm or place_of(shot.set.place).lens_mm or USUAL_LENS[camera.size]
        pose = Pose(pose.eye, pose.forward, max(0.3, float(np.dot(looked_at - pose.eye, pose.forward))))
        seen = shows(pose, composed_mm, subject.focus)
        if subject.is_large or (seen and (subject.kind == "mark" or fits_size(pose, composed_mm, camera.size))):
            pose = move_for_lens(pose, composed_mm, camera.lens_mm)
            if subject.kind == "person" and camera.size in _TIGHT:
                pose = keep_headroom(pose, subject, camera.lens_mm)
            if camera.angle in ("eye", angle_of(pose, subject)):
                return pose
            return set_angle(pose, camera.angle, float(hero[3, 1]))
    side = _side(stage, camera.size, subject, hero)
    if subject.kind == "person":
        side = turn_to_face(side, _front(stage, camera.subject))
    return solve_pose(subject, camera, side)


def _front(stage: Usd.Stage, name: str) -> Vector:
    """Where a person faces: the +Z of their transform."""
    prim, _ = _find(stage, name)
    return unit(np.array(UsdGeom.XformCache(names.FIRST_FRAME).GetLocalToWorldTransform(prim))[2, :3])


def _camera_mark(stage: Usd.Stage, size: str) -> tuple[Pose, float] | None:
    """The set's camera for a size, and the lens it says it was composed with (0 if it says none)."""
    prim = stage.GetPrimAtPath(f"{names.MARKS}/{names.camera_mark(size)}")
    if not prim.IsValid():
        return None
    matrix = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))  # (4, 4)
    lens = prim.GetAttribute(LENS_OF_MARK).Get() or 0.0
    return Pose(matrix[3, :3], -unit(matrix[2, :3]), 1.0), float(lens)


def _side(stage: Usd.Stage, size: str, subject: Subject, hero: NDArray[np.float64]) -> Vector:
    """From which side to look: that of the set's mark of the nearest size, else a little off the hero's front."""
    at = _SIZES.index(size)
    for other in sorted(_SIZES, key=lambda name: abs(_SIZES.index(name) - at)):
        mark = _camera_mark(stage, other)
        if mark is not None and np.linalg.norm((mark[0].eye - subject.focus)[[0, 2]]) > 0.1:
            return mark[0].eye - subject.focus
    front = unit(hero[2, :3])
    return front + 0.35 * np.array([front[2], 0.0, -front[0]])


def _write(shot: ShotPlan, path: Path, frames: NDArray[np.integer], poses: list[Pose], focused: list[float]) -> None:
    stage = new_layer(path)
    camera = UsdGeom.Camera.Define(stage, names.CAMERA)
    camera.CreateProjectionAttr(UsdGeom.Tokens.perspective)
    width, height = shot.camera.aperture_mm
    camera.CreateHorizontalApertureAttr(width)
    camera.CreateVerticalApertureAttr(height)
    camera.CreateFocalLengthAttr(shot.camera.focal_mm)
    camera.CreateFStopAttr(shot.camera.t_stop)
    camera.CreateClippingRangeAttr(Gf.Vec2f(0.05, 2000.0))
    camera.CreateShutterOpenAttr(0.0)
    camera.CreateShutterCloseAttr(shot.camera.shutter_degrees / 360.0)  # in frames, from the frame's time
    transform, focus = camera.AddTransformOp(), camera.CreateFocusDistanceAttr()
    for frame, pose, distance in zip(frames.tolist(), poses, focused, strict=True):
        code = names.FIRST_FRAME + frame
        transform.Set(_matrix(pose), code)
        focus.Set(distance, code)
    prim = camera.GetPrim()
    prim.CreateAttribute(names.SQUEEZE, Sdf.ValueTypeNames.Float, custom=True).Set(_SQUEEZE[shot.camera.glass])
    for name, value in (("subject", shot.camera.subject), ("move", shot.camera.move), ("size", shot.camera.size)):
        prim.CreateAttribute(f"secondunit:{name}", Sdf.ValueTypeNames.String, custom=True).Set(value)
    stage.GetRootLayer().Save()


def _focus_distance(pose: Pose, subject: Subject) -> float:
    """Axial distance to the focus point; on a large thing to its near side, a quarter of the way in."""
    depth = float(np.dot(subject.focus - pose.eye, pose.forward))
    if subject.is_large:
        near = max(_NEAR_FOCUS, _nearest(pose, subject))
        return near + 0.25 * max(0.0, depth - near)
    return depth


def _matrix(pose: Pose) -> Gf.Matrix4d:
    """Camera to world, row vectors: looks along -Z, Y up, rolled about the axis."""
    right = unit(np.cross(pose.forward, [0.0, 1.0, 0.0]))
    if abs(pose.forward[1]) > 0.9999:
        right = np.array([1.0, 0.0, 0.0])
    up = np.cross(right, pose.forward)
    roll = np.radians(pose.roll)
    x, y = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    rows = np.eye(4)
    rows[:3, :3] = np.stack([x, y, -pose.forward])  # (3, 3)
    rows[3, :3] = pose.eye
    return Gf.Matrix4d(*rows.reshape(-1).tolist())
