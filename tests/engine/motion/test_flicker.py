"""Firelight: as bright as it was on the mean, steadier the more flames burn, slow flicker stronger than fast."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pxr import Usd

from secondunit_engine.motion.flicker import flicker, write_flicker
from secondunit_engine.places.place import Flames
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.render.flicker import group_gains
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, add_mesh
from secondunit_engine.world.shapes import box
from tests.engine.motion.conftest import car_shot

TIMES = np.arange(0, 120, 1 / 24)
CANDLE = Flames(1, 0.02)


def test_light_keeps_its_mean_and_many_flames_are_steadier() -> None:
    one, many = flicker(CANDLE, TIMES, 3), flicker(Flames(16, 0.02), TIMES, 3)
    assert one.mean() == pytest.approx(1, abs=0.05)
    assert 0.12 < one.std() < 0.30
    assert many.std() == pytest.approx(one.std() / 4, rel=0.25)
    assert one.min() > 0.4
    assert np.array_equal(one, flicker(CANDLE, TIMES, 3))
    assert not np.array_equal(one, flicker(CANDLE, TIMES, 4))


def test_power_falls_with_frequency_and_a_wide_fire_puffs_slowly() -> None:
    """1/f: octaves below a hertz hold more of the power, per hertz, than those above four."""
    rates = np.fft.rfftfreq(len(TIMES), 1 / 24)
    candle, hearth = (
        np.sum([np.abs(np.fft.rfft(flicker(Flames(1, wide), TIMES, seed))) ** 2 for seed in range(12)], axis=0)
        for wide in (0.02, 0.4)
    )
    for power in (candle, hearth):
        assert power[(rates > 0.1) & (rates < 1)].mean() > 3 * power[(rates > 4) & (rates < 8)].mean()
    puffs = np.abs(rates - 1.5 / np.sqrt(0.02)) < 0.5
    assert candle[puffs].sum() > 1.6 * hearth[puffs].sum()  # both have draughts there


def test_only_flames_flicker_on_the_stage() -> None:
    """The fire's light has a sample a frame, which the renderer finds by group; lamps have none."""
    stage = Usd.Stage.CreateInMemory()
    for name, group in (("Fire", "fire"), ("Lamp", "practicals")):
        glow = Material(name, emission=(2.0, 1.0, 0.4))
        add_mesh(stage, f"{names.SET}/{name}", box((0, 0, 0), (1, 1, 1)), glow, light_group=group)
    shot = replace(car_shot(frames=24), set=SetPlan("living_room", seed=2))
    moved = Usd.Stage.CreateInMemory()
    moved.GetRootLayer().subLayerPaths.append(stage.GetRootLayer().identifier)
    write_flicker(shot, stage, moved)
    gains = np.array([group_gains(moved, 1001 + frame, ("fire", "practicals")) for frame in range(24)])
    assert gains[:, 0].std() > 0.02
    assert (gains[:, 1] == 1).all()
    assert (group_gains(stage, 1001, ("fire", "practicals")) == 1).all()


def test_a_place_without_flames_says_nothing() -> None:
    moved = Usd.Stage.CreateInMemory()
    write_flicker(car_shot(frames=3), Usd.Stage.CreateInMemory(), moved)
    assert moved.GetRootLayer().empty
