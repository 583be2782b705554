"""One store for all previs tests: the room is built and lit once."""

from __future__ import annotations

import pytest

from secondunit_engine.previs.stage import Stage, Stages
from secondunit_engine.products import ProductStore
from tests.engine.previs.plans import ROOM


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> ProductStore:
    return ProductStore(tmp_path_factory.mktemp("previs"))


@pytest.fixture(scope="session")
def room(store: ProductStore) -> Stage:
    return Stages(store).open(ROOM)
