"""The WebSocket: greeting, watches that resume, calls, beats."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from secondunit_bridge.client import connect
from secondunit_bridge.gateway import web_socket
from tests.bridge.gateway.serving import Door, serving
from tests.bridge.gateway.test_calls import submit
from tests.engine.running import kill, start, stop_engine

Socket = aiohttp.ClientWebSocketResponse


@asynccontextmanager
async def connected(door: Door, **options: Any) -> AsyncIterator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"ws://127.0.0.1:{door.port}/socket", **options) as socket,
    ):
        yield socket


async def greet(socket: Socket, token: str) -> dict[str, Any]:
    await socket.send_json({"id": 1, "hello": {"token": token, "client": "test", "protocol": 1}})
    return await socket.receive_json(timeout=10)


def talk(door: Door, work: Callable[[Socket], Awaitable[None]]) -> None:
    """Run `work` on a socket that has greeted."""

    async def run() -> None:
        async with connected(door) as socket:
            await greet(socket, door.served.token)
            await work(socket)

    asyncio.run(run())


async def answers(socket: Socket, id_: int) -> list[dict[str, Any]]:
    """What comes for one id, up to its end, response or error."""
    found = []
    while True:
        told = await socket.receive_json(timeout=20)
        if told.get("id") == str(id_):
            found.append(told)
            if {"end", "error", "response"} & told.keys():
                return found


def test_a_greeting_is_answered_with_what_can_be_done(door: Door) -> None:
    """Versions, capabilities, every call, limits, and where the mailbox and the project are."""

    async def run() -> None:
        async with connected(door) as socket:
            told = await greet(socket, door.served.token)
            welcome = told["welcome"]
            assert told["id"] == "1"
            assert (welcome["protocol"], welcome["version"], welcome["engineVersion"]) == (1, "0.1.0", "0.1.0")
            assert {"calls", "watch", "media", "mailbox"} <= set(welcome["capabilities"])
            assert "secondunit.v1.JobService/SubmitJob" in welcome["methods"]
            assert welcome["mailboxDir"] == str(door.state / "mailbox")
            assert welcome["projectDir"]
            assert welcome["beatSeconds"] > 0
            assert int(welcome["messageLimit"]) == 16 * 2**20

    asyncio.run(run())


@pytest.mark.parametrize(
    ("first", "headers", "why"),
    [
        ({"hello": {"token": "0" * 64, "protocol": 1}}, {}, "unauthenticated"),
        ({"hello": {"protocol": 1}}, {}, "unauthenticated"),
        ({"hello": {"protocol": 1}}, {"Authorization": "Bearer nonsense"}, "unauthenticated"),
        ({"watch": {"jobId": "x"}}, {}, "invalid_argument"),
        ({"hello": {"token": "{token}"}}, {}, "invalid_argument"),
        ({"shout": 1}, {}, "invalid_argument"),
    ],
    ids=["wrong", "none", "wrong header", "no greeting", "no protocol", "unknown"],
)
def test_who_does_not_greet_properly_is_shown_out(
    door: Door, first: dict[str, Any], headers: dict[str, str], why: str
) -> None:
    """One error that says why, and the socket closes by policy (1008)."""

    async def run() -> None:
        async with connected(door, headers=headers) as socket:
            await socket.send_str(json.dumps(first).replace("{token}", door.served.token))
            told = await socket.receive_json(timeout=10)
            assert told["error"]["code"] == why
            assert (await socket.receive()).type == aiohttp.WSMsgType.CLOSE
            assert socket.close_code == 1008

    asyncio.run(run())


def test_who_says_nothing_is_shown_out(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open socket without a greeting does not stay."""
    monkeypatch.setattr(web_socket, "HELLO_SECONDS", 0.1)

    async def run() -> None:
        async with connected(door) as socket:
            assert (await socket.receive_json(timeout=10))["error"]["code"] == "invalid_argument"

    asyncio.run(run())


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_page_cannot_open_it(door: Door, origin: str) -> None:
    """Browsers let any page open a WebSocket; the Origin is all that tells."""

    async def run() -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connected(door, headers={"Origin": origin}):
                pass
        assert refused.value.status == 403

    asyncio.run(run())


