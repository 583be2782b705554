"""How the gateway proves that it is the gateway, before a client tells it the token.

A gateway that was killed leaves its address behind, and another user's process may since listen on that port. So a
client asks `GET /proof?nonce=…` first, without the token, and is answered with an HMAC under it. The port is part of
what is proved: a squatter that hands the question on to a gateway elsewhere gets an answer for another port.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from aiohttp import web

from secondunit_bridge.errors import BadInput
from secondunit_bridge.gateway.answers import answer

PATH = "/proof"
_NONCE = re.compile(r"[0-9A-Za-z]{16,64}")


def prove(token: str, nonce: str, port: int) -> str:
    """HMAC-SHA256 under the token of "secondunit PORT NONCE", 64 hex digits. Raises BadInput."""
    if not _NONCE.fullmatch(nonce):
        raise BadInput("The nonce is not 16 to 64 letters and digits.", mend="Make a new one for each question.")
    return hmac.new(token.encode(), f"secondunit {port} {nonce}".encode(), hashlib.sha256).hexdigest()


def add_proof(app: web.Application, token: str, port: int) -> None:
    """Serve /proof."""

    async def proof(request: web.Request) -> web.StreamResponse:
        return answer({"proof": prove(token, request.query.get("nonce", ""), port)})

    app.router.add_get(PATH, proof)
