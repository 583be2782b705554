"""Runs the gateway: on loopback, beside an engine that it starts and keeps running."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from secondunit.v1 import engine_pb2, gateway_pb2
from secondunit_bridge import __version__
from secondunit_bridge.client import connect
from secondunit_bridge.connection import check_private, make_private, read_address, write_private
from secondunit_bridge.errors import BadInput, NotReady, SecondUnitError, Unavailable
from secondunit_bridge.gateway import web_socket
from secondunit_bridge.gateway.answers import connect_response
from secondunit_bridge.gateway.calls import add_calls
from secondunit_bridge.gateway.guard import Guard, guard_middleware
from secondunit_bridge.gateway.line import METHODS, Line
from secondunit_bridge.gateway.mailbox import Mailbox
from secondunit_bridge.gateway.media import add_media
from secondunit_bridge.gateway.proof import add_proof
from secondunit_bridge.gateway.videos.rest import PREFIX, add_videos, videos_error
from secondunit_bridge.gateway.videos.shelf import Shelf
from secondunit_bridge.gateway.videos.studio import Studio
from secondunit_bridge.launch import start_engine
from secondunit_bridge.lock import hold
from secondunit_bridge.wire import MESSAGE_LIMIT

LOOPBACK = "127.0.0.1"
PANEL_PORTS = (21370, 21371, 21372)  # those that a panel's manifest can name; tried first
QUIET_SECONDS = 75.0  # that a connection may stay without a whole request: longer than clients keep one for the next
KEEP_SECONDS = 15.0  # between looks at whether the engine is there
IDLE_SECONDS = 60.0  # an engine that we started ends by itself so long after we were killed
INFO = "secondunit.v1.EngineService/GetEngineInfo"
SHUTDOWN = "secondunit.v1.EngineService/Shutdown"


@dataclass(frozen=True)
class Options:
    """How to run a gateway on the engine of a state folder, on the first of `ports` that is free; 0 takes any.

    `origins` are web pages that may call it, such as "https://panel.example"; none unless named. `project` is where
    videos are shot.
    """

    state: Path
    project: Path
    ports: tuple[int, ...] = (*PANEL_PORTS, 0)
    origins: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Served:
    """Where a gateway listens, and what it wants to hear."""

    url: str
    token: str = field(repr=False)
    project: Path


async def run_gateway(options: Options, tell: Callable[[Served], None], stop: asyncio.Event) -> None:
    """Serve until `stop`; `tell` learns where, once it can be called. Raises NotReady (one runs already), Denied,
    BadInput (the port is taken), and what an engine refuses to start with."""
    make_private(options.state)
    check_private(options.state)
    lock = hold(options.state / "gateway.lock", wait=False)
    if lock is None:
        raise NotReady(f"A gateway is running on {options.state} already.", mend="Use that one, or stop it first.")
    try:
        await _serve_locked(options, tell, stop)
    finally:
        os.close(lock)


async def _serve_locked(options: Options, tell: Callable[[Served], None], stop: asyncio.Event) -> None:
    with _bind(options.ports) as listening:  # before an engine is started for nothing
        started = await _start_if_away(options.state)
        line = Line(lambda: read_address(options.state))
        try:
            await _serve(options, line, listening, tell, stop)
        finally:
            if started:
                with suppress(SecondUnitError):
                    await line.call(SHUTDOWN, engine_pb2.ShutdownRequest(when_idle=True))
            await line.close()


async def _serve(
    options: Options, line: Line, listening: socket.socket, tell: Callable[[Served], None], stop: asyncio.Event
) -> None:
    mailbox = Mailbox(options.state / "mailbox")
    token = read_address(options.state).token
    port: int = listening.getsockname()[1]
    guard = Guard(token, _hosts(port), options.origins)
    studio = Studio(line, Shelf(options.project))
    runner = web.AppRunner(
        make_app(line, guard, port, options, mailbox, studio),
        access_log=None,
        shutdown_timeout=1.0,
        keepalive_timeout=QUIET_SECONDS,
    )
    left = options.state / "gateway.json"
    served = Served(f"http://{LOOPBACK}:{port}", token, options.project)
    await runner.setup()
    works = (mailbox.serve(line), studio.run(), _keep_engine(options.state, line))
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await web.SockSite(runner, listening).start()
        write_private(left, json.dumps({"url": served.url, "pid": os.getpid()}).encode())
        tell(served)
        await _first(stop, *tasks)
    finally:
        for task in tasks:
            task.cancel()
        left.unlink(missing_ok=True)
        await runner.cleanup()


def make_app(
    line: Line, guard: Guard, port: int, options: Options, mailbox: Mailbox, studio: Studio
) -> web.Application:
    """Everything that the gateway serves, behind its guard."""

    async def welcome() -> gateway_pb2.Welcome:
        try:
            engine_version = (await line.call(INFO, engine_pb2.GetEngineInfoRequest(), 2.0)).version
        except SecondUnitError:
            engine_version = ""
        return gateway_pb2.Welcome(
            version=__version__,
            engine_version=engine_version,
            protocol=web_socket.PROTOCOL,
            capabilities=["calls", "watch", "media", "mailbox", "videos"],
            methods=sorted(METHODS),
            message_limit=MESSAGE_LIMIT,
            beat_seconds=web_socket.BEAT_SECONDS,
            mailbox_dir=str(mailbox.folder),
            project_dir=str(options.project),
        )

    def tell_error(request: web.Request, error: SecondUnitError) -> web.Response:
        return videos_error(error) if request.path.startswith(PREFIX) else connect_response(error)

    app = web.Application(middlewares=[guard_middleware(guard, tell_error)], client_max_size=MESSAGE_LIMIT)
    add_calls(app, line)
    add_media(app)
    add_videos(app, studio)
    add_proof(app, guard.token, port)
    web_socket.add_socket(app, line, guard, welcome)
    return app


def _hosts(port: int) -> frozenset[str]:
    """The Host headers that name us."""
    names = (LOOPBACK, "localhost")
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


def _bind(ports: Sequence[int]) -> socket.socket:
    """A socket on the first port that is free. Raises BadInput."""
    for port in ports:
        listening = socket.socket()
        # No SO_REUSEPORT: nobody else may listen where clients send the token.
        if sys.platform == "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
            listening.listen()
        except (OSError, OverflowError):
            listening.close()
        else:
            return listening
    taken = " or ".join(map(str, ports))
    raise BadInput(f"The gateway cannot listen on port {taken}.", mend="Choose another; 0 takes any.")


async def _start_if_away(state: Path) -> bool:
    """Start an engine where none runs; says whether it did."""

    def start() -> bool:
        try:
            connect(state).close()
        except Unavailable:
            start_engine(state, "--idle-exit", str(IDLE_SECONDS))
            return True
        return False

    return await asyncio.to_thread(start)


async def _keep_engine(state: Path, line: Line) -> None:
    """Start the engine again when it has gone; our looks also keep it from ending for want of calls."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        try:
            await line.call(INFO, engine_pb2.GetEngineInfoRequest())
        except Unavailable:
            with suppress(SecondUnitError):
                await _start_if_away(state)
        except SecondUnitError:
            continue


async def _first(stop: asyncio.Event, *tasks: asyncio.Future[None]) -> None:
    """Wait for the stop; a task that ends before by a bug raises it."""
    waiting = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait((waiting, *tasks), return_when=asyncio.FIRST_COMPLETED)
    for each in done:
        each.result()


def serve(options: Options, tell: Callable[[Served], None]) -> None:
    """Serve until Ctrl-C or SIGTERM."""

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            if sys.platform == "win32":
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
            else:
                loop.add_signal_handler(number, stop.set)
        await run_gateway(options, tell, stop)

    asyncio.run(run())
