"""Commands about proof: whether a file is ours, whether the books are whole, who answers for a stunt."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondunit_bridge import documents
from secondunit_bridge.commands import Outcome, follow, project_of
from secondunit_bridge.engine_tool import run_tool
from secondunit_bridge.errors import BadInput, NotFound
from secondunit_bridge.launch import engine as an_engine


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


def reshoot(options: argparse.Namespace) -> Outcome:
    """Shoot a take again, into a project of its own unless one is named, and say whether it came out the same."""
    manifest = Path(options.manifest).absolute()
    if manifest.is_dir():
        manifest /= "manifest.json"
    if not manifest.is_file():
        raise NotFound(f"There is no manifest {options.manifest}.", mend="Give a take's folder or its manifest.json.")
    folder = Path(options.project or f"{manifest.parents[2].name}-{manifest.parent.name}.reshot.film").absolute()
    with an_engine() as client:
        result = follow(client, client.reshoot(folder, manifest)).reshoot
    document = {"same": result.same, "notes": list(result.notes), "take": documents.take_document(result.take)}
    told = "The same, file by file." if result.same else "Not the same."
    return Outcome(document, "\n".join([f"{told} {result.take.media}", *result.notes]), 0 if result.same else 1)


def archive(options: argparse.Namespace) -> Outcome:
    if options.check:
        found = run_tool("provenance", "check", str(Path(options.check).absolute()))
        told = "Every file is there and holds what it held." if found["whole"] else "\n".join(found["faults"])
        return Outcome(found, told, 0 if found["whole"] else 1)
    folder = project_of(options)
    out = Path(options.out).absolute() if options.out else folder.parent / f"{folder.name}.archive.zip"
    found = run_tool("provenance", "archive", str(folder), str(out))
    return Outcome(found, f"{found['archive']}: {found['files']} files, {found['bytes'] / 1e6:.1f} MB, signed.")


def differences(options: argparse.Namespace) -> Outcome:
    takes = [str(number or "") for number in (options.before, options.after)]
    found = run_tool("provenance", "differences", str(project_of(options)), options.shot, *takes)
    lines = [f"{found['shot']}: take {found['before']:03d} against take {found['after']:03d}"]
    lines += [f"  {each['field']}: {each['before']} -> {each['after']}" for each in found["differences"]]
    return Outcome(found, "\n".join(lines if found["differences"] else [*lines, "  nothing differs"]))


def sensitivity(options: argparse.Namespace) -> Outcome:
    decision = "held back" if options.hold else "cleared"
    found = run_tool(
        "provenance", "sensitivity", str(project_of(options)), options.shot, str(options.take or ""), options.by,
        decision, options.note,
    )  # fmt: skip
    lines = [f"{found['shot']} take {found['take']:03d}"]
    for each in found["findings"]:
        told = "; ".join(each["evidence"]) or each["remark"]
        lines.append(f"  {each['category']:<15} {each['verdict']:<13} {told}".rstrip())
    lines += [f"  {told}" for told in found["disclosures"]]
    if "row" in found:
        lines.append(f"{found['decision']} by {found['by']}, signed, row {found['row']}.")
    return Outcome(found, "\n".join(lines))
