"""From light to picture: the mix is linear, the views are the standard ones, the lens keeps energy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PyOpenColorIO as ocio
import pytest

from secondunit_bridge.errors import BadInput, NotFound, TooLarge
from secondunit_engine.color import LUMINANCE
from secondunit_engine.finish import display, drops, flare, lens
from secondunit_engine.finish.composite import check_groups, mix_lights
from secondunit_engine.finish.grade import grade, mix_as_dyes
from secondunit_engine.finish.look import LightChange, LightMix, Look, LookChange, carry_look, change_look, usual_look
from secondunit_engine.finish.temperature import black_body, temperature_gain
from secondunit_engine.planning.plan import CameraPlan

RANDOM = np.random.Generator(np.random.PCG64(1))


def frame(height: int = 24, width: int = 32) -> dict[str, np.ndarray]:
    key, neon = (RANDOM.random((height, width, 3), np.float32) for _ in range(2))
    air = RANDOM.random((height, width, 4), np.float32)
    return {"beauty": key + neon, "light.key": key, "light.neon": neon, "air": air}


def test_no_faders_leave_the_beauty() -> None:
    """Without a mix the picture is beauty through the air, exactly."""
    parts = frame()
    expected = parts["beauty"] * parts["air"][..., 3:] + parts["air"][..., :3]
    np.testing.assert_allclose(mix_lights(parts, ()), expected, rtol=1e-6)


def test_faders_are_linear() -> None:
    """One stop doubles a group, and switching one off leaves the other."""
    parts = frame()
    del parts["air"]
    louder = mix_lights(parts, (LightMix("neon", exposure=1.0),))
    np.testing.assert_allclose(louder, parts["light.key"] + 2 * parts["light.neon"], rtol=1e-5)
    alone = mix_lights(parts, (LightMix("neon", on=False),))
    np.testing.assert_allclose(alone, parts["light.key"], atol=1e-6)


def test_haze_follows_the_lamp_that_lights_it() -> None:
    """A lamp switched off leaves neither its light nor its glow; the haze still dims what is behind it."""
    parts = frame()
    glow = RANDOM.random((24, 32, 3), np.float32) * 0.1
    parts |= {"air.neon": glow, "air": np.concatenate([glow, parts["air"][..., 3:]], axis=-1)}
    dark = mix_lights(parts, (LightMix("neon", on=False),))
    np.testing.assert_allclose(dark, parts["light.key"] * parts["air"][..., 3:], atol=1e-5)


def test_unknown_fader_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="key, neon"):
        check_groups((LightMix("sun"),), ("key", "neon"))


def test_relight_keeps_other_faders() -> None:
    """A change names one fader; the ones set earlier stay."""
    look = change_look(Look(), LookChange(lights=(LightChange("key", exposure=1.0),)))
    look = change_look(look, LookChange(exposure=0.5, lights=(LightChange("neon", on=False),)))
    assert look.lights == (LightMix("key", exposure=1.0), LightMix("neon", on=False))
    assert (look.exposure, look.contrast) == (0.5, 1.0)


def test_temperature_is_warm_when_positive_and_keeps_luminance() -> None:
    warm, cool = temperature_gain(2000), temperature_gain(-2000)
    assert warm[0] > 1 > warm[2]
    assert cool[0] < 1 < cool[2]
    assert pytest.approx(1.0, abs=1e-6) == float(LUMINANCE @ warm)
    assert black_body(2700)[0] > black_body(2700)[2]


def test_baked_view_is_the_aces_view() -> None:
    """The shaper and cube agree with OCIO's own ACES 2 transform within a code value and a half of ten bits."""
    linear = (2.0 ** RANDOM.uniform(-8, 5, (4000, 3))).astype(np.float32)
    exact = linear.copy()
    transform = ocio.DisplayViewTransform(src="ACEScg", display=display.VIDEO_DISPLAY, view=display.ACES_VIEW)
    config = ocio.Config.CreateFromFile(display.CONFIG)
    config.getProcessor(transform).getDefaultCPUProcessor().applyRGB(exact)
    error = np.abs(display.show(linear[None], "ACES 2.0")[0] - np.clip(exact, 0, 1))
    assert np.median(error) < 1.5 / 1023
    assert np.percentile(error, 99) < 0.02


