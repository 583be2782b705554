"""What words bring to a set: live props near the hero, on what they are said to be on, none floating."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.planning.plan import PropPlan, SetPlan
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.author import Material, add_mark, add_mesh, facing, new_layer
from secondunit_engine.world.brought import bring_props, left_out
from secondunit_engine.world.set_things import check_things

PROPS = (
    PropPlan("apple", "apple"), PropPlan("apple_2", "apple", "beside", "apple"), PropPlan("chair", "chair"),
    PropPlan("glass", "wine_glass", "on", "table"), PropPlan("table", "dining_table"),
)  # fmt: skip


def room(folder: Path, *, with_table: bool = False) -> Path:
    """A bare floor, the hero two metres from the origin and turned."""
    folder.mkdir(exist_ok=True)
    stage = new_layer(folder / "set.usdc")
    parts = [shapes.box((-6, -0.1, -6), (6, 0, 6))]
    if with_table:
        parts += [shapes.box((2.9, 0.70, -0.6), (3.7, 0.76, 0.6)), shapes.box((3.2, 0, -0.1), (3.4, 0.70, 0.1))]
    add_mesh(stage, f"{names.SET}/Floor", shapes.merge(parts), Material("floor"))
    add_mark(stage, "hero", facing((2, 0, 0), (1, 0, 0)))
    stage.GetRootLayer().Save()
    return folder / "set.usdc"


def test_props_stand_near_the_hero(tmp_path: Path) -> None:
    """Within reach, named as the plan names them, nothing in anything, nothing floating; the same bytes twice."""
    plan = SetPlan("library", seed=4, props=PROPS)
    digests = set()
    for run in ("a", "b"):
        layer = room(tmp_path / run)
        assert bring_props(plan, layer) == ()
        digests.add(hashlib.sha256(layer.read_bytes()).hexdigest())
    assert len(digests) == 1
    stage = Usd.Stage.Open(str(layer))
    assert check_things(stage) == ()
    there = {prim.GetName(): place(prim) for prim in stage.GetPrimAtPath(names.PROPS).GetChildren()}
    assert set(there) == {"stand", *(prop.name for prop in PROPS)}
    assert all(np.hypot(at[0] - 2, at[2]) < 3 for at in there.values())
    assert there["glass"][1] == pytest.approx(0.75, abs=0.002)
    assert there["apple"][1] == pytest.approx(0.56, abs=0.006)


def test_small_things_go_on_what_the_set_has(tmp_path: Path) -> None:
    layer = room(tmp_path, with_table=True)
    assert bring_props(SetPlan("library", props=(PropPlan("apple", "apple"),)), layer) == ()
    stage = Usd.Stage.Open(str(layer))
    assert check_things(stage) == ()
    assert [prim.GetName() for prim in stage.GetPrimAtPath(names.PROPS).GetChildren()] == ["apple"]
    assert place(stage.GetPrimAtPath(f"{names.PROPS}/apple"))[1] == pytest.approx(0.76, abs=0.002)


@pytest.mark.parametrize("with_table", [False, True])
def test_rows_and_rings_of_things_beside_each_other_stand_on_one_table(tmp_path: Path, with_table: bool) -> None:
    """An apple beside an apple that is beside another; a cup beside a plate that is beside a cup has a place too."""
    row = (
        PropPlan("apple", "apple"), PropPlan("apple_2", "apple", "beside", "apple"),
        PropPlan("lemon", "lemon", "beside", "apple_2"),
    )  # fmt: skip
    layer = room(tmp_path / "row", with_table=with_table)
    assert bring_props(SetPlan("library", props=row), layer) == ()
    stage = Usd.Stage.Open(str(layer))
    assert check_things(stage) == ()
    heights = [place(stage.GetPrimAtPath(f"{names.PROPS}/{prop.name}"))[1] for prop in row]
    assert heights == pytest.approx([0.76 if with_table else 0.56] * 3, abs=0.006)
    ring = (
        PropPlan("cup", "cup", "beside", "plate"), PropPlan("plate", "plate", "beside", "cup"),
        PropPlan("cup_2", "cup", "beside", "cup"),
    )  # fmt: skip
    assert bring_props(SetPlan("library", props=ring), room(tmp_path / "ring", with_table=with_table)) == ()


def test_a_thing_called_stand_is_not_the_stand(tmp_path: Path) -> None:
    """The words "microphone stand" name theirs like ours."""
    layer = room(tmp_path)
    plan = SetPlan("library", props=(PropPlan("apple", "apple"), PropPlan("stand", "microphone")))
    assert bring_props(plan, layer) == ()
    stage = Usd.Stage.Open(str(layer))
    there = {prim.GetName() for prim in stage.GetPrimAtPath(names.PROPS).GetChildren()}
    assert there == {"stand_1", "apple", "stand"}


def test_what_finds_no_place_is_kept_beside_the_layer(tmp_path: Path) -> None:
    """Two things that each stand on the other do not; a set in which all stands has nothing to say."""
    plan = SetPlan("library", props=(PropPlan("cup", "cup", "on", "plate"), PropPlan("plate", "plate", "on", "cup")))
    missing = bring_props(plan, room(tmp_path / "two"))
    assert dict(missing) == {"cup": "there is no plate to be on", "plate": "there is no cup to be on"}
    assert left_out(tmp_path / "two") == missing
    bring_props(SetPlan("library", props=(PropPlan("apple", "apple"),)), room(tmp_path / "one"))
    assert left_out(tmp_path / "one") == ()


def place(prim: Usd.Prim) -> list[float]:
    return np.array(UsdGeom.XformCache().GetLocalToWorldTransform(prim))[3, :3].tolist()
