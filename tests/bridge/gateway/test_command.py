"""`secondunit engine --gateway`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.engine.running import wait_until


def test_the_first_line_says_where(tmp_path: Path) -> None:
    """One JSON line with url, token and project; it starts an engine, and ends it when it ends."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    environment = os.environ | {"SECONDUNIT_STATE": str(state)}
    command = [sys.executable, "-m", "secondunit_bridge.cli", "engine", "--gateway", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        told = json.loads(process.stdout.readline())
        assert told["token"] == (state / "token").read_text()
        assert told["project"] == str(state / "videos.film")
        request = urllib.request.Request(
            f"{told['url']}/secondunit.v1.EngineService/GetEngineInfo",
            b"{}",
            {"Authorization": f"Bearer {told['token']}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            assert json.load(response)["stateDir"] == str(state)
    finally:
        process.send_signal(signal.SIGINT)
        said, faults = process.communicate(timeout=30)
    assert (process.returncode, said, faults) == (0, "", "")
    assert not (state / "gateway.json").exists()
    wait_until(lambda: not (state / "engine.json").exists())  # a call would keep it from being idle


def test_a_port_that_is_no_port_is_refused(tmp_path: Path) -> None:
    """In words, with exit code 2, and no engine stays behind."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    command = [sys.executable, "-m", "secondunit_bridge.cli", "engine", "--gateway", "--json", "--port", "99999"]
    environment = os.environ | {"SECONDUNIT_STATE": str(state)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["name"] == "BadInput"
    wait_until(lambda: not (state / "engine.json").exists())
