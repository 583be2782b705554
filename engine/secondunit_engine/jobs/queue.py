"""The queue: jobs and everything that happened to them, in one SQLite file that outlives the engine.

Thread safety contract: a `JobQueue` belongs to the thread that made it (the server's event loop). Its methods take a
few milliseconds and never wait for work. Only the server process opens the file; the worker tells the server what it
did, through a pipe, and the server writes it down. Every method that changes something is one transaction, on disk
(WAL, synchronous=FULL) before it returns, so a kill at any moment leaves a whole queue behind. On a full disk nothing
can be submitted, but the end of a job can still be written: a ballast file gives way for it.

A job is `queued`, `running` or `held` until it ends as `done`, `failed` or `cancelled`. Whatever was running when an
engine was killed is queued again, in its old place, when the next engine opens the file.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from secondunit_bridge.errors import BadInput, Conflict, EngineFault, NotFound, NotReady, OutOfSpace, SecondUnitError

# What a job may cost in workers without a new step. A crash is likely to happen again; a kill comes from outside.
CRASH, KILL, LIMIT = 10, 1, 30
BALLAST = 2**20  # bytes
KEPT = 1000  # ended jobs that are remembered

_VERSION = 1  # of the tables below
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  job_id TEXT PRIMARY KEY, request_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, project_dir TEXT NOT NULL,
  work BLOB NOT NULL, state TEXT NOT NULL, asked TEXT NOT NULL DEFAULT '', place INTEGER NOT NULL,
  submitted REAL NOT NULL, started REAL, ended REAL, result BLOB,
  error_name TEXT NOT NULL DEFAULT '', error_message TEXT NOT NULL DEFAULT '', error_mend TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '', seconds_left REAL, sequence INTEGER NOT NULL DEFAULT 0,
  blame INTEGER NOT NULL DEFAULT 0, deaths INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS jobs_state ON jobs (state, place);
CREATE TABLE IF NOT EXISTS events (
  job_id TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE, sequence INTEGER NOT NULL, at REAL NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL, note TEXT NOT NULL,
  seconds_left REAL, error_name TEXT NOT NULL, error_message TEXT NOT NULL, error_mend TEXT NOT NULL,
  PRIMARY KEY (job_id, sequence)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_step ON events (job_id, stage, done);
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, is_on INTEGER NOT NULL);
"""


