"""What must hold of every set, asked of one that was built: its marks, its cameras and its lights are as declared."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from pxr import Usd, UsdGeom
from scipy import sparse
from scipy.sparse import csgraph

from secondunit_engine.places import place_of
from secondunit_engine.planning.floor import floor_of
from secondunit_engine.world import stage as names
from secondunit_engine.world.framing import USUAL_LENS


def pieces(mesh: UsdGeom.Mesh) -> list[NDArray[np.float64]]:
    """The points of each thing of a merged mesh that hangs together, shape [points, 3] each."""
    welded, number = np.unique(np.round(mesh.GetPointsAttr().Get(), 4), axis=0, return_inverse=True)
    corners = number.reshape(-1)[np.array(mesh.GetFaceVertexIndicesAttr().Get())].reshape(-1, 3)
    edges = np.concatenate([corners[:, :2], corners[:, 1:]])  # (2 T, 2)
    links = sparse.coo_matrix((np.ones(len(edges)), edges.T), shape=(len(welded),) * 2)
    count, label = csgraph.connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    return np.split(welded[order], np.searchsorted(label[order], np.arange(1, count)))


def check_set(place: str, stage: Usd.Stage, layout: int = 0) -> None:
    """Everything below, of the stage of a set built by default (the seed is the layout)."""
    check_marks(place, stage, layout)
    check_cameras(place, layout)
    check_groups(place, stage)


def check_marks(place: str, stage: Usd.Stage, layout: int = 0) -> None:
    """People's and cameras' marks stand where the planner believes, and none is missing: a mark for each of three
    people, a camera for each size. Mend: `python -m secondunit_engine.world.survey PLACE`."""
    floor = floor_of(place, layout)
    assert floor.is_surveyed
    marks = {mark.name: (mark.x, mark.y, mark.z) for mark in floor.marks}
    assert {"hero", *place_of(place).marks} <= set(marks)
    cameras = {names.camera_mark(camera.size): camera.eye for camera in floor.cameras}
    assert set(cameras) == {names.camera_mark(size) for size in USUAL_LENS}
    prims = {prim.GetName(): prim for prim in stage.GetPrimAtPath(names.MARKS).GetChildren()}
    assert set(prims) == set(marks | cameras)
    for name, prim in prims.items():
        there = UsdGeom.XformCache().GetLocalToWorldTransform(prim).ExtractTranslation()
        assert [there[0], there[1], there[2]] == pytest.approx(list((marks | cameras)[name]), abs=1e-4), name


def check_cameras(place: str, layout: int = 0) -> None:
    """Every camera stands in free air and sees the hero's head; people stand free on their marks."""
    floor = floor_of(place, layout)
    hero = floor.mark(place_of(place).marks[0])
    head = np.array([hero.x, hero.y + 1.6, hero.z])
    for camera in floor.cameras:
        assert floor.inside(np.array([camera.eye])).all(), camera.size
        assert floor.sees(np.array([camera.eye]), head, slack=0.5).all(), camera.size
    for name in place_of(place).marks:
        mark = floor.mark(name)
        assert floor.is_free(np.array([mark.x]), np.array([mark.z])).all(), name
        assert abs(mark.y) < 0.25, name  # the planner's floor is level


def check_groups(place: str, stage: Usd.Stage) -> None:
    """The faders of the set are those that the gaffer knows of."""
    lit = {
        str(prim.GetAttribute(names.LIGHT_GROUP).Get())
        for prim in stage.Traverse()
        if prim.HasAttribute(names.LIGHT_GROUP)
    }
    assert lit == set(place_of(place).groups)
