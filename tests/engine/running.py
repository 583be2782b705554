"""An engine for a test: a real server and worker process on a state folder of its own, with the tests' handlers."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from secondunit.v1 import job_pb2
from secondunit_bridge.client import Client, connect
from secondunit_bridge.launch import start_engine, stop_engine

HANDLERS = ("--handlers", "tests.fakes.handlers:HANDLERS")
ROOT = Path(__file__).parents[2]


@contextmanager
def running(state: Path, *options: str) -> Iterator[Client]:
    """An engine that is up for the length of the block."""
    process = start(state, *options)
    try:
        with connect(state) as client:
            yield client
    finally:
        stop_engine(process)


def start(state: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start an engine whose worker can import the tests."""
    known = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys((str(ROOT), *known)))
    return start_engine(state, *(() if "--handlers" in options else HANDLERS), *options)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def worker_of(server: int) -> int | None:
    """The process id of a server's worker, None while it has none (Linux)."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == server and b"secondunit_engine.jobs.worker" in command:
            return int(entry.name)
    return None


def is_alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for_stage(client: Client, job_id: str, stage: str) -> None:
    """Wait until the job has begun a stage."""
    for event in client.watch(job_id):
        if event.progress.stage == stage:
            return
    raise AssertionError(f"{job_id} ended without {stage}")


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until a callable says yes, or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


DONE = job_pb2.JOB_STATE_DONE
CANCELLED = job_pb2.JOB_STATE_CANCELLED
FAILED = job_pb2.JOB_STATE_FAILED
HELD = job_pb2.JOB_STATE_HELD
QUEUED = job_pb2.JOB_STATE_QUEUED
RUNNING = job_pb2.JOB_STATE_RUNNING
