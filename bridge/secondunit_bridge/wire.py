"""The error tree on the wire: google.rpc.Status with an ErrorInfo that names the error and what to do next."""

from __future__ import annotations

from typing import cast

import grpc
from google.protobuf.any_pb2 import Any
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from secondunit_bridge.errors import (
    ERRORS,
    BadInput,
    Cancelled,
    EngineFault,
    NotFound,
    SecondUnitError,
    TooLarge,
    TooSlow,
    Unavailable,
    WrongToken,
)

DOMAIN = "secondunit"
MESSAGE_LIMIT = 16 * 2**20  # bytes of a message, either way; larger things go by path
DETAILS = "grpc-status-details-bin"

# What a bare status means, for errors that gRPC itself or a proxy raised.
_BARE: dict[grpc.StatusCode, tuple[type[SecondUnitError], str]] = {
    grpc.StatusCode.UNAVAILABLE: (Unavailable, "Start the engine, or wait until it is up again."),
    grpc.StatusCode.DEADLINE_EXCEEDED: (TooSlow, "Try again; if it goes on, look into the engine's log."),
    grpc.StatusCode.CANCELLED: (Cancelled, ""),
    grpc.StatusCode.UNAUTHENTICATED: (WrongToken, "Use the token in the engine's state folder."),
    grpc.StatusCode.RESOURCE_EXHAUSTED: (TooLarge, "Send less at once."),
    grpc.StatusCode.INVALID_ARGUMENT: (BadInput, ""),
    grpc.StatusCode.NOT_FOUND: (NotFound, ""),
    grpc.StatusCode.UNIMPLEMENTED: (EngineFault, "Update the engine; it is older than this client."),
}


def status_code(error: SecondUnitError) -> grpc.StatusCode:
    return grpc.StatusCode[error.status]


def to_status(error: SecondUnitError) -> Status:
    """The google.rpc.Status that carries an error of the tree."""
    status = Status(code=status_code(error).value[0], message=error.message)
    detail = Any()
    detail.Pack(ErrorInfo(reason=type(error).__name__, domain=DOMAIN, metadata={"mend": error.mend}))
    status.details.append(detail)
    return status


def from_call(call: grpc.RpcError) -> SecondUnitError:
    """The error of the tree that a failed call stands for."""
    assert isinstance(call, grpc.Call | grpc.aio.AioRpcError)
    status = rpc_status.from_call(cast(grpc.Call, call))  # it reads both alike
    for detail in [] if status is None else status.details:
        info = ErrorInfo()
        if status is not None and detail.Unpack(info) and info.domain == DOMAIN:
            return ERRORS.get(info.reason, EngineFault)(status.message, mend=info.metadata.get("mend", ""))
    kind, mend = _BARE.get(call.code(), (EngineFault, "Look into the engine's log."))
    if kind is Unavailable:
        return Unavailable("The engine does not answer.", mend=mend)
    return kind(f"The engine answered {call.code().name}: {call.details()}.", mend=mend)
