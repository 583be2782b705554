"""`python -m secondunit_engine.provenance COMMAND ...`: what the command line asks about proof, one document each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.document import print_document
from secondunit_engine.provenance import likeness
from secondunit_engine.provenance.approvals import decide, find_approval
from secondunit_engine.provenance.archive import check_archive, write_archive
from secondunit_engine.provenance.compare import compare
from secondunit_engine.provenance.identity import Identity, load_identity
from secondunit_engine.provenance.ledger import Row, read_ledger, verify_ledger
from secondunit_engine.provenance.manifest import read_manifest
from secondunit_engine.provenance.sensitivity import assess, decide_on_report
from secondunit_engine.provenance.verify import verify_file

Document = dict[str, Any]


def verify(file: str, *projects: str) -> Document:
    """The verdict on one file, trusting this machine's own identity."""
    return verify_file(Path(file), tuple(map(Path, projects)), anchors=_identity().authority).as_json()


def ledger(project: str) -> Document:
    """The project's books and whether they are whole."""
    verdict = verify_ledger(Path(project), _identity().public_key)
    return asdict(verdict) | {"rows": [_told(row) for row in read_ledger(Path(project))]}


def stunts(project: str) -> Document:
    """The last take of each shot that is marked, and whether its work is approved."""
    from secondunit_engine.project import Project

    last = {take.shot.id: take for take in Project.open(Path(project)).takes()}
    key, rows = _identity().public_key, []
    for take in last.values():
        if take.shot.stunts:
            approval = find_approval(Path(project), take.shot, key)
            state = "waits" if approval is None else "approved" if approval.approved else "rejected"
            told = "; ".join(mark.reason for mark in take.shot.stunts)
            rows.append({"shot": take.shot.id, "take": take.number, "state": state, "told": told})
    return {"stunts": rows}


def decide_on(project: str, shot: str, take: str, by: str, decision: str, note: str) -> Document:
    """Enter somebody's decision on a take."""
    from secondunit_engine.project import Project

    opened = Project.open(Path(project))
    record = opened.take(shot, int(take) if take else None)
    manifest = read_manifest(opened.take_folder(record) / "manifest.json").hash
    row = decide(
        opened.folder, record.shot, record.number, manifest, by=by, approved=decision == "approved", note=note,
        identity=_identity(),
    )  # fmt: skip
    return {"row": row.number, "time": row.time} | row.body


def sensitivity(project: str, shot: str, take: str, by: str, decision: str, note: str) -> Document:
    """What a take may upset; with a name, that person's decision on it is entered."""
    from secondunit_engine.project import Project

    opened = Project.open(Path(project))
    record = opened.take(shot, int(take) if take else None)
    report = assess(read_manifest(opened.take_folder(record) / "manifest.json"))
    document = asdict(report)
    if by:
        row = decide_on_report(
            opened.folder, report, by=by, cleared=decision == "cleared", note=note, identity=_identity()
        )
        document |= {"row": row.number, "decision": row.body["decision"], "by": row.body["by"]}
    return document


def archive(project: str, out: str) -> Document:
    """One signed file of the whole project; progress goes to standard error."""

    def tell(done: int, total: int) -> None:
        if done == total or done % 100 == 0:
            print(f"archived {done} of {total} files", file=sys.stderr)

    made = write_archive(Path(project), Path(out), _identity(), tell)
    return {"archive": str(made.path), "files": made.files, "bytes": made.bytes}


def check(file: str) -> Document:
    """Whether an archive is whole, and ours."""
    faults = check_archive(Path(file), _identity().public_key)
    return {"archive": file, "whole": not faults, "faults": list(faults)}


def differences(project: str, shot: str, before: str, after: str) -> Document:
    """What is different between two takes of a shot; without numbers, between the last and the one it was made from."""
    from secondunit_engine.project import Project

    opened = Project.open(Path(project))
    new = opened.take(shot, int(after) if after else None)
    older = int(before) if before else new.parent or new.number - 1
    if older < 1:
        raise NotFound(f"{shot} has only one take.", mend="Name two takes, or retake the shot first.")
    old = opened.take(shot, older)
    found = compare(*(read_manifest(opened.take_folder(each) / "manifest.json") for each in (old, new)))
    return {"shot": shot, "before": old.number, "after": new.number, "differences": [asdict(each) for each in found]}


def _identity() -> Identity:
    return load_identity(state_dir() / "identity")


def _told(row: Row) -> Document:
    shot, take, person = (row.body.get(name, "") for name in ("shot", "take", "performer"))
    return asdict(row) | {"subject": f"{shot} take {take}" if shot else person}


COMMANDS: Mapping[str, Callable[..., Document]] = {
    "verify": verify,
    "ledger": ledger,
    "stunts": stunts,
    "decide": decide_on,
    "sensitivity": sensitivity,
    "archive": archive,
    "check": check,
    "differences": differences,
    **likeness.COMMANDS,
}


def main(arguments: list[str]) -> int:
    """Run one command and print its document; an error is a document too."""
    return print_document(lambda: _run(*arguments))


def _run(name: str = "", *rest: str) -> Any:
    if name not in COMMANDS:
        raise BadInput(f"There is no command {name}.", mend=f"Give one of {', '.join(COMMANDS)}.")
    return COMMANDS[name](*rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
