"""Props of the previs: lids that open, what is carried, and all else where it stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from secondunit_engine.planning.plan import ActionPlan, Fact, PathPlan, Spot
from secondunit_engine.previs.prop_moves import place_props
from secondunit_engine.previs.solids import Hinge, Scenery, Solid
from tests.engine.previs.plans import shot
from tests.engine.previs.test_bounce import room


def block(low: tuple[float, float, float], high: tuple[float, float, float]) -> Solid:
    """Two triangles that span a box's corners."""
    points = np.array([low, high, (low[0], high[1], high[2]), (high[0], low[1], low[2])], np.float32)
    index = np.array([[0, 1, 2], [0, 3, 1]], np.int32)
    return Solid(points, np.zeros((4, 3), np.float32), np.zeros((4, 2), np.float32), index, np.zeros(2, np.int32))


def scenery() -> Scenery:
    """A chest with a lid hinged along x at its back edge, and a cup beside it."""
    props = {
        "Chest": {"": block((0, 1, 0), (0.4, 1.2, 0.3)), "Lid": block((0, 1.2, 0), (0.4, 1.25, 0.3))},
        "Cup": {"": block((1, 1, 0), (1.1, 1.1, 0.1))},
    }
    return replace(room(), props=props, hinges={("Chest", "Lid"): Hinge((0.0, 1.2, 0.0), (1.0, 0.0, 0.0), -90.0)})


def test_what_nobody_touches_stays() -> None:
    assert place_props(shot(), scenery(), 5).moving == frozenset()


def test_a_lid_swings_about_its_hinge() -> None:
    """Open, the lid stands up from its hinge; the chest below it has not moved; shut, all is as it was."""
    planned = shot(actions=(ActionPlan("Mara", "open", 0, 20, "Chest"),))
    shut, wide = (place_props(planned, scenery(), frame).solids for frame in (0, 20))
    original = scenery().props["Chest"]
    assert np.allclose(shut[1].points, original["Lid"].points)
    assert np.allclose(wide[0].points, original[""].points)
    assert np.allclose(wide[1].points[:, 1].max(), 1.5, atol=1e-5)
    assert np.allclose(wide[1].points[:, 2].max(), 0.05, atol=1e-5) or np.allclose(
        wide[1].points[:, 2].min(), -0.05, atol=1e-5
    )


def test_what_is_held_goes_with_its_holder() -> None:
    """The cup is before Mara's chest at both ends of her way."""
    held = (Fact("Cup", "held by", "Mara"),)
    planned = shot(state=held, blocking=(PathPlan("Mara", (Spot(0, 0.0, 2.0, 0.0), Spot(24, 1.0, 2.0, 0.0))),))
    for frame, x in ((0, 0.0), (24, 1.0)):
        placed = place_props(planned, scenery(), frame)
        middle = (placed.solids[0].points.min(axis=0) + placed.solids[0].points.max(axis=0)) / 2
        assert placed.moving == {"Cup"}
        assert np.allclose(middle[[0, 2]], [x, 2.36], atol=0.02)
        assert 1.0 < middle[1] < 1.3


def test_what_was_opened_before_is_open_all_along() -> None:
    opened = place_props(shot(state=(Fact("Chest", "is", "open"),)), scenery(), 0)
    assert np.allclose(opened.solids[1].points[:, 1].max(), 1.5, atol=1e-5)
