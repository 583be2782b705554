"""The dome and the sun: counted once, turned right, the same bytes twice, different by seed and hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Usd, UsdGeom, UsdLux

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.planning.sun import sun_over
from secondunit_engine.render.exr import read_flat
from secondunit_engine.world import sky
from secondunit_engine.world import stage as names
from secondunit_engine.world.atmosphere import clear_sky
from secondunit_engine.world.author import new_layer
from secondunit_engine.world.sets.city_air import add_daylight
from secondunit_engine.world.sets.urban_materials import Hour


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(sky, "WIDTH", 192)
    yield
    patch.undo()


def _sky(
    folder: Path, time: str = "day", weather: tuple[str, ...] = (), seed: int = 1, bearing: float = 60.0
) -> tuple[Usd.Stage, sky.Sky, NDArray[np.float32]]:
    folder.mkdir()
    stage = new_layer(folder / "set.usda")
    made = sky.add_sky(stage, folder, sky.paint_sky(time, weather, seed, sun_bearing=bearing))
    return stage, made, read_flat(folder / "textures" / "sky.exr")


def test_air_alone_is_blue_above_and_reddens_a_low_sun() -> None:
    high, low = clear_sky(50.0), clear_sky(3.0)
    assert high.table[0, -1, 2] > 2 * high.table[0, -1, 0]
    assert high.sun[0] / high.sun[2] < 1.6
    assert low.sun[0] / low.sun[2] > 10
    assert clear_sky(-5.0).sun.max() == 0


def test_the_dome_is_brightest_towards_the_sun_and_holds_no_disc(tmp_path: Path) -> None:
    stage, made, dome = _sky(tmp_path / "a", "magic hour", ("clear",))
    rays, _, _ = sky.directions(192)
    upper = dome[:48].mean(axis=-1)
    brightest = rays[:48][np.unravel_index(np.argmax(upper), upper.shape)]
    assert brightest @ made.towards > 0.9
    assert upper.max() < max(made.sun)  # a disc would be ten thousand times as bright
    lamp = stage.GetPrimAtPath(f"{names.LIGHTS}/Sun")
    back = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(lamp).GetRow3(2))
    assert back == pytest.approx(made.towards, abs=1e-5)  # it shines along its -Z
    assert UsdLux.DistantLight(lamp).GetAngleAttr().Get() == pytest.approx(0.533)


def test_hours_are_exposed_in_order_and_clouds_hide_the_sun(tmp_path: Path) -> None:
    def level(time: str, weather: tuple[str, ...]) -> float:
        _, made, _ = _sky(tmp_path / f"{time}{weather}".replace(" ", ""), time, weather)
        return float(np.mean(made.light) + np.mean(made.sun) * max(made.towards[1], 0))

    hours = [level(time, ("clear",)) for time in ("day", "dusk", "twilight", "night")]
    assert hours == sorted(hours, reverse=True)
    assert hours[-1] > 0.1  # opened up: a night is dim, not black
    _, fair, _ = _sky(tmp_path / "fair", "day", ("clear",))
    _, dull, _ = _sky(tmp_path / "dull", "day", ("overcast",))
    assert dull.veiled
    assert not fair.veiled
    assert max(dull.sun) < 0.05 * max(fair.sun)


def test_same_seed_same_bytes_another_seed_other_clouds(tmp_path: Path) -> None:
    first, again, other = (_sky(tmp_path / name, seed=seed)[2] for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert (tmp_path / "a/textures/sky.exr").read_bytes() == (tmp_path / "b/textures/sky.exr").read_bytes()
    assert np.isfinite(first).all()
    assert first.min() >= 0
    assert np.array_equal(first, again)
    assert np.abs(first[:48] - other[:48]).mean() > 0.02 * first[:48].mean()


def test_stars_and_discs_are_seen_and_light_nothing(tmp_path: Path) -> None:
    from secondunit_engine.render.materials import read_surface

    stage, _, _ = _sky(tmp_path / "night", "night", ("clear",))
    glowing = [prim for prim in stage.GetPrimAtPath(names.SET).GetChildren() if UsdGeom.Mesh(prim)]
    assert len(glowing) == 5
    assert all(read_surface(prim).additive for prim in glowing)


def test_far_things_fade_to_the_dome_behind_them(tmp_path: Path) -> None:
    from secondunit_engine.render.air import horizon_light

    stage, made, dome = _sky(tmp_path / "far", "dusk", ("clear",))
    rays, _, elevation = sky.directions(192)
    row = int(np.argmin(np.abs(elevation[:, 0] - np.radians(2.0))))
    veil = horizon_light(stage, 1001, rays[row])
    assert veil == pytest.approx(dome[row], rel=0.35)
    assert rays[row][np.argmax(veil[:, 0])] @ made.towards > 0.95  # brightest where the sun is


@pytest.mark.parametrize("time", ["morning", "dusk", "night"])
def test_the_sun_of_a_town_is_the_gaffers(tmp_path: Path, time: str) -> None:
    """The distant light stands where the planner says, over the roofs."""
    plan = SetPlan("rooftop", time)
    stage = new_layer(tmp_path / "set.usda")
    add_daylight(stage, plan, Hour.of(plan))
    lamp = stage.GetPrimAtPath(f"{names.SET}/Sun")
    x, y, z = np.array(UsdGeom.XformCache().GetLocalToWorldTransform(lamp).GetRow3(2)).tolist()
    over = sun_over(plan)
    assert over is not None
    assert np.degrees(np.arctan2(x, z)) % 360 == pytest.approx(over[0], abs=0.1)
    assert np.degrees(np.arcsin(y)) == pytest.approx(max(over[1], 12), abs=0.1)
