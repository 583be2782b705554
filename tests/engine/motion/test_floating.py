"""What floats is carried by the waves, and carries who stands on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Gf, Usd, UsdGeom

from secondunit_engine.motion.floating import clipped, write_floating
from secondunit_engine.motion.waves import Sea, height, waves_of
from secondunit_engine.planning.plan import CastPlan, ShotPlan
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mark, add_mesh, facing, new_layer
from secondunit_engine.world.mesh import Material
from secondunit_engine.world.stage import FIRST_FRAME
from secondunit_engine.world.water import Grading, Water, add_open_water, declare_floating
from tests.engine.motion.conftest import car_shot

Array = NDArray[np.floating]
CALM, SWELL = Sea(wind=0.5, fetch=100.0, seed=1), Sea(wind=5.0, fetch=20_000.0, swell=0.4, swell_length=30.0, seed=3)
SHOT = car_shot(frames=8)


def afloat(folder: Path, sea: Sea, *boxes: tuple[float, float, float], hero: tuple[float, float, float]) -> Usd.Stage:
    """Boxes of 2 x 0.4 x 2 m that float 0.2 m deep at places x, z, turned by degrees; the water lies at -0.2 m."""
    stage = new_layer(folder / "set.usdc")
    add_open_water(stage, folder, Water(-0.2, sea), (0.01, 0.03, 0.04), Grading(1.0, 0.3, 8.0))
    for n, (x, z, turn) in enumerate(boxes):
        craft = UsdGeom.Xform.Define(stage, f"{names.SET}/Box{n}")
        declare_floating(craft.GetPrim(), 0.0)
        box = shapes.move(shapes.box((-1, -0.4, -1), (1, 0, 1)), (x, 0, z), turn)
        add_mesh(stage, f"{craft.GetPath()}/Wood", box, Material("wood"))
    prop = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Cup")
    prop.AddTransformOp().Set(Gf.Matrix4d().SetTranslate(Gf.Vec3d(0.3, 0.0, 0.2)))
    add_mark(stage, "hero", facing(hero, (0, 0, 1)))
    return stage


def moved(place: Usd.Stage, shot: ShotPlan) -> Usd.Stage:
    stage = Usd.Stage.CreateInMemory()
    stage.GetRootLayer().subLayerPaths.append(place.GetRootLayer().identifier)
    write_floating(shot, place, stage)
    return stage


def pose(stage: Usd.Stage, path: str, code: float) -> Array:
    return np.array(UsdGeom.XformCache(Usd.TimeCode(code)).GetLocalToWorldTransform(stage.GetPrimAtPath(path))).T


def test_half_a_box_is_the_box_below_the_water() -> None:
    points = np.array([[x, y, z] for x in (-1, 1) for y in (-0.4, 0) for z in (-1, 1)], float)
    below = clipped(points, -0.2)
    assert below[:, 1].max() == pytest.approx(-0.2)
    assert np.ptp(below, axis=0) == pytest.approx([2, 0.2, 2])


def test_it_sinks_under_a_weight_and_heels_towards_it(tmp_path: Path) -> None:
    """On calm water it keeps its level within a millimetre; 75 kg in its middle press it down by 75 / (rho A) within
    one percent, and at its side tilt it to that side by m g x / (rho g I) within a tenth."""
    nobody = moved(afloat(tmp_path / "a", CALM, (0, 0, 0), hero=(0, 0, 0)), SHOT)
    member = CastPlan("Mara")
    middle = moved(afloat(tmp_path / "b", CALM, (0, 0, 0), hero=(0, 0, 0)), replace(SHOT, cast=(member,)))
    aside = moved(afloat(tmp_path / "c", CALM, (0, 0, 0), hero=(0.6, 0, 0)), replace(SHOT, cast=(member,)))
    codes = range(FIRST_FRAME, FIRST_FRAME + 8, 2)
    level, pressed, heeled = (
        np.mean([pose(stage, f"{names.SET}/Box0", code) for code in codes], axis=0) for stage in (nobody, middle, aside)
    )
    assert level[1, 3] == pytest.approx(0.0, abs=1e-3)
    assert level[1, 3] - pressed[1, 3] == pytest.approx(75 / (998.0 * 4.0), rel=0.01)
    # Of the water line's moment, 2^4 / 12, and the stability of the shape: GM = I / V + KB - KG = 1.567 m of 0.8 m3.
    wanted = np.degrees(np.arctan(75 * 0.6 / (998.0 * 0.8 * (16 / 12 / 0.8 - 0.1))))
    assert np.degrees(np.arcsin(-heeled[1, 0])) == pytest.approx(wanted, rel=0.1)


def test_who_and_what_is_aboard_goes_along(tmp_path: Path) -> None:
    """A cup on it moves as it does; one beside it would not, and the same shot is the same bytes."""
    place = afloat(tmp_path, SWELL, (0, 0, 0), (30, 0, 0), hero=(0, 0, 0))
    stage, again = moved(place, SHOT), moved(place, SHOT)
    rest = pose(place, f"{names.PROPS}/Cup", FIRST_FRAME)
    for code in (FIRST_FRAME - 1, FIRST_FRAME + 4, FIRST_FRAME + 8):
        box = pose(stage, f"{names.SET}/Box0", code)
        np.testing.assert_allclose(pose(stage, f"{names.PROPS}/Cup", code), box @ rest, atol=1e-6)
        np.testing.assert_array_equal(box, pose(again, f"{names.SET}/Box0", code))
    first, last = (pose(stage, f"{names.SET}/Box0", code) for code in (FIRST_FRAME, FIRST_FRAME + 7))
    assert abs(last[1, 3] - first[1, 3]) > 0.01


def test_ten_in_waves_stay_afloat(tmp_path: Path) -> None:
    """Ten boxes in a swell are finite, ride within 15 cm of its surface, tilt less than 20 degrees and do not drift."""
    spots = [(5.0 * (n % 5) - 10.0, 6.0 * (n // 5), 17.0 * n) for n in range(10)]
    place = afloat(tmp_path, SWELL, *spots, hero=(0, 0, -20))
    stage = moved(place, replace(SHOT, frames=16))
    waves = waves_of(SWELL)
    for n, (x, z, _) in enumerate(spots):
        for frame in range(0, 16, 5):
            at = pose(stage, f"{names.SET}/Box{n}", FIRST_FRAME + frame)
            middle = at @ np.array([x, -0.2, z, 1.0])
            assert np.isfinite(at).all()
            assert abs(middle[1] + 0.2 - height(waves, middle[0], middle[2], frame / 24)) < 0.15
            assert np.degrees(np.arccos(at[1, 1])) < 20
            assert np.hypot(middle[0] - x, middle[2] - z) < 0.8


def test_a_set_without_water_floats_nothing(bare_set: Path) -> None:
    assert write_floating(SHOT, Usd.Stage.Open(str(bare_set)), Usd.Stage.CreateInMemory()) == ()