@pytest.mark.parametrize("view", ["ACES 2.0", "AgX"])
def test_views_are_monotone_and_neutral(view: str) -> None:
    """A grey ramp stays grey and grows; black is black and bright light does not clip early."""
    ramp = np.repeat(2.0 ** np.linspace(-10, 8, 300, dtype=np.float32)[None, :, None], 3, axis=2)
    shown = display.show(ramp, view)[0]  # (300, 3)
    assert (np.diff(shown[:, 1]) >= -1e-4).all()
    assert np.ptp(shown, axis=1).max() < 0.01
    assert shown[0, 1] < 0.03
    assert 0.9 < shown[-1, 1] <= 1


def test_luts_are_checked(tmp_path: Path) -> None:
    """A LUT is applied; a broken, strange, missing or huge one is refused in a sentence."""
    good = tmp_path / "half.cube"
    corners = "\n".join(f"{r * 0.5} {g * 0.5} {b * 0.5}" for b in (0, 1) for g in (0, 1) for r in (0, 1))
    good.write_text(f"LUT_3D_SIZE 2\n{corners}\n")
    picture = RANDOM.random((4, 4, 3), np.float32)
    np.testing.assert_allclose(display.apply_lut(picture, str(good)), picture / 2, atol=1e-5)
    (tmp_path / "broken.cube").write_text("LUT_3D_SIZE banana\n")
    (tmp_path / "virus.exe").write_bytes(b"MZ")
    with (tmp_path / "huge.cube").open("wb") as file:
        file.truncate(65 << 20)
    for name, error in (("broken.cube", BadInput), ("virus.exe", BadInput), ("huge.cube", TooLarge), ("no", NotFound)):
        with pytest.raises(error):
            display.apply_lut(picture, str(tmp_path / name))


def test_bloom_keeps_energy_and_spreads() -> None:
    """Glare moves light, it makes none: a bright dot in the middle keeps its sum."""
    image = np.zeros((240, 427, 3), np.float32)
    image[120, 213] = 100
    glared = lens.bloom(image, 0.13)
    assert glared.sum() == pytest.approx(image.sum(), rel=0.05)
    assert glared[120, 213, 0] < 100 * 0.9
    assert glared[118, 213, 0] > glared[100, 213, 0] > 0


