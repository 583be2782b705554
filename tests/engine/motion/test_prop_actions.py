"""What people open opens, when and as far as the set says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pxr import Gf, Sdf, Usd, UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.motion.prop_actions import OPEN_DEGREES, write_prop_actions
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, SetPlan, ShotPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import add_mark, facing, new_layer

LID = f"{names.PROPS}/Relic/Lid.xformOp:rotateX"


@pytest.fixture
def place(tmp_path: Path) -> Usd.Stage:
    """A set with a relic whose lid opens by -110 degrees, a metre before the hero."""
    stage = new_layer(tmp_path / "set.usda")
    UsdGeom.Xform.Define(stage, f"{names.PROPS}/Relic").AddTransformOp().Set(Gf.Matrix4d().SetTranslate((0, 1, 0)))
    lid = UsdGeom.Xform.Define(stage, f"{names.PROPS}/Relic/Lid")
    lid.AddRotateXOp().Set(0.0)
    lid.GetPrim().CreateAttribute(OPEN_DEGREES, Sdf.ValueTypeNames.Float, custom=True).Set(-110.0)
    add_mark(stage, "hero", facing((0, 0, 1), (0, 0, -1)))
    return stage


def motion(place: Usd.Stage, folder: Path, *actions: ActionPlan) -> Usd.Stage:
    shot = ShotPlan("a", "1", "", 40, Rate(24), 1, SetPlan("library"), CameraPlan(), actions=actions)
    stage = new_layer(folder / "motion.usda")
    write_prop_actions(shot, place, stage)
    return stage


def test_lid_follows_the_hands(place: Usd.Stage, tmp_path: Path) -> None:
    """Shut while the hands are on their way, open at the end of the action, and open from then on."""
    stage = motion(place, tmp_path, ActionPlan("Mara", "open", 4, 20, target="Relic"))
    lid = stage.GetAttributeAtPath(LID)
    angles = [lid.Get(names.FIRST_FRAME + frame) for frame in range(40)]
    assert angles[14] == pytest.approx(0)
    assert angles[24] == pytest.approx(-110)
    assert angles[39] == pytest.approx(-110)
    assert np.all(np.diff(angles) <= 1e-6)


def test_relic_that_opens_by_itself(place: Usd.Stage, tmp_path: Path) -> None:
    """“It opens.” takes the whole action."""
    stage = motion(place, tmp_path, ActionPlan("Relic", "open", 0, 20))
    assert stage.GetAttributeAtPath(LID).Get(names.FIRST_FRAME + 10) == pytest.approx(-55)


def test_lifted_towards_the_hero(place: Usd.Stage, tmp_path: Path) -> None:
    """A lifted prop ends higher and nearer to the hero, and its lid stays shut."""
    stage = motion(place, tmp_path, ActionPlan("Mara", "lift", 0, 20, target="Relic"))
    matrix = stage.GetAttributeAtPath(f"{names.PROPS}/Relic.xformOp:transform").Get(names.FIRST_FRAME + 30)
    x, y, z = np.array(matrix.ExtractTranslation())
    assert (x, y, z) == pytest.approx((0, 1.24, 0.22), abs=1e-6)
    assert not stage.GetAttributeAtPath(LID).IsValid()


def test_nothing_moves_unasked(place: Usd.Stage, tmp_path: Path) -> None:
    stage = motion(place, tmp_path, ActionPlan("Mara", "walk", 0, 20, target="Relic"))
    assert not stage.GetPrimAtPath(names.PROPS).IsValid()
