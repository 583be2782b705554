"""Rigid motion is what mechanics says, within 1 %; the table is `python -m benchmarks analytic`."""

from __future__ import annotations

import pytest
from benchmarks.analytic import CASES


@pytest.mark.parametrize("name", CASES)
def test_motion_is_as_mechanics_says(name: str) -> None:
    assert CASES[name]().off < 0.01
