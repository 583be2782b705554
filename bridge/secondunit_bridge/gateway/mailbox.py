"""The folder mailbox: calls as files, for a host in which no network is allowed.

A client writes `requests/NAME.json.part` and renames it to `requests/NAME.json`:

    {"method": "secondunit.v1.JobService/GetJob", "request": {"jobId": "…"}}

The answer appears whole as `answers/NAME.json`, a `MailboxAnswer`: {"response": {…}} or {"error": {…}}; only then is
the request taken away. A gateway killed between finds the request again and makes the call again: whoever submits
jobs gives a request id, so that one job comes of it. The folder is private (0700): who can write into it can also read
the token beside it, so requests carry none.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from pathlib import Path
from typing import Any

from google.protobuf import json_format

from secondunit.v1 import gateway_pb2
from secondunit_bridge.connection import check_private, make_private, write_private
from secondunit_bridge.errors import BadInput, SecondUnitError, TooLarge, Unavailable
from secondunit_bridge.gateway.answers import as_known, error_message
from secondunit_bridge.gateway.calls import document_of, make_call, read_message
from secondunit_bridge.gateway.line import Line
from secondunit_bridge.wire import MESSAGE_LIMIT

LOOK_SECONDS = 0.25  # between looks into the folder
KEPT_SECONDS = 24 * 3600.0  # how long an answer that nobody fetched stays
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\.json")
_ONE_LOOK = 64  # requests taken at a time; the others wait for the next look


class Mailbox:
    """A folder with `requests` and `answers`, made for this user alone. Raises Denied where others may write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._requests, self._answers = folder / "requests", folder / "answers"
        for each in (folder, self._requests, self._answers):
            make_private(each)
            check_private(each)

    async def serve(self, line: Line) -> None:
        """Answer requests until cancelled."""
        while True:
            await self.answer_all(line)
            await asyncio.sleep(LOOK_SECONDS)

    async def answer_all(self, line: Line) -> int:
        """Answer what lies there now, oldest name first; returns how many. While the engine is away they wait."""
        waiting = sorted(name for name in os.listdir(self._requests) if _NAME.fullmatch(name))[:_ONE_LOOK]
        for done, name in enumerate(waiting):
            path = self._requests / name
            if not (self._answers / name).exists():  # else killed after it was answered
                answer = await self._answer(line, path)
                if answer is None:
                    return done
                write_private(self._answers / name, json.dumps(document_of(answer)).encode())
            path.unlink(missing_ok=True)
        self._forget_old()
        return len(waiting)

    async def _answer(self, line: Line, path: Path) -> gateway_pb2.MailboxAnswer | None:
        """What to answer; None to ask again later, while the engine is away."""
        try:
            call = read_message(_read(path), gateway_pb2.GatewayCall())
            made: dict[str, Any] = await make_call(line, call.method, json_format.MessageToDict(call.request))
        except Unavailable:
            return None
        except Exception as fault:  # noqa: BLE001  every fault is answered as one of the tree
            error: SecondUnitError = as_known(fault)
            return gateway_pb2.MailboxAnswer(error=error_message(error))
        answer = gateway_pb2.MailboxAnswer()
        answer.response.update(made)
        return answer

    def _forget_old(self) -> None:
        for entry in os.scandir(self._answers):
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > KEPT_SECONDS:
                Path(entry.path).unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    """A request's bytes; no link is followed and no device read. Raises BadInput, TooLarge."""
    if path.is_symlink() or not path.is_file():
        raise BadInput("The request is not a regular file.", mend="Write a file and rename it into place.")
    if path.stat().st_size > MESSAGE_LIMIT:
        raise TooLarge("The request is over 16 MiB.", mend="Large things go by path.")
    return path.read_bytes()
