"""Cloth by itself: it falls, lies, hangs and flies as cloth does, and the same cloth twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from secondunit_bridge.errors import BadInput, EngineFault, TooLarge
from secondunit_engine.motion.cloth.body import NOBODY, Skin
from secondunit_engine.motion.cloth.fabric import Cloth, Fabric, sides_of
from secondunit_engine.motion.cloth.simulate import simulate_cloth
from secondunit_engine.motion.wind import Wind

Array = NDArray[np.floating]
SECONDS = 1 / 24


def sheet(side: int, width: float, height: float, frames: int, *, upright: bool = False) -> Cloth:
    """A square of cloth that hangs freely, level or upright."""
    u, v = np.meshgrid(np.linspace(-width / 2, width / 2, side), np.linspace(-width / 2, width / 2, side))
    flat = np.full(u.size, 0.0)
    rest = np.stack([u.ravel(), v.ravel(), flat] if upright else [u.ravel(), flat, v.ravel()], axis=1)
    rest[:, 1] += height
    index = np.arange(side * side).reshape(side, side)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    return Cloth(rest, faces.astype(np.int32), np.repeat(rest[None], frames, axis=0), np.ones(side * side))


def ball(frames: int, radius: float = 0.25, height: float = 0.4, run: float = 0.0) -> Skin:
    """A ball that moves along X by `run` metres a frame."""
    u, v = np.meshgrid(
        np.linspace(0, 2 * np.pi, 48, endpoint=False), np.linspace(0.01, np.pi - 0.01, 32), indexing="ij"
    )
    points = radius * np.stack([np.sin(v) * np.cos(u), np.cos(v), np.sin(v) * np.sin(u)], axis=-1).reshape(-1, 3)
    index = np.arange(48 * 32).reshape(48, 32)
    index = np.concatenate([index, index[:1]])
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
    places = points + np.array([0.0, height, 0.0])
    return Skin(places + np.arange(frames)[:, None, None] * np.array([run, 0, 0]), faces.astype(np.int32))


def test_it_lies_on_a_moving_ball_and_not_in_it() -> None:
    """Dropped on a ball that rolls away at 0.5 m/s it covers it, is never a millimetre in it, and hardly stretches."""
    frames = 20
    cloth = sheet(25, 0.9, 0.72, frames)
    found = simulate_cloth(cloth, ball(frames, run=0.02), SECONDS, floor=0.0)
    middles = np.array([0.0, 0.4, 0.0]) + np.arange(frames)[:, None] * np.array([0.02, 0, 0])
    depth = 0.25 - np.linalg.norm(found.points - middles[:, None], axis=2)
    assert depth.max() < 1e-3
    assert found.deepest < 1e-3
    assert found.points[..., 1].min() > 0.0
    assert found.points[-1, :, 1].max() > 0.6  # on top of it
    assert found.points[-1, :, 1].min() < 0.45  # and down its sides
    sides = sides_of(cloth.triangles)
    length = np.linalg.norm(cloth.rest[sides[:, 0]] - cloth.rest[sides[:, 1]], axis=1)
    now = np.linalg.norm(found.points[-1, sides[:, 0]] - found.points[-1, sides[:, 1]], axis=1)
    assert np.quantile(now / length, 0.99) < 1.1


def test_the_same_twice_and_from_a_checkpoint() -> None:
    """Bit for bit, and a restart in the middle gives the frames that going on gave."""
    cloth, skin, wind = sheet(16, 0.6, 0.7, 12), ball(12), Wind(4.0, 90.0, seed=2)
    whole = simulate_cloth(cloth, skin, SECONDS, wind)
    np.testing.assert_array_equal(whole.points, simulate_cloth(cloth, skin, SECONDS, wind).points)
    later = simulate_cloth(cloth, skin, SECONDS, wind, begin=whole.checkpoints[7])
    np.testing.assert_array_equal(later.points, whole.points[7:])
    other = simulate_cloth(cloth, skin, SECONDS, replace(wind, seed=3))
    assert np.abs(other.points - whole.points).max() > 1e-4


def test_it_falls_no_faster_than_air_lets_it() -> None:
    """A level sheet comes to the speed at which drag carries it, sqrt(2 m g / (rho C A)), within one percent."""
    cloth = replace(sheet(8, 0.5, 10.0, 30), fabric=Fabric(weight=0.3, damping=0.0))
    found = simulate_cloth(cloth, NOBODY, SECONDS, Wind(1e-9, gust=0.0))
    speed = -(found.points[-1, :, 1] - found.points[-2, :, 1]).mean() / SECONDS
    assert speed == pytest.approx(np.sqrt(2 * 0.3 * 9.81 / (1.204 * 1.1)), rel=0.01)


def test_wind_lifts_what_hangs() -> None:
    """A cloth sewn on by its upper edge flies higher in a stronger wind, and hangs straight in none."""
    cloth = sheet(14, 0.6, 1.0, 30, upright=True)
    cloth = replace(cloth, hang=(cloth.rest[:, 1] < cloth.rest[:, 1].max() - 1e-6).astype(float))
    ends = [
        simulate_cloth(cloth, NOBODY, SECONDS, Wind(speed, 0.0, 0.05)).points[-8:, :14].mean(axis=(0, 1))
        for speed in (0.0, 4.0, 8.0)
    ]
    heights, away = [end[1] for end in ends], [end[2] for end in ends]
    assert heights[0] == pytest.approx(0.7, abs=0.01)
    assert heights[0] < heights[1] - 0.01 < heights[2] - 0.05
    assert abs(away[0]) < 0.02 < away[1] < away[2]


def test_layers_stay_apart() -> None:
    """A sheet that falls on one held at its rim stays on top of it everywhere."""
    low, high = sheet(17, 0.6, 0.5, 14), sheet(15, 0.4, 0.58, 14)
    rim = (np.abs(low.rest[:, [0, 2]]) > 0.299).any(axis=1)
    cloth = Cloth(
        np.concatenate([low.rest, high.rest]),
        np.concatenate([low.triangles, high.triangles + len(low.rest)]),
        np.concatenate([low.keyed, high.keyed], axis=1),
        np.concatenate([1.0 - rim, high.hang]),
    )
    found = simulate_cloth(cloth, NOBODY, SECONDS).points[-1]
    under, over = found[: len(low.rest)], found[len(low.rest) :]
    nearest = under[np.linalg.norm(under[None, :, [0, 2]] - over[:, None, [0, 2]], axis=2).argmin(axis=1)]
    assert (over[:, 1] - nearest[:, 1]).min() > -0.004
    assert over[:, 1].mean() < 0.52  # it did fall


def test_what_is_no_cloth_is_refused() -> None:
    """Points that are nowhere, triangles of points that are not there, frames without a length, and far too much."""
    cloth = sheet(4, 0.2, 1.0, 3)
    bad = cloth.rest.copy()
    bad[3] = np.nan
    for wrong in (replace(cloth, rest=bad), replace(cloth, triangles=cloth.triangles + 12)):
        with pytest.raises(BadInput):
            simulate_cloth(wrong, NOBODY, SECONDS)
    with pytest.raises(BadInput):
        simulate_cloth(cloth, NOBODY, 0.0)
    many = np.zeros((100_000, 3))
    with pytest.raises(TooLarge, match="hours"):
        simulate_cloth(Cloth(many, cloth.triangles, many[None], many[:, 0]), NOBODY, SECONDS)


def test_a_cloth_that_diverges_is_told_with_its_frame() -> None:
    """Sewn to a place that leaves at a thousand metres a second it is no cloth any more."""
    cloth = sheet(6, 0.2, 1.0, 5)
    keyed = cloth.keyed.copy()
    keyed[3:, :, 0] += 1e5
    with pytest.raises(EngineFault, match="frame 2"):
        simulate_cloth(replace(cloth, keyed=keyed, hang=np.where(cloth.rest[:, 0] > 0, 0.0, 1.0)), NOBODY, SECONDS)
