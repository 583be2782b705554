"""Who may talk to the engine: the private folder, the token, where it may listen, and the door every call passes.

Local processes are not trusted for being local: every call, health and reflection included, must carry the token.
Beyond this machine the engine listens only with mutual TLS and the token.
"""

from __future__ import annotations

import datetime
import hmac
import inspect
import ipaddress
import os
import re
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

from secondunit_bridge.connection import TLS_NAME, check_private, make_private, write_private
from secondunit_bridge.errors import BadInput, SecondUnitError, WrongToken
from secondunit_bridge.wire import DETAILS, status_code, to_status

SOCKET_PATH = 100  # bytes; systems allow 104 to 108
_TOKEN = re.compile(r"[0-9a-f]{64}")


def private_folder(folder: Path) -> Path:
    """Make the folder for this user alone (0700). Raises Denied if it is there and open to others."""
    make_private(folder)
    check_private(folder)
    return folder


def read_token(folder: Path) -> str:
    """The engine's token, 256 random bits in hex, made on first use in a file for this user alone (0600)."""
    path = folder / "token"
    if path.is_file() and path.stat().st_mode & 0o077 == 0:
        token = path.read_text("ascii").strip()
        if _TOKEN.fullmatch(token):
            return token
    token = secrets.token_hex(32)
    write_private(path, token.encode())
    return token


@dataclass(frozen=True)
class TlsFiles:
    """PEM files for an engine beyond this machine: its certificate and key, and the authority of its clients."""

    certificate: Path
    key: Path
    client_authority: Path


@dataclass(frozen=True)
class Listening:
    """Where the server listens: a gRPC target, and on TCP the certificate that clients must expect."""

    target: str
    certificate: bytes = b""


def listen(server: grpc.aio.Server, where: str, folder: Path, tls: TlsFiles | None) -> Listening:
    """Bind the server to "unix", "tcp" (loopback, random port) or HOST:PORT.

    Raises BadInput for an address beyond this machine without mutual TLS.
    """
    if where == "unix":
        path = _socket_path(folder)
        path.unlink(missing_ok=True)  # stale: the engine's lock is ours
        server.add_insecure_port(f"unix:{path}")
        return Listening(f"unix:{path}")
    host, port = _split("127.0.0.1:0" if where == "tcp" else where)
    if tls is not None:
        certificate = tls.certificate.read_bytes()
        credentials = grpc.ssl_server_credentials(
            [(tls.key.read_bytes(), certificate)], tls.client_authority.read_bytes(), require_client_auth=True
        )
    elif ipaddress.ip_address(host).is_loopback:
        certificate, key = own_certificate()
        credentials = grpc.ssl_server_credentials([(key, certificate)])
    else:
        raise BadInput(
            f"The engine does not listen on {host} without mutual TLS.",
            mend="Give --certificate, --key and --client-authority, or listen on 127.0.0.1.",
        )
    shown = f"[{host}]" if ":" in host else host
    bound = _bind(server, f"{shown}:{port}", credentials)
    return Listening(f"{shown}:{bound}", certificate)


def _bind(server: grpc.aio.Server, target: str, credentials: grpc.ServerCredentials) -> int:
    try:
        return server.add_secure_port(target, credentials)
    except RuntimeError:
        raise BadInput(f"The engine cannot listen on {target}.", mend="Choose another port; 0 takes any.") from None


def _split(where: str) -> tuple[str, int]:
    host, _, port = where.rpartition(":")
    host = host.strip("[]")
    try:
        ipaddress.ip_address(host)
        return host, int(port)
    except ValueError:
        raise BadInput(
            f"“{where}” is not an address.", mend="Give unix, tcp, or HOST:PORT with a numeric host."
        ) from None


def _socket_path(folder: Path) -> Path:
    """In the state folder, or in a private temporary one where that path is too long for a socket."""
    path = folder / "engine.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="secondunit-")) / "engine.sock"


def own_certificate() -> tuple[bytes, bytes]:
    """A certificate and key (PEM) for loopback TLS, for this run: who squats on the port later cannot pose as us."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, TLS_NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=365))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(TLS_NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(pem), plain


class Door(grpc.aio.ServerInterceptor):
    """Every call passes here: it must carry the token, and an error of the tree leaves as a rich status.

    `quiet_since` is the monotonic time since which no call has been under way, None while one is.
    """

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()
        self._open_calls = 0
        self.quiet_since: float | None = time.monotonic()

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Any]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Any:
        handler = await continuation(handler_call_details)
        if handler is None:
            return handler
        metadata = dict(handler_call_details.invocation_metadata or ())
        said = metadata.get("authorization", "")
        known = hmac.compare_digest(said.encode() if isinstance(said, str) else said, self._expected)
        make = {
            (False, False): grpc.unary_unary_rpc_method_handler,
            (False, True): grpc.unary_stream_rpc_method_handler,
            (True, False): grpc.stream_unary_rpc_method_handler,
            (True, True): grpc.stream_stream_rpc_method_handler,
        }[handler.request_streaming, handler.response_streaming]
        inner = handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
        # A streaming method is a generator, or writes to its context and is awaited like any other.
        passed = self._pass_stream if inspect.isasyncgenfunction(inner) else self._pass_one
        return make(passed(inner, known), handler.request_deserializer, handler.response_serializer)

    def _pass_one(self, inner: Any, known: bool) -> Any:
        async def call(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            try:
                self._enter(known)
                return await inner(request, context)
            except SecondUnitError as error:
                await _refuse(context, error)
            finally:
                self._leave()

        return call

    def _pass_stream(self, inner: Any, known: bool) -> Any:
        async def call(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Any]:
            try:
                self._enter(known)
                async for response in inner(request, context):
                    yield response
            except SecondUnitError as error:
                await _refuse(context, error)
            finally:
                self._leave()

        return call

    def _enter(self, known: bool) -> None:
        self._open_calls += 1
        self.quiet_since = None
        if not known:
            raise WrongToken("The token is missing or wrong.", mend="Use the token in the engine's state folder.")

    def _leave(self) -> None:
        self._open_calls -= 1
        if self._open_calls == 0:
            self.quiet_since = time.monotonic()


async def _refuse(context: grpc.aio.ServicerContext[Any, Any], error: SecondUnitError) -> None:
    details = to_status(error).SerializeToString()
    await context.abort(status_code(error), error.message, ((DETAILS, details),))
