"""A project folder: made once, read back, and never misread."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, NotFound, NotReady, Unwritable
from secondunit_bridge.timing import Rate
from secondunit_engine.jobs.queue import JobQueue
from secondunit_engine.planning.plan import Settings
from secondunit_engine.project import Project


def test_a_project_keeps_its_settings(tmp_path: Path) -> None:
    """What it was made with is what it says the next time, as a file a person can read."""
    wanted = Settings(rate=Rate(24000, 1001), width=1280, height=720, quality="final", seed=9)
    Project.open(tmp_path / "film", create=True, defaults=wanted)
    assert Project.open(tmp_path / "film").settings() == wanted
    assert 'rate = "24000/1001"' in (tmp_path / "film" / "secondunit.toml").read_text()


def test_what_is_not_a_project_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotFound, match="no project"):
        Project.open(tmp_path)
    with pytest.raises(Unwritable):
        Project.open(tmp_path / "file" / "film", create=True)
    project = Project.open(tmp_path / "film", create=True)
    (project.folder / "secondunit.toml").write_text("rate = 24")
    with pytest.raises(BadInput, match=r"secondunit\.toml"):
        project.settings()
    with pytest.raises(BadInput, match="not a shot"):
        project.shot_folder("../../etc")


def test_another_versions_records_are_left_alone(tmp_path: Path) -> None:
    """Takes or jobs that another version wrote are refused by name, not misread and not dropped."""
    project = Project.open(tmp_path / "film", create=True)
    with project.database() as database:
        database.execute("INSERT INTO takes VALUES ('sh010', 1, '{\"from\": \"the future\"}')")
    with pytest.raises(NotReady, match="another version"):
        project.takes()
    queue = tmp_path / "queue.sqlite"
    JobQueue(queue).close()
    JobQueue(queue).close()
    with sqlite3.connect(queue) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    with pytest.raises(BadInput, match="another version"):
        JobQueue(queue)
