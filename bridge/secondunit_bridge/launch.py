"""Starts an engine where none is running, and stops it afterwards."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from secondunit_bridge.client import Client, connect
from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import ERRORS, EngineFault, NotReady, SecondUnitError, TooSlow, Unavailable

START_SECONDS = 30.0
RUNS_ALREADY = 75  # exit code of an engine that finds another one on its state folder
LEAVE_SECONDS = 3.0  # how long a command waits to see its engine end
IDLE_SECONDS = 60.0  # an engine started for one command ends by itself if that command was killed


@contextmanager
def engine(state: Path | None = None) -> Iterator[Client]:
    """A client of the running engine, or of one that is started now and stopped at the end.

    Another command may have come to use the engine meanwhile: it stops when that is done too.
    """
    try:
        client = connect(state)
    except Unavailable:
        process = start_engine(state, "--idle-exit", str(IDLE_SECONDS))
    else:
        with client:
            yield client
        return
    with connect(state) as client:
        try:
            yield client
        finally:
            with suppress(Unavailable, TooSlow):
                client.shutdown(when_idle=True)
            with suppress(subprocess.TimeoutExpired):
                process.wait(LEAVE_SECONDS)


def start_engine(
    state: Path | None = None, *options: str, python: Sequence[str] = (sys.executable,)
) -> subprocess.Popen[bytes]:
    """Start an engine in the background and wait until it answers. Raises what it refuses with, or Unavailable.

    `options` are those of `python -m secondunit_engine.server --help`.
    """
    folder = state or state_dir()
    command = [*python, "-m", "secondunit_engine.server", "--state", str(folder), *options]
    with tempfile.TemporaryFile() as said:
        # A session of its own: Ctrl-C in the terminal is for the command, which then cancels its job.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if process.poll() not in (None, RUNS_ALREADY):  # another command may be starting the same engine
                said.seek(0)
                raise _refusal(said.read())
            try:
                connect(folder).close()
            except (Unavailable, TooSlow):
                time.sleep(0.05)
            else:
                return process
    stop_engine(process)
    raise Unavailable("The engine did not start in time.", mend=f"Look into {folder / 'engine.log'}.")


def stop_engine(process: subprocess.Popen[bytes]) -> None:
    """End an engine that `start_engine` started; its unfinished jobs stay in its queue."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _refusal(said: bytes) -> SecondUnitError:
    """The error that an engine named when it refused to start."""
    lines = said.decode(errors="replace").strip().splitlines() or ["it said nothing."]
    for at, line in enumerate(lines):
        name, _, message = line.partition(": ")
        if name in ERRORS:
            return ERRORS[name](message, mend="".join(lines[at + 1 : at + 2]))
    if lines[-1].startswith("ModuleNotFoundError"):
        return NotReady("The engine is not installed here.", mend="Run: pip install 'secondunit[engine]'")
    return EngineFault(f"The engine did not start: {lines[-1]}", mend="Run: secondunit doctor")
