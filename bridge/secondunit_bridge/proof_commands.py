"""Commands about proof: whether a file is ours, whether the books are whole, who answers for a stunt."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondunit_bridge.commands import Outcome, project_of
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput


def verify(options: argparse.Namespace) -> Outcome:
    projects = [str(Path(options.project).absolute())] if options.project else []
    found = run_tool("provenance", "verify", str(Path(options.file).absolute()), *projects)
    return Outcome(found, f"{found['verdict']}: {found['message']}")


def ledger(options: argparse.Namespace) -> Outcome:
    found = run_tool("provenance", "ledger", str(project_of(options)))
    lines = [f"{row['number']:>5}  {row['time']}  {row['kind']:<10} {row['subject']}" for row in found["rows"]]
    return Outcome(found, "\n".join([*lines, found["message"]]), 0 if found["intact"] else 1)


def approve(options: argparse.Namespace) -> Outcome:
    """Without a shot: which shots wait for an approval. With one: enter a decision on it."""
    folder = str(project_of(options))
    if not options.shot:
        found = run_tool("provenance", "stunts", folder)
        lines = [
            f"{each['shot']} take {each['take']:03d}  {each['state']:<9} {each['told']}" for each in found["stunts"]
        ]
        return Outcome(found, "\n".join(lines) or "No shot has stunts.")
    if not options.by:
        raise BadInput("Who answers for it?", mend=f"Write: secondunit approve {options.shot} --by NAME")
    decision = "rejected" if options.reject else "approved"
    found = run_tool(
        "provenance", "decide", folder, options.shot, str(options.take or ""), options.by, decision, options.note
    )
    told = f"{found['shot']} take {found['take']:03d}: {decision} by {found['by']}, signed, row {found['row']}."
    return Outcome(found, told)
