"""The folder mailbox."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from secondunit_bridge.client import Client
from secondunit_bridge.connection import Address, read_address
from secondunit_bridge.errors import Denied, Unavailable
from secondunit_bridge.gateway.line import Line
from secondunit_bridge.gateway.mailbox import Mailbox
from tests.bridge.gateway.serving import Door
from tests.engine.running import wait_until

LIST = {"method": "secondunit.v1.JobService/ListJobs", "request": {"limit": 5}}


@pytest.fixture
def box(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox")


def post(box: Mailbox, name: str, request: Any) -> None:
    """As a client does it: whole under another name, then renamed."""
    part = box.folder / "requests" / f"{name}.part"
    part.write_text(request if isinstance(request, str) else json.dumps(request))
    os.replace(part, part.with_suffix(""))


def answer_all(box: Mailbox, state: Path) -> int:
    async def run() -> int:
        line = Line(lambda: read_address(state))
        try:
            return await box.answer_all(line)
        finally:
            await line.close()

    return asyncio.run(run())


def read(box: Mailbox, name: str) -> Any:
    return json.loads((box.folder / "answers" / name).read_text())


def test_the_gateway_answers_what_lies_there(door: Door) -> None:
    """A request file becomes an answer file of its name, and is taken away."""
    box = Mailbox(door.state / "mailbox")
    post(box, "info.json", {"method": "secondunit.v1.EngineService/GetEngineInfo"})
    wait_until(lambda: (box.folder / "answers/info.json").exists())
    assert read(box, "info.json")["response"]["version"] == "0.1.0"
    wait_until(lambda: not (box.folder / "requests/info.json").exists())


def test_bad_requests_are_answered_with_errors(box: Mailbox, engine: tuple[Client, Path]) -> None:
    """No JSON, an unknown call, a field that there is not, a link: each has its typed answer."""
    bad = {
        "half.json": "{",
        "list.json": "[]",
        "call.json": {"method": "secondunit.v1.JobService/Nothing"},
        "field.json": LIST | {"request": {"colour": "red"}},
        "stream.json": {"method": "secondunit.v1.JobService/WatchJob", "request": {"jobId": "x"}},
    }
    for name, request in bad.items():
        post(box, name, request)
    secret = box.folder / "secret"
    secret.write_text(json.dumps(LIST))
    (box.folder / "requests/link.json").symlink_to(secret)
    assert answer_all(box, engine[1]) == len(bad) + 1
    names = {name: read(box, name)["error"]["name"] for name in [*bad, "link.json"]}
    assert names == dict.fromkeys(names, "BadInput") | {"call.json": "NotFound"}
    assert os.listdir(box.folder / "requests") == []


def test_what_is_not_a_request_is_left_alone(box: Mailbox, engine: tuple[Client, Path]) -> None:
    """Half-written files, hidden ones, odd names."""
    for name in ("a.json.part", ".hidden.json", "sp ace.json", "a.txt"):
        (box.folder / "requests" / name).write_text("{}")
    assert answer_all(box, engine[1]) == 0
    assert len(os.listdir(box.folder / "requests")) == 4


def test_a_kill_between_answer_and_clearing_makes_no_second_call(box: Mailbox, engine: tuple[Client, Path]) -> None:
    """The answer that is there stays; a submission found again under its request id gives the same job."""
    post(box, "a.json", LIST)
    (box.folder / "answers/a.json").write_text('{"response": {"mine": true}}')
    assert answer_all(box, engine[1]) == 1
    assert read(box, "a.json")["response"] == {"mine": True}
    brief = {"kind": "BRIEF_KIND_PROMPT", "text": "0"}
    work = {"shoot": {"projectDir": str(box.folder / "film"), "brief": brief}}
    submit = {"method": "secondunit.v1.JobService/SubmitJob", "request": {"requestId": "mailbox-1", "work": work}}
    jobs = []
    for name in ("b.json", "c.json"):
        post(box, name, submit)
        answer_all(box, engine[1])
        jobs.append(read(box, name)["response"]["job"]["jobId"])
    assert jobs[0] == jobs[1]


def test_requests_wait_for_an_engine_that_is_away(box: Mailbox) -> None:
    """Nothing is lost and nothing is answered with a fault that will pass."""

    def locate() -> Address:
        raise Unavailable("No engine is running.")

    post(box, "a.json", LIST)
    assert asyncio.run(box.answer_all(Line(locate))) == 0
    assert os.listdir(box.folder / "requests") == ["a.json"]
    assert os.listdir(box.folder / "answers") == []


def test_old_answers_are_forgotten(box: Mailbox, engine: tuple[Client, Path]) -> None:
    """An answer that nobody fetched for a day goes; a fresh one stays."""
    for name, age in (("old.json", 25 * 3600), ("new.json", 0)):
        path = box.folder / "answers" / name
        path.write_text("{}")
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
    answer_all(box, engine[1])
    assert os.listdir(box.folder / "answers") == ["new.json"]


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    """Who may write there may call us, so nobody else may."""
    folder = tmp_path / "box"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(Denied):
        Mailbox(folder)
