"""Framing solved: two targets where they were asked to be, and one target from a given place."""

from __future__ import annotations

import math

import numpy as np
import pytest

from secondunit_engine.planning.toric import View, aim, frame_two, project


def test_two_targets_lie_where_they_were_asked_to() -> None:
    """1,000 random pairs: wherever a place exists both are within a thousandth of the frame's height, the other target
    is the nearer one, and the camera is on the side that was asked for."""
    random = np.random.default_rng(0)
    solved = 0
    for _ in range(1000):
        a = (random.uniform(-3, 3), random.uniform(1.2, 1.8), random.uniform(-3, 3))
        turn, apart, side = random.uniform(0, 6.28), random.uniform(0.8, 3.0), int(random.choice([1, -1]))
        b = (a[0] + apart * math.sin(turn), a[1] + random.uniform(-0.3, 0.3), a[2] + apart * math.cos(turn))
        lens, cover = float(random.choice([35, 50, 85])), float(random.choice([0.665, 1.05, 1.5]))
        x, y = 0.5 + 0.12 * side, 0.38
        view = frame_two(
            a, b, main_at=(x, y), other_x=x - 0.38 * side, distance=cover * lens / 20.25,
            height=b[1] + random.uniform(-0.2, 0.4), lens_mm=lens, side=side,
        )  # fmt: skip
        if view is None:
            continue
        solved += 1
        main, other = project(view, lens, a), project(view, lens, b)
        errors = ((main[0] - x) * 16 / 9, main[1] - y, (other[0] - x + 0.38 * side) * 16 / 9)
        assert max(map(abs, errors)) < 0.001
        assert other[2] < main[2]
        way, to = (a[0] - b[0], a[2] - b[2]), (view.eye[0] - b[0], view.eye[2] - b[2])
        assert (way[0] * to[1] - way[1] * to[0]) * side > 0
        assert math.dist((view.eye[0], view.eye[2]), (a[0], a[2])) == pytest.approx(cover * lens / 20.25)
    assert solved > 500


def test_a_place_that_does_not_exist_is_none() -> None:
    """From two metres two heads a metre apart cannot be spread over the whole of a long lens's picture."""
    main, other = (0.0, 1.6, 0.0), (0.0, 1.6, 0.3)
    wide = frame_two(main, other, main_at=(0.9, 0.4), other_x=0.1, distance=4.0, height=1.6, lens_mm=18.0, side=1)
    assert wide is None
    same = frame_two(main, main, main_at=(0.6, 0.4), other_x=0.3, distance=2.0, height=1.6, lens_mm=50.0, side=1)
    assert same is None


def test_one_target_lies_where_it_was_asked_to_from_any_place() -> None:
    """500 random eyes and targets, up to steep angles: to a millionth of the frame."""
    random = np.random.default_rng(1)
    for _ in range(500):
        eye, point = (tuple(float(v) for v in random.uniform(-3, 3, 3)) for _ in range(2))
        x, y, lens = random.uniform(0.2, 0.8), random.uniform(0.2, 0.8), float(random.choice([18, 35, 85]))
        level = math.hypot(point[0] - eye[0], point[2] - eye[2])
        if level < 0.8 or abs(point[1] - eye[1]) > 1.5 * level:
            continue
        view = aim(eye, point, x, y, lens)  # type: ignore[arg-type]
        seen = project(view, lens, point)  # type: ignore[arg-type]
        assert seen[:2] == pytest.approx((x, y), abs=1e-6)
        assert seen[2] > 0


def test_right_of_the_axis_is_right_in_the_picture_and_above_is_up() -> None:
    """Looking along -Z, +X is to the right; y counts from the top."""
    view = View((0.0, 1.5, 5.0), 0.0, 0.0)
    right, high = project(view, 50.0, (1.0, 1.5, 0.0)), project(view, 50.0, (0.0, 2.0, 0.0))
    assert right == pytest.approx((0.5 + 1 / 5 * 50 / 36, 0.5, 5.0))
    assert high[1] == pytest.approx(0.5 - 0.5 / 5 * 50 / 20.25)
