"""The house itself: rules that hold for every file, and light imports that stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house_rules import broken_rules

HEAVY = ("torch", "mitsuba", "drjit", "pxr", "newton", "warp", "numpy", "PIL", "av", "OpenImageIO")


def test_house_rules_hold() -> None:
    """Every tracked file keeps the house rules."""
    assert broken_rules() == []


@pytest.mark.parametrize(
    "module",
    [
        "cli",
        "client",
        "conform",
        "timeline",
        "install_plugins",
        "gateway.serve",
        "premiere_package",
        "errors",
        "timing",
    ],
)
def test_bridge_is_light(module: str) -> None:
    """Importing the bridge loads no heavy library: editors start it inside their own process."""
    code = f"import sys, secondunit_bridge.{module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
