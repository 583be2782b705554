"""How a car's body rides on its springs: a bicycle model, one spring and damper for each axle.

The body heaves and pitches about its centre of mass as the axles' springs say, under its own inertia when it gathers
speed or brakes, and over the road's unevenness, which the rear axle meets after the front one. The model is linear and
a run's acceleration changes in steps, so that the answer is closed-form at any moment: the sum of its step responses
(Gillespie, Fundamentals of Vehicle Dynamics, 1992, chapter 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from secondunit_engine.planning.driving import Drive
from secondunit_engine.world.props.car_body import FRONT_AXLE, REAR_AXLE

Array = NDArray[np.floating]

_ROAD: Final = ((9.0, 0.0030), (4.1, 0.0019), (1.7, 0.0009))  # m of a wave of the road, and m of its height
_FINE: Final = 400  # moments a second at which the road is felt
_SETTLES: Final = 1.6  # s after which nothing of a bump is left


@dataclass(frozen=True)
class Suspension:
    """A road car. `mass` [kg] is sprung; `gyration` its radius of gyration in pitch [m]; `height` of its centre of mass
    over the road and its place `centre` along the car [m]; `hertz` of the body over the front and the rear axle;
    `damping` ratio; `anti` the share of the inertia's moment that the linkage takes without the springs moving."""

    mass: float = 1350.0
    gyration: float = 1.25
    height: float = 0.52
    centre: float = 0.05
    hertz: tuple[float, float] = (1.35, 1.55)
    damping: float = 0.32
    anti: float = 0.3

    @cached_property
    def _arms(self) -> tuple[float, float]:
        """How far ahead and behind of the centre of mass the axles are [m]."""
        return FRONT_AXLE - self.centre, self.centre - REAR_AXLE

    @cached_property
    def loads(self) -> tuple[float, float]:
        """What the front and the rear axle carry of the mass at rest [kg]."""
        ahead, behind = self._arms
        return self.mass * behind / (ahead + behind), self.mass * ahead / (ahead + behind)

    @cached_property
    def _springs(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Stiffness [N/m] and damping [N s/m], front and rear each."""
        omega = 2 * np.pi * np.array(self.hertz)
        front, rear = (np.array(self.loads) * omega**2).tolist()
        slow, slower = (2 * self.damping * np.array(self.loads) * omega).tolist()
        return (front, rear), (slow, slower)

    @cached_property
    def _system(self) -> tuple[Array, Array, Array]:
        """x' = A x + b a + (what the road pushes), x = (heave [m], pitch [rad], and their speeds): A, shape [4, 4]; b,
        shape [4], for an acceleration of 1 m/s2; and the rise [m] of the front and of the rear axle, shape [4, 2]."""
        (kf, kr), (cf, cr) = self._springs
        lf, lr = self._arms
        # An axle's spring is compressed by road - heave - (+ahead or -behind) * pitch; pitch > 0 lifts the nose.
        stiff = np.array([[kf + kr, kf * lf - kr * lr], [kf * lf - kr * lr, kf * lf**2 + kr * lr**2]])
        slow = np.array([[cf + cr, cf * lf - cr * lr], [cf * lf - cr * lr, cf * lf**2 + cr * lr**2]])
        inertia = np.diag([1 / self.mass, 1 / (self.mass * self.gyration**2)])
        a = np.block([[np.zeros((2, 2)), np.eye(2)], [-inertia @ stiff, -inertia @ slow]])
        b = np.array([0.0, 0.0, 0.0, (1 - self.anti) * self.height / self.gyration**2])
        road = np.zeros((4, 2))
        road[2:] = inertia @ np.array([[kf, kr], [kf * lf, -kr * lr]])
        return a, b, road

    def answer(self, changes: list[tuple[float, float]], times: Array) -> Array:
        """Heave [m] and pitch [rad, nose up] at times [s], shape [times, 2], of an acceleration that changes by so much
        [m/s2] at moments [s]; at rest before."""
        a, b, _ = self._system
        values, vectors = np.linalg.eig(a)
        parts = np.linalg.solve(vectors, b.astype(complex))  # (4,) of the modes
        total = np.zeros((len(times), 2))
        for moment, change in changes:
            since = np.maximum(times - moment, 0.0)[:, None]  # (T, 1)
            modes = (np.exp(values * since) - 1) / values * parts  # (T, 4)
            total += change * (modes @ vectors[:2].T).real
        return total

    def over(self, road: Array, step: float) -> Array:
        """Heave and pitch, shape [T, 2], over the heights of the road under both axles [m], shape [T, 2], every `step`
        seconds; at rest before the first."""
        a, _, push = self._system
        whole = expm(np.block([[a, push], [np.zeros((2, 6))]]) * step)  # exact for heights that hold for a step
        state = np.zeros(4)
        found = np.zeros((len(road), 2))
        for n, heights in enumerate(road):
            found[n] = state[:2]
            state = whole[:4, :4] @ state + whole[:4, 4:] @ heights
        return found


ROAD_CAR: Final = Suspension()


def ride(drive: Drive, times: Array, seed: int, car: Suspension = ROAD_CAR) -> tuple[Array, Array]:
    """Heave [m] and pitch [rad, nose up] of a driven car's body at story times [s], shape [T] each.

    What a moment shows depends on the run and the seed alone. The road is smooth until the run begins.
    """
    steps = drive.steps()
    before = [0.0, *(acceleration for _, acceleration in steps[:-1])]
    changes = [(moment, now - was) for (moment, now), was in zip(steps, before, strict=True)]
    inertia = car.answer(changes, times)  # (T, 2)
    first = np.floor((times.min() - _SETTLES) * _FINE) / _FINE
    fine = first + np.arange(round((times.max() - first) * _FINE) + 2) / _FINE
    gone = drive.origin + drive.distance(fine)
    phase = np.random.Generator(np.random.PCG64(seed + 5)).uniform(0, 2 * np.pi, len(_ROAD))

    def height(along: Array) -> Array:
        waves = [rise * np.sin(2 * np.pi * along / length + p) for (length, rise), p in zip(_ROAD, phase, strict=True)]
        return np.sum(waves, axis=0)

    under = np.column_stack([height(gone + FRONT_AXLE), height(gone + REAR_AXLE)])
    road = car.over(under - under[:1], 1 / _FINE)
    bumps = np.column_stack([np.interp(times, fine, road[:, k]) for k in range(2)])
    total = inertia + bumps
    return total[:, 0], total[:, 1]
