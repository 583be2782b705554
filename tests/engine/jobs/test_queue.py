"""The durable queue, on its own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, Conflict, NotFound, NotReady, OutOfSpace
from secondunit_engine.jobs.queue import CRASH, KILL, LIMIT, JobQueue, State, Step


@pytest.fixture
def queue(tmp_path: Path) -> JobQueue:
    return JobQueue(tmp_path / "queue.sqlite")


def submit(queue: JobQueue, *names: str) -> list[str]:
    return [queue.submit(name, "shoot", "/film", name.encode()).job_id for name in names]


def waiting(queue: JobQueue) -> list[str]:
    return [job.request_id for job in queue.list() if job.state == State.QUEUED]


def test_submitting_twice_makes_one_job(queue: JobQueue) -> None:
    """The same request id with the same work is the same job, with other work a conflict."""
    first = queue.submit("request-1", "shoot", "/film", b"work")
    assert queue.submit("request-1", "shoot", "/film", b"work") == first
    with pytest.raises(Conflict):
        queue.submit("request-1", "shoot", "/film", b"other work")
    assert len(queue.list()) == 1


def test_jobs_start_in_the_order_they_came(queue: JobQueue) -> None:
    submit(queue, "a", "b", "c")
    claimed = [queue.claim() for _ in range(4)]
    assert [job and job.request_id for job in claimed] == ["a", "b", "c", None]


def test_a_waiting_job_can_be_moved(queue: JobQueue) -> None:
    a, b, c = submit(queue, "a", "b", "c")
    queue.move(c, before=a)
    assert waiting(queue) == ["c", "a", "b"]
    queue.move(c, before="")
    assert waiting(queue) == ["a", "b", "c"]
    queue.move(b, before=b)
    assert waiting(queue) == ["a", "b", "c"]
    assert [queue.position(job) for job in (a, b, c)] == [0, 1, 2]


def test_only_waiting_jobs_can_be_moved(queue: JobQueue) -> None:
    a, b = submit(queue, "a", "b")
    queue.claim()
    with pytest.raises(NotReady):
        queue.move(a, before=b)
    with pytest.raises(NotReady):
        queue.move(b, before=a)
    with pytest.raises(NotFound):
        queue.move(b, before="job-x")


def test_a_paused_queue_starts_nothing_even_after_a_restart(queue: JobQueue, tmp_path: Path) -> None:
    submit(queue, "a")
    queue.pause(True)
    queue.close()
    again = JobQueue(tmp_path / "queue.sqlite")
    assert again.claim() is None
    again.pause(False)
    assert again.claim() is not None


def test_a_held_job_is_passed_over_and_keeps_its_place(queue: JobQueue) -> None:
    a, _ = submit(queue, "a", "b")
    queue.hold(a)
    running = queue.claim()
    assert running is not None
    assert running.request_id == "b"
    submit(queue, "c")
    queue.release(a)
    assert waiting(queue) == ["a", "c"]
    with pytest.raises(NotReady):
        queue.release(a)


def test_events_count_up_and_can_be_read_from_any_point(queue: JobQueue) -> None:
    (a,) = submit(queue, "a")
    queue.claim()
    queue.record(a, Step("frames", 0, 2))
    queue.record(a, Step("frames", 1, 2, "0001", 3.5))
    queue.finish(a, b"result")
    events = queue.events(a, 0)
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    assert [event.state for event in events] == ["queued", "running", "running", "running", "done"]
    assert events[3].step == Step("frames", 1, 2, "0001", 3.5)
    assert queue.events(a, 3) == events[3:]
    assert queue.get(a).result == b"result"


def test_a_killed_engine_leaves_a_whole_queue(tmp_path: Path) -> None:
    """A process is killed right after it submitted and claimed; the next one finds both jobs, in order."""
    program = (
        "import os, signal, sys; from pathlib import Path; from secondunit_engine.jobs.queue import JobQueue\n"
        "queue = JobQueue(Path(sys.argv[1]))\n"
        "for name in 'ab': queue.submit(name, 'shoot', '/film', b'')\n"
        "queue.claim(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "queue.sqlite"
    killed = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert killed.returncode == -9
    queue = JobQueue(path)
    assert [job.request_id for job in queue.recover()] == ["a"]
    assert waiting(queue) == ["a", "b"]


def test_a_cancel_is_not_forgotten_by_a_kill(queue: JobQueue) -> None:
    """The user cancelled, or held, and the engine was killed before the worker had stopped."""
    a, b = submit(queue, "a", "b")
    queue.claim()
    queue.ask(a, "cancel")
    queue.claim()
    queue.ask(b, "hold")
    queue.recover()
    assert queue.get(a).state == State.CANCELLED
    assert queue.get(b).state == State.HELD


def die_over(queue: JobQueue, job: str, step: int, *, crashed: bool) -> State:
    queue.claim()
    queue.record(job, Step("frames", step, 100))
    return queue.bury_worker(job, crashed=crashed).state


@pytest.mark.parametrize(("crashed", "allowed"), [(True, LIMIT // CRASH), (False, LIMIT // KILL)])
def test_workers_may_die_as_long_as_there_is_progress(queue: JobQueue, crashed: bool, allowed: int) -> None:
    """A job whose worker dies again and again without a new step fails, after few crashes or many kills."""
    (a,) = submit(queue, "a")
    for step in range(2 * allowed):
        assert die_over(queue, a, step, crashed=crashed) == State.QUEUED
    for _ in range(allowed - 2):
        assert die_over(queue, a, 0, crashed=crashed) == State.QUEUED
    assert die_over(queue, a, 0, crashed=crashed) == State.FAILED
    failure = queue.get(a).failure
    assert failure is not None
    assert failure.name == "EngineFault"


def test_a_failed_job_can_be_retried_and_a_finished_one_not(queue: JobQueue) -> None:
    a, b = submit(queue, "a", "b")
    queue.claim()
    queue.fail(a, BadInput("No.", mend="Yes."))
    again = queue.retry(a)
    assert again.state == State.QUEUED
    assert again.failure is None
    assert waiting(queue) == ["b", "a"]
    queue.claim()
    queue.finish(b, b"")
    with pytest.raises(NotReady):
        queue.retry(b)


def test_a_full_disk_is_said_and_the_queue_stays_whole(queue: JobQueue) -> None:
    submit(queue, "a")
    queue._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(OutOfSpace):
        queue.submit("b", "shoot", "/film", b"x" * 100_000)
    assert waiting(queue) == ["a"]


def test_unfinished_jobs_of_a_project(queue: JobQueue) -> None:
    a, b = submit(queue, "a", "b")
    queue.claim()
    assert not queue.has_begun("/film", apart_from=a)
    assert queue.has_begun("/film", apart_from=b)
    assert not queue.has_begun("/other", apart_from=b)
    assert queue.unfinished() == 2


def test_a_broken_file_is_not_taken_for_a_queue(tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        JobQueue(path)
