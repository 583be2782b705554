"""UsdPhysics in, time samples out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pxr import Gf, Usd, UsdGeom, UsdPhysics

from secondunit_bridge.errors import BadInput, EngineFault, TooLarge
from secondunit_engine.motion.physics.check import MOST_BODIES
from secondunit_engine.motion.physics.read_stage import read_stage
from secondunit_engine.motion.physics.rigid import Blow, Motion, RigidSolver
from secondunit_engine.motion.physics.scene import Array, Ball, Ground, Material, Scene, body_of, box
from secondunit_engine.motion.physics.simulate import simulate
from secondunit_engine.motion.physics.write_layer import write_layer
from tests.engine.motion.physics.conftest import Stage

FRAME = 1 / 24
WOOD = Material("wood", 0.5, 0.2)


def test_a_body_is_read_as_the_schema_says(stage: Stage) -> None:
    """Mass from density and size, inertia of a box, friction of its material; an authored mass and inertia win."""
    plain = stage.cube("/Shot/Plain", (0, 1, 0), (0.1, 0.2, 0.3))
    UsdPhysics.MassAPI.Apply(plain).CreateDensityAttr(500.0)
    stage.surface(plain, 0.4, 0.6)
    told = stage.cube("/Shot/Told", (2, 1, 0), (0.1, 0.1, 0.1))
    api = UsdPhysics.MassAPI.Apply(told)
    api.CreateMassAttr(3.0)
    api.CreateDiagonalInertiaAttr(Gf.Vec3f(1, 2, 3))
    body, other = read_stage(stage.stage, 1001, 1.0).scene.bodies
    assert body.mass == pytest.approx(500 * 8 * 0.1 * 0.2 * 0.3)
    want = body.mass / 3 * np.array([0.2**2 + 0.3**2, 0.1**2 + 0.3**2, 0.1**2 + 0.2**2])
    assert np.allclose(body.inertia, np.diag(want))
    assert (body.colliders[0].material.friction, body.colliders[0].material.restitution) == pytest.approx((0.4, 0.6))
    assert other.mass == 3.0
    assert np.allclose(other.inertia, np.diag([1, 2, 3]))


def test_motion_is_written_through_scale_and_parents(stage: Stage) -> None:
    """A scaled box under a turned parent falls straight down to the floor and keeps its size."""
    parent = UsdGeom.Xform.Define(stage.stage, "/Shot/Props")
    turn = Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(0, 0, 1), 90))
    parent.AddTransformOp().Set(turn)
    prim = stage.cube("/Shot/Props/Case", (1.0, 0, 0), (0.1, 0.2, 0.3))  # at (0, 1, 0) in the world, on its side
    staged = read_stage(stage.stage, 1001, 1.0)
    simulated = simulate(staged.scene, 36, FRAME)
    layer = Usd.Stage.CreateInMemory()
    assert write_layer(layer, stage.stage, staged, simulated, 1001) == [str(prim.GetPath())]
    stage.stage.GetRootLayer().subLayerPaths.append(layer.GetRootLayer().identifier)
    prim.RemoveProperty("xformOp:transform")
    matrix = np.array(UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(Usd.TimeCode(1037)))
    assert matrix[3, :3] == pytest.approx([0, 0.1, 0], abs=1e-3)
    assert np.sort(np.linalg.norm(matrix[:3, :3], axis=1)) == pytest.approx([0.1, 0.2, 0.3], abs=1e-6)


def test_a_hinge_turns_about_its_axis_within_its_limits(stage: Stage) -> None:
    """A flap hung on the world by its edge falls to its limit of 60 degrees and swings about no other axis."""
    flap = stage.cube("/Shot/Flap", (0.5, 3, 0), (0.5, 0.02, 0.3))
    joint = UsdPhysics.RevoluteJoint.Define(stage.stage, "/Shot/Hinge")
    joint.CreateBody1Rel().SetTargets([flap.GetPath()])
    joint.CreateLocalPos1Attr(Gf.Vec3f(-1, 0, 0))  # in the scaled space of the flap: its edge
    joint.CreateAxisAttr("Z")
    joint.CreateLowerLimitAttr(-60)
    joint.CreateUpperLimitAttr(10)
    simulated = simulate(read_stage(stage.stage, 1001, 1.0).scene, 96, FRAME)
    turns = simulated.poses[:, 0, :3, :3]
    angles = np.degrees(np.arctan2(turns[:, 1, 0], turns[:, 0, 0]))
    assert angles.min() > -62
    assert angles[-1] == pytest.approx(-60, abs=1.0)
    assert np.allclose(turns[:, 2, 2], 1)
    edge = simulated.poses[:, 0, :3, 3] - 0.5 * turns[:, :, 0]
    assert np.abs(edge - [0, 3, 0]).max() < 1e-6


@pytest.mark.parametrize(
    ("points", "faces"),
    [
        ([(0, 0, 0), (0.2, 0, 0), (0, 0.2, 0), (0, 0, 0.2)], [0, 1, 2, 0, 3, 1, 0, 2, 3, 1, 3, 2]),
        ([(0, 0, 0), (0.2, 0, 0), (0, 0.2, 0), (0, 0, 0.2)], [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]),
        ([(0, 0, 0), (0.2, 0, 0), (0, 0.2, 0), (0, 0, 0.2)], [0, 1, 2]),
        ([(0, 0, 0), (0.2, 0, 0), (0.2, 0, 0.2), (0, 0, 0.2)], [0, 1, 2, 0, 2, 3]),
    ],
    ids=["outward", "inverted", "open", "flat"],
)
def test_meshes_that_are_inverted_open_or_flat_fall_and_lie(
    stage: Stage, points: list[tuple[float, ...]], faces: list[int]
) -> None:
    prim = stage.mesh("/Shot/Thing", points, faces, (0, 0.5, 0))
    UsdPhysics.MassAPI.Apply(prim).CreateMassAttr(0.5)
    simulated = simulate(read_stage(stage.stage, 1001, 1.0).scene, 48, FRAME)
    assert np.isfinite(simulated.poses).all()
    assert 0 <= simulated.poses[-1, 0, 1, 3] < 0.1
    assert simulated.deepest < 0.002


def test_what_has_no_mass_gets_it_from_its_size_or_is_refused(stage: Stage) -> None:
    """By the schema a mass of 0 is an unsaid one."""
    UsdPhysics.MassAPI.Apply(stage.cube("/Shot/A", (0, 1, 0), (0.1, 0.1, 0.1))).CreateMassAttr(0.0)
    assert read_stage(stage.stage, 1001, 1.0).scene.bodies[0].mass == pytest.approx(8.0)
    empty = UsdGeom.Xform.Define(stage.stage, "/Shot/Empty").GetPrim()
    UsdPhysics.RigidBodyAPI.Apply(empty)
    with pytest.raises(BadInput, match="/Shot/Empty weighs nothing"):
        read_stage(stage.stage, 1001, 1.0)


def test_a_transform_that_is_no_number_is_refused_by_name(stage: Stage) -> None:
    prim = stage.cube("/Shot/Lost", (0, 1, 0), (0.1, 0.1, 0.1))
    prim.GetAttribute("xformOp:transform").Set(Gf.Matrix4d(math.nan))
    with pytest.raises(BadInput, match="/Shot/Lost"):
        read_stage(stage.stage, 1001, 1.0)


def test_too_many_bodies_are_refused_with_an_estimate() -> None:
    crowd = (body_of("a", (0, 1, 0), Ball(np.zeros(3), 0.1), 1.0),) * 100_000
    with pytest.raises(TooLarge, match=rf"100,000 bodies would take about [\d.]+ hours.*at most {MOST_BODIES:,}"):
        simulate(Scene(crowd), 24, FRAME)


def test_a_thousand_million_kilograms_fall_like_anything_else() -> None:
    heavy = body_of("heavy", (0, 0.6, 0), box((0.1, 0.1, 0.1), WOOD), 1e9)
    simulated = simulate(Scene((heavy,), (Ground(0.0),)), 48, FRAME)
    assert simulated.poses[-1, 0, 1, 3] == pytest.approx(0.1, abs=1e-3)
    with pytest.raises(BadInput, match=r"heavy weighs 1e\+15 kg"):
        simulate(Scene((body_of("heavy", (0, 1, 0), box((0.1, 0.1, 0.1)), 1e15),)), 1, FRAME)


def test_bodies_that_begin_inside_each_other_part_gently() -> None:
    bodies = [body_of(name, (x, 0.1 + x, 0), box((0.1, 0.1, 0.1), WOOD), 1.0) for name, x in (("a", 0.0), ("b", 0.05))]
    simulated = simulate(Scene(tuple(bodies), (Ground(0.0),)), 72, FRAME)
    assert np.linalg.norm(simulated.velocities, axis=2).max() < 0.5
    assert np.ptp(simulated.poses[-1, :, 1, 3]) > 0.19  # one on the other
    assert np.abs(simulated.velocities[-1]).max() < 1e-3


def test_what_diverges_is_named_after_one_try_at_half_the_step() -> None:
    """A field that pushes ever harder: no step is short enough."""
    asked: list[float] = []

    def push(time: float, motion: Motion) -> Array:
        asked.append(time)
        return np.concatenate([1e9 * motion.velocities * [[0.0], [1.0]], np.zeros((2, 3))], axis=1)

    calm, mad = (body_of(name, (x, 1, 0), Ball(np.zeros(3), 0.1), 1.0) for name, x in (("calm", 0.0), ("mad", 1.0)))
    with pytest.raises(EngineFault, match="mad diverges in frame 0, at half the step"):
        simulate(Scene((calm, mad)), 4, FRAME, fields=(push,))
    assert asked.count(0.0) == 2


def test_what_gains_energy_from_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver whose contacts explode is caught in its frame, though nothing is as fast as a runaway yet."""
    steps = RigidSolver.step
    seen: list[float] = []

    def exploding(solver: RigidSolver, frame: float, step: float) -> list[Blow]:
        blows = steps(solver, frame, step)
        if frame >= 2:
            seen.append(step)
            solver.place(1, solver.motion().poses[1], np.array([0.0, 60.0, 0.0]), np.zeros(3))
        return blows

    monkeypatch.setattr(RigidSolver, "step", exploding)
    bodies = tuple(body_of(name, (x, 1, 0), box((0.1, 0.1, 0.1)), 1.0) for name, x in (("calm", 0.0), ("mad", 1.0)))
    with pytest.raises(EngineFault, match="mad diverges in frame 2, at half the step"):
        simulate(Scene(bodies, (Ground(0.0),)), 4, FRAME)
    assert min(seen) < 0.6 * max(seen)


def test_a_simulation_restarts_from_any_frame_bit_for_bit() -> None:
    bodies = tuple(
        body_of(f"box{n}", (0.03 * n, 0.15 + 0.3 * n, 0.01 * n), box((0.1, 0.08, 0.12), WOOD), 1.0) for n in range(4)
    )
    scene = Scene(bodies, (Ground(0.0),))
    whole, again = simulate(scene, 40, FRAME), simulate(scene, 40, FRAME)
    assert np.array_equal(whole.poses, again.poses)
    for begin in whole.checkpoints[::13]:
        rest = simulate(scene, 40, FRAME, begin=begin)
        assert np.array_equal(rest.poses, whole.poses[begin.frame :])
        assert rest.events == whole.events
        assert rest.deepest == whole.deepest
