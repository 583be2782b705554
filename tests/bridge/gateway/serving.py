"""A gateway in a thread of its own, and a bare HTTP client that sends exactly the headers it is told to."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondunit_bridge.gateway.serve import Options, Served, run_gateway

JSON = {"Content-Type": "application/json"}
JOBS = "/secondunit.v1.JobService/"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Door:
    """A gateway that runs."""

    served: Served
    state: Path

    @property
    def port(self) -> int:
        return int(self.served.url.rpartition(":")[2])

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.served.token}"}

    def ask(
        self, method: str, path: str, body: bytes | str = b"", headers: Mapping[str, str] | None = None, *,
        token: bool = True, host: str | None = None,
    ) -> Reply:  # fmt: skip
        """One request; with `token` it bears ours."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        sent = {"Host": host or f"127.0.0.1:{self.port}"} | (self.bearer if token else {}) | dict(headers or {})
        data = body.encode() if isinstance(body, str) else body
        for name, value in ({"Content-Length": str(len(data))} | sent).items():
            connection.putheader(name, value)
        connection.endheaders(data)
        response = connection.getresponse()
        reply = Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return reply

    def call(self, name: str, request: Mapping[str, Any]) -> Any:
        """A unary call of the contract that must succeed."""
        reply = self.ask("POST", f"/secondunit.v1.{name}", json.dumps(request), JSON)
        assert reply.status == 200, reply.body
        return reply.json


@contextmanager
def serving(state: Path, project: Path | None = None, origins: frozenset[str] = frozenset()) -> Iterator[Door]:
    """A gateway on the engine of a state folder, for the length of the block."""
    told: list[Served] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    faults: list[BaseException] = []

    def tell(served: Served) -> None:
        told.append(served)
        ready.set()

    def run() -> None:
        options = Options(state, project or state / "videos.film", origins=origins)
        try:
            loop.run_until_complete(run_gateway(options, tell, stop))
        except BaseException as fault:  # noqa: BLE001  told to the test
            faults.append(fault)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(30)
    try:
        if faults:
            raise faults[0]
        yield Door(told[0], state)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        loop.close()
    assert not faults, faults
