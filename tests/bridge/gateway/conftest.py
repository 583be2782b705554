"""A real engine with the tests' handlers, and a gateway on it, for every test of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondunit_bridge.client import Client
from tests.bridge.gateway.serving import Door, serving
from tests.engine.running import running


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    """A client of the engine, and its state folder."""
    state = tmp_path_factory.mktemp("gateway-state")
    state.chmod(0o700)
    with running(state) as client:
        yield client, state


@pytest.fixture(scope="module")
def door(engine: tuple[Client, Path]) -> Iterator[Door]:
    """The gateway on that engine."""
    with serving(engine[1]) as door:
        yield door
