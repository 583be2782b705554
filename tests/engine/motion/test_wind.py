"""One wind for all: seeded, gusty, and such as the weather's words say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from secondunit_engine.motion.waves import Sea
from secondunit_engine.motion.wind import Wind, wind_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.water import Grading, Water, add_open_water

WIND = Wind(6.0, 90.0, 0.3, seed=4)
PLACES = np.random.Generator(np.random.PCG64(3)).uniform(-6, 6, (400, 3))


def test_it_blows_as_fast_and_as_gusty_as_it_says() -> None:
    """Over places and minutes the mean is the wind's, and the deviation about what its gustiness says."""
    air = np.array([WIND.at(PLACES, t) for t in np.linspace(0, 120, 60)])  # (T, N, 3)
    assert air.mean(axis=(0, 1)) == pytest.approx(np.array([6.0, 0.0, 0.0]), abs=0.35)
    deviation = air.std(axis=(0, 1))
    assert 0.6 < deviation[0] / (6.0 * 0.3) < 2.0
    assert 0.2 < deviation[1] / (6.0 * 0.3) < 1.2


def test_the_same_seed_is_the_same_wind() -> None:
    same, other = replace(WIND), replace(WIND, seed=5)
    np.testing.assert_array_equal(WIND.at(PLACES, 1.3), same.at(PLACES, 1.3))
    assert np.abs(WIND.at(PLACES, 1.3) - other.at(PLACES, 1.3)).max() > 0.5


def test_air_is_neither_piled_up_nor_thinned() -> None:
    """The divergence is nothing beside the gradient."""
    step = 1e-4
    slopes = np.stack([(WIND.at(PLACES + step * axis, 2.0) - WIND.at(PLACES - step * axis, 2.0)) for axis in np.eye(3)])
    slopes /= 2 * step  # (3 by which, N, 3 of what)
    divergence = np.trace(slopes, axis1=0, axis2=2)
    assert np.abs(divergence).max() < 1e-5 * np.abs(slopes).max()


def test_words_make_the_weather() -> None:
    """A storm blows harder than wind, wind than a fair day, and indoors the air hardly moves; a still wind is none."""
    speeds = [
        wind_of(SetPlan("desert", weather=("storm",))).speed,
        wind_of(SetPlan("desert", weather=("windy",))).speed,
        wind_of(SetPlan("desert")).speed,
        wind_of(SetPlan("library")).speed,
    ]
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[0] > 8 > 4 > speeds[2] > 10 * speeds[3]
    assert not Wind().at(PLACES, 1.0).any()


def test_over_a_sea_it_blows_as_the_waves_run(tmp_path: Path) -> None:
    stage = new_layer(tmp_path / "set.usdc")
    water = Water(0.0, Sea(wind=8.0, bearing=33.0, seed=4))
    add_open_water(stage, tmp_path, water, (0.01, 0.03, 0.04), Grading(1.0, 0.3, 8.0))
    assert wind_of(SetPlan("open_sea"), stage).bearing == 33.0
