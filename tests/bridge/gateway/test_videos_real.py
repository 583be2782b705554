"""The videos interface end to end: the real engine, the command as a user starts it, the unmodified `openai` client."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openai import OpenAI

from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.verify import verify_file


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_a_prompt_becomes_a_signed_video(tmp_path: Path) -> None:
    """`secondunit engine --gateway --json`, its first line, two tiny frames: a playable MP4 that verifies as ours."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    command = [sys.executable, "-m", "secondunit_bridge.cli", "engine", "--gateway", "--json"]
    environment = os.environ | {"SECONDUNIT_STATE": str(state)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        told = json.loads(process.stdout.readline())
        client = OpenAI(base_url=told["url"] + "/v1", api_key=told["token"])
        tiny = {"size": "64x36", "seconds": "1/12"}
        made = client.videos.create(prompt="LED tunnel, no people", model="secondunit-draft", extra_body=tiny)
        done = client.videos.poll(made.id, poll_interval_ms=500)
        assert (done.status, done.progress) == ("completed", 100), done
        content = client.videos.download_content(done.id).read()
        sheet = client.videos.download_content(done.id, variant="spritesheet").read()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    import av

    with av.open(io.BytesIO(content), "r") as container:
        frames = list(container.decode(video=0))
    assert [(frame.width, frame.height) for frame in frames] == [(64, 36)] * 2
    for name, data in (("content.mp4", content), ("sheet.jpg", sheet)):
        path = tmp_path / name
        path.write_bytes(data)
        assert verify_file(path, anchors=load_identity(state / "identity").authority).verdict == "intact"
