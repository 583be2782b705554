"""Generated scenes against an exact planner in an environment of its own; `python -m benchmarks stories` makes it."""

from __future__ import annotations

import pytest
from benchmarks.stories import judge


def test_an_exact_planner_finds_every_story_valid_and_never_reaches_more() -> None:
    """Eight of the benchmark's fifty scenes; in the script's order no goal can be reached that was refused."""
    verdicts = judge(range(7, 15), install=False)
    if verdicts is None:
        pytest.skip("the planner is not installed: python -m benchmarks stories")
    assert len(verdicts) == 8
    assert all(verdict["valid"] for verdict in verdicts)
    assert all(verdict["refused"] == verdict["least_refused"] for verdict in verdicts)
    assert sum(verdict["refused"] for verdict in verdicts) > 0
