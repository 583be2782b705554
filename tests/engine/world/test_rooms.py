"""Every room of world/interiors is built as the brief of a set says: quickly, the same again, otherwise by its seed,
lit as declared by day and by night, with its marks free, and with nothing in the air."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdLux
from scipy import sparse
from scipy.sparse import csgraph

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world import stage as names
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.survey import triangles_of
from tests.engine.world.set_checks import check_set

ROOMS = (  # place and layout
    ("classroom", 0), ("corridor", 0), ("kitchen", 0), ("office", 0), ("office", 1), ("subway", 0), ("subway", 1),
    ("spaceship", 0), ("spaceship", 1), ("living_room", 0),
)  # fmt: skip
# What builds a room again asks it of one layout a set where the layouts share their parts.
BUILT_AGAIN = [room for room in ROOMS if room not in (("spaceship", 1), ("subway", 1))]
SUNLESS = ("spaceship", "subway")  # no day comes in there
_TOUCH = 0.006  # m between boxes that are said to touch


@dataclass(frozen=True)
class Built:
    """A place, its set as built for one of its layouts, and the CPU seconds that took."""

    place: str
    layout: int
    folder: Path
    stage: Usd.Stage
    seconds: float


@pytest.fixture(scope="module", params=ROOMS, ids=str)
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    place, layout = request.param
    folder = tmp_path_factory.mktemp(place)
    start = time.process_time()
    build_set(SetPlan(place, seed=layout), folder)
    seconds = time.process_time() - start
    return Built(place, layout, folder, _opened(folder), seconds)


def _opened(folder: Path) -> Usd.Stage:
    return Usd.Stage.Open(str(folder / "set.usdc"))


def _meshes(stage: Usd.Stage) -> list[Usd.Prim]:
    return [prim for prim in stage.Traverse() if UsdGeom.Mesh(prim)]


def test_it_is_built_quickly_and_is_dense_but_not_too_dense(room: Built) -> None:
    assert room.seconds < 15  # on a busy machine; five when it is alone
    count = sum(len(UsdGeom.Mesh(prim).GetFaceVertexCountsAttr().Get()) for prim in _meshes(room.stage))
    assert 30_000 < count < 1_500_000


def test_marks_cameras_and_lights_are_as_declared(room: Built) -> None:
    check_set(room.place, room.stage, room.layout)


@pytest.mark.parametrize("room", BUILT_AGAIN, indirect=True, ids=str)
def test_the_same_plan_gives_the_same_bytes(room: Built, tmp_path: Path) -> None:
    folder = room.folder
    build_set(SetPlan(room.place, seed=room.layout), tmp_path)
    files = sorted(path.relative_to(folder) for path in folder.rglob("*.*"))
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    for file in files:
        assert (folder / file).read_bytes() == (tmp_path / file).read_bytes(), file


@pytest.mark.parametrize("room", BUILT_AGAIN, indirect=True, ids=str)
def test_another_seed_is_another_room_at_night(room: Built, tmp_path: Path) -> None:
    """Its things differ, not only its colours; its lamps are up and its sun is down."""
    build_set(SetPlan(room.place, "night", seed=room.layout + 2), tmp_path)
    day, night = room.stage, _opened(tmp_path)
    points = [np.concatenate([triangles_of(prim).reshape(-1, 3) for prim in _meshes(stage)]) for stage in (day, night)]
    assert len(points[0]) != len(points[1])
    if room.place in SUNLESS:
        return
    sun = [UsdLux.LightAPI(stage.GetPrimAtPath(f"{names.LIGHTS}/Sun")) for stage in (day, night)]
    assert max(sun[0].GetColorAttr().Get()) > 20 * max(sun[1].GetColorAttr().Get())
    assert _lamps(night) > 2 * _lamps(day)  # an office has some of its lamps on by day


def _lamps(stage: Usd.Stage) -> float:
    """The radiance times area of the room's lamps."""
    total = 0.0
    for prim in _meshes(stage):
        if str(prim.GetAttribute(names.LIGHT_GROUP).Get()) == "practicals":
            sides = np.diff(triangles_of(prim), axis=1)
            area = float(np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1).sum()) / 2
            surface = stage.GetPrimAtPath(f"{names.MATERIALS}/glow_{prim.GetName().lower()}/Surface")
            total += area * float(np.mean(surface.GetAttribute("inputs:emissiveColor").Get()))
    return total


def test_nothing_floats(room: Built) -> None:
    """Every piece touches another, and that another, down to the floor."""
    low, high = _pieces([prim for prim in _meshes(room.stage) if "View" not in prim.GetName()])
    order = np.argsort(low[:, 2])  # along the room: what touches a piece begins before it ends
    low, high = low[order], high[order]
    ends = np.searchsorted(low[:, 2], high[:, 2] + _TOUCH, side="right")
    links = []
    for number, end in enumerate(ends.tolist()):
        near = slice(number, end)
        touches = ((low[near] <= high[number] + _TOUCH) & (high[near] >= low[number] - _TOUCH)).all(axis=1)
        links.append(np.column_stack([np.full(touches.sum(), number), number + np.flatnonzero(touches)]))
    pairs = np.concatenate(links)
    graph = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(low),) * 2)
    _, cluster = csgraph.connected_components(graph, directed=False)
    floor = int(np.argmin(low[:, 1]))
    loose = np.flatnonzero(cluster != cluster[floor])
    assert [(low[k].round(2).tolist(), high[k].round(2).tolist()) for k in loose[:5]] == []


def _pieces(prims: list[Usd.Prim]) -> tuple[np.ndarray, np.ndarray]:
    """The corners of the boxes about all connected pieces of meshes, [pieces, 3] each."""
    lows, highs = [], []
    for prim in prims:
        triangles = triangles_of(prim)  # (T, 3, 3)
        _, place = np.unique(np.round(triangles.reshape(-1, 3) / 1e-4).astype(np.int64), axis=0, return_inverse=True)
        corners = place.reshape(-1, 3)
        edges = np.concatenate([corners[:, :2], corners[:, 1:]])
        size = int(corners.max()) + 1
        graph = sparse.coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(size, size))
        count, label = csgraph.connected_components(graph, directed=False)
        own = label[corners[:, 0]]
        low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
        np.minimum.at(low, own, triangles.min(axis=1))
        np.maximum.at(high, own, triangles.max(axis=1))
        lows.append(low)
        highs.append(high)
    return np.concatenate(lows), np.concatenate(highs)
