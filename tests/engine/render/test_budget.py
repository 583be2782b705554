"""A shot within a time: what is chosen, that more time never gives less, and that a real frame can be timed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from secondunit_bridge.errors import TooLarge
from secondunit_engine.progress import Quiet
from secondunit_engine.render.budget import Cost, probe, solve_budget
from secondunit_engine.render.settings import RenderSettings
from tests.engine.render.conftest import SETTINGS

COST = Cost(loading=5.0, still=0.5, pixel=4e-6, sample=4e-6, spent=10.0)
HD = RenderSettings(1280, 720, "preview", 0)


def test_size_comes_before_samples() -> None:
    """Half an hour pays the full size and some samples; ten minutes pay the full size with one; five less than that."""
    rich, fair, poor = (solve_budget(COST, HD, 48, seconds) for seconds in (1800, 600, 300))
    assert (rich.width, rich.height) == (fair.width, fair.height) == (1280, 720)
    assert rich.samples > fair.samples >= 1
    assert poor.width < 1280
    assert poor.width / poor.height == pytest.approx(16 / 9, rel=0.02)
    for choice in (rich, fair, poor):
        assert choice.expected <= choice.seconds


def test_nothing_affordable_is_left_unspent() -> None:
    """One sample more, or the next size, would not fit."""
    choice = solve_budget(COST, HD, 48, 1800)
    assert COST.of_shot(choice.width * choice.height, choice.samples + 1, 48) > 1800


def test_more_time_never_gives_less() -> None:
    chosen = [solve_budget(COST, HD, 48, seconds) for seconds in range(120, 6000, 60)]
    worth = [(choice.width, choice.samples) for choice in chosen]
    assert worth == sorted(worth)
    assert worth[0] < worth[-1]


def test_an_odd_size_stays_as_it_was_asked() -> None:
    choice = solve_budget(COST, replace(HD, width=853, height=479), 24, 3600)
    assert (choice.width, choice.height) == (853, 479)


def test_too_little_time_is_refused_with_what_it_takes() -> None:
    with pytest.raises(TooLarge, match="48 frames") as refused:
        solve_budget(COST, HD, 48, 30)
    least = int(refused.value.mend.split("at least ")[1].split("s,")[0])
    assert solve_budget(COST, HD, 48, least + 1).samples >= 1


@pytest.mark.timed  # the engine reads the clock for it
def test_a_real_shot_is_timed(stage_file: Path) -> None:
    """Every part has a price, and a larger picture with more samples a higher one."""
    cost = probe(stage_file, SETTINGS, Quiet())
    assert cost.loading > 0
    assert cost.sample > 0
    assert cost.spent > cost.loading
    assert cost.of_shot(854 * 480, 4, 24) > cost.of_shot(427 * 240, 2, 24)
