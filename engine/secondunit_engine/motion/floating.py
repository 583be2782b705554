"""What floats: boats and rafts that a set declares, as rigid bodies that its water carries (physics/).

A set says of an Xform that it floats at the level at which it stands (`declare_floating`): it then weighs as much as
the water that it displaces there, up to the height where it is open. The waves lift, tilt and turn it; a soft mooring
keeps it about its place. Who and what is aboard goes along (aboard.py), and people weigh on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pxr import Usd, UsdGeom
from scipy import ndimage
from scipy.spatial import ConvexHull

from secondunit_engine.motion.aboard import Afloat, within
from secondunit_engine.motion.physics.fields import WATER, Buoyancy
from secondunit_engine.motion.physics.mass import inertia_of, volume_of
from secondunit_engine.motion.physics.rigid import Motion
from secondunit_engine.motion.physics.scene import Body, Hull, Scene, pose_of
from secondunit_engine.motion.physics.simulate import simulate
from secondunit_engine.motion.physics.write_layer import transform_of
from secondunit_engine.motion.story import time_codes
from secondunit_engine.motion.waves import height, waves_of
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.triangles import triangles_of
from secondunit_engine.world.water import Water, floating_to, read_water

Array = NDArray[np.floating]

_RUN_UP: Final = 2.5  # s that it has been afloat before the shot
_MOORED: Final = 0.5  # rad/s at which a mooring brings it back
_HELD: Final = 0.9  # 1/s by which it slows it
_PERSON: Final = 75.0  # kg
_ROAM: Final = 1.0  # m that a mooring lets it go
_RASTER: Final = 10  # places across a body and where it may go at which the water's height is looked up
_HOLD: Final = 0.0095  # s


class Mooring:
    """Springs that hold bodies about where they began on the level, and about how they lay."""

    def __init__(self, scene: Scene) -> None:
        self._mass = np.array([body.mass for body in scene.bodies])
        self._turning = np.array([body.inertia[1, 1] for body in scene.bodies])
        self._at = np.array([body.pose[:3, 3] for body in scene.bodies])
        self._ahead = np.array([body.pose[:3, 2] for body in scene.bodies])

    def __call__(self, time: float, motion: Motion) -> Array:
        wrench = np.zeros((len(self._mass), 6))
        level = np.array([1.0, 0.0, 1.0])
        away = (motion.poses[:, :3, 3] - self._at) * level
        wrench[:, :3] = -self._mass[:, None] * (_MOORED**2 * away + _HELD * motion.velocities * level)
        ahead = motion.poses[:, :3, 2]
        turned = np.arctan2(
            self._ahead[:, 2] * ahead[:, 0] - self._ahead[:, 0] * ahead[:, 2], (self._ahead * ahead * level).sum(axis=1)
        )
        wrench[:, 4] = -self._turning * (_MOORED**2 * turned + _HELD * motion.spins[:, 1])
        return wrench


class Loads:
    """Weights on bodies: masses [kg] at places [m] in the world as it begins, that stay where they are on the body."""

    def __init__(self, scene: Scene, loads: Sequence[tuple[int, Array, float]]) -> None:
        """`loads` are the number of a body, a place, shape [3], and a mass each."""
        inverse = [np.linalg.inv(body.pose) for body in scene.bodies]
        self._loads = [(n, inverse[n][:3, :3] @ at + inverse[n][:3, 3], mass) for n, at, mass in loads]
        self._gravity = np.array(scene.gravity)

    def __call__(self, time: float, motion: Motion) -> Array:
        wrench = np.zeros((len(motion.poses), 6))
        for n, at, mass in self._loads:
            force = mass * self._gravity
            wrench[n] += np.concatenate([force, np.cross(motion.poses[n, :3, :3] @ at, force)])
        return wrench


class Carried:
    """Buoyancy of bodies that are moored in waves. Heights of the sea are looked up in a raster about each, a frame of
    the simulation apart, and what water does holds for a hundredth of a second: hulls are slower than both."""

    def __init__(self, scene: Scene, hulls: Sequence[Array], water: Water, times: Array) -> None:
        """hulls: The corners of each body as it begins, in the world [m]; times: evenly spaced story times of the sea,
        the first when the simulation begins [s]."""
        self._seconds = float(times[1] - times[0])
        self._held: tuple[float, Array] | None = None
        middles = np.array([hull.mean(axis=0) for hull in hulls])[:, [0, 2]]  # (B, 2)
        reach = np.array(
            [np.linalg.norm(hull[:, [0, 2]] - m, axis=1).max() for hull, m in zip(hulls, middles, strict=True)]
        )
        self._low, self._cell = middles - (reach + _ROAM)[:, None], 2 * (reach + _ROAM) / (_RASTER - 1)
        steps = np.arange(_RASTER)
        x, z = np.broadcast_arrays(
            (self._low[:, :1] + self._cell[:, None] * steps)[:, :, None],
            (self._low[:, 1:] + self._cell[:, None] * steps)[:, None, :],
        )
        waves = waves_of(water.sea)
        self._heights = water.level + np.array([height(waves, x, z, time) for time in times.tolist()])  # (T, B, R, R)
        self._each = [Buoyancy(Scene((body,)), partial(self._surface, n)) for n, body in enumerate(scene.bodies)]

    def _surface(self, number: int, x: Array, z: Array, time: float) -> Array:
        frame = min(time / self._seconds, len(self._heights) - 1.001)
        before, after = self._heights[int(frame) : int(frame) + 2, number]
        now = before + (frame - int(frame)) * (after - before)
        where = [(each - low) / self._cell[number] for each, low in zip((x, z), self._low[number], strict=True)]
        return ndimage.map_coordinates(now, where, order=1, mode="nearest")

    def __call__(self, time: float, motion: Motion) -> Array:
        if self._held is None or not 0 <= time - self._held[0] < _HOLD:
            one = (
                Motion(motion.poses[n : n + 1], motion.velocities[n : n + 1], motion.spins[n : n + 1])
                for n in range(len(self._each))
            )
            wrench = np.concatenate([each(time, own) for each, own in zip(self._each, one, strict=True)])
            self._held = (time, wrench)
        return self._held[1]


def write_floating(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage) -> tuple[Afloat, ...]:
    """Write how the floating things of the set `place` move in a shot into `stage`, and what stands on them with them;
    returns them, for people to go along."""
    found = [(prim, to) for prim in place.Traverse() if (to := floating_to(prim)) is not None]
    water = next((each[0] for prim in place.Traverse() if (each := read_water(prim)) is not None), None)
    if not found or water is None:
        return ()
    hulls = [_hull(prim, to) for prim, to in found]
    scene = Scene(tuple(_body(str(prim.GetPath()), hull, water) for (prim, _), hull in zip(found, hulls, strict=True)))
    outlines = [ConvexHull(hull[:, [0, 2]]).equations for hull in hulls]
    moves = _simulate(shot, scene, hulls, water, _people(shot, place, outlines))
    afloat = tuple(
        Afloat(body.name, moves[:, n], outlines[n], float(hulls[n][:, 1].min())) for n, body in enumerate(scene.bodies)
    )
    for each in afloat:
        _carry(shot, place, stage, each)
    return afloat


def _simulate(
    shot: ShotPlan, scene: Scene, hulls: Sequence[Array], water: Water, people: Sequence[tuple[int, Array, float]]
) -> Array:
    """How each body's points move at each time code, shape [frames + 2, bodies, 4, 4]."""
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    run_up = round(_RUN_UP / seconds)
    frames = run_up + len(time_codes(shot)) - 1
    times = (np.arange(frames + 1) - run_up - 1) * seconds
    fields = (Carried(scene, hulls, water, times), Mooring(scene), Loads(scene, people))
    laden = replace(scene, bodies=tuple(_sunk(n, body, hulls[n], people) for n, body in enumerate(scene.bodies)))
    poses = simulate(laden, frames, seconds, fields=fields).poses[run_up:]
    return poses @ np.linalg.inv([body.pose for body in scene.bodies])


