"""Things in their places: every relation, rooms of every kind without a fault, and a verifier that finds each fault."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from secondunit_bridge.errors import BadInput
from secondunit_engine.world.collide import Solid, meet
from secondunit_engine.world.layout import Door, Item, Layout, Relation, Room, Wish, lay_out, pose_at
from secondunit_engine.world.layout_check import check_layout
from secondunit_engine.world.rooms import KINDS, random_room
from secondunit_engine.world.shapes import box

ROOM = Room(4.0, 5.0, 2.7, (Door("south", 0.8),), (("hero", 0.0, 0.6), ("hero_2", -0.8, 0.9)))
TABLE = Wish("table", "dining_table", "against the wall", "north")
RELATED: dict[Relation, tuple[str, str]] = {
    "on": ("wine_glass", "table"), "under": ("stool", "table"), "beside": ("stool", "table"),
    "facing": ("chair", "table"), "leaning on": ("ladder", ""), "against the wall": ("wardrobe", "east"),
    "anywhere": ("armchair", ""), "held by": ("goblet", "hero"), "in a row": ("chair", "first"),
    "inside": ("goblet", "pot"),
}  # fmt: skip


@pytest.mark.parametrize("relation", RELATED)
def test_each_relation_finds_a_place_without_a_fault(relation: Relation) -> None:
    """And the thing is where the relation says."""
    prop, to = RELATED[relation]
    others = [TABLE, Wish("pot", "cauldron", "anywhere"), Wish("first", "chair", "anywhere")]
    layout = lay_out(ROOM, [*others, Wish("it", prop, relation, to)], seed=3)
    assert layout.left_out == ()
    assert check_layout(layout) == ()
    items = {item.name: item for item in layout.items}
    low, high = items["it"].solid.points_bounds(items["it"].pose)
    table_low, table_high = items["table"].solid.points_bounds(items["table"].pose)
    if relation == "on":
        assert low[1] == pytest.approx(table_high[1], abs=0.002)
    if relation == "under":
        assert high[1] < table_high[1]
        assert (low[[0, 2]] > table_low[[0, 2]] - 0.2).all()
    if relation == "inside":
        rim = items["pot"].solid.points_bounds(items["pot"].pose)[1][1]
        assert 0.05 < low[1] < rim
    if relation == "leaning on":
        assert items["it"].pose[1, 1] < 0.995
    if relation == "in a row":
        assert np.abs(items["it"].pose[:3, :3] - items["first"].pose[:3, :3]).max() < 1e-9
    if relation == "facing":
        middle = (table_low + table_high) / 2 - items["it"].pose[:3, 3]
        assert middle[[0, 2]] @ items["it"].pose[[0, 2], 2] > 0


def test_rooms_of_every_kind_have_no_fault() -> None:
    """Two of each kind: nothing over 2 mm in anything, nothing floating, every door opens and is reached."""
    for number, kind in enumerate([*KINDS, *KINDS]):
        room, wishes = random_room(kind, number)
        layout = lay_out(room, wishes, number)
        assert check_layout(layout) == (), (kind, number)
        assert len(layout.items) >= 2, (kind, number)


def test_the_same_seed_gives_the_same_layout_and_another_gives_another() -> None:
    room, wishes = random_room("study", 5)
    first, again, other = (lay_out(room, wishes, seed) for seed in (1, 1, 2))
    assert [item.pose.tolist() for item in first.items] == [item.pose.tolist() for item in again.items]
    assert [item.pose.tolist() for item in first.items] != [item.pose.tolist() for item in other.items]


def put(name: str, prop: str, x: float, y: float, z: float) -> Item:
    return Item(name, prop, pose_at(x, y, z))


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        ([put("a", "armchair", 0.9, 0, -1), put("b", "armchair", 0.9 + 0.85, 0, -1)], "interpenetration"),
        ([put("a", "wardrobe", 0, 0, -2.2), put("b", "vase", 0, 0.6, -2.2)], "interpenetration"),  # within
        ([put("a", "armchair", 0.9, -0.004, -1)], "interpenetration"),  # in the floor
        ([put("a", "vase", 1.0, 0.01, -1)], "floating"),
        ([put("a", "mirror", 0.0, 1.5, -2.4)], "floating"),
        ([put("a", "dining_table", 0.9, 0, -1), put("b", "bowl", 0.9, 0.754, -1)], "floating"),
        ([put("a", "stool", 0.7, 0, 2.0)], "blocked door"),
        ([put(f"w{n}", "wardrobe", -1.3 + 1.2 * n, 0, 0.1) for n in range(3)], ""),
        ([put(f"w{n}", "wardrobe", -1.38 + 1.25 * n, 0, 1.2) for n in range(3)], "unreachable"),
    ],
)
def test_the_verifier_finds_each_fault(items: list[Item], kind: str) -> None:
    """Each is made by hand; what stands in a doorway may also bar the way, and what is within a thing floats there."""
    found = {fault.kind for fault in check_layout(Layout(ROOM, tuple(items)))}
    assert kind in found if kind else not found


def test_touching_is_no_interpenetration_and_three_millimetres_are() -> None:
    block = Solid(box((0, 0, 0), (1, 1, 1)))
    for sunk, expected in ((0.0, False), (0.0015, False), (0.003, True), (0.4, True)):
        assert meet(block, np.eye(4), block, pose_at(1 - sunk, 0, 0)) is expected, sunk
    small = Solid(box((0.4, 0.4, 0.4), (0.6, 0.6, 0.6)))
    assert meet(block, np.eye(4), small, np.eye(4))


def test_what_stands_there_already_is_respected() -> None:
    """A set's own pillar in the middle: the thing beside the hero keeps off it and stands on the set's floor."""
    pillar = box((-0.2, 0, -0.2), (0.2, 2.5, 0.2))
    room = replace(ROOM, doors=(), marks=(("hero", 0.0, 0.6),), fixed=pillar)
    layout = lay_out(room, [Wish("it", "armchair", "beside", "hero")], seed=1)
    assert check_layout(layout) == ()


def test_what_has_no_place_is_said() -> None:
    """A wish for a bed in a cupboard, and one on a thing that is not there, are left out with the reason."""
    layout = lay_out(Room(1.0, 1.0), [Wish("bed", "bed"), Wish("cup", "cup", "on", "shelf")])
    assert layout.items == ()
    assert dict(layout.left_out) == {"bed": "there is no free place anywhere", "cup": "there is no shelf to be on"}
    with pytest.raises(BadInput, match="No prop"):
        lay_out(ROOM, [Wish("it", "flux capacitor")])
    with pytest.raises(BadInput, match="No room"):
        random_room("orrery", 1)
