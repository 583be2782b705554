"""Who may talk to the engine, where it listens, and what it says about itself."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from secondunit.v1 import job_pb2, job_pb2_grpc, plan_pb2_grpc
from secondunit_bridge.client import Client, connect, settings
from secondunit_bridge.connection import Address, read_address
from secondunit_bridge.errors import BadInput, Denied, NotFound, SecondUnitError, Unavailable, Unwritable, WrongToken
from secondunit_bridge.launch import engine, start_engine
from secondunit_bridge.wire import from_call
from secondunit_engine.access import own_certificate
from secondunit_engine.server import main
from tests.engine.running import ROOT, running, start, wait_until

OTHER = "0" * 64


def refusal(call: Callable[[], Any]) -> SecondUnitError:
    with pytest.raises(grpc.RpcError) as raised:
        call()
    return from_call(raised.value)


def test_every_call_needs_the_token(tmp_path: Path) -> None:
    """Missing, wrong or old: refused, also for health and reflection, and also for streams."""
    with running(tmp_path / "state"):
        address = read_address(tmp_path / "state")
        with grpc.insecure_channel(address.target) as channel:
            jobs = job_pb2_grpc.JobServiceStub(channel)
            health: Any = health_pb2_grpc.HealthStub(channel)
            looking: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
            question = reflection_pb2.ServerReflectionRequest(list_services="")
            for metadata in (
                (),
                (("authorization", f"Bearer {OTHER}"),),
                (("authorization", address.token),),
                (("authorization", f"Bearer {address.token}x"),),
            ):
                calls: list[Callable[[], Any]] = [
                    lambda said=metadata: jobs.ListJobs(job_pb2.ListJobsRequest(), timeout=5, metadata=said),
                    lambda said=metadata: list(jobs.WatchJob(job_pb2.WatchJobRequest(), timeout=5, metadata=said)),
                    lambda said=metadata: health.Check(health_pb2.HealthCheckRequest(), timeout=5, metadata=said),
                    lambda said=metadata: next(health.Watch(health_pb2.HealthCheckRequest(), timeout=5, metadata=said)),
                    lambda said=metadata: list(
                        looking.ServerReflectionInfo(iter([question]), timeout=5, metadata=said)
                    ),
                ]
                for call in calls:
                    assert isinstance(refusal(call), WrongToken)


def test_health_and_reflection_answer_who_has_the_token(tmp_path: Path) -> None:
    with running(tmp_path / "state"):
        address = read_address(tmp_path / "state")
        said = (("authorization", f"Bearer {address.token}"),)
        with grpc.insecure_channel(address.target) as channel:
            health: Any = health_pb2_grpc.HealthStub(channel)
            for service in ("", "secondunit.v1.JobService"):
                request = health_pb2.HealthCheckRequest(service=service)
                answer = health.Check(request, timeout=5, metadata=said)
                assert answer.status == health_pb2.HealthCheckResponse.SERVING
                watched = next(health.Watch(request, timeout=5, metadata=said))
                assert watched.status == health_pb2.HealthCheckResponse.SERVING
            question = iter([reflection_pb2.ServerReflectionRequest(list_services="")])
            looking: Any = reflection_pb2_grpc.ServerReflectionStub(channel)
            (found,) = looking.ServerReflectionInfo(question, timeout=5, metadata=said)
        names = {service.name for service in found.list_services_response.service}
        assert {f"secondunit.v1.{name}Service" for name in ("Job", "Plan", "Take", "Media", "Engine")} <= names


def test_the_state_folder_is_private_and_the_log_has_no_token(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with running(state) as client:
        client.info()
        for name, mode in (("", 0o700), ("token", 0o600), ("engine.json", 0o600), ("frames", 0o700)):
            assert stat.S_IMODE((state / name).stat().st_mode) == mode, name
        token = (state / "token").read_text()
        assert len(bytes.fromhex(token)) == 32
        assert refusal_of_wrong_client(state)
    assert token not in (state / "engine.log").read_text()
    assert OTHER not in (state / "engine.log").read_text()


def refusal_of_wrong_client(state: Path) -> bool:
    address = replace(read_address(state), token=OTHER)
    with Client(lambda: address) as client, pytest.raises(WrongToken):
        client.info()
    return True


def test_an_open_state_folder_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    state.chmod(0o755)
    with pytest.raises(Denied, match="open to other users"):
        start(state)


@pytest.mark.parametrize("where", ["0.0.0.0:0", "[::]:0", "192.0.2.1:50051"])
def test_no_other_machine_without_mutual_tls(tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The engine refuses to start, with exit code 2 and what to do."""
    assert main(["--state", str(tmp_path / "state"), "--listen", where]) == BadInput.exit_code
    assert "--client-authority" in capsys.readouterr().err
    assert not (tmp_path / "state" / "engine.json").exists()


