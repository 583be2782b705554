"""What is dropped or knocked over falls as gravity says, from when somebody lets go."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_bridge.timing import Rate
from secondunit_engine.motion.events import Event
from secondunit_engine.motion.falls import write_falls
from secondunit_engine.motion.physics.convex import convex_pieces
from secondunit_engine.motion.physics.scene import Material
from secondunit_engine.planning.plan import ActionPlan, CameraPlan, MotionPlan, SetPlan, ShotPlan
from secondunit_engine.world import shapes
from secondunit_engine.world import stage as names
from secondunit_engine.world.air import RainField, add_air
from secondunit_engine.world.author import add_mark, add_mesh, facing, new_layer
from secondunit_engine.world.layout import pose_at
from secondunit_engine.world.mesh import Material as Paint
from secondunit_engine.world.props.catalog import prop_named
from secondunit_engine.world.props.writing import Placed, write_live

TABLE = 0.74  # m


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A floor, a table two metres away with a bottle near its edge, a book in a corner, and a book at hand; a glass and
    a cup on the floor."""
    folder = tmp_path_factory.mktemp("set")
    stage = new_layer(folder / "set.usdc")
    floor = shapes.box((-4, -0.1, -4), (4, 0, 4))
    top = shapes.box((-0.6, TABLE - 0.04, 1.65), (0.6, TABLE, 2.35))
    add_mesh(stage, f"{names.SET}/Wood", shapes.merge([floor, top]), Paint("wood"))
    add_mark(stage, "hero", facing((0, 0, 0), (0, 0, 1)))
    for name, prop, at in (
        ("bottle", "wine_bottle", (0.0, TABLE, 2.2)), ("book", "book", (3.5, 0.0, 3.5)), ("tome", "book", (1, 0, 0)),
        ("glass", "tumbler", (-2.5, 0.0, 0.5)), ("cup", "cup", (-2.5, 0.0, -2.5)),
    ):  # fmt: skip
        write_live(stage, folder, name, Placed(prop_named(prop), pose_at(*at)))
    stage.GetRootLayer().Save()
    return folder / "set.usdc"


def fall(
    place: Path, folder: Path, action: ActionPlan, pace: float = 1.0, frames: int = 48
) -> tuple[Usd.Stage, list[Event]]:
    shot = ShotPlan(
        "a",
        "1",
        "",
        frames,
        Rate(24),
        1,
        SetPlan("library"),
        CameraPlan(),
        motion=MotionPlan(0.7, pace),
        actions=(action,),
    )
    stage = new_layer(folder / "motion.usda")
    return stage, write_falls(shot, stage, (str(place),), {})


def heights(stage: Usd.Stage, name: str) -> np.ndarray:
    attribute = stage.GetAttributeAtPath(f"{names.PROPS}/{name}.xformOp:transform")
    return np.array([attribute.Get(names.FIRST_FRAME + frame)[3][1] for frame in range(48)])


@pytest.mark.parametrize("pace", [1.0, 0.5])
def test_what_is_dropped_falls_when_the_hand_opens(place: Path, tmp_path: Path, pace: float) -> None:
    """At g from rest, half as fast on the screen at half the pace, until it meets the floor, and then it lies there."""
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "drop", 4, 20, "tome"), pace)
    y = heights(stage, "tome")
    assert np.ptp(y[:10]) < 1e-9
    seconds = pace * np.arange(8) / 24
    assert y[10:18] == pytest.approx(y[10] - 9.81 / 2 * seconds**2, abs=0.004)
    first = next(event for event in events if event.kind == "contact")
    assert set(first.who) == {"", "tome"}
    dropped = y[10] - y.min()
    assert first.time == pytest.approx(10 / 24 + np.sqrt(2 * dropped / 9.81) / pace, abs=0.02)
    assert first.impulse > 0.5 * prop_named("book").mass * first.speed
    if pace == 1:
        assert np.ptp(y[-4:]) < 1e-3


def test_what_is_knocked_over_tips_and_leaves_others_alone(place: Path, tmp_path: Path) -> None:
    """The bottle goes down away from the hero, off the table, and breaks on the floor; the books have no samples."""
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "knock over", 0, 20, "bottle"))
    attribute = stage.GetAttributeAtPath(f"{names.PROPS}/bottle.xformOp:transform")
    poses = np.array([attribute.Get(names.FIRST_FRAME + frame) for frame in range(48)])
    assert np.abs(poses[:, 1, 1]).min() < 0.5  # its axis no longer upright
    assert poses[-1, 3, 2] > 2.2
    assert np.isfinite(poses).all()
    assert [event.who for event in told(events, "break")] == [
        ("", "bottle")
    ]  # three joules are enough, the floor is nine
    assert heights(stage, "bottle").min() > -0.002
    assert {name for event in events for name in event.who} == {"", "bottle"}
    for other in ("book", "tome"):
        assert not stage.GetPrimAtPath(f"{names.PROPS}/{other}")


def test_what_nobody_has_falls_nowhere(place: Path, tmp_path: Path) -> None:
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "drop", 4, 20, "sword"))
    assert not events
    assert not UsdGeom.Xformable(stage.GetPrimAtPath(names.PROPS))


