"""Who gets in: the token, the Host, the Origin."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondunit_bridge.client import Client
from secondunit_bridge.errors import BadInput, Denied, NotReady
from secondunit_bridge.gateway import serve
from secondunit_bridge.gateway.guard import Guard
from secondunit_bridge.gateway.proof import prove
from secondunit_bridge.gateway.serve import _bind
from tests.bridge.gateway.serving import JOBS, JSON, Door, serving
from tests.engine.running import running

PANEL = "https://panel.example"


@pytest.fixture(scope="module")
def door(engine: tuple[Client, Path]) -> Iterator[Door]:
    """A gateway that one page may call."""
    with serving(engine[1], origins=frozenset((PANEL,))) as door:
        yield door


PATHS = (
    ("POST", f"{JOBS}ListJobs"),
    ("GET", "/media?path=/etc/passwd"),
    ("GET", "/v1/videos"),
    ("POST", "/v1/videos"),
    ("DELETE", "/v1/videos/video_1"),
    ("GET", "/nothing"),
)


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer 0123", "Basic {token}", "Bearer {token}0", "bearer{token}"])
def test_nothing_is_told_without_the_token(door: Door, method: str, path: str, said: str) -> None:
    """A missing, wrong or misplaced token is refused on every address, known or not, in the same way."""
    header = {"Authorization": said.format(token=door.served.token)} if said else {}
    reply = door.ask(method, path, "{}", JSON | header, token=False)
    assert reply.status == 401
    assert door.served.token.encode() not in reply.body


def test_a_token_in_the_address_or_a_cookie_is_no_token(door: Door) -> None:
    """Only the Authorization header counts: addresses get logged, cookies get sent by pages."""
    token = door.served.token
    assert door.ask("POST", f"{JOBS}ListJobs?token={token}", "{}", JSON, token=False).status == 401
    assert door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Cookie": f"token={token}"}, token=False).status == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_a_forged_host_is_refused(door: Door, host: str) -> None:
    """A name that was rebound to loopback is not ours, even with the token."""
    reply = door.ask("POST", f"{JOBS}ListJobs", "{}", JSON, host=host.format(port=door.port) or " ")
    assert reply.status in (400, 403)
    assert door.ask("POST", f"{JOBS}ListJobs", "{}", JSON, host=f"localhost:{door.port}").status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "*", "file://", "http://127.0.0.1:{port}", ""])
def test_a_page_is_refused(door: Door, origin: str) -> None:
    """No origin passes that was not allowed by name, our own address included; and nothing is said to its scripts."""
    reply = door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Origin": origin.format(port=door.port)})
    assert reply.status == 403
    assert "access-control-allow-origin" not in reply.headers
    asked = {"Origin": origin.format(port=door.port), "Access-Control-Request-Method": "POST"}
    assert door.ask("OPTIONS", f"{JOBS}ListJobs", headers=asked, token=False).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_page_loads_is_refused(door: Door, site: str) -> None:
    """An image or a script carries no Origin, but browsers say that it is from another site."""
    assert door.ask("GET", "/media?path=/x.png", headers={"Sec-Fetch-Site": site}).status == 403


def test_an_allowed_page_gets_its_own_origin_back(door: Door) -> None:
    """Never a star; and its preflight passes without a token, as browsers send none."""
    preflight = door.ask("OPTIONS", f"{JOBS}ListJobs", headers={"Origin": PANEL}, token=False)
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, PANEL)
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Origin": PANEL}).status == 200
    assert door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Origin": PANEL}, token=False).status == 401
    assert door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Origin": f"{PANEL}.evil.example"}).status == 403


def test_it_listens_on_loopback_alone(door: Door) -> None:
    """Another address of this machine does not answer."""
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.2", door.port)) != 0


def test_a_taken_port_is_refused(door: Door) -> None:
    """Nobody can listen beside us, and we do not listen beside another."""
    for port in (door.port, 70000, -1):
        with pytest.raises(BadInput, match="cannot listen"):
            _bind((port,))
    with _bind((door.port, 0)) as listening:
        assert listening.getsockname()[1] != door.port


def test_the_token_reaches_no_log_and_no_repr(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a refused request nor a printed guard shows it."""
    with caplog.at_level(logging.DEBUG):
        door.ask("POST", f"{JOBS}ListJobs", "{", JSON)
        door.ask("GET", "/nothing")
    assert door.served.token not in caplog.text
    assert door.served.token not in repr(Guard(door.served.token, frozenset(("a",))))


def test_it_proves_itself_before_it_is_told_the_token(door: Door) -> None:
    """An HMAC under the token, of this question and this port: no squatter can make it or have it made elsewhere."""
    nonce = "0123456789abcdefXYZ"
    reply = door.ask("GET", f"/proof?nonce={nonce}", token=False)
    assert reply.json["proof"] == prove(door.served.token, nonce, door.port)
    assert reply.json["proof"] != prove(door.served.token, nonce, door.port + 1)
    assert door.served.token.encode() not in reply.body
    for wrong in ("", "short", "a" * 65, "0123456789abcdef%0a"):
        assert door.ask("GET", f"/proof?nonce={wrong}", token=False).status == 400
    assert door.ask("GET", f"/proof?nonce={nonce}", headers={"Origin": "null"}, token=False).status == 403


def test_a_second_gateway_is_refused(door: Door) -> None:
    """Two on one state folder would answer the same mailbox twice; the first is not disturbed."""
    with pytest.raises(NotReady, match="already"), serving(door.state):
        pass
    assert (door.state / "gateway.json").exists()


def test_who_dawdles_is_shown_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a header and then silence: the connection is closed, and so is one that says nothing at all."""
    monkeypatch.setattr(serve, "QUIET_SECONDS", 0.2)
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    with running(state), serving(state) as door:
        for said in (b"", b"POST /secondunit.v1.JobService/ListJobs HTTP/1.1\r\nHost: 127"):
            with socket.create_connection(("127.0.0.1", door.port), timeout=20) as slow:
                slow.sendall(said)
                assert slow.recv(100) == b""


def test_it_leaves_its_address_for_this_user_alone(door: Door) -> None:
    """gateway.json is 0600 and holds no token."""
    left = door.state / "gateway.json"
    assert left.stat().st_mode & 0o777 == 0o600
    assert door.served.token not in left.read_text()
    assert str(os.getpid()) in left.read_text()


def test_a_state_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    """An address that others could have planted is not used."""
    tmp_path.chmod(0o755)
    with pytest.raises(Denied), serving(tmp_path):
        pass
