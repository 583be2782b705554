"""What every test shares: a state folder of its own, so that no test meets the user's engine or keys."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

_CLOCKS = frozenset({"process_time", "monotonic", "perf_counter"})


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A private state folder for engines, identity and logs."""
    folder = tmp_path_factory.mktemp("state")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECONDUNIT_STATE", str(folder))
        yield folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that reads the clock is `timed`: `make test` runs those by themselves, after the others."""
    for item in items:
        if isinstance(item, pytest.Function) and _reads_the_clock(item.function.__code__):
            item.add_marker("timed")


@pytest.fixture(autouse=True)
def heap(request: pytest.FixtureRequest) -> Iterator[None]:
    """A `timed` test does not pay for collecting what the tests before it left behind."""
    if not request.node.get_closest_marker("timed"):
        yield
        return
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def _reads_the_clock(code: CodeType) -> bool:
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return bool(_CLOCKS & set(code.co_names)) or any(_reads_the_clock(each) for each in inner)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say by name which referees were absent, so that a skipped check is never mistaken for a passed one."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)})
    for reason in reasons:
        terminalreporter.write_line(f"not checked: {reason.removeprefix('Skipped: ')}")
