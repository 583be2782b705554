"""The engine's small programs, run beside it: each prints one JSON document."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from secondunit_bridge.errors import ERRORS, EngineFault


def run_tool(name: str, *arguments: str) -> Any:
    """Run `secondunit_engine.<name>` and read its document. Raises the error it tells, or EngineFault."""
    command = [sys.executable, "-m", f"secondunit_engine.{name}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        told = json.loads(done.stdout)
    except json.JSONDecodeError:
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise EngineFault(
            f"The engine's {name} failed: {reason}.", mend="Run: pip install 'secondunit[engine]'"
        ) from None
    if isinstance(told, dict) and "error" in told:
        error = told["error"]
        raise ERRORS.get(error["name"], EngineFault)(error["message"], mend=error["mend"])
    return told
