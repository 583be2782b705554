"""Things that are dropped, thrown, knocked over or broken: held or standing until then, and physics from then on.

A thing in somebody's hands goes with them until they let go. From the first moment that anything falls, it and the live
props about it are rigid bodies among the pieces of the set (physics/); who is not touched keeps no time samples. What
is brittle breaks (shards.py) when a blow is hard enough, or when a script says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_engine.motion.events import Event
from secondunit_engine.motion.physics.read_stage import Staged, read_stage
from secondunit_engine.motion.physics.scene import Array, Ball, Body, Hull, Scene, Strike
from secondunit_engine.motion.physics.simulate import Simulated, simulate
from secondunit_engine.motion.physics.surroundings import with_surroundings
from secondunit_engine.motion.physics.write_layer import transform_of, write_layer
from secondunit_engine.motion.shards import Scored, score, write_shards
from secondunit_engine.motion.story import time_codes
from secondunit_engine.planning.plan import ActionPlan, ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import RainField, read_field
from secondunit_engine.world.props.writing import BREAK_ENERGY, BREAK_HELD

_LETS_GO: Final = (0.3, 0.6)  # of an action, and s at most, until hands open or hit
_ABOUT: Final = 1.2  # m about what falls in which other live props may be hit
_HIT: Final = 1.1  # m/s that a hand gives to the top of what it knocks over
_THROWN: Final = (6.5, 1.2)  # m/s forwards and upwards of what is thrown
_FLIES: Final = 4.5  # m that what is thrown may go
_STRUCK: Final = 8.0  # times the energy that breaks a thing, of a blow that a script says broke it
_FIST: Final = 5.0  # m/s of such a blow
_WETS: Final = 0.8  # m/s from which what lands on wet ground splashes
_PUDDLE: Final = 0.06  # m about the foot of a rain field that count as the ground
_TINKLES: Final = 12  # contacts of the shards of one thing that are told: the hardest
_AT_HAND: Final = np.array([0.0, 1.05, 0.34])  # m from a mark, of what nobody's hands are known to hold


@dataclass(frozen=True)
class _Fall:
    """One thing that falls: its prim, from which frame, whether it was held, and the action."""

    path: str
    frame: int
    held: bool
    action: ActionPlan


def write_falls(shot: ShotPlan, stage: Usd.Stage, below: Sequence[str], hands: Mapping[str, Array]) -> list[Event]:
    """Write what falls in a shot into the motion layer's `stage`; returns the contacts.

    `below` are the layers under it, strongest first; `hands` each person's right palm [m], shape [frames, 3].
    """
    joined = _joined(stage, below)
    falls = _falls(shot, joined)
    if not falls:
        return []
    for fall in falls:
        if fall.held:
            _hold(shot, stage, joined, fall, hands)
    first = min(fall.frame for fall in falls)
    code = names.FIRST_FRAME + first
    seconds = float(1 / shot.rate.fraction) * shot.motion.time_scale
    frames = shot.frames - first
    staged = _read(joined, code, frames * seconds, falls)
    bodies = tuple(_struck(body, falls, joined) for body in staged.scene.bodies)
    scene = replace(staged.scene, bodies=bodies)
    scored = _scored(joined, Staged(scene, staged.held), code, falls, lambda frame: (frame - first) * seconds)
    stays = tuple(hull for each in scored for hull in each.stays)
    scene = replace(scene, brittle=tuple(each.brittle for each in scored), still=(*scene.still, *stays))
    flies = [path for fall in falls if fall.action.verb == "throw" for path in [fall.path]]
    scene = with_surroundings(scene, joined, [held.path for held in staged.held], _landings(scene, flies))
    simulated = simulate(scene, frames, seconds)
    moved = write_layer(stage, joined, Staged(scene, staged.held), simulated, code)
    _write_broken(stage, scored, simulated, scene.names, code, seconds)
    for path in moved:  # before the fall it is where it was
        attribute = stage.GetAttributeAtPath(f"{path}.xformOp:transform")
        rest = attribute.Get(code)
        for before in range(time_codes(shot).start, code):
            if before not in attribute.GetTimeSamples():
                attribute.Set(rest, before)
    start, stretch = first / float(shot.rate.fraction), 1 / shot.motion.time_scale
    poured = {each.brittle.body: each.poured for each in scored if each.poured}
    return [_on_screen(event, start, stretch) for event in _told(simulated.events, poured, _rains(joined))]


def _joined(stage: Usd.Stage, below: Sequence[str]) -> Usd.Stage:
    """The motion layer as it is so far over the layers below it."""
    root = Sdf.Layer.CreateAnonymous("falls.usda")
    for layer in (stage.GetRootLayer().identifier, *below):
        root.subLayerPaths.append(layer)
    return Usd.Stage.Open(root)


def _falls(shot: ShotPlan, stage: Usd.Stage) -> list[_Fall]:
    """Each live prop's first fall."""
    found: dict[str, _Fall] = {}
    root = stage.GetPrimAtPath(names.PROPS)
    live = {
        p.GetName(): p for p in (root.GetChildren() if root else ()) if "PhysicsRigidBodyAPI" in p.GetAppliedSchemas()
    }
    for action in sorted(shot.actions, key=lambda each: each.start):
        name = action.target if action.verb in ("drop", "throw", "knock over", "break") else ""
        name = action.actor if action.verb in ("fall", "break") and not name else name
        if action.verb == "break" and not (name in live and live[name].GetAttribute(BREAK_ENERGY)):
            continue
        if name not in live or name in found or action.start >= shot.frames:
            continue
        until = min(round(_LETS_GO[0] * action.frames), round(_LETS_GO[1] * float(shot.rate.fraction)))
        frame = min(action.start + until, shot.frames - 1)
        found[name] = _Fall(str(live[name].GetPath()), frame, action.verb in ("drop", "throw"), action)
    return list(found.values())


