"""The surveys that the planner reads are of the sets as they are. Mend: `python -m secondunit_engine.world.survey`."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest
from pxr import Usd, UsdGeom

from secondunit_engine.places import PLACES
from secondunit_engine.planning.floor import floor_file, floor_of
from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.build_set import build_set
from secondunit_engine.world.stage import MARKS
from secondunit_engine.world.survey import FLOORS, as_text, survey, triangles_of
from secondunit_engine.world.voxels import fill_cells


def test_there_is_a_small_survey_of_every_set_and_no_other() -> None:
    floors = {floor_file(name, layout) for name, place in PLACES.items() for layout in range(place.layouts)}
    assert {path.name for path in FLOORS.glob("*.json")} == floors
    assert max(path.stat().st_size for path in FLOORS.glob("*.json")) < 150_000


def test_the_bedroom_is_as_surveyed(tmp_path: Path) -> None:
    """Byte for byte. Run `python -m secondunit_engine.world.survey` after a change to a set."""
    assert as_text(survey("bedroom_studio", tmp_path)) == (FLOORS / "bedroom_studio.json").read_text("utf-8")


@pytest.mark.parametrize("place", ["led_tunnel", "library"])  # the others' own tests build them, and ask `check_set`
def test_marks_are_as_surveyed(place: str) -> None:
    """People's and cameras' marks stand where the planner believes, and none is missing."""
    stage = Usd.Stage.CreateInMemory()
    importlib.import_module(f"secondunit_engine.world.sets.{place}")._add_marks(stage)
    floor = floor_of(place)
    marks = {mark.name: (mark.x, mark.y, mark.z) for mark in floor.marks}
    marks |= {f"camera_{camera.size}": camera.eye for camera in floor.cameras}
    prims = stage.GetPrimAtPath(MARKS).GetChildren()
    assert {prim.GetName() for prim in prims} == set(marks)
    for prim in prims:
        there = UsdGeom.XformCache().GetLocalToWorldTransform(prim).ExtractTranslation()
        assert [there[0], there[1], there[2]] == pytest.approx(list(marks[prim.GetName()]), abs=1e-4)


def test_what_the_bedroom_is_made_of_is_solid(tmp_path: Path) -> None:
    build_set(SetPlan("bedroom_studio"), tmp_path)
    stage = Usd.Stage.Open(str(tmp_path / "set.usdc"))
    floor = floor_of("bedroom_studio")
    corners = np.concatenate([triangles_of(prim).reshape(-1, 3) for prim in stage.Traverse() if UsdGeom.Mesh(prim)])
    assert len(corners) > 100_000
    assert floor.solid(corners).all()


def test_cells_are_filled_where_a_triangle_goes_and_nowhere_else() -> None:
    """Against points spread over random triangles: each point's cell is filled, and each filled cell is near one."""
    rng = np.random.default_rng(5)
    triangles = rng.uniform(-0.2, 2.2, (40, 1, 3)) + rng.normal(0, 0.5, (40, 3, 3))
    shape = (20, 20, 20)
    filled = fill_cells(triangles, np.zeros(3), 0.1, shape)
    share = rng.dirichlet((1, 1, 1), 4000)  # (S, 3)
    points = (share @ triangles).reshape(-1, 3)
    cells = np.floor(points / 0.1).astype(int)
    cells = cells[((cells >= 0) & (cells < 20)).all(axis=1)]
    touched = np.zeros(shape, bool)
    touched[tuple(cells.T)] = True
    assert filled[touched].all()
    assert touched.sum() > 0.9 * filled.sum()


def test_lights_that_no_wall_hides_are_strongest() -> None:
    """In the library the candles by the pedestal outshine the far windows; the sun is there, from where it stands."""
    sources = floor_of("library").sources
    assert sources[0].group == "candles"
    assert np.hypot(sources[0].x, sources[0].z) < 2
    sun = next(source for source in sources if source.group == "sun")
    toward = np.array([sun.x, sun.y, sun.z]) - [0, 5, 0]
    assert toward @ (0.52, 0.74, -0.5) / np.linalg.norm(toward) / np.linalg.norm((0.52, 0.74, -0.5)) > 0.97