def test_a_watch_tells_everything_and_resumes(door: Door, tmp_path: Path) -> None:
    """Every event in order and then the end; watched again after a number, only what came later."""
    job_id = submit(door, tmp_path / "film", 0.02, 5)

    async def work(socket: Socket) -> None:
        await socket.send_json({"id": 2, "watch": {"jobId": job_id}})
        *events, end = await answers(socket, 2)
        numbers = [int(told["event"]["sequence"]) for told in events]
        assert numbers == list(range(1, len(numbers) + 1))
        assert events[-1]["event"]["state"] == "JOB_STATE_DONE"
        assert end["end"]["sequence"] == str(numbers[-1])
        await socket.send_json({"id": 3, "watch": {"jobId": job_id, "afterSequence": numbers[-2]}})
        again = await answers(socket, 3)
        assert [told["event"]["sequence"] for told in again[:-1]] == [str(numbers[-1])]

    talk(door, work)


def test_calls_pass_and_faults_are_told_by_id(door: Door) -> None:
    """A call's response, a wrong call's error, a frame that is no JSON: the socket lives on."""

    async def work(socket: Socket) -> None:
        call = {"method": "secondunit.v1.JobService/ListJobs", "request": {"limit": 1}}
        await socket.send_json({"id": 2, "call": call})
        assert "response" in (await answers(socket, 2))[0]
        await socket.send_json({"id": 3, "call": {"method": "secondunit.v1.JobService/Nothing"}})
        assert (await answers(socket, 3))[0]["error"]["name"] == "NotFound"
        await socket.send_json({"id": 4, "call": {"method": "secondunit.v1.JobService/WatchJob"}})
        assert (await answers(socket, 4))[0]["error"]["name"] == "BadInput"
        await socket.send_json({"id": 5, "watch": {"jobId": "job-none"}})
        assert (await answers(socket, 5))[0]["error"]["code"] == "not_found"
        await socket.send_str("{")
        assert (await socket.receive_json(timeout=10))["error"]["name"] == "BadInput"
        await socket.send_json({"id": 6, "hello": {"token": "again"}})
        assert (await answers(socket, 6))[0]["error"]["name"] == "BadInput"

    talk(door, work)


def test_a_watch_can_be_taken_back(door: Door, tmp_path: Path) -> None:
    """It ends, the job goes on, and an id in use is refused."""
    job_id = submit(door, tmp_path / "film", 0.2, 6)

    async def work(socket: Socket) -> None:
        await socket.send_json({"id": 2, "watch": {"jobId": job_id}})
        assert "event" in await socket.receive_json(timeout=10)
        await socket.send_json({"id": 2, "watch": {"jobId": job_id}})
        while "error" not in (told := await socket.receive_json(timeout=10)):
            pass
        assert "busy" in told["error"]["message"]
        await socket.send_json({"id": 3, "unwatch": 2})
        assert "end" in (await answers(socket, 2))[-1]

    talk(door, work)
    assert door.call("JobService/CancelJob", {"jobId": job_id})["job"]["state"] == "JOB_STATE_CANCELLED"


def test_beats_come(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that hears none for long knows that the gateway is dead."""
    monkeypatch.setattr(web_socket, "BEAT_SECONDS", 0.05)

    async def work(socket: Socket) -> None:
        beats = [(await socket.receive_json(timeout=10))["beat"] for _ in range(3)]
        assert beats == ["1", "2", "3"]

    talk(door, work)


def test_a_large_frame_ends_the_socket(door: Door) -> None:
    """Over a megabyte the socket closes as too big (1009); others are not disturbed."""

    async def work(socket: Socket) -> None:
        await socket.send_str(" " * (web_socket.FRAME_LIMIT + 1))
        while (told := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
        assert told.data == 1009

    talk(door, work)


def test_a_watch_outlives_the_engine(tmp_path: Path) -> None:
    """The engine is killed in mid-job and another takes its queue over: no event is missed or told twice."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    first = start(state)
    with connect(state) as client:
        pid = client.info().pid
    second = None
    try:
        with serving(state) as door:
            job_id = submit(door, tmp_path / "film", 0.3, 5)

            async def work(socket: Socket) -> None:
                nonlocal second
                await socket.send_json({"id": 2, "watch": {"jobId": job_id}})
                while "frames" not in json.dumps(await socket.receive_json(timeout=10)):
                    pass
                kill(pid)
                second = await asyncio.to_thread(start, state)
                told = await answers(socket, 2)
                numbers = [int(each["event"]["sequence"]) for each in told[:-1]]
                assert numbers == list(range(numbers[0], numbers[-1] + 1))
                assert told[-2]["event"]["state"] == "JOB_STATE_DONE"

            talk(door, work)
    finally:
        for process in (first, second):
            if process is not None:
                stop_engine(process)