def _hold(shot: ShotPlan, stage: Usd.Stage, joined: Usd.Stage, fall: _Fall, hands: Mapping[str, Array]) -> None:
    """Keep a thing in the hand of who drops it until it opens; one that was lifted is held already."""
    if stage.GetAttributeAtPath(f"{fall.path}.xformOp:transform"):
        return
    prim = joined.GetPrimAtPath(fall.path)
    rest = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))
    bounds = UsdGeom.BBoxCache(Usd.TimeCode.Default(), [UsdGeom.Tokens.default_]).ComputeWorldBound(prim)
    middle = np.array(bounds.ComputeAlignedRange().GetMidpoint())
    mark = joined.GetPrimAtPath(f"{names.MARKS}/hero")
    at_mark = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(mark)) if mark else np.eye(4)
    place = np.append(_AT_HAND, 1.0) @ at_mark
    attribute = transform_of(stage, fall.path)
    for code in time_codes(shot)[: fall.frame + 2]:
        frame = min(max(code - names.FIRST_FRAME, 0), shot.frames - 1)
        to = hands[fall.action.actor][frame] if fall.action.actor in hands else place[:3]
        moved = rest.copy()
        moved[3, :3] += to - middle
        attribute.Set(Gf.Matrix4d(*map(float, moved.reshape(-1))), code)


def _read(stage: Usd.Stage, code: int, seconds: float, falls: Sequence[_Fall]) -> Staged:
    """What falls, and the live props within reach of it, at a time code."""
    cache = UsdGeom.XformCache(Usd.TimeCode(code))
    places = [np.array(cache.GetLocalToWorldTransform(stage.GetPrimAtPath(fall.path)))[3, :3] for fall in falls]

    def moves(prim: Usd.Prim) -> bool:
        here = np.array(cache.GetLocalToWorldTransform(prim))[3, :3]
        return any(np.hypot(*(here - place)[[0, 2]]) < _ABOUT for place in places)

    return read_stage(stage, code, seconds, moves=moves)


def _struck(body: Body, falls: Sequence[_Fall], stage: Usd.Stage) -> Body:
    """A body as it begins: what is knocked over gets a push at its top, away from who does it."""
    fall = next((fall for fall in falls if fall.path == body.name), None)
    if stage.GetPrimAtPath(body.name).GetAttribute(BREAK_HELD).Get():
        return replace(body, way=np.array([body.pose]))
    if fall is None or fall.action.verb in ("drop", "fall", "break"):
        return body
    way = _away(body, fall, stage)
    if fall.action.verb == "throw":
        forward, up = _THROWN
        spin = 4.0 * np.cross([0.0, 1.0, 0.0], way)
        return replace(body, velocity=tuple((forward * way + [0, up, 0]).tolist()), spin=tuple(spin.tolist()))
    up = body.pose[1, :3]  # the world's up in the body's space
    reach = [_span(collider, up) for collider in body.colliders]
    height = max((high for _, high in reach), default=0.0) - min((low for low, _ in reach), default=0.0)
    push = _HIT * _away(body, fall, stage)
    spin = np.cross([0.0, 1.0, 0.0], push) / max(0.5 * height, 0.02)
    return replace(body, velocity=tuple((0.7 * push).tolist()), spin=tuple((0.8 * spin).tolist()))


def _away(body: Body, fall: _Fall, stage: Usd.Stage) -> Array:
    """The level way from who acts to a thing, a unit vector; what is thrown goes the way that they face."""
    cast = stage.GetPrimAtPath(f"{names.CAST}/{fall.action.actor}") or stage.GetPrimAtPath(f"{names.MARKS}/hero")
    code = Usd.TimeCode(names.FIRST_FRAME + fall.frame)
    pose = np.array(UsdGeom.XformCache(code).GetLocalToWorldTransform(cast)) if cast else np.eye(4)
    way = pose[2, :3] if fall.action.verb == "throw" else body.pose[:3, 3] - pose[3, :3]
    way = way * [1, 0, 1]
    return way / np.linalg.norm(way) if np.linalg.norm(way) > 1e-3 else np.array([1.0, 0.0, 0.0])