def _sunk(number: int, body: Body, hull: Array, people: Sequence[tuple[int, Array, float]]) -> Body:
    """A body as deep as those on it press it."""
    weight = sum(mass for under, _, mass in people if under == number)
    pose = body.pose.copy()
    pose[1, 3] -= weight / (WATER * ConvexHull(hull[:, [0, 2]]).volume)
    return replace(body, pose=pose)


def _people(shot: ShotPlan, place: Usd.Stage, outlines: Sequence[Array]) -> list[tuple[int, Array, float]]:
    """Who stands on which floating thing as the shot begins, and what they weigh."""
    found = []
    begins = {path.who: path.spots[0] for path in shot.blocking}
    for member in shot.cast:
        mark = place.GetPrimAtPath(f"{names.MARKS}/{member.mark}")
        at = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(mark).ExtractTranslation()) if mark else np.zeros(3)
        if member.name in begins:
            at[[0, 2]] = begins[member.name].x, begins[member.name].z
        under = next((n for n, each in enumerate(outlines) if within(each, at)), None)
        if under is not None:
            found.append((under, at, _PERSON))
    return found


def _hull(prim: Usd.Prim, to: float) -> Array:
    """The corners of a thing's convex hull up to a height [m], shape [N, 3]."""
    points = np.concatenate([triangles_of(mesh).reshape(-1, 3) for mesh in Usd.PrimRange(prim) if UsdGeom.Mesh(mesh)])
    points = points[points[:, 1] <= to + 1e-6]
    return points[ConvexHull(points).vertices]


