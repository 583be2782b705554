"""Clouds about the lens: seen below, not above; they hide what flies through them, and go by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_engine.render.cloud_sea import draw_clouds
from secondunit_engine.world.air import CloudSea

CLOUDS = CloudSea(
    base=-2000.0, sheet=1700.0, towers=2500.0, cover=0.97, heaps=0.05, towards=(0.0, 0.6, -0.8), sun=(2.0, 1.8, 1.5),
    sky=(0.1, 0.15, 0.3), wind=(0.0, 0.0, 100.0), seed=3,
)  # fmt: skip
EYE = np.zeros(3)
DOWN, LEVEL, UP = ([0.0, np.sin(a), -np.cos(a)] for a in np.radians([-40.0, 0.0, 50.0]))


def drawn(rays: list, clouds: CloudSea = CLOUDS, time: float = 0.0, length: float = np.inf) -> tuple:
    ways = np.array([rays])  # (1, N, 3)
    return draw_clouds(clouds, time, EYE, ways, np.full(ways.shape[:2], length), np.full(ways.shape, 0.2))


@pytest.fixture(scope="module")
def below() -> list:
    """Rays to the sheet below."""
    ways = np.column_stack([np.linspace(-1, 1, 64), np.full(64, -0.6), np.full(64, -0.8)])
    return list(ways / np.linalg.norm(ways, axis=1, keepdims=True))


def test_the_sheet_is_below(below: list) -> None:
    sunlit, skylit, through = drawn(below)
    assert through.mean() < 0.5
    assert sunlit.max() > 0.1
    assert (skylit >= 0).all()
    assert drawn([UP])[2] == pytest.approx(1)


def test_what_is_nearer_than_the_clouds_is_not_hidden(below: list) -> None:
    """A wing two metres off hides the clouds; through a kilometre of air without clouds nothing is lost."""
    assert drawn(below, length=2.0)[2] == pytest.approx(1)


def test_they_go_by_with_the_wind(below: list) -> None:
    """After a second they are another picture; seen from a lens that flies with them they are the same."""
    here, later = drawn(below)[0], drawn(below, time=1.0)[0]
    assert np.abs(here - later).max() > 0.01
    still = replace(CLOUDS, wind=(0.0, 0.0, 0.0))
    assert np.array_equal(drawn(below, still)[0], drawn(below, still, time=1.0)[0])


def test_their_sunny_side_is_brighter_than_their_shade(below: list) -> None:
    low = replace(CLOUDS, towards=(0.0, 0.12, -0.99))
    lit = drawn(below, low)[0][..., 0]
    assert lit.max() > 2.5 * np.median(lit)
