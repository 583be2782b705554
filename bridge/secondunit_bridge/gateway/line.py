"""The line to the engine: one gRPC channel, opened anew where the engine has moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from secondunit.v1 import engine_pb2, job_pb2, media_pb2, plan_pb2, take_pb2
from secondunit_bridge.client import LONG, SHORT, channel_parts
from secondunit_bridge.connection import Address
from secondunit_bridge.errors import SecondUnitError
from secondunit_bridge.wire import from_call

PATIENCE = 60.0  # seconds that a watch waits for an engine that is away
DAY = 24 * 3600.0  # seconds that a stream may last
_MODULES = (job_pb2, plan_pb2, take_pb2, media_pb2, engine_pb2)

# Every call of the contract by its name, such as "secondunit.v1.JobService/GetJob".
METHODS: dict[str, MethodDescriptor] = {
    f"{service.full_name}/{method.name}": method
    for module in _MODULES
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}
M = TypeVar("M", bound=Message)


class Line:
    """Calls to the engine that `locate` finds. All of it belongs to one event loop."""

    def __init__(self, locate: Callable[[], Address]) -> None:
        self._locate = locate
        self._address: Address | None = None
        self._channel: grpc.aio.Channel | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        if self._channel is not None:
            await self._channel.close()

    async def call(self, name: str, request: Message, timeout: float | None = None) -> Any:
        """One answer to one request. Raises the errors of the tree, Unavailable while no engine runs."""
        method = METHODS[name]
        usual = LONG if method.containing_service.name in ("PlanService", "MediaService") else SHORT
        channel, metadata = self._reach()
        make = channel.unary_unary(f"/{name}", *_coders(method))
        try:
            return await make(request, metadata=metadata, timeout=usual if timeout is None else min(timeout, LONG))
        except grpc.aio.AioRpcError as call:
            raise from_call(call) from None

    async def stream(self, name: str, request: Message, timeout: float | None = None) -> AsyncIterator[Any]:
        """Many answers to one request. Raises like `call`; leaving the iteration ends the stream."""
        channel, metadata = self._reach()
        make = channel.unary_stream(f"/{name}", *_coders(METHODS[name]))
        call = make(request, metadata=metadata, timeout=DAY if timeout is None else timeout)
        try:
            async for response in call:
                yield response
        except grpc.aio.AioRpcError as fault:
            raise from_call(fault) from None
        finally:
            call.cancel()

    async def watch(self, job_id: str, after: int = 0) -> AsyncIterator[job_pb2.JobEvent]:
        """A job's events after a sequence number until it has ended; an engine that went away is waited for and the
        watch taken up where it broke. Raises NotFound, and Unavailable after a minute."""
        loop = asyncio.get_running_loop()
        end, pause = loop.time() + PATIENCE, 0.05
        while True:
            request = job_pb2.WatchJobRequest(job_id=job_id, after_sequence=after)
            try:
                async for response in self.stream("secondunit.v1.JobService/WatchJob", request):
                    after = response.event.sequence
                    end, pause = loop.time() + PATIENCE, 0.05
                    yield response.event
                return
            except SecondUnitError as error:
                if not error.retryable or loop.time() + pause > end:
                    raise
            await asyncio.sleep(pause)
            pause = min(2.0, pause * 2)

    def _reach(self) -> tuple[grpc.aio.Channel, tuple[tuple[str, str], ...]]:
        """The channel to where the engine is now, and the metadata that carries its token."""
        address = self._locate()
        if self._channel is None or address != self._address:
            if self._channel is not None:
                task = asyncio.ensure_future(self._channel.close(grace=1.0))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
            self._address, self._channel = address, _open(address)
        return self._channel, (("authorization", f"Bearer {address.token}"),)


def _open(address: Address) -> grpc.aio.Channel:
    credentials, options = channel_parts(address)
    if credentials is None:
        return grpc.aio.insecure_channel(address.target, options)
    return grpc.aio.secure_channel(address.target, credentials, options)


def _coders(method: MethodDescriptor) -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    request, response = GetMessageClass(method.input_type), GetMessageClass(method.output_type)
    return request.SerializeToString, response.FromString