def test_convex_parts_become_hulls_and_rooms_slabs() -> None:
    """Two boxes that do not touch are two hulls; of a room with somebody in it no piece holds them."""
    boxes = shapes.merge([shapes.box((0, 0, 0), (1, 1, 1)), shapes.box((3, 0, 0), (4, 1, 1))])
    corners = boxes.points[boxes.triangles].astype(float)
    assert [len(piece.points) for piece in convex_pieces(corners, np.array([[9.0, 9, 9]]), Material())] == [8, 8]
    room = shapes.box((-2, -1.5, -2), (2, 1.5, 2))
    inside = np.array([[0.0, 0.0, 0.0]])
    slabs = convex_pieces(room.points[room.triangles].astype(float), inside, Material())
    assert len(slabs) == 6
    for slab in slabs:
        assert np.abs(slab.points).max(axis=0).max() > 1.4  # behind the wall, not through the room
        assert np.ptp(slab.points, axis=0).min() == pytest.approx(0.03, abs=1e-6)


def told(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event.kind == kind]


def test_a_glass_that_is_dropped_breaks_where_it_lands(place: Path, tmp_path: Path) -> None:
    """It is seen whole until the blow, its shards from then on; they weigh what it weighed and lie on the floor."""
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "drop", 4, 20, "glass"))
    (broke,) = told(events, "break")
    assert broke.who == ("", "glass")
    assert broke.materials[1].startswith("glass")
    assert broke.place[1] == pytest.approx(0, abs=0.01)
    assert broke.impulse * broke.speed / 2 > 0.5  # J
    root = stage.GetPrimAtPath(f"{names.PROPS}/glass_shards")
    first = names.FIRST_FRAME + int(np.floor(broke.time * 24)) + 1
    for prim, before in ((root, False), (stage.GetPrimAtPath(f"{names.PROPS}/glass"), True)):
        shown = [prim.GetAttribute("visibility").Get(code) != "invisible" for code in (first - 1, first)]
        assert shown == [before, not before]
    shards = root.GetChildren()
    assert len(shards) > 10
    lie = np.array([shard.GetAttribute("xformOp:transform").Get(names.FIRST_FRAME + 47)[3] for shard in shards])
    assert np.isfinite(lie).all()
    assert (lie[np.abs(lie[:, 2]) < 4, 1] > -0.002).all()  # some may fly past the floor
    assert np.median(lie[:, 1]) < 0.05
    assert 0 < len([e for e in told(events, "contact") if e.who == ("", "glass") and e.time > broke.time]) <= 12


def test_what_a_script_breaks_breaks_then_and_the_same_twice(place: Path, tmp_path: Path) -> None:
    """“The bottle shatters”: where it stands, at its moment; Mara need not be there."""
    found: list[bytes] = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        stage, events = fall(place, tmp_path / name, ActionPlan("bottle", "break", 6, 24), frames=18)
        stage.GetRootLayer().Save()
        found.append((tmp_path / name / "motion.usda").read_bytes())
        (broke,) = told(events, "break")
        assert broke.time == pytest.approx((6 + 7) / 24, abs=1e-2)
        assert broke.place[2] == pytest.approx(2.2, abs=0.05)
    assert found[0] == found[1]


def test_a_bottle_that_is_thrown_breaks_on_what_it_meets(place: Path, tmp_path: Path) -> None:
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "throw", 0, 16, "bottle"), frames=26)
    (broke,) = told(events, "break")
    assert broke.place[2] > 2.0  # away from her, along her way
    assert stage.GetPrimAtPath(f"{names.PROPS}/bottle_shards")


def test_a_cup_that_is_set_down_hard_stays_whole_and_a_book_does_not_break(place: Path, tmp_path: Path) -> None:
    stage, events = fall(place, tmp_path, ActionPlan("Mara", "break", 4, 20, "tome"))
    assert not events
    (tmp_path / "low").mkdir()
    stage, events = fall(place, tmp_path / "low", ActionPlan("cup", "fall", 4, 20))
    assert not told(events, "break")  # it stood on the floor
    assert not stage.GetPrimAtPath(f"{names.PROPS}/cup_shards")


def test_what_lands_in_the_rain_splashes(place: Path, tmp_path: Path) -> None:
    """The tome is dropped on a wet floor: a splash with its blow; on a dry one none."""
    wet = new_layer(tmp_path / "wet.usda")
    add_air(wet, "Rain", RainField((-3, 0, -3), (3, 3, 3), (0.5, 0.5, 0.5)))
    wet.GetRootLayer().Save()
    told_: dict[bool, list[Event]] = {}
    for rains in (False, True):
        (tmp_path / str(rains)).mkdir()
        shot = ShotPlan("a", "1", "", 24, Rate(24), 1, SetPlan("library"), CameraPlan(),
                        actions=(ActionPlan("Mara", "drop", 2, 8, "tome"),))  # fmt: skip
        stage = new_layer(tmp_path / str(rains) / "motion.usda")
        below = (str(tmp_path / "wet.usda"), str(place)) if rains else (str(place),)
        told_[rains] = write_falls(shot, stage, below, {})
    assert not told(told_[False], "splash")
    splashes = told(told_[True], "splash")
    blows = [(event.time, event.place) for event in told(told_[True], "contact")]
    assert splashes
    assert splashes[0].materials[0] == "water"
    assert all((event.time, event.place) in blows for event in splashes)
