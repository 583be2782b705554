"""The time left of a stage."""

from __future__ import annotations

from secondunit_engine.jobs.estimate import Estimate


def test_steady_work_is_extrapolated() -> None:
    estimate = Estimate(10, now=0.0)
    assert estimate.after(0, 0.0) is None
    assert estimate.after(1, 2.0) == 18.0
    assert estimate.after(5, 10.0) == 10.0
    assert estimate.after(10, 20.0) == 0.0


def test_steps_found_in_the_cache_say_nothing() -> None:
    """Fifty finished frames are found at once after a restart; the rest takes as long as the new ones do."""
    estimate = Estimate(100, now=0.0)
    assert estimate.after(50, 0.01) is None
    assert estimate.after(51, 3.01) == 49 * 3.0
