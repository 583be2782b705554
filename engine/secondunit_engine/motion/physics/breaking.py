"""A scene under way in which bodies break: a solver of what there is, made anew whenever something comes apart.

A blow of enough energy is taken back, the whole becomes its shards with the motion it had, and the blow falls on them
instead. What comes off gets a share of the blow's energy away from where it fell, as a crack opens; of a free body
without moving its centre of mass (after Müller, Chentanez and Kim 2013, with fronts scored beforehand).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from secondunit_engine.motion.events import Event
from secondunit_engine.motion.physics.rigid import Blow, Field, Motion, RigidSolver, asks
from secondunit_engine.motion.physics.scene import WORLD, Array, Body, Brittle, Scene

_BURST: Final = 0.08  # of a blow's energy that goes into shards that part
_FASTEST: Final = 3.0  # m/s at which a shard parts
_ALL: Final = 12.0  # times the energy that it takes, from which a blow breaks a held pane all over
_LEAST: Final = 0.18  # of its reach, that any blow breaks

Broken = tuple[frozenset[int] | None, ...]
"""Of each brittle thing which shards came off; None while it is whole."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A scene as it stands, bit for bit; `lie` are the poses at which brittle wholes were last whole."""

    broken: Broken
    lie: tuple[Array, ...]
    state: Array
    breaks: tuple[Event, ...]
    deepest: float


@dataclass(frozen=True, eq=False)
class _Hit:
    """A blow on the brittle thing of this number: its energy [J], where, the impulse on the thing [N s], what hit it
    and what that is of."""

    number: int
    energy: float
    place: Array
    push: Array
    by: str
    of: str


