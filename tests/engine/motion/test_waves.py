"""The sea as physics: waves obey dispersion, carry the wind's energy, and the surface is where the water says it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_engine.motion.surf import Surf, along, bed, bore_places, bores, excursion, offshore, washed
from secondunit_engine.motion.waves import GRAVITY, Sea, Sheet, Waves, displacement, height, unresolved_slope, waves_of

SEA = Sea(wind=7.0, swell=0.8, seed=3)


def test_waves_obey_the_dispersion_relation() -> None:
    for depth in (500.0, 1.5):
        waves = waves_of(replace(SEA, depth=depth))
        k = np.hypot(*waves.vector.T)
        np.testing.assert_allclose(waves.omega**2, GRAVITY * k * np.tanh(k * depth), rtol=1e-9)
    shallow, deep = waves_of(replace(SEA, depth=0.8)), waves_of(SEA)
    longest = deep.length.argmax()
    assert shallow.omega[longest] < 0.5 * deep.omega[longest]  # long waves are slower where the bottom is near


def test_more_wind_is_more_sea_and_the_swell_has_its_height() -> None:
    def significant(sea: Sea) -> float:
        return 4 * float(np.sqrt((waves_of(sea).amplitude ** 2).sum() / 2))

    calm, fresh, storm = (significant(Sea(wind=wind)) for wind in (3.0, 8.0, 15.0))
    assert 0.05 < calm < fresh / 2 < storm / 3
    assert significant(Sea(wind=0.5, fetch=100.0, swell=1.2)) == pytest.approx(1.2, rel=0.02)
    # JONSWAP's own growth law: Hs = 0.0016 sqrt(fetch g) U / g.
    law = 0.0016 * np.sqrt(20_000 * GRAVITY) * 8.0 / GRAVITY
    assert significant(Sea(wind=8.0)) == pytest.approx(law, rel=0.35)


def test_the_height_over_a_place_is_that_of_the_water_that_has_come_there() -> None:
    waves = waves_of(SEA)
    x, z = np.meshgrid(np.linspace(-20, 20, 9), np.linspace(-20, 20, 9))
    moved = displacement(waves, x, z, 2.5)
    over = height(waves, x + moved[..., 0], z + moved[..., 2], 2.5)
    np.testing.assert_allclose(over, moved[..., 1], atol=0.02)


def test_crests_are_sharper_than_troughs_and_do_not_fold_in_a_breeze() -> None:
    one = Waves(np.array([1.0]), np.array([[0.0, 0.5]]), np.array([2.0]), np.zeros(1), 0.9)
    along_it = np.linspace(0, 4 * np.pi, 400, endpoint=False)
    up = height(one, 0 * along_it, along_it, 0.0)
    assert (up > 0).mean() < 0.45
    assert up.max() == pytest.approx(1.0, abs=0.01)
    x, z = np.meshgrid(np.linspace(0, 200, 60), np.linspace(0, 200, 60))
    assert 0.05 < Sheet(waves_of(SEA), x, z).folding(0.0).min() < 0.9


def test_what_a_coarse_lattice_does_not_draw_is_roughness() -> None:
    """The slope that is left out grows with the cell up to Cox and Munk's whole."""
    slopes = [unresolved_slope(SEA, cell) for cell in (0.05, 1.0, 10.0, 1_000.0)]
    assert slopes == sorted(slopes)
    assert 2 * slopes[-1] ** 2 == pytest.approx(0.003 + 0.00512 * SEA.wind, rel=1e-6)
    still = Sheet(waves_of(SEA), np.zeros(1), np.zeros(1), 1_000.0)
    assert np.abs(still.at(3.0)).max() == 0


SURF, LEVEL = Surf(), -0.36


def test_a_shore_is_a_way_to_tell_places() -> None:
    x, s = np.meshgrid(np.linspace(-1_500, 900, 60), np.linspace(-5, 60, 20))
    np.testing.assert_allclose(offshore(SURF, x, along(SURF, x, s)), s, atol=1e-6)
    assert float(bed(SURF, np.array(0.0), LEVEL)) == pytest.approx(LEVEL, abs=0.01)
    assert float(bed(SURF, np.array(-30.0), LEVEL)) == pytest.approx(0.0, abs=0.01)


def test_bores_run_in_and_the_edge_runs_up_and_back() -> None:
    x = np.zeros(1)
    places = np.array([float(bore_places(SURF, x, t)[0][0]) for t in np.arange(0, SURF.period, 0.1)])
    assert (np.diff(places) < 0).mean() > 0.95  # towards the shore, but where one follows another
    at = np.array([float(excursion(SURF, x, t)[0]) for t in np.arange(0, SURF.period, 0.1)])
    assert at.max() - at.min() > 0.6 * SURF.run
    assert np.abs(np.diff(at)).max() < 0.5  # no leap from one bore to the next
    s = np.linspace(0, 30, 300)
    assert 0.3 * SURF.breaker < bores(SURF, 0 * s, s, 1.0).max() < 1.5 * SURF.breaker


def test_the_sheet_lies_on_the_sand_and_is_the_sea_far_out() -> None:
    x = np.linspace(-20, 20, 80)
    rest = np.concatenate([np.column_stack([x, 0 * x + LEVEL, along(SURF, x, 0 * x + s)]) for s in (0.0, 0.4, 60.0)])
    shift = displacement(waves_of(SEA), rest[:, 0], rest[:, 2], 1.0)
    at = washed(SURF, rest, shift, LEVEL, 1.0)
    sand = bed(SURF, offshore(SURF, at[:, 0], at[:, 2]), LEVEL)
    assert (at[:, 1] > sand).all()
    assert (at[:80, 1] - sand[:80]).max() < 0.01  # its edge is thin
    np.testing.assert_allclose(at[160:, 1], (rest + shift)[160:, 1], atol=0.03)
