"""Many bodies at once: a pane of 200 shards that a ball goes through, and 1,000 boxes dropped.

Each is finite and stable, and nothing sinks by 2 mm; its cost a frame stands beside MuJoCo's own step with MuJoCo's own
contacts on the same bodies.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import mujoco as untyped
import numpy as np

from benchmarks.table import Row
from secondunit_engine.motion.physics.breaking import all_broken
from secondunit_engine.motion.physics.fracture import broken_box, seeds_in
from secondunit_engine.motion.physics.rigid import compile_scene
from secondunit_engine.motion.physics.scene import Ball, Ground, Material, Scene, body_of, box
from secondunit_engine.motion.physics.simulate import Simulated, simulate

FRAME = 1 / 24
GLASS, STONE, FLOOR = Material("glass", 0.4, 0.2), Material("stone", 0.5, 0.3), Material("floor", 0.5, 0.2)
_HALF = np.array([0.5, 0.4, 0.002])  # m
_DENSITY = 2500.0  # kg/m3 of glass

mujoco: Any = untyped  # it comes without types


def pane(shards: int, speed: float = 8.0, seed: int = 1, energy: float = 1.0) -> Scene:
    """A pane of glass in its frame, scored into so many shards, and a ball of 1.5 kg that comes at it [m/s]."""
    rng = np.random.Generator(np.random.PCG64(seed))
    seeds = seeds_in(-_HALF, _HALF, shards, rng, np.array([0.05, 0.05, 0.0]))
    half = (float(_HALF[0]), float(_HALF[1]), float(_HALF[2]))
    whole = body_of("pane", (0, 0.9, 0), box(half, GLASS), float(_DENSITY * 8 * np.prod(_HALF)))
    whole = replace(whole, way=np.array([whole.pose]))
    ball = body_of("ball", (0.05, 0.95, 0.4), Ball(np.zeros(3), 0.06, STONE), 1.5, velocity=(0, 0.5, -speed))
    brittle = broken_box("pane", -_HALF, _HALF, seeds, _DENSITY, GLASS, energy, held=True)
    return Scene((whole, ball), (Ground(0.0, FLOOR),), brittle=(brittle,))


def boxes(count: int) -> Scene:
    """Boxes of many sizes that fall in a heap, turning."""
    rng = np.random.Generator(np.random.PCG64(5))
    side = max(2, round((count / 2.5) ** (1 / 3)))
    bodies = []
    for n in range(count):
        wide, high, deep = (0.05 * rng.uniform(0.7, 1.2, 3)).tolist()
        x, z = (0.16 * (np.array([n % side, n // side % side]) - side / 2) + rng.normal(0, 0.01, 2)).tolist()
        turning = rng.normal(0, 1, 3).tolist()
        bodies.append(
            body_of(
                f"box{n}", (x, 0.2 + 0.17 * (n // side**2), z), box((wide, high, deep), FLOOR),
                600 * 8 * wide * high * deep, spin=(turning[0], turning[1], turning[2]),
            )
        )  # fmt: skip
    return Scene(tuple(bodies), (Ground(0.0, FLOOR),))


def measure() -> list[Row]:
    return [
        *_rows("200 shards hit by a ball, 48 frames", pane(200), 48),
        *_rows("1,000 boxes dropped, 36 frames", boxes(1000), 36),
    ]


def _rows(what: str, scene: Scene, frames: int) -> list[Row]:
    start = time.process_time()
    run = simulate(scene, frames, FRAME)
    spent = (time.process_time() - start) / frames
    again = simulate(scene, frames, FRAME, begin=run.checkpoints[frames // 2])
    same = np.array_equal(again.poses, run.poses[frames // 2 :]) and again.events == run.events
    return [
        Row(f"{what}: bodies that are somewhere", f"{100 * float(np.isfinite(run.poses).mean()):.0f}", "%", "100"),
        Row(f"{what}: deepest in each other", f"{1000 * run.deepest:.2f}", "mm", "2"),
        Row(f"{what}: mean speed at the end", f"{_speed(run):.2f}", "m/s"),
        Row(f"{what}: a restart from the middle is the same", "yes" if same else "no", "", "yes"),
        Row(f"{what}: a frame", f"{spent:.2f}", "cpu-s"),
        Row(f"{what}: a frame of plain MuJoCo", plain(scene, frames), "cpu-s"),
    ]


def _speed(run: Simulated) -> float:
    return float(np.linalg.norm(run.velocities[-1], axis=1).mean())


def plain(scene: Scene, frames: int, step: float = 0.002) -> str:
    """CPU seconds a frame of MuJoCo with its own contacts and usual step [s] on what there is after everything broke;
    or when it came apart. The blow itself is not part of it: MuJoCo has no fracture."""
    model = compile_scene(all_broken(scene), shards=False)
    model.geom_solref[:], model.geom_solimp[:] = (0.02, 1.0), (0.9, 0.95, 0.001, 0.5, 2.0)
    model.opt.timestep, model.opt.integrator, model.opt.tolerance = step, 0, 1e-8
    data = mujoco.MjData(model)
    start = time.process_time()
    for number in range(round(frames * FRAME / step)):
        mujoco.mj_step(model, data)
        if not np.isfinite(data.qpos).all() or np.abs(data.qvel).max() > 1e4 or data.warning[6].number:
            return f"came apart after {number * step:.2f} s"
    return f"{(time.process_time() - start) / frames:.2f}"
