"""The cone of a spot in haze: lit inside, dark outside, in its own colour, and as strong as the closed form says."""

from __future__ import annotations

import numpy as np
import pytest
from pxr import Usd

from secondunit_engine.render.beams import integrate_beams, read_spots
from secondunit_engine.world.air import Beams
from secondunit_engine.world.show import Head, add_head

HEIGHT, ANGLE = 10.0, 6.0
EYE = np.array([0.0, 5.0, 20.0])
EVEN = Beams("beams", density=0.02, anisotropy=0.0, unevenness=0.0)


@pytest.fixture(scope="module")
def place() -> Usd.Stage:
    """One red spot 10 m up that shines straight down along x = z = 0; another group hangs beside it."""
    stage = Usd.Stage.CreateInMemory()
    add_head(stage, "Spot", Head((0, HEIGHT, 0), (0, 0, 0.001), (1, 0.1, 0.1), 1000.0, angle=ANGLE), "beams")
    add_head(stage, "Other", Head((4, HEIGHT, 0), (4, 0, 0.001), (1, 1, 1), 1000.0, angle=ANGLE), "wash")
    return stage


def seen(place: Usd.Stage, beams: Beams, across: list[float], far: float = 40.0, extinction: float = 0.0) -> np.ndarray:
    """Light along level rays from the eye that pass the beam's axis at these distances [m], shape [rays, 3]."""
    rays = np.array([[[x, 0.0, -20.0] for x in across]])
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    haze = np.zeros((4, 4, 4), np.float32)
    length = np.full(rays.shape[:2], far)
    return integrate_beams(beams, place, 1001, EYE, rays, length, extinction, haze, np.zeros(3))[0]


def test_only_its_own_group_is_read(place: Usd.Stage) -> None:
    spots = read_spots(place, 1001, "beams")
    np.testing.assert_allclose(spots.places, [[0, HEIGHT, 0]], atol=1e-9)
    np.testing.assert_allclose(spots.ways[0], [0, -1, 0], atol=1e-3)
    assert spots.intensities[0].max() == pytest.approx(1000, rel=0.5)
    assert len(read_spots(place, 1001, "none").places) == 0


def test_a_beam_is_bright_on_its_axis_and_nought_outside_its_cone(place: Usd.Stage) -> None:
    edge = 5.0 * np.tan(np.radians(ANGLE))
    on, half, beside = seen(place, EVEN, [0.0, 0.8 * edge, 1.3 * edge])
    assert on.max() > half.max() > 0
    assert beside.max() == 0
    assert on[0] > 3 * on[1]


def test_it_is_as_strong_as_single_scattering_says(place: Usd.Stage) -> None:
    """On the axis: intensity, over the square of the distance, times density, over 4 pi, along the lit length; the
    spot is full within 0.4 of its angle, so the answer lies between that core's and the whole cone's."""
    on = seen(place, EVEN, [0.0])[0, 0]
    intensity = read_spots(place, 1001, "beams").intensities[0, 0]
    core, whole = (2 * 5.0 * np.tan(np.radians(share * ANGLE)) for share in (0.4, 1.0))
    least, most = (intensity / 25.0 * EVEN.density / (4 * np.pi) * length for length in (core, whole))
    assert least < on < most


def test_walls_and_haze_before_it_take_it_away(place: Usd.Stage) -> None:
    clear, dimmed = seen(place, EVEN, [0.0])[0, 0], seen(place, EVEN, [0.0], extinction=0.05)[0, 0]
    assert dimmed / clear == pytest.approx(np.exp(-0.05 * 20.0), rel=0.02)
    assert seen(place, EVEN, [0.0], far=15.0).max() == 0


def test_six_samples_are_the_integral(place: Usd.Stage) -> None:
    """Across the cone off its axis, against ten thousand even steps, with fading, haze and forward scattering."""
    beams, extinction = Beams("beams", density=0.02, anisotropy=0.4, unevenness=0.0), 0.03
    spots = read_spots(place, 1001, "beams")
    across = np.array([0.0, 0.1, 0.25])
    rays = np.stack([across, 0 * across, np.full_like(across, -20.0)], axis=-1)
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    t = np.linspace(0, 40, 10_001)  # m
    out = EYE + rays[:, None] * t[:, None] - spots.places[0]  # (rays, steps, 3)
    away = np.linalg.norm(out, axis=-1)
    edge = np.clip((out @ spots.ways[0] / away - spots.cutoff[0]) / (spots.beam[0] - spots.cutoff[0]), 0, 1)
    cosine = -np.sum(out * rays[:, None], axis=-1) / away
    scattered = (1 - 0.4**2) / (4 * np.pi * (1 + 0.4**2 - 0.8 * cosine) ** 1.5)
    light = edge**2 * (3 - 2 * edge) * scattered * np.exp(-extinction * t) / away**2
    expected = 0.02 * spots.intensities[0, 0] * np.trapezoid(light, t, axis=1)
    found = seen(place, beams, across.tolist(), extinction=extinction)[:, 0]
    np.testing.assert_allclose(found, expected, rtol=0.05)
