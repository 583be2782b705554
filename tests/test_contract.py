"""The contract: its generated code is up to date, its words are in order, and it breaks no older client."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROTO = ROOT / "proto"


def buf() -> str:
    """The buf program, from the PATH or from `npm install @bufbuild/buf`; skips the test where it is absent."""
    found = shutil.which("buf") or shutil.which("buf", path=str(ROOT / "node_modules/.bin"))
    if found is None:
        pytest.skip("buf is not installed (npm install --no-save @bufbuild/buf)")
    return found


def generator() -> Path:
    """The script, once its own venv stands; skips the test where that cannot be made."""
    script = PROTO / "generate"
    made = subprocess.run([script, "--prepare"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"grpcio-tools 1.71.2 cannot be installed here: {made.stderr.strip()[-200:]}")
    return script


def test_the_generated_code_is_up_to_date(tmp_path: Path) -> None:
    """Run proto/generate when this fails."""
    subprocess.run([generator(), tmp_path], check=True, capture_output=True)
    fresh = {path.relative_to(tmp_path) for path in tmp_path.rglob("*_pb2*")}
    ours = {path.relative_to(PROTO) for path in PROTO.rglob("*_pb2*") if path.suffix in (".py", ".pyi")}
    assert fresh == ours
    stale = [str(name) for name in fresh if not filecmp.cmp(tmp_path / name, PROTO / name, shallow=False)]
    assert not stale, f"run proto/generate: {stale}"


def test_the_generated_code_runs_on_the_oldest_grpc_we_allow() -> None:
    """Generated code refuses a runtime older than its generator, so pyproject must not allow one."""
    code = (PROTO / "secondunit/v1/job_pb2_grpc.py").read_text()
    generated = re.search(r"GRPC_GENERATED_VERSION = '(.+)'", code)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert generated is not None
    assert f"grpcio>={generated[1]}" in project["dependencies"]


@pytest.mark.referee
def test_the_contract_is_tidy() -> None:
    """buf's STANDARD rules, and a comment on every message, field, enum, service and rpc."""
    linted = subprocess.run([buf(), "lint", str(PROTO)], capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.referee
def test_no_older_client_is_broken() -> None:
    """Against the last commit: no field, value or rpc is renumbered, renamed, retyped or removed."""
    program = buf()
    head = subprocess.run(
        ["git", "-C", ROOT, "cat-file", "-e", "HEAD:proto/secondunit/v1/job.proto"], check=False, capture_output=True
    )
    if head.returncode:
        pytest.skip("no git history here to compare with")
    environment = os.environ | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    compared = subprocess.run(
        [program, "breaking", str(PROTO), "--against", f"{ROOT / '.git'}#subdir=proto"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert compared.returncode == 0, compared.stdout + compared.stderr
