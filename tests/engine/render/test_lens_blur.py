"""The lens spreads a point that is out of focus over a disc, which anamorphic glass squeezes; light is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from secondunit_engine.render.lens_blur import blur_by_depth
from secondunit_engine.render.view import View

VIEW = View(480, 480, np.eye(4), focal_px=600.0, focus_distance=2.0, lens_radius=0.04)


def spread(view: View) -> tuple[float, float]:
    """Standard deviation of a far point's image across and up [pixels]."""
    light = np.zeros((480, 480, 3), np.float32)
    light[239:242, 239:242] = 100.0
    image = blur_by_depth(light, view, np.full((480, 480), 50.0, np.float32))[..., 1]
    y, x = np.mgrid[:480, :480] - 240.0
    return float(np.sqrt((image * x**2).sum() / image.sum())), float(np.sqrt((image * y**2).sum() / image.sum()))


def test_a_spherical_lens_makes_round_discs_and_an_anamorphic_one_tall_ones() -> None:
    across, up = spread(VIEW)
    assert abs(across / up - 1) < 0.05
    squeezed = spread(replace(VIEW, squeeze=2.0))
    assert 1.6 < squeezed[1] / squeezed[0] < 2.2


def test_in_focus_nothing_changes() -> None:
    light = np.random.default_rng(1).random((480, 480, 3), np.float32)
    np.testing.assert_array_equal(blur_by_depth(light, VIEW, np.full((480, 480), 2.0, np.float32)), light)
