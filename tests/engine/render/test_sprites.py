"""Sprites as drawn: hidden by what stands before them, smooth, and the same however they are ordered."""

from __future__ import annotations

import time

import numpy as np
import pytest
from pxr import Usd, Vt

from secondunit_engine.render.sprites import draw_sprites
from secondunit_engine.render.view import View
from secondunit_engine.world.air import Sprite, add_particles, set_particles
from secondunit_engine.world.stage import FIRST_FRAME

WIDTH, HEIGHT = 160, 90


def camera(width: int = WIDTH, height: int = HEIGHT, **lens: float) -> View:
    """At the origin, looking along -Z, 35 mm."""
    return View(width, height, np.eye(4), 35 / 36 * width, **lens)


def air(
    sprite: Sprite, places: np.ndarray, width: float, velocity: tuple[float, float, float] = (0, 0, 0)
) -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    points = add_particles(stage, "Some", sprite)
    points.CreateWidthsAttr(Vt.FloatArray([width] * len(places)))
    points.CreateDisplayColorAttr([(2.0, 1.0, 0.5)])
    set_particles(points, FIRST_FRAME, places, np.tile(velocity, (len(places), 1)))
    return stage


def drawn(stage: Usd.Stage, view: View, far: float = 100.0, light: float = 0.1) -> np.ndarray:
    depth = np.full((view.height, view.width), far, np.float32)
    return draw_sprites(stage, FIRST_FRAME, view, depth, np.full((*depth.shape, 3), light, np.float32))


@pytest.mark.parametrize("sprite", ["streak", "drop", "mote"])
def test_a_sprite_shows_before_the_wall_and_not_behind_it(sprite: Sprite) -> None:
    stage = air(sprite, np.array([[0.0, 0.0, -4.0]]), 0.2)
    before, behind = drawn(stage, camera(), far=5.0), drawn(stage, camera(), far=3.0)
    assert before.dtype == np.float32
    assert before[..., 3].max() > 0.05
    assert (before[..., 3] <= 1).all()
    assert (behind == 0).all()


def test_half_hidden_is_half_drawn() -> None:
    stage = air("mote", np.array([[0.0, 0.0, -4.0]]), 0.6)
    depth = np.full((HEIGHT, WIDTH), 100.0, np.float32)
    depth[:, : WIDTH // 2] = 1.0
    picture = draw_sprites(stage, FIRST_FRAME, camera(), depth, np.zeros((HEIGHT, WIDTH, 3), np.float32))
    assert (picture[:, : WIDTH // 2] == 0).all()
    assert picture[:, WIDTH // 2 :, 3].max() > 0.05


def test_a_streak_is_as_long_as_its_way_while_the_shutter_is_open() -> None:
    stage = air("streak", np.array([[0.0, 0.5, -4.0]]), 0.002, velocity=(0.0, -48.0, 0.0))
    cover = drawn(stage, camera(shutter=1 / 48))[..., 3]
    rows = np.flatnonzero(cover.max(axis=1) > 0.1 * cover.max())
    metres = (rows[-1] - rows[0]) * 4.0 / camera().focal_px
    assert metres == pytest.approx(1.0, rel=0.15)
    assert np.flatnonzero(cover.max(axis=0) > 0.3 * cover.max()).size <= 3


def test_moving_by_part_of_a_pixel_moves_the_light_and_keeps_its_sum() -> None:
    """Antialiased: no sprite jumps from pixel to pixel."""
    sums, centres = [], []
    for shift in np.linspace(0, 2 * 4.0 / camera().focal_px, 9):
        cover = drawn(air("mote", np.array([[shift, 0.0, -4.0]]), 0.12), camera())[..., 3]
        sums.append(cover.sum())
        centres.append((cover.sum(axis=0) * np.arange(WIDTH)).sum() / cover.sum())
    assert np.ptp(sums) < 0.12 * np.mean(sums)
    assert np.allclose(np.diff(centres), 0.25, atol=0.12)


def test_the_order_of_particles_does_not_matter() -> None:
    rng = np.random.Generator(np.random.PCG64(0))
    places = rng.uniform((-1, -0.6, -5), (1, 0.6, -2), (60, 3))
    one, other = (drawn(air("drop", some, 0.05), camera()) for some in (places, places[::-1]))
    assert np.allclose(one, other, atol=1e-5)


def test_a_drop_shows_the_picture_upside_down() -> None:
    stage = air("drop", np.array([[0.0, 0.0, -2.0]]), 0.5)
    depth = np.full((HEIGHT, WIDTH), 100.0, np.float32)
    picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    picture[: HEIGHT // 2] = 1.0  # light above
    light = draw_sprites(stage, FIRST_FRAME, camera(), depth, picture)[..., :3].sum(axis=-1)
    middle = slice(WIDTH // 2 - 4, WIDTH // 2 + 4)
    above, below = light[HEIGHT // 2 - 8 : HEIGHT // 2 - 3, middle], light[HEIGHT // 2 + 3 : HEIGHT // 2 + 8, middle]
    assert below.mean() > 1.5 * above.mean()


def test_out_of_focus_spreads_and_dims() -> None:
    stage = air("mote", np.array([[0.0, 0.0, -2.0]]), 0.05)
    sharp = drawn(stage, camera(focus_distance=2.0, lens_radius=0.08))[..., 3]
    soft = drawn(stage, camera(focus_distance=8.0, lens_radius=0.08))[..., 3]
    assert (soft > 1e-4).sum() > 2 * (sharp > 1e-4).sum()
    assert soft.max() < 0.5 * sharp.max()


def test_no_particles_draw_nothing() -> None:
    assert (drawn(Usd.Stage.CreateInMemory(), camera()) == 0).all()


def test_a_storm_is_fast_enough() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    view = camera(854, 480, shutter=1 / 48, focus_distance=5.0, lens_radius=0.006)
    streaks = air("streak", rng.uniform((-4, -2, -12), (4, 3, -0.5), (2600, 3)), 0.002, velocity=(0.3, -7.0, 0.2))
    drops = air("drop", rng.uniform((-2, -1, -7), (2, 1.5, -1.2), (700, 3)), 0.008)
    before = time.process_time()
    for stage in (streaks, drops):
        drawn(stage, view)
    assert time.process_time() - before < 1.2  # 0.1 s where this was written
