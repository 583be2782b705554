"""Hands jobs to the worker process, stops it, and replaces it when it dies.

Everything here runs on the server's event loop; only the worker's own process does work.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import os
import signal
import sys
from pathlib import Path

from secondunit.v1 import job_pb2
from secondunit_bridge.errors import ERRORS, EngineFault, NotReady
from secondunit_engine.jobs.leftovers import drop_leftovers
from secondunit_engine.jobs.messages import read_work
from secondunit_engine.jobs.queue import Asked, JobQueue, JobRecord, State, Step

PATIENCE = 1.2  # seconds that a job has to stop by itself before its process is killed
LINE = 64 * 2**20  # bytes of the longest report
log = logging.getLogger("secondunit.engine")


class Worker:
    """The other end of `worker.py`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, state: Path, handlers: str) -> Worker:
        """Start the process in a session of its own, so that it and its children can be killed as one."""
        command = (sys.executable, "-m", "secondunit_engine.jobs.worker", str(state / "worker.lock"), handlers)
        with (state / "engine.log").open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=LINE,
                start_new_session=True,
                env=os.environ | {"SECONDUNIT_STATE": str(state)},
            )
        return cls(process)

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def crashed(self) -> bool:
        """Whether it ended by itself; if not, somebody killed it."""
        return self._process.returncode != -9

    async def send(self, **order: object) -> None:
        """Give an order; a dead worker does not hear it, which the next `report` will show."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            pass

    async def report(self) -> dict[str, object] | None:
        """The next report, or None when the process is dead."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    async def bury(self) -> None:
        """Wait for a worker that closed its line, a moment at most, and end what it left running."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        await self.kill()

    async def kill(self) -> None:
        """End the process and its children at once and wait until it is gone."""
        try:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except ProcessLookupError:
            pass
        await self._process.wait()


class Dispatcher:
    """Runs the queue. `bell` rings whenever a job or the queue has changed."""

    def __init__(self, queue: JobQueue, state: Path, handlers: str) -> None:
        self.queue = queue
        self.bell = asyncio.Event()
        self.closing = False
        self.worker: Worker | None = None
        self._state, self._handlers = state, handlers
        self._running = ""
        self._stop = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether a job is worked on."""
        return bool(self._running)

    def ring(self) -> None:
        """Wake everyone who waits for a change."""
        self.bell.set()
        self.bell = asyncio.Event()

    async def run(self) -> None:
        """Work through the queue until the task is cancelled; then the job under way is queued again."""
        for job in self.queue.recover():
            if job.state == State.CANCELLED:
                await self._clear_away(job)
        try:
            while True:
                bell = self.bell
                job = self.queue.claim()
                if job is None:
                    await bell.wait()
                else:
                    await self._run_job(job)
        finally:
            if self.worker is not None:
                await self.worker.kill()
            self.queue.recover()
            self.closing = True
            self.ring()

    async def stop(self, job_id: str, what: Asked) -> JobRecord:
        """Cancel or hold a job and wait until nothing works on it. Raises NotFound, NotReady."""
        job = self.queue.get(job_id)
        if what == "hold" and (job.state.ended or job.state == State.HELD):
            raise NotReady(f"The job {job_id} is {job.state}.", mend="Only a waiting or running job can be held.")
        if job.state == State.RUNNING:
            self.queue.ask(job_id, what)
            self._stop.set()
            while self.queue.get(job_id).state == State.RUNNING:
                await self.bell.wait()
        elif what == "hold":
            self.queue.hold(job_id)
        elif not job.state.ended:
            self.queue.cancel(job_id)
            await self._clear_away(job)
        self.ring()
        return self.queue.get(job_id)

    async def _run_job(self, job: JobRecord) -> None:
        self._running = job.job_id
        self._stop.clear()
        self.ring()
        if self.worker is None or not self.worker.alive:
            self.worker = await Worker.start(self._state, self._handlers)
        await self.worker.send(run=job.job_id, work=base64.b64encode(job.work).decode())
        stopper = asyncio.create_task(self._stop_worker(self.worker, job.job_id))
        try:
            await self._follow(self.worker, job)
        finally:
            stopper.cancel()
        self._running = ""
        self.ring()

    async def _stop_worker(self, worker: Worker, job_id: str) -> None:
        await self._stop.wait()
        await worker.send(stop=job_id)
        await asyncio.sleep(PATIENCE)
        await worker.kill()

    async def _follow(self, worker: Worker, job: JobRecord) -> None:
        """Write down what the worker reports until the job has ended or the worker has."""
        stage, total = "", 0
        while (report := await worker.report()) is not None:
            match report:
                case {"begin": str(stage), "total": int(total)}:
                    self.queue.record(job.job_id, Step(stage, 0, total))
                case {"step": int(done), "note": str(note), "left": float() | int() | None as left}:
                    self.queue.record(job.job_id, Step(stage, done, total, note, left))
                case {"done": str(result)}:
                    self.queue.finish(job.job_id, base64.b64decode(result))
                    return
                case {"failed": [str(name), str(message), str(mend)]}:
                    error = ERRORS.get(name, EngineFault)(message, mend=mend)
                    await self._clear_away(job)
                    self.queue.fail(job.job_id, error)
                    return
                case {"stopped": True}:
                    await self._settle_stop(job)
                    return
            self.ring()
        await worker.bury()
        await self._settle_death(worker, job)

    async def _settle_stop(self, job: JobRecord) -> None:
        """The worker let go of the job, or was made to."""
        if self.queue.get(job.job_id).asked == "hold":
            self.queue.hold(job.job_id)
        else:
            await self._clear_away(job)
            self.queue.cancel(job.job_id)

    async def _settle_death(self, worker: Worker, job: JobRecord) -> None:
        if self.queue.get(job.job_id).asked:
            await self._settle_stop(job)
            return
        log.warning("the worker %s over %s", "crashed" if worker.crashed else "was killed", job.job_id)
        if self.queue.bury_worker(job.job_id, crashed=worker.crashed).state == State.FAILED:
            await self._clear_away(job)

    async def _clear_away(self, job: JobRecord) -> None:
        """Drop what an ended job left unfinished, unless another begun job of the project may go on from it."""
        shared = self.queue.has_begun(job.project_dir, apart_from=job.job_id)
        request = read_work(job_pb2.Work.FromString(job.work))
        await asyncio.to_thread(drop_leftovers, request, shared=shared)
