"""One tiny shot, rendered once for all tests that look at its frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondunit_engine.progress import Quiet
from secondunit_engine.render.render_shot import render_shot
from secondunit_engine.render.settings import RenderSettings
from tests.engine.render.stages import write_stage

SETTINGS = RenderSettings(96, 54, "preview", seed=3)


@pytest.fixture(scope="session")
def stage_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_stage(tmp_path_factory.mktemp("stage") / "shot.usdc")


@pytest.fixture(scope="session")
def rendered(stage_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shot's folder, rendered without disturbance."""
    folder = tmp_path_factory.mktemp("rendered")
    render_shot(stage_file, SETTINGS, folder, Quiet())
    return folder
