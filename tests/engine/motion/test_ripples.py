"""A sea from below: its tile repeats, its caustics keep the sun's light and move with it."""

from __future__ import annotations

import numpy as np
import pytest

from secondunit_engine.motion.ripples import WATER, Ripples, bent, under
from secondunit_engine.motion.waves import Sea

NOON = np.array([0.0, 1.0, 0.0])


def test_sunlight_is_bent_by_snells_law() -> None:
    sun = np.array([np.sin(0.8), np.cos(0.8), 0.0])
    way = bent(sun)
    assert np.linalg.norm(way) == pytest.approx(1)
    assert -way[0] * WATER == pytest.approx(np.sin(0.8))
    assert way[1] < 0


def test_caustics_spread_the_light_of_the_sun_and_lose_none() -> None:
    """The mean is 1 at any depth; nothing is gathered just under the surface, a focus is many times brighter."""
    sea = Ripples(Sea(4.0, 4_000.0, shortest=0.6, seed=5))
    shallow, deep = sea.caustics(1.0, 0.05, NOON), sea.caustics(1.0, 6.0, NOON)
    assert shallow.mean() == pytest.approx(1, abs=1e-4)
    assert deep.mean() == pytest.approx(1, abs=1e-4)
    assert shallow.std() < 0.1
    assert deep.max() > 3
    assert np.percentile(deep, 5) < 0.5


def test_caustics_move_smoothly_and_are_the_same_again() -> None:
    sea, again = (Ripples(Sea(4.0, 4_000.0, shortest=0.6, seed=5)) for _ in range(2))
    now, soon, later = (sea.caustics(time, 6.0, NOON) for time in (1.0, 1.02, 3.0))
    assert np.array_equal(now, again.caustics(1.0, 6.0, NOON))
    alike = np.corrcoef(now.ravel(), soon.ravel())[0, 1]
    assert alike > 0.6
    assert np.corrcoef(now.ravel(), later.ravel())[0, 1] < 0.3


def test_a_place_is_lit_through_the_surface_above_it_towards_the_sun() -> None:
    way = bent(np.array([0.6, 0.8, 0.0]))
    low, high = under(np.array([[0.0, 0.0, 0.0], [0.0, 4.0, 0.0]]), way, 8.0)
    assert low[0] > high[0] > 0
    assert low[1] == high[1] == 0