def _body(name: str, hull: Array, water: Water) -> Body:
    """A body that weighs as much as the water which it displaces as it stands, its weight over the middle of that."""
    whole = volume_of((Hull(hull),))
    under = clipped(hull, water.level)
    sunk = volume_of((Hull(under),)) if len(under) > 3 else 0.5 * whole
    middle, _ = inertia_of((Hull(hull),), 1.0)
    below, _ = inertia_of((Hull(under if len(under) > 3 else hull),), 1.0)
    at = np.array([below[0], middle[1], below[2]])
    mass = WATER * sunk
    _, inertia = inertia_of((Hull(hull - at),), mass)
    return Body(name, pose_of(at, np.eye(3)), mass, inertia, (Hull(hull - at),))


def clipped(points: Array, level: float) -> Array:
    """The corners of the part of a convex hull that is below a level, shape [N, 3]."""
    hull = ConvexHull(points)
    sides = hull.points[
        np.concatenate([hull.simplices[:, [0, 1]], hull.simplices[:, [1, 2]], hull.simplices[:, [2, 0]]])
    ]
    above = sides[..., 1] > level  # (S, 2)
    cut = sides[above[:, 0] != above[:, 1]]
    share = (level - cut[:, :1, 1]) / (cut[:, 1:, 1] - cut[:, :1, 1])
    crossing = cut[:, 0] + share * (cut[:, 1] - cut[:, 0])
    return np.concatenate([points[points[:, 1] <= level], crossing])


def _carry(shot: ShotPlan, place: Usd.Stage, stage: Usd.Stage, afloat: Afloat) -> None:
    """Write the motion of a floating thing and of the props that stand on it."""
    props = place.GetPrimAtPath(names.PROPS)
    prims = [place.GetPrimAtPath(afloat.path)]
    for prim in props.GetChildren() if props else ():
        at = UsdGeom.XformCache().GetLocalToWorldTransform(prim).ExtractTranslation()
        if UsdGeom.Xformable(prim) and afloat.carries(np.array(at)):
            prims.append(prim)
    for prim in prims:
        rest = UsdGeom.XformCache().GetLocalToWorldTransform(prim)
        above = UsdGeom.XformCache().GetLocalToWorldTransform(prim.GetParent()).GetInverse()
        attribute = transform_of(stage, str(prim.GetPath()))
        for frame, code in enumerate(time_codes(shot)):
            attribute.Set(afloat.carried(rest, frame - 1) * above, code)
