"""The engine's server: one process for gRPC, one worker process for the work.

    python -m secondunit_engine.server [--state DIR] [--listen unix|tcp|HOST:PORT] [--idle-exit SECONDS]

By default it listens on a Unix socket in the state folder (on Windows: loopback TCP under its own TLS). One engine
runs on a state folder at a time. Killed at any moment it loses nothing: the next engine takes the queue over.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection

from secondunit.v1 import (
    engine_pb2,
    engine_pb2_grpc,
    job_pb2,
    job_pb2_grpc,
    media_pb2,
    media_pb2_grpc,
    plan_pb2,
    plan_pb2_grpc,
    take_pb2,
    take_pb2_grpc,
)
from secondunit_bridge.connection import state_dir, write_private
from secondunit_bridge.errors import NotReady, SecondUnitError
from secondunit_bridge.launch import RUNS_ALREADY
from secondunit_bridge.lock import hold
from secondunit_bridge.wire import MESSAGE_LIMIT
from secondunit_engine import __version__
from secondunit_engine.access import Door, TlsFiles, listen, private_folder, read_token
from secondunit_engine.handoff import Handoff
from secondunit_engine.jobs.disk import disk_error
from secondunit_engine.jobs.dispatch import Dispatcher
from secondunit_engine.jobs.queue import JobQueue
from secondunit_engine.plan_service import Plans
from secondunit_engine.services import Engine, Jobs, Media, Takes

MOMENT = 0.1  # seconds between looks at whether the engine is idle
GRACE = 1.0  # seconds that open calls have to end when the server stops
LOCAL = "tcp" if sys.platform == "win32" else "unix"
log = logging.getLogger("secondunit.engine")


@dataclass(frozen=True)
class Options:
    """How to run an engine. With `tls` it listens beyond this machine as well as locally.

    `idle_exit` ends it after so many seconds without a call or a job; 0 never does.
    """

    state: Path
    listen: str = LOCAL
    handlers: str = "secondunit_engine.jobs.handlers:HANDLERS"
    idle_exit: float = 0.0
    tls: TlsFiles | None = None


class Ending:
    """When the server ends: at once when `now` is set, or after `idle` seconds without a call or a job; 0 is never."""

    def __init__(self, idle: float) -> None:
        self.now = asyncio.Event()
        self.idle = idle

    def ask(self, when_idle: bool) -> None:
        """End now, or as soon as nothing is under way."""
        if when_idle:
            self.idle = MOMENT
        else:
            self.now.set()


async def serve(options: Options, ending: Ending) -> None:
    """Run an engine until its end. Raises NotReady when one runs already, BadInput, Denied."""
    state = private_folder(options.state)
    lock = hold(state / "engine.lock", wait=False)
    if lock is None:
        raise NotReady(f"An engine is running on {state} already.", mend="Use that one, or stop it first.")
    try:
        queue = JobQueue(state / "queue.sqlite")
        dispatcher = Dispatcher(queue, state, options.handlers)
        door = Door(read_token(state))
        server = grpc.aio.server(
            interceptors=[door],
            options=[
                ("grpc.so_reuseport", 0),  # nobody else may listen on our port
                ("grpc.max_receive_message_length", MESSAGE_LIMIT),
                ("grpc.max_send_message_length", MESSAGE_LIMIT),
            ],
        )
        await add_services(server, dispatcher, Handoff(state / "frames"), state, ending)
        listening = listen(server, LOCAL if options.tls else options.listen, state, None)
        wide = listen(server, options.listen, state, options.tls).target if options.tls else ""
        write_private(state / "engine.crt", listening.certificate)
        await server.start()
        told = {"target": listening.target, "tls": bool(listening.certificate), "wide": wide, "pid": os.getpid()}
        write_private(state / "engine.json", json.dumps(told | {"version": __version__}).encode())
        log.info("engine %s listens on %s %s", __version__, listening.target, wide)
        await _work_until(ending, dispatcher, door)
        (state / "engine.json").unlink(missing_ok=True)
        await server.stop(GRACE)
        queue.close()
        log.info("engine stopped")
    finally:
        os.close(lock)


async def add_services(
    server: grpc.aio.Server, dispatcher: Dispatcher, handoff: Handoff, state: Path, ending: Ending
) -> None:
    """The contract's services, health and reflection."""
    job_pb2_grpc.add_JobServiceServicer_to_server(Jobs(dispatcher), server)
    plan_pb2_grpc.add_PlanServiceServicer_to_server(Plans(), server)
    take_pb2_grpc.add_TakeServiceServicer_to_server(Takes(), server)
    media_pb2_grpc.add_MediaServiceServicer_to_server(Media(handoff), server)
    engine_pb2_grpc.add_EngineServiceServicer_to_server(Engine(dispatcher, handoff, state, ending.ask), server)
    modules = (job_pb2, plan_pb2, take_pb2, media_pb2, engine_pb2)
    names = [service.full_name for module in modules for service in module.DESCRIPTOR.services_by_name.values()]
    well = HealthServicer()
    for name in ["", *names]:
        await well.set(name, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(well, server)
    reflection.enable_server_reflection([*names, health.SERVICE_NAME, reflection.SERVICE_NAME], server)


async def _work_until(ending: Ending, dispatcher: Dispatcher, door: Door) -> None:
    """Run the queue until the end, or a bug in the dispatcher, which is raised."""
    working = asyncio.create_task(dispatcher.run())
    waiting = asyncio.create_task(ending.now.wait())
    try:
        while not ending.now.is_set():
            done, _ = await asyncio.wait((working, waiting), timeout=MOMENT, return_when=asyncio.FIRST_COMPLETED)
            if working in done:
                working.result()
            quiet = 0.0 if door.quiet_since is None else time.monotonic() - door.quiet_since
            if ending.idle and quiet > ending.idle and not dispatcher.busy:
                ending.now.set()
    finally:
        working.cancel()
        waiting.cancel()
        await asyncio.wait((working, waiting))


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    try:
        private_folder(options.state)
        _log_to(options.state / "engine.log")
        sys.excepthook = lambda *bug: log.critical("the engine ends by a bug", exc_info=bug)
        asyncio.run(_main(options))
    except NotReady as error:
        return _refuse(error, RUNS_ALREADY)
    except SecondUnitError as error:
        return _refuse(error, error.exit_code)
    except OSError as error:
        known = disk_error(error)
        if known is None:
            raise
        return _refuse(known, known.exit_code)
    return 0


def _refuse(error: SecondUnitError, code: int) -> int:
    """Say why the engine does not start, so that a person and `start_engine` understand it."""
    print(f"{type(error).__name__}: {error.message}", error.mend, sep="\n", file=sys.stderr)
    return code


async def _main(options: Options) -> None:
    ending = Ending(options.idle_exit)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ending.now.set))
        else:
            loop.add_signal_handler(number, ending.now.set)
    await serve(options, ending)


