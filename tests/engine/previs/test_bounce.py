"""A set's baked light: bright near its lamps, tinted by its walls, dark behind what blocks it."""

from __future__ import annotations

import numpy as np

from secondunit_engine.previs.bounce import Glow, bake
from secondunit_engine.previs.rasterise import cast_shadows
from secondunit_engine.previs.solids import Palette, Scenery, Solid, Sun, join

WHITE, RED, LAMP = 0, 1, 2


def quad(
    a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...], d: tuple[float, ...], material: int
) -> Solid:
    points = np.array([a, b, c, d], np.float32)
    index = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    return Solid(
        points, np.zeros((4, 3), np.float32), np.zeros((4, 2), np.float32), index, np.full(2, material, np.int32)
    )


def room(*more: Solid) -> Scenery:
    """Four metres square and three high, one wall red, a lamp in the middle of the ceiling."""
    x, y, z = 4.0, 3.0, 4.0
    solids = [
        quad((0, 0, 0), (x, 0, 0), (x, 0, z), (0, 0, z), WHITE),
        quad((0, y, 0), (x, y, 0), (x, y, z), (0, y, z), WHITE),
        quad((0, 0, 0), (0, y, 0), (0, y, z), (0, 0, z), RED),
        quad((x, 0, 0), (x, y, 0), (x, y, z), (x, 0, z), WHITE),
        quad((0, 0, 0), (x, 0, 0), (x, y, 0), (0, y, 0), WHITE),
        quad((0, 0, z), (x, 0, z), (x, y, z), (0, y, z), WHITE),
        quad((1.7, 2.9, 1.7), (2.3, 2.9, 1.7), (2.3, 2.9, 2.3), (1.7, 2.9, 2.3), LAMP),
        *more,
    ]
    palette = Palette(
        np.array([[0.3, 0.3, 0.3], [0.6, 0.03, 0.03], [0, 0, 0]], np.float32),
        np.array([[0, 0, 0], [0, 0, 0], [20, 20, 20]], np.float32),
        np.full(3, 0.8, np.float32),
        np.zeros(3, np.float32),
        np.full((3, 2), -1, np.int32),
        np.zeros((1, 3), np.float32),
        np.zeros((1, 10, 3), np.int32),
    )
    dark = Sun((0.0, 1.0, 0.0), (0.0, 0.0, 0.0), 0.0)
    return Scenery(join(solids), {}, {}, palette, {}, dark, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0))


def baked(scenery: Scenery) -> Glow:
    return bake(scenery, cast_shadows(scenery.fixed, scenery.sun.toward, 4))


def light_at(glow: Glow, place: tuple[float, float, float]) -> np.ndarray:
    """Irradiance on the six sides of the probe nearest to a place, shape [6, 3]."""
    at = np.round((np.array(place) - glow.origin) / (2 * glow.cell) - 0.75).astype(int)
    return glow.probes[tuple(at)]


def test_light_falls_off_and_comes_from_the_lamp() -> None:
    """Near the lamp it is brighter than by the floor, and the upper side of a probe gets more than the lower."""
    glow = baked(room())
    high, low = light_at(glow, (2.0, 2.2, 2.0)), light_at(glow, (2.0, 0.4, 2.0))
    assert high[2].sum() > 2 * low[2].sum() > 0
    assert low[2].sum() > 2 * low[3].sum() > 0


def test_a_red_wall_reddens_what_faces_it() -> None:
    """The side that looks at the red wall receives redder light than the side that looks at the white one."""
    sides = light_at(baked(room()), (1.0, 1.2, 2.0))
    toward_red, toward_white = sides[1], sides[0]
    assert toward_red[0] / toward_red[1] > 1.15 * toward_white[0] / toward_white[1]


def test_a_shelf_shades_what_is_under_it() -> None:
    """A shelf under the lamp takes the direct light from below it; what is left is bounced."""
    shelf = quad((1.0, 1.5, 1.0), (3.0, 1.5, 1.0), (3.0, 1.5, 3.0), (1.0, 1.5, 3.0), WHITE)
    place = (2.0, 0.7, 2.0)
    open_, shaded = light_at(baked(room()), place)[2].sum(), light_at(baked(room(shelf)), place)[2].sum()
    assert 0 < shaded < 0.4 * open_


def test_baking_twice_gives_the_same_light() -> None:
    first, second = baked(room()), baked(room())
    assert np.array_equal(first.probes, second.probes)
    assert np.array_equal(first.shine, second.shine)
