"""Air light round lamps: as exact as the closed form, and of the lamps of its own group."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from secondunit_engine.render.glow import integrate_glow, read_lamps
from secondunit_engine.world.air import Glow
from secondunit_engine.world.author import Material, add_mesh, new_layer
from secondunit_engine.world.shapes import box

EYE = np.array([0.3, 1.2, 20.0])


def test_lamps_have_their_power(tmp_path: Path) -> None:
    """A lamp is one point in its middle with a quarter of its surface times its radiance."""
    stage = new_layer(tmp_path / "lamp.usda")
    mesh = box([0.05, 0.05, 0.05], [0.15, 0.15, 0.15])
    add_mesh(stage, "/Shot/Set/lamp", mesh, Material("lamp", emission=(1, 1, 1)), light_group="lamps")
    places, powers, _ = read_lamps(stage, 1001, "lamps")
    assert np.allclose(places, [[0.1, 0.1, 0.1]], atol=1e-6)
    assert powers == pytest.approx(np.full((1, 3), 0.06 / 4), rel=1e-3)
    assert len(read_lamps(stage, 1001, "others")[0]) == 0


def test_glow_is_the_integral_along_the_ray(tmp_path: Path) -> None:
    """Beside, before and behind the eye, for rays that stop before a lamp and that pass it by centimetres."""
    stage = new_layer(tmp_path / "lamps.usda")
    for number, (x, z) in enumerate([(0.0, 0.0), (2.0, 8.0), (-3.0, 26.0)]):
        lamp = box([x - 0.05, 1.0, z - 0.05], [x + 0.05, 1.1, z + 0.05])
        add_mesh(stage, f"/Shot/Set/l{number}", lamp, Material("lamp", emission=(3, 2, 1)), light_group="lamps")
    across = np.array([[-1.0, -0.02, -0.015, 0.0, 0.3], [0.05, -0.1, 0.2, 0.4, 5.0]])
    rays = np.stack([across, np.full_like(across, -0.006), -np.ones_like(across)], axis=-1)
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    length = np.array([[40.0, 19.0, 60.0, 1e-3, 30.0], [25.0, 20.0, 4.0, 0.0, 9.0]])
    places, powers, sizes = read_lamps(stage, 1001, "lamps")
    expected = np.zeros((2, 5, 3))
    for place, power, size in zip(places - EYE, powers, sizes, strict=True):
        along = rays @ place
        away = np.sqrt(np.sum((place - along[..., None] * rays) ** 2, axis=-1) + size**2)
        angle = np.arctan((length - along) / away) + np.arctan(along / away)
        expected += 0.02 * power * (angle / away)[..., None]
    found = integrate_glow(Glow("lamps", 0.02), stage, 1001, EYE, rays, length)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-9)