@pytest.mark.parametrize("where", ["somewhere", "localhost:1", "127.0.0.1:port", "127.0.0.1"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, where: str) -> None:
    assert main(["--state", str(tmp_path / "state"), "--listen", where]) == BadInput.exit_code


def test_loopback_is_tls_under_the_engines_own_certificate(tmp_path: Path) -> None:
    """On TCP the client knows the engine by its certificate: plain text and other certificates get nowhere."""
    with running(tmp_path / "state", "--listen", "tcp") as client:
        address = read_address(tmp_path / "state")
        assert address.target.startswith("127.0.0.1:")
        assert client.info().pid
        for impostor in (replace(address, certificate=b""), replace(address, certificate=own_certificate()[0])):
            with Client(lambda it=impostor: it, patience=0.1) as stranger, pytest.raises(Unavailable):
                stranger.info(patient=False)


def test_who_squats_on_the_port_does_not_get_the_token(tmp_path: Path) -> None:
    """The engine is gone and another process took its port: the client sends it no token."""
    with running(tmp_path / "state", "--listen", "tcp"):
        address = read_address(tmp_path / "state")
    host, _, port = address.target.rpartition(":")
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind((host, int(port)))
        squatter.listen()
        squatter.settimeout(5)
        with Client(lambda: address, patience=0.1) as client:
            with pytest.raises((Unavailable, SecondUnitError)):
                client.info(patient=False)
            heard = squatter.accept()[0].recv(65536)
    assert address.token.encode() not in heard


def test_nobody_else_can_share_the_port(tmp_path: Path) -> None:
    with running(tmp_path / "state", "--listen", "tcp"):
        port = int(read_address(tmp_path / "state").target.rpartition(":")[2])
        with socket.socket() as squatter:
            if hasattr(socket, "SO_REUSEPORT"):
                squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            with pytest.raises(OSError, match="in use"):
                squatter.bind(("127.0.0.1", port))


def test_mutual_tls_asks_for_the_clients_certificate_and_the_token(tmp_path: Path) -> None:
    """An engine for other machines: a client certificate of the right authority, and the token as well."""
    certificate, key = own_certificate()
    for name, data in (("certificate", certificate), ("key", key)):
        (tmp_path / f"{name}.pem").write_bytes(data)
    state = tmp_path / "state"
    files = {name: str(tmp_path / f"{name}.pem") for name in ("certificate", "key")}
    process = None
    try:
        process = start_engine_tls(state, files)
        told = json.loads((state / "engine.json").read_text())
        port = told["wide"].rpartition(":")[2]
        whole = Address(f"127.0.0.1:{port}", (state / "token").read_text(), certificate, certificate, key)
        with Client(lambda: whole) as client:
            assert client.info().pid == told["pid"]
        with connect(state) as client:  # local commands need no certificate
            assert client.info().pid == told["pid"]
        with Client(lambda: replace(whole, token=OTHER)) as client, pytest.raises(WrongToken):
            client.info()
        bare = replace(whole, client_certificate=b"", client_key=b"")
        with Client(lambda: bare, patience=0.1) as client, pytest.raises(Unavailable):
            client.info(patient=False)
    finally:
        if process is not None:
            process.terminate()
            process.wait(10)


def start_engine_tls(state: Path, files: dict[str, str]) -> Any:
    command = [sys.executable, "-m", "secondunit_engine.server", "--state", str(state), "--listen", "0.0.0.0:0"]
    command += ["--certificate", files["certificate"], "--key", files["key"]]
    process = subprocess.Popen([*command, "--client-authority", files["certificate"]])
    wait_until(lambda: (state / "engine.json").exists() or process.poll() is not None)
    return process


def test_a_long_state_path_still_gets_a_socket(tmp_path: Path) -> None:
    """Socket paths are short; the engine then listens in a private temporary folder."""
    state = tmp_path / ("long" * 30) / "state"
    with running(state) as client:
        assert client.info().state_dir == str(state)
        path = Path(read_address(state).target.removeprefix("unix:"))
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_stale_socket_does_not_matter_and_a_second_engine_does_not_start(tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = start(state)
    first.kill()
    first.wait()
    assert (state / "engine.sock").exists()
    with pytest.raises(Unavailable):
        connect(state)
    with running(state) as client:
        pid = client.info().pid
        assert main(["--state", str(state)]) != 0
        assert client.info().pid == pid


def test_a_command_uses_the_running_engine_and_leaves_it_running(tmp_path: Path) -> None:
    with running(tmp_path / "state") as client, engine(tmp_path / "state") as found:
        assert found.info().pid == client.info().pid


def test_a_command_starts_an_engine_and_stops_it(tmp_path: Path) -> None:
    with engine(tmp_path / "state") as client:
        pid = client.info().pid
    with pytest.raises(Unavailable):
        connect(tmp_path / "state")
    wait_until(lambda: not _exists(pid))


def test_two_commands_share_the_engine_that_one_of_them_started(tmp_path: Path) -> None:
    """The first to end leaves the engine to the other; with the last it ends. Starting at once makes one engine."""
    state = tmp_path / "state"
    os.environ["PYTHONPATH"] = str(ROOT)
    with ThreadPoolExecutor() as pool:
        pids = [found.result() for found in [pool.submit(_use_for, state, wait) for wait in (0.2, 1.5)]]
    assert pids[0] == pids[1]
    wait_until(lambda: not _exists(pids[0]))


def _use_for(state: Path, seconds: float) -> int:
    with engine(state) as client:
        address = read_address(state)
        with grpc.insecure_channel(address.target) as channel:
            health: Any = health_pb2_grpc.HealthStub(channel)
            said = (("authorization", f"Bearer {address.token}"),)
            watch = health.Watch(health_pb2.HealthCheckRequest(), timeout=10, metadata=said)
            next(watch)
            time.sleep(seconds)
            watch.cancel()
        return client.info().pid


def test_an_idle_engine_ends_by_itself(tmp_path: Path) -> None:
    process = start_engine(tmp_path / "state", "--idle-exit", "0.5")
    begin = time.monotonic()
    assert process.wait(10) == 0
    assert time.monotonic() - begin > 0.4


def test_shutdown_by_a_call(tmp_path: Path) -> None:
    process = start(tmp_path / "state")
    with connect(tmp_path / "state") as client:
        client.shutdown()
    assert process.wait(10) == 0


def test_the_server_process_is_light() -> None:
    """Planning and watching do not wait for a renderer to load: the worker alone has the heavy libraries."""
    heavy = ("torch", "mitsuba", "drjit", "pxr", "newton", "warp", "av", "anny", "OpenImageIO")
    program = (
        "import sys, secondunit_engine.server, secondunit_engine.shoot\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_plans_and_takes_are_answered_without_a_job(tmp_path: Path) -> None:
    with running(tmp_path / "state") as client:
        planned = client.plan("midnight rain, LED tunnel, car accelerates toward lens", settings=settings(frames=48))
        assert [shot.frames for shot in planned.shots] == [48]
        assert " ".join(entry.text for entry in planned.ledger).split()[0] == "midnight"
        with pytest.raises(BadInput):
            client.plan("   ")
        with pytest.raises(NotFound):
            client.takes(tmp_path / "nowhere")
        with pytest.raises(BadInput):
            client.takes(tmp_path, "../../etc")
        assert client.jobs() == []


def test_too_large_a_message_is_refused(tmp_path: Path) -> None:
    """Past the client's own check: the server does not take 17 MiB either."""
    with running(tmp_path / "state"):
        address = read_address(tmp_path / "state")
        said = (("authorization", f"Bearer {address.token}"),)
        with grpc.insecure_channel(address.target, [("grpc.max_send_message_length", -1)]) as channel:
            request = plan_pb2_request("x" * 17 * 2**20)
            stub = plan_pb2_grpc.PlanServiceStub(channel)
            error = refusal(lambda: stub.PlanBrief(request, timeout=10, metadata=said))
        assert error.exit_code == 2


def plan_pb2_request(text: str) -> Any:
    from secondunit.v1 import brief_pb2, plan_pb2

    return plan_pb2.PlanBriefRequest(brief=brief_pb2.Brief(text=text, kind=brief_pb2.BRIEF_KIND_PROMPT))


def test_a_state_folder_in_a_file_is_said(tmp_path: Path) -> None:
    """What the engine refuses with reaches who started it as the same error, with its mend."""
    (tmp_path / "file").touch()
    with pytest.raises(Unwritable) as raised:
        start(tmp_path / "file" / "state")
    assert raised.value.mend


def test_a_state_folder_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    os.symlink(tmp_path / "real", tmp_path / "state")
    with pytest.raises(Denied):
        read_address(tmp_path / "state")


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
