"""What each of the engine's small programs prints: one JSON document. `secondunit_bridge.engine_tool` reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from secondunit_bridge.errors import SecondUnitError


def print_document(make: Callable[[], Any]) -> int:
    """Print what `make` gives, in ASCII whatever the locale; an error of ours is a document too. The exit code."""
    try:
        document, code = make(), 0
    except SecondUnitError as error:
        document, code = {"error": {"name": type(error).__name__, "message": error.message, "mend": error.mend}}, 1
    print(json.dumps(document))
    return code
