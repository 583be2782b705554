"""Errors of the tree as the gateway tells them: in Connect's form, in the videos interface's, and as a message."""

from __future__ import annotations

import base64
import json
import logging
from http import HTTPStatus

from aiohttp import web
from google.rpc.error_details_pb2 import ErrorInfo

from secondunit.v1 import gateway_pb2
from secondunit_bridge.errors import BadInput, EngineFault, NotFound, SecondUnitError, TooLarge
from secondunit_bridge.wire import DOMAIN

log = logging.getLogger("secondunit.gateway")

# Connect's protocol, "HTTP to Error Code" read backwards.
HTTP = {
    "canceled": 499, "unknown": 500, "invalid_argument": 400, "deadline_exceeded": 504, "not_found": 404,
    "already_exists": 409, "permission_denied": 403, "resource_exhausted": 429, "failed_precondition": 400,
    "internal": 500, "unavailable": 503, "unauthenticated": 401,
}  # fmt: skip


def code_of(error: SecondUnitError) -> str:
    """The status in Connect's spelling, which has one l in canceled."""
    return "canceled" if error.status == "CANCELLED" else error.status.lower()


def connect_error(error: SecondUnitError) -> dict[str, object]:
    """The error as Connect tells it: code, message, and an ErrorInfo that names the error and what to do next."""
    info = ErrorInfo(reason=type(error).__name__, domain=DOMAIN, metadata={"mend": error.mend})
    value = base64.b64encode(info.SerializeToString()).decode().rstrip("=")
    debug = {"reason": info.reason, "domain": info.domain, "metadata": dict(info.metadata)}
    detail = {"type": "google.rpc.ErrorInfo", "value": value, "debug": debug}
    return {"code": code_of(error), "message": error.message, "details": [detail]}


def error_message(error: SecondUnitError) -> gateway_pb2.GatewayError:
    return gateway_pb2.GatewayError(
        code=code_of(error), name=type(error).__name__, message=error.message, mend=error.mend
    )


def connect_response(error: SecondUnitError) -> web.Response:
    return answer(connect_error(error), HTTP[code_of(error)])


def answer(document: object, status: int = 200) -> web.Response:
    """A JSON document as a response."""
    text = json.dumps(document, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")


def as_known(fault: Exception) -> SecondUnitError:
    """Any exception of a handler as an error of the tree; a bug is logged and told without its details."""
    match fault:
        case SecondUnitError():
            return fault
        case web.HTTPRequestEntityTooLarge():
            return TooLarge("The request is too large.", mend="Large things go by path.")
        case TimeoutError():
            return BadInput("The request did not arrive in time.", mend="Send it at once.")
        case web.HTTPException(status=(HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED)):
            return NotFound("There is nothing at this address.", mend="See the welcome message for what there is.")
        case web.HTTPException() | UnicodeDecodeError() | ValueError():
            return BadInput(f"The request cannot be read: {fault}", mend="Send what the interface asks for.")
    log.error("a request failed by a bug", exc_info=fault)
    return EngineFault("The gateway made a mistake.", mend="Look into its log.")