class Breaking:
    """A scene under way. Same scene and same calls give the same bytes."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.broken: Broken = (None,) * len(scene.brittle)
        self.lie: tuple[Array, ...] = (np.eye(4),) * len(scene.brittle)
        self.breaks: list[Event] = []
        self.solver = RigidSolver(_now(scene, self.broken), shards=bool(scene.brittle))
        self._names = {name: n for n, name in enumerate(scene.names)}

    def snapshot(self) -> Snapshot:
        return Snapshot(self.broken, self.lie, self.solver.state(), tuple(self.breaks), self.solver.deepest)

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot, bit for bit."""
        if snapshot.broken != self.broken:
            self.broken = snapshot.broken
            self.solver = RigidSolver(_now(self.scene, self.broken), shards=True)
        self.lie = snapshot.lie
        self.solver.restore(snapshot.state)
        self.solver.deepest = snapshot.deepest
        self.breaks = list(snapshot.breaks)

    def advance(self, frame: int, seconds: float, steps: int, fields: tuple[Field, ...] = ()) -> list[Blow]:
        """From `frame` to the next in so many steps; returns the blows."""
        step = seconds / steps
        blows: list[Blow] = []
        for number in range(steps):
            self._strike(step)
            if fields and asks(number, step):
                motion = self.motion()
                wrenches = np.sum([field(self.solver.time, motion) for field in fields], axis=0)
                self.solver.push(wrenches[[self._names[body.name] for body in self.solver.scene.bodies]])
            blows += self._step(frame + number / steps, step)
            if self.solver.ran_away:
                break
        return blows

    def motion(self) -> Motion:
        """Where everything is now, in the order of `Scene.names`: shards go with what they are part of, and a whole
        that is broken stays where it broke."""
        count = len(self._names)
        all_ = Motion(np.tile(np.eye(4), (count, 1, 1)), np.zeros((count, 3)), np.zeros((count, 3)))
        now = self.solver.motion()
        here = [self._names[body.name] for body in self.solver.scene.bodies]
        all_.poses[here], all_.velocities[here], all_.spins[here] = now.poses, now.velocities, now.spins
        for brittle, off, lies in zip(self.scene.brittle, self.broken, self.lie, strict=True):
            whole, first = self._names[brittle.body], self._names[brittle.shards[0].name]
            if off is not None:
                all_.poses[whole] = lies
                continue
            for n, shard in enumerate(brittle.shards, first):
                all_.poses[n] = all_.poses[whole] @ shard.pose
                arm = all_.poses[n, :3, 3] - all_.poses[whole, :3, 3]
                all_.velocities[n] = all_.velocities[whole] + np.cross(all_.spins[whole], arm)
                all_.spins[n] = all_.spins[whole]
        return all_

    def _strike(self, step: float) -> None:
        """Break what is due to be struck in this step."""
        for number, (brittle, off) in enumerate(zip(self.scene.brittle, self.broken, strict=True)):
            strike = brittle.strike
            if off is None and strike is not None and strike.time < self.solver.time + step:
                self._break(_Hit(number, strike.energy, np.array(strike.place), np.array(strike.impulse), WORLD, ""))

    def _step(self, frame: float, step: float) -> list[Blow]:
        """One step; what breaks in it breaks before it."""
        wholes = zip(self.scene.brittle, self.broken, strict=True)
        if all(off is not None and len(off) == len(brittle.shards) for brittle, off in wholes):
            return self.solver.step(frame, step)
        while True:
            before, deepest = self.solver.state(), self.solver.deepest
            blows = self.solver.step(frame, step)
            hit = self._fatal(blows)
            if hit is None:
                return blows
            self.solver.restore(before)
            self.solver.deepest = deepest
            self._break(hit)

    def _fatal(self, blows: list[Blow]) -> _Hit | None:
        """The first of these blows that breaks something."""
        for number, (brittle, off) in enumerate(zip(self.scene.brittle, self.broken, strict=True)):
            held = {shard.name for n, shard in enumerate(brittle.shards) if off is not None and n not in off}
            names = held if off is not None else {brittle.body}
            by_other: dict[str, list[Blow]] = {}
            for blow in blows:
                if names & set(blow.between):
                    by_other.setdefault(blow.between[blow.between[0] in names], []).append(blow)
            for other, hits in sorted(by_other.items()):
                energy = sum(blow.energy for blow in hits)
                if energy >= brittle.energy:
                    hardest = max(hits, key=lambda blow: blow.energy)
                    ways = [-1 if blow.between[0] in names else 1 for blow in hits]
                    push = sum(way * b.impulse * np.array(b.normal) for way, b in zip(ways, hits, strict=True))
                    of = hardest.surfaces[hardest.between[0] in names]
                    return _Hit(number, energy, np.array(hardest.place), np.asarray(push), other, of)
        return None

    def _break(self, hit: _Hit) -> None:
        """Let go of the shards that a blow breaks off."""
        brittle, off = self.scene.brittle[hit.number], self.broken[hit.number] or frozenset()
        motion, before = self.motion(), self.solver
        rows = self._names[brittle.shards[0].name] + np.arange(len(brittle.shards))
        whole = self.scene.bodies[self._names[brittle.body]]
        gone = _comes_off(brittle, off, motion.poses[rows, :3, 3], hit, whole.way is not None)
        lies = motion.poses[self._names[brittle.body]]
        self.lie = (*self.lie[: hit.number], lies, *self.lie[hit.number + 1 :])
        self.broken = (*self.broken[: hit.number], off | gone, *self.broken[hit.number + 1 :])
        self.solver = RigidSolver(_now(self.scene, self.broken), shards=True)
        self.solver.take_over(before)
        here = {body.name: n for n, body in enumerate(self.solver.scene.bodies)}
        order = sorted(gone)
        apart, turning = _burst(brittle, order, motion.poses[rows[order], :3, 3], hit)
        for n, away, spin in zip(order, apart, turning, strict=True):
            pose, velocity = motion.poses[rows[n]], motion.velocities[rows[n]] + away
            self.solver.place(here[brittle.shards[n].name], pose, velocity, motion.spins[rows[n]] + spin)
        impulse = float(np.linalg.norm(hit.push))
        surface = next((collider.material.name for collider in brittle.shards[0].colliders), "")
        x, y, z = hit.place.tolist()
        speed = 2 * hit.energy / max(impulse, 1e-9)
        self.breaks.append(
            Event("break", before.time, (x, y, z), impulse, speed, (hit.by, brittle.body), (hit.of, surface))
        )


