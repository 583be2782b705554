"""The contract's calls over HTTP, in Connect's JSON form."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from secondunit_bridge.client import Client
from secondunit_bridge.gateway.line import METHODS
from tests.bridge.gateway.serving import JOBS, JSON, Door


def submit(door: Door, film: Path, seconds: float = 0.0, frames: int = 3) -> str:
    brief = {"kind": "BRIEF_KIND_PROMPT", "text": str(seconds)}
    work = {"shoot": {"projectDir": str(film), "brief": brief, "settings": {"frames": str(frames)}}}
    return door.call("JobService/SubmitJob", {"requestId": f"test-{film.name}-{frames}", "work": work})["job"]["jobId"]


def test_every_call_of_the_contract_is_served(door: Door) -> None:
    """No call is known to the engine alone: an empty request reaches each, and the answer is typed JSON."""
    assert len(METHODS) > 20
    for name, method in METHODS.items():
        if method.server_streaming or name.endswith(("Shutdown", "PauseQueue", "CancelAllJobs")):
            continue
        reply = door.ask("POST", f"/{name}", "{}", JSON)
        assert reply.headers["content-type"].startswith("application/json"), name
        assert reply.status == 200 or reply.json["code"] in ("invalid_argument", "not_found"), (name, reply.body)


def test_a_job_is_submitted_and_its_result_read(door: Door, engine: tuple[Client, Path], tmp_path: Path) -> None:
    """What the gRPC client sees is what went in as JSON, and the other way round."""
    job_id = submit(door, tmp_path / "film")
    result = engine[0].wait(job_id)
    told = door.call("JobService/GetJob", {"jobId": job_id})["job"]
    assert told["state"] == "JOB_STATE_DONE"
    assert told["result"]["shoot"]["takes"][0]["shotId"] == result.shoot.takes[0].shot_id


def test_an_error_has_its_code_its_name_and_its_mend(door: Door) -> None:
    """Connect's code and HTTP status, and the detail that names the error of the tree."""
    reply = door.ask("POST", f"{JOBS}GetJob", '{"jobId": "job-none"}', JSON)
    assert (reply.status, reply.json["code"]) == (404, "not_found")
    detail = reply.json["details"][0]
    assert detail["type"] == "google.rpc.ErrorInfo"
    assert detail["debug"]["reason"] == "NotFound"
    assert detail["debug"]["metadata"]["mend"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"jobId": "a", "colour": "red"}', 400),  # a field that there is not
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b'{"jobId": 7}', 400),
        (b'{"jobId": "a", "jobId": "b"}', 400),
        (b"\xff\xfe\x00", 400),
        (b'{"jobId": "' + b"\\ud800" + b'"}', 400),
        (b"[" * 100_000, 400),
        (b" " * (16 * 2**20 + 1), 400),
    ],
    ids=["unknown", "half", "list", "text", "number", "twice", "bytes", "surrogate", "deep", "large"],
)
def test_bad_requests_are_refused_in_words(door: Door, body: bytes, status: int) -> None:
    """Whatever arrives, the answer is a typed error and the gateway lives."""
    reply = door.ask("POST", f"{JOBS}GetJob", body, JSON)
    assert (reply.status, reply.json["code"]) == (status, "invalid_argument")
    assert door.call("EngineService/GetEngineInfo", {})["version"]


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        (f"{JOBS}GetJob", "text/plain", 400),  # what a page's form can send without asking
        (f"{JOBS}GetJob", "application/x-www-form-urlencoded", 400),
        (f"{JOBS}WatchJob", "application/json", 400),
        (f"{JOBS}NoSuchCall", "application/json", 404),
        ("/secondunit.v1.NoService/GetJob", "application/json", 404),
        ("/grpc.health.v1.Health/Check", "application/json", 404),
    ],
)
def test_only_json_calls_of_the_contract_are_taken(door: Door, path: str, kind: str, status: int) -> None:
    """Another content type, a stream called as unary, and what is not ours are refused."""
    reply = door.ask("POST", path, "{}", {"Content-Type": kind})
    assert (reply.status, "message" in reply.json) == (status, True)


def test_a_deadline_is_kept(door: Door) -> None:
    """Connect-Timeout-Ms bounds the call, and nonsense in it is refused."""
    headers = JSON | {"Connect-Timeout-Ms": "1"}
    brief = {"kind": "BRIEF_KIND_PROMPT", "text": "a cat on a chair. " * 200}
    reply = door.ask("POST", "/secondunit.v1.PlanService/PlanBrief", json.dumps({"brief": brief}), headers)
    assert (reply.status, reply.json["code"]) == (504, "deadline_exceeded")
    reply = door.ask("POST", f"{JOBS}ListJobs", "{}", JSON | {"Connect-Timeout-Ms": "soon"})
    assert reply.json["code"] == "invalid_argument"


def envelopes(body: bytes) -> list[tuple[int, dict[str, object]]]:
    found = []
    while body:
        flags, size = struct.unpack(">BI", body[:5])
        found.append((flags, json.loads(body[5 : 5 + size])))
        body = body[5 + size :]
    return found


def test_a_watch_streams_and_resumes(door: Door, tmp_path: Path) -> None:
    """Enveloped events, an empty end; asked again after a sequence number, only what came later."""
    job_id = submit(door, tmp_path / "watched")
    kind = {"Content-Type": "application/connect+json"}

    def watch(after: int) -> list[int]:
        data = json.dumps({"jobId": job_id, "afterSequence": after}).encode()
        reply = door.ask("POST", f"{JOBS}WatchJob", struct.pack(">BI", 0, len(data)) + data, kind)
        assert reply.headers["content-type"] == "application/connect+json"
        *events, (flags, end) = envelopes(reply.body)
        assert (flags, end) == (2, {})
        return [int(event["event"]["sequence"]) for _, event in events]  # type: ignore[index]

    told = watch(0)
    assert told == list(range(1, len(told) + 1))
    assert watch(told[2]) == told[3:]


def test_a_stream_tells_its_error_at_its_end(door: Door) -> None:
    """The HTTP status is 200 by then; the last envelope says what went wrong."""
    data = b'{"jobId": "job-none"}'
    sent = struct.pack(">BI", 0, len(data)) + data
    reply = door.ask("POST", f"{JOBS}WatchJob", sent, {"Content-Type": "application/connect+json"})
    assert envelopes(reply.body)[0][1]["error"]["code"] == "not_found"  # type: ignore[index]
    reply = door.ask("POST", f"{JOBS}WatchJob", data, {"Content-Type": "application/connect+json"})
    assert reply.json["code"] == "invalid_argument"


@pytest.mark.referee
def test_node_calls_it_with_fetch(door: Door) -> None:
    """The code a panel runs, in Node's own fetch."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = (
        "const [url, token] = process.argv.slice(1);"
        "const headers = {'Content-Type': 'application/json', Authorization: `Bearer ${token}`};"
        "fetch(`${url}/secondunit.v1.EngineService/GetEngineInfo`, {method: 'POST', headers, body: '{}'})"
        ".then(r => r.json()).then(info => console.log(info.version));"
    )
    done = subprocess.run(
        [node, "-e", script, door.served.url, door.served.token], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "0.1.0", done.stderr
