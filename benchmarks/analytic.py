"""Rigid motion against what mechanics says: each case is simulated as a shot would be, and compared with its formula.

The bar is 1 % for each, and 1 % of drift for the energy of a closed system over 10 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp
from scipy.special import ellipk

from benchmarks.table import Row
from secondunit_engine.motion.physics.fields import AIR, WATER, AirDrag, Buoyancy
from secondunit_engine.motion.physics.rigid import RigidSolver
from secondunit_engine.motion.physics.scene import (
    Array,
    Ball,
    Body,
    Ground,
    Joint,
    Material,
    Scene,
    body_of,
    box,
    pose_of,
)
from secondunit_engine.motion.physics.simulate import Simulated, simulate

G = 9.81
FRAME = 1 / 24


@dataclass(frozen=True)
class Case:
    """What was measured and what it should be, in the same unit."""

    measured: float
    exact: float
    unit: str

    @property
    def off(self) -> float:
        """How far off, as a share of the exact value."""
        return abs(self.measured - self.exact) / abs(self.exact)


def measure() -> list[Row]:
    rows: list[Row] = []
    for name, case in CASES.items():
        start = time.process_time()
        found = case()
        spent = time.process_time() - start
        what = f"{name}: {found.measured:.5g} for {found.exact:.5g} {found.unit}, in {spent:.1f} cpu-s"
        rows.append(Row(what, f"{100 * found.off:.3f}", "% off", "1"))
    return rows


def _ball(radius: float = 0.1, friction: float = 0.0, restitution: float = 0.0) -> Ball:
    return Ball(np.zeros(3), radius, Material("ball", friction, restitution))


def free_fall() -> Case:
    run = simulate(Scene((body_of("ball", (0, 0, 0), _ball(), 1.0),)), 24, FRAME)
    return Case(-run.poses[-1, 0, 1, 3], G / 2, "m in 1 s")


def pendulum() -> Case:
    """A ball of 10 cm on a rod of 1 m without weight, let go at 30 degrees: the period by the elliptic integral."""
    angle, inertia = np.radians(30), 0.4 * 0.1**2
    hang = np.array([np.sin(angle), -np.cos(angle), 0])
    bob = Body("bob", pose_of(hang, np.eye(3)), 1.0, inertia * np.eye(3))
    x, y, z = (-hang).tolist()
    run = simulate(Scene((bob,), joints=(Joint("rod", "hinge", "bob", anchor=(x, y, z)),)), 240, FRAME)
    exact = 4 * np.sqrt((1 + inertia) / G) * float(ellipk(np.sin(angle / 2) ** 2))
    return Case(_period(run.poses[:, 0, 0, 3]), exact, "s")


def _period(swing: Array) -> float:
    """The period of an even swing [s] by its zeros, between samples by the sine it is about there."""
    falls = np.flatnonzero((swing[:-1] > 0) & (swing[1:] <= 0))
    times = (falls + swing[falls] / (swing[falls] - swing[falls + 1])) * FRAME
    return float(times[-1] - times[0]) / (len(times) - 1)


def restitution(e: float) -> Callable[[], Case]:
    def bounce() -> Case:
        """A ball let go 1 m above the floor: the root of how much of its height it comes back to."""
        ball = body_of("ball", (0, 1.1, 0), _ball(restitution=e), 1.0)
        run = simulate(Scene((ball,), (Ground(0.0),)), 960, 1 / 960)
        height = run.poses[:, 0, 1, 3] - 0.1
        down = int(np.argmax(run.velocities[:, 0, 1] > 0))
        return Case(float(np.sqrt(height[down:].max())), e, "")

    return bounce


def sliding() -> Case:
    """A box at 3 m/s on a floor of friction 0.3: how far it comes."""
    wood = Material("wood", 0.3, 0.0)
    crate = body_of("box", (0, 0.05, 0), box((0.1, 0.05, 0.1), wood), 2.0, velocity=(3, 0, 0))
    run = simulate(Scene((crate,), (Ground(0.0),)), 36, FRAME)
    return Case(run.poses[-1, 0, 0, 3], 3**2 / (2 * 0.3 * G), "m")


def buoyant() -> Case:
    """A cube of 0.2 m and 600 kg/m3 let go over still water: its draught when it lies still."""
    cube = body_of("cube", (0, 0.08, 0), box((0.1, 0.1, 0.1)), 600 * 0.2**3)
    scene = Scene((cube,))
    run = simulate(scene, 240, FRAME, fields=(Buoyancy(scene, lambda x, z, time: np.zeros_like(x)),))
    return Case(0.1 - run.poses[-1, 0, 1, 3], 0.2 * 600 / WATER, "m")


def projectile() -> Case:
    """A ball thrown at 30 m/s and 45 degrees with the drag of air: its way in 2 s, by an integrator of order 8."""
    area, mass = 0.47 * np.pi * 0.05**2, 0.145
    ball = body_of("ball", (0, 0, 0), _ball(0.05), mass, velocity=(30 * np.sqrt(0.5), 30 * np.sqrt(0.5), 0))
    scene = Scene((ball,))
    run = simulate(scene, 48, FRAME, fields=(AirDrag(scene, {"ball": float(area)}),))

    def flight(_: float, y: Array) -> list[float]:
        drag = 0.5 * AIR * area / mass * np.hypot(y[2], y[3])
        return [y[2], y[3], -drag * y[2], -G - drag * y[3]]

    exact = solve_ivp(flight, (0, 2), [0, 0, 30 * np.sqrt(0.5), 30 * np.sqrt(0.5)], "DOP853", rtol=1e-10).y[:, -1]
    return Case(float(np.hypot(*run.poses[-1, 0, :2, 3])), float(np.hypot(exact[0], exact[1])), "m")


def rolling() -> Case:
    """A ball on a slope of 20 degrees that grips: 5/7 of what a slide would have."""
    slope = np.radians(20)
    ball = body_of("ball", (0, 0.1, 0), _ball(friction=0.6), 1.0)
    down = (float(G * np.sin(slope)), float(-G * np.cos(slope)), 0.0)
    run = simulate(Scene((ball,), (Ground(0.0),), gravity=down), 24, FRAME)
    return Case(run.poses[-1, 0, 0, 3], 5 / 14 * G * float(np.sin(slope)), "m in 1 s")


def rolling_slip() -> Case:
    """The same ball: the speed of its rim against its own."""
    slope = np.radians(20)
    ball = body_of("ball", (0, 0.1, 0), _ball(friction=0.6), 1.0)
    down = (float(G * np.sin(slope)), float(-G * np.cos(slope)), 0.0)
    run = simulate(Scene((ball,), (Ground(0.0),), gravity=down), 24, FRAME)
    return Case(-0.1 * run.spins[-1, 0, 2], run.velocities[-1, 0, 0], "m/s")


def precession() -> Case:
    """A gyroscope with its axle level, held at one end: m g r / (I w), steady."""
    mass, arm, spin, across, along = 1.0, 0.1, 200.0, 2e-3, 2e-3
    rate = mass * G * arm / (along * spin)
    wheel = Body(
        "wheel", pose_of(np.array([arm, 0, 0]), np.eye(3)), mass, np.diag([along, across, across]), spin=(spin, rate, 0)
    )
    run = simulate(Scene((wheel,), joints=(Joint("end", "ball", "wheel", anchor=(-arm, 0, 0)),)), 24, FRAME)
    turned = np.unwrap(np.arctan2(-run.poses[:, 0, 2, 3], run.poses[:, 0, 0, 3]))
    return Case(float(turned[-1] - turned[0]), rate, "rad in 1 s")


def _collision() -> Simulated:
    """Two balls without gravity that meet askew, e = 0.5, without friction."""
    one = body_of("one", (0, 0, 0), _ball(0.1, 0.0, 0.5), 1.0, velocity=(3, 0, 0))
    two = body_of("two", (0.5, 0.1, 0), _ball(0.1, 0.0, 0.5), 2.5, velocity=(-1, 0, 0.5))
    return simulate(Scene((one, two), gravity=(0, 0, 0)), 24, FRAME)


def momentum() -> Case:
    """Two balls that meet askew: their momentum after as against before."""
    run = _collision()
    total = np.einsum("b,fbk->fk", np.array([1.0, 2.5]), run.velocities)
    drift = float(np.linalg.norm(total[-1] - total[0]))
    return Case(float(np.linalg.norm(total[0])) + drift, float(np.linalg.norm(total[0])), "kg m/s")


def collision() -> Case:
    """The same two: the speed at which they part along the line of their middles as they met."""
    run = _collision()
    met = next(event for event in run.events if event.kind == "contact")
    before = run.velocities[0, 0] - run.velocities[0, 1]
    change = 1.0 * np.linalg.norm(run.velocities[-1, 0] - run.velocities[0, 0])
    normal = (run.velocities[-1, 0] - run.velocities[0, 0]) / change
    exact = 1.5 * abs(float(before @ normal)) * (1 * 2.5 / 3.5)
    return Case(met.impulse, exact, "N s")


def energy() -> Case:
    """A double pendulum that swings wildly for 10 s without loss: its energy over the lowest there is."""
    arms = [np.array([1.0, 0, 0]), np.array([2.0, 0, 0])]
    bodies = tuple(Body(f"b{n}", pose_of(at, np.eye(3)), 1.0, 1e-3 * np.eye(3)) for n, at in enumerate(arms))
    joints = (
        Joint("upper", "hinge", "b0", anchor=(-1, 0, 0)), Joint("lower", "hinge", "b1", "b0", anchor=(-1, 0, 0)),
    )  # fmt: skip
    solver = RigidSolver(Scene(bodies, joints=joints))
    lowest = -G * (1 + 2)
    before = solver.energy() - lowest
    worst = before
    for frame in range(240):
        solver.advance(frame, FRAME, 84)
        now = solver.energy() - lowest
        worst = now if abs(now - before) > abs(worst - before) else worst
    return Case(worst, before, "J")


CASES: dict[str, Callable[[], Case]] = {
    "free fall": free_fall,
    "pendulum": pendulum,
    "restitution 0.2": restitution(0.2),
    "restitution 0.5": restitution(0.5),
    "restitution 0.8": restitution(0.8),
    "sliding with friction": sliding,
    "buoyant equilibrium": buoyant,
    "projectile with drag": projectile,
    "rolling without slip": rolling,
    "rolling without slip, the rim": rolling_slip,
    "precession of a top": precession,
    "momentum of two bodies": momentum,
    "impulse between two bodies": collision,
    "energy over 10 s": energy,
}