def all_broken(scene: Scene) -> Scene:
    """What there is of a scene of which everything is broken all over."""
    return _now(scene, tuple(frozenset(range(len(brittle.shards))) for brittle in scene.brittle))


def _now(scene: Scene, broken: Broken) -> Scene:
    """What there is of a scene, of which so much is broken."""
    if all(off is None for off in broken):
        return replace(scene, brittle=())
    bodies: dict[str, tuple[Body, ...]] = {body.name: (body,) for body in scene.bodies}
    for brittle, off in zip(scene.brittle, broken, strict=True):
        if off is not None:
            (whole,) = bodies[brittle.body]
            bodies[brittle.body] = tuple(_shard(whole, shard, n in off) for n, shard in enumerate(brittle.shards))
    return replace(scene, bodies=tuple(body for group in bodies.values() for body in group), brittle=())


def _shard(whole: Body, shard: Body, free: bool) -> Body:
    """A shard where its whole began, free or going the whole's way."""
    way = None if free or whole.way is None else whole.way @ shard.pose
    return replace(shard, pose=whole.pose @ shard.pose, way=way)


def _comes_off(brittle: Brittle, off: frozenset[int], middles: Array, hit: _Hit, carried: bool) -> frozenset[int]:
    """Which shards a blow breaks off, beside those that are `off`; middles [m], shape [shards, 3]."""
    left = frozenset(range(len(brittle.shards))) - off
    if not carried:
        return left
    away = np.linalg.norm(middles - hit.place, axis=1)
    reach = max(_LEAST, math.sqrt(min(1.0, hit.energy / (_ALL * brittle.energy)))) * float(away.max())
    nearest = min(left, key=lambda n: float(away[n]))
    gone = {n for n in left if away[n] <= reach} | {nearest}
    links: dict[int, list[int]] = {}
    for one, other in brittle.neighbours:
        links.setdefault(one, []).append(other)
        links.setdefault(other, []).append(one)
    hung = {n for n in left - gone if n in brittle.held}
    todo = sorted(hung)
    while todo:
        new = [n for n in links.get(todo.pop(), ()) if n in left and n not in gone and n not in hung]
        hung.update(new)
        todo += new
    return left - hung


def _burst(brittle: Brittle, order: list[int], middles: Array, hit: _Hit) -> tuple[Array, Array]:
    """Velocities [m/s] and spins [rad/s] with which shards part, shape [shards, 3] each."""
    rng = np.random.Generator(np.random.PCG64([hit.number, len(order), 1913]))
    masses = np.array([brittle.shards[n].mass for n in order])
    arm = middles - hit.place
    away = np.linalg.norm(arm, axis=1, keepdims=True)
    size = max(float(np.median(away)), 1e-3)
    way = arm / np.maximum(away, 1e-6) + 0.7 * hit.push / max(float(np.linalg.norm(hit.push)), 1e-9)
    way = (way + rng.normal(0, 0.25, way.shape)) * (1 / (1 + (away / size) ** 2)) * rng.uniform(0.4, 1.0, away.shape)
    if len(order) == len(brittle.shards):
        way -= (masses[:, None] * way).sum(axis=0) / masses.sum()
    total = 0.5 * float((masses * (way**2).sum(axis=1)).sum())
    way *= math.sqrt(_BURST * hit.energy / max(total, 1e-12))
    way *= np.minimum(1.0, _FASTEST / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9))
    return way, rng.normal(0, 1, way.shape) * np.linalg.norm(way, axis=1, keepdims=True) * 6.0