def _scored(
    stage: Usd.Stage, staged: Staged, code: int, falls: Sequence[_Fall], when: Callable[[int], float]
) -> list[Scored]:
    """What of the bodies can break; `when` is the simulation's time of a frame of the shot."""
    found: list[Scored] = []
    for body, held in zip(staged.scene.bodies, staged.held, strict=True):
        fall = next((fall for fall in falls if fall.path == body.name and fall.action.verb == "break"), None)
        strike = None
        if fall is not None:
            energy = _STRUCK * float(stage.GetPrimAtPath(body.name).GetAttribute(BREAK_ENERGY).Get())
            by_itself = fall.action.actor == body.name.rsplit("/", 1)[-1]
            push = (0.0 if by_itself else 2 * energy / _FIST) * _away(body, fall, stage)
            x, y, z = body.pose[:3, 3].tolist()
            strike = Strike(when(fall.frame), (x, y, z), tuple(push.tolist()), energy)
        scored = score(stage, held, body, code, strike)
        if scored is not None:
            found.append(scored)
    return found


def _landings(scene: Scene, paths: Sequence[str]) -> Array:
    """Where things that are thrown may come to, shape [N, 3]."""
    found = np.zeros((0, 3))
    for body in (body for body in scene.bodies if body.name in paths):
        way = np.array(body.velocity) * [1, 0, 1]
        there = body.pose[:3, 3] + _FLIES * way / max(float(np.linalg.norm(way)), 1e-9)
        found = np.concatenate([found, there[None]])
    return found


def _write_broken(
    stage: Usd.Stage, scored: Sequence[Scored], run: Simulated, bodies: Sequence[str], code: int, seconds: float
) -> None:
    """The shards of what broke."""
    for each in scored:
        at = next((e.time for e in run.events if e.kind == "break" and e.who[1] == each.brittle.body), None)
        if at is not None:
            row = bodies.index(each.brittle.shards[0].name)
            broke = code + math.floor(at / seconds) + 1
            write_shards(stage, each, run, range(row, row + len(each.pieces)), code, broke)


def _rains(stage: Usd.Stage) -> tuple[RainField, ...]:
    """Where it rains, so that the ground is wet."""
    air = stage.GetPrimAtPath(names.AIR)
    fields = [read_field(prim) for prim in (air.GetChildren() if air else ())]
    return tuple(field for field in fields if isinstance(field, RainField))


def _splashes(event: Event, rains: Sequence[RainField]) -> bool:
    """Whether a contact is with wet ground, and hard enough to throw water."""
    x, y, z = event.place
    return event.kind == "contact" and "" in event.who and event.speed > _WETS and any(
        rain.low[0] < x < rain.high[0] and rain.low[2] < z < rain.high[2] and abs(y - rain.low[1]) < _PUDDLE
        for rain in rains
    )  # fmt: skip


def _told(events: Sequence[Event], poured: Mapping[str, str], rains: Sequence[RainField]) -> list[Event]:
    """The events that are told: of shards the hardest contacts with other things; what was in a thing splashes, and so
    does what lands where it rains."""
    shards = "_shards/"
    told = [event for event in events if not any(shards in name for name in event.who)]
    for whole in sorted({name.split(shards)[0] for event in events for name in event.who if shards in name}):
        own = [event for event in events if sum(name.startswith(whole + shards) for name in event.who) == 1]
        told += sorted(own, key=lambda event: -event.impulse)[:_TINKLES]
    told += [
        replace(event, kind="splash", materials=(poured[event.who[1]], event.materials[0]))
        for event in events if event.kind == "break" and event.who[1] in poured
    ]  # fmt: skip
    told += [replace(event, kind="splash", materials=("water", *event.materials)) for event in told
             if _splashes(event, rains)]  # fmt: skip
    return sorted(told, key=lambda event: (event.time, event.kind, event.who))


def _span(collider: Hull | Ball, way: Array) -> tuple[float, float]:
    """How far a collider reaches along a unit vector of its body's space [m]."""
    if isinstance(collider, Ball):
        middle = float(collider.middle @ way)
        return middle - collider.radius, middle + collider.radius
    along = collider.points @ way  # (points,)
    return float(along.min()), float(along.max())


def _on_screen(event: Event, start: float, stretch: float) -> Event:
    """An event of the simulation in the time of the screen, between things by their names."""
    who = tuple(path.removeprefix(f"{names.PROPS}/").split("/")[0].removesuffix("_shards") for path in event.who)
    return replace(event, time=start + event.time * stretch, who=who)
