"""The engine is killed, again and again, and nothing is lost or done twice."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from secondunit_bridge.client import connect, settings
from secondunit_bridge.launch import stop_engine
from tests.engine.running import CANCELLED, DONE, is_alive, kill, start, wait_for_stage, wait_until, worker_of

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")

KILLS = 20
FRAMES = 60


def test_twenty_kills_of_server_and_worker_in_one_job(tmp_path: Path) -> None:
    """SIGKILL at random moments, by turns to the server and to its worker: the job ends, no frame is made twice."""
    chance = random.Random(7)
    state, film = tmp_path / "state", tmp_path / "film"
    server = start(state)
    try:
        with connect(state) as client:
            job = client.shoot(film, "0.1", settings=settings(frames=FRAMES, seed=3))
        for turn in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.6))
            if turn % 2:
                worker = worker_of(server.pid)
                if worker is not None:
                    kill(worker)
            else:
                kill(server.pid)
                server.wait()
                server = start(state)
        with connect(state) as client:
            client.wait(job.job_id)
            assert client.job(job.job_id).state == DONE
            events = list(client.watch(job.job_id))
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert (film / "made.log").read_text().split() == [str(number) for number in range(FRAMES)]
        frames = sorted((film / "cache/frames/abc").iterdir())
        assert [path.read_text() for path in frames] == [f"frame {number} of seed 3" for number in range(FRAMES)]
    finally:
        stop_engine(server)


@pytest.mark.parametrize("gently", [False, True], ids=["killed", "stopped"])
def test_a_watch_outlives_the_engine(tmp_path: Path, gently: bool) -> None:
    """The server ends and is started again while a client watches: the client notices only a pause."""
    state = tmp_path / "state"
    server = start(state)
    try:
        with connect(state) as client:
            job = client.shoot(tmp_path / "film", "0.05", settings=settings(frames=30))
            told = []
            for event in client.watch(job.job_id):
                told.append(event.sequence)
                if len(told) == 5:
                    if gently:
                        stop_engine(server)
                    else:
                        kill(server.pid)
                    server.wait()
                    server = start(state)
            assert told == list(range(1, told[-1] + 1))
            assert client.job(job.job_id).state == DONE
    finally:
        stop_engine(server)


def test_the_worker_dies_with_its_server(tmp_path: Path) -> None:
    """Even while it is deaf to everything else."""
    state = tmp_path / "state"
    server = start(state)
    try:
        with connect(state) as client:
            job = client.retake(tmp_path / "film", "sh010", "deaf")
            wait_for_stage(client, job.job_id, "deaf")
        worker = worker_of(server.pid)
        assert worker is not None
        kill(server.pid)
        wait_until(lambda: not is_alive(worker), seconds=2.0)
    finally:
        stop_engine(server)


def test_stopping_the_engine_keeps_its_jobs(tmp_path: Path) -> None:
    """Stopped in mid-job by a signal: the next engine ends the job; what was cancelled stays cancelled."""
    state, film = tmp_path / "state", tmp_path / "film"
    server = start(state)
    try:
        with connect(state) as client:
            job = client.shoot(film, "0.05", settings=settings(frames=20))
            cancelled = client.shoot(tmp_path / "other", "0")
            client.cancel(cancelled.job_id)
            wait_until(lambda: (film / "made.log").exists())
        stop_engine(server)
        assert server.returncode == 0
        assert not (state / "engine.json").exists()
        server = start(state)
        with connect(state) as client:
            client.wait(job.job_id)
            assert client.job(cancelled.job_id).state == CANCELLED
        assert (film / "made.log").read_text().split() == [str(number) for number in range(20)]
    finally:
        stop_engine(server)
