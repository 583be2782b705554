"""Calls of the contract over HTTP, in the Connect protocol's JSON form (connectrpc.com/docs/protocol).

A unary call is a POST of the request's canonical JSON. A stream is asked for with application/connect+json: each
message is enveloped in a byte of flags and four of length, and the last one, with flag 2, tells how it ended.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping
from typing import Any, TypeVar

from aiohttp import web
from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from secondunit_bridge.errors import BadInput, NotFound, SecondUnitError
from secondunit_bridge.gateway.answers import answer, connect_error
from secondunit_bridge.gateway.guard import READ_SECONDS
from secondunit_bridge.gateway.line import METHODS, Line

LAST = 2  # flag of the envelope that ends a stream
_UNARY, _STREAM = "application/json", "application/connect+json"
M = TypeVar("M", bound=Message)


def read_message(text: str | bytes, into: M) -> M:
    """A message from its canonical JSON. Raises BadInput, also for a field that there is not."""
    try:
        if text.strip()[:1] not in ("{", b"{"):  # the parser would take an empty list as well
            raise ValueError("it is not an object")
        return json_format.Parse(text, into)
    except (json_format.ParseError, RecursionError, UnicodeDecodeError, ValueError, TypeError) as fault:
        name = into.DESCRIPTOR.name
        raise BadInput(f"This is not a {name}: {str(fault)[:200]}", mend="Send protobuf's canonical JSON.") from None


def read_document(document: Mapping[str, Any], into: M) -> M:
    """A message from a JSON document that has been read already. Raises BadInput."""
    return read_message(json.dumps(document), into)


def document_of(message: Message) -> dict[str, Any]:
    """A message as canonical JSON."""
    return json_format.MessageToDict(message)


def request_of(name: str) -> Message:
    """An empty request of a call. Raises NotFound."""
    if name not in METHODS:
        raise NotFound(f"There is no call {name[:200]}.", mend="See the welcome message for what there is.")
    return GetMessageClass(METHODS[name].input_type)()


async def make_call(line: Line, name: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Make a unary call given as JSON. Raises NotFound, BadInput, and what the engine raises."""
    request = read_document(document, request_of(name))
    if METHODS[name].server_streaming:
        raise BadInput(f"{name} is a stream.", mend="Watch it on the WebSocket, or by application/connect+json.")
    return document_of(await line.call(name, request))


def add_calls(app: web.Application, line: Line) -> None:
    """Serve every call of the contract."""

    async def call(request: web.Request) -> web.StreamResponse:
        name = f"{request.match_info['service']}/{request.match_info['method']}"
        wanted = request_of(name)
        streams = METHODS[name].server_streaming
        if request.content_type != (_STREAM if streams else _UNARY):
            raise BadInput(
                f"{name} is not called with {request.content_type}.",
                mend=f"Send Content-Type: {_STREAM if streams else _UNARY}.",
            )
        timeout = _timeout(request)
        async with asyncio.timeout(READ_SECONDS):
            body = await request.read()
        if not streams:
            message = read_message(body, wanted)
            return answer(document_of(await line.call(name, message, timeout)))
        return await _stream(line, name, read_message(_opened(body), wanted), request, timeout)

    app.router.add_post(r"/{service:secondunit\.v1\.\w+}/{method:\w+}", call)


async def _stream(
    line: Line, name: str, message: Message, request: web.Request, timeout: float | None
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": _STREAM, "Cache-Control": "no-store"})
    await response.prepare(request)
    end: dict[str, Any] = {}
    try:
        async for each in line.stream(name, message, timeout):
            await response.write(_envelope(0, document_of(each)))
    except SecondUnitError as error:
        end = {"error": connect_error(error)}
    await response.write(_envelope(LAST, end))
    await response.write_eof()
    return response


def _timeout(request: web.Request) -> float | None:
    """The caller's deadline in seconds. Raises BadInput."""
    said = request.headers.get("Connect-Timeout-Ms")
    if said is None:
        return None
    if not said.isdecimal() or not 1 <= len(said) <= 10:
        raise BadInput(f"“{said[:20]}” is not a time-out.", mend="Send Connect-Timeout-Ms with up to ten digits.")
    return int(said) / 1000


def _envelope(flags: int, document: Mapping[str, Any]) -> bytes:
    data = json.dumps(document, ensure_ascii=False).encode()
    return struct.pack(">BI", flags, len(data)) + data


def _opened(body: bytes) -> bytes:
    """What is in the one envelope of a request. Raises BadInput."""
    if len(body) < 5 or body[0] != 0 or struct.unpack(">I", body[1:5])[0] != len(body) - 5:
        raise BadInput("The request is not one uncompressed envelope.", mend="Send a 0, four bytes of length, JSON.")
    return body[5:]
