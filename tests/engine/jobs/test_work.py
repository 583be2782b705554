"""Jobs through a real server and worker process: done, failed, cancelled, held, reordered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondunit.v1 import job_pb2
from secondunit_bridge.client import Client, job_error, settings
from secondunit_bridge.errors import BadInput, Conflict, EngineFault, NotFound, NotReady, OutOfSpace, TooLarge
from tests.engine.running import CANCELLED, DONE, HELD, QUEUED, RUNNING, running, wait_for_stage, wait_until, worker_of


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with running(tmp_path_factory.mktemp("engine") / "state") as client:
        yield client


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return tmp_path / "film"


def test_a_job_is_done_and_told_step_by_step(client: Client, film: Path) -> None:
    job = client.shoot(film, "0.02", settings=settings(frames=5, seed=7))
    told: list[job_pb2.JobEvent] = []
    result = client.wait(job.job_id, told.append)
    assert result.shoot.takes[0].frames == 5
    assert [event.sequence for event in told] == list(range(1, len(told) + 1))
    assert told[-1].state == DONE
    steps = [event.progress.done for event in told if event.progress.stage == "frames"]
    assert steps == sorted(steps)
    assert steps[-1] == 5
    done = client.job(job.job_id)
    assert done.submitted_at.ToNanoseconds() < done.started_at.ToNanoseconds() < done.ended_at.ToNanoseconds()


def test_submitting_twice_shoots_once(client: Client, film: Path) -> None:
    """The same request id with the same brief is the same job; with another brief it is refused."""
    first = client.shoot(film, "0", request_id="request-one-1")
    second = client.shoot(film, "0", request_id="request-one-1")
    assert first.job_id == second.job_id
    with pytest.raises(Conflict):
        client.shoot(film, "0.1", request_id="request-one-1")
    client.wait(first.job_id)
    assert (film / "made.log").read_text().split() == ["0", "1", "2"]


def test_a_watch_can_be_taken_up_anywhere_and_closing_it_cancels_nothing(client: Client, film: Path) -> None:
    job = client.shoot(film, "0.05", settings=settings(frames=10))
    watch = client.watch(job.job_id)
    first = [next(watch) for _ in range(3)]
    watch.close()
    rest = list(client.watch(job.job_id, after=first[-1].sequence))
    assert [event.sequence for event in (*first, *rest)] == list(range(1, rest[-1].sequence + 1))
    assert rest[-1].state == DONE


@pytest.mark.parametrize(
    ("note", "error"), [("fails", BadInput), ("full disk", OutOfSpace), ("bug", EngineFault)], ids=str
)
def test_a_failed_job_says_why(client: Client, film: Path, note: str, error: type[Exception]) -> None:
    job = client.retake(film, "sh010", note)
    with pytest.raises(error) as raised:
        client.wait(job.job_id)
    assert getattr(raised.value, "mend", "")
    assert client.wait(client.retake(film, "sh010", "prints").job_id) is not None


def test_a_cancelled_job_stops_at_once(client: Client, film: Path) -> None:
    """A handler that checks is stopped within a fraction of a second, and stays warm."""
    job = client.retake(film, "sh010", "slow")
    wait_for_stage(client, job.job_id, "slow")
    worker = worker_of(client.info().pid)
    begin = time.monotonic()
    assert client.cancel(job.job_id).state == CANCELLED
    assert time.monotonic() - begin < 0.5
    assert worker_of(client.info().pid) == worker
    assert type(job_error(client.job(job.job_id))).__name__ == "Cancelled"


def test_a_deaf_job_is_stopped_within_two_seconds(client: Client, film: Path) -> None:
    """A handler that never checks loses its process; half its product is removed; the next job gets a new worker."""
    job = client.retake(film, "sh010", "deaf")
    wait_for_stage(client, job.job_id, "deaf")
    wait_until(lambda: (film / "cache/frames/deaf.part").is_dir())
    begin = time.monotonic()
    assert client.cancel(job.job_id).state == CANCELLED
    assert time.monotonic() - begin < 2.0
    assert not (film / "cache/frames/deaf.part").exists()
    client.wait(client.shoot(film, "0").job_id)


def test_cancelling_an_ended_job_changes_nothing(client: Client, film: Path) -> None:
    job = client.shoot(film, "0")
    client.wait(job.job_id)
    assert client.cancel(job.job_id).state == DONE
    with pytest.raises(NotFound):
        client.cancel("job-nowhere")


def test_all_jobs_can_be_cancelled(client: Client, film: Path) -> None:
    jobs = [client.retake(film, "sh010", "slow") for _ in range(3)]
    cancelled = client.cancel_all()
    assert {job.job_id for job in cancelled} >= {job.job_id for job in jobs}
    assert client.info().unfinished_jobs == 0


def test_waiting_jobs_can_be_reordered(client: Client, film: Path) -> None:
    client.pause_queue()
    names = [client.shoot(film / str(number), "0").job_id for number in range(3)]
    assert [job.position for job in reversed(client.jobs(unfinished_only=True))] == [2, 1, 0]
    assert client.move(names[2], before=names[0]).position == 0
    client.resume_queue()
    done = [client.job(name) for name in names if client.wait(name)]
    ended = sorted(done, key=lambda job: job.ended_at.ToNanoseconds())
    assert [job.job_id for job in ended] == [names[2], names[0], names[1]]
    with pytest.raises(NotReady):
        client.move(names[0])


def test_a_held_job_goes_on_where_it_was(client: Client, film: Path) -> None:
    """Held in mid-job; another job passes; resumed, it makes no frame twice."""
    job = client.shoot(film, "0.05", settings=settings(frames=20))
    wait_until(lambda: (film / "made.log").exists())
    assert client.pause(job.job_id).state == HELD
    made = len((film / "made.log").read_text().split())
    assert 0 < made < 20
    client.wait(client.shoot(film.with_name("other"), "0").job_id)
    with pytest.raises(NotReady):
        client.pause(job.job_id)
    assert client.resume(job.job_id).state in (QUEUED, RUNNING)
    client.wait(job.job_id)
    assert (film / "made.log").read_text().split() == [str(number) for number in range(20)]


def test_a_cancelled_job_can_be_retried(client: Client, film: Path) -> None:
    job = client.shoot(film, "0.05", settings=settings(frames=10))
    client.cancel(job.job_id)
    client.retry(job.job_id)
    assert client.wait(job.job_id).shoot.takes[0].frames == 10


def test_bad_work_is_refused_before_it_is_queued(client: Client, film: Path) -> None:
    before = len(client.jobs(limit=1000))
    with pytest.raises(BadInput):
        client.shoot(film, "  ")
    with pytest.raises(BadInput):
        client.shoot(film, "a cat", settings=settings(width=100_000, height=100_000))
    with pytest.raises(TooLarge):
        client.shoot(film, "x" * 10_000_000, kind="fountain")
    with pytest.raises(BadInput):
        client.submit(job_pb2.Work())
    with pytest.raises(BadInput):
        client.shoot(film, "a cat", request_id="no")
    assert len(client.jobs(limit=1000)) == before
    assert not film.exists()


def test_a_job_that_crashes_every_worker_fails(client: Client, film: Path) -> None:
    job = client.retake(film, "sh010", "crashes")
    with pytest.raises(EngineFault, match="died"):
        client.wait(job.job_id)
