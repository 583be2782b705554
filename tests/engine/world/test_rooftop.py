"""The rooftop: built in its time, the same twice; marks, cameras and lights as declared on each of its floors."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pxr import Usd

from secondunit_engine.planning.plan import SetPlan
from secondunit_engine.world.build_set import build_set
from tests.engine.world.set_checks import check_cameras, check_set


@pytest.fixture(scope="module")
def rooftop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rooftop")
    before = time.process_time()
    build_set(SetPlan("rooftop"), folder)
    assert time.process_time() - before < 10  # twice what it may take, for slow machines
    return folder


def test_it_is_what_the_planner_and_the_gaffer_believe(rooftop: Path) -> None:
    check_set("rooftop", Usd.Stage.Open(str(rooftop / "set.usdc")))


@pytest.mark.parametrize("layout", [1, 2])
def test_the_other_floors_can_be_shot_on(layout: int) -> None:
    check_cameras("rooftop", layout)


def test_the_same_plan_gives_the_same_bytes(rooftop: Path, tmp_path: Path) -> None:
    build_set(SetPlan("rooftop"), tmp_path)
    for path in (file for file in rooftop.rglob("*") if file.is_file()):
        assert path.read_bytes() == (tmp_path / path.relative_to(rooftop)).read_bytes(), path.name