class State(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    HELD = "held"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self in (State.DONE, State.FAILED, State.CANCELLED)


Asked = Literal["", "cancel", "hold"]


@dataclass(frozen=True)
class Step:
    """How far a job is: `done` of `total` steps of the stage; `seconds_left` of the stage, None while unknown."""

    stage: str = ""
    done: int = 0
    total: int = 0
    note: str = ""
    seconds_left: float | None = None


@dataclass(frozen=True)
class Failure:
    """An error by its name in the error tree."""

    name: str
    message: str
    mend: str

    @classmethod
    def of(cls, error: SecondUnitError) -> Failure:
        return cls(type(error).__name__, error.message, error.mend)


@dataclass(frozen=True)
class JobRecord:
    """A job as it is now. Times are seconds since 1970; `work` and `result` are bytes that the queue never reads."""

    job_id: str
    request_id: str
    kind: str
    project_dir: str
    work: bytes
    state: State
    asked: Asked
    submitted: float
    started: float | None
    ended: float | None
    result: bytes | None
    step: Step
    failure: Failure | None
    sequence: int


@dataclass(frozen=True)
class Event:
    """Something that happened to a job; `sequence` counts 1, 2, 3, ... within the job."""

    job_id: str
    sequence: int
    at: float
    state: State
    step: Step
    failure: Failure | None


class JobQueue:
    """The queue in the file at `path`; see the module for the thread safety contract."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=10.0)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._check_version(path)
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version={_VERSION}")
        self._ballast = path.with_suffix(".ballast")
        with suppress(OSError):  # on a disk that is full already there is nothing to put by
            self._ballast.write_bytes(bytes(BALLAST))
        self._forget_old()

    def _check_version(self, path: Path) -> None:
        """Raise BadInput for a queue that another version wrote: nothing in it is touched, so nothing is lost."""
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        used = self._db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'jobs'").fetchone()[0]
        if used and found != _VERSION:
            self._db.close()
            raise BadInput(
                f"The queue {path} was written by another version of Second Unit.",
                mend="Let that version finish its jobs, then move the file away.",
            )

    def close(self) -> None:
        self._db.close()

    def submit(self, request_id: str, kind: str, project_dir: str, work: bytes) -> JobRecord:
        """Queue a job, last. The same request id with the same work returns the job that is there already.

        Raises Conflict when the request id stands for other work.
        """
        with self._transaction():
            row = self._db.execute("SELECT * FROM jobs WHERE request_id = ?", (request_id,)).fetchone()
            if row is not None:
                if row["work"] != work:
                    raise Conflict(
                        f"The request {request_id} was used for another job.",
                        mend="Make a new request id for every new job.",
                    )
                return _record(row)
            job_id = "job-" + uuid.uuid4().hex[:12]
            self._db.execute(
                "INSERT INTO jobs (job_id, request_id, kind, project_dir, work, state, place, submitted)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (job_id, request_id, kind, project_dir, work, State.QUEUED, self._last_place(), time.time()),
            )
            self._tell(job_id)
            return self.get(job_id)

    def get(self, job_id: str) -> JobRecord:
        """Raises NotFound."""
        row = self._db.execute("SELECT * FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no job {job_id}.", mend="List the jobs to see their names.")
        return _record(row)

    def list(self, project_dir: str = "", unfinished_only: bool = False, limit: int = 100) -> list[JobRecord]:
        """The running job, then waiting and held ones in order, then ended ones, newest first."""
        rows = self._db.execute(
            "SELECT * FROM jobs WHERE (? = '' OR project_dir = ?) AND (NOT ? OR ended IS NULL)"
            " ORDER BY state <> 'running', ended IS NOT NULL, ended DESC, place LIMIT ?",
            (project_dir, project_dir, unfinished_only, limit),
        )
        return [_record(row) for row in rows]

    def position(self, job_id: str) -> int:
        """Jobs that start before this one; 0 unless it is queued."""
        return self._db.execute(
            "SELECT count(*) FROM jobs AS other, jobs AS job WHERE job.job_id = ? AND job.state = 'queued'"
            " AND (other.state = 'running' OR other.state = 'queued' AND other.place < job.place)",
            (job_id,),
        ).fetchone()[0]

    def events(self, job_id: str, after: int) -> list[Event]:
        """What happened to the job after the event with that sequence number."""
        rows = self._db.execute(
            "SELECT * FROM events WHERE job_id = ? AND sequence > ? ORDER BY sequence LIMIT 1000", (job_id, after)
        )
        return [
            Event(row["job_id"], row["sequence"], row["at"], State(row["state"]), _step(row), _failure(row))
            for row in rows
        ]

    def claim(self) -> JobRecord | None:
        """The next job, now running; None when nothing waits or the queue is paused."""
        with self._must():
            row = self._db.execute("SELECT job_id FROM jobs WHERE state = 'queued' ORDER BY place LIMIT 1").fetchone()
            if row is None or self.paused:
                return None
            self._change(row["job_id"], State.RUNNING, started=time.time())
            return self.get(row["job_id"])

    def record(self, job_id: str, step: Step) -> None:
        """Write down how far the running job is. A step never seen before forgives the workers that died.

        On a full disk the step is not written down: the job itself will say so, or end.
        """
        with suppress(OutOfSpace), self._transaction():
            seen = self._db.execute(
                "SELECT 1 FROM events WHERE job_id = ? AND stage = ? AND done = ? AND note = ? AND total = ? LIMIT 1",
                (job_id, step.stage, step.done, step.note, step.total),
            ).fetchone()
            self._db.execute(
                "UPDATE jobs SET stage = ?, done = ?, total = ?, note = ?, seconds_left = ?,"
                " blame = CASE WHEN ? THEN blame ELSE 0 END WHERE job_id = ?",
                (step.stage, step.done, step.total, step.note, step.seconds_left, seen is not None, job_id),
            )
            self._tell(job_id)

    def finish(self, job_id: str, result: bytes) -> None:
        """The job is done."""
        with self._must():
            self._db.execute("UPDATE jobs SET result = ?, seconds_left = NULL WHERE job_id = ?", (result, job_id))
            self._change(job_id, State.DONE, ended=time.time())

    def fail(self, job_id: str, error: SecondUnitError) -> None:
        """The job ended with an error."""
        with self._must():
            self._change(job_id, State.FAILED, ended=time.time(), failure=Failure.of(error))

    def cancel(self, job_id: str) -> None:
        """The job is cancelled and nothing works on it any more."""
        with self._must():
            failure = Failure("Cancelled", "The job was cancelled.", "")
            self._change(job_id, State.CANCELLED, ended=time.time(), failure=failure)

    def hold(self, job_id: str) -> None:
        """The job is held and nothing works on it any more."""
        with self._must():
            self._change(job_id, State.HELD)

    def release(self, job_id: str) -> JobRecord:
        """Queue a held job again, in its old place. Raises NotFound, NotReady."""
        with self._transaction():
            self._expect(job_id, State.HELD, "is not held", "Only a held job can be resumed.")
            self._change(job_id, State.QUEUED)
            return self.get(job_id)

    def ask(self, job_id: str, what: Asked) -> None:
        """Remember that the user wants the running job stopped, so that a kill does not make us forget it."""
        with self._must():
            self._db.execute("UPDATE jobs SET asked = ? WHERE job_id = ?", (what, job_id))

    def bury_worker(self, job_id: str, *, crashed: bool) -> JobRecord:
        """The worker crashed or was killed over this job: queue it again, or fail it when that happened too often."""
        with self._must():
            self._db.execute(
                "UPDATE jobs SET blame = blame + ?, deaths = deaths + 1 WHERE job_id = ?",
                (CRASH if crashed else KILL, job_id),
            )
            row = self._db.execute("SELECT blame, deaths FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
            if row["blame"] >= LIMIT:
                error = EngineFault(
                    f"The worker died {row['deaths']} times over this job.",
                    mend="Free memory, lower the size or quality, or look into the engine's log.",
                )
                self._change(job_id, State.FAILED, ended=time.time(), failure=Failure.of(error))
            else:
                self._change(job_id, State.QUEUED)
            return self.get(job_id)

    def recover(self) -> list[JobRecord]:
        """Settle what a killed engine left running; call it once, before the first claim. Returns those jobs."""
        with self._must():
            rows = self._db.execute("SELECT job_id, asked FROM jobs WHERE state = 'running'").fetchall()
            for row in rows:
                if row["asked"] == "cancel":
                    failure = Failure("Cancelled", "The job was cancelled.", "")
                    self._change(row["job_id"], State.CANCELLED, ended=time.time(), failure=failure)
                else:
                    self._change(row["job_id"], State.HELD if row["asked"] == "hold" else State.QUEUED)
            return [self.get(row["job_id"]) for row in rows]

    def move(self, job_id: str, before: str) -> JobRecord:
        """Put a waiting job before another one, or last when `before` is empty. Raises NotFound, NotReady."""
        with self._transaction():
            for name in filter(None, (job_id, before)):
                self._expect(name, State.QUEUED, "is not waiting", "Only waiting jobs can be moved.")
            rows = self._db.execute("SELECT job_id FROM jobs WHERE state IN ('queued', 'held') ORDER BY place")
            order = [row["job_id"] for row in rows if row["job_id"] != job_id or job_id == before]
            if job_id != before:
                order.insert(order.index(before) if before else len(order), job_id)
            first = self._last_place()
            self._db.executemany(
                "UPDATE jobs SET place = ? WHERE job_id = ?", [(first + i, name) for i, name in enumerate(order)]
            )
            return self.get(job_id)

    def retry(self, job_id: str) -> JobRecord:
        """Queue a failed or cancelled job again, last. Raises NotFound, NotReady."""
        with self._transaction():
            job = self.get(job_id)
            if job.state not in (State.FAILED, State.CANCELLED):
                mend = "Only a failed or cancelled job can be retried."
                raise NotReady(f"The job {job_id} is {job.state}.", mend=mend)
            self._db.execute(
                "UPDATE jobs SET place = ?, started = NULL, ended = NULL, blame = 0, deaths = 0, stage = '',"
                " done = 0, total = 0, note = '', seconds_left = NULL WHERE job_id = ?",
                (self._last_place(), job_id),
            )
            self._change(job_id, State.QUEUED)
            return self.get(job_id)

    @property
    def paused(self) -> bool:
        row = self._db.execute("SELECT is_on FROM switches WHERE name = 'paused'").fetchone()
        return row is not None and bool(row["is_on"])

    def pause(self, paused: bool) -> None:
        """Start no further job, or start jobs again."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO switches VALUES ('paused', ?)", (paused,))

    def unfinished(self) -> int:
        return self._db.execute("SELECT count(*) FROM jobs WHERE ended IS NULL").fetchone()[0]

    def has_begun(self, project_dir: str, *, apart_from: str) -> bool:
        """Whether another unfinished job of this project was begun and may go on from its own earlier work."""
        query = "SELECT 1 FROM jobs WHERE project_dir = ? AND job_id <> ? AND ended IS NULL AND started IS NOT NULL"
        return self._db.execute(query, (project_dir, apart_from)).fetchone() is not None

    def _expect(self, job_id: str, state: State, complaint: str, mend: str) -> None:
        if self.get(job_id).state != state:
            raise NotReady(f"The job {job_id} {complaint}.", mend=mend)

    def _last_place(self) -> int:
        return self._db.execute("SELECT coalesce(max(place), 0) + 1 FROM jobs").fetchone()[0]

    def _change(
        self,
        job_id: str,
        state: State,
        *,
        started: float | None = None,
        ended: float | None = None,
        failure: Failure | None = None,
    ) -> None:
        """Set the state and tell it; `started` counts from the first claim only."""
        name, message, mend = (failure.name, failure.message, failure.mend) if failure else ("", "", "")
        self._db.execute(
            "UPDATE jobs SET state = ?, asked = '', started = coalesce(started, ?), ended = ?,"
            " error_name = ?, error_message = ?, error_mend = ? WHERE job_id = ?",
            (state, started, ended, name, message, mend, job_id),
        )
        self._tell(job_id)

    def _tell(self, job_id: str) -> None:
        """Add an event that holds the job as it is now."""
        self._db.execute("UPDATE jobs SET sequence = sequence + 1 WHERE job_id = ?", (job_id,))
        self._db.execute(
            "INSERT INTO events SELECT job_id, sequence, ?, state, stage, done, total, note, seconds_left,"
            " error_name, error_message, error_mend FROM jobs WHERE job_id = ?",
            (time.time(), job_id),
        )

    def _forget_old(self) -> None:
        with self._transaction():
            self._db.execute(
                "DELETE FROM jobs WHERE job_id IN (SELECT job_id FROM jobs WHERE ended IS NOT NULL"
                " ORDER BY ended DESC LIMIT -1 OFFSET ?)",
                (KEPT,),
            )

    @contextmanager
    def _must(self) -> Iterator[None]:
        """A transaction that must not fail: on a full disk the ballast makes room for it."""
        if shutil.disk_usage(self._ballast.parent).free < 4 * BALLAST:
            self._ballast.unlink(missing_ok=True)
        with self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:  # commits, or rolls back on any exception
                yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
                raise OutOfSpace("The disk of the engine's state folder is full.", mend="Free some space.") from error
            raise


def _step(row: sqlite3.Row) -> Step:
    return Step(row["stage"], row["done"], row["total"], row["note"], row["seconds_left"])


def _failure(row: sqlite3.Row) -> Failure | None:
    name = row["error_name"]
    return Failure(name, row["error_message"], row["error_mend"]) if name else None


def _record(row: sqlite3.Row) -> JobRecord:
    return JobRecord(
        job_id=row["job_id"],
        request_id=row["request_id"],
        kind=row["kind"],
        project_dir=row["project_dir"],
        work=row["work"],
        state=State(row["state"]),
        asked=row["asked"],
        submitted=row["submitted"],
        started=row["started"],
        ended=row["ended"],
        result=row["result"],
        step=_step(row),
        failure=_failure(row),
        sequence=row["sequence"],
    )
