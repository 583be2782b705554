"""`python -m secondunit_engine.provenance verify FILE [PROJECT ...]` and `… ledger PROJECT`: one JSON document each."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import SecondUnitError
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.ledger import Row, read_ledger, verify_ledger
from secondunit_engine.provenance.verify import verify_file


def verify(file: Path, projects: tuple[Path, ...]) -> dict[str, Any]:
    """The verdict on one file, trusting this machine's own identity."""
    return verify_file(file, projects, anchors=load_identity(state_dir() / "identity").authority).as_json()


def ledger(project: Path) -> dict[str, Any]:
    """The project's books and whether they are whole."""
    verdict = verify_ledger(project, load_identity(state_dir() / "identity").public_key)
    return asdict(verdict) | {"rows": [_told(row) for row in read_ledger(project)]}


def _told(row: Row) -> dict[str, Any]:
    shot, take = row.body.get("shot", ""), row.body.get("take", "")
    return asdict(row) | {"subject": f"{shot} take {take}" if shot else ""}


def main(arguments: list[str]) -> int:
    """Run one of the two and print its document; an error is a document too."""
    try:
        what, path, *others = arguments
        document = verify(Path(path), tuple(map(Path, others))) if what == "verify" else ledger(Path(path))
    except SecondUnitError as error:
        document = {"error": {"name": type(error).__name__, "message": error.message, "mend": error.mend}}
    print(json.dumps(document, ensure_ascii=False))
    return 1 if "error" in document else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
