"""Who may come in. Loopback is no credential: every request needs the token, and a web page gets nowhere.

- The Host header must name the address we listen on, so that no foreign name can be rebound to it.
- A request with an Origin comes from a page; only origins that were allowed by name pass, never "null" or "*".
- Browsers that send no Origin (images, scripts, links) still say `Sec-Fetch-Site`; only our own or none passes.
- The token is 256 bits in the Authorization header, compared in constant time; there are no cookies.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Middleware

from secondunit_bridge.errors import Denied, SecondUnitError, WrongToken
from secondunit_bridge.gateway.answers import as_known

READ_SECONDS = 60.0  # for a request to arrive and be answered, streams and downloads apart
# The first is greeted with the token, since a page's WebSocket cannot send headers; the second comes before the token.
OPEN_PATHS = frozenset(("/socket", "/proof"))
TOKEN_HINT = "Send the token of the engine's state folder: Authorization: Bearer TOKEN."
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Guard:
    """What is let in: the token, the Host headers we answer to, the origins that may call us."""

    token: str
    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Guard({sorted(self.hosts)})"  # never the token

    def check_place(self, request: web.Request) -> None:
        """Raise Denied for a Host that is not ours, or a page that was not allowed."""
        if request.headers.getall("Host", []) not in [[host] for host in self.hosts]:
            raise Denied("This address is not served here.", mend="Use the address that the gateway printed.")
        said = request.headers.getall("Origin", [])
        if said and (len(said) > 1 or said[0] not in self.origins):
            raise Denied("Web pages may not call the gateway.", mend="Allow one by name with --allow-origin.")
        if not said and request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            # Node and UXP say nothing here, or no more than Sec-Fetch-Mode.
            raise Denied("Web pages may not load from the gateway.", mend="Call it from a program.")

    def check_token(self, said: str) -> None:
        """Raise WrongToken unless this is the token."""
        if not hmac.compare_digest(said.encode(), self.token.encode()):
            raise WrongToken("The token is missing or wrong.", mend=TOKEN_HINT)

    def check_header(self, request: web.Request) -> None:
        """Raise WrongToken unless the Authorization header bears the token."""
        kind, _, said = request.headers.get("Authorization", "").partition(" ")
        self.check_token(said.strip() if kind.lower() == "bearer" else "")


def guard_middleware(guard: Guard, tell: Callable[[web.Request, SecondUnitError], web.Response]) -> Middleware:
    """Every request passes here; `tell` makes the response of an error."""

    @web.middleware
    async def pass_guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            guard.check_place(request)
            if request.method == "OPTIONS":
                response: web.StreamResponse = web.Response(status=204)
            else:
                if request.path not in OPEN_PATHS:
                    guard.check_header(request)
                response = await handler(request)
        except (asyncio.CancelledError, ConnectionResetError):
            raise
        except Exception as fault:  # noqa: BLE001  every fault leaves as one of the tree
            response = tell(request, as_known(fault))
        if not response.prepared:
            add_headers(guard, request, response)
        return response

    return pass_guard


def add_headers(guard: Guard, request: web.Request, response: web.StreamResponse) -> None:
    """What every response says: guess no type, keep no copy, and which page may read it."""
    response.headers["Server"] = "secondunit"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    origin = request.headers.get("Origin", "")
    if origin in guard.origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = (
            "Authorization, Content-Type, Connect-Protocol-Version, Connect-Timeout-Ms, Range"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
