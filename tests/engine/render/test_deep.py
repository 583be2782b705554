"""Under water: colours fade unlike, the window overhead is as wide as Snell says, caustics are on the sun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from secondunit_engine.render.deep import Water, caustics_on, look_through, read_water, veil_along
from secondunit_engine.render.overlays import draw_caustics
from secondunit_engine.render.view import View
from secondunit_engine.world.air import Deep, add_air
from secondunit_engine.world.author import look_at, new_layer

CALM = Deep(
    level=8.0, absorbs=(0.10, 0.06, 0.03), thins=(0.20, 0.08, 0.05), veil=(0.02, 0.08, 0.14), towards=(0.0, 1.0, 0.0),
    sun=(0.0, 0.0, 0.0), zenith=(1.0, 1.0, 1.0), horizon=(1.0, 1.0, 1.0), wind=0.3, seed=2,
)  # fmt: skip


def water(tmp_path: Path, deep: Deep = CALM) -> Water:
    stage = new_layer(tmp_path / "deep.usda")
    add_air(stage, "Water", deep)
    found = read_water(stage, 1001)
    assert found is not None
    return found


def upwards(degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return np.array([[[0.0, np.sin(angle), -np.cos(angle)]]])


def seen(sea: Water, rays: np.ndarray, depth: float = np.inf) -> tuple[np.ndarray, np.ndarray]:
    view = View(8, 8, np.linalg.inv(np.array(look_at((0, 1, 0), (0, 1, -1)))), 8.0)
    shape = rays.shape[:2]
    place = view.eye + rays * (depth if np.isfinite(depth) else 0)
    return look_through(sea, view, rays, np.full(shape, depth), place)


def test_red_is_lost_first_and_the_veil_is_blue(tmp_path: Path) -> None:
    light, through = seen(water(tmp_path), upwards(0), 10.0)
    assert through[0, 0] == pytest.approx(np.exp([-2.0, -0.8, -0.5]), rel=1e-4)
    assert light[0, 0, 2] > light[0, 0, 1] > light[0, 0, 0] > 0


def test_the_veil_is_the_integral_along_the_ray(tmp_path: Path) -> None:
    """Ten metres at once are as two pieces of five, the farther dimmed by the nearer."""
    sea, ray = water(tmp_path), upwards(20)[0, 0]
    whole = veil_along(sea, 1.0, ray, np.array(10.0))
    near = veil_along(sea, 1.0, ray, np.array(5.0))
    far = veil_along(sea, 1.0 + 5 * ray[1], ray, np.array(5.0))
    assert whole == pytest.approx(near + np.exp(-5 * np.array(CALM.thins)) * far)


def test_the_sky_shows_within_snells_window_only(tmp_path: Path) -> None:
    """A calm sea shows the sky within 48.6 degrees of the zenith, beyond it the mirrored deep."""
    sea = water(tmp_path)
    inside, outside = seen(sea, upwards(55))[0][0, 0], seen(sea, upwards(30))[0][0, 0]
    assert inside[1] > 3 * outside[1]
    assert (seen(sea, upwards(55))[1] == 0).all()


def test_caustics_gather_the_suns_share_alone(tmp_path: Path) -> None:
    stage = new_layer(tmp_path / "lit.usda")
    add_air(stage, "Water", replace(CALM, wind=4.0))
    x, z = np.meshgrid(np.linspace(-8, 8, 64), np.linspace(-8, 8, 64))
    bed = np.stack([x, 0 * x, z], axis=-1)
    light = np.ones((64, 64, 2, 3), np.float32)
    draw_caustics(stage, 1001, bed.astype(np.float32), light, ("sky", "sun"))
    assert (light[:, :, 0] == 1).all()
    assert light[:, :, 1].std() > 0.4
    assert light[:, :, 1].mean() == pytest.approx(1, abs=0.1)
    found = read_water(stage, 1001)
    assert found is not None
    shallow = caustics_on(found, (bed + np.array([0, CALM.level, 0])).astype(np.float32))
    assert np.allclose(shallow, 1)
