"""A fake engine for the client's tests: a channel that plays a script and writes down what it was asked.

    fake = FakeEngine()
    fake.answers("GetJob", Unavailable("away"), job_pb2.GetJobResponse(...))
    client = fake.client()

Each call takes the next answer of its method: a message, an error of the tree (sent as the server would send it), a
bare gRPC status code, or for a stream a list of those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import grpc
from google.protobuf.message import Message

from secondunit_bridge.client import Client
from secondunit_bridge.connection import Address
from secondunit_bridge.errors import SecondUnitError
from secondunit_bridge.wire import DETAILS, status_code, to_status

Answer = Message | SecondUnitError | grpc.StatusCode


class FakeCall(grpc.RpcError, grpc.Call):
    """A failed call, as gRPC raises it."""

    def __init__(self, answer: SecondUnitError | grpc.StatusCode) -> None:
        super().__init__()
        self._trailing: tuple[tuple[str, bytes], ...] = ()
        if isinstance(answer, SecondUnitError):
            self._code, self._details = status_code(answer), answer.message
            self._trailing = ((DETAILS, to_status(answer).SerializeToString()),)
        else:
            self._code, self._details = answer, "bare"

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return self._details

    def trailing_metadata(self) -> Any:
        return self._trailing

    def initial_metadata(self) -> Any:
        return ()

    def is_active(self) -> bool:
        return False

    def time_remaining(self) -> float:
        return 0.0

    def cancel(self) -> bool:
        return False

    def add_callback(self, callback: Any) -> bool:
        return False


@dataclass(frozen=True)
class Asked:
    """A call as it came in."""

    method: str
    request: Any
    timeout: float | None
    metadata: tuple[tuple[str, str], ...]
    target: str


@dataclass
class FakeEngine:
    """The script, and what was asked; `address` is what the client finds when it looks for the engine."""

    address: Address = Address("fake:1", "token-1")
    asked: list[Asked] = field(default_factory=list)
    _script: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def answers(self, method: str, *answers: Answer | list[Answer]) -> None:
        """Add to what the method answers, in order."""
        self._script[method] += answers

    def client(self, patience: float = 5.0) -> Client:
        channel = cast(Any, lambda address: _Channel(self, address.target))
        return Client(lambda: self.address, patience, channel)

    def take(self, asked: Asked) -> Any:
        self.asked.append(asked)
        assert self._script[asked.method], f"the script has no further answer to {asked.method}"
        return self._script[asked.method].pop(0)


class _Stream:
    def __init__(self, answers: list[Answer]) -> None:
        self._answers = iter(answers)
        self.cancelled = False

    def __iter__(self) -> Iterator[Message]:
        return self

    def __next__(self) -> Message:
        answer = next(self._answers)
        if isinstance(answer, Message):
            return answer
        raise FakeCall(answer)

    def cancel(self) -> None:
        self.cancelled = True


class _Channel:
    """What the generated stubs need of a channel."""

    def __init__(self, engine: FakeEngine, target: str) -> None:
        self._engine, self._target = engine, target

    def close(self) -> None:
        pass

    def _ask(self, path: str, request: Any, timeout: float | None, metadata: Any) -> Any:
        return self._engine.take(Asked(path.rpartition("/")[2], request, timeout, tuple(metadata), self._target))

    def unary_unary(self, path: str, *_: Any, **__: Any) -> Any:
        def call(request: Any, timeout: float | None = None, metadata: Any = ()) -> Message:
            answer = self._ask(path, request, timeout, metadata)
            if isinstance(answer, Message):
                return answer
            raise FakeCall(answer)

        return call

    def unary_stream(self, path: str, *_: Any, **__: Any) -> Any:
        def call(request: Any, timeout: float | None = None, metadata: Any = ()) -> _Stream:
            return _Stream(self._ask(path, request, timeout, metadata))

        return call
