"""One question to an OpenAI-compatible chat server, over HTTP: no proxy, no redirect, a deadline and a limit."""

from __future__ import annotations

import json
import time
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from secondunit_bridge.errors import BadInput, TooSlow, Unavailable

_MOST_BYTES = 1_000_000
_CHUNK = 65_536


class _NoRedirect(HTTPRedirectHandler):
    """A server on this machine must not send the brief to another."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def ask_server(url: str, request: bytes, timeout: float) -> str:
    """The text of the first choice that the server at `url` gives to `request` (JSON), within `timeout` [s].

    Raises Unavailable if it does not answer or says it cannot, TooSlow after the time, BadInput if its answer is too
    long or no chat completion.
    """
    asked = Request(url, request, {"Content-Type": "application/json", "Accept": "application/json"}, method="POST")
    try:
        told = json.loads(_read(asked, timeout))
        content: Any = told["choices"][0]["message"]["content"]
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, KeyError, IndexError, TypeError):
        raise BadInput("Its server does not answer as a chat server does.") from None
    if not isinstance(content, str):
        raise BadInput("Its server gave no text.")
    return content


def _read(asked: Request, timeout: float) -> bytes:
    """The body of the answer. The deadline holds for all of it: a server that drips is as slow as a silent one."""
    deadline = time.monotonic() + timeout
    body = bytearray()
    try:
        with build_opener(ProxyHandler({}), _NoRedirect).open(asked, timeout=timeout) as answer:
            while chunk := answer.read1(_CHUNK):
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise BadInput("Its answer is over a megabyte.")
                if time.monotonic() > deadline:
                    raise TimeoutError
    except HTTPError as error:
        error.close()
        raise Unavailable(f"Its server answered with status {error.code}.") from None
    except TimeoutError:
        raise TooSlow(f"It did not answer within {timeout:g} s.") from None
    except (OSError, HTTPException) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise TooSlow(f"It did not answer within {timeout:g} s.") from None
        raise Unavailable("Its server cannot be reached.") from None
    return bytes(body)
