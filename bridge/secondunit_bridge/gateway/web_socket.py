"""The WebSocket: a greeting with the token, then watches that resume by sequence number, calls, and beats.

One JSON message a frame: `SocketRequest` in, `SocketResponse` out (proto/secondunit/v1/gateway.proto).

    > {"id": "1", "hello": {"token": "…", "client": "premiere 0.1.0", "protocol": 1}}
    < {"id": "1", "welcome": {"version": "0.1.0", "protocol": 1, "capabilities": ["calls", "watch", …], …}}
    > {"id": "2", "watch": {"jobId": "…", "afterSequence": "0"}}
    < {"id": "2", "event": {"sequence": "1", …}} …  {"id": "2", "end": {"sequence": "9"}}
    < {"beat": "1"}

A connection that breaks costs nothing: the client comes back and watches after the last sequence number it saw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import WSMsgType, web
from google.protobuf import json_format

from secondunit.v1 import gateway_pb2
from secondunit_bridge.errors import BadInput, SecondUnitError, TooLarge
from secondunit_bridge.gateway.answers import as_known, error_message
from secondunit_bridge.gateway.calls import document_of, make_call, read_message
from secondunit_bridge.gateway.guard import Guard
from secondunit_bridge.gateway.line import Line

PROTOCOL = 1
HELLO_SECONDS = 5.0  # in which the greeting must come
BEAT_SECONDS = 5.0
FRAME_LIMIT = 2**20  # bytes; a whole screenplay goes as a call over HTTP
MOST_SOCKETS = 32
MOST_TASKS = 64  # watches and calls under way on one socket
Welcome = Callable[[], Awaitable[gateway_pb2.Welcome]]


def add_socket(app: web.Application, line: Line, guard: Guard, welcome: Welcome) -> None:
    """Serve /socket."""
    open_sockets: set[web.WebSocketResponse] = set()

    async def serve(request: web.Request) -> web.StreamResponse:
        if len(open_sockets) >= MOST_SOCKETS:
            raise TooLarge(f"{MOST_SOCKETS} sockets are open already.", mend="Close one, or use it for several jobs.")
        response = web.WebSocketResponse(max_msg_size=FRAME_LIMIT, heartbeat=4 * BEAT_SECONDS, timeout=2.0)
        await response.prepare(request)
        open_sockets.add(response)
        try:
            greeted = "Authorization" in request.headers
            if greeted:
                guard.check_header(request)
            await _Socket(response, line, guard, welcome).run(greeted)
        except (SecondUnitError, TimeoutError) as fault:
            await _refuse(response, as_known(fault))
        finally:
            open_sockets.discard(response)
            await response.close()
        return response

    async def close_all(_: web.Application) -> None:
        for response in list(open_sockets):
            await response.close(code=1001, message=b"The gateway is stopping.")

    app.router.add_get("/socket", serve)
    app.on_shutdown.append(close_all)


async def _refuse(response: web.WebSocketResponse, error: SecondUnitError) -> None:
    if not response.closed:
        await response.send_json(document_of(gateway_pb2.SocketResponse(error=error_message(error))))
        await response.close(code=1008, message=error.message.encode()[:120])


class _Socket:
    """One client, from its greeting to its end."""

    def __init__(self, response: web.WebSocketResponse, line: Line, guard: Guard, welcome: Welcome) -> None:
        self._response, self._line, self._guard, self._welcome = response, line, guard, welcome
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def run(self, known: bool) -> None:
        """Serve until the client goes. `known` says that its header bore the token. Raises WrongToken, BadInput."""
        async with asyncio.timeout(HELLO_SECONDS):
            first = self._read((await self._response.receive()).data)
        if first.WhichOneof("kind") != "hello":
            raise BadInput("The first message is not a greeting.", mend="Send hello with the token.")
        if first.hello.token or not known:
            self._guard.check_token(first.hello.token)
        if first.hello.protocol < 1:
            raise BadInput("The greeting names no protocol.", mend=f"Say protocol {PROTOCOL}.")
        await self._send(gateway_pb2.SocketResponse(id=first.id, welcome=await self._welcome()))
        beats = asyncio.ensure_future(self._beat())
        try:
            async for frame in self._response:
                if frame.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    await self._take(frame.data)
        finally:
            tasks = [beats, *self._tasks.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, data: object) -> None:
        try:
            asked = self._read(data)
        except BadInput as error:
            await self._send(gateway_pb2.SocketResponse(error=error_message(error)))
            return
        match asked.WhichOneof("kind"):
            case "watch":
                self._begin(asked.id, self._watch(asked))
            case "call":
                self._begin(asked.id, self._call(asked))
            case "unwatch":
                if (task := self._tasks.get(asked.unwatch)) is not None:
                    task.cancel()
            case _:
                await self._fail(asked.id, BadInput("Nothing is asked here.", mend="Send watch, unwatch or call."))

    def _begin(self, id_: int, work: Awaitable[None]) -> None:
        async def guarded() -> None:
            try:
                if id_ in running or len(running) >= MOST_TASKS:
                    raise BadInput(f"Id {id_} is busy, or {MOST_TASKS} are.", mend="Use another id, or wait.")
                running[id_] = task
                await work
            except Exception as fault:  # noqa: BLE001  every fault is told as one of the tree
                await self._fail(id_, as_known(fault))
            finally:
                if running.get(id_) is task:
                    del running[id_]
                if asyncio.iscoroutine(work):
                    work.close()

        running = self._tasks
        task = asyncio.ensure_future(guarded())

    async def _watch(self, asked: gateway_pb2.SocketRequest) -> None:
        last = asked.watch.after_sequence
        try:
            async for event in self._line.watch(asked.watch.job_id, last):
                last = event.sequence
                await self._send(gateway_pb2.SocketResponse(id=asked.id, event=event))
        except asyncio.CancelledError:
            pass  # taken back, or the socket is closing
        await self._send(gateway_pb2.SocketResponse(id=asked.id, end=gateway_pb2.WatchEnd(sequence=last)))

    async def _call(self, asked: gateway_pb2.SocketRequest) -> None:
        answer = await make_call(self._line, asked.call.method, json_format.MessageToDict(asked.call.request))
        response = gateway_pb2.SocketResponse(id=asked.id)
        response.response.update(answer)
        await self._send(response)

    async def _beat(self) -> None:
        count = 0
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            count += 1
            await self._send(gateway_pb2.SocketResponse(beat=count))

    async def _fail(self, id_: int, error: SecondUnitError) -> None:
        await self._send(gateway_pb2.SocketResponse(id=id_, error=error_message(error)))

    async def _send(self, message: gateway_pb2.SocketResponse) -> None:
        if not self._response.closed:
            await self._response.send_json(document_of(message))

    @staticmethod
    def _read(data: object) -> gateway_pb2.SocketRequest:
        if not isinstance(data, str | bytes):
            raise BadInput("The client left without a greeting.", mend="Send hello with the token.")
        return read_message(data, gateway_pb2.SocketRequest())
