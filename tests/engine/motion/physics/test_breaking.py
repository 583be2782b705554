"""What is brittle breaks into shards from an energy on, and everything restarts from any frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.heaps import boxes, pane

from secondunit_bridge.errors import BadInput
from secondunit_engine.motion.physics.fracture import broken_box, cells_of, seeds_in
from secondunit_engine.motion.physics.mass import volume_of
from secondunit_engine.motion.physics.overlap import depth_between, faceted
from secondunit_engine.motion.physics.scene import Ground, Hull, Material, Scene, Strike, body_of, box, pose_of
from secondunit_engine.motion.physics.simulate import Simulated, simulate

FRAME = 1 / 24
GLASS = Material("glass", 0.4, 0.2)


@pytest.fixture(scope="module")
def shot() -> tuple[Scene, Simulated]:
    """A small pane that a ball goes through."""
    scene = pane(24)
    return scene, simulate(scene, 14, FRAME)


def test_cells_fill_a_box_exactly_and_know_their_neighbours() -> None:
    """Mirrored seeds bound a pane by its sides; each cell but the edge's is closed in by others."""
    low, high = np.array([-0.5, -0.4, -0.002]), np.array([0.5, 0.4, 0.002])
    seeds = seeds_in(low, high, 60, np.random.default_rng(4), np.array([0.1, 0.0, 0.0]))
    cells = cells_of(low, high, seeds)
    assert sum(volume_of((Hull(each),)) for each in cells.corners) == pytest.approx(8 * 0.5 * 0.4 * 0.002, rel=1e-9)
    for n, corners in enumerate(cells.corners):
        on_edge = (np.abs(corners[:, :2]) > np.array([0.5, 0.4]) - 1e-9).any()
        assert (n in cells.border) == on_edge
        assert sum(n in pair for pair in cells.neighbours) >= 2
    near = np.linalg.norm(seeds - [0.1, 0, 0], axis=1) < 0.2
    assert near.mean() > 2 * np.pi * 0.2**2 / 0.8  # closer where the blow falls


def test_a_ball_breaks_a_pane_and_nothing_sinks(shot: tuple[Scene, Simulated]) -> None:
    scene, run = shot
    assert np.isfinite(run.poses).all()
    assert run.deepest < 0.002
    (first,) = [event for event in run.events if event.kind == "break"]
    assert first.who == ("ball", "pane")
    assert first.materials == ("stone", "glass")
    assert first.place == pytest.approx((0.05, 0.97, 0.0), abs=0.02)
    assert first.time == pytest.approx((0.4 - 0.062) / 8, abs=0.002)
    shards = run.poses[:, len(scene.bodies) :, 1, 3]
    assert np.ptp(shards[1], axis=0).max() > 0
    assert (shards[0] - shards[-1] > 0.2).mean() > 0.9  # they fell
    assert run.poses[-1, 1, 2, 3] < -1.0  # the ball went through


def test_a_gentle_blow_breaks_nothing() -> None:
    run = simulate(pane(24, speed=1.0), 10, FRAME)
    assert not [event for event in run.events if event.kind == "break"]
    assert np.ptp(run.poses[:, 2:], axis=0).max() < 1e-12  # shards stay what they are part of


def test_a_blow_that_just_breaks_a_pane_leaves_what_hangs_in_the_frame() -> None:
    scene = pane(40, energy=40.0)
    run = simulate(scene, 12, FRAME)
    moved = np.abs(run.poses[-1, 2:, :3, 3] - run.poses[0, 2:, :3, 3]).max(axis=1) > 1e-3
    assert 3 < moved.sum() < 36
    assert any(not moved[n] for n in scene.brittle[0].held)


def test_breaking_is_the_same_twice_and_from_any_frame(shot: tuple[Scene, Simulated]) -> None:
    scene, run = shot
    for begin in (run.checkpoints[0], run.checkpoints[1], run.checkpoints[2], run.checkpoints[9]):
        rest = simulate(scene, 14, FRAME, begin=begin)
        assert np.array_equal(rest.poses, run.poses[begin.frame :])
        assert rest.events == run.events
        assert rest.deepest == run.deepest


def test_what_falls_keeps_its_momentum_when_it_is_struck() -> None:
    """A block that is struck in the air bursts about its centre, which goes on as it fell."""
    half = np.array([0.1, 0.1, 0.1])
    seeds = seeds_in(-half, half, 12, np.random.default_rng(1))
    brittle = broken_box("block", -half, half, seeds, 1000.0, GLASS, 1e9, held=False)
    brittle = replace(brittle, strike=Strike(0.1, (0.0, 3.0, 0.1), (0.0, 0.0, -1.0), 20.0))
    block = body_of("block", (0, 3, 0), box((0.1, 0.1, 0.1), GLASS), 8.0)
    run = simulate(Scene((block,), (Ground(0.0),), brittle=(brittle,)), 12, FRAME)
    masses = np.array([shard.mass for shard in brittle.shards])
    middle = (masses[:, None] * run.poses[-1, 1:, :3, 3]).sum(axis=0) / masses.sum()
    assert masses.sum() == pytest.approx(8.0)
    assert middle == pytest.approx([0, 3 - 9.81 / 2 * 0.25, 0], abs=0.01)
    assert np.linalg.norm(run.poses[-1, 1:, :3, 3] - middle, axis=1).max() > 0.2
    (event,) = [event for event in run.events if event.kind == "break"]
    assert event.time == pytest.approx(0.1, abs=1e-3)


def test_the_depth_of_hulls_in_each_other_is_exact() -> None:
    """Two boxes that overlap by 3 mm, side by side, askew and crossing edge to edge; and apart."""
    one = faceted(box((0.1, 0.2, 0.3)).points)
    assert depth_between(one, np.eye(4), one, pose_of(np.array([0.197, 0.05, 0.0]), np.eye(3))) == pytest.approx(0.003)
    assert depth_between(one, np.eye(4), one, pose_of(np.array([0.25, 0.0, 0.0]), np.eye(3))) == pytest.approx(-0.05)
    a = np.pi / 4
    roll = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    tilt = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    cube = faceted(box((0.1, 0.1, 0.1)).points)
    edge = 0.1 * np.sqrt(2)
    down = pose_of(np.array([0, 2 * edge - 0.003, 0]), tilt)
    assert depth_between(cube, pose_of(np.zeros(3), roll), cube, down) == pytest.approx(0.003)


def test_what_cannot_break_is_refused_by_name() -> None:
    scene = pane(8)
    (brittle,) = scene.brittle
    for wrong, said in (
        (replace(brittle, body="cup"), "cup.* is no body"), (replace(brittle, energy=0.0), "pane breaks from 0"),
        (replace(brittle, shards=()), "no shards"),
        (replace(brittle, shards=(replace(brittle.shards[0], mass=0.0),)), "s000 weighs 0 kg"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=said):
            simulate(replace(scene, brittle=(wrong,)), 1, FRAME)


def test_a_heap_of_boxes_falls_and_nothing_sinks() -> None:
    """The small one of the benchmark's thousand: more bodies than are stepped as single things."""
    run = simulate(boxes(72), 10, FRAME)
    assert np.isfinite(run.poses).all()
    assert run.deepest < 0.002
    assert run.poses[-1, :, 1, 3].min() > 0.02
    assert run.poses[-1, :, 1, 3].mean() < run.poses[0, :, 1, 3].mean() - 0.1
