"""The worker: the process that does the work, one job after the other, and stays warm between them.

    python -m secondunit_engine.jobs.worker LOCK_FILE HANDLERS

The server writes one line of JSON for each order on its standard input and reads one line for each report from its
standard output; see `dispatch.py` for the other end.

    orders    {"run": job_id, "work": base64}    {"stop": job_id}
    reports   {"begin": stage, "total": n}    {"step": n, "note": text, "left": seconds or null}
              {"done": base64}    {"failed": [name, message, mend]}    {"stopped": true}

It dies with the server: the end of its input means that the server is gone. A bug (an exception outside the error
tree) is reported as EngineFault and ends the process too, so the next job gets a fresh one.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from secondunit.v1 import job_pb2
from secondunit_bridge.errors import Cancelled, EngineFault, OutOfSpace, SecondUnitError
from secondunit_bridge.lock import hold
from secondunit_engine.jobs.disk import disk_error
from secondunit_engine.jobs.estimate import Estimate
from secondunit_engine.jobs.handlers import Handler, load_handlers
from secondunit_engine.jobs.messages import read_work, write_result

REPORT_EVERY = 0.1  # seconds between steps that are reported


class Reports:
    """The line to the server."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send(self, **report: object) -> None:
        self._stream.write(json.dumps(report).encode() + b"\n")
        self._stream.flush()

    def failed(self, error: SecondUnitError) -> None:
        self.send(failed=[type(error).__name__, error.message, error.mend])


class WorkerProgress:
    """A Progress that reports to the server: the first and last step of a stage always, others ten a second."""

    def __init__(self, reports: Reports, stop: threading.Event) -> None:
        self._reports, self._stop = reports, stop
        self._total = 0
        self._next = 0.0
        self._estimate = Estimate(0, 0.0)

    def begin(self, stage: str, total: int) -> None:
        self.check()
        self._total, self._next = total, 0.0
        self._estimate = Estimate(total, time.monotonic())
        self._reports.send(begin=stage, total=total)

    def step(self, done: int, note: str = "") -> None:
        now = time.monotonic()
        left = self._estimate.after(done, now)
        if now >= self._next or done >= self._total:
            self._next = now + REPORT_EVERY
            self._reports.send(step=done, note=note, left=left)
        self.check()

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled("The job was cancelled.")


class Orders:
    """Orders as they arrive, read by a thread of their own so that a stop gets through while a job runs."""

    def __init__(self, stream: BinaryIO) -> None:
        self.waiting: queue.SimpleQueue[tuple[str, bytes, threading.Event]] = queue.SimpleQueue()
        self._stops: dict[str, threading.Event] = {}
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: BinaryIO) -> None:
        for line in stream:
            order = json.loads(line)
            if "run" in order:
                stop = self._stops[order["run"]] = threading.Event()
                self.waiting.put((order["run"], base64.b64decode(order["work"]), stop))
            elif order.get("stop") in self._stops:
                self._stops[order["stop"]].set()
        die()


def die() -> None:
    """End this process and every process it started, at once: the server is gone."""
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def run_job(work: bytes, handlers: Mapping[str, Handler], progress: WorkerProgress, reports: Reports) -> None:
    """Do one job and report how it ended."""
    message = job_pb2.Work.FromString(work)
    try:
        handler = handlers.get(message.WhichOneof("kind") or "")
        if handler is None:
            raise EngineFault(f"This engine cannot {message.WhichOneof('kind')}.", mend="Update the engine.")
        result = write_result(handler(read_work(message), progress))
    except Cancelled:
        reports.send(stopped=True)
    except SecondUnitError as error:
        reports.failed(error)
    except MemoryError:
        reports.failed(OutOfSpace("The memory ran out.", mend="Choose a smaller size or quality."))
    except OSError as error:
        known = disk_error(error)
        if known is None:
            raise
        reports.failed(known)
    else:
        reports.send(done=base64.b64encode(result.SerializeToString(deterministic=True)).decode())


def main(lock_file: str, handlers_name: str) -> None:
    # Libraries print; only reports may go to the server. From here on "standard output" is the log.
    reports = Reports(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)

    def report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        reports.failed(EngineFault(f"{kind.__name__}: {error}", mend="This is our mistake; the engine's log has more."))

    sys.excepthook = report_bug
    orders = Orders(os.fdopen(os.dup(0), "rb"))
    hold(Path(lock_file), wait=True)  # the worker of a killed engine may still be dying
    handlers = load_handlers(handlers_name)
    while True:
        _, work, stop = orders.waiting.get()
        run_job(work, handlers, WorkerProgress(reports, stop), reports)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