def _log_to(path: Path) -> None:
    if path.exists() and path.stat().st_size > 10 * 2**20:
        os.replace(path, path.with_suffix(".log.old"))
    logging.basicConfig(
        filename=path, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", encoding="utf-8"
    )


def _parse(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="secondunit_engine.server", description="Run a Second Unit engine.")
    parser.add_argument("--state", type=Path, default=state_dir(), help="state folder (default: %(default)s)")
    parser.add_argument("--listen", default=Options.listen, help="unix, tcp, or HOST:PORT (default: %(default)s)")
    parser.add_argument("--handlers", default=Options.handlers, help="handler table, module:NAME")
    parser.add_argument("--idle-exit", type=float, default=0.0, metavar="SECONDS", help="end when idle for so long")
    for name, what in (
        ("certificate", "own certificate"),
        ("key", "its key"),
        ("client-authority", "clients' authority"),
    ):
        parser.add_argument(f"--{name}", type=Path, help=f"{what}, PEM; needed beyond this machine")
    said = parser.parse_args(arguments)
    tls = None
    if said.certificate and said.key and said.client_authority:
        tls = TlsFiles(said.certificate, said.key, said.client_authority)
    return Options(said.state.absolute(), said.listen, said.handlers, said.idle_exit, tls)


if __name__ == "__main__":
    sys.exit(main())