def test_grain_repeats_and_moves() -> None:
    """Grain is the same for the same seed and frame, and new on the next frame."""
    grey = np.full((60, 80, 3), 0.4, np.float32)
    one, same, other = (lens.grain(grey, 0.02, 5, number) for number in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 0.01
    assert one.mean() == pytest.approx(0.4, abs=0.002)


def test_vignette_darkens_corners_only() -> None:
    image = np.ones((90, 160, 3), np.float32)
    dark = lens.vignette(image, 0.4)
    assert dark[45, 80, 0] == pytest.approx(1, abs=0.01)
    assert dark[0, 0, 0] < dark[0, 80, 0] < 1


def test_grade_moves_as_told() -> None:
    """A stop doubles mid grey; saturation 0 is grey."""
    grey = np.full((2, 2, 3), 0.18, np.float32)
    neutral = Look(split_tone=0)
    np.testing.assert_allclose(grade(grey, neutral), grey, rtol=1e-4)
    np.testing.assert_allclose(grade(grey, Look(exposure=1, split_tone=0)), 2 * grey, rtol=1e-4)
    color = RANDOM.random((5, 5, 3), np.float32)
    assert np.ptp(grade(color, Look(saturation=0, split_tone=0)), axis=-1).max() < 1e-5


def night_with_a_lamp(height: int = 120, width: int = 214) -> np.ndarray:
    picture = np.full((height, width, 3), 0.05, np.float32)
    picture[28:32, 60:64] = 80.0
    return picture


def test_without_lamps_glass_flares_nothing() -> None:
    dim = np.full((40, 60, 3), 0.9, np.float32)
    np.testing.assert_array_equal(flare.streak(dim, 0.1), dim)
    np.testing.assert_array_equal(flare.ghosts(dim, 0.1), dim)
    np.testing.assert_array_equal(lens.halation(dim, 0.1), dim)


def test_a_streak_runs_level_through_the_lamp_and_is_blue() -> None:
    lamp = night_with_a_lamp()
    added = flare.streak(lamp, 0.06) - lamp
    row, away = added[30], added[80]
    assert row[:, 2].min() > 5 * away.max()
    assert (row[100:, 2] > row[100:, 0]).all()
    assert row[70, 2] > row[150, 2] > 0


def test_ghosts_lie_opposite_the_lamp() -> None:
    """Most of what they add lies in the other quarter of the picture, through the middle from the lamp."""
    lamp = night_with_a_lamp()
    added = (flare.ghosts(lamp, 0.01) - lamp).sum(axis=-1)
    assert added.min() >= -1e-6
    assert added[60:, 107:].sum() > 0.6 * added.sum()


def test_halation_is_red_and_close_to_the_lamp() -> None:
    lamp = night_with_a_lamp()
    added = lens.halation(lamp, 0.1) - lamp
    near, far = added[30, 66], added[100, 180]
    assert near[0] > 3 * near[1] > near[2]
    assert far.max() < 1e-3 * near[0]


def test_dyes_deepen_pure_colours_and_leave_greys() -> None:
    grey, red = np.full((1, 1, 3), 0.4, np.float32), np.array([[[0.6, 0.1, 0.1]]], np.float32)
    np.testing.assert_allclose(mix_as_dyes(grey, 1.0), grey, rtol=1e-5)
    mixed = mix_as_dyes(red, 1.0)
    assert mixed.max() < red.max()
    assert mixed[0, 0, 0] / mixed[0, 0, 1] > red[0, 0, 0] / red[0, 0, 1]


def test_lenses_and_stock_give_a_look_that_the_user_may_change() -> None:
    camera = CameraPlan(glass="anamorphic", stock="16mm")
    look = change_look(usual_look(camera), LookChange(grain=0.0))
    assert (look.streak > 0, look.halation > 0, look.grain) == (True, True, 0.0)
    sharp = carry_look(look, camera, CameraPlan(stock="16mm"))
    assert (sharp.streak, sharp.halation, sharp.grain) == (0.0, look.halation, 0.0)
    assert usual_look(CameraPlan()) == Look()


def test_drops_hang_where_they_hung_and_show_the_scene_turned_over() -> None:
    """A dry glass changes nothing; a wet one a share of the picture, the same in the same frame, little in the next."""
    image = np.tile(np.linspace(0, 1, 120, dtype=np.float32)[:, None, None], (1, 200, 3))  # dark above, bright below
    assert drops.drops(image, 0.0, 1, 5) is image
    wet, again, other = (drops.drops(image, 0.6, 1, frame) for frame in (5, 5, 6))
    np.testing.assert_array_equal(wet, again)
    changed = np.abs(wet - image).max(axis=-1) > 0.02
    assert 0.01 < changed.mean() < 0.6
    assert np.abs(wet - other).mean() < 0.3 * np.abs(wet - image).mean()
    largest = max(drops.hanging(0.6, 200 / 120, 1, 5), key=lambda drop: drop.radius)
    x, y, radius = (round(120 * value) for value in (largest.x, largest.y, largest.radius))
    inside = wet[max(0, y - radius // 2) : y + radius // 2, min(x, 199), 0]
    assert inside[0] > inside[-1]


def test_a_wet_lens_is_a_fader_of_its_own() -> None:
    look = usual_look(CameraPlan(wet_lens=True))
    assert look.drops > 0
    assert change_look(look, LookChange(drops=0.0)) == usual_look(CameraPlan())
